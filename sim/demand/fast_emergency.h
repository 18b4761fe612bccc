/* Emergencies of a block of futures. */
#ifndef BAOGAN_DEMAND_FAST_EMERGENCY
#define BAOGAN_DEMAND_FAST_EMERGENCY

#include "demand/fast.h"

/* Sets their effect to that of a year without emergencies before or in it. */
void bg_fast_forget_emergencies(bg_block_sampler *self);
/* Draws which of the block's futures have an emergency in year t after the last base year, and what
 * that and last year's make of the cases. */
void bg_fast_emergencies(bg_block_sampler *self, size_t t);
/* Least share, above 0, of the year's cases that one of these months has; 12 where none has any. */
double bg_fast_least_share(const bg_fast_month month[12], uint16_t months);
/* The event of a future in the list, or NULL. */
bg_fast_event *bg_fast_event_of(const bg_fast_events *events, size_t future);

#endif
