/* A performance score that moves with what is simulated. */
#include "../../support/projected.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* Stays cost the fund 4,000 yuan inside and 6,000 outside; all is certain. */
#define CERTAIN                                                                                    \
    "money_unit: wan\n"                                                                            \
    "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 3600},\n"                        \
    "  residents.inpatient.out: {cases: 1000, paid: 600}, employees.inpatient.in: {cases: 500,\n"  \
    "  paid: 300}, employees.inpatient.out: {cases: 500, paid: 400}}}\n"                           \
    "people: {residents: {count: 100000, growth: 0, growth_sd: 0},\n"                              \
    "  employees: {count: 10000, growth: 0, growth_sd: 0}}\n"                                      \
    "demand: {services: {inpatient: {frequency_trend: 0, frequency_trend_sd: 0, cost_trend: 0,\n"  \
    "  cost_trend_sd: 0, frequency_volatility: 0, cost_volatility: 0}},\n"                         \
    "  emergency: {probability: 0}}\n"                                                             \
    "budget: {growth: 0, funds: {guarantee: 3%}}\n"                                                \
    "settlement:\n"                                                                                \
    "  - release: {fund: guarantee, by_score: {90: 100%, 80: 50%, 0: 0%}}\n"                       \
    "  - share_overspend: {when: {score: {from: 90}}, base: budget, bands: {rest: 50%}}\n"         \
    "  - clear: {}\n"                                                                              \
    "simulation: {years: 2, replications: 40}\n"
#define INSIDE                                                                                     \
    "performance: {indicators: {inside: {simulated: cases_inside, floor: 66, target: 96},\n"       \
    "  stays: {points: 100, weight: 1}}}\n"
#define MEASURE                                                                                    \
    "measures: {home: {lines: [residents.*.out], from: 2026-01,\n"                                 \
    "  place: {to: residents.inpatient.in, share: 80%}}}\n"

static bg_fen score(const projected *self, size_t unit, size_t year, size_t i)
{
    return projected_draws(self, unit, year, "score")[i];
}

static void bringing_patients_home_raises_the_score_and_what_is_released(void **state)
{
    (void)state;
    projected one;
    start_projection(&one, CERTAIN INSIDE MEASURE, NULL, 1);
    /* 9,500 of 11,000 are inside: 20.3636… of the 30 points from 66 to 96, which is 67.8787…, with the other
     * indicator's 100: 83.9393…. From 2026 on 10,300 of 11,000: 92.1212… points and 100 are 96.0606…. */
    for (size_t unit = 0; unit < 3; unit++) {
        assert_int_equal(projected_central(&one, unit, 0, "score"), 8393);
        assert_int_equal(projected_central(&one, unit, 1, "score"), 9606);
        for (size_t i = 0; i < 40; i++) {
            assert_int_equal(score(&one, unit, 0, i), 8393);
            assert_int_equal(score(&one, unit, 1, i), 9606);
        }
    }
    /* The residents' guarantee fund is 3 % of 42 million: half of it, then all. */
    assert_int_equal(projected_draws(&one, 0, 0, "released")[0], 63000000);
    assert_int_equal(projected_draws(&one, 0, 1, "released")[0], 126000000);
    finish_projection(&one);
}

static void a_gate_opens_where_the_score_reaches_it(void **state)
{
    (void)state;
    projected gated;
    start_projection(&gated, CERTAIN INSIDE MEASURE, NULL, 1);
    size_t lost = 0;
    for (size_t i = 0; i < 40; i++) {
        const bg_fen balance = projected_draws(&gated, 1, 0, "balance")[i];
        const bg_fen result = projected_draws(&gated, 1, 0, "result")[i];
        const bg_fen late = projected_draws(&gated, 1, 1, "balance")[i];
        const bg_fen shared = projected_draws(&gated, 1, 1, "result")[i];
        assert_int_equal(result, balance); /* 83.9 points: nothing is shared */
        if (late < 0) {                    /* 96.1: half of it is */
            assert_true(llabs(2 * shared - late) <= 1);
            lost++;
        }
    }
    assert_true(lost > 0);
    finish_projection(&gated);
}

static const char uncertain[] =
    "money_unit: wan\n"
    "history: {2024: {residents.inpatient.in: {cases: 9000, cost: 5400, paid: 3600},\n"
    "  residents.inpatient.out: {cases: 1000, cost: 1500, paid: 600}}}\n"
    "people: {residents: 100000}\n"
    "budget: {growth: 3%, funds: {guarantee: 3%, risk: 2%}}\n"
    "performance: {indicators: {growth: {simulated: cost_growth, floor: 6, target: -2},\n"
    "  inside: {simulated: paid_inside, floor: 80, target: 90}, care: 90}}\n"
    "demand: {emergency: {probability: 20%}}\n"
    "simulation: {years: 3, replications: 2000}\n";

static void scores_differ_by_future_and_not_by_thread_or_block(void **state)
{
    (void)state;
    projected one, two;
    const bg_projection_options blocks = {.threads = 2, .block_size = 77};
    start_projection(&one, uncertain, NULL, 1);
    start_projection_with(&two, uncertain, NULL, &blocks);
    for (size_t year = 0; year < 3; year++) {
        assert_memory_equal(projected_draws(&one, 0, year, "score"),
                            projected_draws(&two, 0, year, "score"), 2000 * sizeof(bg_fen));
        const bg_statistics *of = projected_statistics(&one, 0, year, "score");
        assert_true(of->sd > 500 && of->minimum >= 3000 && of->maximum <= 9667);
    }
    finish_projection(&one);
    finish_projection(&two);
}

static void the_engines_give_the_same_mean_score(void **state)
{
    (void)state;
    static const char *const reference[] = {"simulation.engine=reference", NULL};
    projected one, two;
    start_projection(&one, uncertain, NULL, 2);
    start_projection(&two, uncertain, reference, 2);
    for (size_t year = 0; year < 3; year++) {
        const bg_statistics *a = projected_statistics(&one, 0, year, "score");
        const bg_statistics *b = projected_statistics(&two, 0, year, "score");
        assert_true(fabs(a->mean - b->mean) <
                    4 * sqrt(a->mean_se * a->mean_se + b->mean_se * b->mean_se));
        assert_int_equal(projected_central(&one, 0, year, "score"),
                         projected_central(&two, 0, year, "score"));
    }
    finish_projection(&one);
    finish_projection(&two);
}

static void a_score_that_is_given_is_no_outcome(void **state)
{
    (void)state;
    projected typed;
    start_projection(&typed, CERTAIN "performance: {score: 85}\n", NULL, 1);
    assert_int_equal(bg_projection_outcome_index(typed.projection, "score"), -1);
    assert_false(bg_model_has_score(&typed.model));
    finish_projection(&typed);
}

/* What a typed value comes to, a quantity that always has this value does. */
static void a_quantity_that_does_not_move_settles_as_its_value_typed(void **state)
{
    (void)state;
    static const char typed[] =
        CERTAIN "performance: {indicators: {stays: {value: 10, floor: 14, target: 9}}}\n";
    static const char moving[] = CERTAIN
        "performance: {indicators: {stays: {simulated: admissions, floor: 14, target: 9}}}\n";
    projected one, two;
    start_projection(&one, typed, NULL, 1);
    start_projection(&two, moving, NULL, 1);
    for (size_t unit = 0; unit < 3; unit++) {
        for (size_t o = 0; o < bg_projection_outcome_count(one.projection); o++) {
            assert_memory_equal(bg_projection_draws(one.projection, unit, 1, o),
                                bg_projection_draws(two.projection, unit, 1, o),
                                40 * sizeof(bg_fen));
        }
    }
    finish_projection(&one);
    finish_projection(&two);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bringing_patients_home_raises_the_score_and_what_is_released),
        cmocka_unit_test(a_gate_opens_where_the_score_reaches_it),
        cmocka_unit_test(scores_differ_by_future_and_not_by_thread_or_block),
        cmocka_unit_test(the_engines_give_the_same_mean_score),
        cmocka_unit_test(a_score_that_is_given_is_no_outcome),
        cmocka_unit_test(a_quantity_that_does_not_move_settles_as_its_value_typed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
