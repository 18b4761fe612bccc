/* Lognormal amounts: how sums of them are spread, and what lies beyond a bound.
 *
 * The sum of correlated lognormal amounts is taken to be lognormal with its exact mean and variance (Fenton, IRE
 * Transactions on Communications Systems 8 (1960), 57), which is exact for one amount, and for many that differ by a
 * factor alone. */
#ifndef BAOGAN_STATISTICS_LOGNORMAL
#define BAOGAN_STATISTICS_LOGNORMAL

/* What is known already, and a lognormal rest of that mean and standard deviation of its logarithm. */
typedef struct bg_lognormal {
    double known;
    double mu, sigma;
    double mean, sd; /* of all of it */
} bg_lognormal;

/* From the mean and the variance of all, of which `known` is sure; where the mean is not above that, nothing is left
 * to come and the mean itself is sure. */
bg_lognormal bg_lognormal_of(double known, double mean, double variance);

/* The chance of more than `bound`. */
double bg_lognormal_above(const bg_lognormal *self, double bound);
/* The amount at that quantile of the standard normal: 0 is the median. */
double bg_lognormal_at(const bg_lognormal *self, double normal);

#endif
