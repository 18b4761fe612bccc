#include "report/live_rated.h"

bool bg_live_add_rate(bg_live_settling *self, const bg_node *node, const bg_live_grounds *grounds,
                      bg_fen amount, const char *what, bg_live_rated *to)
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
    const size_t at = bg_live_step_row(self, &row, what);
    to->numerator = bg_live_place(self->sheet, at, BG_LIVE_RATE);
    to->of = bg_live_place(self->sheet, at, BG_LIVE_RATE_OF);
    return true;
}

const char *bg_live_share_of(bg_live_settling *self, const char *amount, const bg_live_rated *rate)
{
    return bg_sheet_keep(self->sheet, "ROUND((%s)*%s/%s,0)", amount, rate->numerator, rate->of);
}
