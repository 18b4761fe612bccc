/* What a step may do while a plan is applied: move money between accounts and say why. */
#include "rules/plan.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- accounts ---- */

bg_fen *bg_run_account(const bg_run *run, int account)
{
    return account == BG_ACCOUNT_BALANCE ? run->balance : run->block->account[account];
}

void bg_run_available(const bg_run *run, int fund_account, bg_fen *available)
{
    const size_t fund = (size_t)(fund_account - bg_plan_fund_account(0));
    const bg_fen *opening = run->block->fund_opening[fund];
    const bg_fen *moved = run->block->account[fund_account];
    for (size_t u = 0; u < run->n; u++) {
        available[u] = opening[u] + moved[u];
    }
}

void bg_run_record_balance(bg_run *run)
{
    if (!run->balance_recorded) {
        memcpy(run->block->result[BG_RESULT_balance], run->balance, run->n * sizeof *run->balance);
        run->balance_recorded = true;
    }
}

/* ---- the trace ---- */

void bg_trace_free(bg_trace *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->items[i].inputs);
        free(self->items[i].inputs_zh);
        free(self->items[i].rate);
    }
    free(self->items);
    memset(self, 0, sizeof *self);
}

static bg_posting *new_posting(bg_run *run)
{
    bg_trace *trace = run->trace;
    if (trace->count == trace->capacity) {
        const size_t capacity = trace->capacity ? 2 * trace->capacity : 32;
        bg_posting *items = realloc(trace->items, capacity * sizeof *items);
        if (!items) {
            run->out_of_memory = true;
            return NULL;
        }
        trace->items = items;
        trace->capacity = capacity;
    }
    return &trace->items[trace->count++];
}

static void record(bg_run *run, const bg_step *step, int from, int to, bg_fen amount)
{
    bg_posting *posting = new_posting(run);
    if (!posting) {
        return;
    }
    *posting = (bg_posting){
        .step = step->place,
        .kind = step->kind->name,
        .name = step->node ? step->node->key : step->kind->name,
        .mark = step->node ? step->node->mark : BG_NOWHERE,
        .from = from,
        .to = to,
        .amount = amount,
        .balance_after = run->balance[0],
    };
}

/* The running balance is part of the community's account: between the two nothing moves. */
static void record_move(bg_run *run, const bg_step *step, int from, int to, bg_fen amount)
{
    const int community = bg_plan_community(run->plan);
    from = from == BG_ACCOUNT_BALANCE ? community : from;
    to = to == BG_ACCOUNT_BALANCE ? community : to;
    if (from == to) {
        record(run, step, -1, -1, amount);
    } else if (amount < 0) {
        record(run, step, to, from, -amount);
    } else {
        record(run, step, from, to, amount);
    }
}

void bg_run_post(bg_run *run, const bg_step *step, int from, int to, const bg_fen *amount)
{
    bg_column_add(bg_run_account(run, from), amount, -1, run->n);
    bg_column_add(bg_run_account(run, to), amount, 1, run->n);
    if (run->trace) {
        record_move(run, step, from, to, amount[0]);
    }
}

void bg_run_note(bg_run *run, const bg_step *step, bg_fen amount)
{
    record(run, step, -1, -1, amount);
}

__attribute__((format(printf, 1, 0))) static char *formatted(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

void bg_run_because(bg_run *run, const bg_mark *mark, const char *rate, const char *english,
                    const char *chinese, ...)
{
    if (run->out_of_memory) {
        return;
    }
    bg_posting *last = &run->trace->items[run->trace->count - 1];
    va_list arguments;
    va_start(arguments, chinese);
    last->inputs = formatted(english, arguments);
    va_end(arguments);
    va_start(arguments, chinese);
    last->inputs_zh = formatted(chinese, arguments);
    va_end(arguments);
    last->rate = strdup(rate);
    last->mark = mark ? *mark : last->mark;
    run->out_of_memory = !last->inputs || !last->inputs_zh || !last->rate;
}
