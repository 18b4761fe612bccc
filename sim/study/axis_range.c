/* A key and a range of numbers, as the options of a command name them. */

#include "base/say.h"
#include "contract/plausible.h"
#include "scenario/aliases.h"
#include "scenario/path.h"
#include "study/axis.h"
#include "study/entry.h"
#include "study/messages.h"

#include <math.h>
#include <string.h>

#define STEPS 1e8 /* of a rate or decimal */
#define YUAN  100 /* in which the catalogue counts */

static bool is_money(const bg_parameter *row)
{
    return row->type == BG_TYPE_MONEY || row->type == BG_TYPE_PRICE;
}

static bool is_number(const bg_parameter *row)
{
    return is_money(row) || row->type == BG_TYPE_RATE || row->type == BG_TYPE_DECIMAL ||
           row->type == BG_TYPE_INTEGER;
}

/* A text as the number that it stands for, totals without a suffix in the unit. Ends of whole numbers need not
 * be whole. */
static bg_status read_number(const bg_parameter *row, const char *text, bg_fen unit, double *number)
{
    int64_t value = 0;
    const bg_status status = row->type == BG_TYPE_INTEGER ? bg_decimal_parse(text, false, &value)
                                                          : bg_value_parse(row, text, unit, &value);
    *number = (double)value / (is_money(row) ? 100 : (double)BG_ONE);
    return status;
}

static bg_status check_row(const bg_axis *self, bg_errors *errors)
{
    if (!self->row) {
        char suggestion[256];
        const bool near = bg_aliases_suggest(self->key, suggestion, sizeof suggestion) ||
                          bg_catalogue_suggest(self->key, suggestion, sizeof suggestion);
        return near ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key,
                                    BG_SAY(range_key_like_another), suggestion)
                    : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key,
                                    BG_SAY(range_key_unknown));
    }
    if (!is_number(self->row)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key, BG_SAY(range_of_no_number));
    }
    if (strncmp(self->key, "simulation.", 11) == 0) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key, BG_SAY(range_of_simulation));
    }
    return BG_OK;
}

/* Whether the range stays on its side of a bound of the catalogue; "" is none. */
static bool respects(const bg_axis *self, const char *bound, bool lower)
{
    double limit;
    return !bound[0] || read_number(self->row, bound, YUAN, &limit) ||
           (lower ? self->spread.low >= limit : self->spread.high <= limit);
}

static bg_status check_bounds(const bg_axis *self, bg_errors *errors)
{
    const bg_parameter *row = self->row;
    const bool low_good = respects(self, row->minimum, true);
    if (!low_good || !respects(self, row->maximum, false)) {
        return low_good ? bg_errors_say(errors, BG_RANGE, BG_NOWHERE, self->key,
                                        BG_SAY(range_above_allowed), row->maximum)
                        : bg_errors_say(errors, BG_RANGE, BG_NOWHERE, self->key,
                                        BG_SAY(range_below_allowed), row->minimum);
    }
    if (!respects(self, row->advised_minimum, true) ||
        !respects(self, row->advised_maximum, false)) {
        bg_errors_advise(errors, BG_NOWHERE, self->key, BG_SAY(range_beyond_usual),
                         row->advised_minimum, row->advised_maximum);
    }
    return BG_OK;
}

/* A score is told from a share of 1 by the upper end. */
static void judge_score(const bg_axis *self, const char *high, bg_errors *errors)
{
    bg_decimal score;
    if (strcmp(self->row->unit, "points") == 0 && bg_decimal_parse(high, false, &score) == BG_OK) {
        bg_score_judge(high, score, BG_NOWHERE, self->key, errors);
    }
}

/* Whether the two texts are the ends of a range. */
static bool read_ends(bg_axis *self, const char *low, const char *high, bg_fen unit)
{
    return !read_number(self->row, low, unit, &self->spread.low) &&
           !read_number(self->row, high, unit, &self->spread.high) &&
           self->spread.low < self->spread.high;
}

static void start(bg_axis *self, const char *path)
{
    *self = (bg_axis){.name = path,
                      .key = path,
                      .row = bg_catalogue_find(path),
                      .spread = {.kind = BG_SPREAD_UNIFORM}};
}

static bg_status refuse_range(const bg_axis *self, const char *range, const char *form,
                              bg_errors *errors)
{
    return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key, BG_SAY(range_unreadable), range,
                         form, is_money(self->row) ? "100万:3亿" : "2%:8%");
}

/* Parts of a text between colons, each in a buffer of its own; how many there are, more than PARTS where there are too many or
 * one is too long. */
enum { PARTS = 3 };

static size_t split(const char *text, char part[PARTS][BG_VALUE_TEXT])
{
    size_t count = 0;
    for (const char *from = text; from && count < PARTS; count++) {
        const char *colon = strchr(from, ':');
        const size_t length = colon ? (size_t)(colon - from) : strlen(from);
        if (length >= BG_VALUE_TEXT) {
            return PARTS + 1;
        }
        memcpy(part[count], from, length);
        part[count][length] = '\0';
        from = colon ? colon + 1 : NULL;
        if (count + 1 == PARTS && from) {
            return PARTS + 1;
        }
    }
    return count;
}

/* Between two ends, which are as the catalogue allows. */
static bg_status read_between(bg_axis *self, const char *low, const char *high, const char *range,
                              const char *form, bg_fen unit, bg_errors *errors)
{
    if (!read_ends(self, low, high, unit)) {
        return refuse_range(self, range, form, errors);
    }
    judge_score(self, high, errors);
    return check_bounds(self, errors);
}

bg_status bg_axis_range(const char *path, const char *range, bg_fen unit, bg_axis *self,
                        bg_errors *errors)
{
    char part[PARTS][BG_VALUE_TEXT];
    start(self, path);
    const bg_status status = check_row(self, errors);
    if (status) {
        return status;
    }
    return split(range, part) == 2
               ? read_between(self, part[0], part[1], range, "LO:HI", unit, errors)
               : refuse_range(self, range, "LO:HI", errors);
}

/* A bound of the catalogue; `none` where there is none, or it is beyond all that a key can hold. */
static double bound_of(const bg_parameter *row, const char *text, double none)
{
    double bound;
    return text[0] && !read_number(row, text, YUAN, &bound) ? bound : none;
}

/* The ends are the quantiles; the distribution goes on to what the catalogue allows. */
static bg_status believe_quantiles(bg_axis *self)
{
    bg_spread *spread = &self->spread;
    const double p10 = spread->low, p90 = spread->high;
    const bg_parameter *row = self->row;
    spread->kind = row->type == BG_TYPE_RATE || p10 <= 0 ? BG_SPREAD_NORMAL : BG_SPREAD_LOGNORMAL;
    spread->low = bound_of(row, row->minimum, -INFINITY);
    spread->high = bound_of(row, row->maximum, INFINITY);
    self->tail = 0.1;
    bg_spread_between(spread, p10, p90);
    return bg_spread_prepare(spread) ? BG_RANGE : BG_OK;
}

#define BELIEFS                                                                                    \
    BG_BOTH("LO:HI, or low:most likely:high, or p10=low:p90=high",                                 \
            "“下限:上限”、“下限:众数:上限”或“p10=下限:p90=上限”")

bg_status bg_axis_belief(const char *path, const char *range, bg_fen unit, bg_axis *self,
                         bg_errors *errors)
{
    char part[PARTS][BG_VALUE_TEXT];
    start(self, path);
    bg_status status = check_row(self, errors);
    const size_t parts = status ? 0 : split(range, part);
    if (status) {
        return status;
    }
    if (parts == 2 && strncmp(part[0], "p10=", 4) == 0 && strncmp(part[1], "p90=", 4) == 0) {
        status = read_between(self, part[0] + 4, part[1] + 4, range, BELIEFS, unit, errors);
        return status || believe_quantiles(self) == BG_OK
                   ? status
                   : refuse_range(self, range, BELIEFS, errors);
    }
    if (parts == PARTS && !read_number(self->row, part[1], unit, &self->spread.mode)) {
        status = read_between(self, part[0], part[2], range, BELIEFS, unit, errors);
        self->spread.kind = BG_SPREAD_PERT;
        return status || !bg_spread_prepare(&self->spread)
                   ? status
                   : refuse_range(self, range, BELIEFS, errors);
    }
    return parts == 2 ? read_between(self, part[0], part[1], range, BELIEFS, unit, errors)
                      : refuse_range(self, range, BELIEFS, errors);
}

double bg_axis_end(const bg_axis *self, bool high)
{
    if (self->tail > 0) {
        return bg_spread_at(&self->spread, high ? 1 - self->tail : self->tail);
    }
    return high ? self->spread.high : self->spread.low;
}

/* Whether `key` is `part` or holds it. */
static bool holds(const char *key, const char *part)
{
    const size_t length = strlen(key);
    return strncmp(key, part, length) == 0 && (part[length] == '\0' || strchr("[.", part[length]));
}

static bg_status check_apart(const bg_axis *before, const bg_axis *self, bg_errors *errors)
{
    return holds(before->key, self->key) || holds(self->key, before->key)
               ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, self->key, BG_SAY(range_key_twice),
                               before->key)
               : BG_OK;
}

bg_status bg_axis_ranges(bg_axis_reader *read, size_t count, const char *const *path,
                         const char *const *range, bg_fen unit, bg_axis *axes, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && !status; i++) {
        status = read(path[i], range[i], unit, &axes[i], errors);
        for (size_t j = 0; j < i && !status; j++) {
            status = check_apart(&axes[j], &axes[i], errors);
        }
    }
    return status;
}

bg_status bg_axes_check(size_t count, const bg_axis *axes, const bg_scenario *scenario,
                        bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < count && !status; i++) {
        const char *key = axes[i].key;
        status = bg_study_entry_check(scenario, key, strlen(key), BG_NOWHERE, key, errors);
    }
    return status;
}

bool bg_axis_usual(const char *path, bg_axis *self)
{
    start(self, path);
    return !check_row(self, NULL) && self->row->advised_minimum[0] &&
           self->row->advised_maximum[0] &&
           read_ends(self, self->row->advised_minimum, self->row->advised_maximum, YUAN) &&
           !check_bounds(self, NULL);
}

bool bg_axis_is_turned(const bg_axis *self)
{
    return check_row(self, NULL) == BG_OK;
}

const char *bg_axis_unit(const bg_axis *self)
{
    return is_money(self->row) ? "yuan" : self->row->type == BG_TYPE_RATE ? "rate" : "number";
}

int64_t bg_axis_nearest(const bg_axis *self, double x)
{
    if (is_money(self->row)) {
        return llround(100 * x);
    }
    return self->row->type == BG_TYPE_INTEGER ? llround(x)
                                              : llround(x * STEPS) * (BG_ONE / (int64_t)STEPS);
}

const char *bg_axis_shown(const bg_axis *self, double x, bg_money_scale money,
                          char buffer[BG_VALUE_TEXT])
{
    if (self->row->type == BG_TYPE_MONEY) {
        return bg_amount_exact(money, bg_axis_nearest(self, x), buffer);
    }
    return bg_value_text(self->row, bg_axis_nearest(self, x), buffer);
}
