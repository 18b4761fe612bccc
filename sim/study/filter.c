#include "study/filter.h"

#include "base/columns.h"
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

/* What is being read. */
typedef struct reader {
    const bg_scenario *scenario;
    const bg_design *design;
    const bg_node *node;
    bg_filter *filter;
    bg_errors *errors;
} reader;

/* A part of the filter's text. */
typedef struct part {
    const char *text;
    size_t length;
} part;

static bg_status refuse_form(const reader *self)
{
    return bg_errors_say(self->errors, BG_INVALID, self->node->mark, self->node->path,
                         BG_SAY(filter_form));
}

static const bg_axis *axis_of(const reader *self, size_t term)
{
    return &self->design->axis[self->filter->term[term].axis];
}

/* A value is of the kind of the first axis. */
static bg_status add_value(const reader *self, part from, int sign)
{
    size_t length = from.length;
    const char *trim = trimmed(from.text, &length);
    char *text = bg_text_format("%.*s", (int)length, trim);
    int64_t value = 0;
    bg_status status = text
                           ? bg_axis_value(axis_of(self, 0), self->scenario, text, self->node->mark,
                                           self->node->path, &value, self->errors)
                           : bg_no_memory(self->errors);
    free(text);
    bg_filter *filter = self->filter;
    return status ? status
                  : bg_money_subtract(filter->value, sign < 0 ? -value : value, &filter->value);
}

static bg_status add_term(const reader *self, part from, int sign)
{
    bg_filter *filter = self->filter;
    size_t axis;
    if (!find_axis(self->design, from.text, from.length, &axis)) {
        return filter->terms && !filter->of_ratio ? add_value(self, from, sign) : refuse_form(self);
    }
    if (filter->terms == BG_FILTER_TERMS) {
        return refuse_form(self);
    }
    filter->term[filter->terms].axis = axis;
    filter->term[filter->terms++].sign = sign;
    return comparable(axis_of(self, 0), axis_of(self, filter->terms - 1))
               ? BG_OK
               : bg_errors_say(self->errors, BG_TYPE, self->node->mark, self->node->path,
                               BG_SAY(filter_kinds_differ));
}

/* Where one of the signs stands between spaces; the end where none does. */
static size_t next_sign(part side, const char *of, size_t from)
{
    for (size_t i = from; i + 2 < side.length; i++) {
        if (side.text[i] == ' ' && strchr(of, side.text[i + 1]) && side.text[i + 2] == ' ') {
            return i + 1;
        }
    }
    return side.length;
}

/* Terms with + and - between them. */
static bg_status add_sum(const reader *self, part side, int sign)
{
    bg_status status = BG_OK;
    int of_term = sign;
    for (size_t from = 0; from <= side.length && !status;) {
        const size_t to = next_sign(side, "+-", from);
        status = add_term(self, (part){side.text + from, to - from}, of_term);
        of_term = to < side.length && side.text[to] == '-' ? -sign : sign;
        from = to + 1;
    }
    return status;
}

/* Of two axes, and a plain number. */
static bg_status read_ratio(const reader *self, part left, size_t sign, const char *right)
{
    bg_filter *filter = self->filter;
    filter->of_ratio = true;
    size_t length = strlen(right);
    const char *trim = trimmed(right, &length);
    bg_status status = add_term(self, (part){left.text, sign}, 1);
    status =
        status ? status : add_term(self, (part){left.text + sign + 1, left.length - sign - 1}, 1);
    char *text = bg_text_format("%.*s", (int)length, trim);
    if (!status && !text) {
        status = bg_no_memory(self->errors);
    } else if (!status &&
               (filter->terms != 2 || bg_decimal_parse(text, false, &filter->value) != BG_OK)) {
        status = refuse_form(self);
    }
    free(text);
    return status;
}

bg_status bg_filter_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_filter *self, bg_errors *errors)
{
    const char *sign = strpbrk(node->text, "<>=!");
    const size_t count = sizeof signs / sizeof *signs;
    const reader read = {scenario, design, node, self, errors};
    size_t i = 0;
    while (sign && i < count && strncmp(sign, signs[i].sign, strlen(signs[i].sign)) != 0) {
        i++;
    }
    *self = (bg_filter){0};
    if (!sign || i == count) {
        return refuse_form(&read);
    }
    self->sign_wanted = signs[i].wanted;
    const part left = {node->text, (size_t)(sign - node->text)};
    const char *right = sign + strlen(signs[i].sign);
    const size_t over = next_sign(left, "/", 0);
    if (over < left.length) {
        return read_ratio(&read, left, over, right);
    }
    const bg_status status = add_sum(&read, left, 1);
    return status ? status : add_sum(&read, (part){right, strlen(right)}, -1);
}

/* The first over the second against the value: both sides times what the second is. */
static bool keeps_ratio(const bg_filter *self, const int64_t value[])
{
    const bg_wide over = value[self->term[1].axis];
    const bg_wide left = (bg_wide)value[self->term[0].axis] * BG_ONE * (over < 0 ? -1 : 1);
    const bg_wide right = self->value * (over < 0 ? -over : over);
    const int sign = left < right ? 1 : left == right ? 2 : 4;
    return over != 0 && (self->sign_wanted & sign) != 0;
}

bool bg_filter_keeps(const bg_filter *self, const int64_t value[])
{
    if (self->of_ratio) {
        return keeps_ratio(self, value);
    }
    bg_wide left = 0;
    for (size_t i = 0; i < self->terms; i++) {
        left += (bg_wide)self->term[i].sign * value[self->term[i].axis];
    }
    const int sign = left < self->value ? 1 : left == self->value ? 2 : 4;
    return (self->sign_wanted & sign) != 0;
}
