/* Reads comma-separated values row by row, in bounded memory.
 *
 * The separator is the comma, semicolon or tab that occurs most often in the first line, or the one that
 * a line "sep=;" before it names. A cell may
 * stand in quotation marks, a mark inside them is written twice; spaces and tabs around a cell do not
 * count. Rows end with LF, CR LF or CR. A byte-order mark is skipped. The text is UTF-8, or GB18030 if the
 * first row that is not plain ASCII is not UTF-8; it is given as UTF-8. */
#ifndef BAOGAN_BASE_CSV
#define BAOGAN_BASE_CSV

#include "base/gb18030.h"

#include <stdio.h>

#define BG_CSV_MAX_CELLS 512
#define BG_CSV_MAX_ROW   ((size_t)1 << 20) /* bytes */

typedef struct bg_csv_cell {
    const char *text; /* without quotation marks and outer spaces */
    bg_mark mark;
} bg_csv_cell;

typedef enum bg_csv_encoding { BG_CSV_ASCII, BG_CSV_UTF8, BG_CSV_GB18030 } bg_csv_encoding;

typedef struct bg_csv {
    bg_csv_cell cells[BG_CSV_MAX_CELLS]; /* of the row read last; good until the next is read */
    size_t count;
    bool ended;               /* there was no further row */
    bool readable;            /* reading can go on */
    bg_csv_encoding encoding; /* of the rows read so far */
    bool
        headless; /* the caller may set it: each row is cut by its own separator until he unsets it */
    /* private */
    FILE *stream;
    const char *path;
    size_t max_cells;
    char separators[4]; /* those that are possible */
    bool named;         /* by a line "sep=" */
    bg_mark mark;       /* place of the next byte */
    char *at;           /* the next byte of the row; cells are cut out in place */
    char *row;
    size_t length, capacity;
    bg_gb18030 *converter;
    char *converted; /* the row in UTF-8 */
} bg_csv;

/* Begins to read a stream, which stays the caller's. `name` stands for the file in marks and must
 * outlive them; `path` is the key path of messages or NULL. Free with bg_csv_free; twice is safe. */
void bg_csv_init(bg_csv *self, FILE *stream, const char *name, const char *path, size_t max_cells);
void bg_csv_free(bg_csv *self);

/* Reads the next row, or sets `ended`. BG_SYNTAX (text behind a closing quotation mark, one that is
 * never closed), BG_LIMIT (too many cells, or bytes), BG_ENCODING, BG_IO, BG_MEMORY, each with a
 * sentence. As long as `readable` the cells are those of the row all the same, and the next can be
 * read. */
bg_status bg_csv_read(bg_csv *self, bg_errors *errors);

/* Gives the row read last empty cells up to `count`, BG_CSV_MAX_CELLS at most, at the place of its last. */
void bg_csv_pad(bg_csv *self, size_t count);
/* Whether cells are parted by semicolons, as where the comma is the mark of decimals. */
bool bg_csv_has_semicolons(const bg_csv *self);
/* Whether all cells are empty. */
bool bg_csv_is_blank(const bg_csv *self);
/* The place of the first cell with that text, -1 if there is none. */
int bg_csv_find(const bg_csv *self, const char *text);

/* Writes a text as a cell, in quotation marks where it needs them. */
void bg_csv_write(FILE *stream, const char *text);

#endif
