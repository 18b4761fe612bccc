/* Terms of a line whose levels changes treat differently in each future. README.md, "Measures and incidents". */
#ifndef BAOGAN_DEMAND_MIX
#define BAOGAN_DEMAND_MIX

#include "demand/drivers.h"

/* The terms by which cases of the line are paid in a future of the block, with the levels that it has there; where
 * the variation of its payments is not NULL. */
bg_line_benefit bg_mix_terms(const bg_demand *demand, const bg_drivers *self, size_t line,
                             size_t future);

#endif
