/* How well forecasts did: coverage, interval scores, ranks. Of forecasts of an amount that stands at 1 before. */
#ifndef BAOGAN_STATISTICS_FORECAST_SCORES
#define BAOGAN_STATISTICS_FORECAST_SCORES

#include <stdbool.h>
#include <stddef.h>

/* X(per cent) */
#define BG_LEVELS(X)   X(50) X(80) X(95)
#define BG_LEVEL_COUNT 3
extern const double bg_interval_level[BG_LEVEL_COUNT]; /* 0.5, 0.8, 0.95 */
#define BG_RANKS 10

/* One forecast of ln of the amount, and the outcome. */
typedef struct bg_scored {
    double low[BG_LEVEL_COUNT], high[BG_LEVEL_COUNT];
    double median;
    double rank; /* P(X <= outcome) */
    double crps; /* of ln */
    double outcome;
    int year; /* forecasts of one year err together */
} bg_scored;

/* Sums over forecasts. Zero-initialise. */
typedef struct bg_score {
    size_t count;
    double covered[BG_LEVEL_COUNT];        /* share */
    double covered_error[BG_LEVEL_COUNT];  /* its standard error, see bg_score_of */
    double interval_score[BG_LEVEL_COUNT]; /* mean, as a share of the amount before */
    double width;                          /* median of high - low of ln, at 95 % */
    double bias, crps;                     /* means of outcome - median, and of crps, of ln */
    size_t rank[BG_RANKS];                 /* how often the rank lies in each tenth */
} bg_score;

/* high - low + 2 / (1 - level) * how far the outcome lies outside. Gneiting, Raftery: JASA 102 (2007), 370. */
double bg_interval_score(double low, double high, double level, double outcome);

/* The scores of `count` forecasts, those of a year one after another. The error of a coverage takes the years as draws
 * that may err together (the sum of a year's deviations squared), where there are two or more; of one year it is that
 * of independent forecasts. `room` holds `count` numbers. */
bg_score bg_score_of(const bg_scored *const *forecast, size_t count, double *room);

#endif
