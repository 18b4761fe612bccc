#include "study/score.h"

#include <string.h>

static void add_bound(bg_decimal bound, bg_score_bounds *bounds)
{
    size_t at = 0;
    while (at < bounds->count && bounds->bound[at] > bound) {
        at++;
    }
    const bool known = at < bounds->count && bounds->bound[at] == bound;
    if (bound <= 0 || known || bounds->count == BG_MAX_SCORE_BOUNDS) {
        return;
    }
    memmove(&bounds->bound[at + 1], &bounds->bound[at],
            (bounds->count - at) * sizeof *bounds->bound);
    bounds->bound[at] = bound;
    bounds->count++;
}

/* Of every year, where they are given by year. */
static void add_tiers(const bg_node *tiers, bg_score_bounds *bounds)
{
    const bool by_year = bg_node_holds_years(tiers);
    for (const bg_node *tier = tiers->child; tier; tier = tier->next) {
        if (by_year) {
            add_tiers(tier, bounds);
        } else {
            add_bound(tier->limit, bounds);
        }
    }
}

static void add_condition(const bg_node *when, bg_score_bounds *bounds)
{
    static const char *const keys[] = {"from", "below"};
    const bg_node *score = bg_node_child(when, "score");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const bg_node *node = bg_node_child(score, keys[i]);
        bg_decimal bound;
        if (node && node->kind == BG_NODE_VALUE &&
            bg_decimal_parse(node->text, false, &bound) == BG_OK) {
            add_bound(bound, bounds);
        }
    }
}

/* All below the node. */
static void add_all(const bg_node *node, bool with_tiers, bg_score_bounds *bounds)
{
    for (const bg_node *child = node ? node->child : NULL; child; child = child->next) {
        if (with_tiers && child->key && strcmp(child->key, "by_score") == 0) {
            add_tiers(child, bounds);
        } else if (child->key && strcmp(child->key, "when") == 0) {
            add_condition(child, bounds);
        } else {
            add_all(child, with_tiers, bounds);
        }
    }
}

bg_score_bounds bg_score_bounds_of(const bg_scenario *scenario)
{
    bg_score_bounds bounds = {0};
    add_all(bg_scenario_find(scenario, "settlement"), true, &bounds);
    return bounds;
}

bg_score_bounds bg_score_gates_of(const bg_scenario *scenario)
{
    bg_score_bounds bounds = {0};
    add_all(bg_scenario_find(scenario, "settlement"), false, &bounds);
    return bounds;
}

/* How many futures have a score below each of the edges, which rise. */
static bg_status count_below(const bg_projection *projection, size_t year, const bg_decimal *bounds,
                             size_t count, size_t *below)
{
    const bg_decimal hundredth = BG_ONE / 100;
    const size_t score = bg_projection_outcome_count(projection) - 1;
    bg_fen edges[2];
    for (size_t i = 0; i < count; i++) {
        edges[i] = (bounds[i] + hundredth - 1) / hundredth;
    }
    return bg_projection_below(projection, 0, year, score, edges, count, below);
}

bg_status bg_score_chance(const bg_projection *projection, size_t year, bg_decimal bound,
                          bg_probability *chance)
{
    const size_t n = bg_projection_replications(projection);
    size_t below = 0;
    const bg_status status = count_below(projection, year, &bound, 1, &below);
    *chance = bg_probability_compute(n - below, n);
    return status;
}

bg_status bg_score_near(const bg_projection *projection, size_t year, bg_decimal bound,
                        bg_probability *chance)
{
    const bg_decimal far = BG_SCORE_NEAR * BG_ONE;
    const bg_decimal bounds[2] = {bound - far, bound + far};
    size_t below[2] = {0};
    const bg_status status = count_below(projection, year, bounds, 2, below);
    *chance = bg_probability_compute(below[1] - below[0], bg_projection_replications(projection));
    return status;
}
