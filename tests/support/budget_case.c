#include "budget_case.h"

#include "says.h"

#include <string.h>

static bg_status read_terms(budget_case *self)
{
    bg_horizon horizon;
    bg_horizon_read(self->scenario, &self->history, &horizon);
    const bg_status status =
        bg_horizon_check(&horizon, self->scenario, &self->history, &self->errors);
    bg_pool pool[BG_MAX_SCHEMES] = {0};
    for (size_t s = 0; s < self->history.scheme_count; s++) {
        bg_pool_read(self->scenario, self->history.scheme[s].name, horizon.first_year, &pool[s],
                     &self->errors);
    }
    return status ? status
                  : bg_budget_read(self->scenario, &self->history, &horizon, pool, self->terms,
                                   &self->errors);
}

void budget_case_read(budget_case *self, const char *yaml)
{
    memset(self, 0, sizeof *self);
    bg_errors_init(&self->errors);
    self->status = bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0,
                                     &self->scenario, &self->errors);
    if (!self->status) {
        self->status = bg_history_read(self->scenario, &self->history, &self->errors);
    }
    if (!self->status) {
        self->status = read_terms(self);
    }
}

void budget_case_free(budget_case *self)
{
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        bg_budget_terms_free(self->terms[i]);
        self->terms[i] = NULL;
    }
    bg_history_free(&self->history);
    bg_scenario_free(self->scenario);
    self->scenario = NULL;
    bg_errors_free(&self->errors);
}

bool budget_case_says(const budget_case *self, const char *path, const char *words)
{
    for (size_t i = 0; i < self->errors.count; i++) {
        const bg_error *error = &self->errors.items[i];
        if (error->path && strcmp(error->path, path) == 0 &&
            says_among_others(error->message, words)) {
            return true;
        }
    }
    return false;
}

bg_status budget_case_compute(budget_case *self, int scheme, const unit_inputs *inputs,
                              unit_budget *result, bg_budget_lines *lines)
{
    bg_budget_block block = {
        .n = 1,
        .year = inputs->year,
        .previous_total = &inputs->previous_total,
        .expense = {inputs->expense[0], inputs->expense[1], inputs->expense[2]},
        .people = &inputs->people,
        .income = inputs->income,
        .total = &result->total,
        .opening_total = &result->opening_total,
        .payable = &result->payable,
    };
    for (size_t i = 0; i < BG_MAX_FUNDS; i++) {
        block.fund[i] = &result->fund[i];
    }
    for (size_t i = 0; i < 12; i++) {
        block.instalment[i] = &result->instalment[i];
    }
    return bg_budget_compute(self->terms[scheme], &block, lines, &self->errors);
}

bg_fen unit_budget_paid(const unit_budget *self)
{
    bg_fen sum = 0;
    for (size_t i = 0; i < 12; i++) {
        sum += self->instalment[i];
    }
    return sum;
}
