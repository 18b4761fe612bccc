/* What the pool is expected to pay outside the county during the year, and what that leaves to the
 * community's instalments. */
#include "rules/budget_terms.h"
#include "rules/messages.h"

#include <string.h>

bool bg_budget_community_pays_outside(const bg_scenario *scenario)
{
    const bg_node *prepayment = bg_scenario_find(scenario, "budget.prepayment");
    return strcmp(bg_node_text(prepayment, "outside"), "community") == 0;
}

/* ---- the share as written ---- */

static const bg_node *common_table(const budget_reader *self)
{
    return bg_node_child(bg_node_child(self->budget, "prepayment"), "outside_share");
}

/* The scheme's own, else the common one, or NULL. */
static const bg_node *written_share(const budget_reader *self, const bg_budget_terms *terms)
{
    const bg_node *schemes = bg_node_child(self->budget, "schemes");
    const bg_node *own = bg_node_child(bg_node_child(schemes, terms->scheme_name), "outside_share");
    return own ? own : common_table(self);
}

/* What is said of the common table is said once. */
static bool says_so(const budget_reader *self, const bg_budget_terms *terms, const bg_node *table)
{
    return table != common_table(self) || terms->scheme == 0;
}

static bg_status read_written(const budget_reader *self, const bg_node *table,
                              bg_budget_terms *terms)
{
    bg_errors *errors = says_so(self, terms, table) ? self->errors : NULL;
    bg_status status = BG_OK;
    for (size_t i = 0; i < terms->year_count; i++) {
        const bg_node *node = bg_node_in_year(table, terms->year[i].year);
        if (node) {
            terms->year[i].outside_share = bg_sourced_rate(node);
        } else {
            status = bg_errors_say(errors, BG_MISSING, table->mark, table->path,
                                   BG_SAY(outside_share_of_year), terms->year[i].year);
        }
    }
    return status;
}

/* ---- the share of the past ---- */

/* What no past year has is given by demand.lines: cases of the last base year and what is paid for each. */
static bg_status given_payment(const bg_line *line, bg_fen *paid)
{
    const bg_node *cases = bg_node_child(line->node, "cases");
    const bg_node *per_case = bg_node_child(line->node, "paid_per_case");
    *paid = 0;
    return cases && per_case ? bg_money_ratio(per_case->value.fen, cases->value.integer, 1, paid)
                             : BG_OK;
}

static bool is_in_past(const bg_history *history, const bg_line *line)
{
    bool any = false;
    for (size_t y = 0; y < history->year_count; y++) {
        any = any || line->year[y].paid_fen >= 0;
    }
    return any;
}

/* The last past year that gives the scheme's lines; the first one where none does. */
static size_t last_year_of_lines(const bg_history *history, int scheme)
{
    size_t last = 0;
    for (size_t i = 0; i < history->line_count; i++) {
        for (size_t y = last; y < history->year_count && history->line[i].scheme == scheme; y++) {
            last = history->line[i].year[y].paid_fen >= 0 ? y : last;
        }
    }
    return last;
}

/* Payments of the scheme's lines in that year, in the county and outside. */
static bg_status add_up_lines(const bg_history *history, int scheme, bg_fen paid[2],
                              bg_mark *outside)
{
    const size_t last = last_year_of_lines(history, scheme);
    bg_status status = BG_OK;
    for (size_t i = 0; i < history->line_count && status == BG_OK; i++) {
        const bg_line *line = &history->line[i];
        if (line->scheme != scheme) {
            continue;
        }
        bg_fen amount = line->year[last].paid_fen;
        if (!is_in_past(history, line)) {
            status = given_payment(line, &amount);
        }
        if (line->place == BG_PLACE_OUT) {
            *outside = line->node->mark;
        }
        status = status ? status : bg_money_add(paid[line->place], amount, &paid[line->place]);
    }
    return status;
}

static bg_status read_past(const budget_reader *self, bg_budget_terms *terms)
{
    bg_fen paid[2] = {0};
    sourced share = {0};
    bg_fen all = 0;
    bg_status status = add_up_lines(self->history, terms->scheme, paid, &share.mark);
    status = status ? status : bg_money_add(paid[BG_PLACE_IN], paid[BG_PLACE_OUT], &all);
    if (status == BG_OK && all > 0) {
        status = bg_money_ratio(BG_ONE, paid[BG_PLACE_OUT], all, &share.value);
    }
    if (status != BG_OK) {
        return bg_budget_too_large(self, BG_BOTH("sum of the past payments", "历年支付合计"));
    }
    for (size_t i = 0; i < terms->year_count; i++) {
        terms->year[i].outside_share = share;
    }
    return BG_OK;
}

/* ---- all ---- */

static void warn_without_effect(const budget_reader *self, const bg_budget_terms *terms,
                                const bg_node *table)
{
    if (table && says_so(self, terms, table)) {
        bg_errors_advise(self->errors, table->mark, table->path, BG_SAY(outside_share_unused));
    }
}

static bg_status read_share(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *table = written_share(self, terms);
    if (bg_budget_community_pays_outside(self->scenario)) {
        warn_without_effect(self, terms, table);
        return BG_OK;
    }
    return table ? read_written(self, table, terms) : read_past(self, terms);
}

bg_status bg_budget_read_outside(const budget_reader *self, bg_budget_terms *terms)
{
    bg_status status = read_share(self, terms);
    for (size_t i = 0; i < terms->year_count && status == BG_OK; i++) {
        budget_year *year = &terms->year[i];
        status = bg_decimal_times(terms->ratio.value, BG_ONE - year->outside_share.value,
                                  &year->instalment_rate);
    }
    return status;
}
