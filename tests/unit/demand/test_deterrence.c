/* What audits deter in the year after: by hand where it is sure, by its distribution where not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "demand/deterrence.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { STAYS, VISITS, LINES, YEARS = 4 }; /* in byte order of their names */

/* 60 million for admissions, 20 million for visits; nothing puts care off. */
#define COUNTY(years, first)                                                                       \
    "history: {2024: {residents.inpatient.in: {cases: 12000, paid: 60M},\n"                        \
    "  residents.outpatient.in: {cases: 400000, paid: 20M}}}\n"                                    \
    "people: {residents: {count: 100000}}\n"                                                       \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  lines: {residents.inpatient.in: {levels: {county: {cases: 40%, cost: 3},\n"                 \
    "    township: {cases: 60%, cost: 1}}}}\n"                                                     \
    "simulation: {years: " years ", first_year: " first "}\n"

static demand_loaded load_from(const char *county, const char *measures)
{
    char text[2048];
    snprintf(text, sizeof text, "%smeasures: {%s}\n", county, measures);
    demand_loaded self = demand_load(text);
    if (self.status != BG_OK) {
        fail_msg("%s", messages_of(&self.errors));
    }
    return self;
}

static demand_loaded load(const char *measures)
{
    return load_from(COUNTY("4", "2025"), measures);
}

/* Means of a line, or of both, by what they are without any measure. */
typedef struct means {
    double with[LINES][YEARS], without[LINES][YEARS];
} means;

static void find_means(bg_demand *demand, double mean[LINES][YEARS])
{
    for (size_t line = 0; line < LINES; line++) {
        for (size_t year = 0; year < demand->years; year++) {
            mean[line][year] = bg_demand_mean(demand, line, year);
        }
    }
}

static means means_of(const demand_loaded *self)
{
    means of;
    find_means(self->demand, of.with);
    bg_demand_keep_changes(self->demand, 0);
    find_means(self->demand, of.without);
    bg_demand_keep_changes(self->demand, BG_ALL_CHANGES);
    return of;
}

static double both(double mean[LINES][YEARS], size_t year)
{
    return mean[VISITS][year] + mean[STAYS][year];
}

/* ---- sure ---- */

/* Two million are brought back each year, which deters three million of the next year's payments; as they grow, the
 * share of them falls. */
static void each_yuan_deters_as_many_in_the_next_year(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {from: 2025-01, recoveries: 2M, deterrence: 1.5}");
    means of = means_of(&self);
    const double deterred = 3e8, first = both(of.without, 1);
    assert_true(both(of.with, 0) == both(of.without, 0));
    assert_close(first - both(of.with, 1), deterred, 1e-9 * deterred);
    for (size_t year = 2; year < YEARS; year++) {
        const double paid = both(of.without, year), left = 1 - deterred / first;
        assert_close(both(of.with, year), paid * pow(left, first / paid), 1e-9 * paid);
        assert_close(paid - both(of.with, year), deterred, 0.01 * deterred);
    }
    demand_unload(&self);
}

static void it_takes_off_the_cases_of_its_lines_alone(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {lines: '*.inpatient.*', from: 2025-01, recoveries: 2M,\n"
                              "  deterrence: 1.5}");
    means of = means_of(&self);
    assert_true(of.with[VISITS][1] == of.without[VISITS][1]);
    assert_close(of.without[STAYS][1] - of.with[STAYS][1], 3e8, 0.3);
    bg_future path;
    assert_int_equal(bg_future_init(&path, self.demand), BG_OK);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    const double cases = path.line_cases[BG_FUTURE_YEAR(&path, STAYS, 1)];
    bg_demand_keep_changes(self.demand, 0);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    assert_close(cases / path.line_cases[BG_FUTURE_YEAR(&path, STAYS, 1)],
                 1 - 3e8 / of.without[STAYS][1], 1e-9);
    bg_future_free(&path);
    demand_unload(&self);
}

/* Half of the year's ramp is brought back in 2025 and in 2026; nothing after that, but 2027 is still deterred. */
static void it_follows_the_ramp_and_lasts_a_year_longer(void **state)
{
    (void)state;
    demand_loaded self =
        load("audit: {from: 2025-07, until: 2026-06, recoveries: 2M, deterrence: 1.5}");
    means of = means_of(&self);
    const double share = 3e8 / both(of.without, 1);
    const double second = both(of.without, 2), part = both(of.without, 1) / second / 2;
    assert_close(both(of.with, 1), both(of.without, 1) * sqrt(1 - share), 1);
    assert_close(both(of.with, 2), second * pow(1 - share, part), 1);
    assert_true(both(of.with, 3) == both(of.without, 3));
    demand_unload(&self);
}

/* What was brought back in the year before the first budget year counts in that. */
static void it_begins_before_the_budget_does(void **state)
{
    (void)state;
    demand_loaded self =
        load_from(COUNTY("2", "2026"), "audit: {from: 2025-04, recoveries: 2M, deterrence: 1.5}");
    means of = means_of(&self);
    const double share = 3e8 / both(of.without, 0);
    assert_close(both(of.with, 0), both(of.without, 0) * pow(1 - share, 0.75), 1);
    demand_unload(&self);
}

/* Of 1.8 parts of a case county hospitals have 1.2: two thirds of the payments lose all of the three million. */
static void a_level_has_its_own_part_of_the_payments(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {lines: '*.inpatient.*', level: county, from: 2025-01,\n"
                              "  recoveries: 2M, deterrence: 1.5}");
    means of = means_of(&self);
    assert_close(of.without[STAYS][1] - of.with[STAYS][1], 3e8, 1);
    const double share = 3e8 / (of.without[STAYS][1] / 1.5);
    const double weight = of.without[STAYS][1] / of.without[STAYS][2];
    assert_close(of.with[STAYS][2], of.without[STAYS][2] * (1 - (1 - pow(1 - share, weight)) / 1.5),
                 1);
    demand_unload(&self);
}

/* ---- uncertain ---- */

static const char uncertain[] =
    "audit: {from: 2025-01, recoveries: {p10: 1M, p90: 4M}, deterrence: {p10: 1, p90: 2}}";

/* One luck: the logarithm of what is deterred in yuan is normal about ln(0.2M √2), with the sd of both. */
static void the_mean_is_that_of_what_is_deterred(void **state)
{
    (void)state;
    demand_loaded self = load("audit: {from: 2025-01, recoveries: {p10: 100000, p90: 400000},\n"
                              "  deterrence: {p10: 1, p90: 2}}");
    means of = means_of(&self);
    const double sigma = log(4 * 2) / 2 / 1.2815515655446004;
    const double deterred = 2e7 * sqrt(2) * exp(sigma * sigma / 2);
    assert_close(both(of.without, 1) - both(of.with, 1), deterred, 1e-6 * deterred);
    demand_unload(&self);
}

static void both_engines_have_that_mean(void **state)
{
    (void)state;
    demand_loaded self = load(uncertain);
    assert_demand_means(self.demand, 4000);
    demand_unload(&self);
    self = load("audit: {lines: '*.inpatient.*', level: county, from: 2025-07, cases: -3%,\n"
                "  recoveries: {p10: 1M, p90: 8M}, deterrence: 2},\n"
                "other: {from: 2026-01, cost: {p10: -5%, p90: 2%}}");
    assert_demand_means(self.demand, 4000);
    demand_unload(&self);
}

static void no_more_than_half_is_deterred(void **state)
{
    (void)state;
    assert_close(bg_deterred_log(log(0.25)), log(0.75), 1e-15);
    assert_close(bg_deterred_log(log(0.5)), log(0.5), 1e-15);
    assert_close(bg_deterred_log(log(0.75)), log(0.5), 1e-15);
    assert_close(bg_deterred_log(5), log(0.5), 1e-15);
}

/* Futures that bring back more pay less in the next year, by what each yuan deters. */
static void more_brought_back_deters_more(void **state)
{
    (void)state;
    enum { N = 4000 };
    demand_loaded self =
        load("audit: {from: 2025-01, recoveries: {p10: 1M, p90: 8M}, deterrence: 3}");
    demand_block with = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&with, self.demand, 100), BG_OK);
    bg_demand_keep_changes(self.demand, 0);
    demand_block without = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&without, self.demand, 100), BG_OK);
    double back[2] = {0}, saved[2] = {0}; /* below the median of ln 1M and ln 8M, and above */
    for (size_t i = 0; i < N; i++) {
        const double fen = (double)with.columns[0][0].recovered[i];
        const size_t half = fen > 1e8 * sqrt(8);
        back[half] += fen / N;
        saved[half] += (double)(demand_block_expense(&without, 0, 1, i) -
                                demand_block_expense(&with, 0, 1, i)) /
                       N;
    }
    assert_true(back[1] > 2 * back[0]);
    for (size_t half = 0; half < 2; half++) {
        assert_close(saved[half], 3 * back[half], 0.05 * 3 * back[half]);
    }
    demand_block_free(&with);
    demand_block_free(&without);
    demand_unload(&self);
}

/* ---- off ---- */

static uint64_t hash_of(const bg_demand *demand)
{
    demand_block block = demand_block_new(demand, 100);
    assert_int_equal(demand_block_draw(&block, demand, 64), BG_OK);
    const uint64_t hash = demand_block_hash(&block);
    demand_block_free(&block);
    return hash;
}

static void none_or_a_measure_that_is_left_out_leaves_every_bit(void **state)
{
    (void)state;
    demand_loaded self = load(uncertain), none = load("");
    demand_loaded zero = load("audit: {from: 2025-01, recoveries: 2M, deterrence: 0}");
    demand_loaded plain = load("audit: {from: 2025-01, recoveries: 2M}");
    assert_int_equal(hash_of(zero.demand), hash_of(plain.demand));
    assert_true(hash_of(self.demand) != hash_of(none.demand));
    bg_demand_keep_changes(self.demand, 0);
    assert_int_equal(hash_of(self.demand), hash_of(none.demand));
    demand_unload(&self);
    demand_unload(&none);
    demand_unload(&zero);
    demand_unload(&plain);
}

/* ---- errors ---- */

static void bad_input_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *measure, *message;
    } cases[] = {
        {"from: 2025-01, cases: -1%, deterrence: 1.5", "give its `recoveries`"},
        {"from: 2025-01, recoveries: 2M, deterrence: {p10: 1}", "has both p10 and p90"},
        {"from: 2025-01, recoveries: 2M, deterrence: {p10: 2, p90: 2}", "p90 must be above p10"},
        {"from: 2025-01, recoveries: {p10: 1M, p90: 2M}, cost: {p10: -2%, p90: -1%},\n"
         " deterrence: 1.5",
         "make them two measures"},
        {"from: 2025-01, recoveries: 2M, deterrence: 30", "at most 50% are allowed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[2048];
        snprintf(text, sizeof text, "%smeasures: {audit: {%s}}\n", COUNTY("4", "2025"),
                 cases[i].measure);
        demand_loaded self = demand_load(text);
        char *messages = messages_of(&self.errors);
        assert_true(self.status != BG_OK);
        assert_says_among_others(messages, cases[i].message);
        free(messages);
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_yuan_deters_as_many_in_the_next_year),
        cmocka_unit_test(it_takes_off_the_cases_of_its_lines_alone),
        cmocka_unit_test(it_follows_the_ramp_and_lasts_a_year_longer),
        cmocka_unit_test(it_begins_before_the_budget_does),
        cmocka_unit_test(a_level_has_its_own_part_of_the_payments),
        cmocka_unit_test(the_mean_is_that_of_what_is_deterred),
        cmocka_unit_test(both_engines_have_that_mean),
        cmocka_unit_test(no_more_than_half_is_deterred),
        cmocka_unit_test(more_brought_back_deters_more),
        cmocka_unit_test(none_or_a_measure_that_is_left_out_leaves_every_bit),
        cmocka_unit_test(bad_input_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
