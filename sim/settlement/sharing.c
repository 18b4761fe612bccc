/* The steps that share, for those who ask what a plan says without settling by it. */
#include "settlement/bands.h"

/* The step that shares at that place among them, or NULL. */
static const bg_step *find(const bg_plan *plan, size_t index)
{
    int base;
    for (size_t s = 0; s < plan->step_count; s++) {
        if (bg_step_banding(&plan->step[s], &base) && index-- == 0) {
            return &plan->step[s];
        }
    }
    return NULL;
}

bool bg_plan_share_terms(const bg_plan *self, size_t index, int year, bg_decimal score,
                         bg_share_terms *sharing)
{
    const bg_step *step = find(self, index);
    if (!step) {
        return false;
    }
    int base;
    const bg_banding *banding = bg_step_banding(step, &base);
    const bg_bands *bands = bg_banding_in_year(banding, year);
    *sharing = (bg_share_terms){.step = step->node->key,
                                .overspend = step->kind == &bg_step_share_overspend,
                                .open = bands && !bands->settled,
                                .edge_above = bands && bands->edge_above,
                                .base = self->inputs.item[base].name};
    bool known = bands;
    for (size_t k = 0; bands && k < bands->count; k++) {
        known = known && bg_rate_rule_at(&bands->rule[k], self, year, score, &sharing->share[k]);
        sharing->limit[k] = bands->band[k].limit;
        sharing->whole[k] = bg_bands_hold_for_whole(bands, k);
    }
    sharing->count = known ? bands->count : 0;
    return true;
}

static size_t band_of(const bg_share_terms *self, bg_fen amount, bg_fen base)
{
    size_t k = 0;
    while (k + 1 < self->count &&
           (bg_wide)amount * BG_ONE > (bg_wide)self->limit[k] * base - self->edge_above) {
        k++;
    }
    return k;
}

/* Whole fen of parts count in 10^-12, what lies beyond them in 10^-24, of which half a fen has none. */
static bg_fen part_by_part(const bg_share_terms *self, bg_fen amount, bg_fen base)
{
    const bg_wide reached = (bg_wide)amount * BG_ONE;
    bg_wide from = 0, coarse = 0, fine = 0;
    for (size_t k = 0; k < self->count && from < reached; k++) {
        bg_wide to = (bg_wide)self->limit[k] * base;
        to = k + 1 == self->count || to > reached ? reached : to;
        coarse += (to - from) / BG_ONE * self->share[k];
        fine += (to - from) % BG_ONE * self->share[k];
        from = to;
    }
    return (bg_fen)((coarse + fine / BG_ONE + BG_ONE / 2) / BG_ONE);
}

bg_fen bg_share_terms_part(const bg_share_terms *self, bool as_whole, bg_fen amount, bg_fen base)
{
    if (self->count == 0) {
        return 0;
    }
    const size_t k = band_of(self, amount, base);
    return as_whole || self->whole[k] ? bg_share_of(amount, self->share[k])
                                      : part_by_part(self, amount, base);
}
