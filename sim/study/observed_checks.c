#include "study/observed_checks.h"

#include "scenario/document.h"
#include "study/messages.h"

#include <stdlib.h>

#define DATA "data"

typedef struct checking {
    bg_observed *data;
    const char *name;
    bg_errors *errors;
} checking;

static bg_mark at(const checking *self, const bg_observation *row)
{
    return (bg_mark){.file = self->name, .line = row->row, .column = 1};
}

static const char *name_of(const checking *self, const bg_observation *row,
                           char buffer[BG_OBSERVED_NAME])
{
    return bg_observed_name(&self->data->series[row->series], buffer);
}

/* ---- order ---- */

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *a, const void *b)
{
    const bg_observation *left = a, *right = b;
    int order = compare_numbers((int64_t)left->series, (int64_t)right->series);
    order = order ? order : compare_numbers(left->year, right->year);
    order = order ? order : compare_numbers(left->month, right->month);
    order = order ? order : compare_numbers(left->booked, right->booked);
    return order ? order : compare_numbers(left->row, right->row);
}

/* Warns of the first row that stands behind a later one of its series. */
static bg_status warn_of_order(const checking *self)
{
    const bg_observed *data = self->data;
    const bg_observation **last = calloc(data->series_count, sizeof *last);
    if (!last) {
        return bg_no_memory(self->errors);
    }
    bool found = false;
    for (size_t i = 0; i < data->count && !found; i++) {
        const bg_observation *row = &data->row[i], *before = last[row->series];
        found = before && before->year * 12 + before->month > row->year * 12 + row->month;
        if (found) {
            char name[BG_OBSERVED_NAME];
            bg_errors_advise(self->errors, at(self, row), DATA, BG_SAY(observed_unsorted),
                             name_of(self, row, name), row->year, row->month, before->row);
        }
        last[row->series] = row;
    }
    free(last);
    return BG_OK;
}

static void find_rows_of_series(bg_observed *data)
{
    for (size_t i = 0; i < data->count; i++) {
        bg_observed_series *series = &data->series[data->row[i].series];
        series->first = series->count ? series->first : i;
        series->count++;
        data->monthly = data->monthly || data->row[i].month > 0;
    }
}

/* ---- pairs of rows ---- */

static void check_pair(const checking *self, const bg_observation *before,
                       const bg_observation *row)
{
    char name[BG_OBSERVED_NAME];
    name_of(self, row, name);
    const bool same_year = before->year == row->year;
    if (same_year && before->month == row->month && before->booked == row->booked) {
        bg_errors_say(self->errors, BG_DUPLICATE_KEY, at(self, row), DATA, BG_SAY(observed_twice),
                      name, row->year, row->month, before->row);
    } else if (same_year && before->month == 0 && row->month > 0) {
        bg_errors_say(self->errors, BG_INVALID, at(self, row), DATA,
                      BG_SAY(observed_year_and_months), name, row->year, before->row);
    } else if (before->month > 0 && row->month > 0) {
        const int months = 12 * (row->year - before->year) + row->month - before->month;
        if (months > 1) {
            bg_errors_say(self->errors, BG_MISSING, at(self, row), DATA, BG_SAY(observed_gap), name,
                          before->year, before->month, row->year, row->month);
        }
    } else if (row->year > before->year + 1) {
        bg_errors_advise(self->errors, at(self, row), DATA, BG_SAY(observed_years_missing), name,
                         before->year, row->year);
    }
}

static bg_status check_pairs(const checking *self)
{
    const size_t before = self->errors->error_count;
    for (size_t i = 1; i < self->data->count; i++) {
        const bg_observation *row = &self->data->row[i];
        if (row[-1].series == row->series && self->errors->error_count < BG_MAX_ERRORS) {
            check_pair(self, row - 1, row);
        }
    }
    return self->errors->error_count > before ? BG_INVALID : BG_OK;
}

/* ---- series ---- */

static void warn_of_constant(const checking *self, const bg_observed_series *series,
                             bg_observed_measure measure)
{
    const bg_observation *row = &self->data->row[series->first];
    size_t same = 1;
    while (same < series->count && row[same].value[measure] == row->value[measure]) {
        same++;
    }
    if (same == series->count && same >= 3) {
        char name[BG_OBSERVED_NAME];
        bg_errors_advise(self->errors, at(self, row), DATA, BG_SAY(observed_constant),
                         bg_observed_name(series, name), same);
    }
}

/* ---- year to date ---- */

static bg_status subtract(const checking *self, const bg_observation *before, bg_observation *row)
{
    for (bg_observed_measure m = 0; m < BG_OBSERVED_PEOPLE; m++) {
        if (row->value[m] == BG_NOT_OBSERVED || before->value[m] == BG_NOT_OBSERVED) {
            continue;
        }
        row->value[m] -= before->value[m];
        if (row->value[m] < (m == BG_OBSERVED_CASES ? 0 : 1)) {
            char name[BG_OBSERVED_NAME];
            return bg_errors_say(self->errors, BG_INVALID, at(self, row), DATA,
                                 BG_SAY(observed_to_date_falls), name_of(self, row, name),
                                 row->year, row->month);
        }
    }
    return BG_OK;
}

/* From the last row to the first, so that each is taken from one that still counts from January. */
static bg_status take_apart(const checking *self)
{
    bg_status status = BG_OK;
    for (size_t i = self->data->count; i-- > 0 && !status;) {
        bg_observation *row = &self->data->row[i];
        if (row->month > 1) {
            const bool follows =
                i > 0 && row[-1].series == row->series && row[-1].year == row->year;
            char name[BG_OBSERVED_NAME];
            status = follows ? subtract(self, row - 1, row)
                             : bg_errors_say(self->errors, BG_MISSING, at(self, row), DATA,
                                             BG_SAY(observed_to_date_begins),
                                             name_of(self, row, name), row->year, row->month);
        }
    }
    self->data->to_date = true;
    return status;
}

static bg_status settle_form(const checking *self, bg_observed_form form)
{
    const bool said = form != BG_OBSERVED_UNSAID;
    if (!self->data->monthly || self->data->has_booked) {
        return BG_OK;
    }
    form = said ? form : bg_observed_recognise(self->data, self->name, self->errors);
    if (form == BG_OBSERVED_TO_DATE && !said) {
        bg_errors_advise(self->errors, at(self, self->data->row), DATA,
                         BG_SAY(observed_read_to_date));
    }
    return form == BG_OBSERVED_UNSAID   ? BG_INVALID
           : form == BG_OBSERVED_SINGLE ? BG_OK
                                        : take_apart(self);
}

bg_status bg_observed_check(bg_observed *data, bg_observed_form form, const char *name,
                            bg_errors *errors)
{
    const checking self = {data, name, errors};
    bg_status status = warn_of_order(&self);
    qsort(data->row, data->count, sizeof *data->row, compare);
    find_rows_of_series(data);
    status = status ? status : check_pairs(&self);
    status = status ? status : settle_form(&self, form);
    const bg_observed_measure measure =
        data->has[BG_OBSERVED_PAID] ? BG_OBSERVED_PAID : BG_OBSERVED_COST;
    for (size_t i = 0; !status && !data->has_booked && i < data->series_count; i++) {
        warn_of_constant(&self, &data->series[i], measure);
    }
    return status;
}
