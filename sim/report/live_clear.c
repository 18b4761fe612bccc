/* The first and the last step of a plan: disallow, clear. */
#include "report/live_kinds.h"

#include "report/label.h"

bool bg_live_disallow(bg_live_settling *self)
{
    const bg_fen value = self->year->block->input[BG_INPUT_disallowed][0];
    self->at.disallowed = bg_live_step_amount(
        self, bg_live_step_value(self, value),
        bg_live_step_formula(self, self->input[BG_INPUT_disallowed]),
        bg_live_words(self, "borne by the community in full", "不予支付部分由医共体全额承担"));
    bg_live_step_balance(self, '+', self->at.disallowed);
    return true;
}

/* Funds are returned to the pool, or carried on. */
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

bool bg_live_clear(bg_live_settling *self)
{
    const bg_settlement_block *block = self->year->block;
    int64_t *const *input = block->input;
    const bool community_pays = bg_plan_community_pays_outside(self->year->plan);
    if (!self->at.result.is) { /* without a split it stays with the community */
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
