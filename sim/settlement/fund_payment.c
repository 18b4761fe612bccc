#include "settlement/fund_payment.h"

#include "settlement/messages.h"
#include "settlement/plan.h"

#include <string.h>

typedef struct drawing_fund {
    const bg_plan_fund *fund;
    const bg_fen *opening, *moved;
} drawing_fund;

static drawing_fund find(const bg_settling *run, int account)
{
    const size_t fund = (size_t)(account - bg_plan_fund_account(0));
    return (drawing_fund){&run->plan->fund[fund], run->fund_opening[fund],
                          run->block->account[account]};
}

static bg_drawing *drawing_of(const bg_step *step, const bg_settling *run, const bg_plan_fund *fund,
                              size_t unit)
{
    const size_t place =
        (step->place - 1) * run->plan->fund_count + (size_t)(fund - run->plan->fund);
    return &run->drawings[place * run->drawn_units + unit];
}

static bg_fen draw_own(const bg_settling *run, const drawing_fund *from, const bg_fen *wanted,
                       bg_fen *paid)
{
    bg_fen *held = run->group[0];
    run->columns->add(run->n, from->opening, from->moved, held);
    run->columns->smaller(run->n, held, wanted, paid);
    return held[0];
}

/* Divides what a group holds among its units, which want more. */
static bg_status divide(bg_sharing rule, bg_fen held, const bg_fen *wanted, size_t n, bg_fen *paid)
{
    if (rule == BG_SHARED_PRO_RATA) {
        return bg_money_split(held, wanted, n, paid);
    }
    for (size_t c = 0; c < n; c++) {
        paid[c] = bg_smaller(held, wanted[c]);
        held -= paid[c];
    }
    return BG_OK;
}

/* The group of unit `first`: every `stride`-th unit from it on. */
static bool draw_together(const bg_step *step, bg_settling *run, const drawing_fund *from,
                          size_t first, const bg_fen *wanted, bg_fen *paid)
{
    const size_t count = run->block->communities, stride = run->n / count;
    bg_fen *wants = run->group[0], *parts = run->group[1];
    bg_wide held = 0, sum = 0;
    for (size_t c = 0, u = first; c < count; c++, u += stride) {
        wants[c] = bg_settling_applies(run, u) ? wanted[u] : 0;
        held += from->opening[u] + from->moved[u];
        sum += wants[c];
    }
    bool good = held <= (bg_wide)BG_SETTLEMENT_LIMIT * 16 && sum <= INT64_MAX;
    if (good && sum > held) {
        good = divide(from->fund->shared, (bg_fen)held, wants, count, parts) == BG_OK;
        wants = parts;
    }
    for (size_t c = 0, u = first; c < count && good; c++, u += stride) {
        paid[u] = wants[c];
        if (run->drawings) {
            *drawing_of(step, run, from->fund, u) =
                (bg_drawing){(bg_fen)held, (bg_fen)sum, wants[c]};
        }
    }
    if (!good) {
        bg_settling_fail(run, BG_OVERFLOW, first, &step->node->mark, step->node->path,
                         BG_SAY(shared_fund_too_large), from->fund->name);
    }
    return good;
}

bg_fen bg_fund_payment(const bg_step *step, bg_settling *run, int fund_account,
                       const bg_fen *wanted, bg_fen *paid)
{
    const drawing_fund from = find(run, fund_account);
    if (from.fund->shared && run->replays) {
        const bg_drawing *known = drawing_of(step, run, from.fund, 0);
        paid[0] = known->paid;
        return known->held;
    }
    if (!from.fund->shared || run->block->communities == 1) {
        return draw_own(run, &from, wanted, paid);
    }
    const size_t groups = run->n / run->block->communities;
    size_t done = 0;
    while (done < groups && draw_together(step, run, &from, done, wanted, paid)) {
        done++;
    }
    if (done < groups) {
        memset(paid, 0, run->n * sizeof *paid);
    }
    return 0;
}

void bg_fund_payment_explain(const bg_step *step, bg_settling *run, int fund_account)
{
    const bg_plan_fund *fund = bg_plan_fund_of(run->plan, fund_account);
    if (!fund->shared || !run->replays) {
        return;
    }
    const bg_drawing *known = drawing_of(step, run, fund, 0);
    bg_settling_because(run, BG_REASON(shared_fund, bg_say_account(fund_account),
                                       bg_say_amount(run, known->wanted)));
    if (known->wanted <= known->held) {
        return;
    }
    if (fund->shared == BG_SHARED_PRO_RATA) {
        bg_settling_because(run, BG_PLAIN_REASON(shared_pro_rata));
    } else {
        bg_settling_because(run, BG_PLAIN_REASON(shared_first_come));
    }
}
