/* What indicators of performance ask of a block of futures. */
#ifndef BAOGAN_DEMAND_FAST_QUANTITY
#define BAOGAN_DEMAND_FAST_QUANTITY

#include "demand/fast.h"

/* Room for the quantities, where any are asked for. */
void bg_fast_lay_out_quantities(bg_block_sampler *self, bg_storage *storage);
/* The futures begin. */
void bg_fast_open_quantities(bg_block_sampler *self);
/* Of the year before the first budget year, whose drivers are there. */
void bg_fast_quantities_before(bg_block_sampler *self);
/* Of a budget year, the drivers of whose spells are there, and the people of its columns. */
void bg_fast_quantities(bg_block_sampler *self, size_t year, bg_demand_columns *const *columns);

#endif
