/* What a year of a scheme leaves behind for the statistics. */
#ifndef BAOGAN_PROJECTION_OUTCOME
#define BAOGAN_PROJECTION_OUTCOME

#include "contract/years.h"

/* Stores the outcomes, monthly cash and events of a settled year, but for what bg_unit_derive works
 * out. BG_OVERFLOW where cash does not fit. */
bg_status bg_outcome_store(const bg_scheme_block *block, size_t year, bg_draws *draws);

#endif
