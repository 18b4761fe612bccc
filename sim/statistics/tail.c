#include "statistics/tail.h"

#include "statistics/moments.h"
#include "statistics/uncertainty.h"

#include <math.h>

size_t bg_tail_whole(size_t n, unsigned hundredths)
{
    return n / 100 * hundredths + n % 100 * hundredths / 100;
}

/* The `count` draws wholly in the tail lie beyond the boundary by `sum` in all, with this sum of
 * squares. The boundary is the next draw: it counts for the fraction that is missing to the weight of
 * the tail, and is the quantile that bounds it. */
static bg_tail tail_beyond(double boundary, bool upper, size_t count, double sum, double squares,
                           double weight, unsigned hundredths)
{
    const double excess = sum / weight;
    const double variance = fmax(squares / weight - excess * excess, 0);
    const double se = bg_se_of_tail(variance, excess, 1 - hundredths / 100.0, weight);
    return (bg_tail){upper ? boundary + excess : boundary - excess, count > 0 ? se : NAN};
}

static double weight_of(size_t n, unsigned hundredths)
{
    return (double)n * hundredths / 100;
}

size_t bg_tail_place(size_t n, unsigned hundredths, bool upper)
{
    const size_t whole = bg_tail_whole(n, hundredths);
    return upper ? n - 1 - whole : whole;
}

/* Draws equal to the boundary add nothing, whether they are counted as of the tail or not. */
bg_tail bg_tail_of_draws(const int64_t *draws, size_t n, int64_t boundary, uint64_t farthest,
                         unsigned hundredths, bool upper)
{
    bg_wide sum = 0;
    bg_squares squares = {0};
    bg_moments_beyond(draws, n, boundary, upper, farthest, &sum, &squares);
    return tail_beyond((double)boundary, upper, bg_tail_whole(n, hundredths), (double)sum,
                       bg_squares_value(&squares), weight_of(n, hundredths), hundredths);
}

bg_tail bg_tail_of_segments(const bg_segments *segments, unsigned hundredths, bool upper)
{
    const size_t n = segments->n;
    const size_t count = bg_tail_whole(n, hundredths);
    const double boundary = bg_segments_at(segments, bg_tail_place(n, hundredths, upper) + 1);
    double sum, squares;
    bg_segments_tail(segments, upper, count, boundary, &sum, &squares);
    return tail_beyond(boundary, upper, count, sum, squares, weight_of(n, hundredths), hundredths);
}
