#include "report/live_payer.h"

#include "report/label.h"

#include <string.h>

static int account_of(const bg_live_settling *self)
{
    return bg_plan_account_index(self->year->plan, bg_node_text(self->step->node, "payer"));
}

bool bg_live_payer_is_plain(const bg_live_settling *self)
{
    const bg_node *several = bg_node_child(self->step->node, "payers");
    if (several && bg_node_count(several) > 0) {
        return false;
    }
    const int account = account_of(self);
    return account >= 0 && (!bg_plan_is_fund_account(self->year->plan, account) ||
                            !bg_plan_fund_of(self->year->plan, account)->shared);
}

/* What the payer holds; NULL of one that always can pay. */
static bg_live_amount *fund_of(bg_live_settling *self)
{
    const int account = account_of(self);
    return bg_plan_is_fund_account(self->year->plan, account)
               ? &self->at.fund[account - bg_plan_fund_account(0)]
               : NULL;
}

void bg_live_payer_take(bg_live_settling *self, bg_live_amount amount)
{
    bg_live_amount *fund = fund_of(self);
    bg_live_step_balance(self, '-', amount);
    if (fund) {
        bg_live_step_add(self, fund, '+', amount);
    }
}

static void pay_from_fund(bg_live_settling *self, bg_live_amount *fund, bg_live_amount need)
{
    const char *short_of = bg_node_child(self->step->node, "when_short")
                               ? bg_node_text(self->step->node, "when_short")
                               : "pool";
    const bg_fen held = fund->value > 0 ? fund->value : 0;
    const bg_live_amount paid = bg_live_step_amount(
        self, need.value < held ? need.value : held,
        bg_sheet_keep(self->sheet, "=MIN(%s,MAX(0,%s))", need.is, fund->is),
        bg_live_words(self, "paid by the fund, as far as it goes", "由该资金支付（以余额为限）"));
    bg_live_step_balance(self, '+', paid);
    bg_live_step_add(self, fund, '-', paid);
    if (strcmp(short_of, "community") != 0) {
        const bg_live_amount lack = bg_live_step_amount(
            self, need.value - paid.value, bg_sheet_keep(self->sheet, "=%s-%s", need.is, paid.is),
            bg_live_words(self, "what it lacks: paid by the pool", "不足部分由统筹基金支付"));
        bg_live_step_balance(self, '+', lack);
    }
}

void bg_live_payer_pay(bg_live_settling *self, bg_live_amount need)
{
    bg_live_amount *fund = fund_of(self);
    if (fund) {
        pay_from_fund(self, fund, need);
    } else {
        bg_live_step_balance(self, '+', need);
    }
}
