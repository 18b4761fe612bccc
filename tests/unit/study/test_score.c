/* Which scores a settlement asks for, and how likely they are. */
#include "../../support/projected.h"
#include "study/score.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define POINTS(x) (INT64_C(x) * BG_ONE)

static bg_score_bounds bounds_of(const char *text)
{
    bg_scenario *scenario = parse_scenario(text, NULL);
    const bg_score_bounds bounds = bg_score_bounds_of(scenario);
    bg_scenario_free(scenario);
    return bounds;
}

static void bounds_are_those_of_tiers_and_gates_from_above(void **state)
{
    (void)state;
    const bg_score_bounds bounds =
        bounds_of("history: {2024: 100M}\nbudget: {funds: {guarantee: 3%}}\nsettlement:\n"
                  "  - release: {fund: guarantee, by_score: {90: 100%, 62.5: 50%, 0: 0%}}\n"
                  "  - deduct: {gain: {by_score: {90: 0%, 70: 10%, 0: 20%}}, when: {year: 2025}}\n"
                  "  - share_overspend: {when: {score: {from: 60, below: 95}}, base: budget,"
                  " bands: {rest: 50%}}\n"
                  "  - clear: {}\n");
    static const bg_decimal expected[] = {POINTS(95), POINTS(90), POINTS(70), 625 * BG_ONE / 10,
                                          POINTS(60)};
    assert_int_equal(bounds.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(bounds.bound[i], expected[i]);
    }
}

static void a_plan_without_scores_has_no_bounds(void **state)
{
    (void)state;
    const bg_score_bounds bounds =
        bounds_of("history: {2024: 100M}\nbudget: {funds: {guarantee: 3%}}\nsettlement:\n"
                  "  - share_overspend: {base: budget, bands: {rest: 50%}}\n  - clear: {}\n");
    assert_int_equal(bounds.count, 0);
}

/* Admissions are 10 of 100 in the last base year and vary from then on. */
static const char moving[] =
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 40M}}}\n"
    "people: {residents: 100000}\n"
    "performance: {indicators: {stays: {simulated: admissions, floor: 12, target: 8}}}\n"
    "simulation: {years: 2, replications: 500}\n";

static void the_chance_is_the_share_of_futures_that_reach_the_bound(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, moving, NULL, 1);
    for (size_t year = 0; year < 2; year++) {
        const bg_fen *draws = projected_draws(&self, 0, year, "score");
        size_t reached = 0, at = 0;
        for (size_t i = 0; i < 500; i++) {
            reached += draws[i] >= 4000;
            at += draws[i] == draws[7];
        }
        bg_probability chance;
        assert_int_equal(bg_score_chance(self.projection, year, POINTS(40), &chance), BG_OK);
        assert_true(reached > 0 && reached < 500);
        assert_int_equal(chance.hits, reached);
        assert_int_equal(chance.n, 500);
        /* A score is cut to hundredths, so that one that is a bound reaches it. */
        bg_probability just, above;
        assert_int_equal(bg_score_chance(self.projection, year, draws[7] * (BG_ONE / 100), &just),
                         BG_OK);
        assert_int_equal(
            bg_score_chance(self.projection, year, draws[7] * (BG_ONE / 100) + 1, &above), BG_OK);
        assert_int_equal(just.hits - above.hits, at);
    }
    finish_projection(&self);
}

static void near_a_gate_is_within_two_points_of_it(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, moving, NULL, 1);
    const bg_fen *draws = projected_draws(&self, 0, 1, "score");
    size_t near = 0;
    for (size_t i = 0; i < 500; i++) {
        near += draws[i] >= 4300 && draws[i] < 4700;
    }
    bg_probability chance;
    assert_int_equal(bg_score_near(self.projection, 1, POINTS(45), &chance), BG_OK);
    assert_true(near > 0 && near < 500);
    assert_int_equal(chance.hits, near);
    finish_projection(&self);
}

static void gates_are_what_conditions_ask_for(void **state)
{
    (void)state;
    bg_scenario *scenario = parse_scenario(
        "history: {2024: 100M}\nbudget: {funds: {guarantee: 3%}}\nsettlement:\n"
        "  - release: {fund: guarantee, by_score: {90: 100%, 0: 0%}}\n"
        "  - share_overspend: {when: {score: {from: 60, below: 95}}, bands: {rest: 50%}}\n"
        "  - clear: {}\n",
        NULL);
    const bg_score_bounds gates = bg_score_gates_of(scenario);
    assert_int_equal(gates.count, 2);
    assert_int_equal(gates.bound[0], POINTS(95));
    assert_int_equal(gates.bound[1], POINTS(60));
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_are_those_of_tiers_and_gates_from_above),
        cmocka_unit_test(a_plan_without_scores_has_no_bounds),
        cmocka_unit_test(the_chance_is_the_share_of_futures_that_reach_the_bound),
        cmocka_unit_test(near_a_gate_is_within_two_points_of_it),
        cmocka_unit_test(gates_are_what_conditions_ask_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
