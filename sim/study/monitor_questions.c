#include "study/monitor_questions.h"

#include "base/special.h"
#include "base/text.h"
#include "study/messages.h"

#include <stdlib.h>

#define FALSE_ALARM  0.01 /* of a shift, over all months of a scheme */
#define SURPRISE     4.0  /* standard deviations */
#define MANY_TIMES   2.0  /* monitor.month_noise */
#define FEWEST_NOISY 4    /* months */
#define OFF_HISTORY  0.02

enum { MONTHS = BG_YEAR_MONTHS };

typedef struct asking {
    bg_monitor *of;
    const char *name;
    size_t scheme, months;
    double off[MONTHS]; /* logarithms of the months beside what was expected */
    bg_errors *errors;
} asking;

static bg_mark place(const asking *self)
{
    return (bg_mark){.file = self->name};
}

static const char *words(const asking *self)
{
    return bg_scheme_words(self->of->unit[self->scheme].name);
}

/* The bound that a standard normal exceeds with that chance. */
static double normal_above(double chance)
{
    double low = 0, high = 40;
    for (int i = 0; i < 100; i++) {
        const double middle = (low + high) / 2;
        const bool beyond = bg_normal_below(-middle) > chance;
        low = beyond ? middle : low;
        high = beyond ? high : middle;
    }
    return low;
}

/* Of a sum of the months' logarithms with these weights. */
static double sd_of(const asking *self, const double weight[MONTHS])
{
    const bg_normals *logs = &self->of->prior.logs;
    const size_t first = self->scheme * MONTHS;
    double variance = 0;
    for (size_t i = 0; i < self->months; i++) {
        for (size_t j = 0; j < self->months; j++) {
            variance += weight[i] * weight[j] * logs->covariance[(first + i) * logs->n + first + j];
        }
        variance += weight[i] * weight[i] * self->of->watch.run_off.variance[self->months - 1 - i];
    }
    return sqrt(variance);
}

static double sum_of(const asking *self, const double weight[MONTHS])
{
    double sum = 0;
    for (size_t i = 0; i < self->months; i++) {
        sum += weight[i] * self->off[i];
    }
    return sum;
}

static void ask_of_shift(asking *self)
{
    const double bound =
        self->months > 1 ? normal_above(FALSE_ALARM / 2 / (double)(self->months - 1)) : 0;
    bg_level_shift *shift = &self->of->shift[self->scheme];
    double most = bound;
    for (size_t from = 1; from < self->months; from++) {
        double weight[MONTHS];
        for (size_t i = 0; i < self->months; i++) {
            weight[i] = i < from ? -1.0 / (double)from : 1.0 / (double)(self->months - from);
        }
        const double size = sum_of(self, weight), deviations = fabs(size) / sd_of(self, weight);
        if (deviations > most) {
            most = deviations;
            *shift = (bg_level_shift){.from = from + 1, .size = size};
        }
    }
    if (shift->from > 0) {
        bg_errors_advise(self->errors, place(self), NULL, BG_SAY(monitor_level_shift), words(self),
                         self->of->to_date.year, (int)shift->from, 100 * (bg_exp(shift->size) - 1),
                         100 * FALSE_ALARM);
    }
}

static void ask_of_surprise(const asking *self)
{
    double weight[MONTHS];
    for (size_t i = 0; i < self->months; i++) {
        weight[i] = 1.0 / (double)self->months;
    }
    const double size = sum_of(self, weight);
    if (fabs(size) > SURPRISE * sd_of(self, weight)) {
        bg_errors_advise(self->errors, place(self), NULL, BG_SAY(monitor_surprise), words(self),
                         100 * bg_exp(size));
    }
}

static double scatter_of(const double *values, size_t n)
{
    double mean = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        mean += values[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return sqrt(squares / (double)(n - 1));
}

static void ask_of_noise(const asking *self)
{
    const double noise = self->of->prior.noise;
    const bool asked =
        self->of->shift[self->scheme].from > 0 || self->of->watch.run_off.variance[0] > 0;
    if (!asked && self->months >= FEWEST_NOISY) {
        const double scatter = scatter_of(self->off, self->months);
        if (scatter > MANY_TIMES * noise) {
            bg_errors_advise(self->errors, place(self), "monitor.month_noise",
                             BG_SAY(monitor_noise), words(self), 100 * scatter, 100 * noise);
        }
    }
}

/* Earlier years have the season that their months say. */
static void ask_of_season(const asking *self)
{
    const double *past = self->of->to_date.past + self->scheme * MONTHS;
    const double *expected = self->of->prior.expected + self->scheme * MONTHS;
    double off[MONTHS], sum = 0;
    bg_text factors = {0};
    for (size_t m = 0; m < MONTHS; m++) {
        sum += past[m];
    }
    for (size_t m = 0; m < MONTHS && sum > 0; m++) {
        off[m] = bg_log(past[m] / expected[m]);
        bg_text_add(&factors, "%s%.3g", m ? ", " : "", MONTHS * past[m] / sum);
    }
    char *list = bg_text_take(&factors);
    const double scatter = sum > 0 ? scatter_of(off, MONTHS) : 0;
    if (scatter > MANY_TIMES * self->of->prior.noise) {
        bg_errors_advise(self->errors, place(self), "demand.season", BG_SAY(monitor_season),
                         words(self), self->of->to_date.past_years, 100 * scatter,
                         list ? list : "…");
    }
    free(list);
}

/* Months of the last past year that are not what its history has. */
static void ask_of_last_year(const asking *self)
{
    const bg_history *history = &self->of->model->contract.history;
    const bg_year_to_date *year = &self->of->to_date;
    const size_t base = history->year_count - 1;
    double sum = 0;
    for (size_t m = 0; m < MONTHS; m++) {
        sum += year->last[self->scheme * MONTHS + m];
    }
    const double past = (double)history->scheme[self->scheme].paid_fen[base];
    if (year->has_last && history->year[base] == year->year - 1 &&
        fabs(sum / past - 1) > OFF_HISTORY) {
        bg_errors_advise(self->errors, place(self), NULL, BG_SAY(monitor_last_year), words(self),
                         year->year - 1, 100 * sum / past);
    }
}

void bg_monitor_ask(bg_monitor *self, const char *name, bg_errors *errors)
{
    const bg_year_to_date *year = &self->to_date;
    for (size_t s = 0; s < self->prior.schemes; s++) {
        asking at = {
            .of = self, .name = name, .scheme = s, .months = year->months, .errors = errors};
        for (size_t m = 0; m < year->months; m++) {
            const double share = self->watch.run_off.share[year->months - 1 - m];
            at.off[m] = bg_log(year->seen[year->months - 1][s * MONTHS + m] / share) -
                        self->prior.logs.mean[s * MONTHS + m];
        }
        ask_of_shift(&at);
        ask_of_surprise(&at);
        ask_of_noise(&at);
        ask_of_season(&at);
        ask_of_last_year(&at);
    }
}
