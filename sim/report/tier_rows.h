/* Edges of tiers on the whole amount, and bands of two readings, for machines. */
#ifndef BAOGAN_REPORT_TIER_ROWS
#define BAOGAN_REPORT_TIER_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Fill a sheet without columns; `unit`, "yuan" or "fen", ends the names of amounts. BG_MEMORY is the sheet's
 * `failed`. */
void bg_tier_rows(const bg_report *report, const char *unit, bg_sheet *sheet);
void bg_reading_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
