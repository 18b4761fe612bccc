/* A policy of a sweep: what is laid over the scenario in every future. */
#ifndef BAOGAN_STUDY_POLICY
#define BAOGAN_STUDY_POLICY

#include "study/design.h"

typedef struct bg_policy {
    const char *name; /* "" where the plan names no policies */
    char *file;       /* or NULL */
    const bg_node *node, *set;
} bg_policy;

/* Reads sweep.policies[name]; NULL stands for the scenario as it is. Free with bg_policy_free. */
bg_status bg_policy_read(const bg_scenario *scenario, const bg_design *design, const bg_node *node,
                         bg_policy *self, bg_errors *errors);
void bg_policy_free(bg_policy *self);

/* Loads the scenario under a policy, with a value of each axis in its place: the one that `value`
 * gives. Every axis then leads to a single value that bg_variant_put can change. */
bg_status bg_policy_load(const bg_policy *self, const bg_scenario_source *source,
                         const bg_design *design, const int64_t value[BG_MAX_AXES],
                         bg_scenario **scenario, bg_errors *errors);

#endif
