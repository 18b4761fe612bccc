/* Rows of a table of units that wait until they are settled, and what becomes of bad ones. */
#ifndef BAOGAN_REPORT_UNIT_ROWS_H
#define BAOGAN_REPORT_UNIT_ROWS_H

#include <baogan/error.h>

#include "base/csv.h"

typedef struct bg_unit_row {
    size_t start, count; /* its cells in `cells` */
    bg_mark mark;
    size_t unit;      /* in the block, if it is good */
    bool lost;        /* nothing says which pool it is of */
    bg_errors errors; /* why it is bad */
} bg_unit_row;

/* All zero: no rows. */
typedef struct bg_unit_rows {
    bg_unit_row *row;
    size_t count, capacity;
    char *cells; /* of the rows, each with its final zero */
    size_t length, size;
    const char *cell[BG_CSV_MAX_CELLS]; /* of the row found last */
} bg_unit_rows;

/* Keeps the row just read; NULL when out of memory. The pointer is good until the next is kept. */
bg_unit_row *bg_unit_rows_keep(bg_unit_rows *self, const bg_csv *csv);
/* Forgets the first `count` rows; the others move up. */
void bg_unit_rows_forget(bg_unit_rows *self, size_t count);
void bg_unit_rows_free(bg_unit_rows *self); /* twice is safe */

/* Points `cell` at the cells of a row. */
void bg_unit_rows_find(bg_unit_rows *self, const bg_unit_row *row);
/* The heading of rejects: line and reason, then the table's own; and a bad row with its reason. */
void bg_unit_rows_reject_head(const bg_csv *header, FILE *stream);
void bg_unit_rows_reject(bg_unit_rows *self, const bg_unit_row *bad, FILE *stream);

#endif
