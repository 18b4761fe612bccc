/* A block of futures of one community: its demand, and the outcomes. */
#ifndef BAOGAN_PROJECTION_BLOCK
#define BAOGAN_PROJECTION_BLOCK

#include "contract/years.h"
#include "projection/draws.h"
#include "projection/kept.h"

typedef struct bg_block bg_block;

/* Room for `capacity` futures and what the options want of them (NULL: everything). NULL when out of
 * memory. */
bg_block *bg_block_new(const bg_model *model, const bg_projection_options *options,
                       size_t capacity);
void bg_block_free(bg_block *self);

/* Uses what was kept of futures drawn by the same, and keeps what it draws; before it draws. */
void bg_block_keep(bg_block *self, bg_kept *kept, const bg_drawn *drawn);
/* Draws the demand of replications first + 1 … first + n (n <= capacity) for all years. */
bg_status bg_block_draw(bg_block *self, size_t first, size_t n, bg_errors *errors);
/* The demand of the central path, as entry 0. */
bg_status bg_block_draw_central(bg_block *self, bg_errors *errors);

/* Which multiples of the central path. */
typedef struct bg_scaled {
    size_t n;                 /* entries */
    size_t year;              /* the year of which entry i has factor[i] times the payments */
    const bg_decimal *factor; /* [n] */
    const bg_decimal *before; /* [scheme][year] of all entries in years before it; NULL: 1 */
} bg_scaled;
/* The same as entries 0 … n - 1: months, care outside, emergencies, rebound, disallowed expense, patients' payments and
 * those of lines alike are multiplied, each rounded to the fen. */
bg_status bg_block_draw_scaled(bg_block *self, const bg_scaled *scaled, bg_errors *errors);

/* Fills in what happens in the year that has begun. */
void bg_block_enter(const bg_block *self, bg_years *years);
/* Then makes 99 % of it: of each month, of care outside, emergencies, rebound and disallowed expense, each rounded
 * to the fen. Patients, people and the score stay what they are. */
void bg_block_ease(const bg_block *self, bg_years *years);
/* Stores the outcomes of a year that is closed, and what follows from them. */
bg_status bg_block_store(bg_block *self, const bg_years *years, bg_errors *errors);

/* Borrowed. */
const bg_demand_columns *bg_block_demand(const bg_block *self, size_t scheme, size_t year);
bg_draws *bg_block_draws(bg_block *self);

#endif
