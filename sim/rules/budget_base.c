/* The base of the first year: past expenses completed, trended and averaged. */
#include "rules/budget_terms.h"
#include "rules/messages.h"

#include <stdlib.h>

/* Weights are aligned with the last base year; without a list all count alike. */
static bg_status read_weights(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_node *list = bg_node_child(bg_node_child(self->budget, "base"), "weights");
    for (size_t i = 0; i < terms->base_count; i++) {
        terms->base_year[i].weight = list ? 0 : BG_ONE;
    }
    for (size_t i = 0; i < ROLLING_YEARS; i++) {
        terms->rolling_weight[i] = list ? 0 : BG_ONE;
    }
    if (!list) {
        return BG_OK;
    }
    terms->weights = bg_sourced_from(list, 0);
    size_t count = bg_node_count(list);
    if (count > terms->base_count) {
        return bg_errors_say(self->errors, BG_INVALID, list->mark, list->path,
                             BG_SAY(weights_too_many), count, terms->base_count);
    }
    bool any = false;
    size_t left = count; /* weights from here to the end of the list */
    for (const bg_node *node = list->child; node; node = node->next, left--) {
        bg_decimal weight = node->value.decimal;
        terms->base_year[terms->base_count - left].weight = weight;
        if (left <= ROLLING_YEARS) {
            terms->rolling_weight[ROLLING_YEARS - left] = weight;
        }
        any = any || weight > 0;
    }
    if (!any) {
        return bg_errors_say(self->errors, BG_RANGE, list->mark, list->path, BG_SAY(weights_zero));
    }
    return BG_OK;
}

static int trend_years_of(int64_t choice, int year, int last_base_year, int first_year)
{
    enum { NONE, LAST_BASE_YEAR, BUDGET_YEAR };
    switch (choice) {
    case LAST_BASE_YEAR:
        return last_base_year - year;
    case BUDGET_YEAR:
        return first_year - year;
    default:
        return 0;
    }
}

/* What does not depend on the scheme: weights, completion, trend. */
bg_status bg_budget_read_base_rules(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_history *history = self->history;
    const bg_node *base = bg_node_child(self->budget, "base");
    const bg_node *completion = bg_node_child(base, "completion");
    int64_t choice = bg_node_integer(base, "trend_years");
    int last = history->year[history->year_count - 1];
    terms->trend = bg_sourced_rate(bg_node_child(base, "trend"));
    terms->base_count = history->year_count;
    for (size_t i = 0; i < history->year_count; i++) {
        base_year *year = &terms->base_year[i];
        year->year = history->year[i];
        year->trend_years = trend_years_of(choice, year->year, last, terms->first_year);
        const bg_node *node = bg_node_in_year(completion, year->year);
        year->completion = node ? bg_sourced_rate(node) : (sourced){0};
        year->completion.value = history->completion[i];
    }
    return read_weights(self, terms);
}

static bg_status carry_to_trend(base_year *year, bg_decimal trend)
{
    bg_status status = year->completed < 0 ? BG_OVERFLOW : BG_OK;
    year->trended = year->completed;
    for (int i = 0; i < year->trend_years && !status; i++) {
        status = bg_money_times(year->trended, BG_ONE + trend, &year->trended);
    }
    return status;
}

static bg_mark history_mark(const budget_reader *self, int year)
{
    const bg_node *history = bg_scenario_find(self->scenario, "history");
    for (const bg_node *node = history ? history->child : NULL; node; node = node->next) {
        if (node->key && strtol(node->key, NULL, 10) == year) {
            return node->mark;
        }
    }
    return BG_NOWHERE;
}

bg_status bg_budget_read_base(const budget_reader *self, bg_budget_terms *terms)
{
    const bg_scheme *scheme = &self->history->scheme[terms->scheme];
    bg_fen trended[BG_MAX_HISTORY_YEARS];
    bg_decimal weights[BG_MAX_HISTORY_YEARS];
    bg_status status = BG_OK;
    for (size_t i = 0; i < terms->base_count && !status; i++) {
        base_year *year = &terms->base_year[i];
        year->recorded.value = scheme->paid_fen[i];
        year->recorded.mark = history_mark(self, year->year);
        year->completed = scheme->completed_fen[i];
        status = carry_to_trend(year, terms->trend.value);
        trended[i] = year->trended;
        weights[i] = year->weight;
    }
    if (!status) {
        status = bg_money_mean(trended, weights, terms->base_count, &terms->base);
    }
    return status ? bg_budget_too_large(self, BG_BOTH("base of the budget", "预算基数")) : BG_OK;
}

/* ---- what its age means ---- */

static double power(double factor, int exponent)
{
    double result = 1;
    for (; exponent > 0; exponent--) {
        result *= factor;
    }
    return result;
}

void bg_budget_lag(const bg_budget_terms *self, double trend, double *years, double *needed)
{
    const double one = (double)BG_ONE;
    double own_trend = (double)self->trend.value / one;
    double weights = 0;
    double ages = 0;
    double level = 0; /* of the base, where expense in the budget year is 1 */
    for (size_t i = 0; i < self->base_count; i++) {
        const base_year *year = &self->base_year[i];
        double weight = (double)year->weight;
        int age = self->first_year - year->year;
        weights += weight;
        ages += weight * (age - year->trend_years);
        level += weight * power(1 + own_trend, year->trend_years) / power(1 + trend, age);
    }
    *years = ages / weights;
    *needed = weights / level - 1;
}
