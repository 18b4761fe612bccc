#include "command/run_all.h"

#include "base/csv.h"
#include "command/book_file.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/table_book.h"
#include "report/label.h"
#include "report/overview.h"
#include "study/project.h"

#include <baogan/file.h>
#include <dirent.h>
#include <errno.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

typedef struct batch {
    const bg_options *options;
    int threads;
    struct dirent **entry;
    int count;
    bool is_book; /* a workbook is asked for, and no directory */
    bg_run_directory directory;
    bg_output rows, failed;
    bg_overview *overview;
    bg_progress progress;
    int done, failures;
    bool strict;      /* one failed by its warnings */
    bg_status status; /* of writing */
    bg_errors *errors;
} batch;

/* ---- what there is to run ---- */

static int is_scenario(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && end != entry->d_name && (strcmp(end, ".yaml") == 0 || strcmp(end, ".yml") == 0);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static bg_status list(batch *self)
{
    const char *directory = self->options->operands[0];
    self->count = scandir(directory, &self->entry, is_scenario, by_name);
    if (self->count < 0) {
        return bg_errors_say(self->errors, BG_IO, (bg_mark){.file = directory}, NULL,
                             BG_SAY(directory_unreadable), strerror(errno));
    }
    if (self->count == 0) {
        return bg_errors_say(self->errors, BG_IO, (bg_mark){.file = directory}, NULL,
                             BG_SAY(directory_without_scenario));
    }
    return BG_OK;
}

/* ---- one scenario ---- */

/* Its rows, or its messages where it fails. */
typedef struct result {
    bg_status status;
    bg_input input;
    bg_projection *projection;
    bg_errors errors;
    char *rows;
    size_t size;
} result;

static void write_rows(result *self)
{
    FILE *stream = open_memstream(&self->rows, &self->size);
    self->status =
        stream ? bg_overview_rows(&self->input.model, self->projection, stream) : BG_MEMORY;
    if (stream && fclose(stream) != 0) {
        self->status = BG_MEMORY;
    }
}

static void want(const void *nothing, const bg_model *model, bool *outcomes)
{
    (void)nothing;
    bg_overview_wanted(model, outcomes);
}

static void run_one(const batch *self, const char *name, result *to)
{
    char *path = bg_path_join(self->options->operands[0], name);
    to->status = path ? bg_input_load(&to->input, path, self->options, &to->errors) : BG_MEMORY;
    free(path);
    if (!to->status) {
        const bg_projection_options how = {.threads = 1, .stop = self->options->stop};
        to->status =
            bg_project_wanted(&to->input.model, want, NULL, &how, &to->projection, &to->errors);
    }
    if (!to->status) {
        write_rows(to);
    }
}

static void result_free(result *self)
{
    bg_projection_free(self->projection);
    bg_input_free(&self->input);
    bg_errors_free(&self->errors);
    free(self->rows);
}

/* ---- all of them ---- */

static void write_failure(batch *self, const char *name, const result *from)
{
    FILE *stream = self->failed.stream;
    self->failures++;
    self->strict = self->strict || from->status == BG_USAGE;
    bg_overview_add_failed(self->overview);
    for (size_t i = 0; i < from->errors.count; i++) {
        char *text = bg_error_text(&from->errors.items[i], NULL);
        self->status = text || self->status ? self->status : BG_MEMORY;
        if (text && (self->options->strict || !from->errors.items[i].warning)) {
            bg_csv_write(stream, name);
            fputc(',', stream);
            bg_csv_write(stream, text);
            fputc('\n', stream);
        }
        free(text);
    }
}

/* In the order of the names, one at a time. */
static void note(batch *self, const char *name, const result *from)
{
    if (from->status == BG_INTERRUPTED || from->status == BG_MEMORY) {
        self->status = self->status ? self->status : from->status;
    } else if (from->status) {
        write_failure(self, name, from);
    } else {
        fwrite(from->rows, 1, from->size, self->rows.stream);
        const bg_status added =
            bg_overview_add(self->overview, &from->input.model, from->projection);
        self->status = self->status ? self->status : added;
    }
    self->done++;
    bg_progress_show(&self->progress, (double)self->done / self->count);
}

static void run_each(batch *self)
{
#pragma omp parallel for ordered schedule(dynamic, 1) num_threads(self->threads)
    for (int i = 0; i < self->count; i++) {
        const char *name = self->entry[i]->d_name;
        result one = {.status = BG_INTERRUPTED};
        bg_errors_init(&one.errors);
        if (!*self->options->stop) {
            run_one(self, name, &one);
        }
#pragma omp ordered
        note(self, name, &one);
        result_free(&one);
    }
}

/* ---- files ---- */

/* Of a workbook: rows wait until all of them are there. */
static bg_status open_rows(batch *self)
{
    const char *path = self->options->out;
    const bg_status status = bg_book_file_check(path, self->errors);
    if (!status) {
        self->rows.stream = bg_book_file_rows(path, self->errors);
        self->failed.stream = self->rows.stream ? bg_book_file_rows(path, self->errors) : NULL;
    }
    return self->failed.stream ? BG_OK : status ? status : BG_IO;
}

static bg_status open_directory(batch *self)
{
    bg_status status = bg_run_directory_open(&self->directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status
                    : bg_run_directory_create(&self->directory, "overview.csv", &self->rows,
                                              self->errors);
    status = status ? status
                    : bg_run_directory_create(&self->directory, "failed.csv", &self->failed,
                                              self->errors);
    return status;
}

static bg_status open_files(batch *self)
{
    bg_status status = self->is_book ? open_rows(self) : open_directory(self);
    if (!status) {
        fputs("scenario,message\n", self->failed.stream);
        status = bg_overview_heading(self->rows.stream);
    }
    return status;
}

static bg_status save_book(batch *self)
{
    const char *language = self->options->lang;
    const bg_table_sheet tables[] = {
        {bg_in_language(language, "Overview", "概览"), self->rows.stream},
        {bg_in_language(language, "Failed", "未能运行"), self->failed.stream}};
    return bg_table_book_save(tables, sizeof tables / sizeof *tables, language, self->options->out,
                              self->errors);
}

static bg_status save_directory(batch *self)
{
    bg_output text = {0};
    bg_status status = bg_output_commit(&self->rows, self->errors);
    status = status ? status : bg_output_commit(&self->failed, self->errors);
    status = status
                 ? status
                 : bg_run_directory_create(&self->directory, "overview.txt", &text, self->errors);
    if (!status) {
        status = bg_overview_text(self->overview, self->options->lang, text.stream);
        status = status ? status : bg_output_commit(&text, self->errors);
    }
    bg_output_discard(&text);
    return status ? status : bg_run_directory_commit(&self->directory, self->errors);
}

static bg_status finish(batch *self)
{
    const bg_status status = self->is_book ? save_book(self) : save_directory(self);
    return status ? status : bg_overview_text(self->overview, self->options->lang, stdout);
}

static void tell_where(const batch *self)
{
    fflush(stdout);
    if (!self->options->quiet) {
        fprintf(stderr, bg_in_language(self->options->lang, "Results: %s\n", "结果：%s\n"),
                self->is_book ? self->options->out : self->directory.final);
    }
}

static bg_status run(batch *self)
{
    bg_status status = list(self);
    status = status ? status : open_files(self);
    if (status) {
        return status;
    }
    bg_progress_start(&self->progress, self->options->quiet, self->options->lang);
    run_each(self);
    bg_progress_end(&self->progress);
    status = self->status ? self->status : finish(self);
    if (status) {
        return status;
    }
    tell_where(self);
    const bg_status failed = self->strict ? BG_USAGE : BG_INVALID;
    if (!self->failures) {
        return BG_OK;
    }
    return self->is_book
               ? bg_errors_say(self->errors, failed, BG_NOWHERE, NULL,
                               BG_SAY(scenarios_failed_in_book), self->failures, self->count)
               : bg_errors_say(self->errors, failed, BG_NOWHERE, NULL, BG_SAY(scenarios_failed),
                               self->failures, self->count);
}

bg_status bg_run_all(const bg_options *options, bg_errors *errors)
{
    if (options->json || options->chart) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(all_prints_one_page));
    }
    batch self = {.options = options,
                  .threads = options->threads > 0 ? options->threads : omp_get_max_threads(),
                  .is_book = options->out && bg_book_file_is_name(options->out),
                  .overview = bg_overview_new(),
                  .errors = errors};
    bg_status status = self.overview ? run(&self) : BG_MEMORY;
    if (status == BG_MEMORY) {
        bg_no_memory(errors);
    } else if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped_unwritten));
    }
    bg_output_discard(&self.rows);
    bg_output_discard(&self.failed);
    bg_run_directory_discard(&self.directory);
    bg_overview_free(self.overview);
    for (int i = 0; i < self.count; i++) {
        free(self.entry[i]);
    }
    free(self.entry);
    return status;
}
