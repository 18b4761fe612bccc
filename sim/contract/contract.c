#include "contract/no_effect.h"

#include <stdlib.h>

/* Reads the parts of a contract. The first failure is the status; the others still speak up. */
typedef struct reader {
    bg_contract *contract;
    bg_errors *errors;
    bg_status status;
} reader;

static bool kept(reader *self, bg_status status)
{
    if (self->status == BG_OK) {
        self->status = status;
    }
    return status == BG_OK;
}

/* Up to the first year that fails: an indicator at fault is so in every year. */
static void read_scores(reader *self)
{
    bg_contract *contract = self->contract;
    contract->score = calloc(contract->years, sizeof *contract->score);
    if (!contract->score) {
        kept(self, bg_no_memory(self->errors));
        return;
    }
    bg_performance_advise(contract->scenario, self->errors);
    bool good =
        kept(self, bg_performance_read(contract->scenario, &contract->performance, self->errors));
    for (size_t y = 0; y < contract->years && good && !contract->performance; y++) {
        good =
            kept(self, bg_performance_score(self->contract->scenario, contract->first_year + (int)y,
                                            &contract->score[y], self->errors));
    }
}

/* The plans of all schemes have the same steps: a mistake in them is reported once. */
static void read_plans(reader *self)
{
    bg_contract *contract = self->contract;
    bool good = true;
    for (size_t s = 0; s < contract->history.scheme_count && good; s++) {
        good = kept(self, bg_plan_read(self->contract->scenario, &contract->plan[s], self->errors));
    }
    if (good) {
        kept(self, bg_accounts_read(contract->scenario, &contract->history, contract->plan[0],
                                    &contract->accounts, self->errors));
    }
}

static void read_pools(reader *self)
{
    bg_contract *contract = self->contract;
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        kept(self, bg_pool_read(self->contract->scenario, contract->history.scheme[s].name,
                                contract->first_year, &contract->pool[s], self->errors));
    }
    if (!bg_scenario_community(contract->scenario)) { /* else the pool is the area's */
        kept(self, bg_pool_read_measures(contract->scenario, contract->pool,
                                         contract->history.scheme_count, self->errors));
    }
}

/* What makes sense only where the budget years come after the past ones. */
static void read_rules(reader *self, const bg_horizon *horizon)
{
    bg_contract *contract = self->contract;
    const bg_scenario *scenario = contract->scenario;
    kept(self, bg_calendar_read(scenario, &contract->calendar, self->errors));
    if (kept(self, bg_horizon_check(horizon, scenario, &contract->history, self->errors)) &&
        kept(self, bg_budget_read(scenario, &contract->history, horizon, contract->pool,
                                  contract->terms, self->errors))) {
        read_plans(self);
    }
}

bg_status bg_contract_read(const bg_scenario *scenario, bg_contract *self, bg_errors *errors)
{
    *self = (bg_contract){.scenario = scenario};
    reader read = {.contract = self, .errors = errors};
    const bool has_history = kept(&read, bg_history_read(scenario, &self->history, errors));
    bg_horizon horizon;
    const bool has_years = bg_horizon_read(scenario, has_history ? &self->history : NULL, &horizon);
    self->first_year = horizon.first_year;
    self->years = horizon.years;
    if (has_years) {
        read_scores(&read);
    }
    if (has_history) {
        read_pools(&read);
        bg_no_effect_advise(self, errors);
        read_rules(&read, &horizon);
    }
    return read.status;
}

void bg_contract_free(bg_contract *self)
{
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        bg_plan_free(self->plan[s]);
        bg_budget_terms_free(self->terms[s]);
    }
    bg_history_free(&self->history);
    bg_performance_free(self->performance);
    bg_accounts_free(self->accounts);
    free(self->score);
    *self = (bg_contract){0};
}
