/* People, trends and deviations of a block of futures. */
#ifndef BAOGAN_DEMAND_FAST_FACTORS
#define BAOGAN_DEMAND_FAST_FACTORS

#include "demand/fast.h"

/* Those of the last base year, with the trend errors of all years. */
void bg_fast_factors_start(bg_block_sampler *self);
/* From year t to t + 1 after the last base year. */
void bg_fast_factors_advance(bg_block_sampler *self, size_t t);

#endif
