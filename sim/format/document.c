#include "format/document.h"

#include "base/array.h"
#include "base/text.h"

#include <stdlib.h>

void bg_document_init(bg_document *self, const char *language)
{
    *self = (bg_document){.language = language};
}

void bg_document_free(bg_document *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->parts[i].text);
        free(self->parts[i].picture);
        bg_sheet_free(&self->parts[i].sheet);
    }
    free(self->parts);
    bg_document_init(self, self->language);
}

/* Takes over what the part holds. */
static void add(bg_document *self, bg_part part)
{
    bg_part *parts = bg_array_room(self->parts, &self->capacity, self->count + 1, sizeof *parts);
    if (!parts) {
        free(part.text);
        free(part.picture);
        bg_sheet_free(&part.sheet);
        self->failed = true;
        return;
    }
    self->parts = parts;
    self->parts[self->count++] = part;
}

void bg_document_add(bg_document *self, bg_part_kind kind, int indent, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    if (text) {
        add(self, (bg_part){.kind = kind, .indent = indent, .text = text});
    } else {
        self->failed = true;
    }
}

void bg_document_add_term(bg_document *self, int indent, const char *term, const char *text)
{
    const size_t before = self->count;
    bg_document_add(self, BG_PART_TERM, indent, "%s", text);
    if (self->count > before) {
        self->parts[before].term = term;
    }
}

void bg_document_add_chart(bg_document *self, const char *picture, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    char *name = bg_text_format("%s", picture);
    self->failed = self->failed || !text || !name;
    add(self, (bg_part){.kind = BG_PART_CHART, .text = text, .picture = name});
}

void bg_document_small_chart(bg_document *self)
{
    if (self->count > 0) {
        self->parts[self->count - 1].small = true;
    }
}

void bg_document_add_sheet(bg_document *self, int indent, bg_sheet *sheet)
{
    sheet->money = self->money;
    add(self, (bg_part){.kind = BG_PART_SHEET, .indent = indent, .sheet = *sheet});
    bg_sheet_init(sheet, sheet->language);
}

void bg_document_add_gap(bg_document *self)
{
    add(self, (bg_part){.kind = BG_PART_GAP});
}

void bg_document_move_behind(bg_document *self, size_t at)
{
    const bg_part last = self->parts[self->count - 1];
    for (size_t i = self->count - 1; i > at + 1; i--) {
        self->parts[i] = self->parts[i - 1];
    }
    self->parts[at + 1] = last;
}
