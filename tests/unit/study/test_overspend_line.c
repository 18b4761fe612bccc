/* From which expense on a year overspends, beside the worked example of the rules. */
#include "../../support/projected.h"

#include "study/overspend_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* T = 115.5, payable 109.725 million; the score of 85 releases 80 % of the guarantee fund of 3.465: 2.772. */
static const char guangdong[] = "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
                                "people: {residents: 130000}\n"
                                "budget: {growth: {2025: 5%, later: 4%}, growth_cap: 3.5%}\n"
                                "performance: {score: {2025: 85, later: 55}}\n"
                                "simulation: {years: 3}\n";

static const bg_known_years nothing;

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_errors errors;
} fixture;

static fixture open_fixture(const char *text)
{
    fixture self;
    bg_errors_init(&self.errors);
    self.scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self.scenario, &self.model, &self.errors), BG_OK);
    return self;
}

static void close_fixture(fixture *self)
{
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void the_line_is_payable_and_what_is_released_to_the_fen(void **state)
{
    (void)state;
    fixture self = open_fixture(guangdong);
    bg_overspend_line line;
    assert_int_equal(bg_overspend_lines_find(&self.model, 0, &nothing, &line, &self.errors), BG_OK);
    assert_true(line.found);
    assert_int_equal(line.budget, 11550000000);
    assert_int_equal(line.payable, 10972500000);
    assert_in_range(line.line, 10972500000 + 277200000 - 13, 10972500000 + 277200000);
    close_fixture(&self);
}

/* Of later years all before them go as expected; the score of 55 releases nothing of 2026. */
static void a_later_year_has_the_budget_of_its_own(void **state)
{
    (void)state;
    fixture self = open_fixture(guangdong);
    bg_overspend_line line;
    assert_int_equal(bg_overspend_lines_find(&self.model, 1, &nothing, &line, &self.errors), BG_OK);
    assert_int_equal(line.budget, 11954250000);
    assert_in_range(line.line, 11356537500 - 13, 11356537500);
    close_fixture(&self);
}

/* A rolling budget: the mean of 100 and what 2025 came to, where that is known, grown by nothing. */
static void years_that_are_known_count_for_budgets_that_roll(void **state)
{
    (void)state;
    fixture self = open_fixture("history: {2023: 100M, 2024: 100M}\npeople: {residents: 100000}\n"
                                "budget: {growth: 0%, later_rule: rolling}\n"
                                "simulation: {years: 2}\n");
    const bg_known_years known = {.paid = {{13000000000.0}}};
    bg_overspend_line line;
    assert_int_equal(bg_overspend_lines_find(&self.model, 1, &known, &line, &self.errors), BG_OK);
    assert_in_range(line.budget, 11000000000 - 10, 11000000000 + 10);
    close_fixture(&self);
}

/* Payable 95 and released 3 million; of the expense 2 % are the community's own, so that 98 % of it may be 98 million. */
static void disallowed_expense_moves_the_line(void **state)
{
    (void)state;
    fixture self = open_fixture("history: {2024: 100M}\npeople: {residents: 100000}\n"
                                "budget: {growth: 0%}\ndemand: {disallowed: 2%}\n"
                                "simulation: {years: 1}\n");
    bg_overspend_line line;
    assert_int_equal(bg_overspend_lines_find(&self.model, 0, &nothing, &line, &self.errors), BG_OK);
    assert_true(line.found);
    assert_in_range(line.line, 10000000000 - 100, 10000000000 + 100);
    close_fixture(&self);
}

/* Of 118 million with neither emergency nor disallowed expense: 109.725 + 2.772 - 118 = -5.503, of which the community
 * bears 30 %, as 5 % of the total is 5.775. */
static void the_result_is_that_of_the_settlement(void **state)
{
    (void)state;
    fixture self = open_fixture(guangdong);
    static const bg_fen expense[] = {11800000000, 11249700000, 11500000000};
    bg_fen result[BG_RESULTS_AT];
    assert_int_equal(bg_result_at(&self.model, 0, &nothing, 0, expense, result, &self.errors),
                     BG_OK);
    assert_in_range(-result[0], 165090000 - 100, 165090000 + 100);
    assert_in_range(result[1] + 100, 0, 200);
    close_fixture(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_line_is_payable_and_what_is_released_to_the_fen),
        cmocka_unit_test(a_later_year_has_the_budget_of_its_own),
        cmocka_unit_test(years_that_are_known_count_for_budgets_that_roll),
        cmocka_unit_test(disallowed_expense_moves_the_line),
        cmocka_unit_test(the_result_is_that_of_the_settlement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
