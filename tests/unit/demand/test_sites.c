/* Changes that act on levels of a line, and cases that move between levels: both engines, means, errors. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/moments.h"
#include "../../support/says.h"
#include "demand/sites.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* Admissions at 5,000 yuan, of which the fund pays 3,000: 4,000 in a county hospital, 1,500 in a township; and visits
 * at 20, of which 24 at the county's and 14 in townships. */
#define HISTORY(cases, cost, paid, visits, people)                                                 \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: " cases ", cost: " cost ", paid: " paid "}\n"             \
    "    residents.outpatient.in: {cases: " cases ", paid: " visits "}\n"                          \
    "people: {residents: {count: " people "}}\n"                                                   \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  services:\n"                                                                                \
    "    inpatient: {cases_elasticity: -0.4, cases_elasticity_sd: 0, cost_elasticity: -0.2,\n"     \
    "      cost_elasticity_sd: 0}\n"                                                               \
    "  lines:\n"                                                                                   \
    "    residents.inpatient.in:\n"                                                                \
    "      levels: {county: {cases: 60%, cost: 4000}, township: {cases: 40%, cost: 1500}}\n"       \
    "    residents.outpatient.in:\n"                                                               \
    "      levels: {county: {cases: 60%, cost: 24}, township: {cases: 40%, cost: 14}}\n"
#define MANY HISTORY("10000", "50M", "30M", "200000", "50000")
#define FEW  HISTORY("60", "300000", "180000", "1200", "300")
#define IN_FORCE                                                                                   \
    "benefits:\n"                                                                                  \
    "  in_force: {lines: '*.inpatient.*', eligible: 90%, deductible: 500, rate: 75%}\n"            \
    "  in_townships: {lines: '*.inpatient.*', level: township, deductible: 100, rate: 90%}\n"
#define LOWER "  lower: {lines: '*.inpatient.*', level: county, from: 2025-07, deductible: 200}\n"

enum { INPATIENT, OUTPATIENT, LINES, YEARS = 2 };

/* ---- on the central path ---- */

typedef struct sums {
    double cases[LINES], paid[LINES]; /* of the last year */
} sums;

static sums central(const char *text)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    bg_future path = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    sums result;
    for (size_t i = 0; i < LINES; i++) {
        result.cases[i] = path.line_cases[BG_FUTURE_YEAR(&path, i, YEARS - 1)];
        result.paid[i] = (double)path.line_paid[BG_FUTURE_YEAR(&path, i, YEARS - 1)];
    }
    bg_future_free(&path);
    demand_unload(&self);
    return result;
}

static void a_measure_acts_on_its_level_alone(void **state)
{
    (void)state;
    static const struct {
        const char *measures;
        double cases, paid; /* by those without measures */
    } rows[] = {
        /* 0.3 4000 + 0.4 1500 = 1800 of 3000 yuan, for 0.3 + 0.4 of the cases */
        {"measures: {a: {lines: '*.inpatient.*', level: county, from: 2026-01, cases: -50%}}\n",
         0.7, 0.6},
        /* 0.6 4000 + 0.4 1650 = 3060 */
        {"measures: {a: {lines: '*.inpatient.*', level: township, from: 2026-01, cost: 10%}}\n", 1,
         1.02},
        /* 0.9 (0.6 4000 + 0.4 1.2 1500 1.1) = 2872.8, with half of all cases */
        {"measures:\n  a: {lines: '*.inpatient.*', level: township, from: 2026-01, cases: 20%, "
         "cost: 10%}\n"
         "  b: {lines: '*.inpatient.*', from: 2026-01, cases: -50%, cost: -10%}\n",
         0.54, 0.4788},
        /* both of its levels */
        {"measures: {a: {lines: '*.inpatient.*', level: [county, township], from: 2026-01, cases: "
         "-50%}}\n",
         0.5, 0.5},
    };
    const sums before = central(MANY);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[3000];
        snprintf(text, sizeof text, "%s%s", MANY, rows[i].measures);
        const sums after = central(text);
        assert_close(after.cases[INPATIENT] / before.cases[INPATIENT], rows[i].cases, 1e-12);
        assert_close(after.paid[INPATIENT] / before.paid[INPATIENT], rows[i].paid, 1e-8);
        assert_true(after.paid[OUTPATIENT] == before.paid[OUTPATIENT]);
    }
}

/* A tenth of those in county hospitals goes to townships: 0.54 4000 + 0.46 1500 = 2850 of 3000 yuan; at 1.2 of what
 * a case there costs 0.06 0.2 1500 = 18 more. */
static void cases_move_between_levels_and_none_is_lost(void **state)
{
    (void)state;
    const sums before = central(MANY);
    const sums after =
        central(MANY "measures: {tiered: {lines: '*.inpatient.*', level: county, from: 2026-01,\n"
                     "  place: {to: residents.inpatient.in, to_level: township, share: 10%}}}\n");
    assert_close(after.cases[INPATIENT], before.cases[INPATIENT], 1e-12 * before.cases[INPATIENT]);
    assert_close(after.paid[INPATIENT] / before.paid[INPATIENT], 0.95, 1e-8);
    /* Who is in the township stays: the same without `level`. */
    const sums dear = central(MANY "measures: {tiered: {lines: '*.inpatient.*', from: 2026-01,\n"
                                   "  place: {to: residents.inpatient.in, to_level: township, "
                                   "share: 10%, relative_cost: 120%}}}\n");
    assert_close(dear.paid[INPATIENT] / before.paid[INPATIENT], 0.956, 1e-8);
    /* A quarter of the townships' admissions become visits, as levels share them or in a township. */
    static const char *const to[] = {"", "to_level: township, "};
    static const double each[] = {20, 14};
    for (size_t i = 0; i < 2; i++) {
        char text[3000];
        snprintf(text, sizeof text,
                 "%smeasures: {day: {lines: '*.inpatient.*', level: township, from: 2026-01,\n"
                 "  place: {to: residents.outpatient.in, %sshare: 25%%}}}\n",
                 MANY, to[i]);
        const sums day = central(text);
        const double moved = 0.1 * before.cases[INPATIENT];
        const double visit = before.paid[OUTPATIENT] / before.cases[OUTPATIENT] / 20;
        assert_close(day.cases[INPATIENT] + moved, before.cases[INPATIENT], 1e-8);
        assert_close(day.cases[OUTPATIENT] - moved, before.cases[OUTPATIENT], 1e-8);
        assert_close(day.paid[INPATIENT] / before.paid[INPATIENT], 0.95, 1e-8);
        assert_close(day.paid[OUTPATIENT] - before.paid[OUTPATIENT], moved * visit * each[i], 100);
    }
}

/* Who comes spreads as the visits of the line: 0.6 24 1.1 + 0.4 14 = 21.44 of 20 yuan. */
static void who_moves_to_no_level_spreads_over_those_of_the_line(void **state)
{
    (void)state;
    const sums before = central(MANY);
    const sums after =
        central(MANY "measures:\n"
                     "  dear: {lines: '*.outpatient.*', level: county, from: 2026-01, cost: 10%}\n"
                     "  day: {lines: '*.inpatient.*', level: township, from: 2026-01,\n"
                     "    place: {to: residents.outpatient.in, share: 25%}}\n");
    const double all = before.cases[OUTPATIENT] + 0.1 * before.cases[INPATIENT];
    assert_close(after.cases[OUTPATIENT], all, 1e-12 * all);
    const double visit = before.paid[OUTPATIENT] / before.cases[OUTPATIENT] / 20;
    assert_close(after.paid[OUTPATIENT] / (all * visit * 21.44), 1, 1e-6);
}

#define UNCERTAIN                                                                                  \
    "measures:\n"                                                                                  \
    "  tiered: {lines: '*.inpatient.*', level: county, from: 2025-04, cases: {p10: -30%, p90: "    \
    "10%},\n"                                                                                      \
    "    cost: {p10: -20%, p90: 30%}, place: {to: residents.inpatient.in, to_level: township,\n"   \
    "    share: {p10: 5%, p90: 40%}, relative_cost: 130%}}\n"                                      \
    "  visits: {lines: '*.inpatient.*', level: township, from: 2025-01, cost: {p10: 1%, p90: "     \
    "30%},\n"                                                                                      \
    "    place: {to: residents.outpatient.in, to_level: county, share: 5%}}\n"                     \
    "incidents: {flu: {lines: '*.inpatient.*', level: township, from: 2026-01, until: 2026-03,\n"  \
    "  cases: 40%, probability: 40%}}\n"
#define SURE                                                                                       \
    "measures:\n"                                                                                  \
    "  tiered: {lines: '*.inpatient.*', level: county, from: 2025-04, cases: -20%, cost: 15%,\n"   \
    "    place: {to: residents.inpatient.in, to_level: township, share: 30%, relative_cost: "      \
    "130%}}\n"

static void simulated_means_are_those_of_the_formula(void **state)
{
    (void)state;
    static const char *const texts[] = {MANY UNCERTAIN, FEW UNCERTAIN, MANY IN_FORCE LOWER SURE,
                                        FEW IN_FORCE LOWER SURE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        demand_loaded self = demand_load(texts[i]);
        assert_int_equal(self.status, BG_OK);
        assert_demand_means(self.demand, 20000);
        demand_unload(&self);
    }
}

static void steady(bg_demand *demand)
{
    for (size_t i = 0; i < demand->line_count; i++) {
        bg_demand_line *line = &demand->line[i];
        line->dispersion = 1;
        for (int part = 0; part < BG_PARTS; part++) {
            line->part[part].volatility = 0;
            line->part[part].trend = (bg_trend_view){0};
        }
    }
    demand->scheme[0].growth = demand->scheme[0].growth_sd = 0;
    demand->season[3] = 1;
}

/* With all in townships payments have half of the old mean and vary by v, where 1 + v =
 * (1 + 1.06^2) / (0.6 16/9 + 0.4 / 4). The variance of a month of Poisson counts is n c^2 (1 + v); that of visits is
 * nothing beside it. */
static void payments_vary_as_those_of_the_levels_together(void **state)
{
    (void)state;
    enum { N = 20000 };
    demand_loaded self = demand_load(
        FEW "measures: {tiered: {lines: '*.inpatient.*', level: county, from: 2025-01,\n"
            "  place: {to: residents.inpatient.in, to_level: township, share: 100%}}}\n");
    assert_int_equal(self.status, BG_OK);
    steady(self.demand);
    const double expected = 5 * 150000.0 * 150000 * (1 + 1.06 * 1.06) / (0.6 * 16 / 9 + 0.1);
    moments reference = {0}, fast = {0};
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand);
    demand_block block = demand_block_new(self.demand, N);
    assert_int_equal(demand_block_draw(&block, self.demand, 100), BG_OK);
    for (uint32_t f = 0; f < N; f++) {
        assert_int_equal(bg_demand_draw(self.demand, sampler, f + 1, &path), BG_OK);
        moments_add(&reference, (double)path.expense[BG_FUTURE_MONTH(&path, 0, 0, 3)]);
        moments_add(&fast, (double)block.columns[0][0].expense[3][f]);
    }
    const moments *const both[] = {&reference, &fast};
    for (size_t i = 0; i < 2; i++) {
        const double mean = both[i]->sum / N;
        const double variance = both[i]->squares / N - mean * mean;
        assert_close(variance / expected, 1, 0.05);
    }
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

static void a_change_of_nothing_on_a_level_leaves_the_bits(void **state)
{
    (void)state;
    const uint64_t plain = bits_of(FEW);
    assert_true(bits_of(FEW "measures: {a: {lines: '*.inpatient.*', level: county, from: 2025-07, "
                            "cases: 0%, cost: 0%}}\n") == plain);
    assert_true(bits_of(FEW "measures: {a: {lines: '*.inpatient.*', level: county, from: 2025-07,\n"
                            "  place: {to: residents.inpatient.in, to_level: township, share: "
                            "0%}}}\n") == plain);
    assert_true(bits_of(FEW "measures: {a: {lines: '*.inpatient.*', level: county, from: 2025-07, "
                            "cases: 1%}}\n") != plain);
}

/* Where all of a line's levels are touched alike it is still the line, but for the variation of its payments, which
 * its levels give: to a rounding the line's own. */
static void levels_that_change_alike_are_the_line(void **state)
{
    (void)state;
    demand_loaded line = demand_load(MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, "
                                          "cases: {p10: -30%, p90: 10%}, cost: -5%}}\n");
    demand_loaded levels =
        demand_load(MANY "measures: {a: {lines: '*.inpatient.*', level: [county, township], from: "
                         "2025-07, cases: {p10: -30%, p90: 10%}, cost: -5%}}\n");
    assert_int_equal(line.status, BG_OK);
    assert_int_equal(levels.status, BG_OK);
    demand_block a = demand_block_new(line.demand, 200), b = demand_block_new(levels.demand, 200);
    assert_int_equal(demand_block_draw(&a, line.demand, 200), BG_OK);
    assert_int_equal(demand_block_draw(&b, levels.demand, 200), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        assert_close(bg_demand_mean(line.demand, INPATIENT, year),
                     bg_demand_mean(levels.demand, INPATIENT, year), 1e-2);
        for (size_t i = 0; i < 200; i++) {
            const double expense = (double)demand_block_expense(&a, 0, year, i);
            assert_close((double)demand_block_expense(&b, 0, year, i), expense, 1e-7 * expense);
            assert_close((double)a.columns[0][year].patients[i],
                         (double)b.columns[0][year].patients[i], 1e-7 * expense);
        }
    }
    demand_block_free(&b);
    demand_block_free(&a);
    demand_unload(&levels);
    demand_unload(&line);
}

/* Of townships' payments, 0.2 of the line's, 1.5 times as many: 0.1 of 1.1 is the emergency's. */
static void what_an_incident_adds_on_a_level_is_the_emergencys(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(MANY "incidents: {flu: {lines: '*.inpatient.*', level: township, from: "
                         "2025-01, until: 2026-12, cases: 50%}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_future path = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    const double paid = (double)path.line_paid[BG_FUTURE_YEAR(&path, INPATIENT, 1)];
    assert_close((double)draft_year(path.emergency, &path, 0, 1), paid / 11, 10);
    bg_future_free(&path);
    demand_unload(&self);
}

/* ---- what cannot be ---- */

static void a_level_that_is_not_there_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path, *words;
    } cases[] = {
        {MANY "measures: {a: {lines: '*.inpatient.*', level: [county, city], from: 2025-07, cases: "
              "1%}}\n",
         "measures[a].level[2]", "\"city\""},
        {MANY "incidents: {a: {lines: '*.inpatient.*', level: city, from: 2025-07, until: 2025-08, "
              "cases: 1%}}\n",
         "incidents[a].level[1]", "residents.inpatient.in"},
        {MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, place: {to: "
              "residents.outpatient.in, to_level: city, share: 5%}}}\n",
         "measures[a].place.to_level", "residents.outpatient.in"},
        {MANY "measures: {a: {lines: '*.inpatient.*', level: county, from: 2025-07, place: {to: "
              "residents.inpatient.in, to_level: county, share: 5%}}}\n",
         "measures[a].place.to", "to_level"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        demand_loaded self = demand_load(cases[i].text);
        assert_int_equal(self.status, BG_INVALID);
        assert_null(self.demand);
        assert_int_equal(self.errors.error_count, 1);
        assert_string_equal(self.errors.items[0].path, cases[i].path);
        assert_says_among_others(self.errors.items[0].message, cases[i].words);
        demand_unload(&self);
    }
}

/* Levels at 2 and 1/2 of the mean, of cost up to twice as much and payments of 0.5 within: half of the payments at 4
 * and the others at 1/2 vary by at most (4.5^2 / (4 2)) (1 + 0.5) - 1. */
static void the_variation_of_payments_among_levels_is_bounded(void **state)
{
    (void)state;
    bg_change change = {.line = {true},
                        .level = {1},
                        .size = {{.factor = 1}, {.factor = 2, .mu = log(2)}},
                        .probability = 1};
    bg_demand demand = {.line_count = 1, .change_count = 1, .change = &change};
    demand.line[0].levels =
        (bg_line_levels){.count = 2, .cases = {1.0 / 3, 2.0 / 3}, .cost = {2, 0.5}, .within = 0.5};
    double low, high;
    assert_true(bg_demand_line_divides(&demand, 0));
    bg_demand_divided_variation(&demand, 0, &low, &high);
    assert_close(low, 0.5, 1e-15);
    assert_close(high, 1.5 * 4.5 * 4.5 / 8 - 1, 1e-14);
    demand.change =
        &(bg_change){.line = {true}, .level = {1}, .size = {{.factor = 1}, {.factor = 1}}};
    assert_false(bg_demand_line_divides(&demand, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measure_acts_on_its_level_alone),
        cmocka_unit_test(cases_move_between_levels_and_none_is_lost),
        cmocka_unit_test(who_moves_to_no_level_spreads_over_those_of_the_line),
        cmocka_unit_test(simulated_means_are_those_of_the_formula),
        cmocka_unit_test(payments_vary_as_those_of_the_levels_together),
        cmocka_unit_test(a_change_of_nothing_on_a_level_leaves_the_bits),
        cmocka_unit_test(levels_that_change_alike_are_the_line),
        cmocka_unit_test(what_an_incident_adds_on_a_level_is_the_emergencys),
        cmocka_unit_test(a_level_that_is_not_there_is_an_error_at_its_place),
        cmocka_unit_test(the_variation_of_payments_among_levels_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
