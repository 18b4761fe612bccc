/* An axis of a study: a key of the catalogue and the values that it takes. */
#ifndef BAOGAN_STUDY_AXIS
#define BAOGAN_STUDY_AXIS

#include "format/amount.h"
#include "scenario/value.h"
#include "study/spread.h"

#include <baogan/scenario.h>

typedef struct bg_axis {
    const char *name, *key;  /* borrowed from the plan, or from who asks */
    const bg_node *node;     /* sweep.axes[name], for messages; NULL without a plan */
    const bg_parameter *row; /* of the key */
    bool of_policy;
    int64_t
        *level; /* in units of the row: fen, 10^-12, index of the choice, …; NULL: a distribution */
    size_t level_count;
    bg_spread spread; /* in yuan, as a number, … */
    double tail;      /* share of the distribution beyond either of the ends that are shown */
} bg_axis;

/* Reads sweep.axes[name] of the scenario: key, role and values, unless they come from a list. Errors
 * stand at the values that they concern. Free with bg_axis_free; twice is safe. */
bg_status bg_axis_read(const bg_scenario *scenario, const bg_node *node, bool values_from_list,
                       bg_axis *self, bg_errors *errors);
void bg_axis_free(bg_axis *self);

/* A text as a value of the axis; what is wrong goes into `errors`. */
bg_status bg_axis_value(const bg_axis *self, const bg_scenario *scenario, const char *text,
                        bg_mark mark, const char *path, int64_t *value, bg_errors *errors);
/* The value at the share u of the distribution or of the levels, 0 < u < 1. */
int64_t bg_axis_at(const bg_axis *self, double u);
/* A value as results have it: numbers without a unit, rates as shares. Returns `buffer`. */
const char *bg_axis_text(const bg_axis *self, int64_t value, char buffer[BG_VALUE_TEXT]);

/* A key that is turned along a range of numbers, for those who ask for one without a plan. All numbers
 * are doubles: rates and decimals as such, money in yuan. */

/* Reads the range "LO:HI" of the key `path`, which is borrowed, each end as the key would be written in the
 * scenario or after --set: 2%:8%, 100万:3亿, totals without a suffix in `unit` fen,
 * one of its unit of money. Refused are keys that are not known, are no numbers or say how to simulate, ranges that
 * are none or reach beyond the catalogue's: BG_USAGE, or BG_RANGE. Nothing is to be freed. */
bg_status bg_axis_range(const char *path, const char *range, bg_fen unit, bg_axis *self,
                        bg_errors *errors);
/* Reads what somebody believes of the key: such a range, all of it alike; "p10=LO:p90=HI", which a value lies between in eight
 * cases of ten, of a normal distribution, or a lognormal one where the key is above zero and no rate, cut off at what the
 * catalogue allows; or "LO:MODE:HI", a PERT distribution with its most likely value (study/spread.h). */
bg_status bg_axis_belief(const char *path, const char *range, bg_fen unit, bg_axis *self,
                         bg_errors *errors);
typedef bg_status bg_axis_reader(const char *path, const char *range, bg_fen unit, bg_axis *self,
                                 bg_errors *errors);
/* Reads `count` of them by one of the two. Refused besides is a key that another one is or is part of: budget.growth beside
 * budget.growth[2027]. */
bg_status bg_axis_ranges(bg_axis_reader *read, size_t count, const char *const *path,
                         const char *const *range, bg_fen unit, bg_axis *axes, bg_errors *errors);
/* An end of what is believed, as it is shown: of a range, or the 10 % and 90 % of a distribution given by them. */
double bg_axis_end(const bg_axis *self, bool high);
/* Refuses keys with an entry that the scenario has not, near to one that it has: see study/entry.h. */
bg_status bg_axes_check(size_t count, const bg_axis *axes, const bg_scenario *scenario,
                        bg_errors *errors);
/* The same with the range that the catalogue calls usual; false where the key has none. */
bool bg_axis_usual(const char *path, bg_axis *self);
/* Whether the key of an axis is a number that can be turned along a range, and does not say how to simulate. */
bool bg_axis_is_turned(const bg_axis *self);
/* "rate", "yuan" or "number". */
const char *bg_axis_unit(const bg_axis *self);
/* The value nearest to x that is written briefly: rates and decimals to 10^-8, money to the fen. */
int64_t bg_axis_nearest(const bg_axis *self, double x);
/* That value as it may be written in a scenario or after --set, money in the unit with its name: "27.5万元".
 * Returns `buffer`. */
const char *bg_axis_shown(const bg_axis *self, double x, bg_money_scale money,
                          char buffer[BG_VALUE_TEXT]);

#endif
