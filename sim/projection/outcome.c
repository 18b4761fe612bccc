#include "projection/outcome.h"

#include "base/columns.h"
#include "projection/unit_simd.h"

#include <string.h>

/* Instalments less what the community pays since January, for care and beside it, month by month, and the
 * lowest of them. With a calendar all that is paid in the month, and since the contract began. */
static bg_status store_cash(const bg_years *years, const bg_demand_columns *demand,
                            const bg_fen outlay[12], bg_draws *draws)
{
    const size_t year = years->year;
    const bg_unit_kernels *kernels = BG_ISA_TABLE(bg_unit_kernels);
    bg_fen *lowest = bg_draws_outcome(draws, years->scheme, year, BG_OUTCOME_lowest_cash);
    bg_fen *cash = bg_draws_cash(draws, years->scheme, year, 0);
    const bg_fen *before = cash;
    const bg_due *due = &years->due;
    bg_fen *const *received = due->months > 0 ? due->month : years->budget.instalment;
    bool fits = true;
    bg_column_fill(years->n, 0, cash);
    if (due->months > 0) {
        before = due->cash;
    }
    bg_column_fill(years->n, INT64_MAX, lowest);
    for (size_t month = 0; month < 12; month++) {
        cash = bg_draws_cash(draws, years->scheme, year, month);
        if (outlay[month] > 0) {
            fits =
                bg_columns_current()->shift_checked(years->n, before, -outlay[month], cash) && fits;
            before = cash;
        }
        fits = kernels->cash(years->n, before, received[month], demand->expense[month], cash,
                             lowest) &&
               fits;
        before = cash;
    }
    if (due->months > 0) {
        memcpy(due->cash, before, years->n * sizeof *due->cash);
    }
    return fits ? BG_OK : BG_OVERFLOW;
}

static void store_columns(const bg_years *years, bg_draws *draws)
{
    int64_t *const *input = years->settlement.input;
    bg_fen *const *result = years->settlement.result;
    const struct {
        bg_outcome outcome;
        const bg_fen *column;
    } rows[] = {
        {BG_OUTCOME_budget, input[BG_INPUT_budget]},
        {BG_OUTCOME_payable, input[BG_INPUT_payable]},
        {BG_OUTCOME_expense, input[BG_INPUT_expense]},
        {BG_OUTCOME_outside, input[BG_INPUT_outside]},
        {BG_OUTCOME_balance, result[BG_RESULT_balance]},
        {BG_OUTCOME_released, result[BG_RESULT_released]},
        {BG_OUTCOME_covered, result[BG_RESULT_covered]},
        {BG_OUTCOME_shared, result[BG_RESULT_shared]},
        {BG_OUTCOME_shared_total, years->shared_total},
        {BG_OUTCOME_result, result[BG_RESULT_result]},
        {BG_OUTCOME_entitlement, result[BG_RESULT_entitlement]},
        {BG_OUTCOME_clearing, result[BG_RESULT_clearing]},
        {BG_OUTCOME_reserve, years->reserve},
        {BG_OUTCOME_income, years->income},
        {BG_OUTCOME_pool_balance, years->pool_balance},
        {BG_OUTCOME_patients, input[BG_INPUT_patients]},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        bg_fen *to = bg_draws_outcome(draws, years->scheme, years->year, rows[i].outcome);
        if (to) {
            memcpy(to, rows[i].column, years->n * sizeof *to);
        }
    }
}

/* What the settlement does not pay: entitlement = expense - disallowed + result. Nothing of the year's disallowed expense
 * where no step of the plan asks for it. */
static void store_disallowed(const bg_years *years, bg_draws *draws)
{
    bg_fen *to = bg_draws_outcome(draws, years->scheme, years->year, BG_OUTCOME_disallowed);
    const bg_fen *expense = years->settlement.input[BG_INPUT_expense];
    const bg_fen *result = years->settlement.result[BG_RESULT_result];
    const bg_fen *entitlement = years->settlement.result[BG_RESULT_entitlement];
    for (size_t i = 0; i < years->n && to; i++) {
        to[i] = expense[i] - entitlement[i] + result[i];
    }
}

/* From that outcome on. */
static void store_purposes(const bg_years *years, size_t outcome, bg_draws *draws)
{
    const bg_plan *plan = years->contract->plan[years->scheme];
    for (size_t i = 0; i < bg_plan_purpose_count(plan); i++) {
        bg_fen *to = bg_draws_outcome(draws, years->scheme, years->year, outcome + i);
        if (to) {
            memcpy(to, years->settlement.account[bg_plan_purpose_account(plan, i)],
                   years->n * sizeof *to);
        }
    }
}

static bg_status store_parties(const bg_years *years, bg_draws *draws)
{
    const size_t year = years->year;
    const size_t funds = bg_budget_fund_count(years->contract->terms[years->scheme]);
    size_t outcome = BG_OUTCOME_COUNT;
    for (size_t fund = 0; fund < funds; fund++, outcome++) {
        bg_fen *to = bg_draws_outcome(draws, years->scheme, year, outcome);
        if (to) {
            memcpy(to, years->settlement.fund_closing[fund], years->n * sizeof *to);
        }
    }
    bg_status status = BG_OK;
    const size_t institutions = bg_plan_institution_count(years->contract->plan[years->scheme]);
    for (size_t i = 0; i < institutions && status == BG_OK; i++, outcome++) {
        bg_fen *to = bg_draws_outcome(draws, years->scheme, year, outcome);
        status = to ? bg_column_subtract(years->n, years->settlement.institution_result[i],
                                         years->settlement.institution_disallowed[i], to)
                    : BG_OK;
    }
    store_purposes(years, outcome, draws);
    return status;
}

/* A fund that all communities hold together had money this year, and all of it was paid out. */
static void mark_shared_exhausted(const bg_years *years, size_t fund, uint8_t *event)
{
    const bg_settlement_block *whole = years->whole;
    for (size_t i = 0; i < years->n; i++) {
        bool had_money = false;
        bg_fen left = 0;
        for (size_t u = i; u < whole->n; u += years->n) {
            had_money =
                had_money || whole->fund_opening[fund][u] > 0 || whole->fund_added[fund][u] > 0;
            left += whole->fund_left[fund][u];
        }
        const int exhausted = had_money && left == 0;
        event[i] = (uint8_t)(event[i] | exhausted << BG_EVENT_risk_exhausted);
    }
}

/* Of the funds that are carried on. */
static void mark_exhausted(const bg_years *years, uint8_t *event)
{
    const bg_budget_terms *terms = years->contract->terms[years->scheme];
    const bg_settlement_block *settlement = &years->settlement;
    const size_t funds = bg_budget_fund_count(terms);
    for (size_t fund = 0; fund < funds; fund++) {
        if (!bg_budget_fund(terms, fund)->carry_over) {
            continue;
        }
        if (bg_plan_shares_fund(years->contract->plan[years->scheme], fund)) {
            mark_shared_exhausted(years, fund, event);
        } else {
            BG_ISA_TABLE(bg_unit_kernels)
                ->exhausted(years->n, settlement->fund_opening[fund], settlement->fund_added[fund],
                            settlement->fund_left[fund], event);
        }
    }
}

/* The events that bg_unit_derive cannot read off the outcomes. */
static void store_events(const bg_years *years, const bg_demand_columns *demand, bg_draws *draws)
{
    const bool *begins = demand->begins;
    uint8_t *event = bg_draws_event(draws, years->scheme, years->year);
    for (size_t i = 0; i < years->n; i++) {
        event[i] = (uint8_t)(begins[i] << BG_EVENT_emergency);
    }
    if (years->contract->pool[years->scheme].modelled) {
        BG_ISA_TABLE(bg_unit_kernels)
            ->below_zero(years->n, years->pool_balance, 1 << BG_EVENT_pool_deficit, event);
    }
    mark_exhausted(years, event);
}

/* Cut, so that a bound in hundredths of a point is reached if the score reaches it. */
static void store_score(const bg_years *years, bg_draws *draws)
{
    const int64_t *score = years->settlement.input[BG_INPUT_score];
    bg_fen *to = draws->has_score
                     ? bg_draws_outcome(draws, years->scheme, years->year, draws->outcomes - 1)
                     : NULL;
    for (size_t i = 0; to && i < years->n; i++) {
        to[i] = score[i] / (BG_ONE / 100);
    }
}

/* A number of at most BG_MAX_BANDS, of either sign. */
static void store_bands(const bg_years *years, bg_draws *draws)
{
    int8_t *to = bg_draws_band(draws, years->scheme, years->year);
    for (size_t i = 0; to && i < years->n; i++) {
        to[i] = (int8_t)years->settlement.band[i];
    }
}

bg_status bg_outcome_store(const bg_years *years, const bg_demand_columns *demand,
                           const bg_fen outlay[12], bg_draws *draws)
{
    store_columns(years, draws);
    store_disallowed(years, draws);
    store_score(years, draws);
    store_events(years, demand, draws);
    store_bands(years, draws);
    bg_status status = draws->cash ? store_cash(years, demand, outlay, draws) : BG_OK;
    return status ? status : store_parties(years, draws);
}
