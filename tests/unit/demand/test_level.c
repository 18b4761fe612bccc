#include "../../support/close.h"

#include "demand/level.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const bg_level_terms from_last_year = {
    .prior = 0.06, .prior_sd = 0.03, .deviations = {.persistence = 0.5, .volatility = 0.055}};
static const bg_level_terms from_fit = {
    .fitted = true, .prior = 0.06, .prior_sd = 0.03, .deviations = {.volatility = 0.055}};

static void the_level_is_that_of_the_last_year(void **state)
{
    (void)state;
    const bg_series series = {3, {100, 110, 120}, {true, true, true}};
    const bg_demand_part part = bg_level_estimate(&series, &from_last_year);
    assert_true(part.level == 120);
    assert_true(part.volatility == 0.055);
    assert_true(part.trend.credibility > 0 && part.trend.credibility < 1);
}

static void a_declared_last_year_is_replaced_by_the_one_before_it_trended_forward(void **state)
{
    (void)state;
    const bg_series series = {3, {100, 110, 80}, {true, true, false}};
    const bg_demand_part part = bg_level_estimate(&series, &from_last_year);
    assert_close(part.trend.own, log(1.1), 1e-12);
    assert_close(part.level, 110 * exp(part.trend.used), 1e-9);
    const bg_series only_first = {3, {100, 110, 80}, {true, false, false}};
    const bg_demand_part one = bg_level_estimate(&only_first, &from_last_year);
    assert_close(one.level, 100 * exp(2 * 0.06), 1e-9);
}

static void a_fitted_level_lies_on_the_line_through_all_years(void **state)
{
    (void)state;
    /* Without persistence: geometric mean of 100, 150, 144 times sqrt(144/100). */
    const bg_series series = {3, {100, 150, 144}, {true, true, true}};
    const bg_demand_part part = bg_level_estimate(&series, &from_fit);
    assert_close(part.level, cbrt(100.0 * 150 * 144) * 1.2, 1e-9);
}

static void one_usable_year_cannot_be_fitted_and_is_the_level(void **state)
{
    (void)state;
    const bg_series series = {1, {100}, {true}};
    const bg_demand_part part = bg_level_estimate(&series, &from_fit);
    assert_true(part.level == 100);
    assert_true(part.trend.used == 0.06 && part.trend.used_sd == 0.03);
}

static void a_year_of_nothing_says_nothing_about_growth(void **state)
{
    (void)state;
    const bg_series began = {3, {0, 100, 110}, {true, true, true}};
    const bg_demand_part part = bg_level_estimate(&began, &from_last_year);
    assert_true(part.level == 110);
    assert_close(part.trend.own, log(1.1), 1e-12);
}

static void what_has_ended_stays_at_nothing(void **state)
{
    (void)state;
    const bg_series ended = {3, {100, 110, 0}, {true, true, true}};
    assert_true(bg_level_estimate(&ended, &from_last_year).level == 0);
    assert_true(bg_level_estimate(&ended, &from_fit).level == 0);
    const bg_series never = {2, {0, 0}, {true, true}};
    const bg_demand_part part = bg_level_estimate(&never, &from_last_year);
    assert_true(part.level == 0 && part.trend.credibility == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_level_is_that_of_the_last_year),
        cmocka_unit_test(a_declared_last_year_is_replaced_by_the_one_before_it_trended_forward),
        cmocka_unit_test(a_fitted_level_lies_on_the_line_through_all_years),
        cmocka_unit_test(one_usable_year_cannot_be_fitted_and_is_the_level),
        cmocka_unit_test(a_year_of_nothing_says_nothing_about_growth),
        cmocka_unit_test(what_has_ended_stays_at_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
