/* Where along a range something that takes few values changes. */
#ifndef BAOGAN_STUDY_THRESHOLD
#define BAOGAN_STUDY_THRESHOLD

#include <baogan/error.h>
#include <stddef.h>
#include <stdint.h>

/* What stands at x. */
typedef bg_status bg_threshold_state(void *context, double x, uint64_t *state);

typedef struct bg_threshold_search {
    bg_threshold_state *state;
    void *context;
    double from, to; /* from < to */
    size_t
        points; /* of an even grid, at least 2: changes between neighbours that end alike are not seen */
    double tolerance;
} bg_threshold_search;

/* The state changes between `left` and `right`, which lie at most the tolerance apart. */
typedef struct bg_threshold {
    double left, right;
} bg_threshold;

/* Fills in up to `capacity` thresholds, rising. The status is that of the state. */
bg_status bg_thresholds_find(const bg_threshold_search *search, bg_threshold *thresholds,
                             size_t capacity, size_t *count);

#endif
