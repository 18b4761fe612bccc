/* What of the growth of care is ageing, year by year, for machines: a file of a run, a list in its result. */
#ifndef BAOGAN_REPORT_AGEING_ROWS
#define BAOGAN_REPORT_AGEING_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Whether the people of any scheme are by group and their mix moves. */
bool bg_ageing_known(const bg_report *report);
/* A row a scheme and year. Where memory is short, the sheet remembers it. */
void bg_ageing_rows(const bg_report *report, bg_sheet *sheet);

#endif
