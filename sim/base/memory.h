/* Large arrays. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* Uninitialised memory for `size` > 0 bytes, NULL when there is none; free() frees it. Where it is large the
 * kernel is asked for large pages: the first touch of a page costs more than what is written into it. */
void *bg_memory_large(size_t size);

#endif
