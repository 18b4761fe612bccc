/* Settlements of real years: what happened (`actual`) put through the budget and the plan, years and
 * fund balances linked. */
#ifndef BAOGAN_ACTUAL_ACTUAL
#define BAOGAN_ACTUAL_ACTUAL

#include "report/central_budget.h"

#include <baogan/projection.h>
#include <jansson.h>
#include <stdio.h>

/* Machine names of inputs and results, by their enumerations. */
extern const char *const bg_settlement_input_names[BG_INPUT_COUNT];
extern const char *const bg_settlement_result_names[BG_RESULT_COUNT];

typedef struct bg_settled {
    int year;
    size_t scheme;
    bg_settlement_block block; /* of one unit */
    bg_trace trace;
} bg_settled;

typedef struct bg_settled_list {
    bg_settled *items; /* by year, then scheme */
    size_t count;
    bg_central_budget budget; /* of all years */
} bg_settled_list;

/* Settles every year of `actual` up to `last_year` (0: all). A fund's balance is that of
 * actual[year][scheme].opening where given, else what the year before left, else the opening balance
 * of the budget. Errors with marks: no actuals, a year that is no budget year, a scheme without
 * history, no expense. Free with bg_settled_list_free whatever the outcome; twice is safe. */
bg_status bg_settle_actuals(const bg_scenario *scenario, const bg_model *model, int last_year,
                            bg_settled_list *list, bg_errors *errors);
void bg_settled_list_free(bg_settled_list *self);

/* One settlement as text (with `explain` each posting) and as JSON (always with the postings). */
bg_status bg_settled_text(const bg_settled *self, const bg_model *model, const char *language,
                          bool explain, FILE *stream);
json_t *bg_settled_json(const bg_settled *self, const bg_model *model);

#endif
