#include "contract/budgets.h"

#include "base/elementary.h"

#include <stdlib.h>

void bg_budgets_free(bg_budgets *self)
{
    for (size_t s = 0; s < BG_MAX_SCHEMES; s++) {
        bg_budget_lines_free(&self->lines[s]);
    }
    free(self->year);
    free(self->expense);
    *self = (bg_budgets){0};
}

const bg_budget_year *bg_budgets_year(const bg_budgets *self, size_t scheme, size_t year)
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

static bg_status init(bg_budgets *self, const bg_contract *contract)
{
    *self = (bg_budgets){
        .contract = contract,
        .schemes = contract->history.scheme_count,
        .years = contract->years,
    };
    self->year = calloc(self->schemes * self->years, sizeof *self->year);
    self->expense = calloc(self->schemes * self->years, sizeof *self->expense);
    return self->year && self->expense ? BG_OK : BG_MEMORY;
}

bg_status bg_budgets_begin(bg_budgets *self, bg_chain *chain, size_t community, bg_errors *errors)
{
    const bg_contract *contract = bg_chain_years(chain, community, 0)->contract;
    bg_status status = init(self, contract);
    for (size_t s = 0; s < self->schemes && status == BG_OK; s++) {
        bg_chain_years(chain, community, s)->lines = &self->lines[s];
        status = bg_budget_explain_base(contract->terms[s], &self->lines[s]);
    }
    return status ? bg_no_memory(errors) : BG_OK;
}

void bg_budgets_expect(bg_budgets *self, bg_years *years, const bg_expected_year *expected)
{
    self->expense[years->scheme * self->years + years->year] = expected->expense;
    years->settlement.input[BG_INPUT_expense][0] = expected->expense;
    years->people = &expected->people;
    for (size_t month = 0; month < 12; month++) {
        years->budget.month_cost[month] = &expected->month[month];
    }
    years->budget.cost_disallowed = &expected->disallowed;
    years->budget.cost_of_year = &expected->expense;
    years->contracted = expected->total >= 0 ? &expected->total : NULL;
}

/* A total that is contracted is under no limit. */
static bg_fen unlimited_total(const bg_years *years)
{
    enum { DECEMBER = 11 };
    const bg_budget_block *block = &years->budget;
    bg_fen wanted = 0;
    const bg_status status = years->contracted
                                 ? BG_INVALID
                                 : bg_budget_wanted(years->contract->terms[years->scheme], block,
                                                    DECEMBER, &wanted, NULL);
    return status ? block->total[0] : wanted;
}

void bg_budgets_note(bg_budgets *self, const bg_years *years)
{
    const bg_budget_terms *terms = self->contract->terms[years->scheme];
    const bg_budget_block *block = &years->budget;
    bg_budget_year *year = &self->year[years->scheme * self->years + years->year];
    *year = (bg_budget_year){
        .year = block->year,
        .opening_total = block->opening_total[0],
        .total = block->total[0],
        .payable = block->payable[0],
        .unlimited = unlimited_total(years),
    };
    year->growth = bg_budget_growth(terms, year->year, &year->cut);
    for (size_t fund = 0; fund < bg_budget_fund_count(terms); fund++) {
        year->fund[fund] = block->fund[fund][0];
    }
    for (size_t month = 0; month < 12; month++) {
        year->instalment[month] = block->instalment[month][0];
    }
}

static double yearly_growth(double before, double after, int years)
{
    return before > 0 && after > 0 ? bg_exp(bg_log_positive(after / before) / years) - 1 : 0;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a;
    const double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The middle one of the yearly growths from the last past year to the end of the contract: one year out of
 * line, with its rise and its fall, does not move it. */
static double trend_of(const bg_budgets *self, size_t scheme)
{
    const bg_history *history = &self->contract->history;
    const bg_fen *expense = &self->expense[scheme * self->years];
    const size_t last = history->year_count - 1;
    double growth[BG_MAX_BUDGET_YEARS];
    growth[0] = yearly_growth((double)history->scheme[scheme].completed_fen[last],
                              (double)expense[0], self->contract->first_year - history->year[last]);
    for (size_t y = 1; y < self->years; y++) {
        growth[y] = yearly_growth((double)expense[y - 1], (double)expense[y], 1);
    }
    qsort(growth, self->years, sizeof *growth, by_size);
    return (growth[(self->years - 1) / 2] + growth[self->years / 2]) / 2;
}

void bg_budgets_end(bg_budgets *self)
{
    for (size_t s = 0; s < self->schemes; s++) {
        bg_budget_lag_view *lag = &self->lag[s];
        lag->trend = trend_of(self, s);
        const bg_budget_year *first = bg_budgets_year(self, s, 0);
        const double base = (double)bg_budget_base(self->contract->terms[s]);
        lag->carried = (double)first->total / base - 1;
        lag->unlimited = (double)first->unlimited / base - 1;
        bg_budget_lag(self->contract->terms[s], lag->trend, &lag->years, &lag->needed);
    }
}

static bg_status compute_year(bg_budgets *budgets, bg_chain *chain, size_t scheme, size_t year,
                              const bg_expected_year *const *expected, bg_errors *errors)
{
    bg_chain_begin(chain, scheme, year, NULL);
    for (size_t c = 0; c < chain->count; c++) {
        bg_budgets_expect(&budgets[c], bg_chain_years(chain, c, scheme),
                          &expected[c][scheme * budgets[c].years + year]);
    }
    const bg_status status = bg_chain_budget(chain, errors);
    for (size_t c = 0; c < chain->count && status == BG_OK; c++) {
        bg_budgets_note(&budgets[c], bg_chain_years(chain, c, scheme));
    }
    return status ? status : bg_chain_close(chain, errors);
}

static bg_status compute(bg_budgets *budgets, bg_chain *chain,
                         const bg_expected_year *const *expected, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t c = 0; c < chain->count && status == BG_OK; c++) {
        status = bg_budgets_begin(&budgets[c], chain, c, errors);
    }
    bg_chain_open(chain, 1);
    for (size_t s = 0; s < chain->schemes && status == BG_OK; s++) {
        for (size_t y = 0; y < budgets[0].years && status == BG_OK; y++) {
            status = compute_year(budgets, chain, s, y, expected, errors);
        }
    }
    for (size_t c = 0; c < chain->count && status == BG_OK; c++) {
        bg_budgets_end(&budgets[c]);
    }
    return status;
}

bg_status bg_budgets_compute(const bg_contract *const *member, size_t count,
                             const bg_contract *area, const bg_expected_year *const *expected,
                             bg_budgets *budgets, bg_errors *errors)
{
    for (size_t c = 0; c < count; c++) {
        budgets[c] = (bg_budgets){0};
    }
    bg_chain chain;
    bg_status status = bg_chain_init(&chain, member, count, area, 1);
    status = status ? bg_no_memory(errors) : compute(budgets, &chain, expected, errors);
    bg_chain_free(&chain);
    return status;
}
