/* Sheets of a back-test, for programs. */
#ifndef BAOGAN_REPORT_BACKTEST_ROWS
#define BAOGAN_REPORT_BACKTEST_ROWS

#include "format/sheet.h"
#include "study/backtest.h"

/* Every forecast of the model: a series, an origin, a number of years ahead; intervals in the unit of the amounts. The
 * sheet borrows names of the back-test's data. */
void bg_backtest_forecast_rows(const bg_backtest *self, bg_sheet *sheet);

/* Scores of every method over all forecasts (group `all`), over those that all methods made (`shared`), by `year`, by `size` (third of people) and by years `ahead`:
 * shares of the amount before, errors of ln. */
bg_status bg_backtest_score_rows(const bg_backtest *self, bg_sheet *sheet, bg_errors *errors);

/* How often the outcome lay in each tenth of what the model expected. */
bg_status bg_backtest_rank_rows(const bg_backtest *self, bg_sheet *sheet, bg_errors *errors);

#endif
