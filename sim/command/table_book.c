#include "command/table_book.h"

#include "base/csv.h"
#include "command/book_file.h"
#include "command/messages.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DECIMALS = 12, MOST_DIGITS = 15, WIDTH = 16 };

typedef struct filling {
    const bg_table_sheet *tables;
    size_t count;
    const char *language, *path;
} filling;

typedef struct looks {
    lxw_format *text, *heading;
    lxw_format *number[1 + MOST_DECIMALS]; /* by decimals */
} looks;

static lxw_format *new_format(lxw_workbook *book, const char *language, const char *number)
{
    lxw_format *format = workbook_add_format(book);
    format_set_font_name(format, strcmp(language, "zh") == 0 ? "宋体" : "Arial");
    format_set_font_size(format, 10);
    if (number) {
        format_set_num_format(format, number);
    }
    return format;
}

/* Whole numbers may be years or identifiers, and have no separators. */
static looks make_looks(lxw_workbook *book, const char *language)
{
    looks made = {.text = new_format(book, language, NULL),
                  .heading = new_format(book, language, NULL)};
    format_set_bold(made.heading);
    format_set_bg_color(made.heading, 0xE7ECF3);
    made.number[0] = new_format(book, language, "0;[Red]-0");
    for (int decimals = 1; decimals <= MOST_DECIMALS; decimals++) {
        char zeros[1 + MOST_DECIMALS] = "", number[64];
        memset(zeros, '0', (size_t)decimals);
        snprintf(number, sizeof number, "#,##0.%s;[Red]-#,##0.%s", zeros, zeros);
        made.number[decimals] = new_format(book, language, number);
    }
    return made;
}

/* The decimals of a text that is a number to the digit; -1 of any other. */
static int decimals_of(const char *text)
{
    const char *at = text + (*text == '-');
    const size_t whole = strspn(at, "0123456789");
    if (whole == 0 || (whole > 1 && *at == '0')) {
        return -1;
    }
    at += whole;
    const size_t decimals = *at == '.' ? strspn(at + 1, "0123456789") : 0;
    const bool ends = at[*at == '.' ? decimals + 1 : 0] == '\0' && (*at != '.' || decimals > 0);
    return ends && decimals <= MOST_DECIMALS && whole + decimals <= MOST_DIGITS ? (int)decimals
                                                                                : -1;
}

static lxw_error write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
                            const looks *as)
{
    const int decimals = row > 0 ? decimals_of(text) : -1;
    if (*text == '\0') {
        return LXW_NO_ERROR;
    }
    return decimals < 0
               ? worksheet_write_string(sheet, row, column, text, row > 0 ? as->text : as->heading)
               : worksheet_write_number(sheet, row, column, strtod(text, NULL),
                                        as->number[decimals]);
}

static bg_status write_rows(const filling *self, const bg_table_sheet *table, lxw_worksheet *sheet,
                            const looks *as, bg_csv *csv, bg_errors *errors)
{
    bg_status status = bg_csv_read(csv, errors);
    for (lxw_row_t row = 0; !status && !csv->ended; row++) {
        if (row >= LXW_ROW_MAX) {
            return bg_errors_say(errors, BG_LIMIT, (bg_mark){.file = self->path}, NULL,
                                 BG_SAY(workbook_rows), table->name, (size_t)row + 1,
                                 (size_t)LXW_ROW_MAX);
        }
        lxw_error error = LXW_NO_ERROR;
        for (size_t j = 0; j < csv->count && !error; j++) {
            error = write_cell(sheet, row, (lxw_col_t)j, csv->cells[j].text, as);
        }
        status = error ? bg_book_file_refuse(self->path, error, errors) : bg_csv_read(csv, errors);
    }
    return status;
}

static bg_status write_table(const filling *self, const bg_table_sheet *table, lxw_workbook *book,
                             const looks *as, bg_errors *errors)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, table->name);
    bg_csv *csv = malloc(sizeof *csv);
    if (!sheet || !csv || fseek(table->rows, 0, SEEK_SET) != 0) {
        const bool memory = !sheet || !csv;
        free(csv);
        return memory ? bg_no_memory(errors)
                      : bg_book_file_refuse(self->path, LXW_ERROR_CREATING_TMPFILE, errors);
    }
    worksheet_freeze_panes(sheet, 1, 1);
    worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_set_column(sheet, 0, BG_CSV_MAX_CELLS - 1, WIDTH, NULL);
    bg_csv_init(csv, table->rows, self->path, NULL, BG_CSV_MAX_CELLS);
    const bg_status status = write_rows(self, table, sheet, as, csv, errors);
    bg_csv_free(csv);
    free(csv);
    return status;
}

static bg_status fill(void *context, lxw_workbook *book, bg_errors *errors)
{
    const filling *self = context;
    const looks as = make_looks(book, self->language);
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->count && !status; i++) {
        status = write_table(self, &self->tables[i], book, &as, errors);
    }
    return status;
}

bg_status bg_table_book_save(const bg_table_sheet *tables, size_t count, const char *language,
                             const char *path, bg_errors *errors)
{
    filling self = {tables, count, language, path};
    return bg_book_file_write(path, true, fill, &self, errors);
}
