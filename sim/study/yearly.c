#include "study/yearly.h"

#include "base/elementary.h"
#include "study/messages.h"

#include <stdlib.h>
#include <string.h>

#define MAX_CELLS ((size_t)20000000)

static void find_span(const bg_observed *data, bg_yearly *self)
{
    int last = data->row[0].year;
    self->first_year = last;
    for (size_t i = 0; i < data->count; i++) {
        self->first_year =
            data->row[i].year < self->first_year ? data->row[i].year : self->first_year;
        last = data->row[i].year > last ? data->row[i].year : last;
    }
    self->years = (size_t)(last - self->first_year) + 1;
}

/* The rows of one series and year. */
typedef struct year_rows {
    const bg_observation *row;
    size_t count;
} year_rows;

static year_rows rows_at(const bg_observed *data, size_t first)
{
    const bg_observation *row = &data->row[first];
    size_t count = 1;
    while (first + count < data->count && row[count].series == row->series &&
           row[count].year == row->year) {
        count++;
    }
    return (year_rows){row, count};
}

static bool is_whole(const year_rows *of)
{
    unsigned months = 0;
    for (size_t i = 0; i < of->count; i++) {
        months |= of->row[i].month ? 1U << (of->row[i].month - 1) : 0xFFFU;
    }
    return months == 0xFFFU;
}

static bg_year_value add_up(const year_rows *of, bg_observed_measure measure)
{
    bg_year_value year = {.log_amount = NAN, .people = NAN};
    double sum = 0;
    for (size_t i = 0; i < of->count; i++) {
        const bg_observation *row = &of->row[i];
        const int64_t amount = row->value[measure], people = row->value[BG_OBSERVED_PEOPLE];
        sum += amount == BG_NOT_OBSERVED ? (double)NAN : (double)amount;
        year.people = people == BG_NOT_OBSERVED ? year.people : (double)people / 100;
        year.known = row->known > year.known ? row->known : year.known;
        year.scope_break = year.scope_break || row->scope_break;
    }
    year.log_amount = sum > 0 ? bg_log(sum) : (double)NAN;
    return year;
}

static void warn_of_part(const bg_yearly *self, const year_rows *of, bg_errors *errors)
{
    char name[BG_OBSERVED_NAME];
    bg_errors_advise(errors, BG_NOWHERE, "data", BG_SAY(yearly_part),
                     bg_observed_name(&self->data->series[of->row->series], name), of->row->year);
}

bg_status bg_yearly_add_up(const bg_observed *data, bg_yearly *self, bg_errors *errors)
{
    *self =
        (bg_yearly){.data = data,
                    .measure = data->has[BG_OBSERVED_PAID] ? BG_OBSERVED_PAID : BG_OBSERVED_COST,
                    .series = data->series_count};
    find_span(data, self);
    const size_t cells = self->series * self->years;
    self->value = cells <= MAX_CELLS ? calloc(cells, sizeof *self->value) : NULL;
    if (!self->value) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < cells; i++) {
        self->value[i] = (bg_year_value){.log_amount = NAN, .people = NAN};
    }
    for (size_t i = 0; i < data->count;) {
        const year_rows of = rows_at(data, i);
        const size_t place =
            of.row->series * self->years + (size_t)(of.row->year - self->first_year);
        if (is_whole(&of)) {
            self->value[place] = add_up(&of, self->measure);
        } else {
            warn_of_part(self, &of, errors);
        }
        i += of.count;
    }
    return BG_OK;
}

void bg_yearly_free(bg_yearly *self)
{
    free(self->value);
    memset(self, 0, sizeof *self);
}

const bg_year_value *bg_yearly_at(const bg_yearly *self, size_t series, int year, int origin)
{
    if (year < self->first_year || year >= self->first_year + (int)self->years) {
        return NULL;
    }
    const bg_year_value *value =
        &self->value[series * self->years + (size_t)(year - self->first_year)];
    return value->known <= origin && !isnan(value->log_amount) ? value : NULL;
}

double bg_yearly_growth(const bg_yearly *self, size_t series, int year, int origin)
{
    const bg_year_value *from = bg_yearly_at(self, series, year - 1, origin);
    const bg_year_value *to = bg_yearly_at(self, series, year, origin);
    return from && to && !to->scope_break ? to->log_amount - from->log_amount : (double)NAN;
}

double bg_yearly_people(const bg_yearly *self, size_t series, int origin)
{
    for (int year = origin; year >= self->first_year; year--) {
        const bg_year_value *value = bg_yearly_at(self, series, year, origin);
        if (value && value->people > 0) {
            return value->people;
        }
    }
    return NAN;
}
