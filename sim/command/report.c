/* The report of a scenario, or of what a run left, as one HTML file. */
#include "base/text.h"
#include "chart/chart.h"
#include "command/html_file.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/pdf.h"
#include "command/report_as_is.h"
#include "command/report_facts.h"
#include "command/run_area.h"
#include "command/run_directory.h"
#include "command/run_results.h"
#include "command/verb.h"
#include "format/json.h"
#include "report/brief.h"
#include "report/label.h"

#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { SIGNIFICANT = 15 /* digits of numbers in result.json */ };

/* Charts are drawn in a directory of their own that is gone at the end. */
typedef struct report {
    const bg_options *given; /* a run that is repeated has its own */
    const char *out;         /* the file */
    bg_run_directory work;
} report;

/* "county-report.html" or "county-brief.html" for "scenarios/county.yaml", in the current directory. */
static char *name_of_file(const char *operand, bool brief)
{
    size_t length = strlen(operand);
    while (length > 1 && operand[length - 1] == '/') {
        length--;
    }
    size_t begin = length;
    while (begin > 0 && operand[begin - 1] != '/') {
        begin--;
    }
    size_t end = length;
    for (size_t i = begin + 1; i < length; i++) {
        end = operand[i] == '.' ? i : end;
    }
    return bg_text_format("%.*s-%s.html", (int)(end - begin), operand + begin,
                          brief ? "brief" : "report");
}

/* ---- pictures ---- */

/* Those of the brief; where one cannot be drawn, for want of gnuplot, no other is tried. */
static bg_status draw_fans(const bg_projection *projection, const bg_chart_options *charts,
                           bg_errors *errors)
{
    const size_t warned = errors->count;
    bg_status status = BG_OK;
    for (size_t unit = 0;
         !status && errors->count == warned && unit < bg_projection_unit_count(projection);
         unit++) {
        status = bg_chart_draw("fan", bg_projection_unit(projection, unit), charts, errors);
    }
    return status;
}

static bg_status draw(const report *self, const bg_run_results *results, bg_errors *errors)
{
    bg_status status = bg_chart_data_write(&results->input.model, results->projection,
                                           self->work.temporary, errors);
    if (status || results->options->no_charts) {
        return status;
    }
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = self->work.temporary,
                                     .plots = plots,
                                     .language = results->options->lang,
                                     .svg_only = true,
                                     .stop = results->options->stop};
    status = draw_fans(results->projection, &charts, errors);
    if (!status && !results->options->brief) {
        status = bg_charts_draw(results->projection, &charts, errors);
    }
    free(plots);
    return status;
}

/* ---- the file ---- */

static bg_status open_work(report *self, bg_errors *errors)
{
    char *work = bg_text_format("%s.charts", self->out);
    const bg_status status =
        work ? bg_run_directory_open(&self->work, work, self->out, errors) : bg_no_memory(errors);
    free(work);
    return status;
}

static bg_status write_results(report *self, const bg_run_results *results, bg_errors *errors)
{
    const bool brief = results->options->brief;
    bg_report of = bg_run_results_report(results);
    bg_central central = {0};
    bg_status status = open_work(self, errors);
    status = status ? status : draw(self, results, errors);
    if (!status && !brief) {
        status = bg_central_settle(of.model, &central, errors);
        of.central = &central;
    }
    bg_document document;
    bg_document_init(&document, results->options->lang);
    bg_report_facts facts = {0};
    status = status ? status : bg_report_facts_find(&facts, self->given, results, errors);
    if (!status) {
        bg_brief_document(&of, &facts.brief, !brief, &document);
        status =
            bg_html_file_write(self->out, &document, facts.running, self->work.temporary, errors);
    }
    bg_report_facts_free(&facts);
    bg_document_free(&document);
    bg_central_free(&central);
    bg_run_directory_discard(&self->work);
    return status;
}

/* ---- of a scenario, or of a run.json ---- */

/* Of what was loaded. */
static bg_status compute(bg_run_results *results, bg_errors *errors)
{
    bg_draws_csv none = {0};
    const bg_status status = bg_run_results_read(results, errors);
    return status ? status : bg_run_results_compute(results, &none, errors);
}

/* The whole of a pooling area; there is no brief of it. */
static bg_status write_area(void *context, const bg_area_report *of, bg_errors *errors)
{
    const report *self = context;
    bg_document document;
    bg_document_init(&document, of->language);
    bg_area_report_document(of, &document);
    const bg_status status = bg_html_file_write(self->out, &document, NULL, NULL, errors);
    bg_document_free(&document);
    return status;
}

static bg_status report_area(report *self, bg_run_results *results, bg_errors *errors)
{
    const bg_area_reader reader = {write_area, self};
    return self->given->brief ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, "--brief",
                                              BG_SAY(report_of_area), self->given->operands[0])
                              : bg_run_area_report(results->options, &results->area,
                                                   &results->warnings, &reader, errors);
}

static bg_status report_scenario(report *self, bg_errors *errors)
{
    bg_repeat repeat;
    bg_status status = bg_repeat_open(&repeat, self->given, errors);
    bg_run_results results = {.options = &repeat.options};
    status = status ? status : bg_run_results_load(&results, &repeat);
    if (!status && results.area.count > 0) {
        status = report_area(self, &results, errors);
    } else if (!status) {
        status = compute(&results, errors);
        status = status ? status : write_results(self, &results, errors);
    }
    bg_run_results_free(&results);
    bg_repeat_free(&repeat);
    return status;
}

/* ---- of what a run left ---- */

/* Whether the results are those that stand in the directory, byte by byte but for warnings, which tell of files that may
 * be elsewhere now. */
static bool are_those_of(const bg_run_results *results, const char *directory)
{
    const bg_report of = bg_run_results_report(results);
    json_t *now = bg_report_json(&of), *then = bg_as_is_result(directory);
    json_object_del(now, "warnings");
    json_object_del(then, "warnings");
    char *left = now ? json_dumps(now, JSON_SORT_KEYS | JSON_REAL_PRECISION(SIGNIFICANT)) : NULL;
    char *right = then ? json_dumps(then, JSON_SORT_KEYS | JSON_REAL_PRECISION(SIGNIFICANT)) : NULL;
    const bool same = left && right && strcmp(left, right) == 0;
    free(left);
    free(right);
    json_decref(now);
    json_decref(then);
    return same;
}

/* The run again, if it can be made. */
static bool repeat_run(const char *file, const bg_options *given, bg_repeat *repeat,
                       bg_run_results *results)
{
    bg_errors unsaid; /* then what stands there is shown as it is */
    bg_errors_init(&unsaid);
    bg_options options = *given;
    options.operands = &file;
    bg_status status = bg_repeat_open(repeat, &options, &unsaid);
    repeat->options.brief = given->brief;
    results->options = &repeat->options;
    status = status ? status : bg_run_results_load(results, repeat);
    const bool one = !status && results->area.count == 0;
    const bool repeated = one && !compute(results, &unsaid);
    bg_errors_free(&unsaid);
    return repeated;
}

static bg_status show_as_it_is(report *self, const char *directory, bg_errors *errors)
{
    bg_document document;
    bg_document_init(&document, self->given->lang);
    bg_status status = bg_as_is(directory, &document, errors);
    status = status ? status : bg_html_file_write(self->out, &document, NULL, directory, errors);
    bg_document_free(&document);
    return status;
}

static bg_status report_directory(report *self, const char *directory, bg_errors *errors)
{
    char *file = bg_path_join(directory, "run.json");
    if (!file) {
        return bg_no_memory(errors);
    }
    bg_repeat repeat;
    bg_run_results results = {.options = NULL};
    const bool repeated = repeat_run(file, self->given, &repeat, &results);
    const bg_status status = *self->given->stop ? BG_INTERRUPTED
                             : repeated && are_those_of(&results, directory)
                                 ? write_results(self, &results, errors)
                                 : show_as_it_is(self, directory, errors);
    bg_run_results_free(&results);
    bg_repeat_free(&repeat);
    free(file);
    return status;
}

/* ---- the verb ---- */

static bool is_directory(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

/* Before anything is worked out. */
static bg_status check_out(const char *out, bool with_pdf, bg_errors *errors)
{
    bg_status status = bg_html_file_check(out, errors);
    char *pdf = with_pdf ? bg_pdf_name(out) : NULL;
    if (!status && with_pdf) {
        status = pdf ? bg_html_file_check(pdf, errors) : bg_no_memory(errors);
    }
    free(pdf);
    return status;
}

static void tell_where(const report *self)
{
    if (!self->given->quiet) {
        fprintf(stderr, bg_in_language(self->given->lang, "Report: %s\n", "报告：%s\n"), self->out);
    }
}

bg_status bg_verb_report(const bg_options *options, bg_errors *errors)
{
    const char *operand = options->operands[0];
    char *name = options->out ? NULL : name_of_file(operand, options->brief);
    report self = {.given = options, .out = options->out ? options->out : name};
    const bool directory = is_directory(operand);
    bg_status status = self.out ? check_out(self.out, options->pdf, errors) : bg_no_memory(errors);
    if (!status && directory && options->set_count > 0) {
        status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, "--set", BG_SAY(report_set_directory));
    }
    if (!status) {
        status =
            directory ? report_directory(&self, operand, errors) : report_scenario(&self, errors);
    }
    if (!status) {
        tell_where(&self);
        status = options->pdf ? bg_pdf_print(self.out, options->stop, errors) : BG_OK;
    }
    free(name);
    return status;
}
