/* Who is insured where the contribution of a scheme changes. README.md, "People". */
#ifndef BAOGAN_DEMAND_ENROLMENT
#define BAOGAN_DEMAND_ENROLMENT

#include "demand/response.h"

#include <baogan/horizon.h>

typedef struct bg_enrolment {
    bg_elasticity
        elasticity;       /* of the number of insured to the contribution; its key is always set */
    double relative_cost; /* of those who leave or come, to that of all */
    bool moves;           /* the contribution changes; else nobody leaves */
    double log_ratio[BG_MAX_BUDGET_YEARS]; /* of the contribution to the last base year's */
} bg_enrolment;

/* Part of the insured that there would be otherwise, by a drawn elasticity; its mean. */
static inline double bg_enrolment_log_share(const bg_enrolment *self, size_t year,
                                            double elasticity)
{
    return elasticity * self->log_ratio[year];
}

static inline double bg_enrolment_mean_share(const bg_enrolment *self, size_t year)
{
    return bg_elasticity_mean_factor(&self->elasticity, self->log_ratio[year]);
}

/* People by what their care costs, those of average cost being 1 each: `enrolled` of `people` are insured. */
static inline double bg_enrolment_exposure(const bg_enrolment *self, double people, double enrolled)
{
    return people + self->relative_cost * (enrolled - people);
}

#endif
