/* A year that was settled before all its claims were in, and settled again: what differs. */
#ifndef BAOGAN_REPORT_RESTATED
#define BAOGAN_REPORT_RESTATED

#include "actual/actual.h"

/* Two settlements of one year and scheme, each with its model; everything is borrowed. */
typedef struct bg_restated {
    const bg_settled *first, *second;
    const bg_model *first_model, *second_model;
} bg_restated;

/* What is paid to the community (negative: refunded by it) beyond the first clearing. */
bg_fen bg_restated_clearing(const bg_restated *self);

/* The differences by input, result, step and account. BG_MEMORY if a line was lost. */
bg_status bg_restated_text(const bg_restated *self, const char *language, FILE *stream);
/* The same with both settlements; NULL when out of memory. */
json_t *bg_restated_json(const bg_restated *self);

#endif
