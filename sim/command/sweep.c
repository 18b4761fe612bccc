/* Sweeps: a scenario under many values, resumable, in shards. */
#include "base/text.h"
#include "command/merge_files.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/scenario_input.h"
#include "command/slurm.h"
#include "command/verb.h"
#include "report/label.h"
#include "store/idle.h"
#include "store/work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shard i of n. */
typedef struct shard {
    uint64_t i, n;
} shard;

static bool read_whole(const char *text, const char *end, uint64_t *number)
{
    char *stop;
    *number = strtoull(text, &stop, 10);
    return text < end && stop == end && text[0] >= '0' && text[0] <= '9' && *number <= 1000000;
}

static bg_status read_shard(const char *text, shard *wanted, bg_errors *errors)
{
    const char *slash = strchr(text, '/');
    if (!slash || !read_whole(text, slash, &wanted->i) ||
        !read_whole(slash + 1, text + strlen(text), &wanted->n) || wanted->i >= wanted->n) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(shard_form), text);
    }
    return BG_OK;
}

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

/* A task of a Slurm job array is a shard of its own, where the array is whole. */
static bg_status shard_of_array(shard *wanted, bg_errors *errors)
{
    const char *const names[] = {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN",
                                 "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT"};
    uint64_t value[4] = {0, 0, 0, 1};
    *wanted = (shard){0, 1};
    if (!variable(names[0])) {
        return BG_OK;
    }
    bool good = true;
    for (size_t i = 0; i < 4 && good; i++) {
        const char *text = variable(names[i]);
        good = text && read_whole(text, text + strlen(text), &value[i]);
    }
    if (!good || value[2] - value[1] + 1 != value[3] || value[0] < value[1] ||
        value[0] > value[2]) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(shard_unknown));
    }
    *wanted = (shard){value[0] - value[1], value[3]};
    return BG_OK;
}

static bg_status find_shard(const bg_options *options, shard *wanted, bg_errors *errors)
{
    bg_status status = options->shard ? read_shard(options->shard, wanted, errors)
                                      : shard_of_array(wanted, errors);
    if (status == BG_OK && wanted->n > 1 && (options->store || options->csv)) {
        status = bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(shard_is_not_whole));
    }
    return status;
}

/* "out/sweep-NAME" for the plan dir/NAME.yaml; beside the store, if there is one. */
static char *directory_of(const bg_options *options)
{
    if (options->out || options->store) {
        return options->out ? strdup(options->out) : bg_text_format("%s.rows", options->store);
    }
    const char *slash = strrchr(options->operands[0], '/');
    const char *name = slash ? slash + 1 : options->operands[0];
    const char *dot = strrchr(name, '.');
    return bg_text_format("out/sweep-%.*s", dot ? (int)(dot - name) : (int)strlen(name), name);
}

static bg_status check_options(const bg_options *options, bg_errors *errors)
{
    if (options->slurm != (options->shards > 0)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(slurm_without_shards));
    }
    if (options->slurm && (options->shard || options->store || options->csv)) {
        return bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(slurm_runs_nothing));
    }
    return BG_OK;
}

static bg_status run(bg_folder *folder, const bg_sweep *sweep, shard wanted,
                     const bg_options *options, bg_errors *errors)
{
    const bg_chunk_range range = bg_folder_shard(folder, wanted.i, wanted.n);
    bg_status status = bg_folder_lock(folder, range, errors);
    if (status != BG_OK) {
        return status;
    }
    bg_progress progress;
    bg_progress_start(&progress, options->quiet, options->lang);
    const bg_work_options work = {.threads = options->threads,
                                  .progress = bg_progress_show,
                                  .context = &progress,
                                  .stop = options->stop};
    status = bg_work_run(folder, sweep, range, &work, errors);
    bg_progress_end(&progress);
    if (status == BG_INTERRUPTED) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(sweep_stopped), folder->path);
    }
    return status;
}

static bg_status finish(const bg_folder *folder, shard wanted, const bg_options *options,
                        bg_errors *errors)
{
    if (options->store || options->csv) {
        return bg_merging(folder, 1, options, NULL, errors);
    }
    if (!options->quiet) {
        fprintf(stderr,
                bg_in_language(options->lang, "Shard %llu of %llu is complete in %s\n",
                               "第%llu份（共%llu份）已完成：%s\n"),
                (unsigned long long)wanted.i, (unsigned long long)wanted.n, folder->path);
    }
    return BG_OK;
}

/* What of a whole sweep changed no figure. */
static bg_status name_idle(const bg_folder *folder, const bg_options *options, bg_errors *errors)
{
    const bg_status status = bg_idle_find(folder, errors);
    return status ? status : bg_input_strict(options, errors);
}

bg_status bg_verb_sweep(const bg_options *options, bg_errors *errors)
{
    shard wanted = {0, 1};
    bg_sweep *sweep = NULL;
    bg_folder folder = {.lock = -1};
    const bg_scenario_source source = {.path = options->operands[0],
                                       .overrides = options->set,
                                       .override_count = options->set_count};
    char *directory = directory_of(options);
    bg_status status = directory ? check_options(options, errors) : BG_MEMORY;
    status = status ? status : find_shard(options, &wanted, errors);
    status = status ? status : bg_sweep_read(&source, &sweep, errors);
    status = status ? status : bg_input_strict(options, errors);
    bg_messages_flush(errors, options->lang, stderr);
    status = status ? status : bg_folder_make(&folder, directory, sweep, errors);
    if (status == BG_OK && options->slurm) {
        status = bg_slurm_write(&folder, options, errors);
    } else if (status == BG_OK) {
        status = run(&folder, sweep, wanted, options, errors);
        status = status ? status : finish(&folder, wanted, options, errors);
        status = status || wanted.n > 1 ? status : name_idle(&folder, options, errors);
    }
    bg_folder_close(&folder);
    bg_sweep_free(sweep);
    free(directory);
    return status;
}
