#include "format/text_table.h"

#include "base/array.h"
#include "base/text.h"
#include "format/paragraph.h"
#include "format/width.h"

#include <stdlib.h>
#include <string.h>

#define NOTE_INDENT 6 /* of a note, after the indent of its row */
#define NOTE_WIDTH  100

void bg_text_table_init(bg_text_table *self, const char *alignment)
{
    *self = (bg_text_table){.alignment = alignment};
}

void bg_text_table_free(bg_text_table *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->cells[i].text);
        free(self->cells[i].note);
    }
    free(self->cells);
    bg_text_table_init(self, self->alignment);
}

static bool grow(bg_text_table *self)
{
    bg_text_cell *cells =
        bg_array_room(self->cells, &self->capacity, self->count + 1, sizeof *cells);
    self->cells = cells ? cells : self->cells;
    self->failed |= !cells;
    return cells != NULL;
}

void bg_text_table_add(bg_text_table *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    if (!text) {
        self->failed = true;
    } else if (grow(self)) {
        self->cells[self->count++] = (bg_text_cell){text, NULL};
    } else {
        free(text);
    }
}

void bg_text_table_note(bg_text_table *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    self->failed = self->failed || !text;
    if (text && text[0] && self->count > 0) {
        free(self->cells[self->count - 1].note);
        self->cells[self->count - 1].note = text;
    } else {
        free(text);
    }
}

void bg_text_table_end_row(bg_text_table *self)
{
    size_t columns = strlen(self->alignment);
    while (!self->failed && self->count % columns != 0) {
        bg_text_table_add(self, "%s", "");
    }
}

static void print_row(const bg_text_table *self, const bg_text_cell *cells, const size_t *widths,
                      FILE *stream, int indent)
{
    size_t columns = strlen(self->alignment);
    size_t last = columns;
    while (last > 0 && cells[last - 1].text[0] == '\0') {
        last--; /* no blanks at the end of a line */
    }
    fprintf(stream, "%*s", last ? indent : 0, "");
    for (size_t j = 0; j < last; j++) {
        int blanks = (int)(widths[j] - bg_text_width(cells[j].text));
        bool right = self->alignment[j] == 'r';
        bool end = j + 1 == last;
        fprintf(stream, "%*s%s%*s%s", right ? blanks : 0, "", cells[j].text,
                right || end ? 0 : blanks, "", end ? "" : "  ");
    }
    fputc('\n', stream);
}

static void print_note(const bg_text_table *self, size_t row, FILE *stream, int indent)
{
    const char *note = self->cells[row + strlen(self->alignment) - 1].note;
    if (note) {
        int margin = indent + NOTE_INDENT;
        bg_paragraph_print(note, (bg_margins){margin, margin + 2, NOTE_WIDTH}, stream);
    }
}

bg_status bg_text_table_print(bg_text_table *self, FILE *stream, int indent)
{
    enum { MOST_COLUMNS = 32 };
    size_t columns = strlen(self->alignment);
    bg_text_table_end_row(self);
    if (self->failed || columns > MOST_COLUMNS) {
        bg_text_table_free(self);
        return BG_MEMORY;
    }
    size_t widths[MOST_COLUMNS] = {0};
    for (size_t i = 0; i < self->count; i++) {
        size_t width = bg_text_width(self->cells[i].text);
        if (width > widths[i % columns]) {
            widths[i % columns] = width;
        }
    }
    for (size_t i = 0; i < self->count; i += columns) {
        print_row(self, self->cells + i, widths, stream, indent);
        print_note(self, i, stream, indent);
    }
    bg_text_table_free(self);
    return BG_OK;
}
