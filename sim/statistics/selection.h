/* Several order statistics at once without a full sort, and the full sort. */
#ifndef BAOGAN_STATISTICS_SELECTION
#define BAOGAN_STATISTICS_SELECTION

#include <stddef.h>
#include <stdint.h>

/* Rearranges values[0..n-1] so that each place in `ranks` (from 0, rising, all < n) holds what it
 * would hold after sorting, nothing larger before it and nothing smaller after it. */
void bg_select(int64_t *values, size_t n, const size_t *ranks, size_t count);

/* The order statistics at the places `wanted` (as above, at most BG_SELECT_MOST) of n >= 1 values between
 * these extremes, without moving them. `scratch` has room for n values. */
#define BG_SELECT_MOST 32
void bg_select_from(const int64_t *values, size_t n, int64_t minimum, int64_t maximum,
                    const size_t *wanted, size_t count, int64_t *scratch, int64_t *found);

/* Rising order. */
void bg_sort(int64_t *values, size_t n);

#endif
