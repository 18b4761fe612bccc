/* Futures drawn once and kept, for runs of which only the contract differs: what is drawn of a block of futures of a
 * community, as it was, by what it was drawn by. */
#ifndef BAOGAN_PROJECTION_KEPT
#define BAOGAN_PROJECTION_KEPT

#include "projection/drawn.h"

#include <stddef.h>

typedef struct bg_kept bg_kept;

/* Room for the futures of several demands: 10,000 of two schemes and five years are 14 million bytes. */
#define BG_KEPT_BYTES ((size_t)1 << 28)

/* At most `bytes` are kept, of the first `futures` futures alone (SIZE_MAX: of all); where there is no room, what was not
 * used for longest goes. NULL when out of memory. */
bg_kept *bg_kept_new(size_t bytes, size_t futures);
void bg_kept_free(bg_kept *self);
/* How often something was borrowed. */
size_t bg_kept_served(const bg_kept *self);

/* Which futures. */
typedef struct bg_kept_place {
    bg_drawn drawn;
    size_t first, n;
} bg_kept_place;

/* The `size` bytes that were kept, which nobody writes to and stay until they are given back; NULL where none are. Several
 * threads may borrow and put at once. */
char *bg_kept_borrow(bg_kept *self, const bg_kept_place *place, size_t size);
void bg_kept_give_back(bg_kept *self, const char *bytes);
/* Keeps a copy, where there is room or none of it is borrowed. */
void bg_kept_put(bg_kept *self, const bg_kept_place *place, size_t size, const void *from);

#endif
