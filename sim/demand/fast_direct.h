/* Direct cost of incidents in a block of futures. */
#ifndef BAOGAN_DEMAND_FAST_DIRECT
#define BAOGAN_DEMAND_FAST_DIRECT

#include "demand/fast.h"

/* Adds what the lines of a group have of it in a budget year to the columns of its scheme. A month beyond
 * BG_MONTH_LINE_MAX: BG_OVERFLOW. */
bg_status bg_fast_add_direct(bg_block_sampler *self, const bg_fast_group *group, size_t year,
                             const bg_demand_columns *to);

#endif
