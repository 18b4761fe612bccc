/* Run-out: the expense of a year whose claims are not all in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/settlement.h>

static bg_node rate(bg_decimal value)
{
    return (bg_node){.key = "completion",
                     .path = "actual[2025][residents].completion",
                     .mark = {.file = "a.yaml", .line = 4, .column = 7},
                     .value.decimal = value};
}

static void expense_and_what_is_paid_outside_are_divided_and_rounded_once(void **state)
{
    (void)state;
    const bg_node completion = rate(BG_ONE * 97 / 100);
    bg_fen expense = 10000, outside = 101;
    assert_int_equal(bg_settlement_complete(&completion, &expense, &outside, NULL, NULL), BG_OK);
    assert_int_equal(expense, 10309); /* 10309.28 */
    assert_int_equal(outside, 104);   /* 104.12 */
}

static void a_half_is_rounded_away_from_zero(void **state)
{
    (void)state;
    const bg_node completion = rate(BG_ONE * 80 / 100);
    bg_fen expense = 2, outside = 0;
    assert_int_equal(bg_settlement_complete(&completion, &expense, &outside, NULL, NULL), BG_OK);
    assert_int_equal(expense, 3); /* 2.5 */
    assert_int_equal(outside, 0);
}

static void a_complete_year_stays_as_it_is_and_is_not_explained(void **state)
{
    (void)state;
    const bg_node complete = rate(BG_ONE);
    const bg_node *const rates[] = {&complete, NULL};
    for (size_t i = 0; i < 2; i++) {
        bg_fen expense = 10000, outside = 101;
        bg_trace trace = {0};
        assert_int_equal(bg_settlement_complete(rates[i], &expense, &outside, &trace, NULL), BG_OK);
        assert_int_equal(expense, 10000);
        assert_int_equal(outside, 101);
        assert_int_equal(trace.count, 0);
    }
}

static void the_explanation_has_both_amounts_and_the_place_of_the_rate(void **state)
{
    (void)state;
    const bg_node completion = rate(BG_ONE * 95 / 100);
    bg_fen expense = 1121000, outside = 190000;
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_complete(&completion, &expense, &outside, &trace, NULL), BG_OK);
    assert_int_equal(trace.count, 2);
    const bg_posting *first = &trace.items[0], *second = &trace.items[1];
    assert_int_equal(first->step, 0);
    assert_string_equal(first->kind, "completion");
    assert_int_equal(first->from, -1);
    assert_int_equal(first->amount, 1180000);
    assert_int_equal(first->balance_after, 0);
    assert_posting_says(first, NULL,
                        "expense: 11,210.00 recorded, 95% of the year's claims settled");
    assert_posting_says_in_chinese(first, NULL, "基金支出：已结算11,210.00，完成系数95%");
    assert_posting_rate(first, "95%");
    assert_string_equal(first->mark.file, "a.yaml");
    assert_int_equal(first->mark.line, 4);
    assert_int_equal(second->amount, 200000);
    assert_posting_says(second, NULL,
                        "of it outside: 1,900.00 recorded, 95% of the year's claims settled");
    bg_trace_free(&trace);
}

static void nothing_outside_is_not_explained(void **state)
{
    (void)state;
    const bg_node completion = rate(BG_ONE / 2);
    bg_fen expense = 5, outside = 0;
    bg_trace trace = {0};
    assert_int_equal(bg_settlement_complete(&completion, &expense, &outside, &trace, NULL), BG_OK);
    assert_int_equal(trace.count, 1);
    bg_trace_free(&trace);
}

static void an_amount_that_does_not_fit_is_refused_and_left_alone(void **state)
{
    (void)state;
    const bg_node completion = rate(BG_ONE / 100);
    bg_fen expense = INT64_MAX / 50, outside = 7;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_settlement_complete(&completion, &expense, &outside, NULL, &errors),
                     BG_OVERFLOW);
    assert_int_equal(expense, INT64_MAX / 50);
    assert_int_equal(outside, 7);
    assert_string_equal(errors.items[0].path, "actual[2025][residents].completion");
    assert_says_among_others(errors.items[0].message, "over 1% is larger");
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(expense_and_what_is_paid_outside_are_divided_and_rounded_once),
        cmocka_unit_test(a_half_is_rounded_away_from_zero),
        cmocka_unit_test(a_complete_year_stays_as_it_is_and_is_not_explained),
        cmocka_unit_test(the_explanation_has_both_amounts_and_the_place_of_the_rate),
        cmocka_unit_test(nothing_outside_is_not_explained),
        cmocka_unit_test(an_amount_that_does_not_fit_is_refused_and_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
