/* Exact samplers of the fast engine, one number at a time, without the C library, so that all machines
 * give the same bits. The distributions are those of
 * random/gsl_samplers.h.
 *
 * Normal: Box and Muller 1958. Gamma: Marsaglia and Tsang 2000, ACM TOMS 26, 363. Poisson: inversion
 * below a mean of 10, from there transformed rejection (Hörmann 1993, PTRS), with Loader's (2000)
 * saddle-point form of the probabilities, which loses no digits for large means. */
#ifndef BAOGAN_RANDOM_SAMPLERS
#define BAOGAN_RANDOM_SAMPLERS

#include <baogan/error.h>
#include <baogan/stream.h>
#include <stdint.h>

/* Largest mean of a month's count. */
#define BG_COUNT_MAX 1e12

/* In (0, 1). */
double bg_exact_uniform(bg_rng *rng);
double bg_exact_normal(bg_rng *rng);
/* Shape > 0, scale 1. */
double bg_exact_gamma_of_shape(bg_rng *rng, double shape);
/* Mean 1, sd cv > 0. */
double bg_exact_gamma_of_one(bg_rng *rng, double cv);
/* Gamma; the mean itself where mean or sd is 0. */
double bg_exact_gamma(bg_rng *rng, double mean, double sd);
/* Beta on (0, 1), sd^2 < mean (1 - mean); the mean itself where mean or sd is 0. */
double bg_exact_beta(bg_rng *rng, double mean, double sd);
/* 0 <= mean <= BG_COUNT_MAX */
uint64_t bg_exact_poisson(bg_rng *rng, double mean);
/* Poisson whose mean is gamma with mean `mean` and variance mean x scale; scale 0: is `mean`. A mean
 * beyond BG_COUNT_MAX or no number: BG_OVERFLOW. */
bg_status bg_exact_count(bg_rng *rng, double mean, double scale, uint64_t *count);

#endif
