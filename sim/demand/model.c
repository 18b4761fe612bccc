#include "demand/model.h"

#include <stdlib.h>

void bg_demand_free(bg_demand *self)
{
    if (self) {
        free(self->keys);
        free(self->shock_root);
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
