/* Run-out: a year is settled before all its claims are in. */
#include "settlement/messages.h"
#include "settlement/plan.h"

static const bg_step_kind completion_kind = {.name = "completion"};
static const bg_step completion_entry = {.kind = &completion_kind};

static bg_status explain(const bg_node *completion, const bg_fen recorded[2],
                         const bg_fen completed[2], bg_trace *trace)
{
    bg_fen balance = 0;
    bg_settling run = {.n = 1, .fine = 1, .balance = &balance, .trace = trace};
    const bg_decimal share = completion->value.decimal;
    bg_settling_note(&run, &completion_entry, completed[0]);
    bg_settling_by_rate(&run, &completion->mark, share);
    bg_settling_because(&run, BG_REASON(completed, bg_say_fen(recorded[0]), bg_say_rate(share)));
    if (recorded[1] != 0) {
        bg_settling_note(&run, &completion_entry, completed[1]);
        bg_settling_by_rate(&run, &completion->mark, share);
        bg_settling_because(
            &run, BG_REASON(completed_outside, bg_say_fen(recorded[1]), bg_say_rate(share)));
    }
    return run.out_of_memory ? BG_MEMORY : BG_OK;
}

bg_status bg_settlement_complete(const bg_node *completion, bg_fen *expense, bg_fen *outside,
                                 bg_trace *trace, bg_errors *errors)
{
    if (!completion || completion->value.decimal == BG_ONE) {
        return BG_OK;
    }
    const bg_fen recorded[] = {*expense, *outside};
    bg_fen completed[] = {0, 0};
    for (size_t i = 0; i < 2; i++) {
        if (bg_money_over(recorded[i], completion->value.decimal, &completed[i]) != BG_OK) {
            return bg_errors_say(errors, BG_OVERFLOW, completion->mark, completion->path,
                                 BG_SAY(completed_expense_too_large), BG_FEN(recorded[i]),
                                 BG_PERCENT(completion->value.decimal));
        }
    }
    *expense = completed[0];
    *outside = completed[1];
    if (trace && explain(completion, recorded, completed, trace) != BG_OK) {
        return bg_no_memory(errors);
    }
    return BG_OK;
}
