#include "command/merge_files.h"

#include "base/text.h"
#include "chart/sweep_charts.h"
#include "command/installed.h"
#include "command/messages.h"
#include "format/json.h"
#include "report/label.h"
#include "store/sqlite_file.h"

#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The files that a merge writes. */
typedef struct files {
    bg_sqlite_file *store;
    bg_output csv;
} files;

static bg_status take_csv(void *context, const char *line, size_t length, bg_errors *errors)
{
    bg_output *output = context;
    (void)errors; /* what could not be written is found by the commit */
    fwrite(line, 1, length, output->stream);
    fputc('\n', output->stream);
    return BG_OK;
}

static bg_status open_files(files *self, bool with_store, const bg_folder *folder,
                            const bg_options *options, bg_errors *errors)
{
    bg_status status = BG_OK;
    if (with_store) {
        status = bg_sqlite_file_open(&self->store, options->store, folder, errors);
    }
    if (status == BG_OK && options->csv) {
        status = bg_output_open(&self->csv, options->csv, errors);
    }
    return status;
}

static bg_status commit_files(files *self, const bg_merged *merged, bg_errors *errors)
{
    bg_status status = self->store ? bg_sqlite_file_commit(self->store, merged, errors) : BG_OK;
    return status == BG_OK && self->csv.stream ? bg_output_commit(&self->csv, errors) : status;
}

/* A store that is there must hold the same rows of the same plan. */
static bg_status check_store(const char *path, const bg_folder *folder, char rows[BG_DIGEST_TEXT],
                             bg_errors *errors)
{
    char plan[BG_DIGEST_TEXT];
    bg_status status = bg_sqlite_file_identify(path, plan, rows, errors);
    if (status == BG_OK && strcmp(plan, folder->plan) != 0) {
        return bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = path}, NULL,
                             BG_SAY(store_of_other_plan), plan, folder->plan);
    }
    return status == BG_INVALID ? BG_EXISTS : status;
}

static bg_status print(const bg_merged *merged, const bg_folder *folder, const bg_options *options,
                       bg_errors *errors)
{
    if (options->json) {
        return bg_json_print(json_pack("{s:s, s:I, s:s}", "plan_sha256", folder->plan, "rows",
                                       (json_int_t)merged->rows, "rows_sha256", merged->digest),
                             stdout, errors);
    }
    printf(bg_in_language(options->lang, "%llu rows, SHA-256 %s\n", "%llu行，SHA-256 %s\n"),
           (unsigned long long)merged->rows, merged->digest);
    return BG_OK;
}

static bg_status draw(const bg_options *options, const char *directory, bg_errors *errors)
{
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = directory,
                                     .plots = plots,
                                     .language = options->lang,
                                     .money = options->money_fen,
                                     .stop = options->stop};
    bg_status status = bg_sweep_charts(options->store, &charts, errors);
    free(plots);
    return status;
}

static bg_status merge(const bg_folder *folders, size_t count, const bg_options *options,
                       const char *charts, bg_errors *errors)
{
    files written = {0};
    bg_merged merged;
    char stored[BG_DIGEST_TEXT] = "";
    const bool is_there = options->store && access(options->store, F_OK) == 0;
    bg_status status = BG_OK;
    if (is_there) {
        status = check_store(options->store, &folders[0], stored, errors);
    }
    status = status
                 ? status
                 : open_files(&written, options->store && !is_there, &folders[0], options, errors);
    const bg_merge_sink sinks[] = {{bg_sqlite_file_take, written.store}, {take_csv, &written.csv}};
    const size_t first = written.store ? 0 : 1;
    const size_t last = written.csv.stream ? 2 : 1;
    status = status ? status
                    : bg_merge_rows(folders, count, sinks + first, last - first, &merged, errors);
    if (status == BG_OK && is_there && strcmp(stored, merged.digest) != 0) {
        status = bg_errors_say(errors, BG_EXISTS, (bg_mark){.file = options->store}, NULL,
                               BG_SAY(store_of_other_rows));
    }
    status = status ? status : commit_files(&written, &merged, errors);
    bg_sqlite_file_free(written.store);
    bg_output_discard(&written.csv);
    if (status == BG_OK && charts) {
        status = draw(options, charts, errors);
    }
    return status ? status : print(&merged, &folders[0], options, errors);
}

bg_status bg_merging(const bg_folder *folders, size_t count, const bg_options *options,
                     const char *charts, bg_errors *errors)
{
    if (!charts || options->store) {
        return merge(folders, count, options, charts, errors);
    }
    bg_options stored = *options;
    char *store = bg_text_format("%s.store-%ld", charts, (long)getpid());
    if (!store) {
        return bg_no_memory(errors);
    }
    stored.store = store;
    const bg_status status = merge(folders, count, &stored, charts, errors);
    unlink(store);
    free(store);
    return status;
}
