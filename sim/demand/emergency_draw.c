#include "base/special.h"
#include "demand/emergency.h"
#include "random/gsl_samplers.h"

#include <math.h>

bg_emergency bg_emergency_draw(const bg_emergency_terms *terms, bg_rng *rng)
{
    if (bg_rng_uniform(rng) >= terms->probability) {
        return (bg_emergency){0};
    }
    if (terms->form == BG_EMERGENCY_MULTIPLIER) {
        const double excess = bg_expm1(terms->mu + terms->sigma * bg_draw_normal(rng));
        return (bg_emergency){.begins = true, .excess = excess};
    }
    bg_emergency result = {.begins = true, .months = terms->dip_months};
    result.first = bg_draw_one_of(rng, 12 - terms->dip_months + 1);
    result.dip = bg_draw_beta(rng, terms->dip, terms->dip_sd);
    result.direct = bg_draw_gamma(rng, terms->direct, terms->direct_sd);
    result.rebound = bg_draw_gamma(rng, terms->rebound, terms->rebound_sd);
    return result;
}
