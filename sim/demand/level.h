/* Where a yearly series stands in the last base year, and how it grows. README.md, "Level". */
#ifndef BAOGAN_DEMAND_LEVEL
#define BAOGAN_DEMAND_LEVEL

#include "demand/model.h"
#include "demand/trend.h"

/* Cases per person, fund payment per case or per person, by base year. */
typedef struct bg_series {
    size_t n;
    double value[BG_MAX_HISTORY_YEARS];
    bool counts[BG_MAX_HISTORY_YEARS]; /* false: declared, or not known */
} bg_series;

typedef struct bg_level_terms {
    bool fitted; /* demand.level */
    double prior, prior_sd;
    bg_deviations deviations;
} bg_level_terms;

/* Level, trend and volatility of the part. A year whose value is 0 does not count for the trend.
 * Where no year counts, the trend is the prior's and the level 0. */
bg_demand_part bg_level_estimate(const bg_series *series, const bg_level_terms *terms);

#endif
