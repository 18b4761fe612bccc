/* Charts of a sweep from its store: a heat map of each figure over the first two axes that are numbers,
 * and parallel coordinates of all axes and figures.
 *
 * Data stand in <directory>/charts/data, pictures in <directory>/charts, drawn by plots/heatmap.gp and
 * plots/parallel.gp. Where an axis takes many values, the map has up to twenty equal cells of it; a cell shows the
 * mean over all scenarios in it. */
#ifndef BAOGAN_CHART_SWEEP_CHARTS
#define BAOGAN_CHART_SWEEP_CHARTS

#include "chart/chart.h"
#include "store/reader.h"

/* `options->directory` is made if it is not there; files that are there are not replaced. */
bg_status bg_sweep_charts(const char *store, const bg_chart_options *options, bg_errors *errors);
/* Makes the directories of charts, and writes what titles and footers say. */
bg_status bg_sweep_facts_write(const bg_store_reader *store, const bg_chart_options *options,
                               bg_errors *errors);

#endif
