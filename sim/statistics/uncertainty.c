#include "statistics/uncertainty.h"

#include "base/special.h"

#include <math.h>

double bg_se_of_mean(double sd, uint64_t n)
{
    return sd / sqrt((double)n);
}

double bg_se_of_tail(double variance, double excess, double p, double weight)
{
    return sqrt((variance + p * excess * excess) / weight);
}

double bg_se_of_interval(double low, double high)
{
    return (high - low) / (2 * BG_NORMAL_975);
}

double bg_margin_of_se(double se)
{
    return BG_NORMAL_975 * se;
}

/* 97.5 % point of Student's t with 31 degrees of freedom. */
static const double t31_975 = 2.039513446396408;

_Static_assert(BG_BATCHES == 32, "as many degrees of freedom and one");

double bg_margin_of_batches(const double values[BG_BATCHES])
{
    double sum = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        sum += values[b];
    }
    const double mean = sum / BG_BATCHES;
    double squares = 0;
    for (size_t b = 0; b < BG_BATCHES; b++) {
        squares += (values[b] - mean) * (values[b] - mean);
    }
    return t31_975 * sqrt(squares / (BG_BATCHES - 1) / BG_BATCHES);
}

/* Wilson (1927). With no hits the lower end is 0, with nothing else the upper end is 1, exactly. */
bg_probability bg_probability_compute(size_t hits, size_t n)
{
    if (n == 0) {
        return (bg_probability){.estimate = NAN, .low = 0, .high = 1};
    }
    const double draws = (double)n;
    const double share = (double)hits / draws;
    const double z2 = BG_NORMAL_975 * BG_NORMAL_975;
    const double centre = (share + z2 / (2 * draws)) / (1 + z2 / draws);
    const double half = BG_NORMAL_975 *
                        sqrt(share * (1 - share) / draws + z2 / (4 * draws * draws)) /
                        (1 + z2 / draws);
    return (bg_probability){
        .n = n,
        .hits = hits,
        .estimate = share,
        .low = hits == 0 ? 0 : centre - half,
        .high = hits == n ? 1 : centre + half,
    };
}

/* From more draws on the expansion below is the answer, not a first guess. */
#define FEW 100000
/* A tail that is the bound may come out a little above it. */
#define ROUNDING 1e-13

/* Whether the lower tail P(X <= k) is above `bound` (lower), or the upper tail P(X > k) is not. */
typedef struct crossing {
    bool lower;
    double bound, p;
    unsigned n;
} crossing;

static bool crossed(const crossing *self, unsigned k)
{
    const bg_tails tails = bg_binomial_tails(k, self->p, self->n);
    const double bound = self->bound + ROUNDING;
    return self->lower ? tails.below > bound : tails.above <= bound;
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
    const double z = -bg_normal_quantile(each);
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
    *low = first_crossing(&(crossing){true, each, p, draws}, least);
    *high = (size_t)first_crossing(&(crossing){false, each, p, draws}, most - 1) + 1;
    return *low >= 1 && *high <= n;
}
