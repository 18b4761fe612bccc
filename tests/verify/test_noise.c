/* Columns of noise judged by statistics: moments, tails, the Kolmogorov-Smirnov distance from the normal
 * distribution, and correlations between neighbouring replications, blocks, streams and seeds, of the
 * values and of their squares. Every statistic is, or is turned into, a standard normal one; with the
 * fixed seeds a right generator fails with probability ALARM over all of them together (Bonferroni). */
#include "random/noise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#define ALARM 1e-6
enum { N = 1 << 20, COLUMNS = 8, MOMENTS = 6, TAILS = 4, STREAMS = 48, EDGES = 1 << 14 };

/* All statistics of this file: of STREAMS streams the COLUMNS columns each, and the pairs below. */
enum {
    ONES = STREAMS * COLUMNS * (MOMENTS + TAILS + 1),
    PAIRS = STREAMS * (COLUMNS * (COLUMNS - 1) / 2 + COLUMNS * 4) * 2,
};

static double limit(void)
{
    return gsl_cdf_ugaussian_Qinv(ALARM / 2 / (ONES + PAIRS));
}

/* Columns 0 and 1 of doubles, 2 to 7 of singles turned into doubles. The doubles come from a stream of
 * their own: from one block they would be of the same words. */
typedef struct sample {
    double *z[COLUMNS];
} sample;

typedef struct place {
    uint64_t seed, key;
    uint32_t block, first;
} place;

static void draw(sample *self, const place *at)
{
    static float singles[6][N];
    float *const single[6] = {singles[0], singles[1], singles[2],
                              singles[3], singles[4], singles[5]};
    const bg_noise *noise = bg_noise_functions();
    noise->normals(at->seed, at->key, at->block, at->first, N, self->z[0], self->z[1]);
    noise->normals_single(at->seed, ~at->key, at->block, at->first, N, single);
    for (int column = 2; column < COLUMNS; column++) {
        for (size_t i = 0; i < N; i++) {
            self->z[column][i] = (double)singles[column - 2][i];
        }
    }
}

static void sample_init(sample *self)
{
    for (int column = 0; column < COLUMNS; column++) {
        self->z[column] = malloc(N * sizeof *self->z[column]);
        assert_non_null(self->z[column]);
    }
}

static void sample_free(sample *self)
{
    for (int column = 0; column < COLUMNS; column++) {
        free(self->z[column]);
    }
}

static void judge(double statistic, const char *what, int stream, int column)
{
    if (!(fabs(statistic) < limit())) {
        fail_msg("%s, stream %d, column %d: %.2f standard errors (limit %.2f)", what, stream,
                 column, statistic, limit());
    }
}

/* ---- one column ---- */

/* Hermite polynomials H_1 to H_6: of a standard normal they have mean 0 and variance k!, and are not
 * correlated, so that each tells something of its own. */
static void judge_moments(const double *z, int stream, int column)
{
    double sum[MOMENTS + 1] = {0}, factorial = 1;
    for (size_t i = 0; i < N; i++) {
        double before = 1, now = z[i];
        for (int k = 1; k <= MOMENTS; k++) {
            sum[k] += now;
            const double next = z[i] * now - k * before;
            before = now;
            now = next;
        }
    }
    for (int k = 1; k <= MOMENTS; k++) {
        factorial *= k;
        judge(sum[k] / sqrt(N * factorial), "Hermite moment", stream, column);
    }
}

/* Counts beyond 1, 2, 3 and 4 on either side. */
static void judge_tails(const double *z, int stream, int column)
{
    for (int tail = 1; tail <= TAILS; tail++) {
        const double p = 2 * gsl_cdf_ugaussian_Q(tail);
        size_t count = 0;
        for (size_t i = 0; i < N; i++) {
            count += fabs(z[i]) > tail;
        }
        judge(((double)count - N * p) / sqrt(N * p * (1 - p)), "tail", stream, column);
    }
}

/* The Kolmogorov-Smirnov distance d at the edges of EDGES cells of equal probability;
 * P(d sqrt(n) > x) <= 2 exp(-2 x^2) (Massart 1990), as the normal quantile of that probability. */
static void judge_distance(const double *z, int stream, int column)
{
    static size_t cell[EDGES + 1];
    memset(cell, 0, sizeof cell);
    for (size_t i = 0; i < N; i++) {
        cell[(size_t)(EDGES * gsl_cdf_ugaussian_P(z[i]))]++;
    }
    double distance = 0, count = 0;
    for (int edge = 0; edge < EDGES; edge++) {
        const double apart = fabs(count / N - edge / (double)EDGES);
        distance = apart > distance ? apart : distance;
        count += (double)cell[edge];
    }
    const double tail = 2 * exp(-2 * N * distance * distance);
    judge(tail < 0.5 ? gsl_cdf_ugaussian_Qinv(tail / 2) : 0, "Kolmogorov-Smirnov", stream, column);
}

/* ---- pairs ---- */

/* Both columns standard normal and independent: sum of a b has variance n, that of (a^2 - 1)(b^2 - 1)
 * has 4 n. */
static void judge_pair(const double *a, const double *b, size_t n, int stream, int column,
                       const char *what)
{
    double values = 0, squares = 0;
    for (size_t i = 0; i < n; i++) {
        values += a[i] * b[i];
        squares += (a[i] * a[i] - 1) * (b[i] * b[i] - 1);
    }
    judge(values / sqrt((double)n), what, stream, column);
    judge(squares / sqrt(4.0 * (double)n), what, stream, column);
}

static void judge_neighbours(const sample *here, sample *other, const place *at, int stream)
{
    const struct {
        const char *name;
        place at;
    } neighbours[] = {
        {"neighbouring blocks", {at->seed, at->key, at->block + 1, at->first}},
        {"neighbouring streams", {at->seed, at->key + 1, at->block, at->first}},
        {"neighbouring seeds", {at->seed + 1, at->key, at->block, at->first}},
    };
    for (size_t j = 0; j < sizeof neighbours / sizeof *neighbours; j++) {
        draw(other, &neighbours[j].at);
        for (int column = 0; column < COLUMNS; column++) {
            judge_pair(here->z[column], other->z[column], N, stream, column, neighbours[j].name);
        }
    }
    for (int column = 0; column < COLUMNS; column++) {
        judge_pair(here->z[column], here->z[column] + 1, N - 1, stream, column,
                   "neighbouring replications");
    }
}

static void judge_columns(const sample *self, int stream)
{
    for (int a = 0; a < COLUMNS; a++) {
        for (int b = 0; b < a; b++) {
            judge_pair(self->z[a], self->z[b], N, stream, a, "columns of one block");
        }
    }
}

/* Seeds, keys and replications as users have them: small seeds, keys that are hashes, and the corners. */
static place place_of(int stream)
{
    const uint64_t many = UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)stream;
    return (place){
        .seed = stream % 3 ? (uint64_t)stream : many,
        .key = stream % 2 ? many : (uint64_t)stream,
        .block = (uint32_t)(stream % 4),
        .first = stream % 5 ? 0 : UINT32_MAX - N / 2,
    };
}

static void columns_are_normal_and_independent_of_their_neighbours(void **state)
{
    (void)state;
    sample here, other;
    sample_init(&here);
    sample_init(&other);
    for (int stream = 0; stream < STREAMS; stream++) {
        const place at = place_of(stream);
        draw(&here, &at);
        judge_columns(&here, stream);
        judge_neighbours(&here, &other, &at, stream);
        for (int column = 0; column < COLUMNS; column++) {
            judge_moments(here.z[column], stream, column);
            judge_tails(here.z[column], stream, column);
            judge_distance(here.z[column], stream, column);
        }
    }
    sample_free(&other);
    sample_free(&here);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_normal_and_independent_of_their_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
