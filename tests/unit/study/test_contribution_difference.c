#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "study/contribution_difference.h"

#include <math.h>
#include <stdio.h>

static bg_scenario *compute(const char *measures, bg_contributions *of)
{
    char text[512];
    const bg_projection_options one_thread = {.threads = 1};
    bg_errors errors;
    bg_errors_init(&errors);
    snprintf(text, sizeof text, "history: {2024: 100M}\nsimulation: {years: 2}\n%s", measures);
    bg_scenario *scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contributions_compute(scenario, 50, &one_thread, of, &errors), BG_OK);
    bg_errors_free(&errors);
    return scenario;
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
    assert_int_equal(bg_contributions_subtract(&reform, &base, &difference), BG_OK);
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

static void without_measures_on_one_side_there_is_no_difference(void **state)
{
    (void)state;
    bg_contributions none, some, difference;
    bg_scenario *of_none = compute("", &none);
    bg_scenario *of_some = compute("measures: {b: {from: 2025-01, cases: -1%}}\n", &some);
    assert_int_equal(bg_contributions_subtract(&some, &none, &difference), BG_OK);
    assert_int_equal(difference.count, 0);
    assert_int_equal(bg_contributions_subtract(&none, &some, &difference), BG_OK);
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
        cmocka_unit_test(without_measures_on_one_side_there_is_no_difference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
