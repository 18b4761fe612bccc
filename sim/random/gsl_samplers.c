#include "random/gsl_samplers.h"

#include <gsl/gsl_randist.h>

/* gsl_ran_poisson counts in 32 bits; larger means are drawn as sums of independent parts. */
#define POISSON_PART 1e9

double bg_draw_gamma(gsl_rng *rng, double mean, double sd)
{
    if (mean <= 0 || sd <= 0) {
        return mean;
    }
    const double scale = sd * sd / mean;
    return gsl_ran_gamma(rng, mean / scale, scale);
}

double bg_draw_beta(gsl_rng *rng, double mean, double sd)
{
    if (mean <= 0 || sd <= 0) {
        return mean;
    }
    const double size = mean * (1 - mean) / (sd * sd) - 1;
    return gsl_ran_beta(rng, mean * size, (1 - mean) * size);
}

double bg_draw_normal(gsl_rng *rng)
{
    return gsl_ran_gaussian_ziggurat(rng, 1);
}

static uint64_t poisson(gsl_rng *rng, double mean)
{
    const uint64_t parts = 1 + (uint64_t)(mean / POISSON_PART);
    uint64_t count = 0;
    for (uint64_t part = 0; part < parts; part++) {
        count += gsl_ran_poisson(rng, mean / (double)parts);
    }
    return count;
}

/* Poisson whose mean is gamma with that scale; scale 0: is the mean. */
static bg_status mixed_poisson(gsl_rng *rng, double mean, double scale, uint64_t *count)
{
    if (!(mean <= BG_COUNT_MAX)) {
        return BG_OVERFLOW;
    }
    if (mean <= 0) {
        *count = 0;
        return BG_OK;
    }
    *count = poisson(rng, scale > 0 ? gsl_ran_gamma(rng, mean / scale, scale) : mean);
    return BG_OK;
}

bg_status bg_draw_count(gsl_rng *rng, double mean, double dispersion, uint64_t *count)
{
    return mixed_poisson(rng, mean, dispersion - 1, count);
}

bg_status bg_draw_count_quadratic(gsl_rng *rng, double mean, double shape, uint64_t *count)
{
    return mixed_poisson(rng, mean, mean / shape, count);
}
