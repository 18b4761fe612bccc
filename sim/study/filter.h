/* Filters of a sweep: comparisons of an axis, or of sums and differences of axes, with a value or with others; and of the ratio
 * of two axes with a number. */
#ifndef BAOGAN_STUDY_FILTER
#define BAOGAN_STUDY_FILTER

#include "study/design.h"

#define BG_FILTER_TERMS 8

typedef struct bg_filter {
    int sign_wanted; /* bits: 1 left is less, 2 equal, 4 greater */
    bool of_ratio;   /* the first axis over the second, in place of a sum */
    struct {
        size_t axis;
        int sign;
    } term[BG_FILTER_TERMS]; /* those on the right with their sign turned */
    size_t terms;
    int64_t value; /* of the right, in units of the axes; of a ratio 10^-12 */
} bg_filter;

/* Reads one text of sweep.filters: "a <= 5%", "a + b - c < d", "a / b >= 2", the signs between spaces. What is added or compared
 * is of one kind: money, numbers and rates, or whole numbers. */
bg_status bg_filter_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_filter *self, bg_errors *errors);
/* Exact. A ratio to nothing is left out. */
bool bg_filter_keeps(const bg_filter *self, const int64_t value[]);

#endif
