/* Groups and the constants of lines. */
#ifndef BAOGAN_DEMAND_FAST_PLAN
#define BAOGAN_DEMAND_FAST_PLAN

#include "demand/fast.h"

void bg_fast_plan(bg_block_sampler *self);

#endif
