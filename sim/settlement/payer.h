/* Who gets what the community does not keep of a gain, and makes up what it does not bear of a loss: an account, or
 * several in proportion. */
#ifndef BAOGAN_SETTLEMENT_PAYER
#define BAOGAN_SETTLEMENT_PAYER

#include "settlement/payers.h"

typedef struct bg_payer {
    int account;               /* pool or a fund; of several the first */
    bool community_when_short; /* who bears what a fund lacks: the community, else the pool */
    bg_payers several;
} bg_payer;

/* Reads `payer` or `payers` of the step, and `when_short` where its kind has it. */
bg_status bg_payer_read(bg_plan *plan, const bg_step *step, bg_payer *self, bg_errors *errors);

/* The accounts, as bits by index. */
unsigned bg_payer_accounts(const bg_payer *self);

/* Pays need[u] >= 0 into the balance as far as the rules give, and counts it as shared. `need` must
 * not be the run's third or fourth scratch column. */
void bg_payer_pay(const bg_payer *self, const bg_step *step, bg_settling *run, const bg_fen *need);

/* Takes amount[u] >= 0 off the balance for the payer, and counts it as shared. Where there are several it is only noted,
 * so that the step can say what it is; then bg_payer_distribute takes it off for each. `amount` must not be the run's
 * third or fourth scratch column. */
void bg_payer_take(const bg_payer *self, const bg_step *step, bg_settling *run,
                   const bg_fen *amount);
void bg_payer_distribute(const bg_payer *self, const bg_step *step, bg_settling *run,
                         const bg_fen *amount);

/* Fails the run where the balance or an account of the payer has left the range that sums are safe in. */
void bg_payer_check_limit(const bg_payer *self, const bg_step *step, bg_settling *run);

#endif
