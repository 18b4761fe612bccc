#include "projection/enrol.h"

static void enrol(bg_model *self, const bg_pool *pool, size_t scheme)
{
    const bg_contract *contract = &self->contract;
    const int base_year = contract->history.year[contract->history.year_count - 1];
    double ratio[BG_MAX_BUDGET_YEARS];
    for (size_t year = 0; year < contract->years; year++) {
        ratio[year] = bg_pool_contribution_ratio(pool, base_year, contract->first_year + (int)year);
    }
    const bg_enrolment_terms terms = {.elasticity = pool->elasticity,
                                      .elasticity_sd = pool->elasticity_sd,
                                      .relative_cost = pool->relative_cost,
                                      .relative_cost_sd = pool->relative_cost_sd,
                                      .ratio = ratio};
    bg_demand_enrol(self->demand, scheme, &terms);
}

void bg_model_enrol(bg_model *self, const bg_contract *payer)
{
    for (size_t s = 0; s < self->contract.history.scheme_count; s++) {
        enrol(self, &payer->pool[s], s);
    }
}
