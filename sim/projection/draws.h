/* Every outcome of a block of futures as columns, one entry a future: what the rules write and read
 * while a block is carried through the years. What is wanted of it goes on into a frame. */
#ifndef BAOGAN_PROJECTION_DRAWS_H
#define BAOGAN_PROJECTION_DRAWS_H

#include <baogan/projection.h>

typedef struct bg_draws {
    size_t n, units, years, outcomes; /* n: room for that many futures */
    bg_fen *outcome;                  /* [unit][year][outcome][n] */
    bg_fen *cash;                     /* [unit][year][month][n] */
    uint8_t *event;                   /* [unit][year][n]: bit e is event e */
} bg_draws;

_Static_assert(BG_EVENT_COUNT <= 8, "a byte holds the events of a unit in a year");

/* BG_MEMORY also where the size does not fit; bg_draws_free is safe then and twice. */
bg_status bg_draws_init(bg_draws *self, size_t units, size_t years, size_t outcomes, size_t n);
void bg_draws_free(bg_draws *self);
/* Becomes a copy of another block. BG_MEMORY. */
bg_status bg_draws_copy(bg_draws *self, const bg_draws *from);

bg_fen *bg_draws_outcome(const bg_draws *self, size_t unit, size_t year, size_t outcome);
bg_fen *bg_draws_cash(const bg_draws *self, size_t unit, size_t year, size_t month);
uint8_t *bg_draws_event(const bg_draws *self, size_t unit, size_t year);

#endif
