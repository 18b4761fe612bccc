#include "study/backtest.h"

#include "base/array.h"
#include "base/elementary.h"
#include "base/special.h"
#include "study/growth_fit.h"
#include "study/messages.h"

#include <stdlib.h>
#include <string.h>

typedef struct running {
    bg_backtest *self;
    bg_mixture expected;
    bg_growth_fit fit, alone;
    bg_naive_origin naive;
    bg_errors *errors;
} running;

/* ---- one forecast ---- */

static void note(const bg_mixture *expected, double outcome, int year, bg_scored *scored)
{
    for (size_t k = 0; k < BG_LEVEL_COUNT; k++) {
        scored->low[k] = bg_mixture_quantile(expected, (1 - bg_interval_level[k]) / 2);
        scored->high[k] = bg_mixture_quantile(expected, (1 + bg_interval_level[k]) / 2);
    }
    scored->median = bg_mixture_quantile(expected, 0.5);
    scored->outcome = outcome;
    scored->year = year;
    if (!isnan(outcome)) {
        scored->rank = bg_mixture_below(expected, outcome);
        scored->crps = bg_mixture_crps(expected, outcome);
    }
}

/* ln of the growth that came of it, whenever it became known. */
static double outcome_of(const bg_yearly *data, size_t series, int origin, int ahead)
{
    double sum = 0;
    for (int year = origin + 1; year <= origin + ahead; year++) {
        sum += bg_yearly_growth(data, series, year, INT32_MAX);
    }
    return sum;
}

static void forecast_by_model(running *run, bg_backtest_forecast *forecast)
{
    const int year = forecast->origin + forecast->ahead;
    const bg_growth_fit *fits[] = {&run->fit, &run->alone};
    for (size_t i = 0; i < 2; i++) {
        bg_growth_ahead(fits[i], forecast->series, forecast->ahead, &run->expected);
        note(&run->expected, forecast->outcome, year, &forecast->by[BG_BACKTEST_model + i]);
        forecast->made[BG_BACKTEST_model + i] = true;
    }
}

static bg_status add_forecast(running *run, size_t series, int ahead)
{
    bg_backtest *self = run->self;
    const int origin = run->naive.origin;
    bg_backtest_forecast *list =
        bg_array_room(self->forecast, &self->capacity, self->count + 1, sizeof *list);
    if (!list) {
        return bg_no_memory(run->errors);
    }
    self->forecast = list;
    bg_backtest_forecast *forecast = &list[self->count++];
    *forecast = (bg_backtest_forecast){
        .series = series,
        .origin = origin,
        .ahead = ahead,
        .last = bg_exp(bg_yearly_at(&self->yearly, series, origin, origin)->log_amount),
        .people = bg_yearly_people(&self->yearly, series, origin),
        .outcome = outcome_of(&self->yearly, series, origin, ahead)};
    forecast_by_model(run, forecast);
    for (bg_naive m = 0; m < BG_NAIVES; m++) { /* its width follows once all points are there */
        forecast->by[BG_BACKTEST_last_year + m].median =
            bg_naive_point(&run->naive, series, ahead, m);
    }
    return BG_OK;
}

/* ---- origins ---- */

static bool is_stopped(const bg_backtest *self)
{
    return self->options.stop && *self->options.stop;
}

static bg_status forecast_from(running *run, int origin)
{
    bg_backtest *self = run->self;
    const bg_growth_options together = {.window = self->options.window};
    const bg_growth_options apart = {.window = self->options.window, .alone = true};
    run->naive = bg_naive_at(&self->yearly, origin);
    bg_status status = bg_growth_fit_at(&self->yearly, origin, &together, &run->fit, run->errors);
    status =
        status ? status : bg_growth_fit_at(&self->yearly, origin, &apart, &run->alone, run->errors);
    for (int ahead = 1; !status && run->fit.growths > 0 && ahead <= self->options.ahead; ahead++) {
        for (size_t s = 0; !status && s < self->yearly.series; s++) {
            if (bg_yearly_at(&self->yearly, s, origin, origin)) {
                status = add_forecast(run, s, ahead);
            }
        }
    }
    bg_growth_fit_free(&run->fit);
    bg_growth_fit_free(&run->alone);
    return status ? status : is_stopped(self) ? BG_INTERRUPTED : BG_OK;
}

/* ---- naive widths ---- */

/* When the outcome of a forecast became known. */
static int known_at(const bg_backtest *self, const bg_backtest_forecast *of)
{
    return bg_yearly_at(&self->yearly, of->series, of->origin + of->ahead, INT32_MAX)->known;
}

/* The mean square of the errors that were known at the end of `origin`, of forecasts as many years ahead; NaN: none. */
static double mean_square(const bg_backtest *self, bg_backtest_method method, int origin, int ahead)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_backtest_forecast *past = &self->forecast[i];
        const double off = past->outcome - past->by[method].median;
        if (past->ahead == ahead && !isnan(off) && known_at(self, past) <= origin) {
            sum += off * off;
            count++;
        }
    }
    return count ? sum / (double)count : (double)NAN;
}

static void widen(bg_backtest *self, bg_backtest_method method)
{
    int origin = 0, ahead = 0;
    double square = NAN;
    for (size_t i = 0; i < self->count; i++) {
        bg_backtest_forecast *of = &self->forecast[i];
        if (of->origin != origin || of->ahead != ahead) {
            origin = of->origin;
            ahead = of->ahead;
            square = mean_square(self, method, origin, ahead);
        }
        bg_scored *scored = &of->by[method];
        of->made[method] = square > 0 && !isnan(scored->median);
        if (of->made[method]) {
            const bg_mixture normal = {1, {{1, scored->median, sqrt(square)}}};
            note(&normal, of->outcome, origin + ahead, scored);
        }
    }
}

/* ---- all of it ---- */

static int compare(const void *a, const void *b)
{
    const bg_backtest_forecast *left = a, *right = b;
    const int year = left->origin + left->ahead - right->origin - right->ahead;
    const int ahead = left->ahead - right->ahead;
    return year    ? year
           : ahead ? ahead
                   : (left->series > right->series) - (left->series < right->series);
}

static int compare_numbers(const void *a, const void *b)
{
    const double *left = a, *right = b;
    return (*left > *right) - (*left < *right);
}

static bg_status find_thirds(bg_backtest *self, bg_errors *errors)
{
    double *people = calloc(self->count + 1, sizeof *people);
    size_t count = 0;
    if (!people) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < self->count; i++) {
        const bg_backtest_forecast *of = &self->forecast[i];
        if (!isnan(of->outcome) && of->people > 0) {
            people[count++] = of->people;
        }
    }
    qsort(people, count, sizeof *people, compare_numbers);
    for (size_t k = 0; k < 2; k++) {
        self->size_edge[k] = count >= 3 && self->yearly.series >= 3
                                 ? people[(count * (k + 1) + 2) / 3 - 1]
                                 : (double)NAN;
    }
    free(people);
    return BG_OK;
}

/* Earlier years were forecast for the sake of naive widths alone. */
static void keep_asked_for(bg_backtest *self)
{
    size_t kept = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_backtest_forecast *of = &self->forecast[i];
        if (of->origin + of->ahead >= self->options.first_year) {
            self->forecast[kept++] = *of;
        }
    }
    self->count = kept;
}

static bg_status run_origins(running *run)
{
    bg_backtest *self = run->self;
    const int last = self->yearly.first_year + (int)self->yearly.years - 1;
    bg_status status = BG_OK;
    for (int origin = self->yearly.first_year + 1; !status && origin <= last; origin++) {
        status = forecast_from(run, origin);
    }
    return status;
}

bg_status bg_backtest_run(const bg_observed *data, const bg_backtest_options *options,
                          bg_backtest *self, bg_errors *errors)
{
    *self = (bg_backtest){.options = *options};
    running *run = calloc(1, sizeof *run);
    if (!run) {
        return bg_no_memory(errors);
    }
    run->self = self;
    run->errors = errors;
    bg_status status = bg_yearly_add_up(data, &self->yearly, errors);
    status = status ? status : run_origins(run);
    free(run);
    for (bg_backtest_method m = BG_BACKTEST_last_year; !status && m < BG_BACKTEST_METHOD_COUNT;
         m++) {
        widen(self, m);
    }
    keep_asked_for(self);
    if (!status && self->count == 0) {
        status = bg_errors_say(errors, BG_INVALID, BG_NOWHERE, "data", BG_SAY(backtest_too_short));
    }
    if (!status) {
        qsort(self->forecast, self->count, sizeof *self->forecast, compare);
        status = find_thirds(self, errors);
    }
    return status;
}

void bg_backtest_free(bg_backtest *self)
{
    bg_yearly_free(&self->yearly);
    free(self->forecast);
    memset(self, 0, sizeof *self);
}

/* ---- scores ---- */

static int third_of(const bg_backtest *self, double people)
{
    return !(people > 0) ? 0 : 1 + (people > self->size_edge[0]) + (people > self->size_edge[1]);
}

static bool made_by_all(const bg_backtest_forecast *of)
{
    bool all = true;
    for (size_t m = 0; m < BG_BACKTEST_METHOD_COUNT; m++) {
        all = all && of->made[m];
    }
    return all;
}

static bool belongs(const bg_backtest *self, const bg_backtest_group *group,
                    const bg_backtest_forecast *of)
{
    return of->made[group->method] && !isnan(of->outcome) && (!group->shared || made_by_all(of)) &&
           (!group->year || group->year == of->origin + of->ahead) &&
           (!group->ahead || group->ahead == of->ahead) &&
           (!group->third || group->third == third_of(self, of->people));
}

bg_status bg_backtest_score(const bg_backtest *self, const bg_backtest_group *group,
                            bg_score *score, bg_errors *errors)
{
    const bg_scored **list = calloc(self->count + 1, sizeof *list);
    double *room = calloc(self->count + 1, sizeof *room);
    if (list && room) {
        size_t count = 0;
        for (size_t i = 0; i < self->count; i++) {
            if (belongs(self, group, &self->forecast[i])) {
                list[count++] = &self->forecast[i].by[group->method];
            }
        }
        *score = bg_score_of(list, count, room);
    }
    const bool done = list && room;
    free(list);
    free(room);
    return done ? BG_OK : bg_no_memory(errors);
}

const char *bg_backtest_method_name(bg_backtest_method method)
{
    static const char *const names[] = {
#define X(name, en, zh) #name,
        BG_BACKTEST_METHODS(X)
#undef X
    };
    return names[method];
}
