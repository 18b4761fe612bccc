/* In which months the instalments of a year are paid, and in what proportion: equal ones, by the season, or by
 * shares of their own, four of quarters or twelve of months. */
#include "rules/budget_terms.h"
#include "rules/messages.h"

#include <string.h>

enum { QUARTERS = 4, MONTHS_OF_QUARTER = 3 };

static bg_status read_season(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *list = bg_scenario_find(self->scenario, "demand.season");
    if (bg_node_count(list) != MONTHS) {
        return bg_errors_say(self->errors, BG_INVALID, list->mark, list->path,
                             BG_SAY(factors_not_twelve), bg_node_count(list));
    }
    bool any = false;
    int month = 0;
    for (const bg_node *node = list->child; node; node = node->next) {
        terms->month_weight[month++] = node->value.decimal;
        any = any || node->value.decimal > 0;
    }
    return any ? BG_OK
               : bg_errors_say(self->errors, BG_RANGE, list->mark, list->path,
                               BG_SAY(factors_zero));
}

static bg_status check_shares(const budget_reader *self, const bg_node *list)
{
    const size_t count = bg_node_count(list);
    if (count != QUARTERS && count != MONTHS) {
        return bg_errors_say(self->errors, BG_INVALID, list->mark, list->path,
                             BG_SAY(instalment_shares_count), count);
    }
    bg_decimal sum = 0;
    for (const bg_node *node = list->child; node; node = node->next) {
        sum += node->value.decimal;
    }
    char text[BG_NUMBER_TEXT];
    return sum == BG_ONE ? BG_OK
                         : bg_errors_say(self->errors, BG_RANGE, list->mark, list->path,
                                         BG_SAY(instalment_shares_sum), bg_percent_text(sum, text));
}

static bg_status read_shares(const budget_reader *self, const bg_node *prepayment,
                             const bg_node *list, bg_budget_terms *terms)
{
    const bg_node *months = bg_node_child(prepayment, "months");
    const bg_node *paid_in = bg_node_child(prepayment, "quarter_month");
    const bool by_quarter = bg_node_count(list) == QUARTERS;
    if (months->origin != BG_ORIGIN_DEFAULT) {
        return bg_errors_say(self->errors, BG_INVALID, months->mark, months->path,
                             BG_SAY(instalment_shares_and_months));
    }
    const bg_status status = check_shares(self, list);
    if (status != BG_OK) {
        return status;
    }
    terms->shares = by_quarter ? INSTALMENTS_BY_QUARTER : INSTALMENTS_BY_MONTH;
    int month = by_quarter && paid_in ? (int)paid_in->value.integer - 1 : 0;
    memset(terms->month_weight, 0, sizeof terms->month_weight);
    for (const bg_node *node = list->child; node; node = node->next) {
        terms->month_weight[month] = node->value.decimal;
        month += by_quarter ? MONTHS_OF_QUARTER : 1;
    }
    return BG_OK;
}

static void advise_without_quarters(const budget_reader *self, const bg_budget_terms *terms,
                                    const bg_node *paid_in)
{
    if (paid_in && terms->shares != INSTALMENTS_BY_QUARTER) {
        bg_errors_advise(self->errors, paid_in->mark, paid_in->path, BG_SAY(quarter_month_unused));
    }
}

bg_status bg_budget_read_months(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *prepayment = bg_node_child(self->budget, "prepayment");
    const bg_node *shares = bg_node_child(prepayment, "shares");
    terms->shares = strcmp(bg_node_text(prepayment, "months"), "season") == 0
                        ? INSTALMENTS_BY_SEASON
                        : INSTALMENTS_EQUAL;
    for (int month = 0; month < MONTHS; month++) {
        terms->month_weight[month] = BG_ONE;
    }
    bg_status status = BG_OK;
    if (shares) {
        status = read_shares(self, prepayment, shares, terms);
    } else if (terms->shares == INSTALMENTS_BY_SEASON) {
        status = read_season(self, terms);
    }
    if (status == BG_OK) {
        advise_without_quarters(self, terms, bg_node_child(prepayment, "quarter_month"));
    }
    return status;
}
