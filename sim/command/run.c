/* The main job: budget, projection, report and charts into a directory of their own. */
#include "chart/chart.h"
#include "command/book_file.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_all.h"
#include "command/run_area.h"
#include "command/run_directory.h"
#include "command/run_files.h"
#include "command/run_results.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/label.h"

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
    bg_run_results results;
    bg_run_directory directory;
} run;

static bg_status read_scenario(run *self, bg_errors *errors)
{
    return bg_run_results_read(&self->results, errors);
}

static bg_status open_directory(run *self, bg_errors *errors)
{
    return bg_run_directory_open(&self->directory, self->options->out, self->options->operands[0],
                                 errors);
}

static bg_status compute(run *self, bg_errors *errors)
{
    bg_draws_csv draws = {0};
    if (!self->options->keep_draws) {
        return bg_run_results_compute(&self->results, &draws, errors);
    }
    bg_output output;
    bg_status status = bg_run_directory_create(&self->directory, "draws.csv", &output, errors);
    if (status != BG_OK) {
        return status;
    }
    draws.stream = output.stream;
    status = bg_run_results_compute(&self->results, &draws, errors);
    return bg_run_file_close(status, &output, errors);
}

static bg_run_files files_of(const run *self)
{
    return (bg_run_files){.report = bg_run_results_report(&self->results),
                          .options = self->options,
                          .directory = &self->directory,
                          .started = self->started};
}

static bg_status write_results(run *self, bg_errors *errors)
{
    const bg_run_files files = files_of(self);
    return bg_run_files_results(&files, errors);
}

static bg_status write_book(run *self, bg_errors *errors)
{
    const bg_run_files files = files_of(self);
    return self->options->xlsx ? bg_run_files_book(&files, errors) : BG_OK;
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
    const bg_report report = bg_run_results_report(&self->results);
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
    const bg_projection *projection = self->results.projection;
    const size_t units = bg_projection_unit_count(projection);
    snprintf(name, sizeof name, "charts/expense-%s.png", bg_projection_unit(projection, units - 1));
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
    const bg_projection *projection = self->results.projection;
    const bg_reading *reading = bg_projection_reading(projection);
    if (!reading || reading->met) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_TARGET, BG_NOWHERE, "--until", BG_SAY(until_not_reached),
                         self->results.until.text, bg_projection_replications(projection));
}

static bg_status run_one(const bg_repeat *repeat, bg_errors *errors)
{
    static bg_status (*const stages[])(run *, bg_errors *) = {
        read_scenario, open_directory, compute,      write_results,
        write_book,    print_answer,   write_charts, commit,
    };
    const bg_options *options = &repeat->options;
    run self = {.options = options, .started = bg_seconds(), .results.options = options};
    bg_run_results *results = &self.results;
    bg_status status = bg_run_results_load(results, repeat);
    if (status == BG_OK && results->area.count > 0) {
        return bg_run_area(options, &results->area, &results->warnings, errors);
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
    bg_run_results_free(results);
    return status;
}

bg_status bg_verb_run(const bg_options *options, bg_errors *errors)
{
    if (options->all &&
        (options->until || options->max_replications || options->keep_draws || options->xlsx)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(all_of_one_scenario));
    }
    if (options->all) {
        return bg_run_all(options, errors);
    }
    if (options->out && bg_book_file_is_name(options->out)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(run_out_no_directory),
                             options->out);
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
