/* A store that is read: its columns, and queries by them. */
#ifndef BAOGAN_STORE_READER
#define BAOGAN_STORE_READER

#include <baogan/error.h>
#include <baogan/sweep.h>
#include <sqlite3.h>

#define BG_STORE_COLUMNS (BG_MAX_AXES + 256)

typedef struct bg_store_column {
    char *name, *unit, *role, *meaning; /* as bg_sweep_column has them */
    bool is_number;
} bg_store_column;

typedef struct bg_store_reader {
    const char *path; /* borrowed */
    sqlite3 *database;
    bg_store_column column[BG_STORE_COLUMNS];
    size_t count;
} bg_store_reader;

/* BG_IO where the file cannot be read or is no store. Free with bg_store_close whatever the outcome; twice is safe. */
bg_status bg_store_open(bg_store_reader *self, const char *path, bg_errors *errors);
void bg_store_close(bg_store_reader *self);

bool bg_store_plays(const bg_store_column *column, const char *role);
/* A number that the plan varies. */
bool bg_store_is_axis(const bg_store_column *column);

/* A query in which each %c of `format` is the quoted name of the next column; NULL where it fails. To be finalized. */
sqlite3_stmt *bg_store_prepare(const bg_store_reader *self, const char *format,
                               const bg_store_column *const names[]);
/* Text of a cell, "" of one that is empty; good until the next step. */
const char *bg_store_text(sqlite3_stmt *statement, int cell);
/* What SQLite says was wrong, as BG_IO. */
bg_status bg_store_unreadable(const bg_store_reader *self, bg_errors *errors);

#endif
