/* Measures paid from purposes of what is kept, for machines. */
#ifndef BAOGAN_REPORT_PURPOSE_ROWS
#define BAOGAN_REPORT_PURPOSE_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Whether a measure is paid from a purpose. */
bool bg_purposes_pay(const bg_report *report);
/* Fills a sheet without columns; `unit`, "yuan" or "fen", ends the names of amounts. No row where draws were not kept.
 * BG_MEMORY is the sheet's `failed`. */
void bg_purpose_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
