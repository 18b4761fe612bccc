/* The futures with an event beside those without: both groups make up the whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/given_event.h"

#include <math.h>

#define CONTRACT                                                                                   \
    "history: {2023: 96M, 2024: 100M}\n"                                                           \
    "simulation: {years: 2, replications: 2000}\n"

/* An overspend happens where the balance is below zero; where it is the event, it is certain with it. */
static void an_event_known_from_the_draws_parts_them(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, CONTRACT, NULL, 1);
    const size_t n = bg_projection_replications(self.projection);
    const bg_fen *balance = projected_draws(&self, 0, 1, "balance");
    const bg_fen *expense = projected_draws(&self, 0, 1, "expense");
    double sum[2] = {0}, squares[2] = {0};
    double count[2] = {0};
    for (size_t i = 0; i < n; i++) {
        sum[balance[i] < 0] += (double)expense[i];
        count[balance[i] < 0]++;
    }
    for (size_t i = 0; i < n; i++) {
        const size_t of = balance[i] < 0;
        squares[of] += pow((double)expense[i] - sum[of] / count[of], 2);
    }
    bg_given_event given;
    assert_true(bg_given_event_find(self.projection, 0, 1, BG_EVENT_overspend, &given));
    assert_close(given.expense, sum[1] / count[1] - sum[0] / count[0], 1);
    const double se =
        sqrt(squares[0] / (count[0] - 1) / count[0] + squares[1] / (count[1] - 1) / count[1]);
    assert_close(given.expense_se / se, 1, 1e-9);
    assert_int_equal(given.chance.hits, (size_t)count[1]);
    assert_int_equal(given.overspend.hits, (size_t)count[1]);
    assert_int_equal(given.overspend.n, (size_t)count[1]);
    assert_int_equal(given.without_it.hits, 0);
    assert_int_equal(given.without_it.n, (size_t)count[0]);
    finish_projection(&self);
}

/* Care falls by 15 % for some months: expense is less, and an overspend less likely. */
static void an_emergency_lowers_expense_and_the_chance_of_an_overspend(void **state)
{
    (void)state;
    static const char *const overrides[] = {"demand.emergency.probability=20%", NULL};
    projected self;
    start_projection(&self, CONTRACT, overrides, 1);
    bg_given_event given;
    assert_true(bg_given_event_find(self.projection, 0, 0, BG_EVENT_emergency, &given));
    assert_true(given.expense < -5 * given.expense_se);
    assert_true(given.overspend.high < given.without_it.low);
    assert_int_equal(given.overspend.hits + given.without_it.hits,
                     bg_projection_probability(self.projection, 0, 0, BG_EVENT_overspend).hits);
    finish_projection(&self);
}

static void nothing_is_said_of_few_futures_or_without_draws(void **state)
{
    (void)state;
    static const char *const rare[] = {"demand.emergency.probability=0.2%", NULL};
    static const bool wanted[BG_OUTCOME_COUNT + 8] = {[BG_OUTCOME_budget] = true};
    projected self;
    bg_given_event given;
    start_projection(&self, CONTRACT, rare, 1);
    assert_true(bg_projection_probability(self.projection, 0, 0, BG_EVENT_emergency).hits <
                BG_GIVEN_EVENT_FEWEST);
    assert_false(bg_given_event_find(self.projection, 0, 0, BG_EVENT_emergency, &given));
    finish_projection(&self);
    start_projection_with(&self, CONTRACT, NULL,
                          &(bg_projection_options){.threads = 1, .outcomes = wanted});
    assert_false(bg_given_event_find(self.projection, 0, 0, BG_EVENT_overspend, &given));
    finish_projection(&self);
}

static void an_event_of_nearly_all_futures_is_certain(void **state)
{
    (void)state;
    static const struct {
        const char *probability;
        bool certain;
    } rows[] = {{"100%", true}, {"20%", false}, {"0%", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char override[64];
        snprintf(override, sizeof override, "demand.emergency.probability=%s", rows[i].probability);
        const char *overrides[] = {override, NULL};
        projected self;
        start_projection(&self, CONTRACT, overrides, 1);
        assert_int_equal(bg_given_event_is_certain(self.projection, 0, 0, BG_EVENT_emergency),
                         rows[i].certain);
        finish_projection(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_known_from_the_draws_parts_them),
        cmocka_unit_test(an_emergency_lowers_expense_and_the_chance_of_an_overspend),
        cmocka_unit_test(nothing_is_said_of_few_futures_or_without_draws),
        cmocka_unit_test(an_event_of_nearly_all_futures_is_certain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
