#include "store/work.h"

#include "base/text.h"
#include "store/messages.h"

#include <omp.h>
#include <stdlib.h>

typedef struct work {
    const bg_folder *folder;
    const bg_work_options *options;
    uint64_t *chunk; /* those to be run */
    size_t chunk_count;
    uint64_t scenarios, done;
    int threads;
    bg_status status; /* of the first failure */
    bg_errors *errors;
} work;

static bool stopped(const work *self)
{
    return self->options->stop && *self->options->stop;
}

/* A damaged file is no failure: what is wrong with it, and that it makes no difference. */
static void excuse(work *self, const bg_error *error, bg_mark mark)
{
    char *words = bg_text_format(BG_BOTH("%s", "%s"), error->message, error->message_zh);
    if (words) {
        bg_errors_advise(self->errors, mark, NULL, BG_SAY(sweep_rows_run_again), words);
    }
    free(words);
}

static void pass_on(work *self, const bg_errors *found, bool damaged)
{
    for (size_t i = 0; i < found->count; i++) {
        const bg_error *error = &found->items[i];
        const bg_mark mark = {.file = error->file};
        if (damaged) {
            excuse(self, error, mark);
        } else {
            bg_errors_say_again(self->errors, error, mark, error->path);
        }
    }
}

/* Lists the chunks that are not there or not sound. */
static bg_status list_missing(work *self, bg_chunk_range range)
{
    self->chunk = calloc(range.last - range.first + 1, sizeof *self->chunk);
    if (!self->chunk) {
        return bg_no_memory(self->errors);
    }
    for (uint64_t index = range.first; index < range.last && !stopped(self); index++) {
        bg_chunk chunk;
        bg_errors found;
        bg_errors_init(&found);
        bg_status status = bg_chunk_read(self->folder, index, &chunk, &found);
        const bool damaged = status == BG_INVALID;
        pass_on(self, &found, damaged);
        bg_errors_free(&found);
        bg_chunk_free(&chunk);
        if (status != BG_OK && status != BG_MISSING && !damaged) {
            return status;
        }
        if (status != BG_OK) {
            self->chunk[self->chunk_count++] = index;
        }
    }
    self->scenarios = self->chunk_count * self->folder->chunk_size;
    return BG_OK;
}

static bool ran(void *context)
{
    work *self = context;
#pragma omp critical(sweep_progress)
    {
        self->done++;
        if (self->options->progress) {
            self->options->progress(self->options->context,
                                    (double)self->done / (double)self->scenarios);
        }
    }
    return !stopped(self);
}

static void keep_failure(work *self, bg_status status, const bg_errors *found)
{
#pragma omp critical(sweep_failure)
    if (self->status == BG_OK || self->status == BG_INTERRUPTED) {
        self->status = status;
        pass_on(self, found, false);
    }
}

static bool failed(const work *self)
{
    bool status;
#pragma omp critical(sweep_failure)
    status = self->status != BG_OK;
    return status;
}

static void run_chunks(work *self, const bg_sweep *sweep)
{
    const long long count = (long long)self->chunk_count;
#pragma omp parallel num_threads(self->threads)
    {
        bg_errors found;
        bg_errors_init(&found);
        bg_sweep_runner *runner = NULL;
        bg_status status = bg_sweep_runner_new(sweep, &runner, &found);
#pragma omp for schedule(dynamic, 1)
        for (long long i = 0; i < count; i++) {
            if (status == BG_OK && !failed(self)) {
                status = stopped(self) ? BG_INTERRUPTED
                                       : bg_chunk_run(self->folder, self->chunk[i], runner, ran,
                                                      self, &found);
            }
        }
        if (status != BG_OK) {
            keep_failure(self, status, &found);
        }
        bg_sweep_runner_free(runner);
        bg_errors_free(&found);
    }
}

bg_status bg_work_run(const bg_folder *folder, const bg_sweep *sweep, bg_chunk_range range,
                      const bg_work_options *options, bg_errors *errors)
{
    work self = {.folder = folder, .options = options, .errors = errors};
    self.status = list_missing(&self, range);
    if (self.status == BG_OK && stopped(&self)) {
        self.status = BG_INTERRUPTED;
    }
    self.threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    if (self.chunk_count < (size_t)self.threads) {
        self.threads = (int)self.chunk_count;
    }
    if (self.status == BG_OK && self.chunk_count > 0) {
        run_chunks(&self, sweep);
    }
    free(self.chunk);
    return self.status;
}
