/* What a table of units holds for a settlement: which column feeds which input, and what holds where
 * there is no column.
 *
 * An input is read from the column that `inputs` maps it to, else from the column of its own name or of a
 * word for it (scenario/headings.def), without regard to case, blanks and full width. A heading that looks like
 * one that is missing is refused unless `table` names it. Amounts count in the unit that their heading, or a
 * line before the headings, names; in yuan x `scale` where none does, which beside a scenario that counts in another
 * unit is refused. A
 * fund has the columns opening.<fund> (carried in; 0 if absent) and added.<fund> (this year's part of
 * the budget; its rate x budget if absent), which `inputs` may map as well. Where not given, payable
 * is the budget less what the funds get, disallowed is the sum of the columns
 * disallowed.<institution>, prepaid is what the terms of prepayment make of the year, and
 * the score is that of the scenario. A cell that is empty in a column that is there is an error, unless
 * `inputs` says what it means (`empty`, `values`, `optional`); but the total or the parts of disallowed may be left
 * out where the others are given, and what is linked to the year before. */
#ifndef BAOGAN_ACTUAL_TABLE_COLUMNS
#define BAOGAN_ACTUAL_TABLE_COLUMNS

#include "base/csv.h"
#include "base/written.h"

#include <baogan/settlement.h>

/* An amount that a column may hold. */
typedef struct bg_table_column {
    const bg_named_input *input;
    bg_named_input scaled; /* with the unit of the table */
    bool may_be_empty;     /* a cell of it */
    int place;             /* of the column in the table, -1 if there is none */
    int64_t empty;         /* what holds without a column */
    bool empty_given;
} bg_table_column;

typedef struct bg_table_fund {
    bg_named_input own[2]; /* where `inputs` does not map them */
    char *names[2];        /* owned */
    bg_table_column opening, added;
    bg_decimal rate;
} bg_table_fund;

typedef struct bg_table_columns {
    const bg_scenario *scenario; /* borrowed, as is the plan */
    const bg_plan *plan;
    size_t column_count; /* of the table */
    bool *used;          /* by column: some input is read from it; owned */
    size_t input_count;
    bg_table_column input[BG_MAX_INPUTS];
    size_t fund_count;
    bg_table_fund fund[BG_MAX_FUNDS];
    bg_fen unit;  /* before the headings; 0 if none is named */
    bg_mark bare; /* of the first heading of amounts that name no unit; line 0 if there is none */
    bool two_readings; /* cells are parted by semicolons: see base/written.h */
    bool linked;       /* years of one unit are */
    bool sheet; /* the table is one of a workbook; set by the caller once the columns are read */
    bool by_institution; /* some column gives an institution's disallowed expense */
    bool earmarked;      /* instalments are paid of the budget, not of what is payable */
    bool approves;       /* instalments follow what is approved by month */
    bg_decimal prepaid_ratio;
    const bg_node
        *outside_share; /* by year, of what the pool is expected to pay outside, or NULL */
    int scored_year;    /* of the score below, INT_MIN if none */
    bg_decimal score;
} bg_table_columns;

/* Whether a row is that of the headings: two or more cells, or one of two, name an input or look like it. */
bool bg_table_columns_is_heading_row(const bg_scenario *scenario, const bg_plan *plan,
                                     const bg_csv *row);
/* Finds the columns in the row of headings; `unit` is what a line before it names, 0 if none does. Errors name a
 * column that is missing, stands twice, or looks like one that is missing. Free with bg_table_columns_free whatever
 * the outcome; twice is safe. */
bg_status bg_table_columns_read(bg_table_columns *self, const bg_scenario *scenario,
                                const bg_plan *plan, bg_fen unit, const bg_csv *header,
                                bg_errors *errors);
void bg_table_columns_free(bg_table_columns *self);
/* The place of the column of that name, -1 if there is none. One that stands twice is refused. */
bg_status bg_table_columns_find(const bg_table_columns *self, const bg_csv *header,
                                const char *name, int *place, bg_errors *errors);
/* Fen in one unit in which sentences say its amounts, as bg_amount_phrase takes it. */
bg_fen bg_table_columns_money(const bg_table_columns *self);
/* The column's cell of a row as it is read: a number of a sheet rounded into `buffer`. The column must be there. */
const char *bg_table_column_text(const bg_table_columns *self, const bg_table_column *column,
                                 const bg_csv *row, char buffer[BG_WRITTEN]);
/* Reads the column's cell of a row; `errors` may be NULL. */
bg_status bg_table_column_read(const bg_table_columns *self, const bg_table_column *column,
                               const bg_csv *row, int64_t *value, bool *given, bg_errors *errors);

/* Fills unit `u` of the block from a row. Errors have the place of the cell and, as their path, the
 * heading of its column. */
bg_status bg_table_columns_fill(bg_table_columns *self, const bg_csv *row,
                                bg_settlement_block *block, size_t u, bg_errors *errors);

#endif
