/* The end of a settlement that worked in parts of a fen: every column is rounded to the fen, half away
 * from zero, and what that leaves goes to `rounding`. The result is a multiple of the plan's unit
 * already, so that entitlement, clearing and what institutions get lose nothing. */
#include "settlement/plan.h"

bg_fen bg_settling_in_fen(bg_fen amount, int64_t fine)
{
    const int64_t half = amount < 0 ? -(fine / 2) : fine / 2;
    return (amount + half) / fine;
}

/* A part of a shared fund is rounded up, so that those of a group, which are not less than nothing
 * together, do not become so. */
static void coarsen_fund(const bg_settling *run, size_t fund, bg_fen *column)
{
    const bool up = run->plan->fund[fund].shared != BG_SHARED_NOT;
    for (size_t u = 0; u < run->n; u++) {
        const bg_fen whole = column[u] / run->fine;
        column[u] =
            up ? whole + (column[u] > whole * run->fine) : bg_settling_in_fen(column[u], run->fine);
    }
}

static void coarsen(const bg_settling *run, bg_fen *column)
{
    for (size_t u = 0; u < run->n; u++) {
        column[u] = bg_settling_in_fen(column[u], run->fine);
    }
}

static void coarsen_results(const bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    for (size_t c = 0; c < BG_RESULT_COUNT; c++) {
        coarsen(run, block->result[c]);
    }
    for (size_t a = 0; a < run->plan->advance_count; a++) {
        coarsen(run, block->advanced[a]);
    }
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        coarsen_fund(run, f, block->fund_left[f]);
    }
    for (size_t o = 0; o < run->plan->output_count; o++) {
        coarsen(run, block->output_moved[o]);
        coarsen(run, block->output_balance[o]);
    }
    for (size_t i = 0; i < run->plan->institution_count; i++) {
        coarsen(run, block->institution_result[i]);
        coarsen(run, block->institution_disallowed[i]);
    }
}

/* A fund carries on what it brought in and what moved, so that the accounts say what it holds. */
static void close_funds(const bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    for (size_t f = 0; f < run->plan->fund_count; f++) {
        run->columns->add(run->n, block->fund_opening[f], block->account[bg_plan_fund_account(f)],
                          block->fund_closing[f]);
    }
}

/* In whole fen the accounts add up to zero again: rounding takes the other side. */
static void balance_accounts(const bg_settling *run)
{
    const bg_settlement_block *block = run->block;
    bg_fen *rounding = block->account[block->account_count - 1];
    run->columns->fill(run->n, 0, rounding);
    for (size_t a = 0; a + 1 < block->account_count; a++) {
        const size_t fund = a - (size_t)bg_plan_fund_account(0);
        if (fund < run->plan->fund_count) {
            coarsen_fund(run, fund, block->account[a]);
        } else {
            coarsen(run, block->account[a]);
        }
        run->columns->subtract(run->n, rounding, block->account[a], rounding);
    }
}

/* What the recorded movements of an account add up to. */
static bg_fen replayed(const bg_settling *run, int account)
{
    bg_fen sum = 0;
    for (size_t i = run->trace_start; i < run->trace->count; i++) {
        const bg_posting *posting = &run->trace->items[i];
        sum += posting->to == account ? posting->amount : 0;
        sum -= posting->from == account ? posting->amount : 0;
    }
    return sum;
}

/* Lines that are rounded one by one need not add up to the account. */
static void record_difference(bg_settling *run, int account, int rounding)
{
    static const bg_step_kind kind = {.name = "rounding"};
    const bg_step entry = {.kind = &kind, .place = run->plan->step_count, .output = -1};
    const bg_fen difference = run->block->account[account][0] - replayed(run, account);
    if (difference == 0) {
        return;
    }
    const bool added = difference > 0;
    bg_settling_record(run, &entry, added ? rounding : account, added ? account : rounding,
                       added ? difference : -difference);
    bg_settling_because(run, BG_PLAIN_REASON(whole_fen));
}

static void coarsen_trace(bg_settling *run)
{
    const int rounding = (int)run->block->account_count - 1;
    for (size_t i = run->trace_start; i < run->trace->count; i++) {
        bg_posting *posting = &run->trace->items[i];
        posting->amount = bg_settling_in_fen(posting->amount, run->fine);
        posting->balance_after = bg_settling_in_fen(posting->balance_after, run->fine);
    }
    run->balance[0] = bg_settling_in_fen(run->balance[0], run->fine);
    for (int a = 0; a < rounding && !run->out_of_memory; a++) {
        record_difference(run, a, rounding);
    }
}

void bg_settling_round(bg_settling *run)
{
    coarsen_results(run);
    balance_accounts(run);
    close_funds(run);
    if (run->trace) {
        coarsen_trace(run);
    }
}
