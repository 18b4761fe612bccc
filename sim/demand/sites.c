#include "demand/sites.h"

#include "base/elementary.h"

#include <math.h>

#define WIDE  4.0 /* sd of an uncertain size */
#define KNOTS 16  /* of a curve, on either side of the payment of the last base year */

static bool divides(const bg_demand *demand, size_t line, uint64_t active)
{
    bool any = false;
    for (size_t j = 0; j < demand->change_count; j++) {
        any = any || ((active >> j & 1) && bg_change_divides(&demand->change[j], line));
    }
    return any;
}

bool bg_demand_line_divides(const bg_demand *self, size_t line)
{
    return divides(self, line, UINT64_MAX);
}

bool bg_demand_line_shifts(const bg_demand *self, size_t line, uint64_t active)
{
    bool any = false;
    for (size_t j = 0; j < self->change_count; j++) {
        any = any || ((active >> j & 1) && bg_change_shifts_fund(&self->change[j], line));
    }
    return any;
}

bool bg_demand_line_responds(const bg_demand *self, size_t line)
{
    bool responds = bg_demand_line_shifts(self, line, UINT64_MAX);
    for (size_t i = 0; i < self->benefit_count; i++) {
        responds = responds || self->benefit[i].line == line;
    }
    return responds;
}

size_t bg_demand_line_mixes(const bg_demand *self, size_t line)
{
    const bool mixes =
        bg_demand_line_divides(self, line) || bg_demand_line_shifts(self, line, UINT64_MAX);
    return mixes ? self->line[line].levels.count : 0;
}

static bg_site level_of(const bg_demand *demand, size_t line, size_t index)
{
    const bg_line_levels *levels = &demand->line[line].levels;
    return (bg_site){.line = line,
                     .index = index,
                     .level = (uint8_t)(1U << index),
                     .cases = levels->cases[index],
                     .cost = levels->cost[index]};
}

void bg_sites_find(bg_sites *self, const bg_demand *demand, uint64_t active)
{
    size_t count = 0;
    for (size_t line = 0; line < demand->line_count; line++) {
        self->first[line] = count;
        if (!divides(demand, line, active)) {
            self->site[count++] = (bg_site){.line = line, .cases = 1, .cost = 1};
            continue;
        }
        for (size_t i = 0; i < demand->line[line].levels.count; i++) {
            self->site[count++] = level_of(demand, line, i);
        }
    }
    self->first[demand->line_count] = count;
}

double bg_site_share(const bg_change *change, const bg_site *site)
{
    return change->place.to_level ? 1 : site->cases;
}

typedef struct range {
    double low, high;
} range;

static void widen(range *self, double low, double high)
{
    self->low *= fmin(1, low);
    self->high *= fmax(1, high);
}

/* What changes may make of the cost of a level, by that of the line in the last base year. */
static range cost_of(const bg_demand *self, const bg_site *site)
{
    range cost = {site->cost, site->cost};
    for (size_t j = 0; j < self->change_count; j++) {
        const bg_change *change = &self->change[j];
        const bg_change_size *size = &change->size[BG_COST];
        if (change->level[site->line] && bg_change_touches_site(change, site, BG_COST)) {
            widen(&cost, bg_exp(size->mu - WIDE * size->sigma),
                  bg_exp(size->mu + WIDE * size->sigma));
        }
        if (bg_change_acts_on(change, site)) {
            const bg_change_shift *shift = &change->fund_share[site->line];
            widen(&cost, bg_exp(shift->mu - WIDE * shift->sigma),
                  bg_exp(shift->mu + WIDE * shift->sigma));
        }
        if (bg_change_moves_to_site(change, site)) {
            widen(&cost, change->place.relative_cost, change->place.relative_cost);
        }
    }
    return cost;
}

/* What terms may make of the cost, and of the squared coefficient of variation, of a level. */
static void widen_by_terms(const bg_demand *self, const bg_site *site, range *cost, range *within)
{
    const double level = self->line[site->line].part[BG_COST].level * site->cost;
    for (size_t i = 0; i < self->benefit_count; i++) {
        const bg_benefit_curve *curve = self->benefit[i].level[site->index].curve;
        range ratio = {1, 1}, variation = {1, 1};
        for (int k = -KNOTS; k <= KNOTS && curve && self->benefit[i].line == site->line; k++) {
            const bg_benefit_factors at =
                bg_benefit_curve_at(curve, level * bg_exp(k * (bg_log(16) / KNOTS)));
            ratio = (range){fmin(ratio.low, at.ratio), fmax(ratio.high, at.ratio)};
            variation =
                (range){fmin(variation.low, at.variation), fmax(variation.high, at.variation)};
        }
        widen(cost, ratio.low, ratio.high);
        widen(within, variation.low, variation.high);
    }
}

/* Kantorovich: of what lies between a and b, E X^2 is at most (a + b)^2 / (4 a b) times (E X)^2. */
void bg_demand_divided_variation(const bg_demand *self, size_t line, double *low, double *high)
{
    const bg_line_levels *levels = &self->line[line].levels;
    range all = {INFINITY, 0}, variation = {INFINITY, 0};
    for (size_t i = 0; i < levels->count; i++) {
        const bg_site site = level_of(self, line, i);
        range cost = cost_of(self, &site), within = {levels->within, levels->within};
        widen_by_terms(self, &site, &cost, &within);
        all = (range){fmin(all.low, cost.low), fmax(all.high, cost.high)};
        variation = (range){fmin(variation.low, within.low), fmax(variation.high, within.high)};
    }
    const double sum = all.low + all.high;
    *low = variation.low;
    *high = (1 + variation.high) * sum * sum / (4 * all.low * all.high) - 1;
}
