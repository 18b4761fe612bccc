#include "scenario/history_csv.h"

#include "scenario/heading.h"
#include "scenario/history_rows.h"
#include "scenario/messages.h"
#include "scenario/path.h"

#include <stdio.h>
#include <string.h>

#define MAX_COLUMNS 64
#define MAX_ROWS    10000
#define MAX_TITLES  30 /* lines before the headings */

static const char *const column_keys[BG_HISTORY_COLUMNS] = {"year",  "scheme", "line", "place",
                                                            "cases", "cost",   "paid"};

typedef struct table {
    const char *name; /* of the file */
    bool sheet;       /* of a workbook */
    bg_arena *arena;
    bg_errors *errors;
    size_t errors_before;
    bg_csv csv;
    int place[BG_HISTORY_COLUMNS]; /* index of the column's cell, or -1 */
    const char *heading[BG_HISTORY_COLUMNS];
    bool named[MAX_COLUMNS]; /* the column has a heading */
    bg_fen unit;             /* that stands before the headings, 0 if none does */
    bool ambiguous;          /* some number has two readings */
    bg_history_rows rows;
} table;

static bool has_failed(const table *self)
{
    return self->errors->error_count > self->errors_before;
}

/* ---- the headings ---- */

/* A list of columns that are not read. */
typedef struct others {
    char text[512];
    size_t length, count;
} others;

static void list_other(others *self, const char *heading)
{
    if (self->length < sizeof self->text) {
        char shown[BG_EXCERPT];
        const int more = snprintf(self->text + self->length, sizeof self->text - self->length,
                                  "%s%s", self->count ? BG_COMMA : "", bg_excerpt(heading, shown));
        self->length += more < 0 ? sizeof self->text : (size_t)more;
    }
    self->count++;
}

static int find_column(const char *key)
{
    for (int i = 0; i < BG_HISTORY_COLUMNS; i++) {
        if (key && strcmp(column_keys[i], key) == 0) {
            return i;
        }
    }
    return -1;
}

static bg_status read_heading(table *self, size_t index)
{
    const bg_csv_cell *cell = &self->csv.cells[index];
    const int column = find_column(bg_heading_key(BG_HEADINGS_HISTORY, cell->text));
    if (column < 0) {
        return BG_OK;
    }
    if (self->place[column] >= 0) {
        return bg_errors_say(self->errors, BG_DUPLICATE_KEY, cell->mark, BG_HISTORY_PATH,
                             BG_SAY(history_column_twice), column_keys[column], cell->text,
                             self->heading[column]);
    }
    const bg_fen own = bg_heading_unit(cell->text);
    self->place[column] = (int)index;
    self->rows.has[column] = true;
    self->rows.unit[column] = own ? own : self->unit;
    self->heading[column] = bg_arena_copy(self->arena, cell->text, strlen(cell->text));
    return self->heading[column] ? BG_OK : BG_MEMORY;
}

/* A heading that is none of those known: refused where it looks like one that is not there. */
static bg_status read_other(const table *self, const bg_csv_cell *cell, others *list)
{
    const char *key = bg_heading_key(BG_HEADINGS_HISTORY, cell->text);
    char word[BG_WRITTEN], shown[BG_EXCERPT];
    for (size_t i = 0; !key && cell->text[0] && i < BG_HISTORY_COLUMNS; i++) {
        const char *meant = self->place[i] < 0 ? bg_heading_slip(BG_HEADINGS_HISTORY, cell->text,
                                                                 column_keys[i], word)
                                               : NULL;
        if (meant) {
            return bg_errors_say(self->errors, BG_UNKNOWN_KEY, cell->mark, BG_HISTORY_PATH,
                                 BG_SAY(history_column_near), bg_excerpt(cell->text, shown), meant);
        }
    }
    if (cell->text[0] && find_column(key) < 0) {
        list_other(list, cell->text);
    }
    return BG_OK;
}

static bg_status check_needed(const table *self, const others *list)
{
    static const bg_history_column needed[] = {BG_HISTORY_year, BG_HISTORY_paid};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        if (self->place[needed[i]] < 0) {
            char found[640] = "";
            if (list->count) {
                snprintf(found, sizeof found,
                         BG_BOTH("; it has besides those known: ", "；另有无法识别的列：") "%s",
                         list->text);
            }
            return bg_errors_say(self->errors, BG_MISSING, self->csv.cells[0].mark, BG_HISTORY_PATH,
                                 BG_SAY(history_column_missing), column_keys[needed[i]], found);
        }
    }
    return BG_OK;
}

static bg_status read_headings(table *self)
{
    others list = {.count = 0};
    bg_status status = BG_OK;
    for (size_t i = 0; status == BG_OK && i < self->csv.count; i++) {
        self->named[i] = self->csv.cells[i].text[0] != '\0';
        status = read_heading(self, i);
    }
    for (size_t i = 0; status == BG_OK && i < self->csv.count; i++) {
        status = read_other(self, &self->csv.cells[i], &list);
    }
    status = status ? status : check_needed(self, &list);
    if (status == BG_OK && list.count) {
        bg_errors_advise(self->errors, self->csv.cells[0].mark, BG_HISTORY_PATH,
                         BG_SAY(history_columns_not_read), list.text);
    }
    return status;
}

/* Goes to the line of headings; what stands before it may name the unit of money. */
static bg_status find_headings(table *self)
{
    const bg_mark start = {.file = self->name, .line = 1, .column = 1};
    self->csv.headless = true;
    for (int titles = 0; titles <= MAX_TITLES; titles++) {
        const bg_status status = bg_csv_read(&self->csv, self->errors);
        if (status != BG_OK) {
            return status;
        }
        if (self->csv.ended) {
            break;
        }
        if (bg_heading_is_row(BG_HEADINGS_HISTORY, &self->csv)) {
            const int line = self->csv.cells[0].mark.line;
            self->csv.headless = false;
            if (titles) {
                bg_errors_advise(self->errors, start, BG_HISTORY_PATH,
                                 BG_SAY(history_before_headings), line - 1);
            }
            return BG_OK;
        }
        const bg_status parted = bg_heading_check_separator(BG_HEADINGS_HISTORY, &self->csv,
                                                            BG_HISTORY_PATH, self->errors);
        if (parted) {
            return parted;
        }
        const bg_fen unit = bg_heading_unit_before(&self->csv);
        self->unit = unit ? unit : self->unit;
    }
    return bg_errors_say(self->errors, BG_MISSING, start, BG_HISTORY_PATH,
                         BG_SAY(history_without_headings));
}

static bg_status read_header(table *self)
{
    for (size_t i = 0; i < BG_HISTORY_COLUMNS; i++) {
        self->place[i] = -1;
    }
    bg_status status = find_headings(self);
    status = status ? status : read_headings(self);
    const bg_fen unit = self->rows.unit[BG_HISTORY_paid];
    if (status == BG_OK && unit) {
        bg_errors_advise(self->errors, self->csv.cells[0].mark, BG_HISTORY_PATH,
                         BG_SAY(history_unit_of_table), bg_heading_unit_word(unit));
    }
    return status;
}

/* ---- rows ---- */

/* Text in a column that has no heading: an amount was cut in two, or a heading forgotten. */
static bool has_nameless_text(const table *self)
{
    for (size_t i = 0; i < self->csv.count; i++) {
        const bg_csv_cell *cell = &self->csv.cells[i];
        if (!self->named[i] && cell->text[0]) {
            char shown[BG_EXCERPT];
            bg_errors_say(self->errors, BG_TYPE, cell->mark, BG_HISTORY_PATH,
                          BG_SAY(history_cell_without_column), bg_excerpt(cell->text, shown));
            return true;
        }
    }
    return false;
}

/* A page that begins anew repeats the headings. */
static bool repeats_headings(const table *self)
{
    for (bg_history_column i = 0; i < BG_HISTORY_COLUMNS; i++) {
        const size_t place = (size_t)self->place[i];
        if (self->place[i] >= 0 && (place >= self->csv.count ||
                                    strcmp(self->csv.cells[place].text, self->heading[i]) != 0)) {
            return false;
        }
    }
    return true;
}

/* Whether the row is no row of figures, with a sentence that says so. */
static bool is_left_out(const table *self)
{
    const bg_mark mark = self->csv.cells[0].mark;
    const bg_fen unit = bg_heading_unit_before(&self->csv);
    if (unit && unit != self->rows.unit[BG_HISTORY_paid]) {
        bg_errors_say(self->errors, BG_INVALID, mark, BG_HISTORY_PATH, BG_SAY(history_unit_behind),
                      bg_heading_unit_word(unit));
        return true;
    }
    if (bg_heading_is_note(&self->csv)) {
        size_t first = 0;
        while (!self->csv.cells[first].text[0]) {
            first++;
        }
        char shown[BG_EXCERPT];
        bg_errors_advise(self->errors, mark, BG_HISTORY_PATH, BG_SAY(history_note_left_out),
                         bg_excerpt(self->csv.cells[first].text, shown));
        return true;
    }
    if (repeats_headings(self)) {
        bg_errors_advise(self->errors, mark, BG_HISTORY_PATH, BG_SAY(history_headings_again));
        return true;
    }
    return false;
}

/* Where a semicolon parts cells the comma is often the mark of decimals: then a number may have two readings. */
static bool has_two_readings(table *self, const bg_csv_cell *cell)
{
    char thousands[BG_WRITTEN], decimals[BG_WRITTEN];
    if (!bg_csv_has_semicolons(&self->csv) || !bg_written_twice(cell->text, thousands, decimals)) {
        return false;
    }
    if (!self->ambiguous) {
        char shown[BG_EXCERPT];
        bg_errors_say(self->errors, BG_TYPE, cell->mark, BG_HISTORY_PATH,
                      BG_SAY(history_two_readings), bg_excerpt(cell->text, shown), thousands,
                      decimals);
    }
    self->ambiguous = true;
    return true;
}

/* Whether the fund payment of a row of a sheet is empty, as where a formula was saved without its value. */
static bool lacks_payment(const table *self, const bg_csv_cell *paid)
{
    if (!self->sheet || paid->text[0]) {
        return false;
    }
    bg_errors_say(self->errors, BG_MISSING, paid->mark, BG_HISTORY_PATH,
                  BG_SAY(history_paid_empty));
    return true;
}

/* A figure as it is meant; false where that cannot be told. */
static bool read_figure(table *self, bg_history_column column, bg_csv_cell *cell,
                        char rounded[BG_WRITTEN])
{
    if (has_two_readings(self, cell) || (column == BG_HISTORY_paid && lacks_payment(self, cell))) {
        return false;
    }
    if (self->sheet && bg_written_round(cell->text, rounded)) {
        cell->text = rounded;
    }
    return true;
}

static bg_status add_row(table *self)
{
    bg_csv_cell cell[BG_HISTORY_COLUMNS];
    char rounded[BG_HISTORY_COLUMNS][BG_WRITTEN];
    if (has_nameless_text(self)) {
        return BG_OK;
    }
    for (bg_history_column i = 0; i < BG_HISTORY_COLUMNS; i++) {
        const int place = self->place[i];
        const bool given = place >= 0 && (size_t)place < self->csv.count;
        cell[i] = given ? self->csv.cells[place] : (bg_csv_cell){"", self->csv.cells[0].mark};
        if (i >= BG_HISTORY_cases && !read_figure(self, i, &cell[i], rounded[i])) {
            return BG_OK;
        }
    }
    return bg_history_rows_add(&self->rows, cell);
}

static bg_status read_rows(table *self)
{
    while (self->errors->error_count < BG_MAX_ERRORS) {
        bg_status status = bg_csv_read(&self->csv, self->errors);
        if (status != BG_OK || self->csv.ended) {
            return status;
        }
        if (bg_csv_is_blank(&self->csv) || is_left_out(self)) {
            continue;
        }
        if (self->rows.count == MAX_ROWS) {
            return bg_errors_say(self->errors, BG_LIMIT, self->csv.cells[0].mark, BG_HISTORY_PATH,
                                 BG_SAY(history_too_many_rows), MAX_ROWS);
        }
        if (add_row(self) == BG_MEMORY) {
            return BG_MEMORY;
        }
    }
    return BG_OK;
}

bg_status bg_history_csv_read(bg_arena *arena, char *text, size_t size, const char *name,
                              bool sheet, bg_raw *history, bg_fen *unit, bg_errors *errors)
{
    FILE *stream = fmemopen(text, size, "r");
    if (!stream) {
        return BG_MEMORY;
    }
    table self = {.name = name,
                  .sheet = sheet,
                  .arena = arena,
                  .errors = errors,
                  .errors_before = errors->error_count};
    bg_history_rows_init(&self.rows, arena, errors);
    bg_csv_init(&self.csv, stream, name, BG_HISTORY_PATH, MAX_COLUMNS);
    bg_status status = read_header(&self);
    *unit = self.rows.unit[BG_HISTORY_paid];
    status = status ? status : read_rows(&self);
    status = status ? status : bg_history_rows_finish(&self.rows, history);
    bg_csv_free(&self.csv);
    fclose(stream);
    return status == BG_OK && has_failed(&self) ? BG_INVALID : status;
}
