/* Totals from the year's income and the pool's balance, and totals corrected for their people: random units against the
 * formula in 128 bits, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"
#include "../../support/says.h"
#include "../../support/splitmix.h"
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { UNITS = 300, YEAR = 2026 };

static bg_fen previous[UNITS], raised[UNITS], balance[UNITS];
static double before[UNITS], people[UNITS];
static bg_fen outputs[3 + 1 + 12][UNITS];

static uint64_t state_of_draw = 11;

static int64_t up_to(int64_t largest)
{
    return splitmix_up_to(&state_of_draw, largest);
}

static bg_budget_block new_block(void)
{
    bg_budget_block self = {.n = UNITS,
                            .year = YEAR,
                            .previous_total = previous,
                            .people = people,
                            .people_before = before,
                            .raised = raised,
                            .pool_balance = balance,
                            .total = outputs[0],
                            .opening_total = outputs[1],
                            .payable = outputs[2]};
    self.fund[0] = outputs[3];
    for (size_t month = 0; month < 12; month++) {
        self.instalment[month] = outputs[4 + month];
    }
    return self;
}

/* A county, or some yuan, where rounding shows; balances of either sign, and debts that are more than is raised. */
static void draw_units(void)
{
    for (size_t u = 0; u < UNITS; u++) {
        const int64_t size = up_to(1) ? 1000 : INT64_C(20000000000);
        previous[u] = up_to(size);
        raised[u] = up_to(size);
        balance[u] = up_to(3 * size) - 2 * size;
        people[u] = before[u] = (double)up_to(size / 100) + 0.5 * (double)up_to(1);
    }
}

/* a * n / d to the nearest, half away from zero. */
static bg_fen times(bg_fen a, int64_t n, int64_t d)
{
    const wide product = (wide)a * n, size = product < 0 ? -product : product;
    const bg_fen rounded = (bg_fen)((2 * size + d) / (2 * (wide)d));
    return product < 0 ? -rounded : rounded;
}

static void a_total_of_income_is_its_share_and_that_of_the_balance(void **state)
{
    (void)state;
    budget_case of;
    budget_case_read(&of, "history: {2024: 100}\nsimulation: {first_year: 2025, years: 3}\n"
                          "budget: {from_income: {share: {2025: 90%, 2026: 85.5%, later: 80%}, "
                          "carried: 37.5%}, funds: {}}\n");
    assert_int_equal(of.status, BG_OK);
    assert_true(bg_budget_is_of_income(of.terms[0]) && bg_budget_carries_pool(of.terms[0]));
    draw_units();
    bg_budget_block block = new_block();
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_OK);
    size_t in_debt = 0;
    for (size_t u = 0; u < UNITS; u++) {
        const bg_fen sum = times(raised[u], 855, 1000) + times(balance[u], 375, 1000);
        assert_int_equal(block.total[u], sum > 0 ? sum : 0);
        assert_int_equal(block.payable[u], block.total[u]);
        in_debt += sum < 0;
    }
    assert_true(in_debt > 10);
    budget_case_free(&of);
}

/* The income limit, here of 50 %, bounds what income brings; what the balance adds is above it. */
static void the_limit_leaves_what_the_balance_adds(void **state)
{
    (void)state;
    budget_case of;
    budget_case_read(&of, "history: {2024: 100}\nsimulation: {first_year: 2025, years: 3}\n"
                          "budget: {from_income: {share: 80%, carried: 25%}, income_limit: 50%, "
                          "funds: {}}\n");
    assert_int_equal(of.status, BG_OK);
    draw_units();
    bg_budget_block block = new_block();
    block.income = raised;
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_OK);
    for (size_t u = 0; u < UNITS; u++) {
        const bg_fen brought = times(balance[u], 1, 4);
        const bg_fen most = times(raised[u], 1, 2) + brought;
        assert_int_equal(block.total[u], most > 0 ? most : 0);
    }
    budget_case_free(&of);
}

static void a_total_is_corrected_for_the_people_it_was_made_for(void **state)
{
    (void)state;
    budget_case of;
    budget_case_read(&of, "history: {2024: 100}\nsimulation: {first_year: 2025, years: 3}\n"
                          "budget: {growth: 3%, people_forecast: {2025: 1000007}, funds: {}}\n");
    assert_int_equal(of.status, BG_OK);
    assert_true(bg_budget_corrects_people(of.terms[0]));
    draw_units();
    bg_budget_block block = new_block();
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_OK);
    for (size_t u = 0; u < UNITS; u++) {
        const int64_t persons = (int64_t)(before[u] + 0.5);
        assert_int_equal(block.total[u], times(times(previous[u], persons, 1000007), 103, 100));
    }
    block.year = 2027; /* for 2026 nobody was expected */
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_OK);
    for (size_t u = 0; u < UNITS; u++) {
        assert_int_equal(block.total[u], times(previous[u], 103, 100));
    }
    budget_case_free(&of);
}

/* Residents and employees have forecasts of their own. */
static void a_scheme_has_a_forecast_of_its_own(void **state)
{
    (void)state;
    budget_case of;
    budget_case_read(
        &of, "history: {2024: {residents.total: 100, employees.total: 100}}\n"
             "simulation: {first_year: 2025, years: 2}\n"
             "budget: {growth: 0%, schemes: {employees: {people_forecast: {2025: 400}}}}\n");
    assert_int_equal(of.status, BG_OK);
    assert_false(bg_budget_corrects_people(of.terms[0]));
    assert_true(bg_budget_corrects_people(of.terms[1]));
    budget_case_free(&of);
}

static void refused(const char *budget, const char *path, const char *words)
{
    char text[512];
    budget_case of;
    strcpy(text, "history: {2024: 100}\nsimulation: {first_year: 2025, years: 2}\nbudget: ");
    budget_case_read(&of, strcat(text, budget));
    assert_true(of.status != BG_OK);
    assert_true(budget_case_says(&of, path, words));
    budget_case_free(&of);
}

static void what_cannot_be_is_refused_where_it_stands(void **state)
{
    (void)state;
    refused("{from_income: {share: {2025: 90%}}}\n", "budget.from_income.share",
            "no share of the income holds for the year 2026");
    refused("{from_income: {share: 90%}, people_forecast: {2025: 100}}\n", "budget.people_forecast",
            "corrects the total of the year before");
    refused("{later_rule: rolling, people_forecast: {2025: 100}}\n", "budget.people_forecast",
            "corrects the total of the year before");
    budget_case of;
    budget_case_read(&of, "history: {2024: 100}\nsimulation: {first_year: 2025, years: 2}\n"
                          "budget: {from_income: {share: 90%, carried: 1%}}\n");
    assert_int_equal(of.status, BG_OK);
    draw_units();
    bg_budget_block block = new_block();
    block.fund[1] = outputs[3];
    block.raised = NULL;
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_MISSING);
    assert_true(budget_case_says(&of, "budget.from_income", "give the income of its pool"));
    block.raised = raised;
    block.pool_balance = NULL;
    assert_int_equal(bg_budget_compute(of.terms[0], &block, NULL, &of.errors), BG_MISSING);
    assert_true(budget_case_says(&of, "budget.from_income", "leave out `carried`"));
    budget_case_free(&of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_total_of_income_is_its_share_and_that_of_the_balance),
        cmocka_unit_test(the_limit_leaves_what_the_balance_adds),
        cmocka_unit_test(a_total_is_corrected_for_the_people_it_was_made_for),
        cmocka_unit_test(a_scheme_has_a_forecast_of_its_own),
        cmocka_unit_test(what_cannot_be_is_refused_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
