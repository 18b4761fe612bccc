/* Steps that an input moves: credit, charge, relief. */
#include "report/live_kinds.h"

#include "report/label.h"
#include "report/live_payer.h"
#include "report/live_rated.h"

/* A part of the input is added, or taken off. */
bool bg_live_move_input(bg_live_settling *self)
{
    const bg_live_grounds grounds = bg_live_grounds_of(self);
    bg_live_amount input;
    bg_live_rated rate;
    if (!bg_live_payer_is_plain(self) ||
        !bg_live_step_base(self, bg_node_text(self->step->node, "input"), &input) ||
        !bg_live_add_rate(self, bg_node_child(self->step->node, "rate"), &grounds, input.value,
                          bg_sheet_keep(self->sheet,
                                        bg_live_words(self, "part of %s", "占%s的比例"),
                                        bg_label_of_name(bg_node_text(self->step->node, "input"),
                                                         self->sheet->language)),
                          &rate)) {
        return false;
    }
    const bg_live_amount amount =
        bg_live_step_amount(self, bg_live_step_value(self, bg_share_of(input.value, rate.rate)),
                            bg_live_step_formula(self, bg_live_share_of(self, input.is, &rate)),
                            bg_live_words(self, "amount", "金额"));
    if (self->step->kind == &bg_step_charge) {
        bg_live_payer_take(self, amount);
    } else {
        bg_live_payer_pay(self, amount);
    }
    return true;
}

bool bg_live_relief(bg_live_settling *self)
{
    bg_live_amount input;
    if (!bg_live_payer_is_plain(self) ||
        !bg_live_step_base(self, bg_node_text(self->step->node, "input"), &input)) {
        return false;
    }
    const bg_live_amount loss = bg_live_step_side(self, '-');
    bg_live_payer_pay(self, bg_live_step_amount(
                                self, bg_smaller(input.value, loss.value),
                                bg_sheet_keep(self->sheet, "=MIN(%s,%s)", input.is, loss.is),
                                bg_live_words(self, "borne by others, as far as the input reaches",
                                              "由他方承担（以所列金额为限）")));
    return true;
}
