/* Rates that are moved by points. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 1024 };

/* A plan with two inputs, of which `own_rate` is a rate that may be below zero. */
static test_plan read_gain(const char *rule, size_t n)
{
    char steps[TEXT];
    snprintf(steps, sizeof steps,
             "  - deduct: {gain: %s}\n  - clear: {}\n"
             "inputs: {own_rate: {kind: rate, empty: 10%%}}\n",
             rule);
    test_plan plan = test_plan_read(steps, n);
    if (plan.status == BG_OK) {
        bg_settlement_block_fill_empty(&plan.block, plan.plan);
    }
    return plan;
}

/* The part, in 1/1000, that is taken off a gain of 1,000 fen in 2026. */
static bg_fen taken(const char *rule, int score, bg_decimal mine)
{
    test_plan plan = read_gain(rule, 1);
    assert_int_equal(plan.status, BG_OK);
    int64_t **input = plan.block.input;
    input[BG_INPUT_budget][0] = input[BG_INPUT_payable][0] = 1000;
    input[BG_INPUT_score][0] = score * BG_ONE;
    input[BG_INPUT_year][0] = 2026 * BG_ONE;
    const int own = bg_plan_input_index(plan.plan, "own_rate");
    input[own][0] = mine;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    const bg_fen kept = plan.block.result[BG_RESULT_result][0];
    test_plan_free(&plan);
    return 1000 - kept;
}

#define BY_SCORE "plus: {by_score: {90: 5%, 80: 3%, 65: -3%, 0: -100%}}"

static void points_are_added_to_a_rate_of_any_form(void **state)
{
    (void)state;
    assert_int_equal(taken("{rate: 60%, " BY_SCORE "}", 95, 0), 650);
    assert_int_equal(taken("{rate: 60%, " BY_SCORE "}", 90, 0), 650);
    assert_int_equal(taken("{rate: 60%, " BY_SCORE "}", 89, 0), 630);
    assert_int_equal(taken("{rate: 60%, " BY_SCORE "}", 70, 0), 570);
    assert_int_equal(taken("{rate: {2025: 50%, 2026: 40%}, " BY_SCORE "}", 84, 0), 430);
    assert_int_equal(taken("{by_score: {80: 20%, 0: 10%}, " BY_SCORE "}", 84, 0), 230);
    assert_int_equal(taken("{score: {at_0: 100%, at_100: 0%}, " BY_SCORE "}", 84, 0), 190);
    assert_int_equal(taken("{input: own_rate, times: 50%, " BY_SCORE "}", 84, BG_ONE / 2), 280);
}

static void points_come_in_any_form_too(void **state)
{
    (void)state;
    assert_int_equal(taken("{rate: 60%, plus: 5%}", 0, 0), 650);
    assert_int_equal(taken("{rate: 60%, plus: -5%}", 0, 0), 550);
    assert_int_equal(taken("{rate: 60%, plus: {2025: 1%, 2026: -2%}}", 0, 0), 580);
    assert_int_equal(taken("{rate: 60%, plus: {score: {at_0: -10%, at_100: 10%}}}", 75, 0), 650);
    assert_int_equal(taken("{rate: 100%, plus: {input: own_rate, times: -1}}", 0, BG_ONE * 3 / 10),
                     700);
    assert_int_equal(
        taken("{rate: 60%, plus: {score: {at_0: -10%, at_100: 10%}, floor: -4%}}", 0, 0), 560);
}

/* Below all tiers nothing is added. */
static void the_sum_lies_within_its_bounds(void **state)
{
    (void)state;
    assert_int_equal(taken("{rate: 60%, " BY_SCORE "}", 64, 0), 0);
    assert_int_equal(taken("{rate: 60%, plus: {by_score: {90: 50%}}}", 90, 0), 1000);
    assert_int_equal(taken("{rate: 60%, plus: {by_score: {90: 50%}}}", 80, 0), 600);
    assert_int_equal(taken("{rate: 60%, " BY_SCORE ", floor: 20%}", 10, 0), 200);
    assert_int_equal(taken("{rate: 60%, " BY_SCORE ", ceiling: 62%}", 84, 0), 620);
    assert_int_equal(taken("{by_score: {80: 20%}, " BY_SCORE ", ceiling: 22%}", 84, 0), 220);
}

/* Units of a block have points of their own. */
static void each_unit_has_its_points(void **state)
{
    (void)state;
    enum { UNITS = 40 };
    test_plan plan = read_gain("{rate: 60%, " BY_SCORE "}", UNITS);
    for (size_t u = 0; u < UNITS; u++) {
        plan.block.input[BG_INPUT_budget][u] = plan.block.input[BG_INPUT_payable][u] = 1000;
        plan.block.input[BG_INPUT_score][u] = (60 + (int64_t)u) * BG_ONE;
    }
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    for (size_t u = 0; u < UNITS; u++) {
        const bg_fen gone = u >= 30 ? 650 : u >= 20 ? 630 : u >= 5 ? 570 : 0;
        assert_int_equal(plan.block.result[BG_RESULT_result][u], 1000 - gone);
    }
    test_plan_free(&plan);
}

static void the_rate_and_its_points_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *words;
    } cases[] = {{"{rate: 60%, " BY_SCORE "}", "63% of 10.00; 60% plus 3% at 84 points"},
                 {"{rate: 60%, plus: -5%}", "55% of 10.00; 60% plus -5%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan plan = read_gain(cases[i].rule, 1);
        plan.block.input[BG_INPUT_budget][0] = plan.block.input[BG_INPUT_payable][0] = 1000;
        plan.block.input[BG_INPUT_score][0] = 84 * BG_ONE;
        bg_trace trace = {0};
        assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
        bool found = false;
        for (size_t k = 0; k < trace.count; k++) {
            found = found || posting_says(&trace.items[k], plan.plan, cases[i].words);
        }
        assert_true(found);
        bg_trace_free(&trace);
        test_plan_free(&plan);
    }
}

static void what_no_rule_can_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *rule, *words;
    } cases[] = {
        {"{rate: 60%}", "`rate` stands with `plus`"},
        {"{plus: 5%}", "a rule has one of by_score, score and input, or a rate with plus."},
        {"{rate: 60%, by_score: {0: 1%}, plus: 5%}", "a rule has one of"},
        {"{rate: {rate: 60%, plus: 1%}, plus: 5%}", "`plus` cannot stand within a rule"},
        {"{rate: 60%, plus: {rate: 1%, plus: 5%}}", "`plus` cannot stand within a rule"},
        {"{rate: 60%, plus: 120%}", "120%"},
        {"{rate: 60%, plus: {by_score: {90: -101%}}}", "-101%"},
        {"{rate: -1%, plus: 5%}", "-1%"},
        {"{rate: 60%, plus: 5%, floor: 50%, ceiling: 40%}", "the floor lies above the ceiling."},
        {"{by_score: {0: 1%}, floor: 5%}", "leave out floor and ceiling"},
        {"{rate: 60%, plus: {input: nobody}}", "nobody"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(read_gain(cases[i].rule, 1), cases[i].rule, cases[i].words);
    }
}

/* Points from an input of the unit may be from -100 to 100 %. */
static void points_of_an_input_beyond_their_bounds_fail_the_unit(void **state)
{
    (void)state;
    test_plan plan = read_gain("{rate: 60%, plus: {input: own_rate, times: -2}}", 1);
    const int own = bg_plan_input_index(plan.plan, "own_rate");
    plan.block.input[own][0] = BG_ONE / 2;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    plan.block.input[own][0] = BG_ONE / 2 + 1;
    const size_t before = plan.errors.count;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_RANGE);
    assert_says_among_others(plan.errors.items[before].message,
                             "it must lie between -100% and 100%");
    test_plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_added_to_a_rate_of_any_form),
        cmocka_unit_test(points_come_in_any_form_too),
        cmocka_unit_test(the_sum_lies_within_its_bounds),
        cmocka_unit_test(each_unit_has_its_points),
        cmocka_unit_test(the_rate_and_its_points_are_told),
        cmocka_unit_test(what_no_rule_can_be_is_refused),
        cmocka_unit_test(points_of_an_input_beyond_their_bounds_fail_the_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
