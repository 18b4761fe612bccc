/* How good forecasts of past years would have been, each from what was known before it. */
#include "chart/backtest_charts.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/run_directory.h"
#include "command/verb.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "format/json_writer.h"
#include "format/text_writer.h"
#include "report/backtest_rows.h"
#include "report/backtest_text.h"
#include "report/label.h"
#include "study/observed_table.h"

#include <stdlib.h>
#include <string.h>

typedef struct asking {
    const bg_options *options;
    bg_observed data;
    bg_backtest backtest;
    bg_errors *errors;
} asking;

static bg_status check_question(const asking *self)
{
    const bg_options *options = self->options;
    if (options->ahead < 0 || options->ahead > BG_MOST_AHEAD) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(backtest_ahead),
                             BG_MOST_AHEAD, options->ahead);
    }
    if (options->window < 0 || options->window == 1) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(backtest_window),
                             options->window);
    }
    return BG_OK;
}

static bg_status run(asking *self)
{
    const bg_options *options = self->options;
    const bg_backtest_options how = {.window = options->window,
                                     .ahead = options->ahead ? options->ahead : 1,
                                     .first_year = options->from,
                                     .stop = options->stop};
    const bg_status status = bg_observed_open(options->operands[0], 100, &self->data, self->errors);
    bg_messages_flush(self->errors, options->lang, stderr);
    return status ? status : bg_backtest_run(&self->data, &how, &self->backtest, self->errors);
}

/* ---- files ---- */

static bg_status save_forecasts(const asking *self, const char *directory)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_backtest_forecast_rows(&self->backtest, &sheet);
    const bg_status status = bg_sheet_save_csv(&sheet, directory, "forecasts.csv", self->errors);
    bg_sheet_free(&sheet);
    return status;
}

typedef bg_status rows_of(const bg_backtest *, bg_sheet *, bg_errors *);

static bg_status save_rows(const asking *self, const char *directory, const char *name,
                           rows_of *rows)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_status status = rows(&self->backtest, &sheet, self->errors);
    status = status ? status : bg_sheet_save_csv(&sheet, directory, name, self->errors);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status write_text(const asking *self, FILE *stream)
{
    bg_document page;
    bg_document_init(&page, self->options->lang);
    bg_status status = bg_backtest_say(&self->backtest, &page, self->errors);
    status = status ? status : bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}

static bg_status save_text(const asking *self, const bg_run_directory *directory)
{
    bg_output output;
    bg_status status = bg_run_directory_create(directory, "report.txt", &output, self->errors);
    if (!status) {
        status = write_text(self, output.stream);
        status = status ? status : bg_output_commit(&output, self->errors);
        bg_output_discard(&output);
    }
    return status;
}

static bg_status draw(const asking *self, const char *directory)
{
    const char *path = self->options->operands[0], *slash = strrchr(path, '/');
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = directory,
                                     .plots = plots,
                                     .language = self->options->lang,
                                     .stop = self->options->stop};
    const bg_status status = bg_backtest_charts(&self->backtest, slash ? slash + 1 : path, &charts,
                                                self->options->no_charts, self->errors);
    free(plots);
    return status;
}

static bg_status keep(const asking *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status : save_text(self, &directory);
    status = status ? status : save_forecasts(self, directory.temporary);
    status = status ? status
                    : save_rows(self, directory.temporary, "scores.csv", bg_backtest_score_rows);
    status =
        status ? status : save_rows(self, directory.temporary, "ranks.csv", bg_backtest_rank_rows);
    status = status ? status : draw(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr,
                bg_in_language(self->options->lang, "Forecasts, scores and chart: %s\n",
                               "预测、评分与图：%s\n"),
                directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

/* ---- answers ---- */

static json_t *rows_as_json(const asking *self, rows_of *rows)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    const bg_status status = rows(&self->backtest, &sheet, self->errors);
    json_t *list = status ? NULL : bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return list;
}

static bg_status print_json(const asking *self)
{
    json_t *object = json_object();
    bg_json_set(&object, "series", json_integer((json_int_t)self->backtest.yearly.series));
    bg_json_set(&object, "ahead", json_integer(self->backtest.options.ahead));
    bg_json_set(&object, "scores", rows_as_json(self, bg_backtest_score_rows));
    bg_json_set(&object, "ranks", rows_as_json(self, bg_backtest_rank_rows));
    return bg_json_print(object, stdout, self->errors);
}

bg_status bg_verb_backtest(const bg_options *options, bg_errors *errors)
{
    asking self = {.options = options, .errors = errors};
    bg_status status = check_question(&self);
    status = status ? status : run(&self);
    status = status || !options->out ? status : keep(&self);
    if (!status) {
        status = options->json ? print_json(&self) : write_text(&self, stdout);
    }
    bg_backtest_free(&self.backtest);
    bg_observed_free(&self.data);
    return status;
}
