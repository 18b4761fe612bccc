/* A block of futures of one scheme, carried through the years: columns with one entry a future. */
#ifndef BAOGAN_CONTRACT_YEARS
#define BAOGAN_CONTRACT_YEARS

#include "projection/draws.h"

typedef struct bg_scheme_block {
    const bg_model *model;
    size_t scheme; /* also its unit */
    size_t n;
    bg_demand_columns *demand;        /* [year] */
    bg_budget_block budget;           /* writes into the inputs of the settlement */
    bg_settlement_block settlement;   /* the community's part of `whole` */
    const bg_settlement_block *whole; /* of all communities that are settled together */
    bg_fen **spent; /* completed expense of the past years, then expense of the budget years */
    bg_fen *previous_total, *income, *reserve, *shared_total, *pool_balance;
    bg_fen *fens; /* storage of the columns */
    double *people;
} bg_scheme_block;

/* `shock` has a column of `capacity` entries for each year. Safe to free after failure and twice. */
bg_status bg_scheme_block_init(bg_scheme_block *self, const bg_model *model, size_t scheme,
                               size_t capacity, bool *shock);
void bg_scheme_block_free(bg_scheme_block *self);

/* Back to the opening balances, for n futures, which are units first … first + n - 1 of `whole`. */
void bg_scheme_block_open(bg_scheme_block *self, const bg_settlement_block *whole, size_t first,
                          size_t n);

/* A year, after its demand has been filled in and the year before has been run, is these, in order:
 * demand into the inputs of the settlement; income, where the pool is modelled; budget and instalments;
 * then, by whoever settles `whole`, the settlement; pool, and outcomes into `draws`; what the next year
 * starts from, when all communities are that far. */
void bg_scheme_block_enter(bg_scheme_block *self, size_t year);
bg_status bg_scheme_block_income(bg_scheme_block *self, const bg_pool *pool, bg_errors *errors);
bg_status bg_scheme_block_budget(bg_scheme_block *self, size_t year, bg_errors *errors);
bg_status bg_scheme_block_close(bg_scheme_block *self, size_t year, bg_draws *draws,
                                bg_errors *errors);
void bg_scheme_block_carry(bg_scheme_block *self);

#endif
