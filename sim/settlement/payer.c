#include "settlement/payer.h"

#include "settlement/fund_payment.h"

#include <string.h>

bg_status bg_payer_read(bg_plan *plan, const bg_step *step, bg_payer *self, bg_errors *errors)
{
    self->community_when_short = strcmp(bg_node_text(step->node, "when_short"), "community") == 0;
    return bg_plan_read_account(plan, step, "payer", &self->account, errors);
}

static void pay(const bg_step *step, bg_settling *run, int account, const bg_fen *paid)
{
    bg_settling_post(run, step, account, BG_ACCOUNT_BALANCE, paid);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], paid, 1);
}

static void pay_from_fund(const bg_payer *self, const bg_step *step, bg_settling *run,
                          const bg_fen *need)
{
    bg_fen *paid = run->scratch[2];
    const bg_fen held = bg_fund_payment(step, run, self->account, need, paid);
    pay(step, run, self->account, paid);
    if (run->trace) {
        bg_settling_because(run,
                            BG_REASON(others_bear_from_fund, bg_say_amount(run, need[0]),
                                      bg_say_account(self->account), bg_say_amount(run, held)));
        bg_fund_payment_explain(step, run, self->account);
    }
    if (self->community_when_short) {
        return;
    }
    run->columns->subtract(run->n, need, paid, paid);
    pay(step, run, BG_ACCOUNT_POOL, paid);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(others_bear_rest, bg_say_amount(run, need[0])));
    }
}

void bg_payer_pay(const bg_payer *self, const bg_step *step, bg_settling *run, const bg_fen *need)
{
    if (run->trace && need[0] == 0) {
        return; /* nothing to tell */
    }
    if (bg_plan_is_fund_account(run->plan, self->account)) {
        pay_from_fund(self, step, run, need);
        return;
    }
    pay(step, run, self->account, need);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(others_bear, bg_say_amount(run, need[0])));
    }
}
