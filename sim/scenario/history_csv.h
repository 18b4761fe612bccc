/* Past years from a CSV file (base/csv.h), as the same plain tree that a `history` written in YAML
 * gives. Headings and words of cells may be English or Chinese (scenario/headings.def); without a column of lines or
 * schemes every row is the one line "total". What stands around the rows, and rows of totals, are left out with a
 * warning each. */
#ifndef BAOGAN_SCENARIO_HISTORY_CSV
#define BAOGAN_SCENARIO_HISTORY_CSV

#include "scenario/document.h"

/* Adds the years to the map `history`. `name` stands for the file in marks and must live as long. The text may be
 * that of a `sheet` of a workbook, whose numbers are rounded to what spreadsheets hold. *unit: fen in
 * one of the unit that the table itself names for payments, 0 if it names none. */
bg_status bg_history_csv_read(bg_arena *arena, char *text, size_t size, const char *name,
                              bool sheet, bg_raw *history, bg_fen *unit, bg_errors *errors);

#endif
