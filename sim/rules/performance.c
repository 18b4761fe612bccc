#include <baogan/performance.h>

#include <stdlib.h>

static const bg_decimal full_score = 100 * BG_ONE;

static bg_status complain(bg_errors *errors, bg_status status, const bg_node *node,
                          const char *sentence)
{
    return bg_errors_add(errors, status, node->mark, node->path, "%s", sentence);
}

/* Points on the straight line from floor (0) to target (100), cut at both ends. */
static bg_status points_on_line(bg_decimal value, bg_decimal floor, bg_decimal target,
                                bg_decimal *points)
{
    /* Where less is better both differences change their sign. */
    bg_decimal reached = target > floor ? value - floor : floor - value;
    bg_decimal needed = target > floor ? target - floor : floor - target;
    if (reached <= 0 || reached >= needed) {
        *points = reached <= 0 ? 0 : full_score;
        return BG_OK;
    }
    return bg_money_ratio(full_score, reached, needed, points);
}

static bg_status indicator_points(const bg_node *indicator, bg_decimal *points, bg_errors *errors)
{
    const bg_node *given = bg_node_child(indicator, "points");
    const bg_node *value = bg_node_child(indicator, "value");
    if (given && value) {
        return complain(errors, BG_INVALID, indicator,
                        "The indicator has points and a value; give one of them.");
    }
    if (given) {
        *points = given->value.decimal;
        return BG_OK;
    }
    const bg_node *floor = bg_node_child(indicator, "floor");
    const bg_node *target = bg_node_child(indicator, "target");
    if (!value || !floor || !target) {
        return complain(errors, BG_MISSING, indicator,
                        "The indicator needs either points, or value, floor and target.");
    }
    if (floor->value.decimal == target->value.decimal) {
        return complain(errors, BG_INVALID, target,
                        "The target equals the floor; points rise between two different values.");
    }
    return points_on_line(value->value.decimal, floor->value.decimal, target->value.decimal,
                          points);
}

static bg_status score_of_year(const bg_node *performance, int year, bg_decimal *score,
                               bg_errors *errors)
{
    const bg_node *table = bg_node_child(performance, "score");
    const bg_node *node = bg_node_in_year(table, year);
    if (!node) {
        return bg_errors_add(errors, BG_MISSING, table->mark, table->path,
                             "There is no score for %d; add the year or later.", year);
    }
    *score = node->value.decimal;
    return BG_OK;
}

/* Indicators' points carry an error below half of 10^-12, and so does their mean: a mean that is a
 * round number, such as the bound of a tier, comes out exactly. */
static bg_status weighted_score(const bg_node *indicators, bg_decimal *points, int64_t *weights,
                                bg_decimal *score, bg_errors *errors)
{
    size_t n = 0;
    bg_status status = BG_OK;
    for (const bg_node *each = indicators->child; each; each = each->next, n++) {
        bg_status one = indicator_points(each, &points[n], errors);
        weights[n] = bg_node_decimal(each, "weight");
        bg_first(&status, one);
    }
    if (status) {
        return status;
    }
    status = bg_money_mean(points, weights, n, score);
    if (status == BG_RANGE) {
        return complain(errors, BG_RANGE, indicators,
                        "All weights are zero; at least one indicator must count.");
    }
    return status ? complain(errors, status, indicators, "The weights are too large.") : BG_OK;
}

bg_status bg_performance_score(const bg_scenario *scenario, int year, bg_decimal *score,
                               bg_errors *errors)
{
    const bg_node *performance = bg_scenario_find(scenario, "performance");
    const bg_node *indicators = bg_node_child(performance, "indicators");
    size_t n = bg_node_count(indicators);
    if (n == 0) {
        return score_of_year(performance, year, score, errors);
    }
    bg_decimal *points = calloc(n, sizeof *points);
    int64_t *weights = calloc(n, sizeof *weights);
    bg_status status = points && weights
                           ? weighted_score(indicators, points, weights, score, errors)
                           : bg_no_memory(errors);
    free(points);
    free(weights);
    return status;
}
