/* The door of a settlement: what may enter it. */
#ifndef RULES_DOOR_H
#define RULES_DOOR_H

#include "rules/plan.h"

/* BG_RANGE, BG_OVERFLOW or BG_MISSING, with a sentence that names the unit, where an input is out of its
 * range, parts exceed their whole, or payable and funds are not the budget. Sums of what has entered fit.
 * Uses the first of the block's private columns. */
bg_status bg_door_check(const bg_plan *plan, const bg_settlement_block *block, bg_errors *errors);

#endif
