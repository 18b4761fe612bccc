/* Marginal bands: the community's share of each part of an amount, in per cent of a base. */
#ifndef BAOGAN_SETTLEMENT_BANDS
#define BAOGAN_SETTLEMENT_BANDS

#include "settlement/rate.h"

#define BG_MAX_BANDS 32 /* no more than BG_MAX_RATES */

typedef struct bg_bands {
    size_t count;
    bool constant; /* else the shares of each unit come from the rules */
    bg_band band[BG_MAX_BANDS];
    bg_rate_rule rule[BG_MAX_BANDS];
} bg_bands;

/* Reads a table of bands, whose order the loader has checked; it must end with `rest`. */
bg_status bg_bands_read(bg_plan *plan, const bg_node *table, bg_bands *self, bg_errors *errors);

/* kept[u] = sum over bands of part x share, rounded once; amount[u] >= 0, base[u] >= 0. Limits are
 * compared and parts summed exactly. */
void bg_bands_apply(const bg_bands *self, bg_settling *run, const bg_fen *amount,
                    const bg_fen *base, bg_fen *kept);

/* Records a line for each band that the amount of unit 0 reaches, after bg_bands_apply. */
void bg_bands_explain(const bg_bands *self, bg_fen amount, int base_input, const bg_step *step,
                      bg_settling *run);

#endif
