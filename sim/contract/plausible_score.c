/* Scores count from 0 to 100: what is above 0 and below 1 was likely meant as a share. */
#include "contract/plausible.h"

#include "contract/messages.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void bg_score_judge(const char *written, bg_decimal score, bg_mark mark, const char *path,
                    bg_errors *errors)
{
    char hint[BG_PLAUSIBLE_TEXT] = "";
    if (score <= 0) {
        return;
    }
    if (score <= BG_ONE) {
        char meant[BG_NUMBER_TEXT];
        bg_decimal_text(100 * score, meant);
        snprintf(hint, sizeof hint, BG_BOTH(" Did you mean %s?", "是否指 %s？"), meant, meant);
    }
    bg_plausible_judge(BG_PLAUSIBLE_score,
                       &(bg_measured){.what = written,
                                      .value = (double)score / (double)BG_ONE,
                                      .beside = "",
                                      .hint = hint,
                                      .mark = mark,
                                      .path = path},
                       errors);
}

static void judge(const bg_node *node, const char *written, bg_decimal score, bg_errors *errors)
{
    bg_score_judge(written, score, node->mark, node->path, errors);
}

/* The bounds of tiers. One of 1 may be meant among others that are none of a share. */
static void judge_tiers(const bg_node *tiers, bg_errors *errors)
{
    const bg_node *highest = tiers->child;
    for (const bg_node *year = highest; year && bg_node_holds_years(tiers); year = year->next) {
        judge_tiers(year, errors);
    }
    if (highest && highest->key && !bg_node_holds_years(tiers)) {
        judge(highest, highest->key, highest->limit, errors);
    }
}

/* The values of a condition on the score: one, a list, or bounds. */
static void judge_condition(const bg_node *condition, bg_errors *errors)
{
    bg_decimal score;
    if (condition->text && bg_decimal_parse(condition->text, false, &score) == BG_OK) {
        judge(condition, condition->text, score, errors);
    }
    for (const bg_node *child = condition->child; child; child = child->next) {
        judge_condition(child, errors);
    }
}

static bool is_score(const bg_node *node)
{
    const bg_parameter *row = node->parameter;
    return row && row->type == BG_TYPE_DECIMAL && strcmp(row->unit, "points") == 0 &&
           node->kind == BG_NODE_VALUE && node->text;
}

static bool is_tiers(const bg_node *node)
{
    return node->kind == BG_NODE_MAP && node->key && strcmp(node->key, "by_score") == 0;
}

static bool is_condition(const bg_node *node)
{
    return node->parameter && node->parameter->shape == BG_SHAPE_CONDITIONS && node->key &&
           strcmp(node->key, "score") == 0;
}

/* ---- indicators ---- */

/* A share of 1 for one of 100, or the other way round, where that is in the order of the ends; else 0. */
static double meant_value(double value, double low, double high)
{
    static const double factors[] = {100, 0.01};
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        const double meant = value * factors[i];
        if (2 * meant >= low && meant <= 2 * high) {
            return meant;
        }
    }
    return 0;
}

/* Points rise between floor and target: a value far below or above both was likely meant in another unit. */
static void judge_indicator(const bg_node *indicator, bg_errors *errors)
{
    const bg_node *given = bg_node_child(indicator, "value");
    const bg_node *floor = bg_node_child(indicator, "floor");
    const bg_node *target = bg_node_child(indicator, "target");
    if (!given || !floor || !target || given->value.decimal <= 0 || floor->value.decimal <= 0 ||
        target->value.decimal <= 0) {
        return;
    }
    const double value = (double)given->value.decimal, one = (double)BG_ONE;
    const double ends[] = {(double)floor->value.decimal, (double)target->value.decimal};
    const double low = fmin(ends[0], ends[1]), high = fmax(ends[0], ends[1]);
    const double end = value < low ? low : value > high ? high : value; /* the nearer one */
    char hint[BG_PLAUSIBLE_TEXT] = "", beside[128];
    const double meant = meant_value(value, low, high);
    if (meant > 0) {
        char number[32];
        bg_plausible_number(meant / one, number);
        snprintf(hint, sizeof hint, BG_BOTH(" Did you mean %s?", "是否指 %s？"), number, number);
    }
    snprintf(beside, sizeof beside,
             BG_BOTH(" (points rise from %s to %s)", "（%s得零分，%s得满分）"), floor->text,
             target->text, floor->text, target->text);
    bg_plausible_judge(BG_PLAUSIBLE_indicator,
                       &(bg_measured){.what = indicator->key,
                                      .value = value / one,
                                      .scale = end / one,
                                      .beside = beside,
                                      .hint = hint,
                                      .mark = given->mark,
                                      .path = given->path},
                       errors);
}

static void judge_indicators(const bg_scenario *scenario, bg_errors *errors)
{
    const bg_node *indicators = bg_scenario_find(scenario, "performance.indicators");
    for (const bg_node *each = indicators ? indicators->child : NULL; each; each = each->next) {
        judge_indicator(each, errors);
    }
}

/* ---- all ---- */

static void walk(const bg_node *node, bg_errors *errors)
{
    if (is_score(node)) {
        judge(node, node->text, node->value.decimal, errors);
    } else if (is_tiers(node)) {
        judge_tiers(node, errors);
    } else if (is_condition(node)) {
        judge_condition(node, errors);
        return;
    }
    for (const bg_node *child = node->child; child; child = child->next) {
        walk(child, errors);
    }
}

void bg_scores_judge(const bg_scenario *scenario, bg_errors *errors)
{
    walk(bg_scenario_root(scenario), errors);
    judge_indicators(scenario, errors);
}
