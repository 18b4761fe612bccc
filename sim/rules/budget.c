/* One budget year: growth, adjustments, income limit, funds, instalments. */
#include <baogan/budget.h>

#include "rules/budget_terms.h"
#include "rules/persons.h"
#include <string.h>

/* One unit of a block on its way through the year. */
typedef struct unit {
    const bg_budget_terms *terms;
    const budget_year *year;
    const bg_budget_block *block;
    size_t index;
    bg_errors *errors;
} unit;

static bg_status too_large(const unit *self)
{
    return bg_errors_add(self->errors, BG_OVERFLOW, BG_NOWHERE, "budget",
                         "The budget of %s in %d is larger than baogan can hold.",
                         self->terms->scheme_name, self->year->year);
}

/* ---- growth ---- */

/* Mean of those of the last three expenses that are known. */
static bg_status rolling_mean(const unit *self, bg_fen *mean)
{
    bg_fen expenses[ROLLING_YEARS];
    bg_decimal weights[ROLLING_YEARS];
    size_t n = 0;
    for (size_t i = 0; i < ROLLING_YEARS; i++) {
        if (self->block->expense[i]) {
            expenses[n] = self->block->expense[i][self->index];
            weights[n++] = self->terms->rolling_weight[i];
        }
    }
    return bg_money_mean(expenses, weights, n, mean);
}

static bg_status for_persons(const unit *self, year_result *result)
{
    const bg_budget_terms *terms = self->terms;
    bg_status status = bg_persons_round(self->block->people[self->index], &result->persons);
    if (status) {
        return status;
    }
    if (self->year->has_per_head) {
        result->basis = self->year->per_head.value;
        return bg_money_ratio(result->basis, result->persons, 1, &result->grown);
    }
    /* The first year's amount per head is never rounded: that would be multiplied by the people. */
    result->basis = terms->first_total;
    return bg_money_times_ratio(result->basis, self->year->since_first, result->persons,
                                terms->first_persons, &result->grown);
}

static bg_status grow(const unit *self, year_result *result)
{
    bg_status status = BG_OK;
    if (self->year->year == self->terms->first_year) {
        result->basis = self->terms->base;
    } else if (self->terms->later_rule == BG_LATER_PREVIOUS_TOTAL) {
        result->basis = self->block->previous_total[self->index];
    } else if (self->terms->later_rule == BG_LATER_ROLLING) {
        status = rolling_mean(self, &result->basis);
    } else {
        return for_persons(self, result);
    }
    return status ? status
                  : bg_money_times(result->basis, BG_ONE + self->year->applied, &result->grown);
}

/* ---- income limit ---- */

static bg_status find_limit(const unit *self, year_result *result)
{
    result->limited = self->block->income != NULL;
    if (!result->limited) {
        return BG_OK;
    }
    result->income = self->block->income[self->index];
    bg_fen available;
    bg_status status = bg_money_subtract(
        result->income, bg_pool_outside_spending(&self->terms->pool, self->year->year), &available);
    if (!status) {
        status = bg_money_times(available, self->terms->income_limit.value, &result->limit);
    }
    if (!status && result->limit < 0) {
        result->limit = 0;
    }
    return status;
}

/* The total once `change` was added: not above the limit, never negative. */
static bg_status total_with(const unit *self, const year_result *result, bg_fen change,
                            bg_fen *total)
{
    if (bg_money_add(result->grown, change, total)) {
        return too_large(self);
    }
    if (*total < 0) {
        char text[BG_NUMBER_TEXT];
        return bg_errors_add(self->errors, BG_RANGE, BG_NOWHERE, "budget.adjustments",
                             "The total of %s in %d becomes %s yuan; it may not be negative.",
                             self->terms->scheme_name, self->year->year,
                             bg_money_grouped(*total, text));
    }
    if (result->limited && *total > result->limit) {
        *total = result->limit;
    }
    return BG_OK;
}

/* ---- funds ---- */

/* fund_j = rate_j T, at most what is left (a fen of rounding, where the rates take nearly all). */
static bg_status hold_back(const bg_budget_terms *terms, bg_fen total, bg_fen *funds,
                           bg_fen *payable)
{
    *payable = total;
    for (size_t i = 0; i < terms->fund_count; i++) {
        bg_status status = bg_money_times(total, terms->fund[i].rate, &funds[i]);
        if (status) {
            return status;
        }
        funds[i] = funds[i] < *payable ? funds[i] : *payable;
        *payable -= funds[i];
    }
    return BG_OK;
}

/* What is paid in instalments in a year of this total. */
static bg_status cash_of(const bg_budget_terms *terms, bg_fen total, bg_fen *cash)
{
    bg_fen funds[BG_MAX_FUNDS];
    bg_fen payable;
    bg_status status = hold_back(terms, total, funds, &payable);
    return status ? status
                  : bg_money_times(terms->earmarked ? total : payable, terms->ratio.value, cash);
}

/* ---- instalments ---- */

static const adjustment *adjustment_from(const unit *self, int month)
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

/* Spreads what is still to be paid over the months from `month` on. */
static bg_status spread(const unit *self, bg_fen due, int month, bg_fen *instalment)
{
    const adjustment *cause = adjustment_from(self, month);
    const char *path = cause ? cause->path : "budget.prepayment";
    bg_mark mark = cause ? cause->amount.mark : BG_NOWHERE;
    if (due < 0) {
        char text[BG_NUMBER_TEXT];
        return bg_errors_add(self->errors, BG_RANGE, mark, path,
                             "From month %d of %d on the instalments of %s would add up to %s "
                             "yuan; more was paid before than the reduced total allows.",
                             month + 1, self->year->year, self->terms->scheme_name,
                             bg_money_grouped(due, text));
    }
    const bg_decimal *weights = self->terms->month_weight + month;
    bg_status status = bg_money_split(due, weights, (size_t)(MONTHS - month), instalment + month);
    if (status && due == 0) {
        memset(instalment + month, 0, (size_t)(MONTHS - month) * sizeof *instalment);
        return BG_OK;
    }
    if (status) {
        return bg_errors_add(self->errors, status, mark, path,
                             "From month %d of %d on the monthly factors are all zero; there is no "
                             "instalment left that could change.",
                             month + 1, self->year->year);
    }
    return BG_OK;
}

/* The year opens with the instalments of the total as it stands in January; each later change
 * spreads what is then still to be paid over the months that are left. */
static bg_status pay(const unit *self, year_result *result)
{
    bg_fen change = 0;
    bg_fen paid = 0;
    for (int month = 0; month < MONTHS; month++) {
        if (month == 0 || self->year->change[month] != 0) {
            bg_fen cash;
            if (bg_money_add(change, self->year->change[month], &change)) {
                return too_large(self);
            }
            bg_status status = total_with(self, result, change, &result->total);
            if (status) {
                return status;
            }
            if (month == 0) {
                result->opening_total = result->total;
            }
            if (cash_of(self->terms, result->total, &cash)) {
                return too_large(self);
            }
            status = spread(self, cash - paid, month, result->instalment);
            if (status) {
                return status;
            }
        }
        paid += result->instalment[month]; /* never above `cash`, which fits */
    }
    return BG_OK;
}

/* ---- a block ---- */

static bg_status compute_unit(const unit *self, year_result *result)
{
    bg_status status = grow(self, result);
    if (status == BG_RANGE) {
        return bg_errors_add(self->errors, BG_RANGE, BG_NOWHERE, "budget",
                             "The total of %s in %d cannot be formed: the people are not a count, "
                             "or no expense that counts is known.",
                             self->terms->scheme_name, self->year->year);
    }
    if (status || find_limit(self, result)) {
        return too_large(self);
    }
    status = pay(self, result);
    if (status) {
        return status;
    }
    return hold_back(self->terms, result->total, result->fund, &result->payable) ? too_large(self)
                                                                                 : BG_OK;
}

static void store(const unit *self, const year_result *result)
{
    const bg_budget_block *block = self->block;
    size_t i = self->index;
    block->total[i] = result->total;
    block->opening_total[i] = result->opening_total;
    block->payable[i] = result->payable;
    for (size_t fund = 0; fund < self->terms->fund_count; fund++) {
        block->fund[fund][i] = result->fund[fund];
    }
    for (int month = 0; month < MONTHS; month++) {
        block->instalment[month][i] = result->instalment[month];
    }
}

static const budget_year *find_year(const bg_budget_terms *terms, int year)
{
    int offset = year - terms->first_year;
    return offset >= 0 && (size_t)offset < terms->year_count ? &terms->year[offset] : NULL;
}

static bg_status no_such_budget(const bg_budget_block *block, bg_errors *errors)
{
    return bg_errors_add(errors, BG_INTERNAL, BG_NOWHERE, "budget",
                         "A budget of %d for %zu units was asked for, which the terms do not "
                         "have; please report this.",
                         block->year, block->n);
}

bg_status bg_budget_compute(const bg_budget_terms *self, const bg_budget_block *block,
                            bg_budget_lines *lines, bg_errors *errors)
{
    unit each = {self, find_year(self, block->year), block, 0, errors};
    if (!each.year || (lines && block->n != 1)) {
        return no_such_budget(block, errors);
    }
    for (; each.index < block->n; each.index++) {
        year_result result = {0};
        bg_status status = compute_unit(&each, &result);
        if (!status && lines) {
            status = bg_budget_explain_year(self, each.year, &result, lines);
        }
        if (status) {
            return status;
        }
        store(&each, &result);
    }
    return BG_OK;
}

static bg_status divide_unit(const unit *self, year_result *result)
{
    result->total = result->opening_total = self->block->total[self->index];
    bg_fen cash;
    if (cash_of(self->terms, result->total, &cash) ||
        hold_back(self->terms, result->total, result->fund, &result->payable)) {
        return too_large(self);
    }
    return spread(self, cash, 0, result->instalment);
}

bg_status bg_budget_divide(const bg_budget_terms *self, const bg_budget_block *block,
                           bg_errors *errors)
{
    unit each = {self, find_year(self, block->year), block, 0, errors};
    if (!each.year) {
        return no_such_budget(block, errors);
    }
    for (; each.index < block->n; each.index++) {
        year_result result = {0};
        bg_status status = divide_unit(&each, &result);
        if (status) {
            return status;
        }
        store(&each, &result);
    }
    return BG_OK;
}

/* ---- what the terms say ---- */

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
    const budget_year *found = find_year(self, year);
    *cut = found ? found->growth.value - found->applied : 0;
    return found ? found->applied : 0;
}
