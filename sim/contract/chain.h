/* The chain of years: every contract goes through it, simulated or real, of one community or of all of a
 * pooling area in lockstep. In a year all communities know their expense before any is budgeted, and all
 * budgets before any is settled, so that an income limit and shared funds see all of them.
 *
 * For each year and scheme the caller calls begin, fills in what happened (contract/years.h), then budget,
 * (pool,) settle and close. What is not to be settled is not: budgets follow from expenses alone. */
#ifndef BAOGAN_CONTRACT_CHAIN
#define BAOGAN_CONTRACT_CHAIN

#include "contract/area.h"

typedef struct bg_chain {
    size_t count, schemes, n;
    bg_years *years;                           /* [community][scheme] */
    bg_years **at_work;                        /* [community]: of the scheme at work */
    bg_settlement_block whole[BG_MAX_SCHEMES]; /* all communities, one behind the other */
    bg_settlement_block *into;                 /* what the year at work is settled in */
    bg_area_pool *area;                        /* NULL: one community for itself */
} bg_chain;

/* Room for `capacity` units of each of `count` communities, with the same schemes, years and settlement;
 * `area` is what they are together, NULL of one for itself. BG_MEMORY; safe to free after failure and
 * twice. The contracts must outlive the chain. */
bg_status bg_chain_init(bg_chain *self, const bg_contract *const *member, size_t count,
                        const bg_contract *area, size_t capacity);
void bg_chain_free(bg_chain *self);

bg_years *bg_chain_years(const bg_chain *self, size_t community, size_t scheme);

/* Back to the opening balances, for n <= capacity units of each community. */
void bg_chain_open(bg_chain *self, size_t n);
/* What the next year begins with, where all before it were settled: `bg_chain_state_size` bytes, to be kept, and taken up in
 * place of running these years again. */
size_t bg_chain_state_size(const bg_chain *self);
void bg_chain_keep(const bg_chain *self, char *state);
void bg_chain_take_up(bg_chain *self, const char *state);
/* The years follow one another from 0. `into`, of count x n units, is what the year is settled in; NULL:
 * a block of the chain's own, which the next year overwrites. */
void bg_chain_begin(bg_chain *self, size_t scheme, size_t year, bg_settlement_block *into);
bg_status bg_chain_budget(bg_chain *self, bg_errors *errors);
/* What the year of the whole pool comes to, into the inputs of the plans that ask for it: of simulated years, since of
 * real ones it is told. After the budgets. */
bg_status bg_chain_pool(bg_chain *self, bg_errors *errors);
/* `trace`, if not NULL, gets the postings of the one unit. Errors of the settlement name its units, which are
 * communities x n. */
bg_status bg_chain_settle(bg_chain *self, bg_trace *trace, bg_errors *errors);
bg_status bg_chain_close(bg_chain *self, bg_errors *errors);

#endif
