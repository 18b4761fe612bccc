#include "format/json.h"

#include <math.h>

json_t *bg_json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

json_t *bg_json_fen(double fen)
{
    return isfinite(fen) ? json_integer(llround(fen)) : json_null();
}

json_t *bg_json_text(const char *text)
{
    json_t *string = text ? json_string(text) : NULL;
    return string ? string : json_null();
}

static void give_up(json_t **whole)
{
    json_decref(*whole);
    *whole = NULL;
}

void bg_json_append(json_t **list, json_t *value)
{
    if (json_array_append_new(*list, value)) {
        give_up(list);
    }
}

void bg_json_set(json_t **object, const char *key, json_t *value)
{
    if (json_object_set_new(*object, key, value)) {
        give_up(object);
    }
}

bg_status bg_json_print(json_t *value, FILE *stream, bg_errors *errors)
{
    if (!value) {
        return bg_no_memory(errors);
    }
    int failed = json_dumpf(value, stream, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
    json_decref(value);
    fputc('\n', stream);
    return failed && !ferror(stream) ? bg_no_memory(errors) : BG_OK;
}

json_t *bg_json_diagnostics(const bg_errors *errors)
{
    json_t *list = json_array();
    for (size_t i = 0; i < errors->count; i++) {
        const bg_error *error = &errors->items[i];
        json_t *object = json_object();
        json_object_set_new(object, "severity", json_string(error->warning ? "warning" : "error"));
        json_object_set_new(object, "file", bg_json_text(error->file));
        json_object_set_new(object, "line", json_integer(error->line));
        json_object_set_new(object, "column", json_integer(error->column));
        json_object_set_new(object, "path", bg_json_text(error->path));
        json_object_set_new(object, "name", bg_json_text(error->name));
        json_object_set_new(object, "message", bg_json_text(error->message));
        json_array_append_new(list, object);
    }
    return list;
}
