#include "study/run_off.h"

#include "base/elementary.h"

#include <math.h>

enum { LAGS = BG_RUN_OFF_MONTHS };

bg_run_off bg_run_off_none(void)
{
    bg_run_off self = {0};
    for (size_t lag = 0; lag < LAGS; lag++) {
        self.share[lag] = 1;
    }
    return self;
}

bg_run_off bg_run_off_given(const bg_node *shares, double error)
{
    bg_run_off self = bg_run_off_none();
    size_t lag = 0;
    for (const bg_node *node = shares->child; node && lag < LAGS; node = node->next) {
        const double share = (double)node->value.decimal / (double)BG_ONE;
        const double missing = error * (1 - share) / share;
        self.share[lag] = share;
        self.variance[lag++] = missing * missing;
    }
    return self;
}

/* What the months of care that have gone from one month-end to the next say of it. */
typedef struct step {
    double from, to;
    double n, sum, squares; /* of ln(to / from), month by month */
} step;

/* From January of year 0. */
static int care_of(const bg_observation *row)
{
    return 12 * row->year + row->month - 1;
}

static bool has_payment(const bg_observation *row)
{
    return row->month > 0 && row->value[BG_OBSERVED_PAID] != BG_NOT_OBSERVED;
}

/* What was booked of a month of care by each month-end after its first; the last holds what came later still. */
static void sum_bookings(const bg_observed *data, int care, int delay, double booked[LAGS])
{
    for (size_t i = 0; i < data->count; i++) {
        const bg_observation *row = &data->row[i];
        if (has_payment(row) && care_of(row) == care) {
            const int lag = row->booked - care - delay;
            for (int l = lag < 0 ? 0 : lag < LAGS ? lag : LAGS - 1; l < LAGS; l++) {
                booked[l] += (double)row->value[BG_OBSERVED_PAID];
            }
        }
    }
}

static void add_month(step steps[LAGS], const double booked[LAGS], int known)
{
    for (int lag = 0; lag < known && lag + 1 < LAGS; lag++) {
        if (booked[lag] > 0 && booked[lag + 1] > 0) {
            const double log = bg_log(booked[lag + 1] / booked[lag]);
            steps[lag].from += booked[lag];
            steps[lag].to += booked[lag + 1];
            steps[lag].n += 1;
            steps[lag].sum += log;
            steps[lag].squares += log * log;
        }
    }
}

static double variance_of(const step *self)
{
    const double mean = self->sum / self->n;
    return fmax(0, (self->squares - self->n * mean * mean) / (self->n - 1));
}

bg_run_off bg_run_off_of(const bg_observed *data, size_t delay)
{
    step steps[LAGS] = {{0}};
    int first = 0, last_care = 0, last = 0;
    for (size_t i = 0; i < data->count; i++) {
        const bg_observation *row = &data->row[i];
        if (has_payment(row)) {
            first = first == 0 || care_of(row) < first ? care_of(row) : first;
            last_care = care_of(row) > last_care ? care_of(row) : last_care;
            last = row->booked > last ? row->booked : last;
        }
    }
    for (int care = first; care <= last_care; care++) {
        double booked[LAGS] = {0};
        sum_bookings(data, care, (int)delay, booked);
        add_month(steps, booked, last - care - (int)delay);
    }
    bg_run_off self = bg_run_off_none();
    double factor = 1, variance = 0, before[LAGS] = {0};
    for (int lag = 0; lag < LAGS; lag++) {
        const step *at = &steps[lag];
        const double grows = at->from > 0 ? at->to / at->from - 1 : 0;
        before[lag] = at->n > 1 ? variance_of(at) : lag > 0 ? before[lag - 1] : grows * grows;
    }
    for (int lag = LAGS - 1; lag >= 0; lag--) {
        const step *at = &steps[lag];
        factor *= at->n > 0 ? at->to / at->from : 1;
        variance += at->n > 0 ? before[lag] * (1 + 1 / at->n) : 0;
        self.share[lag] = 1 / factor;
        self.variance[lag] = variance;
    }
    return self;
}
