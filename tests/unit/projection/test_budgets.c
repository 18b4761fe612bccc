/* Budgets on the central path, and what is said of them. */
#include "../../support/close.h"
#include "../../support/projected.h"
#include "../../support/says.h"
#include "projection/budgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The base is the mean, 1,609 / 3 million: grown by 8 % it is 579.24, and with the adjustment 599.24 million. */
static const char county[] = "history: {2022: 494M, 2023: 552M, 2024: 563M}\n"
                             "people: {residents: {count: 500000, growth: 0, growth_sd: 0}}\n"
                             "budget: {growth: 8%, adjustments: {extra: {amount: 20M}}}\n"
                             "simulation: {years: 1}\n";

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_budgets budget;
    bg_errors errors; /* of the budgets */
} fixture;

static void begin(fixture *self, const char *const *overrides)
{
    *self = (fixture){.scenario = parse_scenario(county, overrides)};
    bg_errors_init(&self->errors);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &self->errors), BG_OK);
    bg_errors_free(&self->errors); /* warnings */
    assert_int_equal(bg_model_budgets(&self->model, &self->budget, &self->errors), BG_OK);
}

static void end(fixture *self)
{
    bg_budgets_free(&self->budget);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static void the_first_budget_carries_its_adjustments(void **state)
{
    (void)state;
    fixture self;
    begin(&self, NULL);
    assert_close(self.budget.lag[0].carried, 599.24 * 3 / 1609 - 1, 1e-9);
    assert_close(self.budget.lag[0].unlimited, 599.24 * 3 / 1609 - 1, 1e-9);
    assert_int_equal(self.errors.count, 0);
    end(&self);
}

/* Income of 1,000 yuan a head: 500 million. */
static void where_the_income_limit_cuts_it_is_said(void **state)
{
    (void)state;
    fixture self;
    begin(&self, (const char *const[]){"budget.income_limit=100%",
                                       "pool[residents].income_per_head=1000", NULL});
    assert_close(self.budget.lag[0].carried, 500.0 * 3 / 1609 - 1, 1e-9);
    assert_close(self.budget.lag[0].unlimited, 599.24 * 3 / 1609 - 1, 1e-9);
    assert_int_equal(self.errors.count, 1);
    assert_true(self.errors.items[0].warning);
    assert_string_equal(self.errors.items[0].path, "budget.income_limit");
    assert_says_among_others(self.errors.items[0].message,
                             "in 2025 from 599,240,000.00 yuan to 500,000,000.00 yuan");
    end(&self);
}

static void a_limit_that_cuts_nothing_is_silent(void **state)
{
    (void)state;
    fixture self;
    begin(&self, (const char *const[]){"budget.income_limit=100%",
                                       "pool[residents].income_per_head=1250", NULL});
    assert_int_equal(self.errors.count, 0);
    end(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_budget_carries_its_adjustments),
        cmocka_unit_test(where_the_income_limit_cuts_it_is_said),
        cmocka_unit_test(a_limit_that_cuts_nothing_is_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
