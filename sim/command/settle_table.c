#include "command/settle_table.h"

#include "actual/table.h"
#include "base/workbook.h"
#include "command/book_file.h"
#include "command/messages.h"
#include "command/scenario_input.h"
#include "command/table_book.h"
#include "report/label.h"

#include <baogan/contract.h>
#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bg_status bg_settle_table_check(const bg_options *options, bg_errors *errors)
{
    const struct {
        const char *name;
        bool given, with_table;
    } rows[] = {
        {"actual", options->actual != NULL, false},
        {"year", options->year != 0, false},
        {"restate", options->restate != NULL, false},
        {"journal", options->journal != NULL, false},
        {"explain", options->explain, false},
        {"json", options->json, false},
        {"rejects", options->rejects != NULL, true},
        {"out", options->out && options->restate, true},
    };
    bg_status status = BG_OK;
    if (!options->table && options->out && !bg_book_file_is_name(options->out)) {
        status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(settle_out_no_book),
                               options->out);
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].given && rows[i].with_table != (options->table != NULL)) {
            status = rows[i].with_table ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                                        BG_SAY(option_of_table), rows[i].name)
                                        : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL,
                                                        BG_SAY(option_without_table), rows[i].name);
        }
    }
    return status;
}

/* The files of a run; those that are written appear complete or not at all. */
typedef struct files {
    FILE *in;
    bg_output out, rejects;
} files;

/* Rows of a workbook wait until all of them are there. */
static bg_status open_out(files *self, const bg_options *options, bg_errors *errors)
{
    if (!bg_book_file_is_name(options->out)) {
        return bg_output_open(&self->out, options->out, errors);
    }
    const bg_status status = bg_book_file_check(options->out, errors);
    self->out.stream = status ? NULL : bg_book_file_rows(options->out, errors);
    return self->out.stream ? BG_OK : status ? status : BG_IO;
}

static bg_status open_files(files *self, const bg_options *options, bg_errors *errors)
{
    bg_status status = BG_OK;
    if (bg_workbook_is_sheet(options->table)) {
        status = bg_workbook_open(options->table, options->stop, &self->in, errors);
    } else if (strcmp(options->table, "-") != 0) {
        status = bg_file_open(options->table, &self->in, errors);
    }
    if (status == BG_OK && options->out) {
        status = open_out(self, options, errors);
    }
    if (status == BG_OK && options->rejects) {
        status = bg_output_open(&self->rejects, options->rejects, errors);
    }
    return status;
}

static bg_status commit_out(files *self, const bg_options *options, bg_errors *errors)
{
    if (self->out.path) {
        return bg_output_commit(&self->out, errors);
    }
    const bg_table_sheet table = {bg_in_language(options->lang, "Settled", "清算结果"),
                                  self->out.stream};
    return bg_table_book_save(&table, 1, options->lang, options->out, errors);
}

static bg_status commit_files(files *self, const bg_options *options, bg_errors *errors)
{
    bg_status status = self->out.stream ? commit_out(self, options, errors) : BG_OK;
    if (status == BG_OK && self->rejects.stream) {
        status = bg_output_commit(&self->rejects, errors);
    }
    return status;
}

static void close_files(files *self)
{
    if (self->in) {
        fclose(self->in);
    }
    bg_output_discard(&self->out);
    bg_output_discard(&self->rejects);
}

static void print_counts(const bg_table *table, const char *language)
{
    fprintf(
        stderr,
        bg_in_language(language, "rows settled: %zu; rejected: %zu\n", "已清算%zu行，退回%zu行\n"),
        table->settled, table->rejected);
    if (table->kept) {
        fprintf(stderr,
                bg_in_language(language, "columns carried along, not read: %s\n",
                               "原样带出、不作数据的列：%s\n"),
                table->kept);
    }
    if (table->dropped) {
        fprintf(stderr,
                bg_in_language(language, "columns neither read nor kept: %s\n",
                               "既不读取也不输出的列：%s\n"),
                table->dropped);
    }
}

static bg_status settle_files(const bg_options *options, const bg_scenario *scenario,
                              const bg_plan *plan, files *open, bg_errors *errors)
{
    bg_status status = open_files(open, options, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_table table = {
        .scenario = scenario,
        .plan = plan,
        .in = open->in ? open->in : stdin,
        .name =
            open->in ? options->table : bg_in_language(options->lang, "standard input", "标准输入"),
        .sheet = bg_workbook_is_sheet(options->table),
        .out = open->out.stream ? open->out.stream : stdout,
        .rejects = open->rejects.stream,
        .stop = options->stop,
    };
    status = bg_table_settle(&table, errors);
    status = status ? status : bg_input_strict(options, errors);
    status = status ? status : commit_files(open, options, errors);
    if (status == BG_OK && !options->quiet) {
        print_counts(&table, options->lang);
    }
    free(table.kept);
    free(table.dropped);
    return status;
}

bg_status bg_settle_table(const bg_options *options, bg_errors *errors)
{
    bg_scenario *scenario = NULL;
    bg_plan *plan = NULL;
    const bg_scenario_source source = {
        .path = options->operands[0],
        .overrides = options->set,
        .override_count = options->set_count,
    };
    bg_status status = bg_scenario_load(&source, &scenario, errors);
    status = status ? status : bg_plan_read(scenario, &plan, errors);
    if (status == BG_OK) {
        bg_scores_judge(scenario, errors);
        status = bg_input_strict(options, errors);
    }
    if (status == BG_OK) {
        files open = {0};
        status = settle_files(options, scenario, plan, &open, errors);
        close_files(&open);
    }
    bg_plan_free(plan);
    bg_scenario_free(scenario);
    return status;
}
