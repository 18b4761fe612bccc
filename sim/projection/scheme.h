/* A block of futures of one scheme, carried through the years: columns with one entry a future. */
#ifndef BAOGAN_PROJECTION_SCHEME_H
#define BAOGAN_PROJECTION_SCHEME_H

#include "projection/draws.h"

typedef struct bg_scheme_block {
    const bg_model *model;
    size_t scheme; /* also its unit */
    size_t n;
    bg_demand_columns *demand; /* [year] */
    bg_budget_block budget;    /* writes into the inputs of the settlement */
    bg_settlement_block settlement;
    bg_fen **spent; /* completed expense of the past years, then expense of the budget years */
    bg_fen *previous_total, *income, *reserve, *shared_total, *pool_balance;
    bg_decimal disallowed_rate;
    bg_fen *fens; /* storage of the columns */
    double *people;
} bg_scheme_block;

/* `shock` has a column of `capacity` entries for each year. Safe to free after failure and twice. */
bg_status bg_scheme_block_init(bg_scheme_block *self, const bg_model *model, size_t scheme,
                               size_t capacity, bool *shock);
void bg_scheme_block_free(bg_scheme_block *self);

/* Back to the opening balances, for n futures. */
bg_status bg_scheme_block_open(bg_scheme_block *self, size_t n, bg_errors *errors);
/* One year, after its demand has been filled in and the year before has been run: income, budget,
 * instalments, settlement, pool; outcomes are stored in `draws`. */
bg_status bg_scheme_block_year(bg_scheme_block *self, size_t year, bg_draws *draws,
                               bg_errors *errors);

#endif
