/* Search for a contract: the policies of a plan (sweep.axes with role: policy, sweep.policies) at which the figures that
 * sweep.better names are as good as they can be together, among those that meet sweep.targets. */
#ifndef BAOGAN_STUDY_SEARCH
#define BAOGAN_STUDY_SEARCH

#include "study/plan.h"

#define BG_SEARCH_POPULATION 40

/* A policy that was looked at. */
typedef struct bg_search_point {
    uint64_t number; /* of the sweep's scenario */
    bool fits;       /* no filter leaves it out, no keys contradict each other */
    double *value;   /* [figures], then their errors: see bg_figures_compute */
} bg_search_point;

typedef struct bg_search {
    const bg_sweep *sweep;
    int threads; /* as in bg_projection_options, and so is `stop`; what is found does not depend on them */
    const volatile int *stop;
    void (*progress)(void *context, double share);
    /* Told of each generation's new points, once they are known; NULL: nobody is. */
    bg_status (*keep)(void *context, const bg_search_point *points, size_t count,
                      bg_errors *errors);
    void *context;
    bg_search_point *point; /* each policy once, in the order in which they were looked at */
    size_t count, room;
    size_t *
        best; /* of `point`: those that keep all targets and that no other betters, by the first figure */
    size_t best_count;
    size_t asked; /* points of the search, policies looked at again included */
} bg_search;

/* BG_INVALID where the plan has axes of the future, says of no figure which way is better, or leaves nothing to
 * choose. */
bg_status bg_search_check(const bg_sweep *sweep, bg_errors *errors);
/* Takes a policy that is known from before: it is not run again. BG_MEMORY. */
bg_status bg_search_know(bg_search *self, uint64_t number, bool fits, const double *value);
/* Looks at `points` policies, in generations of BG_SEARCH_POPULATION. Free with bg_search_free whatever the outcome. */
bg_status bg_search_run(bg_search *self, size_t points, bg_errors *errors);
void bg_search_free(bg_search *self);

/* How many of the points meet all targets. */
size_t bg_search_feasible(const bg_search *self);

#endif
