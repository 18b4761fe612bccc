/* When a contract pays. The plan of instalments is a published one: SEC exhibit 10.162 (Blue Shield), 98,317.53 dollars owed in
 * April 2002, of which 7,003.44 at once, then 16 times 5,371.41 and, in September 2003, 5,371.53. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include "../../support/says.h"
#include <baogan/calendar.h>
#include <stdio.h>

static bg_status read_text(const char *budget, bg_calendar *calendar, bg_errors *errors)
{
    char text[512];
    snprintf(text, sizeof text, "history: {2024: 1M}\n%s", budget);
    bg_scenario *scenario = parse_scenario(text, NULL);
    bg_errors_init(errors);
    const bg_status status = bg_calendar_read(scenario, calendar, errors);
    bg_scenario_free(scenario);
    return status;
}

static bg_calendar calendar_of(const char *budget)
{
    bg_calendar calendar;
    bg_errors errors;
    assert_int_equal(read_text(budget, &calendar, &errors), BG_OK);
    bg_errors_free(&errors);
    return calendar;
}

static void without_one_nothing_is_dated(void **state)
{
    (void)state;
    const bg_calendar calendar = calendar_of("");
    assert_false(calendar.given);
    assert_int_equal(bg_calendar_months(&calendar), 0);
}

static void what_is_settled_is_paid_in_its_month(void **state)
{
    (void)state;
    const bg_calendar march = calendar_of("budget: {calendar: {}}\n");
    assert_int_equal(march.settled, 14);
    assert_int_equal(march.paid, 14);
    const bg_calendar may = calendar_of("budget: {calendar: 5}\n");
    assert_int_equal(may.settled, 14);
    assert_int_equal(may.paid, 16);
    assert_int_equal(bg_calendar_months(&may), 17);
    const bg_fen clearing[3] = {1000, -1000, 0};
    bg_fen column[17][3] = {{0}};
    bg_fen *due[17];
    for (size_t month = 0; month < 17; month++) {
        due[month] = column[month];
    }
    assert_int_equal(bg_calendar_clear(&may, 3, clearing, due), BG_OK);
    for (size_t month = 0; month < 17; month++) {
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(column[month][i], month == 16 ? clearing[i] : 0);
        }
    }
}

/* 1,000 fen in three: 334, 333, 333, or 333, 333, 334. */
static void the_remainder_goes_to_the_first_or_the_last(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "budget: {calendar: {paid: 5, repayment: 3}}\n",
        "budget: {calendar: {paid: 5, repayment: {months: 3, remainder: last}}}\n"};
    for (size_t t = 0; t < 2; t++) {
        const bg_calendar calendar = calendar_of(texts[t]);
        bg_payments payments;
        bg_calendar_payments(&calendar, &(bg_paid_year){.year = 2025, .clearing = -1000},
                             &payments);
        assert_int_equal(payments.count, 3);
        for (size_t i = 0; i < 3; i++) {
            assert_int_equal(payments.item[i].kind, BG_PAYMENT_REPAYMENT);
            assert_int_equal(payments.item[i].month, 12 * 2026 + 4 + (int)i);
            assert_int_equal(payments.item[i].amount, i == 2 * t ? -334 : -333);
        }
    }
}

static const char published[] = "budget: {calendar: {settled: 16, repayment: {at_once: 7003.44, "
                                "first: 17, months: 17, remainder: last}}}\n";

static void the_published_plan_checks_to_the_cent(void **state)
{
    (void)state;
    const bg_calendar calendar = calendar_of(published);
    bg_payments payments;
    bg_calendar_payments(&calendar, &(bg_paid_year){.year = 2000, .clearing = -9831753}, &payments);
    assert_int_equal(payments.count, 18);
    assert_int_equal(payments.settled, 12 * 2002 + 3);
    char month[16];
    for (size_t i = 0; i < 18; i++) {
        assert_int_equal(payments.item[i].month, 12 * 2002 + 3 + (int)i);
        assert_int_equal(payments.item[i].amount, i == 0 ? -700344 : i == 17 ? -537153 : -537141);
    }
    assert_string_equal(bg_payment_month(payments.item[17].month, month), "2003-09");
}

/* Less than the part at once is paid at once; what is paid to the community is not in parts. */
static void a_small_debt_is_paid_at_once_and_a_claim_in_one(void **state)
{
    (void)state;
    const bg_calendar calendar = calendar_of(published);
    bg_payments payments;
    bg_calendar_payments(
        &calendar, &(bg_paid_year){.year = 2000, .prepaid = 500, .clearing = -700343}, &payments);
    assert_int_equal(payments.count, 2);
    assert_int_equal(payments.item[0].month, 12 * 2000 + 11);
    assert_int_equal(payments.item[0].amount, 500);
    assert_int_equal(payments.item[1].amount, -700343);
    bg_calendar_payments(&calendar, &(bg_paid_year){.year = 2000, .clearing = 9831753}, &payments);
    assert_int_equal(payments.count, 1);
    assert_int_equal(payments.item[0].kind, BG_PAYMENT_CLEARING);
    assert_int_equal(payments.item[0].month, 12 * 2002 + 3);
}

static void instalments_stand_in_their_months(void **state)
{
    (void)state;
    const bg_calendar calendar = calendar_of("budget: {calendar: 4}\n");
    const bg_fen instalment[12] = {30, 0, 0, 20, 0, 0, 20, 0, 0, 30, 0, 0};
    bg_payments payments;
    const bg_paid_year paid = {.year = 2025,
                               .instalment = instalment,
                               .prepaid = 100,
                               .released = {[6] = 11},
                               .clearing = 7};
    bg_calendar_payments(&calendar, &paid, &payments);
    assert_int_equal(payments.count, 6);
    assert_int_equal(payments.item[1].month, 12 * 2025 + 3);
    assert_int_equal(payments.item[1].amount, 20);
    assert_int_equal(payments.item[3].kind, BG_PAYMENT_RELEASE);
    assert_int_equal(payments.item[3].month, 12 * 2025 + 6);
    assert_int_equal(payments.item[3].amount, 11);
    assert_int_equal(payments.item[5].month, 12 * 2026 + 3);
    assert_int_equal(payments.item[5].amount, 7);
}

static void what_does_not_fit_is_said(void **state)
{
    (void)state;
    const bg_calendar calendar = {.given = true, .paid = 12};
    const bg_fen clearing = 1;
    bg_fen full = INT64_MAX;
    bg_fen *due[13] = {[12] = &full};
    assert_int_equal(bg_calendar_clear(&calendar, 1, &clearing, due), BG_OVERFLOW);
}

static void months_that_run_backwards_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *budget, *message;
    } cases[] = {
        {"budget: {calendar: {settled: 6, paid: 5}}\n",
         "budget.calendar.paid: The settlement is paid in month 5 of the next year and made in "
         "month 6"},
        {"budget: {calendar: {paid: 5, repayment: {first: 4, months: 2}}}\n",
         "budget.calendar.repayment.first: The repayment begins in month 4 of the next year, "
         "before "
         "the settlement is paid in month 5."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_calendar calendar;
        bg_errors errors;
        assert_int_equal(read_text(cases[i].budget, &calendar, &errors), BG_RANGE);
        assert_int_equal(errors.count, 1);
        char text[512];
        snprintf(text, sizeof text, "%s: %s", errors.items[0].path, errors.items[0].message);
        assert_says_among_others(text, cases[i].message);
        bg_errors_free(&errors);
    }
}

/* December's cost, approved and paid `delay` months later, has to be paid by the month of the settlement. */
static void approved_costs_are_paid_before_the_year_is_settled(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "budget: {prepayment: {approved: 97%, delay: 3}, calendar: {settled: 3}}\n",
        "budget: {prepayment: {approved: 97%, delay: 4}, calendar: {settled: 3}}\n"};
    assert_int_equal(calendar_of(texts[0]).delay, 3);
    bg_calendar calendar;
    bg_errors errors;
    assert_int_equal(read_text(texts[1], &calendar, &errors), BG_RANGE);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_one_nothing_is_dated),
        cmocka_unit_test(what_is_settled_is_paid_in_its_month),
        cmocka_unit_test(the_remainder_goes_to_the_first_or_the_last),
        cmocka_unit_test(the_published_plan_checks_to_the_cent),
        cmocka_unit_test(a_small_debt_is_paid_at_once_and_a_claim_in_one),
        cmocka_unit_test(instalments_stand_in_their_months),
        cmocka_unit_test(what_does_not_fit_is_said),
        cmocka_unit_test(months_that_run_backwards_are_refused),
        cmocka_unit_test(approved_costs_are_paid_before_the_year_is_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
