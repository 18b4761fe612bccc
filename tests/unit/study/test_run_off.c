/* How much of a month is known by when, beside the chain ladder by hand. */
#include "../../support/close.h"
#include "../../support/projected.h"

#include "study/run_off.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define JANUARY (12 * 2026)

/* What was booked of a month of care so many months after it. */
typedef struct booking {
    int month, lag;
    int64_t paid;
} booking;

static bg_run_off run_off_of(const booking *bookings, size_t count, size_t delay)
{
    bg_observation row[16] = {0};
    assert_true(count <= 16);
    for (size_t i = 0; i < count; i++) {
        row[i] = (bg_observation){.year = 2026,
                                  .month = bookings[i].month,
                                  .booked = JANUARY + bookings[i].month - 1 + bookings[i].lag};
        row[i].value[BG_OBSERVED_PAID] = bookings[i].paid;
    }
    const bg_observed data = {.row = row, .count = count, .has_booked = true};
    return bg_run_off_of(&data, delay);
}

/* Of three months ratios 1.5 and 1.6 to the next month-end: 31 / 20, and the variance of two logarithms; then one month's
 * 18 / 15, with the variance of the month-end before. */
static void shares_are_those_of_the_chain_ladder(void **state)
{
    (void)state;
    static const booking bookings[] = {{1, 0, 10}, {1, 1, 5}, {1, 2, 3},
                                       {2, 0, 10}, {2, 1, 6}, {3, 0, 11}};
    const bg_run_off self = run_off_of(bookings, 6, 0);
    const double half = log(1.6 / 1.5) / 2, step = 2 * half * half, last = 18.0 / 15;
    assert_close(self.share[2], 1, 0);
    assert_close(self.share[1], 1 / last, 1e-12);
    assert_close(self.share[0], 20.0 / 31 / last, 1e-12);
    assert_close(self.variance[2], 0, 0);
    assert_close(self.variance[1], step * 2, 1e-12);
    assert_close(self.variance[0], step * 1.5 + step * 2, 1e-12);
}

/* (90 / 60 - 1)^2 (1 + 1 / 1), counted from the month after. */
static void one_month_alone_is_as_unsure_as_what_was_missing(void **state)
{
    (void)state;
    static const booking bookings[] = {{1, 1, 60}, {1, 2, 30}, {2, 1, 66}};
    const bg_run_off self = run_off_of(bookings, 3, 1);
    assert_close(self.share[0], 60.0 / 90, 1e-12);
    assert_close(self.variance[0], 0.25 * 2, 1e-12);
    assert_close(self.share[1], 1, 0);
}

/* What is booked more than a year later counts as of the last month-end that is told apart. */
static void late_bookings_are_not_lost(void **state)
{
    (void)state;
    static const booking bookings[] = {{1, 0, 50}, {1, 20, 50}};
    const bg_run_off self = run_off_of(bookings, 2, 0);
    assert_close(self.share[0], 0.5, 1e-12);
    assert_close(self.share[10], 0.5, 1e-12);
    assert_close(self.share[11], 1, 0);
}

static void shares_of_the_scenario_are_taken_with_their_error(void **state)
{
    (void)state;
    bg_scenario *scenario =
        parse_scenario("history: {2025: 100M}\nmonitor: {completion: [60%, 90%]}\n", NULL);
    const bg_run_off self = bg_run_off_given(bg_scenario_find(scenario, "monitor.completion"), 0.2);
    assert_close(self.share[0], 0.6, 1e-15);
    assert_close(self.share[1], 0.9, 1e-15);
    assert_close(self.share[2], 1, 0);
    assert_close(sqrt(self.variance[0]), 0.2 * 0.4 / 0.6, 1e-15);
    assert_close(self.variance[2], 0, 0);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_those_of_the_chain_ladder),
        cmocka_unit_test(one_month_alone_is_as_unsure_as_what_was_missing),
        cmocka_unit_test(late_bookings_are_not_lost),
        cmocka_unit_test(shares_of_the_scenario_are_taken_with_their_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
