/* The plan of a sweep as its parts share it. */
#ifndef BAOGAN_STUDY_PLAN
#define BAOGAN_STUDY_PLAN

#include "study/design.h"
#include "study/figures.h"
#include "study/filter.h"
#include "study/policy.h"

struct bg_sweep {
    bg_scenario_source source;
    bg_scenario *scenario; /* of the plan, as it is without axes and policies */
    const bg_node *node;   /* its section `sweep` */
    bg_design design;
    bg_policy *policy;
    size_t policy_count; /* those by name; at least one */
    bg_filter *filter;
    size_t filter_count;
    bg_figures figures;
    bool seed_by_future;
    int64_t seed; /* simulation.seed */
    bg_sweep_column *column;
    size_t column_count;
    char **text; /* of the columns */
    size_t text_count;
};

/* A scenario of the sweep. */
typedef struct bg_sweep_point {
    uint64_t number, future, policy;
    size_t named; /* policy by name */
    int64_t value[BG_MAX_AXES];
} bg_sweep_point;

/* Finds scenario `number`; false where a filter leaves it out. */
bool bg_sweep_point_at(const bg_sweep *self, bg_design_cursor *cursor, uint64_t number,
                       bg_sweep_point *point);

/* Runs scenario `number` with one thread for its figures alone, as bg_figures_compute gives them. *fits is false where a
 * filter leaves it out or its keys contradict each other; a failure is one of running at all. */
bg_status bg_sweep_measure(bg_sweep_runner *self, uint64_t number, bool *fits, double value[],
                           double se[], bg_errors *errors);
/* The resolved scenario of a number, without the plan, as YAML. New string; NULL when out of memory, or where it
 * does not load. */
char *bg_sweep_scenario(const bg_sweep *self, uint64_t number);

/* Makes the columns of the results (columns.c). */
bg_status bg_sweep_make_columns(bg_sweep *self, bg_errors *errors);
void bg_sweep_free_columns(bg_sweep *self);

#endif
