/* The results of a run, as text, JSON and CSV. */
#ifndef BAOGAN_REPORT_REPORT
#define BAOGAN_REPORT_REPORT

#include "contract/budgets.h"
#include "format/document.h"
#include "projection/central.h"
#include "projection/incentive.h"
#include "study/check.h"
#include "study/contribution.h"
#include "study/pool_year.h"

#include <baogan/figure.h>
#include <jansson.h>
#include <stdio.h>

/* What is reported; everything is borrowed. */
typedef struct bg_report {
    const bg_scenario *scenario;
    const bg_model *model;
    const bg_budgets *budget;
    const bg_projection *projection;
    const bg_contributions *contributions; /* of measures and incidents; NULL: not worked out */
    const bg_pool_years *pool;             /* NULL in reports that have none of a pool's years */
    const bg_incentive *incentive;         /* NULL: not worked out */
    size_t party;                          /* whose rows of it */
    const bg_central *central;             /* the central path settled, explained; NULL: not told */
    const bg_check *check;                 /* beside the reference engine; NULL: not compared */
    const bg_errors *warnings;
    const bg_target *until; /* what the run was to reach, or NULL */
    const char *language;   /* "en" or "zh"; of the text only */
} bg_report;

/* What a planner reads in a minute, into an empty document. The brief one names only the assumptions that carry the
 * result. */
void bg_report_document(const bg_report *report, bool brief, bg_document *document);
/* The same as text. */
bg_status bg_report_text(const bg_report *report, bool brief, FILE *stream);

/* One object; its schema is bg_result_schema. NULL when out of memory. */
json_t *bg_report_json(const bg_report *self);

/* The tables of sim/report/README.md, into a directory that exists. */
bg_status bg_report_csv(const bg_report *self, const char *directory, bg_errors *errors);

/* The same one by one: their number and names, whether the report has one, and its cells, into an empty sheet. */
size_t bg_report_table_count(void);
const char *bg_report_table_name(size_t table);
bool bg_report_has_table(const bg_report *self, size_t table);
void bg_report_table_fill(const bg_report *self, size_t table, bg_sheet *sheet);

/* The budgets alone: text (with `explain` each line and where it comes from) and JSON. */
bg_status bg_budget_text(const bg_model *model, const bg_budgets *budget, const char *language,
                         bool explain, FILE *stream);
json_t *bg_budget_json(const bg_model *model, const bg_budgets *budget);

/* Where a line's rate or amount stands: "county.yaml:12", "default", "assumption" (in `language`), or
 * "" for plain arithmetic. */
const char *bg_budget_line_source(const bg_budget_line *line, const char *language, char *buffer,
                                  size_t size);
/* What stands before the inputs of a line, if it has any: "= " before arithmetic, "" before words. */
const char *bg_budget_line_sign(const bg_budget_line *line);

/* The sentence on the age of a scheme's base; new string, NULL when out of memory. */
char *bg_lag_sentence(const bg_model *model, const bg_budgets *budget, size_t scheme,
                      const char *language);

#endif
