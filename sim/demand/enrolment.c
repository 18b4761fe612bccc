#include "demand/enrolment.h"

#include "demand/model.h"

static double log_of(double ratio)
{
    const double above = ratio > 1 / BG_PRICE_REACH ? ratio : 1 / BG_PRICE_REACH;
    return bg_log_positive(above < BG_PRICE_REACH ? above : BG_PRICE_REACH);
}

static bool changes(const double *ratio, size_t years)
{
    bool any = false;
    for (size_t year = 0; year < years; year++) {
        any = any || ratio[year] < 1 || ratio[year] > 1;
    }
    return any;
}

void bg_demand_enrol(bg_demand *self, size_t scheme, const bg_enrolment_terms *terms)
{
    bg_enrolment *enrolment = &self->scheme[scheme].enrolment;
    enrolment->moves = changes(terms->ratio, self->years);
    enrolment->elasticity.mean = terms->elasticity;
    enrolment->elasticity.sd = terms->elasticity_sd;
    enrolment->relative_cost = terms->relative_cost;
    enrolment->relative_cost_sd = terms->relative_cost_sd;
    for (size_t year = 0; year < self->years; year++) {
        enrolment->log_ratio[year] = log_of(terms->ratio[year]);
    }
}
