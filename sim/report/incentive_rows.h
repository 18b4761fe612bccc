/* What is kept of a yuan saved and borne of a yuan overspent, for machines. */
#ifndef BAOGAN_REPORT_INCENTIVE_ROWS
#define BAOGAN_REPORT_INCENTIVE_ROWS

#include "format/sheet.h"
#include "report/report.h"

bool bg_incentive_known(const bg_report *report);
/* Fills a sheet without columns. BG_MEMORY is the sheet's `failed`. */
void bg_incentive_rows(const bg_report *report, bg_sheet *sheet);

#endif
