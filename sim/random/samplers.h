/* Exact samplers of the fast engine, one number at a time, without the C library, so that all machines
 * give the same bits. Random words come from bg_stream_type. The distributions are those of
 * random/gsl_samplers.h.
 *
 * Normal: Box and Muller 1958. Gamma: Marsaglia and Tsang 2000, ACM TOMS 26, 363. Poisson: inversion
 * below a mean of 10, from there transformed rejection (Hörmann 1993, PTRS), with Loader's (2000)
 * saddle-point form of the probabilities, which loses no digits for large means. */
#ifndef BAOGAN_RANDOM_SAMPLERS
#define BAOGAN_RANDOM_SAMPLERS

#include <baogan/error.h>
#include <gsl/gsl_rng.h>
#include <stdint.h>

/* In (0, 1). */
double bg_exact_uniform(gsl_rng *rng);
double bg_exact_normal(gsl_rng *rng);
/* Shape > 0, scale 1. */
double bg_exact_gamma_of_shape(gsl_rng *rng, double shape);
/* Mean 1, sd cv > 0. */
double bg_exact_gamma_of_one(gsl_rng *rng, double cv);
/* Gamma; the mean itself where mean or sd is 0. */
double bg_exact_gamma(gsl_rng *rng, double mean, double sd);
/* Beta on (0, 1), sd^2 < mean (1 - mean); the mean itself where mean or sd is 0. */
double bg_exact_beta(gsl_rng *rng, double mean, double sd);
/* 0 <= mean <= BG_COUNT_MAX */
uint64_t bg_exact_poisson(gsl_rng *rng, double mean);
/* Poisson whose mean is gamma with mean `mean` and variance mean x scale; scale 0: is `mean`. A mean
 * beyond BG_COUNT_MAX or no number: BG_OVERFLOW. */
bg_status bg_exact_count(gsl_rng *rng, double mean, double scale, uint64_t *count);

#endif
