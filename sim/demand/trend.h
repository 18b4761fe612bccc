/* Growth of a yearly series: its own estimate, and the blend with a prior. README.md, "Trend". */
#ifndef BAOGAN_DEMAND_TREND
#define BAOGAN_DEMAND_TREND

#include <baogan/demand.h>

/* A straight line through log levels. */
typedef struct bg_trend_fit {
    double growth;   /* slope a year; 0 with fewer than two usable years */
    double variance; /* of the slope; infinite with fewer than two usable years */
    double last;     /* the line's height in the last year of the series */
} bg_trend_fit;

/* Deviations about the line: x_t = persistence x_(t-1) + volatility u_t, from x = 0 in the year before
 * the series, or stationary from its first year on (persistence < 1). */
typedef struct bg_deviations {
    double persistence, volatility;
    bool stationary;
} bg_deviations;

/* Generalised least squares of log_level[0..n-1], consecutive years of which only the usable count
 * (at least one). */
bg_trend_fit bg_trend_estimate(const double *log_level, const bool *usable, size_t n,
                               const bg_deviations *deviations);

/* Credibility Z = prior_sd^2 / (prior_sd^2 + variance) given to own growth, the rest to the prior.
 */
bg_trend_view bg_trend_blend(const bg_trend_fit *own, double prior, double prior_sd);

#endif
