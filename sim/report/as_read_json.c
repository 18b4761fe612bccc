/* The reading report for machines. */
#include "format/json.h"
#include "report/as_read_parts.h"
#include "report/rule_words.h"
#include "study/default_keys.h"

#include <math.h>
#include <stdlib.h>

static json_t *year_json(const bg_contract *contract, size_t scheme, size_t year)
{
    const bg_history *history = &contract->history;
    const bg_scheme *self = &history->scheme[scheme];
    const double national = bg_past_national_per_head(contract, scheme, history->year[year]);
    json_t *object = json_object();
    bg_json_set(&object, "year", json_integer(history->year[year]));
    bg_json_set(&object, "paid_fen", json_integer(self->paid_fen[year]));
    bg_json_set(&object, "growth", bg_json_number(bg_past_growth(self, year)));
    bg_json_set(&object, "completion",
                json_real((double)history->completion[year] / (double)BG_ONE));
    bg_json_set(&object, "people", json_real(bg_past_people(history, scheme, year)));
    bg_json_set(&object, "paid_per_head_fen",
                json_real(bg_past_paid_per_head(contract, scheme, year)));
    bg_json_set(&object, "national_per_head_fen", bg_json_number(national > 0 ? national : NAN));
    return object;
}

static json_t *scheme_json(const bg_contract *contract, size_t scheme)
{
    const bg_scheme *self = &contract->history.scheme[scheme];
    json_t *years = json_array();
    for (size_t y = 0; y < contract->history.year_count; y++) {
        bg_json_append(&years, year_json(contract, scheme, y));
    }
    json_t *object = json_object();
    bg_json_set(&object, "scheme", json_string(self->name));
    bg_json_set(&object, "people_guessed", json_boolean(self->people_assumed));
    bg_json_set(&object, "years", years);
    return object;
}

static json_t *words_json(bg_text *text)
{
    char *words = bg_text_take(text);
    json_t *made = words ? json_string(words) : NULL;
    free(words);
    return made;
}

static json_t *contract_json(const bg_contract *contract)
{
    json_t *list = json_array();
    const bg_contract_term *term;
    for (size_t i = 0; (term = bg_contract_term_row(i)) != NULL; i++) {
        bg_text text = {0};
        bg_text_add(&text, "%s: ", term->en);
        term->add(&text, contract, "en", bg_money_scale_of(100, 0, "en"));
        bg_json_append(&list, words_json(&text));
    }
    const bg_node *plan = bg_scenario_find(contract->scenario, "settlement");
    for (const bg_node *step = plan ? plan->child : NULL; step; step = step->next) {
        bg_text text = {0};
        bg_text_add(&text, "%s: ", step->key);
        bg_add_step_words(&text, step, "en");
        bg_json_append(&list, words_json(&text));
    }
    return list;
}

static json_t *place_json(const char *path, bg_mark mark)
{
    json_t *object = json_object();
    bg_json_set(&object, "path", json_string(path));
    bg_json_set(&object, "file", bg_json_text(mark.file));
    bg_json_set(&object, "line", json_integer(mark.line));
    return object;
}

static json_t *value_json(const bg_node *node)
{
    char *line = bg_node_line(node);
    json_t *object = place_json(node->path, node->mark);
    bg_json_set(&object, "value", line ? json_string(line) : NULL);
    free(line);
    return object;
}

static void append_given(const bg_node *node, void *context)
{
    json_t **list = context;
    bg_json_append(list, value_json(node));
}

static json_t *notes_json(const bg_scenario *scenario, bg_scenario_note_kind kind)
{
    json_t *list = json_array();
    for (const bg_scenario_note *note = bg_scenario_notes(scenario); note; note = note->next) {
        if (note->kind == kind) {
            bg_json_append(&list, place_json(note->path, note->mark));
        }
    }
    return list;
}

static json_t *defaults_json(const bg_model *model)
{
    bg_default_key *keys = calloc(BG_MOST_DEFAULT_KEYS, sizeof *keys);
    json_t *list = keys ? json_array() : NULL;
    const size_t count = keys ? bg_default_keys(model, keys, BG_MOST_DEFAULT_KEYS) : 0;
    for (size_t i = 0; i < count && i < BG_MOST_DEFAULT_KEYS; i++) {
        json_t *value = value_json(keys[i].node);
        bg_json_set(&value, "source", json_string(keys[i].source));
        bg_json_set(&value, "assumption", json_boolean(keys[i].assumption));
        bg_json_append(&list, value);
    }
    free(keys);
    return list;
}

json_t *bg_as_read_json(const bg_model *model)
{
    const bg_contract *contract = &model->contract;
    json_t *schemes = json_array();
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        bg_json_append(&schemes, scheme_json(contract, s));
    }
    json_t *values = json_array();
    bg_as_read_given(bg_scenario_root(contract->scenario), append_given, &values);
    json_t *object = json_object();
    bg_json_set(&object, "schemes", schemes);
    bg_json_set(&object, "contract", contract_json(contract));
    bg_json_set(&object, "values", values);
    bg_json_set(&object, "removed", notes_json(contract->scenario, BG_NOTE_REMOVED));
    bg_json_set(&object, "merged", notes_json(contract->scenario, BG_NOTE_MERGED));
    bg_json_set(&object, "defaults", defaults_json(model));
    return object;
}
