/* What the funds of a budget do, for machines. */
#ifndef BAOGAN_REPORT_FUND_ROWS
#define BAOGAN_REPORT_FUND_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Fills a sheet without columns; `unit`, "yuan" or "fen", ends the names of amounts. No row where nothing
 * is known of a scheme's funds. BG_MEMORY is the sheet's `failed`. */
void bg_fund_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
