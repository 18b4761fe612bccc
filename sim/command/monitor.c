/* A running budget year, watched by its months. */
#include "study/monitor.h"

#include "base/text.h"
#include "chart/chart.h"
#include "command/html_file.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "report/monitored.h"
#include "study/observed_table.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct watching {
    const bg_options *options;
    bg_input input;
    bg_observed data;
    bg_monitor monitor;
    bg_document page;
    bg_errors *errors;
} watching;

/* The months are no layer of the scenario, as the actuals of a settlement are. */
static bg_status load(watching *self)
{
    const bg_options *options = self->options;
    bg_options of_scenario = *options;
    of_scenario.actual = NULL;
    if (!options->actual) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             BG_SAY(monitor_without_actual));
    }
    bg_status status =
        bg_input_load(&self->input, options->operands[0], &of_scenario, self->errors);
    status = status
                 ? status
                 : bg_observed_open(options->actual, bg_scenario_money_unit(self->input.scenario),
                                    &self->data, self->errors);
    status = status ? status
                    : bg_monitor_run(&self->input.model, &self->data, options->year,
                                     options->actual, &self->monitor, self->errors);
    return status ? status : bg_input_strict(options, self->errors);
}

static bg_status print(const watching *self)
{
    if (self->options->json) {
        return bg_json_print(bg_monitored_json(&self->monitor), stdout, self->errors);
    }
    const bg_status status = bg_document_write_text(&self->page, stdout);
    fflush(stdout);
    return status;
}

/* ---- files ---- */

typedef void bg_rows(const bg_monitor *monitor, const char *unit, bg_sheet *sheet);

static bg_status save(const watching *self, const char *directory, const char *name, bg_rows *rows)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->options->lang);
    rows(&self->monitor, "yuan", &sheet);
    const bg_status status = bg_sheet_save_csv(&sheet, directory, name, self->errors);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status draw(const watching *self, const char *directory, size_t unit)
{
    const char *name = self->monitor.unit[unit].name;
    char file[64];
    snprintf(file, sizeof file, "charts/data/monitor-%s.csv", name);
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->options->lang);
    bg_monitored_chart_rows(&self->monitor, unit, &sheet);
    const bg_status status = bg_sheet_save_csv(&sheet, directory, file, self->errors);
    bg_sheet_free(&sheet);
    return status ? status
                  : bg_program_chart("monitor", name, directory, self->options, self->errors);
}

static bg_status fill(const watching *self, const char *directory)
{
    bg_status status = bg_chart_facts_write(&self->input.model, NULL, directory, self->errors);
    status = status ? status : save(self, directory, "monitor.csv", bg_monitored_rows);
    status = status ? status : save(self, directory, "month_ends.csv", bg_monitored_month_rows);
    for (size_t u = 0; u < self->monitor.units && !status; u++) {
        status = draw(self, directory, u);
    }
    return status;
}

/* What was printed, with its charts inside. */
static bg_status write_page(const watching *self, const char *directory)
{
    char *path = bg_text_format("%s/monitor.html", directory);
    const bg_status status =
        path ? bg_html_file_write(path, &self->page, NULL, directory, self->errors)
             : bg_no_memory(self->errors);
    free(path);
    return status;
}

static bg_status keep(const watching *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status : fill(self, directory.temporary);
    status = status ? status : write_page(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr,
                bg_in_language(self->options->lang, "Page (monitor.html), tables and charts: %s\n",
                               "网页（monitor.html）、表与图：%s\n"),
                directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

bg_status bg_verb_monitor(const bg_options *options, bg_errors *errors)
{
    watching self = {.options = options, .errors = errors};
    bg_document_init(&self.page, options->lang);
    bg_status status = load(&self);
    if (status == BG_OK) {
        bg_monitored_document(&self.monitor, options->lang, &self.page);
    }
    status = status ? status : print(&self);
    status = status ? status : keep(&self);
    bg_document_free(&self.page);
    bg_monitor_free(&self.monitor);
    bg_observed_free(&self.data);
    bg_input_free(&self.input);
    return status;
}
