/* Distributions by their mean and standard deviation, and monthly counts. README.md, "Count". */
#ifndef BAOGAN_RANDOM_GSL_SAMPLERS
#define BAOGAN_RANDOM_GSL_SAMPLERS

#include <baogan/error.h>
#include <gsl/gsl_rng.h>
#include <stdint.h>

/* Largest mean of a month's count. */
#define BG_COUNT_MAX 1e12

/* Gamma; the mean itself where mean or sd is 0. */
double bg_draw_gamma(gsl_rng *rng, double mean, double sd);
/* Beta on (0, 1), sd^2 < mean (1 - mean); the mean itself where mean or sd is 0. */
double bg_draw_beta(gsl_rng *rng, double mean, double sd);
/* Standard normal. */
double bg_draw_normal(gsl_rng *rng);

/* Negative binomial with variance dispersion x mean (dispersion >= 1; 1: Poisson) as a Poisson whose
 * mean is gamma. A mean beyond BG_COUNT_MAX or no number: BG_OVERFLOW. */
bg_status bg_draw_count(gsl_rng *rng, double mean, double dispersion, uint64_t *count);
/* The same with variance mean + mean^2 / shape (shape > 0). */
bg_status bg_draw_count_quadratic(gsl_rng *rng, double mean, double shape, uint64_t *count);

#endif
