/* What a contract with a calendar still pays after its last year: clearings and instalments of what is owed. */
#ifndef BAOGAN_REPORT_DUE_ROWS
#define BAOGAN_REPORT_DUE_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Whether there is a calendar, and cash was asked for. */
bool bg_due_known(const bg_report *report);
/* Expected, in fen: what a scheme still is to be paid after the last December; below zero: what it owes. By the identity
 * of cash: entitlement - expense - outlays of all years, less the cash at the end. */
double bg_due_after(const bg_report *report, size_t scheme);
/* Fills a sheet without columns, a row a scheme. */
void bg_due_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
