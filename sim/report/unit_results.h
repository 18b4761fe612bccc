/* What a table of settled units shows: columns of the table as they stand (table.keep), then results
 * (table.write) in yuan.
 *
 * Results are those of BG_SETTLEMENT_RESULTS, then `<name>` (balance after the step of that name) and
 * `<name>.moved` (by how much it changed it), fund.<name> (closing balance), institution.<name> (result
 * less disallowed expense) and account.<name> (net movement). */
#ifndef BAOGAN_REPORT_UNIT_RESULTS_H
#define BAOGAN_REPORT_UNIT_RESULTS_H

#include <stdio.h>

#include "report/unit_columns.h"

typedef struct bg_unit_result {
    char *heading;        /* owned */
    const bg_fen *values; /* in the block */
    const bg_fen *less;   /* to be subtracted, NULL if nothing is */
} bg_unit_result;

typedef struct bg_unit_results {
    size_t *kept; /* places in the table; owned */
    size_t kept_count;
    size_t *shown; /* places in `all`; owned */
    size_t shown_count;
    bg_unit_result *all; /* owned */
    size_t count;
} bg_unit_results;

/* Chooses the columns. By default those of the table that no input is read from and the year are
 * kept, and all results are shown. The block must outlive `self`. Errors name an unknown
 * column, or one that would stand twice. Free with bg_unit_results_free whatever the outcome. */
bg_status bg_unit_results_read(bg_unit_results *self, const bg_unit_columns *columns,
                               const bg_csv *header, const bg_settlement_block *block,
                               bg_errors *errors);
void bg_unit_results_free(bg_unit_results *self);

void bg_unit_results_head(const bg_unit_results *self, const bg_csv *header, FILE *stream);
/* `cells` are those of the unit's row, in order, each with its final zero. */
void bg_unit_results_write(const bg_unit_results *self, const char *const *cells, size_t u,
                           FILE *stream);

#endif
