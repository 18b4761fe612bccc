/* What one thread works with: a block of futures of all parties, drawn and carried through the chain of
 * years. */
#ifndef BAOGAN_PROJECTION_WORKER
#define BAOGAN_PROJECTION_WORKER

#include "projection/block.h"
#include "projection/central.h"
#include "projection/parties.h"

typedef struct bg_worker bg_worker;

/* Room for `capacity` futures and what the options want of them (NULL: everything). NULL when out of
 * memory. The models must outlive it. */
bg_worker *bg_worker_new(const bg_parties *parties, const bg_projection_options *options,
                         size_t capacity);
void bg_worker_free(bg_worker *self);

/* Simulates replications first + 1 … first + n (n <= capacity), which leaves their outcomes in
 * entries 0 … n - 1 of every party's draws. */
bg_status bg_worker_simulate(bg_worker *self, size_t first, size_t n, bg_errors *errors);
/* Has what is simulated from now on keep what bg_worker_ease needs. False when out of memory. */
bool bg_worker_will_ease(bg_worker *self);
/* The futures that were simulated last at 99 % of the expense of a year (bg_block_ease): outcomes of that year and of later
 * ones are theirs now. */
bg_status bg_worker_ease(bg_worker *self, size_t year, bg_errors *errors);
/* The central path into entry 0; of one community also its settlements into `settled`, if that is not NULL. */
bg_status bg_worker_central(bg_worker *self, bg_central *settled, bg_errors *errors);
/* The same at several sizes of a year, an entry each (bg_block_draw_scaled). */
bg_status bg_worker_scaled(bg_worker *self, const bg_scaled *scaled, bg_errors *errors);
/* What was simulated last; borrowed. */
const bg_draws *bg_worker_draws(const bg_worker *self, size_t party);

/* The parts of which these consist: back to the opening balances, for n futures; a year of a scheme after
 * the demand of the communities was drawn; the block and the linked years of a community. */
void bg_worker_open(bg_worker *self, size_t n);
bg_status bg_worker_year(bg_worker *self, size_t scheme, size_t year, bg_errors *errors);
bg_block *bg_worker_member(const bg_worker *self, size_t community);
bg_years *bg_worker_years(const bg_worker *self, size_t community, size_t scheme);

#endif
