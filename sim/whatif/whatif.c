/* From a request to its answer. */
#include "format/json.h"
#include "whatif/answers.h"

#include <stdlib.h>

static bg_whatif_answerer *const answerers[BG_WHATIF_ASK_COUNT] = {
    [BG_WHATIF_set] = bg_whatif_set,
    [BG_WHATIF_figures] = bg_whatif_figures,
    [BG_WHATIF_run] = bg_whatif_result,
    [BG_WHATIF_sheets] = bg_whatif_sheets,
    [BG_WHATIF_catalogue] = bg_whatif_catalogue,
    [BG_WHATIF_messages] = bg_whatif_messages,
    [BG_WHATIF_save] = bg_whatif_save,
};

char *bg_whatif_answer(bg_whatif *self, const char *request, size_t size)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_whatif_request read;
    json_t *members = json_object(), *answer = json_object();
    bg_status status = bg_whatif_request_read(request, size, &read, &errors);
    status = status ? status : answerers[read.ask](self, &read, &members, &errors);
    if (status && errors.count == 0) { /* there was no room for the words either */
        bg_no_memory(&errors);
    }
    bg_json_set(&answer, "ok", json_boolean(!status));
    if (!status) {
        json_object_update_missing(answer, members);
    }
    bg_json_set(&answer, "messages", bg_whatif_told(&errors));
    char *text = (status || members) && answer
                     ? json_dumps(answer, JSON_COMPACT | JSON_REAL_PRECISION(15))
                     : NULL;
    json_decref(answer);
    json_decref(members);
    bg_whatif_request_free(&read);
    bg_errors_free(&errors);
    return text;
}
