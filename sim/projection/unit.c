#include "projection/unit.h"

#include "base/columns.h"
#include "projection/unit_simd.h"

#include <string.h>

/* A unit's year in the draws of a block. */
typedef struct place {
    bg_draws *draws;
    size_t unit, year, n;
} place;

static bg_fen *column(const place *at, size_t outcome)
{
    return bg_draws_outcome(at->draws, at->unit, at->year, outcome);
}

static uint8_t *events(const place *at)
{
    return bg_draws_event(at->draws, at->unit, at->year);
}

static void find_lowest_cash(const place *at)
{
    bg_fen *lowest = column(at, BG_OUTCOME_lowest_cash);
    if (!at->draws->cash) {
        return;
    }
    memcpy(lowest, bg_draws_cash(at->draws, at->unit, at->year, 0), at->n * sizeof *lowest);
    for (size_t month = 1; month < 12; month++) {
        const bg_fen *cash = bg_draws_cash(at->draws, at->unit, at->year, month);
        bg_columns_current()->smaller(at->n, lowest, cash, lowest);
    }
}

static void add_events(const place *at)
{
    const bg_unit_columns columns = {
        .budget = column(at, BG_OUTCOME_budget),
        .expense = column(at, BG_OUTCOME_expense),
        .balance = column(at, BG_OUTCOME_balance),
        .result = column(at, BG_OUTCOME_result),
        .lowest_cash = column(at, BG_OUTCOME_lowest_cash),
    };
    BG_ISA_TABLE(bg_unit_kernels)->events(at->n, &columns, events(at));
}

/* What a is beyond b, where it is and where anybody asks. */
static bg_status excess(size_t n, const bg_fen *a, const bg_fen *b, bg_fen *result)
{
    const bg_status status = result ? bg_column_subtract(n, a, b, result) : BG_OK;
    if (result) {
        bg_column_clip(n, result);
    }
    return status;
}

static bg_status derive(const place *at)
{
    const bg_fen *balance = column(at, BG_OUTCOME_balance);
    bg_fen *surplus = column(at, BG_OUTCOME_surplus);
    bg_fen *overspend = column(at, BG_OUTCOME_overspend);
    add_events(at);
    if (surplus) {
        bg_columns_current()->gain(at->n, balance, surplus);
    }
    bg_status status = excess(at->n, column(at, BG_OUTCOME_expense), column(at, BG_OUTCOME_budget),
                              column(at, BG_OUTCOME_over_budget));
    if (status == BG_OK && overspend) {
        bg_columns_current()->gain(at->n, balance, overspend);
        status = bg_column_subtract(at->n, overspend, balance, overspend);
    }
    return status;
}

bg_status bg_unit_derive(bg_draws *draws, size_t unit, size_t year, size_t n)
{
    return derive(&(place){draws, unit, year, n});
}

static bg_status add_outcomes(const place *from, const place *to)
{
    bg_status status = BG_OK;
    const size_t sums = to->draws->outcomes - to->draws->has_score;
    for (size_t o = 0; o < sums && status == BG_OK; o++) {
        bg_fen *sum = column(to, o);
        status = sum ? bg_column_add(to->n, sum, column(from, o), sum) : BG_OK;
    }
    return status;
}

static bg_status add_cash(const place *from, const place *to)
{
    bg_status status = BG_OK;
    for (size_t month = 0; month < 12 && to->draws->cash && status == BG_OK; month++) {
        const bg_fen *part = bg_draws_cash(from->draws, from->unit, from->year, month);
        bg_fen *sum = bg_draws_cash(to->draws, to->unit, to->year, month);
        status = bg_column_add(to->n, sum, part, sum);
    }
    return status;
}

/* Those of any scheme that the sums cannot show. */
static void join_events(const place *from, const place *to)
{
    const uint8_t kept =
        1 << BG_EVENT_risk_exhausted | 1 << BG_EVENT_pool_deficit | 1 << BG_EVENT_emergency;
    const uint8_t *part = events(from);
    uint8_t *all = events(to);
    for (size_t i = 0; i < to->n; i++) {
        all[i] = (uint8_t)(all[i] | (part[i] & kept));
    }
}

/* The sums start from nothing. */
static void clear(const place *at)
{
    for (size_t o = 0; o < at->draws->outcomes; o++) {
        bg_fen *sum = column(at, o);
        if (sum) {
            bg_column_fill(at->n, 0, sum);
        }
    }
    for (size_t month = 0; month < 12 && at->draws->cash; month++) {
        bg_column_fill(at->n, 0, bg_draws_cash(at->draws, at->unit, at->year, month));
    }
    memset(events(at), 0, at->n);
}

/* The schemes have one score. */
static void take_score(const place *from, const place *to)
{
    bg_fen *score = to->draws->has_score ? column(to, to->draws->outcomes - 1) : NULL;
    if (score) {
        memcpy(score, column(from, to->draws->outcomes - 1), to->n * sizeof *score);
    }
}

/* Adds a unit's year to another, which has been cleared before. */
static bg_status add(const place *from, const place *to)
{
    bg_status status = add_outcomes(from, to);
    status = status ? status : add_cash(from, to);
    take_score(from, to);
    join_events(from, to);
    return status;
}

bg_status bg_unit_add_up(bg_draws *draws, size_t schemes, size_t year, size_t n)
{
    const place all = {draws, schemes, year, n};
    bg_status status = BG_OK;
    clear(&all);
    for (size_t scheme = 0; scheme < schemes && status == BG_OK; scheme++) {
        status = add(&(place){draws, scheme, year, n}, &all);
    }
    find_lowest_cash(&all);
    return status ? status : derive(&all);
}

bg_status bg_unit_sum(bg_draws *to, size_t unit, size_t year, size_t n, bg_draws *const *from,
                      size_t count)
{
    const place all = {to, unit, year, n};
    bg_status status = BG_OK;
    clear(&all);
    for (size_t i = 0; i < count && status == BG_OK; i++) {
        status = add(&(place){from[i], unit, year, n}, &all);
    }
    find_lowest_cash(&all);
    return status;
}
