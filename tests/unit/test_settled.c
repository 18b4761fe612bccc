/* Years settled with what became known of them; amounts worked by hand. */
#include "../support/projected.h"

#include "report/settled.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define YUAN    INT64_C(100)
#define MILLION (1000000 * YUAN)

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_settled_list list;
} fixture;

static void open_fixture(fixture *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    assert_int_equal(bg_settle_actuals(self->scenario, &self->model, 0, &self->list, &errors),
                     BG_OK);
    bg_errors_free(&errors);
}

static void close_fixture(fixture *self)
{
    bg_settled_list_free(&self->list);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

static int64_t input(const fixture *self, size_t settled, bg_settlement_input input)
{
    assert_true(settled < self->list.count);
    return self->list.items[settled].block.input[input][0];
}

static void a_rolling_budget_takes_the_mean_of_the_years_there_are(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f, "history: {2024: 100M}\n"
                     "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
                     "simulation: {years: 2}\n"
                     "actual: {2025: 120M, 2026: 120M}\n");
    assert_int_equal(input(&f, 1, BG_INPUT_budget), 121 * MILLION); /* (100 + 120) / 2 x 1.1 */
    close_fixture(&f);
}

static void a_rolling_budget_skips_years_between_the_past_and_the_first(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f, "history: {2022: 90M, 2023: 100M}\n"
                     "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
                     "simulation: {first_year: 2025, years: 3}\n"
                     "actual: {2025: 120M, 2026: 140M, 2027: 1M}\n");
    assert_int_equal(input(&f, 1, BG_INPUT_budget), 121 * MILLION); /* (100 + 120) / 2 x 1.1 */
    assert_int_equal(input(&f, 2, BG_INPUT_budget), 143 * MILLION); /* (120 + 140) / 2 x 1.1 */
    close_fixture(&f);
}

static void instalments_of_a_contracted_total_are_its_own(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f, "people: {residents: 1000}\nhistory: {2024: 0.03}\n"
                     "budget: {growth: 0%, prepayment: {ratio: 90%, funds: earmarked}}\n"
                     "actual: {2025: {residents: {expense: 1000, budget: 1000}}}\n");
    assert_int_equal(input(&f, 0, BG_INPUT_budget), 1000 * YUAN);
    assert_int_equal(input(&f, 0, BG_INPUT_payable), 950 * YUAN);
    assert_int_equal(input(&f, 0, BG_INPUT_prepaid), 900 * YUAN);
    close_fixture(&f);
}

static void funds_take_no_more_than_a_contracted_total(void **state)
{
    (void)state;
    fixture f;
    open_fixture(&f, "people: {residents: 1000}\nhistory: {2024: 1000}\n"
                     "budget: {growth: 0%, funds: {a: 50%, b: 50%}}\n"
                     "settlement: [{clear: {}}]\n"
                     "actual: {2025: {residents: {expense: 1000, budget: 1000.01}}}\n");
    assert_int_equal(input(&f, 0, BG_INPUT_payable), 0);
    assert_int_equal(f.list.items[0].block.fund_added[0][0], 500 * YUAN + 1);
    assert_int_equal(f.list.items[0].block.fund_added[1][0], 500 * YUAN);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rolling_budget_takes_the_mean_of_the_years_there_are),
        cmocka_unit_test(a_rolling_budget_skips_years_between_the_past_and_the_first),
        cmocka_unit_test(instalments_of_a_contracted_total_are_its_own),
        cmocka_unit_test(funds_take_no_more_than_a_contracted_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
