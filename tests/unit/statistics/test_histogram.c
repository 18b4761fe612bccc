#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/histogram.h"
#include <stdint.h>

enum { MOST = 1000 };

typedef struct sample {
    const bg_fen *draws;
    size_t n;
} sample;

static bg_status count_below(const void *draws, const bg_fen *edges, size_t count, size_t *below)
{
    const sample *self = draws;
    for (size_t e = 0; e < count; e++) {
        below[e] = 0;
        for (size_t i = 0; i < self->n; i++) {
            below[e] += self->draws[i] < edges[e];
        }
    }
    return BG_OK;
}

static bg_histogram histogram_of(const bg_fen *draws, size_t n)
{
    static int64_t scratch[MOST];
    bg_statistics about;
    bg_histogram histogram;
    bg_statistics_compute(draws, n, scratch, &about);
    assert_int_equal(bg_histogram_compute(&histogram, &about, count_below, &(sample){draws, n}),
                     BG_OK);
    return histogram;
}

/* 1 … 1000: quartiles 250 and 750, so 2 x 500 / 10 = 100 wanted, which is round. */
static void the_width_is_that_of_freedman_and_diaconis(void **state)
{
    (void)state;
    bg_fen draws[1000];
    for (int i = 0; i < 1000; i++) {
        draws[i] = i + 1;
    }
    bg_histogram histogram = histogram_of(draws, 1000);
    assert_int_equal(histogram.width, 100);
    assert_int_equal(histogram.bins, 11); /* 1000 opens a bin of its own */
    assert_int_equal(histogram.count[0], 99);
    assert_int_equal(histogram.count[5], 100);
    assert_int_equal(histogram.count[10], 1);
    assert_int_equal(bg_histogram_edge(&histogram, 0), 0);
    assert_int_equal(bg_histogram_edge(&histogram, 11), 1100);
    bg_histogram_free(&histogram);
}

static void zero_is_an_edge_and_belongs_to_the_bin_above(void **state)
{
    (void)state;
    const bg_fen draws[] = {-7, -1, 0, 1, 7, 0, -5, 5};
    bg_histogram histogram = histogram_of(draws, 8);
    size_t below = 0, above = 0;
    for (size_t bin = 0; bin < histogram.bins; bin++) {
        if (bg_histogram_edge(&histogram, bin) < 0) {
            assert_true(bg_histogram_edge(&histogram, bin + 1) <= 0);
            below += histogram.count[bin];
        } else {
            above += histogram.count[bin];
        }
    }
    assert_int_equal(below, 3);
    assert_int_equal(above, 5);
    bg_histogram_free(&histogram);
}

static void equal_draws_fill_one_bin(void **state)
{
    (void)state;
    const bg_fen draws[] = {-42, -42, -42};
    bg_histogram histogram = histogram_of(draws, 3);
    assert_int_equal(histogram.bins, 1);
    assert_int_equal(histogram.count[0], 3);
    assert_true(bg_histogram_edge(&histogram, 0) <= -42);
    assert_true(bg_histogram_edge(&histogram, 1) > -42);
    bg_histogram_free(&histogram);
    bg_histogram_free(&histogram);
}

static void a_far_outlier_makes_bins_wider_and_not_more(void **state)
{
    (void)state;
    bg_fen draws[100] = {0};
    draws[0] = INT64_C(1000000000000000);
    bg_histogram histogram = histogram_of(draws, 100);
    assert_true(histogram.bins <= 1000);
    assert_int_equal(histogram.count[0], 99);
    assert_int_equal(histogram.count[histogram.bins - 1], 1);
    bg_histogram_free(&histogram);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_width_is_that_of_freedman_and_diaconis),
        cmocka_unit_test(zero_is_an_edge_and_belongs_to_the_bin_above),
        cmocka_unit_test(equal_draws_fill_one_bin),
        cmocka_unit_test(a_far_outlier_makes_bins_wider_and_not_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
