/* Filters of a sweep: comparisons of an axis with a value or with another axis. */
#ifndef BAOGAN_STUDY_FILTER
#define BAOGAN_STUDY_FILTER

#include "study/design.h"

typedef struct bg_filter {
    size_t axis;
    int sign_wanted; /* bits: 1 left is less, 2 equal, 4 greater */
    bool with_axis;
    size_t other; /* axis */
    int64_t value;
} bg_filter;

/* Reads one text of sweep.filters. */
bg_status bg_filter_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_filter *self, bg_errors *errors);
bool bg_filter_keeps(const bg_filter *self, const int64_t value[]);

#endif
