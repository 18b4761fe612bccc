/* Workbooks of spreadsheets, which are no text: .xlsx through the program xlsx2csv, others refused. */
#ifndef BAOGAN_BASE_WORKBOOK
#define BAOGAN_BASE_WORKBOOK

#include <baogan/error.h>
#include <stdio.h>

/* Whether a path names a sheet: "FILE.xlsx", the first one, or "FILE.xlsx#SHEET". */
bool bg_workbook_is_sheet(const char *path);
/* Opens such a sheet as comma-separated values in UTF-8, to be read from its start; the caller closes the stream.
 * Cells hold what is saved, not what is displayed: numbers in all their digits (base/written.h rounds them), days
 * as numbers, formulas as the value they were saved with, empty where they were saved without. BG_IO where the file
 * or the program is missing, or it takes longer than a minute; BG_ENCODING for what is no workbook or has a password;
 * BG_MISSING for a sheet that is not there; BG_INTERRUPTED where *stop, which may be NULL, is not zero. */
bg_status bg_workbook_open(const char *path, const volatile int *stop, FILE **stream,
                           bg_errors *errors);

#endif
