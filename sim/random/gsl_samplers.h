/* The reference engine's distributions, by GSL: the only place that calls its generators. README.md, "Count". */
#ifndef BAOGAN_RANDOM_GSL_SAMPLERS
#define BAOGAN_RANDOM_GSL_SAMPLERS

#include "random/samplers.h"

#include <baogan/error.h>
#include <baogan/stream.h>
#include <stddef.h>
#include <stdint.h>

/* In (0, 1), from one word, unless that is 0. */
double bg_draw_positive_uniform(bg_rng *rng);
/* One of 0 ... n - 1. */
size_t bg_draw_one_of(bg_rng *rng, size_t n);

/* Gamma of that shape and scale, both above 0. */
double bg_draw_gamma_of(bg_rng *rng, double shape, double scale);
/* Gamma; the mean itself where mean or sd is 0. */
double bg_draw_gamma(bg_rng *rng, double mean, double sd);
/* Beta on (0, 1), sd^2 < mean (1 - mean); the mean itself where mean or sd is 0. */
double bg_draw_beta(bg_rng *rng, double mean, double sd);
/* Standard normal. */
double bg_draw_normal(bg_rng *rng);

/* Negative binomial with variance dispersion x mean (dispersion >= 1; 1: Poisson) as a Poisson whose
 * mean is gamma. A mean beyond BG_COUNT_MAX or no number: BG_OVERFLOW. */
bg_status bg_draw_count(bg_rng *rng, double mean, double dispersion, uint64_t *count);
/* The same with variance mean + mean^2 / shape (shape > 0). */
bg_status bg_draw_count_quadratic(bg_rng *rng, double mean, double shape, uint64_t *count);

#endif
