/* What a step may do while a plan is applied: move money between accounts and say why. */
#include "base/array.h"
#include "base/text.h"
#include "settlement/messages.h"
#include "settlement/plan.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- accounts ---- */

bg_fen *bg_settling_account(const bg_settling *run, int account)
{
    return account == BG_ACCOUNT_BALANCE ? run->balance : run->block->account[account];
}

void bg_settling_available(const bg_settling *run, int fund_account, bg_fen *available)
{
    const size_t fund = (size_t)(fund_account - bg_plan_fund_account(0));
    run->columns->add(run->n, run->fund_opening[fund], run->block->account[fund_account],
                      available);
}

void bg_settling_gain(const bg_settling *run, bg_fen *gain)
{
    run->columns->gain(run->n, run->balance, gain);
}

void bg_settling_loss(const bg_settling *run, bg_fen *loss)
{
    run->columns->loss(run->n, run->balance, loss);
}

void bg_settling_add(const bg_settling *run, bg_fen *column, const bg_fen *amount, bg_fen sign)
{
    if (!run->mask && sign > 0) {
        run->columns->add(run->n, column, amount, column);
        return;
    }
    if (!run->mask) {
        run->columns->subtract(run->n, column, amount, column);
        return;
    }
    for (size_t u = 0; u < run->n; u++) {
        column[u] += sign * (amount[u] & run->mask[u]);
    }
}

/* Each unit has the balance recorded by the first step that applies to it. */
static void record_unrecorded(bg_settling *run)
{
    bg_fen *kept = run->block->result[BG_RESULT_balance];
    for (size_t u = 0; u < run->n; u++) {
        const int64_t recorded = run->balance_recorded ? run->recorded[u] : 0;
        const int64_t now = ~recorded & (run->mask ? run->mask[u] : -1);
        kept[u] = (run->balance[u] & now) | (kept[u] & ~now);
        run->recorded[u] = recorded | now;
    }
    run->balance_recorded = true;
}

void bg_settling_record_balance(bg_settling *run)
{
    if (run->all_recorded) {
        return;
    }
    if (run->balance_recorded || run->mask) {
        record_unrecorded(run);
    } else {
        memcpy(run->block->result[BG_RESULT_balance], run->balance, run->n * sizeof *run->balance);
    }
    run->all_recorded = !run->mask;
}

void bg_settling_round_balance(bg_settling *run, const bg_step *step)
{
    const int64_t unit = run->plan->unit * run->fine;
    bg_fen *beyond = run->scratch[0];
    if (run->fine == 1) {
        return;
    }
    for (size_t u = 0; u < run->n; u++) {
        const int64_t half = run->balance[u] < 0 ? -(unit / 2) : unit / 2;
        beyond[u] = run->balance[u] - (run->balance[u] + half) / unit * unit;
    }
    const int rounding = (int)bg_plan_account_count(run->plan) - 1;
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, rounding, beyond);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(rounded, bg_say_fen(run->plan->unit)));
    }
}

/* ---- failures ---- */

void bg_settling_fail(bg_settling *run, bg_status status, size_t unit, const bg_mark *mark,
                      const char *path, const char *name, const char *zh, const char *en, ...)
{
    if (run->status) {
        return;
    }
    va_list arguments;
    va_start(arguments, en);
    run->status = bg_errors_say_list(run->errors, status, unit + 1, mark ? *mark : BG_NOWHERE, path,
                                     name, zh, en, arguments);
    va_end(arguments);
}

void bg_settling_need_input(bg_settling *run, const bg_step *step, const char *key, int input)
{
    const int64_t *given = bg_settling_given_column(run, input);
    const bg_node *node = bg_node_child(step->node, key);
    for (size_t u = 0; given && u < run->n; u++) {
        if (!given[u] && bg_settling_applies(run, u)) {
            bg_settling_fail(run, BG_MISSING, u, &node->mark, node->path, BG_SAY(step_input_absent),
                             node->text);
            return;
        }
    }
}

void bg_settling_check_limit(bg_settling *run, const bg_step *step, int account)
{
    const bg_fen limit = BG_SETTLEMENT_LIMIT * 16;
    const bg_fen *moved = bg_settling_account(run, account);
    if (run->columns->all_within(run->n, run->balance, -limit, limit) &&
        run->columns->all_within(run->n, moved, -limit, limit)) {
        return;
    }
    for (size_t u = 0; u < run->n; u++) {
        const bg_fen balance = run->balance[u];
        if (balance > limit || balance < -limit || moved[u] > limit || moved[u] < -limit) {
            bg_settling_fail(run, BG_OVERFLOW, u, &step->node->mark, step->node->path,
                             BG_SAY(step_amounts_too_large));
            return;
        }
    }
}

/* ---- the trace ---- */

static bg_posting *new_posting(bg_settling *run)
{
    bg_trace *trace = run->trace;
    bg_posting *items =
        bg_array_room(trace->items, &trace->capacity, trace->count + 1, sizeof *items);
    if (!items) {
        run->out_of_memory = true;
        return NULL;
    }
    trace->items = items;
    return &trace->items[trace->count++];
}

void bg_settling_record(bg_settling *run, const bg_step *step, int from, int to, bg_fen amount)
{
    bg_posting *posting = new_posting(run);
    if (!posting) {
        return;
    }
    *posting = (bg_posting){
        .step = step->place,
        .kind = step->kind->name,
        .name = step->node ? step->node->key : step->kind->name,
        .pot = run->in_pot ? run->plan->pot[run->in_pot - 1].name : NULL,
        .mark = step->node ? step->node->mark : BG_NOWHERE,
        .from = from,
        .to = to,
        .amount = amount,
        .balance_after = run->balance[0],
    };
}

/* The running balance is part of the community's account: between the two nothing moves. */
static void record_move(bg_settling *run, const bg_step *step, int from, int to, bg_fen amount)
{
    const int community = bg_plan_community(run->plan);
    from = from == BG_ACCOUNT_BALANCE ? community : from;
    to = to == BG_ACCOUNT_BALANCE ? community : to;
    if (from == to) {
        bg_settling_record(run, step, -1, -1, amount);
    } else if (amount < 0) {
        bg_settling_record(run, step, to, from, -amount);
    } else {
        bg_settling_record(run, step, from, to, amount);
    }
}

/* One side of a posting. An account has no column before the first, which is an opening entry, or of
 * the last steps; all of these apply to every unit. */
static void enter(bg_settling *run, int account, const bg_fen *amount, bg_fen sign)
{
    bg_fen *column = bg_settling_account(run, account);
    bool *posted = &run->posted[1 + account];
    if (*posted) {
        bg_settling_add(run, column, amount, sign);
    } else if (sign > 0) {
        memcpy(column, amount, run->n * sizeof *column);
    } else {
        run->columns->negate(run->n, amount, column);
    }
    *posted = true;
}

void bg_settling_close_accounts(bg_settling *run)
{
    for (int a = 0; a < (int)run->block->account_count; a++) {
        if (!run->posted[1 + a]) {
            run->columns->fill(run->n, 0, bg_settling_account(run, a));
        }
    }
}

void bg_settling_post(bg_settling *run, const bg_step *step, int from, int to, const bg_fen *amount)
{
    if (from != to && !run->mask && run->posted[1 + from] && run->posted[1 + to]) {
        run->columns->move(run->n, amount, bg_settling_account(run, from),
                           bg_settling_account(run, to));
    } else {
        enter(run, from, amount, -1);
        enter(run, to, amount, 1);
    }
    if (run->trace) {
        record_move(run, step, from, to, amount[0]);
    }
}

bg_argument bg_say_exact(const bg_settling *run, bg_wide steps)
{
    const bg_wide one = (bg_wide)run->fine * BG_ONE;
    return (bg_argument){BG_ARGUMENT_AMOUNT, (bg_fen)(steps / one),
                         (int64_t)(steps % one) * (BG_FINE / run->fine)};
}

bg_argument bg_say_amount(const bg_settling *run, bg_fen amount)
{
    return bg_say_exact(run, (bg_wide)amount * BG_ONE);
}

void bg_settling_note(bg_settling *run, const bg_step *step, bg_fen amount)
{
    bg_settling_record(run, step, -1, -1, amount);
}

/* The line that the last of these is about; NULL where memory ran out. */
static bg_posting *last_posting(bg_settling *run)
{
    return run->out_of_memory ? NULL : &run->trace->items[run->trace->count - 1];
}

void bg_settling_because(bg_settling *run, const bg_reason *reason)
{
    bg_posting *last = last_posting(run);
    size_t next = 0;
    while (last && next + 1 < BG_POSTING_REASONS && last->reason[next].sentence) {
        next++;
    }
    if (last) {
        last->reason[next] = *reason;
    }
}

void bg_settling_stands_at(bg_settling *run, const bg_mark *mark)
{
    bg_posting *last = last_posting(run);
    if (last && mark) {
        last->mark = *mark;
    }
}

void bg_settling_by_rate(bg_settling *run, const bg_mark *mark, bg_decimal rate)
{
    bg_posting *last = last_posting(run);
    if (last) {
        last->has_rate = true;
        last->rate = rate;
        bg_settling_stands_at(run, mark);
    }
}
