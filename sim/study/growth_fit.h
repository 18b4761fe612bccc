/* What is expected of the years after an origin, learned from what was known at its end: the form of the demand model
 * as far as yearly amounts go.
 *
 *     ln growth of a series = trend of all, which moves + swing of the year, common to all
 *                           + own trend, as far as it can be believed + own swing, of variance a + b / people
 *
 * Before there is anything to learn from, the trend is 10 % a year, give or take 10 %; the year's swing is 1 %, within a
 * factor of twenty either way, and four times as large in 8 years of 100 (statistics/moving_level.h); the own swing counts 3 % as two observations
 * (statistics/noise_by_size.h), outliers make it Student's t; own trends are those of Bühlmann and Straub
 * (statistics/credibility.h). */
#ifndef BAOGAN_STUDY_GROWTH_FIT
#define BAOGAN_STUDY_GROWTH_FIT

#include "statistics/credibility.h"
#include "statistics/moving_level.h"
#include "statistics/noise_by_size.h"
#include "study/yearly.h"

typedef struct bg_growth_options {
    int window; /* so many last years are looked at; 0: all */
    bool alone; /* without a common factor: the swings of the series are independent */
} bg_growth_options;

typedef struct bg_growth_fit {
    const bg_yearly *data; /* borrowed */
    int origin;
    bg_growth_options options;
    size_t growths, years; /* learned from, of so many years */
    bg_moving_level common;
    bg_normal_part mean; /* of all years, without a common factor */
    bg_sized_noise noise;
    bg_credibility own;            /* of the own trends; the units of weights are 1 / variance */
    double *own_weight, *own_mean; /* of each series */
    bg_t_class classes[BG_T_CLASSES];
    size_t class_count;
} bg_growth_fit;

/* Learns from what was known at the end of `origin`. BG_MEMORY. Free in any case; twice is safe. */
bg_status bg_growth_fit_at(const bg_yearly *data, int origin, const bg_growth_options *options,
                           bg_growth_fit *self, bg_errors *errors);
void bg_growth_fit_free(bg_growth_fit *self);

/* ln of the growth of a series over `ahead` years from the origin on. Own swings of several years are taken to have the
 * tails of one. */
void bg_growth_ahead(const bg_growth_fit *self, size_t series, int ahead, bg_mixture *expected);

#endif
