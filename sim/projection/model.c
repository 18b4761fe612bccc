#include <baogan/projection.h>

/* The budget has already complained of a first year within the history. */
static bool can_read_demand(const bg_contract *contract)
{
    const bg_history *history = &contract->history;
    return bg_contract_has_history(contract) &&
           contract->first_year > history->year[history->year_count - 1];
}

bg_status bg_model_read(const bg_scenario *scenario, bg_model *self, bg_errors *errors)
{
    *self = (bg_model){0};
    self->engine =
        (bg_engine_kind)bg_node_integer(bg_scenario_find(scenario, "simulation"), "engine");
    bg_status status = bg_contract_read(scenario, &self->contract, errors);
    if (can_read_demand(&self->contract)) {
        bg_first(&status, bg_demand_read(scenario, &self->contract.history, &self->demand, errors));
    }
    if (status != BG_OK) {
        bg_model_free(self);
    }
    return status;
}

void bg_model_free(bg_model *self)
{
    bg_demand_free(self->demand);
    bg_contract_free(&self->contract);
    *self = (bg_model){0};
}
