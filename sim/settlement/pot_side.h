/* How money, or expense, of a unit is divided among its pots. */
#ifndef BAOGAN_SETTLEMENT_POT_SIDE
#define BAOGAN_SETTLEMENT_POT_SIDE

#include "settlement/rate.h"

_Static_assert(BG_MAX_POTS <= BG_MAX_RATES, "each pot has a column of rates");

typedef struct bg_pot_side {
    const char *given_key;
    int given[BG_MAX_POTS];  /* input that gives the pot's part, -1: none */
    int weight[BG_MAX_POTS]; /* input that weighs it, -1: none */
    bool weighted;
    bool alone; /* one pot gets all that inputs leave */
    bg_rate_rule share[BG_MAX_POTS];
    const bg_node *node; /* of the pots */
} bg_pot_side;

enum { BG_POT_MONEY, BG_POT_EXPENSE, BG_POT_SIDES };

/* The terms of the step. */
typedef struct bg_pots_terms {
    bg_pot_side side[BG_POT_SIDES];
} bg_pots_terms;

/* Reads what the pot at that place has: an input, or its share or weight by the keys of these names. */
bg_status bg_pot_side_read(const bg_plan *plan, const bg_node *node, size_t place,
                           bg_pot_side *self, const char *share, const char *weight,
                           bg_errors *errors);
/* Checks that all pots together divide the whole. */
bg_status bg_pot_side_check(bg_plan *plan, bg_pot_side *self, const char *share, const char *weight,
                            bg_errors *errors);

/* Whether the pot gets its part of what inputs leave. */
static inline bool bg_pot_divides(const bg_plan *plan, const bg_pot_side *self, size_t pot)
{
    return !plan->pot[pot].own_money && self->given[pot] < 0;
}

/* Fails the run where a unit that has pots lacks an input that gives or weighs a part. */
void bg_pot_side_need_inputs(const bg_pot_side *self, bg_settling *run);
/* Divides whole[u] of every unit that has pots into part[pot][u], by largest remainder. */
void bg_pot_side_divide(const bg_pot_side *self, bg_settling *run, const bg_fen *whole,
                        bg_fen *const *part);

#endif
