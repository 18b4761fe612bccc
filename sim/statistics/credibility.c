#include "statistics/credibility.h"

#include <math.h>

static void sum_up(const bg_credibility_data *data, double *unit_weight, double *unit_mean)
{
    for (size_t u = 0; u < data->units; u++) {
        unit_weight[u] = unit_mean[u] = 0;
    }
    for (size_t i = 0; i < data->count; i++) {
        unit_weight[data->unit[i]] += data->weight[i];
        unit_mean[data->unit[i]] += data->weight[i] * data->value[i];
    }
    for (size_t u = 0; u < data->units; u++) {
        unit_mean[u] = unit_weight[u] > 0 ? unit_mean[u] / unit_weight[u] : 0;
    }
}

static double variance_within(const bg_credibility_data *data, const double *unit_mean,
                              size_t units)
{
    double squares = 0;
    for (size_t i = 0; i < data->count; i++) {
        const double off = data->value[i] - unit_mean[data->unit[i]];
        squares += data->weight[i] * off * off;
    }
    return data->count > units ? squares / (double)(data->count - units) : 0;
}

/* Unbiased where the units are alike, and cut at zero. */
static double variance_between(const bg_credibility_data *data, const double *unit_weight,
                               const double *unit_mean, size_t units, double within)
{
    double weight = 0, mean = 0, squares = 0, squared_weights = 0;
    for (size_t u = 0; u < data->units; u++) {
        weight += unit_weight[u];
        mean += unit_weight[u] * unit_mean[u];
        squared_weights += unit_weight[u] * unit_weight[u];
    }
    mean /= weight;
    for (size_t u = 0; u < data->units; u++) {
        squares += unit_weight[u] * (unit_mean[u] - mean) * (unit_mean[u] - mean);
    }
    const double spare = weight - squared_weights / weight;
    return spare > 0 ? fmax(0, (squares - (double)(units - 1) * within) / spare) : 0;
}

double bg_credibility_factor(const bg_credibility *self, double unit_weight)
{
    const double own = unit_weight * self->between;
    return own > 0 ? own / (own + self->within) : 0;
}

bg_credibility bg_credibility_fit(const bg_credibility_data *data, double *unit_weight,
                                  double *unit_mean)
{
    bg_credibility self = {0};
    size_t units = 0;
    sum_up(data, unit_weight, unit_mean);
    for (size_t u = 0; u < data->units; u++) {
        units += unit_weight[u] > 0;
    }
    if (units == 0) {
        return self;
    }
    self.within = variance_within(data, unit_mean, units);
    self.between = variance_between(data, unit_weight, unit_mean, units, self.within);
    double trust = 0, plain = 0, plain_weight = 0;
    for (size_t u = 0; u < data->units; u++) {
        const double z = bg_credibility_factor(&self, unit_weight[u]);
        trust += z;
        self.mean += z * unit_mean[u];
        plain += unit_weight[u] * unit_mean[u];
        plain_weight += unit_weight[u];
    }
    self.mean = trust > 0 ? self.mean / trust : plain / plain_weight;
    return self;
}
