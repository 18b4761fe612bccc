#include "command/run_files.h"

#include "chart/chart.h"
#include "command/book_writer.h"
#include "command/installed.h"
#include "command/progress.h"
#include "command/provenance.h"
#include "format/json.h"
#include "report/book.h"

#include <stdlib.h>

bg_status bg_run_file_close(bg_status status, bg_output *output, bg_errors *errors)
{
    if (status == BG_OK) {
        return bg_output_commit(output, errors);
    }
    bg_output_discard(output);
    return status;
}

bg_status bg_run_file_json(const bg_run_directory *directory, const char *name, json_t *value,
                           bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_run_directory_create(directory, name, &output, errors);
    if (status != BG_OK) {
        json_decref(value);
        return status;
    }
    status = bg_json_print(value, output.stream, errors);
    return bg_run_file_close(status, &output, errors);
}

static bg_status write_tables(const bg_run_files *self, bg_errors *errors)
{
    return bg_report_csv(&self->report, self->directory->temporary, errors);
}

static bg_status write_text(const bg_run_files *self, bg_errors *errors)
{
    bg_output output;
    bg_status status = bg_run_directory_create(self->directory, "report.txt", &output, errors);
    if (status != BG_OK) {
        return status;
    }
    status = bg_report_text(&self->report, false, output.stream);
    return bg_run_file_close(status, &output, errors);
}

static bg_status write_result(const bg_run_files *self, bg_errors *errors)
{
    return bg_run_file_json(self->directory, "result.json", bg_report_json(&self->report), errors);
}

static bg_status write_scenario(const bg_run_files *self, bg_errors *errors)
{
    const bg_report *report = &self->report;
    char *yaml = bg_scenario_yaml(report->scenario, true);
    if (!yaml) {
        return bg_no_memory(errors);
    }
    bg_output output;
    bg_status status =
        bg_run_directory_create(self->directory, "scenario.resolved.yaml", &output, errors);
    if (status == BG_OK) {
        fputs(yaml, output.stream);
        status = bg_output_commit(&output, errors);
    }
    if (status == BG_OK) {
        json_t *provenance = bg_provenance(report->scenario, yaml, self->options,
                                           bg_projection_replications(report->projection),
                                           bg_seconds() - self->started);
        if (report->check && report->check->count > 0) {
            bg_json_set(&provenance, "check",
                        bg_provenance_check(report->check, report->projection));
        }
        status = bg_run_file_json(self->directory, "run.json", provenance, errors);
    }
    free(yaml);
    return status;
}

static bg_status draw_charts(const bg_run_files *self, bg_errors *errors)
{
    const bg_report *report = &self->report;
    bg_status status =
        bg_chart_data_write(report->model, report->projection, self->directory->temporary, errors);
    if (status != BG_OK || self->options->no_charts) {
        return status;
    }
    char *plots = bg_program_plots();
    const bg_chart_options options = {.directory = self->directory->temporary,
                                      .plots = plots,
                                      .language = self->options->lang,
                                      .stop = self->options->stop};
    status = bg_charts_draw(report->projection, &options, errors);
    free(plots);
    return status;
}

bg_status bg_run_files_results(const bg_run_files *self, bg_errors *errors)
{
    bg_status status = write_tables(self, errors);
    status = status ? status : write_text(self, errors);
    return status ? status : write_result(self, errors);
}

bg_status bg_run_files_book(const bg_run_files *self, bg_errors *errors)
{
    char *path = bg_path_join(self->directory->temporary, "workbook.xlsx");
    bg_central central;
    bg_book book;
    bg_book_init(&book, self->options->lang);
    bg_status status = bg_central_settle(self->report.model, &central, errors);
    if (!status) {
        bg_report_book(&self->report, &central, &book);
        status = path ? bg_book_save(&book, path, errors) : bg_no_memory(errors);
    }
    bg_book_free(&book);
    bg_central_free(&central);
    free(path);
    return status;
}

bg_status bg_run_files_charts(const bg_run_files *self, bg_errors *errors)
{
    const bg_status status = draw_charts(self, errors);
    return status ? status : write_scenario(self, errors);
}
