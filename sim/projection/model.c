#include "base/text.h"
#include "projection/enrol.h"
#include "projection/messages.h"

#include <stdlib.h>
#include <string.h>

static bool has_purpose(const bg_plan *plan, const char *name)
{
    bool found = false;
    for (size_t p = 0; p < bg_plan_purpose_count(plan); p++) {
        found = found || strcmp(bg_plan_purpose(plan, p), name) == 0;
    }
    return found;
}

static bg_status refuse_purpose(const bg_plan *plan, const bg_node *purpose, bg_errors *errors)
{
    bg_text names = {0};
    for (size_t p = 0; p < bg_plan_purpose_count(plan); p++) {
        bg_text_add(&names, "%s" BG_QUOTED, p ? BG_COMMA : "", bg_plan_purpose(plan, p));
    }
    if (bg_plan_purpose_count(plan) == 0) {
        return bg_errors_say(errors, BG_INVALID, purpose->mark, purpose->path,
                             BG_SAY(outlay_without_purposes), purpose->text);
    }
    char *list = bg_text_take(&names);
    const bg_status status =
        list ? bg_errors_say(errors, BG_INVALID, purpose->mark, purpose->path,
                             BG_SAY(outlay_purpose_unknown), purpose->text, list)
             : bg_no_memory(errors);
    free(list);
    return status;
}

/* Whether the purposes from which measures are paid are those of the plan, which all schemes have. */
static bg_status check_purposes(const bg_model *self, bg_errors *errors)
{
    const bg_plan *plan = self->contract.plan[0];
    bg_status status = BG_OK;
    for (size_t change = 0; change < bg_demand_change_count(self->demand); change++) {
        const bg_node *purpose = bg_demand_outlay_purpose(self->demand, change);
        if (purpose && !has_purpose(plan, purpose->text)) {
            bg_first(&status, refuse_purpose(plan, purpose, errors));
        }
    }
    return status;
}

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
    status = status || !self->demand ? status : check_purposes(self, errors);
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
