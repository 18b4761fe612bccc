/* A reform beside its base, as text, JSON and CSV, with the data of its chart. */
#ifndef BAOGAN_REPORT_COMPARISON
#define BAOGAN_REPORT_COMPARISON

#include "format/sheet.h"
#include "report/contribution_rows.h"

#include <baogan/compare.h>
#include <baogan/figure.h>
#include <jansson.h>
#include <stdio.h>

/* One side; everything is borrowed. */
typedef struct bg_compared {
    const bg_model *model;
    const bg_projection *projection;
    const bg_contributions *contributions; /* of its measures and incidents */
    const bg_figure *figure;               /* asked for by name, the same on both sides */
    size_t figure_count;
} bg_compared;

typedef struct bg_comparison {
    bg_compared base, reform;
    const bg_differences *differences;
    const bg_waterfall *waterfall;
    const bg_contributions *contribution_difference; /* of rows that both sides have */
    const char *outcome;                             /* that the waterfall is of */
    const char *language;                            /* "en" or "zh"; of the text only */
} bg_comparison;

/* What a planner reads: which keys differ, what changes, what drove it. */
bg_status bg_comparison_text(const bg_comparison *self, FILE *stream);
/* One object. NULL when out of memory. */
json_t *bg_comparison_json(const bg_comparison *self);
/* changes.csv, differences.csv, waterfall.csv and, in its charts/data/, the chart's data, into a
 * directory where both exist; figures.csv, contributions.csv and outlays.csv where there are any. */
bg_status bg_comparison_csv(const bg_comparison *self, const char *directory, bg_errors *errors);

/* ---- what the three share ---- */

/* The number of years, which also stands for all of them together. */
size_t bg_comparison_years(const bg_comparison *self);
/* The contrasts of an outcome, by its name, in a year, or (year = bg_comparison_years) of all years: added
 * up, or of a balance the last year's. BG_MISSING where one side has no such outcome. */
bg_status bg_comparison_contrast(const bg_comparison *self, size_t unit, size_t year,
                                 const char *outcome, bg_contrasts *result);

/* A chance read off the sign of an outcome. */
typedef struct bg_chance {
    bg_event event;
    const char *outcome;
    bool below; /* below zero, else above */
} bg_chance;

#define BG_CHANCES 5
extern const bg_chance bg_chances[BG_CHANCES];
/* Of any scheme (bg_projection_unit_any): that at least one has the event. */
bg_status bg_comparison_chance(const bg_comparison *self, size_t unit, size_t year,
                               const bg_chance *chance, bg_contrast *result);

/* Figures that are asked for, a row each: of each side its value and standard error, in yuan or points or as a
 * share. */
bool bg_comparison_has_figures(const bg_comparison *self);
bg_estimate bg_comparison_figure(const bg_compared *side, size_t index);
void bg_comparison_figures(const bg_comparison *self, bg_sheet *sheet);

/* The keys that differ, a row each, with both sides on one line, absent where a scenario has no such key. */
void bg_comparison_changes(const bg_comparison *self, bg_sheet *sheet);

/* Whether a side has measures or incidents, or such that cost something beside care. */
bool bg_comparison_has_contributions(const bg_comparison *self);
bool bg_comparison_has_outlays(const bg_comparison *self);
/* What they do, by side: base, reform and, of what both have, difference; what they cost and bring back
 * likewise. `form` as of a run, with a lead. */
void bg_comparison_contributions(const bg_comparison *self, const bg_contribution_form *form,
                                 bg_sheet *sheet);
void bg_comparison_outlays(const bg_comparison *self, const bg_contribution_form *form,
                           bg_sheet *sheet);

#endif
