#include "command/repeat.h"

#include "command/messages.h"
#include "command/provenance.h"
#include "command/scenario_input.h"
#include "scenario/value.h"

#include <baogan/file.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_RUN = 64 << 20 };

static const char *text_of(const json_t *object, const char *key)
{
    return json_string_value(json_object_get(object, key));
}

static const json_t *scenario_of(const bg_repeat *self)
{
    return json_object_get(self->run, "scenario");
}

/* ---- reading ---- */

/* The file as JSON of the form of run.json; NULL if it is something else. */
static bg_status read_run(const char *path, json_t **run, bg_errors *errors)
{
    const size_t length = strlen(path), ending = strlen(".json");
    *run = NULL;
    if (length < ending || strcmp(path + length - ending, ".json") != 0) {
        return BG_OK;
    }
    char *data = NULL;
    size_t size = 0;
    const bg_status status = bg_file_read(path, LARGEST_RUN, &data, &size, errors);
    json_t *value = status ? NULL : json_loadb(data, size, 0, NULL);
    free(data);
    const json_t *scenario = json_object_get(value, "scenario");
    if (text_of(scenario, "file") && text_of(scenario, "yaml") && text_of(scenario, "sha256") &&
        json_object_get(value, "options")) {
        *run = value;
    } else {
        json_decref(value);
    }
    return status;
}

/* The options of the run; its operand, and room for `more` overrides. */
static bg_status record_options(bg_repeat *self, size_t more, bg_errors *errors)
{
    const json_t *options = json_object_get(self->run, "options");
    const json_t *overrides = json_object_get(options, "set");
    bg_options *recorded = &self->recorded;
    recorded->operands = calloc(1, sizeof *recorded->operands);
    recorded->set = calloc(json_array_size(overrides) + more + 1, sizeof *recorded->set);
    if (!recorded->operands || !recorded->set) {
        return bg_no_memory(errors);
    }
    recorded->operands[recorded->operand_count++] = text_of(scenario_of(self), "file");
    for (size_t i = 0; i < json_array_size(overrides); i++) {
        const char *override = json_string_value(json_array_get(overrides, i));
        recorded->set[recorded->set_count] = override;
        recorded->set_count += override != NULL;
    }
    recorded->lang = text_of(options, "lang");
    recorded->until = text_of(options, "until");
    recorded->money_unit = text_of(options, "money_unit");
    recorded->max_replications =
        (size_t)json_integer_value(json_object_get(options, "max_replications"));
    recorded->keep_draws = json_is_true(json_object_get(options, "keep_draws"));
    recorded->no_check = json_is_true(json_object_get(options, "no_check"));
    return BG_OK;
}

static void combine(bg_repeat *self, const bg_options *given)
{
    const bg_options *recorded = &self->recorded;
    self->options = *given;
    self->options.operands = recorded->operands;
    self->options.set = recorded->set;
    self->options.set_count = recorded->set_count;
    for (size_t i = 0; i < given->set_count; i++) {
        self->options.set[self->options.set_count++] = given->set[i];
    }
    self->options.lang = given->lang_given || !recorded->lang ? given->lang : recorded->lang;
    self->options.money_unit = given->money_unit ? given->money_unit : recorded->money_unit;
    self->options.money_fen = bg_options_money_fen(self->options.money_unit);
    self->options.until = given->until ? given->until : recorded->until;
    self->options.max_replications =
        given->max_replications ? given->max_replications : recorded->max_replications;
    self->options.keep_draws = given->keep_draws || recorded->keep_draws;
    self->options.no_check = given->no_check || recorded->no_check;
}

bg_status bg_repeat_open(bg_repeat *self, const bg_options *options, bg_errors *errors)
{
    *self = (bg_repeat){.file = options->operands[0], .options = *options};
    bg_status status = read_run(self->file, &self->run, errors);
    if (status || !self->run) {
        return status;
    }
    if (json_object_get(self->run, "communities") || json_object_get(self->run, "community")) {
        return bg_errors_say(errors, BG_INVALID, (bg_mark){.file = self->file}, NULL,
                             BG_SAY(repeat_of_area), text_of(scenario_of(self), "file"));
    }
    status = record_options(self, options->set_count, errors);
    if (!status) {
        combine(self, options);
    }
    return status;
}

/* ---- loading ---- */

/* Of the file of that run; 0 where it is not recorded. */
static bg_fen unit_of(const bg_repeat *self)
{
    const char *word = text_of(scenario_of(self), "money_unit");
    return word ? bg_money_unit(word) : 0;
}

/* Whether the scenario's own file, and those it names, still say what they said. */
static bool is_unchanged(const bg_repeat *self)
{
    bg_errors unsaid;
    bg_errors_init(&unsaid);
    bg_area area;
    bool same = false;
    if (bg_input_area(&area, self->recorded.operands[0], &self->recorded, &unsaid) == BG_OK) {
        char *yaml = bg_scenario_yaml(area.scenario, true);
        char digest[BG_PROVENANCE_DIGEST];
        same =
            area.count == 0 && yaml &&
            strcmp(bg_provenance_digest(yaml, digest), text_of(scenario_of(self), "sha256")) == 0;
        free(yaml);
    }
    bg_area_free(&area);
    bg_errors_free(&unsaid);
    return same;
}

bg_status bg_repeat_load(const bg_repeat *self, bg_area *area, bg_errors *errors)
{
    if (!self->run || is_unchanged(self)) {
        return bg_input_area(area, self->options.operands[0], &self->options, errors);
    }
    *area = (bg_area){.scenario = NULL};
    const char *yaml = text_of(scenario_of(self), "yaml");
    bg_errors_advise(errors, (bg_mark){.file = self->file}, NULL, BG_SAY(repeat_of_changed),
                     self->recorded.operands[0]);
    const size_t recorded = self->recorded.set_count;
    const bg_status status = bg_scenario_parse_written(
        yaml, strlen(yaml), self->file, unit_of(self), self->options.set + recorded,
        self->options.set_count - recorded, &area->scenario, errors);
    bg_input_show_money(area, self->options.money_fen);
    return status;
}

void bg_repeat_free(bg_repeat *self)
{
    free(self->recorded.operands);
    free(self->recorded.set);
    json_decref(self->run);
    *self = (bg_repeat){.run = NULL};
}
