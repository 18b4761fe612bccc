/* The steps of a settlement, each as rows with formulas. */
#include "report/live_steps.h"

#include "report/label.h"
#include "report/live_payer.h"
#include "report/live_rate.h"
#include "report/live_share.h"
#include "report/live_split.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- what steps are about ---- */

static bg_fen larger(bg_fen a, bg_fen b)
{
    return a > b ? a : b;
}

static bg_fen smaller(bg_fen a, bg_fen b)
{
    return a < b ? a : b;
}

/* The fund that the step names by a key; false where it is shared with others. */
static bool fund_of(const bg_live_settling *self, const char *key, size_t *fund)
{
    const bg_plan *plan = self->year->plan;
    const int account = bg_plan_account_index(plan, bg_node_text(self->step->node, key));
    *fund = (size_t)(account - bg_plan_fund_account(0));
    return bg_plan_is_fund_account(plan, account) && !plan->fund[*fund].shared;
}

/* A row with the rate of a rule: its value, and where its parts stand. */
typedef struct rated {
    bg_decimal rate;
    size_t row;
    const char *numerator, *of;
} rated;

/* False where the rule cannot be worked out, or an amount of that size by it is not exact. */
static bool add_rate(bg_live_settling *self, const bg_node *node, const bg_live_grounds *grounds,
                     bg_fen amount, const char *what, rated *to)
{
    bg_rate_rule rule;
    int64_t of = 100;
    bg_errors unheard;
    bg_errors_init(&unheard);
    const bg_status read = bg_rate_rule_read(self->year->plan, node, &rule, &unheard);
    bg_errors_free(&unheard);
    if (read || !bg_live_rate_over(&rule, grounds, &of) ||
        !bg_live_rate_at(&rule, grounds, &to->rate) || (bg_wide)amount * of >= BG_LIVE_MOST) {
        return false;
    }
    bg_live_row row = {.cell[BG_LIVE_RATE] = bg_live_rate_cell(self->sheet, &rule, grounds, of),
                       .cell[BG_LIVE_RATE_OF] = bg_live_whole(of, NULL)};
    to->row = bg_live_step_row(self, &row, what);
    to->numerator = bg_live_place(self->sheet, to->row, BG_LIVE_RATE);
    to->of = bg_live_place(self->sheet, to->row, BG_LIVE_RATE_OF);
    return true;
}

/* The amount by the rate, rounded once, into the rate's row. */
static const char *share_of(bg_live_settling *self, const char *amount, const rated *rate)
{
    return bg_sheet_keep(self->sheet, "ROUND((%s)*%s/%s,0)", amount, rate->numerator, rate->of);
}

/* ---- the steps ---- */

static bool disallow(bg_live_settling *self)
{
    const bg_fen value = self->year->block->input[BG_INPUT_disallowed][0];
    self->at.disallowed = bg_live_step_amount(
        self, bg_live_step_value(self, value),
        bg_live_step_formula(self, self->input[BG_INPUT_disallowed]),
        bg_live_words(self, "borne by the community in full", "不予支付部分由医共体全额承担"));
    bg_live_step_balance(self, '+', self->at.disallowed);
    return true;
}

/* Of what the fund holds, the part that an assessment is about. */
static bool find_held(bg_live_settling *self, bg_live_amount fund, const bg_live_grounds *grounds,
                      bg_live_amount *held)
{
    const bg_node *part = bg_node_child(self->step->node, "part");
    rated rate;
    *held = bg_live_step_amount(self, fund.value, bg_sheet_keep(self->sheet, "=%s", fund.is),
                                bg_live_words(self, "the fund holds", "资金现有余额"));
    if (!part || part->value.decimal == BG_ONE) {
        return true;
    }
    if (!add_rate(self, part, grounds, fund.value,
                  bg_live_words(self, "part that is assessed", "本次考核所涉部分"), &rate)) {
        return false;
    }
    *held = bg_live_step_amount(self, bg_share_of(fund.value, rate.rate),
                                bg_sheet_keep(self->sheet, "=%s", share_of(self, held->is, &rate)),
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

static bool release(bg_live_settling *self)
{
    const bg_node *node = self->step->node, *tiers = bg_node_child(node, "by_score");
    const bool buffer = bg_node_integer(node, "as") != 0;
    bg_live_grounds grounds;
    bg_live_amount held;
    rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) || !grounds_of_release(self, &grounds) ||
        !find_held(self, self->at.fund[fund], &grounds, &held) ||
        !add_rate(self, tiers ? tiers : bg_node_child(node, "share"), &grounds, held.value,
                  bg_live_words(self, "rate of release", "返还比例"), &rate)) {
        return false;
    }
    const bg_fen overspend = larger(0, -self->at.balance.value);
    const bg_fen share = bg_share_of(held.value, rate.rate);
    const char *is = share_of(self, held.is, &rate);
    const char *least = bg_sheet_keep(self->sheet, "MIN(%s,MAX(0,-(%s)))", is, self->at.balance.is);
    const bg_live_amount released = bg_live_step_amount(
        self, bg_live_step_value(self, buffer ? smaller(share, overspend) : share),
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

static bool cover_emergency(bg_live_settling *self)
{
    const bool rebound = bg_node_bool(self->step->node, "include_rebound");
    int64_t *const *input = self->year->block->input;
    size_t fund;
    if (!fund_of(self, "fund", &fund)) {
        return false;
    }
    const bg_fen left = larger(0, input[BG_INPUT_emergency][0] - self->at.covered.value +
                                      (rebound ? input[BG_INPUT_rebound][0] : 0));
    const bg_live_amount uncovered = bg_live_step_amount(
        self, left,
        bg_sheet_keep(self->sheet, "=MAX(0,%s-(%s)%s%s)", self->input[BG_INPUT_emergency],
                      self->at.covered.is, rebound ? "+" : "",
                      rebound ? self->input[BG_INPUT_rebound] : ""),
        bg_live_words(self, "emergency expense not yet covered", "尚未弥补的突发事件费用"));
    const bg_fen least = smaller(
        left, smaller(larger(0, -self->at.balance.value), larger(0, self->at.fund[fund].value)));
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

/* What of one side is not shared: all below its minimum; from it on nothing, or the minimum itself. */
static bool cut_side(bg_live_settling *self, char sign, const char *key, bg_live_amount base)
{
    const bg_node *minimum = bg_node_child(self->step->node, key);
    const bool excess = bg_node_integer(self->step->node, "beyond") != 0;
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bg_live_amount side = bg_live_step_side(self, sign);
    bg_rate_rule rule;
    bg_errors unheard;
    bg_errors_init(&unheard);
    const bg_status read = bg_rate_rule_read(self->year->plan, minimum, &rule, &unheard);
    bg_errors_free(&unheard);
    bg_live_amount others = side;
    if (read) {
        return false;
    }
    if (rule.form != BG_RATE_RULE_NONE) {
        rated rate;
        if (!add_rate(self, minimum, &grounds, larger(base.value, side.value),
                      bg_live_words(self, "minimum of it", "最低比例"), &rate)) {
            return false;
        }
        const bg_fen least = bg_share_of(base.value, rate.rate);
        const bool below = (bg_wide)side.value * BG_ONE < (bg_wide)rate.rate * base.value;
        const char *beyond = excess ? bg_sheet_keep(self->sheet, "MIN(%s,%s)", side.is,
                                                    share_of(self, base.is, &rate))
                                    : "0";
        others =
            bg_live_step_amount(self,
                                below    ? side.value
                                : excess ? smaller(side.value, least)
                                         : 0,
                                bg_sheet_keep(self->sheet, "=IF(%s*%s<%s*%s,%s,%s)", side.is,
                                              rate.of, base.is, rate.numerator, side.is, beyond),
                                bg_live_words(self, "of it not shared", "其中不参与分担"));
    }
    if (sign == '+') {
        bg_live_payer_take(self, others);
    } else {
        bg_live_payer_pay(self, others);
    }
    return true;
}

static bool corridor(bg_live_settling *self)
{
    bg_live_amount base;
    return bg_live_payer_is_plain(self) &&
           bg_live_step_base(self, bg_node_text(self->step->node, "base"), &base) &&
           cut_side(self, '+', "minimum_saving", base) && cut_side(self, '-', "minimum_loss", base);
}

static bool deduct_side(bg_live_settling *self, char sign, const char *key)
{
    const bg_node *part = bg_node_child(self->step->node, key);
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    rated rate;
    if (!part) {
        return true;
    }
    const bg_live_amount side = bg_live_step_side(self, sign);
    if (!add_rate(self, part, &grounds, side.value,
                  sign == '+' ? bg_live_words(self, "of it deducted", "扣减比例")
                              : bg_live_words(self, "of it borne by others", "由他方承担的比例"),
                  &rate)) {
        return false;
    }
    const bg_live_amount amount =
        bg_live_step_amount(self, bg_share_of(side.value, rate.rate),
                            bg_sheet_keep(self->sheet, "=%s", share_of(self, side.is, &rate)),
                            bg_live_words(self, "amount", "金额"));
    if (sign == '+') {
        bg_live_payer_take(self, amount);
    } else {
        bg_live_payer_pay(self, amount);
    }
    return true;
}

static bool deduct(bg_live_settling *self)
{
    return bg_live_payer_is_plain(self) && deduct_side(self, '+', "gain") &&
           deduct_side(self, '-', "loss");
}

/* One limit of several: what lies beyond it. False where it cannot be worked out. */
static bool add_limit(bg_live_settling *self, char sign, const char *base_name, const bg_node *node,
                      bg_live_amount *beyond)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_live_amount base;
    rated rate;
    if (!bg_live_step_base(self, base_name, &base)) {
        const int input = bg_plan_input_index(self->year->plan, base_name);
        return input >= 0 && !self->input[input]; /* an optional limit that the unit lacks */
    }
    if (!add_rate(self, node, &grounds, base.value,
                  bg_sheet_keep(self->sheet, bg_live_words(self, "limit, of %s", "限额，占%s"),
                                bg_label_of_name(base_name, self->sheet->language)),
                  &rate)) {
        return false;
    }
    const bg_fen most = bg_share_of(base.value, rate.rate);
    const bg_fen balance = sign == '+' ? self->at.balance.value : -self->at.balance.value;
    const bg_live_amount excess = bg_live_step_amount(
        self, larger(0, balance - most),
        bg_sheet_keep(self->sheet, sign == '+' ? "=MAX(0,(%s)-%s)" : "=MAX(0,-(%s)-%s)",
                      self->at.balance.is, share_of(self, base.is, &rate)),
        bg_live_words(self, "beyond it", "超出限额"));
    *beyond = (bg_live_amount){
        larger(beyond->value, excess.value),
        bg_sheet_keep(self->sheet, "%s,%s", beyond->is, excess.is),
    };
    return true;
}

static bool cap_side(bg_live_settling *self, char sign, const char *key, const char *several)
{
    const bg_node *single = bg_node_child(self->step->node, key);
    const bg_node *entries = bg_node_child(self->step->node, several);
    bg_live_amount beyond = {0, "0"};
    bool known =
        !single || add_limit(self, sign, bg_node_text(self->step->node, "base"), single, &beyond);
    for (const bg_node *entry = entries ? entries->child : NULL; entry && known;
         entry = entry->next) {
        known = add_limit(self, sign, entry->key, bg_node_child(entry, "rate"), &beyond);
    }
    if (!known || (!single && !entries)) {
        return known;
    }
    const bg_live_amount amount = bg_live_step_amount(
        self, bg_live_step_value(self, beyond.value),
        bg_live_step_formula(self, bg_sheet_keep(self->sheet, "MAX(%s)", beyond.is)),
        sign == '+' ? bg_live_words(self, "gain beyond the lowest limit", "超出最低限额的留用")
                    : bg_live_words(self, "loss beyond the lowest limit", "超出最低限额的承担"));
    if (sign == '+') {
        bg_live_payer_take(self, amount);
    } else {
        bg_live_payer_pay(self, amount);
    }
    return true;
}

static bool cap(bg_live_settling *self)
{
    return bg_live_payer_is_plain(self) && cap_side(self, '+', "gain", "gain_limits") &&
           cap_side(self, '-', "loss", "loss_limits");
}

/* A part of an input of money, which the step adds or takes off. */
static bool move_input(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_live_amount input;
    rated rate;
    if (!bg_live_payer_is_plain(self) ||
        !bg_live_step_base(self, bg_node_text(self->step->node, "input"), &input) ||
        !add_rate(self, bg_node_child(self->step->node, "rate"), &grounds, input.value,
                  bg_sheet_keep(self->sheet, bg_live_words(self, "part of %s", "占%s的比例"),
                                bg_label_of_name(bg_node_text(self->step->node, "input"),
                                                 self->sheet->language)),
                  &rate)) {
        return false;
    }
    const bg_live_amount amount =
        bg_live_step_amount(self, bg_live_step_value(self, bg_share_of(input.value, rate.rate)),
                            bg_live_step_formula(self, share_of(self, input.is, &rate)),
                            bg_live_words(self, "amount", "金额"));
    if (self->step->kind == &bg_step_charge) {
        bg_live_payer_take(self, amount);
    } else {
        bg_live_payer_pay(self, amount);
    }
    return true;
}

static bool relief(bg_live_settling *self)
{
    bg_live_amount input;
    if (!bg_live_payer_is_plain(self) ||
        !bg_live_step_base(self, bg_node_text(self->step->node, "input"), &input)) {
        return false;
    }
    const bg_live_amount loss = bg_live_step_side(self, '-');
    bg_live_payer_pay(self, bg_live_step_amount(
                                self, smaller(input.value, loss.value),
                                bg_sheet_keep(self->sheet, "=MIN(%s,%s)", input.is, loss.is),
                                bg_live_words(self, "borne by others, as far as the input reaches",
                                              "由他方承担（以所列金额为限）")));
    return true;
}

static bool draw_reserve(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bg_live_amount loss = bg_live_step_side(self, '-');
    rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) ||
        !add_rate(self, bg_node_child(self->step->node, "share"), &grounds, loss.value,
                  bg_live_words(self, "part paid by the fund", "由资金支付的比例"), &rate)) {
        return false;
    }
    const bg_fen held = larger(0, self->at.fund[fund].value);
    const bg_live_amount paid = bg_live_step_amount(
        self, smaller(bg_share_of(loss.value, rate.rate), held),
        bg_sheet_keep(self->sheet, "=MIN(%s,MAX(0,%s))", share_of(self, loss.is, &rate),
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
    rated rate;
    room->is = NULL;
    if (!ceiling) {
        return true;
    }
    if (!bg_live_step_base(self, bg_node_text(self->step->node, "base"), &base) ||
        !add_rate(self, ceiling, &grounds, base.value, bg_live_words(self, "ceiling", "上限比例"),
                  &rate)) {
        return false;
    }
    *room = bg_live_step_amount(
        self, larger(0, bg_share_of(base.value, rate.rate) - held.value),
        bg_sheet_keep(self->sheet, "=MAX(0,%s-(%s))", share_of(self, base.is, &rate), held.is),
        bg_live_words(self, "room below the ceiling", "上限内可提取"));
    return true;
}

static bool pay_reserve(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    const bg_live_amount gain = bg_live_step_side(self, '+');
    bg_live_amount room;
    rated rate;
    size_t fund;
    if (!fund_of(self, "fund", &fund) || !find_room(self, self->at.fund[fund], &room) ||
        !add_rate(self, bg_node_child(self->step->node, "share"), &grounds, gain.value,
                  bg_live_words(self, "part put into the fund", "提取比例"), &rate)) {
        return false;
    }
    const bg_fen part = bg_share_of(gain.value, rate.rate);
    const char *is = share_of(self, gain.is, &rate);
    const bg_live_amount paid =
        bg_live_step_amount(self, room.is ? smaller(part, room.value) : part,
                            room.is ? bg_sheet_keep(self->sheet, "=MIN(%s,%s)", is, room.is)
                                    : bg_sheet_keep(self->sheet, "=%s", is),
                            bg_live_words(self, "put into the fund", "提取储备"));
    bg_live_step_balance(self, '-', paid);
    bg_live_step_add(self, &self->at.fund[fund], '+', paid);
    return true;
}

/* Without a split the result stays with the community; funds are returned or carried on. */
static void close_funds(bg_live_settling *self)
{
    const bg_plan *plan = self->year->plan;
    for (size_t f = 0; f < plan->fund_count; f++) {
        const bool carries = plan->fund[f].carry_over && !self->year->block->contract_end;
        const char *name = bg_label_of_account(plan->fund[f].name, self->sheet->language);
        const bg_live_amount left = bg_live_step_amount(
            self, self->at.fund[f].value, bg_sheet_keep(self->sheet, "=%s", self->at.fund[f].is),
            bg_sheet_keep(self->sheet,
                          carries
                              ? bg_live_words(self, "%s: carried on", "%s：结转下年")
                              : bg_live_words(self, "%s: returned to the pool", "%s：归还统筹基金"),
                          name));
        self->at.fund[f] = carries ? left : (bg_live_amount){0, "0"};
    }
}

static bool clear(bg_live_settling *self)
{
    const bg_settlement_block *block = self->year->block;
    int64_t *const *input = block->input;
    const bool community_pays = bg_plan_community_pays_outside(self->year->plan);
    if (!self->at.result.is) {
        self->at.result = bg_live_step_amount(
            self, self->at.balance.value, bg_sheet_keep(self->sheet, "=%s", self->at.balance.is),
            bg_live_words(self, "result, kept or borne by the community", "医共体留用或承担"));
        bg_live_step_balance(self, '-', self->at.result);
    }
    close_funds(self);
    const bg_live_amount entitlement = bg_live_step_amount(
        self, input[BG_INPUT_expense][0] - self->at.disallowed.value + self->at.result.value,
        bg_sheet_keep(self->sheet, "=%s-(%s)+(%s)", self->input[BG_INPUT_expense],
                      self->at.disallowed.is, self->at.result.is),
        bg_live_words(self, "entitlement: expense less disallowed, and the result",
                      "应付额＝基金支出−不予支付＋留用（承担）"));
    const bg_live_amount clearing = bg_live_step_amount(
        self,
        entitlement.value - input[BG_INPUT_prepaid][0] -
            (community_pays ? 0 : input[BG_INPUT_outside][0]) - self->at.advanced.value,
        bg_sheet_keep(self->sheet, "=%s-%s%s%s-(%s)", entitlement.is, self->input[BG_INPUT_prepaid],
                      community_pays ? "" : "-",
                      community_pays ? "" : self->input[BG_INPUT_outside], self->at.advanced.is),
        bg_live_words(self, "clearing: paid (+) or refunded (−)",
                      "年终清算：补付（＋）或退回（−）"));
    return entitlement.value == block->result[BG_RESULT_entitlement][0] &&
           clearing.value == block->result[BG_RESULT_clearing][0];
}

bool bg_live_work_out(bg_live_settling *self)
{
    static const struct {
        const bg_step_kind *kind;
        bool (*work_out)(bg_live_settling *self);
    } steps[] = {
        {&bg_step_disallow, disallow},
        {&bg_step_release, release},
        {&bg_step_cover_emergency, cover_emergency},
        {&bg_step_corridor, corridor},
        {&bg_step_share_surplus, bg_live_share},
        {&bg_step_share_overspend, bg_live_share},
        {&bg_step_deduct, deduct},
        {&bg_step_cap, cap},
        {&bg_step_credit, move_input},
        {&bg_step_charge, move_input},
        {&bg_step_relief, relief},
        {&bg_step_draw_reserve, draw_reserve},
        {&bg_step_pay_reserve, pay_reserve},
        {&bg_step_split, bg_live_split},
        {&bg_step_use, bg_live_use},
        {&bg_step_clear, clear},
    };
    if (self->year->plan->fine != 1 || self->step->pot || !bg_live_when(self)) {
        return false;
    }
    for (size_t i = 0; i < COUNT(steps); i++) {
        if (steps[i].kind == self->step->kind) {
            return steps[i].work_out(self);
        }
    }
    return false;
}
