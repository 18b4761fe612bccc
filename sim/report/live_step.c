#include "report/live_step.h"

#include "report/label.h"

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

const char *bg_live_step_formula(bg_live_settling *self, const char *is)
{
    return self->applies ? bg_sheet_keep(self->sheet, "=IF(%s=1,%s,0)", self->applies, is)
                         : bg_sheet_keep(self->sheet, "=%s", is);
}

bg_fen bg_live_step_value(const bg_live_settling *self, bg_fen value)
{
    return self->applied ? value : 0;
}

bg_live_amount bg_live_step_side(bg_live_settling *self, char sign)
{
    const bool gain = sign == '+';
    const bg_fen balance = gain ? self->at.balance.value : -self->at.balance.value;
    const char *is =
        bg_sheet_keep(self->sheet, gain ? "MAX(0,%s)" : "MAX(0,-(%s))", self->at.balance.is);
    return bg_live_step_amount(
        self, bg_live_step_value(self, balance > 0 ? balance : 0), bg_live_step_formula(self, is),
        gain ? bg_live_words(self, "surplus", "结余") : bg_live_words(self, "overspend", "超支"));
}

bool bg_live_step_base(const bg_live_settling *self, const char *name, bg_live_amount *base)
{
    const int input = bg_plan_input_index(self->year->plan, name);
    if (input < 0 || !self->input[input]) {
        return false;
    }
    *base = (bg_live_amount){self->year->block->input[input][0], self->input[input]};
    return base->value >= 0;
}
