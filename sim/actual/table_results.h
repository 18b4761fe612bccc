/* What a table of settled units shows: columns of the table as they stand (table.keep), then results
 * (table.write) in yuan.
 *
 * Results are those of BG_SETTLEMENT_RESULTS, then `<name>` (balance after the step of that name) and
 * `<name>.moved` (by how much it changed it), fund.<name> (closing balance), institution.<name> (result
 * less disallowed expense) and account.<name> (net movement). */
#ifndef BAOGAN_ACTUAL_TABLE_RESULTS
#define BAOGAN_ACTUAL_TABLE_RESULTS

#include "actual/table_columns.h"

#include <stdio.h>

typedef struct bg_table_result {
    char *heading;        /* owned */
    const bg_fen *values; /* in the block */
    const bg_fen *less;   /* to be subtracted, NULL if nothing is */
} bg_table_result;

typedef struct bg_table_results {
    size_t *kept; /* places in the table; owned */
    size_t kept_count;
    size_t *shown; /* places in `all`; owned */
    size_t shown_count;
    bg_table_result *all; /* owned */
    size_t count;
} bg_table_results;

/* Chooses the columns. By default those of the table that no input is read from and the year are
 * kept, and all results are shown. The block must outlive `self`. Errors name an unknown
 * column, or one that would stand twice. Free with bg_table_results_free whatever the outcome. */
bg_status bg_table_results_read(bg_table_results *self, const bg_table_columns *columns,
                                const bg_csv *header, const bg_settlement_block *block,
                                bg_errors *errors);
/* Whether a column of the table is passed through. */
bool bg_table_results_keeps(const bg_table_results *self, size_t place);
void bg_table_results_free(bg_table_results *self);

void bg_table_results_head(const bg_table_results *self, const bg_csv *header, FILE *stream);
/* `cells` are those of the unit's row, in order, each with its final zero. */
void bg_table_results_write(const bg_table_results *self, const char *const *cells, size_t u,
                            FILE *stream);

#endif
