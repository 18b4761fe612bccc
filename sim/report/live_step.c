/* The steps of a settlement, each as rows with formulas. */
#include "report/live_step.h"

#include "report/label.h"

#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* ---- rows ---- */

const char *bg_live_words(const bg_live_settling *self, const char *en, const char *zh)
{
    return bg_in_language(self->sheet->language, en, zh);
}

size_t bg_live_step_row(bg_live_settling *self, bg_live_row *row, const char *what)
{
    row->cell[BG_LIVE_STEP] = bg_live_text(self->label);
    row->cell[BG_LIVE_WHAT] = bg_live_text(what);
    self->label = NULL;
    return bg_live_add(self->sheet, row);
}

bg_live_amount bg_live_step_amount(bg_live_settling *self, bg_fen value, const char *formula,
                                   const char *what)
{
    bg_live_row row = {.cell[BG_LIVE_AMOUNT] = bg_live_fen(value, formula)};
    const size_t at = bg_live_step_row(self, &row, what);
    return (bg_live_amount){value, bg_live_place(self->sheet, at, BG_LIVE_AMOUNT)};
}

void bg_live_step_add(bg_live_settling *self, bg_live_amount *to, char sign, bg_live_amount amount)
{
    to->is = bg_sheet_keep(self->sheet, "%s%c%s", to->is, sign, amount.is);
    to->value += sign == '-' ? -amount.value : amount.value;
}

void bg_live_step_balance(bg_live_settling *self, char sign, bg_live_amount amount)
{
    const size_t row = bg_sheet_row_count(self->sheet) - 1;
    bg_live_step_add(self, &self->at.balance, sign, amount);
    self->sheet->cells[row * BG_LIVE_COLUMNS + BG_LIVE_BALANCE] =
        bg_live_fen(self->at.balance.value, bg_sheet_keep(self->sheet, "=%s", self->at.balance.is));
    self->at.balance.is = bg_live_place(self->sheet, row, BG_LIVE_BALANCE);
}

/* ---- what steps are about ---- */

/* The fund that the step names by a key; false where it is shared with others. */
static bool fund_of(const bg_live_settling *self, const char *key, size_t *fund)
{
    const bg_plan *plan = self->year->plan;
    const int account = bg_plan_account_index(plan, bg_node_text(self->step->node, key));
    *fund = (size_t)(account - bg_plan_fund_account(0));
    return bg_plan_is_fund_account(plan, account) && !plan->fund[*fund].shared;
}

static bg_fen at_least_zero(bg_fen amount)
{
    return amount > 0 ? amount : 0;
}

/* ---- the steps ---- */

static bool disallow(bg_live_settling *self)
{
    const char *input = self->input[BG_INPUT_disallowed];
    self->at.disallowed = bg_live_step_amount(
        self, self->year->block->input[BG_INPUT_disallowed][0],
        bg_sheet_keep(self->sheet, "=%s", input),
        bg_live_words(self, "borne by the community in full", "不予支付部分由医共体全额承担"));
    bg_live_step_balance(self, '+', self->at.disallowed);
    return true;
}

static bool cover_emergency(bg_live_settling *self)
{
    const bool rebound = bg_node_bool(self->step->node, "include_rebound");
    int64_t *const *input = self->year->block->input;
    size_t fund;
    if (!fund_of(self, "fund", &fund)) {
        return false;
    }
    const bg_fen left = at_least_zero(input[BG_INPUT_emergency][0] - self->at.covered.value +
                                      (rebound ? input[BG_INPUT_rebound][0] : 0));
    const bg_live_amount uncovered = bg_live_step_amount(
        self, left,
        bg_sheet_keep(self->sheet, "=MAX(0,%s-(%s)%s%s)", self->input[BG_INPUT_emergency],
                      self->at.covered.is, rebound ? "+" : "",
                      rebound ? self->input[BG_INPUT_rebound] : ""),
        bg_live_words(self, "emergency expense not yet covered", "尚未弥补的突发事件费用"));
    const bg_fen overspend = at_least_zero(-self->at.balance.value);
    const bg_fen held = at_least_zero(self->at.fund[fund].value);
    const bg_fen least = left < overspend ? left : overspend;
    const bg_live_amount paid = bg_live_step_amount(
        self, least < held ? least : held,
        bg_sheet_keep(self->sheet, "=MAX(0,MIN(%s,-(%s),%s))", uncovered.is, self->at.balance.is,
                      self->at.fund[fund].is),
        bg_live_words(self, "the least of that, the overspend and what the fund holds",
                      "取该额、超支、资金余额三者最小"));
    bg_live_step_balance(self, '+', paid);
    bg_live_step_add(self, &self->at.covered, '+', paid);
    bg_live_step_add(self, &self->at.fund[fund], '-', paid);
    return true;
}

bool bg_live_step(bg_live_settling *self)
{
    static const struct {
        const bg_step_kind *kind;
        bool (*work_out)(bg_live_settling *self);
    } steps[] = {
        {&bg_step_disallow, disallow},
        {&bg_step_cover_emergency, cover_emergency},
    };
    const bool plain =
        self->year->plan->fine == 1 && !self->step->pot && self->step->when.count == 0;
    for (size_t i = 0; i < COUNT(steps) && plain; i++) {
        if (steps[i].kind == self->step->kind) {
            return steps[i].work_out(self);
        }
    }
    return false;
}
