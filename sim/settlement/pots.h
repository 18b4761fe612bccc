/* Pots: parts of the running balance, each with money, expense and steps of its own, which are then netted or stand
 * apart until the result is divided. */
#ifndef BAOGAN_SETTLEMENT_POTS
#define BAOGAN_SETTLEMENT_POTS

#include "settlement/pot_of_step.h"

/* Of the units that `pots` applies to, run->mask: before it is applied, or not, to any of them. */
void bg_pots_begin(bg_settling *run);
/* Leaves of run->mask the units that have pots; whether any is left. */
bool bg_pots_select(bg_settling *run);
/* Puts the pots' results back, or leaves them apart. */
void bg_pots_end(bg_settling *run);

/* Whether the pot of that place goes to the split as it is. */
static inline bool bg_pot_stands_apart(const bg_plan *plan, size_t pot)
{
    return !plan->pot[pot].netted;
}
/* Adds what stands apart to the balance. */
void bg_pots_join(bg_settling *run);

#endif
