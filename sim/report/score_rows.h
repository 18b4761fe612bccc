/* The chances that a simulated score reaches the bounds of the settlement, for machines. */
#ifndef BAOGAN_REPORT_SCORE_ROWS
#define BAOGAN_REPORT_SCORE_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* A row a year and bound. Where memory is short, the sheet remembers it. */
void bg_score_rows(const bg_report *report, bg_sheet *sheet);

#endif
