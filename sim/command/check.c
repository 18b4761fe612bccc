#include "actual/actual.h"
#include "command/messages.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "contract/money_unit.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/as_read.h"
#include "report/label.h"

#include <baogan/area_model.h>
#include <baogan/sweep.h>
#include <jansson.h>
#include <stdio.h>

/* What one file came to. */
typedef struct checked {
    const bg_options *options;
    bg_errors found;
    bg_document page; /* what was read, in words */
    json_t *
        read; /* the same for machines: an object, or one a community; NULL where nothing was read */
} checked;

/* {"file": …, "valid": …, "read": …, "diagnostics": […]} */
static json_t *file_object(const char *file, bool valid, checked *self)
{
    json_t *object = json_object();
    bg_json_set(&object, "file", json_string_nocheck(file));
    bg_json_set(&object, "valid", json_boolean(valid));
    if (valid || self->read) {
        bg_json_set(&object, "read", self->read);
    }
    bg_json_set(&object, "diagnostics", bg_json_diagnostics(&self->found));
    return object;
}

static void print_verdict(const char *file, const bg_errors *found, const char *language)
{
    printf(bg_in_language(language, "%s: valid (%zu warnings)\n", "%s：有效（%zu条警告）\n"), file,
           bg_messages_warnings(found));
}

/* What `baogan sweep` would refuse before it runs anything. Of a scenario that is wrong as well this says what is
 * wrong with it, too, in place of what was found. */
static bg_status check_plan(const char *file, const bg_options *options, bg_status before,
                            bg_errors *found)
{
    const bg_scenario_source source = bg_input_source(file, options);
    bg_sweep *sweep = NULL;
    bg_errors refused;
    bg_errors_init(&refused);
    bg_status status = bg_sweep_read(&source, &sweep, &refused);
    if (before && status) {
        bg_errors_free(found);
        bg_errors_init(found);
    }
    bg_errors_move(found, &refused);
    bg_errors_free(&refused);
    bg_sweep_free(sweep);
    return before ? before : status;
}

/* What a run refuses is an error here, too; of a scenario with actuals, which settle, a warning. */
static bg_status say_refused(const bg_scenario *scenario, bg_status status, bg_errors *refused,
                             bg_errors *found)
{
    const bg_node *actual = bg_scenario_find(scenario, "actual");
    const bool settles = status == BG_INVALID && actual && actual->child;
    for (size_t i = 0; settles && i < refused->count; i++) {
        bg_error *each = &refused->items[i];
        each->status = BG_OK; /* of a warning */
        bg_errors_say_behind(found, each, bg_error_mark(each), each->path, BG_WORDS(run_refused));
    }
    if (!settles) {
        bg_errors_move(found, refused);
    }
    bg_errors_free(refused);
    return settles ? BG_OK : status;
}

static void read_community(checked *self, const char *name, const bg_model *model)
{
    if (self->options->json) {
        bg_json_set(&self->read, name, bg_as_read_json(model));
    } else {
        bg_document_add(&self->page, BG_PART_CHAPTER, 0, "%s", name);
        bg_as_read(model, &self->page);
    }
}

static bg_status check_area(checked *self, bg_area *area)
{
    bg_area_model model;
    bg_status status = bg_area_model_read(area, &model, &self->found);
    self->read = status == BG_OK && self->options->json ? json_object() : NULL;
    if (status == BG_OK) {
        const bg_money_scale money =
            bg_contract_money(&model.member[0].contract, self->options->lang);
        bg_input_show_money(&model.area, (bg_fen)money.fen); /* the first community's, of all */
        bg_errors refused;
        bg_errors_init(&refused);
        status = bg_area_check(&model, &refused);
        status = say_refused(model.area.scenario, status, &refused, &self->found);
    }
    for (size_t i = 0; status == BG_OK && i < model.area.count; i++) {
        bg_actuals_advise(&model.member[i].contract, &self->found);
        read_community(self, model.area.member[i].name, &model.member[i]);
    }
    bg_area_model_free(&model);
    return status;
}

static bg_status check_scenario(checked *self, bg_scenario *scenario)
{
    bg_input input;
    bg_status status = bg_input_take(&input, scenario, &self->found);
    if (status == BG_OK) {
        bg_errors refused;
        bg_errors_init(&refused);
        status = bg_projection_check(&input.model, &refused);
        status = say_refused(scenario, status, &refused, &self->found);
    }
    if (status == BG_OK) {
        bg_actuals_advise(&input.model.contract, &self->found);
    }
    if (status == BG_OK && self->options->json) {
        self->read = bg_as_read_json(&input.model);
    } else if (status == BG_OK) {
        bg_as_read(&input.model, &self->page);
    }
    bg_input_free(&input);
    return status;
}

/* One scenario, or those of all communities of an area; and the plan of a sweep, if it is one. */
static bg_status check_input(checked *self, const char *file)
{
    bg_area area;
    bg_status status = bg_input_area(&area, file, self->options, &self->found);
    const bool plan = status == BG_OK && bg_scenario_find(area.scenario, "sweep");
    if (status == BG_OK && area.count > 0) {
        status = check_area(self, &area);
    } else if (status == BG_OK) {
        bg_scenario *scenario = area.scenario;
        area.scenario = NULL;
        status = check_scenario(self, scenario);
    }
    bg_area_free(&area);
    status = plan ? check_plan(file, self->options, status, &self->found) : status;
    return status ? status : bg_input_strict(self->options, &self->found);
}

static bg_status check_file(const char *file, const bg_options *options, json_t **list)
{
    checked self = {.options = options};
    bg_errors_init(&self.found);
    bg_document_init(&self.page, options->lang);
    bg_status status = check_input(&self, file);
    if (list) {
        bg_json_append(list, file_object(file, status == BG_OK, &self));
    } else if (status == BG_OK && !options->quiet) {
        print_verdict(file, &self.found, options->lang);
        status = bg_document_write_text(&self.page, stdout);
    }
    fflush(stdout); /* so that verdicts and messages stay in order on a terminal */
    if (!list) {
        bg_messages_flush(&self.found, options->lang, stderr);
    }
    bg_document_free(&self.page);
    bg_errors_free(&self.found);
    return status;
}

bg_status bg_verb_check(const bg_options *options, bg_errors *errors)
{
    json_t *list = options->json ? json_array() : NULL;
    bg_status worst = BG_OK;
    for (size_t i = 0; i < options->operand_count; i++) {
        bg_status status = check_file(options->operands[i], options, options->json ? &list : NULL);
        bg_first(&worst, status);
    }
    if (options->json) {
        bg_status written = bg_json_print(list, stdout, errors);
        bg_first(&worst, written);
    }
    return worst;
}
