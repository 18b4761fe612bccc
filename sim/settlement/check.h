/* The door of a settlement: what may enter it. */
#ifndef BAOGAN_SETTLEMENT_CHECK
#define BAOGAN_SETTLEMENT_CHECK

#include "settlement/plan.h"

/* BG_RANGE, BG_OVERFLOW or BG_MISSING, with a sentence that names the unit, where an input is out of its
 * range, parts exceed their whole, or payable and funds are not the budget. Sums of what has entered fit.
 * Uses the first of the block's private columns. */
bg_status bg_settlement_check(const bg_plan *plan, const bg_settlement_block *block,
                              bg_errors *errors);

#endif
