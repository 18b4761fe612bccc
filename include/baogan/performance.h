/* The performance score of a year from weighted indicators: exact decimal points, 0 to 100. */
#ifndef BAOGAN_PERFORMANCE_H
#define BAOGAN_PERFORMANCE_H

#include <baogan/scenario.h>

/* Score of `year`: sum(weight x points) / sum(weight), rounded once to 10^-12 points; points given,
 * or 100 (value - floor) / (target - floor) cut to 0..100. Without indicators: performance.score.
 * Errors: an indicator with neither points nor value, floor and target; floor equal to target;
 * weights that are all zero. */
bg_status bg_performance_score(const bg_scenario *scenario, int year, bg_decimal *score,
                               bg_errors *errors);

#endif
