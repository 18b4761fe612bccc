/* Credibility: how far the mean of a unit's own data is to be trusted against that of all units. */
#ifndef BAOGAN_STATISTICS_CREDIBILITY
#define BAOGAN_STATISTICS_CREDIBILITY

#include <stddef.h>

/* Values of units, each with a weight above zero: its variance about the unit's mean is `within` / weight. */
typedef struct bg_credibility_data {
    size_t count, units;
    const double *value, *weight;
    const size_t *unit; /* of each value, below `units` */
} bg_credibility_data;

typedef struct bg_credibility {
    double mean;    /* of all units, weighted by their credibility */
    double within;  /* variance of a value of weight 1 within a unit */
    double between; /* variance of the units' means; 0 where the data show none */
} bg_credibility;

/* Bühlmann and Straub's estimators; unit_weight and unit_mean of `units` entries are filled in (a unit without values:
 * weight 0, mean 0). Fewer than two units, or no unit with two values: `between` or `within` is 0.
 * Bühlmann, Gisler: A Course in Credibility Theory and its Applications, Springer 2005, §4.8. */
bg_credibility bg_credibility_fit(const bg_credibility_data *data, double *unit_weight,
                                  double *unit_mean);
/* Z of a unit of that weight: between / (between + within / weight). */
double bg_credibility_factor(const bg_credibility *self, double unit_weight);

#endif
