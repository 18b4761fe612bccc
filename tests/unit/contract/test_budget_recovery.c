/* What a year leaves goes into the next year's total. Amounts are million yuan of a base of 100. */
#include "contract/chain.h"

#include "../../support/projected.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PLAN(limit)                                                                                \
    "settlement: [{carry_forward: {gain: 100%, recover: budget, limit: " limit "}}, {clear: "      \
    "{}}]\n"
#define BUDGET(growth, more)                                                                       \
    "history: {2024: 100M}\npeople: {residents: 130000}\nsimulation: {years: 3}\n"                 \
    "budget: {growth: {2025: 0%, later: " growth                                                   \
    "}, funds: {risk: {rate: 10%, carry_over: true}}" more "}\n"

enum { UNITS = 3 };

static const double people[UNITS] = {130000, 130000, 130000};

typedef struct fixture {
    bg_scenario *scenario;
    bg_contract contract;
    bg_chain chain;
    bg_errors errors;
} fixture;

static void open_fixture(fixture *self, const char *text)
{
    bg_errors_init(&self->errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contract_read(self->scenario, &self->contract, &self->errors), BG_OK);
    const bg_contract *contract = &self->contract;
    assert_int_equal(bg_chain_init(&self->chain, &contract, 1, NULL, UNITS), BG_OK);
    bg_chain_open(&self->chain, UNITS);
}

static void close_fixture(fixture *self)
{
    bg_chain_free(&self->chain);
    bg_contract_free(&self->contract);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

static bg_fen million(double amount)
{
    return (bg_fen)(amount * 1e8 + (amount < 0 ? -0.5 : 0.5));
}

static bg_status budget(fixture *self, size_t year, const double expense[UNITS], bg_years **years)
{
    bg_chain_begin(&self->chain, 0, year, NULL);
    *years = bg_chain_years(&self->chain, 0, 0);
    for (size_t u = 0; u < UNITS; u++) {
        (*years)->settlement.input[BG_INPUT_expense][u] = million(expense[u]);
    }
    (*years)->people = people;
    return bg_chain_budget(&self->chain, &self->errors);
}

static const bg_years *run(fixture *self, size_t year, const double expense[UNITS])
{
    bg_years *years;
    assert_int_equal(budget(self, year, expense, &years), BG_OK);
    assert_int_equal(bg_chain_settle(&self->chain, NULL, NULL), BG_OK);
    assert_int_equal(bg_chain_close(&self->chain, NULL), BG_OK);
    return years;
}

static void assert_amounts(const bg_fen *column, double a, double b, double c)
{
    assert_int_equal(column[0], million(a));
    assert_int_equal(column[1], million(b));
    assert_int_equal(column[2], million(c));
}

/* 90 of 100 are payable: 0, 5 and -15 are left. Of 110 no more than 11 are taken off, and 4 wait; the year after
 * grows from 110 in all three, 121, and takes what is left then: 0, -0.5 and 4 - 0.1. */
static void a_total_rises_and_falls_by_what_the_year_before_left(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, BUDGET("10%", "") PLAN("10%"));
    const bg_years *years = run(&f, 0, (const double[]){90, 85, 105});
    assert_amounts(years->balances.deficit, 0, -5, 15);
    assert_amounts(years->reserve, 0, 0, 0);
    years = run(&f, 1, (const double[]){99, 103, 89});
    assert_amounts(years->settlement.input[BG_INPUT_budget], 110, 115, 99);
    assert_amounts(years->settlement.fund_added[0], 11, 11.5, 9.9);
    assert_amounts(years->settlement.input[BG_INPUT_payable], 99, 103.5, 89.1);
    assert_amounts(years->settlement.input[BG_INPUT_prepaid], 99, 103.5, 89.1);
    assert_amounts(years->settlement.input[BG_INPUT_deficit], 0, 0, 4);
    assert_amounts(years->settlement.recovered, 0, -5, 11);
    assert_amounts(years->balances.deficit, 0, -0.5, 3.9);
    years = run(&f, 2, (const double[]){100, 100, 100});
    assert_amounts(years->settlement.input[BG_INPUT_budget], 121, 121.5, 117.1);
    close_fixture(&f);
}

/* 10 % of 100 in January: 6.75 a month. From July on 12 more: 102, of which 91.8 are payable and 40.5 paid. */
static void an_adjustment_comes_on_top_of_what_was_taken_off(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, BUDGET("0%", ", adjustments: {more: {amount: 12M, year: 2026, month: 7}}")
                         PLAN("10%"));
    run(&f, 0, (const double[]){105, 105, 105});
    const bg_years *years = run(&f, 1, (const double[]){91.8, 91.8, 91.8});
    assert_amounts(years->settlement.input[BG_INPUT_budget], 102, 102, 102);
    assert_amounts(years->budget.instalment[5], 6.75, 6.75, 6.75);
    assert_amounts(years->budget.instalment[6], 8.55, 8.55, 8.55);
    years = run(&f, 2, (const double[]){100, 100, 100});
    assert_amounts(years->settlement.input[BG_INPUT_budget], 107, 107, 107);
    close_fixture(&f);
}

/* A total of 80 that was contracted holds it too: 80 - 8, and 7 of the 15 wait. */
static void a_contracted_total_holds_it_too(void **state)
{
    (void)state;
    fixture f = {0};
    const bg_fen contracted[UNITS] = {million(80), million(80), million(80)};
    open_fixture(&f, BUDGET("0%", "") PLAN("10%"));
    run(&f, 0, (const double[]){105, 105, 105});
    bg_chain_begin(&f.chain, 0, 1, NULL);
    bg_years *years = bg_chain_years(&f.chain, 0, 0);
    years->people = people;
    years->contracted = contracted;
    assert_int_equal(bg_chain_budget(&f.chain, &f.errors), BG_OK);
    assert_amounts(years->settlement.input[BG_INPUT_budget], 72, 72, 72);
    assert_amounts(years->settlement.input[BG_INPUT_deficit], 7, 7, 7);
    close_fixture(&f);
}

static void a_year_without_a_limit_is_an_error(void **state)
{
    (void)state;
    fixture f = {0};
    bg_years *years;
    open_fixture(&f, BUDGET("0%", "") PLAN("{2025: 10%}"));
    run(&f, 0, (const double[]){90, 90, 90});
    assert_int_equal(budget(&f, 1, (const double[]){90, 90, 90}, &years), BG_MISSING);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_rises_and_falls_by_what_the_year_before_left),
        cmocka_unit_test(an_adjustment_comes_on_top_of_what_was_taken_off),
        cmocka_unit_test(a_contracted_total_holds_it_too),
        cmocka_unit_test(a_year_without_a_limit_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
