/* Back-tests: what is forecast from what, by whom, and how it is scored. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/observed_text.h"
#include "study/backtest.h"

#include <math.h>
#include <string.h>

static bg_backtest run(const bg_observed *data, bg_backtest_options options)
{
    bg_backtest test;
    assert_int_equal(bg_backtest_run(data, &options, &test, NULL), BG_OK);
    return test;
}

static const char series[] =
    "year,paid\n2018,100\n2019,108\n2020,109\n2021,121\n2022,125\n2023,140\n";

static void every_year_is_forecast_from_those_before(void **state)
{
    (void)state;
    bg_observed data = observed_text(series);
    bg_backtest test = run(&data, (bg_backtest_options){.ahead = 2});
    /* Origins 2019 to 2023, one and two years ahead. */
    assert_int_equal(test.count, 10);
    assert_int_equal(test.forecast[0].origin + test.forecast[0].ahead, 2020);
    assert_int_equal(test.forecast[9].origin + test.forecast[9].ahead, 2025);
    assert_true(isnan(test.forecast[9].outcome));
    assert_close(test.forecast[0].outcome, log(109.0 / 108), 1e-13);
    assert_close(test.forecast[0].last, 10800, 1e-9);
    bg_score score;
    assert_int_equal(
        bg_backtest_score(&test, &(bg_backtest_group){.method = BG_BACKTEST_model}, &score, NULL),
        BG_OK);
    assert_int_equal(score.count, 7); /* 2020 to 2023, and 2021 to 2023 two years ahead */
    bg_backtest_group group = {.method = BG_BACKTEST_model, .ahead = 2, .year = 2022};
    bg_backtest_score(&test, &group, &score, NULL);
    assert_int_equal(score.count, 1);
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

/* Whatever became known later leaves every forecast as it is, bit by bit. */
static void later_data_have_no_part_in_a_forecast(void **state)
{
    (void)state;
    bg_observed data = observed_text(series);
    bg_observed changed = observed_text("year,paid\n2018,100\n2019,108\n2020,109\n2021,121\n"
                                        "2022,999\n2023,1\n");
    bg_backtest test = run(&data, (bg_backtest_options){.ahead = 1});
    bg_backtest other = run(&changed, (bg_backtest_options){.ahead = 1});
    for (size_t i = 0; i < 3; i++) { /* 2020 to 2022, from 2019 to 2021 */
        for (size_t m = 0; m < BG_BACKTEST_METHOD_COUNT; m++) {
            const bg_scored *a = &test.forecast[i].by[m], *b = &other.forecast[i].by[m];
            assert_int_equal(test.forecast[i].made[m], other.forecast[i].made[m]);
            assert_memory_equal(a->low, b->low, sizeof a->low);
            assert_memory_equal(a->high, b->high, sizeof a->high);
        }
    }
    assert_true(test.forecast[3].by[0].low[1] != other.forecast[3].by[0].low[1]);
    bg_backtest_free(&test);
    bg_backtest_free(&other);
    bg_observed_free(&data);
    bg_observed_free(&changed);
}

/* Last year, 2023 from 2022: errors were 2021/20 and 2022/21 (origins with three years). */
static void naive_intervals_are_as_wide_as_they_erred_before(void **state)
{
    (void)state;
    bg_observed data = observed_text(series);
    bg_backtest test = run(&data, (bg_backtest_options){.ahead = 1});
    const double a = log(121.0 / 109), b = log(125.0 / 121);
    const double sd = sqrt((a * a + b * b) / 2);
    const bg_backtest_forecast *last = &test.forecast[3];
    assert_int_equal(last->origin, 2022);
    assert_true(last->made[BG_BACKTEST_last_year]);
    assert_close(last->by[BG_BACKTEST_last_year].high[2], 1.959963984540054 * sd, 1e-11);
    assert_close(last->by[BG_BACKTEST_own_trend].median, log(125.0 / 109) / 2, 1e-13);
    assert_false(test.forecast[1].made[BG_BACKTEST_last_year]); /* nothing to go by yet */
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

static void years_for_learning_are_not_scored(void **state)
{
    (void)state;
    bg_observed data = observed_text(series);
    bg_backtest test = run(&data, (bg_backtest_options){.ahead = 1, .first_year = 2022});
    bg_score score;
    bg_backtest_score(&test, &(bg_backtest_group){.method = BG_BACKTEST_last_year}, &score, NULL);
    assert_int_equal(score.count, 2);
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

static void thirds_go_by_people(void **state)
{
    (void)state;
    bg_observed data =
        observed_text("county,year,people,paid\nA,2020,10,1\nA,2021,10,1.1\nA,2022,10,1.2\nB,2020,"
                      "20,2\nB,2021,20,"
                      "2.1\nB,2022,20,2.3\nC,2020,30,3\nC,2021,30,3.1\nC,2022,30,3.5\n");
    bg_backtest test = run(&data, (bg_backtest_options){.ahead = 1});
    bg_score score;
    assert_close(test.size_edge[0], 10, 0);
    assert_close(test.size_edge[1], 20, 0);
    for (int third = 1; third <= 3; third++) {
        bg_backtest_group group = {.method = BG_BACKTEST_alone, .third = third};
        bg_backtest_score(&test, &group, &score, NULL);
        assert_int_equal(score.count, 1);
    }
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

static void one_year_is_too_little(void **state)
{
    (void)state;
    bg_observed data = observed_text("county,year,paid\nA,2023,1\nB,2023,2\n");
    bg_backtest test;
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_backtest_options options = {.ahead = 1};
    assert_int_equal(bg_backtest_run(&data, &options, &test, &errors), BG_INVALID);
    assert_string_equal(errors.items[0].name, "backtest_too_short");
    bg_errors_free(&errors);
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

static void a_stop_ends_it(void **state)
{
    (void)state;
    bg_observed data = observed_text(series);
    const volatile int stop = 1;
    const bg_backtest_options options = {.ahead = 1, .stop = &stop};
    bg_backtest test;
    assert_int_equal(bg_backtest_run(&data, &options, &test, NULL), BG_INTERRUPTED);
    bg_backtest_free(&test);
    bg_observed_free(&data);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_year_is_forecast_from_those_before),
        cmocka_unit_test(later_data_have_no_part_in_a_forecast),
        cmocka_unit_test(naive_intervals_are_as_wide_as_they_erred_before),
        cmocka_unit_test(years_for_learning_are_not_scored),
        cmocka_unit_test(thirds_go_by_people),
        cmocka_unit_test(one_year_is_too_little),
        cmocka_unit_test(a_stop_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
