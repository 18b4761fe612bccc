#include "study/overspend_line.h"

#include "projection/worker.h"
#include "study/messages.h"

#include <string.h>

enum { SIZES = 64, ROUNDS = 8 };

typedef struct search {
    const bg_model *model;
    size_t year;
    bg_worker *worker;
    bg_decimal factor[SIZES];
    bg_decimal before[BG_MAX_SCHEMES * BG_MAX_BUDGET_YEARS]; /* [scheme][year] */
} search;

static bg_status run(search *self, size_t n, bg_errors *errors)
{
    const bg_scaled scaled = {
        .n = n, .year = self->year, .factor = self->factor, .before = self->before};
    return bg_worker_scaled(self->worker, &scaled, errors);
}

static const bg_fen *outcome(const search *self, size_t unit, bg_outcome which)
{
    return bg_draws_outcome(bg_worker_draws(self->worker, 0), unit, self->year, which);
}

static bool overspends(const search *self, size_t unit, size_t i)
{
    return bg_draws_event(bg_worker_draws(self->worker, 0), unit, self->year)[i] >>
               BG_EVENT_overspend &
           1;
}

static void spread(search *self, bg_decimal low, bg_decimal high)
{
    for (size_t i = 0; i < SIZES; i++) {
        self->factor[i] = low + (high - low) / (SIZES - 1) * (bg_decimal)i;
    }
    self->factor[SIZES - 1] = high;
}

/* Narrows the stretch from the last size without an overspend to the first with one. */
static bg_status narrow(search *self, size_t unit, bg_overspend_line *line, bg_errors *errors)
{
    bg_decimal low = BG_ONE / 4, high = 4 * BG_ONE;
    bg_status status = BG_OK;
    for (size_t round = 0; round < ROUNDS && status == BG_OK && high - low > 1; round++) {
        spread(self, low, high);
        status = run(self, SIZES, errors);
        size_t first = 0;
        while (status == BG_OK && first < SIZES && !overspends(self, unit, first)) {
            first++;
        }
        if (status != BG_OK || first == 0 || first == SIZES) {
            break; /* of the first round alone: later ones begin without and end with one */
        }
        low = self->factor[first - 1];
        high = self->factor[first];
        line->found = true;
        line->line = outcome(self, unit, BG_OUTCOME_expense)[first - 1];
    }
    return status;
}

static bg_status find(search *self, bg_overspend_line *lines, bg_errors *errors)
{
    const size_t units = bg_model_unit_count(self->model);
    self->factor[0] = BG_ONE;
    bg_status status = run(self, 1, errors);
    for (size_t u = 0; u < units && status == BG_OK; u++) {
        lines[u] = (bg_overspend_line){.budget = outcome(self, u, BG_OUTCOME_budget)[0],
                                       .payable = outcome(self, u, BG_OUTCOME_payable)[0],
                                       .line = outcome(self, u, BG_OUTCOME_payable)[0]};
    }
    for (size_t u = 0; u < units && status == BG_OK; u++) {
        status = narrow(self, u, &lines[u], errors);
    }
    return status;
}

/* What years that are known came to, of what they are on the central path. */
static bg_status find_before(search *self, const bg_known_years *known)
{
    bg_future path;
    bg_status status = bg_future_init(&path, self->model->demand);
    status = status ? status : bg_demand_central(self->model->demand, &path);
    for (size_t s = 0; s < path.schemes && status == BG_OK; s++) {
        for (size_t y = 0; y < path.years && status == BG_OK; y++) {
            bg_decimal *factor = &self->before[s * path.years + y];
            const bg_fen expected = bg_future_expense(&path, s, y);
            *factor = BG_ONE;
            if (y < self->year && known->paid[s][y] > 0 && expected > 0) {
                status = bg_money_ratio(BG_ONE, (bg_fen)known->paid[s][y], expected, factor);
            }
        }
    }
    bg_future_free(&path);
    return status;
}

static bg_status begin(search *self, const bg_model *model, size_t year,
                       const bg_known_years *known, bg_errors *errors)
{
    const bg_projection_options options = {.years = year + 1, .no_cash = true};
    *self = (search){
        .model = model,
        .year = year,
        .worker = bg_worker_new(&(bg_parties){.member = model, .count = 1}, &options, SIZES)};
    const bg_status status = self->worker ? find_before(self, known) : BG_MEMORY;
    return status == BG_OK ? BG_OK
                           : bg_errors_say(errors, status, BG_NOWHERE, NULL,
                                           BG_SAY(months_not_expected), bg_status_both(status));
}

bg_status bg_overspend_lines_find(const bg_model *model, size_t year, const bg_known_years *known,
                                  bg_overspend_line *lines, bg_errors *errors)
{
    search self;
    bg_status status = begin(&self, model, year, known, errors);
    status = status ? status : find(&self, lines, errors);
    bg_worker_free(self.worker);
    return status;
}

/* The sizes at which the scheme spends so much. */
static bg_status find_results(search *self, size_t scheme, const bg_fen *expense, bg_fen *result,
                              bg_errors *errors)
{
    self->factor[0] = BG_ONE;
    bg_status status = run(self, 1, errors);
    const bg_fen expected = status ? 1 : outcome(self, scheme, BG_OUTCOME_expense)[0];
    for (size_t i = 0; i < BG_RESULTS_AT && status == BG_OK; i++) {
        status = bg_money_ratio(BG_ONE, expense[i], expected, &self->factor[i]);
    }
    status = status ? status : run(self, BG_RESULTS_AT, errors);
    if (status == BG_OK) {
        memcpy(result, outcome(self, scheme, BG_OUTCOME_result), BG_RESULTS_AT * sizeof *result);
    }
    return status;
}

bg_status bg_result_at(const bg_model *model, size_t year, const bg_known_years *known,
                       size_t scheme, const bg_fen expense[BG_RESULTS_AT],
                       bg_fen result[BG_RESULTS_AT], bg_errors *errors)
{
    search self;
    bg_status status = begin(&self, model, year, known, errors);
    status = status ? status : find_results(&self, scheme, expense, result, errors);
    bg_worker_free(self.worker);
    return status;
}
