#include "projection/engine.h"

#include "projection/block.h"

#include <omp.h>
#include <stdlib.h>

/* Futures in a block: enough that the rules run over columns, few enough that the columns of a year
 * stay in the cache. */
#define BLOCK_SIZE 64

typedef struct run {
    const bg_projection_options *options;
    bg_draws *draws;
    bg_block **worker; /* one a thread */
    int threads;
    size_t block_count;
    size_t done;         /* blocks */
    size_t first_failed; /* block_count while none has */
    bg_status status;
    bg_errors errors; /* of the first block that failed */
} run;

int bg_engine_threads(const bg_projection_options *options, size_t tasks)
{
    const int threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    return (size_t)threads > tasks ? (int)tasks : threads;
}

static bool stopped(const run *self)
{
    return self->options->stop && *self->options->stop;
}

static size_t first_failed(run *self)
{
    size_t first;
#pragma omp atomic read
    first = self->first_failed;
    return first;
}

/* Called by one thread at a time. Blocks before the first failed one still run, so that which error
 * is reported does not depend on which thread was faster. */
static void note(run *self, size_t block, bg_status status, bg_errors *errors)
{
    self->done++;
    if (status != BG_OK && block < self->first_failed) {
#pragma omp atomic write
        self->first_failed = block;
        self->status = status;
        const bg_errors earlier = self->errors;
        self->errors = *errors;
        *errors = earlier;
    }
    if (self->options->progress) {
        self->options->progress(self->options->context,
                                (double)self->done / (double)self->block_count);
    }
}

static void run_block(run *self, bg_block *worker, size_t block)
{
    if (stopped(self) || block > first_failed(self)) {
        return;
    }
    bg_errors errors;
    bg_errors_init(&errors);
    const size_t first = block * BLOCK_SIZE;
    const size_t left = self->draws->n - first;
    const size_t n = left < BLOCK_SIZE ? left : BLOCK_SIZE;
    const bg_status status = bg_block_simulate(worker, first, n, self->draws, &errors);
#pragma omp critical(bg_engine_note)
    note(self, block, status, &errors);
    bg_errors_free(&errors);
}

static void run_blocks(run *self)
{
    const long long blocks = (long long)self->block_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->threads)
    for (long long block = 0; block < blocks; block++) {
        run_block(self, self->worker[omp_get_thread_num()], (size_t)block);
    }
}

static bg_status make_workers(run *self, const bg_model *model)
{
    self->worker = calloc((size_t)self->threads, sizeof(bg_block *));
    for (int thread = 0; self->worker && thread < self->threads; thread++) {
        self->worker[thread] = bg_block_new(model, BLOCK_SIZE);
        if (!self->worker[thread]) {
            return BG_MEMORY;
        }
    }
    return self->worker ? BG_OK : BG_MEMORY;
}

static void free_workers(run *self)
{
    for (int thread = 0; self->worker && thread < self->threads; thread++) {
        bg_block_free(self->worker[thread]);
    }
    free(self->worker);
}

static bg_status conclude(run *self, bg_errors *errors)
{
    if (self->status != BG_OK) {
        bg_errors_move(errors, &self->errors);
        return self->status;
    }
    if (stopped(self) && self->done < self->block_count) {
        return bg_errors_add(errors, BG_INTERRUPTED, BG_NOWHERE, NULL,
                             "The projection was stopped after %zu of %zu blocks of replications.",
                             self->done, self->block_count);
    }
    return BG_OK;
}

bg_status bg_engine_run(const bg_model *model, const bg_projection_options *options,
                        bg_draws *draws, bg_errors *errors)
{
    const size_t blocks = (draws->n + BLOCK_SIZE - 1) / BLOCK_SIZE;
    run self = {
        .options = options,
        .draws = draws,
        .threads = bg_engine_threads(options, blocks),
        .block_count = blocks,
        .first_failed = blocks,
    };
    bg_errors_init(&self.errors);
    bg_status status = make_workers(&self, model);
    if (status == BG_OK) {
        run_blocks(&self);
        status = conclude(&self, errors);
    } else {
        bg_errors_add(errors, status, BG_NOWHERE, NULL, "Out of memory for %d threads.",
                      self.threads);
    }
    free_workers(&self);
    bg_errors_free(&self.errors);
    return status;
}
