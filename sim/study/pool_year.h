/* A year of a pooled fund whose income is modelled: what comes in, what it spends, what is left, and how that
 * stands to the bounds on which it reports. README.md, "The pool's years".
 *
 *   spent = income − (balance at the end − balance at the start)
 *
 * by future: what the settlement moves, what the funds of the budget set aside and do not give back, and
 * spending outside the contracts. */
#ifndef BAOGAN_STUDY_POOL_YEAR
#define BAOGAN_STUDY_POOL_YEAR

#include <baogan/projection.h>

/* Months of reserve, the balance by a month's mean spending of the year, are whole ten-thousandths. */
#define BG_MONTH_OF_RESERVE 10000
/* More than this many months is shown as so many, and so is a balance where nothing is spent. */
#define BG_MOST_MONTHS 9999

/* In what share of the futures. */
typedef enum bg_pool_chance {
    BG_POOL_DEFICIT,        /* it spends more than comes in */
    BG_POOL_DEBT,           /* its balance is below zero */
    BG_POOL_SURPLUS_BEYOND, /* more of the year's income is left than the bound */
    BG_POOL_BALANCE_BEYOND, /* the balance is a larger part of the year's income than its bound */
    BG_POOL_CHANCE_COUNT
} bg_pool_chance;

const char *bg_pool_chance_name(bg_pool_chance chance); /* "p_deficit", … */

typedef struct bg_pool_year {
    bool known; /* false: the draws were not kept, or amounts do not fit in whole fen */
    bg_statistics income, spent, surplus, balance, months;
    bg_probability chance[BG_POOL_CHANCE_COUNT];
} bg_pool_year;

/* Of a scheme whose pool is modelled. Nothing is to be freed. BG_MEMORY. */
bg_status bg_pool_year_find(const bg_model *model, const bg_projection *projection, size_t scheme,
                            size_t year, bg_pool_year *self);

/* All years of all schemes, worked out once for all who write them. */
typedef struct bg_pool_years {
    size_t years;       /* of a scheme */
    bg_pool_year *year; /* by scheme, then year; owned */
} bg_pool_years;

/* BG_MEMORY; safe to free after failure and twice. */
bg_status bg_pool_years_find(const bg_model *model, const bg_projection *projection,
                             bg_pool_years *self);
void bg_pool_years_free(bg_pool_years *self);
const bg_pool_year *bg_pool_years_at(const bg_pool_years *self, size_t scheme, size_t year);

#endif
