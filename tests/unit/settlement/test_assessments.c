/* Two assessments a year: each is about a part of a fund, by a score of its own, and may be paid before the clearing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/plan.h"
#include "../../support/says.h"

#define CLEAR    "  - clear: {}\n"
#define DATED    "inputs: {stays: number, money: money}\nbudget: {calendar: 5}\n"
#define LINE     "share: {score: {at_0: 0%, at_100: 100%}}"
#define MID_YEAR "  - release: {fund: guarantee, part: 50%, score: stays, " LINE ", paid: 7}\n"
#define YEAR_END "  - release: {fund: guarantee, " LINE "}\n"

static void give(test_plan *plan, const char *name, int64_t value)
{
    const int input = bg_plan_input_index(plan->plan, name);
    plan->block.input[input][0] = value;
    plan->block.given[input][0] = 1;
}

/* 100.00, of which 30.00 are in the guarantee fund; spent 92.00; 90 points at the end of the year. */
static test_plan read_one(const char *steps, bg_decimal stays)
{
    test_plan plan = test_plan_read(steps, 1);
    assert_int_equal(plan.status, BG_OK);
    plan.block.input[BG_INPUT_budget][0] = 10000;
    plan.block.input[BG_INPUT_payable][0] = 7000;
    plan.block.input[BG_INPUT_prepaid][0] = 7000;
    plan.block.input[BG_INPUT_expense][0] = 9200;
    plan.block.input[BG_INPUT_score][0] = 90 * BG_ONE;
    plan.block.fund_added[0][0] = 3000;
    give(&plan, "stays", stays);
    give(&plan, "money", 0);
    return plan;
}

static bg_status settle(test_plan *plan, bg_trace *trace)
{
    return bg_settlement_apply(plan->plan, &plan->block, trace, &plan->errors);
}

static bg_fen result(const test_plan *plan, bg_settlement_result which)
{
    return plan->block.result[which][0];
}

/* 80 % of 15.00 in July, 90 % of the other 15.00 with the clearing: 70 + 25.5 - 92 = 3.50 are kept, 95.50 are due, of
 * which 70.00 and 12.00 have been paid. */
static void each_assessment_is_about_its_part(void **state)
{
    (void)state;
    test_plan plan = read_one(MID_YEAR YEAR_END CLEAR DATED, 80 * BG_ONE);
    bg_trace trace = {0};
    assert_int_equal(bg_plan_advance_count(plan.plan), 1);
    assert_int_equal(bg_plan_advance_month(plan.plan, 0), 6);
    assert_int_equal(settle(&plan, &trace), BG_OK);
    assert_int_equal(plan.block.advanced[0][0], 1200);
    assert_int_equal(result(&plan, BG_RESULT_released), 2550);
    assert_int_equal(result(&plan, BG_RESULT_result), 350);
    assert_int_equal(result(&plan, BG_RESULT_entitlement), 9550);
    assert_int_equal(result(&plan, BG_RESULT_clearing), 1350);
    for (size_t i = 0; i < trace.count; i++) {
        const bg_posting *posting = &trace.items[i];
        if (posting->step == 1 && posting->amount == 1200) {
            assert_posting_says(posting, plan.plan,
                                "guarantee holds 30.00; rate at 80 points: 0% at 0, 100% at 100; "
                                "of it 50%, 15.00, is at stake here");
        }
        if (posting->step == 3 && posting->amount == 1350) {
            assert_posting_says(posting, plan.plan,
                                "clearing: entitlement 95.50 less 0.00 paid outside, less 70.00 "
                                "prepaid; positive is paid to the community; less 12.00 released "
                                "and paid in the course of the year");
        }
    }
    bg_trace_free(&trace);
    test_plan_free(&plan);
}

/* The other score stays the year's for the steps that follow, and what a condition leaves out is not paid. */
static void what_does_not_apply_is_not_paid(void **state)
{
    (void)state;
    test_plan plan = read_one("  - release: {fund: guarantee, part: 50%, score: stays, " LINE
                              ", paid: 7, when: {score: {below: 60}}}\n" YEAR_END CLEAR DATED,
                              80 * BG_ONE);
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(plan.block.advanced[0][0], 0);
    assert_int_equal(result(&plan, BG_RESULT_released), 2700);
    assert_int_equal(result(&plan, BG_RESULT_clearing), 7000 + 2700 - 7000);
    test_plan_free(&plan);
}

/* A plan that rounds to 1.00 yuan works in parts of a fen: half of 10.01 is 5.005, of which 5.01 are paid. What is
 * due is paid to the fen. */
static void what_is_paid_is_whole_fen(void **state)
{
    (void)state;
    test_plan plan = read_one("  - release: {fund: guarantee, share: 50%, paid: 7}\n" CLEAR DATED
                              "settlement_rounding: 1\n",
                              80 * BG_ONE);
    plan.block.fund_added[0][0] = 1001;
    plan.block.input[BG_INPUT_payable][0] = 8999;
    assert_int_equal(settle(&plan, NULL), BG_OK);
    assert_int_equal(plan.block.advanced[0][0], 501);
    assert_int_equal(result(&plan, BG_RESULT_result), 300); /* 89.99 + 5.005 - 92 = 2.995 */
    assert_int_equal(result(&plan, BG_RESULT_clearing), 9500 - 7000 - 501);
    test_plan_free(&plan);
}

static void a_score_beyond_its_range_is_refused(void **state)
{
    (void)state;
    static const bg_decimal scores[] = {-1, 100 * BG_ONE + 1};
    for (size_t i = 0; i < 2; i++) {
        test_plan plan = read_one(MID_YEAR YEAR_END CLEAR DATED, scores[i]);
        assert_int_equal(settle(&plan, NULL), BG_RANGE);
        assert_says_among_others(plan.errors.items[plan.errors.count - 1].message,
                                 "from 0 to 100 is allowed");
        test_plan_free(&plan);
    }
    test_plan plan = read_one(MID_YEAR YEAR_END CLEAR DATED, 0);
    plan.block.given[bg_plan_input_index(plan.plan, "stays")][0] = 0;
    assert_int_equal(settle(&plan, NULL), BG_MISSING);
    test_plan_free(&plan);
}

static void assessments_that_cannot_be_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *steps, *words;
    } cases[] = {
        {"  - release: {fund: guarantee, paid: 7}\n" CLEAR, "needs a calendar"},
        {"  - release: {fund: guarantee, as: buffer, paid: 7}\n" CLEAR DATED,
         "is not known before the year ends"},
        {"  - release: {fund: guarantee, score: money}\n" CLEAR DATED, "money"},
        {"  - release: {fund: guarantee, score: nothing}\n" CLEAR DATED, "nothing"},
        {MID_YEAR MID_YEAR MID_YEAR MID_YEAR MID_YEAR CLEAR DATED, "At most 4 releases"},
        {YEAR_END MID_YEAR CLEAR DATED, "guarantee"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        test_plan_refused(test_plan_read(cases[i].steps, 1), cases[i].steps, cases[i].words);
    }
    static const char shared[] =
        "  - release: {fund: risk, part: 50%, as: buffer, rest: risk}\n" CLEAR;
    test_plan_refused(test_plan_read_shared(shared, 1, BG_SHARED_PRO_RATA), shared,
                      "no part is assessed on its own");
    static const char early[] =
        "  - release: {fund: risk, as: buffer, rest: risk, paid: 7}\n" CLEAR DATED;
    test_plan_refused(test_plan_read_shared(early, 1, BG_SHARED_PRO_RATA), early,
                      "is not known before the year ends");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_assessment_is_about_its_part),
        cmocka_unit_test(what_does_not_apply_is_not_paid),
        cmocka_unit_test(what_is_paid_is_whole_fen),
        cmocka_unit_test(a_score_beyond_its_range_is_refused),
        cmocka_unit_test(assessments_that_cannot_be_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
