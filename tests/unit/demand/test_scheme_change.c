/* Measures on the people of a scheme and on the share that is disallowed: both engines, central path, errors. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/moments.h"
#include "../../support/says.h"
#include "demand/scheme_change.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define BASE                                                                                       \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 10000, paid: 30M}\n"                                      \
    "    residents.outpatient.in: {cases: 90000, paid: 3M}\n"                                      \
    "    employees.total: 20M\n"                                                                   \
    "people: {residents: {count: 50000, growth: 0%, growth_sd: 0%}, employees: {count: 5000}}\n"   \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  disallowed: 1%\n"

enum { RESIDENTS, EMPLOYEES, YEARS = 2, LINES = 3 };

/* The months of half a year, or their share, count half. */
static void people_are_the_mean_of_the_months_of_their_year(void **state)
{
    (void)state;
    demand_loaded plain = demand_load(BASE);
    demand_loaded more =
        demand_load(BASE "measures: {drive: {lines: 'residents.*', from: 2025-07, people: 10%}}\n");
    assert_int_equal(more.status, BG_OK);
    bg_future before = draft_path(plain.demand), after = draft_path(more.demand);
    bg_sampler *sampler = draft_sampler(plain.demand), *other = draft_sampler(more.demand);
    demand_block block = demand_block_new(more.demand, 3);
    assert_int_equal(demand_block_draw(&block, more.demand, 3), BG_OK);
    for (size_t path = 0; path < 2; path++) {
        assert_int_equal(path ? bg_demand_draw(plain.demand, sampler, 3, &before)
                              : bg_demand_central(plain.demand, &before),
                         BG_OK);
        assert_int_equal(path ? bg_demand_draw(more.demand, other, 3, &after)
                              : bg_demand_central(more.demand, &after),
                         BG_OK);
        assert_close(after.people[BG_FUTURE_YEAR(&after, RESIDENTS, 0)], 52500, 1e-9);
        assert_close(after.people[BG_FUTURE_YEAR(&after, RESIDENTS, 1)], 55000, 1e-9);
        for (size_t year = 0; year < YEARS; year++) {
            const size_t employees = BG_FUTURE_YEAR(&after, EMPLOYEES, year);
            assert_true(after.people[employees] == before.people[employees]);
        }
        const size_t june = BG_FUTURE_MONTH(&after, RESIDENTS, 0, 5);
        assert_true(after.expense[june] == before.expense[june]);
    }
    assert_close(block.columns[RESIDENTS][0].people[2], 52500, 1e-9);
    assert_close(block.columns[RESIDENTS][1].people[2], 55000, 1e-9);
    /* More people have more cases, at what a case costs. */
    assert_int_equal(bg_demand_central(plain.demand, &before), BG_OK);
    assert_int_equal(bg_demand_central(more.demand, &after), BG_OK);
    const size_t july = BG_FUTURE_MONTH(&after, RESIDENTS, 0, 6);
    assert_close((double)after.expense[july] / (double)before.expense[july], 1.1, 1e-7);
    demand_block_free(&block);
    bg_sampler_free(other);
    bg_sampler_free(sampler);
    bg_future_free(&after);
    bg_future_free(&before);
    demand_unload(&more);
    demand_unload(&plain);
}

/* E X^w = exp(w mu + w^2 sigma^2 / 2), where the logarithm lies between those of 0.8 and 1.1 with 80 %; w is 1/4 and 3/4.
 * The luck is that of the cases. */
static void uncertain_people_have_the_mean_of_a_lognormal(void **state)
{
    (void)state;
    enum { N = 20000 };
    demand_loaded self =
        demand_load(BASE "measures: {drive: {lines: 'residents.*', from: 2025-01, people: {p10: "
                         "-20%, p90: 10%},\n  cases: {p10: -5%, p90: 10%}, ramp: {form: linear, "
                         "months: 24}}}\n");
    assert_int_equal(self.status, BG_OK);
    assert_demand_means(self.demand, 20000);
    const double mu = (log(0.8) + log(1.1)) / 2, sd = (log(1.1) - log(0.8)) / 2 / 1.2815515655446;
    demand_block block = demand_block_new(self.demand, N);
    bg_future path = draft_path(self.demand);
    assert_int_equal(demand_block_draw(&block, self.demand, 100), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        const double w = year ? 0.75 : 0.25;
        const double mean = 50000 * exp(w * mu + w * w * sd * sd / 2);
        moments people = {0};
        for (size_t i = 0; i < N; i++) {
            moments_add(&people, block.columns[RESIDENTS][year].people[i]);
        }
        assert_mean(&people, mean);
        assert_close(path.people[BG_FUTURE_YEAR(&path, RESIDENTS, year)], mean, 1e-6 * mean);
    }
    bg_future_free(&path);
    demand_block_free(&block);
    demand_unload(&self);
}

/* 1 % and half a year of 2 points; 1 % and 2 points, in all three. */
static void points_are_added_to_what_is_disallowed(void **state)
{
    (void)state;
    demand_loaded self = demand_load(
        BASE "measures: {audit: {lines: 'residents.*', from: 2025-07, disallowed: 2%}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand), central = draft_path(self.demand);
    demand_block block = demand_block_new(self.demand, 5);
    assert_int_equal(demand_block_draw(&block, self.demand, 5), BG_OK);
    assert_int_equal(bg_demand_draw(self.demand, sampler, 1, &path), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &central), BG_OK);
    for (size_t scheme = 0; scheme < 2; scheme++) {
        for (size_t year = 0; year < YEARS; year++) {
            const double share = scheme == EMPLOYEES ? 0.01 : year ? 0.03 : 0.02;
            const size_t at = BG_FUTURE_YEAR(&path, scheme, year);
            assert_close((double)path.disallowed[at],
                         share * (double)bg_future_expense(&path, scheme, year), 1);
            assert_close((double)central.disallowed[at],
                         share * (double)bg_future_expense(&central, scheme, year), 1);
            assert_close((double)block.columns[scheme][year].disallowed[4],
                         share * (double)demand_block_expense(&block, scheme, year, 4), 1);
        }
    }
    bg_demand_keep_changes(self.demand, 0);
    assert_int_equal(bg_demand_central(self.demand, &central), BG_OK);
    assert_close((double)central.disallowed[1],
                 0.01 * (double)bg_future_expense(&central, RESIDENTS, 1), 1);
    demand_block_free(&block);
    bg_future_free(&central);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_unload(&self);
}

/* Below 2 % and above 5 % with a chance of a tenth each: 4 sd of a count among 2,000 are 54. */
static void uncertain_points_make_the_logit_normal(void **state)
{
    (void)state;
    enum { N = 2000 };
    demand_loaded self = demand_load(BASE "measures: {audit: {lines: 'residents.*', from: 2025-01, "
                                          "disallowed: {p10: 1%, p90: 4%}}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand);
    demand_block block = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&block, self.demand, 100), BG_OK);
    size_t below[2] = {0}, above[2] = {0};
    double sum = 0;
    for (uint32_t f = 0; f < N; f++) {
        assert_int_equal(bg_demand_draw(self.demand, sampler, f + 1, &path), BG_OK);
        const double share[2] = {(double)path.disallowed[1] /
                                     (double)bg_future_expense(&path, RESIDENTS, 1),
                                 (double)block.columns[RESIDENTS][1].disallowed[f] /
                                     (double)demand_block_expense(&block, RESIDENTS, 1, f)};
        for (size_t i = 0; i < 2; i++) {
            below[i] += share[i] < 0.02;
            above[i] += share[i] > 0.05;
        }
        sum += share[1];
    }
    for (size_t i = 0; i < 2; i++) {
        assert_true(below[i] > 146 && below[i] < 254);
        assert_true(above[i] > 146 && above[i] < 254);
    }
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    assert_close((double)path.disallowed[1] / (double)bg_future_expense(&path, RESIDENTS, 1),
                 sum / N, 0.001);
    demand_block_free(&block);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_unload(&self);
}

static uint64_t bits_of(const char *text)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    demand_block block = demand_block_new(self.demand, 100);
    assert_int_equal(demand_block_draw(&block, self.demand, 33), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    demand_unload(&self);
    return hash;
}

static void what_changes_nothing_leaves_the_bits(void **state)
{
    (void)state;
    const uint64_t plain = bits_of(BASE);
    assert_true(bits_of(BASE "measures: {a: {from: 2025-07, people: 0%, disallowed: 0%}}\n") ==
                plain);
    assert_true(bits_of(BASE "measures: {a: {from: 2025-07, people: 0.1%}}\n") != plain);
}

static void what_is_not_of_a_whole_scheme_is_an_error(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {BASE "measures: {a: {lines: '*.inpatient.*', from: 2025-07, people: 1%}}\n",
         "measures[a].people", BG_INVALID, "residents.outpatient.in"},
        {BASE "measures: {a: {lines: '*.inpatient.*', from: 2025-07, disallowed: 1%}}\n",
         "measures[a].disallowed", BG_INVALID, "residents.outpatient.in"},
        {BASE "measures: {a: {from: 2025-07, disallowed: -2%}}\n", "measures[a].disallowed.points",
         BG_RANGE, "-1%"},
        {BASE "measures: {a: {from: 2025-07, disallowed: {p10: -1%, p90: 1%}}}\n",
         "measures[a].disallowed.p10", BG_RANGE, "uncertain"},
        {BASE "measures: {a: {from: 2025-07, disallowed: {p10: 1%}}}\n", "measures[a].disallowed",
         BG_INVALID, "p90"},
        {BASE "  lines: {residents.inpatient.in: {levels: {a: {cases: 100%, cost: 1}}}}\n"
              "measures: {a: {lines: '*.inpatient.*', level: a, from: 2025-07, people: 1%}}\n",
         "measures[a].people", BG_INVALID, "level"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        demand_loaded self = demand_load(cases[i].text);
        assert_int_equal(self.status, cases[i].status);
        assert_null(self.demand);
        assert_int_equal(self.errors.error_count, 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_are_the_mean_of_the_months_of_their_year),
        cmocka_unit_test(uncertain_people_have_the_mean_of_a_lognormal),
        cmocka_unit_test(points_are_added_to_what_is_disallowed),
        cmocka_unit_test(uncertain_points_make_the_logit_normal),
        cmocka_unit_test(what_changes_nothing_leaves_the_bits),
        cmocka_unit_test(what_is_not_of_a_whole_scheme_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
