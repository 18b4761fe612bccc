#include "command/book_writer.h"

#include "base/text.h"
#include "command/book_file.h"
#include "command/messages.h"
#include "format/width.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    CELL_CHARACTERS = 32767,
    NARROWEST = 6,
    WIDEST = 60,
    AMOUNT_WIDTH = 18,
    NUMBER_WIDTH = 12,
    HEADING_HEIGHT = 30, /* two lines */
    PAPER_A4 = 9
};

/* How cells look. */
typedef enum look {
    LOOK_TEXT,
    LOOK_TITLE,
    LOOK_HEADING,
    LOOK_SECTION, /* a row with nothing but its first text */
    LOOK_YEAR,
    LOOK_WHOLE,
    LOOK_GIVEN, /* what formulas go on with */
    LOOK_YUAN,
    LOOK_UNIT, /* beside the exact amount */
    LOOK_RATE,
    LOOK_SHARE,
    LOOK_NUMBER,
    LOOK_COUNT
} look;

static const struct {
    const char *number;
    bool bold, wraps;
} looks[LOOK_COUNT] = {
    [LOOK_TEXT] = {NULL, false, false},
    [LOOK_TITLE] = {NULL, true, false},
    [LOOK_HEADING] = {NULL, true, true},
    [LOOK_SECTION] = {NULL, true, false},
    [LOOK_YEAR] = {"0", false, false},
    [LOOK_WHOLE] = {"#,##0;[Red]-#,##0", false, false},
    [LOOK_GIVEN] = {"#,##0;[Red]-#,##0", false, false},
    [LOOK_YUAN] = {"#,##0.00;[Red]-#,##0.00", false, false},
    [LOOK_UNIT] = {"#,##0.00;[Red]-#,##0.00", false, false},
    [LOOK_RATE] = {"0.00##%", false, false},
    [LOOK_SHARE] = {"0.0%", false, false},
    [LOOK_NUMBER] = {"General", false, false},
};

typedef struct writer {
    lxw_workbook *book;
    lxw_worksheet *at; /* the sheet that is written */
    lxw_format *format[LOOK_COUNT];
    const bg_sheet *sheet;
    lxw_error error; /* the first */
} writer;

static void note(writer *self, lxw_error error)
{
    self->error = self->error ? self->error : error;
}

static void add_formats(writer *self, const char *language)
{
    for (int i = 0; i < LOOK_COUNT; i++) {
        lxw_format *format = workbook_add_format(self->book);
        format_set_font_name(format, strcmp(language, "zh") == 0 ? "宋体" : "Arial");
        format_set_font_size(format, i == LOOK_TITLE ? 14 : 10);
        if (looks[i].number) {
            format_set_num_format(format, looks[i].number);
        }
        if (looks[i].bold) {
            format_set_bold(format);
        }
        if (looks[i].wraps) {
            format_set_text_wrap(format);
            format_set_align(format, LXW_ALIGN_CENTER);
            format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
            format_set_bg_color(format, 0xE7ECF3);
        }
        if (i == LOOK_GIVEN) {
            format_set_font_color(format, 0x1F4FA3);
        }
        if (i != LOOK_TITLE && i != LOOK_SECTION) {
            format_set_border(format, LXW_BORDER_HAIR);
        }
        self->format[i] = format;
    }
}

/* ---- cells ---- */

/* Cut between characters. */
static void write_text(writer *self, lxw_row_t row, lxw_col_t column, const char *text, look as)
{
    const char *end = text;
    for (size_t i = 0; i < CELL_CHARACTERS && *end; i++) {
        bg_text_next(&end);
    }
    char *cut = *end ? bg_text_format("%.*s", (int)(end - text), text) : NULL;
    if (*end && !cut) {
        note(self, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    note(self, worksheet_write_string(self->at, row, column, cut ? cut : text, self->format[as]));
    free(cut);
}

static void write_number(writer *self, lxw_row_t row, lxw_col_t column, double value,
                         const char *formula, look as)
{
    if (!isfinite(value)) {
        return;
    }
    note(self, formula
                   ? worksheet_write_formula_num(self->at, row, column, formula, self->format[as],
                                                 value + 0.0)
                   : worksheet_write_number(self->at, row, column, value + 0.0, self->format[as]));
}

static look look_of(const bg_sheet *sheet, bg_cell_kind kind)
{
    switch (kind) {
    case BG_CELL_ABSENT:
    case BG_CELL_TEXT:
        return LOOK_TEXT;
    case BG_CELL_YEAR:
    case BG_CELL_FLAG:
        return LOOK_YEAR;
    case BG_CELL_COUNT:
        return LOOK_WHOLE;
    case BG_CELL_FEN:
    case BG_CELL_AMOUNT:
        return sheet->in_fen ? LOOK_WHOLE : LOOK_YUAN;
    case BG_CELL_RATE:
        return LOOK_RATE;
    case BG_CELL_SHARE:
        return LOOK_SHARE;
    default:
        return LOOK_NUMBER;
    }
}

static bool is_money(bg_cell_kind kind)
{
    return kind == BG_CELL_FEN || kind == BG_CELL_AMOUNT;
}

/* As it is calculated with: amounts in fen or yuan. */
static double value_of(const bg_sheet *sheet, bg_cell_kind kind, double value)
{
    return is_money(kind) && !sheet->in_fen ? value / 100 : value;
}

static double own_value(const bg_sheet *sheet, const bg_cell *cell)
{
    const bool exact = cell->kind == BG_CELL_RATE || cell->kind == BG_CELL_DECIMAL;
    return exact                          ? (double)cell->whole / (double)BG_ONE
           : cell->kind >= BG_CELL_AMOUNT ? value_of(sheet, cell->kind, cell->value)
                                          : value_of(sheet, cell->kind, (double)cell->whole);
}

/* The same amount in the unit of the column, worked out from the cell before. */
static void write_in_unit(writer *self, size_t row, size_t j, const bg_cell *cell, double value)
{
    const bg_column *column = &self->sheet->columns[j];
    const double unit = self->sheet->in_fen ? column->scale.fen : column->scale.fen / 100;
    char place[BG_BOOK_PLACE], formula[2 * BG_BOOK_PLACE + 32];
    if (!is_money(cell->kind)) {
        return;
    }
    snprintf(formula, sizeof formula, "=%s/%.0f", bg_book_place(self->sheet, row, j, place), unit);
    write_number(self, (lxw_row_t)(row + BG_BOOK_HEAD),
                 (lxw_col_t)(bg_book_column(self->sheet, j) + 1), value / unit, formula, LOOK_UNIT);
}

/* Its error and the ends of its interval, where the column has them. */
static void write_parts(writer *self, size_t row, size_t j, const bg_cell *cell)
{
    const bg_column *column = &self->sheet->columns[j];
    size_t at = bg_book_column(self->sheet, j) + (bg_book_shows_unit(column) ? 2 : 1);
    const struct {
        const char *name;
        double value;
    } parts[] = {
        {column->error, cell->error}, {column->low, cell->low}, {column->high, cell->high}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].name && cell->kind >= BG_CELL_AMOUNT) {
            write_number(self, (lxw_row_t)(row + BG_BOOK_HEAD), (lxw_col_t)at,
                         value_of(self->sheet, cell->kind, parts[i].value), NULL,
                         look_of(self->sheet, cell->kind));
        }
        at += parts[i].name ? 1 : 0;
    }
}

static void write_cell(writer *self, size_t row, size_t j, look as)
{
    const bg_cell *cell = bg_sheet_cell(self->sheet, row, j);
    const lxw_row_t y = (lxw_row_t)(row + BG_BOOK_HEAD);
    const lxw_col_t x = (lxw_col_t)bg_book_column(self->sheet, j);
    if (bg_cell_is_absent(cell)) {
        return;
    }
    if (cell->kind == BG_CELL_TEXT) {
        write_text(self, y, x, cell->text, as);
        return;
    }
    const double value = own_value(self->sheet, cell);
    const look shown = look_of(self->sheet, cell->kind);
    const bool given = self->sheet->in_fen && !cell->formula && shown == LOOK_WHOLE;
    write_number(self, y, x, value, cell->formula, given ? LOOK_GIVEN : shown);
    if (bg_book_shows_unit(&self->sheet->columns[j])) {
        write_in_unit(self, row, j, cell, value);
    }
    write_parts(self, row, j, cell);
}

/* ---- sheets ---- */

static bool is_section(const bg_sheet *sheet, size_t row)
{
    bool alone = bg_sheet_cell(sheet, row, 0)->kind == BG_CELL_TEXT;
    for (size_t j = 1; j < sheet->column_count; j++) {
        alone = alone && bg_cell_is_absent(bg_sheet_cell(sheet, row, j));
    }
    return alone && sheet->column_count > 1;
}

static void write_headings(writer *self)
{
    for (size_t j = 0; j < self->sheet->column_count; j++) {
        const bg_column *column = &self->sheet->columns[j];
        const char *const headings[] = {column->heading ? column->heading : "",
                                        bg_book_shows_unit(column) ? column->scale.name : NULL,
                                        column->error, column->low, column->high};
        size_t at = bg_book_column(self->sheet, j);
        for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
            if (headings[i]) {
                write_text(self, BG_BOOK_HEAD - 1, (lxw_col_t)at++, headings[i], LOOK_HEADING);
            }
        }
    }
}

/* Of a text, or of a whole number with its separators. */
static size_t width_of_cell(const bg_cell *cell)
{
    char digits[32];
    if (cell->kind == BG_CELL_TEXT) {
        return bg_text_width(cell->text) + 2;
    }
    const int length = cell->kind == BG_CELL_COUNT
                           ? snprintf(digits, sizeof digits, "%lld", (long long)cell->whole)
                           : 0;
    return (size_t)length + (size_t)length / 3 + 2;
}

/* What its longest text or number takes; amounts have room for hundreds of billions. */
static size_t width_of(const bg_sheet *sheet, size_t j)
{
    const bg_cell_kind kind = sheet->columns[j].kind;
    size_t widest = is_money(kind) ? AMOUNT_WIDTH : kind == BG_CELL_TEXT ? NARROWEST : NUMBER_WIDTH;
    for (size_t row = 0; row < bg_sheet_row_count(sheet); row++) {
        const size_t width = width_of_cell(bg_sheet_cell(sheet, row, j));
        widest = width > widest && !(j == 0 && is_section(sheet, row)) ? width : widest;
    }
    return widest < WIDEST ? widest : WIDEST;
}

static void set_widths(writer *self)
{
    const bg_sheet *sheet = self->sheet;
    for (size_t j = 0; j < sheet->column_count; j++) {
        const lxw_col_t first = (lxw_col_t)bg_book_column(sheet, j);
        const lxw_col_t last = (lxw_col_t)(bg_book_column(sheet, j + 1) - 1);
        note(self, worksheet_set_column(self->at, first, last, (double)width_of(sheet, j), NULL));
    }
}

/* Headings stay in sight and stand on every page; a page is as wide as the sheet. */
static void set_page(writer *self)
{
    const lxw_row_t last = (lxw_row_t)(bg_sheet_row_count(self->sheet) + BG_BOOK_HEAD - 1);
    const size_t columns = bg_book_column(self->sheet, self->sheet->column_count);
    worksheet_freeze_panes(self->at, BG_BOOK_HEAD, 1);
    worksheet_set_landscape(self->at);
    worksheet_set_paper(self->at, PAPER_A4);
    worksheet_fit_to_pages(self->at, 1, 0);
    note(self, worksheet_set_row(self->at, BG_BOOK_HEAD - 1, HEADING_HEIGHT, NULL));
    note(self, worksheet_repeat_rows(self->at, 0, BG_BOOK_HEAD - 1));
    note(self, worksheet_print_area(self->at, 0, 0, last, (lxw_col_t)(columns - 1)));
    note(self, worksheet_set_footer(self->at, "&C&P / &N"));
}

/* Lines around all of its cells. */
static void rule_row(writer *self, size_t row)
{
    const size_t columns = bg_book_column(self->sheet, self->sheet->column_count);
    for (size_t x = 0; x < columns; x++) {
        note(self, worksheet_write_blank(self->at, (lxw_row_t)(row + BG_BOOK_HEAD), (lxw_col_t)x,
                                         self->format[LOOK_TEXT]));
    }
}

static void write_row(writer *self, size_t row)
{
    const bool section = is_section(self->sheet, row);
    if (!section) {
        rule_row(self, row);
    }
    for (size_t j = 0; j < self->sheet->column_count; j++) {
        write_cell(self, row, j, section ? LOOK_SECTION : LOOK_TEXT);
    }
}

static void write_sheet(writer *self, const bg_book_sheet *from)
{
    self->sheet = &from->sheet;
    self->at = workbook_add_worksheet(self->book, from->name);
    if (!self->at) {
        note(self, LXW_ERROR_SHEETNAME_ALREADY_USED);
        return;
    }
    write_text(self, 0, 0, from->title, LOOK_TITLE);
    write_headings(self);
    for (size_t row = 0; row < bg_sheet_row_count(self->sheet); row++) {
        write_row(self, row);
    }
    set_widths(self);
    set_page(self);
}

/* ---- the file ---- */

typedef struct filling {
    const bg_book *book;
    const char *path;
} filling;

static bg_status check_rows(const bg_book *self, const char *path, bg_errors *errors)
{
    const size_t most = LXW_ROW_MAX - BG_BOOK_HEAD;
    for (size_t i = 0; i < self->count; i++) {
        const size_t rows = bg_sheet_row_count(&self->sheets[i].sheet);
        if (rows > most) {
            return bg_errors_say(errors, BG_LIMIT, (bg_mark){.file = path}, NULL,
                                 BG_SAY(workbook_rows), self->sheets[i].name, rows, most);
        }
    }
    return BG_OK;
}

static bg_status fill_book(void *context, lxw_workbook *book, bg_errors *errors)
{
    const filling *from = context;
    writer to = {.book = book};
    add_formats(&to, from->book->language);
    for (size_t i = 0; i < from->book->count; i++) {
        write_sheet(&to, &from->book->sheets[i]);
    }
    return to.error ? bg_book_file_refuse(from->path, to.error, errors) : BG_OK;
}

bg_status bg_book_save(const bg_book *self, const char *path, bg_errors *errors)
{
    if (self->failed) {
        return bg_no_memory(errors);
    }
    filling from = {self, path};
    const bg_status status = check_rows(self, path, errors);
    return status ? status : bg_book_file_write(path, false, fill_book, &from, errors);
}
