#include "projection/collect.h"

#include "statistics/event_counts_simd.h"
#include "statistics/selection.h"
#include "statistics/summary.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

/* ---- plan ---- */

static int by_size(const void *a, const void *b)
{
    const size_t x = *(const size_t *)a;
    const size_t y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* N/8, N/4, N/2 and N of each look, rising, each once and none of them 0. */
static bg_status set_stops(bg_collection *self, const size_t *looks, size_t count)
{
    self->stop = calloc(4 * count, sizeof *self->stop);
    if (!self->stop) {
        return BG_MEMORY;
    }
    for (size_t i = 0; i < 4 * count; i++) {
        const size_t part = looks[i / 4] >> i % 4;
        self->stop[i] = part ? part : 1;
    }
    qsort(self->stop, 4 * count, sizeof *self->stop, by_size);
    for (size_t i = 0; i < 4 * count; i++) {
        if (self->stop_count == 0 || self->stop[self->stop_count - 1] < self->stop[i]) {
            self->stop[self->stop_count++] = self->stop[i];
        }
    }
    return BG_OK;
}

/* Replications whose draws take so many bytes, within limits. */
static size_t fit(const bg_layout *layout, size_t parties, uint64_t bytes)
{
    const size_t rows = layout->columns ? layout->columns : 1;
    const size_t most = bytes / sizeof(bg_fen) / rows / parties;
    return most < BG_PILOT ? BG_PILOT : most < BG_EXACT_MOST ? most : BG_EXACT_MOST;
}

/* Room for the last look at which order statistics are exact, and for the pilot. */
static size_t frame_capacity(const bg_collection *self, const size_t *looks, size_t count)
{
    const size_t most = looks[count - 1];
    if (self->keep || most < self->passing) {
        return most;
    }
    size_t capacity = self->passing;
    for (size_t i = 0; i < count; i++) {
        capacity = looks[i] > capacity && looks[i] <= self->exact_most ? looks[i] : capacity;
    }
    return capacity;
}

static size_t band_counts_size(void)
{
    return BG_BAND_COUNTERS * sizeof(size_t);
}

/* Those of the figures that will be asked for, and of the target, that are means given an event. */
static bg_status plan_given(bg_collection *self, const bg_projection_options *options)
{
    const size_t most = options->figure_count + (options->until != NULL);
    self->given = calloc(most + 1, sizeof *self->given);
    for (size_t i = 0; self->given && i < most; i++) {
        const bg_figure *figure =
            i < options->figure_count ? &options->figures[i] : &options->until->figure;
        if (bg_given_is_to_be_kept(&self->layout, figure)) {
            self->given[self->given_count++] = (bg_given){.figure = *figure};
        }
    }
    return self->given ? BG_OK : BG_MEMORY;
}

bg_status bg_collection_init(bg_collection *self, const bg_model *model,
                             const bg_projection_options *options, const size_t *looks,
                             size_t count, size_t parties)
{
    *self = (bg_collection){.keep = options->keep};
    bg_status status = bg_layout_init(&self->layout, model, options);
    if (status == BG_OK) {
        self->exact_most = fit(&self->layout, parties, BG_EXACT_BYTES);
        self->passing = fit(&self->layout, parties, BG_PASSING_BYTES);
        status = bg_frame_init(&self->frame, &self->layout, frame_capacity(self, looks, count));
    }
    status = status ? status : set_stops(self, looks, count);
    status = status ? status : plan_given(self, options);
    if (status != BG_OK) {
        return status;
    }
    const bg_layout *layout = &self->layout;
    const size_t columns = layout->columns ? layout->columns : 1;
    self->moments = calloc(columns, sizeof *self->moments);
    self->early = calloc(columns * self->stop_count, sizeof *self->early);
    self->statistics = calloc(columns, sizeof *self->statistics);
    self->event_count = calloc((layout->units + 1) * (layout->years + 1) * BG_EVENT_COUNT,
                               sizeof *self->event_count);
    if (layout->bands) {
        self->band_count = calloc((layout->schemes + 1) * (layout->years + 1), band_counts_size());
    }
    return (self->band_count || !layout->bands) && self->moments && self->early &&
                   self->statistics && self->event_count
               ? BG_OK
               : BG_MEMORY;
}

static void free_bins(bg_collection *self)
{
    for (size_t i = 0; self->bins && i < self->layout.columns; i++) {
        bg_bins_free(self->bins[i]);
    }
    free(self->bins);
}

void bg_collection_free(bg_collection *self)
{
    free_bins(self);
    bg_frame_free(&self->frame);
    bg_layout_free(&self->layout);
    free(self->stop);
    free(self->moments);
    free(self->early);
    free(self->statistics);
    free(self->event_count);
    free(self->band_count);
    free(self->given);
    *self = (bg_collection){0};
}

/* ---- from draws to bins ---- */

/* The first `n` draws of a column, counted in bins of the shape of the pilot. NULL when out of memory. */
static bg_bins *bins_of(const bg_collection *self, size_t column, size_t n)
{
    const int64_t *draws = bg_frame_column(&self->frame, column);
    const size_t pilot = n < BG_PILOT ? n : BG_PILOT;
    int64_t sorted[BG_PILOT];
    memcpy(sorted, draws, pilot * sizeof sorted[0]);
    bg_sort(sorted, pilot);
    bg_bins *bins = bg_bins_new(sorted, pilot);
    if (bins) {
        bg_bins_add(bins, draws, n);
    }
    return bins;
}

static bg_status fill_bins(bg_collection *self, int threads)
{
    const long long columns = (long long)self->layout.columns;
    self->bins = calloc(self->layout.columns ? self->layout.columns : 1, sizeof(bg_bins *));
    if (!self->bins) {
        return BG_MEMORY;
    }
    bool complete = true;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) reduction(&& : complete)
    for (long long i = 0; i < columns; i++) {
        self->bins[i] = bins_of(self, (size_t)i, self->held);
        complete = complete && self->bins[i];
    }
    return complete ? BG_OK : BG_MEMORY;
}

bg_status bg_collection_room(bg_collection *self, int threads, size_t *room)
{
    if (self->held == self->frame.capacity) {
        bg_status status = self->bins ? BG_OK : fill_bins(self, threads);
        if (status == BG_OK && self->frame.capacity > self->passing) {
            bg_frame_free(&self->frame);
            status = bg_frame_init(&self->frame, &self->layout, self->passing);
        }
        if (status != BG_OK) {
            return status;
        }
        self->held = 0;
    }
    *room = self->frame.capacity - self->held;
    return BG_OK;
}

/* ---- taking ---- */

/* Sums go on from stop to stop. */
static void take_column(bg_collection *self, size_t column, size_t more)
{
    bg_moments *moments = &self->moments[column];
    const int64_t *values = bg_frame_column(&self->frame, column) + self->held;
    size_t done = 0;
    for (size_t i = 0; i < self->stop_count && self->stop[i] <= self->n + more; i++) {
        if (self->stop[i] > self->n + done) {
            const size_t next = self->stop[i] - self->n;
            bg_moments_add(moments, values + done, next - done);
            done = next;
            self->early[column * self->stop_count + i] = *moments;
        }
    }
    bg_moments_add(moments, values + done, more - done);
    if (self->bins) {
        bg_bins_add(self->bins[column], values, more);
    }
}

static size_t *event_counts_of(const bg_collection *self, size_t unit, size_t year)
{
    return self->event_count + (unit * (self->layout.years + 1) + year) * BG_EVENT_COUNT;
}

/* The events of `n` replications from `from` on: the unit's, or those that any scheme has. */
static void read_events(const bg_collection *self, size_t unit, size_t year, size_t from, size_t n,
                        uint8_t *events)
{
    memset(events, 0, n);
    bg_frame_join_events(&self->frame, unit, year, from, n, events);
}

/* Some replications at a time, so that all schemes and years of them can be joined. */
static void take_events(bg_collection *self, size_t unit, size_t more)
{
    const bg_event_counts_kernels *kernels = BG_ISA_TABLE(bg_event_counts_kernels);
    const size_t years = self->layout.years;
    for (size_t from = 0; from < more; from += BG_EVENT_COUNTS_LENGTH) {
        const size_t n =
            more - from < BG_EVENT_COUNTS_LENGTH ? more - from : BG_EVENT_COUNTS_LENGTH;
        uint8_t events[BG_EVENT_COUNTS_LENGTH], ever[BG_EVENT_COUNTS_LENGTH] = {0};
        for (size_t year = 0; year < years; year++) {
            read_events(self, unit, year, self->held + from, n, events);
            kernels->count(n, events, BG_EVENT_COUNT, event_counts_of(self, unit, year));
            kernels->join(n, events, ever);
        }
        kernels->count(n, ever, BG_EVENT_COUNT, event_counts_of(self, unit, years));
    }
}

/* Any scheme comes after the schemes, of which the sums have no band. */
static size_t *band_counts_of(const bg_collection *self, size_t unit)
{
    const size_t row = unit < self->layout.schemes ? unit : self->layout.schemes;
    return self->band_count + row * (self->layout.years + 1) * BG_BAND_COUNTERS;
}

/* Events of a unit and, but of the sums, sharing bands. */
static void take_unit(bg_collection *self, size_t unit, size_t more)
{
    take_events(self, unit, more);
    if (self->band_count && (unit < self->layout.schemes || unit == self->layout.units)) {
        bg_band_count(&self->frame, unit, self->held, more, band_counts_of(self, unit));
    }
}

void bg_collection_take(bg_collection *self, size_t more, int threads)
{
    const long long columns = (long long)self->layout.columns;
    const long long units = (long long)self->layout.units + (self->layout.schemes > 1);
    const long long given = (long long)self->given_count;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
    for (long long i = 0; i < columns + units + given; i++) {
        if (i < columns) {
            take_column(self, (size_t)i, more);
        } else if (i < columns + units) {
            take_unit(self, (size_t)(i - columns), more);
        } else {
            bg_given_add(&self->given[i - columns - units], &self->frame, self->held, more);
        }
    }
    self->n += more;
    self->held += more;
}

/* ---- summarising ---- */

static bool exact(const bg_collection *self)
{
    return self->n <= self->exact_most;
}

/* The distribution of a column that is not exact. */
static bg_status read_segments(const bg_collection *self, size_t column, bg_segments *segments)
{
    *segments = (bg_segments){0};
    const bg_moments *moments = &self->moments[column];
    bg_bins *own = self->bins ? NULL : bins_of(self, column, self->n);
    const bg_bins *bins = self->bins ? self->bins[column] : own;
    bg_status status =
        bins ? bg_bins_segments(bins, moments->minimum, moments->maximum, segments) : BG_MEMORY;
    bg_bins_free(own);
    return status;
}

static bg_status summarise(bg_collection *self, const bg_ranks *ranks, size_t column,
                           bg_fen *scratch)
{
    bg_statistics *result = &self->statistics[column];
    const bg_moments *moments = &self->moments[column];
    if (exact(self)) {
        bg_summary_of_draws(ranks, moments, bg_frame_column(&self->frame, column), scratch, result);
        return BG_OK;
    }
    bg_segments segments;
    bg_status status = read_segments(self, column, &segments);
    if (status == BG_OK) {
        bg_summary_of_segments(ranks, moments, &segments, result);
    }
    bg_segments_free(&segments);
    return status;
}

bg_status bg_collection_summarise(bg_collection *self, int threads)
{
    const long long columns = (long long)self->layout.columns;
    const size_t each = exact(self) ? self->n : 1;
    bg_fen *scratch = malloc((size_t)threads * each * sizeof *scratch);
    if (!scratch) {
        return BG_MEMORY;
    }
    bg_ranks ranks;
    bg_ranks_init(&ranks, self->n);
    bool complete = true;
#pragma omp parallel for schedule(dynamic, 1) num_threads(threads) reduction(&& : complete)
    for (long long i = 0; i < columns; i++) {
        bg_fen *own = scratch + (size_t)omp_get_thread_num() * each;
        complete = summarise(self, &ranks, (size_t)i, own) == BG_OK && complete;
    }
    free(scratch);
    return complete ? BG_OK : BG_MEMORY;
}

/* ---- answering ---- */

size_t bg_collection_event_count(const bg_collection *self, size_t unit, size_t year,
                                 bg_event event)
{
    return event_counts_of(self, unit, year)[event];
}

size_t bg_collection_band_count(const bg_collection *self, size_t unit, size_t year, int band)
{
    return band_counts_of(self, unit)[year * BG_BAND_COUNTERS + bg_band_counter(band)];
}

const bg_moments *bg_collection_early(const bg_collection *self, size_t column, size_t n)
{
    size_t i = 0;
    while (self->stop[i] != n) {
        i++;
    }
    return &self->early[column * self->stop_count + i];
}

const bg_fen *bg_collection_draws(const bg_collection *self, size_t column)
{
    return self->bins ? NULL : bg_frame_column(&self->frame, column);
}

const uint8_t *bg_collection_events(const bg_collection *self, size_t unit, size_t year)
{
    return self->bins ? NULL : bg_frame_event(&self->frame, unit, year);
}

/* Order statistics of a column by rank from 1, rising. */
static bg_status read_ranks(const bg_collection *self, size_t column, const size_t *rank,
                            size_t count, double *value)
{
    if (!exact(self)) {
        bg_segments segments;
        bg_status status = read_segments(self, column, &segments);
        for (size_t i = 0; i < count && status == BG_OK; i++) {
            value[i] = bg_segments_at(&segments, rank[i]);
        }
        bg_segments_free(&segments);
        return status;
    }
    const bg_moments *moments = &self->moments[column];
    bg_fen *scratch = malloc(self->n * sizeof *scratch);
    if (!scratch) {
        return BG_MEMORY;
    }
    size_t place[3];
    bg_fen found[3];
    for (size_t i = 0; i < count; i++) {
        place[i] = rank[i] - 1;
    }
    bg_select_from(bg_frame_column(&self->frame, column), self->n, moments->minimum,
                   moments->maximum, place, count, scratch, found);
    for (size_t i = 0; i < count; i++) {
        value[i] = (double)found[i];
    }
    free(scratch);
    return BG_OK;
}

bg_status bg_collection_quantile(const bg_collection *self, size_t column, unsigned percent,
                                 bg_quantile *result)
{
    size_t low, high;
    const size_t rank = bg_quantile_rank(self->n, percent * 100);
    *result = (bg_quantile){.low = NAN, .high = NAN};
    result->has_interval = bg_quantile_ranks(self->n, percent / 100.0, 0.95, &low, &high);
    if (!result->has_interval) {
        return read_ranks(self, column, &rank, 1, &result->value);
    }
    double value[3] = {NAN, NAN, NAN};
    bg_status status = read_ranks(self, column, (size_t[]){low, rank, high}, 3, value);
    result->low = value[0];
    result->value = value[1];
    result->high = value[2];
    return status;
}

bg_status bg_collection_tail(const bg_collection *self, size_t column, unsigned hundredths,
                             bool upper, bg_tail *result)
{
    if (!exact(self)) {
        bg_segments segments;
        bg_status status = read_segments(self, column, &segments);
        if (status == BG_OK) {
            *result = bg_tail_of_segments(&segments, hundredths, upper);
        }
        bg_segments_free(&segments);
        return status;
    }
    const bg_moments *moments = &self->moments[column];
    const size_t rank = bg_tail_place(self->n, hundredths, upper) + 1;
    double boundary;
    bg_status status = read_ranks(self, column, &rank, 1, &boundary);
    if (status == BG_OK) {
        *result =
            bg_tail_of_draws(bg_frame_column(&self->frame, column), self->n, (int64_t)boundary,
                             bg_distance(moments->minimum, moments->maximum), hundredths, upper);
    }
    return status;
}

bg_status bg_collection_given(const bg_collection *self, const bg_figure *figure,
                              bg_moments *result)
{
    const size_t column =
        bg_layout_outcome(&self->layout, figure->unit, figure->year, figure->outcome);
    if (column == BG_NO_COLUMN || (figure->band && !self->layout.bands)) {
        return BG_INVALID;
    }
    if (bg_given_is_zero_without(figure)) {
        const size_t hits =
            bg_collection_event_count(self, figure->unit, figure->year, figure->event);
        *result = self->moments[column];
        bg_moments_remove(result, 0, self->n - hits);
        return BG_OK;
    }
    for (size_t i = 0; i < self->given_count; i++) {
        if (bg_given_is_of(&self->given[i], figure)) {
            *result = self->given[i].moments;
            return BG_OK;
        }
    }
    bg_given found = {.figure = *figure};
    if (!self->bins) {
        bg_given_add(&found, &self->frame, 0, self->n);
    }
    *result = found.moments;
    return self->bins ? BG_INVALID : BG_OK;
}

/* The edges are few and far between: each draw's place among them is found by halving. */
static void count_draws(const bg_fen *draws, size_t n, const bg_fen *edges, size_t count,
                        size_t *below)
{
    memset(below, 0, count * sizeof *below);
    for (size_t i = 0; i < n; i++) {
        size_t first = 0;
        for (size_t length = count; length > 0;) {
            const size_t half = length / 2;
            const bool beyond = edges[first + half] <= draws[i];
            first = beyond ? first + half + 1 : first;
            length = beyond ? length - half - 1 : half;
        }
        if (first < count) {
            below[first]++;
        }
    }
    for (size_t e = 1; e < count; e++) {
        below[e] += below[e - 1];
    }
}

bg_status bg_collection_below(const bg_collection *self, size_t column, const bg_fen *edges,
                              size_t count, size_t *below)
{
    if (exact(self)) {
        count_draws(bg_frame_column(&self->frame, column), self->n, edges, count, below);
        return BG_OK;
    }
    bg_segments segments;
    bg_status status = read_segments(self, column, &segments);
    for (size_t e = 0; e < count && status == BG_OK; e++) {
        below[e] = bg_segments_below(&segments, edges[e]);
    }
    bg_segments_free(&segments);
    return status;
}
