/* The years of a pooled fund: by hand where all is certain, else against the draws one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/projected.h"
#include "study/pool_year.h"

#include <string.h>

#define MILLION INT64_C(100000000)

/* The community keeps what it saves and bears what it overspends: the pool pays 100 million a year for its
 * 100,000 people, and what it spends elsewhere; 120 million come in. */
#define CERTAIN(pool)                                                                              \
    "history: {2024: 100M}\n"                                                                      \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0}}\n"                             \
    "budget: {growth: 0%, funds: {}, income_limit: 200%}\n"                                        \
    "settlement: [{clear: {}}]\n"                                                                  \
    "pool: {residents: {income_per_head: 1200, growth: 0%, balance: 30M, " pool "}}\n"             \
    "simulation: {years: 2, replications: 1000}\n"

static bg_pool_year year_of(const projected *self, size_t scheme, size_t year)
{
    bg_pool_year found;
    assert_int_equal(bg_pool_year_find(&self->model, self->projection, scheme, year, &found),
                     BG_OK);
    return found;
}

static void assert_certain(const bg_statistics *s, bg_fen expected)
{
    assert_true(s->minimum == expected && s->maximum == expected && s->mean == (double)expected);
}

/* 2025: 100 + 8 spent, 12 left, 30 + 12 = 42, which are 42 / 9 = 4.6667 months.
 * 2026: 100 + 24 spent, 4 lacking, 38, which are 38 / 10.3333 = 3.6774 months. */
static void a_year_is_worked_by_hand(void **state)
{
    (void)state;
    projected self;
    start_projection(&self, CERTAIN("outside_spending: {2025: 8M, later: 24M}"), NULL, 1);
    static const struct {
        bg_fen spent, surplus, balance;
        int64_t months;
    } expected[] = {{108, 12, 42, 46667}, {124, -4, 38, 36774}};
    for (size_t year = 0; year < 2; year++) {
        const bg_pool_year found = year_of(&self, 0, year);
        assert_true(found.known);
        assert_certain(&found.income, 120 * MILLION);
        assert_certain(&found.spent, expected[year].spent * MILLION);
        assert_certain(&found.surplus, expected[year].surplus * MILLION);
        assert_certain(&found.balance, expected[year].balance * MILLION);
        assert_certain(&found.months, expected[year].months);
        assert_int_equal(found.chance[BG_POOL_DEFICIT].hits, year ? 1000 : 0);
        assert_int_equal(found.chance[BG_POOL_DEBT].hits, 0);
        assert_int_equal(found.chance[BG_POOL_SURPLUS_BEYOND].hits, 0);
        assert_int_equal(found.chance[BG_POOL_BALANCE_BEYOND].hits, 1000);
    }
    finish_projection(&self);
}

/* 12 are 10 % of 120, and 42 are 35 %: at the bound is not beyond it. */
static void a_bound_is_crossed_above_it_alone(void **state)
{
    (void)state;
    static const struct {
        const char *surplus, *balance;
        size_t hits;
    } cases[] = {
        {"pool[residents].bounds.surplus=10%", "pool[residents].bounds.balance=35%", 0},
        {"pool[residents].bounds.surplus=9.9999999%", "pool[residents].bounds.balance=34.9999999%",
         1000},
    };
    for (size_t i = 0; i < 2; i++) {
        const char *const overrides[] = {cases[i].surplus, cases[i].balance, NULL};
        projected self;
        start_projection(&self, CERTAIN("outside_spending: 8M"), overrides, 1);
        const bg_pool_year found = year_of(&self, 0, 0);
        assert_int_equal(found.chance[BG_POOL_SURPLUS_BEYOND].hits, cases[i].hits);
        assert_int_equal(found.chance[BG_POOL_BALANCE_BEYOND].hits, cases[i].hits);
        finish_projection(&self);
    }
}

/* -200 + 12 = -188, which are -188 / 9 = -20.8889 months. */
static void a_debt_has_months_below_zero(void **state)
{
    (void)state;
    projected self;
    static const char *const debt[] = {"pool[residents].balance=-200M", NULL};
    start_projection(&self, CERTAIN("outside_spending: 8M"), debt, 1);
    const bg_pool_year found = year_of(&self, 0, 0);
    assert_certain(&found.balance, -188 * MILLION);
    assert_certain(&found.months, -208889);
    assert_int_equal(found.chance[BG_POOL_DEBT].hits, 1000);
    finish_projection(&self);
}

static void what_is_uncertain_is_counted_by_future(void **state)
{
    (void)state;
    static const char text[] =
        "history: {2024: {residents.total: 500M, employees.total: 100M}}\n"
        "people: {residents: 500000, employees: 50000}\n"
        "budget: {growth: 6%}\n"
        "pool: {residents: {contribution: 400, subsidy: 680, balance: 20M, interest: 2%,\n"
        "                   bounds: {surplus: 3%, balance: 6%}}}\n"
        "simulation: {years: 3, replications: 999}\n";
    projected self;
    start_projection(&self, text, NULL, 2);
    assert_false(year_of(&self, 1, 0).known); /* its income is not given */
    for (size_t year = 0; year < 3; year++) {
        const bg_pool_year found = year_of(&self, 0, year);
        const bg_fen *income = projected_draws(&self, 0, year, "income");
        const bg_fen *balance = projected_draws(&self, 0, year, "pool_balance");
        double months = 0;
        size_t hits[BG_POOL_CHANCE_COUNT] = {0};
        for (size_t i = 0; i < 999; i++) {
            const double before =
                year ? (double)projected_draws(&self, 0, year - 1, "pool_balance")[i] : 2e9;
            const double surplus = (double)balance[i] - before;
            months += 12 * (double)balance[i] / ((double)income[i] - surplus) / 999;
            hits[BG_POOL_DEFICIT] += surplus < 0;
            hits[BG_POOL_DEBT] += balance[i] < 0;
            hits[BG_POOL_SURPLUS_BEYOND] += surplus > 0.03 * (double)income[i];
            hits[BG_POOL_BALANCE_BEYOND] += (double)balance[i] > 0.06 * (double)income[i];
        }
        assert_close(found.months.mean, months * BG_MONTH_OF_RESERVE, 1);
        for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
            assert_int_equal(found.chance[chance].hits, hits[chance]);
            assert_in_range(hits[chance], 1, 998);
        }
    }
    finish_projection(&self);
}

static void a_year_whose_draws_are_not_there_is_not_known(void **state)
{
    (void)state;
    projected self;
    bool outcomes[64] = {false};
    outcomes[BG_OUTCOME_expense] = true;
    const bg_projection_options options = {.threads = 1, .outcomes = outcomes};
    start_projection_with(&self, CERTAIN("outside_spending: 8M"), NULL, &options);
    assert_false(year_of(&self, 0, 0).known);
    finish_projection(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_worked_by_hand),
        cmocka_unit_test(a_bound_is_crossed_above_it_alone),
        cmocka_unit_test(a_debt_has_months_below_zero),
        cmocka_unit_test(what_is_uncertain_is_counted_by_future),
        cmocka_unit_test(a_year_whose_draws_are_not_there_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
