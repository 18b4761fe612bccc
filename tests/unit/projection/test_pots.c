/* Pots of a settlement in simulated years. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { FUTURES = 300, YEARS = 2 };

#define COUNTY                                                                                     \
    "history: {2022: 100M, 2023: 100M, 2024: 100M}\nbudget: {growth: 6%, funds: {}}\n"             \
    "simulation: {years: 2, replications: 300}\n"

/* Pots alike in all have half of it each, and come to what one rule gives for the whole, but for a fen a rounding. */
static void pots_alike_come_to_what_the_whole_does(void **state)
{
    (void)state;
    projected whole, pots;
    start_projection(&whole,
                     COUNTY "settlement:\n  - share_surplus: {bands: {5%: 60%, rest: 20%}}\n"
                            "  - share_overspend: {bands: {5%: 30%, rest: 100%}}\n  - clear: {}\n",
                     NULL, 1);
    start_projection(&pots,
                     COUNTY
                     "settlement:\n"
                     "  - pots: {parts: {a: {share: 50%, expense_share: 50%}, b: {share: 50%, "
                     "expense_share: 50%}}}\n"
                     "  - share_surplus: {pot: a, bands: {5%: 60%, rest: 20%}}\n"
                     "  - share_surplus: {pot: b, bands: {5%: 60%, rest: 20%}}\n"
                     "  - share_overspend: {pot: a, bands: {5%: 30%, rest: 100%}}\n"
                     "  - share_overspend: {pot: b, bands: {5%: 30%, rest: 100%}}\n  - clear: {}\n",
                     NULL, 1);
    size_t gains = 0, losses = 0;
    for (size_t year = 0; year < YEARS; year++) {
        const bg_fen *one = projected_draws(&whole, 0, year, "result");
        const bg_fen *both = projected_draws(&pots, 0, year, "result");
        for (size_t i = 0; i < FUTURES; i++) {
            assert_true(one[i] - both[i] <= 2 && both[i] - one[i] <= 2);
            gains += one[i] > 0;
            losses += one[i] < 0;
        }
    }
    assert_true(gains > 0 && losses > 0);
    finish_projection(&whole);
    finish_projection(&pots);
}

/* What was spent of it is an input, which no simulated year has. */
static void pots_of_real_years_are_refused(void **state)
{
    (void)state;
    const char text[] = COUNTY
        "inputs: {spent: {kind: money, empty: 1M}}\nsettlement:\n"
        "  - pots: {parts: {a: {share: 50%, expense: spent}, b: {share: 50%}}}\n  - clear: {}\n";
    bg_errors errors;
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_projection *projection = NULL;
    bg_errors_init(&errors);
    assert_int_equal(
        bg_scenario_parse(text, sizeof text - 1, "county.yaml", NULL, NULL, 0, &scenario, &errors),
        BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    const size_t before = errors.count;
    assert_int_equal(bg_projection_run(&model, NULL, &projection, &errors), BG_INVALID);
    assert_null(projection);
    assert_int_equal(errors.count, before + 1);
    assert_string_equal(errors.items[before].path, "settlement[pots].parts[a]");
    assert_says_among_others(errors.items[before].message, "such a plan settles real years only");
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pots_alike_come_to_what_the_whole_does),
        cmocka_unit_test(pots_of_real_years_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
