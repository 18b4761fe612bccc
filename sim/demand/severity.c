#include "demand/severity.h"

#include "base/special.h"

#include <math.h>

#define SIGMA_LOWEST  1e-6 /* of lognormal_pareto */
#define SIGMA_HIGHEST 10.0

static bool gamma_init(bg_severity *self)
{
    (void)self; /* the cv is all it needs */
    return true;
}

static bool lognormal_init(bg_severity *self)
{
    const double variance = bg_log(1 + self->cv * self->cv);
    self->sigma = sqrt(variance);
    self->location = -variance / 2;
    return true;
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

static bool (*const init[])(bg_severity *self) = {
    [BG_SEVERITY_GAMMA] = gamma_init,
    [BG_SEVERITY_LOGNORMAL] = lognormal_init,
    [BG_SEVERITY_LOGNORMAL_PARETO] = pareto_init,
};

bool bg_severity_init(bg_severity *self, bg_severity_kind kind, double cv)
{
    *self = (bg_severity){.kind = kind, .cv = cv};
    return init[kind](self);
}
