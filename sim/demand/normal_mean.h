/* E g(Z) of a standard normal Z as a sum of weight g(node): the trapezoidal rule, which for such a weight is exact to
 * rounding where g is smooth. */
#ifndef BAOGAN_DEMAND_NORMAL_MEAN
#define BAOGAN_DEMAND_NORMAL_MEAN

#include "base/special.h"

enum { BG_NORMAL_NODES = 129 };
#define BG_NORMAL_SPAN 8.0

static inline double bg_normal_node(size_t i)
{
    return BG_NORMAL_SPAN * (2.0 * (double)i / (BG_NORMAL_NODES - 1) - 1);
}

static inline double bg_normal_weight(double node)
{
    return 2 * BG_NORMAL_SPAN / (BG_NORMAL_NODES - 1) * bg_exp(-node * node / 2) *
           BG_INVERSE_ROOT_2_PI;
}

#endif
