/* Months of the lines of a group. */
#ifndef BAOGAN_DEMAND_FAST_GROUP
#define BAOGAN_DEMAND_FAST_GROUP

#include "demand/fast.h"

/* Adds a group's amounts of a budget year, whose drivers and emergencies are there, to the columns of its
 * scheme. An amount beyond BG_MONTH_LINE_MAX: BG_OVERFLOW. */
bg_status bg_fast_draw_group(bg_block_sampler *self, const bg_fast_group *group, size_t year,
                             const bg_demand_columns *columns);

#endif
