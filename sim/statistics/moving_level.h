/* A level that moves from year to year, seen through the swings of single years, of which neither size is known.
 *
 *     x_t = l_t + u_t     u ~ N(0, s^2): the swing of the year; in a rare year, such as one of an epidemic, N(0, (k s)^2)
 *     l_t = l_(t-1) + w   w ~ N(0, (q s)^2): how the level moves
 *
 * s and q stand on a grid, s lognormal about `swing`, q as likely each of 1/2, 1 and 2; for each pair the level is
 * filtered and the likelihood of the data weighs it. A year may be rare or not: both are followed through it and then
 * brought together in their mean and variance. So what is expected of a year to come has wide tails while years are few,
 * and one bad year does not widen all that follow as much as it would. Harvey: Forecasting, Structural Time Series
 * Models and the Kalman Filter, Cambridge 1989, §3.2 and 4.1; Harrison, Stevens: JRSS B 38 (1976), 205. */
#ifndef BAOGAN_STATISTICS_MOVING_LEVEL
#define BAOGAN_STATISTICS_MOVING_LEVEL

#include "statistics/mixture.h"

typedef struct bg_level_prior {
    double mean, sd;        /* of the level before the first year */
    double swing, swing_sd; /* median of s, and sd of ln s */
    double rare, rare_size; /* the chance of a rare year, and k */
} bg_level_prior;

/* Years in rising order, x with the variance of its error of measurement. */
typedef struct bg_level_data {
    size_t count;
    const int *year;
    const double *x, *variance;
} bg_level_data;

#define BG_SWINGS       13
#define BG_MOVES        3
#define BG_LEVEL_STATES ((size_t)BG_SWINGS * BG_MOVES)
#define BG_LEVEL_PARTS  ((size_t)2 * BG_SWINGS)

/* What is known of the level in the last year of the data, given s and q. */
typedef struct bg_level_state {
    double weight;      /* of the pair; they add up to 1 */
    double swing, move; /* s, q s */
    double mean, variance;
} bg_level_state;

typedef struct bg_moving_level {
    int year; /* the last of the data, or that before the first year to come */
    double rare, rare_size;
    bg_level_state state[BG_LEVEL_STATES];
} bg_moving_level;

/* Without data the level is as the prior has it in `year`. */
void bg_moving_level_fit(const bg_level_prior *prior, const bg_level_data *data, int year,
                         bg_moving_level *self);
/* The sum of x over the `ahead` years that follow `from`, from not before the last year of the data: for each s a part
 * without a rare year among these, and one with one. */
void bg_moving_level_ahead(const bg_moving_level *self, int from, int ahead,
                           bg_normal_part part[BG_LEVEL_PARTS]);
/* Means over the grid, to be told: of the level, s, and q s. */
bg_level_state bg_moving_level_mean(const bg_moving_level *self);

#endif
