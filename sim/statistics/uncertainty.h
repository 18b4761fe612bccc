/* How sure a figure of N draws is: every standard error and 95 % interval comes from here.
 *
 * The interval of a chance is bg_probability_compute (Wilson 1927), that of a quantile the order
 * statistics at bg_quantile_ranks (Conover 1999); both are declared in <baogan/summary.h>. What N cannot
 * give is NaN, never zero. */
#ifndef BAOGAN_STATISTICS_UNCERTAINTY
#define BAOGAN_STATISTICS_UNCERTAINTY

#include "statistics/batches.h"

#include <baogan/summary.h>

/* 97.5 % point of the normal distribution. */
#define BG_NORMAL_975 1.959963984540054

/* sd / sqrt(n), for n values of that standard deviation. */
double bg_se_of_mean(double sd, uint64_t n);

/* Manistre and Hancock (2005), for the mean of a tail beyond quantile p that `weight` = N (1 - p) draws
 * make up: sqrt((variance + p excess^2) / weight), `variance` being that within the tail and `excess`
 * how far its mean lies beyond the quantile. */
double bg_se_of_tail(double variance, double excess, double p, double weight);

/* That of a figure whose 95 % interval is known, as of a chance or a quantile: half of it over
 * BG_NORMAL_975. By Wilson's interval an event not seen yet does not pass for impossible. */
double bg_se_of_interval(double low, double high);

/* How far a 95 % interval reaches to either side of a figure with that standard error. */
double bg_margin_of_se(double se);

/* The same of the mean of BG_BATCHES values, independent and alike: t(31) s / sqrt(32). */
double bg_margin_of_batches(const double values[BG_BATCHES]);

#endif
