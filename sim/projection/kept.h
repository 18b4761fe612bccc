/* Futures drawn once and kept, for runs of which only the contract differs: what is drawn of a block of futures of a
 * community, as it was. Whoever hands it to a run answers for the demand being the same. */
#ifndef BAOGAN_PROJECTION_KEPT
#define BAOGAN_PROJECTION_KEPT

#include <stdbool.h>
#include <stddef.h>

typedef struct bg_kept bg_kept;

/* At most `bytes` are kept; what finds no room is drawn anew. NULL when out of memory. */
bg_kept *bg_kept_new(size_t bytes);
void bg_kept_free(bg_kept *self);

/* Which futures of which community. */
typedef struct bg_kept_place {
    size_t community, first, n;
} bg_kept_place;

/* Fills `to` with the `size` bytes that were kept; false where none are, or others. Several threads may take and put at
 * once. */
bool bg_kept_take(bg_kept *self, bg_kept_place place, size_t size, void *to);
void bg_kept_put(bg_kept *self, bg_kept_place place, size_t size, const void *from);

#endif
