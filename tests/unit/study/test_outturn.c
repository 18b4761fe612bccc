#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/outturn.h"

/* The residents' fund of the country with the outcome of 2025. */
static const char national[] =
    "money_unit: yi\n"
    "history: {2022: 9353.44, 2023: 10457.65, 2024: 10661.49}\n"
    "people: {residents: {count: 947137000}}\n"
    "pool: {residents: {income_per_head: 1215.9, balance: 8183.02}}\n"
    "simulation: {years: 3, replications: 1000}\n"
    "published: {2025: {expense: 10678.63, pool_balance: 8742.11, source: NHSA}, 2040: 1}\n";

static void naive_forecasts_are_those_of_a_pocket_calculator(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, national, NULL, 1);
    bg_published list[3];
    assert_int_equal(bg_published_read(&self.model, self.projection, list, 3),
                     1); /* 2040 is not projected */
    assert_int_equal(list[0].year, 2025);
    assert_int_equal(list[0].expense.published, 106786300000000);
    assert_string_equal(list[0].source, "NHSA");
    assert_close(list[0].forecast[BG_FORECAST_PROJECTION],
                 list[0].expense.projected->quantile[4].value, 0);
    assert_close(list[0].forecast[BG_FORECAST_LAST_YEAR], 10661.49e10, 1);
    /* 10,661.49 x sqrt(10,661.49 / 9,353.44) = 11,382.59 */
    assert_close(list[0].forecast[BG_FORECAST_OWN_GROWTH], 11382.59e10, 0.005e10);
    assert_close(list[0].forecast[BG_FORECAST_MEAN_OF_THREE], 10157.5266667e10, 1e5);
    assert_true(list[0].has_balance);
    assert_int_equal(list[0].balance.published, 87421100000000);
    assert_int_equal(bg_published_read(&self.model, self.projection, list, 0), 0);
    finish_projection(&self);
}

static void a_balance_without_income_is_not_held_against_the_projection(void **state)
{
    (void)state;
    projected self;
    start_projection(&self,
                     "history: {2024: 1亿}\nsimulation: {years: 1, replications: 10}\n"
                     "published: {2025: {expense: 1.1亿, pool_balance: 2亿}}\n",
                     NULL, 1);
    bg_published list[1];
    assert_int_equal(bg_published_read(&self.model, self.projection, list, 1), 1);
    assert_true(list[0].has_expense);
    assert_false(list[0].has_balance);
    assert_null(list[0].source);
    assert_close(list[0].forecast[BG_FORECAST_OWN_GROWTH], 1e10, 0); /* one year has no growth */
    finish_projection(&self);
}

static void an_outturn_on_the_edge_lies_inside(void **state)
{
    (void)state;
    assert_true(bg_outturn_inside(&(bg_outturn){10, 10, 20, NULL}));
    assert_true(bg_outturn_inside(&(bg_outturn){20, 10, 20, NULL}));
    assert_false(bg_outturn_inside(&(bg_outturn){9, 10, 20, NULL}));
    assert_false(bg_outturn_inside(&(bg_outturn){21, 10, 20, NULL}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(naive_forecasts_are_those_of_a_pocket_calculator),
        cmocka_unit_test(a_balance_without_income_is_not_held_against_the_projection),
        cmocka_unit_test(an_outturn_on_the_edge_lies_inside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
