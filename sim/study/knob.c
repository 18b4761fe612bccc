#include "study/knob.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define STEPS 1e8 /* of a rate or decimal: 10^-8 each */

static bool is_money(const bg_parameter *row)
{
    return row->type == BG_TYPE_MONEY || row->type == BG_TYPE_PRICE;
}

static bool is_number(const bg_parameter *row)
{
    return is_money(row) || row->type == BG_TYPE_RATE || row->type == BG_TYPE_DECIMAL ||
           row->type == BG_TYPE_INTEGER;
}

/* A text as the number that it stands for. */
static bg_status read_number(const bg_parameter *row, const char *text, double *number)
{
    int64_t value = 0;
    const bg_status status = is_money(row)
                                 ? bg_money_parse(text, 100, &value)
                                 : bg_decimal_parse(text, row->type == BG_TYPE_RATE, &value);
    *number = (double)value / (is_money(row) ? 100 : (double)BG_ONE);
    return status;
}

static bg_status check_row(const bg_knob *self, bg_errors *errors)
{
    if (!self->row) {
        char suggestion[256];
        const bool near = bg_catalogue_suggest(self->path, suggestion, sizeof suggestion);
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, self->path,
                             near ? "this key is not known; did you mean %s?"
                                  : "this key is not known; `baogan params` lists all that are.",
                             suggestion);
    }
    if (!is_number(self->row)) {
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, self->path,
                             "this key is no number and cannot be varied along a range.");
    }
    if (strncmp(self->path, "simulation.", 11) == 0) {
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, self->path,
                             "this says how to simulate; it is the same at every point.");
    }
    return BG_OK;
}

static bg_status check_bound(const bg_knob *self, const char *bound, bool lower, double value,
                             bg_errors *errors)
{
    double limit;
    if (!bound[0] || read_number(self->row, bound, &limit)) {
        return BG_OK;
    }
    if (lower ? value >= limit : value <= limit) {
        return BG_OK;
    }
    return bg_errors_add(errors, BG_RANGE, BG_NOWHERE, self->path,
                         "the range reaches beyond what the key allows: %s%s.",
                         lower ? "at least " : "at most ", bound);
}

static bool is_usual(const bg_knob *self)
{
    double limit;
    const bg_parameter *row = self->row;
    const bool above = !row->advised_minimum[0] || read_number(row, row->advised_minimum, &limit) ||
                       self->from >= limit;
    return above && (!row->advised_maximum[0] || read_number(row, row->advised_maximum, &limit) ||
                     self->to <= limit);
}

bg_status bg_knob_read(const char *path, const char *range, bg_knob *self, bg_errors *errors)
{
    *self = (bg_knob){.path = path, .row = bg_catalogue_find(path)};
    bg_status status = check_row(self, errors);
    if (status) {
        return status;
    }
    const char *colon = strchr(range, ':');
    char low[BG_KNOB_TEXT] = "";
    if (colon && (size_t)(colon - range) < sizeof low) {
        memcpy(low, range, (size_t)(colon - range));
    }
    if (!colon || read_number(self->row, low, &self->from) ||
        read_number(self->row, colon + 1, &self->to) || !(self->from < self->to)) {
        return bg_errors_add(errors, BG_USAGE, BG_NOWHERE, path,
                             "\"%s\" is no range; write the lower and the upper end as %s, for "
                             "example %s.",
                             range, "LO:HI", is_money(self->row) ? "100万:3亿" : "2%:8%");
    }
    status = check_bound(self, self->row->minimum, true, self->from, errors);
    status = status ? status : check_bound(self, self->row->maximum, false, self->to, errors);
    if (!status && !is_usual(self)) {
        bg_errors_warn(errors, BG_NOWHERE, path,
                       "the range reaches beyond what is usual: %s to %s.",
                       self->row->advised_minimum, self->row->advised_maximum);
    }
    return status;
}

const char *bg_knob_unit(const bg_knob *self)
{
    return is_money(self->row) ? "yuan" : self->row->type == BG_TYPE_RATE ? "rate" : "number";
}

const char *bg_knob_text(const bg_knob *self, double x, char buffer[BG_KNOB_TEXT])
{
    char number[BG_NUMBER_TEXT];
    if (is_money(self->row)) {
        snprintf(buffer, BG_KNOB_TEXT, "%s", bg_money_text((bg_fen)llround(100 * x), number));
    } else if (self->row->type == BG_TYPE_INTEGER) {
        snprintf(buffer, BG_KNOB_TEXT, "%lld", llround(x));
    } else {
        const bg_decimal value = (bg_decimal)llround(x * STEPS) * (BG_ONE / (bg_decimal)STEPS);
        snprintf(buffer, BG_KNOB_TEXT, "%s",
                 self->row->type == BG_TYPE_RATE ? bg_percent_text(value, number)
                                                 : bg_decimal_text(value, number));
    }
    return buffer;
}

char *bg_knob_override(const bg_knob *self, double x)
{
    char text[BG_KNOB_TEXT];
    const char *unit = self->row->type == BG_TYPE_MONEY ? "元" : "";
    return bg_text_format("%s=%s%s", self->path, bg_knob_text(self, x, text), unit);
}
