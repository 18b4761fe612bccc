#include "settlement/payer.h"

#include "settlement/fund_payment.h"

#include <string.h>

bg_status bg_payer_read(bg_plan *plan, const bg_step *step, bg_payer *self, bg_errors *errors)
{
    const bg_node *when_short = bg_node_child(step->node, "when_short");
    self->community_when_short = when_short && strcmp(when_short->text, "community") == 0;
    const bg_status status = bg_payers_read(plan, step, &self->several, errors);
    if (self->several.count) {
        self->account = self->several.account[0];
        return status;
    }
    return status ? status : bg_plan_read_account(plan, step, "payer", &self->account, errors);
}

unsigned bg_payer_accounts(const bg_payer *self)
{
    unsigned accounts = bg_account_bit(self->account);
    for (size_t p = 0; p < self->several.count; p++) {
        accounts |= bg_account_bit(self->several.account[p]);
    }
    return accounts;
}

/* ---- paying ---- */

static void pay(const bg_step *step, bg_settling *run, int account, const bg_fen *paid)
{
    bg_settling_post(run, step, account, BG_ACCOUNT_BALANCE, paid);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], paid, 1);
}

/* What the fund lacks is the pool's, unless it is the community's. */
static void pay_lack(const bg_payer *self, const bg_step *step, bg_settling *run,
                     const bg_fen *need, bg_fen *paid)
{
    if (self->community_when_short) {
        return;
    }
    run->columns->subtract(run->n, need, paid, paid);
    pay(step, run, BG_ACCOUNT_POOL, paid);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(others_bear_rest, bg_say_amount(run, need[0])));
    }
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
    pay_lack(self, step, run, need, paid);
}

/* One of several pays its part as far as it holds. */
static void pay_part(const bg_payer *self, const bg_payers_rates *rates, const bg_step *step,
                     bg_settling *run, size_t payer, const bg_fen *need, const bg_fen *part)
{
    const int account = self->several.account[payer];
    const bool is_fund = bg_plan_is_fund_account(run->plan, account);
    bg_fen *paid = run->scratch[2];
    bg_fen held = 0;
    if (is_fund) {
        held = bg_fund_payment(step, run, account, part, paid);
    }
    pay(step, run, account, is_fund ? paid : part);
    if (run->trace) {
        bg_payers_explain(&self->several, rates, run, payer, need[0], part[0]);
    }
    if (is_fund && run->trace) {
        bg_settling_because(
            run, BG_REASON(payer_holds, bg_say_account(account), bg_say_amount(run, held)));
        bg_fund_payment_explain(step, run, account);
    }
    if (is_fund) {
        pay_lack(self, step, run, part, paid);
    }
}

static void pay_parts(const bg_payer *self, const bg_step *step, bg_settling *run,
                      const bg_fen *need)
{
    bg_fen *part = run->scratch[3];
    const bg_payers_rates rates = bg_payers_rates_of(&self->several, &self->several.loss, run);
    if (run->trace) {
        bg_settling_note(run, step, need[0]);
        bg_settling_because(run, BG_REASON(others_bear, bg_say_amount(run, need[0])));
    }
    for (size_t p = 0; p < self->several.count; p++) {
        bg_payers_part(&self->several, &rates, run, p, need, part);
        if (run->status) {
            return;
        }
        if (!run->trace || part[0] != 0) {
            pay_part(self, &rates, step, run, p, need, part);
        }
    }
}

void bg_payer_pay(const bg_payer *self, const bg_step *step, bg_settling *run, const bg_fen *need)
{
    if (run->trace && need[0] == 0) {
        return; /* nothing to tell */
    }
    if (self->several.count) {
        pay_parts(self, step, run, need);
        return;
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

/* ---- taking ---- */

static void take(const bg_step *step, bg_settling *run, int account, const bg_fen *amount)
{
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, account, amount);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], amount, -1);
}

void bg_payer_take(const bg_payer *self, const bg_step *step, bg_settling *run,
                   const bg_fen *amount)
{
    if (self->several.count == 0) {
        take(step, run, self->account, amount);
    } else if (run->trace) {
        bg_settling_note(run, step, amount[0]);
    }
}

void bg_payer_distribute(const bg_payer *self, const bg_step *step, bg_settling *run,
                         const bg_fen *amount)
{
    const bg_payers *several = &self->several;
    bg_fen *part = run->scratch[3];
    if (several->count == 0) {
        return;
    }
    const bg_payers_rates rates = bg_payers_rates_of(several, &several->gain, run);
    for (size_t p = 0; p < several->count; p++) {
        bg_payers_part(several, &rates, run, p, amount, part);
        if (run->status) {
            return;
        }
        if (run->trace && part[0] == 0) {
            continue;
        }
        take(step, run, several->account[p], part);
        if (run->trace) {
            bg_payers_explain(several, &rates, run, p, amount[0], part[0]);
        }
    }
}

void bg_payer_check_limit(const bg_payer *self, const bg_step *step, bg_settling *run)
{
    for (int a = 0; a < bg_plan_community(run->plan); a++) {
        if (bg_payer_accounts(self) & bg_account_bit(a)) {
            bg_settling_check_limit(run, step, a);
        }
    }
}
