/* Charts of a run: data as CSV files, drawn by gnuplot with the scripts of plots/.
 *
 * Data stand in <run directory>/charts/data/ and pictures beside them in <run directory>/charts/,
 * as <chart>-<unit>.svg and .png; each script says at its top how to draw its chart by hand. A
 * missing gnuplot, a script that fails and one that takes too long are warnings: the result of the
 * run does not depend on its pictures. */
#ifndef BAOGAN_CHART_CHART
#define BAOGAN_CHART_CHART

#include <baogan/projection.h>
#include <stdio.h>

typedef struct bg_chart_options {
    const char *directory;    /* of the run; it exists */
    const char *plots;        /* directory of the gnuplot scripts; NULL (not found) is a warning */
    const char *language;     /* "en" or "zh" */
    bg_fen money;             /* of a sweep's charts: fen in one unit of money; 0: by size */
    bool svg_only;            /* no PNG */
    int seconds;              /* longest time for one gnuplot; 0: 60 */
    const volatile int *stop; /* non-zero: draw no more, without a warning; may be NULL */
} bg_chart_options;

/* The directory of the scripts for a program that lies in `program_directory`: plots/ of the source
 * tree that it was built in, else share/baogan/plots beside the bin/ that it was installed in. New
 * string that the caller frees; NULL if there is none (or no memory). */
char *bg_chart_plots(const char *program_directory);

/* Writes the data of all charts. Files that are already there are not replaced (BG_EXISTS). */
bg_status bg_chart_data_write(const bg_model *model, const bg_projection *projection,
                              const char *directory, bg_errors *errors);

/* The facts alone that every script reads (charts/data/run.csv), for charts of other data; `projection`
 * may be NULL where there are many. */
bg_status bg_chart_facts_write(const bg_model *model, const bg_projection *projection,
                               const char *directory, bg_errors *errors);

/* The same for charts of no scenario: their title alone. */
bg_status bg_chart_title_write(const char *title_en, const char *title_zh, const char *directory,
                               bg_errors *errors);

/* Draws every chart of every unit as SVG and PNG from the data written before. BG_OK also where
 * gnuplot could not draw: then `errors` has a warning. */
bg_status bg_charts_draw(const bg_projection *projection, const bg_chart_options *options,
                         bg_errors *errors);

/* Draws one chart by the name of its script, of which the data were written before. */
bg_status bg_chart_draw(const char *chart, const char *unit, const bg_chart_options *options,
                        bg_errors *errors);

/* Draws the expense fan and the distribution of the balance, of all schemes together, as text
 * `columns` wide (at least 60) to `stream`. Reads the data written before. Warnings as above. */
bg_status bg_charts_print(const bg_chart_options *options, int columns, FILE *stream,
                          bg_errors *errors);

#endif
