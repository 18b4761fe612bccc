#include "study/alarm.h"

#include "base/special.h"
#include "random/noise.h"

#include <baogan/stream.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ENDS = BG_YEAR_MONTHS, UNITS = BG_MAX_SCHEMES + 1 };

bg_light bg_light_of(const bg_light_bounds *bounds, double chance)
{
    return chance >= bounds->red ? BG_RED : chance >= bounds->amber ? BG_AMBER : BG_GREEN;
}

const char *bg_light_name(bg_light light)
{
    static const char *const names[BG_LIGHTS] = {"green", "amber", "red"};
    return names[light];
}

/* How many of the years had something at a month-end, or at any. */
typedef struct tally {
    size_t amber[ENDS + 1], red[ENDS + 1], red_in_vain[ENDS + 1], missed[ENDS + 1];
    size_t without, with; /* an overspend in the end */
} tally;

typedef struct drill {
    const bg_watch *watch;
    const bg_light_bounds *bounds;
    const double *line; /* [unit] */
    double *root;       /* [n][n]: of the covariance of the months' logarithms, lower triangle */
    double *normal;     /* [2 n][years] */
    tally tally[UNITS];
} drill;

/* Cholesky's root; a number that is a function of those before it has nothing of its own. */
static void find_root(const bg_normals *of, double *root)
{
    const size_t n = of->n;
    for (size_t j = 0; j < n; j++) {
        for (size_t i = j; i < n; i++) {
            double left = of->covariance[i * n + j];
            for (size_t k = 0; k < j; k++) {
                left -= root[i * n + k] * root[j * n + k];
            }
            const double own = i == j ? left : root[j * n + j] * root[j * n + j];
            root[i * n + j] = own > 0 ? left / sqrt(own) : 0;
        }
    }
}

/* Normal number `which` of year i. */
static double normal_of(const drill *self, size_t which, size_t i)
{
    return self->normal[which * BG_ALARM_YEARS + i];
}

/* The months of a year as the model draws them, or as expected but for noise. */
static void draw_months(const drill *self, size_t year, bool as_expected, double *months)
{
    const bg_month_prior *prior = self->watch->prior;
    const bg_normals *logs = &prior->logs;
    const size_t n = logs->n;
    for (size_t i = 0; i < n; i++) {
        double log = as_expected ? bg_log(prior->expected[i]) - prior->noise * prior->noise / 2 +
                                       prior->noise * normal_of(self, i, year)
                                 : logs->mean[i];
        for (size_t k = 0; k <= i && !as_expected; k++) {
            log += self->root[i * n + k] * normal_of(self, k, year);
        }
        months[i] = bg_exp(log);
    }
}

/* What is booked of them by the end of a month. A month whose bookings run ahead does so at every month-end. */
static void book(const drill *self, size_t year, size_t ends, const double *months, double *seen)
{
    const bg_run_off *run_off = &self->watch->run_off;
    const size_t n = self->watch->prior->logs.n;
    for (size_t i = 0; i < n; i++) {
        const size_t month = i % BG_YEAR_MONTHS;
        if (month < ends) {
            const size_t lag = ends - 1 - month;
            const double error = sqrt(run_off->variance[lag]) * normal_of(self, n + i, year);
            seen[i] = months[i] * run_off->share[lag] * bg_exp(error);
        }
    }
}

static void light_up(const drill *self, size_t year, const double *months,
                     bg_light light[UNITS][ENDS])
{
    for (size_t end = 1; end <= ENDS; end++) {
        double seen[BG_MOST_MONTHS];
        bg_lognormal outlook[UNITS];
        book(self, year, end, months, seen);
        bg_watch_look(self->watch, end, seen, outlook);
        for (size_t u = 0; u < self->watch->units; u++) {
            const double chance = bg_lognormal_above(&outlook[u], self->line[u]);
            light[u][end - 1] = bg_light_of(self->bounds, chance);
        }
    }
}

static void count_expected(tally *to, const bg_light light[ENDS])
{
    bool amber = false, red = false;
    for (size_t end = 0; end < ENDS; end++) {
        to->amber[end] += light[end] >= BG_AMBER;
        to->red[end] += light[end] == BG_RED;
        amber = amber || light[end] >= BG_AMBER;
        red = red || light[end] == BG_RED;
    }
    to->amber[ENDS] += amber;
    to->red[ENDS] += red;
}

static void count_drawn(tally *to, const bg_light light[ENDS], bool overspent)
{
    bool red = false, green = true;
    for (size_t end = 0; end < ENDS; end++) {
        to->red_in_vain[end] += !overspent && light[end] == BG_RED;
        to->missed[end] += overspent && light[end] == BG_GREEN;
        red = red || light[end] == BG_RED;
        green = green && light[end] == BG_GREEN;
    }
    to->red_in_vain[ENDS] += !overspent && red;
    to->missed[ENDS] += overspent && green;
    to->without += !overspent;
    to->with += overspent;
}

static void run(drill *self)
{
    for (size_t year = 0; year < BG_ALARM_YEARS; year++) {
        double months[BG_MOST_MONTHS];
        bg_light light[UNITS][ENDS];
        draw_months(self, year, true, months);
        light_up(self, year, months, light);
        for (size_t u = 0; u < self->watch->units; u++) {
            count_expected(&self->tally[u], light[u]);
        }
        draw_months(self, year, false, months);
        light_up(self, year, months, light);
        for (size_t u = 0; u < self->watch->units; u++) {
            count_drawn(&self->tally[u], light[u],
                        bg_month_prior_sum(self->watch->prior, u, months, 0, ENDS) > self->line[u]);
        }
    }
}

static bg_alarm_rates rates_of(const tally *of, size_t end)
{
    return (bg_alarm_rates){.amber = bg_probability_compute(of->amber[end], BG_ALARM_YEARS),
                            .red = bg_probability_compute(of->red[end], BG_ALARM_YEARS),
                            .red_in_vain =
                                bg_probability_compute(of->red_in_vain[end], of->without),
                            .missed = bg_probability_compute(of->missed[end], of->with)};
}

/* Two columns of a block each; the last of an odd number has one to spare. */
static void draw_normals(const drill *self, uint64_t seed)
{
    const size_t columns = 2 * self->watch->prior->logs.n;
    const uint64_t key = bg_stream_key("monitor/alarm");
    for (size_t column = 0; column < columns; column += 2) {
        bg_noise_functions()->normals(seed, key, (uint32_t)(column / 2), 1, BG_ALARM_YEARS,
                                      self->normal + column * BG_ALARM_YEARS,
                                      self->normal + (column + 1) * BG_ALARM_YEARS);
    }
}

bg_status bg_alarm_find(const bg_watch *watch, const bg_light_bounds *bounds, const double *line,
                        uint64_t seed, bg_alarm *alarm)
{
    const size_t n = watch->prior->logs.n;
    drill self = {.watch = watch,
                  .bounds = bounds,
                  .line = line,
                  .root = calloc(n * n, sizeof(double)),
                  .normal = calloc(2 * n * BG_ALARM_YEARS, sizeof(double))};
    const bool ready = self.root && self.normal;
    if (ready) {
        draw_normals(&self, seed);
        find_root(&watch->prior->logs, self.root);
        run(&self);
    }
    for (size_t u = 0; u < watch->units && ready; u++) {
        alarm[u] =
            (bg_alarm){.years = BG_ALARM_YEARS,
                       .ever = rates_of(&self.tally[u], ENDS),
                       .overspends = bg_month_prior_sum(watch->prior, u, watch->prior->expected, 0,
                                                        ENDS) > line[u]};
        for (size_t end = 0; end < ENDS; end++) {
            alarm[u].at[end] = rates_of(&self.tally[u], end);
        }
    }
    free(self.root);
    free(self.normal);
    return ready ? BG_OK : BG_MEMORY;
}
