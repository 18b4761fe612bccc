/* Several order statistics at once without a full sort, and the full sort. */
#ifndef BAOGAN_PROJECTION_SELECTION_H
#define BAOGAN_PROJECTION_SELECTION_H

#include <stddef.h>
#include <stdint.h>

/* Rearranges values[0..n-1] so that each place in `ranks` (from 0, rising, all < n) holds what it
 * would hold after sorting, nothing larger before it and nothing smaller after it. */
void bg_select(int64_t *values, size_t n, const size_t *ranks, size_t count);

/* Rising order. */
void bg_sort(int64_t *values, size_t n);

#endif
