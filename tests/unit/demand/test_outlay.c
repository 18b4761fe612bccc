/* What measures cost beside care: how much, whose, and in which months. */
#include "../../support/demand_loaded.h"
#include "../../support/says.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { RESIDENTS, EMPLOYEES };

/* Residents' care cost the fund 300 in the last past year, that of employees 100. */
static demand_loaded load(const char *changes)
{
    char text[2048];
    snprintf(text, sizeof text,
             "history:\n"
             "  2024: {residents.inpatient.in: {cases: 10, cost: 400, paid: 200},\n"
             "         residents.outpatient.in: 100, employees.inpatient.in: 100}\n"
             "%s"
             "simulation: {years: 3}\n",
             changes);
    return demand_load(text);
}

static bg_fen month_of(const bg_demand *demand, bg_outlay_payer payer, size_t scheme, size_t year,
                       size_t month)
{
    return bg_demand_outlay_of_month(demand, payer, scheme, year, month - 1);
}

static bg_fen year_of(const bg_demand *demand, bg_outlay_payer payer, size_t scheme, size_t year)
{
    return bg_demand_outlay(demand, 0, payer, scheme, year);
}

/* 10.01 yuan: three quarters are 7.5075, one is 2.5025; the fen goes to the larger remainder. */
static void an_outlay_is_divided_by_payments_and_months_to_the_fen(void **state)
{
    (void)state;
    demand_loaded self = load("measures: {care: {from: 2025-07, until: 2026-12, cases: 0%,\n"
                              "  outlay: {amount: 10.01, payer: community}}}\n");
    const bg_demand *demand = self.demand;
    assert_int_equal(self.status, BG_OK);
    assert_true(bg_demand_has_outlay(demand, 0));
    for (size_t year = 0; year < 2; year++) {
        assert_int_equal(year_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, year), 751);
        assert_int_equal(year_of(demand, BG_PAYER_COMMUNITY, EMPLOYEES, year), 250);
        assert_int_equal(year_of(demand, BG_PAYER_POOL, RESIDENTS, year), 0);
        assert_int_equal(year_of(demand, BG_PAYER_GOVERNMENT, RESIDENTS, year), 0);
    }
    assert_int_equal(year_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 2), 0); /* it has ended */
    /* 751 = 6 x 125 + 1 in the months in which it acts, the first of which has one fen more */
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 0, 6), 0);
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 0, 7), 126);
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 0, 8), 125);
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 0, 12), 125);
    /* 751 = 12 x 62 + 7 */
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 1, 7), 63);
    assert_int_equal(month_of(demand, BG_PAYER_COMMUNITY, RESIDENTS, 1, 8), 62);
    demand_unload(&self);
}

static void it_is_paid_in_the_months_listed_by_the_scheme_named(void **state)
{
    (void)state;
    demand_loaded self = load("measures: {care: {from: 2025-07, cases: 0%, outlay:\n"
                              "  {amount: 9, payer: government, scheme: employees, months: [1, 10]}"
                              "}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(year_of(self.demand, BG_PAYER_GOVERNMENT, RESIDENTS, 0), 0);
    assert_int_equal(month_of(self.demand, BG_PAYER_GOVERNMENT, EMPLOYEES, 0, 1), 450);
    assert_int_equal(month_of(self.demand, BG_PAYER_GOVERNMENT, EMPLOYEES, 0, 7), 0);
    assert_int_equal(month_of(self.demand, BG_PAYER_GOVERNMENT, EMPLOYEES, 0, 10), 450);
    demand_unload(&self);
}

static void only_the_schemes_of_its_lines_pay(void **state)
{
    (void)state;
    demand_loaded self = load("measures: {care: {lines: residents.*, from: 2025-01, cost: -1%,\n"
                              "  outlay: {amount: {2025: 5, 2026: 7, later: 1}, payer: pool}}}\n");
    assert_int_equal(self.status, BG_OK);
    static const bg_fen amount[] = {500, 700, 100};
    for (size_t year = 0; year < 3; year++) {
        assert_int_equal(year_of(self.demand, BG_PAYER_POOL, RESIDENTS, year), amount[year]);
        assert_int_equal(year_of(self.demand, BG_PAYER_POOL, EMPLOYEES, year), 0);
    }
    demand_unload(&self);
}

/* What it takes to prepare is spent in a year before it acts, over the whole of that year. */
static void a_year_that_is_named_costs_also_where_nothing_acts(void **state)
{
    (void)state;
    demand_loaded self =
        load("measures: {care: {lines: residents.*, from: 2026-01, until: 2026-03,"
             " cases: 0%, outlay: {amount: {2025: 12, other: 3}, payer: pool}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0, 1), 100);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0, 12), 100);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 1, 3), 100);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 1, 4), 0);
    assert_int_equal(year_of(self.demand, BG_PAYER_POOL, RESIDENTS, 2), 0);
    demand_unload(&self);
}

static void only_changes_that_are_kept_cost_something(void **state)
{
    (void)state;
    demand_loaded self = load("measures:\n"
                              "  a: {from: 2025-01, cases: 0%, outlay: {amount: 12, payer: pool}}\n"
                              "  b: {from: 2025-01, cases: 0%, outlay: {amount: 24, payer: pool}}\n"
                              "  c: {from: 2025-01, cases: 0%}\n");
    assert_int_equal(self.status, BG_OK);
    assert_false(bg_demand_has_outlay(self.demand, 2));
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0, 1), 75 + 150);
    bg_demand_keep_changes(self.demand, 2);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0, 1), 150);
    bg_demand_keep_changes(self.demand, 0);
    assert_int_equal(month_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0, 1), 0);
    assert_int_equal(year_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0), 900); /* of `a` itself */
    demand_unload(&self);
}

static void changed_terms_may_cost_something_too(void **state)
{
    (void)state;
    demand_loaded self = load("benefits:\n"
                              "  now: {lines: residents.inpatient.in, rate: 50%}\n"
                              "  new: {lines: residents.inpatient.in, rate: 60%, from: 2026-01,\n"
                              "        outlay: {amount: 6, payer: pool}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(year_of(self.demand, BG_PAYER_POOL, RESIDENTS, 0), 0);
    assert_int_equal(year_of(self.demand, BG_PAYER_POOL, RESIDENTS, 1), 600);
    demand_unload(&self);
}

static void assert_refused(const char *changes, bg_status status, const char *path,
                           const char *words)
{
    demand_loaded self = load(changes);
    assert_int_equal(self.status, status);
    const bg_error *last = &self.errors.items[self.errors.count - 1];
    assert_string_equal(last->path, path);
    assert_says_among_others(last->message, words);
    demand_unload(&self);
}

static void what_cannot_be_paid_is_refused(void **state)
{
    (void)state;
#define MEASURE(outlay) "measures: {m: {from: 2025-01, cases: 0%, outlay: " outlay "}}\n"
    assert_refused(MEASURE("{payer: pool}"), BG_MISSING, "measures[m].outlay", "`amount`");
    assert_refused(MEASURE("{amount: 3}"), BG_MISSING, "measures[m].outlay",
                   "community, pool or government");
    assert_refused(MEASURE("{amount: {2024: 3, later: 1}, payer: pool}"), BG_RANGE,
                   "measures[m].outlay.amount[2024]", "none of the budget years 2025 to 2027");
    assert_refused(MEASURE("{amount: {2028: 3}, payer: pool}"), BG_RANGE,
                   "measures[m].outlay.amount[2028]", "none of the budget years 2025 to 2027");
    assert_refused("benefits: {now: {rate: 50%, outlay: {amount: 1, payer: pool}}}\n", BG_INVALID,
                   "benefits[now].outlay", "terms that change");
    demand_loaded self = demand_load(
        "history: {2024: 100}\n" MEASURE("{amount: 3, payer: pool, scheme: employees}"));
    assert_int_equal(self.status, BG_INVALID);
    assert_string_equal(self.errors.items[self.errors.count - 1].path, "measures[m].outlay.scheme");
    assert_says_among_others(self.errors.items[self.errors.count - 1].message,
                             "no expense of the scheme employees");
    demand_unload(&self);
}

/* Below 0, and payers and schemes that there are not, are for the catalogue to refuse. */
static void the_catalogue_knows_what_may_be_written(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
    } cases[] = {
        {MEASURE("{amount: -1, payer: pool}"), "measures[m].outlay.amount"},
        {MEASURE("{amount: 1, payer: patients}"), "measures[m].outlay.payer"},
        {MEASURE("{amount: 1, payer: pool, scheme: farmers}"), "measures[m].outlay.scheme"},
        {MEASURE("{amount: 1, payer: pool, months: [13]}"), "measures[m].outlay.months[1]"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text, "history: {2024: 100}\n%s", cases[i].text);
        bg_errors errors;
        bg_scenario *scenario = NULL;
        bg_errors_init(&errors);
        assert_int_not_equal(
            bg_scenario_parse(text, strlen(text), "test.yaml", NULL, NULL, 0, &scenario, &errors),
            BG_OK);
        assert_int_equal(errors.count, 1);
        assert_string_equal(errors.items[0].path, cases[i].path);
        bg_errors_free(&errors);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_outlay_is_divided_by_payments_and_months_to_the_fen),
        cmocka_unit_test(it_is_paid_in_the_months_listed_by_the_scheme_named),
        cmocka_unit_test(only_the_schemes_of_its_lines_pay),
        cmocka_unit_test(a_year_that_is_named_costs_also_where_nothing_acts),
        cmocka_unit_test(only_changes_that_are_kept_cost_something),
        cmocka_unit_test(changed_terms_may_cost_something_too),
        cmocka_unit_test(what_cannot_be_paid_is_refused),
        cmocka_unit_test(the_catalogue_knows_what_may_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
