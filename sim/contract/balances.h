/* What a settled year leaves to the next: the balances of the funds and the deficit still to be made up. */
#ifndef BAOGAN_CONTRACT_BALANCES
#define BAOGAN_CONTRACT_BALANCES

#include <baogan/settlement.h>

/* Columns, borrowed. */
typedef struct bg_balances {
    size_t funds, ages;
    bg_fen *deficit, *fund[BG_MAX_FUNDS], *deficit_older[BG_MAX_DEFICIT_AGES];
} bg_balances;

/* What a year says itself of how it begins. */
typedef struct bg_balances_given {
    bool deficit, fund[BG_MAX_FUNDS];
} bg_balances_given;

/* Nothing is still to be made up, of n entries. */
void bg_balances_clear_deficit(const bg_balances *self, size_t n);
/* n entries from `first` on become the opening of units unit … unit + n - 1, but for what is given
 * (NULL: nothing). */
void bg_balances_enter(const bg_balances *self, size_t first, size_t n,
                       const bg_balances_given *given, bg_settlement_block *block, size_t unit);
/* Keeps what units unit … unit + n - 1, which are settled, leave. */
void bg_balances_leave(const bg_balances *self, size_t first, size_t n,
                       const bg_settlement_block *block, size_t unit);

#endif
