/* The institutions' own account, for machines. */
#ifndef BAOGAN_REPORT_ACCOUNT_ROWS
#define BAOGAN_REPORT_ACCOUNT_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Whether it was asked for, and it is no area's whole. */
bool bg_accounts_known(const bg_report *report);
/* What is kept of a yuan that a scheme's fund does not pay in a year: as providers took it to be where they respond, else
 * as it is. NaN where it is not known. */
double bg_account_kept(const bg_report *report, size_t scheme, size_t year);
/* The seven amounts of an institution in a year of a unit, in the order of the columns. */
void bg_account_cells(const bg_report *report, size_t unit, size_t year, size_t institution,
                      bg_sheet *sheet);
/* By institution, and one more case by line. Fill a sheet without columns; names of amounts end in `unit`, "fen" or
 * "yuan". BG_MEMORY is the sheet's `failed`. */
void bg_account_rows(const bg_report *report, const char *unit, bg_sheet *sheet);
void bg_case_margin_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
