/* Forecasts that need no model, to be beaten: a point from the last years of a series, and an interval as wide as the
 * same forecast has erred before. */
#ifndef BAOGAN_STUDY_NAIVE
#define BAOGAN_STUDY_NAIVE

#include "study/yearly.h"

typedef enum bg_naive {
    BG_NAIVE_LAST_YEAR,     /* the last year again */
    BG_NAIVE_OWN_TREND,     /* on by the mean growth of its last two years */
    BG_NAIVE_POOLED_TREND,  /* on by the mean of that over all series */
    BG_NAIVE_MEAN_OF_THREE, /* the mean of its last three years */
    BG_NAIVES
} bg_naive;

/* The trends at an origin, to be found once for all series; NaN where a series has not three years up to it. */
typedef struct bg_naive_origin {
    const bg_yearly *data; /* borrowed */
    int origin;
    double pooled;
} bg_naive_origin;

bg_naive_origin bg_naive_at(const bg_yearly *data, int origin);
/* ln of the point over the amount of the origin's year; NaN where it cannot be told. */
double bg_naive_point(const bg_naive_origin *self, size_t series, int ahead, bg_naive method);

#endif
