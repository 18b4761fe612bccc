#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "study/spread.h"

#include <math.h>

static bg_spread prepared(bg_spread spread)
{
    const char *wrong = bg_spread_prepare(&spread);
    if (wrong) {
        fail_msg("%s", wrong);
    }
    return spread;
}

static void assert_near(double obtained, double expected, double tolerance)
{
    if (!(fabs(obtained - expected) <= tolerance)) {
        fail_msg("expected %.15g, obtained %.15g", expected, obtained);
    }
}

static void uniform_and_log_uniform_run_from_end_to_end(void **state)
{
    (void)state;
    const bg_spread even = prepared((bg_spread){.kind = BG_SPREAD_UNIFORM, .low = 2, .high = 6});
    assert_near(bg_spread_at(&even, 0.25), 3, 1e-15);
    const bg_spread logs =
        prepared((bg_spread){.kind = BG_SPREAD_LOG_UNIFORM, .low = 0.01, .high = 100});
    assert_near(bg_spread_at(&logs, 0.5), 1, 1e-12); /* the geometric mean */
    assert_near(bg_spread_at(&logs, 0.75), 10, 1e-11);
}

/* Quantiles of the standard normal: Abramowitz and Stegun, table 26.5. */
static void a_normal_that_is_not_cut_off_has_the_quantiles_of_the_tables(void **state)
{
    (void)state;
    const bg_spread spread = prepared((bg_spread){
        .kind = BG_SPREAD_NORMAL, .low = -INFINITY, .high = INFINITY, .mean = 5, .sd = 2});
    assert_near(bg_spread_at(&spread, 0.5), 5, 1e-12);
    assert_near(bg_spread_at(&spread, 0.975), 5 + 2 * 1.959963984540054, 1e-9);
    assert_near(bg_spread_at(&spread, 0.01), 5 - 2 * 2.326347874040841, 1e-9);
}

/* Cut off at its mean the upper half is left: its median is the quantile 3/4 of the whole. */
static void a_normal_cut_off_at_its_mean_is_a_half_normal(void **state)
{
    (void)state;
    const bg_spread spread = prepared(
        (bg_spread){.kind = BG_SPREAD_NORMAL, .low = 0, .high = INFINITY, .mean = 0, .sd = 1});
    assert_near(bg_spread_at(&spread, 0.5), 0.6744897501960817, 1e-9);
    assert_true(bg_spread_at(&spread, 1e-12) >= 0);
}

/* The mean of equally likely quantiles is that of the distribution. */
static void a_lognormal_has_the_mean_and_sd_that_were_asked_for(void **state)
{
    (void)state;
    const bg_spread spread = prepared((bg_spread){
        .kind = BG_SPREAD_LOGNORMAL, .low = -INFINITY, .high = INFINITY, .mean = 3, .sd = 0.9});
    enum { N = 200000 };
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        const double x = bg_spread_at(&spread, (i + 0.5) / N);
        sum += x;
        squares += x * x;
    }
    const double mean = sum / N;
    assert_near(mean, 3, 1e-4);
    assert_near(sqrt(squares / N - mean * mean), 0.9, 1e-3);
}

/* F(x) = (x - a)^2 / ((b - a)(c - a)) up to the mode c, 1 - (b - x)^2 / ((b - a)(b - c)) above it. */
static void a_triangle_has_the_quantiles_of_its_distribution_function(void **state)
{
    (void)state;
    const bg_spread spread =
        prepared((bg_spread){.kind = BG_SPREAD_TRIANGULAR, .low = 1, .high = 5, .mode = 2});
    const double below = bg_spread_at(&spread, 0.1), above = bg_spread_at(&spread, 0.9);
    assert_near((below - 1) * (below - 1) / 4, 0.1, 1e-12);
    assert_near(1 - (5 - above) * (5 - above) / 12, 0.9, 1e-12);
    assert_near(bg_spread_at(&spread, 0.25), 2, 1e-12);
    const bg_spread left =
        prepared((bg_spread){.kind = BG_SPREAD_TRIANGULAR, .low = 0, .high = 1, .mode = 0});
    assert_near(bg_spread_at(&left, 0.75), 0.5, 1e-12);
}

static void parameters_that_make_no_distribution_are_refused(void **state)
{
    (void)state;
    static const bg_spread wrong[] = {
        {.kind = BG_SPREAD_UNIFORM, .low = 1, .high = 1},
        {.kind = BG_SPREAD_UNIFORM, .low = 0, .high = INFINITY},
        {.kind = BG_SPREAD_LOG_UNIFORM, .low = 0, .high = 1},
        {.kind = BG_SPREAD_NORMAL, .low = 0, .high = 1, .mean = 0.5, .sd = 0},
        {.kind = BG_SPREAD_NORMAL, .low = 10, .high = 11, .mean = 0, .sd = 1},
        {.kind = BG_SPREAD_LOGNORMAL, .low = 0, .high = 1, .mean = -1, .sd = 1},
        {.kind = BG_SPREAD_LOGNORMAL, .low = -2, .high = 0, .mean = 1, .sd = 1},
        {.kind = BG_SPREAD_TRIANGULAR, .low = 0, .high = 1, .mode = 2},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        bg_spread spread = wrong[i];
        if (!bg_spread_prepare(&spread)) {
            fail_msg("distribution %zu is accepted", i);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uniform_and_log_uniform_run_from_end_to_end),
        cmocka_unit_test(a_normal_that_is_not_cut_off_has_the_quantiles_of_the_tables),
        cmocka_unit_test(a_normal_cut_off_at_its_mean_is_a_half_normal),
        cmocka_unit_test(a_lognormal_has_the_mean_and_sd_that_were_asked_for),
        cmocka_unit_test(a_triangle_has_the_quantiles_of_its_distribution_function),
        cmocka_unit_test(parameters_that_make_no_distribution_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
