#include "random/gsl_samplers.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

/* ---- our words behind GSL's interface ---- */

static void set(void *state, unsigned long seed)
{
    (void)state; /* words come from a stream that is somewhere already */
    (void)seed;
}

static unsigned long get(void *state)
{
    return bg_rng_word(state);
}

static double get_double(void *state)
{
    return bg_rng_uniform(state);
}

static const gsl_rng_type words_of_ours = {
    .name = "words of a bg_rng",
    .max = UINT32_MAX,
    .min = 0,
    .size = sizeof(bg_rng),
    .set = set,
    .get = get,
    .get_double = get_double,
};

static gsl_rng behind_gsl(bg_rng *rng)
{
    return (gsl_rng){.type = &words_of_ours, .state = rng};
}

/* ---- distributions ---- */

/* gsl_ran_poisson counts in 32 bits; larger means are drawn as sums of independent parts. */
#define POISSON_PART 1e9

double bg_draw_positive_uniform(bg_rng *rng)
{
    const gsl_rng words = behind_gsl(rng);
    return gsl_rng_uniform_pos(&words);
}

size_t bg_draw_one_of(bg_rng *rng, size_t n)
{
    const gsl_rng words = behind_gsl(rng);
    return gsl_rng_uniform_int(&words, n);
}

double bg_draw_gamma_of(bg_rng *rng, double shape, double scale)
{
    const gsl_rng words = behind_gsl(rng);
    return gsl_ran_gamma(&words, shape, scale);
}

double bg_draw_gamma(bg_rng *rng, double mean, double sd)
{
    if (mean <= 0 || sd <= 0) {
        return mean;
    }
    const double scale = sd * sd / mean;
    return bg_draw_gamma_of(rng, mean / scale, scale);
}

double bg_draw_beta(bg_rng *rng, double mean, double sd)
{
    if (mean <= 0 || sd <= 0) {
        return mean;
    }
    const double size = mean * (1 - mean) / (sd * sd) - 1;
    const gsl_rng words = behind_gsl(rng);
    return gsl_ran_beta(&words, mean * size, (1 - mean) * size);
}

double bg_draw_normal(bg_rng *rng)
{
    const gsl_rng words = behind_gsl(rng);
    return gsl_ran_gaussian_ziggurat(&words, 1);
}

static uint64_t poisson(bg_rng *rng, double mean)
{
    const gsl_rng words = behind_gsl(rng);
    const uint64_t parts = 1 + (uint64_t)(mean / POISSON_PART);
    uint64_t count = 0;
    for (uint64_t part = 0; part < parts; part++) {
        count += gsl_ran_poisson(&words, mean / (double)parts);
    }
    return count;
}

/* Poisson whose mean is gamma with that scale; scale 0: is the mean. */
static bg_status mixed_poisson(bg_rng *rng, double mean, double scale, uint64_t *count)
{
    if (!(mean <= BG_COUNT_MAX)) {
        return BG_OVERFLOW;
    }
    if (mean <= 0) {
        *count = 0;
        return BG_OK;
    }
    *count = poisson(rng, scale > 0 ? bg_draw_gamma_of(rng, mean / scale, scale) : mean);
    return BG_OK;
}

bg_status bg_draw_count(bg_rng *rng, double mean, double dispersion, uint64_t *count)
{
    return mixed_poisson(rng, mean, dispersion - 1, count);
}

bg_status bg_draw_count_quadratic(bg_rng *rng, double mean, double shape, uint64_t *count)
{
    return mixed_poisson(rng, mean, mean / shape, count);
}
