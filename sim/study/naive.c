#include "study/naive.h"

#include "base/elementary.h"

#define YEARS 3

/* ln of the last three amounts; false where one is not there, or scope breaks between them. */
static bool last_three(const bg_yearly *data, size_t series, int origin, double log[YEARS])
{
    for (int i = 0; i < YEARS; i++) {
        const bg_year_value *value = bg_yearly_at(data, series, origin - YEARS + 1 + i, origin);
        if (!value || (i > 0 && value->scope_break)) {
            return false;
        }
        log[i] = value->log_amount;
    }
    return true;
}

static double own_trend(const bg_yearly *data, size_t series, int origin)
{
    double log[YEARS];
    return last_three(data, series, origin, log) ? (log[2] - log[0]) / 2 : (double)NAN;
}

bg_naive_origin bg_naive_at(const bg_yearly *data, int origin)
{
    double sum = 0;
    size_t count = 0;
    for (size_t s = 0; s < data->series; s++) {
        const double trend = own_trend(data, s, origin);
        sum += isnan(trend) ? 0 : trend;
        count += isnan(trend) ? 0 : 1;
    }
    return (bg_naive_origin){data, origin, count ? sum / (double)count : (double)NAN};
}

static double mean_of_three(const bg_naive_origin *self, size_t series)
{
    double log[YEARS];
    if (!last_three(self->data, series, self->origin, log)) {
        return NAN;
    }
    return bg_log((bg_exp(log[0] - log[2]) + bg_exp(log[1] - log[2]) + 1) / YEARS);
}

double bg_naive_point(const bg_naive_origin *self, size_t series, int ahead, bg_naive method)
{
    const double trend = own_trend(self->data, series, self->origin);
    if (isnan(trend)) {
        return NAN;
    }
    switch (method) {
    case BG_NAIVE_OWN_TREND:
        return ahead * trend;
    case BG_NAIVE_POOLED_TREND:
        return ahead * self->pooled;
    case BG_NAIVE_MEAN_OF_THREE:
        return mean_of_three(self, series);
    case BG_NAIVE_LAST_YEAR:
    case BG_NAIVES:
        break;
    }
    return 0;
}
