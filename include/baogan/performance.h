/* The performance score of a year from weighted indicators: exact decimal points, 0 to 100. */
#ifndef BAOGAN_PERFORMANCE_H
#define BAOGAN_PERFORMANCE_H

#include <baogan/scenario.h>

/* Score of `year`: sum(weight x points) / sum(weight), rounded once to 10^-12 points; points given,
 * or 100 (value - floor) / (target - floor) cut to 0..100. Without indicators: performance.score.
 * Errors: an indicator with neither points nor value, floor and target; one that is simulated, of
 * which no year is known beforehand; floor equal to target; weights that are all zero. */
bg_status bg_performance_score(const bg_scenario *scenario, int year, bg_decimal *score,
                               bg_errors *errors);

/* Warns of a performance.score that somebody wrote beside indicators, which go before it. */
void bg_performance_advise(const bg_scenario *scenario, bg_errors *errors);

/* A score of which one indicator at least is simulated, so that it differs by future and year. */
typedef struct bg_performance bg_performance;

/* *self is NULL where no indicator is simulated; else free it with bg_performance_free. Errors as above; a
 * simulated indicator with a value or points, or without floor and target; a floor or target that no share
 * in per cent, or no growth in per cent, can be. */
bg_status bg_performance_read(const bg_scenario *scenario, bg_performance **self,
                              bg_errors *errors);
void bg_performance_free(bg_performance *self);

/* How many indicators are simulated. */
size_t bg_performance_simulated(const bg_performance *self);
/* Name of the first of them; borrowed from the scenario. */
const char *bg_performance_first_simulated(const bg_performance *self);
/* The scores of n futures: value[i] has what the i-th simulated indicator came to in each, which is rounded to
 * 10^-12 and then counts as a value that was given. NaN earns no points. BG_MEMORY, and
 * no other failure where reading was successful. */
bg_status bg_performance_scores(const bg_performance *self, size_t n, const double *const *value,
                                bg_decimal *score);

#endif
