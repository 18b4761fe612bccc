/* Who gets what the community does not keep, and pays what it does not bear, in a live settlement. */
#ifndef BAOGAN_REPORT_LIVE_PAYER
#define BAOGAN_REPORT_LIVE_PAYER

#include "report/live_step.h"

/* False where the step has several payers, or one that is shared: what they move is not worked out here. */
bool bg_live_payer_is_plain(const bg_live_settling *self);
/* Takes the amount, which stands in the last row, off the balance; pays a need as far as the payer's rules go. */
void bg_live_payer_take(bg_live_settling *self, bg_live_amount amount);
void bg_live_payer_pay(bg_live_settling *self, bg_live_amount need);

#endif
