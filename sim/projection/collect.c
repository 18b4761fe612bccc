#include "projection/collect.h"

#include "projection/ranks.h"

#include <omp.h>
#include <stdlib.h>

/* N/8, N/4, N/2 and N, each once and none of them 0. */
static void set_stops(bg_collection *self, size_t n)
{
    for (unsigned shift = 4; shift-- > 0;) {
        const size_t stop = n >> shift ? n >> shift : 1;
        if (self->stop_count == 0 || self->stop[self->stop_count - 1] < stop) {
            self->stop[self->stop_count++] = stop;
        }
    }
}

bg_status bg_collection_init(bg_collection *self, const bg_model *model,
                             const bg_projection_options *options, size_t n)
{
    *self = (bg_collection){0};
    set_stops(self, n);
    bg_status status = bg_layout_init(&self->layout, model, options);
    if (status == BG_OK) {
        status = bg_frame_init(&self->frame, &self->layout, n);
    }
    if (status != BG_OK) {
        return status;
    }
    const bg_layout *layout = &self->layout;
    const size_t columns = layout->columns ? layout->columns : 1;
    self->moments = calloc(columns, sizeof *self->moments);
    self->early = calloc(columns * self->stop_count, sizeof *self->early);
    self->statistics = calloc(columns, sizeof *self->statistics);
    self->hits = calloc(layout->units * (layout->years + 1) * BG_EVENT_COUNT, sizeof *self->hits);
    return self->moments && self->early && self->statistics && self->hits ? BG_OK : BG_MEMORY;
}

void bg_collection_free(bg_collection *self)
{
    bg_frame_free(&self->frame);
    bg_layout_free(&self->layout);
    free(self->moments);
    free(self->early);
    free(self->statistics);
    free(self->hits);
    *self = (bg_collection){0};
}

/* ---- taking ---- */

/* Sums go on from stop to stop. */
static void take_column(bg_collection *self, size_t column, size_t more)
{
    bg_moments *moments = &self->moments[column];
    const int64_t *values = bg_frame_column(&self->frame, column);
    size_t done = self->n;
    for (size_t i = 0; i < self->stop_count && self->stop[i] <= self->n + more; i++) {
        if (self->stop[i] > done) {
            bg_moments_add(moments, values + done, self->stop[i] - done);
            done = self->stop[i];
            self->early[column * self->stop_count + i] = *moments;
        }
    }
    bg_moments_add(moments, values + done, self->n + more - done);
}

static size_t *hits_of(const bg_collection *self, size_t unit, size_t year)
{
    return self->hits + (unit * (self->layout.years + 1) + year) * BG_EVENT_COUNT;
}

static void count_events(size_t *hits, const uint8_t *events, size_t n)
{
    for (unsigned event = 0; event < BG_EVENT_COUNT; event++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            count += events[i] >> event & 1;
        }
        hits[event] += count;
    }
}

/* Some replications at a time, so that all years of them can be joined. */
static void take_events(bg_collection *self, size_t unit, size_t more)
{
    enum { SOME = 256 };
    const size_t years = self->layout.years;
    for (size_t from = 0; from < more; from += SOME) {
        const size_t n = more - from < SOME ? more - from : SOME;
        uint8_t any[SOME] = {0};
        for (size_t year = 0; year < years; year++) {
            const uint8_t *events = bg_frame_event(&self->frame, unit, year) + self->n + from;
            count_events(hits_of(self, unit, year), events, n);
            for (size_t i = 0; i < n; i++) {
                any[i] |= events[i];
            }
        }
        count_events(hits_of(self, unit, years), any, n);
    }
}

void bg_collection_take(bg_collection *self, size_t more, int threads)
{
    const long long columns = (long long)self->layout.columns;
    const long long units = (long long)self->layout.units;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (long long i = 0; i < columns + units; i++) {
        if (i < columns) {
            take_column(self, (size_t)i, more);
        } else {
            take_events(self, (size_t)(i - columns), more);
        }
    }
    self->n += more;
}

/* ---- summarising ---- */

bg_status bg_collection_summarise(bg_collection *self, int threads)
{
    const long long columns = (long long)self->layout.columns;
    bg_fen *scratch = malloc((size_t)threads * self->n * sizeof *scratch);
    if (!scratch) {
        return BG_MEMORY;
    }
    bg_ranks ranks;
    bg_ranks_init(&ranks, self->n);
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (long long i = 0; i < columns; i++) {
        bg_ranks_summarise(&ranks, &self->moments[i], bg_frame_column(&self->frame, (size_t)i),
                           scratch + (size_t)omp_get_thread_num() * self->n, &self->statistics[i]);
    }
    free(scratch);
    return BG_OK;
}

/* ---- answering ---- */

size_t bg_collection_hits(const bg_collection *self, size_t unit, size_t year, bg_event event)
{
    return hits_of(self, unit, year)[event];
}

const bg_moments *bg_collection_early(const bg_collection *self, size_t column, size_t n)
{
    size_t i = 0;
    while (self->stop[i] != n) {
        i++;
    }
    return &self->early[column * self->stop_count + i];
}
