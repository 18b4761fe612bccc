#include "../../support/close.h"

#include "demand/trend.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define YEARS 5
static const bool all[YEARS] = {true, true, true, true, true};
static const double levels[YEARS] = {4.6, 4.75, 4.71, 5.02, 4.9};

static void without_persistence_growth_is_the_ordinary_least_squares_slope(void **state)
{
    (void)state;
    /* Slope sum (t - 2) y / sum (t - 2)^2 = (-9.2 - 4.75 + 5.02 + 9.8) / 10, mean level 4.796. */
    const bg_trend_fit fit =
        bg_trend_estimate(levels, all, YEARS, &(bg_deviations){0, 0.055, false});
    assert_close(fit.growth, 0.087, 1e-12);
    assert_close(fit.variance, 0.055 * 0.055 / 10, 1e-15);
    assert_close(fit.last, 4.796 + 2 * 0.087, 1e-12);
}

static void of_a_random_walk_growth_is_the_mean_first_difference(void **state)
{
    (void)state;
    const bg_trend_fit fit =
        bg_trend_estimate(levels, all, YEARS, &(bg_deviations){1, 0.055, false});
    assert_close(fit.growth, (4.9 - 4.6) / 4, 1e-12);
    assert_close(fit.variance, 0.055 * 0.055 / 4, 1e-15);
    const bg_trend_fit near =
        bg_trend_estimate(levels, all, YEARS, &(bg_deviations){1 - 1e-7, 0.055, false});
    assert_close(near.growth, fit.growth, 1e-6);
    assert_close(near.variance, fit.variance, 1e-6);
}

/* The other numbers of this table come from inverting the covariance matrix
 * phi^|i-j| (1 + phi^2 + ... + phi^(2 min(i,j) - 2)) sigma^2 of the usable years; where deviations
 * are stationary, phi^|i-j| / (1 - phi^2) sigma^2. */
static void growth_under_persistence_equals_the_matrix_formula(void **state)
{
    (void)state;
    static const struct {
        size_t n;
        bool usable[YEARS];
        bg_deviations deviations;
        double growth, variance, last;
    } cases[] = {
        {3,
         {1, 1, 1},
         {0.5, 0.055, false},
         0.05679245283018863,
         0.0013698113207547165,
         4.727924528301888},
        {5,
         {1, 1, 0, 1, 1},
         {0.5, 0.055, false},
         0.08235652173913066,
         0.0004103478260869565,
         4.965060869565216},
        {5, {0, 1, 0, 0, 1}, {0.8, 0.07, false}, 0.05, 0.0013285294648888893, 4.9},
        {3, {1, 1, 1}, {0.5, 0.055, true}, 0.055, 0.0015125, 4.729},
        {5,
         {1, 1, 0, 1, 1},
         {0.5, 0.055, true},
         0.07961538461538462,
         0.0004653846153846154,
         4.964819004524887},
        {5, {0, 1, 0, 0, 1}, {0.8, 0.07, true}, 0.05, 0.0014760493827160493, 4.9},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bg_trend_fit fit =
            bg_trend_estimate(levels, cases[i].usable, cases[i].n, &cases[i].deviations);
        assert_close(fit.growth, cases[i].growth, 1e-12);
        assert_close(fit.variance, cases[i].variance, 1e-14);
        assert_close(fit.last, cases[i].last, 1e-12);
    }
}

static void a_year_that_is_left_out_does_not_count(void **state)
{
    (void)state;
    const bool usable[YEARS] = {true, true, false, true, true};
    double changed[YEARS] = {4.6, 4.75, 99, 5.02, 4.9};
    const bg_trend_fit fit =
        bg_trend_estimate(levels, usable, YEARS, &(bg_deviations){0.5, 0.055, false});
    const bg_trend_fit other =
        bg_trend_estimate(changed, usable, YEARS, &(bg_deviations){0.5, 0.055, false});
    assert_true(fit.growth == other.growth && fit.variance == other.variance);
}

static void two_years_give_their_difference_whatever_the_persistence(void **state)
{
    (void)state;
    for (int tenths = 0; tenths < 10; tenths++) {
        const bg_trend_fit fit =
            bg_trend_estimate(levels, all, 2, &(bg_deviations){tenths / 10.0, 0.055, false});
        assert_close(fit.growth, 0.15, 1e-12);
        assert_close(fit.last, 4.75, 1e-12);
    }
}

static void one_year_says_nothing_about_growth(void **state)
{
    (void)state;
    const bool only_second[YEARS] = {false, true};
    const bg_trend_fit fit =
        bg_trend_estimate(levels, only_second, YEARS, &(bg_deviations){0.5, 0.055, false});
    assert_true(isinf(fit.variance));
    assert_true(fit.growth == 0);
    assert_true(fit.last == 4.75);
    const bg_trend_view view = bg_trend_blend(&fit, 0.06, 0.03);
    assert_true(view.credibility == 0 && view.used == 0.06 && view.used_sd == 0.03);
    assert_true(isinf(view.own_sd));
}

static void own_growth_is_shrunk_to_the_prior_by_credibility(void **state)
{
    (void)state;
    /* Z = 9/(9 + 36) = 0.2: used 0.2 x 10 % + 0.8 x 5 % = 6 %, sd sqrt(0.2 x 0.0036). */
    const bg_trend_fit own = {.growth = 0.1, .variance = 0.0036};
    const bg_trend_view view = bg_trend_blend(&own, 0.05, 0.03);
    assert_close(view.credibility, 0.2, 1e-12);
    assert_close(view.used, 0.06, 1e-12);
    assert_close(view.used_sd, 0.026832815729997478, 1e-12);
    assert_close(view.own_sd, 0.06, 1e-12);
    assert_true(view.own == 0.1 && view.prior == 0.05 && view.prior_sd == 0.03);
}

static void a_prior_without_doubt_leaves_nothing_to_the_data(void **state)
{
    (void)state;
    const double variances[] = {0, 0.0036, INFINITY};
    for (size_t i = 0; i < 3; i++) {
        const bg_trend_fit own = {.growth = 0.1, .variance = variances[i]};
        const bg_trend_view view = bg_trend_blend(&own, 0.05, 0);
        assert_true(view.credibility == 0 && view.used == 0.05 && view.used_sd == 0);
    }
}

static void growth_that_is_known_exactly_is_fully_believed(void **state)
{
    (void)state;
    const bg_trend_fit own = bg_trend_estimate(levels, all, YEARS, &(bg_deviations){0.5, 0, false});
    const bg_trend_view view = bg_trend_blend(&own, 0.05, 0.03);
    assert_true(view.credibility == 1 && view.used == own.growth && view.used_sd == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_persistence_growth_is_the_ordinary_least_squares_slope),
        cmocka_unit_test(of_a_random_walk_growth_is_the_mean_first_difference),
        cmocka_unit_test(growth_under_persistence_equals_the_matrix_formula),
        cmocka_unit_test(a_year_that_is_left_out_does_not_count),
        cmocka_unit_test(two_years_give_their_difference_whatever_the_persistence),
        cmocka_unit_test(one_year_says_nothing_about_growth),
        cmocka_unit_test(own_growth_is_shrunk_to_the_prior_by_credibility),
        cmocka_unit_test(a_prior_without_doubt_leaves_nothing_to_the_data),
        cmocka_unit_test(growth_that_is_known_exactly_is_fully_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
