/* Whether the figures of a table can be meant, by the bounds of contract/plausible.def: a row that is the sum of the
 * others, expense far from the budget, a budget of nothing, a unit whose budget leaps from year to year. */
#ifndef BAOGAN_ACTUAL_TABLE_PLAUSIBLE
#define BAOGAN_ACTUAL_TABLE_PLAUSIBLE

#include "actual/table_columns.h"
#include "actual/table_units.h"

/* Budget and expense so many times apart are told as a unit of money that is off (actual/table_checks.h). */
#define BG_APART_IN_ROW 1000

typedef struct bg_table_year bg_table_year;

/* Rows of a kind: the first, and how many there are. */
typedef struct bg_table_kind {
    bg_mark mark;
    double value;
    bg_fen amount, beside;
    int line; /* of another row that it stands beside */
    size_t rows;
} bg_table_kind;

typedef struct bg_table_plausible {
    const bg_table_columns *columns; /* borrowed */
    bg_table_year *year;             /* sums of each; owned */
    bg_table_units units;
    bg_table_kind expense, nothing, leap;
} bg_table_plausible;

/* Free with bg_table_plausible_free whatever the outcome; twice is safe. */
bg_status bg_table_plausible_init(bg_table_plausible *self, const bg_table_columns *columns,
                                  bg_errors *errors);
void bg_table_plausible_free(bg_table_plausible *self);

/* Looks at a row that is unit `u` of the block; `name` is the hash of what names it, 0 where nothing does. */
bg_status bg_table_plausible_row(bg_table_plausible *self, bg_mark mark, uint64_t name,
                                 const bg_settlement_block *block, size_t u, bg_errors *errors);
/* Warns of each kind once, with its first row. */
void bg_table_plausible_finish(const bg_table_plausible *self, bg_errors *errors);

#endif
