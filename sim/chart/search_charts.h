/* The chart of a search: what one figure costs in another, drawn by plots/front.gp. */
#ifndef BAOGAN_CHART_SEARCH_CHARTS
#define BAOGAN_CHART_SEARCH_CHARTS

#include "chart/chart.h"
#include "study/search.h"

/* Data of the first two figures that are to be made better into charts/data, and unless `data_alone` the picture into
 * charts; nothing where there is one figure alone. */
bg_status bg_search_charts(const bg_search *found, const bg_chart_options *options, bool data_alone,
                           bg_errors *errors);

#endif
