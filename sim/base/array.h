/* Arrays that grow. */
#ifndef BAOGAN_BASE_ARRAY
#define BAOGAN_BASE_ARRAY

#include <stddef.h>

/* The array with room for `needed` items of `size` bytes, perhaps moved, with *capacity what it holds now;
 * grown by doubling, so that adding one at a time costs a constant time each. NULL when out of memory or
 * the size does not fit; then the array is as it was. Begin with NULL and 0; free() frees it. */
void *bg_array_room(void *items, size_t *capacity, size_t needed, size_t size);

#endif
