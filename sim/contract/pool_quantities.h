/* What the year of the whole pool comes to before any settlement, as inputs of the plan (`inputs[…].pool`). */
#ifndef BAOGAN_CONTRACT_POOL_QUANTITIES
#define BAOGAN_CONTRACT_POOL_QUANTITIES

#include "contract/years.h"

/* The year at work of the scheme's pool, for n units. */
typedef struct bg_pool_at_work {
    const bg_pool *pool;
    const bg_fen *income;  /* with interest, without what the pool gets back beside */
    const bg_fen *balance; /* before the year */
} bg_pool_at_work;

/* Writes them into the settlement of each of the `count` communities of the pool, which know their expense.
 * BG_OVERFLOW where an amount does not fit. Without income nothing is written. */
bg_status bg_pool_quantities_enter(const bg_pool_at_work *self, bg_years *const *member,
                                   size_t count);

/* Refuses inputs of the plan of `scheme` that a pool without income cannot tell. */
bg_status bg_pool_quantities_check(const bg_contract *member, size_t scheme, const bg_pool *pool,
                                   bg_errors *errors);

#endif
