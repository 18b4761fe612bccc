/* The main job: budget, projection, report and charts into a directory of their own. */
#include "chart/chart.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/repeat.h"
#include "command/run_all.h"
#include "command/run_area.h"
#include "command/run_directory.h"
#include "command/run_files.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "projection/budgets.h"
#include "projection/kept.h"
#include "report/draws_csv.h"
#include "report/label.h"
#include "report/report.h"

#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* Everything that a run holds, freed together. */
typedef struct run {
    const bg_options *options;
    double started;
    bg_errors warnings; /* of loading; printed at once and kept for the result */
    bg_area area;       /* the file as it was loaded */
    bg_input input;
    bg_target until; /* with --until */
    bg_budgets budget;
    bg_projection *projection;
    bg_kept *kept; /* pilot futures, for the effective share */
    bg_contributions contributions;
    bg_pool_years pool;
    bg_incentive incentive;
    bg_check check;
    bg_run_directory directory;
} run;

static bg_report report_of(const run *self)
{
    return (bg_report){
        .scenario = self->input.scenario,
        .model = &self->input.model,
        .budget = &self->budget,
        .projection = self->projection,
        .contributions = &self->contributions,
        .pool = &self->pool,
        .incentive = &self->incentive,
        .check = &self->check,
        .warnings = &self->warnings,
        .until = self->options->until ? &self->until : NULL,
        .language = self->options->lang,
    };
}

static bg_status read_model(run *self, bg_errors *errors)
{
    bg_status status = bg_input_take(&self->input, self->area.scenario, &self->warnings);
    status = status ? status : bg_input_strict(self->options, &self->warnings);
    self->area.scenario = NULL;
    bg_messages_print(&self->warnings, self->options->lang, stderr);
    (void)errors; /* what is wrong with the scenario has been printed with its warnings */
    return status;
}

static bg_status read_target(run *self, bg_errors *errors)
{
    if (!self->options->until) {
        return self->options->max_replications == 0
                   ? BG_OK
                   : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                   BG_SAY(replications_without_until));
    }
    bg_status status =
        bg_target_parse(&self->input.model, self->options->until, "--until", &self->until, errors);
    if (status == BG_OK && (self->until.kind == BG_TARGET_VALUE || self->until.at_least)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, "--until", BG_SAY(until_inexact),
                             self->until.text);
    }
    return status ? status
                  : bg_figure_check_unit(&self->until.figure, &self->input.model, self->until.text,
                                         "--until", errors);
}

static bg_status open_directory(run *self, bg_errors *errors)
{
    return bg_run_directory_open(&self->directory, self->options->out, self->options->operands[0],
                                 errors);
}

static bg_status compute_budget(run *self, bg_errors *errors)
{
    return bg_model_budgets(&self->input.model, &self->budget, errors);
}

static bg_status run_projection(run *self, bg_draws_csv *draws, bg_errors *errors)
{
    bg_progress progress;
    bg_progress_start(&progress, self->options->quiet, self->options->lang);
    self->kept = bg_kept_new(BG_KEPT_BYTES, BG_INCENTIVE_PILOT);
    const bg_projection_options options = {
        .threads = self->options->threads,
        .progress = bg_progress_show,
        .context = &progress,
        .stop = self->options->stop,
        .take = draws->stream ? bg_draws_csv_take : NULL,
        .take_context = draws,
        .until = self->options->until ? &self->until : NULL,
        .most = self->options->max_replications,
        .kept = self->kept,
    };
    bg_status status = bg_projection_run(&self->input.model, &options, &self->projection, errors);
    bg_progress_end(&progress);
    return status;
}

static bg_status project(run *self, bg_errors *errors)
{
    bg_draws_csv draws = {0};
    if (!self->options->keep_draws) {
        return run_projection(self, &draws, errors);
    }
    bg_output output;
    bg_status status = bg_run_directory_create(&self->directory, "draws.csv", &output, errors);
    if (status != BG_OK) {
        return status;
    }
    draws.stream = output.stream;
    status = run_projection(self, &draws, errors);
    return bg_run_file_close(status, &output, errors);
}

static bg_status find_contributions(run *self, bg_errors *errors)
{
    const bg_projection_options options = {.threads = self->options->threads,
                                           .stop = self->options->stop};
    return bg_contributions_compute(self->input.scenario,
                                    bg_projection_replications(self->projection), &options,
                                    &self->contributions, errors);
}

static bg_status find_pool_years(run *self, bg_errors *errors)
{
    return bg_pool_years_find(&self->input.model, self->projection, &self->pool)
               ? bg_no_memory(errors)
               : BG_OK;
}

static bg_status find_incentive(run *self, bg_errors *errors)
{
    const bg_parties parties = {.member = &self->input.model, .count = 1};
    const bg_projection_options options = {
        .threads = self->options->threads, .stop = self->options->stop, .kept = self->kept};
    return bg_incentive_find(&parties, bg_incentive_pilot(self->projection), &options,
                             &self->incentive, errors);
}

static bg_status check_engine(run *self, bg_errors *errors)
{
    const bg_projection_options options = {.threads = self->options->threads,
                                           .stop = self->options->stop};
    return self->options->no_check ? BG_OK
                                   : bg_check_run(self->input.scenario, self->projection, &options,
                                                  &self->check, errors);
}

static bg_run_files files_of(const run *self)
{
    return (bg_run_files){.report = report_of(self),
                          .options = self->options,
                          .directory = &self->directory,
                          .started = self->started};
}

static bg_status write_results(run *self, bg_errors *errors)
{
    const bg_run_files files = files_of(self);
    return bg_run_files_results(&files, errors);
}

static bg_status write_charts(run *self, bg_errors *errors)
{
    const bg_run_files files = files_of(self);
    return bg_run_files_charts(&files, errors);
}

static bg_status commit(run *self, bg_errors *errors)
{
    return bg_run_directory_commit(&self->directory, errors);
}

static int terminal_columns(void)
{
    struct winsize size;
    bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40;
    return known ? size.ws_col : 100;
}

/* The answer comes first: charts take longer than all else. */
static bg_status print_answer(run *self, bg_errors *errors)
{
    const bg_report report = report_of(self);
    const bg_status status = self->options->json
                                 ? bg_json_print(bg_report_json(&report), stdout, errors)
                                 : bg_report_text(&report, true, stdout);
    fflush(stdout);
    return status;
}

static bg_status print_charts(const run *self, bg_errors *errors)
{
    if (!self->options->chart) {
        return BG_OK;
    }
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = self->directory.final,
                                     .plots = plots,
                                     .language = self->options->lang,
                                     .stop = self->options->stop};
    const bg_status status = bg_charts_print(&charts, terminal_columns(), stdout, errors);
    free(plots);
    return status;
}

/* The chart to look at first, of all schemes together; NULL if it was not drawn. */
static char *main_chart(const run *self)
{
    char name[64];
    const size_t units = bg_projection_unit_count(self->projection);
    snprintf(name, sizeof name, "charts/expense-%s.png",
             bg_projection_unit(self->projection, units - 1));
    char *path = bg_path_join(self->directory.final, name);
    if (path && access(path, R_OK) != 0) {
        free(path);
        path = NULL;
    }
    return path;
}

static void tell_where(const run *self)
{
    if (self->options->quiet) {
        return;
    }
    const char *language = self->options->lang;
    fflush(stdout); /* so that the report comes first on a terminal */
    fprintf(stderr,
            bg_in_language(language, "Results and charts: %s (every detail: report.txt)\n",
                           "结果与图表：%s（全部明细见report.txt）\n"),
            self->directory.final);
    char *chart = main_chart(self);
    if (chart) {
        fprintf(stderr, bg_in_language(language, "Look at first: %s\n", "建议先看：%s\n"), chart);
    }
    free(chart);
}

/* All results are there; only the exit status tells. */
static bg_status check_target(const run *self, bg_errors *errors)
{
    const bg_reading *reading = bg_projection_reading(self->projection);
    if (!reading || reading->met) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_TARGET, BG_NOWHERE, "--until", BG_SAY(until_not_reached),
                         self->until.text, bg_projection_replications(self->projection));
}

static bg_status run_one(const bg_repeat *repeat, bg_errors *errors)
{
    static bg_status (*const stages[])(run *, bg_errors *) = {
        read_model,         read_target,     open_directory, compute_budget, project,
        find_contributions, find_pool_years, find_incentive, check_engine,   write_results,
        print_answer,       write_charts,    commit,
    };
    const bg_options *options = &repeat->options;
    run self = {.options = options, .started = bg_seconds()};
    bg_status status = bg_repeat_load(repeat, &self.area, &self.warnings);
    if (status == BG_OK && self.area.count > 0) {
        return bg_run_area(options, &self.area, &self.warnings, errors);
    }
    if (status != BG_OK) {
        bg_messages_print(&self.warnings, options->lang, stderr);
    }
    for (size_t i = 0; i < sizeof stages / sizeof *stages && status == BG_OK; i++) {
        status = *options->stop ? BG_INTERRUPTED : stages[i](&self, errors);
    }
    if (status == BG_OK) {
        status = print_charts(&self, errors);
        tell_where(&self);
        status = status ? status : check_target(&self, errors);
    } else if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped_unwritten));
    }
    bg_run_directory_discard(&self.directory);
    bg_contributions_free(&self.contributions);
    bg_pool_years_free(&self.pool);
    bg_incentive_free(&self.incentive);
    bg_kept_free(self.kept);
    bg_projection_free(self.projection);
    bg_budgets_free(&self.budget);
    bg_input_free(&self.input);
    bg_area_free(&self.area);
    bg_errors_free(&self.warnings);
    return status;
}

bg_status bg_verb_run(const bg_options *options, bg_errors *errors)
{
    if (options->all && (options->until || options->max_replications || options->keep_draws)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(all_of_one_scenario));
    }
    if (options->all) {
        return bg_run_all(options, errors);
    }
    if (options->json && options->chart) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(json_and_chart));
    }
    bg_repeat repeat;
    bg_status status = bg_repeat_open(&repeat, options, errors);
    status = status ? status : run_one(&repeat, errors);
    bg_repeat_free(&repeat);
    return status;
}
