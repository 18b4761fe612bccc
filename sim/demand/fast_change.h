/* Changes of demand in a block of futures. */
#ifndef BAOGAN_DEMAND_FAST_CHANGE
#define BAOGAN_DEMAND_FAST_CHANGE

#include "demand/fast.h"

/* Room for the sizes of changes and for the drivers of spells. */
void bg_fast_lay_out_changes(bg_block_sampler *self, bg_storage *storage);
/* Draws the sizes of the changes that are not sure. */
void bg_fast_draw_changes(bg_block_sampler *self);
/* Makes the drivers of all spells of a budget year from those of the year. */
void bg_fast_change_drivers(bg_block_sampler *self, size_t year);
/* Marks the futures in which an incident that counts as an emergency, or a surge, begins in the year. */
void bg_fast_mark_incidents(const bg_block_sampler *self, size_t year, bool *begins);

#endif
