#include "study/contribution_difference.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const bg_contribution *counterpart(const bg_contributions *base, const bg_contribution *row)
{
    for (size_t i = 0; i < base->count; i++) {
        if (base->row[i].kind == row->kind && strcmp(base->row[i].name, row->name) == 0) {
            return &base->row[i];
        }
    }
    return NULL;
}

static bool subtract_row(const bg_contribution *reform, const bg_contribution *base, size_t effects,
                         bg_contribution *difference)
{
    *difference = (bg_contribution){.kind = reform->kind, .name = reform->name};
    difference->effect = calloc(effects, sizeof *difference->effect);
    for (size_t i = 0; difference->effect && i < effects; i++) {
        difference->effect[i] =
            (bg_effect){.mean = reform->effect[i].mean - base->effect[i].mean, .se = NAN};
    }
    return difference->effect;
}

bg_status bg_contributions_subtract(const bg_contributions *reform, const bg_contributions *base,
                                    bg_contributions *difference)
{
    *difference = (bg_contributions){.futures = reform->futures,
                                     .units = reform->units,
                                     .years = reform->years,
                                     .income = reform->income || base->income};
    if (reform->count == 0 || base->count == 0) {
        return BG_OK;
    }
    difference->row = calloc(reform->count, sizeof *difference->row);
    bool made = difference->row;
    for (size_t i = 0; made && i < reform->count; i++) {
        const bg_contribution *row = &reform->row[i], *other = counterpart(base, row);
        if (other) {
            made = subtract_row(row, other, reform->units * (reform->years + 1) * BG_EFFECT_COUNT,
                                &difference->row[difference->count++]);
        }
    }
    if (!made) {
        bg_contributions_free(difference);
    }
    return made ? BG_OK : BG_MEMORY;
}
