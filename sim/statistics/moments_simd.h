/* Column kernels of sums. */
#ifndef BAOGAN_STATISTICS_MOMENTS_SIMD
#define BAOGAN_STATISTICS_MOMENTS_SIMD

#include "base/isa.h"

#include <stddef.h>
#include <stdint.h>

/* At most so many values at once, each at a distance below 2^(2 BG_LIMB) from the reference: the
 * sums then stay below 2^63. */
#define BG_LIMB        26
#define BG_SUMS_LENGTH 1024

/* Of distances d with |d| = low + high 2^BG_LIMB. */
typedef struct bg_sums {
    int64_t sum;                           /* d */
    uint64_t low_low, low_high, high_high; /* products of the two limbs */
} bg_sums;

typedef struct bg_moments_kernels {
    void (*extremes)(const int64_t *values, size_t n, int64_t *minimum, int64_t *maximum);
    void (*sums)(const int64_t *values, size_t n, int64_t reference, bg_sums *sums);
    /* The same with no distance where a value is not above the reference, or not below it; distances
     * below it count as positive. */
    void (*sums_above)(const int64_t *values, size_t n, int64_t reference, bg_sums *sums);
    void (*sums_below)(const int64_t *values, size_t n, int64_t reference, bg_sums *sums);
} bg_moments_kernels;

BG_ISA_TABLES(bg_moments_kernels)

#endif
