/* Observed data: what was paid, cost, counted, by county, scheme or line, year and perhaps month, as a CSV table.
 *
 * Columns, found by the headings of scenario/headings.def in either language, with their unit of money:
 *
 *     year        of care; always there
 *     paid, cost  fund payments, cost: one of them at least. `paid_to_date` in place of `paid`: the amounts of all months
 *                 count from January; `paid_in_month`: they do not. With `paid` that is recognised, or refused.
 *     county, scheme, line, place   whose; rows that differ in one of them are series of their own
 *     month       of care, 1 to 12; none: the row is a whole year
 *     cases, people                 people: the insured of the year or month, by which a series is large or small
 *     booked      month in which it was booked, 2024-03: amounts of one month of care may come in parts
 *     known       year at whose end the row was known, not before the year itself, which it is without this column
 *     scope_break 1: from this year on other people or care are counted, so that growth into it says nothing
 *
 * Refused: gaps between months, the same period twice, whole years beside months, amounts that are not above zero (but
 * with `booked`), a table that reads both as months and as year to date. Warned of: rows out of order, gaps between
 * years, a series in which nothing ever changes. */
#ifndef BAOGAN_STUDY_OBSERVED_TABLE
#define BAOGAN_STUDY_OBSERVED_TABLE

#include "study/observed.h"

#include <stdio.h>

/* Reads the file, or the sheet FILE.xlsx#SHEET. Amounts without a unit of their own or in a heading are in units of
 * `unit` fen. Errors stand at row and column; BG_INVALID where there are any. Free in any case; twice is safe. */
bg_status bg_observed_open(const char *path, bg_fen unit, bg_observed *self, bg_errors *errors);
/* The same from a stream, which stays the caller's; `name` stands for it in messages and must outlive these. */
bg_status bg_observed_read(FILE *stream, const char *name, bg_fen unit, bg_observed *self,
                           bg_errors *errors);

#endif
