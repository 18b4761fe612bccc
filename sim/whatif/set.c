/* Keys that are set, and what the scenario is with them. */
#include "base/text.h"
#include "format/json.h"
#include "report/parameters.h"
#include "whatif/answers.h"
#include "whatif/messages.h"

#include <stdlib.h>
#include <string.h>

/* ---- set ---- */

/* As an override has it; new string, NULL when out of memory. Only of what is_value. */
static char *value_text(const json_t *value)
{
    if (json_is_string(value)) {
        return bg_text_format("%s", json_string_value(value));
    }
    return json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
}

static bool is_value(const json_t *value)
{
    return json_is_string(value) || json_is_number(value) || json_is_boolean(value);
}

static bool is_of(const char *setting, const char *path)
{
    const size_t length = strlen(path);
    return strncmp(setting, path, length) == 0 && setting[length] == '=';
}

static bool add_setting(bg_whatif_settings *to, char *text)
{
    to->text[to->count] = text;
    to->count += text != NULL;
    return text;
}

/* Those there were that are not set anew, in their order, then the others in that of the request. */
static bg_status join(const bg_whatif_settings *before, json_t *values, bg_whatif_settings *to)
{
    bool good = true;
    to->text = calloc(before->count + json_object_size(values) + 1, sizeof *to->text);
    for (size_t i = 0; to->text && good && i < before->count; i++) {
        bool anew = false;
        const char *path;
        json_t *value;
        json_object_foreach(values, path, value)
        {
            anew = anew || is_of(before->text[i], path);
        }
        good = anew || add_setting(to, bg_text_format("%s", before->text[i]));
    }
    const char *path;
    json_t *value;
    json_object_foreach(values, path, value)
    {
        if (to->text && good && !json_is_null(value)) {
            char *text = value_text(value);
            good = text && add_setting(to, bg_text_format("%s=%s", path, text));
            free(text);
        }
    }
    return to->text && good ? BG_OK : BG_MEMORY;
}

static bg_status check_values(json_t *values, bg_errors *errors)
{
    bg_status status = BG_OK;
    const char *path;
    json_t *value;
    json_object_foreach(values, path, value)
    {
        if (!is_value(value) && !json_is_null(value)) {
            bg_first(&status,
                     bg_errors_say(errors, BG_TYPE, BG_NOWHERE, path, BG_SAY(request_value)));
        }
    }
    return status;
}

/* {path: value, …} */
static json_t *settings_object(const bg_whatif_settings *settings)
{
    json_t *object = json_object();
    for (size_t i = 0; i < settings->count; i++) {
        const char *text = settings->text[i], *equals = strchr(text, '=');
        char *path = bg_text_format("%.*s", (int)(equals - text), text);
        bg_json_set(&object, path ? path : "", path ? json_string(equals + 1) : NULL);
        free(path);
    }
    return object;
}

bg_status bg_whatif_set(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                        bg_errors *errors)
{
    bg_whatif_settings settings = {0};
    bg_whatif_state next = {0};
    bg_status status = check_values(request->values, errors);
    if (!status && join(&self->state.settings, request->values, &settings)) {
        status = bg_no_memory(errors);
    }
    status = status ? status : bg_whatif_read(self, &settings, &next, errors);
    bg_whatif_settings_free(&settings);
    if (status) {
        return status;
    }
    const bg_drawn before = bg_drawn_of(&self->state.model, NULL);
    const bg_drawn after = bg_drawn_of(&next.model, NULL);
    bg_whatif_forget(self);
    bg_whatif_state_free(&self->state);
    self->state = next;
    bg_json_set(answer, "set", settings_object(&self->state.settings));
    bg_json_set(answer, "same_futures", json_boolean(bg_drawn_same(&before, &after)));
    bg_json_set(answer, "warnings", bg_whatif_told(&self->state.warnings));
    return BG_OK;
}

/* ---- what there is to set, and what it is ---- */

static const char *origin_of(const bg_node *node)
{
    static const char *const names[] = {[BG_ORIGIN_FILE] = "scenario",
                                        [BG_ORIGIN_EXTENDED] = "scenario",
                                        [BG_ORIGIN_OVERRIDE] = "set",
                                        [BG_ORIGIN_DEFAULT] = "default"};
    return names[node->origin];
}

/* A value, or a table of values as a whole. */
static bool is_whole(const bg_node *node)
{
    const bg_shape shape = node->parameter ? node->parameter->shape : BG_SHAPE_SECTION;
    return shape != BG_SHAPE_SECTION && shape != BG_SHAPE_ENTRIES && shape != BG_SHAPE_STEPS;
}

static void add_values(const bg_node *node, const char *prefix, json_t **list)
{
    if (is_whole(node) && bg_parameter_under(node->parameter, prefix)) {
        char *line = bg_node_line(node);
        json_t *row = json_object();
        bg_json_set(&row, "path", bg_json_text(node->path));
        bg_json_set(&row, "row", bg_json_text(node->parameter->path));
        bg_json_set(&row, "value", line ? json_string(line) : NULL);
        bg_json_set(&row, "origin", bg_json_text(origin_of(node)));
        bg_json_append(list, row);
        free(line);
    }
    for (const bg_node *child = is_whole(node) ? NULL : node->child; child; child = child->next) {
        add_values(child, prefix, list);
    }
}

bg_status bg_whatif_catalogue(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                              bg_errors *errors)
{
    (void)errors;
    json_t *values = json_array();
    add_values(bg_scenario_root(self->state.scenario), request->path, &values);
    bg_json_set(answer, "catalogue", bg_parameters_json(request->path));
    bg_json_set(answer, "values", values);
    return BG_OK;
}

bg_status bg_whatif_messages(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                             bg_errors *errors)
{
    (void)request;
    (void)errors;
    bg_json_set(answer, "warnings", bg_whatif_told(&self->state.warnings));
    return BG_OK;
}

bg_status bg_whatif_save(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                         bg_errors *errors)
{
    (void)request;
    (void)errors;
    char *text = bg_scenario_yaml(self->state.scenario, true);
    bg_json_set(answer, "scenario", text ? json_string(text) : NULL);
    free(text);
    return BG_OK;
}
