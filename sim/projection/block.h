/* A block of futures carried through the years: what one thread works with. */
#ifndef BAOGAN_PROJECTION_BLOCK_H
#define BAOGAN_PROJECTION_BLOCK_H

#include "projection/draws.h"

typedef struct bg_block bg_block;

/* Room for `capacity` futures. NULL when out of memory. */
bg_block *bg_block_new(const bg_model *model, size_t capacity);
void bg_block_free(bg_block *self);

/* Number of outcomes: those of BG_OUTCOMES, then the funds, then the institutions. */
size_t bg_block_outcomes(const bg_model *model);

/* Simulates replications first + 1 … first + n (n <= capacity) and stores them at first … in
 * `draws`. */
bg_status bg_block_simulate(bg_block *self, size_t first, size_t n, bg_draws *draws,
                            bg_errors *errors);
/* The central path into entry 0 of `draws`. */
bg_status bg_block_central(bg_block *self, bg_draws *draws, bg_errors *errors);

#endif
