/* The outcomes of many futures as columns: one entry a replication, so that a result has its fixed
 * place whichever thread computes it, and statistics read columns in one go. */
#ifndef BAOGAN_PROJECTION_DRAWS_H
#define BAOGAN_PROJECTION_DRAWS_H

#include <baogan/projection.h>

typedef struct bg_draws {
    size_t n, units, years, outcomes;
    bg_fen *outcome; /* [unit][year][outcome][n] */
    bg_fen *cash;    /* [unit][year][month][n] */
    uint8_t *event;  /* [unit][year][n]: bit e is event e */
} bg_draws;

_Static_assert(BG_EVENT_COUNT <= 8, "a byte holds the events of a unit in a year");

/* BG_MEMORY also where the size does not fit; bg_draws_free is safe then and twice. */
bg_status bg_draws_init(bg_draws *self, size_t units, size_t years, size_t outcomes, size_t n);
void bg_draws_free(bg_draws *self);

/* Number of an outcome's or a month's column, and the columns. */
size_t bg_draws_column(const bg_draws *self, size_t unit, size_t year, size_t outcome);
bg_fen *bg_draws_outcome(const bg_draws *self, size_t unit, size_t year, size_t outcome);
bg_fen *bg_draws_cash(const bg_draws *self, size_t unit, size_t year, size_t month);
uint8_t *bg_draws_event(const bg_draws *self, size_t unit, size_t year);

#endif
