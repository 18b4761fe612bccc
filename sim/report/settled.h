/* Settlements of real years, and planners' cases, as text and JSON. */
#ifndef BAOGAN_REPORT_SETTLED
#define BAOGAN_REPORT_SETTLED

#include "actual/case.h"
#include "format/document.h"

#include <jansson.h>
#include <stdio.h>

/* One settlement as text (with `explain` each posting) and as JSON (always with the postings). */
bg_status bg_settled_text(const bg_settled *self, const bg_contract *contract, const char *language,
                          bool explain, FILE *stream);
json_t *bg_settled_json(const bg_settled *self, const bg_contract *contract);

/* A year settled before all its claims are in says so: what was recorded, and by what it was divided. */
void bg_settled_say_completion(const bg_settled *self, const bg_plan *plan, bg_document *page);

/* How much of the balance is money of funds that comes back, and why something is to be paid or given back. Needs the
 * postings. */
void bg_settled_say_meaning(const bg_settled *self, const bg_contract *contract,
                            bg_money_scale unit, bg_document *page);

/* For each year and scheme with an amount that differs: those amounts, and all steps with what they
 * were expected to move, moved, and left. */
bg_status bg_case_text(const bg_case *self, const char *language, FILE *stream);
/* The amounts that differ, as a list. */
json_t *bg_case_json(const bg_case *self);

#endif
