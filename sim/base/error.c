#include <baogan/error.h>

#include "base/array.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int exit_status;
    const char *sentence;
} statuses[BG_STATUS_COUNT] = {
#define BG_STATUS_ROW(name, exit_status, sentence) {exit_status, sentence},
    BG_STATUSES(BG_STATUS_ROW)
#undef BG_STATUS_ROW
};

const char *bg_status_sentence(bg_status status)
{
    return status < BG_STATUS_COUNT ? statuses[status].sentence : "unknown status";
}

int bg_status_exit(bg_status status)
{
    return status < BG_STATUS_COUNT ? statuses[status].exit_status : 1;
}

void bg_errors_init(bg_errors *self)
{
    memset(self, 0, sizeof *self);
}

static void free_entry(bg_error *entry)
{
    free(entry->file);
    free(entry->path);
    free(entry->message);
}

void bg_errors_free(bg_errors *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free_entry(&self->items[i]);
    }
    free(self->items);
    bg_errors_init(self);
}

static char *copy(const char *text)
{
    return text ? strdup(text) : NULL;
}

static bool grow(bg_errors *self)
{
    bg_error *items = bg_array_room(self->items, &self->capacity, self->count + 1, sizeof *items);
    self->items = items ? items : self->items;
    return items != NULL;
}

static bool is_same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* Whether the last entry stands in the list before. */
static bool is_repeated(const bg_errors *self)
{
    const bg_error *last = &self->items[self->count - 1];
    for (const bg_error *each = self->items; each < last; each++) {
        if (each->warning && each->line == last->line && each->column == last->column &&
            is_same_text(each->file, last->file) && is_same_text(each->path, last->path) &&
            is_same_text(each->message, last->message)) {
            return true;
        }
    }
    return false;
}

__attribute__((format(printf, 6, 0))) static void add(bg_errors *self, bg_status status,
                                                      size_t unit, bg_mark mark, const char *path,
                                                      const char *format, va_list arguments)
{
    const bool warning = status == BG_OK;
    if (!self) {
        return;
    }
    if (!warning) {
        self->error_count++;
    }
    if (!grow(self)) {
        return;
    }
    const bg_error entry = {
        .status = status,
        .warning = warning,
        .file = copy(mark.file),
        .line = mark.line,
        .column = mark.column,
        .override = mark.override,
        .unit = unit,
        .path = copy(path),
        .message = bg_text_sentence(bg_text_format_list(format, arguments)),
    };
    self->items[self->count++] = entry;
    const bool whole = entry.message && (entry.file || !mark.file) && (entry.path || !path);
    if (!whole || (warning && is_repeated(self))) {
        free_entry(&self->items[--self->count]);
    }
}

bg_status bg_errors_add(bg_errors *self, bg_status status, bg_mark mark, const char *path,
                        const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(self, status, 0, mark, path, format, arguments);
    va_end(arguments);
    return status;
}

bg_status bg_errors_add_unit(bg_errors *self, bg_status status, size_t unit, bg_mark mark,
                             const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(self, status, unit, mark, path, format, arguments);
    va_end(arguments);
    return status;
}

bg_status bg_no_memory(bg_errors *self)
{
    return bg_errors_add(self, BG_MEMORY, BG_NOWHERE, NULL, "out of memory");
}

void bg_errors_warn(bg_errors *self, bg_mark mark, const char *path, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(self, BG_OK, 0, mark, path, format, arguments);
    va_end(arguments);
}

void bg_errors_move(bg_errors *self, bg_errors *from)
{
    self->error_count += from->error_count;
    for (size_t i = 0; i < from->count; i++) {
        if (grow(self)) {
            self->items[self->count++] = from->items[i];
            from->items[i] = (bg_error){.status = BG_OK};
        }
    }
    bg_errors_free(from);
}

char *bg_error_text(const bg_error *error)
{
    char place[32] = "";
    if (error->file && error->line > 0) {
        snprintf(place, sizeof place, ":%d:%d", error->line, error->column);
    }
    char unit[32] = "";
    if (error->unit) {
        snprintf(unit, sizeof unit, "unit %zu: ", error->unit);
    }
    const char *file = error->file ? error->file : "";
    const char *path = error->path && error->path[0] ? error->path : NULL;
    const char *message = error->message ? error->message : bg_status_sentence(error->status);
    size_t size = strlen(file) + strlen(place) + (path ? strlen(path) + 2 : 0) + strlen(unit) +
                  strlen(message) + 3;
    char *text = malloc(size);
    if (text) {
        snprintf(text, size, "%s%s%s%s%s%s%s", file, place, error->file ? ": " : "",
                 path ? path : "", path ? ": " : "", unit, message);
    }
    return text;
}

bg_mark bg_error_mark(const bg_error *error)
{
    return (bg_mark){error->file, error->line, error->column, error->override};
}
