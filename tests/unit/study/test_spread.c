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

/* With the mode in the middle both shapes are 3, and F(x) = 10 x^3 - 15 x^4 + 6 x^5; at the lower end they are 1 and 5, and
 * F(x) = 1 - (1 - x)^5. */
static void a_pert_has_the_quantiles_of_its_polynomials(void **state)
{
    (void)state;
    const bg_spread middle =
        prepared((bg_spread){.kind = BG_SPREAD_PERT, .low = 2, .high = 6, .mode = 4});
    const bg_spread lowest =
        prepared((bg_spread){.kind = BG_SPREAD_PERT, .low = 2, .high = 6, .mode = 2});
    static const double u[] = {0.001, 0.1, 0.25, 0.5, 0.9, 0.999};
    for (size_t i = 0; i < sizeof u / sizeof *u; i++) {
        const double x = (bg_spread_at(&middle, u[i]) - 2) / 4;
        assert_near(x * x * x * (10 - 15 * x + 6 * x * x), u[i], 1e-12);
        assert_near(bg_spread_at(&lowest, u[i]), 6 - 4 * pow(1 - u[i], 0.2), 1e-11);
    }
}

static void assert_moments(const bg_spread *spread, double mean, double sd)
{
    enum { N = 20000 };
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        const double x = bg_spread_at(spread, (i + 0.5) / N);
        sum += x;
        squares += x * x;
    }
    assert_near(sum / N, mean, 1e-5);
    assert_near(sqrt(squares / N - sum / N * (sum / N)), sd, 1e-4);
}

/* (1 + 4 * 2 + 6) / 6 = 2.5, and with the shapes 1.8 and 4.2 a variance of 25 * 1.8 * 4.2 / (36 * 7). */
static void a_pert_has_the_mean_of_its_formula(void **state)
{
    (void)state;
    const bg_spread spread =
        prepared((bg_spread){.kind = BG_SPREAD_PERT, .low = 1, .high = 6, .mode = 2});
    assert_moments(&spread, 2.5, sqrt(0.75));
}

static void a_beta_has_the_mean_and_sd_that_were_asked_for(void **state)
{
    (void)state;
    const bg_spread spread =
        prepared((bg_spread){.kind = BG_SPREAD_BETA, .low = -1, .high = 3, .mean = 0.5, .sd = 0.7});
    assert_moments(&spread, 0.5, 0.7);
    const bg_spread even = prepared((bg_spread){
        .kind = BG_SPREAD_BETA, .low = 0, .high = 1, .mean = 0.5, .sd = sqrt(1.0 / 12)});
    assert_near(bg_spread_at(&even, 0.3), 0.3, 1e-12); /* both shapes are 1 */
    bg_spread wide = {.kind = BG_SPREAD_BETA, .low = 0, .high = 1, .mean = 0.5, .sd = 0.5};
    assert_non_null(bg_spread_prepare(&wide));
}

static void quantiles_given_are_quantiles_had(void **state)
{
    (void)state;
    static const bg_spread_kind kinds[] = {BG_SPREAD_NORMAL, BG_SPREAD_LOGNORMAL};
    for (size_t i = 0; i < 2; i++) {
        bg_spread spread = {.kind = kinds[i], .low = -INFINITY, .high = INFINITY};
        bg_spread_between(&spread, 2, 8);
        spread = prepared(spread);
        assert_near(bg_spread_at(&spread, 0.1), 2, 1e-9);
        assert_near(bg_spread_at(&spread, 0.9), 8, 1e-9);
        assert_near(bg_spread_at(&spread, 0.5), i ? 4 : 5, 1e-9); /* the geometric mean */
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
        cmocka_unit_test(a_pert_has_the_quantiles_of_its_polynomials),
        cmocka_unit_test(a_pert_has_the_mean_of_its_formula),
        cmocka_unit_test(a_beta_has_the_mean_and_sd_that_were_asked_for),
        cmocka_unit_test(quantiles_given_are_quantiles_had),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
