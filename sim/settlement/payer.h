/* Who makes up the part of a loss that the community does not bear. */
#ifndef BAOGAN_SETTLEMENT_PAYER
#define BAOGAN_SETTLEMENT_PAYER

#include "settlement/plan.h"

typedef struct bg_payer {
    int account;               /* pool or a fund */
    bool community_when_short; /* who bears what a fund lacks: the community, else the pool */
} bg_payer;

/* Reads `payer` and `when_short` of the step. */
bg_status bg_payer_read(bg_plan *plan, const bg_step *step, bg_payer *self, bg_errors *errors);

/* Pays need[u] >= 0 into the balance as far as the rules give, and counts it as shared. `need` must
 * not be the run's last scratch column. */
void bg_payer_pay(const bg_payer *self, const bg_step *step, bg_settling *run, const bg_fen *need);

#endif
