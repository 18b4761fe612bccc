/* The central path, and the mean of all futures. */
#include "base/elementary.h"
#include "demand/drivers.h"

/* The drivers of a year at the mean of all factors: a block of one future. */
typedef struct central {
    double people[BG_MAX_SCHEMES], cases[BG_MAX_LINES], cost[BG_MAX_LINES];
} central;

/* At the mean of the trend and without what is taken off for it. */
static void means(const void *context, const bg_part_year *at, size_t n, const double *trend,
                  const double *deviation, const double *scale, double *value)
{
    const bg_demand *demand = context;
    const bg_demand_part *part = &demand->line[at->line].part[at->part];
    const double mean = part->level * bg_exp(part->trend.used * at->t);
    (void)trend;
    (void)deviation;
    for (size_t i = 0; i < n; i++) {
        value[i] = mean * (scale ? scale[i] : 1);
    }
}

static void find_central(const bg_demand *self, size_t year, central *of)
{
    const size_t t = self->gap + year + 1;
    bg_factors factors = {.gathered = 0};
    bg_drivers drivers;
    for (size_t i = 0; i < self->scheme_count; i++) {
        const bg_demand_scheme *scheme = &self->scheme[i];
        of->people[i] = scheme->people * bg_power(1 + scheme->growth, (unsigned)t);
        factors.people[i] = &of->people[i];
    }
    for (size_t i = 0; i < self->line_count; i++) {
        drivers.cases[i] = &of->cases[i];
        drivers.cost[i] = &of->cost[i];
    }
    bg_drivers_fill(self, &factors, t, 1, means, self, &drivers);
}

/* Mean factors of a line's parts in a spell, and of its payments by incidents that count as emergencies. */
typedef struct mean_factors {
    double part[BG_PARTS], emergency;
} mean_factors;

static mean_factors find_factors(const bg_demand *self, size_t line, size_t year,
                                 const bg_spell *spell)
{
    mean_factors result = {.part = {1, 1}, .emergency = 1};
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        for (int part = 0; part < BG_PARTS && (spell->active >> j & 1); part++) {
            if (bg_change_touches(change, line, part)) {
                const double mean = bg_change_mean(change, part, year);
                result.part[part] *= mean;
                result.emergency *= change->emergency ? mean : 1;
            }
        }
    }
    return result;
}

static bg_status post_month(const bg_demand *self, const central *of, const bg_spell *spell,
                            const bg_month_line *at, bg_future *path)
{
    const size_t line = at->line, year = at->year;
    const mean_factors mean = find_factors(self, line, year, spell);
    const double cases = of->cases[line] * mean.part[BG_FREQUENCY] * self->season[at->month] / 12;
    const bg_month_amounts amounts = {
        .care = cases * (of->cost[line] * mean.part[BG_COST]),
        .cases = cases,
        .emergency_share = mean.emergency > 1 ? 1 - 1 / mean.emergency : 0,
    };
    return bg_future_post(path, self, at, &amounts);
}

static const bg_spell *spell_of(const bg_spells *spells, size_t month)
{
    const bg_spell *spell = spells->spell;
    while (!bg_has_month(spell->months, month)) {
        spell++;
    }
    return spell;
}

static bg_status post_year(const bg_demand *self, size_t year, bg_future *path)
{
    central of;
    find_central(self, year, &of);
    for (size_t i = 0; i < self->scheme_count; i++) {
        path->people[BG_FUTURE_YEAR(path, i, year)] = of.people[i];
    }
    const bg_spells *spells = bg_demand_spells(self, year);
    bg_status status = BG_OK;
    for (size_t i = 0; !status && i < self->line_count; i++) {
        for (size_t month = 0; !status && month < 12; month++) {
            const bg_month_line at = {.line = i, .year = year, .month = month};
            status = post_month(self, &of, spell_of(spells, month), &at, path);
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
        status = post_year(self, year, path);
    }
    return status;
}

/* Mean of the product of the factors of cases and cost. */
static double mean_of_changes(const bg_demand *self, size_t line, size_t year,
                              const bg_spell *spell)
{
    double factor = 1;
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        if ((spell->active >> j & 1) && change->line[line]) {
            factor *= bg_change_mean_product(change, year);
        }
    }
    return factor;
}

double bg_demand_mean(const bg_demand *self, size_t line, size_t year)
{
    central of;
    find_central(self, year, &of);
    const size_t t = self->gap + year + 1;
    double month[12], sum = 0;
    bg_emergency_mean(&self->emergency, self->season, self->line[line].exposure, t > 1, month);
    const bg_spells *spells = bg_demand_spells(self, year);
    for (size_t i = 0; i < 12; i++) {
        sum += month[i] * mean_of_changes(self, line, year, spell_of(spells, i));
    }
    return of.cases[line] * of.cost[line] * sum;
}
