/* Whether both engines have the means that the formula says. */
#ifndef BAOGAN_TESTS_SUPPORT_DEMAND_MEANS
#define BAOGAN_TESTS_SUPPORT_DEMAND_MEANS

#include "demand/model.h"

/* Of each line and year by the reference engine, and of all lines together by the fast one, against bg_demand_mean,
 * within four standard errors. */
void assert_demand_means(const bg_demand *demand, size_t futures);

#endif
