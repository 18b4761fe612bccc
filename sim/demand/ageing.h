/* How the mix of the people, and with it what they need, changes over the years. README.md, "People by group". */
#ifndef BAOGAN_DEMAND_AGEING
#define BAOGAN_DEMAND_AGEING

#include "demand/model.h"

/* What the mix of year t after the last base year adds to the logarithm of a part of a line, beside a trend that holds
 * ageing already; 0 where people are not by group or their mix stays. */
static inline double bg_mix_log(const bg_demand_part *part, size_t t)
{
    return part->mix ? part->mix[t] - part->mix_in_trend * (double)t : 0;
}

/* Mean growth of the people from year t to t + 1 after the last base year. */
static inline double bg_people_growth(const bg_demand_scheme *self, size_t t)
{
    return self->growth_of_year ? self->growth_of_year[t] : self->growth;
}

/* Their mean number in year t, were contributions what they were. */
double bg_people_mean(const bg_demand_scheme *self, size_t t);

#endif
