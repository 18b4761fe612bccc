#include "format/csv_writer.h"

#include "base/csv.h"

#include <baogan/file.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

enum { SHARE_DECIMALS = 6 };

/* Adding zero turns a negative zero, which would print its sign, into a plain one. */
static void write_amount(FILE *stream, double fen, int decimals)
{
    fprintf(stream, "%.*f", decimals ? decimals : 2, fen / 100 + 0.0);
}

static void write_number(FILE *stream, double value, const bg_column *column)
{
    if (column->significant) {
        fprintf(stream, "%.*g", column->significant, value + 0.0);
    } else {
        fprintf(stream, "%.*f", SHARE_DECIMALS, value + 0.0);
    }
}

/* The value of an estimate or one of its parts. */
static void write_part(FILE *stream, bg_cell_kind kind, double value, const bg_column *column)
{
    if (!isfinite(value)) {
        return;
    }
    if (kind == BG_CELL_AMOUNT) {
        write_amount(stream, value, column->decimals);
    } else {
        write_number(stream, value, column);
    }
}

static void write_value(FILE *stream, const bg_cell *cell, const bg_column *column)
{
    char text[BG_NUMBER_TEXT];
    switch (cell->kind) {
    case BG_CELL_ABSENT:
        break;
    case BG_CELL_TEXT:
        bg_csv_write(stream, cell->text);
        break;
    case BG_CELL_YEAR:
    case BG_CELL_COUNT:
    case BG_CELL_FLAG:
        fprintf(stream, "%" PRId64, cell->whole);
        break;
    case BG_CELL_FEN:
        fputs(bg_money_text(cell->whole, text), stream);
        break;
    case BG_CELL_RATE:
    case BG_CELL_DECIMAL:
        fputs(bg_decimal_text(cell->whole, text), stream);
        break;
    case BG_CELL_AMOUNT:
    case BG_CELL_SHARE:
    case BG_CELL_NUMBER:
        write_part(stream, cell->kind, cell->value, column);
        break;
    }
}

static void write_cell(FILE *stream, const bg_cell *cell, const bg_column *column)
{
    const bool estimate = cell->kind >= BG_CELL_AMOUNT;
    const struct {
        const char *name;
        double value;
    } parts[] = {
        {column->error, cell->error}, {column->low, cell->low}, {column->high, cell->high}};
    write_value(stream, cell, column);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i].name) {
            fputc(',', stream);
            write_part(stream, cell->kind, estimate ? parts[i].value : NAN, column);
        }
    }
}

bg_status bg_sheet_write_csv_heading(const bg_sheet *self, FILE *stream)
{
    if (self->failed) {
        return BG_MEMORY;
    }
    for (size_t j = 0; j < self->column_count; j++) {
        const bg_column *column = &self->columns[j];
        const char *const names[] = {column->name, column->error, column->low, column->high};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (names[i]) {
                fputs(i > 0 || j > 0 ? "," : "", stream);
                bg_csv_write(stream, names[i]);
            }
        }
    }
    fputc('\n', stream);
    return BG_OK;
}

bg_status bg_sheet_write_csv_rows(const bg_sheet *self, FILE *stream)
{
    if (self->failed) {
        return BG_MEMORY;
    }
    for (size_t row = 0; row < bg_sheet_row_count(self); row++) {
        for (size_t j = 0; j < self->column_count; j++) {
            fputs(j ? "," : "", stream);
            write_cell(stream, bg_sheet_cell(self, row, j), &self->columns[j]);
        }
        fputc('\n', stream);
    }
    return BG_OK;
}

bg_status bg_sheet_write_csv(const bg_sheet *self, FILE *stream)
{
    const bg_status status = bg_sheet_write_csv_heading(self, stream);
    return status ? status : bg_sheet_write_csv_rows(self, stream);
}

bg_status bg_sheet_save_csv(const bg_sheet *self, const char *directory, const char *name,
                            bg_errors *errors)
{
    char *path = self->failed ? NULL : bg_path_join(directory, name);
    if (!path) {
        return bg_no_memory(errors);
    }
    bg_output output;
    bg_status status = bg_output_open(&output, path, errors);
    if (!status) {
        bg_sheet_write_csv(self, output.stream);
        status = bg_output_commit(&output, errors);
    }
    free(path);
    return status;
}
