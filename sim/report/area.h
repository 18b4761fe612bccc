/* A pooling area on one page: its communities side by side, its pool and what they share. */
#ifndef BAOGAN_REPORT_AREA
#define BAOGAN_REPORT_AREA

#include "format/document.h"
#include "study/contribution.h"

#include <stdio.h>

/* What is reported; borrowed. */
typedef struct bg_area_report {
    const bg_area_model *model;
    bg_projection *const *projection; /* [communities + 1], the last one the whole area */
    const bg_contributions
        *contributions;   /* [communities + 1]; without rows where nothing changes */
    const char *language; /* "en" or "zh"; of the text only */
} bg_area_report;

/* The page, into an empty document; the same as text. BG_MEMORY, else BG_OK. */
void bg_area_report_document(const bg_area_report *self, bg_document *page);
bg_status bg_area_report_text(const bg_area_report *self, FILE *stream);
/* communities.csv: a row an outcome of a community (or "all") in a year, and events.csv likewise. BG_MEMORY, else
 * BG_OK. */
bg_status bg_area_report_outcomes(const bg_area_report *self, FILE *stream);
bg_status bg_area_report_events(const bg_area_report *self, FILE *stream);
/* contributions.csv and outlays.csv: as of a run, of each community and of all. */
bg_status bg_area_report_contributions(const bg_area_report *self, FILE *stream);
bg_status bg_area_report_outlays(const bg_area_report *self, FILE *stream);

#endif
