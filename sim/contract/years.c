#include "contract/years.h"

#include "base/columns.h"
#include "base/storage.h"
#include "contract/messages.h"

#include <stdlib.h>
#include <string.h>

enum { MONTHS = 12, ROLLING_YEARS = 3 };

static const bg_scheme *scheme_of(const bg_years *self)
{
    return &self->contract->history.scheme[self->scheme];
}

static const bg_budget_terms *terms_of(const bg_years *self)
{
    return self->contract->terms[self->scheme];
}

static const bg_plan *plan_of(const bg_years *self)
{
    return self->contract->plan[self->scheme];
}

static size_t spent_years(const bg_years *self)
{
    return self->contract->history.year_count + self->contract->years;
}

static bg_fen *take(const bg_years *self, bg_storage *from)
{
    return bg_storage_column(from, self->n, sizeof(bg_fen));
}

static void lay_out(void *owner, bg_storage *from)
{
    bg_years *self = owner;
    bg_balances *balances = &self->balances;
    for (size_t y = 0; y < spent_years(self); y++) {
        self->spent[y] = take(self, from);
    }
    self->previous_total = take(self, from);
    self->income = take(self, from);
    self->reserve = take(self, from);
    self->shared_total = take(self, from);
    self->pool_balance = take(self, from);
    if (bg_budget_corrects_people(terms_of(self))) {
        self->people_before = bg_storage_column(from, self->n, sizeof(double));
    }
    balances->deficit = take(self, from);
    for (size_t age = 0; age < balances->ages; age++) {
        balances->deficit_older[age] = take(self, from);
    }
    for (size_t fund = 0; fund < balances->funds; fund++) {
        balances->fund[fund] = take(self, from);
    }
    for (size_t month = 0; month < self->due.months; month++) {
        self->due.month[month] = take(self, from);
    }
    if (self->due.months > 0) {
        self->due.cash = take(self, from);
    }
    self->budget.opening_total = take(self, from);
    for (size_t month = 0; month < MONTHS; month++) {
        self->budget.instalment[month] = take(self, from);
    }
    self->size = from->used;
}

bg_status bg_years_init(bg_years *self, const bg_contract *contract, size_t scheme, size_t capacity)
{
    *self = (bg_years){.contract = contract, .scheme = scheme, .n = capacity};
    self->balances.funds = bg_budget_fund_count(terms_of(self));
    self->balances.ages = bg_plan_deficit_ages(plan_of(self));
    self->due = (bg_due){.calendar = &contract->calendar,
                         .months = bg_calendar_months(&contract->calendar)};
    self->spent = calloc(spent_years(self), sizeof *self->spent);
    self->storage = self->spent ? bg_storage_make(self, lay_out) : NULL;
    self->budget.previous_total = self->previous_total;
    return self->storage ? BG_OK : BG_MEMORY;
}

void bg_years_free(bg_years *self)
{
    free(self->spent);
    free(self->storage);
    *self = (bg_years){0};
}

void bg_years_open(bg_years *self, size_t n)
{
    const bg_budget_terms *terms = terms_of(self);
    self->n = n;
    self->whole = NULL;
    self->budget.n = n;
    self->follows = true;
    bg_column_fill(n, 0, self->reserve);
    bg_column_fill(n, 0, self->shared_total);
    bg_column_fill(n, self->contract->pool[self->scheme].opening, self->pool_balance);
    bg_balances_clear_deficit(&self->balances, n);
    bg_due_open(&self->due, n);
    for (size_t fund = 0; fund < self->balances.funds; fund++) {
        bg_column_fill(n, bg_budget_fund(terms, fund)->opening, self->balances.fund[fund]);
    }
    for (size_t y = 0; y < self->contract->history.year_count; y++) {
        bg_column_fill(n, scheme_of(self)->completed_fen[y], self->spent[y]);
    }
}

void bg_years_keep(const bg_years *self, void *state)
{
    memcpy(state, self->storage, self->size);
}

void bg_years_take_up(bg_years *self, const void *state)
{
    memcpy(self->storage, state, self->size);
    self->follows = true;
}

/* The budget is computed straight into the columns that the settlement reads. */
static void connect_settlement(bg_years *self, const bg_settlement_block *whole, size_t first)
{
    bg_budget_block *budget = &self->budget;
    self->whole = whole;
    self->settlement = bg_settlement_block_part(whole, first, self->n);
    budget->total = self->settlement.input[BG_INPUT_budget];
    budget->payable = self->settlement.input[BG_INPUT_payable];
    for (size_t fund = 0; fund < BG_MAX_FUNDS; fund++) {
        budget->fund[fund] = self->settlement.fund_added[fund];
    }
}

/* Expense of a calendar year; NULL before the past years, and between them and the budget years. */
static const bg_fen *spent_in(const bg_years *self, int year)
{
    const bg_history *history = &self->contract->history;
    const int budget_year = year - self->contract->first_year;
    if (budget_year >= 0) {
        return self->spent[history->year_count + (size_t)budget_year];
    }
    const int past_year = year - history->year[0];
    return past_year >= 0 && past_year < (int)history->year_count ? self->spent[past_year] : NULL;
}

void bg_years_begin(bg_years *self, size_t year, const bg_settlement_block *whole, size_t first)
{
    const bg_contract *contract = self->contract;
    bg_budget_block *budget = &self->budget;
    if (self->whole != whole) {
        connect_settlement(self, whole, first);
    }
    self->year = year;
    bg_due_begin(&self->due, self->n, year);
    self->settled = false;
    self->contracted = NULL;
    self->pool_outlay = 0;
    self->recovered = NULL;
    budget->year = contract->first_year + (int)year;
    budget->income = NULL;
    memset(budget->month_cost, 0, sizeof budget->month_cost);
    budget->cost_disallowed = budget->cost_of_year = NULL;
    self->income_growth = NULL;
    for (int back = 1; back <= ROLLING_YEARS; back++) {
        budget->expense[ROLLING_YEARS - back] = spent_in(self, budget->year - back);
    }
    bg_settlement_block *settlement = &self->settlement;
    settlement->contract_end = year + 1 == contract->years;
    bg_column_fill(self->n, contract->score[year], settlement->input[BG_INPUT_score]);
    bg_column_fill(self->n, budget->year * BG_ONE, settlement->input[BG_INPUT_year]);
    bg_settlement_block_fill_empty(settlement, plan_of(self));
    bg_balances_enter(&self->balances, 0, self->n, NULL, settlement, 0);
}

bg_status bg_years_too_large(const bg_years *self, bg_status status, bg_errors *errors)
{
    if (status == BG_OK || status == BG_MEMORY) {
        return status ? bg_no_memory(errors) : BG_OK;
    }
    return bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(scheme_amount_too_large),
                         scheme_of(self)->name, self->budget.year);
}

bg_status bg_sums_too_large(int year, bg_status status, bg_errors *errors)
{
    if (status == BG_OK || status == BG_MEMORY) {
        return status ? bg_no_memory(errors) : BG_OK;
    }
    return bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(year_amounts_too_large), year);
}

bg_status bg_years_income(bg_years *self, const bg_pool *pool, bg_errors *errors)
{
    if (!pool->modelled) {
        bg_column_fill(self->n, 0, self->income);
        return BG_OK;
    }
    return bg_years_too_large(self,
                              bg_pool_income(pool, self->budget.year, self->n, self->people,
                                             self->income_growth, self->income),
                              errors);
}

bg_status bg_years_interest(bg_years *self, const bg_pool *pool, bg_errors *errors)
{
    return bg_years_too_large(
        self, bg_pool_add_interest(pool, self->n, self->pool_balance, self->income), errors);
}

/* Where a total was contracted that is not the one computed, what follows from a total follows from it. */
static bg_status take_contracted(bg_years *self, bg_errors *errors)
{
    const size_t size = self->n * sizeof(bg_fen);
    if (!self->contracted || memcmp(self->budget.total, self->contracted, size) == 0) {
        return BG_OK;
    }
    memcpy(self->budget.total, self->contracted, size);
    return bg_budget_divide(terms_of(self), &self->budget, errors);
}

/* What years before left goes into the total, where the plan says so. */
static bg_status carry_into_budget(bg_years *self, bg_errors *errors)
{
    bg_budget_block *budget = &self->budget;
    if (!bg_plan_recovers_from_budget(plan_of(self))) {
        return BG_OK;
    }
    budget->carried = self->settlement.input[BG_INPUT_deficit];
    budget->recovered = self->settlement.recovered;
    return bg_plan_recovery_limit(plan_of(self), budget->year, &budget->carried_limit)
               ? BG_OK
               : bg_errors_say(errors, BG_MISSING, BG_NOWHERE, "settlement",
                               BG_SAY(recovery_limit_of_year), budget->year);
}

/* What the total was lowered by is no longer to be made up; the oldest of it first. */
static void take_off_recovered(const bg_years *self)
{
    const bg_columns *columns = bg_columns_current();
    const bg_fen *recovered = self->settlement.recovered;
    if (!bg_plan_recovers_from_budget(plan_of(self))) {
        return;
    }
    bg_fen *deficit = self->settlement.input[BG_INPUT_deficit];
    columns->subtract(self->n, deficit, recovered, deficit);
    for (size_t age = 0; age < self->balances.ages; age++) {
        bg_fen *older = self->settlement.deficit_older[age];
        columns->subtract(self->n, older, recovered, older);
        columns->gain(self->n, older, older);
    }
}

bg_status bg_years_budget(bg_years *self, bg_errors *errors)
{
    self->budget.people = self->people;
    self->budget.people_before = self->people_before;
    for (size_t fund = 0; fund < self->balances.funds; fund++) {
        self->budget.held[fund] = self->settlement.fund_opening[fund];
    }
    bg_status status = carry_into_budget(self, errors);
    status =
        status ? status : bg_budget_compute(terms_of(self), &self->budget, self->lines, errors);
    status = status ? status : take_contracted(self, errors);
    if (status == BG_OK) {
        take_off_recovered(self);
        /* Instalments are parts of an amount that fits, and none is below zero. */
        bg_columns_current()->sum(self->n, MONTHS, self->budget.instalment,
                                  self->settlement.input[BG_INPUT_prepaid]);
    }
    return status;
}

bg_status bg_years_recover(const bg_years *self, bg_fen *income)
{
    return self->recovered ? bg_column_add(self->n, income, self->recovered, income) : BG_OK;
}

bg_status bg_years_pool_beside(const bg_years *self, bg_fen *balance)
{
    const bg_status status = bg_pool_spend(self->pool_outlay, self->n, balance);
    return status ? status : bg_years_recover(self, balance);
}

static bg_status add_up_balances(bg_years *self)
{
    const bg_fen *movement = self->settlement.account[bg_plan_account_index(plan_of(self), "pool")];
    bg_fen *const *result = self->settlement.result;
    bg_status status =
        bg_column_add(self->n, self->reserve, result[BG_RESULT_result], self->reserve);
    status = status ? status
                    : bg_column_add(self->n, self->shared_total, result[BG_RESULT_shared],
                                    self->shared_total);
    status = status ? status
                    : bg_pool_advance(&self->contract->pool[self->scheme], self->budget.year,
                                      self->n, self->income, movement, self->pool_balance);
    return status ? status : bg_years_pool_beside(self, self->pool_balance);
}

/* What the year pays, in its own months and later. */
static bg_status add_due(const bg_years *self)
{
    const bg_fen *clearing = self->settled ? self->settlement.result[BG_RESULT_clearing] : NULL;
    if (self->due.months == 0) {
        return BG_OK;
    }
    bg_status status = bg_due_add(&self->due, self->n, self->budget.instalment, clearing);
    for (size_t a = 0; a < bg_plan_advance_count(plan_of(self)) && clearing && !status; a++) {
        status = bg_due_add_in(&self->due, self->n, bg_plan_advance_month(plan_of(self), a),
                               self->settlement.advanced[a]);
    }
    return status;
}

/* Nobody knows what a year leaves that was not settled. Where a fund has a ceiling, and the next year's part of it
 * hangs on that, nothing is taken to be drawn of those that carry over. */
static void forget_balances(bg_years *self)
{
    const bg_columns *columns = bg_columns_current();
    const bool kept = !bg_budget_funds_are_shares(terms_of(self));
    bg_balances_clear_deficit(&self->balances, self->n);
    for (size_t fund = 0; fund < self->balances.funds; fund++) {
        bg_fen *balance = self->balances.fund[fund];
        if (kept && bg_budget_fund(terms_of(self), fund)->carry_over) {
            columns->add(self->n, self->settlement.fund_opening[fund], self->budget.fund[fund],
                         balance);
        } else {
            bg_column_fill(self->n, 0, balance);
        }
    }
}

/* Of a year that is not settled, where the next total has a part of the pool's balance: all of its total is spent. */
static bg_status suppose_spent(const bg_years *self)
{
    bg_fen *movement = self->settlement.account[bg_plan_account_index(plan_of(self), "pool")];
    if (!bg_budget_carries_pool(terms_of(self))) {
        return BG_OK;
    }
    bg_columns_current()->negate(self->n, self->budget.total, movement);
    return bg_pool_advance(&self->contract->pool[self->scheme], self->budget.year, self->n,
                           self->income, movement, self->pool_balance);
}

bg_status bg_years_close(bg_years *self, bg_errors *errors)
{
    const size_t size = self->n * sizeof(bg_fen);
    int64_t *const *input = self->settlement.input;
    const size_t place = self->contract->history.year_count + self->year;
    memcpy(self->spent[place], input[BG_INPUT_expense], size);
    memcpy(self->previous_total, input[BG_INPUT_budget], size);
    if (bg_plan_recovers_from_budget(plan_of(self))) {
        bg_columns_current()->add(self->n, self->previous_total, self->settlement.recovered,
                                  self->previous_total);
    }
    if (self->people_before) {
        memcpy(self->people_before, self->people, self->n * sizeof *self->people_before);
    }
    self->follows = self->settled;
    const bg_status status = add_due(self);
    if (status != BG_OK) {
        return bg_years_too_large(self, status, errors);
    }
    if (!self->settled) {
        forget_balances(self);
        return bg_years_too_large(self, suppose_spent(self), errors);
    }
    bg_balances_leave(&self->balances, 0, self->n, &self->settlement, 0);
    return bg_years_too_large(self, add_up_balances(self), errors);
}
