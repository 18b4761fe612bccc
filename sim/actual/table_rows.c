#include "actual/table_rows.h"

#include "base/array.h"
#include "base/text.h"

#include <baogan/settlement.h>
#include <stdlib.h>
#include <string.h>

/* ---- keeping ---- */

static bool make_room(bg_table_rows *self)
{
    bg_table_row *row = bg_array_room(self->row, &self->capacity, self->count + 1, sizeof *row);
    self->row = row ? row : self->row;
    return row != NULL;
}

static bool make_room_for_text(bg_table_rows *self, size_t size)
{
    char *cells = bg_array_room(self->cells, &self->size, self->length + size, 1);
    self->cells = cells ? cells : self->cells;
    return cells != NULL;
}

bg_table_row *bg_table_rows_keep(bg_table_rows *self, const bg_csv *csv)
{
    if (!make_room(self)) {
        return NULL;
    }
    bg_table_row *kept = &self->row[self->count];
    *kept = (bg_table_row){.start = self->length, .count = csv->count, .mark = csv->cells[0].mark};
    bg_errors_init(&kept->errors);
    for (size_t i = 0; i < csv->count; i++) {
        const char *text = csv->cells[i].text;
        const size_t size = strlen(text) + 1;
        if (!make_room_for_text(self, size)) {
            return NULL;
        }
        memcpy(self->cells + self->length, text, size);
        self->length += size;
    }
    self->count++;
    return kept;
}

void bg_table_rows_forget(bg_table_rows *self, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bg_errors_free(&self->row[i].errors);
    }
    const size_t gone = count < self->count ? self->row[count].start : self->length;
    if (gone > 0) {
        memmove(self->cells, self->cells + gone, self->length - gone);
    }
    self->length -= gone;
    self->count -= count;
    for (size_t i = 0; i < self->count; i++) {
        self->row[i] = self->row[count + i];
        self->row[i].start -= gone;
    }
}

void bg_table_rows_free(bg_table_rows *self)
{
    for (size_t i = 0; i < self->count; i++) {
        bg_errors_free(&self->row[i].errors);
    }
    free(self->row);
    free(self->cells);
    memset(self, 0, sizeof *self);
}

void bg_table_rows_find(bg_table_rows *self, const bg_table_row *row)
{
    const char *text = self->cells + row->start;
    for (size_t i = 0; i < row->count; i++, text += strlen(text) + 1) {
        self->cell[i] = text;
    }
}

/* ---- rejects ---- */

/* Why the row is bad: all its errors in one cell. */
static char *reason_of(const bg_table_row *bad, bool chinese)
{
    bg_text text = {.failed = bad->errors.count == 0};
    for (size_t i = 0; i < bad->errors.count; i++) {
        const bg_error *error = &bad->errors.items[i];
        bg_text_add(&text, "%s%s%s%s", i ? " " : "", error->path ? error->path : "",
                    error->path ? ": " : "", chinese ? error->message_zh : error->message);
    }
    return bg_text_take(&text);
}

void bg_table_rows_reject_head(const bg_csv *header, FILE *stream)
{
    fputs("line,reason,reason_zh", stream);
    for (size_t i = 0; i < header->count; i++) {
        fputc(',', stream);
        bg_csv_write(stream, header->cells[i].text);
    }
    fputc('\n', stream);
}

bg_status bg_table_rows_reject(bg_table_rows *self, const bg_table_row *bad, FILE *stream)
{
    char *reason = reason_of(bad, false), *chinese = reason_of(bad, true);
    const bool lost = !reason || !chinese;
    if (!lost) {
        fprintf(stream, "%d,", bad->mark.line);
        bg_csv_write(stream, reason);
        fputc(',', stream);
        bg_csv_write(stream, chinese);
    }
    free(reason);
    free(chinese);
    if (lost) {
        return BG_MEMORY;
    }
    bg_table_rows_find(self, bad);
    for (size_t i = 0; i < bad->count; i++) {
        fputc(',', stream);
        bg_csv_write(stream, self->cell[i]);
    }
    fputc('\n', stream);
    return BG_OK;
}
