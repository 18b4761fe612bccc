#include "demand/ageing.h"

#include "base/elementary.h"

double bg_people_mean(const bg_demand_scheme *self, size_t t)
{
    if (!self->growth_of_year) {
        return self->people * bg_power(1 + self->growth, (unsigned)t);
    }
    double people = self->people;
    for (size_t i = 0; i < t; i++) {
        people *= 1 + self->growth_of_year[i];
    }
    return people;
}

/* ---- what of the growth is ageing ---- */

/* Fund payments a head for a line in year t on its trends; with the mix of the people of another year. */
static double paid_a_head(const bg_demand_line *line, size_t t, size_t mix_of)
{
    double log = 0, level = 1;
    for (int part = 0; part < BG_PARTS; part++) {
        const bg_demand_part *of = &line->part[part];
        const double other = of->mix ? of->mix[mix_of] - of->mix[t] : 0;
        level *= of->level;
        log += of->trend.used * (double)t + bg_mix_log(of, t) + other;
    }
    return level * bg_exp(log);
}

static double scheme_a_head(const bg_demand *self, size_t scheme, size_t t, size_t mix_of)
{
    double sum = 0;
    for (size_t i = 0; i < self->line_count; i++) {
        sum += self->line[i].scheme == scheme ? paid_a_head(&self->line[i], t, mix_of) : 0;
    }
    return sum;
}

static bool has_mix(const bg_demand *self, size_t scheme)
{
    bool any = false;
    for (size_t i = 0; i < self->line_count; i++) {
        const bg_demand_line *line = &self->line[i];
        any = any ||
              (line->scheme == scheme && (line->part[BG_FREQUENCY].mix || line->part[BG_COST].mix));
    }
    return any;
}

bool bg_demand_growth_split(const bg_demand *self, size_t scheme, size_t year,
                            bg_growth_split *split)
{
    const size_t t = self->gap + year + 1;
    const double before = scheme_a_head(self, scheme, t - 1, t - 1);
    if (!has_mix(self, scheme) || !(before > 0)) {
        return false;
    }
    *split = (bg_growth_split){
        .growth = scheme_a_head(self, scheme, t, t) / before - 1,
        .ageing = scheme_a_head(self, scheme, t - 1, t) / before - 1,
    };
    return true;
}
