/* Bands whose shares hold for the whole amount, and bands that can be read in two ways. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#include <stdio.h>
#include <string.h>

enum { TEXT = 512 };

static test_plan read_share(const char *kind, const char *terms, size_t n)
{
    char steps[TEXT];
    snprintf(steps, sizeof steps, "  - %s: {%s}\n  - clear: {}\n", kind, terms);
    test_plan plan = test_plan_read(steps, n);
    assert_int_equal(plan.status, BG_OK);
    return plan;
}

/* A unit that has this budget, all of it payable, and spends that much more or less. */
static void put(test_plan *plan, size_t unit, bg_fen budget, bg_fen balance)
{
    plan->block.input[BG_INPUT_budget][unit] = budget;
    plan->block.input[BG_INPUT_payable][unit] = budget;
    plan->block.input[BG_INPUT_expense][unit] = budget - balance;
}

static void settle(test_plan *plan, bg_trace *trace)
{
    assert_int_equal(bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors), BG_OK);
}

static bg_fen result_of(const char *kind, const char *terms, bg_fen budget, bg_fen balance)
{
    test_plan plan = read_share(kind, terms, 1);
    put(&plan, 0, budget, balance);
    settle(&plan, NULL);
    const bg_fen result = plan.block.result[BG_RESULT_result][0];
    test_plan_free(&plan);
    return result;
}

static bg_fen kept(const char *terms, bg_fen budget, bg_fen surplus)
{
    return result_of("share_surplus", terms, budget, surplus);
}

static bg_fen borne(const char *terms, bg_fen budget, bg_fen overspend)
{
    return -result_of("share_overspend", terms, budget, -overspend);
}

/* ---- the whole amount ---- */

#define KEPT "bands: {5%: 60%, 20%: 80%, rest: 0%}, apply: whole"

static void the_share_of_the_band_holds_for_the_whole_amount(void **state)
{
    (void)state;
    assert_int_equal(kept(KEPT, 10000, 0), 0);
    assert_int_equal(kept(KEPT, 10000, 499), 299); /* 299.4 */
    assert_int_equal(kept(KEPT, 10000, 501), 401); /* 400.8 */
    assert_int_equal(kept(KEPT, 10000, 1999), 1599);
    assert_int_equal(kept(KEPT, 10000, 2001), 0); /* beyond 20 % nothing at all */
    assert_int_equal(kept(KEPT, 10000, 10000), 0);
}

static void an_edge_belongs_to_the_band_below_it_unless_the_plan_says_above(void **state)
{
    (void)state;
    assert_int_equal(kept(KEPT, 10000, 500), 300);
    assert_int_equal(kept(KEPT ", edge: below", 10000, 500), 300);
    assert_int_equal(kept(KEPT ", edge: above", 10000, 500), 400);
    assert_int_equal(kept(KEPT, 10000, 2000), 1600);
    assert_int_equal(kept(KEPT ", edge: above", 10000, 2000), 0);
    assert_int_equal(kept(KEPT ", edge: above", 10000, 499), 299);
}

/* 33.3333333333 % of 3 fen are less than a fen, 33.3333333334 % are more. Half of 2^54 + 2 fen is a whole
 * number that no double holds, and a double of it lies beside the edge. */
static void an_edge_is_compared_exactly(void **state)
{
    (void)state;
    assert_int_equal(kept("bands: {33.3333333333%: 100%, rest: 0%}, apply: whole", 3, 1), 0);
    assert_int_equal(kept("bands: {33.3333333334%: 100%, rest: 0%}, apply: whole", 3, 1), 1);
    assert_int_equal(
        kept("bands: {33.3333333334%: 100%, rest: 0%}, apply: whole, edge: above", 3, 1), 1);
    const bg_fen budget = (INT64_C(1) << 54) + 2, half = budget / 2;
    const char *below = "bands: {50%: 100%, rest: 0%}, apply: whole";
    const char *above = "bands: {50%: 100%, rest: 0%}, apply: whole, edge: above";
    assert_int_equal(kept(below, budget, half), half);
    assert_int_equal(kept(below, budget, half + 1), 0);
    assert_int_equal(kept(above, budget, half), 0);
    assert_int_equal(kept(above, budget, half - 1), half - 1);
}

static void beyond_the_last_limit_the_rest_may_hold_for_the_whole(void **state)
{
    (void)state;
    const char *terms = "bands: {5%: 40%, 10%: 50%, rest: 100%}, apply: whole_rest";
    const char *above = "bands: {5%: 40%, 10%: 50%, rest: 100%}, apply: whole_rest, edge: above";
    assert_int_equal(borne(terms, 10000, 500), 200);
    assert_int_equal(borne(terms, 10000, 900), 400);  /* 200 + 50 % of 400 */
    assert_int_equal(borne(terms, 10000, 1000), 450); /* 200 + 250 */
    assert_int_equal(borne(terms, 10000, 1001), 1001);
    assert_int_equal(borne(above, 10000, 999), 450); /* 200 + 249.5 */
    assert_int_equal(borne(above, 10000, 1000), 1000);
    assert_int_equal(borne("bands: {rest: 30%}, apply: whole_rest", 10000, 1000), 300);
}

/* At 90 points 100 % up to the limit, at 70 points 50 %. */
static void shares_of_the_whole_may_differ_by_unit(void **state)
{
    (void)state;
    test_plan plan = read_share(
        "share_surplus",
        "bands: {10%: {by_score: {90: 100%, 0: 50%}}, rest: {by_score: {90: 20%}}}, apply: whole",
        4);
    static const struct {
        bg_fen surplus, kept;
        int64_t score;
    } units[] = {{1000, 1000, 90}, {1001, 200, 90}, {1000, 500, 70}, {1001, 0, 70}};
    for (size_t u = 0; u < 4; u++) {
        put(&plan, u, 10000, units[u].surplus);
        plan.block.input[BG_INPUT_score][u] = units[u].score * BG_ONE;
    }
    settle(&plan, NULL);
    for (size_t u = 0; u < 4; u++) {
        assert_int_equal(plan.block.result[BG_RESULT_result][u], units[u].kept);
    }
    test_plan_free(&plan);
}

/* ---- in words ---- */

/* A line of the explanation of this amount, at this rate, that says this. */
static void assert_line(const char *kind, const char *terms, bg_fen balance, bg_fen amount,
                        const char *rate, const char *words)
{
    test_plan plan = read_share(kind, terms, 1);
    put(&plan, 0, 10000, balance);
    bg_trace trace = {0};
    settle(&plan, &trace);
    bool found = false;
    for (size_t i = 0; i < trace.count; i++) {
        char text[BG_NUMBER_TEXT];
        found = found || (trace.items[i].amount == amount &&
                          strcmp(bg_posting_rate(&trace.items[i], text), rate) == 0 &&
                          posting_says(&trace.items[i], plan.plan, words));
    }
    if (!found) {
        fail_msg("no line of %lld fen at \"%s\" says: %s", (long long)amount, rate, words);
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

static void the_band_of_the_whole_is_told_with_its_edges(void **state)
{
    (void)state;
    assert_line("share_surplus", KEPT, 600, 480, "80%",
                "the rate is above 5% and up to 20% of budget 100.00 = 5.00 to 20.00: its share "
                "holds for the whole of 6.00");
    assert_line("share_surplus", KEPT ", edge: above", 500, 400, "80%",
                "the rate is 5% or more and below 20% of budget 100.00 = 5.00 to 20.00: its share "
                "holds for the whole of 5.00");
    assert_line("share_surplus", KEPT, 2001, 0, "0%",
                "the rate is above 20% of budget 100.00 = 20.00: its share holds for the whole of "
                "20.01");
    assert_line(
        "share_surplus", KEPT ", edge: above", 2000, 0, "0%",
        "the rate is 20% or more of budget 100.00 = 20.00: its share holds for the whole of "
        "20.00");
    assert_line("share_overspend", "bands: {5%: 40%, rest: 100%}, apply: whole_rest", -400, 160,
                "40%", "band 0% to 5% of budget 100.00 = 0.00 to 5.00: part 4.00");
}

/* 60 % of 5.00 and 80 % of 1.00 are 3.80; 80 % of 6.00 are 4.80. */
static void what_the_other_reading_gives_is_told_where_the_plan_does_not_say(void **state)
{
    (void)state;
    const char *open = "bands: {5%: 60%, 20%: 80%, rest: 0%}";
    assert_line(
        "share_surplus", open, 600, 220, "",
        "surplus 6.00, of which the community keeps 3.80 (the plan does not say `apply`; were "
        "the share of the band, 80%, to hold for the whole, this would be 4.80)");
    assert_line("share_surplus", open, 500, 200, "",
                "surplus 5.00, of which the community keeps 3.00");
    assert_line("share_surplus", "bands: {5%: 60%, 20%: 80%, rest: 0%}, apply: marginal", 600, 220,
                "", "surplus 6.00, of which the community keeps 3.80");
}

static void assert_advised(const char *kind, const char *terms, const char *words)
{
    enum { IDLE_FUNDS = 2 }; /* what is said of any plan that uses no fund */
    test_plan plan = read_share(kind, terms, 1);
    assert_int_equal(plan.errors.count, words ? IDLE_FUNDS + 1 : IDLE_FUNDS);
    bool found = !words;
    for (size_t i = 0; i < plan.errors.count && !found; i++) {
        found = says_among_others(plan.errors.items[i].message, words);
    }
    assert_true(found);
    test_plan_free(&plan);
}

/* Half way through the second band: 30 % of 5 and 50 % of 2.5, or 50 % of 7.5. */
static void bands_that_can_be_read_in_two_ways_are_advised_on(void **state)
{
    (void)state;
    assert_advised(
        "share_overspend", "bands: {5%: 30%, 10%: 50%, rest: 100%}",
        "At 7.5% of the base the first gives the community 2.75% of the base, as is taken "
        "here, the second 3.75%.");
    assert_advised("share_overspend", "bands: {10%: 30%, rest: 100%}",
                   "At 15% of the base the first gives the community 8% of the base");
    assert_advised("share_overspend", "bands: {10%: {by_score: {90: 10%}}, rest: 100%}",
                   "Write `apply: marginal` or `apply: whole`.");
    assert_advised("share_overspend", "bands: {5%: 30%, 10%: 50%, rest: 100%}, apply: whole", NULL);
    assert_advised("share_overspend", "bands: {5%: 30%, rest: 100%}, apply: marginal", NULL);
    assert_advised("share_surplus", "bands: {5%: 30%, rest: 30%}", NULL);
    assert_advised("share_surplus", "bands: {rest: {by_score: {90: 10%}}}", NULL);
    assert_advised("share_surplus", "bands: {5%: 30%, rest: 0%}, apply: marginal, edge: above",
                   "`edge` says nothing here");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_share_of_the_band_holds_for_the_whole_amount),
        cmocka_unit_test(an_edge_belongs_to_the_band_below_it_unless_the_plan_says_above),
        cmocka_unit_test(an_edge_is_compared_exactly),
        cmocka_unit_test(beyond_the_last_limit_the_rest_may_hold_for_the_whole),
        cmocka_unit_test(shares_of_the_whole_may_differ_by_unit),
        cmocka_unit_test(the_band_of_the_whole_is_told_with_its_edges),
        cmocka_unit_test(what_the_other_reading_gives_is_told_where_the_plan_does_not_say),
        cmocka_unit_test(bands_that_can_be_read_in_two_ways_are_advised_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
