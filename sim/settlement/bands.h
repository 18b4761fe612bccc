/* Bands: the community's share of each part of an amount, or of the whole of it, in per cent of a base. */
#ifndef BAOGAN_SETTLEMENT_BANDS
#define BAOGAN_SETTLEMENT_BANDS

#include "settlement/rate.h"

_Static_assert(BG_MAX_BANDS <= BG_MAX_RATES, "each band has a column of rates");

/* In the order of the catalogue's choices. */
typedef enum bg_bands_apply_to {
    BG_BANDS_MARGINAL,  /* each share holds for the part that lies in its band */
    BG_BANDS_WHOLE,     /* for the whole amount, by the band into which its rate falls */
    BG_BANDS_WHOLE_REST /* marginal up to the last limit; beyond it `rest` holds for the whole */
} bg_bands_apply_to;

typedef struct bg_bands {
    const bg_node *node; /* of the table */
    bg_bands_apply_to apply;
    bool edge_above; /* a rate of exactly a limit falls into the band above it */
    bool settled;    /* the plan says what applies, or it makes no difference */
    size_t count;
    bool constant; /* else the shares of each unit come from the rules */
    bg_band band[BG_MAX_BANDS];
    bg_rate_rule rule[BG_MAX_BANDS];
} bg_bands;

/* The bands of a step: one table, or one for each year that is named. */
typedef struct bg_banding {
    const bg_node *node; /* of all of them */
    bool by_year;
    size_t count;
    bg_bands *table;
} bg_banding;

/* The bands of a step that shares the unit's balance, and the input of which their limits are shares; NULL of any
 * other, and in a pot. */
const bg_banding *bg_step_banding(const bg_step *step, int *base);

/* Whether the share of band k holds for the whole amount. */
bool bg_bands_hold_for_whole(const bg_bands *self, size_t k);

/* Reads `bands` of the step, whose order the loader has checked and which must end with `rest`, `apply` and
 * `edge`. Advises where the bands can be read in two ways and the step does not say which. To be freed, also after a
 * failure. */
bg_status bg_banding_read(bg_plan *plan, const bg_step *step, bg_banding *self, bg_errors *errors);
void bg_banding_free(bg_banding *self);
/* The table that holds in a year; NULL: none does. */
const bg_bands *bg_banding_in_year(const bg_banding *self, int year);
/* That of the unit to be explained; NULL: none. */
const bg_bands *bg_banding_of_unit(const bg_banding *self, const bg_settling *run);

/* bg_bands_apply by the table of each unit's year; a unit that the step applies to and for whose year there is none fails
 * the run. With `sign` not 0 units are placed as by bg_bands_place. Uses the run's last two scratch columns. */
void bg_banding_apply(const bg_banding *self, bg_settling *run, const bg_fen *amount,
                      const bg_fen *base, int64_t sign, bg_fen *kept);

/* kept[u] = sum over bands of part x share, or what the whole comes to, rounded once; amount[u] >= 0,
 * base[u] >= 0. Limits are compared and parts summed exactly. */
void bg_bands_apply(const bg_bands *self, bg_settling *run, const bg_fen *amount,
                    const bg_fen *base, bg_fen *kept);

/* Of units that the step applies to, whose amount is above 0 and which are in no band yet: band[u] = sign * k, k the
 * number from 1 of the band that amount[u] ends in. */
void bg_bands_place(const bg_bands *self, const bg_settling *run, const bg_fen *amount,
                    const bg_fen *base, int64_t sign, int64_t *band);

/* Records a line for each band that the amount of unit 0 reaches, or for the one whose share holds for the
 * whole of it, after bg_bands_apply. */
void bg_bands_explain(const bg_bands *self, bg_fen amount, int base_input, const bg_step *step,
                      bg_settling *run);
/* Adds to the last line what the amount comes to where the share of its band holds for the whole, if the
 * step does not say which. */
void bg_bands_explain_other(const bg_bands *self, bg_fen amount, int base_input, bg_settling *run);

#endif
