/* What a restatement changes, as text and JSON. */
#ifndef BAOGAN_REPORT_RESTATED
#define BAOGAN_REPORT_RESTATED

#include "actual/restate.h"

#include <jansson.h>
#include <stdio.h>

/* The differences by input, result, step and account. BG_MEMORY if a line was lost. */
bg_status bg_restated_text(const bg_restated *self, const char *language, FILE *stream);
/* The same with both settlements; NULL when out of memory. */
json_t *bg_restated_json(const bg_restated *self);

#endif
