/* Exact sums of whole numbers: count, extremes, mean, spread. Sums are integers, so that neither order
 * nor grouping matters. */
#ifndef BAOGAN_STATISTICS_MOMENTS
#define BAOGAN_STATISTICS_MOMENTS

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

__extension__ typedef __int128 bg_wide;
__extension__ typedef unsigned __int128 bg_unsigned_wide;

/* A sum of squares of 64-bit distances: low + high 2^64. No count of values overflows it. */
typedef struct bg_squares {
    bg_unsigned_wide low, high;
} bg_squares;

/* Distances are taken from the first value, so that they are small where values are alike. */
typedef struct bg_moments {
    uint64_t n;
    int64_t reference;
    int64_t minimum, maximum;
    bg_wide sum;        /* of the distances, with their sign */
    bg_squares squares; /* of the distances */
} bg_moments;

/* Adds values to a sum, which begins as all zero. */
void bg_moments_add(bg_moments *self, const int64_t *values, size_t n);

/* Takes back `count` of the values added, each equal to `value`. The extremes stay. */
void bg_moments_remove(bg_moments *self, int64_t value, uint64_t count);

/* What n >= 1 values give; sd and se are NaN for one. */
double bg_moments_mean(const bg_moments *self);
int64_t bg_moments_whole_mean(const bg_moments *self); /* half away from zero */
double bg_moments_sd(const bg_moments *self);
double bg_moments_se(const bg_moments *self);

/* Adds the distances of the values beyond the reference (`upper`: above it, else below it) and their
 * squares; none of the values is further away than `farthest`. */
void bg_moments_beyond(const int64_t *values, size_t n, int64_t reference, bool upper,
                       uint64_t farthest, bg_wide *sum, bg_squares *squares);

void bg_squares_add(bg_squares *self, uint64_t distance);
double bg_squares_value(const bg_squares *self);
/* |a - b|, also where the difference does not fit in 64 bits with a sign. */
uint64_t bg_distance(int64_t a, int64_t b);

#endif
