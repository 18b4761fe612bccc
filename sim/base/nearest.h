/* What somebody may have meant. */
#ifndef BAOGAN_BASE_NEAREST
#define BAOGAN_BASE_NEAREST

#include <stddef.h>

/* The candidate nearest to `word` in edits, or NULL if none is near. */
const char *bg_nearest(const char *word, const char *const *candidates, size_t count);

/* In how many characters two words differ: another one, one more or less, two that changed places. SIZE_MAX where
 * one has 64 characters or more. */
size_t bg_nearest_slips(const char *a, const char *b);

#endif
