/* The income limit (以收定支): what a pool pays for under contract is bounded by what comes in.
 *
 *   limit   max(0, ratio x (income - spending outside the contracts)), rounded once to the fen
 *
 * Over the communities of a pooling area their totals together are bounded: where they are more, each
 * gets its share of the limit in proportion to its total, by largest remainder; equal remainders go to
 * the community listed first. Exact; columns have one entry a future. */
#ifndef BAOGAN_INCOME_LIMIT_H
#define BAOGAN_INCOME_LIMIT_H

#include <baogan/money.h>
#include <stddef.h>

/* The limit of each of n futures. BG_OVERFLOW where an amount does not fit. */
bg_status bg_income_limit(size_t n, bg_decimal ratio, const bg_fen *income, bg_fen outside_spending,
                          bg_fen *limit);

/* Cuts total[community][i] for each of the n futures so that they add up to limit[i] >= 0 where they are
 * more. BG_OVERFLOW where a sum does not fit; BG_MEMORY. */
bg_status bg_income_limit_share(size_t n, const bg_fen *limit, size_t communities,
                                bg_fen *const *total);

#endif
