/* Says how pots came to their parts and where their results go. */
#ifndef BAOGAN_SETTLEMENT_POT_WORDS
#define BAOGAN_SETTLEMENT_POT_WORDS

#include "settlement/plan.h"

/* The money and the expense of each pot of the unit to be explained; `whole` is what there was to divide. */
void bg_pots_explain(const bg_step *step, bg_settling *run, bg_fen whole);
/* Whether the pot's result goes back into the balance, or stands apart. */
void bg_pots_explain_end(bg_settling *run, size_t pot, bg_fen amount);

#endif
