/* The pooled fund of a scheme over the years: income, balance, months of reserve. Exact. */
#ifndef BAOGAN_POOL_H
#define BAOGAN_POOL_H

#include <baogan/scenario.h>

typedef struct bg_pool {
    bool modelled;          /* income is given; else only movements are shown, from balance 0 */
    bg_fen income_per_head; /* in first_year */
    bg_decimal growth;
    bg_fen opening;
    int first_year;
    const bg_node *outside_spending;
} bg_pool;

/* Reads pool[scheme]. */
bg_status bg_pool_read(const bg_scenario *scenario, const char *scheme, int first_year,
                       bg_pool *self, bg_errors *errors);
/* Income of `year` for n units with `people` insured each, rounded once to the fen. */
bg_status bg_pool_income(const bg_pool *self, int year, size_t n, const double *people,
                         bg_fen *income);
bg_fen bg_pool_outside_spending(const bg_pool *self, int year);
/* balance += income - outside spending + movement (the pool account of the settlement). */
bg_status bg_pool_advance(const bg_pool *self, int year, size_t n, const bg_fen *income,
                          const bg_fen *movement, bg_fen *balance);
/* balance -= amount, the same for n units. BG_OVERFLOW where that does not fit. */
bg_status bg_pool_spend(bg_fen amount, size_t n, bg_fen *balance);

#endif
