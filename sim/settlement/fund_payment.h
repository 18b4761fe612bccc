/* A fund that is to pay something: every step that draws from one does it here. */
#ifndef BAOGAN_SETTLEMENT_FUND_PAYMENT
#define BAOGAN_SETTLEMENT_FUND_PAYMENT

#include "settlement/steps.h"

/* paid[u] = what the fund can pay of wanted[u] >= 0; `paid` may be `wanted`. A fund of one unit pays
 * what it holds. A shared one pays what all units of a group hold; where they want more, the fund's
 * rule divides it among them: in proportion to what they want, by largest remainder, or in their order.
 * Units that the step does not apply to want nothing, and what they are said to be paid has no
 * meaning. Moves nothing yet. Returns what the fund holds for the unit to be explained. */
bg_fen bg_fund_payment(const bg_step *step, bg_settling *run, int fund_account,
                       const bg_fen *wanted, bg_fen *paid);
/* Adds to the last line of the explanation what the others wanted of a shared fund. */
void bg_fund_payment_explain(const bg_step *step, bg_settling *run, int fund_account);

#endif
