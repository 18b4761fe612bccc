#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/projected.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { N = 4000 };

/* People are certain, so that income tells what was drawn. */
static const char county[] =
    "history: {2024: {residents.total: 500M, employees.total: 180M}}\n"
    "people: {residents: {count: 500000, growth: -1%, growth_sd: 0},\n"
    "         employees: {count: 60000, growth: 0%, growth_sd: 0}}\n"
    "budget: {growth: 5%}\n"
    "pool:\n"
    "  residents: {contribution: {2024: 380, 2026: 400}, subsidy: {2025: 700, 2026: 720},\n"
    "              subsidy_growth: 3%, subsidy_growth_sd: 2%, interest: 2%, balance: 100M,\n"
    "              enrolment: {elasticity: 0, elasticity_sd: 0}}\n"
    "  employees: {wage_base: {2024: 80000}, contribution_rate: 8%, wage_growth: 3%,\n"
    "              wage_growth_sd: 1%}\n"
    "simulation: {years: 4, replications: 4000}\n";

enum { RESIDENTS, EMPLOYEES };

static void start(projected *self, const char *override)
{
    const char *const overrides[] = {override, NULL};
    start_projection(self, county, override ? overrides : NULL, 2);
}

static bg_fen interest_of(const projected *self, size_t year, size_t i)
{
    const bg_fen before =
        year > 0 ? projected_draws(self, RESIDENTS, year - 1, "pool_balance")[i] : 10000000000;
    return before > 0 ? (before * 2 + 50) / 100 : 0;
}

/* 495,000 x (380 + 700) and 490,050 x (400 + 720), with interest on the balance before. */
static void announced_years_are_certain_but_for_interest(void **state)
{
    (void)state;
    projected self;
    start(&self, NULL);
    static const bg_fen expected[] = {53460000000, 54885600000};
    for (size_t year = 0; year < 2; year++) {
        const bg_fen *income = projected_draws(&self, RESIDENTS, year, "income");
        for (size_t i = 0; i < N; i++) {
            assert_int_equal(income[i] - interest_of(&self, year, i), expected[year]);
        }
    }
    finish_projection(&self);
}

static void moments(const bg_fen *draws, double *mean, double *sd)
{
    double sum = 0, square = 0;
    for (size_t i = 0; i < N; i++) {
        sum += (double)draws[i] / N;
    }
    for (size_t i = 0; i < N; i++) {
        square += ((double)draws[i] - sum) * ((double)draws[i] - sum) / (N - 1);
    }
    *mean = sum;
    *sd = sqrt(square);
}

/* Income of employees t years after 2024: 60,000 x 73 % x 80,000 x 8 % times a product of t independent factors
 * of mean 1.03 and sd 0.01, whose square has the mean (1.03^2 + 0.01^2)^t. A mean of 4,000 strays by
 * more than 4 standard errors, and a spread by more than 4/sqrt(8000), once in 15,000. */
static void growth_has_its_mean_and_spread(void **state)
{
    (void)state;
    projected self;
    start(&self, NULL);
    for (size_t year = 0; year < 4; year++) {
        const double t = (double)year + 1;
        const double scale = 28032000000, expected = scale * pow(1.03, t);
        const double spread = scale * sqrt(pow(1.03 * 1.03 + 0.0001, t) - pow(1.03, 2 * t));
        double mean, sd;
        moments(projected_draws(&self, EMPLOYEES, year, "income"), &mean, &sd);
        assert_true(fabs(mean - expected) < 4 * spread / sqrt(N));
        assert_true(fabs(sd / spread - 1) < 4 / sqrt(2.0 * N));
    }
    /* 28,032,000,000 x 1.03 and on the central path x 1.03^4, to the fen */
    assert_int_equal(projected_central(&self, EMPLOYEES, 0, "income"), 28872960000);
    assert_int_equal(projected_central(&self, EMPLOYEES, 3, "income"), 31550262962);
    finish_projection(&self);
}

/* Residents' subsidy of 2027 and 2028 goes on from the last year announced, each year by its own draw. */
static void a_year_grows_from_what_the_year_before_has_become(void **state)
{
    (void)state;
    projected self;
    start(&self, NULL);
    const double people[] = {485149.5, 480298.005};
    double deviation[2][N], product = 0;
    for (size_t i = 0; i < N; i++) {
        double before = 720;
        for (size_t y = 0; y < 2; y++) {
            const double income = (double)(projected_draws(&self, RESIDENTS, 2 + y, "income")[i] -
                                           interest_of(&self, 2 + y, i));
            const double subsidy = income / 100 / round(people[y]) - 400;
            deviation[y][i] = subsidy / before - 1.03;
            assert_true(fabs(deviation[y][i]) < 0.08 + 1e-6); /* cut at 4 sd */
            before = subsidy;
        }
        product += deviation[0][i] * deviation[1][i] / N;
    }
    assert_true(fabs(product) < 4 * 0.02 * 0.02 / sqrt(N)); /* two years are independent */
    finish_projection(&self);
}

static void assert_same_draws(const projected *a, const projected *b, const char *outcome)
{
    for (size_t year = 0; year < 4; year++) {
        for (size_t unit = 0; unit < 2; unit++) {
            assert_memory_equal(projected_draws(a, unit, year, outcome),
                                projected_draws(b, unit, year, outcome), N * sizeof(bg_fen));
        }
    }
}

static void income_draws_leave_the_expense_what_it_is(void **state)
{
    (void)state;
    projected uncertain, certain;
    start(&uncertain, NULL);
    start(&certain, "pool[employees].wage_growth_sd=0");
    assert_same_draws(&uncertain, &certain, "expense");
    const bg_fen *income = projected_draws(&certain, EMPLOYEES, 3, "income");
    for (size_t i = 0; i < N; i++) {
        assert_int_equal(income[i], 31550262962);
    }
    finish_projection(&uncertain);
    finish_projection(&certain);
}

/* Income that follows from people and growth alone: interest follows from what was spent. */
static void both_engines_have_the_same_growth(void **state)
{
    (void)state;
    projected fast, reference;
    const char *const by_reference[] = {"simulation.engine=reference", "pool[residents].interest=0",
                                        NULL};
    start(&fast, "pool[residents].interest=0");
    start_projection(&reference, county, by_reference, 2);
    assert_same_draws(&fast, &reference, "income");
    finish_projection(&fast);
    finish_projection(&reference);
}

/* 500,000 people, of whom 1.1^-0.1 stay when the contribution has risen by 10 %. */
static void start_enrolment(projected *self, const char *relative_cost)
{
    char text[1024];
    snprintf(
        text, sizeof text,
        "history: {2024: 500M}\n"
        "people: {residents: {count: 500000, growth: 0%%, growth_sd: 0}}\n"
        "budget: {growth: 5%%}\n"
        "demand: {trend: {prior: 0%%, prior_sd: 0%%}, emergency: {probability: 0%%}}\n"
        "pool: {residents: {contribution: {2024: 400, 2026: 440},\n"
        "  subsidy: {2025: 700, 2026: 700}, enrolment: {elasticity: -0.1, elasticity_sd: 0%s}}}\n"
        "simulation: {years: 2, replications: 1000}\n",
        relative_cost);
    start_projection(self, text, NULL, 2);
}

/* 495,257 people, each bringing 440 + 700; of their expense 0.5 x 0.9486 % is gone. */
static void enrolment_follows_the_contribution(void **state)
{
    (void)state;
    projected self;
    start_enrolment(&self, ", relative_cost: 50%");
    assert_int_equal(projected_central(&self, 0, 0, "income"), 55000000000);
    assert_int_equal(projected_central(&self, 0, 1, "income"), INT64_C(495257) * 114000);
    const double expense = (double)projected_central(&self, 0, 1, "expense");
    assert_true(fabs(expense / 5e10 - (1 - 0.5 * 0.0094857418)) < 1e-9);
    const bg_fen *income = projected_draws(&self, 0, 1, "income");
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(income[i], INT64_C(495257) * 114000);
    }
    finish_projection(&self);
}

/* 0.3 to 0.8 are 0.5271136 on average: the root of 0.24 times exp(s^2 / 2) with s = ln(8/3) / 2.5631031. */
static void who_leaves_costs_three_to_eight_tenths_of_the_mean_where_nothing_is_said(void **state)
{
    (void)state;
    projected self;
    start_enrolment(&self, "");
    const double expense = (double)projected_central(&self, 0, 1, "expense");
    assert_true(fabs(expense / 5e10 - (1 - 0.5271136 * 0.0094857418)) < 1e-9);
    finish_projection(&self);
}

/* A measure that raises the contribution by 10 % is the same as a contribution by year that rises so. */
static void a_measure_raises_the_contribution_as_the_pool_itself_would(void **state)
{
    (void)state;
#define SMALL(pool, more)                                                                          \
    "history: {2024: 500M}\n"                                                                      \
    "people: {residents: {count: 500000}}\n"                                                       \
    "budget: {growth: 5%}\n"                                                                       \
    "pool: {residents: {contribution: " pool ", subsidy: 700}}\n" more                             \
    "simulation: {years: 3, replications: 1000}\n"
    projected self, other;
    start_projection(&self, SMALL("{2024: 400, 2026: 440}", ""), NULL, 2);
    start_projection(
        &other, SMALL("400", "measures: {rise: {from: 2026-01, contributions: 10%}}\n"), NULL, 2);
    static const char *const outcomes[] = {"income", "expense", "pool_balance"};
    for (size_t o = 0; o < 3; o++) {
        for (size_t year = 0; year < 3; year++) {
            assert_memory_equal(projected_draws(&self, 0, year, outcomes[o]),
                                projected_draws(&other, 0, year, outcomes[o]),
                                1000 * sizeof(bg_fen));
        }
    }
    finish_projection(&self);
    finish_projection(&other);
}

static void any_size_of_blocks_gives_the_same_income(void **state)
{
    (void)state;
    projected usual, odd;
    const bg_projection_options options = {.threads = 1, .block_size = 37};
    start(&usual, NULL);
    start_projection_with(&odd, county, NULL, &options);
    assert_same_draws(&usual, &odd, "income");
    assert_same_draws(&usual, &odd, "pool_balance");
    finish_projection(&usual);
    finish_projection(&odd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(announced_years_are_certain_but_for_interest),
        cmocka_unit_test(growth_has_its_mean_and_spread),
        cmocka_unit_test(a_year_grows_from_what_the_year_before_has_become),
        cmocka_unit_test(income_draws_leave_the_expense_what_it_is),
        cmocka_unit_test(both_engines_have_the_same_growth),
        cmocka_unit_test(enrolment_follows_the_contribution),
        cmocka_unit_test(who_leaves_costs_three_to_eight_tenths_of_the_mean_where_nothing_is_said),
        cmocka_unit_test(a_measure_raises_the_contribution_as_the_pool_itself_would),
        cmocka_unit_test(any_size_of_blocks_gives_the_same_income),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
