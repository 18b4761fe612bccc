/* What a pooling area adds to its communities: the income limit over all of them, the pool, and their
 * sums as outcomes of its own. */
#ifndef BAOGAN_CONTRACT_AREA
#define BAOGAN_CONTRACT_AREA

#include "contract/parties.h"
#include "contract/years.h"

typedef struct bg_area_block bg_area_block;

/* Room for `capacity` futures and what the options want of them (NULL: everything). NULL when out of
 * memory. The models must outlive it. */
bg_area_block *bg_area_block_new(const bg_parties *parties, const bg_projection_options *options,
                                 size_t capacity);
void bg_area_block_free(bg_area_block *self);
bg_draws *bg_area_block_draws(bg_area_block *self); /* borrowed */

/* Back to the opening balances, for n futures. */
void bg_area_block_open(bg_area_block *self, size_t n);
/* Where the pool is modelled: what the income limit leaves of the totals that the communities want,
 * as the limited totals of their budgets. After their demand and income, before their budgets. */
bg_status bg_area_block_limit(bg_area_block *self, size_t scheme, bg_scheme_block *const *member,
                              bg_errors *errors);
/* Advances the pool with what all communities moved; stores and derives the area's outcomes, the sums of
 * those in from[community]. After their years were closed. */
bg_status bg_area_block_close(bg_area_block *self, size_t scheme, size_t year,
                              bg_scheme_block *const *member, bg_draws *const *from,
                              bg_errors *errors);

#endif
