/* Steps that hold a gain or a loss against a limit, or take a part of it: corridor, deduct, cap. */
#include "report/live_kinds.h"

#include "report/label.h"
#include "report/live_payer.h"
#include "report/live_rated.h"

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
        bg_live_rated rate;
        if (!bg_live_add_rate(self, minimum, &grounds,
                              base.value > side.value ? base.value : side.value,
                              bg_live_words(self, "minimum of it", "最低比例"), &rate)) {
            return false;
        }
        const bg_fen least = bg_share_of(base.value, rate.rate);
        const bool below = (bg_wide)side.value * BG_ONE < (bg_wide)rate.rate * base.value;
        const char *beyond = excess ? bg_sheet_keep(self->sheet, "MIN(%s,%s)", side.is,
                                                    bg_live_share_of(self, base.is, &rate))
                                    : "0";
        others =
            bg_live_step_amount(self,
                                below    ? side.value
                                : excess ? bg_smaller(side.value, least)
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

bool bg_live_corridor(bg_live_settling *self)
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
    bg_live_rated rate;
    if (!part) {
        return true;
    }
    const bg_live_amount side = bg_live_step_side(self, sign);
    if (!bg_live_add_rate(self, part, &grounds, side.value,
                          sign == '+'
                              ? bg_live_words(self, "of it deducted", "扣减比例")
                              : bg_live_words(self, "of it borne by others", "由他方承担的比例"),
                          &rate)) {
        return false;
    }
    const bg_live_amount amount = bg_live_step_amount(
        self, bg_share_of(side.value, rate.rate),
        bg_sheet_keep(self->sheet, "=%s", bg_live_share_of(self, side.is, &rate)),
        bg_live_words(self, "amount", "金额"));
    if (sign == '+') {
        bg_live_payer_take(self, amount);
    } else {
        bg_live_payer_pay(self, amount);
    }
    return true;
}

bool bg_live_deduct(bg_live_settling *self)
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
    bg_live_rated rate;
    if (!bg_live_step_base(self, base_name, &base)) {
        const int input = bg_plan_input_index(self->year->plan, base_name);
        return input >= 0 && !self->input[input]; /* an optional limit that the unit lacks */
    }
    if (!bg_live_add_rate(self, node, &grounds, base.value,
                          bg_sheet_keep(self->sheet,
                                        bg_live_words(self, "limit, of %s", "限额，占%s"),
                                        bg_label_of_name(base_name, self->sheet->language)),
                          &rate)) {
        return false;
    }
    const bg_fen most = bg_share_of(base.value, rate.rate);
    const bg_fen balance = sign == '+' ? self->at.balance.value : -self->at.balance.value;
    const bg_live_amount excess = bg_live_step_amount(
        self, bg_at_least_zero(balance - most),
        bg_sheet_keep(self->sheet, sign == '+' ? "=MAX(0,(%s)-%s)" : "=MAX(0,-(%s)-%s)",
                      self->at.balance.is, bg_live_share_of(self, base.is, &rate)),
        bg_live_words(self, "beyond it", "超出限额"));
    *beyond = (bg_live_amount){
        beyond->value > excess.value ? beyond->value : excess.value,
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

bool bg_live_cap(bg_live_settling *self)
{
    return bg_live_payer_is_plain(self) && cap_side(self, '+', "gain", "gain_limits") &&
           cap_side(self, '-', "loss", "loss_limits");
}
