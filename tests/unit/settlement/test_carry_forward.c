/* What of a year's result goes on into the next: limits, years, gains. Amounts are fen of a budget of 1,000. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdlib.h>
#include <string.h>

#define CLEAR "  - clear: {}\n"

static test_plan read_plan(const char *step)
{
    test_plan plan = test_plan_read(step, 1);
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

static bg_fen left(const test_plan *plan)
{
    return plan->block.result[BG_RESULT_deficit_left][0];
}

/* Settles a year whose balance is that of `scale` times 1,000; `trace` may be NULL. */
static void settle(test_plan *plan, bg_fen scale, bg_fen balance, bg_trace *trace)
{
    plan->block.input[BG_INPUT_budget][0] = 1000 * scale;
    plan->block.input[BG_INPUT_payable][0] = 1000 * scale;
    plan->block.input[BG_INPUT_expense][0] = 1000 * scale - balance;
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors), BG_OK);
}

/* The next year begins with what the one before has left. */
static void go_on(test_plan *plan)
{
    bg_settlement_block *block = &plan->block;
    block->input[BG_INPUT_deficit][0] = left(plan);
    for (size_t age = 0; age < bg_plan_deficit_ages(plan->plan); age++) {
        block->deficit_older[age][0] = block->deficit_older_left[age][0];
    }
}

typedef struct year {
    bg_fen balance, result, left;
} year;

static void assert_years(const char *step, bg_fen scale, size_t count, const year *expected)
{
    test_plan plan = read_plan(step);
    for (size_t y = 0; y < count; y++) {
        settle(&plan, scale, expected[y].balance, NULL);
        assert_int_equal(plan.block.result[BG_RESULT_result][0], expected[y].result);
        assert_int_equal(left(&plan), expected[y].left);
        go_on(&plan);
    }
    test_plan_free(&plan);
}

#define ASSERT_YEARS(step, scale, ...)                                                             \
    assert_years(step, scale, sizeof((year[]){__VA_ARGS__}) / sizeof(year), (year[]){__VA_ARGS__})

/* 234 are recovered by at most 15 % of 1,000 = 150 a year, the rest waits; a loss of 36 in the second year is not
 * the recovery's, and waits as well: 84 + 36 = 120. */
static void what_is_recovered_in_a_year_is_limited_and_the_rest_waits(void **state)
{
    (void)state;
    const char *step = "  - carry_forward: {recover: always, limit: 15%}\n" CLEAR;
    ASSERT_YEARS(step, 1, {-234, 0, 234}, {0, -150, 84}, {0, -84, 0}, {0, 0, 0});
    ASSERT_YEARS(step, 1, {-234, 0, 234}, {-36, -150, 120}, {50, 50 - 120, 0});
}

/* Of a gain of 300 no more than 150 make up the 234. */
static void a_gain_makes_up_no_more_than_the_limit(void **state)
{
    (void)state;
    ASSERT_YEARS("  - carry_forward: {limit: 15%}\n" CLEAR, 1, {-234, 0, 234}, {300, 150, 84},
                 {-10, 0, 94}, {300, 206, 0});
}

/* Half of 80 is kept back and paid a year later; with a limit of 3 % of 1,000 in parts of 30 and 10. */
static void a_gain_may_be_carried_and_is_paid_in_the_next_year(void **state)
{
    (void)state;
    ASSERT_YEARS("  - carry_forward: {gain: 50%, recover: always}\n" CLEAR, 1, {80, 40, -40},
                 {0, 40, 0}, {-20, 0, 20}, {100, 100 - 50 - 20, -50});
    ASSERT_YEARS("  - carry_forward: {gain: 50%, recover: always, limit: 3%}\n" CLEAR, 1,
                 {80, 40, -40}, {0, 30, -10}, {0, 10, 0});
    /* A gain carried pays for a loss before anything of that is carried: 40 - 60 = -20. */
    ASSERT_YEARS("  - carry_forward: {gain: 50%}\n" CLEAR, 1, {80, 40, -40}, {-60, 0, 20});
}

/* 100 of the first year can be made up in the second and the third: of it 30 are, and 70 lapse. */
static void a_loss_that_is_not_made_up_in_its_years_lapses(void **state)
{
    (void)state;
    ASSERT_YEARS("  - carry_forward: {years: 1}\n" CLEAR, 1, {-100, 0, 100}, {-50, 0, 50},
                 {20, 0, 0}, {10, 10, 0});
    ASSERT_YEARS("  - carry_forward: {years: 2}\n" CLEAR, 1, {-100, 0, 100}, {-50, 0, 150},
                 {30, 0, 50}, {0, 0, 0});
    /* 120 make up all of the first loss and 20 of the second, of which 10 more are made up and 20 lapse. */
    ASSERT_YEARS("  - carry_forward: {years: 3}\n" CLEAR, 1, {-100, 0, 100}, {-50, 0, 150},
                 {-20, 0, 170}, {120, 0, 50}, {10, 0, 20}, {0, 0, 0});
    /* The same in parts of a fen, with a result in whole yuan. */
    ASSERT_YEARS("  - carry_forward: {years: 2}\n" CLEAR "settlement_rounding: 1\n", 100,
                 {-10000, 0, 10000}, {-5000, 0, 15000}, {3000, 0, 5000}, {0, 0, 0});
}

/* A year in which the step does not apply takes nothing off, but the loss is a year older. */
static void losses_grow_older_where_the_step_does_not_apply(void **state)
{
    (void)state;
    test_plan plan = read_plan("  - carry_forward: {years: 2, when: {score: {from: 60}}}\n" CLEAR);
    int64_t *score = plan.block.input[BG_INPUT_score];
    static const struct {
        int64_t score;
        bg_fen balance, left;
    } years[] = {{60, -100, 100}, {50, 500, 100}, {60, -7, 7}};
    for (size_t y = 0; y < 3; y++) {
        score[0] = years[y].score * BG_ONE;
        settle(&plan, 1, years[y].balance, NULL);
        assert_int_equal(left(&plan), years[y].left);
        go_on(&plan);
    }
    test_plan_free(&plan);
}

/* ---- the end of the contract ---- */

static bg_fen at_the_end(const char *step, bg_fen deficit)
{
    test_plan plan = read_plan(step);
    plan.block.contract_end = true;
    plan.block.input[BG_INPUT_deficit][0] = deficit;
    settle(&plan, 1, 0, NULL);
    assert_int_equal(left(&plan), 0);
    const bg_fen result = plan.block.result[BG_RESULT_result][0];
    test_plan_free(&plan);
    return result;
}

static void the_end_of_the_contract_knows_no_limit(void **state)
{
    (void)state;
    assert_int_equal(at_the_end("  - carry_forward: {recover: always, limit: 15%}\n" CLEAR, 234),
                     -234);
    assert_int_equal(
        at_the_end("  - carry_forward: {recover: always, limit: 15%, at_end: forgive}\n" CLEAR,
                   234),
        -150);
    assert_int_equal(
        at_the_end("  - carry_forward: {gain: 1%, limit: 3%, at_end: forgive}\n" CLEAR, -50), 50);
    assert_int_equal(at_the_end("  - carry_forward: {gain: 1%, limit: 3%}\n" CLEAR, -50), 50);
    assert_int_equal(at_the_end("  - carry_forward: {years: 1}\n" CLEAR, 50), 0);
}

/* ---- words ---- */

/* Whether a line of the year's explanation says so. */
static void assert_told(const char *step, bg_fen deficit, bg_fen balance, const char *words)
{
    test_plan plan = read_plan(step);
    bg_trace trace = {0};
    plan.block.input[BG_INPUT_deficit][0] = deficit;
    settle(&plan, 1, balance, &trace);
    bool told = false;
    for (size_t i = 0; i < trace.count; i++) {
        told = told || posting_says(&trace.items[i], plan.plan, words);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
    assert_true(told);
}

static void an_explanation_says_what_is_carried_recovered_and_lapsed(void **state)
{
    (void)state;
    assert_told(
        "  - carry_forward: {recover: always, limit: 15%}\n" CLEAR, 234, 0,
        "of the deficit of earlier years 2.34, recovered whatever the balance is; no more than "
        "1.50 in a year: 15% of budget 10.00");
    assert_told("  - carry_forward: {gain: 50%}\n" CLEAR, 0, 80,
                "of the gain 0.80, carried into the next year");
    assert_told("  - carry_forward: {gain: 50%}\n" CLEAR, -40, 0,
                "of the gain 0.40 that was carried, paid out");
    assert_told("  - carry_forward: {years: 1}\n" CLEAR, 100, 0,
                "not made up within 1 years: lapses");
}

static void refused(const char *step, const char *words)
{
    test_plan_refused(test_plan_read(step, 1), step, words);
}

/* The total of a year is known before anything else of it. */
static void what_goes_into_the_next_total_has_a_limit_known_before_the_year(void **state)
{
    (void)state;
    refused("  - carry_forward: {recover: budget, limit: {by_score: {90: 10%}}}\n" CLEAR,
            "the limit must be a rate or rates by year.");
    refused("  - carry_forward: {recover: budget, base: payable}\n" CLEAR, "leave `base` out.");
    refused("  - carry_forward: {when: {score: 1}}\n"
            "  - carry_forward: {recover: budget, when: {score: 2}}\n" CLEAR,
            "carried by one step alone; step 1 carries as well.");
    ASSERT_YEARS("  - carry_forward: {recover: budget, limit: 15%}\n" CLEAR, 1, {-234, 0, 234},
                 {50, 50, 234});
}

static void what_cannot_be_carried_is_refused(void **state)
{
    (void)state;
    test_plan_refused(test_plan_read("  - carry_forward: {gain: 50%, years: 2}\n" CLEAR, 1),
                      "  - carry_forward: {gain: 50%, years: 2}\n",
                      "the step also carries a gain (`gain`), which does not lapse.");
    test_plan plan = read_plan("  - carry_forward: {}\n" CLEAR);
    plan.block.input[BG_INPUT_deficit][0] = -1;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_RANGE);
    test_plan_free(&plan);
    plan = read_plan("  - carry_forward: {gain: 50%}\n" CLEAR);
    plan.block.input[BG_INPUT_deficit][0] = -BG_SETTLEMENT_LIMIT - 1;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OVERFLOW);
    test_plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_recovered_in_a_year_is_limited_and_the_rest_waits),
        cmocka_unit_test(a_gain_makes_up_no_more_than_the_limit),
        cmocka_unit_test(a_gain_may_be_carried_and_is_paid_in_the_next_year),
        cmocka_unit_test(a_loss_that_is_not_made_up_in_its_years_lapses),
        cmocka_unit_test(losses_grow_older_where_the_step_does_not_apply),
        cmocka_unit_test(the_end_of_the_contract_knows_no_limit),
        cmocka_unit_test(an_explanation_says_what_is_carried_recovered_and_lapsed),
        cmocka_unit_test(what_goes_into_the_next_total_has_a_limit_known_before_the_year),
        cmocka_unit_test(what_cannot_be_carried_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
