#include "projection/enrol.h"

bg_status bg_model_read(const bg_scenario *scenario, bg_model *self, bg_errors *errors)
{
    *self = (bg_model){0};
    bg_status status = bg_contract_read(scenario, &self->contract, errors);
    const bg_history *history =
        bg_contract_has_history(&self->contract) ? &self->contract.history : NULL;
    bg_horizon_read(scenario, history, &self->horizon);
    /* The contract has already complained of a horizon within the past years. */
    if (history && bg_horizon_check(&self->horizon, scenario, history, NULL) == BG_OK) {
        bg_first(&status, bg_demand_read(scenario, history, &self->horizon, &self->demand, errors));
    }
    if (status != BG_OK) {
        bg_model_free(self);
        return status;
    }
    bg_model_enrol(self, &self->contract);
    return BG_OK;
}

bg_status bg_model_read_like(const bg_scenario *scenario, const bg_model *like, bg_model *self,
                             bg_errors *errors)
{
    *self = (bg_model){.demand = like->demand, .shares_demand = true};
    const bg_status status = bg_contract_read(scenario, &self->contract, errors);
    if (status != BG_OK) {
        bg_model_free(self);
        return status;
    }
    bg_horizon_read(scenario, &self->contract.history, &self->horizon);
    return BG_OK;
}

void bg_model_free(bg_model *self)
{
    if (!self->shares_demand) {
        bg_demand_free(self->demand);
    }
    bg_contract_free(&self->contract);
    *self = (bg_model){0};
}
