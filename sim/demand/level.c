#include "demand/level.h"

#include "base/elementary.h"

#include <math.h>

static bg_trend_fit own_trend(const bg_series *series, const bg_level_terms *terms)
{
    double log_level[BG_MAX_HISTORY_YEARS] = {0};
    bool usable[BG_MAX_HISTORY_YEARS] = {false};
    for (size_t i = 0; i < series->n; i++) {
        usable[i] = series->counts[i] && series->value[i] > 0;
        log_level[i] = usable[i] ? bg_log(series->value[i]) : 0;
    }
    return bg_trend_estimate(log_level, usable, series->n, &terms->deviations);
}

static size_t last_that_counts(const bg_series *series)
{
    size_t last = series->n - 1;
    while (last > 0 && !series->counts[last]) {
        last--;
    }
    return last;
}

bg_demand_part bg_level_estimate(const bg_series *series, const bg_level_terms *terms)
{
    const bg_trend_fit own = own_trend(series, terms);
    bg_demand_part part = {
        .trend = bg_trend_blend(&own, terms->prior, terms->prior_sd),
        .volatility = terms->deviations.volatility,
    };
    const size_t last = last_that_counts(series);
    if (series->value[last] <= 0) {
        part.level = 0;
    } else if (terms->fitted && isfinite(own.variance)) {
        part.level = bg_exp(own.last);
    } else {
        const double years = (double)(series->n - 1 - last);
        part.level = series->value[last] * bg_exp(part.trend.used * years);
    }
    return part;
}
