/* One budget year: growth, adjustments, income limit, funds, instalments. */
#include <baogan/budget.h>

#include "base/columns.h"
#include "format/amount.h"
#include "rules/budget_terms.h"
#include "rules/messages.h"
#include "rules/persons.h"

#include <baogan/income_limit.h>
#include <string.h>

enum { STRIP = 128, LINE = 64 };

/* Units of a block on their way through the year. Only a strip of one unit puts into words what is wrong
 * with it. */
typedef struct strip {
    const bg_budget_terms *terms;
    const budget_year *year;
    const bg_budget_block *block;
    const bg_columns *columns;
    size_t first, n;
    bg_errors *errors;
    int month;       /* up to which changes count, where totals are only asked for */
    int64_t persons; /* of the last unit */
    _Alignas(LINE) bg_fen basis[STRIP];
    bg_fen grown[STRIP], limit[STRIP], due[STRIP], brought[STRIP];
} strip;

static bg_status too_large(const strip *self)
{
    if (self->n > 1) {
        return BG_OVERFLOW;
    }
    return bg_errors_say(self->errors, BG_OVERFLOW, BG_NOWHERE, "budget", BG_SAY(budget_too_large),
                         bg_scheme_words(self->terms->scheme_name), self->year->year);
}

/* ---- growth ---- */

/* Mean of those of the last three expenses that are known. */
static bg_status rolling_mean(strip *self)
{
    const bg_fen *expenses[ROLLING_YEARS];
    bg_decimal weights[ROLLING_YEARS];
    size_t count = 0;
    for (size_t i = 0; i < ROLLING_YEARS; i++) {
        if (self->block->expense[i]) {
            expenses[count] = self->block->expense[i] + self->first;
            weights[count++] = self->terms->rolling_weight[i];
        }
    }
    const bg_weights by = bg_weights_of(weights, count);
    if (by.sum == 0) {
        return BG_RANGE;
    }
    self->columns->mean(self->n, expenses, &by, self->basis);
    return BG_OK;
}

static bg_status for_persons(strip *self, size_t i)
{
    const bg_budget_terms *terms = self->terms;
    const bg_status status = bg_persons_round(self->block->people[self->first + i], &self->persons);
    if (status) {
        return status;
    }
    if (self->year->has_per_head) {
        self->basis[i] = self->year->per_head.value;
        return bg_money_ratio(self->basis[i], self->persons, 1, &self->grown[i]);
    }
    /* The first year's amount per head is never rounded: that would be multiplied by the people. */
    self->basis[i] = terms->first_total;
    return bg_money_times_ratio(self->basis[i], self->year->since_first, self->persons,
                                terms->first_persons, &self->grown[i]);
}

static const budget_year *find_year(const bg_budget_terms *terms, int year)
{
    int offset = year - terms->first_year;
    return offset >= 0 && (size_t)offset < terms->year_count ? &terms->year[offset] : NULL;
}

/* For how many people the total of the year before was made, where that is said and how many there were is known. */
static int64_t forecast_before(const strip *self)
{
    const budget_year *before = find_year(self->terms, self->year->year - 1);
    const bool follows = self->terms->later_rule == BG_LATER_PREVIOUS_TOTAL;
    return before && follows && self->block->people_before ? before->forecast.value : 0;
}

static bg_status take_total_before(strip *self)
{
    const int64_t forecast = forecast_before(self);
    memcpy(self->basis, self->block->previous_total + self->first, self->n * sizeof(bg_fen));
    return forecast ? bg_budget_correct(forecast, self->block->people_before + self->first, self->n,
                                        self->basis)
                    : BG_OK;
}

static bg_status grow(strip *self)
{
    bg_status status = BG_OK;
    if (self->terms->from_income) {
        return bg_budget_from_income(self->terms, self->year, self->block, self->first, self->n,
                                     self->grown, self->brought, self->errors);
    }
    if (self->year->year == self->terms->first_year) {
        self->columns->fill(self->n, self->terms->base, self->basis);
    } else if (self->terms->later_rule == BG_LATER_PREVIOUS_TOTAL) {
        status = take_total_before(self);
    } else if (self->terms->later_rule == BG_LATER_ROLLING) {
        status = rolling_mean(self);
    } else {
        for (size_t i = 0; i < self->n && !status; i++) {
            status = for_persons(self, i);
        }
        return status;
    }
    return status
               ? status
               : bg_column_times(self->n, self->basis, BG_ONE + self->year->applied, self->grown);
}

/* ---- income limit ---- */

static bg_status find_limit(strip *self)
{
    const bg_fen *income = self->block->income;
    if (!income) {
        return BG_OK;
    }
    bg_status status = bg_income_limit(
        self->n, self->terms->income_limit.value, income + self->first,
        bg_pool_outside_spending(&self->terms->pool, self->year->year), self->limit);
    if (!status && bg_budget_carries_pool(self->terms)) {
        status = bg_column_add(self->n, self->limit, self->brought, self->limit);
        bg_column_clip(self->n, self->limit);
    }
    return status;
}

static bg_status negative_total(const strip *self, bg_fen total)
{
    if (self->n > 1) {
        return BG_RANGE;
    }
    char text[BG_AMOUNT_PHRASE];
    return bg_errors_say(self->errors, BG_RANGE, BG_NOWHERE, "budget.adjustments",
                         BG_SAY(budget_negative), bg_scheme_words(self->terms->scheme_name),
                         self->year->year, bg_amount_phrase(self->terms->money, total, text));
}

/* The total once `change` was added: not above the limit, never negative. */
static bg_status find_total(strip *self, bg_fen change)
{
    bg_fen *total = self->block->total + self->first;
    if (!self->columns->shift_checked(self->n, self->grown, change, total)) {
        return too_large(self);
    }
    if (!self->columns->all_within(self->n, total, 0, INT64_MAX)) {
        return negative_total(self, total[0]);
    }
    if (self->block->income) {
        self->columns->smaller(self->n, total, self->limit, total);
    }
    return BG_OK;
}

/* ---- what years before left ---- */

/* Of what is carried, what the total in January leaves room for. */
static bg_status find_recovered(const strip *self, const bg_fen *total, bg_fen *recovered)
{
    bg_fen room[STRIP];
    if (bg_column_times(self->n, total, self->block->carried_limit, room)) {
        return too_large(self);
    }
    self->columns->smaller(self->n, self->block->carried + self->first, room, recovered);
    self->columns->negate(self->n, room, room);
    self->columns->larger(self->n, recovered, room, recovered);
    return BG_OK;
}

/* Takes off the totals what years before left. */
static bg_status recover(const strip *self, bool january)
{
    if (!self->block->carried) {
        return BG_OK;
    }
    bg_fen *total = self->block->total + self->first;
    bg_fen *recovered = self->block->recovered + self->first;
    const bg_status status = january ? find_recovered(self, total, recovered) : BG_OK;
    if (status) {
        return status;
    }
    if (!self->columns->subtract_checked(self->n, total, recovered, total)) {
        return too_large(self);
    }
    return self->columns->all_within(self->n, total, 0, INT64_MAX) ? BG_OK
                                                                   : negative_total(self, total[0]);
}

/* ---- funds ---- */

static bg_status hold_back(strip *self)
{
    if (self->terms->levies) {
        const bg_status status =
            bg_budget_levy(self->terms, self->block, self->first, self->n, self->errors);
        return status == BG_OVERFLOW ? too_large(self) : status;
    }
    bg_fen *fund[BG_MAX_FUNDS];
    for (size_t i = 0; i < self->terms->fund_count; i++) {
        fund[i] = self->block->fund[i] + self->first;
    }
    const bg_status status =
        bg_budget_hold_back(self->terms, self->n, self->block->total + self->first, fund,
                            self->block->payable + self->first);
    return status ? too_large(self) : BG_OK;
}

/* What is paid in instalments in a year of this total. */
static bg_status find_cash(strip *self)
{
    const bg_fen *of = self->terms->earmarked ? self->block->total : self->block->payable;
    return bg_column_times(self->n, of + self->first, self->year->instalment_rate, self->due)
               ? too_large(self)
               : BG_OK;
}

/* ---- instalments ---- */

static const adjustment *adjustment_from(const strip *self, int month)
{
    const bg_budget_terms *terms = self->terms;
    for (size_t i = 0; i < terms->adjustment_count; i++) {
        const adjustment *each = &terms->adjustment[i];
        if (each->scheme == terms->scheme && each->year == self->year->year &&
            each->month == month + 1) {
            return each;
        }
    }
    return NULL;
}

/* The one unit's instalments from `month` on cannot add up to `due`. */
static bg_status no_instalments(const strip *self, int month, bg_fen due)
{
    if (self->n > 1) {
        return BG_RANGE;
    }
    const adjustment *cause = adjustment_from(self, month);
    const char *path = cause ? cause->path : "budget.prepayment";
    const bg_mark mark = cause ? cause->amount.mark : BG_NOWHERE;
    if (due < 0) {
        char text[BG_AMOUNT_PHRASE];
        return bg_errors_say(self->errors, BG_RANGE, mark, path, BG_SAY(instalments_negative),
                             month + 1, self->year->year, bg_scheme_words(self->terms->scheme_name),
                             bg_amount_phrase(self->terms->money, due, text));
    }
    return bg_errors_say(self->errors, BG_RANGE, mark, path, BG_SAY(instalments_none_left),
                         month + 1, self->year->year);
}

/* Spreads what is still to be paid over the months from `month` on. */
static bg_status spread(const strip *self, int month)
{
    if (self->terms->approves) {
        return bg_budget_pay_approved(self->terms, self->block, self->first, self->n)
                   ? too_large(self)
                   : BG_OK;
    }
    bg_fen *instalment[MONTHS];
    for (int m = 0; m < MONTHS; m++) {
        instalment[m] = self->block->instalment[m] + self->first;
    }
    const bg_weights by =
        bg_weights_of(self->terms->month_weight + month, (size_t)(MONTHS - month));
    if (!self->columns->all_within(self->n, self->due, 0, by.sum > 0 ? INT64_MAX : 0)) {
        return no_instalments(self, month, self->due[0]);
    }
    for (int m = month; m < MONTHS && by.sum == 0; m++) {
        self->columns->fill(self->n, 0, instalment[m]);
    }
    if (by.sum > 0) {
        self->columns->split(self->n, self->due, &by, instalment + month);
    }
    return BG_OK;
}

/* Takes off what was paid in the months before; never above what was due, which fits. */
static void take_off_paid(strip *self, int month)
{
    for (int m = 0; m < month; m++) {
        self->columns->subtract(self->n, self->due, self->block->instalment[m] + self->first,
                                self->due);
    }
}

/* Funds, payable amount and the instalments from `month` on, of the totals as they stand now. */
static bg_status divide_total(strip *self, int month)
{
    if (month == 0) {
        memmove(self->block->opening_total + self->first, self->block->total + self->first,
                self->n * sizeof(bg_fen));
    }
    bg_status status = hold_back(self);
    status = status ? status : find_cash(self);
    take_off_paid(self, month);
    return status ? status : spread(self, month);
}

/* The year opens with the instalments of the total as it stands in January; each later change
 * spreads what is then still to be paid over the months that are left. */
static bg_status pay(strip *self)
{
    bg_fen change = 0;
    bg_status status = BG_OK;
    for (int month = 0; month < MONTHS && !status; month++) {
        if (month > 0 && self->year->change[month] == 0) {
            continue;
        }
        if (bg_money_add(change, self->year->change[month], &change)) {
            return too_large(self);
        }
        status = find_total(self, change);
        status = status ? status : recover(self, month == 0);
        status = status ? status : divide_total(self, month);
    }
    return status;
}

/* A total that an area's limit leaves as it was leaves the instalments, too. */
static bg_status change_limited(strip *self, int month)
{
    const bg_budget_block *block = self->block;
    const size_t size = self->n * sizeof(bg_fen);
    bg_fen *total = block->total + self->first;
    bg_fen before[STRIP], kept[MONTHS][STRIP];
    memcpy(before, total, size);
    for (int m = month; m < MONTHS; m++) {
        memcpy(kept[m], block->instalment[m] + self->first, size);
    }
    memcpy(total, block->limited[month] + self->first, size);
    bg_status status = recover(self, false);
    status = status ? status : divide_total(self, month);
    for (int m = month; m < MONTHS && !status; m++) {
        bg_fen *instalment = block->instalment[m] + self->first;
        for (size_t i = 0; i < self->n; i++) {
            instalment[i] = total[i] == before[i] ? kept[m][i] : instalment[i];
        }
    }
    return status;
}

/* The totals are what an area's limit leaves of them. */
static bg_status pay_limited(strip *self)
{
    const bg_budget_block *block = self->block;
    memcpy(block->total + self->first, block->limited[0] + self->first, self->n * sizeof(bg_fen));
    bg_status status = recover(self, true);
    status = status ? status : divide_total(self, 0);
    for (int month = 1; month < MONTHS && !status; month++) {
        status = block->limited[month] ? change_limited(self, month) : BG_OK;
    }
    return status;
}

/* ---- a block ---- */

static bg_status form_totals(strip *self)
{
    const bg_status status = grow(self);
    if (status == BG_MISSING) {
        return status; /* said */
    }
    if (status == BG_RANGE && self->n == 1) {
        return bg_errors_say(self->errors, BG_RANGE, BG_NOWHERE, "budget", BG_SAY(budget_unknown),
                             bg_scheme_words(self->terms->scheme_name), self->year->year);
    }
    return status || find_limit(self) ? too_large(self) : BG_OK;
}

static bg_status compute_strip(strip *self)
{
    const bg_status status = form_totals(self);
    return status ? status : pay(self);
}

/* The totals are given. */
static bg_status divide_strip(strip *self)
{
    const bg_status status = recover(self, true);
    return status ? status : divide_total(self, 0);
}

/* The totals alone, before any limit. */
static bg_status want_strip(strip *self)
{
    bg_fen change = 0;
    for (int month = 0; month <= self->month; month++) {
        if (bg_money_add(change, self->year->change[month], &change)) {
            return too_large(self);
        }
    }
    const bg_status status = form_totals(self);
    return status ? status : find_total(self, change);
}

/* What the one unit's year came to. */
static year_result result_of(const strip *self)
{
    const bg_budget_block *block = self->block;
    year_result result = {
        .basis = self->basis[0],
        .persons = self->persons,
        .grown = self->grown[0],
        .limited = block->income != NULL,
        .income = block->income                               ? block->income[0]
                  : self->terms->from_income && block->raised ? block->raised[0]
                                                              : 0,
        .limit = self->limit[0],
        .recovered = block->carried ? block->recovered[0] : 0,
        .opening_total = block->opening_total[0],
        .total = block->total[0],
        .payable = block->payable[0],
    };
    for (size_t fund = 0; fund < self->terms->fund_count; fund++) {
        result.fund[fund] = block->fund[fund][0];
        result.fund_held[fund] = block->held[fund] ? block->held[fund][0] : 0;
        result.fund_base[fund] = bg_budget_fund_base(self->terms, block, fund);
    }
    if (bg_budget_carries_pool(self->terms)) {
        result.brought = self->brought[0];
        result.pool_balance = block->pool_balance[0];
    }
    if (forecast_before(self)) {
        bg_persons_round(block->people_before[0], &result.persons_before);
        result.corrected = self->basis[0];
        result.basis = block->previous_total[0];
    }
    if (self->terms->levies) {
        /* The year has a total, and so people that can be counted. */
        bg_persons_round(block->people[0], &result.persons);
    }
    for (int month = 0; month < MONTHS; month++) {
        result.instalment[month] = block->instalment[month][0];
    }
    return result;
}

/* One after another, so that the first of them that fails says why. */
static bg_status run_alone(strip *self, bg_status (*run)(strip *self))
{
    bg_status status = BG_OK;
    const size_t end = self->first + self->n;
    self->n = 1;
    for (; self->first < end && !status; self->first++) {
        status = run(self);
    }
    return status;
}

static bg_status run_all(strip *self, bg_status (*run)(strip *self))
{
    const size_t n = self->block->n;
    bg_status status = BG_OK;
    for (size_t first = 0; first < n && !status; first += STRIP) {
        self->first = first;
        self->n = n - first < STRIP ? n - first : STRIP;
        status = run(self);
        if (status && self->n > 1) {
            status = run_alone(self, run);
        }
    }
    return status;
}

static void init(strip *self, const bg_budget_terms *terms, const bg_budget_block *block,
                 bg_errors *errors)
{
    self->terms = terms;
    self->year = find_year(terms, block->year);
    self->block = block;
    self->columns = bg_columns_current();
    self->errors = errors;
    self->month = 0;
    self->persons = 0;
    self->limit[0] = 0;
}

static bg_status no_such_budget(const bg_budget_block *block, bg_errors *errors)
{
    return bg_errors_say(errors, BG_INTERNAL, BG_NOWHERE, "budget", BG_SAY(budget_not_of_terms),
                         block->year, block->n);
}

/* How the one unit's total came about; of one that an area limits, also what it would have been. */
static bg_status explain(strip *units, bg_budget_lines *lines)
{
    const bg_budget_block *block = units->block;
    bg_status status = BG_OK;
    bg_fen wanted = 0;
    if (block->limited[0]) {
        status = form_totals(units);
        status = status ? status : bg_budget_wanted(units->terms, block, 0, &wanted, units->errors);
    }
    if (status != BG_OK) {
        return status;
    }
    year_result result = result_of(units);
    result.cut = block->limited[0] && block->limited[0][0] < wanted;
    status = bg_budget_explain_year(units->terms, units->year, &result, lines);
    return status ? bg_no_memory(units->errors) : BG_OK;
}

bg_status bg_budget_compute(const bg_budget_terms *self, const bg_budget_block *block,
                            bg_budget_lines *lines, bg_errors *errors)
{
    strip units;
    init(&units, self, block, errors);
    if (!units.year || (lines && block->n != 1)) {
        return no_such_budget(block, errors);
    }
    const bg_status status = run_all(&units, block->limited[0] ? pay_limited : compute_strip);
    return status || !lines ? status : explain(&units, lines);
}

bg_status bg_budget_divide(const bg_budget_terms *self, const bg_budget_block *block,
                           bg_errors *errors)
{
    strip units;
    init(&units, self, block, errors);
    return units.year ? run_all(&units, divide_strip) : no_such_budget(block, errors);
}

bool bg_budget_changes(const bg_budget_terms *self, int year, int month)
{
    const budget_year *found = find_year(self, year);
    return found && month > 0 && month < MONTHS && found->change[month] != 0;
}

bg_status bg_budget_wanted(const bg_budget_terms *self, const bg_budget_block *block, int month,
                           bg_fen *wanted, bg_errors *errors)
{
    bg_budget_block unlimited = *block;
    unlimited.income = NULL;
    unlimited.carried = NULL;
    unlimited.total = wanted;
    strip units;
    init(&units, self, &unlimited, errors);
    units.month = month;
    return units.year ? run_all(&units, want_strip) : no_such_budget(block, errors);
}

/* ---- what the terms say ---- */

bool bg_budget_pays_approved(const bg_budget_terms *self)
{
    return self->approves;
}

int bg_budget_first_year(const bg_budget_terms *self)
{
    return self->first_year;
}

int bg_budget_years(const bg_budget_terms *self)
{
    return (int)self->year_count;
}

bg_fen bg_budget_base(const bg_budget_terms *self)
{
    return self->base;
}

bool bg_budget_needs_expense(const bg_budget_terms *self)
{
    return self->later_rule == BG_LATER_ROLLING;
}

size_t bg_budget_fund_count(const bg_budget_terms *self)
{
    return self->fund_count;
}

const bg_fund_terms *bg_budget_fund(const bg_budget_terms *self, size_t fund)
{
    return &self->fund[fund];
}

int bg_budget_fund_index(const bg_budget_terms *self, const char *name)
{
    for (size_t i = 0; i < self->fund_count; i++) {
        if (strcmp(self->fund[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

bg_decimal bg_budget_growth(const bg_budget_terms *self, int year, bg_decimal *cut)
{
    const budget_year *found = self->from_income ? NULL : find_year(self, year);
    *cut = found ? found->growth.value - found->applied : 0;
    return found ? found->applied : 0;
}
