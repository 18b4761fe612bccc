#include "format/text_writer.h"

#include "format/paragraph.h"
#include "format/text_table.h"
#include "format/width.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

enum { CELL_SIZE = 160, MOST_COLUMNS = 32, PAGE_WIDTH = 80 };

/* ---- cells ---- */

/* What cannot be told apart from zero is in brackets. */
static char *change_text(const bg_cell *cell, bg_money_scale scale, char buffer[CELL_SIZE])
{
    char amount[BG_AMOUNT_TEXT];
    bg_amount_with_error(scale, cell->value, cell->error, amount);
    const bool positive = cell->value > 0 && amount[strspn(amount, "0.,")] != '\0';
    const bool unclear = cell->value != 0 && fabs(cell->value) < cell->error;
    snprintf(buffer, CELL_SIZE, "%s%s%s%s", unclear ? "(" : "", positive ? "+" : "", amount,
             unclear ? ")" : "");
    return buffer;
}

static char *amount_text(const bg_cell *cell, const bg_column *column, const char *language,
                         char buffer[CELL_SIZE])
{
    const bg_money_scale scale = column->form == BG_FORM_FITTED
                                     ? bg_money_scale_for_error(column->scale, cell->error)
                                     : column->scale;
    switch (column->form) {
    case BG_FORM_RANGE:
        return bg_amount_range(scale, cell->low, cell->high, language, buffer);
    case BG_FORM_ERROR:
        return bg_amount_error(scale, cell->value, buffer);
    case BG_FORM_CHANGE:
        return change_text(cell, scale, buffer);
    case BG_FORM_NAMED:
        return bg_amount_named(scale, cell->value, buffer);
    default:
        return bg_amount_with_error(scale, cell->value, cell->error, buffer);
    }
}

/* "+1.2% ±0.1", the error where there is one. */
static char *share_change_text(const bg_cell *cell, const char *unit, char buffer[CELL_SIZE])
{
    const int length = snprintf(buffer, CELL_SIZE, "%+.1f%s", 100 * cell->value + 0.0, unit);
    if (!isnan(cell->error)) {
        snprintf(buffer + length, CELL_SIZE - (size_t)length, " ±%.1f", 100 * cell->error);
    }
    return buffer;
}

static char *share_text(const bg_cell *cell, bg_form form, char buffer[CELL_SIZE])
{
    switch (form) {
    case BG_FORM_PLAIN:
        snprintf(buffer, CELL_SIZE, "%.1f%%", 100 * cell->value);
        return buffer;
    case BG_FORM_BRACKETS:
        snprintf(buffer, CELL_SIZE, "%.1f%% (%.1f–%.1f)", bg_percent_points(cell->value),
                 bg_percent_points(cell->low), bg_percent_points(cell->high));
        return buffer;
    case BG_FORM_CHANGE:
        return share_change_text(cell, "%", buffer);
    case BG_FORM_POINTS:
        if (cell->value == 0 && !(cell->error > 0)) {
            snprintf(buffer, CELL_SIZE, "0.0");
            return buffer;
        }
        return share_change_text(cell, "", buffer);
    default:
        return bg_share_with_error(cell->value, cell->low, cell->high, buffer);
    }
}

static char *number_text(const bg_cell *cell, const bg_column *column, const char *language,
                         char buffer[CELL_SIZE])
{
    const bg_money_scale plain = {"", 1, column->decimals};
    return column->form == BG_FORM_RANGE
               ? bg_amount_range(plain, cell->low, cell->high, language, buffer)
               : bg_amount_text(plain, cell->value, buffer);
}

static const char *absent_text(const bg_cell *cell, const bg_column *column)
{
    return cell->kind != BG_CELL_ABSENT && column->form == BG_FORM_ERROR ? "–" : "";
}

/* The text of a cell, in `buffer` or its own. */
static const char *cell_text(const bg_cell *cell, const bg_column *column, const bg_sheet *sheet,
                             char buffer[CELL_SIZE])
{
    const char *language = sheet->language;
    if (bg_cell_is_absent(cell)) {
        return absent_text(cell, column);
    }
    switch (cell->kind) {
    case BG_CELL_TEXT:
        return cell->text;
    case BG_CELL_FEN:
        return column->scale.fen > 0
                   ? bg_amount_text(column->scale, (double)cell->whole, buffer)
                   : bg_money_in(cell->whole, sheet->money ? sheet->money : 100, buffer);
    case BG_CELL_RATE:
        return bg_percent_text(cell->whole, buffer);
    case BG_CELL_DECIMAL:
        return bg_decimal_text(cell->whole, buffer);
    case BG_CELL_AMOUNT:
        return amount_text(cell, column, language, buffer);
    case BG_CELL_SHARE:
        return share_text(cell, column->form, buffer);
    case BG_CELL_NUMBER:
        return number_text(cell, column, language, buffer);
    default:
        snprintf(buffer, CELL_SIZE, "%" PRId64, cell->whole);
        return buffer;
    }
}

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
        char buffer[CELL_SIZE];
        const bg_cell *cell = bg_sheet_cell(self, row, j);
        bg_text_table_add(table, "%s%s", cell_text(cell, &self->columns[j], self, buffer),
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

static bg_status write_part(const bg_part *part, FILE *stream)
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
        bg_paragraph_print(part->text, (bg_margins){indent, indent, PAGE_WIDTH}, stream);
        break;
    case BG_PART_LINE:
        fprintf(stream, "%*s%s\n", indent, "", part->text);
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
    for (size_t i = 0; i < self->count; i++) {
        bg_first(&status, write_part(&self->parts[i], stream));
    }
    return status;
}
