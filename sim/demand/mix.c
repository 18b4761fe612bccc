#include "demand/mix.h"

/* The terms in force. */
static bg_line_benefit unchanged_terms(const bg_demand_line *line, size_t index)
{
    const bg_line_levels *levels = &line->levels;
    bg_line_benefit terms = {.line = index,
                             .count = levels->count,
                             .within = levels->within,
                             .severity = levels->severity,
                             .patient_share = line->patient_share};
    for (size_t i = 0; i < levels->count; i++) {
        terms.level[i] = (bg_level){.cases = levels->cases[i], .cost = levels->cost[i]};
    }
    return terms;
}

bg_line_benefit bg_mix_terms(const bg_demand *demand, const bg_drivers *self, size_t line,
                             size_t future)
{
    const bg_line_benefit *changed = self->benefit[line];
    bg_line_benefit terms = changed ? *changed : unchanged_terms(&demand->line[line], line);
    for (size_t i = 0; i < terms.count && self->mix[line][0][0]; i++) {
        double *const *mix = self->mix[line][i];
        terms.level[i].cases = mix[BG_FREQUENCY][future];
        terms.level[i].cost = mix[BG_COST][future];
        terms.level[i].fund_shift = mix[BG_FUND_SHIFT] ? mix[BG_FUND_SHIFT][future] : 0;
    }
    if (!changed && self->mix[line][0][BG_FUND_SHIFT]) {
        terms.price_share = terms.patient_share;
    }
    return terms;
}
