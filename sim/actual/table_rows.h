/* Rows of a table of units that wait until they are settled, and what becomes of bad ones. */
#ifndef BAOGAN_ACTUAL_TABLE_ROWS
#define BAOGAN_ACTUAL_TABLE_ROWS

#include "base/csv.h"

#include <baogan/error.h>

typedef struct bg_table_row {
    size_t start, count; /* its cells in `cells` */
    bg_mark mark;
    size_t unit;      /* in the block, if it is good */
    bool lost;        /* nothing says which pool it is of */
    bg_errors errors; /* why it is bad */
} bg_table_row;

/* All zero: no rows. */
typedef struct bg_table_rows {
    bg_table_row *row;
    size_t count, capacity;
    char *cells; /* of the rows, each with its final zero */
    size_t length, size;
    const char *cell[BG_CSV_MAX_CELLS]; /* of the row found last */
} bg_table_rows;

/* Keeps the row just read; NULL when out of memory. The pointer is good until the next is kept. */
bg_table_row *bg_table_rows_keep(bg_table_rows *self, const bg_csv *csv);
/* Forgets the first `count` rows; the others move up. */
void bg_table_rows_forget(bg_table_rows *self, size_t count);
void bg_table_rows_free(bg_table_rows *self); /* twice is safe */

/* Points `cell` at the cells of a row. */
void bg_table_rows_find(bg_table_rows *self, const bg_table_row *row);
/* The heading of rejects: line and reason, then the table's own; and a bad row with its reason, or
 * BG_MEMORY. */
void bg_table_rows_reject_head(const bg_csv *header, FILE *stream);
bg_status bg_table_rows_reject(bg_table_rows *self, const bg_table_row *bad, FILE *stream);

#endif
