#include "demand/model.h"

#include <stdlib.h>

void bg_demand_free(bg_demand *self)
{
    if (self) {
        free(self->keys);
        free(self->shock_root);
        free(self->change);
        free(self->spells);
        free(self);
    }
}

bool bg_demand_trend(const bg_demand *self, size_t line, int part, bg_trend_view *view)
{
    if (line >= self->line_count || part < 0 || part >= BG_PARTS ||
        (part == BG_FREQUENCY && !self->line[line].has_cases)) {
        return false;
    }
    *view = self->line[line].part[part].trend;
    return true;
}

const bg_spells *bg_demand_spells(const bg_demand *self, size_t year)
{
    static const bg_spells whole = {.count = 1, .spell = {{.months = BG_ALL_MONTHS}}};
    return self->spells ? &self->spells[year] : &whole;
}

bool bg_demand_line_changes_in(const bg_demand *self, size_t line, size_t year)
{
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if (change->months[year] && bg_change_reaches(change, line)) {
            return true;
        }
    }
    return false;
}

bool bg_demand_line_changes(const bg_demand *self, size_t line)
{
    bool changes = false;
    for (size_t year = 0; year < self->years && !changes; year++) {
        changes = bg_demand_line_changes_in(self, line, year);
    }
    return changes;
}
