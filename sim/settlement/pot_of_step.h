/* The pot in which a step works. */
#ifndef BAOGAN_SETTLEMENT_POT_OF_STEP
#define BAOGAN_SETTLEMENT_POT_OF_STEP

#include "settlement/plan.h"

/* The input that holds the money of the pot of that number, from 1. */
static inline int bg_pot_money(size_t pot)
{
    return BG_MAX_INPUTS + (int)pot - 1;
}

/* What an input means to the step: in a pot `budget` and `payable` are the pot's money. */
static inline int bg_pots_input(const bg_step *step, int input)
{
    const bool money = input == BG_INPUT_budget || input == BG_INPUT_payable;
    return step->pot && money ? bg_pot_money(step->pot) : input;
}

/* Sets step->pot by the key `pot` (NULL: none). A pot that is not there, a step of a kind that stays the unit's, and one
 * behind the pots' end are errors. */
bg_status bg_pots_read_step(bg_plan *plan, bg_step *step, const bg_node *pot, bg_errors *errors);
/* Whether the step works in a pot whose money is not the fund's. */
bool bg_pots_own_money(const bg_plan *plan, const bg_step *step);
/* The account of such a pot, which is the only one that may stand in its steps. */
bg_status bg_pots_read_source(const bg_plan *plan, const bg_step *step, const bg_node *node,
                              const char *name, int *account, bg_errors *errors);

#endif
