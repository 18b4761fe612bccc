/* The balance divided into pots, each with steps of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdio.h>
#include <string.h>

#define CLEAR    "  - clear: {}\n"
#define INPUTS   "inputs: {spent: money, money: money, weight: money, grant: money, used: money}\n"
#define TWO_POTS "  - pots: {parts: {a: {share: 60%, expense: spent}, b: {share: 40%}}}\n"

static void put(test_plan *plan, size_t unit, bg_fen payable, bg_fen expense)
{
    plan->block.input[BG_INPUT_budget][unit] = payable;
    plan->block.input[BG_INPUT_payable][unit] = payable;
    plan->block.input[BG_INPUT_expense][unit] = expense;
}

static void give(test_plan *plan, const char *name, size_t unit, bg_fen amount)
{
    const int input = bg_plan_input_index(plan->plan, name);
    plan->block.input[input][unit] = amount;
    plan->block.given[input][unit] = 1;
}

/* A plan of one unit whose other inputs are all given as nothing. */
static test_plan read_one(const char *steps, bg_fen payable, bg_fen expense)
{
    static const char *const inputs[] = {"spent", "money", "weight", "grant", "used"};
    test_plan plan = test_plan_read(steps, 1);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, payable, expense);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        give(&plan, inputs[i], 0, 0);
    }
    return plan;
}

static void settle(test_plan *plan, bg_trace *trace)
{
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors), BG_OK);
}

static bg_fen result_of(const test_plan *plan, size_t unit)
{
    return plan->block.result[BG_RESULT_result][unit];
}

static bg_fen account(const test_plan *plan, const char *name)
{
    return plan->block.account[bg_plan_account_index(plan->plan, name)][0];
}

/* 100.00, spent 96.00 of which 50.00 in a: a gains 10.00 and keeps half, b loses 6.00, of which it bears all. */
static void each_pot_is_settled_by_its_own_steps_and_netted(void **state)
{
    (void)state;
    test_plan plan =
        read_one(TWO_POTS "  - share_surplus: {pot: a, bands: {rest: 50%}}\n"
                          "  - share_overspend: {pot: b, bands: {rest: 100%}}\n" CLEAR INPUTS,
                 10000, 9600);
    give(&plan, "spent", 0, 5000);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 500 - 600);
    assert_int_equal(plan.block.result[BG_RESULT_balance][0], 400);
    assert_int_equal(plan.block.result[BG_RESULT_shared][0], -500);
    test_plan_free(&plan);
}

/* In a pot, budget and payable are its money: 10 % of 60.00 are 6.00, of a gain of 10.00. */
static void a_base_in_a_pot_is_its_money(void **state)
{
    (void)state;
    static const char *const steps[] = {
        "  - share_surplus: {pot: a, bands: {10%: 100%, rest: 0%}, apply: marginal}\n",
        "  - share_surplus: {pot: a, base: payable, bands: {10%: 100%, rest: 0%}}\n",
        "  - cap: {pot: a, gain: 10%}\n",
        "  - cap: {pot: a, gain_limits: {budget: 10%}}\n",
        "  - corridor: {pot: a, minimum_saving: 10%, beyond: excess, payer: pool}\n",
    };
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        char text[512];
        (void)snprintf(text, sizeof text, "%s%s%s", TWO_POTS, steps[i], CLEAR INPUTS);
        test_plan plan = read_one(text, 10000, 9000);
        give(&plan, "spent", 0, 5000);
        settle(&plan, NULL);
        assert_int_equal(result_of(&plan, 0), i == 4 ? 400 : 600);
        test_plan_free(&plan);
    }
}

/* 1.00 by thirds: 0.34 to the first in byte order. The expense is divided likewise. */
static void what_is_left_over_goes_to_the_largest_remainder(void **state)
{
    (void)state;
    test_plan plan = read_one(
        "  - pots: {parts: {z: {weight: weight, expense_share: 100%}, y: {weight: weight, "
        "expense_share: 0%}, x: {weight: "
        "weight, expense_share: 0%}}}\n"
        "  - deduct: {name: of_x, pot: x, gain: 0%}\n  - deduct: {name: of_y, pot: y, gain: 0%}\n"
        "  - deduct: {name: of_z, pot: z, gain: 0%}\n" CLEAR INPUTS,
        100, 0);
    give(&plan, "weight", 0, 7);
    settle(&plan, NULL);
    for (size_t o = 0; o < 3; o++) {
        assert_int_equal(plan.block.output_balance[o][0], o == 0 ? 34 : 33);
    }
    test_plan_free(&plan);
}

/* There is to divide what is payable and what steps before have moved: 100.00, 4.00 released and 1.00 disallowed. Of it
 * 15.00 are given, of the other 90.00 two thirds and one. */
static void inputs_go_first_and_what_earlier_steps_moved_is_divided_too(void **state)
{
    (void)state;
    test_plan plan = read_one(
        "  - disallow: {}\n  - release: {fund: guarantee}\n"
        "  - pots: {name: all, parts: {a: {share: 50%, expense: spent}, b: {share: 50%, "
        "expense_share: "
        "100%}, c: {money: money, expense_share: 0%}}}\n"
        "  - deduct: {name: of_a, pot: a, gain: 0%}\n  - deduct: {name: of_b, pot: b, gain: 0%}\n"
        "  - deduct: {name: of_c, pot: c, gain: 0%}\n" CLEAR INPUTS,
        10000, 9100);
    plan.block.input[BG_INPUT_budget][0] = 10400;
    plan.block.fund_added[0][0] = 400;
    plan.block.input[BG_INPUT_disallowed][0] = 100;
    give(&plan, "spent", 0, 4000);
    give(&plan, "money", 0, 1500);
    settle(&plan, NULL);
    static const bg_fen left[] = {1400, 500, -600, 1500};
    for (size_t o = 0; o < 4; o++) {
        assert_int_equal(plan.block.output_balance[o][0], left[o]);
    }
    assert_int_equal(plan.block.output_moved[0][0], 0);
    test_plan_free(&plan);
}

/* a gains 10.00 and b loses 6.00. Apart, each is divided by the shares of its own sign; netted 4.00 are a gain. */
static void a_pot_that_stands_apart_goes_to_the_split_as_it_is(void **state)
{
    (void)state;
    static const char *const second[] = {"netted: false", "netted: true"};
    static const bg_fen hospital[] = {0 /* 600 - 600 */, 240}, centre[] = {400, 160};
    for (size_t i = 0; i < 2; i++) {
        char text[512];
        (void)snprintf(
            text, sizeof text,
            "  - pots: {parts: {a: {share: 60%%, expense: spent}, b: {share: 40%%, %s}}}\n"
            "  - cap: {gain: 100%%, loss: 0%%}\n"
            "  - split: {hospital: {gain: 60%%, loss: 100%%}, centre: {gain: 40%%, loss: 0%%}}\n%s",
            second[i], CLEAR INPUTS);
        test_plan plan = read_one(text, 10000, 9600);
        give(&plan, "spent", 0, 5000);
        settle(&plan, NULL);
        assert_int_equal(result_of(&plan, 0), 400);
        assert_int_equal(account(&plan, "hospital"), hospital[i]);
        assert_int_equal(account(&plan, "centre"), centre[i]);
        test_plan_free(&plan);
    }
}

/* Without a split a pot that stands apart is no part of what later steps see, but of the result. */
static void without_a_split_what_stands_apart_is_part_of_the_result(void **state)
{
    (void)state;
    test_plan plan = read_one(
        "  - pots: {parts: {a: {share: 60%, expense: spent}, b: {share: 40%, netted: false}}}\n"
        "  - deduct: {gain: 50%}\n" CLEAR INPUTS,
        10000, 9600);
    give(&plan, "spent", 0, 5000);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 500 - 600);
    test_plan_free(&plan);
}

/* 50.00 for public health, spent 42.00: 8.00 are left, of which a quarter goes back to where they came from. The fund
 * loses 4.00 beside it. */
static void money_that_is_not_the_funds_has_an_account_of_its_own(void **state)
{
    (void)state;
    test_plan plan = read_one(
        "  - pots: {parts: {care: {}, health: {own_money: true, money: grant, expense: used}}}\n"
        "  - deduct: {pot: health, gain: 25%, payer: health}\n"
        "  - deduct: {loss: 50%}\n" CLEAR INPUTS,
        10000, 10400);
    give(&plan, "grant", 0, 5000);
    give(&plan, "used", 0, 4200);
    settle(&plan, NULL);
    assert_int_equal(account(&plan, "health"), -5000 + 200);
    assert_int_equal(account(&plan, "pool"), -10000 - 200);
    assert_int_equal(result_of(&plan, 0), -200 + 600);
    assert_int_equal(account(&plan, "community"), 10400 + 4200 + 400);
    test_plan_free(&plan);
}

/* The fund loses 4.00, public health gains 8.00: netted, 4.00 are a gain, which is taken. */
static void money_of_its_own_is_netted_where_the_plan_says_so(void **state)
{
    (void)state;
    test_plan plan =
        read_one("  - pots: {parts: {care: {}, health: {own_money: true, money: grant, expense: "
                 "used, netted: true}}}\n"
                 "  - deduct: {gain: 100%}\n" CLEAR INPUTS,
                 10000, 10400);
    give(&plan, "grant", 0, 5000);
    give(&plan, "used", 0, 4200);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 0);
    test_plan_free(&plan);
}

/* 1.00 less a charge of 3.00: the pot lacks 2.00, and 10 % of no money are the most that it may lose. */
static void money_below_nothing_is_no_base(void **state)
{
    (void)state;
    test_plan plan = read_one("  - charge: {input: money}\n  - pots: {parts: {a: {}}}\n"
                              "  - cap: {pot: a, loss: 10%}\n" CLEAR INPUTS,
                              100, 0);
    give(&plan, "money", 0, 300);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 0);
    test_plan_free(&plan);
}

/* The second unit has no pots, nor their steps; own money neither. */
static void units_that_the_pots_are_not_for_keep_their_balance(void **state)
{
    (void)state;
    test_plan plan = test_plan_read("  - pots:\n      when: {score: {from: 60}}\n      parts: {a: "
                                    "{share: 60%, expense: spent}, b: {share: 40%}, h: "
                                    "{own_money: true, money: grant, expense: used}}\n"
                                    "  - charge: {pot: a, input: money}\n  - deduct: {pot: b, "
                                    "gain: 100%, when: {score: {from: 50}}}\n" CLEAR INPUTS,
                                    2);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < 2; u++) {
        put(&plan, u, 10000, 9000);
        give(&plan, "spent", u, 5500);
        give(&plan, "money", u, 100);
        give(&plan, "weight", u, 0);
        give(&plan, "grant", u, 70);
        give(&plan, "used", u, 30);
        plan.block.input[BG_INPUT_score][u] = (u ? 59 : 60) * BG_ONE;
    }
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 500 - 100 + 0 + 40);
    assert_int_equal(result_of(&plan, 1), 1000);
    assert_int_equal(plan.block.account[bg_plan_account_index(plan.plan, "h")][1], 0);
    test_plan_free(&plan);
}

/* Unrounded, a has 0.666… and b 0.333… yuan: each part of the split is rounded to the yuan, 1 and 0. */
static void with_a_coarser_unit_each_part_is_rounded(void **state)
{
    (void)state;
    test_plan plan = read_one(
        "  - pots: {parts: {a: {share: 50%, expense: spent}, b: {share: 50%, netted: false}}}\n"
        "  - split: {hospital: 100%}\n" CLEAR "settlement_rounding: 1\n" INPUTS,
        400, 200);
    give(&plan, "spent", 0, 49);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 200); /* 1.51 and 0.49 */
    assert_int_equal(account(&plan, "rounding"), 0);
    give(&plan, "spent", 0, 40);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 200); /* 1.60 and 0.40 */
    give(&plan, "spent", 0, 51);
    settle(&plan, NULL);
    assert_int_equal(result_of(&plan, 0), 200 - 100 + 100); /* 1.49 and 0.51 */
    assert_int_equal(account(&plan, "hospital"), 200);
    test_plan_free(&plan);
}

static void assert_told(const char *steps, const char *pot, const char *words)
{
    test_plan plan = read_one(steps, 10000, 9600);
    give(&plan, "spent", 0, 5000);
    give(&plan, "grant", 0, 300);
    bg_trace trace = {0};
    settle(&plan, &trace);
    bool found = false;
    for (size_t i = 0; i < trace.count; i++) {
        const char *of = trace.items[i].pot ? trace.items[i].pot : "";
        found = found || (strcmp(of, pot) == 0 && posting_says(&trace.items[i], plan.plan, words));
    }
    if (!found) {
        fail_msg("no line says: %s", words);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void a_pot_says_where_its_money_comes_from_and_goes(void **state)
{
    (void)state;
    const char *steps = TWO_POTS "  - share_surplus: {pot: a, bands: {rest: 50%}}\n" CLEAR INPUTS;
    assert_told(
        steps, "a",
        "of the 100.00 that there is to divide 60% = 60.00; less expense 50.00, as spent says");
    assert_told(
        steps, "b",
        "of the 100.00 that there is to divide 40% = 40.00; less expense 46.00, the rest of it");
    assert_told(steps, "a", "surplus 10.00, of which the community keeps 5.00");
    assert_told(steps, "", "what is left of a goes back into the balance");
    assert_told(
        "  - pots: {parts: {a: {}, h: {own_money: true, money: grant, expense: used}}}\n" CLEAR
            INPUTS,
        "h", "money that is not the fund's, as grant says");
    assert_told(
        "  - pots: {parts: {a: {}, h: {own_money: true, money: grant, expense: used}}}\n" CLEAR
            INPUTS,
        "", "what is left of h stands apart and goes to the split as it is");
}

static void pots_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {"  - pots: {}\n" CLEAR, "`pots` needs `parts`"},
        {"  - pots: {parts: {a: {share: 60%}, b: {share: 50%}}}\n" CLEAR,
         "adds up to 110% instead"},
        {"  - pots: {parts: {a: {share: 60%}, b: {}}}\n" CLEAR, "either all have `share` or all"},
        {"  - pots: {parts: {a: {share: 60%, money: grant}, b: {}}}\n" CLEAR INPUTS,
         "more than one of"},
        {"  - pots: {parts: {a: {own_money: true, money: grant}, b: {}}}\n" CLEAR INPUTS,
         "has money of its own, so that inputs say"},
        {"  - pots: {parts: {pool: {}}}\n" CLEAR, "\"pool\" is the name of an account"},
        {"  - pots: {parts: {a: {}}}\n  - pots: {parts: {b: {}}}\n" CLEAR, "pots stand once"},
        {"  - pots: {parts: {a: {}}}\n  - pots: {pot: a, parts: {b: {}}}\n" CLEAR,
         "\"pots\" stays the unit's"},
        {"  - pots: {parts: {a: {}}}\n  - release: {pot: a, fund: guarantee}\n" CLEAR,
         "\"release\" stays the unit's"},
        {"  - deduct: {pot: a, gain: 1%}\n  - pots: {parts: {a: {}}}\n" CLEAR, "no pot \"a\" yet"},
        {"  - pots: {parts: {a: {}}}\n  - deduct: {pot: b, gain: 1%}\n" CLEAR, "there are \"a\""},
        {"  - pots: {parts: {a: {}}}\n  - cap: {gain: 1%}\n  - deduct: {pot: a, gain: 1%}\n" CLEAR,
         "by which the pots had ended"},
        {"  - pots: {parts: {a: {}, h: {own_money: true, money: grant, expense: used}}}\n"
         "  - deduct: {pot: h, gain: 1%}\n" CLEAR INPUTS,
         "here `payer` is \"h\""},
        {"  - pots: {parts: {a: {}, h: {own_money: true, money: grant, expense: used}}}\n"
         "  - deduct: {pot: a, payer: h, gain: 1%}\n" CLEAR INPUTS,
         "\"h\" cannot stand here"},
        {"  - pots: {parts: {a: {}}}\n  - share_surplus: {pot: a}\n  - corridor: {pot: a}\n" CLEAR,
         "cannot stand behind"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *steps = cases[i].steps;
        test_plan_refused(test_plan_read(steps, 1), steps, cases[i].words);
    }
}

/* Pots have a balance of their own: what was shared in one is no matter to another, or to the unit. */
static void a_corridor_may_follow_on_sharing_in_another_pot(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - pots: {parts: {a: {share: 50%, expense_share: 50%}, b: {share: 50%, "
        "expense_share: 50%}}}\n  - share_surplus: {pot: a}\n  - corridor: {pot: b}\n"
        "  - corridor: {}\n" CLEAR,
        1);
    assert_int_equal(plan.status, BG_OK);
    test_plan_free(&plan);
}

static void assert_unit_fails(const char *steps, bg_status status, const char *words)
{
    test_plan plan = test_plan_read(steps, 1);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 10000, 9600);
    if (status == BG_RANGE) {
        give(&plan, "spent", 0, 9700);
        give(&plan, "weight", 0, 0);
        give(&plan, "money", 0, 10001);
    }
    const size_t before = plan.errors.count;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), status);
    assert_says_among_others(plan.errors.items[before].message, words);
    test_plan_free(&plan);
}

static void a_unit_whose_pots_do_not_add_up_fails(void **state)
{
    (void)state;
    const char *inputs = "inputs: {spent: {kind: money, optional: true}, weight: {kind: money, "
                         "optional: true}, money: {kind: "
                         "money, optional: true}}\n";
    static const struct {
        const char *parts, *words;
        bg_status status;
    } cases[] = {
        {"{a: {share: 60%, expense: spent}, b: {share: 40%}}",
         "`expense` adds up to 97.00 yuan, but there are 96.00", BG_RANGE},
        {"{a: {share: 100%, expense: spent}}", "adds up to 97.00", BG_RANGE},
        {"{a: {money: money, expense_share: 100%}, b: {expense_share: 0%}}",
         "`money` adds up to 100.01", BG_RANGE},
        {"{a: {weight: weight, expense_share: 50%}, b: {weight: weight, expense_share: 50%}}",
         "their weights are all zero", BG_RANGE},
        {"{a: {share: 60%, expense: spent}, b: {share: 40%}}",
         "\"spent\" is absent, but the pot \"a\" needs it", BG_MISSING},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[600];
        (void)snprintf(text, sizeof text, "  - pots: {parts: %s}\n%s%s", cases[i].parts, CLEAR,
                       inputs);
        assert_unit_fails(text, cases[i].status, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pot_is_settled_by_its_own_steps_and_netted),
        cmocka_unit_test(a_base_in_a_pot_is_its_money),
        cmocka_unit_test(what_is_left_over_goes_to_the_largest_remainder),
        cmocka_unit_test(inputs_go_first_and_what_earlier_steps_moved_is_divided_too),
        cmocka_unit_test(a_pot_that_stands_apart_goes_to_the_split_as_it_is),
        cmocka_unit_test(without_a_split_what_stands_apart_is_part_of_the_result),
        cmocka_unit_test(money_that_is_not_the_funds_has_an_account_of_its_own),
        cmocka_unit_test(money_of_its_own_is_netted_where_the_plan_says_so),
        cmocka_unit_test(money_below_nothing_is_no_base),
        cmocka_unit_test(units_that_the_pots_are_not_for_keep_their_balance),
        cmocka_unit_test(with_a_coarser_unit_each_part_is_rounded),
        cmocka_unit_test(a_pot_says_where_its_money_comes_from_and_goes),
        cmocka_unit_test(pots_that_cannot_be_are_refused),
        cmocka_unit_test(a_corridor_may_follow_on_sharing_in_another_pot),
        cmocka_unit_test(a_unit_whose_pots_do_not_add_up_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
