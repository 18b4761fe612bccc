/* What is kept of a gain, divided among purposes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"
#include "settlement/purposes.h"

#include <stdio.h>
#include <string.h>

#define PER_CENT (BG_ONE / 100)
#define SPLIT    "  - split: {hospital: 60%, centre: 40%}\n"
#define CLEAR    "  - clear: {}\n"

/* ---- parts ---- */

typedef struct division {
    size_t count;
    bg_purpose_terms terms[4];
    bg_decimal part[4];
} division;

static void assert_parts(const division *expected)
{
    bg_decimal part[4];
    bg_purpose_terms terms[4];
    bg_decimal sum = 0;
    for (size_t i = 0; i < expected->count; i++) {
        terms[i] = (bg_purpose_terms){expected->terms[i].share * PER_CENT,
                                      expected->terms[i].minimum * PER_CENT,
                                      expected->terms[i].maximum * PER_CENT};
    }
    assert_int_equal(bg_purposes_divide(expected->count, terms, part), BG_PURPOSES_FIT);
    for (size_t i = 0; i < expected->count; i++) {
        assert_int_equal(part[i], expected->part[i]);
        sum += part[i];
    }
    assert_int_equal(sum, BG_ONE);
}

static void shares_come_first_then_bounds_and_the_rest_by_share(void **state)
{
    (void)state;
    static const division cases[] = {
        {2, {{70, 0, 100}, {30, 0, 100}}, {70 * PER_CENT, 30 * PER_CENT}},
        /* 10 is raised to 30: 70 are divided as 60 to 30. */
        {3,
         {{60, 0, 100}, {30, 0, 100}, {10, 30, 100}},
         {INT64_C(466666666667), INT64_C(233333333333), 30 * PER_CENT}},
        /* 60 is cut to 40: 60 are divided as 30 to 10. */
        {3,
         {{60, 0, 40}, {30, 0, 100}, {10, 0, 100}},
         {40 * PER_CENT, 45 * PER_CENT, 15 * PER_CENT}},
        /* 5 is raised to 20; of 80, as 50 to 30 to 15, the first would have 42.1, and the second 25.3, which its
         * maximum of 25 cuts: 55 as 50 to 15. */
        {4,
         {{50, 0, 100}, {30, 0, 25}, {15, 0, 100}, {5, 20, 100}},
         {INT64_C(423076923077), 25 * PER_CENT, INT64_C(126923076923), 20 * PER_CENT}},
        /* What is cut gives as much as what is raised takes: both stay. */
        {3,
         {{50, 0, 40}, {40, 0, 100}, {10, 20, 100}},
         {40 * PER_CENT, 40 * PER_CENT, 20 * PER_CENT}},
        /* Cut at first, but not when others are raised: 40 raised to 70, 30 as 50 to 10. */
        {3,
         {{50, 0, 45}, {10, 0, 100}, {40, 70, 100}},
         {25 * PER_CENT, 5 * PER_CENT, 70 * PER_CENT}},
        /* Raised at first, but not when another is cut: 70 to 30, 70 as 25 to 5. */
        {3,
         {{70, 0, 30}, {25, 0, 100}, {5, 10, 100}},
         {30 * PER_CENT, INT64_C(583333333333), INT64_C(116666666667)}},
        /* A purpose without a share has its minimum; minima of 100 % leave nothing to divide. */
        {2, {{100, 0, 100}, {0, 15, 100}}, {85 * PER_CENT, 15 * PER_CENT}},
        {2, {{50, 60, 100}, {50, 40, 100}}, {60 * PER_CENT, 40 * PER_CENT}},
        {2, {{90, 0, 30}, {10, 0, 70}}, {30 * PER_CENT, 70 * PER_CENT}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_parts(&cases[i]);
    }
}

static bg_purposes_fault fault_of(bg_decimal share, bg_purpose_terms other)
{
    const bg_purpose_terms terms[] = {
        {share * PER_CENT, 30 * PER_CENT, 60 * PER_CENT},
        {other.share * PER_CENT, other.minimum * PER_CENT, other.maximum * PER_CENT}};
    bg_decimal part[2];
    return bg_purposes_divide(2, terms, part);
}

static void what_cannot_be_divided_is_known(void **state)
{
    (void)state;
    assert_int_equal(fault_of(50, (bg_purpose_terms){50, 70, 100}), BG_PURPOSES_FIT);
    assert_int_equal(fault_of(50, (bg_purpose_terms){50, 71, 100}), BG_PURPOSES_MINIMA);
    assert_int_equal(fault_of(50, (bg_purpose_terms){50, 0, 40}), BG_PURPOSES_FIT);
    assert_int_equal(fault_of(50, (bg_purpose_terms){50, 0, 39}), BG_PURPOSES_MAXIMA);
    assert_int_equal(fault_of(100, (bg_purpose_terms){0, 0, 100}), BG_PURPOSES_MAXIMA);
    assert_int_equal(fault_of(50, (bg_purpose_terms){49, 0, 100}), BG_PURPOSES_SHARES);
    assert_int_equal(fault_of(50, (bg_purpose_terms){50, 30, 20}), BG_PURPOSES_CROSSED);
}

/* ---- the step ---- */

static void put(test_plan *plan, size_t unit, bg_fen balance)
{
    plan->block.input[BG_INPUT_budget][unit] = 100000;
    plan->block.input[BG_INPUT_payable][unit] = 100000;
    plan->block.input[BG_INPUT_expense][unit] = 100000 - balance;
}

static void settle(test_plan *plan, bg_trace *trace)
{
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors), BG_OK);
}

static bg_fen account(const test_plan *plan, const char *name, size_t unit)
{
    return plan->block.account[bg_plan_account_index(plan->plan, name)][unit];
}

/* Of 11 fen the hospital has 7 and the centre 4: 4.9 and 2.1 of the one, 2.8 and 1.2 of the other. */
static void each_institution_uses_what_it_keeps_and_nothing_of_a_loss(void **state)
{
    (void)state;
    test_plan plan =
        test_plan_read(SPLIT "  - use: {purposes: {pay: 70%, reserve: 30%}}\n" CLEAR, 3);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 11);
    put(&plan, 1, -11);
    put(&plan, 2, 0);
    settle(&plan, NULL);
    static const bg_fen pay[] = {8, 0, 0}, reserve[] = {3, 0, 0}, hospital[] = {0, -7, 0};
    for (size_t u = 0; u < 3; u++) {
        assert_int_equal(account(&plan, "pay", u), pay[u]);
        assert_int_equal(account(&plan, "reserve", u), reserve[u]);
        assert_int_equal(account(&plan, "hospital", u), hospital[u]);
    }
    assert_int_equal(plan.block.institution_result[0][0], 7);
    assert_int_equal(plan.block.result[BG_RESULT_result][0], 11);
    test_plan_free(&plan);
}

/* Above 90 points the teams have 50 % at least; 2025 is for pay alone, other years are as they are written. */
static void purposes_may_differ_by_unit(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        SPLIT
        "  - use:\n      when: {score: {from: 60}}\n      purposes:\n"
        "        pay: {share: {2025: 100%, later: 80%}}\n"
        "        teams: {share: {2025: 0%, later: 20%}, minimum: {by_score: {90: 50%}}}\n" CLEAR,
        4);
    assert_int_equal(plan.status, BG_OK);
    static const struct {
        int64_t score, year;
        bg_fen pay, teams;
    } units[] = {{80, 2025, 1000, 0}, {80, 2026, 800, 200}, {95, 2026, 500, 500}, {50, 2026, 0, 0}};
    for (size_t u = 0; u < 4; u++) {
        put(&plan, u, 1000);
        plan.block.input[BG_INPUT_score][u] = units[u].score * BG_ONE;
        plan.block.input[BG_INPUT_year][u] = units[u].year * BG_ONE;
    }
    settle(&plan, NULL);
    for (size_t u = 0; u < 4; u++) {
        assert_int_equal(account(&plan, "pay", u), units[u].pay);
        assert_int_equal(account(&plan, "teams", u), units[u].teams);
        assert_int_equal(account(&plan, "hospital", u), u == 3 ? 600 : 0);
    }
    test_plan_free(&plan);
}

static void what_a_condition_leaves_out_stays_with_the_institutions(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        SPLIT "  - use: {when: {score: {from: 60}}, purposes: {pay: 100%}}\n" CLEAR, 2);
    assert_int_equal(plan.status, BG_OK);
    for (size_t u = 0; u < 2; u++) {
        put(&plan, u, 1000);
        plan.block.input[BG_INPUT_score][u] = (u ? 59 : 60) * BG_ONE;
    }
    settle(&plan, NULL);
    assert_int_equal(account(&plan, "pay", 0), 1000);
    assert_int_equal(account(&plan, "pay", 1), 0);
    assert_int_equal(account(&plan, "hospital", 0), 0);
    assert_int_equal(account(&plan, "hospital", 1), 600);
    test_plan_free(&plan);
}

/* A result rounded to whole yuan is used to the fen. */
static void a_coarser_result_is_used_to_the_fen(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        "  - split: {hospital: 100%}\n  - use: {purposes: {pay: 33%, reserve: 67%}}\n" CLEAR
        "settlement_rounding: 1\n",
        1);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 1049);
    settle(&plan, NULL);
    assert_int_equal(account(&plan, "pay", 0), 330);
    assert_int_equal(account(&plan, "reserve", 0), 670);
    test_plan_free(&plan);
}

static void assert_told(const char *steps, bg_fen balance, const char *words)
{
    test_plan plan = test_plan_read(steps, 1);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, balance);
    bg_trace trace = {0};
    settle(&plan, &trace);
    bool found = false;
    for (size_t i = 0; i < trace.count; i++) {
        found = found || posting_says(&trace.items[i], plan.plan, words);
    }
    if (!found) {
        fail_msg("no line says: %s", words);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void a_part_says_how_it_came_about(void **state)
{
    (void)state;
    const char *steps = "  - split: {hospital: 100%}\n"
                        "  - use: {purposes: {pay: {share: 60%, maximum: 40%}, teams: {share: 10%,"
                        " minimum: 30%}, rest: 30%}}\n" CLEAR;
    assert_told(steps, 1000,
                "pay: 40% of the 10.00 kept by hospital; its share of 60% is cut to the maximum");
    assert_told(
        steps, 1000,
        "teams: 30% of the 10.00 kept by hospital; its share of 10% is raised to the minimum");
    assert_told(steps, 1000, "rest: 30% of the 10.00 kept by hospital");
    assert_told(steps, -1000, "nothing is kept, so that nothing is used");
    assert_told("  - split: {hospital: 100%}\n  - use: {purposes: {pay: 70%, b: 30%}}\n" CLEAR, 1,
                "pay: 70% of the 0.01 kept by hospital; rounded down, and a fen that was left over "
                "(largest remainder)");
}

static void a_use_that_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {SPLIT "  - use: {purposes: {a: 50%, b: 40%}}\n" CLEAR, "do not add up to 100%"},
        {SPLIT "  - use: {purposes: {a: {share: 50%, minimum: 60%}, b: {share: 50%, minimum: "
               "41%}}}\n" CLEAR,
         "the minima of the purposes add up to more than 100%"},
        {SPLIT "  - use: {purposes: {a: {share: 50%, maximum: 40%}, b: {share: 50%, maximum: "
               "59%}}}\n" CLEAR,
         "leave something that none of them may have"},
        {SPLIT "  - use: {purposes: {a: {share: 100%, minimum: 60%, maximum: 50%}}}\n" CLEAR,
         "a minimum above its maximum"},
        {"  - use: {purposes: {a: 100%}}\n" CLEAR, "`use` stands directly behind `split`"},
        {SPLIT "  - use: {purposes: {a: 100%}}\n  - use: {purposes: {b: 100%}}\n" CLEAR,
         "stands once in a plan"},
        {SPLIT "  - use: {}\n" CLEAR, "`use` needs `purposes`"},
        {SPLIT "  - use: {purposes: {hospital: 100%}}\n" CLEAR,
         "\"hospital\" is an account already"},
        {SPLIT "  - use: {purposes: {a: 100%}}\n  - deduct: {gain: 1%}\n" CLEAR, "deduct"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(test_plan_read(cases[i].steps, 1), cases[i].steps, cases[i].words);
    }
}

/* Minima of a unit that its score makes too large. */
static void a_unit_whose_purposes_do_not_fit_fails(void **state)
{
    (void)state;
    test_plan plan = test_plan_read(
        SPLIT "  - use: {purposes: {pay: {share: 50%, minimum: {by_score: {90: 60%}}},"
              " teams: {share: 50%, minimum: 45%}}}\n" CLEAR,
        2);
    assert_int_equal(plan.status, BG_OK);
    put(&plan, 0, 1000);
    put(&plan, 1, 1000);
    settle(&plan, NULL);
    plan.block.input[BG_INPUT_score][1] = 90 * BG_ONE;
    const size_t before = plan.errors.count;
    assert_int_equal(bg_settlement_apply(plan.plan, &plan.block, NULL, &plan.errors), BG_RANGE);
    assert_int_equal(plan.errors.items[before].unit, 2);
    assert_says_among_others(plan.errors.items[before].message, "add up to more than 100%");
    test_plan_free(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_come_first_then_bounds_and_the_rest_by_share),
        cmocka_unit_test(what_cannot_be_divided_is_known),
        cmocka_unit_test(each_institution_uses_what_it_keeps_and_nothing_of_a_loss),
        cmocka_unit_test(purposes_may_differ_by_unit),
        cmocka_unit_test(what_a_condition_leaves_out_stays_with_the_institutions),
        cmocka_unit_test(a_coarser_result_is_used_to_the_fen),
        cmocka_unit_test(a_part_says_how_it_came_about),
        cmocka_unit_test(a_use_that_cannot_be_is_refused),
        cmocka_unit_test(a_unit_whose_purposes_do_not_fit_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
