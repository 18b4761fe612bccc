#include "format/sheet.h"

#include "base/array.h"
#include "base/text.h"

#include <math.h>
#include <stdlib.h>

void bg_sheet_init(bg_sheet *self, const char *language)
{
    *self = (bg_sheet){.language = language};
}

void bg_sheet_free(bg_sheet *self)
{
    for (size_t i = 0; i < self->kept_count; i++) {
        free(self->kept[i]);
    }
    free(self->kept);
    free(self->cells);
    free(self->columns);
    bg_sheet_init(self, self->language);
}

void bg_sheet_add_column(bg_sheet *self, bg_column column)
{
    bg_column *columns = bg_array_room(self->columns, &self->column_capacity,
                                       self->column_count + 1, sizeof *columns);
    if (!columns) {
        self->failed = true;
        return;
    }
    self->columns = columns;
    self->columns[self->column_count++] = column;
}

void bg_sheet_add_columns(bg_sheet *self, const bg_column *columns, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bg_sheet_add_column(self, columns[i]);
    }
}

const char *bg_sheet_keep(bg_sheet *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    char **kept =
        bg_array_room(self->kept, &self->kept_capacity, self->kept_count + 1, sizeof *kept);
    self->kept = kept ? kept : self->kept;
    if (!text || !kept) {
        free(text);
        self->failed = true;
        return "";
    }
    return self->kept[self->kept_count++] = text;
}

void bg_sheet_add(bg_sheet *self, bg_cell cell)
{
    bg_cell *cells = bg_array_room(self->cells, &self->capacity, self->count + 1, sizeof *cells);
    if (!cells) {
        self->failed = true;
        return;
    }
    self->cells = cells;
    self->cells[self->count++] = cell;
}

void bg_sheet_add_absent(bg_sheet *self)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_ABSENT});
}

void bg_sheet_add_text(bg_sheet *self, const char *text)
{
    bg_sheet_add(self, (bg_cell){.kind = text ? BG_CELL_TEXT : BG_CELL_ABSENT, .text = text});
}

void bg_sheet_add_year(bg_sheet *self, int year)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_YEAR, .whole = year});
}

void bg_sheet_add_count(bg_sheet *self, size_t count)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_COUNT, .whole = (int64_t)count});
}

void bg_sheet_add_flag(bg_sheet *self, bool flag)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_FLAG, .whole = flag});
}

void bg_sheet_add_fen(bg_sheet *self, bg_fen amount)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_FEN, .whole = amount});
}

void bg_sheet_add_rounded(bg_sheet *self, double fen)
{
    if (isfinite(fen)) {
        bg_sheet_add_fen(self, llround(fen));
    } else {
        bg_sheet_add_absent(self);
    }
}

void bg_sheet_add_rate(bg_sheet *self, bg_decimal rate)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_RATE, .whole = rate});
}

void bg_sheet_add_decimal(bg_sheet *self, bg_decimal decimal)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_DECIMAL, .whole = decimal});
}

void bg_sheet_add_amount(bg_sheet *self, double fen)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_AMOUNT, .value = fen});
}

void bg_sheet_add_share(bg_sheet *self, double share)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_SHARE, .value = share});
}

void bg_sheet_add_number(bg_sheet *self, double number)
{
    bg_sheet_add(self, (bg_cell){.kind = BG_CELL_NUMBER, .value = number});
}

void bg_sheet_add_estimate(bg_sheet *self, bg_cell_kind kind, double value, double error)
{
    bg_sheet_add(self, (bg_cell){.kind = kind, .value = value, .error = error});
}

void bg_sheet_add_interval(bg_sheet *self, bg_cell_kind kind, double value, double low, double high)
{
    bg_sheet_add(self, (bg_cell){.kind = kind, .value = value, .low = low, .high = high});
}

void bg_sheet_end_row(bg_sheet *self)
{
    while (!self->failed && self->count % self->column_count != 0) {
        bg_sheet_add_absent(self);
    }
}

void bg_sheet_mark(bg_sheet *self, const char *mark)
{
    if (self->count > 0) {
        self->cells[self->count - 1].mark = mark && *mark ? mark : NULL;
    }
}

void bg_sheet_note(bg_sheet *self, const char *note)
{
    if (self->count > 0) {
        self->cells[self->count - 1].note = note && *note ? note : NULL;
    }
}

void bg_sheet_stress(bg_sheet *self)
{
    if (self->count > 0) {
        self->cells[self->count - 1].stressed = true;
    }
}

void bg_sheet_formula(bg_sheet *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    const char *kept = bg_sheet_keep(self, "%s", text ? text : "");
    self->failed = self->failed || !text;
    free(text);
    if (self->count > 0) {
        self->cells[self->count - 1].formula = *kept ? kept : NULL;
    }
}

size_t bg_sheet_row_count(const bg_sheet *self)
{
    return self->column_count ? (self->count + self->column_count - 1) / self->column_count : 0;
}

const bg_cell *bg_sheet_cell(const bg_sheet *self, size_t row, size_t column)
{
    static const bg_cell absent = {.kind = BG_CELL_ABSENT};
    const size_t place = row * self->column_count + column;
    return place < self->count ? &self->cells[place] : &absent;
}

bool bg_cell_is_absent(const bg_cell *cell)
{
    return cell->kind == BG_CELL_ABSENT || (cell->kind >= BG_CELL_AMOUNT && !isfinite(cell->value));
}
