#include <baogan/sobol.h>

#include "random/sobol_sequence.h"

#include <baogan/stream.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RESAMPLES 1000

/* ---- random numbers by name ---- */

static bg_stream source(uint64_t seed, const char *name)
{
    bg_stream stream;
    bg_stream_select(&stream, seed, 0, bg_stream_key(name));
    return stream;
}

/* Strictly between 0 and 1, with 53 bits. */
static double uniform(bg_stream *from)
{
    bg_rng rng = bg_stream_rng(from);
    const uint64_t high = bg_rng_word(&rng), low = bg_rng_word(&rng);
    return ((double)((high << 21) ^ (low >> 11)) + 0.5) / 9007199254740992.0;
}

/* ---- points ---- */

static void fill_random(bg_stream *from, double *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        points[i] = uniform(from);
    }
}

/* Shifted modulo 1; a point that falls onto the edge moves inside. */
static double shifted(double point, double shift)
{
    double sum = point + shift;
    sum = sum >= 1 ? sum - 1 : sum;
    return sum > 0 ? sum : 0x1p-54;
}

static void fill_sequence(bg_stream *from, size_t n, size_t inputs, double *a, double *b)
{
    double shift[2 * BG_SOBOL_SEQUENCE_INPUTS] = {0}, point[2 * BG_SOBOL_SEQUENCE_INPUTS] = {0};
    bg_sobol_sequence sequence;
    bg_sobol_sequence_init(&sequence, 2 * inputs);
    fill_random(from, shift, 2 * inputs);
    for (size_t row = 0; row < n; row++) {
        bg_sobol_sequence_next(&sequence, point);
        for (size_t i = 0; i < inputs; i++) {
            a[row * inputs + i] = shifted(point[i], shift[i]);
            b[row * inputs + i] = shifted(point[inputs + i], shift[inputs + i]);
        }
    }
}

void bg_sobol_points(size_t n, size_t inputs, uint64_t seed, double *a, double *b)
{
    bg_stream from = source(seed, "sensitivity/points");
    if (inputs <= BG_SOBOL_SEQUENCE_INPUTS) {
        fill_sequence(&from, n, inputs, a, b);
    } else {
        fill_random(&from, a, n * inputs);
        fill_random(&from, b, n * inputs);
    }
}

/* ---- indices of some rows ---- */

typedef struct estimate {
    double mean, variance;
    double *first, *total; /* by group */
} estimate;

/* Rows row[0..count-1] of the values; all of them in order where `row` is NULL. */
static void estimate_rows(const bg_sobol_values *values, const uint32_t *row, size_t count,
                          estimate *result)
{
    /* About one of the values: those that are all the same have no variance, not that of rounding. */
    const double origin = values->a[row ? row[0] : 0];
    double sum = 0, squares = 0;
    for (size_t k = 0; k < count; k++) {
        const size_t r = row ? row[k] : k;
        sum += (values->a[r] - origin) + (values->b[r] - origin);
    }
    result->mean = origin + sum / (double)(2 * count);
    for (size_t k = 0; k < count; k++) {
        const size_t r = row ? row[k] : k;
        const double a = values->a[r] - result->mean, b = values->b[r] - result->mean;
        squares += a * a + b * b;
    }
    result->variance = squares / (double)(2 * count);
    for (size_t g = 0; g < values->groups; g++) {
        const double *ab = values->ab + g * values->n;
        double first = 0, total = 0;
        for (size_t k = 0; k < count; k++) {
            const size_t r = row ? row[k] : k;
            const double from_b = values->b[r] - ab[r], from_a = values->a[r] - ab[r];
            first += from_b * from_b;
            total += from_a * from_a;
        }
        const double scale = 2 * (double)count * result->variance;
        result->first[g] = scale > 0 ? 1 - first / scale : 0;
        result->total[g] = scale > 0 ? total / scale : 0;
    }
}

/* ---- bootstrap ---- */

static int compare(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The 2.5 % and 97.5 % points of the resampled values, which are sorted. An index so bounded lies above
 * zero where its lower end does by more than rounding. */
static void set_interval(double *resampled, bg_sobol_index *index)
{
    qsort(resampled, RESAMPLES, sizeof *resampled, compare);
    index->low = resampled[RESAMPLES / 40 - 1];
    index->high = resampled[RESAMPLES - RESAMPLES / 40];
    index->above_zero = index->low > 1e-12;
}

typedef struct bootstrap {
    uint32_t *row;
    estimate sample;
    double *resampled; /* [2 * groups][RESAMPLES]: first, then total */
} bootstrap;

static void bootstrap_free(bootstrap *self)
{
    free(self->row);
    free(self->sample.first);
    free(self->sample.total);
    free(self->resampled);
}

static bool bootstrap_init(bootstrap *self, size_t rows, size_t groups)
{
    *self = (bootstrap){.row = calloc(rows, sizeof *self->row),
                        .sample = {.first = calloc(groups, sizeof(double)),
                                   .total = calloc(groups, sizeof(double))},
                        .resampled = calloc(2 * groups * RESAMPLES, sizeof(double))};
    return self->row && self->sample.first && self->sample.total && self->resampled;
}

static void resample(bootstrap *self, const bg_sobol_values *values, size_t rows, bg_stream *from,
                     size_t number)
{
    for (size_t k = 0; k < rows; k++) {
        self->row[k] = (uint32_t)(uniform(from) * (double)rows);
    }
    estimate_rows(values, self->row, rows, &self->sample);
    for (size_t g = 0; g < values->groups; g++) {
        self->resampled[g * RESAMPLES + number] = self->sample.first[g];
        self->resampled[(values->groups + g) * RESAMPLES + number] = self->sample.total[g];
    }
}

static bg_status add_intervals(const bg_sobol_values *values, size_t rows, uint64_t seed,
                               bg_sobol_indices *result)
{
    bootstrap work;
    bg_stream from = source(seed, "sensitivity/bootstrap");
    const bool ready = bootstrap_init(&work, rows, values->groups);
    for (size_t number = 0; ready && number < RESAMPLES; number++) {
        resample(&work, values, rows, &from, number);
    }
    for (size_t g = 0; ready && g < values->groups; g++) {
        set_interval(work.resampled + g * RESAMPLES, &result->first[g]);
        set_interval(work.resampled + (values->groups + g) * RESAMPLES, &result->total[g]);
    }
    bootstrap_free(&work);
    return ready ? BG_OK : BG_MEMORY;
}

bg_status bg_sobol_indices_compute(const bg_sobol_values *values, size_t rows, uint64_t seed,
                                   bg_sobol_indices *self)
{
    const size_t groups = values->groups;
    *self = (bg_sobol_indices){.first = calloc(groups, sizeof *self->first),
                               .total = calloc(groups, sizeof *self->total)};
    estimate all = {.first = calloc(groups, sizeof(double)),
                    .total = calloc(groups, sizeof(double))};
    bg_status status = self->first && self->total && all.first && all.total ? BG_OK : BG_MEMORY;
    if (!status) {
        estimate_rows(values, NULL, rows, &all);
        self->mean = all.mean;
        self->variance = all.variance;
        for (size_t g = 0; g < groups; g++) {
            self->first[g].value = all.first[g];
            self->total[g].value = all.total[g];
        }
        status = add_intervals(values, rows, seed, self);
    }
    free(all.first);
    free(all.total);
    if (status) {
        bg_sobol_indices_free(self);
    }
    return status;
}

void bg_sobol_indices_free(bg_sobol_indices *self)
{
    free(self->first);
    free(self->total);
    *self = (bg_sobol_indices){0};
}

/* ---- two groups together ---- */

static double together(const bg_sobol_pair *pair, const uint32_t *row)
{
    const double origin = pair->a[row[0]], n = (double)pair->n;
    double sum = 0, squares = 0, both = 0;
    for (size_t k = 0; k < pair->n; k++) {
        const size_t r = row[k];
        const double a = pair->a[r] - origin, b = pair->b[r] - origin;
        const double rest = pair->a[r] - pair->ab_g[r] - pair->ab_h[r] + pair->ab_gh[r];
        sum += a + b;
        squares += a * a + b * b;
        both += rest * rest;
    }
    const double mean = sum / (2 * n), variance = squares / (2 * n) - mean * mean;
    return variance > 0 ? both / (4 * n * variance) : 0;
}

bg_status bg_sobol_together(const bg_sobol_pair *pair, uint64_t seed, bg_sobol_index *index)
{
    bg_stream from = source(seed, "sensitivity/pairs");
    uint32_t *row = calloc(pair->n, sizeof *row);
    double *resampled = calloc(RESAMPLES, sizeof *resampled);
    const bool ready = row && resampled;
    for (size_t k = 0; ready && k < pair->n; k++) {
        row[k] = (uint32_t)k;
    }
    if (ready) {
        index->value = together(pair, row);
    }
    for (size_t number = 0; ready && number < RESAMPLES; number++) {
        for (size_t k = 0; k < pair->n; k++) {
            row[k] = (uint32_t)(uniform(&from) * (double)pair->n);
        }
        resampled[number] = together(pair, row);
    }
    if (ready) {
        set_interval(resampled, index);
    }
    free(row);
    free(resampled);
    return ready ? BG_OK : BG_MEMORY;
}
