#include "command/messages.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/label.h"

#include <baogan/area_model.h>
#include <baogan/sweep.h>
#include <jansson.h>
#include <stdio.h>

/* {"file": …, "valid": …, "diagnostics": […]} */
static json_t *file_object(const char *file, bool valid, const bg_errors *found)
{
    json_t *object = json_object();
    json_object_set_new(object, "file", json_string_nocheck(file));
    json_object_set_new(object, "valid", json_boolean(valid));
    json_object_set_new(object, "diagnostics", bg_json_diagnostics(found));
    return object;
}

static void print_verdict(const char *file, const bg_errors *found, const char *language)
{
    printf(bg_in_language(language, "%s: valid (%zu warnings)\n", "%s：有效（%zu条警告）\n"), file,
           bg_messages_warnings(found));
}

/* What `baogan sweep` would refuse before it runs anything. Warnings of the scenario are not said twice. */
static bg_status check_plan(const char *file, const bg_options *options, bg_errors *found)
{
    const bg_scenario_source source = bg_input_source(file, options);
    bg_sweep *sweep = NULL;
    const bg_status status = bg_sweep_read(&source, &sweep, found);
    bg_sweep_free(sweep);
    return status;
}

/* One scenario, or those of all communities of an area; and the plan of a sweep, if it is one. */
static bg_status check_input(const char *file, const bg_options *options, bg_errors *found)
{
    bg_area area;
    bg_status status = bg_input_area(&area, file, options, found);
    const bool plan = status == BG_OK && bg_scenario_find(area.scenario, "sweep");
    if (status == BG_OK && area.count > 0) {
        bg_area_model model;
        status = bg_area_model_read(&area, &model, found);
        bg_area_model_free(&model);
    } else if (status == BG_OK) {
        bg_input input;
        status = bg_input_take(&input, area.scenario, found);
        area.scenario = NULL;
        bg_input_free(&input);
    }
    bg_area_free(&area);
    status = plan && status == BG_OK ? check_plan(file, options, found) : status;
    return status ? status : bg_input_strict(options, found);
}

static bg_status check_file(const char *file, const bg_options *options, json_t *list)
{
    bg_errors found;
    bg_errors_init(&found);
    const bg_status status = check_input(file, options, &found);
    if (list) {
        json_array_append_new(list, file_object(file, status == BG_OK, &found));
    } else if (status == BG_OK && !options->quiet) {
        print_verdict(file, &found, options->lang);
    }
    fflush(stdout); /* so that verdicts and messages stay in order on a terminal */
    if (!list) {
        bg_messages_flush(&found, options->lang, stderr);
    }
    bg_errors_free(&found);
    return status;
}

bg_status bg_verb_check(const bg_options *options, bg_errors *errors)
{
    json_t *list = options->json ? json_array() : NULL;
    bg_status worst = BG_OK;
    for (size_t i = 0; i < options->operand_count; i++) {
        bg_status status = check_file(options->operands[i], options, list);
        bg_first(&worst, status);
    }
    if (list) {
        bg_status written = bg_json_print(list, stdout, errors);
        bg_first(&worst, written);
    }
    return worst;
}
