#include "statistics/forecast_scores.h"

#include "base/elementary.h"

#include <stdlib.h>

const double bg_interval_level[BG_LEVEL_COUNT] = {
#define X(percent) percent / 100.0,
    BG_LEVELS(X)
#undef X
};

double bg_interval_score(double low, double high, double level, double outcome)
{
    const double outside = fmax(low - outcome, 0) + fmax(outcome - high, 0);
    return high - low + 2 / (1 - level) * outside;
}

static bool covers(const bg_scored *self, size_t level)
{
    return self->low[level] <= self->outcome && self->outcome <= self->high[level];
}

static double coverage_error(const bg_scored *const *forecast, size_t count, size_t level,
                             double share)
{
    double squares = 0;
    size_t years = 0;
    for (size_t i = 0; i < count; years++) {
        const int year = forecast[i]->year;
        double sum = 0;
        for (; i < count && forecast[i]->year == year; i++) {
            sum += (covers(forecast[i], level) ? 1 : 0) - share;
        }
        squares += sum * sum;
    }
    if (years < 2) {
        return sqrt(share * (1 - share) / (double)count);
    }
    return sqrt(squares * (double)years / (double)(years - 1)) / (double)count;
}

static int compare(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static double median_width(const bg_scored *const *forecast, size_t count, double *room)
{
    for (size_t i = 0; i < count; i++) {
        room[i] = forecast[i]->high[BG_LEVEL_COUNT - 1] - forecast[i]->low[BG_LEVEL_COUNT - 1];
    }
    qsort(room, count, sizeof *room, compare);
    return (room[(count - 1) / 2] + room[count / 2]) / 2;
}

static void add(bg_score *self, const bg_scored *forecast)
{
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        self->covered[k] += covers(forecast, k) ? 1 : 0;
        self->interval_score[k] +=
            bg_interval_score(bg_exp(forecast->low[k]), bg_exp(forecast->high[k]),
                              bg_interval_level[k], bg_exp(forecast->outcome));
    }
    self->bias += forecast->outcome - forecast->median;
    self->crps += forecast->crps;
    const size_t rank = (size_t)(forecast->rank * BG_RANKS);
    self->rank[rank < BG_RANKS ? rank : BG_RANKS - 1]++;
}

bg_score bg_score_of(const bg_scored *const *forecast, size_t count, double *room)
{
    bg_score self = {.count = count};
    if (count == 0) {
        return self;
    }
    for (size_t i = 0; i < count; i++) {
        add(&self, forecast[i]);
    }
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        self.covered[k] /= (double)count;
        self.interval_score[k] /= (double)count;
        self.covered_error[k] = coverage_error(forecast, count, k, self.covered[k]);
    }
    self.bias /= (double)count;
    self.crps /= (double)count;
    self.width = median_width(forecast, count, room);
    return self;
}
