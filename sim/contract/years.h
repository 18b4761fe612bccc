/* The years of one scheme of one community, linked: columns with one entry a unit, which is a real year or
 * one of many simulated ones. contract/chain.h runs them, for one community or several. */
#ifndef BAOGAN_CONTRACT_YEARS
#define BAOGAN_CONTRACT_YEARS

#include "contract/balances.h"
#include "contract/due.h"

#include <baogan/contract.h>

typedef struct bg_years {
    const bg_contract *contract;
    size_t scheme, n;
    size_t year;                      /* at work, from 0 */
    const double *people;             /* of the year; set by whoever fills in the expense */
    bg_fen pool_outlay;               /* what the pool pays beside, likewise; else 0 */
    const bg_fen *recovered;          /* what the pool gets back beside, likewise; NULL: nothing */
    const double *income_growth;      /* see bg_pool_income; NULL: its mean */
    bg_budget_block budget;           /* writes into the inputs of the settlement */
    bg_settlement_block settlement;   /* the community's part of `whole` */
    const bg_settlement_block *whole; /* of all communities that are settled together */
    const bg_fen
        *contracted;        /* totals known for the year, in place of the computed ones, or NULL */
    bg_budget_lines *lines; /* gets the explanation of each year's budget (n is 1), or NULL */
    bg_balances balances;   /* what the year begins with */
    bg_due due;             /* what is still to be paid, where there is a calendar */
    bool follows;           /* the year before was settled, or there is none */
    bool settled;           /* the year at work is */
    bg_fen **spent; /* completed expense of the past years, then expense of the budget years */
    bg_fen *previous_total, *income, *reserve, *shared_total, *pool_balance;
    double *
        people_before; /* insured people of the last year, where its total is corrected; NULL: it is not */
    void *storage;
    size_t size; /* of the storage */
} bg_years;

/* Room for `capacity` units. BG_MEMORY; safe to free after failure and twice. */
bg_status bg_years_init(bg_years *self, const bg_contract *contract, size_t scheme,
                        size_t capacity);
void bg_years_free(bg_years *self);

/* Back to the opening balances, for n units. */
void bg_years_open(bg_years *self, size_t n);

/* What the year after the one that was closed begins with, where all years before it were settled: `size` bytes of the
 * storage, to be kept and taken up again. */
void bg_years_keep(const bg_years *self, void *state);
void bg_years_take_up(bg_years *self, const void *state);

/* A year is these, in order, once the year before is closed:
 *   begin   units first … first + n - 1 of `whole` get year, score, opening balances and what empty
 *           cells of named inputs stand for. Then the caller writes the expense, its parts, the
 *           patients' payments, `people`, what it has cost by month (in `budget`) where instalments follow that, and, where it is drawn, `income_growth`; what the contract says otherwise (a score, an
 *           opening balance) he may overwrite
 *   income  where the pool is modelled, without interest, which is the pool's owner's
 *   budget  total, funds, payable and instalments
 *   close   after the settlement, if there was one: reserve and pool, and what the next year starts from
 * What the pool gets back is income of the year once all of this is done: no budget goes by it. */
void bg_years_begin(bg_years *self, size_t year, const bg_settlement_block *whole, size_t first);
bg_status bg_years_income(bg_years *self, const bg_pool *pool, bg_errors *errors);
/* Adds the interest on the pool's balance, where the community alone has the pool. */
bg_status bg_years_interest(bg_years *self, const bg_pool *pool, bg_errors *errors);
bg_status bg_years_budget(bg_years *self, bg_errors *errors);
bg_status bg_years_close(bg_years *self, bg_errors *errors);

/* Adds what the pool gets back in the year at work. */
bg_status bg_years_recover(const bg_years *self, bg_fen *income);
/* Takes off the pool's balance what it pays beside in the year at work, and adds what it gets back. */
bg_status bg_years_pool_beside(const bg_years *self, bg_fen *balance);

/* Says that an amount of the year at work did not fit, unless it did. */
bg_status bg_years_too_large(const bg_years *self, bg_status status, bg_errors *errors);
/* The same of sums over schemes or communities in a calendar year. */
bg_status bg_sums_too_large(int year, bg_status status, bg_errors *errors);

#endif
