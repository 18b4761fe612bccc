/* An axis of a study: a key of the catalogue and the values that it takes. */
#ifndef BAOGAN_STUDY_AXIS
#define BAOGAN_STUDY_AXIS

#include "study/spread.h"

#include <baogan/scenario.h>

typedef struct bg_axis {
    const char *name, *key;  /* borrowed from the scenario */
    const bg_node *node;     /* sweep.axes[name], for messages */
    const bg_parameter *row; /* of the key */
    bool of_policy;
    int64_t
        *level; /* in units of the row: fen, 10^-12, index of the choice, …; NULL: a distribution */
    size_t level_count;
    bg_spread spread; /* in yuan, as a number, … */
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

/* A value as it is written, money in yuan. Returns `buffer`. */
#define BG_AXIS_TEXT 80
const char *bg_axis_text(const bg_axis *self, int64_t value, char buffer[BG_AXIS_TEXT]);
/* The same as an override, money with its unit. */
const char *bg_axis_override(const bg_axis *self, int64_t value, char buffer[BG_AXIS_TEXT]);

#endif
