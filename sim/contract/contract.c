#include "contract/messages.h"
#include <baogan/contract.h>

#include <stdlib.h>
#include <string.h>

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
}

static bool in_history(const bg_history *history, const char *scheme)
{
    for (size_t s = 0; s < history->scheme_count; s++) {
        if (strcmp(history->scheme[s].name, scheme) == 0) {
            return true;
        }
    }
    return false;
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
    const bg_node *pools = bg_scenario_find(self->contract->scenario, "pool");
    for (const bg_node *pool = pools ? pools->child : NULL; pool; pool = pool->next) {
        const bg_node *income = bg_pool_income_node(pool);
        if (income && !in_history(&contract->history, pool->key)) {
            bg_errors_advise(self->errors, income->mark, income->path, BG_SAY(pool_without_history),
                             pool->key);
        }
    }
}

/* Whether somebody has written something else below the node than what holds without it. */
static bool is_written(const bg_node *node)
{
    bool written = !node->child && node->origin != BG_ORIGIN_DEFAULT && !bg_node_is_standard(node);
    for (const bg_node *child = node->child; child; child = child->next) {
        written = written || is_written(child);
    }
    return written;
}

/* Terms of a scheme that nothing has been paid for. */
static void warn_of_absent_schemes(const reader *self)
{
    const bg_contract *contract = self->contract;
    const bg_node *schemes = bg_scenario_find(contract->scenario, "budget.schemes");
    for (const bg_node *scheme = schemes ? schemes->child : NULL; scheme; scheme = scheme->next) {
        if (!in_history(&contract->history, scheme->key) && is_written(scheme)) {
            bg_errors_advise(self->errors, scheme->mark, scheme->path,
                             BG_SAY(scheme_without_history), scheme->key);
        }
    }
}

/* What makes sense only where the budget years come after the past ones. */
static void read_rules(reader *self, const bg_horizon *horizon)
{
    bg_contract *contract = self->contract;
    const bg_scenario *scenario = contract->scenario;
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
        warn_of_absent_schemes(&read);
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
    free(self->score);
    *self = (bg_contract){0};
}
