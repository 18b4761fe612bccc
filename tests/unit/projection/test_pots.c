/* Pots of a settlement in simulated years. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

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

#define SERVICES                                                                                   \
    "history:\n"                                                                                   \
    "  2023: {residents.inpatient.in: {paid: 52M, cases: 12200}, residents.inpatient.out: {paid: " \
    "21M, cases: 2550}, residents.outpatient.in: {paid: 31M, cases: 305000}}\n"                    \
    "  2024: {residents.inpatient.in: {paid: 54M, cases: 12400}, residents.inpatient.out: {paid: " \
    "22M, cases: 2600}, residents.outpatient.in: {paid: 33M, cases: 310000}}\n"                    \
    "budget: {growth: 6%, funds: {}}\nsimulation: {years: 2, replications: 300}\n"                 \
    "inputs: {spent: {kind: money, optional: true}, other: {kind: money, optional: true}}\n"

static const char *const engines[][2] = {{"simulation.engine=fast", NULL},
                                         {"simulation.engine=reference", NULL}};

/* Netted without steps of their own, pots leave what there was: the key changes no draw of demand. */
static void pots_by_line_change_no_demand(void **state)
{
    (void)state;
    for (size_t e = 0; e < 2; e++) {
        projected plain, pots;
        start_projection(&plain, SERVICES "settlement:\n  - clear: {}\n", engines[e], 1);
        start_projection(
            &pots,
            SERVICES
            "settlement:\n  - pots: {parts: {a: {share: 70%, expense: spent, lines: {inpatient: "
            "100%, outpatient: 15%}}, b: {share: 30%}}}\n  - clear: {}\n",
            engines[e], 1);
        for (size_t year = 0; year < YEARS; year++) {
            for (size_t o = 0; o < 2; o++) {
                const char *outcome = o ? "result" : "expense";
                const bg_fen *before = projected_draws(&plain, 0, year, outcome);
                const bg_fen *after = projected_draws(&pots, 0, year, outcome);
                for (size_t i = 0; i < FUTURES; i++) {
                    assert_int_equal(before[i], after[i]);
                }
            }
        }
        finish_projection(&plain);
        finish_projection(&pots);
    }
}

/* What is left of a alone: its share of what is payable less the lines outside, which are all that is paid there. */
static void a_pot_has_the_expense_of_its_lines(void **state)
{
    (void)state;
    for (size_t e = 0; e < 2; e++) {
        projected run;
        start_projection(&run,
                         SERVICES "settlement:\n  - pots: {parts: {a: {share: 40%, expense: spent, "
                                  "lines: {inpatient.out: "
                                  "100%}}, b: {share: 60%}}}\n"
                                  "  - deduct: {pot: b, gain: 100%, loss: 100%}\n  - clear: {}\n",
                         engines[e], 1);
        const bg_fen *result = projected_draws(&run, 0, 0, "result");
        const bg_fen *budget = projected_draws(&run, 0, 0, "budget");
        const bg_fen *outside = projected_draws(&run, 0, 0, "outside");
        for (size_t i = 0; i < FUTURES; i++) {
            const bg_fen exact = 2 * budget[i] - 5 * outside[i] - 5 * result[i];
            assert_true(exact > -5 && exact < 5);
        }
        finish_projection(&run);
    }
}

#define ANSWER "response: {cost: {p10: -10%, p90: -2%}, returned: {p10: 2%, p90: 10%}}\n"

/* Providers answer what the pots together leave: netted and without steps of their own that is what one plan leaves, so
 * that they do the same in every future, and pots by line have the payments of what they do. */
static void providers_answer_what_pots_leave(void **state)
{
    (void)state;
    projected plain, pots;
    start_projection(&plain,
                     SERVICES ANSWER "settlement: [share_surplus: {bands: {rest: 60%}}, clear]\n",
                     NULL, 1);
    start_projection(&pots,
                     SERVICES ANSWER
                     "settlement:\n  - pots: {parts: {a: {share: 70%, expense: spent, lines: "
                     "{inpatient: 100%}}, b: {share: 30%}}}\n"
                     "  - share_surplus: {bands: {rest: 60%}}\n  - clear: {}\n",
                     NULL, 1);
    for (size_t year = 0; year < YEARS; year++) {
        const bg_response_year *one = bg_projection_response(plain.projection, 0, year);
        const bg_response_year *other = bg_projection_response(pots.projection, 0, year);
        assert_true(one->known && one->strength > 0 && one->with < one->without);
        assert_memory_equal(one, other, sizeof *one);
        const bg_fen *before = projected_draws(&plain, 0, year, "expense");
        const bg_fen *after = projected_draws(&pots, 0, year, "expense");
        assert_memory_equal(before, after, FUTURES * sizeof *before);
        assert_memory_equal(projected_draws(&plain, 0, year, "result"),
                            projected_draws(&pots, 0, year, "result"), FUTURES * sizeof *before);
    }
    finish_projection(&plain);
    finish_projection(&pots);
}

/* A pot that keeps all of its gain leaves more of a yuan saved than one that keeps nothing, and so they do more. */
static void providers_do_more_where_a_pot_leaves_more(void **state)
{
    (void)state;
    static const char *const kept[] = {"settlement[share_surplus].bands[rest]=0%",
                                       "settlement[share_surplus].bands[rest]=100%"};
    double strength[2];
    for (size_t i = 0; i < 2; i++) {
        projected run;
        const char *const overrides[] = {kept[i], "budget.growth=20%", NULL};
        start_projection(&run,
                         SERVICES ANSWER
                         "settlement:\n  - pots: {parts: {a: {share: 70%, expense: spent, lines: "
                         "{inpatient: 100%}}, b: {share: 30%}}}\n"
                         "  - share_surplus: {pot: a, bands: {rest: 50%}}\n"
                         "  - share_overspend: {pot: a, bands: {rest: 0%}}\n"
                         "  - deduct: {pot: b, gain: 100%, loss: 100%}\n  - clear: {}\n",
                         overrides, 1);
        strength[i] = bg_projection_response(run.projection, 0, 0)->strength;
        finish_projection(&run);
    }
    assert_true(strength[1] > strength[0] + 0.1);
}

static void refused_with(const char *parts, const char *path, const char *words)
{
    char text[1500];
    bg_errors errors;
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_projection *projection = NULL;
    (void)snprintf(text, sizeof text, "%ssettlement:\n  - pots: {parts: %s}\n  - clear: {}\n",
                   SERVICES, parts);
    bg_errors_init(&errors);
    assert_int_equal(
        bg_scenario_parse(text, strlen(text), "county.yaml", NULL, NULL, 0, &scenario, &errors),
        BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    const size_t before = errors.count;
    assert_true(bg_projection_run(&model, NULL, &projection, &errors) != BG_OK);
    assert_null(projection);
    assert_string_equal(errors.items[before].path, path);
    assert_says_among_others(errors.items[before].message, words);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

static void lines_that_cannot_be_are_refused(void **state)
{
    (void)state;
    refused_with("{a: {share: 50%, expense: spent, lines: {dental: 100%}}, b: {share: 50%}}",
                 "settlement[pots].parts[a].lines[dental]", "no past year has a line \"dental\"");
    refused_with("{a: {share: 50%, lines: {inpatient: 100%}}, b: {share: 50%, expense: spent}}",
                 "settlement[pots].parts[a].lines", "stand for its `expense`");
    refused_with("{a: {share: 50%, expense: spent, lines: {inpatient: 70%}}, b: {share: 50%, "
                 "expense: other, lines: "
                 "{inpatient.in: 40%, outpatient: 100%, inpatient.out: 30%}}}",
                 "settlement[pots].parts[a]",
                 "of the line \"residents.inpatient.in\" the pots have 110%");
    refused_with("{a: {share: 50%, expense: spent, lines: {inpatient: 100%}}, b: {share: 50%, "
                 "expense: other, lines: "
                 "{outpatient: 90%}}}",
                 "settlement[pots].parts[a]", "the pots have 90%");
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
        cmocka_unit_test(pots_by_line_change_no_demand),
        cmocka_unit_test(a_pot_has_the_expense_of_its_lines),
        cmocka_unit_test(providers_answer_what_pots_leave),
        cmocka_unit_test(providers_do_more_where_a_pot_leaves_more),
        cmocka_unit_test(lines_that_cannot_be_are_refused),
        cmocka_unit_test(pots_of_real_years_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
