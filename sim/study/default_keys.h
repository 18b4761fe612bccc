/* Which keys of a scenario were left to a default that has a source. */
#ifndef BAOGAN_STUDY_DEFAULT_KEYS
#define BAOGAN_STUDY_DEFAULT_KEYS

#include <baogan/projection.h>

typedef struct bg_default_key {
    const bg_node *node;
    const char *source;
    bool assumption;
} bg_default_key;

/* Lists the keys that bear on this model, in the order of the scenario; returns their number, which may
 * exceed `capacity` (only that many are written). */
size_t bg_default_keys(const bg_model *model, bg_default_key *keys, size_t capacity);

#endif
