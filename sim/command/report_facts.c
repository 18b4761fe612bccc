#include "command/report_facts.h"

#include "base/text.h"
#include "command/messages.h"
#include "contract/money_unit.h"
#include "report/label.h"

#include <baogan/money.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the verdict ---- */

static bool read_chance(const char *text, size_t length, double *chance)
{
    char copy[BG_NUMBER_TEXT];
    bg_decimal value;
    if (length >= sizeof copy) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (bg_decimal_parse(copy, true, &value) || value < 0 || value > BG_ONE) {
        return false;
    }
    *chance = (double)value / (double)BG_ONE;
    return true;
}

bg_status bg_report_verdict(const bg_options *options, bg_brief_facts *facts, bg_errors *errors)
{
    const char *text = options->verdict ? options->verdict : "20%:50%";
    const char *colon = strchr(text, ':');
    const bool read = colon && read_chance(text, (size_t)(colon - text), &facts->noticeable) &&
                      read_chance(colon + 1, strlen(colon + 1), &facts->high) &&
                      facts->noticeable <= facts->high;
    return read
               ? BG_OK
               : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(verdict_no_limits), text);
}

/* ---- the line that repeats it ---- */

/* As a shell reads it back. */
static void add_word(bg_text *line, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "%+,-./:=@_";
    if (*word && word[strspn(word, plain)] == '\0') {
        bg_text_add(line, " %s", word);
        return;
    }
    bg_text_add(line, " '");
    for (const char *c = word; *c; c++) {
        bg_text_add(line, *c == '\'' ? "'\\''" : "%c", *c);
    }
    bg_text_add(line, "'");
}

static void add_option(bg_text *line, const char *name, const char *value)
{
    if (value) {
        bg_text_add(line, " --%s", name);
        add_word(line, value);
    }
}

static char *command_of(const bg_options *options)
{
    bg_text line = {0};
    bg_text_add(&line, "baogan report");
    add_word(&line, options->operands[0]);
    bg_text_add(&line, "%s", options->brief ? " --brief" : "");
    add_option(&line, "lang", options->lang);
    for (size_t i = 0; i < options->set_count; i++) {
        add_option(&line, "set", options->set[i]);
    }
    add_option(&line, "money-unit", options->money_unit);
    add_option(&line, "engine", options->engine);
    add_option(&line, "verdict", options->verdict);
    add_option(&line, "author", options->author);
    add_option(&line, "date", options->date);
    return bg_text_take(&line);
}

/* ---- the head of each page ---- */

static char *running_of(const bg_run_results *results)
{
    const char *language = results->options->lang;
    const bg_contract *contract = &results->input.model.contract;
    const char *title =
        bg_node_in_language(bg_scenario_find(results->input.scenario, "title"), language);
    char last[32] = "";
    if (contract->years > 1) {
        snprintf(last, sizeof last, bg_in_language(language, "–%d", "—%d"),
                 contract->first_year + (int)contract->years - 1);
    }
    return bg_text_format(bg_in_language(language, "Budget of a county medical community: %s, %d%s",
                                         "县域医共体医保总额付费测算　%s　%d%s年"),
                          *title ? title : bg_scenario_file(results->input.scenario),
                          contract->first_year, last);
}

/* ---- what it hangs on ---- */

/* Whether the file still says what the results are from: that of a repeated run may not. */
static bg_status compare_source(const bg_scenario_source *source, const char *yaml, bool *same)
{
    bg_errors unsaid;
    bg_errors_init(&unsaid);
    bg_scenario *scenario = NULL;
    bg_status status = bg_scenario_load(source, &scenario, &unsaid);
    char *text = status ? NULL : bg_scenario_yaml(scenario, true);
    *same = text && strcmp(text, yaml) == 0;
    status = status == BG_MEMORY || (!status && !text) ? BG_MEMORY : BG_OK;
    free(text);
    bg_scenario_free(scenario);
    bg_errors_free(&unsaid);
    return status;
}

static bg_status find_turned(bg_report_facts *self, const bg_run_results *results, const char *yaml,
                             bg_errors *errors)
{
    const bg_options *options = results->options;
    const bg_scenario_source source = bg_input_source(options->operands[0], options);
    bool same = false;
    bg_status status = compare_source(&source, yaml, &same);
    if (!status && same) {
        status = bg_turned_find(&source, &results->input.model,
                                options->threads > 0 ? options->threads : omp_get_max_threads(),
                                options->stop, &self->turned);
        self->brief.turned = &self->turned;
    }
    return status == BG_MEMORY ? bg_no_memory(errors) : status;
}

bg_status bg_report_facts_find(bg_report_facts *self, const bg_options *given,
                               const bg_run_results *results, bg_errors *errors)
{
    char *yaml = bg_scenario_yaml(results->input.scenario, true);
    self->command = command_of(results->options);
    self->running = running_of(results);
    bg_status status = yaml && self->command && self->running ? BG_OK : bg_no_memory(errors);
    if (!status) {
        bg_provenance_digest(yaml, self->digest);
        status = find_turned(self, results, yaml, errors);
    }
    free(yaml);
    self->brief.author = given->author;
    self->brief.date = given->date;
    self->brief.digest = self->digest;
    self->brief.command = self->command;
    return status ? status : bg_report_verdict(given, &self->brief, errors);
}

void bg_report_facts_free(bg_report_facts *self)
{
    free(self->command);
    free(self->running);
    *self = (bg_report_facts){0};
}
