/* What measures make of the people of a scheme and of the share of its expense that is disallowed. README.md, "Measures
 * and incidents". */
#ifndef BAOGAN_DEMAND_SCHEME_CHANGE
#define BAOGAN_DEMAND_SCHEME_CHANGE

#include "demand/model.h"

/* Multiplies the people of n futures in a budget year, the mean of its months. `normal`: the luck of each change that
 * is not sure, columns with one entry a future. */
void bg_scheme_change_people(const bg_demand *self, size_t scheme, size_t year, size_t n,
                             double *const *normal, double *people);
/* The mean over all futures of that factor. */
double bg_scheme_mean_people_factor(const bg_demand *self, size_t scheme, size_t year);

/* Whether a measure adds to the share of the scheme that is disallowed in the year. */
bool bg_scheme_disallowed_changes(const bg_demand *self, size_t scheme, size_t year);
/* The shares of n futures, from 0 to 1; without `normal` the mean over all. */
void bg_scheme_disallowed(const bg_demand *self, size_t scheme, size_t year, size_t n,
                          double *const *normal, bg_decimal *share);

#endif
