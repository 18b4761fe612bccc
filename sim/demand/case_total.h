/* What several cases cost together, in the fast engine: the distribution of demand/severity.h by the
 * samplers of random/samplers.h, without the C library. */
#ifndef BAOGAN_DEMAND_CASE_TOTAL
#define BAOGAN_DEMAND_CASE_TOTAL

#include "demand/severity.h"

/* One case, as a multiple of the mean. */
double bg_case_draw(const bg_severity *severity, bg_rng *rng);
/* `count` cases together, likewise. */
double bg_case_total(const bg_severity *severity, bg_rng *rng, uint64_t count);
/* The same of payments with that squared coefficient of variation > 0: a gamma whatever their number. */
double bg_case_total_gamma(bg_rng *rng, uint64_t count, double variation);

#endif
