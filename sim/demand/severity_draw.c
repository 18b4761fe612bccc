#include "base/special.h"
#include "demand/severity.h"
#include "random/gsl_samplers.h"

#include <math.h>

static double gamma_draw(const bg_severity *self, bg_rng *rng)
{
    const double square = self->cv * self->cv;
    return bg_draw_gamma_of(rng, 1 / square, square);
}

static double lognormal_draw(const bg_severity *self, bg_rng *rng)
{
    return bg_exp(self->location + self->sigma * bg_draw_normal(rng));
}

/* Inverse of the survival function. */
static double pareto_draw(const bg_severity *self, bg_rng *rng)
{
    const double survival = bg_draw_positive_uniform(rng);
    const double body = fmax(survival, BG_PARETO_SHARE);
    const double log_size = self->location + self->sigma * -bg_normal_quantile(body);
    return bg_exp(log_size - bg_log(survival / body) / BG_PARETO_INDEX);
}

static double (*const one_case[])(const bg_severity *self, bg_rng *rng) = {
    [BG_SEVERITY_GAMMA] = gamma_draw,
    [BG_SEVERITY_LOGNORMAL] = lognormal_draw,
    [BG_SEVERITY_LOGNORMAL_PARETO] = pareto_draw,
};

double bg_severity_draw(const bg_severity *self, bg_rng *rng)
{
    return one_case[self->kind](self, rng);
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
        sum += one_case[self->kind](self, rng);
    }
    return sum;
}
