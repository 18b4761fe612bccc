#include <baogan/error.h>

#include "base/array.h"
#include "base/messages.h"
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    int exit_status;
    const char *en, *zh, *both;
} statuses[BG_STATUS_COUNT] = {
#define BG_STATUS_ROW(name, exit_status, en, zh) {exit_status, en, zh, BG_BOTH(en, zh)},
    BG_STATUSES(BG_STATUS_ROW)
#undef BG_STATUS_ROW
};

static bool is_chinese(const char *language)
{
    return language && strcmp(language, "zh") == 0;
}

const char *bg_status_sentence(bg_status status)
{
    return bg_status_words(status, NULL);
}

const char *bg_status_words(bg_status status, const char *language)
{
    if (status >= BG_STATUS_COUNT) {
        return is_chinese(language) ? "未知状态" : "unknown status";
    }
    return is_chinese(language) ? statuses[status].zh : statuses[status].en;
}

const char *bg_status_both(bg_status status)
{
    return status < BG_STATUS_COUNT ? statuses[status].both : bg_status_sentence(status);
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
    free(entry->message_zh);
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

/* Where a message is and of what kind; its words are still to come. */
static bg_error begin(bg_status status, bg_mark mark, const char *path)
{
    return (bg_error){
        .status = status,
        .warning = status == BG_OK,
        .file = copy(mark.file),
        .line = mark.line,
        .column = mark.column,
        .override = mark.override,
        .path = copy(path),
    };
}

/* Takes the entry over. */
static void add(bg_errors *self, bg_error entry, bool whole)
{
    self->error_count += !entry.warning;
    if (!grow(self)) {
        free_entry(&entry);
        return;
    }
    self->items[self->count++] = entry;
    if (!whole || (entry.warning && is_repeated(self))) {
        free_entry(&self->items[--self->count]);
    }
}

/* Adds it if no part of it was lost. */
static void add_whole(bg_errors *self, bg_error entry, bg_mark mark, const char *path)
{
    add(self, entry,
        entry.message && (entry.message_zh || !entry.name) && (entry.file || !mark.file) &&
            (entry.path || !path));
}

/* Words from their format. */
__attribute__((format(printf, 1, 0))) static char *format_in(const char *format, bool chinese,
                                                             va_list arguments)
{
    char *text = bg_text_format_list(format, arguments);
    bg_text_choose(text, chinese);
    return text;
}

__attribute__((format(printf, 1, 0))) static char *sentence(const char *format, bool chinese,
                                                            va_list arguments)
{
    return bg_text_sentence(format_in(format, chinese, arguments));
}

/* NOLINTBEGIN(readability-function-size): as many parameters as bg_errors_say_unit, and the list */
__attribute__((format(printf, 7, 0), format(printf, 8, 0))) static void
say(bg_errors *self, bg_status status, size_t unit, bg_mark mark, const char *path,
    const char *name, const char *zh, const char *en, va_list arguments)
{
    if (!self) {
        return;
    }
    bg_error entry = begin(status, mark, path);
    va_list again;
    va_copy(again, arguments);
    entry.unit = unit;
    entry.name = name;
    entry.message = sentence(en, false, arguments);
    entry.message_zh = sentence(zh, true, again);
    va_end(again);
    add_whole(self, entry, mark, path);
}

bg_status bg_errors_say(bg_errors *self, bg_status status, bg_mark mark, const char *path,
                        const char *name, const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    say(self, status, 0, mark, path, name, zh, en, arguments);
    va_end(arguments);
    return status;
}

bg_status bg_errors_say_unit(bg_errors *self, bg_status status, size_t unit, bg_mark mark,
                             const char *path, const char *name, const char *zh, const char *en,
                             ...)
{
    va_list arguments;
    va_start(arguments, en);
    say(self, status, unit, mark, path, name, zh, en, arguments);
    va_end(arguments);
    return status;
}

void bg_errors_advise(bg_errors *self, bg_mark mark, const char *path, const char *name,
                      const char *zh, const char *en, ...)
{
    va_list arguments;
    va_start(arguments, en);
    say(self, BG_OK, 0, mark, path, name, zh, en, arguments);
    va_end(arguments);
}

bg_status bg_errors_say_list(bg_errors *self, bg_status status, size_t unit, bg_mark mark,
                             const char *path, const char *name, const char *zh, const char *en,
                             va_list arguments)
{
    say(self, status, unit, mark, path, name, zh, en, arguments);
    return status;
}

/* What the entry says, behind other words, in a new string; NULL where it does not say it, or memory is out. */
static char *behind(const char *words, const char *message)
{
    return words && message ? bg_text_sentence(bg_text_format("%s%s", words, message)) : NULL;
}

bg_status bg_errors_say_again(bg_errors *self, const bg_error *error, bg_mark mark,
                              const char *path)
{
    if (!self) {
        return error->status;
    }
    bg_error entry = begin(error->status, mark, path);
    entry.name = error->name;
    entry.message = copy(error->message);
    entry.message_zh = copy(error->message_zh);
    add_whole(self, entry, mark, path);
    return error->status;
}

bg_status bg_errors_say_behind(bg_errors *self, const bg_error *error, bg_mark mark,
                               const char *path, const char *zh, const char *en, ...)
{
    if (!self) {
        return error->status;
    }
    va_list arguments, again;
    va_start(arguments, en);
    va_copy(again, arguments);
    char *words = format_in(en, false, arguments), *words_zh = format_in(zh, true, again);
    va_end(again);
    va_end(arguments);
    bg_error entry = begin(error->status, mark, path);
    entry.name = error->name;
    entry.message = behind(words, error->message);
    entry.message_zh = behind(words_zh, error->message_zh);
    free(words);
    free(words_zh);
    add_whole(self, entry, mark, path);
    return error->status;
}

bg_status bg_no_memory(bg_errors *self)
{
    return bg_errors_say(self, BG_MEMORY, BG_NOWHERE, NULL, BG_SAY(out_of_memory));
}

/* NOLINTEND(readability-function-size) */

void bg_errors_move(bg_errors *self, bg_errors *from)
{
    if (self) {
        self->error_count += from->error_count;
    }
    for (size_t i = 0; i < from->count && self; i++) {
        if (grow(self)) {
            self->items[self->count++] = from->items[i];
            from->items[i] = (bg_error){.status = BG_OK};
        }
    }
    bg_errors_free(from);
}

char *bg_error_text(const bg_error *error, const char *language)
{
    char place[32] = "";
    if (error->file && error->line > 0) {
        snprintf(place, sizeof place, ":%d:%d", error->line, error->column);
    }
    const bool chinese = is_chinese(language);
    char unit[32] = "";
    if (error->unit) {
        snprintf(unit, sizeof unit, chinese ? "第%zu个单位：" : "unit %zu: ", error->unit);
    }
    const char *file = error->file ? error->file : "";
    const char *path = error->path && error->path[0] ? error->path : NULL;
    const char *message = chinese && error->message_zh ? error->message_zh : error->message;
    message = message ? message : bg_status_words(error->status, language);
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
