#include <baogan/summary.h>

#include "projection/ranks.h"
#include "projection/selection.h"

#include <gsl/gsl_cdf.h>
#include <limits.h>
#include <math.h>
#include <string.h>

const double bg_quantile_levels[BG_QUANTILE_COUNT] = {.01, .05, .10, .25, .50, .75, .90, .95, .99};

/* The same levels in ten-thousandths: n p must not stumble over the nearest double. */
static const unsigned levels[BG_QUANTILE_COUNT] = {100,  500,  1000, 2500, 5000,
                                                   7500, 9000, 9500, 9900};

/* A tail holds the outer TAIL hundredths of the draws. */
#define TAIL 5

/* 97.5 % point of the normal distribution. */
static const double normal_975 = 1.959963984540054;

/* ---- ranks ---- */

size_t bg_quantile_rank(size_t n, unsigned p_ten_thousandths)
{
    size_t rank = n / 10000 * p_ten_thousandths + (n % 10000 * p_ten_thousandths + 9999) / 10000;
    return rank ? rank : 1;
}

typedef double binomial_tail(unsigned k, double p, unsigned n);

/* Smallest k in 0..n at which the lower tail P(X <= k) is above `bound` (rising), or the upper tail
 * P(X > k) is not (falling). */
static unsigned first_crossing(binomial_tail *tail, bool rising, double bound, double p, unsigned n)
{
    unsigned low = 0;
    unsigned high = n;
    while (low < high) {
        unsigned middle = low + (high - low) / 2;
        if ((tail(middle, p, n) > bound) == rising) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* The number X of draws at or below the quantile is binomial. x(low) lies above it when X < low and
 * x(high) below it when X >= high: each may happen with half of what the level leaves. */
bool bg_quantile_ranks(size_t n, double p, double level, size_t *low, size_t *high)
{
    if (n == 0 || n >= UINT_MAX) {
        return false;
    }
    const double each = (1 - level) / 2;
    const unsigned draws = (unsigned)n;
    *low = first_crossing(gsl_cdf_binomial_P, true, each, p, draws);
    *high = (size_t)first_crossing(gsl_cdf_binomial_Q, false, each, p, draws) + 1;
    return *low >= 1 && *high <= n;
}

/* Keeps `wanted` rising and without repetition. */
static void want(bg_ranks *self, size_t place)
{
    size_t at = self->wanted_count;
    while (at > 0 && self->wanted[at - 1] > place) {
        at--;
    }
    if (at > 0 && self->wanted[at - 1] == place) {
        return;
    }
    memmove(self->wanted + at + 1, self->wanted + at,
            (self->wanted_count - at) * sizeof self->wanted[0]);
    self->wanted[at] = place;
    self->wanted_count++;
}

static size_t whole_draws_in_tail(size_t n)
{
    return n / 100 * TAIL + n % 100 * TAIL / 100;
}

void bg_ranks_init(bg_ranks *self, size_t n)
{
    *self = (bg_ranks){.n = n};
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        self->value[q] = bg_quantile_rank(n, levels[q]);
        want(self, self->value[q] - 1);
        self->has_interval[q] =
            bg_quantile_ranks(n, bg_quantile_levels[q], 0.95, &self->low[q], &self->high[q]);
        if (self->has_interval[q]) {
            want(self, self->low[q] - 1);
            want(self, self->high[q] - 1);
        }
    }
    want(self, whole_draws_in_tail(n));
    want(self, n - 1 - whole_draws_in_tail(n));
}

/* ---- tails ---- */

/* How far the mean of a tail lies beyond the boundary, and its standard error. */
typedef struct tail_mean {
    double excess, se;
} tail_mean;

/* `tail` holds the `count` draws wholly in the tail. `boundary` is the next one: it counts for the
 * fraction that is missing to n TAIL / 100, and is the quantile that bounds the tail. */
static tail_mean mean_beyond(const int64_t *tail, size_t count, int64_t boundary, size_t n)
{
    bg_unsigned_wide sum = 0;
    bg_squares about = {0};
    for (size_t i = 0; i < count; i++) {
        uint64_t beyond = bg_distance(tail[i], boundary);
        sum += beyond;
        bg_squares_add(&about, beyond);
    }
    const double weight = (double)n * TAIL / 100;
    const double excess = (double)sum / weight;
    const double variance = fmax(bg_squares_value(&about) / weight - excess * excess, 0);
    const double p = 1 - TAIL / 100.0;
    const double se = sqrt((variance + p * excess * excess) / weight);
    return (tail_mean){excess, count > 0 ? se : NAN};
}

static void tails(const int64_t *selected, size_t n, bg_statistics *result)
{
    const size_t count = whole_draws_in_tail(n);
    const int64_t below = selected[count];
    const int64_t above = selected[n - 1 - count];
    const tail_mean lower = mean_beyond(selected, count, below, n);
    const tail_mean upper = mean_beyond(selected + n - count, count, above, n);
    result->tvar_lower = (double)below - lower.excess;
    result->tvar_lower_se = lower.se;
    result->tvar_upper = (double)above + upper.excess;
    result->tvar_upper_se = upper.se;
}

void bg_ranks_summarise(const bg_ranks *self, const bg_moments *moments, const int64_t *draws,
                        int64_t *scratch, bg_statistics *result)
{
    const size_t n = self->n;
    *result = (bg_statistics){
        .n = n,
        .mean = bg_moments_mean(moments),
        .mean_se = bg_moments_se(moments),
        .sd = bg_moments_sd(moments),
        .minimum = moments->minimum,
        .maximum = moments->maximum,
    };
    memcpy(scratch, draws, n * sizeof draws[0]);
    bg_select(scratch, n, self->wanted, self->wanted_count);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        bg_quantile *quantile = &result->quantile[q];
        quantile->value = (double)scratch[self->value[q] - 1];
        quantile->has_interval = self->has_interval[q];
        quantile->low = self->has_interval[q] ? (double)scratch[self->low[q] - 1] : NAN;
        quantile->high = self->has_interval[q] ? (double)scratch[self->high[q] - 1] : NAN;
    }
    tails(scratch, n, result);
}

void bg_statistics_compute(const int64_t *draws, size_t n, int64_t *scratch, bg_statistics *result)
{
    bg_ranks ranks;
    bg_ranks_init(&ranks, n);
    bg_moments moments = {0};
    bg_moments_add(&moments, draws, n);
    bg_ranks_summarise(&ranks, &moments, draws, scratch, result);
}

/* ---- probabilities ---- */

/* Wilson (1927). With no hits the lower end is 0, with nothing else the upper end is 1, exactly. */
bg_probability bg_probability_compute(size_t hits, size_t n)
{
    if (n == 0) {
        return (bg_probability){.estimate = NAN, .low = 0, .high = 1};
    }
    const double draws = (double)n;
    const double share = (double)hits / draws;
    const double z2 = normal_975 * normal_975;
    const double centre = (share + z2 / (2 * draws)) / (1 + z2 / draws);
    const double half = normal_975 * sqrt(share * (1 - share) / draws + z2 / (4 * draws * draws)) /
                        (1 + z2 / draws);
    return (bg_probability){
        .n = n,
        .hits = hits,
        .estimate = share,
        .low = hits == 0 ? 0 : centre - half,
        .high = hits == n ? 1 : centre + half,
    };
}
