#include "demand/severity.h"

#include "base/special.h"
#include "random/gsl_samplers.h"

#include <math.h>

#define SIGMA_LOWEST  1e-6 /* of lognormal_pareto */
#define SIGMA_HIGHEST 10.0

static bool gamma_init(bg_severity *self)
{
    (void)self; /* the cv is all it needs */
    return true;
}

static double gamma_draw(const bg_severity *self, bg_rng *rng)
{
    const double square = self->cv * self->cv;
    return bg_draw_gamma_of(rng, 1 / square, square);
}

static bool lognormal_init(bg_severity *self)
{
    const double variance = bg_log(1 + self->cv * self->cv);
    self->sigma = sqrt(variance);
    self->location = -variance / 2;
    return true;
}

static double lognormal_draw(const bg_severity *self, bg_rng *rng)
{
    return exp(self->location + self->sigma * bg_draw_normal(rng));
}

/* Raw moment `order` of exp(sigma z): z normal below its quantile 1 - BG_PARETO_SHARE, from there a
 * Pareto tail that starts at that quantile. */
static double pareto_moment(double sigma, int order)
{
    const double shift = order * sigma;
    const double body = bg_exp(shift * shift / 2) * bg_normal_below(BG_PARETO_NORMAL - shift);
    const double tail =
        bg_exp(shift * BG_PARETO_NORMAL) * BG_PARETO_INDEX / (BG_PARETO_INDEX - order);
    return body + BG_PARETO_SHARE * tail;
}

static double pareto_cv(double sigma)
{
    const double mean = pareto_moment(sigma, 1);
    return sqrt(pareto_moment(sigma, 2) / (mean * mean) - 1);
}

void bg_severity_pareto_range(double *lowest, double *highest)
{
    *lowest = pareto_cv(SIGMA_LOWEST);
    *highest = pareto_cv(SIGMA_HIGHEST);
}

/* The cv rises with sigma; bisection finds the sigma that has it. */
static bool pareto_init(bg_severity *self)
{
    double low = SIGMA_LOWEST, high = SIGMA_HIGHEST;
    if (self->cv < pareto_cv(low) || self->cv > pareto_cv(high)) {
        return false;
    }
    for (int halving = 0; halving < 60; halving++) {
        const double middle = (low + high) / 2;
        if (pareto_cv(middle) < self->cv) {
            low = middle;
        } else {
            high = middle;
        }
    }
    self->sigma = (low + high) / 2;
    self->location = -bg_log(pareto_moment(self->sigma, 1));
    return true;
}

/* Inverse of the survival function. */
static double pareto_draw(const bg_severity *self, bg_rng *rng)
{
    const double survival = bg_draw_positive_uniform(rng);
    const double body = fmax(survival, BG_PARETO_SHARE);
    const double log_size = self->location + self->sigma * -bg_normal_quantile(body);
    return exp(log_size - log(survival / body) / BG_PARETO_INDEX);
}

static const struct {
    bool (*init)(bg_severity *self);
    double (*draw)(const bg_severity *self, bg_rng *rng);
} kinds[] = {
    [BG_SEVERITY_GAMMA] = {gamma_init, gamma_draw},
    [BG_SEVERITY_LOGNORMAL] = {lognormal_init, lognormal_draw},
    [BG_SEVERITY_LOGNORMAL_PARETO] = {pareto_init, pareto_draw},
};

bool bg_severity_init(bg_severity *self, bg_severity_kind kind, double cv)
{
    *self = (bg_severity){.kind = kind, .cv = cv};
    return kinds[kind].init(self);
}

double bg_severity_draw(const bg_severity *self, bg_rng *rng)
{
    return kinds[self->kind].draw(self, rng);
}

double bg_gamma_total(bg_rng *rng, uint64_t count, double variation)
{
    return count > 0 ? bg_draw_gamma_of(rng, (double)count / variation, variation) : 0;
}

double bg_severity_total(const bg_severity *self, bg_rng *rng, uint64_t count)
{
    if (count > BG_SEVERITY_ONE_BY_ONE) {
        return bg_gamma_total(rng, count, self->cv * self->cv);
    }
    double sum = 0;
    for (uint64_t i = 0; i < count; i++) {
        sum += kinds[self->kind].draw(self, rng);
    }
    return sum;
}
