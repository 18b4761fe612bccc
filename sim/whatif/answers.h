/* The answers, one a kind of request: each adds its members to an object and leaves what is wrong in `errors`. */
#ifndef BAOGAN_WHATIF_ANSWERS
#define BAOGAN_WHATIF_ANSWERS

#include "whatif/request.h"
#include "whatif/session.h"

typedef bg_status bg_whatif_answerer(bg_whatif *self, const bg_whatif_request *request,
                                     json_t **answer, bg_errors *errors);

bg_whatif_answerer bg_whatif_set, bg_whatif_figures, bg_whatif_result, bg_whatif_sheets,
    bg_whatif_catalogue, bg_whatif_messages, bg_whatif_save;

/* [{"severity", "path", "name", "message", "message_zh"}]. NULL when out of memory. */
json_t *bg_whatif_told(const bg_errors *errors);

#endif
