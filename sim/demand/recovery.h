/* What measures bring back to the pooled funds. README.md, "What measures bring back". */
#ifndef BAOGAN_DEMAND_RECOVERY
#define BAOGAN_DEMAND_RECOVERY

#include "demand/model.h"

/* Fills what a scheme gets back in a budget year of n futures. `normal`: the luck of each change that is not sure,
 * columns with one entry a future; without it the mean over all. An amount beyond BG_MONTH_LINE_MAX: BG_OVERFLOW. */
bg_status bg_recovered(const bg_demand *self, size_t scheme, size_t year, size_t n,
                       double *const *normal, bg_fen *recovered);

#endif
