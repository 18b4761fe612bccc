#include <baogan/summary.h>

#include "statistics/selection.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bg_statistics summarise(const int64_t *draws, size_t n)
{
    int64_t *scratch = malloc(n * sizeof *scratch);
    assert_non_null(scratch);
    bg_statistics result;
    bg_statistics_compute(draws, n, scratch, &result);
    free(scratch);
    return result;
}

static void assert_near(double obtained, double expected, double tolerance)
{
    if (!(fabs(obtained - expected) <= tolerance)) {
        fail_msg("obtained %.17g, expected %.17g within %g", obtained, expected, tolerance);
    }
}

/* ---- quantiles ---- */

/* R 4.2.2, quantile(x, p, type = 1), on samples in tenths. */
static void quantiles_are_those_of_type_1_in_r(void **state)
{
    (void)state;
    const int64_t a[] = {415, 25, 31, 47, 50, 400, 50, 62, 79, 93, 118};
    const double expected_a[] = {25, 25, 31, 47, 62, 118, 400, 415, 415};
    const int64_t b[] = {4, 3, 2, 1};
    const double expected_b[] = {1, 1, 1, 1, 2, 3, 4, 4, 4};
    const bg_statistics of_a = summarise(a, COUNT(a));
    const bg_statistics of_b = summarise(b, COUNT(b));
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        assert_near(of_a.quantile[q].value, expected_a[q], 0);
        assert_near(of_b.quantile[q].value, expected_b[q], 0);
    }
    assert_int_equal(bg_quantile_rank(11, 3330), 4); /* p = 0.333: 5.0, the fourth */
    assert_int_equal(bg_quantile_rank(4, 6000), 3);
}

static void rank_is_the_ceiling_of_n_p_and_at_least_one(void **state)
{
    (void)state;
    assert_int_equal(bg_quantile_rank(10000, 100), 100); /* 0.01 x 10,000 is 100, not 101 */
    assert_int_equal(bg_quantile_rank(10001, 100), 101);
    assert_int_equal(bg_quantile_rank(1, 100), 1);
    assert_int_equal(bg_quantile_rank(1, 0), 1);
    assert_int_equal(bg_quantile_rank(1, 9900), 1);
    assert_int_equal(bg_quantile_rank(3000, 9900), 2970);
    assert_int_equal(bg_quantile_rank(100000, 9999), 99990);
    /* Beyond where n p fits in 64 bits: n = 2^60 + 1, p = 1/2. */
    assert_true(bg_quantile_rank((SIZE_MAX >> 4) + 2, 5000) == (SIZE_MAX >> 5) + 2);
}

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a;
    const int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

typedef struct tail {
    double mean, se;
} tail;

/* The outer 5 % of sorted draws, the last one in part, by the formulas as they are written. */
static tail plain_tail(const int64_t *sorted, size_t n, bool upper)
{
    const double weight = 0.05 * (double)n;
    const size_t whole = n / 20;
    const double boundary = (double)sorted[upper ? n - 1 - whole : whole];
    double sum = (weight - (double)whole) * boundary;
    for (size_t i = 0; i < whole; i++) {
        sum += (double)sorted[upper ? n - 1 - i : i];
    }
    const double mean = sum / weight;
    double squares = (weight - (double)whole) * (boundary - mean) * (boundary - mean);
    for (size_t i = 0; i < whole; i++) {
        squares += pow((double)sorted[upper ? n - 1 - i : i] - mean, 2);
    }
    const double beyond = mean - boundary;
    return (tail){mean, sqrt((squares / weight + 0.95 * beyond * beyond) / weight)};
}

static void check_against_a_full_sort(size_t n)
{
    static const unsigned levels[] = {100, 500, 1000, 2500, 5000, 7500, 9000, 9500, 9900};
    int64_t draws[4097];
    int64_t sorted[4097];
    for (size_t i = 0; i < n; i++) {
        draws[i] = sorted[i] = (int64_t)(i * i * 1000003 % 99991) * 7 - 5000;
    }
    qsort(sorted, n, sizeof sorted[0], by_value);
    const bg_statistics result = summarise(draws, n);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        size_t low, high;
        const size_t rank = (n * levels[q] + 9999) / 10000;
        assert_near(result.quantile[q].value, (double)sorted[rank - 1], 0);
        if (bg_quantile_ranks(n, bg_quantile_levels[q], 0.95, &low, &high)) {
            assert_near(result.quantile[q].low, (double)sorted[low - 1], 0);
            assert_near(result.quantile[q].high, (double)sorted[high - 1], 0);
        }
    }
    const tail upper = plain_tail(sorted, n, true);
    const tail lower = plain_tail(sorted, n, false);
    assert_near(result.tvar_upper, upper.mean, 1e-6);
    assert_near(result.tvar_lower, lower.mean, 1e-6);
    if (n >= 20) {
        assert_near(result.tvar_upper_se, upper.se, 1e-6);
        assert_near(result.tvar_lower_se, lower.se, 1e-6);
    }
    assert_true(result.minimum == sorted[0] && result.maximum == sorted[n - 1]);
}

static void order_statistics_agree_with_a_full_sort(void **state)
{
    (void)state;
    static const size_t sizes[] = {1, 2, 24, 25, 26, 99, 100, 101, 4097};
    for (size_t s = 0; s < COUNT(sizes); s++) {
        check_against_a_full_sort(sizes[s]);
    }
    /* Whole draws fill the tails. */
    for (size_t n = 500; n <= 4000; n += 20) {
        check_against_a_full_sort(n);
    }
}

/* 0.99^367 = 0.02501, 0.99^368 = 0.02476: the first n that bounds the 1 % quantile from below. */
static void interval_of_the_lowest_per_cent_needs_368_draws(void **state)
{
    (void)state;
    int64_t draws[368];
    for (int i = 0; i < 368; i++) {
        draws[i] = i + 1;
    }
    const bg_statistics with = summarise(draws, 368);
    const bg_statistics without = summarise(draws, 367);
    assert_true(with.quantile[BG_Q01].has_interval && with.quantile[BG_Q99].has_interval);
    assert_near(with.quantile[BG_Q01].low, 1, 0);
    assert_near(with.quantile[BG_Q99].high, 368, 0);
    assert_false(without.quantile[BG_Q01].has_interval || without.quantile[BG_Q99].has_interval);
    assert_true(isnan(without.quantile[BG_Q01].low) && isnan(without.quantile[BG_Q99].high));
    assert_true(without.quantile[BG_Q50].has_interval);
}

/* ---- mean and spread ---- */

/* 2, 4, 4, 4, 5, 5, 7, 9: mean 5, sum of squares 32. */
static void moments_of_a_small_sample_are_exact(void **state)
{
    (void)state;
    const int64_t draws[] = {2, 4, 4, 4, 5, 5, 7, 9};
    const bg_statistics result = summarise(draws, COUNT(draws));
    assert_near(result.mean, 5, 0);
    assert_near(result.sd, sqrt(32.0 / 7), 1e-15);
    assert_near(result.mean_se, sqrt(32.0 / 56), 1e-15);
    assert_int_equal(result.n, 8);
    assert_true(result.minimum == 2 && result.maximum == 9);
}

/* -1, 0, 2: mean 1/3, sum of squares 14/3. A mean below zero rounds towards zero first. */
static void means_between_whole_fen_lose_nothing(void **state)
{
    (void)state;
    const int64_t draws[] = {-1, 0, 2};
    const int64_t mirrored[] = {1, 0, -2};
    assert_near(summarise(draws, 3).mean, 1.0 / 3, 1e-16);
    assert_near(summarise(mirrored, 3).mean, -1.0 / 3, 1e-16);
    assert_near(summarise(draws, 3).sd, sqrt(7.0 / 3), 1e-15);
    assert_near(summarise(mirrored, 3).sd, sqrt(7.0 / 3), 1e-15);
}

/* NIST StRD NumAcc4 times ten: 10,000,000.2 and alternating .1, .3; mean exact, sd 0.1. */
static void spread_of_large_close_amounts_keeps_its_digits(void **state)
{
    (void)state;
    int64_t draws[1001] = {100000002};
    for (int i = 1; i < 1001; i++) {
        draws[i] = i % 2 ? 100000001 : 100000003;
    }
    const bg_statistics result = summarise(draws, 1001);
    assert_near(result.mean, 100000002, 0);
    assert_near(result.sd, 1, 1e-15);
}

/* n draws of +a and n of -a: mean 0, variance a^2 2n/(2n - 1). */
static void amounts_at_the_ends_of_the_range_do_not_overflow(void **state)
{
    (void)state;
    enum { n = 100000 };
    static int64_t draws[n];
    static const int64_t ends[] = {INT64_C(1000000000000000), INT64_MAX};
    for (size_t e = 0; e < COUNT(ends); e++) {
        for (int i = 0; i < n; i++) {
            draws[i] = i % 2 ? ends[e] : -ends[e];
        }
        const bg_statistics result = summarise(draws, n);
        const double size = (double)ends[e];
        assert_near(result.mean, 0, 0);
        assert_near(result.sd / size, sqrt(n / (n - 1.0)), 1e-14);
        assert_near(result.tvar_upper, size, 0);
        assert_near(result.tvar_lower, -size, 0);
        assert_near(result.quantile[BG_Q50].value, -size, 0);
        assert_near(result.quantile[BG_Q75].value, size, 0);
    }
    draws[0] = INT64_MIN;
    draws[1] = INT64_MAX;
    assert_near(summarise(draws, 2).mean, -0.5, 0);
    assert_near(summarise(draws, 2).sd, 0x1p64 / sqrt(2), 0x1p64 * 1e-15);
}

static void order_of_the_draws_does_not_matter(void **state)
{
    (void)state;
    enum { n = 997 };
    int64_t draws[n];
    int64_t other[n];
    for (int i = 0; i < n; i++) {
        draws[i] = (INT64_C(982451653) * i * i) % INT64_C(999999999989);
        other[(i * 131) % n] = draws[i];
    }
    bg_statistics a, b;
    memset(&a, 0, sizeof a);
    memset(&b, 0, sizeof b);
    a = summarise(draws, n);
    b = summarise(other, n);
    assert_true(a.mean == b.mean && a.sd == b.sd && a.mean_se == b.mean_se);
    assert_true(a.tvar_upper == b.tvar_upper && a.tvar_upper_se == b.tvar_upper_se);
    assert_true(a.tvar_lower == b.tvar_lower && a.tvar_lower_se == b.tvar_lower_se);
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        assert_true(a.quantile[q].value == b.quantile[q].value);
        assert_true(a.quantile[q].has_interval == b.quantile[q].has_interval);
    }
}

static void one_draw_has_a_value_and_no_error(void **state)
{
    (void)state;
    const int64_t draw = -7;
    const bg_statistics result = summarise(&draw, 1);
    assert_near(result.mean, -7, 0);
    assert_near(result.tvar_upper, -7, 0);
    assert_near(result.tvar_lower, -7, 0);
    assert_true(isnan(result.sd) && isnan(result.mean_se));
    assert_true(isnan(result.tvar_upper_se) && isnan(result.tvar_lower_se));
    for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
        assert_near(result.quantile[q].value, -7, 0);
        assert_false(result.quantile[q].has_interval);
    }
}

static void equal_draws_have_no_spread(void **state)
{
    (void)state;
    int64_t draws[1000];
    for (int i = 0; i < 1000; i++) {
        draws[i] = -INT64_C(1000000000000001);
    }
    const bg_statistics result = summarise(draws, 1000);
    assert_near(result.mean, -1000000000000001.0, 0);
    assert_near(result.sd, 0, 0);
    assert_near(result.tvar_upper, -1000000000000001.0, 0);
    assert_near(result.tvar_upper_se, 0, 0);
    assert_near(result.quantile[BG_Q01].low, -1000000000000001.0, 0);
}

/* ---- tails ---- */

/* 1 … 50: the tail holds 2.5 draws. Upper: (50 + 49 + 48/2) / 2.5 = 49.2; bounded by q = 48, excess
 * 1.2, mean square (4 + 1) / 2.5 = 2, variance 2 - 1.44 = 0.56; se^2 = (0.56 + 0.95 x 1.44) / 2.5.
 */
static void tail_mean_weighs_the_draw_at_its_boundary(void **state)
{
    (void)state;
    int64_t draws[50];
    for (int i = 0; i < 50; i++) {
        draws[i] = i * 7 % 50 + 1;
    }
    const bg_statistics result = summarise(draws, 50);
    assert_near(result.tvar_upper, 49.2, 1e-14);
    assert_near(result.tvar_lower, 51 - 49.2, 1e-14);
    assert_near(result.tvar_upper_se, sqrt((0.56 + 0.95 * 1.44) / 2.5), 1e-14);
    assert_near(result.tvar_lower_se, result.tvar_upper_se, 1e-15);
}

/* 40 draws: two whole ones in each tail, here with ties at the boundary in any order. */
static void tail_mean_keeps_its_side_where_draws_tie_at_the_boundary(void **state)
{
    (void)state;
    int64_t draws[40] = {0};
    draws[17] = -10;
    draws[3] = 30;
    const bg_statistics result = summarise(draws, 40);
    assert_near(result.tvar_lower, -5, 0);
    assert_near(result.tvar_upper, 15, 0);
}

/* Poisson(10) sums of Gamma(2, 1): TVaR at 95 % is 38.11442628321384 and the quantile
 * 33.794218267448926 (sums over the count of incomplete gamma functions at 50 digits). A fixed
 * seed; 4 standard errors: false alarm 6e-5 were the seed changed. */
static void tail_mean_of_a_compound_poisson_sample_is_within_its_error(void **state)
{
    (void)state;
    enum { n = 40000 };
    static int64_t draws[n];
    const double scale = 1e6;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    assert_non_null(rng);
    gsl_rng_set(rng, 20251122);
    for (int i = 0; i < n; i++) {
        unsigned count = gsl_ran_poisson(rng, 10);
        draws[i] = count ? llround(scale * gsl_ran_gamma(rng, 2.0 * count, 1)) : 0;
    }
    gsl_rng_free(rng);
    const bg_statistics result = summarise(draws, n);
    assert_near(result.mean / scale, 20, 4 * sqrt(60.0 / n));
    assert_near(result.mean_se / scale, sqrt(60.0 / n), 0.02 * sqrt(60.0 / n));
    assert_near(result.tvar_upper / scale, 38.11442628321384, 4 * result.tvar_upper_se / scale);
    /* The quantile lies in its interval (here; 5 % of seeds would not). */
    assert_true(result.quantile[BG_Q95].low / scale <= 33.794218267448926);
    assert_true(result.quantile[BG_Q95].high / scale >= 33.794218267448926);
}

/* For an exponential tail, variance and squared excess beyond the quantile are both 1:
 * se^2 = (1 + p) / (N (1 - p)). */
static void error_of_the_tail_mean_is_that_of_an_exponential_sample(void **state)
{
    (void)state;
    enum { n = 100000 };
    static int64_t draws[n];
    for (int i = 0; i < n; i++) {
        draws[i] = llround(-1e9 * log((i + 0.5) / n));
    }
    const bg_statistics result = summarise(draws, n);
    assert_near(result.tvar_upper / 1e9, 1 - log(0.05), 1e-4);
    assert_near(result.tvar_upper_se / 1e9, sqrt(1.95 / (n * 0.05)), 1e-4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantiles_are_those_of_type_1_in_r),
        cmocka_unit_test(rank_is_the_ceiling_of_n_p_and_at_least_one),
        cmocka_unit_test(order_statistics_agree_with_a_full_sort),
        cmocka_unit_test(interval_of_the_lowest_per_cent_needs_368_draws),
        cmocka_unit_test(moments_of_a_small_sample_are_exact),
        cmocka_unit_test(means_between_whole_fen_lose_nothing),
        cmocka_unit_test(spread_of_large_close_amounts_keeps_its_digits),
        cmocka_unit_test(amounts_at_the_ends_of_the_range_do_not_overflow),
        cmocka_unit_test(order_of_the_draws_does_not_matter),
        cmocka_unit_test(one_draw_has_a_value_and_no_error),
        cmocka_unit_test(equal_draws_have_no_spread),
        cmocka_unit_test(tail_mean_weighs_the_draw_at_its_boundary),
        cmocka_unit_test(tail_mean_keeps_its_side_where_draws_tie_at_the_boundary),
        cmocka_unit_test(tail_mean_of_a_compound_poisson_sample_is_within_its_error),
        cmocka_unit_test(error_of_the_tail_mean_is_that_of_an_exponential_sample),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
