#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/contribution_difference.h"
#include "study/net.h"

#include <math.h>
#include <stdio.h>

enum { FUTURES = 300 };

#define COUNTY "history: {2024: 100M}\nsimulation: {years: 2, replications: 1000}\n"

static bg_scenario *compute_with(const char *measures, bool keep, bg_contributions *of)
{
    char text[512];
    const bg_projection_options options = {.threads = 1, .keep = keep};
    bg_errors errors;
    bg_errors_init(&errors);
    snprintf(text, sizeof text, COUNTY "%s", measures);
    bg_scenario *scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contributions_compute(scenario, FUTURES, &options, of, &errors), BG_OK);
    bg_errors_free(&errors);
    return scenario;
}

static bg_scenario *compute(const char *measures, bg_contributions *of)
{
    return compute_with(measures, false, of);
}

static bg_fen mean(const bg_contributions *of, size_t row, size_t year)
{
    return bg_contributions_effect(of, row, 0, year, BG_EFFECT_EXPENSE)->mean;
}

/* `b` is in both, first in the base and second of three in the reform; a base of one measure has no sum. */
static void rows_that_both_have_are_subtracted(void **state)
{
    (void)state;
    bg_contributions base, reform, difference;
    bg_scenario *of_base = compute("measures: {b: {from: 2025-01, cases: -1%}}\n", &base);
    bg_scenario *of_reform = compute("measures: {a: {from: 2025-01, cases: -2%},\n"
                                     "  b: {from: 2025-07, cases: -3%}}\n",
                                     &reform);
    assert_int_equal(bg_contributions_subtract(&reform, &base, &difference, NULL), BG_OK);
    assert_int_equal(difference.count, 1);
    assert_string_equal(difference.row[0].name, "b");
    for (size_t year = 0; year <= 2; year++) {
        assert_int_equal(mean(&difference, 0, year), mean(&reform, 1, year) - mean(&base, 0, year));
        assert_true(mean(&difference, 0, year) != 0);
        assert_true(isnan(bg_contributions_effect(&difference, 0, 0, year, BG_EFFECT_EXPENSE)->se));
    }
    bg_contributions_free(&difference);
    bg_contributions_free(&base);
    bg_contributions_free(&reform);
    bg_scenario_free(of_base);
    bg_scenario_free(of_reform);
}

/* The mean and standard error of x - y in the same futures, in years first … last. */
static void pair_up(const projected *x, const projected *y, size_t first, size_t last, double *mean,
                    double *se)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < FUTURES; i++) {
        double d = 0;
        for (size_t year = first; year <= last; year++) {
            d += (double)(projected_draws(x, 0, year, "expense")[i] -
                          projected_draws(y, 0, year, "expense")[i]);
        }
        sum += d;
        squares += d * d;
    }
    *mean = sum / FUTURES;
    *se = sqrt((squares - sum * sum / FUTURES) / (FUTURES - 1) / FUTURES);
}

#define LESS "measures: {b: {from: 2025-01, cases: {p10: -4%, p90: -1%}"
#define MORE "measures: {b: {from: 2025-07, cases: {p10: -9%, p90: -3%}"

static void errors_are_those_of_the_same_futures(void **state)
{
    (void)state;
    bg_contributions base, reform, difference;
    projected less, more;
    bg_scenario *of_base = compute_with(LESS "}}\n", true, &base);
    bg_scenario *of_reform = compute_with(MORE "}}\n", true, &reform);
    start_projection(&less, COUNTY LESS "}}\n", NULL, 1);
    start_projection(&more, COUNTY MORE "}}\n", NULL, 1);
    assert_int_equal(bg_contributions_subtract(&reform, &base, &difference, NULL), BG_OK);
    for (size_t year = 0; year <= 2; year++) {
        double expected, se;
        pair_up(&more, &less, year < 2 ? year : 0, year < 2 ? year : 1, &expected, &se);
        const bg_effect *found =
            bg_contributions_effect(&difference, 0, 0, year, BG_EFFECT_EXPENSE);
        assert_close((double)found->mean, expected, 2.1); /* each side is rounded in each year */
        assert_close(found->se, se, 1e-6 * se);
        assert_true(found->se <
                    bg_contributions_effect(&reform, 0, 0, year, BG_EFFECT_EXPENSE)->se);
    }
    finish_projection(&less);
    finish_projection(&more);
    bg_contributions_free(&difference);
    bg_contributions_free(&base);
    bg_contributions_free(&reform);
    bg_scenario_free(of_base);
    bg_scenario_free(of_reform);
}

/* Only the reform costs anything, and brings anything back. */
static void the_net_is_the_difference_of_both_nets(void **state)
{
    (void)state;
    bg_contributions base, reform, difference;
    bg_scenario *of_base = compute_with(LESS "}}\n", true, &base);
    bg_scenario *of_reform = compute_with(
        MORE ", recoveries: 70000, outlay: {amount: 5, payer: pool}}}\n", true, &reform);
    assert_int_equal(bg_contributions_subtract(&reform, &base, &difference, NULL), BG_OK);
    assert_true(bg_net_known(&difference) && !bg_net_known(&base));
    for (size_t year = 0; year <= 2; year++) {
        const bg_net net = bg_net_find(&difference, 0, 0, year);
        const bg_net more = bg_net_find(&reform, 0, 0, year);
        const bg_effect *spent =
            bg_contributions_effect(&difference, 0, 0, year, BG_EFFECT_EXPENSE);
        assert_int_equal(net.net, more.net + mean(&base, 0, year));
        assert_int_equal(net.outlay, more.outlay);
        assert_int_equal(net.income, more.income);
        assert_true(more.income > 0 && more.outlay > 0);
        assert_close(net.se, spent->se, 1e-9 * spent->se); /* what is brought back is sure */
        assert_true(net.se > 0 && net.pool_se > 0);
    }
    assert_close(bg_net_find(&difference, 0, 0, 1).so_far_se, bg_net_find(&difference, 0, 0, 2).se,
                 1e-9);
    bg_contributions_free(&difference);
    assert_int_equal(bg_contributions_subtract(&base, &reform, &difference, NULL), BG_OK);
    assert_int_equal(bg_net_find(&difference, 0, 0, 2).outlay, -1000);
    bg_contributions_free(&difference);
    bg_contributions_free(&base);
    bg_contributions_free(&reform);
    bg_scenario_free(of_base);
    bg_scenario_free(of_reform);
}

static void without_measures_on_one_side_there_is_no_difference(void **state)
{
    (void)state;
    bg_contributions none, some, difference;
    bg_scenario *of_none = compute("", &none);
    bg_scenario *of_some = compute("measures: {b: {from: 2025-01, cases: -1%}}\n", &some);
    assert_int_equal(bg_contributions_subtract(&some, &none, &difference, NULL), BG_OK);
    assert_int_equal(difference.count, 0);
    assert_int_equal(bg_contributions_subtract(&none, &some, &difference, NULL), BG_OK);
    assert_int_equal(difference.count, 0);
    bg_contributions_free(&difference);
    bg_contributions_free(&some);
    bg_scenario_free(of_none);
    bg_scenario_free(of_some);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_both_have_are_subtracted),
        cmocka_unit_test(errors_are_those_of_the_same_futures),
        cmocka_unit_test(the_net_is_the_difference_of_both_nets),
        cmocka_unit_test(without_measures_on_one_side_there_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
