#include "store/reader.h"

#include "base/text.h"
#include "store/messages.h"

#include <stdlib.h>
#include <string.h>

bg_status bg_store_unreadable(const bg_store_reader *self, bg_errors *errors)
{
    const bg_mark mark = {.file = self->path};
    const int code = sqlite3_errcode(self->database);
    /* OK: there was no room for a statement before SQLite saw it. */
    if (code == SQLITE_OK || code == SQLITE_NOMEM) {
        return bg_no_memory(errors);
    }
    return code == SQLITE_BUSY || code == SQLITE_LOCKED
               ? bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(store_locked))
               : bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(store_not_read),
                               sqlite3_errmsg(self->database));
}

const char *bg_store_text(sqlite3_stmt *statement, int cell)
{
    const char *text = (const char *)sqlite3_column_text(statement, cell);
    return text ? text : "";
}

bool bg_store_plays(const bg_store_column *column, const char *role)
{
    return strcmp(column->role, role) == 0;
}

bool bg_store_is_axis(const bg_store_column *column)
{
    return column->is_number &&
           (bg_store_plays(column, "future") || bg_store_plays(column, "policy"));
}

static bg_status read_columns(bg_store_reader *self, bg_errors *errors)
{
    sqlite3_stmt *statement = bg_store_prepare(
        self, "SELECT name, unit, role, meaning, type FROM columns ORDER BY position", NULL);
    bg_status status = statement ? BG_OK : bg_store_unreadable(self, errors);
    while (status == BG_OK && self->count < BG_STORE_COLUMNS &&
           sqlite3_step(statement) == SQLITE_ROW) {
        bg_store_column *next = &self->column[self->count++];
        *next = (bg_store_column){.name = strdup(bg_store_text(statement, 0)),
                                  .unit = strdup(bg_store_text(statement, 1)),
                                  .role = strdup(bg_store_text(statement, 2)),
                                  .meaning = strdup(bg_store_text(statement, 3)),
                                  .is_number = strcmp(bg_store_text(statement, 4), "text") != 0};
        status =
            next->name && next->unit && next->role && next->meaning ? BG_OK : bg_no_memory(errors);
    }
    sqlite3_finalize(statement);
    return status;
}

bg_status bg_store_open(bg_store_reader *self, const char *path, bg_errors *errors)
{
    *self = (bg_store_reader){.path = path};
    const bool open =
        sqlite3_open_v2(path, &self->database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK;
    return open ? read_columns(self, errors) : bg_store_unreadable(self, errors);
}

void bg_store_close(bg_store_reader *self)
{
    for (size_t i = 0; i < self->count; i++) {
        free(self->column[i].name);
        free(self->column[i].unit);
        free(self->column[i].role);
        free(self->column[i].meaning);
    }
    sqlite3_close(self->database);
    *self = (bg_store_reader){0};
}

static void add_quoted(bg_text *sql, const char *name)
{
    bg_text_add(sql, "\"");
    for (const char *letter = name; *letter; letter++) {
        bg_text_add(sql, *letter == '"' ? "\"\"" : "%c", *letter);
    }
    bg_text_add(sql, "\"");
}

sqlite3_stmt *bg_store_prepare(const bg_store_reader *self, const char *format,
                               const bg_store_column *const names[])
{
    bg_text sql = {0};
    for (const char *c = format; *c; c++) {
        if (c[0] == '%' && c[1] == 'c') {
            add_quoted(&sql, (*names++)->name);
            c++;
        } else {
            bg_text_add(&sql, "%c", *c);
        }
    }
    char *text = bg_text_take(&sql);
    sqlite3_stmt *statement = NULL;
    if (text && sqlite3_prepare_v2(self->database, text, -1, &statement, NULL) != SQLITE_OK) {
        statement = NULL;
    }
    free(text);
    return statement;
}
