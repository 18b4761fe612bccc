/* One scheme carried through its years with demand given by hand. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include "projection/worker.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The worked example of the Guangdong rule, its disallowed 0.5 million being 0.5 % of what is neither
 * emergency nor rebound: 118 - 4 - 14 million. */
static const char guangdong[] = "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
                                "people: {residents: 130000}\n"
                                "budget: {growth: {2025: 5%, later: 4%}, growth_cap: 3.5%}\n"
                                "performance: {score: {2025: 85, later: 55}}\n"
                                "demand: {disallowed: 0.5%}\n"
                                "simulation: {years: 3}\n";

typedef struct fixture {
    bg_scenario *scenario;
    bg_model model;
    bg_worker *worker;
    const bg_draws *draws;
    char message[256]; /* of the error of the year run last */
} fixture;

static void open_fixture(fixture *self, const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    self->scenario = parse_scenario(text, NULL);
    assert_int_equal(bg_model_read(self->scenario, &self->model, &errors), BG_OK);
    self->worker = bg_worker_new(&(bg_parties){.member = &self->model, .count = 1}, NULL, 1);
    assert_non_null(self->worker);
    self->draws = bg_worker_draws(self->worker, 0);
    bg_worker_open(self->worker, 1);
    bg_errors_free(&errors);
}

static void close_fixture(fixture *self)
{
    bg_worker_free(self->worker);
    bg_model_free(&self->model);
    bg_scenario_free(self->scenario);
}

/* Amounts of a year in yuan; the expense falls into one month. */
typedef struct demand {
    bg_fen expense, emergency, rebound, outside, patients, disallowed;
} demand;

static const bg_demand_columns *demand_of(const fixture *self, size_t year)
{
    return bg_block_demand(bg_worker_member(self->worker, 0), 0, year);
}

static bg_status run_year(fixture *self, size_t year, const demand *given)
{
    const bg_demand_columns *columns = demand_of(self, year);
    columns->expense[3][0] = (given->expense - (columns->outside_apart ? given->outside : 0)) * 100;
    columns->emergency[0] = given->emergency * 100;
    columns->rebound[0] = given->rebound * 100;
    columns->outside[0] = given->outside * 100;
    columns->patients[0] = given->patients * 100;
    columns->disallowed[0] = given->disallowed * 100;
    columns->people[0] = 130000;
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_status status = bg_worker_year(self->worker, 0, year, &errors);
    assert_int_equal(errors.error_count, status == BG_OK ? 0 : 1);
    snprintf(self->message, sizeof self->message, "%s", status ? errors.items[0].message : "");
    bg_errors_free(&errors);
    return status;
}

static bg_fen outcome(const fixture *self, size_t year, size_t index)
{
    return *bg_draws_outcome(self->draws, 0, year, index);
}

static bool happened(const fixture *self, size_t year, bg_event event)
{
    return *bg_draws_event(self->draws, 0, year) >> event & 1;
}

static void first_year_is_the_worked_example(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, guangdong);
    const demand year = {.expense = 118000000,
                         .emergency = 4000000,
                         .rebound = 14000000,
                         .outside = 20000000,
                         .patients = 50000000,
                         .disallowed = 500000};
    assert_int_equal(run_year(&f, 0, &year), BG_OK);
    assert_true(outcome(&f, 0, BG_OUTCOME_budget) == 11550000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_payable) == 10972500000);
    assert_true(outcome(&f, 0, BG_OUTCOME_disallowed) == 50000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_released) == 277200000);
    assert_true(outcome(&f, 0, BG_OUTCOME_covered) == 231000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_balance) == -269300000);
    assert_true(outcome(&f, 0, BG_OUTCOME_result) == -80790000);
    assert_true(outcome(&f, 0, BG_OUTCOME_shared) == 188510000);
    assert_true(outcome(&f, 0, BG_OUTCOME_reserve) == -80790000);
    /* 6.9671 million, less 20 million that the pool paid to providers outside. */
    assert_true(outcome(&f, 0, BG_OUTCOME_clearing) == 696710000 - 2000000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_patients) == 5000000000);
    /* Institutions: result less disallowed. */
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT + 2) == -48474000 - 30000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT + 3) == -24237000 - 15000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT + 4) == -8079000 - 5000000);
    /* March ends with three instalments of 9.14375 million (no past care was outside, so that none is
     * expected), April with the 98 million spent in the county. */
    assert_true(*bg_draws_cash(f.draws, 0, 0, 2) == 3 * INT64_C(914375000));
    assert_true(*bg_draws_cash(f.draws, 0, 0, 3) == 4 * INT64_C(914375000) - 9800000000);
    assert_true(*bg_draws_cash(f.draws, 0, 0, 11) == 10972500000 - 9800000000);
    /* With the clearing, 11.725 - 13.0329: the loss of 0.8079 and the 0.5 million disallowed. */
    assert_true(10972500000 - 9800000000 + (696710000 - 2000000000) == -80790000 - 50000000);
    assert_true(happened(&f, 0, BG_EVENT_risk_exhausted));
    close_fixture(&f);
}

/* The same year: 118 million come out of the instalments, and only these off the entitlement. */
static void a_community_that_pays_outside_is_cleared_for_all_of_it(void **state)
{
    (void)state;
    char text[sizeof guangdong + 64];
    snprintf(text, sizeof text, "%s", guangdong);
    char *budget = strstr(text, "budget: {");
    assert_non_null(budget);
    const char *rest = strstr(guangdong, "growth: {2025");
    sprintf(budget, "budget: {prepayment: {outside: community}, %s", rest);
    fixture f = {0};
    open_fixture(&f, text);
    const demand year = {.expense = 118000000,
                         .emergency = 4000000,
                         .rebound = 14000000,
                         .outside = 20000000,
                         .disallowed = 500000};
    assert_int_equal(run_year(&f, 0, &year), BG_OK);
    assert_true(outcome(&f, 0, BG_OUTCOME_outside) == 2000000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_expense) == 11800000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_result) == -80790000);
    assert_true(outcome(&f, 0, BG_OUTCOME_clearing) == 696710000);
    assert_true(*bg_draws_cash(f.draws, 0, 0, 3) == 4 * INT64_C(914375000) - 11800000000);
    assert_true(*bg_draws_cash(f.draws, 0, 0, 11) == 10972500000 - 11800000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_lowest_cash) == 4 * INT64_C(914375000) - 11800000000);
    close_fixture(&f);
}

/* A quiet year fills the risk fund; an emergency in the next may draw on both years' money. A score
 * below 60 releases nothing. */
static void funds_and_totals_carry_over_to_the_next_year(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, guangdong);
    const demand quiet = {.expense = 100000000};
    const demand shaken = {.expense = 140000000, .emergency = 10000000, .disallowed = 650000};
    assert_int_equal(run_year(&f, 0, &quiet), BG_OK);
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT + 1) == 231000000);
    assert_false(happened(&f, 0, BG_EVENT_risk_exhausted));
    assert_int_equal(run_year(&f, 1, &shaken), BG_OK);
    assert_true(outcome(&f, 1, BG_OUTCOME_budget) == 11954250000);
    assert_true(outcome(&f, 1, BG_OUTCOME_released) == 0);
    assert_true(outcome(&f, 1, BG_OUTCOME_disallowed) == 65000000);
    assert_true(outcome(&f, 1, BG_OUTCOME_covered) == 231000000 + 239085000);
    assert_true(outcome(&f, 1, BG_OUTCOME_COUNT + 1) == 0);
    assert_true(happened(&f, 1, BG_EVENT_risk_exhausted));
    /* Opening again forgets both. */
    bg_worker_open(f.worker, 1);
    assert_int_equal(run_year(&f, 0, &quiet), BG_OK);
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT + 1) == 231000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_reserve) == outcome(&f, 0, BG_OUTCOME_result));
    assert_true(outcome(&f, 0, BG_OUTCOME_shared_total) == outcome(&f, 0, BG_OUTCOME_shared));
    close_fixture(&f);
}

/* A fund that gets nothing but starts with a million. With `include_rebound` returning care counts
 * as emergency. */
static void opening_balance_covers_rebound_until_it_is_used_up(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f,
                 "history: {2024: 100M}\n"
                 "people: {residents: 130000}\n"
                 "budget: {growth: 0%, funds: {risk: {rate: 0%, carry_over: true, opening: 1M}}}\n"
                 "settlement: [{cover_emergency: {fund: risk, include_rebound: true}},\n"
                 "             {share_overspend: {}}, {split: {hospital: 100%}}, {clear: {}}]\n"
                 "simulation: {years: 3}\n");
    const demand returning = {.expense = 105000000, .rebound = 600000};
    assert_int_equal(run_year(&f, 0, &returning), BG_OK);
    assert_true(outcome(&f, 0, BG_OUTCOME_covered) == 60000000);
    assert_true(outcome(&f, 0, BG_OUTCOME_COUNT) == 40000000);
    assert_false(happened(&f, 0, BG_EVENT_risk_exhausted));
    assert_int_equal(run_year(&f, 1, &returning), BG_OK);
    assert_true(outcome(&f, 1, BG_OUTCOME_covered) == 40000000);
    assert_true(happened(&f, 1, BG_EVENT_risk_exhausted));
    assert_int_equal(run_year(&f, 2, &returning), BG_OK);
    assert_false(happened(&f, 2, BG_EVENT_risk_exhausted)); /* it was empty before */
    close_fixture(&f);
}

/* 115.5 million is the budget: one fen more is over it. */
static void expense_equal_to_the_budget_is_not_over_it(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, guangdong);
    assert_int_equal(run_year(&f, 0, &(demand){.expense = 115500000}), BG_OK);
    assert_false(happened(&f, 0, BG_EVENT_over_budget));
    assert_true(outcome(&f, 0, BG_OUTCOME_over_budget) == 0);
    demand_of(&f, 0)->expense[0][0] = 1;
    bg_worker_open(f.worker, 1);
    assert_int_equal(run_year(&f, 0, &(demand){.expense = 115500000}), BG_OK);
    assert_true(happened(&f, 0, BG_EVENT_over_budget));
    assert_true(outcome(&f, 0, BG_OUTCOME_over_budget) == 1);
    close_fixture(&f);
}

/* 2024 is neither past nor budgeted. In millions: (100 + 120) / 2 and (120 + 140) / 2, each x 1.1. */
static void a_rolling_budget_skips_years_between_the_past_and_the_first(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, "history: {2022: 90M, 2023: 100M}\n"
                     "budget: {later_rule: rolling, growth: {2025: 0%, later: 10%}}\n"
                     "simulation: {first_year: 2025, years: 3}\n");
    assert_int_equal(run_year(&f, 0, &(demand){.expense = 120000000}), BG_OK);
    assert_int_equal(run_year(&f, 1, &(demand){.expense = 140000000}), BG_OK);
    assert_int_equal(run_year(&f, 2, &(demand){.expense = 1}), BG_OK);
    assert_int_equal(outcome(&f, 1, BG_OUTCOME_budget), 12100000000);
    assert_int_equal(outcome(&f, 2, BG_OUTCOME_budget), 14300000000);
    close_fixture(&f);
}

static void amounts_beyond_64_bits_are_refused(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, guangdong);
    bg_worker_years(f.worker, 0, 0)->reserve[0] = INT64_MIN;
    assert_int_equal(run_year(&f, 0, &(demand){.expense = 150000000}), BG_OVERFLOW);
    close_fixture(&f);
}

static void what_a_settlement_refuses_is_told_with_scheme_and_year(void **state)
{
    (void)state;
    fixture f = {0};
    open_fixture(&f, guangdong);
    demand_of(&f, 0)->expense[7][0] = INT64_MAX / 8;
    assert_int_equal(run_year(&f, 0, &(demand){.expense = 1}), BG_OVERFLOW);
    assert_says_among_others(f.message, "the settlement of residents in 2025: expense is ");
    assert_null(strstr(f.message, "unit"));
    close_fixture(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_year_is_the_worked_example),
        cmocka_unit_test(a_community_that_pays_outside_is_cleared_for_all_of_it),
        cmocka_unit_test(funds_and_totals_carry_over_to_the_next_year),
        cmocka_unit_test(opening_balance_covers_rebound_until_it_is_used_up),
        cmocka_unit_test(expense_equal_to_the_budget_is_not_over_it),
        cmocka_unit_test(a_rolling_budget_skips_years_between_the_past_and_the_first),
        cmocka_unit_test(amounts_beyond_64_bits_are_refused),
        cmocka_unit_test(what_a_settlement_refuses_is_told_with_scheme_and_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
