/* Charts of a back-test: what came beside what was expected, and where outcomes lay in it. */
#ifndef BAOGAN_CHART_BACKTEST_CHARTS
#define BAOGAN_CHART_BACKTEST_CHARTS

#include "chart/chart.h"
#include "study/backtest.h"

/* Writes their data under the directory, with the name of what was back-tested as title, and draws them unless only the
 * data are asked for. */
bg_status bg_backtest_charts(const bg_backtest *backtest, const char *name,
                             const bg_chart_options *options, bool data_alone, bg_errors *errors);

#endif
