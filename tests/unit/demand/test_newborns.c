/* Babies who enrol at birth: by hand, and against the closed mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <stdio.h>
#include <string.h>

enum { YEARS = 2, N = 5000 };

/* 100 million a year for 100,000 people, and 2,000 babies in 2024, 1,500 and 1,000 after it. */
#define STEADY                                                                                     \
    "history: {2024: 100M}\n"                                                                      \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0%,\n"                             \
    "  newborns: {count: {2024: 2000, 2026: 1000}}}}\n"                                            \
    "demand: {trend: {prior: 0%, prior_sd: 0%}, volatility: {total: 0%},\n"                        \
    "         emergency: {probability: 0%}}\n"                                                     \
    "simulation: {years: 2}\n"

static demand_loaded load(const char *text)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    return self;
}

/* Insured are half of them; each costs 1.75 of the mean of the others: 103,500 people by what they cost in 2024, 102,625
 * and 101,750 then. */
static void babies_are_insured_for_half_a_year_and_cost_more_than_others(void **state)
{
    (void)state;
    demand_loaded self = load(STEADY);
    static const double people[YEARS] = {100750, 100500};
    static const double expense[YEARS] = {100e8 * 102625 / 103500, 100e8 * 101750 / 103500};
    bg_future central, drawn;
    bg_sampler *sampler = bg_sampler_new(self.demand);
    demand_block block = demand_block_new(self.demand, 3);
    assert_int_equal(bg_future_init(&central, self.demand), BG_OK);
    assert_int_equal(bg_future_init(&drawn, self.demand), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &central), BG_OK);
    assert_int_equal(bg_demand_draw(self.demand, sampler, 1, &drawn), BG_OK);
    assert_int_equal(demand_block_draw(&block, self.demand, 3), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        assert_close(central.people[year], people[year], 1e-6);
        assert_close(drawn.people[year], people[year], 1e-6);
        assert_close(block.columns[0][year].people[2], people[year], 1e-6);
        assert_close((double)bg_future_expense(&central, 0, year), expense[year], 10);
        assert_close(bg_demand_mean(self.demand, 0, year), expense[year], 10);
    }
    demand_block_free(&block);
    bg_sampler_free(sampler);
    bg_future_free(&drawn);
    bg_future_free(&central);
    demand_unload(&self);
}

/* As many babies to as many people need the care of the last base year. */
static void as_many_babies_as_before_change_no_cost(void **state)
{
    (void)state;
    demand_loaded self =
        load("history: {2024: 100M}\n"
             "people: {residents: {count: 100000, growth: 0%, newborns: {count: 1500}}}\n"
             "demand: {trend: {prior: 0%}, emergency: {probability: 0%}}\n");
    assert_close(bg_demand_mean(self.demand, 0, 2), 100e8, 1e-3);
    demand_unload(&self);
}

static void the_mean_counts_babies_beside_who_leaves(void **state)
{
    (void)state;
    demand_loaded self =
        load("history:\n"
             "  2023: {residents.inpatient.in: {cases: 60000, paid: 240M}, residents.total: 60M}\n"
             "  2024: {residents.inpatient.in: {cases: 64000, paid: 250M}, residents.total: 70M}\n"
             "people: {residents: {count: 400000, newborns: {count: {2024: 9000, 2026: 2000},\n"
             "  part: 60%, relative_cost: 300%}}}\n"
             "simulation: {first_year: 2026, years: 2}\n");
    static const double rising[] = {1.1, 1.21};
    const bg_enrolment_terms terms = {.elasticity = -0.6,
                                      .elasticity_sd = 0.4,
                                      .relative_cost = 0.5,
                                      .relative_cost_sd = 0.4,
                                      .ratio = rising};
    bg_demand_enrol(self.demand, 0, &terms);
    assert_demand_means(self.demand, N);
    demand_unload(&self);
}

static void babies_need_their_number(void **state)
{
    (void)state;
    demand_loaded self = demand_load(
        "history: {2024: 100M}\npeople: {residents: {count: 100000, newborns: {part: 40%}}}\n");
    char *messages = messages_of(&self.errors);
    assert_int_equal(self.status, BG_MISSING);
    assert_reports(messages, "test.yaml:2:47: people[residents].newborns: Newborns need their "
                             "number, `count`, such as {2025: 4500, 2030: 4000}.\n");
    free(messages);
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(babies_are_insured_for_half_a_year_and_cost_more_than_others),
        cmocka_unit_test(as_many_babies_as_before_change_no_cost),
        cmocka_unit_test(the_mean_counts_babies_beside_who_leaves),
        cmocka_unit_test(babies_need_their_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
