/* What indicators of performance ask of a simulated year. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/says.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { FUTURES = 3, MOST = 8 };

/* 100,000 people. By case: stays 6,000 yuan inside, of which 4,000 are paid, 15,000 and 6,000 outside; visits 100
 * and 50. Stays get 10 % a year dearer (on the logarithm); nothing else moves, and all is certain. */
#define LINES                                                                                      \
    "history: {2024: {residents.inpatient.in: {cases: 9000, cost: 54M, paid: 36M},\n"              \
    "  residents.inpatient.out: {cases: 1000, cost: 15M, paid: 6M},\n"                             \
    "  residents.outpatient.in: {cases: 90000, cost: 9M, paid: 4500000}}}\n"
#define FLAT                                                                                       \
    "frequency_trend: 0, frequency_trend_sd: 0, cost_trend_sd: 0, frequency_volatility: 0,"        \
    "cost_volatility: 0"
#define DEMAND(emergency)                                                                          \
    "people: {residents: {count: 100000, growth: 0, growth_sd: 0}}\n"                              \
    "demand:\n"                                                                                    \
    "  season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"                                             \
    "  services: {inpatient: {" FLAT ", cost_trend: 10%},\n"                                       \
    "    outpatient: {" FLAT ", cost_trend: 0}}\n"                                                 \
    "  lines:\n"                                                                                   \
    "    residents.inpatient.in: {levels: {township: {cases: 30%, cost: 1},"                       \
    " county: {cases: 70%, cost: 3}}}\n"                                                           \
    "    residents.outpatient.in: {levels: {station: {cases: 50%, cost: 1, primary: true},"        \
    " township: {cases: 30%, cost: 1}, county: {cases: 20%, cost: 1}}}\n"                          \
    "  emergency: {" emergency "}\n"
#define CALM   "probability: 0"
#define YEARS2 "simulation: {years: 2}\n"
/* Floors and targets are not the model's affair. */
#define ASK(name, what) "    " name ": {simulated: " what ", floor: 0, target: 1}\n"
#define PERFORMANCE     "performance:\n  indicators:\n"

static const char all_kinds[] = LINES DEMAND(CALM)
YEARS2 PERFORMANCE                                               /* */
    ASK("inside", "cases_inside") ASK("money", "paid_inside")    /* */
    ASK("primary", "cases_primary") ASK("growth", "cost_growth") /* */
    ASK("fund", "fund_share") ASK("stays", "admissions")         /* */
    ASK("head", "patients_per_head") ASK("case", "patients_per_case");

/* What both engines and the central path say of quantity q in a year. */
static void assert_quantity(const bg_demand *demand, size_t q, size_t year, double expected)
{
    const double tolerance = 1e-12 * fmax(1, fabs(expected));
    bg_future path = draft_path(demand);
    bg_sampler *sampler = draft_sampler(demand);
    const size_t at = BG_FUTURE_YEAR(&path, q, year);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    assert_close(path.quantity[at], expected, tolerance);
    demand_block block = demand_block_new(demand, FUTURES);
    bg_block_sampler *fast = bg_block_sampler_new(demand, FUTURES);
    assert_non_null(fast);
    assert_int_equal(bg_demand_draw_block(demand, fast, 1, FUTURES, block.columns), BG_OK);
    for (uint32_t i = 0; i < FUTURES; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i + 1, &path), BG_OK);
        assert_close(path.quantity[at], expected, tolerance);
        assert_close(bg_block_sampler_quantity(fast, q, year)[i], expected, tolerance);
    }
    bg_block_sampler_free(fast);
    demand_block_free(&block);
    bg_sampler_free(sampler);
    bg_future_free(&path);
}

static demand_loaded load(const char *text)
{
    demand_loaded loaded = demand_load(text);
    assert_int_equal(loaded.status, BG_OK);
    return loaded;
}

static void a_year_is_measured_as_by_hand(void **state)
{
    (void)state;
    demand_loaded loaded = load(all_kinds);
    assert_int_equal(bg_demand_quantity_count(loaded.demand), 8);
    const double dearer = exp(0.1);
    const double inside = 36 * dearer + 4.5, paid = inside + 6 * dearer;
    const double bills = 69 * dearer + 9;
    const double expected[] = {
        99,                                        /* (9,000 + 90,000) / 100,000 */
        100 * inside / paid,                       /* 36 and 4.5 of 46.5, grown */
        100 * (9000 * 0.3 + 90000 * 0.8) / 100000, /* 74.7 */
        100 * (bills / 78 - 1),                    /* from 780 yuan a case */
        100 * paid / bills,                        /* of 78 million */
        10,                                        /* 10,000 stays of 100,000 people */
        1e6 * (bills - paid) / 100000,
        1e6 * (bills - paid) / 100000,
    };
    for (size_t q = 0; q < sizeof expected / sizeof *expected; q++) {
        assert_quantity(loaded.demand, q, 0, expected[q]);
    }
    const double next = 69 * dearer * dearer + 9;
    assert_quantity(loaded.demand, 3, 1, 100 * (next / bills - 1));
    demand_unload(&loaded);
}

static void growth_of_the_first_budget_year_is_from_the_year_before_it(void **state)
{
    (void)state;
    demand_loaded loaded =
        load(LINES DEMAND(CALM) "simulation: {first_year: 2027, years: 1}\n" PERFORMANCE ASK(
            "growth", "cost_growth"));
    const double dearer = exp(0.1);
    const double before = 69 * dearer * dearer + 9, now = 69 * dearer * dearer * dearer + 9;
    assert_quantity(loaded.demand, 0, 0, 100 * (now / before - 1));
    demand_unload(&loaded);
}

static void the_lines_named_count_alone(void **state)
{
    (void)state;
    demand_loaded loaded = load(
        LINES DEMAND(CALM) YEARS2 PERFORMANCE
        "    inside: {simulated: cases_inside, lines: residents.inpatient.*, floor: 0, target: 1}\n"
        "    visits: {simulated: patients_per_case, lines: ['*.outpatient.*'], floor: 0, target: "
        "1}\n");
    assert_quantity(loaded.demand, 0, 0, 90);
    assert_quantity(loaded.demand, 1, 0, 50);
    demand_unload(&loaded);
}

static void what_acts_for_half_a_year_counts_by_half(void **state)
{
    (void)state;
    demand_loaded loaded =
        load(LINES DEMAND(CALM) YEARS2 PERFORMANCE ASK("inside", "cases_inside") ASK(
            "stays",
            "admissions") "measures:\n"
                          "  home: {lines: [residents.inpatient.out], from: 2025-07,\n"
                          "    place: {to: residents.inpatient.in, share: 40%}}\n"
                          "  more: {lines: [residents.inpatient.*], from: 2025-07, cases: 20%}\n");
    /* Outside 500 and 500 x 1.2 x 0.6 = 860; stays 5,000 and 6,000; all 101,000. */
    assert_quantity(loaded.demand, 0, 0, 100 * (1 - 860.0 / 101000));
    assert_quantity(loaded.demand, 1, 0, 11);
    assert_quantity(loaded.demand, 0, 1, 100 * (1 - 720.0 / 102000));
    demand_unload(&loaded);
}

static void cases_moved_between_levels_count_where_they_are(void **state)
{
    (void)state;
    demand_loaded loaded = load(LINES DEMAND(CALM) YEARS2 PERFORMANCE ASK(
        "primary",
        "cases_primary") "measures:\n"
                         "  down: {lines: [residents.inpatient.in], level: county, from: 2025-07,\n"
                         "    place: {to: residents.inpatient.in, to_level: township, share: "
                         "50%}}\n");
    /* Of 9,000 stays 30 % are at primary levels, and from July 65 %; visits 80 % of 90,000. */
    assert_quantity(loaded.demand, 0, 0, 100 * (9000 * 0.475 + 72000) / 100000);
    assert_quantity(loaded.demand, 0, 1, 100 * (9000 * 0.65 + 72000) / 100000);
    demand_unload(&loaded);
}

static void people_whom_a_measure_brings_are_among_the_insured(void **state)
{
    (void)state;
    demand_loaded loaded = load(LINES DEMAND(CALM) YEARS2 PERFORMANCE ASK(
        "stays",
        "admissions") "measures: {enrolled: {lines: [residents.*], from: 2025-07, people: 10%}}\n");
    assert_quantity(loaded.demand, 0, 0, 10); /* 10,500 stays of 105,000 people */
    assert_quantity(loaded.demand, 0, 1, 10);
    demand_unload(&loaded);
}

static void patients_pay_what_changed_terms_leave(void **state)
{
    (void)state;
    /* Two thirds of a stay inside and a half of a visit are paid; then a third. The bill stays. */
    demand_loaded loaded = load(
        LINES DEMAND(CALM) YEARS2 PERFORMANCE
        "    fund: {simulated: fund_share, lines: residents.inpatient.in, floor: 0, target: 1}\n"
        "benefits:\n"
        "  before: {lines: [residents.inpatient.in], rate: 66%}\n"
        "  after: {lines: [residents.inpatient.in], rate: 33%, from: 2025-01}\n");
    bg_demand *demand = loaded.demand;
    for (int part = 0; part < BG_PARTS; part++) {
        demand->line[0].elasticity[part] = (bg_elasticity){.mean = 0, .sd = 0};
    }
    bg_future path = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &path), BG_OK);
    assert_close(path.quantity[0], 100.0 / 3, 1e-3); /* a curve is 2 10^-5 off at most */
    bg_future_free(&path);
    demand_unload(&loaded);
}

static void emergencies_take_and_bring_back_cases(void **state)
{
    (void)state;
    demand_loaded loaded =
        load(LINES DEMAND("probability: 100%, dip: 15%, dip_sd: 0, direct_cost: 5%,"
                          " direct_cost_sd: 0, rebound: 10%, rebound_sd: 0")
                 YEARS2 PERFORMANCE ASK("stays", "admissions") ASK("fund", "fund_share"));
    bg_future path = draft_path(loaded.demand);
    bg_sampler *sampler = draft_sampler(loaded.demand);
    demand_block block = demand_block_new(loaded.demand, FUTURES);
    bg_block_sampler *fast = bg_block_sampler_new(loaded.demand, FUTURES);
    assert_int_equal(bg_demand_draw_block(loaded.demand, fast, 1, FUTURES, block.columns), BG_OK);
    /* 10 (1 - 15 %), then with last year's 10 % on top. What an emergency costs directly is no care. */
    static const double stays[] = {8.5, 9.35};
    for (uint32_t i = 0; i < FUTURES; i++) {
        assert_int_equal(bg_demand_draw(loaded.demand, sampler, i + 1, &path), BG_OK);
        for (size_t year = 0; year < 2; year++) {
            const double dearer = exp(0.1 * (double)(year + 1));
            const double fund = 100 * (42 * dearer + 4.5) / (69 * dearer + 9);
            const bg_block_sampler *by = fast;
            assert_close(path.quantity[BG_FUTURE_YEAR(&path, 0, year)], stays[year], 1e-12);
            assert_close(path.quantity[BG_FUTURE_YEAR(&path, 1, year)], fund, 1e-12);
            assert_close(bg_block_sampler_quantity(by, 0, year)[i], stays[year], 1e-12);
            assert_close(bg_block_sampler_quantity(by, 1, year)[i], fund, 1e-12);
        }
    }
    bg_block_sampler_free(fast);
    demand_block_free(&block);
    bg_sampler_free(sampler);
    bg_future_free(&path);
    demand_unload(&loaded);
}

/* ---- the engines ---- */

typedef struct sums {
    double sum, squares;
} sums;

static void add(sums *self, double value)
{
    self->sum += value;
    self->squares += value * value;
}

/* Means differ by less than 4.5 of their joint standard errors, which sound engines fail once in 10,000 times for
 * all comparisons here together. */
static void assert_alike(const sums *a, const sums *b, size_t n)
{
    const double size = (double)n, mean_a = a->sum / size, mean_b = b->sum / size;
    const double variance = (a->squares + b->squares) / size - mean_a * mean_a - mean_b * mean_b;
    assert_true(variance > 0);
    assert_true(fabs(mean_a - mean_b) < 4.5 * sqrt(variance / size));
}

static void the_engines_agree(void **state)
{
    (void)state;
    enum { N = 4000, QUANTITIES = 5 };
    demand_loaded loaded = load(
        LINES
        "people: {residents: 100000}\n"
        "demand: {emergency: {probability: 40%}}\n"
        "simulation: {first_year: 2026, years: 2}\n"
        "measures: {home: {lines: [residents.inpatient.out], from: 2026-07,\n"
        "  place: {to: residents.inpatient.in, share: {p10: 10%, p90: 40%}}}}\n" PERFORMANCE ASK(
            "inside", "cases_inside") ASK("money", "paid_inside") ASK("growth", "cost_growth")
            ASK("stays", "admissions") ASK("head", "patients_per_head"));
    sums reference[QUANTITIES][2] = {{{0, 0}}}, fast[QUANTITIES][2] = {{{0, 0}}};
    bg_future path = draft_path(loaded.demand);
    bg_sampler *sampler = draft_sampler(loaded.demand);
    demand_block block = demand_block_new(loaded.demand, N);
    bg_block_sampler *blocks = bg_block_sampler_new(loaded.demand, N);
    assert_int_equal(bg_demand_draw_block(loaded.demand, blocks, 1, N, block.columns), BG_OK);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(loaded.demand, sampler, i + 1, &path), BG_OK);
        for (size_t q = 0; q < QUANTITIES; q++) {
            for (size_t year = 0; year < 2; year++) {
                add(&reference[q][year], path.quantity[BG_FUTURE_YEAR(&path, q, year)]);
                add(&fast[q][year], bg_block_sampler_quantity(blocks, q, year)[i]);
            }
        }
    }
    for (size_t q = 0; q < QUANTITIES; q++) {
        assert_alike(&reference[q][0], &fast[q][0], N);
        assert_alike(&reference[q][1], &fast[q][1], N);
    }
    bg_block_sampler_free(blocks);
    demand_block_free(&block);
    bg_sampler_free(sampler);
    bg_future_free(&path);
    demand_unload(&loaded);
}

/* ---- errors ---- */

static void assert_refused(const char *text, bg_status status, const char *path, const char *words)
{
    demand_loaded loaded = demand_load(text);
    assert_int_equal(loaded.status, status);
    assert_null(loaded.demand);
    assert_int_equal(loaded.errors.error_count, 1);
    assert_string_equal(loaded.errors.items[loaded.errors.count - 1].path, path);
    assert_says_among_others(loaded.errors.items[loaded.errors.count - 1].message, words);
    demand_unload(&loaded);
}

#define AT "performance.indicators[x].simulated"

static void what_is_not_simulated_cannot_be_asked_for(void **state)
{
    (void)state;
    static const char plain[] = "history: {2024: {residents.inpatient.in: {cases: 9000, paid: 36M},"
                                " residents.inpatient.out: {cases: 1000, paid: 6M}}}\n" PERFORMANCE;
    static const char total[] = "history: {2024: 42M}\n" PERFORMANCE;
    char text[512];
    static const char *const of_bills[] = {"fund_share", "cost_growth", "patients_per_head",
                                           "patients_per_case"};
    for (size_t i = 0; i < sizeof of_bills / sizeof *of_bills; i++) {
        snprintf(text, sizeof text, "%s    x: {simulated: %s, floor: 0, target: 1}\n", plain,
                 of_bills[i]);
        assert_refused(text, BG_INVALID, AT, "no bills (`cost`) of residents.inpatient.in");
    }
    snprintf(text, sizeof text, "%s%s", plain, ASK("x", "cases_primary"));
    assert_refused(text, BG_MISSING, AT, "demand.lines[residents.inpatient.in].levels");
    snprintf(text, sizeof text, "%s%s", total, ASK("x", "cases_inside"));
    assert_refused(text, BG_INVALID, AT, "no cases of total");
    snprintf(text, sizeof text, "%s%s", total, ASK("x", "paid_inside"));
    assert_refused(text, BG_INVALID, AT, "no line that counts is outside");
    snprintf(text, sizeof text, "%s%s", total, ASK("x", "admissions"));
    assert_refused(text, BG_INVALID, AT, "inpatient lines; there is none");
}

static void lines_and_levels_must_be_there(void **state)
{
    (void)state;
    assert_refused(
        LINES DEMAND(CALM) PERFORMANCE
        "    x: {simulated: cases_inside, lines: residents.dental, floor: 0, target: 1}\n",
        BG_INVALID, "performance.indicators[x].lines[1]", "residents.outpatient.in");
    assert_refused(
        LINES PERFORMANCE ASK(
            "x",
            "cases_primary") "demand: {lines: {residents.inpatient.in: {levels: {county: {cases: "
                             "100%,"
                             " cost: 1}}}, residents.outpatient.in: {levels: {county: {cases: 100%,"
                             " cost: 1}}}}}\n",
        BG_INVALID, AT, "village or township");
    assert_refused(
        LINES PERFORMANCE ASK("x", "cases_primary") "demand: {lines: {residents.inpatient.in: "
                                                    "{levels: {village: {cases: 90%,"
                                                    " cost: 1}}}, residents.outpatient.in: "
                                                    "{levels: {village: {cases: 100%,"
                                                    " cost: 1}}}}}\n",
        BG_RANGE, "demand.lines[residents.inpatient.in].levels", "add up to 90%");
    /* also where nothing asks for them */
    assert_refused(
        LINES "demand: {lines: {residents.inpatient.in: {levels: {county: {cases: 60%, cost: 1}, "
              "township: {cases: 50%, cost: 1}}}}}\n",
        BG_RANGE, "demand.lines[residents.inpatient.in].levels", "add up to 110%");
}

static void more_than_there_is_room_for_is_refused(void **state)
{
    (void)state;
    char text[4096] = LINES PERFORMANCE;
    for (int i = 0; i <= BG_MAX_QUANTITIES; i++) {
        char entry[80];
        snprintf(entry, sizeof entry, "    x%d: {simulated: admissions, floor: 0, target: 1}\n", i);
        strcat(text, entry);
    }
    assert_refused(text, BG_LIMIT, "performance.indicators", "at most 32");
}

static void lines_of_an_indicator_that_is_not_simulated_have_no_effect(void **state)
{
    (void)state;
    demand_loaded loaded = load(LINES PERFORMANCE "    x: {points: 80, lines: residents.*}\n");
    assert_int_equal(bg_demand_quantity_count(loaded.demand), 0);
    bool warned = false;
    for (size_t i = 0; i < loaded.errors.count; i++) {
        const char *path = loaded.errors.items[i].path;
        warned = warned || (path && strcmp(path, "performance.indicators[x].lines") == 0);
    }
    assert_true(warned);
    demand_unload(&loaded);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_is_measured_as_by_hand),
        cmocka_unit_test(growth_of_the_first_budget_year_is_from_the_year_before_it),
        cmocka_unit_test(the_lines_named_count_alone),
        cmocka_unit_test(what_acts_for_half_a_year_counts_by_half),
        cmocka_unit_test(cases_moved_between_levels_count_where_they_are),
        cmocka_unit_test(people_whom_a_measure_brings_are_among_the_insured),
        cmocka_unit_test(patients_pay_what_changed_terms_leave),
        cmocka_unit_test(emergencies_take_and_bring_back_cases),
        cmocka_unit_test(the_engines_agree),
        cmocka_unit_test(what_is_not_simulated_cannot_be_asked_for),
        cmocka_unit_test(lines_and_levels_must_be_there),
        cmocka_unit_test(more_than_there_is_room_for_is_refused),
        cmocka_unit_test(lines_of_an_indicator_that_is_not_simulated_have_no_effect),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
