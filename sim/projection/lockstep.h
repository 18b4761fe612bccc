/* Blocks of futures of all parties, carried through the years in lockstep: what one thread works with.
 * In each year all communities know their demand before any is budgeted, and all budgets before any is
 * settled, so that an income limit and shared funds see all of them. */
#ifndef BAOGAN_PROJECTION_LOCKSTEP
#define BAOGAN_PROJECTION_LOCKSTEP

#include "contract/parties.h"
#include "projection/block.h"

typedef struct bg_lockstep bg_lockstep;

/* Room for `capacity` futures and what the options want of them (NULL: everything). NULL when out of
 * memory. The models must outlive it. */
bg_lockstep *bg_lockstep_new(const bg_parties *parties, const bg_projection_options *options,
                             size_t capacity);
void bg_lockstep_free(bg_lockstep *self);

/* Simulates replications first + 1 … first + n (n <= capacity), which leaves their outcomes in
 * entries 0 … n - 1 of every party's draws. */
bg_status bg_lockstep_simulate(bg_lockstep *self, size_t first, size_t n, bg_errors *errors);
/* The central path into entry 0. */
bg_status bg_lockstep_central(bg_lockstep *self, bg_errors *errors);
/* What was simulated last; borrowed. */
const bg_draws *bg_lockstep_draws(const bg_lockstep *self, size_t party);

/* The parts of which these consist: back to the opening balances, for n futures; a year of a scheme after
 * the demand of the communities was drawn; the block of a community. */
void bg_lockstep_open(bg_lockstep *self, size_t n);
bg_status bg_lockstep_year(bg_lockstep *self, size_t scheme, size_t year, bg_errors *errors);
bg_block *bg_lockstep_member(const bg_lockstep *self, size_t community);

#endif
