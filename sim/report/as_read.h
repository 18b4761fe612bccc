/* What was read, for somebody to check and sign: past years beside national figures, lines, the contract in
 * words, where each value stands, what was removed, merged and left to defaults. A page may outlive the model
 * and the scenario that it is about. */
#ifndef BAOGAN_REPORT_AS_READ
#define BAOGAN_REPORT_AS_READ

#include "contract/budgets.h"
#include "format/document.h"

#include <baogan/projection.h>
#include <jansson.h>

/* One sentence on the last past year of all schemes, for a screen; one a scheme; the same and one on the contract: what
 * a report begins with. */
void bg_as_read_last_year(const bg_contract *contract, bg_money_scale unit, bg_document *page);
void bg_as_read_data(const bg_contract *contract, bg_money_scale unit, bg_document *page);
void bg_as_read_sentences(const bg_contract *contract, bg_money_scale unit, bg_document *page);
/* Tables of the past years and of the lines of the last one. */
void bg_as_read_history(const bg_contract *contract, bg_money_scale unit, bg_document *page);
/* All of it. */
void bg_as_read(const bg_model *model, bg_document *page);

/* {"schemes": […], "contract": […], "values": […], "removed": […], "merged": […], "defaults": […]}; NULL when
 * out of memory. Words are English. */
json_t *bg_as_read_json(const bg_model *model);

#endif
