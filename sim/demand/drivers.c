#include "demand/drivers.h"

static double half_variance(const bg_demand_part *part, double t, double gathered)
{
    const double trend = part->trend.used_sd * t;
    return (trend * trend + part->volatility * part->volatility * gathered) / 2;
}

static double covariance(const bg_demand_line *line, double t, double gathered)
{
    const bg_demand_part *f = &line->part[BG_FREQUENCY], *c = &line->part[BG_COST];
    return line->correlation *
           (f->trend.used_sd * c->trend.used_sd * t * t + f->volatility * c->volatility * gathered);
}

void bg_drivers_fill(const bg_demand *demand, const bg_factors *factors, size_t t, size_t n,
                     bg_part_values *values, const void *context, const bg_drivers *drivers)
{
    for (size_t i = 0; i < demand->line_count; i++) {
        const bg_demand_line *line = &demand->line[i];
        double *const *trend = factors->trend[i], *const *deviation = factors->deviation[i];
        bg_part_year at = {.line = i, .part = BG_FREQUENCY, .t = (double)t};
        at.half_variance = half_variance(&line->part[BG_FREQUENCY], at.t, factors->gathered);
        values(context, &at, n, trend[BG_FREQUENCY], deviation[BG_FREQUENCY],
               factors->people[line->scheme], drivers->cases[i]);
        at.part = BG_COST;
        at.half_variance = half_variance(&line->part[BG_COST], at.t, factors->gathered);
        at.covariance = covariance(line, at.t, factors->gathered);
        values(context, &at, n, trend[BG_COST], deviation[BG_COST], NULL, drivers->cost[i]);
    }
}
