/* Rows of totals in a table of units: seen to be the sum of others, they are left out.
 *
 * A total may be that of all rows, of those since the last total, or, where it names a year, of that year's; where
 * it stands above all rows, of all that come. Half of its last place is allowed for each part that was rounded. */
#ifndef BAOGAN_ACTUAL_TABLE_TOTALS
#define BAOGAN_ACTUAL_TABLE_TOTALS

#include "actual/table_columns.h"

/* A column of amounts that is added up. */
typedef struct bg_total_column {
    const bg_table_column *column;
    const bg_fen *values; /* of the block */
} bg_total_column;

#define BG_TOTAL_COLUMNS (BG_MAX_INPUTS + 2 * BG_MAX_FUNDS)

typedef struct bg_table_totals {
    const bg_table_columns *columns; /* borrowed */
    size_t count;
    bg_total_column column[BG_TOTAL_COLUMNS];
    struct bg_total_group
        *group;    /* all rows, those since the last total, those of each year; owned */
    bg_fen *sums;  /* of the groups, column by column; owned */
    bg_mark first; /* of a total above all rows; no file: there is none */
    bg_fen said[BG_TOTAL_COLUMNS],
        step[BG_TOTAL_COLUMNS]; /* by the total read last; step 0: it is empty */
    bg_fen first_said[BG_TOTAL_COLUMNS], first_step[BG_TOTAL_COLUMNS];
} bg_table_totals;

/* Starts without rows; the columns and the block must outlive `self`. Free with bg_table_totals_free whatever the
 * outcome; twice is safe. BG_MEMORY. */
bg_status bg_table_totals_init(bg_table_totals *self, const bg_table_columns *columns,
                               const bg_settlement_block *block, bg_errors *errors);
void bg_table_totals_free(bg_table_totals *self);

/* Adds unit `u` of the block; or says that a row could not be read. */
void bg_table_totals_add(bg_table_totals *self, const bg_settlement_block *block, size_t u);
void bg_table_totals_miss(bg_table_totals *self);

/* Whether a row is one of totals: a cell that is none of amounts or remarks says so. */
bool bg_table_totals_is_total(const bg_table_totals *self, const bool *remarks, const bg_csv *row);
/* Checks a row of totals: a warning in `said` that it is left out, or BG_INVALID with an error in `errors`. */
bg_status bg_table_totals_check(bg_table_totals *self, const bg_csv *row, bg_errors *said,
                                bg_errors *errors);
/* Checks a total that stood above all rows, at the end of the table. */
bg_status bg_table_totals_finish(bg_table_totals *self, bg_errors *errors);

#endif
