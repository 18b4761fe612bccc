#include "contract/years.h"

#include "base/columns.h"
#include "projection/outcome.h"

#include <stdlib.h>
#include <string.h>

/* ---- storage ---- */

static size_t history_years(const bg_model *model)
{
    return model->contract.history.year_count;
}

/* Hands out columns from one allocation. */
static bg_fen *next_column(bg_fen **free_from, size_t capacity)
{
    bg_fen *column = *free_from;
    *free_from += capacity;
    return column;
}

static bg_status allocate(bg_scheme_block *self, size_t capacity)
{
    const size_t years = self->model->contract.years;
    const size_t spent = history_years(self->model) + years;
    const size_t monthly_and_yearly = 12 + 5;
    const size_t single = 12 + 6; /* instalments, opening total and the five balances */
    const size_t columns = years * monthly_and_yearly + spent + single;
    if (capacity > SIZE_MAX / sizeof(bg_fen) / columns) {
        return BG_MEMORY;
    }
    self->demand = calloc(years, sizeof *self->demand);
    self->spent = calloc(spent, sizeof *self->spent);
    self->fens = calloc(columns * capacity, sizeof *self->fens);
    self->people = calloc(years * capacity, sizeof *self->people);
    return self->demand && self->spent && self->fens && self->people ? BG_OK : BG_MEMORY;
}

static void place_demand(bg_scheme_block *self, size_t capacity, bool *shock, bg_fen **free_from)
{
    for (size_t y = 0; y < self->model->contract.years; y++) {
        bg_demand_columns *demand = &self->demand[y];
        for (size_t month = 0; month < 12; month++) {
            demand->expense[month] = next_column(free_from, capacity);
        }
        demand->outside = next_column(free_from, capacity);
        demand->emergency = next_column(free_from, capacity);
        demand->rebound = next_column(free_from, capacity);
        demand->patients = next_column(free_from, capacity);
        demand->disallowed = next_column(free_from, capacity);
        demand->people = self->people + y * capacity;
        demand->shock = shock + y * capacity;
    }
}

static void place_budget(bg_scheme_block *self, size_t capacity, bg_fen **free_from)
{
    bg_budget_block *budget = &self->budget;
    budget->opening_total = next_column(free_from, capacity);
    for (size_t month = 0; month < 12; month++) {
        budget->instalment[month] = next_column(free_from, capacity);
    }
    budget->previous_total = self->previous_total;
}

/* The budget is computed straight into the columns that the settlement reads. */
static void connect_settlement(bg_scheme_block *self, const bg_settlement_block *whole,
                               size_t first, size_t n)
{
    bg_budget_block *budget = &self->budget;
    self->whole = whole;
    self->settlement = bg_settlement_block_part(whole, first, n);
    budget->total = self->settlement.input[BG_INPUT_budget];
    budget->payable = self->settlement.input[BG_INPUT_payable];
    for (size_t fund = 0; fund < BG_MAX_FUNDS; fund++) {
        budget->fund[fund] = self->settlement.fund_added[fund];
    }
}

bg_status bg_scheme_block_init(bg_scheme_block *self, const bg_model *model, size_t scheme,
                               size_t capacity, bool *shock)
{
    *self = (bg_scheme_block){.model = model, .scheme = scheme};
    const bg_status status = allocate(self, capacity);
    if (status != BG_OK) {
        return status;
    }
    bg_fen *free_from = self->fens;
    place_demand(self, capacity, shock, &free_from);
    for (size_t y = 0; y < history_years(model) + model->contract.years; y++) {
        self->spent[y] = next_column(&free_from, capacity);
    }
    self->previous_total = next_column(&free_from, capacity);
    self->income = next_column(&free_from, capacity);
    self->reserve = next_column(&free_from, capacity);
    self->shared_total = next_column(&free_from, capacity);
    self->pool_balance = next_column(&free_from, capacity);
    place_budget(self, capacity, &free_from);
    return BG_OK;
}

void bg_scheme_block_free(bg_scheme_block *self)
{
    free(self->demand);
    free(self->spent);
    free(self->fens);
    free(self->people);
    *self = (bg_scheme_block){0};
}

/* ---- the years ---- */

static const bg_scheme *scheme_of(const bg_scheme_block *self)
{
    return &self->model->contract.history.scheme[self->scheme];
}

/* Past years as a rolling budget counts them. */
static void open_history(bg_scheme_block *self)
{
    for (size_t y = 0; y < history_years(self->model); y++) {
        bg_column_fill(self->n, scheme_of(self)->completed_fen[y], self->spent[y]);
    }
}

static bg_status too_large(const bg_scheme_block *self, int year, bg_status status,
                           bg_errors *errors)
{
    return bg_errors_add(errors, status, BG_NOWHERE, NULL,
                         "An amount of the scheme %s in %d is beyond what whole fen in 64 bits can "
                         "hold (92,233,720,368,547,758.07 yuan).",
                         scheme_of(self)->name, year);
}

void bg_scheme_block_open(bg_scheme_block *self, const bg_settlement_block *whole, size_t first,
                          size_t n)
{
    const bg_budget_terms *terms = self->model->contract.terms[self->scheme];
    self->n = n;
    self->budget.n = n;
    connect_settlement(self, whole, first, n);
    bg_column_fill(n, 0, self->reserve);
    bg_column_fill(n, 0, self->shared_total);
    bg_column_fill(n, self->model->contract.pool[self->scheme].opening, self->pool_balance);
    for (size_t fund = 0; fund < bg_budget_fund_count(terms); fund++) {
        bg_column_fill(n, bg_budget_fund(terms, fund)->opening,
                       self->settlement.fund_opening[fund]);
    }
    bg_column_fill(n, 0, self->settlement.input[BG_INPUT_deficit]);
    open_history(self);
}

/* The year's demand becomes inputs of the settlement, and joins the past expenses. */
static void enter_demand(bg_scheme_block *self, size_t year)
{
    const bg_demand_columns *demand = &self->demand[year];
    int64_t **input = self->settlement.input;
    const size_t size = self->n * sizeof(bg_fen);
    bg_fen *expense = input[BG_INPUT_expense];
    /* Demand bounds a month so that a year's sum fits. */
    bg_columns_current()->sum(self->n, 12, demand->expense, expense);
    memcpy(self->spent[history_years(self->model) + year], expense, size);
    memcpy(input[BG_INPUT_emergency], demand->emergency, size);
    memcpy(input[BG_INPUT_rebound], demand->rebound, size);
    memcpy(input[BG_INPUT_outside], demand->outside, size);
    memcpy(input[BG_INPUT_patients], demand->patients, size);
    memcpy(input[BG_INPUT_disallowed], demand->disallowed, size);
    bg_column_fill(self->n, self->model->contract.score[year], input[BG_INPUT_score]);
}

/* Expense of a calendar year; NULL before the past years, and between them and the budget years. */
static const bg_fen *spent_in(const bg_scheme_block *self, int year)
{
    const bg_history *history = &self->model->contract.history;
    const int budget_year = year - self->model->contract.first_year;
    if (budget_year >= 0) {
        return self->spent[history->year_count + (size_t)budget_year];
    }
    const int past_year = year - history->year[0];
    return past_year >= 0 && past_year < (int)history->year_count ? self->spent[past_year] : NULL;
}

void bg_scheme_block_enter(bg_scheme_block *self, size_t year)
{
    bg_budget_block *budget = &self->budget;
    budget->year = self->model->contract.first_year + (int)year;
    budget->people = self->demand[year].people;
    budget->income = NULL;
    for (int back = 1; back <= 3; back++) {
        budget->expense[3 - back] = spent_in(self, budget->year - back);
    }
    enter_demand(self, year);
}

bg_status bg_scheme_block_income(bg_scheme_block *self, const bg_pool *pool, bg_errors *errors)
{
    const bg_budget_block *budget = &self->budget;
    if (!pool->modelled) {
        return BG_OK;
    }
    const bg_status status =
        bg_pool_income(pool, budget->year, self->n, budget->people, self->income);
    return status == BG_OK ? BG_OK : too_large(self, budget->year, status, errors);
}

bg_status bg_scheme_block_budget(bg_scheme_block *self, size_t year, bg_errors *errors)
{
    bg_settlement_block *settlement = &self->settlement;
    const bg_status status =
        bg_budget_compute(self->model->contract.terms[self->scheme], &self->budget, NULL, errors);
    if (status != BG_OK) {
        return status;
    }
    /* Instalments are parts of an amount that fits, and none is below zero. */
    bg_columns_current()->sum(self->n, 12, self->budget.instalment,
                              settlement->input[BG_INPUT_prepaid]);
    bg_column_fill(self->n, self->budget.year * BG_ONE, settlement->input[BG_INPUT_year]);
    bg_settlement_block_fill_empty(settlement, self->model->contract.plan[self->scheme]);
    settlement->contract_end = year + 1 == self->model->contract.years;
    return BG_OK;
}

static bg_status add_up_balances(bg_scheme_block *self)
{
    const bg_plan *plan = self->model->contract.plan[self->scheme];
    const bg_fen *movement = self->settlement.account[bg_plan_account_index(plan, "pool")];
    bg_fen *const *result = self->settlement.result;
    bg_status status =
        bg_column_add(self->n, self->reserve, result[BG_RESULT_result], self->reserve);
    status = status ? status
                    : bg_column_add(self->n, self->shared_total, result[BG_RESULT_shared],
                                    self->shared_total);
    status = status ? status
                    : bg_pool_advance(&self->model->contract.pool[self->scheme], self->budget.year,
                                      self->n, self->income, movement, self->pool_balance);
    return status;
}

void bg_scheme_block_carry(bg_scheme_block *self)
{
    const bg_settlement_block *settlement = &self->settlement;
    const size_t size = self->n * sizeof(bg_fen);
    const size_t funds = bg_budget_fund_count(self->model->contract.terms[self->scheme]);
    memcpy(settlement->input[BG_INPUT_deficit], settlement->result[BG_RESULT_deficit_left], size);
    memcpy(self->previous_total, settlement->input[BG_INPUT_budget], size);
    for (size_t fund = 0; fund < funds; fund++) {
        memcpy(settlement->fund_opening[fund], settlement->fund_closing[fund], size);
    }
}

bg_status bg_scheme_block_close(bg_scheme_block *self, size_t year, bg_draws *draws,
                                bg_errors *errors)
{
    bg_status status = add_up_balances(self);
    status = status ? status : bg_outcome_store(self, year, draws);
    return status == BG_OK ? BG_OK : too_large(self, self->budget.year, status, errors);
}
