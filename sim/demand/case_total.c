#include "demand/case_total.h"

#include "base/elementary.h"
#include "random/samplers.h"

static double gamma_case(const bg_severity *self, bg_rng *rng)
{
    return bg_exact_gamma_of_one(rng, self->cv);
}

static double lognormal_case(const bg_severity *self, bg_rng *rng)
{
    return bg_exp(self->location + self->sigma * bg_exact_normal(rng));
}

static double pareto_case(const bg_severity *self, bg_rng *rng)
{
    if (bg_exact_uniform(rng) < BG_PARETO_SHARE) {
        const double beyond = -bg_log(bg_exact_uniform(rng)) / BG_PARETO_INDEX;
        return bg_exp(self->location + self->sigma * BG_PARETO_NORMAL + beyond);
    }
    double z;
    do {
        z = bg_exact_normal(rng);
    } while (z >= BG_PARETO_NORMAL);
    return bg_exp(self->location + self->sigma * z);
}

static double (*const one_case[])(const bg_severity *self, bg_rng *rng) = {
    [BG_SEVERITY_GAMMA] = gamma_case,
    [BG_SEVERITY_LOGNORMAL] = lognormal_case,
    [BG_SEVERITY_LOGNORMAL_PARETO] = pareto_case,
};

double bg_case_draw(const bg_severity *severity, bg_rng *rng)
{
    return one_case[severity->kind](severity, rng);
}

double bg_case_total_gamma(bg_rng *rng, uint64_t count, double variation)
{
    return count > 0 ? bg_exact_gamma_of_shape(rng, (double)count / variation) * variation : 0;
}

double bg_case_total(const bg_severity *severity, bg_rng *rng, uint64_t count)
{
    const bool together = count > BG_SEVERITY_ONE_BY_ONE || severity->kind == BG_SEVERITY_GAMMA;
    if (together) {
        return bg_case_total_gamma(rng, count, severity->cv * severity->cv);
    }
    double sum = 0;
    for (uint64_t i = 0; i < count; i++) {
        sum += bg_case_draw(severity, rng);
    }
    return sum;
}
