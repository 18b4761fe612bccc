#include "study/year_to_date.h"

#include "study/messages.h"

#include <string.h>

#define DATA "data"

enum { MONTHS = BG_YEAR_MONTHS, NO_SCHEME = -1 };

typedef struct reading {
    const bg_observed *data;
    const bg_history *history;
    const char *name;
    bool incurred;
    bg_year_to_date *of;
    bg_errors *errors;
} reading;

static bg_mark at(const reading *self, int row)
{
    return (bg_mark){.file = self->name, .line = row, .column = 1};
}

/* ---- whose rows they are ---- */

static int scheme_of(const reading *self, const bg_observed_series *series)
{
    const bg_history *history = self->history;
    for (size_t s = 0; s < history->scheme_count; s++) {
        const char *name = history->scheme[s].name;
        const size_t length = strlen(name);
        const bool begins = strncmp(series->line, name, length) == 0;
        if (begins && (series->line[length] == '\0' || series->line[length] == '.')) {
            return (int)s;
        }
    }
    return series->line[0] == '\0' && history->scheme_count == 1 ? 0 : NO_SCHEME;
}

static bool is_total(const bg_observed_series *series)
{
    const char *dot = strchr(series->line, '.');
    return !dot || strncmp(dot, ".total", sizeof ".total" - 1) == 0;
}

static bg_status check_series(const reading *self, const bg_observed_series *series)
{
    const bg_observed_series *first = self->data->series;
    const int row = self->data->row[series->first].row;
    if (strcmp(series->county, first->county) != 0) {
        return bg_errors_say(self->errors, BG_INVALID, at(self, row), DATA,
                             BG_SAY(monitor_several_counties), first->county, series->county);
    }
    if (scheme_of(self, series) == NO_SCHEME) {
        return bg_errors_say(self->errors, BG_INVALID, at(self, row), DATA,
                             BG_SAY(monitor_scheme_unknown), series->line);
    }
    for (const bg_observed_series *other = first; other < series; other++) {
        const bool of_one = scheme_of(self, other) == scheme_of(self, series);
        if (of_one && (is_total(other) || is_total(series))) {
            return bg_errors_say(self->errors, BG_INVALID, at(self, row), DATA,
                                 BG_SAY(monitor_total_and_lines), other->line, series->line);
        }
    }
    return BG_OK;
}

static bg_status check_data(const reading *self)
{
    const bg_observed *data = self->data;
    if (!data->monthly) {
        return bg_errors_say(self->errors, BG_MISSING, at(self, 1), DATA,
                             BG_SAY(monitor_without_months));
    }
    if (!data->has[BG_OBSERVED_PAID]) {
        return bg_errors_say(self->errors, BG_MISSING, at(self, 1), DATA,
                             BG_SAY(monitor_without_payments));
    }
    bg_status status = BG_OK;
    for (size_t i = 0; i < data->series_count; i++) {
        bg_first(&status, check_series(self, &data->series[i]));
    }
    return status;
}

/* ---- months ---- */

/* Months from January of year 0. */
static int care_of(const bg_observation *row)
{
    return 12 * row->year + row->month - 1;
}

/* The month whose amount a row is. */
static int month_of(const reading *self, const bg_observation *row)
{
    return self->data->has_booked && !self->incurred ? row->booked : care_of(row);
}

static bool counts(const bg_observation *row)
{
    return row->month > 0 && row->value[BG_OBSERVED_PAID] != BG_NOT_OBSERVED;
}

static size_t find_delay(const reading *self)
{
    int least = MONTHS - 1;
    for (size_t i = 0; i < self->data->count; i++) {
        const bg_observation *row = &self->data->row[i];
        const int lag = row->booked - care_of(row);
        least = counts(row) && lag < least ? lag : least;
    }
    return least > 0 ? (size_t)least : 0;
}

/* The end of a month of the year, from 0, at which the row is known first. */
static int end_of(const reading *self, const bg_observation *row)
{
    const int january = 12 * self->of->year;
    return self->of->run_off ? row->booked - (int)self->of->delay - january
                             : month_of(self, row) - january;
}

static void add_row(const reading *self, const bg_observation *row)
{
    bg_year_to_date *of = self->of;
    const int month = month_of(self, row) - 12 * of->year;
    const double amount = (double)row->value[BG_OBSERVED_PAID];
    const size_t scheme = (size_t)scheme_of(self, &self->data->series[row->series]);
    if (month >= 0 && month < MONTHS) {
        const int known = end_of(self, row);
        for (int end = known > month ? known : month; end < MONTHS; end++) {
            of->seen[end][scheme * MONTHS + (size_t)month] += amount;
        }
    }
}

/* The last month-end at which anything new was known of a scheme; -1: none. */
static int last_end(const reading *self, size_t scheme)
{
    int last = -1;
    for (size_t i = 0; i < self->data->count; i++) {
        const bg_observation *row = &self->data->row[i];
        const int month = month_of(self, row) - 12 * self->of->year;
        const bool of_year = month >= 0 && month < MONTHS;
        const bool of_scheme = (size_t)scheme_of(self, &self->data->series[row->series]) == scheme;
        const int end = end_of(self, row);
        last = counts(row) && of_scheme && of_year && end > last ? end : last;
    }
    if (last >= MONTHS) {
        bg_errors_advise(self->errors, at(self, 1), DATA, BG_SAY(monitor_booked_after),
                         self->of->year);
    }
    return last < MONTHS ? last : MONTHS - 1;
}

/* The months that all schemes have; a warning where some have more. */
static bg_status find_months(const reading *self)
{
    const bg_history *history = self->history;
    int least = MONTHS, most = -1;
    for (size_t s = 0; s < history->scheme_count; s++) {
        const int last = last_end(self, s);
        if (last < 0) {
            return bg_errors_say(self->errors, BG_MISSING, at(self, 1), DATA,
                                 BG_SAY(monitor_scheme_missing),
                                 bg_scheme_words(history->scheme[s].name), self->of->year);
        }
        least = last < least ? last : least;
        most = last > most ? last : most;
    }
    if (most > least) {
        bg_errors_advise(self->errors, at(self, 1), DATA, BG_SAY(monitor_months_differ), most + 1,
                         least + 1);
    }
    self->of->months = (size_t)least + 1;
    return BG_OK;
}

/* At each month-end something is known of each month up to it. */
static bg_status check_months(const reading *self)
{
    const bg_year_to_date *of = self->of;
    for (size_t end = 0; end < of->months; end++) {
        for (size_t i = 0; i < self->history->scheme_count * MONTHS; i++) {
            if (i % MONTHS <= end && of->seen[end][i] <= 0) {
                return bg_errors_say(self->errors, BG_MISSING, at(self, 1), DATA,
                                     BG_SAY(monitor_month_missing),
                                     bg_scheme_words(self->history->scheme[i / MONTHS].name),
                                     of->year, (int)(i % MONTHS) + 1);
            }
        }
    }
    return BG_OK;
}

/* ---- earlier years ---- */

/* The months of a year; false where some are not there. */
static bool find_year(const reading *self, int year, double months[BG_MOST_MONTHS])
{
    bool there = true;
    memset(months, 0, BG_MOST_MONTHS * sizeof *months);
    for (size_t i = 0; i < self->data->count; i++) {
        const bg_observation *row = &self->data->row[i];
        const int month = month_of(self, row) - 12 * year;
        if (counts(row) && month >= 0 && month < MONTHS) {
            const int scheme = scheme_of(self, &self->data->series[row->series]);
            months[scheme * MONTHS + month] += (double)row->value[BG_OBSERVED_PAID];
        }
    }
    for (size_t i = 0; i < self->history->scheme_count * MONTHS; i++) {
        there = there && months[i] > 0;
    }
    return there;
}

static void find_past(const reading *self)
{
    bg_year_to_date *of = self->of;
    for (int back = 1; back <= BG_MAX_BUDGET_YEARS; back++) {
        double months[BG_MOST_MONTHS];
        if (find_year(self, of->year - back, months)) {
            of->past_years++;
            of->has_last = of->has_last || back == 1;
            for (size_t i = 0; i < BG_MOST_MONTHS; i++) {
                of->last[i] = back == 1 ? months[i] : of->last[i];
                of->past[i] += months[i];
                of->before[i / MONTHS][back - 1] += months[i];
            }
        }
    }
}

static int latest_year(const reading *self)
{
    int latest = 0;
    for (size_t i = 0; i < self->data->count; i++) {
        const int month = month_of(self, &self->data->row[i]);
        latest = month > latest ? month : latest;
    }
    return latest / 12;
}

bg_status bg_year_to_date_find(const bg_observed *data, const bg_history *history, int year,
                               bool incurred, const char *name, bg_year_to_date *self,
                               bg_errors *errors)
{
    const reading work = {data, history, name, incurred, self, errors};
    *self = (bg_year_to_date){.run_off = data->has_booked && incurred};
    bg_status status = check_data(&work);
    if (status != BG_OK) {
        return status;
    }
    self->year = year ? year : latest_year(&work);
    self->delay = self->run_off ? find_delay(&work) : 0;
    for (size_t i = 0; i < data->count; i++) {
        if (counts(&data->row[i])) {
            add_row(&work, &data->row[i]);
        }
    }
    status = find_months(&work);
    status = status ? status : check_months(&work);
    if (status == BG_OK) {
        find_past(&work);
    }
    return status;
}
