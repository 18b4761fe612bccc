#include "format/text_writer.h"

#include "format/cell_text.h"
#include "format/paragraph.h"
#include "format/text_table.h"
#include "format/width.h"

enum { MOST_COLUMNS = 32, PAGE_WIDTH = 80 };

/* ---- sheets ---- */

static void add_headings(const bg_sheet *self, bg_text_table *table)
{
    bool any = false;
    for (size_t j = 0; j < self->column_count; j++) {
        any = any || self->columns[j].heading;
    }
    for (size_t j = 0; any && j < self->column_count; j++) {
        const char *heading = self->columns[j].heading;
        bg_text_table_add(table, "%s", heading ? heading : "");
    }
}

static void add_row(const bg_sheet *self, size_t row, bg_text_table *table)
{
    const char *note = NULL;
    for (size_t j = 0; j < self->column_count; j++) {
        char buffer[BG_CELL_ROOM];
        const bg_cell *cell = bg_sheet_cell(self, row, j);
        bg_text_table_add(table, "%s%s", bg_cell_text(self, row, j, buffer),
                          cell->mark ? cell->mark : "");
        note = cell->note ? cell->note : note;
    }
    bg_text_table_note(table, "%s", note ? note : "");
}

bg_status bg_sheet_write_text(const bg_sheet *self, FILE *stream, int indent)
{
    if (self->failed || self->column_count > MOST_COLUMNS) {
        return BG_MEMORY;
    }
    char alignment[MOST_COLUMNS + 1] = "";
    for (size_t j = 0; j < self->column_count; j++) {
        const bg_column *column = &self->columns[j];
        alignment[j] = column->kind == BG_CELL_TEXT && !column->right ? 'l' : 'r';
    }
    bg_text_table table;
    bg_text_table_init(&table, alignment);
    add_headings(self, &table);
    for (size_t row = 0; row < bg_sheet_row_count(self); row++) {
        add_row(self, row, &table);
    }
    return bg_text_table_print(&table, stream, indent);
}

/* ---- documents ---- */

static void write_title(const char *text, FILE *stream)
{
    fprintf(stream, "%s\n", text);
    for (size_t i = bg_text_width(text); i > 0; i--) {
        fputc('=', stream);
    }
    fputc('\n', stream);
}

/* What goes on stands under what it began with. */
static void write_term(const bg_part *part, FILE *stream)
{
    const int used = part->indent + (int)bg_text_width(part->term);
    fprintf(stream, "%*s%s", part->indent, "", part->term);
    bg_paragraph_print(part->text, (bg_margins){0, used, PAGE_WIDTH}, stream);
}

/* A part by itself; `number` is that of an item in its list. */
static bg_status write_part(const bg_part *part, int number, FILE *stream)
{
    const int indent = part->indent;
    switch (part->kind) {
    case BG_PART_TITLE:
        write_title(part->text, stream);
        break;
    case BG_PART_CHAPTER:
        fprintf(stream, "\n## %s\n", part->text);
        break;
    case BG_PART_HEADING:
        fprintf(stream, "\n%*s%s\n", indent, "", part->text);
        break;
    case BG_PART_SENTENCE:
        bg_paragraph_print(part->text, (bg_margins){indent, indent + 2, PAGE_WIDTH}, stream);
        break;
    case BG_PART_PARAGRAPH:
    case BG_PART_NOTE:
        bg_paragraph_print(part->text, (bg_margins){indent, indent, PAGE_WIDTH}, stream);
        break;
    case BG_PART_LINE:
        fprintf(stream, "%*s%s\n", indent, "", part->text);
        break;
    case BG_PART_VERBATIM:
        fputs(part->text, stream);
        break;
    case BG_PART_ITEM:
        fprintf(stream, "%*s%d. ", indent, "", number);
        bg_paragraph_print(part->text, (bg_margins){0, indent + 3, PAGE_WIDTH}, stream);
        break;
    case BG_PART_TERM:
        write_term(part, stream);
        break;
    case BG_PART_SHEET:
        return bg_sheet_write_text(&part->sheet, stream, indent);
    case BG_PART_GAP:
        fputc('\n', stream);
        break;
    case BG_PART_CHART:
        break;
    }
    return BG_OK;
}

bg_status bg_document_write_text(const bg_document *self, FILE *stream)
{
    bg_status status = self->failed ? BG_MEMORY : BG_OK;
    int number = 0;
    for (size_t i = 0; i < self->count; i++) {
        number = self->parts[i].kind == BG_PART_ITEM ? number + 1 : 0;
        bg_first(&status, write_part(&self->parts[i], number, stream));
    }
    return status;
}
