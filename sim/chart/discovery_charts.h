/* Charts of where a target is missed: what peeling trades coverage for, and the boxes over the two axes that bound
 * the first one most. Drawn by plots/tradeoff.gp and plots/boxes.gp. */
#ifndef BAOGAN_CHART_DISCOVERY_CHARTS
#define BAOGAN_CHART_DISCOVERY_CHARTS

#include "chart/chart.h"
#include "store/discovery.h"

/* Data of a policy ("all": of all of them) into charts/data of the options' directory, where the facts of the sweep are
 * already, and, unless `data_alone`, its pictures into charts. `found` has a box; where it has one axis only there is no
 * picture of boxes. */
bg_status bg_discovery_charts(const bg_discovery *found, const bg_discovery_question *question,
                              const char *policy, const bg_chart_options *options, bool data_alone,
                              bg_errors *errors);

#endif
