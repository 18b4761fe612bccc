/* What is said of a running budget year: a page for people, JSON and tables for programs. */
#ifndef BAOGAN_REPORT_MONITORED
#define BAOGAN_REPORT_MONITORED

#include "format/document.h"
#include "study/monitor.h"

#include <jansson.h>

/* The answer first, one sentence a scheme; then months, lights and what all rests on. Its charts are those of bg_monitored_chart_rows, "monitor-UNIT". */
void bg_monitored_document(const bg_monitor *self, const char *language, bg_document *page);
/* The same in full; NULL when out of memory. */
json_t *bg_monitored_json(const bg_monitor *self);

/* Of each unit a row; amounts in `unit`, "yuan" or "fen", which is the end of their names. */
void bg_monitored_rows(const bg_monitor *self, const char *unit, bg_sheet *sheet);
/* Of each unit and month-end a row, from 0 (before the year) to 12; of those to come what is known beforehand alone. */
void bg_monitored_month_rows(const bg_monitor *self, const char *unit, bg_sheet *sheet);
/* Of one unit, as its chart has it: amounts in yuan since January at each month-end, known, expected and to come. */
void bg_monitored_chart_rows(const bg_monitor *self, size_t unit, bg_sheet *sheet);

#endif
