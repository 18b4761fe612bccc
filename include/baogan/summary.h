/* Statistics of simulated outcomes, each with its sampling error. Doubles; integers in.
 *
 * Quantiles are order statistics x(ceil(N p)); their 95 % interval is the pair of order statistics
 * whose binomial coverage is at least 95 %, absent where N cannot give it. Probabilities have Wilson
 * 95 % intervals. TVaR at p is the mean of the worst (1-p) N draws (the fractional one weighted);
 * its standard error is that of Manistre and Hancock (2005): sqrt((var_tail + p (tvar - q)^2) /
 * (N (1-p))). What N cannot give is NaN: spread and standard error of one draw, the ends of an
 * absent interval, the error of a tail that holds less than one whole draw. */
#ifndef BAOGAN_SUMMARY_H
#define BAOGAN_SUMMARY_H

#include <baogan/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The quantiles that statistics have, and their levels: .01 .05 .10 .25 .50 .75 .90 .95 .99. */
enum { BG_Q01, BG_Q05, BG_Q10, BG_Q25, BG_Q50, BG_Q75, BG_Q90, BG_Q95, BG_Q99, BG_QUANTILE_COUNT };
extern const double bg_quantile_levels[BG_QUANTILE_COUNT];

typedef struct bg_quantile {
    double value, low, high;
    bool has_interval;
} bg_quantile;

typedef struct bg_statistics {
    size_t n;
    double mean, mean_se, sd;
    bg_quantile quantile[BG_QUANTILE_COUNT];
    double tvar_upper, tvar_upper_se; /* mean of the highest 5 % */
    double tvar_lower, tvar_lower_se; /* mean of the lowest 5 % */
    int64_t minimum, maximum;
} bg_statistics;

/* Summarises n >= 1 draws. Exact sums in 128 bits, so order does not matter. `scratch` has room for
 * n values and is overwritten; draws are untouched. */
void bg_statistics_compute(const int64_t *draws, size_t n, int64_t *scratch, bg_statistics *result);

typedef struct bg_probability {
    size_t n, hits;
    double estimate, low, high; /* Wilson 95 % */
} bg_probability;
bg_probability bg_probability_compute(size_t hits, size_t n);

/* Ranks (from 1) low <= high of the order statistics that bound quantile p with coverage >= level;
 * false where n is too small. */
bool bg_quantile_ranks(size_t n, double p, double level, size_t *low, size_t *high);
/* ceil(n p) for p given in ten-thousandths, in integers; at least 1. */
size_t bg_quantile_rank(size_t n, unsigned p_ten_thousandths);

#endif
