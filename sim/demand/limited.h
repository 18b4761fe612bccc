/* Moments of the bill for one case up to and beyond a limit, in closed form. README.md, "Benefit terms".
 *
 * A bill has the mean 1: nothing with the probability `zero`, else a severity divided by 1 - zero. Limits and moments
 * are multiples (and their powers) of that mean. Relative error about 1e-12; the same bits everywhere, for only
 * elementary.h and special.h are used. */
#ifndef BAOGAN_DEMAND_LIMITED
#define BAOGAN_DEMAND_LIMITED

#include "base/special.h"
#include "demand/severity.h"

enum { BG_LIMITED_MOMENTS = 4 }; /* of orders 0 to 3 */

typedef struct bg_limited {
    bg_severity severity;
    double zero;
    bg_gamma_shape gamma; /* of severity gamma */
    /* The moments of a bill: of a gamma; of a lognormal without end; of what is below and above `threshold`,
     * where the Pareto tail begins. */
    double whole[BG_LIMITED_MOMENTS], body[BG_LIMITED_MOMENTS], tail[BG_LIMITED_MOMENTS];
    double threshold;
} bg_limited;

/* A copy of the severity is kept; 0 <= zero < 1. */
void bg_limited_init(bg_limited *self, const bg_severity *severity, double zero);
/* Squared coefficient of variation of a bill, those of nothing among them. */
double bg_limited_variation(const bg_limited *self);

/* E[X^j; X <= at] and E[X^j; X > at] for the orders j from 0 on. */
typedef struct bg_split {
    double below[BG_LIMITED_MOMENTS], above[BG_LIMITED_MOMENTS];
} bg_split;

/* Orders 0 to `order` at the limit `at` >= 0, which may be infinite; those above are not written. The third moment
 * above a limit is infinite for lognormal_pareto. */
void bg_limited_split(const bg_limited *self, double at, int order, bg_split *split);
/* E[X^order; from < X <= to] from the splits at both. */
double bg_split_between(const bg_split *from, const bg_split *to, int order);

/* E[min(X, limit)^order] for the orders 1 to 3; infinite where it is. */
double bg_limited_moment(const bg_limited *self, double limit, int order);

/* E L and E L^2 of what of a bill lies between two limits, L = min(max(X - from, 0), to - from), from the splits at
 * both, of orders up to 1 and up to 2. */
double bg_split_layer(double from, const bg_split *at_from, double to, const bg_split *at_to);
double bg_split_layer_squared(double from, const bg_split *at_from, double to,
                              const bg_split *at_to);

#endif
