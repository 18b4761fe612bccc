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
    size_t kept; /* years as expected without an overspend in the end, of which amber and red are */
    size_t without, with; /* others */
} tally;

typedef struct drill {
    const bg_watch *watch;
    const bg_light_bounds *bounds;
    const double *line; /* [unit] */
    double *root;       /* [n][n]: of the covariance of the months' logarithms, lower triangle */
    double *normal;     /* [2 n][years] */
    double *worst;      /* [unit][years]: the largest chance of a year as expected that is kept */
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

/* Chances of an overspend as they are seen at each month-end. */
static void find_chances(const drill *self, size_t year, const double *months,
                         double chance[UNITS][ENDS])
{
    for (size_t end = 1; end <= ENDS; end++) {
        double seen[BG_MOST_MONTHS];
        bg_lognormal outlook[UNITS];
        book(self, year, end, months, seen);
        bg_watch_look(self->watch, end, seen, outlook);
        for (size_t u = 0; u < self->watch->units; u++) {
            chance[u][end - 1] = bg_lognormal_above(&outlook[u], self->line[u]);
        }
    }
}

static bool overspends(const drill *self, size_t unit, const double *months)
{
    return bg_month_prior_sum(self->watch->prior, unit, months, 0, ENDS) > self->line[unit];
}

/* Of a year as expected that ends without an overspend. */
static void count_expected(drill *self, size_t unit, const double chance[ENDS])
{
    tally *to = &self->tally[unit];
    double worst = 0;
    for (size_t end = 0; end < ENDS; end++) {
        const bg_light light = bg_light_of(self->bounds, chance[end]);
        to->amber[end] += light >= BG_AMBER;
        to->red[end] += light == BG_RED;
        worst = chance[end] > worst ? chance[end] : worst;
    }
    const bg_light light = bg_light_of(self->bounds, worst);
    to->amber[ENDS] += light >= BG_AMBER;
    to->red[ENDS] += light == BG_RED;
    self->worst[unit * BG_ALARM_YEARS + to->kept++] = worst;
}

static void count_drawn(const drill *self, tally *to, const double chance[ENDS], bool overspent)
{
    bool red = false, green = true;
    for (size_t end = 0; end < ENDS; end++) {
        const bg_light light = bg_light_of(self->bounds, chance[end]);
        to->red_in_vain[end] += !overspent && light == BG_RED;
        to->missed[end] += overspent && light == BG_GREEN;
        red = red || light == BG_RED;
        green = green && light == BG_GREEN;
    }
    to->red_in_vain[ENDS] += !overspent && red;
    to->missed[ENDS] += overspent && green;
    to->without += !overspent;
    to->with += overspent;
}

static void run(drill *self)
{
    for (size_t year = 0; year < BG_ALARM_YEARS; year++) {
        double months[BG_MOST_MONTHS], chance[UNITS][ENDS];
        draw_months(self, year, true, months);
        find_chances(self, year, months, chance);
        for (size_t u = 0; u < self->watch->units; u++) {
            if (!overspends(self, u, months)) {
                count_expected(self, u, chance[u]);
            }
        }
        draw_months(self, year, false, months);
        find_chances(self, year, months, chance);
        for (size_t u = 0; u < self->watch->units; u++) {
            count_drawn(self, &self->tally[u], chance[u], overspends(self, u, months));
        }
    }
}

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The largest chance that all but a twentieth of them stay below or at. */
static double bound_by_5(double *worst, size_t n)
{
    if (n == 0) {
        return NAN;
    }
    qsort(worst, n, sizeof *worst, compare);
    return worst[n - 1 - n / 20];
}

static bg_alarm_rates rates_of(const tally *of, size_t end)
{
    return (bg_alarm_rates){.amber = bg_probability_compute(of->amber[end], of->kept),
                            .red = bg_probability_compute(of->red[end], of->kept),
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
                  .normal = calloc(2 * n * BG_ALARM_YEARS, sizeof(double)),
                  .worst = calloc(watch->units * BG_ALARM_YEARS, sizeof(double))};
    const bool ready = self.root && self.normal && self.worst;
    if (ready) {
        draw_normals(&self, seed);
        find_root(&watch->prior->logs, self.root);
        run(&self);
    }
    for (size_t u = 0; u < watch->units && ready; u++) {
        const double *expected = watch->prior->expected;
        alarm[u] = (bg_alarm){
            .years = BG_ALARM_YEARS,
            .ever = rates_of(&self.tally[u], ENDS),
            .overspends = bg_month_prior_sum(watch->prior, u, expected, 0, ENDS) > line[u],
            .red_by_5 = bound_by_5(self.worst + u * BG_ALARM_YEARS, self.tally[u].kept)};
        for (size_t end = 0; end < ENDS; end++) {
            alarm[u].at[end] = rates_of(&self.tally[u], end);
        }
    }
    free(self.root);
    free(self.normal);
    free(self.worst);
    return ready ? BG_OK : BG_MEMORY;
}
