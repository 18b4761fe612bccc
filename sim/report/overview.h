/* Many scenarios, each projected for itself, on one page: a row a scenario, unit and year. */
#ifndef BAOGAN_REPORT_OVERVIEW
#define BAOGAN_REPORT_OVERVIEW

#include <baogan/projection.h>
#include <stdio.h>

/* The outcomes and events of a row. */
#define BG_OVERVIEW_OUTCOMES 6
#define BG_OVERVIEW_EVENTS   5

/* Which outcomes a projection needs for its rows; `wanted` has bg_model_outcome_count entries. */
void bg_overview_wanted(const bg_model *model, bool *wanted);

/* The heading of overview.csv, and the rows of one scenario. BG_MEMORY, else BG_OK. */
bg_status bg_overview_heading(FILE *stream);
bg_status bg_overview_rows(const bg_model *model, const bg_projection *projection, FILE *stream);

/* Sums over the scenarios by calendar year, and the scenarios that are most likely to overspend. */
typedef struct bg_overview bg_overview;
bg_overview *bg_overview_new(void); /* NULL when out of memory */
void bg_overview_free(bg_overview *self);
/* Adds a scenario; in which order does not matter for the sums. BG_MEMORY, else BG_OK. */
bg_status bg_overview_add(bg_overview *self, const bg_model *model,
                          const bg_projection *projection);
void bg_overview_add_failed(bg_overview *self);
/* The page in "en" or "zh". */
bg_status bg_overview_text(const bg_overview *self, const char *language, FILE *stream);

#endif
