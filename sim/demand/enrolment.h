/* Who is insured where the contribution of a scheme changes. README.md, "People". */
#ifndef BAOGAN_DEMAND_ENROLMENT
#define BAOGAN_DEMAND_ENROLMENT

#include "demand/response.h"

#include <baogan/horizon.h>

typedef struct bg_enrolment {
    bg_elasticity
        elasticity; /* of the number of insured to the contribution; its key is always set */
    /* Of those who leave or come, to that of all: its median, and the standard deviation of its logarithm. */
    double relative_cost, relative_cost_sd;
    uint64_t cost_key;                     /* its stream */
    bool moves;                            /* the contribution changes; else nobody leaves */
    double log_ratio[BG_MAX_BUDGET_YEARS]; /* of the contribution to the last base year's */
    /* Enrolled at birth, by year after the last base year from 0; NULL: none. The part of their first year for which
     * they are insured; what they cost in it, relative to a year of all; and the part of the cases of the last base year
     * that others had. */
    const double *newborns;
    double newborn_part, newborn_cost, others;
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

/* Whether insured people are others than the population that grows, or than those whose care is counted. */
static inline bool bg_enrolment_acts(const bg_enrolment *self)
{
    return self->moves || self->newborns;
}

/* Relative cost of those who leave in a future, by a standard normal; its mean. */
static inline double bg_enrolment_cost(const bg_enrolment *self, double z)
{
    return self->relative_cost_sd > 0 ? self->relative_cost * bg_exp(self->relative_cost_sd * z)
                                      : self->relative_cost;
}

static inline double bg_enrolment_mean_cost(const bg_enrolment *self)
{
    return bg_enrolment_cost(self, self->relative_cost_sd / 2);
}

/* Insured in year t after the last base year, of whom `enrolled` are no newborns, each for the part of the year for which
 * they are. */
static inline double bg_enrolment_insured(const bg_enrolment *self, size_t t, double enrolled)
{
    return self->newborns ? enrolled + self->newborn_part * self->newborns[t] : enrolled;
}

/* People by what their care costs, those of average cost in the last base year being 1 each: `enrolled` of `people` are
 * insured, and who is not costs `cost`. */
static inline double bg_enrolment_exposure(const bg_enrolment *self, size_t t, double people,
                                           double enrolled, double cost)
{
    const double exposure = people + cost * (enrolled - people);
    return self->newborns ? self->others * (exposure + self->newborn_cost * self->newborns[t])
                          : exposure;
}

#endif
