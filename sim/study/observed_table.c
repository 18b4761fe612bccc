#include "study/observed_table.h"

#include "base/array.h"
#include "base/csv.h"
#include "base/text.h"
#include "base/workbook.h"
#include "scenario/document.h"
#include "scenario/heading.h"
#include "scenario/path.h"
#include "scenario/year.h"
#include "study/messages.h"
#include "study/observed_checks.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>

#define MAX_ROWS    2000000
#define MAX_COLUMNS 64
#define MAX_TITLES  30 /* lines before the headings */
#define DATA        "data"

/* X(name as a column) */
#define COLUMNS(X)                                                                                 \
    X(county)                                                                                      \
    X(year)                                                                                        \
    X(month)                                                                                       \
    X(scheme)                                                                                      \
    X(line)                                                                                        \
    X(place)                                                                                       \
    X(cases)                                                                                       \
    X(paid)                                                                                        \
    X(paid_to_date)                                                                                \
    X(paid_in_month)                                                                               \
    X(cost)                                                                                        \
    X(people)                                                                                      \
    X(booked)                                                                                      \
    X(known)                                                                                       \
    X(scope_break)

typedef enum column {
#define X(name) COLUMN_##name,
    COLUMNS(X)
#undef X
        COLUMN_COUNT
} column;

static const char *const column_names[COLUMN_COUNT] = {
#define X(name) #name,
    COLUMNS(X)
#undef X
};

typedef struct reading {
    bg_observed *data;
    const char *name; /* of the file */
    bool sheet;       /* of a workbook */
    bg_csv csv;
    int place[COLUMN_COUNT]; /* of the column's cell, or -1 */
    bg_fen unit[COLUMN_COUNT];
    bg_fen common_unit;
    size_t row_room, series_room;
    size_t last_series; /* that a row was of */
    bg_errors *errors;
} reading;

/* ---- headings ---- */

static bool has(const reading *self, column which)
{
    return self->place[which] >= 0;
}

static column find_column(const char *heading)
{
    const char *key = bg_heading_key(BG_HEADINGS_OBSERVED, heading);
    for (column i = 0; key && i < COLUMN_COUNT; i++) {
        if (strcmp(key, column_names[i]) == 0) {
            return i;
        }
    }
    return COLUMN_COUNT;
}

static bg_status read_heading(reading *self, const bg_csv_cell *cell, int place)
{
    const column which = find_column(cell->text);
    if (which == COLUMN_COUNT) {
        return BG_OK;
    }
    if (has(self, which)) {
        return bg_errors_say(self->errors, BG_DUPLICATE_KEY, cell->mark, DATA,
                             BG_SAY(observed_column_twice), column_names[which]);
    }
    const bg_fen own = bg_heading_unit(cell->text);
    self->place[which] = place;
    self->unit[which] = own ? own : self->common_unit;
    return BG_OK;
}

/* A heading that looks like one that is not there is refused, so that a slip of the pen does not lose a column. */
static bg_status read_other(const reading *self, const bg_csv_cell *cell, bg_text *others)
{
    char word[BG_WRITTEN], shown[BG_EXCERPT];
    if (!cell->text[0] || bg_heading_key(BG_HEADINGS_OBSERVED, cell->text)) {
        return BG_OK;
    }
    for (column i = 0; i < COLUMN_COUNT; i++) {
        if (!has(self, i) &&
            bg_heading_slip(BG_HEADINGS_OBSERVED, cell->text, column_names[i], word)) {
            return bg_errors_say(self->errors, BG_UNKNOWN_KEY, cell->mark, DATA,
                                 BG_SAY(observed_column_near), bg_excerpt(cell->text, shown),
                                 column_names[i]);
        }
    }
    bg_text_add(others, "%s%s", others->length ? BG_COMMA : "", bg_excerpt(cell->text, shown));
    return BG_OK;
}

static bg_status check_columns(const reading *self)
{
    const bg_mark mark = self->csv.cells[0].mark;
    const int paid =
        has(self, COLUMN_paid) + has(self, COLUMN_paid_to_date) + has(self, COLUMN_paid_in_month);
    if (!has(self, COLUMN_year) || (!paid && !has(self, COLUMN_cost))) {
        return bg_errors_say(self->errors, BG_MISSING, mark, DATA, BG_SAY(observed_column_missing));
    }
    if (paid > 1) {
        return bg_errors_say(self->errors, BG_INVALID, mark, DATA, BG_SAY(observed_paid_twice));
    }
    if (has(self, COLUMN_paid_to_date) && has(self, COLUMN_booked)) {
        return bg_errors_say(self->errors, BG_INVALID, mark, DATA, BG_SAY(observed_booked_to_date));
    }
    return BG_OK;
}

static bg_status read_headings(reading *self)
{
    bg_text others = {0};
    bg_status status = BG_OK;
    for (size_t i = 0; !status && i < self->csv.count; i++) {
        status = read_heading(self, &self->csv.cells[i], (int)i);
    }
    for (size_t i = 0; !status && i < self->csv.count; i++) {
        status = read_other(self, &self->csv.cells[i], &others);
    }
    status = status ? status : check_columns(self);
    char *list = bg_text_take(&others);
    if (!status && list) {
        bg_errors_advise(self->errors, self->csv.cells[0].mark, DATA,
                         BG_SAY(observed_columns_not_read), list);
    }
    free(list);
    return status;
}

/* Goes to the line of headings; what stands before it may name the unit of money. */
static bg_status find_headings(reading *self)
{
    const bg_mark start = {.file = self->name, .line = 1, .column = 1};
    self->csv.headless = true;
    for (int titles = 0; titles <= MAX_TITLES; titles++) {
        bg_status status = bg_csv_read(&self->csv, self->errors);
        if (status || self->csv.ended) {
            return status ? status
                          : bg_errors_say(self->errors, BG_MISSING, start, DATA,
                                          BG_SAY(observed_without_headings));
        }
        if (bg_heading_is_row(BG_HEADINGS_OBSERVED, &self->csv)) {
            self->csv.headless = false;
            return read_headings(self);
        }
        status = bg_heading_check_separator(BG_HEADINGS_OBSERVED, &self->csv, DATA, self->errors);
        if (status) {
            return status;
        }
        const bg_fen unit = bg_heading_unit_before(&self->csv);
        self->common_unit = unit ? unit : self->common_unit;
    }
    return bg_errors_say(self->errors, BG_MISSING, start, DATA, BG_SAY(observed_without_headings));
}

/* ---- cells ---- */

static bg_csv_cell cell_of(const reading *self, column which)
{
    const int place = self->place[which];
    return place >= 0 && (size_t)place < self->csv.count
               ? self->csv.cells[place]
               : (bg_csv_cell){"", self->csv.cells[0].mark};
}

static bg_status refuse(const reading *self, const bg_csv_cell *cell, column which,
                        const char *allowed)
{
    char shown[BG_EXCERPT];
    return bg_errors_say(self->errors, BG_TYPE, cell->mark, DATA, BG_SAY(observed_cell),
                         column_names[which], bg_excerpt(cell->text, shown), allowed);
}

static bg_status read_year(const reading *self, column which, int *year)
{
    const bg_csv_cell cell = cell_of(self, which);
    char plain[BG_YEAR_TEXT];
    int64_t number;
    if (!bg_year_plain(cell.text, plain) || !bg_year_read(plain, &number)) {
        return refuse(self, &cell, which,
                      BG_BOTH("a year such as 2024, 1990 to 2200", "年份，如2024（1990至2200）"));
    }
    *year = (int)number;
    return BG_OK;
}

/* "3", "03", "3月", full width too. */
static bool month_of(const char *text, int64_t *month)
{
    char narrow[BG_WRITTEN];
    if (!bg_written_narrow(text, narrow, sizeof narrow)) {
        return false;
    }
    char *word = strstr(narrow, "月");
    if (word && strcmp(word, "月") == 0) {
        *word = '\0';
    }
    return strlen(narrow) <= 2 && bg_whole_number(narrow, 1, 12, month);
}

static bg_status read_month(const reading *self, int *month)
{
    const bg_csv_cell cell = cell_of(self, COLUMN_month);
    int64_t number = 0;
    if (cell.text[0] && !month_of(cell.text, &number)) {
        return refuse(
            self, &cell, COLUMN_month,
            BG_BOTH("a month from 1 to 12, or nothing for a whole year", "1至12月，整年则留空"));
    }
    *month = (int)number;
    return BG_OK;
}

/* "2024-03", "2024年3月", "202403". */
static bool booking_of(const char *text, int *booked)
{
    static const char *const signs[] = {"-", "/", ".", "年", ""};
    char narrow[BG_WRITTEN], year_text[BG_YEAR_TEXT];
    int64_t year, month;
    if (!bg_written_narrow(text, narrow, sizeof narrow) || strlen(narrow) < 5) {
        return false;
    }
    snprintf(year_text, sizeof year_text, "%.4s", narrow);
    const char *rest = narrow + 4;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (strncmp(rest, signs[i], strlen(signs[i])) == 0) {
            rest += strlen(signs[i]);
            break;
        }
    }
    if (!bg_year_read(year_text, &year) || !month_of(rest, &month)) {
        return false;
    }
    *booked = (int)(12 * year + month - 1);
    return true;
}

static bg_status read_booking(const reading *self, const bg_observation *row, int *booked)
{
    const bg_csv_cell cell = cell_of(self, COLUMN_booked);
    if (!has(self, COLUMN_booked)) {
        return BG_OK;
    }
    const int earliest = 12 * row->year + (row->month ? row->month - 1 : 0);
    if (!booking_of(cell.text, booked) || *booked < earliest) {
        return refuse(self, &cell, COLUMN_booked,
                      BG_BOTH("a month such as 2024-03, not before that of care",
                              "月份，如2024-03，不早于就诊月份"));
    }
    return BG_OK;
}

static bg_status read_known(const reading *self, const bg_observation *row, int *known)
{
    const bg_csv_cell cell = cell_of(self, COLUMN_known);
    *known = row->year;
    if (!has(self, COLUMN_known)) {
        return BG_OK;
    }
    const bg_status status = read_year(self, COLUMN_known, known);
    if (!status && *known < row->year) {
        return refuse(self, &cell, COLUMN_known,
                      BG_BOTH("a year not before that of care: what it holds is not known earlier",
                              "不早于就诊年度的年份：此前无从得知"));
    }
    return status;
}

static bg_status read_break(const reading *self, bool *is_break)
{
    const bg_csv_cell cell = cell_of(self, COLUMN_scope_break);
    *is_break = strcmp(cell.text, "1") == 0;
    if (cell.text[0] && !*is_break && strcmp(cell.text, "0") != 0) {
        return refuse(self, &cell, COLUMN_scope_break, BG_BOTH("1, 0 or nothing", "1、0或留空"));
    }
    return BG_OK;
}

/* ---- amounts ---- */

static bool has_two_readings(const reading *self, const bg_csv_cell *cell)
{
    char thousands[BG_WRITTEN], decimals[BG_WRITTEN], shown[BG_EXCERPT];
    if (!bg_csv_has_semicolons(&self->csv) || !bg_written_twice(cell->text, thousands, decimals)) {
        return false;
    }
    bg_errors_say(self->errors, BG_TYPE, cell->mark, DATA, BG_SAY(observed_two_readings),
                  bg_excerpt(cell->text, shown), thousands, decimals);
    return true;
}

static bg_status read_number(const reading *self, column which, bg_fen unit, int64_t least,
                             int64_t *value)
{
    bg_csv_cell cell = cell_of(self, which);
    char rounded[BG_WRITTEN];
    *value = BG_NOT_OBSERVED;
    if (!cell.text[0]) {
        return BG_OK;
    }
    if (has_two_readings(self, &cell)) {
        return BG_TYPE;
    }
    if (self->sheet && bg_written_round(cell.text, rounded)) {
        cell.text = rounded;
    }
    if (bg_money_parse(cell.text, unit, value) != BG_OK) {
        return refuse(self, &cell, which,
                      BG_BOTH("a number with at most two decimals, such as 1200, 1.2亿",
                              "至多两位小数的数字，如1200、1.2亿"));
    }
    if (*value < least) {
        return refuse(self, &cell, which,
                      least > 0 ? BG_BOTH("a number above zero", "大于零的数字")
                                : BG_BOTH("a number that is not negative", "不为负的数字"));
    }
    return BG_OK;
}

static bg_status read_measures(const reading *self, bg_observation *row)
{
    const column paid = has(self, COLUMN_paid_to_date)    ? COLUMN_paid_to_date
                        : has(self, COLUMN_paid_in_month) ? COLUMN_paid_in_month
                                                          : COLUMN_paid;
    const int64_t least =
        has(self, COLUMN_booked) ? INT64_MIN : 1; /* what is booked back is less */
    bg_status status =
        read_number(self, paid, self->unit[paid], least, &row->value[BG_OBSERVED_PAID]);
    bg_first(&status, read_number(self, COLUMN_cost, self->unit[COLUMN_cost], least,
                                  &row->value[BG_OBSERVED_COST]));
    bg_first(&status, read_number(self, COLUMN_cases, 100, 0, &row->value[BG_OBSERVED_CASES]));
    bg_first(&status, read_number(self, COLUMN_people, 100, 1, &row->value[BG_OBSERVED_PEOPLE]));
    if (!status && row->value[BG_OBSERVED_PAID] == BG_NOT_OBSERVED &&
        row->value[BG_OBSERVED_COST] == BG_NOT_OBSERVED) {
        const column which = has(self, paid) ? paid : COLUMN_cost;
        const bg_csv_cell cell = cell_of(self, which);
        return refuse(
            self, &cell, which,
            BG_BOTH("an amount; leave the row out where none is known", "金额；不知时请删去该行"));
    }
    return status;
}

/* ---- series ---- */

static bool same_series(const bg_observed_series *series, const char *county, const char *line)
{
    return strcmp(series->county, county) == 0 && strcmp(series->line, line) == 0;
}

/* Tables go by series, or by year with the series in the same order: the last one and the next are tried first. */
static bool find_series(reading *self, const char *county, const char *line)
{
    const bg_observed *data = self->data;
    for (size_t i = 0; i < data->series_count; i++) {
        const size_t place = (self->last_series + i) % data->series_count;
        if (same_series(&data->series[place], county, line)) {
            self->last_series = place;
            return true;
        }
    }
    return false;
}

static bg_status add_series(reading *self, const char *county, const char *line)
{
    bg_observed *data = self->data;
    bg_observed_series *series =
        bg_array_room(data->series, &self->series_room, data->series_count + 1, sizeof *series);
    if (!series) {
        return bg_no_memory(self->errors);
    }
    data->series = series;
    series[data->series_count] =
        (bg_observed_series){.county = strdup(county), .line = strdup(line)};
    self->last_series = data->series_count++;
    const bg_observed_series *added = &series[self->last_series];
    return added->county && added->line ? BG_OK : bg_no_memory(self->errors);
}

/* "residents.inpatient.in" of the words for a scheme, a service and a place; other words stay as they are. */
static char *line_name(const reading *self)
{
    static const struct {
        column column;
        bg_word_kind kind;
    } parts[] = {{COLUMN_scheme, BG_WORD_SCHEME},
                 {COLUMN_line, BG_WORD_SERVICE},
                 {COLUMN_place, BG_WORD_PLACE}};
    bg_text name = {0};
    bg_text_add(&name, "%s", "");
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const bg_csv_cell cell = cell_of(self, parts[i].column);
        const char *word = bg_heading_word(parts[i].kind, cell.text);
        word = word || i != 1 ? word : bg_heading_word(BG_WORD_SCHEME, cell.text);
        bg_text_add(&name, "%s%s", name.length && cell.text[0] ? "." : "", word ? word : cell.text);
    }
    return bg_text_take(&name);
}

static bg_status read_series(reading *self, size_t *series)
{
    const bg_csv_cell county = cell_of(self, COLUMN_county);
    if (has(self, COLUMN_county) && !county.text[0]) {
        return refuse(self, &county, COLUMN_county, BG_BOTH("a name", "名称"));
    }
    char *line = line_name(self);
    if (!line) {
        return bg_no_memory(self->errors);
    }
    const bg_status status =
        find_series(self, county.text, line) ? BG_OK : add_series(self, county.text, line);
    free(line);
    *series = self->last_series;
    return status;
}

/* ---- rows ---- */

static bool is_total(const reading *self)
{
    static const column names[] = {COLUMN_county, COLUMN_year, COLUMN_month, COLUMN_scheme,
                                   COLUMN_line};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (bg_heading_is_total(cell_of(self, names[i]).text)) {
            return true;
        }
    }
    return false;
}

static bg_status fill_row(reading *self, bg_observation *row)
{
    bg_status status = read_year(self, COLUMN_year, &row->year);
    bg_first(&status, read_month(self, &row->month));
    bg_first(&status, read_measures(self, row));
    bg_first(&status, read_break(self, &row->scope_break));
    status = status ? status : read_booking(self, row, &row->booked);
    status = status ? status : read_known(self, row, &row->known);
    return status ? status : read_series(self, &row->series);
}

static bg_status add_row(reading *self)
{
    bg_observed *data = self->data;
    const bg_mark mark = self->csv.cells[0].mark;
    if (is_total(self)) {
        bg_errors_advise(self->errors, mark, DATA, BG_SAY(observed_total_left_out));
        return BG_OK;
    }
    if (data->count == MAX_ROWS) {
        return bg_errors_say(self->errors, BG_LIMIT, mark, DATA, BG_SAY(observed_too_many_rows),
                             MAX_ROWS);
    }
    bg_observation *rows = bg_array_room(data->row, &self->row_room, data->count + 1, sizeof *rows);
    if (!rows) {
        return bg_no_memory(self->errors);
    }
    data->row = rows;
    rows[data->count] = (bg_observation){.row = mark.line};
    const bg_status status = fill_row(self, &rows[data->count]);
    data->count += status == BG_OK;
    return status == BG_MEMORY ? status : BG_OK;
}

static bg_status read_rows(reading *self)
{
    const size_t errors_before = self->errors->error_count;
    bg_status status = BG_OK;
    while (!status && self->errors->error_count < BG_MAX_ERRORS) {
        status = bg_csv_read(&self->csv, self->errors);
        if (status || self->csv.ended) {
            break;
        }
        if (bg_csv_is_blank(&self->csv) || bg_heading_is_remark(&self->csv)) {
            continue;
        }
        status = add_row(self);
    }
    return !status && self->errors->error_count > errors_before ? BG_INVALID : status;
}

static bg_observed_form form_of(const reading *self)
{
    return has(self, COLUMN_paid_to_date)    ? BG_OBSERVED_TO_DATE
           : has(self, COLUMN_paid_in_month) ? BG_OBSERVED_SINGLE
                                             : BG_OBSERVED_UNSAID;
}

static void note_columns(const reading *self)
{
    bg_observed *data = self->data;
    data->has[BG_OBSERVED_PAID] = has(self, COLUMN_paid) || form_of(self) != BG_OBSERVED_UNSAID;
    data->has[BG_OBSERVED_COST] = has(self, COLUMN_cost);
    data->has[BG_OBSERVED_CASES] = has(self, COLUMN_cases);
    data->has[BG_OBSERVED_PEOPLE] = has(self, COLUMN_people);
    data->has_booked = has(self, COLUMN_booked);
}

static bg_status read_all(reading *self, FILE *stream)
{
    for (column i = 0; i < COLUMN_COUNT; i++) {
        self->place[i] = -1;
    }
    bg_csv_init(&self->csv, stream, self->name, DATA, MAX_COLUMNS);
    bg_status status = find_headings(self);
    if (!status) {
        note_columns(self);
        status = read_rows(self);
    }
    if (!status && self->data->count == 0) {
        const bg_mark start = {.file = self->name, .line = 1, .column = 1};
        status = bg_errors_say(self->errors, BG_MISSING, start, DATA, BG_SAY(observed_empty));
    }
    bg_csv_free(&self->csv);
    return status ? status : bg_observed_check(self->data, form_of(self), self->name, self->errors);
}

static bg_status read_stream(FILE *stream, const char *name, bool sheet, bg_fen unit,
                             bg_observed *data, bg_errors *errors)
{
    memset(data, 0, sizeof *data);
    reading *self = calloc(1, sizeof *self); /* a row of cells is large */
    if (!self) {
        return bg_no_memory(errors);
    }
    self->data = data;
    self->name = name;
    self->sheet = sheet;
    self->common_unit = unit;
    self->errors = errors;
    const bg_status status = read_all(self, stream);
    free(self);
    return status;
}

bg_status bg_observed_read(FILE *stream, const char *name, bg_fen unit, bg_observed *self,
                           bg_errors *errors)
{
    return read_stream(stream, name, false, unit, self, errors);
}

bg_status bg_observed_open(const char *path, bg_fen unit, bg_observed *self, bg_errors *errors)
{
    FILE *stream = NULL;
    const bool sheet = bg_workbook_is_sheet(path);
    memset(self, 0, sizeof *self);
    bg_status status =
        sheet ? bg_workbook_open(path, NULL, &stream, errors) : bg_file_open(path, &stream, errors);
    if (!status) {
        status = read_stream(stream, path, sheet, unit, self, errors);
        fclose(stream);
    }
    return status;
}
