#include "projection/engine.h"

#include "projection/messages.h"
#include "projection/worker.h"

#include <omp.h>
#include <stdlib.h>

/* Futures in a block unless asked otherwise: enough that the rules run over columns, few enough that
 * the columns of a year stay in the cache. */
#define BLOCK_SIZE 256

struct bg_engine {
    const bg_projection_options *options;
    bg_worker **worker; /* one a thread */
    int threads;
    size_t parties;
    size_t block_size;
    size_t most, done; /* replications, over all runs */
};

/* One call of bg_engine_run. */
typedef struct run {
    bg_engine *engine;
    const bg_frame_place *to; /* one a party */
    size_t first, n;
    size_t block_count;
    size_t blocks_done;
    size_t first_failed; /* block_count while none has */
    bg_status status;
    bg_errors errors; /* of the first block that failed */
} run;

/* ---- the workers ---- */

/* As asked for, else as OpenMP decides, and no more than there are blocks. */
static int threads_for(const bg_projection_options *options, size_t blocks)
{
    const int threads = options->threads > 0 ? options->threads : omp_get_max_threads();
    return (size_t)threads > blocks ? (int)blocks : threads;
}

static bg_status make_workers(bg_engine *self, const bg_parties *parties)
{
    self->worker = calloc((size_t)self->threads, sizeof(bg_worker *));
    for (int thread = 0; self->worker && thread < self->threads; thread++) {
        self->worker[thread] = bg_worker_new(parties, self->options, self->block_size);
        if (!self->worker[thread]) {
            return BG_MEMORY;
        }
    }
    return self->worker ? BG_OK : BG_MEMORY;
}

bg_engine *bg_engine_new(const bg_parties *parties, const bg_projection_options *options,
                         size_t most, bg_errors *errors)
{
    const size_t wanted = options->block_size ? options->block_size : BLOCK_SIZE;
    const size_t block_size = wanted < most ? wanted : most;
    const int threads = threads_for(options, (most - 1) / block_size + 1);
    bg_engine *self = calloc(1, sizeof *self);
    if (self) {
        *self = (bg_engine){.options = options,
                            .threads = threads,
                            .parties = bg_parties_count(parties),
                            .block_size = block_size,
                            .most = most};
    }
    if (!self || make_workers(self, parties) != BG_OK) {
        bg_engine_free(self);
        bg_no_memory(errors);
        return NULL;
    }
    return self;
}

void bg_engine_free(bg_engine *self)
{
    if (!self) {
        return;
    }
    for (int thread = 0; self->worker && thread < self->threads; thread++) {
        bg_worker_free(self->worker[thread]);
    }
    free(self->worker);
    free(self);
}

int bg_engine_threads(const bg_engine *self)
{
    return self->threads;
}

/* ---- running ---- */

static bool stopped(const bg_engine *self)
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
static void note(run *self, size_t block, size_t n, bg_status status, bg_errors *errors)
{
    bg_engine *engine = self->engine;
    self->blocks_done++;
    engine->done += n;
    if (status != BG_OK && block < self->first_failed) {
#pragma omp atomic write
        self->first_failed = block;
        self->status = status;
        const bg_errors earlier = self->errors;
        self->errors = *errors;
        *errors = earlier;
    }
    if (engine->options->progress) {
        engine->options->progress(engine->options->context,
                                  (double)engine->done / (double)engine->most);
    }
}

static void put(const run *self, const bg_worker *worker, size_t offset, size_t n)
{
    for (size_t p = 0; p < self->engine->parties; p++) {
        const bg_frame_place *to = &self->to[p];
        bg_frame_put(to->frame, to->at + offset, n, bg_worker_draws(worker, p));
    }
}

static void run_block(run *self, bg_worker *worker, size_t block)
{
    if (stopped(self->engine) || block > first_failed(self)) {
        return;
    }
    bg_errors errors;
    bg_errors_init(&errors);
    const size_t size = self->engine->block_size;
    const size_t offset = block * size;
    const size_t left = self->n - offset;
    const size_t n = left < size ? left : size;
    const bg_status status = bg_worker_simulate(worker, self->first + offset, n, &errors);
    if (status == BG_OK) {
        put(self, worker, offset, n);
    }
#pragma omp critical(bg_engine_note)
    note(self, block, n, status, &errors);
    bg_errors_free(&errors);
}

static void run_blocks(run *self)
{
    const long long blocks = (long long)self->block_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(self->engine->threads)
    for (long long block = 0; block < blocks; block++) {
        run_block(self, self->engine->worker[omp_get_thread_num()], (size_t)block);
    }
}

static bg_status conclude(run *self, bg_errors *errors)
{
    if (self->status != BG_OK) {
        bg_errors_move(errors, &self->errors);
        return self->status;
    }
    if (self->blocks_done < self->block_count) {
        return bg_errors_say(errors, BG_INTERRUPTED, BG_NOWHERE, NULL, BG_SAY(projection_stopped),
                             self->engine->done, self->engine->most);
    }
    return BG_OK;
}

bg_status bg_engine_run(bg_engine *self, size_t first, size_t n, const bg_frame_place *to,
                        bg_errors *errors)
{
    const size_t blocks = (n + self->block_size - 1) / self->block_size;
    run now = {
        .engine = self,
        .to = to,
        .first = first,
        .n = n,
        .block_count = blocks,
        .first_failed = blocks,
    };
    bg_errors_init(&now.errors);
    run_blocks(&now);
    const bg_status status = conclude(&now, errors);
    bg_errors_free(&now.errors);
    return status;
}
