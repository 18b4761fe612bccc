/* Rows of a table of past years: what each stands for, which are sums of others, and the plain tree that a
 * `history` written in YAML gives. */
#ifndef BAOGAN_SCENARIO_HISTORY_ROWS
#define BAOGAN_SCENARIO_HISTORY_ROWS

#include "base/csv.h"
#include "scenario/document.h"

#include <baogan/money.h>

typedef enum bg_history_column {
    BG_HISTORY_year,
    BG_HISTORY_scheme,
    BG_HISTORY_line,
    BG_HISTORY_place,
    BG_HISTORY_cases,
    BG_HISTORY_cost,
    BG_HISTORY_paid,
    BG_HISTORY_COLUMNS
} bg_history_column;

#define BG_HISTORY_PATH "history.csv"

typedef struct bg_history_row bg_history_row;

typedef struct bg_history_rows {
    bg_arena *arena; /* holds all there is */
    bg_errors *errors;
    bool has[BG_HISTORY_COLUMNS]; /* the table has the column */
    bg_fen unit
        [BG_HISTORY_COLUMNS]; /* of an amount without one, which the table names; 0: the scenario's */
    bg_history_row *first, **end;
    size_t count;
} bg_history_rows;

/* Starts without rows and columns. */
void bg_history_rows_init(bg_history_rows *self, bg_arena *arena, bg_errors *errors);
/* Adds a row by its cells, which are copied; what is wrong with one goes into `errors`. BG_MEMORY. */
bg_status bg_history_rows_add(bg_history_rows *self, const bg_csv_cell cell[BG_HISTORY_COLUMNS]);
/* Leaves out rows of totals, each with a sentence, once they are seen to be the sum of others, and adds the others
 * to the map `history`. BG_MEMORY. */
bg_status bg_history_rows_finish(bg_history_rows *self, bg_raw *history);

#endif
