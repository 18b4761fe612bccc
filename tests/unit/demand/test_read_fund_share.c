/* Points added to the fund's share of a bill: what the fund and patients pay, how patients respond; means; errors. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"
#include "demand/sites.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Admissions at 5,000 yuan, of which the fund pays 3,000: 60 %; 4,000 in a county hospital, 1,500 in a township. The bills
 * of visits are not known. */
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
    "  lines:\n"                                                                                   \
    "    residents.inpatient.in:\n"                                                                \
    "      levels: {county: {cases: 60%, cost: 4000}, township: {cases: 40%, cost: 1500}}\n"
#define MANY HISTORY("10000", "50M", "30M", "200000", "50000")
#define FEW  HISTORY("60", "300000", "180000", "1200", "300")
#define RESPONSE(cases, cost)                                                                      \
    "  services: {inpatient: {cases_elasticity: " cases ", cases_elasticity_sd: 0,\n"              \
    "    cost_elasticity: " cost ", cost_elasticity_sd: 0}}\n"
#define IN_FORCE                                                                                   \
    "benefits:\n"                                                                                  \
    "  in_force: {lines: '*.inpatient.*', eligible: 90%, deductible: 500, rate: 75%}\n"            \
    "  in_townships: {lines: '*.inpatient.*', level: township, deductible: 100, rate: 90%}\n"      \
    "  lower: {lines: '*.inpatient.*', level: county, from: 2025-07, deductible: 200}\n"

enum { INPATIENT, OUTPATIENT, LINES, YEARS = 2 };

/* ---- on the central path ---- */

typedef struct sums {
    double cases, paid, patients; /* of admissions in a year */
} sums;

static sums central(const char *text, size_t year)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    bg_future path = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    const size_t at = BG_FUTURE_YEAR(&path, INPATIENT, year);
    const sums result = {path.line_cases[at], (double)path.line_paid[at],
                         (double)path.patients[BG_FUTURE_YEAR(&path, 0, year)]};
    bg_future_free(&path);
    demand_unload(&self);
    return result;
}

static double share_of(const sums *of)
{
    return of->paid / (of->paid + of->patients);
}

/* 57 instead of 60 yuan of a hundred; patients 43 instead of 40. */
static void the_fund_pays_less_of_the_same_bill(void **state)
{
    (void)state;
    const sums before = central(MANY RESPONSE("0", "0"), 1);
    const sums after =
        central(MANY RESPONSE("0", "0") "measures: {list: {lines: '*.inpatient.*', from: 2026-01, "
                                        "fund_share: -3%}}\n",
                1);
    assert_close(after.paid / before.paid, 0.57 / 0.6, 1e-8);
    assert_close(after.patients / before.patients, 0.43 / 0.4, 1e-8);
    assert_close(after.cases, before.cases, 1e-12 * before.cases);
    /* In townships alone, which have a fifth of the payments. */
    const sums township = central(
        MANY RESPONSE("0", "0") "measures: {list: {lines: '*.inpatient.*', level: township, "
                                "from: 2026-01, fund_share: -3%}}\n",
        1);
    assert_close(township.paid / before.paid, 0.8 + 0.2 * 0.57 / 0.6, 1e-8);
    assert_close(township.paid + township.patients, before.paid + before.patients, 50);
}

/* Price 0.43 / 0.40. */
static void patients_respond_to_what_is_left_to_them(void **state)
{
    (void)state;
    const sums before = central(MANY, 1);
    const sums after =
        central(MANY RESPONSE("-0.5", "-0.2") "measures: {list: {lines: '*.inpatient.*', from: "
                                              "2026-01, fund_share: -3%}}\n",
                1);
    const double price = 0.43 / 0.4;
    assert_close(after.cases / before.cases, pow(price, -0.5), 1e-9);
    assert_close(after.paid / before.paid, 0.57 / 0.6 * pow(price, -0.7), 1e-8);
}

static double logit(double share)
{
    return log(share / (1 - share));
}

/* A quarter of the shift in the first of two years, three quarters in the second; on the logit, as a second measure. */
static void shifts_come_in_and_add_up_on_the_logit(void **state)
{
    (void)state;
    const char *text = MANY RESPONSE(
        "0",
        "0") "measures:\n"
             "  a: {lines: '*.inpatient.*', from: 2025-01, fund_share: -10%, ramp: {form: linear, "
             "months: 24}}\n"
             "  b: {lines: '*.inpatient.*', from: 2025-01, fund_share: 5%}\n";
    for (size_t year = 0; year < YEARS; year++) {
        const sums of = central(text, year);
        const double weight = year ? 0.75 : 0.25;
        const double shift = weight * (logit(0.5) - logit(0.6)) + logit(0.65) - logit(0.6);
        assert_close(logit(share_of(&of)), logit(0.6) + shift, 1e-7);
    }
}

static void simulated_means_are_those_of_the_integral(void **state)
{
    (void)state;
    static const char *const texts[] = {
        MANY
        "measures: {list: {lines: '*.inpatient.*', from: 2025-07, fund_share: {p10: -12%, p90: "
        "4%},\n  cases: {p10: -20%, p90: 10%}, cost: {p10: -10%, p90: 15%}}}\n",
        FEW "measures: {list: {lines: '*.inpatient.*', level: county, from: 2025-07, fund_share: "
            "-25%}}\n",
        FEW IN_FORCE "measures: {list: {lines: '*.inpatient.*', from: 2025-01, fund_share: {p10: "
                     "-15%, p90: 5%}}}\n"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        demand_loaded self = demand_load(texts[i]);
        assert_int_equal(self.status, BG_OK);
        assert_demand_means(self.demand, 20000);
        demand_unload(&self);
    }
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

static void no_points_leave_the_bits(void **state)
{
    (void)state;
    const uint64_t plain = bits_of(FEW);
    assert_true(bits_of(FEW "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: "
                            "0%}}\n") == plain);
    assert_true(bits_of(FEW "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: "
                            "-0.1%}}\n") != plain);
}

/* The fund and patients pay one bill in every future, in both engines. */
static void what_the_fund_pays_less_patients_pay_more(void **state)
{
    (void)state;
    enum { N = 100 };
    demand_loaded self = demand_load(MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-01, "
                                          "fund_share: {p10: -20%, p90: -10%}}}\n");
    assert_int_equal(self.status, BG_OK);
    bg_sampler *sampler = draft_sampler(self.demand);
    bg_future path = draft_path(self.demand);
    double lowest = 1, highest = 0;
    for (uint32_t f = 1; f <= N; f++) {
        double share[YEARS];
        assert_int_equal(bg_demand_draw(self.demand, sampler, f, &path), BG_OK);
        for (size_t year = 0; year < YEARS; year++) {
            const double paid = (double)path.line_paid[BG_FUTURE_YEAR(&path, INPATIENT, year)];
            share[year] = paid / (paid + (double)path.patients[BG_FUTURE_YEAR(&path, 0, year)]);
        }
        assert_close(share[0], share[1], 1e-6);
        lowest = fmin(lowest, share[0]);
        highest = fmax(highest, share[0]);
    }
    /* 1 % and 99 % of a normal logit between those of 40 % and 50 %. */
    assert_true(lowest > 0.33 && lowest < 0.40 && highest > 0.50 && highest < 0.57);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    demand_unload(&self);
}

/* ---- what cannot be ---- */

static void what_no_share_can_be_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {MANY "measures: {a: {from: 2025-07, fund_share: -3%}}\n", "measures[a].fund_share",
         BG_INVALID, "residents.outpatient.in"},
        {MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: -60%}}\n",
         "measures[a].fund_share.points", BG_RANGE, "60%"},
        {MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: {p10: 0%, p90: "
              "45%}}}\n",
         "measures[a].fund_share.p90", BG_RANGE, "105%"},
        {MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: {p10: 0%}}}\n",
         "measures[a].fund_share", BG_INVALID, "p90"},
        {MANY "measures: {a: {lines: '*.inpatient.*', from: 2025-07, fund_share: {p10: 2%, p90: "
              "1%}}}\n",
         "measures[a].fund_share.p90", BG_RANGE, "p10"},
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
        cmocka_unit_test(the_fund_pays_less_of_the_same_bill),
        cmocka_unit_test(patients_respond_to_what_is_left_to_them),
        cmocka_unit_test(shifts_come_in_and_add_up_on_the_logit),
        cmocka_unit_test(simulated_means_are_those_of_the_integral),
        cmocka_unit_test(no_points_leave_the_bits),
        cmocka_unit_test(what_the_fund_pays_less_patients_pay_more),
        cmocka_unit_test(what_no_share_can_be_is_an_error_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
