#include "statistics/ranks.h"

#include "statistics/tail.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

const double bg_quantile_levels[BG_QUANTILE_COUNT] = {.01, .05, .10, .25, .50, .75, .90, .95, .99};

/* The same levels in ten-thousandths: n p must not stumble over the nearest double. */
static const unsigned levels[BG_QUANTILE_COUNT] = {100,  500,  1000, 2500, 5000,
                                                   7500, 9000, 9500, 9900};

size_t bg_quantile_rank(size_t n, unsigned p_ten_thousandths)
{
    size_t rank = n / 10000 * p_ten_thousandths + (n % 10000 * p_ten_thousandths + 9999) / 10000;
    return rank ? rank : 1;
}

/* As many draws as GSL's binomial tails are good for: beyond a million they fail near p = 1/2. */
#define FEW 100000

typedef double binomial_tail(unsigned k, double p, unsigned n);

/* Whether the lower tail P(X <= k) is above `bound` (rising), or the upper tail P(X > k) is not. */
typedef struct crossing {
    binomial_tail *tail;
    bool rising;
    double bound, p;
    unsigned n;
} crossing;

static bool crossed(const crossing *self, unsigned k)
{
    return (self->tail(k, self->p, self->n) > self->bound) == self->rising;
}

/* Smallest k in 0..n that has crossed, looked for from a guess on. */
static unsigned first_crossing(const crossing *self, double guess)
{
    unsigned k = guess < 0 ? 0 : guess > self->n ? self->n : (unsigned)guess;
    while (k > 0 && crossed(self, k - 1)) {
        k--;
    }
    while (k < self->n && !crossed(self, k)) {
        k++;
    }
    return k;
}

/* The z point of the binomial distribution by the expansion of Cornish and Fisher (1937), half a draw
 * added as counts are whole. What it leaves out is of the order of 1 / variance. */
static double cornish_fisher(double n, double p, double z)
{
    const double variance = n * p * (1 - p);
    const double skew = (1 - 2 * p) * (z * z - 1) / 6;
    const double excess = (1 - 6 * p * (1 - p)) * z * (z * z - 3) / 24;
    const double square = (1 - 2 * p) * (1 - 2 * p) * z * (2 * z * z - 5) / 36;
    return n * p + z * sqrt(variance) + skew + (excess - square) / sqrt(variance) + 0.5;
}

bool bg_quantile_ranks(size_t n, double p, double level, size_t *low, size_t *high)
{
    if (n == 0) {
        return false;
    }
    const double each = (1 - level) / 2;
    const double z = gsl_cdf_ugaussian_Qinv(each);
    const double least = floor(cornish_fisher((double)n, p, -z));
    const double most = ceil(cornish_fisher((double)n, p, z));
    if (n > FEW) {
        *low = (size_t)least;
        *high = (size_t)most;
        return true;
    }
    /* The number X of draws at or below the quantile is binomial. x(low) lies above it when X < low and
     * x(high) below it when X >= high: each may happen with half of what the level leaves. */
    const unsigned draws = (unsigned)n;
    *low = first_crossing(&(crossing){gsl_cdf_binomial_P, true, each, p, draws}, least);
    *high =
        (size_t)first_crossing(&(crossing){gsl_cdf_binomial_Q, false, each, p, draws}, most - 1) +
        1;
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
    for (int upper = 0; upper < 2; upper++) {
        self->tail[upper] = bg_tail_place(n, BG_TAIL, upper);
        want(self, self->tail[upper]);
    }
}
