#include "settlement/condition.h"

#include "settlement/messages.h"
#include "settlement/steps.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* A value as the input holds it, whatever a table may write. */
static bg_status read_value(const bg_node *node, bg_named_input *input, int64_t *value,
                            bg_errors *errors)
{
    bg_named_input plain = *input;
    plain.values = NULL;
    plain.empty = NULL;
    plain.sign = BG_SIGN_KEPT;
    plain.scale = BG_ONE;
    bool given;
    if (input->kind == BG_KIND_TEXT && !input->closed) {
        *value = bg_named_input_word(input, node->text);
        return *value ? BG_OK : bg_no_memory(errors);
    }
    return bg_named_input_read_node(&plain, node, value, &given, errors);
}

static bg_status read_equal(const bg_node *node, bg_named_input *input, bg_condition *self,
                            bg_errors *errors)
{
    bg_range *range = &self->range[self->count++];
    bg_status status = read_value(node, input, &range->low, errors);
    range->high = range->low;
    return status;
}

static bg_status read_bound(const bg_node *node, bg_named_input *input, bg_range *range,
                            bg_errors *errors)
{
    int64_t value = 0;
    bg_status status = read_value(node, input, &value, errors);
    const bool low = strcmp(node->key, "from") == 0 || strcmp(node->key, "above") == 0;
    const bool beyond = strcmp(node->key, "above") == 0 || strcmp(node->key, "below") == 0;
    const bool last = value == (low ? INT64_MAX : INT64_MIN);
    if (low) {
        const int64_t from = value + (beyond && !last ? 1 : 0);
        range->low = from > range->low ? from : range->low;
    } else {
        const int64_t to = value - (beyond && !last ? 1 : 0);
        range->high = to < range->high ? to : range->high;
    }
    return status;
}

/* Amounts compare with amounts only, rates with numbers as well. */
static bool comparable(const bg_named_input *a, const bg_named_input *b)
{
    const bool money = a->kind == BG_KIND_MONEY || b->kind == BG_KIND_MONEY;
    return a->kind == b->kind || (!money && b->kind != BG_KIND_TEXT);
}

static bg_status read_factor(const bg_node *node, bg_decimal *times, bg_errors *errors)
{
    *times = BG_ONE;
    if (!node || bg_decimal_parse(node->text, true, times) == BG_OK) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_TYPE, node->mark, node->path, BG_SAY(bound_factor_unreadable),
                         node->text);
}

static bg_status check_keys(const bg_node *node, bg_errors *errors)
{
    for (const bg_node *key = node->child; key; key = key->next) {
        if (strcmp(key->key, "input") != 0 && strcmp(key->key, "times") != 0 &&
            strcmp(key->key, "plus") != 0) {
            return bg_errors_say(errors, BG_UNKNOWN_KEY, key->mark, key->path,
                                 BG_SAY(bound_key_unknown), key->key);
        }
    }
    return BG_OK;
}

/* A bound that another input sets. */
static bg_status read_relation(const bg_node *node, bg_inputs *inputs, bg_condition *self,
                               bg_errors *errors)
{
    bg_named_input *input = &inputs->item[self->input];
    bg_relation *relation = &self->relation[self->relation_count++];
    relation->least = strcmp(node->key, "from") == 0 || strcmp(node->key, "above") == 0;
    relation->strict = strcmp(node->key, "above") == 0 || strcmp(node->key, "below") == 0;
    const bg_node *name = bg_node_child(node, "input");
    const bg_node *plus = bg_node_child(node, "plus");
    bg_status status = check_keys(node, errors);
    const int other = name ? bg_inputs_index(inputs, name->text) : -1;
    if (!status && (other < 0 || !comparable(input, &inputs->item[other]))) {
        status = bg_errors_say(errors, name ? BG_INVALID : BG_MISSING, node->mark, node->path,
                               BG_SAY(bound_input_unknown), bg_input_kind_word(input->kind),
                               bg_inputs_list(inputs, input->kind, (char[BG_INPUT_LIST]){0}));
    }
    if (status) {
        return status;
    }
    relation->other = (size_t)other;
    status = read_factor(bg_node_child(node, "times"), &relation->times, errors);
    return status || !plus ? status : read_value(plus, input, &relation->plus, errors);
}

static bg_status read_bounds(const bg_node *node, bg_inputs *inputs, bg_condition *self,
                             bg_errors *errors)
{
    bg_named_input *input = &inputs->item[self->input];
    if (input->kind == BG_KIND_TEXT) {
        return bg_errors_say(errors, BG_TYPE, node->mark, node->path, BG_SAY(text_has_no_bounds),
                             input->name);
    }
    bg_range *range = &self->range[self->count++];
    *range = (bg_range){INT64_MIN, INT64_MAX};
    bg_status status = BG_OK;
    for (const bg_node *bound = node->child; bound && !status; bound = bound->next) {
        status = bound->kind == BG_NODE_MAP ? read_relation(bound, inputs, self, errors)
                                            : read_bound(bound, input, range, errors);
    }
    if (!status && range->low > range->high) {
        status = bg_errors_say(errors, BG_RANGE, node->mark, node->path, BG_SAY(bounds_empty));
    }
    return status;
}

static bg_status read_condition(const bg_node *node, bg_inputs *inputs, bg_condition *self,
                                bg_errors *errors)
{
    const int found = bg_inputs_index(inputs, node->key);
    if (found < 0) {
        return bg_errors_say(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                             BG_SAY(condition_input_unknown), node->key);
    }
    self->input = (size_t)found;
    bg_named_input *input = &inputs->item[found];
    const size_t count = node->kind == BG_NODE_LIST ? bg_node_count(node) : 1;
    if (count == 0) {
        return bg_errors_say(errors, BG_MISSING, node->mark, node->path,
                             BG_SAY(condition_list_empty));
    }
    self->range = calloc(count, sizeof *self->range);
    if (!self->range) {
        return bg_no_memory(errors);
    }
    if (node->kind == BG_NODE_MAP) {
        return read_bounds(node, inputs, self, errors);
    }
    if (node->kind == BG_NODE_VALUE) {
        return read_equal(node, input, self, errors);
    }
    bg_status status = BG_OK;
    for (const bg_node *item = node->child; item && !status; item = item->next) {
        status = read_equal(item, input, self, errors);
    }
    return status;
}

bg_status bg_conditions_read(const bg_node *when, bg_inputs *inputs, bg_conditions *self,
                             bg_errors *errors)
{
    *self = (bg_conditions){0};
    const size_t count = bg_node_count(when);
    if (count == 0) {
        return BG_OK;
    }
    self->item = calloc(count, sizeof *self->item);
    if (!self->item) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (const bg_node *node = when->child; node; node = node->next) {
        const bg_status next = read_condition(node, inputs, &self->item[self->count++], errors);
        bg_first(&status, next);
    }
    return status;
}

void bg_conditions_free(bg_conditions *self)
{
    for (size_t c = 0; c < self->count; c++) {
        free(self->item[c].range);
    }
    free(self->item);
    *self = (bg_conditions){0};
}

/* ---- at work ---- */

static bool holds(const bg_condition *self, int64_t value)
{
    for (size_t r = 0; r < self->count; r++) {
        if (value >= self->range[r].low && value <= self->range[r].high) {
            return true;
        }
    }
    return false;
}

static bool relates(const bg_relation *self, int64_t value, int64_t other)
{
    const bg_wide difference =
        ((bg_wide)value - self->plus) * BG_ONE - (bg_wide)self->times * other;
    return self->least ? difference >= self->strict : -difference >= self->strict;
}

/* mask[u] = 0 where the relation does not hold, or the other input is absent. */
static void relate(const bg_condition *self, const bg_relation *relation, int64_t *const *input,
                   int64_t *const *given, int64_t *mask, size_t n)
{
    const int64_t *value = input[self->input];
    const int64_t *other = input[relation->other];
    const int64_t *known = given[relation->other];
    for (size_t u = 0; u < n; u++) {
        mask[u] = relates(relation, value[u], other[u]) && (!known || known[u]) ? mask[u] : 0;
    }
}

bool bg_conditions_select(const bg_conditions *self, int64_t *const *input, int64_t *const *given,
                          int64_t *mask, size_t n)
{
    int64_t any = 0;
    for (size_t u = 0; u < n; u++) {
        mask[u] = -1;
    }
    for (size_t c = 0; c < self->count; c++) {
        const bg_condition *condition = &self->item[c];
        const int64_t *value = input[condition->input];
        const int64_t *known = given[condition->input];
        for (size_t u = 0; u < n; u++) {
            mask[u] = holds(condition, value[u]) && (!known || known[u]) ? mask[u] : 0;
        }
        for (size_t r = 0; r < condition->relation_count; r++) {
            relate(condition, &condition->relation[r], input, given, mask, n);
        }
    }
    for (size_t u = 0; u < n; u++) {
        any |= mask[u];
    }
    return any != 0;
}

static bool disjoint(const bg_condition *a, const bg_condition *b)
{
    for (size_t r = 0; r < a->count; r++) {
        for (size_t s = 0; s < b->count; s++) {
            if (a->range[r].low <= b->range[s].high && b->range[s].low <= a->range[r].high) {
                return false;
            }
        }
    }
    return true;
}

bool bg_conditions_exclude(const bg_conditions *a, const bg_conditions *b)
{
    for (size_t i = 0; i < a->count; i++) {
        for (size_t j = 0; j < b->count; j++) {
            if (a->item[i].input == b->item[j].input && disjoint(&a->item[i], &b->item[j])) {
                return true;
            }
        }
    }
    return false;
}
