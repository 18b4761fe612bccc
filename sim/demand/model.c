#include "demand/model.h"

#include "base/elementary.h"

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

static double at_mean(const bg_demand_part *part, double t)
{
    return part->level * bg_exp(part->trend.used * t);
}

static double central_people(const bg_demand_scheme *scheme, double t)
{
    return scheme->people * bg_power(1 + scheme->growth, (unsigned)t);
}

static bg_status central_year(const bg_demand *self, size_t year, bg_future *path)
{
    const double t = (double)(self->gap + year + 1);
    for (size_t i = 0; i < self->scheme_count; i++) {
        path->people[BG_FUTURE_YEAR(path, i, year)] = central_people(&self->scheme[i], t);
    }
    bg_status status = BG_OK;
    for (size_t i = 0; !status && i < self->line_count; i++) {
        const bg_demand_line *line = &self->line[i];
        const double people = path->people[BG_FUTURE_YEAR(path, line->scheme, year)];
        const double cases = people * at_mean(&line->part[BG_FREQUENCY], t);
        const double cost = at_mean(&line->part[BG_COST], t);
        for (size_t month = 0; !status && month < 12; month++) {
            const bg_month_line at = {.line = i, .year = year, .month = month};
            const double monthly = cases * self->season[month] / 12;
            const bg_month_amounts amounts = {.care = monthly * cost, .cases = monthly};
            status = bg_future_post(path, self, &at, &amounts);
        }
    }
    bg_future_close(path, self, year);
    return status;
}

bg_status bg_demand_central(const bg_demand *self, bg_future *path)
{
    bg_future_clear(path);
    bg_status status = BG_OK;
    for (size_t year = 0; !status && year < self->years; year++) {
        status = central_year(self, year, path);
    }
    return status;
}

double bg_demand_mean(const bg_demand *self, size_t line, size_t year)
{
    const bg_demand_line *of = &self->line[line];
    const size_t t = self->gap + year + 1;
    const double central = central_people(&self->scheme[of->scheme], (double)t) *
                           at_mean(&of->part[BG_FREQUENCY], (double)t) *
                           at_mean(&of->part[BG_COST], (double)t);
    return central * bg_emergency_mean(&self->emergency, self->season, of->exposure, t > 1);
}
