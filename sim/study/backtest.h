/* Forecasts of years that are known by now, each from what was known before it: how good they were.
 *
 * At the end of each year that has a growth behind it (an origin) the model of study/growth_fit.h is fitted, with and
 * without its common factor, and expected growth over the next one to five years is noted for every series with an amount
 * in that year; likewise the forecasts of study/naive.h, once one of their kind has been held against an outcome known at
 * the origin. Nothing that became known later has a part in it. */
#ifndef BAOGAN_STUDY_BACKTEST
#define BAOGAN_STUDY_BACKTEST

#include "statistics/forecast_scores.h"
#include "study/naive.h"

#define BG_MOST_AHEAD 5

/* X(name, English, Chinese) */
#define BG_BACKTEST_METHODS(X)                                                                     \
    X(model, "model", "模型")                                                                      \
    X(alone, "model without a common factor", "不含共同因素的模型")                                \
    X(last_year, "last year", "上年数")                                                            \
    X(own_trend, "own trend", "自身趋势")                                                          \
    X(pooled_trend, "pooled trend", "总体趋势")                                                    \
    X(mean_of_three, "mean of three years", "三年均值")

typedef enum bg_backtest_method {
#define X(name, en, zh) BG_BACKTEST_##name,
    BG_BACKTEST_METHODS(X)
#undef X
        BG_BACKTEST_METHOD_COUNT
} bg_backtest_method;

typedef struct bg_backtest_options {
    int window;     /* so many last years are learned from; 0: all */
    int ahead;      /* years, 1 to BG_MOST_AHEAD */
    int first_year; /* that is scored, earlier ones being for learning; 0: the first there is */
    const volatile int *stop; /* non-zero: ends with BG_INTERRUPTED; may be NULL */
} bg_backtest_options;

typedef struct bg_backtest_forecast {
    size_t series;
    int origin, ahead;
    double last;    /* the amount of the origin's year, fen */
    double people;  /* NaN where not known */
    double outcome; /* ln of the growth that came; NaN: none yet, or scope breaks on the way */
    bool made[BG_BACKTEST_METHOD_COUNT];
    /* Where made; rank and crps where there is an outcome. */
    bg_scored by[BG_BACKTEST_METHOD_COUNT];
} bg_backtest_forecast;

typedef struct bg_backtest {
    bg_yearly yearly;
    bg_backtest_options options;
    bg_backtest_forecast *forecast; /* by year that is forecast, then by years ahead and series */
    size_t count, capacity;
    double size_edge[2]; /* people: the most of the lowest and of the middle third of those
                          * scored; NaN: sizes not known, or too few */
} bg_backtest;

/* BG_INVALID where there is nothing to be forecast: one year alone. BG_MEMORY, BG_INTERRUPTED. Free in any case; twice is
 * safe. `data` is borrowed and lives as long. */
bg_status bg_backtest_run(const bg_observed *data, const bg_backtest_options *options,
                          bg_backtest *self, bg_errors *errors);
void bg_backtest_free(bg_backtest *self);

/* Which forecasts are asked for; 0 stands for all. */
typedef struct bg_backtest_group {
    bg_backtest_method method;
    int year; /* that is forecast */
    int ahead;
    int third;   /* of sizes, 1 to 3 */
    bool shared; /* that every method has made, so that methods can be compared */
} bg_backtest_group;

/* Their score; a count of 0 where there are none with an outcome. BG_MEMORY. */
bg_status bg_backtest_score(const bg_backtest *self, const bg_backtest_group *group,
                            bg_score *score, bg_errors *errors);
const char *bg_backtest_method_name(bg_backtest_method method);

#endif
