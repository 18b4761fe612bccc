#include "study/axis.h"

#include "contract/plausible.h"
#include "scenario/aliases.h"
#include "scenario/path.h"
#include "study/messages.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Drawn rates and numbers are rounded to nine decimals, so that their texts stay short. */
#define DRAWN_STEP INT64_C(1000)

/* What is being read. */
typedef struct reader {
    const bg_scenario *scenario;
    bg_axis *axis;
    bg_errors *errors;
} reader;

__attribute__((format(printf, 4, 6), format(printf, 5, 6))) static bg_status
refuse(const reader *self, const bg_node *at, const char *name, const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    bg_errors_say_list(self->errors, BG_INVALID, 0, at->mark, at->path, name, zh, en, arguments);
    va_end(arguments);
    return BG_INVALID;
}

/* ---- the key ---- */

static bool can_vary(const bg_parameter *row)
{
    static const char *const fixed[] = {"schema", "money_unit", "sweep", "expected", "published"};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        const size_t length = strlen(fixed[i]);
        if (strncmp(row->path, fixed[i], length) == 0 && strchr(".[", row->path[length])) {
            return false; /* also finds the final zero byte */
        }
    }
    return row->type != BG_TYPE_NONE && row->type != BG_TYPE_TEXT && row->type != BG_TYPE_NAME;
}

static bg_status refuse_key(const reader *self, const bg_node *key)
{
    char suggestion[256], shown[BG_EXCERPT];
    const bool near = bg_aliases_suggest(key->text, suggestion, sizeof suggestion) ||
                      bg_catalogue_suggest(key->text, suggestion, sizeof suggestion);
    bg_excerpt(key->text, shown);
    return near ? bg_errors_say(self->errors, BG_UNKNOWN_KEY, key->mark, key->path,
                                BG_SAY(axis_key_like_another), shown, suggestion)
                : bg_errors_say(self->errors, BG_UNKNOWN_KEY, key->mark, key->path,
                                BG_SAY(axis_key_unknown), shown);
}

static bg_status read_key(const reader *self)
{
    bg_axis *axis = self->axis;
    const bg_node *key = bg_node_child(axis->node, "key");
    if (!key) {
        return refuse(self, axis->node, BG_SAY(axis_without_key));
    }
    const bg_node *found = bg_scenario_find(self->scenario, key->text);
    axis->key = key->text;
    axis->row = found ? found->parameter : bg_catalogue_find(key->text);
    if (!axis->row) {
        return refuse_key(self, key);
    }
    const bg_shape shape = axis->row->shape;
    if (found && found->kind != BG_NODE_VALUE && shape != BG_SHAPE_BY_YEAR &&
        shape != BG_SHAPE_RULE && axis->row->type != BG_TYPE_NONE) {
        return refuse(self, key, BG_SAY(axis_of_table));
    }
    if (!can_vary(axis->row)) {
        return refuse(self, key, BG_SAY(axis_of_fixed_key));
    }
    return BG_OK;
}

/* ---- values ---- */

bg_status bg_axis_value(const bg_axis *self, const bg_scenario *scenario, const char *text,
                        bg_mark mark, const char *path, int64_t *value, bg_errors *errors)
{
    return bg_value_read(self->row, text, bg_scenario_money_unit(scenario), mark, path, value,
                         errors);
}

static bg_status read_value(const reader *self, const bg_node *node, int64_t *value)
{
    return bg_axis_value(self->axis, self->scenario, node->text, node->mark, node->path, value,
                         self->errors);
}

static bg_status make_levels(const reader *self, size_t count)
{
    self->axis->level = calloc(count, sizeof *self->axis->level);
    self->axis->level_count = count;
    return self->axis->level ? BG_OK : bg_no_memory(self->errors);
}

static bg_status read_list(const reader *self, const bg_node *values)
{
    const size_t count = bg_node_count(values);
    if (count == 0) {
        return refuse(self, values, BG_SAY(axis_values_empty));
    }
    bg_status status = make_levels(self, count);
    size_t i = 0;
    for (const bg_node *node = values->child; node && self->axis->level; node = node->next, i++) {
        bg_status one = read_value(self, node, &self->axis->level[i]);
        bg_first(&status, one);
        for (size_t j = 0; j < i && one == BG_OK; j++) {
            if (self->axis->level[j] == self->axis->level[i]) {
                status = refuse(self, node, BG_SAY(axis_value_twice));
                break;
            }
        }
    }
    return status;
}

static bool is_number(bg_type type)
{
    return type != BG_TYPE_CHOICE && type != BG_TYPE_BOOL;
}

static bool is_whole(bg_type type)
{
    return type == BG_TYPE_INTEGER || type == BG_TYPE_YEAR || type == BG_TYPE_MONTH;
}

/* The k-th of n equally spaced levels, exact. */
static bg_status read_steps(const reader *self, const bg_node *steps, int64_t low, int64_t high)
{
    const int64_t last = steps->value.integer - 1;
    int64_t width = 0;
    bg_status status = make_levels(self, (size_t)last + 1);
    if (status == BG_OK && bg_money_subtract(high, low, &width) != BG_OK) {
        status = refuse(self, steps, BG_SAY(axis_range_too_wide));
    }
    for (int64_t k = 0; k <= last && status == BG_OK; k++) {
        int64_t rise = 0;
        status = bg_money_ratio(width, k, last, &rise);
        self->axis->level[k] = low + rise;
        if (status == BG_OK && k > 0 && self->axis->level[k] == self->axis->level[k - 1]) {
            status = refuse(self, steps, BG_SAY(axis_steps_too_many));
        }
    }
    return status;
}

/* Units of the row in one of what a spread counts: yuan, one, … */
static double scale(bg_type type)
{
    switch (type) {
    case BG_TYPE_MONEY:
    case BG_TYPE_PRICE:
        return 100;
    case BG_TYPE_DECIMAL:
    case BG_TYPE_RATE:
        return (double)BG_ONE;
    default:
        return 1;
    }
}

/* An end of the range: as given, else as the catalogue has it, else infinite. */
static bg_status read_end(const reader *self, const char *key, const char *bound, double absent,
                          int64_t *value, double *end)
{
    const bg_node *node = bg_node_child(self->axis->node, key);
    const double units = scale(self->axis->row->type);
    bg_status status = BG_OK;
    if (node) {
        status = read_value(self, node, value);
    } else if (!bound[0]) {
        *end = absent;
        return BG_OK;
    } else {
        status = bg_value_parse(self->axis->row, bound, 100, value);
    }
    *end = (double)*value / units;
    return status;
}

/* A parameter of the distribution, which need not lie in the range of the key. */
static bg_status read_parameter(const reader *self, const char *key, double *parameter)
{
    const bg_node *node = bg_node_child(self->axis->node, key);
    int64_t value = 0;
    if (!node) {
        return refuse(self, bg_node_child(self->axis->node, "distribution"),
                      BG_SAY(distribution_needs), key);
    }
    if (bg_value_parse(self->axis->row, node->text, bg_scenario_money_unit(self->scenario),
                       &value) != BG_OK) {
        return refuse(self, node, BG_SAY(axis_parameter_of_other_kind));
    }
    *parameter = (double)value / scale(self->axis->row->type);
    return BG_OK;
}

/* By p10 and p90, or by mean and sd. */
static bg_status read_moments(const reader *self)
{
    bg_spread *spread = &self->axis->spread;
    const bool by_quantiles =
        bg_node_child(self->axis->node, "p10") || bg_node_child(self->axis->node, "p90");
    double first = 0, second = 0;
    bg_status status = read_parameter(self, by_quantiles ? "p10" : "mean", &first);
    bg_status other = read_parameter(self, by_quantiles ? "p90" : "sd", &second);
    bg_first(&status, other);
    if (!by_quantiles) {
        spread->mean = first;
        spread->sd = second;
        return status;
    }
    const bool logs = spread->kind == BG_SPREAD_LOGNORMAL;
    if (!status && (spread->kind == BG_SPREAD_BETA || first >= second || (logs && first <= 0))) {
        return refuse(self, bg_node_child(self->axis->node, "p10"), BG_SAY(quantiles_refused));
    }
    if (!status) {
        bg_spread_between(spread, first, second);
    }
    return status;
}

static bg_status read_parameters(const reader *self)
{
    bg_spread *spread = &self->axis->spread;
    switch (spread->kind) {
    case BG_SPREAD_NORMAL:
    case BG_SPREAD_LOGNORMAL:
    case BG_SPREAD_BETA:
        return read_moments(self);
    case BG_SPREAD_TRIANGULAR:
    case BG_SPREAD_PERT:
        return read_parameter(self, "mode", &spread->mode);
    default:
        return BG_OK;
    }
}

static bg_status read_range(const reader *self)
{
    bg_axis *axis = self->axis;
    const bg_node *steps = bg_node_child(axis->node, "steps");
    const bg_node *given = bg_node_child(axis->node, "distribution");
    axis->spread.kind = (bg_spread_kind)bg_node_integer(axis->node, "distribution");
    const bool uniform = axis->spread.kind == BG_SPREAD_UNIFORM;
    int64_t low = 0, high = 0;
    if (!is_number(axis->row->type)) {
        return refuse(self, axis->node, BG_SAY(axis_without_range));
    }
    if (uniform && !(bg_node_child(axis->node, "from") && bg_node_child(axis->node, "to"))) {
        return refuse(self, axis->node, BG_SAY(axis_without_values));
    }
    bg_status status =
        read_end(self, "from", axis->row->minimum, -INFINITY, &low, &axis->spread.low);
    bg_status other = read_end(self, "to", axis->row->maximum, INFINITY, &high, &axis->spread.high);
    bg_first(&status, other);
    status = status ? status : read_parameters(self);
    const char *wrong = status == BG_OK ? bg_spread_prepare(&axis->spread) : NULL;
    axis->tail = axis->spread.kind == BG_SPREAD_NORMAL || axis->spread.kind == BG_SPREAD_LOGNORMAL
                     ? 0.1 /* where its ends may be infinite */
                     : 0;
    if (wrong) {
        return refuse(self, uniform ? axis->node : given, BG_SAY(distribution_refused), wrong);
    }
    if (status == BG_OK && steps) {
        return uniform ? read_steps(self, steps, low, high)
                       : refuse(self, steps, BG_SAY(axis_steps_of_distribution));
    }
    return status;
}

static bg_status read_values(const reader *self)
{
    static const char *const others[] = {"from", "to", "steps", "mean", "sd", "p10", "p90", "mode"};
    const bg_node *values = bg_node_child(self->axis->node, "values");
    if (!values) {
        return read_range(self);
    }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const bg_node *other = bg_node_child(self->axis->node, others[i]);
        if (other) {
            return refuse(self, other, BG_SAY(axis_values_and_range));
        }
    }
    return read_list(self, values);
}

/* ---- scores ---- */

static bool is_score(const bg_parameter *row)
{
    return row->type == BG_TYPE_DECIMAL && strcmp(row->unit, "points") == 0;
}

/* A score is told from a share of 1 by the highest of its values. */
static void judge_scores(const reader *self)
{
    const bg_axis *axis = self->axis;
    const bg_node *values = bg_node_child(axis->node, "values");
    const bg_node *highest = values ? values->child : bg_node_child(axis->node, "to");
    int64_t score = 0;
    for (const bg_node *node = highest; node; node = values ? node->next : NULL) {
        int64_t value = 0;
        if (bg_value_parse(axis->row, node->text, 100, &value) == BG_OK && value > score) {
            highest = node;
            score = value;
        }
    }
    if (highest) {
        bg_score_judge(highest->text, score, highest->mark, highest->path, self->errors);
    }
}

/* ---- the whole ---- */

bg_status bg_axis_read(const bg_scenario *scenario, const bg_node *node, bool values_from_list,
                       bg_axis *self, bg_errors *errors)
{
    *self =
        (bg_axis){.name = node->key, .node = node, .of_policy = bg_node_integer(node, "role") == 1};
    const reader read = {scenario, self, errors};
    bg_status status = read_key(&read);
    const bool listed = values_from_list && !self->of_policy;
    if (status == BG_OK && listed &&
        (bg_node_child(node, "values") || bg_node_child(node, "from"))) {
        status = refuse(&read, node, BG_SAY(axis_values_from_file));
    } else if (status == BG_OK && !listed) {
        status = read_values(&read);
    }
    if (status == BG_OK && is_score(self->row)) {
        judge_scores(&read);
    }
    if (status == BG_OK && self->of_policy && !self->level) {
        status = refuse(&read, node, BG_SAY(axis_policy_without_levels));
    }
    return status;
}

void bg_axis_free(bg_axis *self)
{
    free(self->level);
    self->level = NULL;
}

int64_t bg_axis_at(const bg_axis *self, double u)
{
    if (self->level) {
        const size_t i = (size_t)(u * (double)self->level_count);
        return self->level[i < self->level_count ? i : self->level_count - 1];
    }
    const bg_type type = self->row->type;
    bg_spread spread = self->spread;
    if (is_whole(type) && spread.kind == BG_SPREAD_UNIFORM) {
        spread.high += 1; /* every whole number has the same share */
        const double value = floor(bg_spread_at(&spread, u));
        return (int64_t)(value > self->spread.high ? self->spread.high : value);
    }
    const double value = bg_spread_at(&spread, u);
    if (scale(type) == (double)BG_ONE) {
        return llround(value * 1e9) * DRAWN_STEP;
    }
    return llround(value * scale(type));
}

const char *bg_axis_text(const bg_axis *self, int64_t value, char buffer[BG_VALUE_TEXT])
{
    if (self->row->type == BG_TYPE_RATE) {
        char number[BG_NUMBER_TEXT];
        snprintf(buffer, BG_VALUE_TEXT, "%s", bg_decimal_text(value, number));
        return buffer;
    }
    return bg_value_text(self->row, value, buffer);
}
