/* Means of the futures that have an event, by unit and year. */
#ifndef BAOGAN_REPORT_GIVEN_ROWS
#define BAOGAN_REPORT_GIVEN_ROWS

#include "format/sheet.h"
#include "report/report.h"

#include <baogan/figure.h>

/* mean(OUTCOME | EVENT) of the unit in the year; all NaN where no future has the event, or it is not known. */
bg_estimate bg_given_estimate(const bg_projection *projection, size_t unit, size_t year,
                              bg_outcome outcome, bg_event event);

/* The columns, then a row a unit, year and outcome: the overspend given an overspend, the excess over the budget
 * given one. Amounts are in fen; `unit` is how they are written ("yuan", "fen"). */
void bg_given_rows(const bg_report *report, const char *unit, bg_sheet *sheet);

#endif
