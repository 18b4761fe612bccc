/* A block of futures carried through the years: what one thread works with. */
#ifndef BAOGAN_PROJECTION_BLOCK_H
#define BAOGAN_PROJECTION_BLOCK_H

#include "projection/draws.h"

typedef struct bg_block bg_block;

/* Room for `capacity` futures. NULL when out of memory. */
bg_block *bg_block_new(const bg_model *model, size_t capacity);
void bg_block_free(bg_block *self);

/* Simulates replications first + 1 … first + n (n <= capacity), which leaves their outcomes in
 * entries 0 … n - 1 of the draws. */
bg_status bg_block_simulate(bg_block *self, size_t first, size_t n, bg_errors *errors);
/* The central path into entry 0. */
bg_status bg_block_central(bg_block *self, bg_errors *errors);
/* What was simulated last; borrowed. */
const bg_draws *bg_block_draws(const bg_block *self);

#endif
