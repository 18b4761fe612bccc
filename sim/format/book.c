#include "format/book.h"

#include "base/array.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bg_book_init(bg_book *self, const char *language)
{
    *self = (bg_book){.language = language};
}

void bg_book_free(bg_book *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->sheets[i].name);
        free(self->sheets[i].title);
        bg_sheet_free(&self->sheets[i].sheet);
    }
    free(self->sheets);
    bg_book_init(self, self->language);
}

void bg_book_add(bg_book *self, const char *name, const char *title, bg_sheet *sheet)
{
    bg_book_sheet *sheets =
        bg_array_room(self->sheets, &self->capacity, self->count + 1, sizeof *sheets);
    if (!sheets) {
        bg_sheet_free(sheet);
        self->failed = true;
        return;
    }
    const bg_book_sheet added = {bg_text_format("%s", name), bg_text_format("%s", title), *sheet};
    self->sheets = sheets;
    self->sheets[self->count++] = added;
    self->failed = self->failed || sheet->failed || !added.name || !added.title;
    bg_sheet_init(sheet, sheet->language);
}

bool bg_book_shows_unit(const bg_column *column)
{
    return column->scale.fen > 100;
}

size_t bg_book_column(const bg_sheet *sheet, size_t column)
{
    size_t place = 0;
    for (size_t j = 0; j < column; j++) {
        const bg_column *each = &sheet->columns[j];
        const bool beside[] = {bg_book_shows_unit(each), each->error, each->low, each->high};
        place++;
        for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
            place += beside[i] ? 1 : 0;
        }
    }
    return place;
}

char *bg_book_place(const bg_sheet *sheet, size_t row, size_t column, char buffer[BG_BOOK_PLACE])
{
    enum { LETTERS = 26 };
    char letters[8] = "";
    size_t length = 0;
    for (size_t left = bg_book_column(sheet, column) + 1; left > 0; left = (left - 1) / LETTERS) {
        memmove(letters + 1, letters, ++length);
        letters[0] = (char)('A' + (left - 1) % LETTERS);
    }
    snprintf(buffer, BG_BOOK_PLACE, "%s%zu", letters, row + 1 + BG_BOOK_HEAD);
    return buffer;
}
