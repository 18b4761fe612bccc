/* How sure figures are, beside published intervals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "statistics/uncertainty.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void assert_near(double obtained, double expected, double tolerance)
{
    if (!(fabs(obtained - expected) <= tolerance)) {
        fail_msg("obtained %.17g, expected %.17g within %g", obtained, expected, tolerance);
    }
}

/* ---- quantiles ---- */

/* Textbook ranks for the median (Hahn and Meeker 1991, Conover 1999): 97.9 % for 2 and 9 of 10,
 * 95.9 % for 6 and 15 of 20, 96.5 % for 40 and 61 of 100. */
static void ranks_of_the_median_are_those_of_the_textbooks(void **state)
{
    (void)state;
    static const size_t expected[][3] = {{6, 1, 6}, {10, 2, 9}, {20, 6, 15}, {100, 40, 61}};
    for (size_t i = 0; i < COUNT(expected); i++) {
        size_t low, high;
        assert_true(bg_quantile_ranks(expected[i][0], 0.5, 0.95, &low, &high));
        assert_int_equal(low, expected[i][1]);
        assert_int_equal(high, expected[i][2]);
    }
    size_t low, high;
    assert_false(bg_quantile_ranks(5, 0.5, 0.95, &low, &high)); /* 1 - 2/32 = 93.75 % at best */
    assert_false(bg_quantile_ranks(0, 0.5, 0.95, &low, &high));
    /* One draw bounds the median on both sides, if it need never hold it. */
    assert_true(bg_quantile_ranks(1, 0.5, 0, &low, &high));
    assert_int_equal(low, 1);
    assert_int_equal(high, 1);
}

/* P(first <= X <= last) term by term, from the side on which the first term does not underflow. */
static double binomial_mass(size_t n, double p, size_t first, size_t last)
{
    if (p > 0.5) {
        return binomial_mass(n, 1 - p, n - last, n - first);
    }
    double term = pow(1 - p, (double)n);
    double sum = 0;
    for (size_t k = 0; k <= last; k++) {
        if (k >= first) {
            sum += term;
        }
        term *= (double)(n - k) / (double)(k + 1) * p / (1 - p);
    }
    return sum;
}

static void ranks_cover_the_level_and_no_narrower_tail_would(void **state)
{
    (void)state;
    static const size_t sizes[] = {30, 59, 72, 90, 200, 368, 369, 500};
    for (size_t s = 0; s < COUNT(sizes); s++) {
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            const size_t n = sizes[s];
            const double p = bg_quantile_levels[q];
            size_t low, high;
            if (!bg_quantile_ranks(n, p, 0.95, &low, &high)) {
                /* One of the two tails has no order statistic beyond it. */
                assert_true(pow(1 - p, (double)n) > 0.025 || pow(p, (double)n) > 0.025);
                continue;
            }
            assert_true(binomial_mass(n, p, low, high - 1) >= 0.95);
            assert_true(binomial_mass(n, p, 0, low - 1) <= 0.025 + 1e-12);
            assert_true(binomial_mass(n, p, 0, low) > 0.025 - 1e-12);
            assert_true(binomial_mass(n, p, high, n) <= 0.025 + 1e-12);
            assert_true(binomial_mass(n, p, high - 1, n) > 0.025 - 1e-12);
        }
    }
}

/* Smallest low with P(X <= low) > each and smallest high with P(X >= high) <= each, by the tails of GSL. */
static void assert_ranks_of_gsl(size_t n, double p, double level)
{
    size_t low, high;
    const bool inside = bg_quantile_ranks(n, p, level, &low, &high);
    const double each = (1 - level) / 2;
    const unsigned draws = (unsigned)n, from = (unsigned)low, to = (unsigned)high;
    assert_true(gsl_cdf_binomial_P(from, p, draws) > each);
    assert_true(low == 0 || gsl_cdf_binomial_P(from - 1, p, draws) <= each);
    assert_true(gsl_cdf_binomial_Q(to - 1, p, draws) <= each);
    assert_true(high <= 1 || gsl_cdf_binomial_Q(to - 2, p, draws) > each);
    assert_true(inside == (low >= 1 && high <= n));
}

static void ranks_are_those_of_another_binomial_distribution(void **state)
{
    (void)state;
    for (size_t n = 1; n <= 2000; n++) {
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            assert_ranks_of_gsl(n, bg_quantile_levels[q], 0.95);
        }
    }
    size_t n = 2000;
    for (size_t i = 0; i < 40; i++, n = n * 11 / 10 + i) {
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            assert_ranks_of_gsl(n, bg_quantile_levels[q], 0.95);
            assert_ranks_of_gsl(n, bg_quantile_levels[q], 0.999);
        }
    }
    assert_true(n > 90000 && n < 110000);
}

/* R 4.2.2: qbinom(.025, n, p) and qbinom(.975, n, p) + 1. The expansion may be one rank wider. */
static void intervals_of_many_draws_have_the_binomial_ranks(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        double p;
        size_t low, high;
    } rows[] = {
        {100001, 0.01, 939, 1063},
        {100001, 0.5, 49691, 50311},
        {100001, 0.95, 94865, 95137},
        {2000000, 0.01, 19725, 20277},
        {2000000, 0.5, 998614, 1001387},
        {2000000, 0.95, 1899395, 1900605},
        {100000000, 0.01, 998050, 1001952},
        {100000000, 0.5, 49990200, 50009801},
        {100000000, 0.95, 94995728, 95004272},
        {4000000000, 0.01, 39987667, 40012335},
        {4000000000, 0.5, 1999938020, 2000061981},
        {4000000000, 0.95, 3799972983, 3800027017},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t low, high;
        assert_true(bg_quantile_ranks(rows[i].n, rows[i].p, 0.95, &low, &high));
        assert_true(low == rows[i].low || low + 1 == rows[i].low);
        assert_true(high == rows[i].high || high == rows[i].high + 1);
    }
}

/* ---- probabilities ---- */

/* Newcombe (1998), table I, method 3; 0 of 10 from z^2 / (10 + z^2). */
static void wilson_intervals_are_the_published_ones(void **state)
{
    (void)state;
    static const struct {
        size_t hits, n;
        double low, high;
    } published[] = {{81, 263, 0.2553, 0.3662},
                     {15, 148, 0.0624, 0.1605},
                     {0, 20, 0.0000, 0.1611},
                     {1, 29, 0.0061, 0.1718},
                     {0, 10, 0.0000, 0.2775}};
    for (size_t i = 0; i < COUNT(published); i++) {
        const bg_probability p = bg_probability_compute(published[i].hits, published[i].n);
        assert_near(p.low, published[i].low, 0.00005);
        assert_near(p.high, published[i].high, 0.00005);
        assert_near(p.estimate, (double)published[i].hits / (double)published[i].n, 0);
        const bg_probability other =
            bg_probability_compute(published[i].n - published[i].hits, published[i].n);
        assert_near(other.low, 1 - p.high, 1e-15);
        assert_near(other.high, 1 - p.low, 1e-15);
    }
}

static void wilson_ends_are_exact_where_nothing_or_everything_hits(void **state)
{
    (void)state;
    for (size_t n = 1; n < 2000; n++) {
        assert_true(bg_probability_compute(0, n).low == 0);
        assert_true(bg_probability_compute(n, n).high == 1);
    }
    const bg_probability none = bg_probability_compute(0, 0);
    assert_true(isnan(none.estimate) && none.low == 0 && none.high == 1);
}

/* ---- standard errors and margins ---- */

/* 16 values of standard deviation 8 have a mean with error 2; a tail of 2.5 draws, as by hand in
 * test_summary.c. */
static void standard_errors_are_those_of_their_formulas(void **state)
{
    (void)state;
    assert_near(bg_se_of_mean(8, 16), 2, 0);
    assert_true(isnan(bg_se_of_mean(NAN, 1)));
    assert_near(bg_se_of_tail(0.56, 1.2, 0.95, 2.5), sqrt((0.56 + 0.95 * 1.44) / 2.5), 1e-15);
}

static void an_interval_stands_for_the_error_that_would_give_it(void **state)
{
    (void)state;
    assert_near(bg_margin_of_se(0.5), 0.979981992270027, 1e-15);
    assert_near(bg_se_of_interval(7 - bg_margin_of_se(0.5), 7 + bg_margin_of_se(0.5)), 0.5, 1e-15);
    assert_true(isnan(bg_se_of_interval(NAN, NAN)) && isnan(bg_margin_of_se(NAN)));
    /* An event not seen among ten may have a chance of 27.75 %. */
    const bg_probability p = bg_probability_compute(0, 10);
    assert_near(bg_se_of_interval(p.low, p.high), 0.2775 / 2 / 1.96, 0.00005);
}

/* 0, 1, ..., 31: variance 88; t(31) = 2.0395 (R 4.2.2, qt(.975, 31)). */
static void batches_have_the_margin_of_students_t(void **state)
{
    (void)state;
    double values[BG_BATCHES];
    for (int i = 0; i < BG_BATCHES; i++) {
        values[i] = i;
    }
    assert_near(bg_margin_of_batches(values), 2.039513446396408 * sqrt(88.0 / 32), 1e-14);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranks_of_the_median_are_those_of_the_textbooks),
        cmocka_unit_test(ranks_cover_the_level_and_no_narrower_tail_would),
        cmocka_unit_test(ranks_are_those_of_another_binomial_distribution),
        cmocka_unit_test(intervals_of_many_draws_have_the_binomial_ranks),
        cmocka_unit_test(wilson_intervals_are_the_published_ones),
        cmocka_unit_test(wilson_ends_are_exact_where_nothing_or_everything_hits),
        cmocka_unit_test(standard_errors_are_those_of_their_formulas),
        cmocka_unit_test(an_interval_stands_for_the_error_that_would_give_it),
        cmocka_unit_test(batches_have_the_margin_of_students_t),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
