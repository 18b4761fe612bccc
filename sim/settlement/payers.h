/* Several accounts among which a step divides what the community does not get, or does not bear. */
#ifndef BAOGAN_SETTLEMENT_PAYERS
#define BAOGAN_SETTLEMENT_PAYERS

#include "settlement/rate.h"

#define BG_MAX_PAYERS (1 + BG_MAX_FUNDS) /* the pool and every fund */

_Static_assert(BG_MAX_PAYERS <= BG_MAX_RATES, "each payer has a column of rates");

/* Shares add up to 100 %; weights, which come from inputs, need not. */
typedef struct bg_payers_side {
    bool weighted;
    bg_rate_rule share[BG_MAX_PAYERS]; /* in the order of the file */
} bg_payers_side;

typedef struct bg_payers {
    size_t count;                  /* 0: the step has one payer */
    const bg_node *node;           /* of the table */
    int account[BG_MAX_PAYERS];    /* in the order of the file */
    size_t by_name[BG_MAX_PAYERS]; /* their places in byte order of names */
    bg_payers_side gain, loss;     /* of what they get, of what they pay */
} bg_payers;

/* Reads `payers` of the step; an unknown account, shares beside weights, and constant shares that do not add up to
 * 100 % are errors. */
bg_status bg_payers_read(bg_plan *plan, const bg_step *step, bg_payers *self, bg_errors *errors);

/* The rates of one side for every unit, which hold until the step needs run->rates again. */
typedef struct bg_payers_rates {
    const bg_payers_side *side;
    bg_rates of[BG_MAX_PAYERS];
} bg_payers_rates;

bg_payers_rates bg_payers_rates_of(const bg_payers *self, const bg_payers_side *side,
                                   bg_settling *run);
/* part[u]: what of whole[u] >= 0 falls on the payer at that place, by largest remainder, equal remainders to the name
 * first in byte order. Shares of a unit that do not add up to 100 %, and weights that are all zero where there is
 * something to divide, fail the run. */
void bg_payers_part(const bg_payers *self, const bg_payers_rates *rates, bg_settling *run,
                    size_t payer, const bg_fen *whole, bg_fen *part);
/* Says for the last line, which is that payer's part of the unit to be explained, how it came about. */
void bg_payers_explain(const bg_payers *self, const bg_payers_rates *rates, bg_settling *run,
                       size_t payer, bg_fen whole, bg_fen part);

#endif
