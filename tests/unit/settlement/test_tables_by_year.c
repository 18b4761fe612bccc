/* Bands, tiers and shares that are given by year. Amounts are in fen and worked by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdio.h>
#include <string.h>

#define CLEAR "  - clear: {}\n"
#define UNITS 6

static test_plan read(const char *steps, size_t n)
{
    test_plan plan = test_plan_read(steps, n);
    for (size_t i = 0; i < plan.errors.count && plan.status; i++) {
        print_error("%s\n", plan.errors.items[i].message);
    }
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

static void put(test_plan *plan, size_t unit, int year, bg_fen balance, int score)
{
    plan->block.input[BG_INPUT_budget][unit] = 1000;
    plan->block.input[BG_INPUT_payable][unit] = 1000;
    plan->block.input[BG_INPUT_expense][unit] = 1000 - balance;
    plan->block.input[BG_INPUT_year][unit] = year * BG_ONE;
    plan->block.input[BG_INPUT_score][unit] = score * BG_ONE;
}

static bg_status settle(test_plan *plan, bg_trace *trace)
{
    return bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors);
}

static void assert_results(const char *steps, const int *years, const bg_fen *balances,
                           const bg_fen *results, size_t n)
{
    test_plan plan = read(steps, n);
    for (size_t u = 0; u < n; u++) {
        put(&plan, u, years[u], balances[u], 80);
    }
    assert_int_equal(settle(&plan, NULL), BG_OK);
    for (size_t u = 0; u < n; u++) {
        assert_int_equal(plan.block.result[BG_RESULT_result][u], results[u]);
    }
    test_plan_free(&plan);
}

/* ---- bands ---- */

/* BPflV § 3 (7): of an excess of 8 % 65 % are given back until 2016, 85 % of 5 and 90 % of 3 from 2017; 52 and
 * 42.5 + 27 = 69.5, which is 70. */
#define EXCESS "  - share_overspend: {bands: {2016: {rest: 65%}, later: {5%: 85%, rest: 90%}}, "

static void each_year_has_its_bands(void **state)
{
    (void)state;
    static const int years[UNITS] = {2016, 2017, 2016, 2020, 2017, 2016};
    static const bg_fen balances[UNITS] = {-80, -80, -10, -40, 30, -80};
    static const bg_fen results[UNITS] = {-52, -70, -7, -34, 30, -52};
    assert_results(EXCESS "apply: marginal}\n" CLEAR, years, balances, results, UNITS);
}

/* 8 % lie beyond 5 %: 90 % of 80. */
static void a_share_of_the_whole_is_that_of_the_years_band(void **state)
{
    (void)state;
    static const int years[] = {2016, 2017, 2017};
    static const bg_fen balances[] = {-80, -80, -50};
    assert_results(EXCESS "apply: whole}\n" CLEAR, years, balances, (bg_fen[]){-52, -72, -43}, 3);
    assert_results(EXCESS "apply: whole, edge: above}\n" CLEAR, years, balances,
                   (bg_fen[]){-52, -72, -45}, 3);
}

/* A rule of one year's bands is asked for nothing of the other's. */
static void rules_of_a_year_are_for_its_units(void **state)
{
    (void)state;
    test_plan plan = read("  - share_surplus: {bands: {2025: {rest: {input: kept}}, later: {rest: "
                          "{by_score: {90: 100%, 0: 20%}}}}}\n" CLEAR
                          "inputs: {kept: {kind: rate, optional: true}}\n",
                          2);
    put(&plan, 0, 2025, 100, 0);
    put(&plan, 1, 2026, 100, 80);
    const int kept = bg_plan_input_index(plan.plan, "kept");
    plan.block.input[kept][0] = BG_ONE / 2;
    plan.block.given[kept][0] = 1;
    plan.block.given[kept][1] = 0;
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(plan.block.result[BG_RESULT_result][0], 50);
    assert_int_equal(plan.block.result[BG_RESULT_result][1], 20);
    test_plan_free(&plan);
}

static void assert_fails(const char *steps, const char *words)
{
    test_plan plan = read(steps, 1);
    put(&plan, 0, 2027, 100, 80);
    assert_int_equal(settle(&plan, NULL), BG_MISSING);
    assert_says_among_others(plan.errors.items[plan.errors.count - 1].message, words);
    test_plan_free(&plan);
}

static void a_year_that_no_table_holds_for_is_an_error(void **state)
{
    (void)state;
    assert_fails("  - share_surplus: {bands: {2025: {rest: 50%}, 2026: {rest: 60%}}}\n" CLEAR,
                 "no bands hold for the year 2027");
    assert_fails("  - deduct: {gain: {by_score: {2025: {0: 50%}}}}\n" CLEAR,
                 "no rate holds for the year 2027");
}

/* But not of units that the step is not for. */
static void a_step_for_some_years_needs_bands_for_them_only(void **state)
{
    (void)state;
    static const int years[] = {2025, 2027};
    static const bg_fen balances[] = {100, 100};
    assert_results("  - share_surplus: {bands: {2025: {rest: 50%}}, when: {year: {to: 2026}}}\n"
                   "  - deduct: {gain: {by_score: {2025: {0: 10%}}}, when: {year: 2025}}\n" CLEAR,
                   years, balances, (bg_fen[]){45, 100}, 2);
}

static void what_plans_say_of_bands_is_said_of_a_year(void **state)
{
    (void)state;
    test_plan plan = read(EXCESS "apply: whole}\n" CLEAR, 1);
    bg_share_terms sharing;
    assert_true(bg_plan_share_terms(plan.plan, 0, 2016, 0, &sharing));
    assert_int_equal(sharing.count, 1);
    assert_true(bg_plan_share_terms(plan.plan, 0, 2017, 0, &sharing));
    assert_int_equal(sharing.count, 2);
    assert_int_equal(sharing.limit[0], BG_ONE / 20);
    assert_true(bg_plan_share_terms(plan.plan, 0, 2015, 0, &sharing));
    assert_int_equal(sharing.count, 0);
    assert_int_equal(bg_plan_band_count(plan.plan, "share_overspend"), 2);
    const char *base;
    bg_decimal limit, shares[4], limits[4];
    assert_false(bg_plan_band_limit(plan.plan, "share_overspend", 1, &limit, &base));
    assert_int_equal(bg_plan_bands(plan.plan, "share_overspend", 4, limits, shares), 0);
    test_plan_free(&plan);
}

static void limits_that_all_years_have_are_those_of_the_plan(void **state)
{
    (void)state;
    test_plan plan = read("  - share_surplus: {bands: {2025: {5%: 50%, rest: 0%}, later: {5%: 60%, "
                          "9%: 30%, rest: 0%}}, apply: marginal}\n" CLEAR,
                          1);
    const char *base;
    bg_decimal limit = 0;
    assert_true(bg_plan_band_limit(plan.plan, "share_surplus", 1, &limit, &base));
    assert_int_equal(limit, BG_ONE / 20);
    assert_false(bg_plan_band_limit(plan.plan, "share_surplus", 2, &limit, &base));
    assert_false(bg_plan_band_limit(plan.plan, "share_surplus", 3, &limit, &base));
    test_plan_free(&plan);
}

/* ---- tiers ---- */

static void tiers_may_differ_by_year(void **state)
{
    (void)state;
    static const int years[] = {2025, 2026, 2025, 2027};
    static const bg_fen balances[] = {100, 100, 0, -100};
    /* 80 points: 2025 50 %, later 20 %. */
    assert_results("  - deduct: {gain: {by_score: {2025: {90: 0%, 60: 50%}, later: {75: 20%, 0: "
                   "100%}}}}\n" CLEAR,
                   years, balances, (bg_fen[]){50, 80, 0, -100}, 4);
    /* As points: 40 % and 10 % more, or 30 % less. */
    assert_results("  - deduct: {gain: {rate: 40%, plus: {by_score: {2025: {60: 10%}, later: {60: "
                   "-30%}}}}}\n" CLEAR,
                   years, balances, (bg_fen[]){50, 90, 0, -100}, 4);
}

static void a_fund_is_released_by_the_tiers_of_the_year(void **state)
{
    (void)state;
    test_plan plan = read("  - release: {fund: guarantee, by_score: {2025: {80: 90%}, later: {90: "
                          "100%, 60: 30%}}}\n" CLEAR,
                          2);
    for (size_t u = 0; u < 2; u++) {
        put(&plan, u, 2025 + (int)u, 0, 80);
        plan.block.input[BG_INPUT_budget][u] = 1100;
        plan.block.fund_added[0][u] = 100;
    }
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(plan.block.result[BG_RESULT_released][0], 90);
    assert_int_equal(plan.block.result[BG_RESULT_released][1], 30);
    test_plan_free(&plan);
}

/* ---- shares ---- */

/* In 2025 a has all; later a loss is b's alone. c is named in 2026 and later only. */
static void institutions_may_have_other_shares_in_another_year(void **state)
{
    (void)state;
    test_plan plan =
        read("  - split: {2025: {a: 100%, b: 0%}, later: {a: {gain: 50%, loss: 0%}, b: "
             "{gain: 30%, loss: 100%}, c: {gain: 20%, loss: 0%}}}\n" CLEAR,
             3);
    put(&plan, 0, 2025, -100, 0);
    put(&plan, 1, 2026, 100, 0);
    put(&plan, 2, 2026, -100, 0);
    assert_int_equal(settle(&plan, NULL), BG_OK);
    static const bg_fen expected[3][3] = {{-100, 0, 0}, {50, 30, 20}, {0, -100, 0}};
    for (size_t u = 0; u < 3; u++) {
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(plan.block.institution_result[i][u], expected[u][i]);
        }
    }
    test_plan_free(&plan);
}

static void names_that_look_like_no_year_stay_names(void **state)
{
    (void)state;
    test_plan plan = read("  - split: {other: {by_score: {0: 40%}}, later: 60%}\n" CLEAR, 1);
    put(&plan, 0, 2025, 100, 0);
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_string_equal(bg_plan_institution(plan.plan, 0), "other");
    assert_int_equal(plan.block.institution_result[0][0], 40);
    test_plan_free(&plan);
}

/* ---- words ---- */

static bool tells(const bg_trace *trace, const bg_plan *plan, const char *words)
{
    bool found = false;
    for (size_t i = 0; i < trace->count; i++) {
        found = found || posting_says(&trace->items[i], plan, words);
    }
    return found;
}

static void the_year_of_a_table_is_told(void **state)
{
    (void)state;
    test_plan plan =
        read(EXCESS "apply: marginal}\n"
                    "  - deduct: {loss: {by_score: {2025: {0: 0%}, later: {0: 10%}}}}\n" CLEAR,
             1);
    put(&plan, 0, 2017, -40, 80);
    bg_trace trace = {0};
    assert_int_equal(settle(&plan, &trace), BG_MISSING);
    put(&plan, 0, 2026, -40, 80);
    bg_trace_free(&trace);
    assert_int_equal(settle(&plan, &trace), BG_OK);
    assert_true(tells(&trace, plan.plan,
                      "overspend 0.40, of which the community bears this, others 0.06; bands of "
                      "2026"));
    assert_true(tells(&trace, plan.plan, "10% of 0.34; rate of 2026 at 80 points"));
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void malformed_tables_by_year_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {"  - share_surplus: {bands: {2025: {5%: 10%}, later: {rest: 0%}}}\n" CLEAR, "\"rest\""},
        {"  - share_surplus: {bands: {2025: 10%}}\n" CLEAR, "a table such as"},
        {"  - share_surplus: {bands: {2025: {rest: 10%}, 5%: 20%}}\n" CLEAR,
         "a year from 1990 to 2200"},
        {"  - share_surplus: {bands: {2025: {9%: 1%, 5%: 2%, rest: 0%}}}\n" CLEAR, "must rise"},
        {"  - share_surplus: {bands: {2025: {2026: {rest: 1%}}}}\n" CLEAR,
         "an upper limit above 0"},
        {"  - deduct: {gain: {by_score: {2025: {60: 1%, 90: 2%}}}}\n" CLEAR, "must fall"},
        {"  - split: {2025: {a: 50%, b: 50%}, later: {a: {input: x}, b: 50%}}\n" CLEAR
         "inputs: {x: rate}\n",
         "allowed is a rate such as"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(test_plan_read(cases[i].steps, 1), cases[i].steps, cases[i].words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_year_has_its_bands),
        cmocka_unit_test(a_share_of_the_whole_is_that_of_the_years_band),
        cmocka_unit_test(rules_of_a_year_are_for_its_units),
        cmocka_unit_test(a_year_that_no_table_holds_for_is_an_error),
        cmocka_unit_test(a_step_for_some_years_needs_bands_for_them_only),
        cmocka_unit_test(what_plans_say_of_bands_is_said_of_a_year),
        cmocka_unit_test(limits_that_all_years_have_are_those_of_the_plan),
        cmocka_unit_test(tiers_may_differ_by_year),
        cmocka_unit_test(a_fund_is_released_by_the_tiers_of_the_year),
        cmocka_unit_test(institutions_may_have_other_shares_in_another_year),
        cmocka_unit_test(names_that_look_like_no_year_stay_names),
        cmocka_unit_test(the_year_of_a_table_is_told),
        cmocka_unit_test(malformed_tables_by_year_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
