/* Outcomes of a block of futures as columns, one entry a future: what the rules write and read while a
 * block is carried through the years. What is wanted of it goes on into a frame. */
#ifndef BAOGAN_PROJECTION_DRAWS
#define BAOGAN_PROJECTION_DRAWS

#include <baogan/projection.h>

/* The columns of an outcome, or of cash at the end of a month: of every year, of the year at work only,
 * or none where nobody asks. */
typedef struct bg_draws_row {
    size_t first; /* column of the first unit */
    size_t years; /* columns of a unit: all years, 1 or 0 */
} bg_draws_row;

typedef struct bg_draws {
    size_t n, units, years, outcomes; /* n: room for that many futures */
    bool has_score;                   /* the last outcome is the score */
    bool cash;                        /* cash is worked out, else it is zero */
    bg_draws_row *row;                /* [outcome], then [month] */
    size_t columns, stride;           /* stride: a column begins at a cache line */
    bg_fen *values;                   /* [column][stride] */
    uint8_t *event;                   /* [unit][year][n]: bit e is event e */
    int8_t *band; /* [scheme][year][n]: as bg_settlement_block.band; NULL where not wanted */
} bg_draws;

_Static_assert(BG_EVENT_COUNT <= 8, "a byte holds the events of a unit in a year");

/* Room for what the options want of the model, NULL: for all of it. What other outcomes and events
 * follow from (budget, expense, balance, result, cash) is always there in the year at work. BG_MEMORY
 * also where the size does not fit; bg_draws_free is safe then and twice. */
bg_status bg_draws_init(bg_draws *self, const bg_model *model, const bg_projection_options *options,
                        size_t n);
void bg_draws_free(bg_draws *self);

/* Fills `self`, which is freed like any other, but for bands. BG_MEMORY. */
bg_status bg_draws_copy(bg_draws *self, const bg_draws *from);

/* NULL where nobody asks for the outcome. */
bg_fen *bg_draws_outcome(const bg_draws *self, size_t unit, size_t year, size_t outcome);
bg_fen *bg_draws_cash(const bg_draws *self, size_t unit, size_t year, size_t month);
uint8_t *bg_draws_event(const bg_draws *self, size_t unit, size_t year);
/* Of a scheme; NULL where nobody asks. */
int8_t *bg_draws_band(const bg_draws *self, size_t scheme, size_t year);

#endif
