/* Types rules for rates, and the conditions of a step. */

#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <string.h>

/* A map that is being typed. */
typedef struct map {
    const bg_typing *typing;
    const bg_parameter *row;
    const char *row_path;
    const bg_raw *raw;
    bg_node *node;
    bg_node **end;
    bool sound;
} map;

static bg_node *new_node(const bg_typing *self, const bg_parameter *row, const char *path,
                         const char *key, const bg_raw *raw)
{
    bg_node *node = bg_arena_get(self->arena, sizeof *node);
    if (node) {
        *node = (bg_node){.key = key,
                          .path = path,
                          .parameter = row,
                          .kind = raw->kind,
                          .origin = self->origin,
                          .money_unit = self->money_unit,
                          .mark = raw->mark};
    }
    return node;
}

static map open_map(const bg_typing *self, const bg_parameter *row, const char *path,
                    const char *row_path, const char *key, const bg_raw *raw)
{
    map made = {.typing = self, .row = row, .row_path = row_path, .raw = raw};
    made.node = new_node(self, row, path, key, raw);
    made.end = made.node ? &made.node->child : NULL;
    made.sound = made.node != NULL;
    return made;
}

static void link_child(map *self, bg_node *child)
{
    if (child) {
        *self->end = child;
        self->end = &child->next;
    } else {
        self->sound = false;
    }
}

__attribute__((format(printf, 4, 6), format(printf, 5, 6))) static bg_node *
refuse(map *self, const bg_raw *at, const char *name, const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    bg_errors_say_list(self->typing->errors, BG_TYPE, 0, at->key ? at->key_mark : at->mark,
                       self->node ? self->node->path : NULL, name, zh, en, arguments);
    va_end(arguments);
    self->sound = false;
    return NULL;
}

static bool raw_has(const bg_raw *table, const char *key)
{
    const bg_raw *raw = table->child;
    while (raw && strcmp(raw->key, key) != 0) {
        raw = raw->next;
    }
    return raw != NULL;
}

static bool has(const map *self, const char *key)
{
    return raw_has(self->raw, key);
}

static void set_row(bg_node *node, const bg_parameter *row)
{
    node->parameter = row;
    for (bg_node *child = node->child; child; child = child->next) {
        set_row(child, row);
    }
}

/* Types `raw` in a shape that is not the row's own. */
static bg_node *type_shaped(const bg_typing *self, const bg_parameter *row, bg_shape shape,
                            const char *path, const char *row_path, const char *key,
                            const bg_raw *raw)
{
    bg_parameter shaped = *row;
    shaped.shape = shape;
    bg_node *node = bg_type_node(self, &shaped, path, row_path, key, raw);
    if (node) {
        set_row(node, row);
    }
    return node;
}

/* The same for a child of the map. */
static bg_node *type_as(const map *self, const bg_parameter *row, bg_shape shape, const bg_raw *raw)
{
    if (bg_raw_is_null(raw)) {
        bg_errors_say(self->typing->errors, BG_TYPE, raw->mark, self->node->path,
                      BG_SAY(null_inside_rule));
        return NULL;
    }
    const char *path = bg_tree_path(self->typing->arena, self->node->path, raw->key, true);
    return path ? type_shaped(self->typing, row, shape, path, self->row_path, raw->key, raw) : NULL;
}

/* ---- rules ---- */

static const char rule_forms[] = BG_BOTH(
    "a rate, {2025: …, later: …}, {by_score: {90: …, 0: …}}, {score: {at_0: …, at_100: …}} or "
    "{input: NAME}",
    "比例、{2025: …, later: …}、{by_score: {90: …, 0: …}}、{score: {at_0: …, at_100: …}} 或 "
    "{input: NAME}");

#define OWN_ROW(kind, low, high)                                                                   \
    {                                                                                              \
        .path = "", .type = (kind), .shape = BG_SHAPE_ONE, .unit = "", .choices = "",              \
        .minimum = (low), .maximum = (high), .advised_minimum = "", .advised_maximum = "",         \
        .standard = "", .shorthand = "", .source = "", .en = "", .zh = ""                          \
    }
static const bg_parameter input_row = OWN_ROW(BG_TYPE_NAME, "", "");
static const bg_parameter times_row = OWN_ROW(BG_TYPE_RATE, "0", "1000000");
/* Points that are added to a rate, or taken off it. */
static const bg_parameter points_row = OWN_ROW(BG_TYPE_RATE, "-100%", "100%");
static const bg_parameter points_times_row = OWN_ROW(BG_TYPE_RATE, "-1000000", "1000000");

/* The ends of the straight line: at_0 and at_100. */
static bg_node *type_line(const map *rule, const bg_raw *raw)
{
    const char *path = bg_tree_path(rule->typing->arena, rule->node->path, raw->key, true);
    if (!path) {
        return NULL;
    }
    map line = open_map(rule->typing, rule->row, path, rule->row_path, raw->key, raw);
    if (raw->kind != BG_NODE_MAP || !has(&line, "at_0") || !has(&line, "at_100")) {
        return refuse(&line, raw, BG_SAY(rule_line));
    }
    for (const bg_raw *end = raw->child; end && line.sound; end = end->next) {
        if (strcmp(end->key, "at_0") != 0 && strcmp(end->key, "at_100") != 0) {
            return refuse(&line, end, BG_SAY(rule_line));
        }
        link_child(&line, type_as(&line, rule->row, BG_SHAPE_ONE, end));
    }
    return line.sound ? line.node : NULL;
}

static bg_node *type_tiers(const map *rule, const bg_raw *raw)
{
    return type_as(rule, rule->row, BG_SHAPE_TIERS, raw);
}

static bg_node *type_input(const map *rule, const bg_raw *raw)
{
    return type_as(rule, &input_row, BG_SHAPE_ONE, raw);
}

static bool is_points(const map *rule)
{
    return rule->row == &points_row;
}

static bg_node *type_times(const map *rule, const bg_raw *raw)
{
    return type_as(rule, is_points(rule) ? &points_times_row : &times_row, BG_SHAPE_ONE, raw);
}

static bg_node *type_rate(const map *rule, const bg_raw *raw)
{
    return type_as(rule, rule->row, BG_SHAPE_ONE, raw);
}

/* A rule within a rule: the rate that points are added to, or the points. */
static bg_node *type_inner(const map *rule, const bg_parameter *row, const bg_raw *raw)
{
    if (raw->kind == BG_NODE_MAP && raw_has(raw, "plus")) {
        bg_errors_say(rule->typing->errors, BG_TYPE, raw->mark, rule->node->path,
                      BG_SAY(rule_plus_twice));
        return NULL;
    }
    const char *path = bg_tree_path(rule->typing->arena, rule->node->path, raw->key, true);
    return path ? bg_type_rule(rule->typing, row, path, rule->row_path, raw->key, raw) : NULL;
}

static bg_node *type_moved(const map *rule, const bg_raw *raw)
{
    return type_inner(rule, rule->row, raw);
}

static bg_node *type_points(const map *rule, const bg_raw *raw)
{
    return type_inner(rule, &points_row, raw);
}

/* Shares of institutions may differ by the sign of what is divided. */
static bool has_sides(const map *self)
{
    return self->row->shape == BG_SHAPE_SHARES && (has(self, "gain") || has(self, "loss"));
}

static bg_node *type_side(const map *rule, const bg_raw *raw)
{
    if (raw->kind == BG_NODE_MAP && (raw_has(raw, "gain") || raw_has(raw, "loss"))) {
        bg_errors_say(rule->typing->errors, BG_TYPE, raw->mark, rule->node->path,
                      BG_SAY(rule_sides_twice));
        return NULL;
    }
    const char *path = bg_tree_path(rule->typing->arena, rule->node->path, raw->key, true);
    return path ? bg_type_rule(rule->typing, rule->row, path, rule->row_path, raw->key, raw) : NULL;
}

/* {gain: …, loss: …}, both and nothing else. */
static bg_node *type_sides(map *self)
{
    for (const bg_raw *raw = self->raw->child; raw && self->sound; raw = raw->next) {
        if (strcmp(raw->key, "gain") != 0 && strcmp(raw->key, "loss") != 0) {
            return refuse(self, raw, BG_SAY(rule_sides));
        }
        link_child(self, type_side(self, raw));
    }
    if (self->sound && !(has(self, "gain") && has(self, "loss"))) {
        return refuse(self, self->raw, BG_SAY(rule_sides));
    }
    return self->sound ? self->node : NULL;
}

static const struct {
    const char *key;
    bg_node *(*type)(const map *rule, const bg_raw *raw);
} rule_keys[] = {{"by_score", type_tiers}, {"score", type_line}, {"input", type_input},
                 {"times", type_times},    {"floor", type_rate}, {"ceiling", type_rate},
                 {"rate", type_moved},     {"plus", type_points}};

/* What may stand together: one of the three forms, or a rate with points; `times` with an input; bounds
 * with a line, an input or points. */
static bool check_form(map *self)
{
    const bool moved = has(self, "plus");
    const int forms =
        has(self, "by_score") + has(self, "score") + has(self, "input") + has(self, "rate");
    const bool bounded = (has(self, "floor") || has(self, "ceiling")) && !moved;
    if (has(self, "rate") && !moved) {
        refuse(self, self->raw, BG_SAY(rule_rate_without_plus));
    } else if (forms != 1) {
        refuse(self, self->raw, BG_SAY(rule_forms));
    } else if (has(self, "times") && !has(self, "input")) {
        refuse(self, self->raw, BG_SAY(rule_times_without_input));
    } else if (bounded && has(self, "by_score")) {
        refuse(self, self->raw, BG_SAY(rule_tiers_bounded));
    }
    return self->sound;
}

static bool check_bounds(map *self)
{
    const bg_node *floor = bg_node_child(self->node, "floor");
    const bg_node *ceiling = bg_node_child(self->node, "ceiling");
    if (floor && ceiling && floor->value.decimal > ceiling->value.decimal) {
        refuse(self, self->raw, BG_SAY(rule_floor_above_ceiling));
    }
    return self->sound;
}

static void type_rule_key(map *self, const bg_raw *raw)
{
    const size_t count = sizeof rule_keys / sizeof rule_keys[0];
    size_t k = 0;
    while (k < count && strcmp(rule_keys[k].key, raw->key) != 0) {
        k++;
    }
    if (k < count) {
        link_child(self, rule_keys[k].type(self, raw));
        return;
    }
    char shown[BG_EXCERPT];
    bg_errors_say(self->typing->errors, BG_UNKNOWN_KEY, raw->key_mark, self->node->path,
                  BG_SAY(rule_key_not_allowed), bg_excerpt(raw->key, shown), rule_forms);
    self->sound = false;
}

/* A table by year says so by its first key. */
static bool is_year_key(const char *key)
{
    int64_t year;
    return strcmp(key, "later") == 0 || strcmp(key, "other") == 0 || bg_year_read(key, &year);
}

static bg_node *type_rule_map(map *self)
{
    if (has_sides(self)) {
        return type_sides(self);
    }
    for (const bg_raw *raw = self->raw->child; raw; raw = raw->next) {
        type_rule_key(self, raw);
    }
    return self->sound && check_form(self) && check_bounds(self) ? self->node : NULL;
}

/* The word that stands for no rate at all, such as "none". */
static bool is_word_of(const bg_parameter *row, const bg_raw *raw)
{
    return raw->kind == BG_NODE_VALUE && raw->text && row->choices[0] &&
           strcmp(raw->text, row->choices) == 0;
}

/* Where the word stands within a table, which can hold rates only; NULL if nowhere. */
static const bg_raw *find_word(const bg_parameter *row, const bg_raw *table)
{
    for (const bg_raw *raw = table->child; raw; raw = raw->next) {
        const bg_raw *found = is_word_of(row, raw) ? raw : find_word(row, raw);
        if (found) {
            return found;
        }
    }
    return NULL;
}

bg_node *bg_type_rule(const bg_typing *self, const bg_parameter *row, const char *path,
                      const char *row_path, const char *key, const bg_raw *raw)
{
    map made = open_map(self, row, path, row_path, key, raw);
    if (!made.sound) {
        return NULL;
    }
    if (is_word_of(row, raw)) {
        made.node->text = raw->text;
        return made.node;
    }
    const bg_raw *word = find_word(row, raw);
    if (word) {
        bg_errors_say(self->errors, BG_TYPE, word->mark, path, BG_SAY(rule_word_in_table),
                      word->text);
        return NULL;
    }
    if (raw->kind == BG_NODE_MAP && raw->child && !is_year_key(raw->child->key)) {
        return type_rule_map(&made);
    }
    const bg_shape shape = raw->kind == BG_NODE_MAP ? BG_SHAPE_BY_YEAR : BG_SHAPE_ONE;
    return type_shaped(self, row, shape, path, row_path, key, raw);
}

/* ---- conditions ---- */

/* A value, or a bound that another input sets: {input: NAME, times: …, plus: …}. */
static bg_node *type_bound(const map *bounds, const bg_raw *raw)
{
    const bg_shape shape = raw->kind == BG_NODE_MAP ? BG_SHAPE_NAMED : BG_SHAPE_ONE;
    return type_as(bounds, bounds->row, shape, raw);
}

static bg_node *type_bounds(const map *conditions, bg_node *node, const bg_raw *raw)
{
    map bounds = {.typing = conditions->typing,
                  .row = conditions->row,
                  .row_path = conditions->row_path,
                  .raw = raw,
                  .node = node,
                  .end = &node->child,
                  .sound = true};
    for (const bg_raw *bound = raw->child; bound && bounds.sound; bound = bound->next) {
        static const char *const keys[] = {"from", "to", "above", "below"};
        size_t k = 0;
        while (k < 4 && strcmp(keys[k], bound->key) != 0) {
            k++;
        }
        if (k == 4) {
            return refuse(&bounds, bound, BG_SAY(condition_form));
        }
        link_child(&bounds, type_bound(&bounds, bound));
    }
    return bounds.sound && node->child ? node : refuse(&bounds, raw, BG_SAY(condition_form));
}

static bg_node *type_condition(const map *self, const bg_raw *raw)
{
    if (raw->kind == BG_NODE_VALUE) {
        return raw->text ? type_as(self, self->row, BG_SHAPE_ONE, raw) : NULL;
    }
    if (raw->kind == BG_NODE_LIST) {
        return type_as(self, self->row, BG_SHAPE_LIST, raw);
    }
    const char *path = bg_tree_path(self->typing->arena, self->node->path, raw->key, true);
    bg_node *node = path ? new_node(self->typing, self->row, path, raw->key, raw) : NULL;
    return node ? type_bounds(self, node, raw) : NULL;
}

bg_node *bg_type_conditions(const bg_typing *self, const bg_parameter *row, const char *path,
                            const char *row_path, const char *key, const bg_raw *raw)
{
    map made = open_map(self, row, path, row_path, key, raw);
    if (!made.sound || raw->kind != BG_NODE_MAP || !raw->child) {
        return made.sound ? refuse(&made, raw, BG_SAY(conditions_form)) : NULL;
    }
    for (const bg_raw *condition = raw->child; condition; condition = condition->next) {
        const bool empty = condition->kind == BG_NODE_VALUE && !condition->text;
        if (!bg_name_valid(condition->key) || empty) {
            return refuse(&made, condition, BG_SAY(conditions_form));
        }
        link_child(&made, type_condition(&made, condition));
    }
    return made.sound ? made.node : NULL;
}
