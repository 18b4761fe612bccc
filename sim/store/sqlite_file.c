#include "store/sqlite_file.h"

#include "store/messages.h"
#include "store/schema.h"

#include <baogan/file.h>
#include <baogan/version.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define FORMAT "1"

struct bg_sqlite_file {
    const bg_folder *folder;
    bg_output output; /* holds the name; SQLite writes its temporary file */
    sqlite3 *database;
    sqlite3_stmt *insert;
    bool headed;
};

static bg_status refuse(const char *path, sqlite3 *database, bg_errors *errors)
{
    return bg_errors_say(errors, BG_IO, (bg_mark){.file = path}, NULL, BG_SAY(store_unwritable),
                         sqlite3_errmsg(database));
}

static bg_status failed(const bg_sqlite_file *self, bg_errors *errors)
{
    return refuse(self->output.path, self->database, errors);
}

static bg_status execute(const bg_sqlite_file *self, const char *sql, bg_errors *errors)
{
    return sqlite3_exec(self->database, sql, NULL, NULL, NULL) == SQLITE_OK ? BG_OK
                                                                            : failed(self, errors);
}

static bg_status make_tables(bg_sqlite_file *self, bg_errors *errors)
{
    char *schema = bg_schema_text(self->folder);
    char *insertion = bg_schema_insertion(self->folder);
    bg_status status = schema && insertion ? BG_OK : bg_no_memory(errors);
    /* The file is synced and named as a whole; a journal would only slow it down. */
    status =
        status == BG_OK
            ? execute(self, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN;", errors)
            : status;
    status = status ? status : execute(self, schema, errors);
    if (status == BG_OK && sqlite3_prepare_v2(self->database, insertion, -1, &self->insert, NULL)) {
        status = failed(self, errors);
    }
    free(schema);
    free(insertion);
    return status;
}

bg_status bg_sqlite_file_open(bg_sqlite_file **file, const char *path, const bg_folder *folder,
                              bg_errors *errors)
{
    bg_sqlite_file *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->folder = folder;
    bg_status status = bg_output_open(&self->output, path, errors);
    if (status == BG_OK && sqlite3_open_v2(self->output.temporary, &self->database,
                                           SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        status = failed(self, errors);
    }
    status = status ? status : make_tables(self, errors);
    if (status != BG_OK) {
        bg_sqlite_file_free(self);
        return status;
    }
    *file = self;
    return BG_OK;
}

/* ---- rows ---- */

static int bind_cell(const bg_sqlite_file *self, int position, bg_column_type type,
                     const char *text)
{
    if (!text[0]) {
        return sqlite3_bind_null(self->insert, position);
    }
    switch (type) {
    case BG_COLUMN_INTEGER:
        return sqlite3_bind_int64(self->insert, position, strtoll(text, NULL, 10));
    case BG_COLUMN_REAL:
        return sqlite3_bind_double(self->insert, position, strtod(text, NULL));
    case BG_COLUMN_TEXT:
        break;
    }
    return sqlite3_bind_text(self->insert, position, text, -1, SQLITE_TRANSIENT);
}

/* Cuts the next cell out of a line that bg_csv_write wrote, in place. NULL at the end. */
static char *next_cell(char **line)
{
    char *cell = *line;
    if (!cell) {
        return NULL;
    }
    char *from = cell, *to = cell;
    const bool quoted = *from == '"';
    from += quoted ? 1 : 0;
    while (*from && (quoted || *from != ',')) {
        if (quoted && *from == '"' && *++from != '"') {
            break;
        }
        *to++ = *from++;
    }
    *line = *from == ',' ? from + 1 : NULL;
    *to = '\0';
    return cell;
}

static bg_status insert_row(bg_sqlite_file *self, char *line, bg_errors *errors)
{
    const bg_folder *folder = self->folder;
    bool good = sqlite3_reset(self->insert) == SQLITE_OK;
    for (size_t i = 0; i < folder->column_count && good; i++) {
        const char *cell = next_cell(&line);
        if (!cell) {
            return bg_errors_say(errors, BG_INVALID, (bg_mark){.file = folder->path}, NULL,
                                 BG_SAY(store_row_cells), i, folder->column_count);
        }
        good = bind_cell(self, (int)i + 1, folder->column[i].type, cell) == SQLITE_OK;
    }
    good = good && sqlite3_step(self->insert) == SQLITE_DONE;
    return good ? BG_OK : failed(self, errors);
}

bg_status bg_sqlite_file_take(void *context, const char *line, size_t length, bg_errors *errors)
{
    bg_sqlite_file *self = context;
    if (!self->headed) {
        self->headed = true;
        return BG_OK;
    }
    char *copy = strndup(line, length);
    bg_status status = copy ? insert_row(self, copy, errors) : bg_no_memory(errors);
    free(copy);
    return status;
}

/* ---- the end ---- */

static bg_status write_pair(bg_sqlite_file *self, const char *name, const char *value,
                            bg_errors *errors)
{
    sqlite3_stmt *statement = NULL;
    const char sql[] = "INSERT INTO sweep VALUES (?, ?)";
    bool good = sqlite3_prepare_v2(self->database, sql, -1, &statement, NULL) == SQLITE_OK;
    good = good && sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC) == SQLITE_OK;
    good = good && sqlite3_bind_text(statement, 2, value, -1, SQLITE_STATIC) == SQLITE_OK;
    good = good && sqlite3_step(statement) == SQLITE_DONE;
    bg_status status = good ? BG_OK : failed(self, errors);
    sqlite3_finalize(statement);
    return status;
}

static bg_status write_columns(bg_sqlite_file *self, bg_errors *errors)
{
    sqlite3_stmt *statement = NULL;
    const char sql[] = "INSERT INTO columns VALUES (?, ?, ?, ?, ?, ?)";
    bool good = sqlite3_prepare_v2(self->database, sql, -1, &statement, NULL) == SQLITE_OK;
    for (size_t i = 0; i < self->folder->column_count && good; i++) {
        const bg_sweep_column *column = &self->folder->column[i];
        const char *const texts[] = {column->name, bg_column_type_name(column->type),
                                     bg_column_role_name(column->role), column->unit,
                                     column->meaning};
        good = sqlite3_reset(statement) == SQLITE_OK &&
               sqlite3_bind_int64(statement, 1, (sqlite3_int64)i + 1) == SQLITE_OK;
        for (int t = 0; t < 5 && good; t++) {
            good = sqlite3_bind_text(statement, t + 2, texts[t], -1, SQLITE_STATIC) == SQLITE_OK;
        }
        good = good && sqlite3_step(statement) == SQLITE_DONE;
    }
    bg_status status = good ? BG_OK : failed(self, errors);
    sqlite3_finalize(statement);
    return status;
}

static void write_whole(char text[24], long long number)
{
    snprintf(text, 24, "%lld", number);
}

static bg_status describe(bg_sqlite_file *self, const bg_merged *merged, bg_errors *errors)
{
    const json_t *about = self->folder->about;
    char rows[24], replications[24], seed[24];
    write_whole(rows, (long long)merged->rows);
    write_whole(replications, json_integer_value(json_object_get(about, "replications")));
    write_whole(seed, json_integer_value(json_object_get(about, "seed")));
    const struct {
        const char *name, *value;
    } pairs[] = {{"format", FORMAT},
                 {"baogan", bg_folder_word(self->folder, "baogan")},
                 {"title_en", bg_folder_word(self->folder, "title_en")},
                 {"title_zh", bg_folder_word(self->folder, "title_zh")},
                 {"replications", replications},
                 {"seed", seed},
                 {"plan", bg_folder_word(self->folder, "plan")},
                 {"plan_sha256", self->folder->plan},
                 {"rows", rows},
                 {"rows_sha256", merged->digest}};
    bg_status status = write_columns(self, errors);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && status == BG_OK; i++) {
        status = write_pair(self, pairs[i].name, pairs[i].value, errors);
    }
    return status;
}

static bool close_database(bg_sqlite_file *self)
{
    sqlite3_finalize(self->insert);
    self->insert = NULL;
    const bool closed = sqlite3_close(self->database) == SQLITE_OK;
    self->database = NULL;
    return closed;
}

bg_status bg_sqlite_file_commit(bg_sqlite_file *self, const bg_merged *merged, bg_errors *errors)
{
    bg_status status = describe(self, merged, errors);
    status = status ? status : execute(self, "COMMIT", errors);
    if (status == BG_OK && !close_database(self)) {
        status = bg_errors_say(errors, BG_INTERNAL, (bg_mark){.file = self->output.path}, NULL,
                               BG_SAY(store_not_closed));
    }
    return status ? status : bg_output_commit(&self->output, errors);
}

void bg_sqlite_file_free(bg_sqlite_file *self)
{
    if (self) {
        close_database(self);
        bg_output_discard(&self->output);
        free(self);
    }
}

static bool look_up(sqlite3 *database, const char *name, char value[BG_DIGEST_TEXT])
{
    sqlite3_stmt *statement = NULL;
    const char sql[] = "SELECT value FROM sweep WHERE name = ?";
    bool found = sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK &&
                 sqlite3_bind_text(statement, 1, name, -1, SQLITE_STATIC) == SQLITE_OK &&
                 sqlite3_step(statement) == SQLITE_ROW;
    const char *text = found ? (const char *)sqlite3_column_text(statement, 0) : NULL;
    found = text && strlen(text) < BG_DIGEST_TEXT;
    if (found) {
        memcpy(value, text, strlen(text) + 1);
    }
    sqlite3_finalize(statement);
    return found;
}

/* Why it could not be identified: another program writes it, it cannot be read, or it is something else. */
static bg_status not_identified(const char *path, sqlite3 *database, bg_errors *errors)
{
    const bg_mark mark = {.file = path};
    switch (sqlite3_errcode(database)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(store_locked));
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
        return bg_errors_say(errors, BG_IO, mark, NULL, BG_SAY(store_not_read),
                             sqlite3_errmsg(database));
    default:
        return bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(store_foreign));
    }
}

bg_status bg_sqlite_file_identify(const char *path, char plan[BG_DIGEST_TEXT],
                                  char rows[BG_DIGEST_TEXT], bg_errors *errors)
{
    sqlite3 *database = NULL;
    const bool good = sqlite3_open_v2(path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
                      look_up(database, "plan_sha256", plan) &&
                      look_up(database, "rows_sha256", rows);
    const bg_status status = good ? BG_OK : not_identified(path, database, errors);
    sqlite3_close(database);
    return status;
}
