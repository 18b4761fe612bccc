/* How old the deficit of earlier years is.
 *
 * Column k of a block's deficit_older is what of the deficit, at the beginning of the year, is older than k + 1
 * years, so that each is a part of the one before. The oldest is made up first. */
#ifndef BAOGAN_SETTLEMENT_DEFICIT
#define BAOGAN_SETTLEMENT_DEFICIT

#include "settlement/plan.h"

/* As the year begins: what is carried into the next one is a year older then. */
void bg_deficit_age(const bg_settling *run);
/* Of the deficit less `repaid`, what is of its `years`-th year or older lapses: it is no longer carried. */
void bg_deficit_lapse(const bg_settling *run, size_t years, const bg_fen *repaid, bg_fen *lapsed);

#endif
