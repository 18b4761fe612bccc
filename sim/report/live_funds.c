/* Steps that funds pay, or are paid: release, cover_emergency, draw_reserve, pay_reserve. */
#include "report/live_kinds.h"

#include "report/label.h"
#include "report/live_rated.h"

/* The fund that the step names by a key; false where it is shared with others. */
static bool fund_of(const bg_live_settling *self, const char *key, size_t *fund)
{
    const bg_plan *plan = self->year->plan;
    const int account = bg_plan_account_index(plan, bg_node_text(self->step->node, key));
    *fund = (size_t)(account - bg_plan_fund_account(0));
    return bg_plan_is_fund_account(plan, account) && !plan->fund[*fund].shared;
}

/* Of what the fund holds, the part that an assessment is about. */
static bool find_held(bg_live_settling *self, bg_live_amount fund, const bg_live_grounds *grounds,
                      bg_live_amount *held)
{
    const bg_node *part = bg_node_child(self->step->node, "part");
    bg_live_rated rate;
    *held = bg_live_step_amount(self, fund.value, bg_sheet_keep(self->sheet, "=%s", fund.is),
                                bg_live_words(self, "the fund holds", "资金现有余额"));
    if (!part || part->value.decimal == BG_ONE) {
        return true;
    }
    if (!bg_live_add_rate(self, part, grounds, fund.value,
                          bg_live_words(self, "part that is assessed", "本次考核所涉部分"),
                          &rate)) {
        return false;
    }
    *held = bg_live_step_amount(
        self, bg_share_of(fund.value, rate.rate),
        bg_sheet_keep(self->sheet, "=%s", bg_live_share_of(self, held->is, &rate)),
        bg_live_words(self, "of what it holds", "所涉金额"));
    return true;
}

/* The score of this assessment. */
static bool grounds_of_release(const bg_live_settling *self, bg_live_grounds *grounds)
{
    const bg_node *score = bg_node_child(self->step->node, "score");
    const int input = score ? bg_plan_input_index(self->year->plan, score->text) : BG_INPUT_score;
    *grounds = bg_live_grounds_of(self);
    if (input < 0) {
        return false;
    }
    grounds->score = self->year->block->input[input][0];
    grounds->score_is = self->input[input];
    return true;
}

/* What is not released goes elsewhere, or stays. */
static bool send_rest(bg_live_settling *self, size_t fund, bg_live_amount held,
                      bg_live_amount released)
{
    const bg_plan *plan = self->year->plan;
    const int rest = bg_plan_account_index(plan, bg_node_text(self->step->node, "rest"));
    const bg_live_amount left = bg_live_step_amount(
        self, bg_live_step_value(self, held.value - released.value),
        bg_live_step_formula(self, bg_sheet_keep(self->sheet, "%s-%s", held.is, released.is)),
        bg_sheet_keep(
            self->sheet, bg_live_words(self, "not released, goes to %s", "未返还，归入%s"),
            bg_label_of_account(bg_plan_account(plan, (size_t)rest), self->sheet->language)));
    if (rest == bg_plan_fund_account(fund)) {
        return true;
    }
    bg_live_step_add(self, &self->at.fund[fund], '-', left);
    if (bg_plan_is_fund_account(plan, rest)) {
        bg_live_step_add(self, &self->at.fund[rest - bg_plan_fund_account(0)], '+', left);
    }
    return !bg_plan_is_fund_account(plan, rest) || !bg_plan_fund_of(plan, rest)->shared;
}

bool bg_live_release(bg_live_settling *self)
{
    const bg_node *node = self->step->node, *tiers = bg_node_child(node, "by_score");
    const bool buffer = bg_node_integer(node, "as") != 0;
    bg_live_grounds grounds;
    bg_live_amount held;
    bg_live_rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) || !grounds_of_release(self, &grounds) ||
        !find_held(self, self->at.fund[fund], &grounds, &held) ||
        !bg_live_add_rate(self, tiers ? tiers : bg_node_child(node, "share"), &grounds, held.value,
                          bg_live_words(self, "rate of release", "返还比例"), &rate)) {
        return false;
    }
    const bg_fen overspend = bg_at_least_zero(-self->at.balance.value);
    const bg_fen share = bg_share_of(held.value, rate.rate);
    const char *is = bg_live_share_of(self, held.is, &rate);
    const char *least = bg_sheet_keep(self->sheet, "MIN(%s,MAX(0,-(%s)))", is, self->at.balance.is);
    const bg_live_amount released = bg_live_step_amount(
        self, bg_live_step_value(self, buffer ? bg_smaller(share, overspend) : share),
        bg_live_step_formula(self, buffer ? least : is),
        buffer ? bg_live_words(self, "released, up to the overspend", "返还（以超支为限）")
               : bg_live_words(self, "released", "返还"));
    bg_live_step_balance(self, '+', released);
    bg_live_step_add(self, &self->at.fund[fund], '-', released);
    if (bg_node_child(node, "paid")) {
        bg_live_step_add(self, &self->at.advanced, '+', released);
    }
    return send_rest(self, fund, held, released);
}

bool bg_live_cover_emergency(bg_live_settling *self)
{
    const bool rebound = bg_node_bool(self->step->node, "include_rebound");
    int64_t *const *input = self->year->block->input;
    size_t fund;
    if (!fund_of(self, "fund", &fund)) {
        return false;
    }
    const bg_fen left = bg_at_least_zero(input[BG_INPUT_emergency][0] - self->at.covered.value +
                                         (rebound ? input[BG_INPUT_rebound][0] : 0));
    const bg_live_amount uncovered = bg_live_step_amount(
        self, left,
        bg_sheet_keep(self->sheet, "=MAX(0,%s-(%s)%s%s)", self->input[BG_INPUT_emergency],
                      self->at.covered.is, rebound ? "+" : "",
                      rebound ? self->input[BG_INPUT_rebound] : ""),
        bg_live_words(self, "emergency expense not yet covered", "尚未弥补的突发事件费用"));
    const bg_fen least = bg_smaller(left, bg_smaller(bg_at_least_zero(-self->at.balance.value),
                                                     bg_at_least_zero(self->at.fund[fund].value)));
    const bg_live_amount paid = bg_live_step_amount(
        self, bg_live_step_value(self, least),
        bg_live_step_formula(self,
                             bg_sheet_keep(self->sheet, "MAX(0,MIN(%s,-(%s),%s))", uncovered.is,
                                           self->at.balance.is, self->at.fund[fund].is)),
        bg_live_words(self, "the least of that, the overspend and what the fund holds",
                      "取该额、超支、资金余额三者最小"));
    bg_live_step_balance(self, '+', paid);
    bg_live_step_add(self, &self->at.covered, '+', paid);
    bg_live_step_add(self, &self->at.fund[fund], '-', paid);
    return true;
}

bool bg_live_draw_reserve(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bg_live_amount loss = bg_live_step_side(self, '-');
    bg_live_rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) ||
        !bg_live_add_rate(self, bg_node_child(self->step->node, "share"), &grounds, loss.value,
                          bg_live_words(self, "part paid by the fund", "由资金支付的比例"),
                          &rate)) {
        return false;
    }
    const bg_fen held = bg_at_least_zero(self->at.fund[fund].value);
    const bg_live_amount paid = bg_live_step_amount(
        self, bg_smaller(bg_share_of(loss.value, rate.rate), held),
        bg_sheet_keep(self->sheet, "=MIN(%s,MAX(0,%s))", bg_live_share_of(self, loss.is, &rate),
                      self->at.fund[fund].is),
        bg_live_words(self, "paid by the fund, as far as it goes", "由该资金支付（以余额为限）"));
    bg_live_step_balance(self, '+', paid);
    bg_live_step_add(self, &self->at.fund[fund], '-', paid);
    return true;
}

/* What the ceiling of a reserve leaves room for; false where it cannot be worked out. */
static bool find_room(bg_live_settling *self, bg_live_amount held, bg_live_amount *room)
{
    const bg_node *ceiling = bg_node_child(self->step->node, "ceiling");
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_live_amount base;
    bg_live_rated rate;
    room->is = NULL;
    if (!ceiling) {
        return true;
    }
    if (!bg_live_step_base(self, bg_node_text(self->step->node, "base"), &base) ||
        !bg_live_add_rate(self, ceiling, &grounds, base.value,
                          bg_live_words(self, "ceiling", "上限比例"), &rate)) {
        return false;
    }
    *room =
        bg_live_step_amount(self, bg_at_least_zero(bg_share_of(base.value, rate.rate) - held.value),
                            bg_sheet_keep(self->sheet, "=MAX(0,%s-(%s))",
                                          bg_live_share_of(self, base.is, &rate), held.is),
                            bg_live_words(self, "room below the ceiling", "上限内可提取"));
    return true;
}

bool bg_live_pay_reserve(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bg_live_amount gain = bg_live_step_side(self, '+');
    bg_live_amount room;
    bg_live_rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) || !find_room(self, self->at.fund[fund], &room) ||
        !bg_live_add_rate(self, bg_node_child(self->step->node, "share"), &grounds, gain.value,
                          bg_live_words(self, "part put into the fund", "提取比例"), &rate)) {
        return false;
    }
    const bg_fen part = bg_share_of(gain.value, rate.rate);
    const char *is = bg_live_share_of(self, gain.is, &rate);
    const bg_live_amount paid =
        bg_live_step_amount(self, room.is ? bg_smaller(part, room.value) : part,
                            room.is ? bg_sheet_keep(self->sheet, "=MIN(%s,%s)", is, room.is)
                                    : bg_sheet_keep(self->sheet, "=%s", is),
                            bg_live_words(self, "put into the fund", "提取储备"));
    bg_live_step_balance(self, '-', paid);
    bg_live_step_add(self, &self->at.fund[fund], '+', paid);
    return true;
}
