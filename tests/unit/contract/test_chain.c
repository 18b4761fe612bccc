/* The chain of years, without any demand: what happened is written by hand. */
#include "contract/chain.h"

#include "../../support/close.h"
#include "../../support/projected.h"
#include "contract/budgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

/* A fund of 10 % that pays for emergencies and is carried over; the rest of a loss is the community's and
 * half of it is carried on as deficit. */
static const char carried[] = "history: {2024: 100M}\n"
                              "people: {residents: 130000}\n"
                              "budget: {growth: 0%, later_rule: previous_total,\n"
                              "         funds: {risk: {rate: 10%, carry_over: true}}}\n"
                              "settlement: [{cover_emergency: {fund: risk}},\n"
                              "             {carry_forward: {share: 50%, at_end: charge}},\n"
                              "             {split: {hospital: 100%}}, {clear: {}}]\n"
                              "simulation: {years: 3}\n";

typedef struct fixture {
    bg_scenario *scenario;
    bg_contract contract;
    bg_chain chain;
} fixture;

static const bg_contract *read_contract(fixture *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_contract_read(self->scenario, &self->contract, &errors), BG_OK);
    bg_errors_free(&errors);
    return &self->contract;
}

static void open_fixture(fixture *self, const char *text, size_t n)
{
    const bg_contract *contract = read_contract(self, text);
    assert_int_equal(bg_chain_init(&self->chain, &contract, 1, NULL, n), BG_OK);
    bg_chain_open(&self->chain, n);
}

static void close_fixture(fixture *self)
{
    bg_chain_free(&self->chain);
    bg_contract_free(&self->contract);
    bg_scenario_free(self->scenario);
}

enum { MOST = 3 }; /* units */

static const double people[MOST] = {130000, 130000, 130000};

/* A year in which unit u spends expense[u] million, of which emergency[u] million for an emergency. */
static bg_years *begin_year(fixture *self, size_t year, const int expense[MOST],
                            const int emergency[MOST])
{
    bg_chain_begin(&self->chain, 0, year, NULL);
    bg_years *years = bg_chain_years(&self->chain, 0, 0);
    for (size_t u = 0; u < years->n; u++) {
        years->settlement.input[BG_INPUT_expense][u] = expense[u] * INT64_C(100000000);
        years->settlement.input[BG_INPUT_emergency][u] = emergency[u] * INT64_C(100000000);
    }
    years->people = people;
    return years;
}

static void run_year(fixture *self, size_t year, const int expense[MOST], const int emergency[MOST])
{
    begin_year(self, year, expense, emergency);
    assert_int_equal(bg_chain_budget(&self->chain, NULL), BG_OK);
    assert_int_equal(bg_chain_settle(&self->chain, NULL, NULL), BG_OK);
    assert_int_equal(bg_chain_close(&self->chain, NULL), BG_OK);
}

static bg_fen million(double amount)
{
    return (bg_fen)(amount * 1e8);
}

/* Payable is 90 of 100. Unit 0 spends that; unit 1 has an emergency of 15, which takes the fund's 10; unit 2
 * loses 8, of which 4 are carried on. */
static void each_unit_starts_from_what_its_own_year_left(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, carried, 3);
    run_year(&f, 0, (const int[MOST]){90, 105, 98}, (const int[MOST]){0, 15, 0});
    const bg_years *years =
        begin_year(&f, 1, (const int[MOST]){90, 90, 90}, (const int[MOST]){0, 0, 0});
    const bg_fen *opening = years->settlement.fund_opening[0];
    const bg_fen *deficit = years->settlement.input[BG_INPUT_deficit];
    assert_true(opening[0] == million(10) && opening[1] == 0 && opening[2] == million(10));
    assert_true(deficit[0] == 0 && deficit[1] == million(2.5) && deficit[2] == million(4));
    assert_int_equal(bg_chain_budget(&f.chain, NULL), BG_OK);
    assert_int_equal(bg_chain_settle(&f.chain, NULL, NULL), BG_OK);
    assert_int_equal(bg_chain_close(&f.chain, NULL), BG_OK);
    assert_true(years->balances.fund[0][0] == million(20));
    assert_true(years->balances.fund[0][1] == million(10));
    /* Losses so far, less what was carried on: nothing, 2.5 and 4. */
    assert_true(years->reserve[0] == 0 && years->reserve[1] == -million(2.5));
    assert_true(years->reserve[2] == -million(4));
    /* Opening again forgets it. */
    bg_chain_open(&f.chain, 2);
    years = begin_year(&f, 0, (const int[MOST]){90, 90, 0}, (const int[MOST]){0, 0, 0});
    assert_int_equal(years->n, 2);
    assert_true(years->settlement.fund_opening[0][0] == 0 && years->reserve[1] == 0);
    close_fixture(&f);
}

/* A loss of 10 can be made up in two years and then lapses: untouched, of a gain of 4, and beside a loss of 5 a year
 * younger, of which a gain of 12 takes the older first. */
static void a_loss_lapses_when_its_years_are_over(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(
        &f,
        "history: {2024: 100M}\npeople: {residents: 130000}\n"
        "budget: {growth: 0%, later_rule: previous_total, funds: {none: 0%}}\n"
        "settlement: [{carry_forward: {share: 100%, years: 2, at_end: forgive}}, {clear: {}}]\n"
        "simulation: {years: 5}\n",
        3);
    static const int none[MOST] = {0};
    static const int expense[][MOST] = {{110, 110, 110}, {100, 96, 105}, {100, 100, 88}};
    static const double left[][MOST] = {{10, 10, 10}, {10, 6, 15}, {0, 0, 3}};
    for (size_t year = 0; year < 3; year++) {
        run_year(&f, year, expense[year], none);
        const bg_fen *deficit = bg_chain_years(&f.chain, 0, 0)->balances.deficit;
        for (size_t u = 0; u < MOST; u++) {
            assert_int_equal(deficit[u], million(left[year][u]));
        }
    }
    close_fixture(&f);
}

static void a_year_that_is_not_settled_leaves_nothing(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, carried, 1);
    run_year(&f, 0, (const int[MOST]){98}, (const int[MOST]){0});
    const bg_years *years = begin_year(&f, 1, (const int[MOST]){90}, (const int[MOST]){0});
    assert_true(years->follows && years->settlement.fund_opening[0][0] == million(10));
    assert_int_equal(bg_chain_budget(&f.chain, NULL), BG_OK);
    assert_int_equal(bg_chain_close(&f.chain, NULL), BG_OK);
    years = begin_year(&f, 2, (const int[MOST]){90}, (const int[MOST]){0});
    assert_false(years->follows);
    assert_true(years->settlement.fund_opening[0][0] == 0);
    assert_true(years->settlement.input[BG_INPUT_deficit][0] == 0);
    assert_true(years->settlement.contract_end);
    close_fixture(&f);
}

static void a_total_that_was_contracted_takes_the_place_of_the_computed_one(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, carried, 1);
    const bg_fen contracted = million(120);
    bg_years *years = begin_year(&f, 0, (const int[MOST]){90}, (const int[MOST]){0});
    years->contracted = &contracted;
    assert_int_equal(bg_chain_budget(&f.chain, NULL), BG_OK);
    assert_true(years->settlement.input[BG_INPUT_budget][0] == million(120));
    assert_true(years->settlement.input[BG_INPUT_payable][0] == million(108));
    assert_true(years->settlement.input[BG_INPUT_prepaid][0] == million(108));
    assert_true(years->budget.instalment[11][0] == million(9));
    assert_int_equal(bg_chain_close(&f.chain, NULL), BG_OK);
    /* The next year grows from it. */
    years = begin_year(&f, 1, (const int[MOST]){90}, (const int[MOST]){0});
    assert_int_equal(bg_chain_budget(&f.chain, NULL), BG_OK);
    assert_true(years->settlement.input[BG_INPUT_budget][0] == million(120));
    close_fixture(&f);
}

/* 2024 is neither past nor budgeted. In millions: (100 + 120) / 2 and (120 + 140) / 2, each x 1.1. */
static void budgets_roll_on_what_is_known(void **state)
{
    (void)state;
    fixture f = {0};
    const bg_contract *contract =
        read_contract(&f, "history: {2022: 90M, 2023: 100M}\n"
                          "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
                          "simulation: {first_year: 2025, years: 3}\n");
    const bg_expected_year expected[] = {{.expense = million(120), .people = 1000, .total = -1},
                                         {.expense = million(140), .people = 1000, .total = -1},
                                         {.expense = million(1), .people = 1000, .total = -1}};
    bg_budgets budgets;
    assert_int_equal(bg_budgets_compute(&contract, 1, NULL,
                                        (const bg_expected_year *const[]){expected}, &budgets,
                                        NULL),
                     BG_OK);
    assert_true(bg_budgets_year(&budgets, 0, 1)->total == million(121));
    assert_true(bg_budgets_year(&budgets, 0, 2)->total == million(143));
    assert_int_equal(bg_budgets_year(&budgets, 0, 2)->year, 2027);
    assert_true(budgets.lines[0].count > 6);
    bg_budgets_free(&budgets);
    bg_budgets_free(&budgets);
    close_fixture(&f);
}

/* Growth of 5 % a year, but that the second year has a fifth more for itself. Standing still needs
 * 2 / (1 / 1.05 + 1 / 1.05^2) - 1 = 7.561 % over a base of the two years before. */
static void one_year_out_of_line_does_not_move_the_trend(void **state)
{
    (void)state;
    fixture f = {0};
    const bg_contract *contract = read_contract(&f, "history: {2022: 90M, 2023: 100M}\n"
                                                    "budget: {growth: 5%}\n"
                                                    "simulation: {first_year: 2024, years: 4}\n");
    bg_expected_year expected[4];
    const bg_fen expense[4] = {million(105), 13230000000, 11576250000, 12155062500};
    for (size_t y = 0; y < 4; y++) {
        expected[y] = (bg_expected_year){.expense = expense[y], .people = 1000, .total = -1};
    }
    bg_budgets budgets;
    assert_int_equal(bg_budgets_compute(&contract, 1, NULL,
                                        (const bg_expected_year *const[]){expected}, &budgets,
                                        NULL),
                     BG_OK);
    assert_close(budgets.lag[0].trend, 0.05, 1e-12);
    assert_close(budgets.lag[0].needed, 2 / (1 / 1.05 + 1 / (1.05 * 1.05)) - 1, 1e-12);
    bg_budgets_free(&budgets);
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_unit_starts_from_what_its_own_year_left),
        cmocka_unit_test(a_loss_lapses_when_its_years_are_over),
        cmocka_unit_test(a_year_that_is_not_settled_leaves_nothing),
        cmocka_unit_test(a_total_that_was_contracted_takes_the_place_of_the_computed_one),
        cmocka_unit_test(budgets_roll_on_what_is_known),
        cmocka_unit_test(one_year_out_of_line_does_not_move_the_trend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
