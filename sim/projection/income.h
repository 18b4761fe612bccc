/* What of a pool's income is not known in advance: how the subsidy or the wage base of each scheme grows beyond
 * the years that are given, by future. Drawn here, for the pool knows no chance and demand no income; both
 * engines have the same. sim/rules/README.md, "Pool". */
#ifndef BAOGAN_PROJECTION_INCOME
#define BAOGAN_PROJECTION_INCOME

#include <baogan/contract.h>

typedef struct bg_income_draws {
    const bg_contract *payer; /* whose pools they are */
    uint64_t seed;
    size_t capacity;
    bool drawn;                     /* else all grow at their mean */
    double *growth[BG_MAX_SCHEMES]; /* [year][capacity]; NULL where nothing is drawn */
    double *normal[2];
    void *storage;
} bg_income_draws;

/* Room for `capacity` futures. BG_MEMORY; safe to free after failure and twice. */
bg_status bg_income_draws_init(bg_income_draws *self, const bg_contract *payer, uint64_t seed,
                               size_t capacity);
void bg_income_draws_free(bg_income_draws *self);

/* Draws replications first + 1 … first + n. */
void bg_income_draw(bg_income_draws *self, size_t first, size_t n);
/* All grow at their mean. */
void bg_income_draw_central(bg_income_draws *self);

/* As bg_pool_income takes it; NULL: the mean. */
const double *bg_income_growth(const bg_income_draws *self, size_t scheme, size_t year);

#endif
