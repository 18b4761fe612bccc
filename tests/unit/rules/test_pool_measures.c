#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/pool.h>
#include <stdio.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { RESIDENTS, EMPLOYEES, SCHEMES };

typedef struct pools_case {
    bg_errors errors;
    bg_scenario *scenario;
    bg_pool pool[SCHEMES];
    bg_status status;
} pools_case;

/* From the first budget year 2025. */
static void read_pools(pools_case *self, const char *pool, const char *measures)
{
    static const char *const schemes[] = {"residents", "employees"};
    char yaml[1024];
    snprintf(yaml, sizeof yaml,
             "history: {2024: {residents.total: 400M, employees.total: 90M}}\npool: %s\n"
             "measures:\n  %s\n",
             pool, measures);
    bg_errors_init(&self->errors);
    assert_int_equal(bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0,
                                       &self->scenario, &self->errors),
                     BG_OK);
    for (size_t s = 0; s < SCHEMES; s++) {
        assert_int_equal(
            bg_pool_read(self->scenario, schemes[s], 2025, &self->pool[s], &self->errors), BG_OK);
    }
    self->status = bg_pool_read_measures(self->scenario, self->pool, SCHEMES, &self->errors);
}

static void free_pools(pools_case *self)
{
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

#define BY_CONTRIBUTION "{residents: {contribution: {2025: 400, 2028: 420}, subsidy: 700}}"

/* 400 x 1.1 = 440; x 1.1 x 0.75 = 330; then the first alone on 420: 462. */
static void measures_multiply_in_their_years(void **state)
{
    (void)state;
    pools_case self;
    read_pools(&self, BY_CONTRIBUTION,
               "{rise: {from: 2026-01, contributions: 10%},\n"
               "   waiver: {from: 2027-01, until: 2027-12, contributions: -25%}}");
    assert_int_equal(self.status, BG_OK);
    static const bg_fen expected[] = {40000, 44000, 33000, 46200, 46200};
    for (int y = 0; y < 5; y++) {
        assert_int_equal(bg_pool_contribution(&self.pool[RESIDENTS], 2025 + y), expected[y]);
    }
    /* 1,000 people x (440 + 700 x 1.03), and enrolment follows 440 / 400 */
    const double people = 1000;
    bg_fen income;
    assert_int_equal(bg_pool_income(&self.pool[RESIDENTS], 2026, 1, &people, NULL, &income), BG_OK);
    assert_int_equal(income, 116100000);
    const double ratio = bg_pool_contribution_ratio(&self.pool[RESIDENTS], 2025, 2026);
    assert_true(ratio > 1.1 - 1e-12 && ratio < 1.1 + 1e-12);
    free_pools(&self);
}

static void a_measure_that_is_off_changes_no_contribution(void **state)
{
    (void)state;
    pools_case self;
    read_pools(&self, BY_CONTRIBUTION,
               "{rise: {from: 2026-01, contributions: 10%}, more: {from: 2026-01, contributions: "
               "50%}}");
    bg_pool *pool = &self.pool[RESIDENTS];
    bg_pool_keep_measure(pool, "more", false);
    assert_int_equal(bg_pool_contribution(pool, 2026), 44000);
    bg_pool_keep_measure(pool, "rise", false);
    assert_int_equal(bg_pool_contribution(pool, 2026), 40000);
    bg_pool_keep_measure(pool, "more", true);
    assert_int_equal(bg_pool_contribution(pool, 2026), 60000);
    free_pools(&self);
}

static void a_contribution_that_cannot_be_changed_so_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *pool, *measures, *path, *words;
    } cases[] = {
        {BY_CONTRIBUTION, "{rise: {from: 2026-07, contributions: 10%}}", "measures[rise].from",
         "whole years; a measure that changes them begins in a January"},
        {BY_CONTRIBUTION, "{rise: {from: 2026-01, until: 2027-06, contributions: 10%}}",
         "measures[rise].until", "ends in a December"},
        {"{residents: {income_per_head: 1100}}", "{rise: {from: 2026-01, contributions: 10%}}",
         "measures[rise].contributions", "There are no contributions to change"},
        {"{employees: {wage_base: 80000, contribution_rate: 8%}}",
         "{rise: {from: 2026-01, contributions: 10%}}", "measures[rise].contributions",
         "There are no contributions to change"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        pools_case self;
        read_pools(&self, cases[i].pool, cases[i].measures);
        assert_int_equal(self.status, BG_INVALID);
        assert_int_equal(self.errors.count, 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_int_equal(self.errors.items[0].line, 4);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        free_pools(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_multiply_in_their_years),
        cmocka_unit_test(a_measure_that_is_off_changes_no_contribution),
        cmocka_unit_test(a_contribution_that_cannot_be_changed_so_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
