#include "study/watch.h"

#include "base/special.h"

#include <stdlib.h>

/* What is known of the months at the end of one of them. */
typedef struct month_end {
    double *gain;     /* [n][n], see bg_normals */
    double *variance; /* [n] */
    double *spread;   /* [n][n]: exp(covariance) - 1 */
} month_end;

static size_t size_of(size_t n)
{
    return 2 * n * n + n;
}

static month_end end_of(const bg_watch *self, size_t months)
{
    const size_t n = self->prior->logs.n;
    double *at = self->storage + months * size_of(n);
    return (month_end){.gain = at, .spread = at + n * n, .variance = at + 2 * n * n};
}

static void note(const bg_watch *self, size_t months, const bg_normals *known)
{
    const size_t n = known->n;
    const month_end end = end_of(self, months);
    for (size_t i = 0; i < n * n; i++) {
        end.gain[i] = known->gain[i];
        end.spread[i] = bg_expm1(known->covariance[i]);
    }
    double *variance = end.variance;
    for (size_t i = 0; i < n; i++) {
        variance[i] = known->covariance[i * n + i];
    }
}

/* What is measured does not matter here. */
static void learn(const bg_watch *self, size_t months, bg_normals *known)
{
    bg_normals_copy(known, &self->prior->logs);
    for (size_t m = 0; m < months; m++) {
        for (size_t s = 0; s < self->prior->schemes; s++) {
            bg_normals_observe(known, s * BG_YEAR_MONTHS + m, 0,
                               self->run_off.variance[months - 1 - m]);
        }
    }
    note(self, months, known);
}

bg_status bg_watch_init(bg_watch *self, const bg_month_prior *prior, const bg_run_off *run_off)
{
    const size_t n = prior->logs.n;
    *self = (bg_watch){.prior = prior,
                       .run_off = *run_off,
                       .units = prior->schemes > 1 ? prior->schemes + 1 : 1,
                       .storage = calloc((BG_YEAR_MONTHS + 1) * size_of(n), sizeof(double))};
    bg_normals known;
    bg_status status = bg_normals_init(&known, n);
    status = self->storage ? status : BG_MEMORY;
    for (size_t months = 0; months <= BG_YEAR_MONTHS && status == BG_OK; months++) {
        learn(self, months, &known);
    }
    bg_normals_free(&known);
    return status;
}

void bg_watch_free(bg_watch *self)
{
    free(self->storage);
    *self = (bg_watch){0};
}

static double share_at(const bg_watch *self, size_t months, size_t month)
{
    return self->run_off.share[months - 1 - month];
}

/* The mean logarithm of each month, given what is known at the end of `months`. */
static void find_means(const bg_watch *self, size_t months, const double *seen, double *mean)
{
    const bg_normals *logs = &self->prior->logs;
    const size_t n = logs->n;
    const month_end end = end_of(self, months);
    for (size_t i = 0; i < n; i++) {
        mean[i] = logs->mean[i];
    }
    for (size_t j = 0; j < n; j++) {
        const size_t month = j % BG_YEAR_MONTHS;
        if (month < months) {
            const double surprise = bg_log(seen[j] / share_at(self, months, month)) - logs->mean[j];
            for (size_t i = 0; i < n; i++) {
                mean[i] += end.gain[i * n + j] * surprise;
            }
        }
    }
}

/* The unit's scheme, or all of them. */
static bool is_of(const bg_watch *self, size_t unit, size_t i)
{
    return unit == self->prior->schemes || i / BG_YEAR_MONTHS == unit;
}

/* How far a look goes: at what is known at the end of `months`, of the months before `until`. */
typedef struct look {
    size_t months, until, unit;
} look;

static bool counts(const bg_watch *self, const look *at, size_t i)
{
    return is_of(self, at->unit, i) && i % BG_YEAR_MONTHS < at->until;
}

static bg_lognormal paid_of(const bg_watch *self, const look *at, const double *seen,
                            const double *amount)
{
    const size_t n = self->prior->logs.n;
    const double *spread = end_of(self, at->months).spread;
    double known = 0, mean = 0, variance = 0;
    for (size_t i = 0; i < n; i++) {
        if (counts(self, at, i)) {
            known += i % BG_YEAR_MONTHS < at->months ? seen[i] : 0;
            mean += amount[i];
            for (size_t j = 0; j < n; j++) {
                variance += counts(self, at, j) ? amount[i] * amount[j] * spread[i * n + j] : 0;
            }
        }
    }
    return bg_lognormal_of(known, mean, variance);
}

/* The mean of each month. */
static void find_amounts(const bg_watch *self, size_t months, const double *seen, double *amount)
{
    const size_t n = self->prior->logs.n;
    const month_end end = end_of(self, months);
    find_means(self, months, seen, amount);
    for (size_t i = 0; i < n; i++) {
        amount[i] = bg_exp(amount[i] + end.variance[i] / 2);
    }
}

void bg_watch_look_until(const bg_watch *self, size_t months, const double *seen, size_t until,
                         bg_lognormal paid[BG_MAX_SCHEMES + 1])
{
    double amount[BG_MOST_MONTHS];
    find_amounts(self, months, seen, amount);
    for (size_t unit = 0; unit < self->units; unit++) {
        paid[unit] = paid_of(self, &(look){months, until, unit}, seen, amount);
    }
}

void bg_watch_look(const bg_watch *self, size_t months, const double *seen,
                   bg_lognormal year[BG_MAX_SCHEMES + 1])
{
    bg_watch_look_until(self, months, seen, BG_YEAR_MONTHS, year);
}

double bg_watch_month(const bg_watch *self, size_t months, const double *seen, size_t scheme,
                      size_t month)
{
    double amount[BG_MOST_MONTHS];
    find_amounts(self, months, seen, amount);
    return amount[scheme * BG_YEAR_MONTHS + month];
}

double bg_watch_carried(const bg_watch *self, size_t months, size_t scheme)
{
    const size_t n = self->prior->logs.n;
    const double *gain = end_of(self, months).gain, *expected = self->prior->expected;
    double sum = 0, weight = 0;
    for (size_t m = months; m < BG_YEAR_MONTHS; m++) {
        const size_t i = scheme * BG_YEAR_MONTHS + m;
        for (size_t j = 0; j < n; j++) {
            sum += expected[i] * gain[i * n + j];
        }
        weight += expected[i];
    }
    return weight > 0 ? sum / weight : 0;
}
