#include "report/table.h"

#include <stdlib.h>
#include <string.h>

#include "report/width.h"

void bg_table_init(bg_table *self, const char *alignment)
{
    *self = (bg_table){.alignment = alignment};
}

void bg_table_free(bg_table *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->cells[i]);
    }
    free(self->cells);
    bg_table_init(self, self->alignment);
}

static bool grow(bg_table *self)
{
    if (self->count < self->capacity) {
        return true;
    }
    size_t capacity = self->capacity ? 2 * self->capacity : 64;
    char **cells = realloc(self->cells, capacity * sizeof *cells);
    if (!cells) {
        self->failed = true;
        return false;
    }
    self->cells = cells;
    self->capacity = capacity;
    return true;
}

void bg_table_add(bg_table *self, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (!text) {
        self->failed = true;
    } else if (grow(self)) {
        vsnprintf(text, (size_t)length + 1, format, again);
        self->cells[self->count++] = text;
    } else {
        free(text);
    }
    va_end(again);
    va_end(arguments);
}

void bg_table_end_row(bg_table *self)
{
    size_t columns = strlen(self->alignment);
    while (!self->failed && self->count % columns != 0) {
        bg_table_add(self, "%s", "");
    }
}

static void print_row(const bg_table *self, char *const *cells, const size_t *widths, FILE *stream,
                      int indent)
{
    size_t columns = strlen(self->alignment);
    size_t last = columns;
    while (last > 0 && cells[last - 1][0] == '\0') {
        last--; /* no blanks at the end of a line */
    }
    fprintf(stream, "%*s", last ? indent : 0, "");
    for (size_t j = 0; j < last; j++) {
        int blanks = (int)(widths[j] - bg_text_width(cells[j]));
        bool right = self->alignment[j] == 'r';
        bool end = j + 1 == last;
        fprintf(stream, "%*s%s%*s%s", right ? blanks : 0, "", cells[j], right || end ? 0 : blanks,
                "", end ? "" : "  ");
    }
    fputc('\n', stream);
}

bg_status bg_table_print(bg_table *self, FILE *stream, int indent)
{
    enum { MOST_COLUMNS = 32 };
    size_t columns = strlen(self->alignment);
    bg_table_end_row(self);
    if (self->failed || columns > MOST_COLUMNS) {
        bg_table_free(self);
        return BG_MEMORY;
    }
    size_t widths[MOST_COLUMNS] = {0};
    for (size_t i = 0; i < self->count; i++) {
        size_t width = bg_text_width(self->cells[i]);
        if (width > widths[i % columns]) {
            widths[i % columns] = width;
        }
    }
    for (size_t i = 0; i < self->count; i += columns) {
        print_row(self, self->cells + i, widths, stream, indent);
    }
    bg_table_free(self);
    return BG_OK;
}
