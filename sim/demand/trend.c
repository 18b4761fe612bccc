#include "demand/trend.h"

#include <math.h>

/* Weighted sums of products of the whitened columns: ones (u), years (v) and log levels (y). */
typedef struct sums {
    double uu, uv, vv, uy, vy;
} sums;

static void add(sums *self, double weight, double u, double v, double y)
{
    self->uu += weight * u * u;
    self->uv += weight * u * v;
    self->vv += weight * v * v;
    self->uy += weight * u * y;
    self->vy += weight * v * y;
}

/* Variance, in units of volatility^2, that a deviation gathers in `years` steps from a known value:
 * the sum of persistence^(2k) over k < years. */
static double gathered(double persistence, size_t years)
{
    double sum = 0;
    for (size_t k = 0; k < years; k++) {
        sum = 1 + persistence * persistence * sum;
    }
    return sum;
}

/* An AR(1) series is whitened by taking from each usable year what the usable year before it
 * predicts; the innovations are independent, and least squares on them is GLS on the levels. */
static sums whitened(const double *log_level, const bool *usable, size_t n,
                     const bg_deviations *deviations)
{
    const double persistence = deviations->persistence;
    const double long_run = 1 / (1 - persistence * persistence);
    bool first = true;
    sums result = {0};
    double kept = 0, year_before = 0, level_before = 0;
    size_t steps = 0;
    for (size_t i = 0; i < n; i++) {
        steps++;
        kept *= persistence;
        if (!usable[i]) {
            continue;
        }
        const double year = (double)i - (double)(n - 1);
        const bool settled = deviations->stationary && first;
        const double variance = settled ? long_run : gathered(persistence, steps);
        add(&result, 1 / variance, 1 - kept, year - kept * year_before,
            log_level[i] - kept * level_before);
        first = false;
        kept = 1;
        year_before = year;
        level_before = log_level[i];
        steps = 0;
    }
    return result;
}

bg_trend_fit bg_trend_estimate(const double *log_level, const bool *usable, size_t n,
                               const bg_deviations *deviations)
{
    size_t count = 0, last = 0;
    for (size_t i = 0; i < n; i++) {
        if (usable[i]) {
            count++;
            last = i;
        }
    }
    if (count < 2) {
        return (bg_trend_fit){.variance = INFINITY, .last = log_level[last]};
    }
    const sums s = whitened(log_level, usable, n, deviations);
    const double determinant = s.uu * s.vv - s.uv * s.uv;
    return (bg_trend_fit){
        .growth = (s.uu * s.vy - s.uv * s.uy) / determinant,
        .variance = deviations->volatility * deviations->volatility * s.uu / determinant,
        .last = (s.vv * s.uy - s.uv * s.vy) / determinant,
    };
}

bg_trend_view bg_trend_blend(const bg_trend_fit *own, double prior, double prior_sd)
{
    const double prior_variance = prior_sd * prior_sd;
    const bool alone = isinf(own->variance);  /* nothing of its own: Z = 0, sd of the prior */
    const bool certain = prior_variance <= 0; /* whatever the data say */
    const double z = alone || certain ? 0 : prior_variance / (prior_variance + own->variance);
    return (bg_trend_view){
        .own = own->growth,
        .own_sd = sqrt(own->variance),
        .prior = prior,
        .prior_sd = prior_sd,
        .credibility = z,
        .used = z * own->growth + (1 - z) * prior,
        .used_sd = alone ? prior_sd : sqrt(z * own->variance),
    };
}
