#include "rules/condition.h"

#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static bg_status out_of_memory(bg_errors *errors)
{
    return bg_errors_add(errors, BG_MEMORY, BG_NOWHERE, NULL,
                         "Out of memory for the conditions of the settlement.");
}

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
        return *value ? BG_OK : out_of_memory(errors);
    }
    return bg_named_input_read(&plain, node->text, node->mark, node->path, value, &given, errors);
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

static bg_status read_bounds(const bg_node *node, bg_named_input *input, bg_condition *self,
                             bg_errors *errors)
{
    if (input->kind == BG_KIND_TEXT) {
        return bg_errors_add(errors, BG_TYPE, node->mark, node->path,
                             "\"%s\" is a text: it can equal a word or one of a list, but has no "
                             "bounds.",
                             input->name);
    }
    bg_range *range = &self->range[self->count++];
    *range = (bg_range){INT64_MIN, INT64_MAX};
    bg_status status = BG_OK;
    for (const bg_node *bound = node->child; bound && !status; bound = bound->next) {
        status = read_bound(bound, input, range, errors);
    }
    if (!status && range->low > range->high) {
        status = bg_errors_add(errors, BG_RANGE, node->mark, node->path,
                               "nothing can lie within these bounds.");
    }
    return status;
}

static bg_status read_condition(const bg_node *node, bg_inputs *inputs, bg_condition *self,
                                bg_errors *errors)
{
    const int found = bg_inputs_index(inputs, node->key);
    if (found < 0) {
        return bg_errors_add(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                             "there is no input \"%s\"; name it under `inputs`.", node->key);
    }
    self->input = (size_t)found;
    bg_named_input *input = &inputs->item[found];
    const size_t count = node->kind == BG_NODE_LIST ? bg_node_count(node) : 1;
    if (count == 0) {
        return bg_errors_add(errors, BG_MISSING, node->mark, node->path,
                             "the list is empty, so that no unit could meet the condition.");
    }
    self->range = calloc(count, sizeof *self->range);
    if (!self->range) {
        return out_of_memory(errors);
    }
    if (node->kind == BG_NODE_MAP) {
        return read_bounds(node, input, self, errors);
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
        return out_of_memory(errors);
    }
    bg_status status = BG_OK;
    for (const bg_node *node = when->child; node; node = node->next) {
        const bg_status next = read_condition(node, inputs, &self->item[self->count++], errors);
        status = status ? status : next;
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
