/* Settles a table of units, one a row, in blocks: any number of rows. */
#ifndef BAOGAN_ACTUAL_TABLE
#define BAOGAN_ACTUAL_TABLE

#include <baogan/settlement.h>
#include <stdio.h>

typedef struct bg_table {
    const bg_scenario *scenario;
    const bg_plan *plan;
    FILE *in;
    const char *name; /* of what is read, for messages */
    bool sheet; /* it is that of a workbook, whose numbers are rounded to what spreadsheets hold */
    FILE *out;
    FILE *rejects;            /* NULL: a bad row ends the run */
    const volatile int *stop; /* non-zero: BG_INTERRUPTED; may be NULL */
    size_t settled, rejected; /* out: rows */
    char *kept,
        *dropped; /* out: columns that feed nothing, passed through or not; NULL: none. Yours to free */
} bg_table;

/* Reads the table, settles its rows by the plan and writes results (unit_results.h) in the order of
 * the rows; blank rows are passed over. Up to 30 lines before the headings may be titles, of which one may name the
 * unit of money; notes below, and rows of totals that are seen to be sums, are left out, each with a warning.
 * A row of the same unit and year as another is bad. Memory for that: some 32 bytes a row. The carried funds of a row are its closing balances: no row
 * follows from another,
 * unless `table.link` names the column of the unit.
 *
 * A bad row goes to `rejects` with its line and the reason in front of its cells. Without `rejects`
 * nothing is written from then on, the rows to come are still checked, and the status is that of the
 * first; what was written before is the caller's to discard. */
bg_status bg_table_settle(bg_table *job, bg_errors *errors);

#endif
