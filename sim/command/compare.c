/* Reforms beside a base, each into a directory of its own. */
#include "base/nearest.h"
#include "base/text.h"
#include "chart/chart.h"
#include "command/html_file.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "contract/money_unit.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "projection/kept.h"
#include "report/comparison.h"
#include "report/label.h"
#include "report/variants.h"
#include "study/contribution_difference.h"

#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_OUTCOME "result"

/* One scenario, read and projected. */
typedef struct side {
    bg_kept *kept; /* futures that both sides and their mixtures share; the base's */
    bg_input input;
    bg_projection *projection;
    bg_contributions contributions;
    bg_figure figure[BG_FIGURE_UNITS]; /* one for each unit, or none */
    size_t figures;
} side;

static void side_free(side *self)
{
    bg_contributions_free(&self->contributions);
    bg_projection_free(self->projection);
    bg_input_free(&self->input);
    *self = (side){0};
}

static bg_status side_load(side *self, const char *path, const bg_options *options)
{
    bg_errors messages;
    bg_errors_init(&messages);
    const bg_status status = bg_input_load(&self->input, path, options, &messages);
    bg_messages_flush(&messages, options->lang, stderr);
    return status;
}

/* One figure of a unit, or one of each unit where none is named. */
static bg_status side_ask(side *self, const bg_options *options, bg_errors *errors)
{
    if (!options->figure) {
        return BG_OK;
    }
    const bg_model *model = &self->input.model;
    size_t units[BG_FIGURE_UNITS];
    bg_figure figure;
    const bg_status status = bg_figure_parse(model, options->figure, "--figure", &figure, errors);
    self->figures = status ? 0 : bg_figure_units(&figure, model, units);
    for (size_t i = 0; i < self->figures; i++) {
        self->figure[i] = figure;
        self->figure[i].unit = units[i];
    }
    return status;
}

static bg_projection_options projection_options(const bg_options *options, bg_kept *kept,
                                                bg_progress *progress)
{
    return (bg_projection_options){.threads = options->threads,
                                   .kept = kept,
                                   .progress = progress ? bg_progress_show : NULL,
                                   .context = progress,
                                   .keep = true,
                                   .stop = options->stop};
}

static bg_status side_project(side *self, const bg_options *options, bg_errors *errors)
{
    bg_progress progress;
    bg_progress_start(&progress, options->quiet, options->lang);
    bg_projection_options how = projection_options(options, self->kept, &progress);
    how.figures = self->figure;
    how.figure_count = self->figures;
    const bg_status status = bg_projection_run(&self->input.model, &how, &self->projection, errors);
    bg_progress_end(&progress);
    return status;
}

static bg_status side_contribute(side *self, const bg_options *options, bg_errors *errors)
{
    const bg_projection_options how = projection_options(options, self->kept, NULL);
    return bg_contributions_compute(self->input.scenario,
                                    bg_projection_replications(self->projection), &how,
                                    &self->contributions, errors);
}

/* A reform beside the base. */
typedef struct comparing {
    const bg_options *options;
    const side *base;
    side reform;
    bg_differences differences;
    bg_waterfall waterfall;
    bg_contributions difference; /* of what both sides' measures do */
    bg_run_directory directory;
    const char *out; /* NULL: as numbered */
} comparing;

static bg_compared compared(const side *self)
{
    return (bg_compared){.model = &self->input.model,
                         .projection = self->projection,
                         .contributions = &self->contributions,
                         .figure = self->figure,
                         .figure_count = self->figures};
}

static bg_comparison comparison_of(const comparing *self)
{
    const char *outcome = self->options->outcome;
    return (bg_comparison){
        .base = compared(self->base),
        .reform = compared(&self->reform),
        .differences = &self->differences,
        .waterfall = &self->waterfall,
        .contribution_difference = &self->difference,
        .outcome = outcome ? outcome : DEFAULT_OUTCOME,
        .language = self->options->lang,
    };
}

static bg_status find_differences(comparing *self, bg_errors *errors)
{
    bg_status status =
        bg_compare_check(&self->base->input.model, &self->reform.input.model, errors);
    if (status) {
        return status;
    }
    status = bg_differences_find(self->base->input.scenario, self->reform.input.scenario,
                                 &self->differences);
    return status ? bg_no_memory(errors) : BG_OK;
}

static bg_status project(comparing *self, bg_errors *errors)
{
    const bg_status status = side_ask(&self->reform, self->options, errors);
    return status ? status : side_project(&self->reform, self->options, errors);
}

static bg_status explain(comparing *self, bg_errors *errors)
{
    const bg_projection_options how = projection_options(self->options, self->base->kept, NULL);
    return bg_waterfall_compute(&self->base->input.model, &self->reform.input.model,
                                &self->differences, comparison_of(self).outcome, &how,
                                &self->waterfall, errors);
}

static bg_status find_contributions(comparing *self, bg_errors *errors)
{
    const bg_status status = side_contribute(&self->reform, self->options, errors);
    return status
               ? status
               : bg_contributions_subtract(&self->reform.contributions, &self->base->contributions,
                                           &self->difference, errors);
}

static bg_status open_directory(comparing *self, bg_errors *errors)
{
    return bg_run_directory_open(&self->directory, self->out,
                                 bg_scenario_file(self->reform.input.scenario), errors);
}

static bg_status write_tables(comparing *self, bg_errors *errors)
{
    const bg_comparison comparison = comparison_of(self);
    const bg_status status = bg_chart_facts_write(
        &self->reform.input.model, self->reform.projection, self->directory.temporary, errors);
    return status ? status : bg_comparison_csv(&comparison, self->directory.temporary, errors);
}

static bg_status write_text(comparing *self, bg_errors *errors)
{
    const bg_comparison comparison = comparison_of(self);
    bg_output output = {0};
    bg_status status = bg_run_directory_create(&self->directory, "comparison.txt", &output, errors);
    if (!status) {
        status = bg_comparison_text(&comparison, output.stream);
        status = status ? status : bg_output_commit(&output, errors);
    }
    bg_output_discard(&output);
    return status;
}

static bg_status write_json(comparing *self, bg_errors *errors)
{
    const bg_comparison comparison = comparison_of(self);
    bg_output output = {0};
    bg_status status =
        bg_run_directory_create(&self->directory, "comparison.json", &output, errors);
    if (!status) {
        status = bg_json_print(bg_comparison_json(&comparison), output.stream, errors);
        status = status ? status : bg_output_commit(&output, errors);
    }
    bg_output_discard(&output);
    return status;
}

static bg_status draw_chart(comparing *self, bg_errors *errors)
{
    return bg_program_chart("waterfall", "all", self->directory.temporary, self->options, errors);
}

static bg_status commit(comparing *self, bg_errors *errors)
{
    return bg_run_directory_commit(&self->directory, errors);
}

static bg_status print(comparing *self, bg_errors *errors)
{
    const bg_comparison comparison = comparison_of(self);
    const bg_options *options = self->options;
    const bg_status status = options->json
                                 ? bg_json_print(bg_comparison_json(&comparison), stdout, errors)
                                 : bg_comparison_text(&comparison, stdout);
    fflush(stdout);
    if (!options->quiet) {
        fprintf(stderr,
                bg_in_language(options->lang, "Every figure, and the chart: %s\n",
                               "全部数字与图表：%s\n"),
                self->directory.final);
    }
    return status;
}

static void comparing_free(comparing *self)
{
    bg_run_directory_discard(&self->directory);
    bg_contributions_free(&self->difference);
    bg_waterfall_free(&self->waterfall);
    bg_differences_free(&self->differences);
    side_free(&self->reform);
}

/* What is found stays in *self, which the caller frees. */
static bg_status compare_one(comparing *self, const char *path, bg_errors *errors)
{
    static bg_status (*const stages[])(comparing *, bg_errors *) = {
        find_differences,   open_directory, project,    explain,
        find_contributions, write_tables,   write_text, write_json,
        draw_chart,         commit,         print,
    };
    const bg_options *options = self->options;
    bg_status status = side_load(&self->reform, path, options);
    if (!status) {
        const bg_money_scale money =
            bg_contract_money(&self->base->input.model.contract, options->lang);
        bg_scenario_show_money(self->reform.input.scenario, (bg_fen)money.fen);
    }
    for (size_t i = 0; i < sizeof stages / sizeof *stages && !status; i++) {
        status = *options->stop ? BG_INTERRUPTED : stages[i](self, errors);
    }
    return status;
}

/* ---- all of them in one document ---- */

static bg_status draw_variants(const bg_comparison *variants, size_t count,
                               const bg_run_directory *work, const bg_options *options,
                               bg_errors *errors)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, options->lang);
    bg_variants_rows(variants, count, &sheet);
    const bg_compared *base = &variants[0].base;
    bg_status status = bg_chart_facts_write(base->model, base->projection, work->temporary, errors);
    status =
        status ? status
               : bg_sheet_save_csv(&sheet, work->temporary, "charts/data/variants-all.csv", errors);
    bg_sheet_free(&sheet);
    return status ? status : bg_program_chart("variants", "all", work->temporary, options, errors);
}

static bg_status write_report(const comparing *reforms, size_t count, const bg_options *options,
                              bg_errors *errors)
{
    bg_comparison *variants = calloc(count, sizeof *variants);
    char *name = bg_text_format("%s.charts", options->report);
    bg_run_directory work = {0};
    bg_status status = variants && name
                           ? bg_run_directory_open(&work, name, options->report, errors)
                           : bg_no_memory(errors);
    for (size_t i = 0; !status && i < count; i++) {
        variants[i] = comparison_of(&reforms[i]);
    }
    status = status ? status : draw_variants(variants, count, &work, options, errors);
    if (!status) {
        bg_document document;
        bg_document_init(&document, options->lang);
        bg_variants_document(variants, count, &document);
        status = bg_html_file_write(options->report, &document, NULL, work.temporary, errors);
        bg_document_free(&document);
    }
    bg_run_directory_discard(&work);
    free(name);
    free(variants);
    return status;
}

/* Each by itself, and all are kept for the report. */
static bg_status compare_all(const bg_options *options, const side *base, bg_errors *errors)
{
    const size_t count = options->operand_count - 1;
    comparing *reforms = calloc(count, sizeof *reforms);
    bg_status status = reforms ? BG_OK : bg_no_memory(errors);
    for (size_t i = 0; i < count && !status; i++) {
        reforms[i] = (comparing){
            .options = options, .base = base, .reform = {.kept = base->kept}, .out = options->out};
        status = compare_one(&reforms[i], options->operands[i + 1], errors);
        if (!options->report) {
            comparing_free(&reforms[i]);
        }
    }
    if (!status && options->report) {
        status = write_report(reforms, count, options, errors);
    }
    for (size_t i = 0; reforms && i < count; i++) {
        comparing_free(&reforms[i]);
    }
    free(reforms);
    return status;
}

/* Said before the work begins. */
static bg_status check_outcome(const bg_options *options, const bg_model *model, bg_errors *errors)
{
    enum { MOST = BG_OUTCOME_COUNT + BG_MAX_FUNDS + BG_MAX_INSTITUTIONS + 1 };
    char *names[MOST];
    const char *candidates[MOST];
    const size_t count = bg_model_outcome_count(model);
    bool found = !options->outcome;
    for (size_t o = 0; o < count; o++) {
        names[o] = bg_model_outcome(model, o);
        candidates[o] = names[o] ? names[o] : "";
        found = found || strcmp(candidates[o], options->outcome) == 0;
    }
    bg_status status = BG_OK;
    if (!found) {
        const char *near = bg_nearest(options->outcome, candidates, count);
        status = near ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                      BG_SAY(outcome_like_another), options->outcome, near)
                      : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(outcome_unknown),
                                      options->outcome);
    }
    for (size_t o = 0; o < count; o++) {
        free(names[o]);
    }
    return status;
}

/* What holds on both sides makes no difference between them. */
static void advise_of_settings(const bg_options *options, bg_errors *errors)
{
    for (size_t i = 0; i < options->set_count; i++) {
        bg_errors_advise(errors, BG_NOWHERE, "--set", BG_SAY(set_on_both_sides), options->set[i]);
    }
}

bg_status bg_verb_compare(const bg_options *options, bg_errors *errors)
{
    if (options->out && options->operand_count > 2) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(compare_one_directory),
                             options->operand_count - 1);
    }
    if (options->report && bg_html_file_check(options->report, errors)) {
        return BG_EXISTS;
    }
    bg_kept *kept = bg_kept_new(BG_KEPT_BYTES, SIZE_MAX);
    side base = {.kept = kept};
    advise_of_settings(options, errors);
    bg_status status = side_load(&base, options->operands[0], options);
    status = status ? status : check_outcome(options, &base.input.model, errors);
    status = status ? status : side_ask(&base, options, errors);
    status = status ? status : side_project(&base, options, errors);
    status = status ? status : side_contribute(&base, options, errors);
    status = status ? status : compare_all(options, &base, errors);
    if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped));
    }
    side_free(&base);
    bg_kept_free(kept);
    return status;
}
