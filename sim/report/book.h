/* Workbooks: the sheets of a run, and of real years that were settled. */
#ifndef BAOGAN_REPORT_BOOK
#define BAOGAN_REPORT_BOOK

#include "actual/actual.h"
#include "format/book.h"
#include "projection/central.h"
#include "report/report.h"

/* Adds data, budget, settlement of the central path, years, months, institutions, chances, assumptions and terms, into a
 * book in the language of the report. Amounts are exact: yuan, or whole fen where formulas stand, each beside the unit of
 * the run. */
void bg_report_book(const bg_report *self, const bg_central *central, bg_book *book);

/* Adds budgets and settlements of real years, of all or of one (0: all), and terms. */
void bg_settled_book(const bg_settled_list *list, const bg_contract *contract, int year,
                     bg_book *book);

#endif
