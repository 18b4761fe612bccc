/* What providers do, for machines. */
#ifndef BAOGAN_REPORT_RESPONSE_ROWS
#define BAOGAN_REPORT_RESPONSE_ROWS

#include "format/sheet.h"
#include "report/report.h"
#include "study/account.h"

/* Whether the scenario says anything of it, and it is no area's whole. */
bool bg_response_known(const bg_report *report);
/* What it makes of the expected expense of a year: -0.03 where that is 3 % less. NaN where there is none. */
double bg_response_change(const bg_response_year *of);
/* The fall of care from which the report warns, as a share. */
double bg_response_alarm(const bg_report *report);
bool bg_response_alarms(const bg_report *report, const bg_care_change *care);
/* The first year of the scheme in which it does; false if there is none. */
bool bg_response_first_alarm(const bg_report *report, size_t scheme, int *year);
/* Fills a sheet without columns; names of amounts end in `unit`, "fen" or "yuan". BG_MEMORY is the sheet's `failed`. */
void bg_response_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
