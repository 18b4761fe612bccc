/* The years of the pooled funds as rows: a file of a run, a list in its result. */
#ifndef BAOGAN_REPORT_POOL_ROWS
#define BAOGAN_REPORT_POOL_ROWS

#include "format/sheet.h"
#include "report/report.h"

/* Amounts in `unit`, "yuan" or "fen", which is the end of their names. */
void bg_pool_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
