/* What a year of a scheme leaves behind for the statistics. */
#ifndef BAOGAN_PROJECTION_OUTCOME
#define BAOGAN_PROJECTION_OUTCOME

#include "contract/years.h"
#include "projection/draws.h"

/* Stores the outcomes, monthly cash and events of a year that is settled and closed, but for what bg_unit_derive works
 * out. `outlay` is what the community pays in a month beside care. BG_OVERFLOW where cash does not fit. */
bg_status bg_outcome_store(const bg_years *years, const bg_demand_columns *demand,
                           const bg_fen outlay[12], bg_draws *draws);

#endif
