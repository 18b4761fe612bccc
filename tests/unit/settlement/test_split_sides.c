/* A gain and a loss that are divided by shares of their own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <string.h>

#define CLEAR "  - clear: {}\n"

static void put(test_plan *plan, size_t unit, bg_fen balance, bg_fen disallowed)
{
    plan->block.input[BG_INPUT_budget][unit] = 100000;
    plan->block.input[BG_INPUT_payable][unit] = 100000;
    plan->block.input[BG_INPUT_expense][unit] = 100000 - balance;
    plan->block.input[BG_INPUT_disallowed][unit] = disallowed;
}

static bg_fen result_of(const test_plan *plan, size_t institution, size_t unit)
{
    return plan->block.institution_result[institution][unit];
}

static void gains_and_losses_of_a_block_have_their_own_shares(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - split: {hospital: {gain: 60%, loss: 100%}, centre: {gain: 40%, loss: 0%}}\n" CLEAR, 5);
    assert_int_equal(plan.status, BG_OK);
    static const bg_fen balance[] = {1000, -1000, 0, 3, -3};
    static const bg_fen hospital[] = {600, -1000, 0, 2,
                                      -3}; /* 1.8 and 1.2 fen: the larger remainder */
    for (size_t u = 0; u < 5; u++) {
        put(&plan, u, balance[u], 0);
    }
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    for (size_t u = 0; u < 5; u++) {
        assert_int_equal(result_of(&plan, 0, u), hospital[u]);
        assert_int_equal(result_of(&plan, 1, u), balance[u] - hospital[u]);
    }
    test_plan_free(&plan);
}

/* 100 fen are disallowed: 60 and 40 of them in a year with a gain or nothing, all of them the hospital's in a
 * year with a loss. */
static void disallowed_expense_follows_the_sign_of_the_result(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - disallow: {}\n"
        "  - split: {hospital: {gain: 60%, loss: 100%}, centre: {gain: 40%, loss: 0%}}\n" CLEAR,
        3);
    put(&plan, 0, 900, 100);
    put(&plan, 1, -100, 100); /* a result of zero */
    put(&plan, 2, -1100, 100);
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    static const bg_fen hospital[] = {60, 60, 100};
    for (size_t u = 0; u < 3; u++) {
        assert_int_equal(plan.block.institution_disallowed[0][u], hospital[u]);
        assert_int_equal(plan.block.institution_disallowed[1][u], 100 - hospital[u]);
    }
    test_plan_free(&plan);
}

/* A unit with a gain needs no weights of a loss; shares by score and weights may stand side by side. */
static void each_side_asks_for_what_it_needs_alone(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - split:\n"
        "      hospital: {gain: {by_score: {80: 70%, 0: 50%}}, loss: {input: a}}\n"
        "      centre: {gain: {by_score: {80: 30%, 0: 50%}}, loss: {input: b}}\n" CLEAR
        "inputs: {a: {kind: number, optional: true}, b: {kind: number, optional: true}}\n",
        2);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 1000, 0);
    put(&plan, 1, 1000, 0);
    plan.block.input[BG_INPUT_score][0] = 85 * BG_ONE;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    assert_int_equal(result_of(&plan, 0, 0), 700);
    assert_int_equal(result_of(&plan, 0, 1), 500);
    put(&plan, 1, -1000, 0);
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_MISSING);
    const int a = bg_plan_input_index(plan.plan, "a"), b = bg_plan_input_index(plan.plan, "b");
    plan.block.given[a][1] = plan.block.given[b][1] = 1;
    plan.block.input[a][1] = 3 * BG_ONE;
    plan.block.input[b][1] = BG_ONE;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    assert_int_equal(result_of(&plan, 0, 0), 700);
    assert_int_equal(result_of(&plan, 0, 1), -750);
    test_plan_free(&plan);
}

static void the_share_that_was_used_is_told(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - split: {hospital: {gain: 60%, loss: 90%}, centre: {gain: 40%, loss: 10%}}\n" CLEAR, 1);
    put(&plan, 0, -1000, 0);
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, &trace, &plan.errors), BG_OK);
    bool found = false;
    for (size_t i = 0; i < trace.count; i++) {
        char text[BG_NUMBER_TEXT];
        found = found ||
                (trace.items[i].amount == 900 &&
                 strcmp(bg_posting_rate(&trace.items[i], text), "90%") == 0 &&
                 posting_says(&trace.items[i], plan.plan, "hospital: 90% of the result -10.00"));
    }
    assert_true(found);
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void sides_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {"  - split: {a: {gain: 60%, loss: 100%}, b: {gain: 40%, loss: 10%}}\n" CLEAR, "110%"},
        {"  - split: {a: {gain: 60%, loss: 100%}, b: {gain: 30%, loss: 0%}}\n" CLEAR, "90%"},
        {"  - split: {a: {gain: 60%}, b: 40%}\n" CLEAR, "both of them and nothing else"},
        {"  - split: {a: {gain: 60%, loss: 1%, floor: 1%}, b: 40%}\n" CLEAR,
         "both of them and nothing else"},
        {"  - split: {a: {gain: {gain: 1%, loss: 1%}, loss: 1%}, b: 40%}\n" CLEAR,
         "cannot stand within a share"},
        {"  - deduct: {gain: {gain: 1%, loss: 1%}}\n" CLEAR, "the key \"gain\" is not allowed"},
        {"  - split: {a: {gain: 60%, loss: {input: score}}, b: {gain: 40%, loss: 10%}}\n" CLEAR,
         "\"b\" has a share and others weights"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(test_plan_read(cases[i].steps, 1), cases[i].steps, cases[i].words);
    }
}

/* A share that is the same for both may be written once. */
static void one_share_holds_for_both_signs(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - split: {a: 60%, b: {gain: 40%, loss: 30%}, c: {gain: 0%, loss: 10%}}\n" CLEAR, 2);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 1000, 0);
    put(&plan, 1, -1000, 0);
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_OK);
    assert_int_equal(result_of(&plan, 0, 0), 600);
    assert_int_equal(result_of(&plan, 0, 1), -600);
    assert_int_equal(result_of(&plan, 2, 1), -100);
    test_plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gains_and_losses_of_a_block_have_their_own_shares),
        cmocka_unit_test(disallowed_expense_follows_the_sign_of_the_result),
        cmocka_unit_test(each_side_asks_for_what_it_needs_alone),
        cmocka_unit_test(the_share_that_was_used_is_told),
        cmocka_unit_test(sides_that_cannot_be_are_refused),
        cmocka_unit_test(one_share_holds_for_both_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
