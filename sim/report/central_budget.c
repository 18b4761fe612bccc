#include "report/central_budget.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bg_central_budget_free(bg_central_budget *self)
{
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        bg_budget_lines_free(&self->lines[i]);
    }
    free(self->year);
    free(self->expense);
    memset(self, 0, sizeof *self);
}

const bg_budget_year *bg_central_budget_year(const bg_central_budget *self, size_t scheme,
                                             size_t year)
{
    return &self->year[scheme * self->years + year];
}

bg_fen bg_budget_year_prepaid(const bg_budget_year *year)
{
    bg_fen sum = 0;
    for (size_t i = 0; i < 12; i++) {
        sum += year->instalment[i];
    }
    return sum;
}

static void fill_expenses(bg_central_budget *self, const bg_future *path,
                          const bg_known_year *known)
{
    for (size_t i = 0; i < self->schemes; i++) {
        for (size_t j = 0; j < self->years; j++) {
            bg_fen sum = 0;
            for (size_t month = 0; month < 12; month++) {
                sum += path->expense[BG_FUTURE_MONTH(path, i, j, month)];
            }
            size_t k = i * self->years + j;
            self->expense[k] = known && known[k].expense >= 0 ? known[k].expense : sum;
        }
    }
}

/* Expense of the year `offset` years from the first budget year: simulated or known, or past and
 * completed; NULL where there is none. */
static const bg_fen *expense_at(const bg_central_budget *self, const bg_model *model, size_t scheme,
                                int offset)
{
    if (offset >= 0) {
        return &self->expense[scheme * self->years + (size_t)offset];
    }
    const bg_history *history = &model->contract.history;
    const int past_year = model->contract.first_year + offset - history->year[0];
    return past_year >= 0 && past_year < (int)history->year_count
               ? &history->scheme[scheme].completed_fen[past_year]
               : NULL;
}

static bg_budget_block block_of(bg_budget_year *year)
{
    bg_budget_block block = {
        .n = 1,
        .year = year->year,
        .total = &year->total,
        .opening_total = &year->opening_total,
        .payable = &year->payable,
    };
    for (size_t i = 0; i < BG_MAX_FUNDS; i++) {
        block.fund[i] = &year->fund[i];
    }
    for (size_t i = 0; i < 12; i++) {
        block.instalment[i] = &year->instalment[i];
    }
    return block;
}

static bg_status replace_total(const bg_budget_terms *terms, bg_fen total, bg_budget_year *year,
                               bg_errors *errors)
{
    year->total = total;
    const bg_budget_block block = block_of(year);
    return bg_budget_divide(terms, &block, errors);
}

static bg_status compute_year(bg_central_budget *self, const bg_model *model, const bg_future *path,
                              size_t scheme, size_t index, bg_errors *errors)
{
    const bg_budget_terms *terms = model->contract.terms[scheme];
    bg_budget_year *year = &self->year[scheme * self->years + index];
    year->year = model->contract.first_year + (int)index;
    year->growth = bg_budget_growth(terms, year->year, &year->cut);
    double people = path->people[BG_FUTURE_YEAR(path, scheme, index)];
    bg_budget_block block = block_of(year);
    bg_fen income = 0;
    for (int i = 0; i < 3; i++) {
        block.expense[i] = expense_at(self, model, scheme, (int)index - 3 + i);
    }
    const bg_pool *pool = &model->contract.pool[scheme];
    if (pool->modelled) {
        bg_status status = bg_pool_income(pool, year->year, 1, &people, &income);
        if (status != BG_OK) {
            return status;
        }
        block.income = &income;
    }
    block.previous_total = index ? &year[-1].total : NULL;
    block.people = &people;
    return bg_budget_compute(terms, &block, &self->lines[scheme], errors);
}

static void view_lag(bg_central_budget *self, const bg_model *model, size_t scheme)
{
    const bg_fen *expense = &self->expense[scheme * self->years];
    const bg_history *history = &model->contract.history;
    bg_fen last = history->scheme[scheme].paid_fen[history->year_count - 1];
    double before = (double)(self->years > 1 ? expense[0] : last);
    double after = (double)(self->years > 1 ? expense[1] : expense[0]);
    bg_budget_lag_view *lag = &self->lag[scheme];
    lag->trend = before > 0 ? after / before - 1 : 0;
    bg_budget_lag(model->contract.terms[scheme], lag->trend, &lag->years, &lag->carried,
                  &lag->needed);
}

static bg_status compute_scheme(bg_central_budget *self, const bg_model *model,
                                const bg_future *path, const bg_known_year *known, size_t scheme,
                                bg_errors *errors)
{
    const bg_budget_terms *terms = model->contract.terms[scheme];
    bg_status status = bg_budget_explain_base(terms, &self->lines[scheme]);
    for (size_t i = 0; i < self->years && status == BG_OK; i++) {
        status = compute_year(self, model, path, scheme, i, errors);
        size_t k = scheme * self->years + i;
        const bool other = known && known[k].total >= 0 && known[k].total != self->year[k].total;
        if (status == BG_OK && other) {
            status = replace_total(terms, known[k].total, &self->year[k], errors);
        }
    }
    view_lag(self, model, scheme);
    return status;
}

bg_status bg_central_budget_compute(bg_central_budget *self, const bg_model *model,
                                    const bg_known_year *known, bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    self->schemes = model->contract.history.scheme_count;
    self->years = model->contract.years;
    self->year = calloc(self->schemes * self->years, sizeof *self->year);
    self->expense = calloc(self->schemes * self->years, sizeof *self->expense);
    bg_future path;
    bg_status status = bg_future_init(&path, model->demand);
    if (status == BG_OK && (!self->year || !self->expense)) {
        status = BG_MEMORY;
    }
    status = status ? status : bg_demand_central(model->demand, &path);
    if (status == BG_OK) {
        fill_expenses(self, &path, known);
    }
    for (size_t i = 0; i < self->schemes && status == BG_OK; i++) {
        status = compute_scheme(self, model, &path, known, i, errors);
    }
    bg_future_free(&path);
    if (status != BG_OK && errors && errors->error_count == 0) {
        bg_errors_add(errors, status, BG_NOWHERE, NULL,
                      "The budgets on the central path cannot be computed: %s.",
                      bg_status_sentence(status));
    }
    return status;
}
