#include "rules/messages.h"
#include <baogan/performance.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const bg_decimal full_score = 100 * BG_ONE;

__attribute__((format(printf, 5, 7), format(printf, 6, 7))) static bg_status
complain(bg_errors *errors, bg_status status, const bg_node *node, const char *name, const char *zh,
         const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    bg_errors_say_list(errors, status, 0, node->mark, node->path, name, zh, en, arguments);
    va_end(arguments);
    return status;
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

/* Where points begin to rise, and where they are full. */
typedef struct line {
    bg_decimal floor, target;
} line;

static bg_status read_line(const bg_node *indicator, line *self, bg_errors *errors)
{
    const bg_node *floor = bg_node_child(indicator, "floor");
    const bg_node *target = bg_node_child(indicator, "target");
    if (!floor || !target) {
        return complain(errors, BG_MISSING, indicator, BG_SAY(indicator_incomplete));
    }
    if (floor->value.decimal == target->value.decimal) {
        return complain(errors, BG_INVALID, target, BG_SAY(indicator_flat));
    }
    *self = (line){floor->value.decimal, target->value.decimal};
    return BG_OK;
}

static bg_status indicator_points(const bg_node *indicator, bg_decimal *points, bg_errors *errors)
{
    const bg_node *given = bg_node_child(indicator, "points");
    const bg_node *value = bg_node_child(indicator, "value");
    const bg_node *simulated = bg_node_child(indicator, "simulated");
    if (given && value) {
        return complain(errors, BG_INVALID, indicator, BG_SAY(indicator_points_and_value));
    }
    if (given) {
        *points = given->value.decimal;
        return BG_OK;
    }
    if (simulated) {
        return bg_errors_say(errors, BG_MISSING, simulated->mark, simulated->path,
                             BG_SAY(indicator_not_known_before));
    }
    if (!value) {
        return complain(errors, BG_MISSING, indicator, BG_SAY(indicator_incomplete));
    }
    line between = {0};
    const bg_status status = read_line(indicator, &between, errors);
    return status ? status
                  : points_on_line(value->value.decimal, between.floor, between.target, points);
}

static bg_status score_of_year(const bg_node *performance, int year, bg_decimal *score,
                               bg_errors *errors)
{
    const bg_node *table = bg_node_child(performance, "score");
    const bg_node *node = bg_node_in_year(table, year);
    if (!node) {
        return bg_errors_say(errors, BG_MISSING, table->mark, table->path, BG_SAY(score_of_year),
                             year);
    }
    *score = node->value.decimal;
    return BG_OK;
}

static bg_status mean_points(const bg_node *indicators, const bg_decimal *points,
                             const int64_t *weights, size_t n, bg_decimal *score, bg_errors *errors)
{
    const bg_status status = bg_money_mean(points, weights, n, score);
    if (status == BG_RANGE) {
        return complain(errors, BG_RANGE, indicators, BG_SAY(indicator_weights_zero));
    }
    return status ? complain(errors, status, indicators, BG_SAY(indicator_weights_large)) : BG_OK;
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
    return status ? status : mean_points(indicators, points, weights, n, score, errors);
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

void bg_performance_advise(const bg_scenario *scenario, bg_errors *errors)
{
    const bg_node *performance = bg_scenario_find(scenario, "performance");
    const bg_node *score = bg_node_child(performance, "score");
    const size_t indicators = bg_node_count(bg_node_child(performance, "indicators"));
    if (score && score->origin != BG_ORIGIN_DEFAULT && indicators > 0) {
        bg_errors_advise(errors, score->mark, score->path, BG_SAY(score_beside_indicators));
    }
}

/* ---- a score that is simulated ---- */

typedef struct moving {
    size_t place; /* among all indicators */
    const char *name;
    line between;
} moving;

struct bg_performance {
    size_t count, moving_count;
    bg_decimal *points; /* [count], of those that are given */
    int64_t *weight;    /* [count] */
    moving *moving;     /* [moving_count] */
};

/* What a bound of a quantity may be: none is beyond what the quantity can come to. */
static bg_status check_bound(const bg_node *indicator, const char *key, bg_errors *errors)
{
    static const struct {
        const char *quantity;
        int low, high;
    } kinds[] = {{"cases_inside", 0, 100},
                 {"paid_inside", 0, 100},
                 {"cases_primary", 0, 100},
                 {"fund_share", 0, 100},
                 {"cost_growth", -100, 1000}};
    const bg_node *bound = bg_node_child(indicator, key);
    const char *quantity = bg_node_child(indicator, "simulated")->text;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].quantity, quantity) == 0 &&
            (bound->value.decimal < kinds[i].low * BG_ONE ||
             bound->value.decimal > kinds[i].high * BG_ONE)) {
            return bg_errors_say(errors, BG_RANGE, bound->mark, bound->path,
                                 BG_SAY(indicator_bound_impossible), bound->text, quantity,
                                 kinds[i].low, kinds[i].high);
        }
    }
    return BG_OK;
}

static bool below_one(bg_decimal bound)
{
    return bound >= 0 && bound <= BG_ONE;
}

/* 0.8 for 80 %. */
static void warn_fraction(const bg_node *indicator, const line *between, bg_errors *errors)
{
    const bg_node *simulated = bg_node_child(indicator, "simulated");
    const bool share = strcmp(simulated->text, "cost_growth") != 0 &&
                       strcmp(simulated->text, "admissions") != 0 &&
                       strncmp(simulated->text, "patients", strlen("patients")) != 0;
    if (share && below_one(between->floor) && below_one(between->target)) {
        bg_errors_advise(errors, simulated->mark, simulated->path, BG_SAY(indicator_fraction));
    }
}

static bg_status read_moving(const bg_node *indicator, moving *self, bg_errors *errors)
{
    if (bg_node_child(indicator, "points") || bg_node_child(indicator, "value")) {
        return complain(errors, BG_INVALID, indicator, BG_SAY(indicator_simulated_twice));
    }
    if (!bg_node_child(indicator, "floor") || !bg_node_child(indicator, "target")) {
        return complain(errors, BG_MISSING, indicator, BG_SAY(indicator_simulated_incomplete));
    }
    bg_status status = read_line(indicator, &self->between, errors);
    status = status ? status : check_bound(indicator, "floor", errors);
    status = status ? status : check_bound(indicator, "target", errors);
    if (!status) {
        warn_fraction(indicator, &self->between, errors);
    }
    self->name = indicator->key;
    return status;
}

static bool is_simulated(const bg_node *indicator)
{
    return bg_node_child(indicator, "simulated") != NULL;
}

static bg_status read_indicators(bg_performance *self, const bg_node *indicators, bg_errors *errors)
{
    bg_status status = BG_OK;
    size_t place = 0;
    for (const bg_node *each = indicators->child; each; each = each->next, place++) {
        moving *next = &self->moving[self->moving_count];
        self->weight[place] = bg_node_decimal(each, "weight");
        if (!is_simulated(each)) {
            bg_first(&status, indicator_points(each, &self->points[place], errors));
            continue;
        }
        next->place = place;
        self->moving_count++;
        bg_first(&status, read_moving(each, next, errors));
    }
    bg_decimal mean;
    return status ? status
                  : mean_points(indicators, self->points, self->weight, place, &mean, errors);
}

bg_status bg_performance_read(const bg_scenario *scenario, bg_performance **self, bg_errors *errors)
{
    const bg_node *indicators = bg_scenario_find(scenario, "performance.indicators");
    const size_t n = bg_node_count(indicators);
    bool any = false;
    for (const bg_node *each = indicators ? indicators->child : NULL; each; each = each->next) {
        any = any || is_simulated(each);
    }
    *self = NULL;
    if (!any) {
        return BG_OK;
    }
    bg_performance *result = calloc(1, sizeof *result);
    if (result) {
        *result = (bg_performance){.count = n,
                                   .points = calloc(n, sizeof *result->points),
                                   .weight = calloc(n, sizeof *result->weight),
                                   .moving = calloc(n, sizeof *result->moving)};
    }
    const bool room = result && result->points && result->weight && result->moving;
    const bg_status status =
        room ? read_indicators(result, indicators, errors) : bg_no_memory(errors);
    if (status) {
        bg_performance_free(result);
        return status;
    }
    *self = result;
    return BG_OK;
}

void bg_performance_free(bg_performance *self)
{
    if (self) {
        free(self->points);
        free(self->weight);
        free(self->moving);
        free(self);
    }
}

size_t bg_performance_simulated(const bg_performance *self)
{
    return self->moving_count;
}

const char *bg_performance_first_simulated(const bg_performance *self)
{
    return self->moving[0].name;
}

/* Floors and targets lie far within. */
static bg_decimal decimal_of(double value)
{
    const double most = 4e6;
    const double cut = value < -most ? -most : value > most ? most : value;
    const double steps = cut * (double)BG_ONE;
    return (bg_decimal)(steps < 0 ? steps - 0.5 : steps + 0.5);
}

/* `points` has those of the indicators that are given, and gets those of the others. */
static bg_status score_of_future(const bg_performance *self, size_t future,
                                 const double *const *value, bg_decimal *points, bg_decimal *score)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->moving_count && status == BG_OK; i++) {
        const moving *of = &self->moving[i];
        const double came_to = value[i][future];
        points[of->place] = 0;
        if (!isnan(came_to)) {
            status = points_on_line(decimal_of(came_to), of->between.floor, of->between.target,
                                    &points[of->place]);
        }
    }
    return status ? status : bg_money_mean(points, self->weight, self->count, score);
}

bg_status bg_performance_scores(const bg_performance *self, size_t n, const double *const *value,
                                bg_decimal *score)
{
    bg_decimal *points = malloc(self->count * sizeof *points);
    if (!points) {
        return BG_MEMORY;
    }
    memcpy(points, self->points, self->count * sizeof *points);
    bg_status status = BG_OK;
    for (size_t i = 0; i < n && status == BG_OK; i++) {
        status = score_of_future(self, i, value, points, &score[i]);
    }
    free(points);
    return status;
}
