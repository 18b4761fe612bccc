/* The mix of the people by year: by hand, by the closed mean, and against what both engines simulate. */
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
#include "demand/ageing.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { YEARS = 2, N = 10000 };

#define LINES                                                                                      \
    "history:\n"                                                                                   \
    "  2022: {employees.inpatient.in: {cases: 10000, paid: 50M}, employees.outpatient.in: "        \
    "{cases: 200000, paid: 20M}}\n"                                                                \
    "  2023: {employees.inpatient.in: {cases: 10000, paid: 50M}, employees.outpatient.in: "        \
    "{cases: 200000, paid: 20M}}\n"                                                                \
    "  2024: {employees.inpatient.in: {cases: 10000, paid: 50M}, employees.outpatient.in: "        \
    "{cases: 200000, paid: 20M}}\n"

/* Trends of nothing, and nothing that varies from year to year. */
#define STEADY                                                                                     \
    "demand: {emergency: {probability: 0%}, lines: {\n"                                            \
    "  employees.inpatient.in: {frequency_trend: 0%, frequency_trend_sd: 0%, cost_trend: 0%,\n"    \
    "    cost_trend_sd: 0%, frequency_volatility: 0%, cost_volatility: 0%},\n"                     \
    "  employees.outpatient.in: {frequency_trend: 0%, frequency_trend_sd: 0%, cost_trend: 0%,\n"   \
    "    cost_trend_sd: 0%, frequency_volatility: 0%, cost_volatility: 0%}}}\n"

#define STILL "count: 100000, growth: 0%, growth_sd: 0%, "

#define HORIZON "simulation: {years: 2}\n"

static demand_loaded load(const char *people, const char *rest)
{
    char text[4096];
    snprintf(text, sizeof text, LINES "people: {employees: {%s}}\n%s", people, rest);
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    return self;
}

/* Of each line and year: 0 inpatient, 1 outpatient. */
static void assert_central(const demand_loaded *self, const double cases[2][YEARS],
                           const double paid[2][YEARS])
{
    bg_future path;
    assert_int_equal(bg_future_init(&path, self->demand), BG_OK);
    assert_int_equal(bg_demand_central(self->demand, &path), BG_OK);
    for (size_t line = 0; line < 2; line++) {
        for (size_t year = 0; year < YEARS; year++) {
            assert_close(path.line_cases[BG_FUTURE_YEAR(&path, line, year)], cases[line][year],
                         1e-6);
            assert_close((double)path.line_paid[BG_FUTURE_YEAR(&path, line, year)] / 100,
                         paid[line][year], 0.1);
        }
    }
    bg_future_free(&path);
}

#define MIX_TO_2026                                                                                \
    "groups: {in_work: {share: {2024: 75%, 2026: 65%}},\n"                                         \
    "  retired: {share: {2024: 25%, 2026: 35%}, inpatient: {cases: 4, cost: 1.5}, outpatient: 3}}"

/* Inpatient cases, with retired 25, 30 and 35 %: 0.75 + 0.25 x 4 = 1.75, 1.90, 2.05; paid 0.75 + 0.25 x 6 = 2.25, 2.50,
 * 2.75. Visits 1.5, 1.6, 1.7. */
static void on_top_of_trends_the_mix_multiplies_cases_and_cost(void **state)
{
    (void)state;
    demand_loaded self = load(STILL MIX_TO_2026 ", ageing: on_top", STEADY HORIZON);
    static const double cases[2][YEARS] = {{10000 * 1.90 / 1.75, 10000 * 2.05 / 1.75},
                                           {200000 * 1.6 / 1.5, 200000 * 1.7 / 1.5}};
    static const double paid[2][YEARS] = {{50e6 * 2.50 / 2.25, 50e6 * 2.75 / 2.25},
                                          {20e6 * 1.6 / 1.5, 20e6 * 1.7 / 1.5}};
    assert_central(&self, cases, paid);
    demand_unload(&self);
}

/* The pace to come is taken out of the trend where no other is known: the last year is that of the trend, and between
 * only what is uneven shows: 1.90/1.75 against the root of 2.05/1.75. */
static void in_the_trend_its_own_pace_is_taken_out(void **state)
{
    (void)state;
    demand_loaded self = load(STILL MIX_TO_2026, STEADY HORIZON);
    const double cases[2][YEARS] = {{10000 * 1.90 / sqrt(1.75 * 2.05), 10000},
                                    {200000 * 1.6 / sqrt(1.5 * 1.7), 200000}};
    const double paid[2][YEARS] = {{50e6 * 2.50 / sqrt(2.25 * 2.75), 50e6},
                                   {20e6 * 1.6 / sqrt(1.5 * 1.7), 20e6}};
    assert_central(&self, cases, paid);
    demand_unload(&self);
}

/* Retired 23 % in 2022 and 25 % in 2024, so 1.69 and 1.75: the trend holds (1.75/1.69)^(1/2) a year of it. */
static void where_past_years_are_known_the_trend_holds_their_pace(void **state)
{
    (void)state;
    demand_loaded self = load(
        STILL "groups: {in_work: {share: {2020: 79%, 2022: 77%, 2024: 75%, 2026: "
              "65%}},\n"
              "  retired: {share: {2020: 21%, 2022: 23%, 2024: 25%, 2026: 35%}, inpatient: 4,\n"
              "            outpatient: 1}}",
        STEADY HORIZON);
    const double pace = sqrt(1.75 / 1.69);
    const double cases[2][YEARS] = {
        {10000 * 1.90 / 1.75 / pace, 10000 * 2.05 / 1.75 / (pace * pace)}, {200000, 200000}};
    const double paid[2][YEARS] = {{50e6 * 1.90 / 1.75 / pace, 50e6 * 2.05 / 1.75 / (pace * pace)},
                                   {20e6, 20e6}};
    assert_central(&self, cases, paid);
    assert_null(self.demand->line[1].part[BG_FREQUENCY].mix);
    demand_unload(&self);
}

/* Numbers: 100,000 in 2024, 103,000 and 106,000; then as many, at the growth given. */
static void numbers_of_the_groups_say_how_many_people_there_are(void **state)
{
    (void)state;
    demand_loaded self =
        load("growth: 2%, growth_sd: 0%, groups: {in_work: {count: {2024: 75000, 2025: 77000}},\n"
             "  retired: {count: {2024: 25000, 2025: 26000}}}",
             HORIZON);
    bg_future path;
    assert_close(self.history.scheme[0].people, 100000, 0);
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    assert_close(path.people[0], 103000, 1e-6);
    assert_close(path.people[1], 103000 * 1.02, 1e-6);
    demand_block block = demand_block_new(self.demand, 3);
    assert_int_equal(demand_block_draw(&block, self.demand, 3), BG_OK);
    bg_sampler *sampler = bg_sampler_new(self.demand);
    bg_future drawn;
    assert_int_equal(bg_future_init(&drawn, self.demand), BG_OK);
    assert_int_equal(bg_demand_draw(self.demand, sampler, 1, &drawn), BG_OK);
    for (size_t year = 0; year < YEARS; year++) { /* growth does not vary */
        assert_close(block.columns[0][year].people[2], path.people[year], 1e-6);
        assert_close(drawn.people[year], path.people[year], 1e-6);
    }
    bg_sampler_free(sampler);
    bg_future_free(&drawn);
    bg_future_free(&path);
    demand_block_free(&block);
    demand_unload(&self);
}

/* As far as they are named; led back from there, at no growth. */
static void numbers_of_past_years_are_those_of_the_past_people(void **state)
{
    (void)state;
    demand_loaded self = load("growth: 0%, groups: {in_work: {count: {2023: 60000, 2024: 75000}},\n"
                              "  retired: {count: {2023: 30000, 2024: 25000}}}",
                              HORIZON);
    static const double people[] = {90000, 90000, 100000};
    for (size_t i = 0; i < 3; i++) {
        assert_close(self.history.scheme[0].past_people[i], people[i], 1e-6);
    }
    demand_unload(&self);
}

static uint64_t hash_of(const demand_loaded *self)
{
    demand_block block = demand_block_new(self->demand, 100);
    assert_int_equal(demand_block_draw(&block, self->demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

static double first_of_reference(const demand_loaded *self)
{
    bg_sampler *sampler = bg_sampler_new(self->demand);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self->demand), BG_OK);
    assert_int_equal(bg_demand_draw(self->demand, sampler, 1, &path), BG_OK);
    const double paid = (double)bg_future_expense(&path, 0, 1);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    return paid;
}

static void groups_that_do_not_move_leave_every_bit(void **state)
{
    (void)state;
    demand_loaded plain = load(STILL "ageing: in_trend", HORIZON);
    demand_loaded still =
        load(STILL "groups: {in_work: {share: 73%}, retired: {share: {2020: 27%, 2030: 27%},\n"
                   "  inpatient: 4, outpatient: 3}}",
             HORIZON);
    demand_loaded moving = load(STILL MIX_TO_2026, HORIZON);
    assert_true(hash_of(&plain) == hash_of(&still));
    assert_false(hash_of(&plain) == hash_of(&moving));
    assert_true(first_of_reference(&plain) == first_of_reference(&still));
    bg_growth_split split;
    assert_false(bg_demand_growth_split(plain.demand, 0, 0, &split));
    assert_false(bg_demand_growth_split(still.demand, 0, 0, &split));
    demand_unload(&plain);
    demand_unload(&still);
    demand_unload(&moving);
}

/* With uncertain trends, shocks, growth, emergencies, a measure on people and an incident. */
static void both_engines_have_the_mean_of_the_formula(void **state)
{
    (void)state;
    demand_loaded self =
        load("count: 100000, growth: 1%, growth_sd: 1%, " MIX_TO_2026 ", ageing: on_top",
             "measures: {migrants: {from: 2025-07, lines: employees.*, people: 5%},\n"
             "  gates: {from: 2026-01, lines: employees.inpatient.in, cases: {p10: -9%, p90: "
             "-1%}}}\n" HORIZON);
    assert_demand_means(self.demand, N);
    demand_unload(&self);
}

/* Of the payments of the year before, 50 M and 20 M: 2.50/2.25 and 1.6/1.5 of the first year; trends bring nothing
 * beside. */
static void growth_falls_into_ageing_and_the_rest(void **state)
{
    (void)state;
    demand_loaded top = load(STILL MIX_TO_2026 ", ageing: on_top", STEADY HORIZON);
    demand_loaded within = load(STILL MIX_TO_2026, STEADY HORIZON);
    const double ageing[YEARS] = {
        (50 * 2.50 / 2.25 + 20 * 1.6 / 1.5) / 70 - 1,
        (50 * 2.75 / 2.25 + 20 * 1.7 / 1.5) / (50 * 2.50 / 2.25 + 20 * 1.6 / 1.5) - 1};
    for (size_t year = 0; year < YEARS; year++) {
        bg_growth_split split;
        assert_true(bg_demand_growth_split(top.demand, 0, year, &split));
        assert_close(split.ageing, ageing[year], 1e-12);
        assert_close(split.growth, ageing[year], 1e-12);
    }
    bg_growth_split first;
    assert_true(bg_demand_growth_split(within.demand, 0, 0, &first));
    assert_close(first.ageing, ageing[0], 1e-12);
    assert_close(first.growth,
                 (50 * 2.50 / sqrt(2.25 * 2.75) + 20 * 1.6 / sqrt(1.5 * 1.7)) / 70 - 1, 1e-12);
    demand_unload(&top);
    demand_unload(&within);
}

/* A total has one relative figure, payments a head: 0.75 + 0.25 x 4 = 1.75 and 2.05. */
static void totals_follow_the_mix_by_payments_a_head(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load("history: {2024: {employees.total: 70M}}\n"
                    "people: {employees: {count: 100000, growth: 0%, ageing: on_top,\n"
                    "  groups: {in_work: {share: {2024: 75%, 2026: 65%}},\n"
                    "           retired: {share: {2024: 25%, 2026: 35%}, total: 4}}}}\n"
                    "demand: {emergency: {probability: 0%}, trend: {prior: 0%}}\n" HORIZON);
    assert_int_equal(self.status, BG_OK);
    assert_close(bg_demand_mean(self.demand, 0, 1) / 100, 70e6 * 2.05 / 1.75, 0.1);
    demand_unload(&self);
}

static void assert_refused(const char *people, const char *message)
{
    char text[4096];
    snprintf(text, sizeof text, LINES "people: {employees: {%s}}\n", people);
    demand_loaded self = demand_load(text);
    char *messages = messages_of(&self.errors);
    assert_int_equal(self.status, BG_RANGE);
    assert_reports(messages, message);
    free(messages);
    demand_unload(&self);
}

static void care_that_nobody_needs_is_refused(void **state)
{
    (void)state;
    assert_refused("groups: {in_work: {share: 70%, inpatient: 0}, retired: {share: 30%, inpatient: "
                   "0, outpatient: 2}}",
                   "test.yaml:5:30: people[employees].groups: In 2024 nobody needs inpatient care: "
                   "all groups that have people then have relative figures of 0 in `inpatient`; "
                   "give one of them a figure above 0.\n");
}

static void care_of_which_nothing_is_said_is_warned_of(void **state)
{
    (void)state;
    demand_loaded self = load("groups: {young: {share: 70%}, old: {share: 30%, inpatient: 3}}", "");
    char *messages = messages_of(&self.errors);
    assert_reports(
        messages,
        "warning: test.yaml:5:30: people[employees].groups: No group says how much outpatient care "
        "its people need (`outpatient`); they are taken to need as much as each other, so that "
        "the mix of the people does not change it.\n");
    assert_null(strstr(messages, "inpatient care"));
    free(messages);
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(on_top_of_trends_the_mix_multiplies_cases_and_cost),
        cmocka_unit_test(in_the_trend_its_own_pace_is_taken_out),
        cmocka_unit_test(where_past_years_are_known_the_trend_holds_their_pace),
        cmocka_unit_test(numbers_of_the_groups_say_how_many_people_there_are),
        cmocka_unit_test(numbers_of_past_years_are_those_of_the_past_people),
        cmocka_unit_test(groups_that_do_not_move_leave_every_bit),
        cmocka_unit_test(both_engines_have_the_mean_of_the_formula),
        cmocka_unit_test(growth_falls_into_ageing_and_the_rest),
        cmocka_unit_test(totals_follow_the_mix_by_payments_a_head),
        cmocka_unit_test(care_that_nobody_needs_is_refused),
        cmocka_unit_test(care_of_which_nothing_is_said_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
