/* Errors and warnings as an answer has them, in both languages. */
#include "format/json.h"
#include "whatif/answers.h"

json_t *bg_whatif_told(const bg_errors *errors)
{
    json_t *list = json_array();
    for (size_t i = 0; i < errors->count; i++) {
        const bg_error *error = &errors->items[i];
        json_t *told = json_object();
        bg_json_set(&told, "severity", bg_json_text(error->warning ? "warning" : "error"));
        bg_json_set(&told, "path", bg_json_text(error->path));
        bg_json_set(&told, "name", bg_json_text(error->name));
        bg_json_set(&told, "message", bg_json_text(error->message));
        bg_json_set(&told, "message_zh", bg_json_text(error->message_zh));
        bg_json_append(&list, told);
    }
    return list;
}
