/* Scores count from 0 to 100: what is above 0 and below 1 was likely meant as a share. */
#include "contract/plausible.h"

#include "contract/messages.h"

#include <stdio.h>
#include <string.h>

static void judge(const bg_node *node, const char *written, int64_t score, bg_errors *errors)
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
                                      .mark = node->mark,
                                      .path = node->path},
                       errors);
}

/* The bounds of tiers. One of 1 may be meant among others that are none of a share. */
static void judge_tiers(const bg_node *tiers, bg_errors *errors)
{
    const bg_node *highest = tiers->child;
    if (highest && highest->key) {
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
}
