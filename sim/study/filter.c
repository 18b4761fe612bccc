#include "study/filter.h"

#include "base/text.h"
#include "study/messages.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *sign; /* longer ones first */
    int wanted;
} signs[] = {{"<=", 3}, {">=", 6}, {"==", 2}, {"!=", 5}, {"<", 1}, {">", 4}, {"=", 2}};

/* A text without the spaces around it. */
static const char *trimmed(const char *text, size_t *length)
{
    while (*length > 0 && *text == ' ') {
        text++;
        --*length;
    }
    while (*length > 0 && text[*length - 1] == ' ') {
        --*length;
    }
    return text;
}

static bool find_axis(const bg_design *design, const char *text, size_t length, size_t *axis)
{
    text = trimmed(text, &length);
    for (*axis = 0; *axis < design->axis_count; ++*axis) {
        const char *name = design->axis[*axis].name;
        if (strlen(name) == length && memcmp(name, text, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool comparable(const bg_axis *a, const bg_axis *b)
{
    const bg_type money[] = {BG_TYPE_MONEY, BG_TYPE_PRICE};
    const bg_type number[] = {BG_TYPE_DECIMAL, BG_TYPE_RATE};
    const bg_type whole[] = {BG_TYPE_INTEGER, BG_TYPE_YEAR};
    const bg_type *const kinds[] = {money, number, whole};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const bg_type *kind = kinds[i];
        if ((a->row->type == kind[0] || a->row->type == kind[1]) &&
            (b->row->type == kind[0] || b->row->type == kind[1])) {
            return true;
        }
    }
    return a->row == b->row;
}

static bg_status read_right(const bg_scenario *scenario, const bg_design *design,
                            const bg_node *node, const char *right, bg_filter *self,
                            bg_errors *errors)
{
    const bg_axis *axis = &design->axis[self->axis];
    size_t length = strlen(right);
    right = trimmed(right, &length);
    self->with_axis = find_axis(design, right, length, &self->other);
    if (self->with_axis) {
        return comparable(axis, &design->axis[self->other])
                   ? BG_OK
                   : bg_errors_say(errors, BG_TYPE, node->mark, node->path,
                                   BG_SAY(filter_kinds_differ));
    }
    char *text = bg_text_format("%.*s", (int)length, right);
    bg_status status =
        text ? bg_axis_value(axis, scenario, text, node->mark, node->path, &self->value, errors)
             : BG_MEMORY;
    free(text);
    return status;
}

bg_status bg_filter_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_filter *self, bg_errors *errors)
{
    const char *sign = strpbrk(node->text, "<>=!");
    const size_t count = sizeof signs / sizeof *signs;
    size_t i = 0;
    while (sign && i < count && strncmp(sign, signs[i].sign, strlen(signs[i].sign)) != 0) {
        i++;
    }
    *self = (bg_filter){0};
    if (!sign || i == count ||
        !find_axis(design, node->text, (size_t)(sign - node->text), &self->axis)) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(filter_form));
    }
    self->sign_wanted = signs[i].wanted;
    return read_right(scenario, design, node, sign + strlen(signs[i].sign), self, errors);
}

bool bg_filter_keeps(const bg_filter *self, const int64_t value[])
{
    const int64_t left = value[self->axis];
    const int64_t right = self->with_axis ? value[self->other] : self->value;
    const int sign = left < right ? 1 : left == right ? 2 : 4;
    return (self->sign_wanted & sign) != 0;
}
