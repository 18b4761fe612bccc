/* What a pooling area adds to its communities: the income limit over all of them, and the pool. */
#ifndef BAOGAN_CONTRACT_AREA
#define BAOGAN_CONTRACT_AREA

#include "contract/years.h"

typedef struct bg_area_pool {
    const bg_contract *contract; /* of the whole area */
    size_t communities, n, capacity;
    bg_decimal ratio; /* of the income limit */
    bg_fen *balance[BG_MAX_SCHEMES];
    bg_fen *income, *movement, *limit; /* of the scheme and year at work; income with interest */
    bg_fen *limited;                   /* [community][month][capacity] */
    bg_fen **wanted;                   /* [community]: the columns of one month */
    void *storage;
    size_t size; /* of the storage */
} bg_area_pool;

/* Room for `capacity` units of each community. BG_MEMORY; safe to free after failure and twice. */
bg_status bg_area_pool_init(bg_area_pool *self, const bg_contract *whole, size_t communities,
                            size_t capacity);
void bg_area_pool_free(bg_area_pool *self);

/* Back to the opening balances, for n units. */
void bg_area_pool_open(bg_area_pool *self, size_t n);
/* Where the pool is modelled: what the income limit leaves of the totals that the communities want,
 * as the limited totals of their budgets. After their incomes, before their budgets. */
bg_status bg_area_pool_limit(bg_area_pool *self, bg_years *const *member, bg_errors *errors);
/* Advances the pool with this year's income and what all communities moved. After their years were
 * closed. */
bg_status bg_area_pool_close(bg_area_pool *self, bg_years *const *member, bg_errors *errors);

#endif
