/* Scores of forecasts, worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/elementary.h"
#include "statistics/forecast_scores.h"

static bool near(double a, double b)
{
    return fabs(a - b) < 1e-12;
}

static void an_outcome_outside_costs_two_over_the_level(void **state)
{
    (void)state;
    assert_true(near(bg_interval_score(1, 3, 0.8, 2), 2));
    assert_true(near(bg_interval_score(1, 3, 0.8, 3.5), 2 + 10 * 0.5));
    assert_true(near(bg_interval_score(1, 3, 0.95, 0.9), 2 + 40 * 0.1));
}

/* Intervals of ln: half as wide at 50 % as at 80 %, a third at 95 % wider. */
static bg_scored forecast(int year, double outcome, double rank)
{
    return (bg_scored){.low = {-0.1, -0.2, -0.3},
                       .high = {0.1, 0.2, 0.3},
                       .median = 0,
                       .rank = rank,
                       .crps = fabs(outcome) / 2,
                       .outcome = outcome,
                       .year = year};
}

static void coverage_and_its_error_go_by_years(void **state)
{
    (void)state;
    const bg_scored made[] = {forecast(2020, 0.05, 0.55), forecast(2020, -0.15, 0.1),
                              forecast(2021, 0.25, 0.95), forecast(2021, 0.35, 1)};
    const bg_scored *list[] = {&made[0], &made[1], &made[2], &made[3]};
    double room[4];
    const bg_score score = bg_score_of(list, 4, room);
    assert_int_equal(score.count, 4);
    assert_true(near(score.covered[0], 0.25) && near(score.covered[1], 0.5) &&
                near(score.covered[2], 0.75));
    /* 80 %: both of 2020, none of 2021: sums of deviations 1 and -1. */
    assert_true(near(score.covered_error[1], sqrt((1 + 1) * 2.0 / 1) / 4));
    /* 95 %: sums 1/2 and -1/2. */
    assert_true(near(score.covered_error[2], sqrt(2 * 0.25 * 2) / 4));
    assert_true(near(score.bias, 0.5 / 4) && near(score.crps, 0.8 / 2 / 4));
    assert_true(near(score.width, 0.6));
    const double width = bg_exp(0.2) - bg_exp(-0.2);
    const double outside = bg_exp(0.25) - bg_exp(0.2) + bg_exp(0.35) - bg_exp(0.2);
    assert_true(near(score.interval_score[1], width + 10 * outside / 4));
    assert_int_equal(score.rank[1], 1); /* from a tenth on */
    assert_int_equal(score.rank[5], 1);
    assert_int_equal(score.rank[9], 2);
}

static void of_one_year_forecasts_are_taken_for_independent(void **state)
{
    (void)state;
    const bg_scored made[] = {forecast(2020, 0.05, 0.5), forecast(2020, 0.25, 0.9)};
    const bg_scored *list[] = {&made[0], &made[1]};
    double room[2];
    const bg_score score = bg_score_of(list, 2, room);
    assert_true(near(score.covered_error[0], sqrt(0.25 / 2)));
    assert_int_equal(bg_score_of(list, 0, room).count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outcome_outside_costs_two_over_the_level),
        cmocka_unit_test(coverage_and_its_error_go_by_years),
        cmocka_unit_test(of_one_year_forecasts_are_taken_for_independent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
