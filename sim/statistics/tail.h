/* The mean of a tail (TVaR) and its standard error, by Manistre and Hancock (2005). */
#ifndef BAOGAN_STATISTICS_TAIL
#define BAOGAN_STATISTICS_TAIL

#include "statistics/segments.h"

typedef struct bg_tail {
    double mean, se; /* se is NaN where no draw lies wholly in the tail */
} bg_tail;

/* How many of n draws lie wholly in a tail of so many hundredths, 1 … 99. */
size_t bg_tail_whole(size_t n, unsigned hundredths);

/* Place, from 0, of the draw that bounds the tail of n: `upper` the highest draws, else the lowest. */
size_t bg_tail_place(size_t n, unsigned hundredths, bool upper);
/* Of draws in any order, `boundary` the one at that place; none is further from it than `farthest`. */
bg_tail bg_tail_of_draws(const int64_t *draws, size_t n, int64_t boundary, uint64_t farthest,
                         unsigned hundredths, bool upper);
/* Of draws counted in segments. */
bg_tail bg_tail_of_segments(const bg_segments *segments, unsigned hundredths, bool upper);

#endif
