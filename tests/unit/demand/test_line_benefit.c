/* Changed benefit terms in the model: levels, engines, means. The terms of one case are test_benefit.c's. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* `scale` times 10,000 admissions at 5,000 yuan, of which the fund pays 3,000. */
#define HISTORY(cases, cost, paid, people)                                                         \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: " cases ", cost: " cost ", paid: " paid "}\n"             \
    "    residents.outpatient.in: {cases: " cases ", paid: 200000}\n"                              \
    "people: {residents: {count: " people "}}\n"                                                   \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  lines:\n"                                                                                   \
    "    residents.inpatient.in:\n"                                                                \
    "      levels: {county: {cases: 60%, cost: 4000}, township: {cases: 40%, cost: 1500}}\n"
#define MANY HISTORY("10000", "50M", "30M", "50000")
#define FEW  HISTORY("60", "300000", "180000", "300")
#define IN_FORCE                                                                                   \
    "benefits:\n"                                                                                  \
    "  in_force: {lines: '*.inpatient.*', eligible: 90%, deductible: 500, rate: 75%}\n"            \
    "  in_townships: {lines: '*.inpatient.*', level: township, deductible: 100, rate: 90%}\n"
#define LOWER "  lower: {lines: '*.inpatient.*', level: county, from: 2025-07, deductible: 200}\n"

#define UNMOVED                                                                                    \
    "  services: {inpatient: {cases_elasticity: 0, cases_elasticity_sd: 0, cost_elasticity: 0,\n"  \
    "    cost_elasticity_sd: 0}}\n"

enum { INPATIENT, OUTPATIENT, LINES, YEARS = 2 };

static bg_benefit terms_of(double deductible, double rate, double cv)
{
    const bg_benefit_terms terms = {.eligible = 0.9,
                                    .deductible = {deductible, deductible, deductible},
                                    .bands = 1,
                                    .rate = {rate},
                                    .cap = INFINITY};
    bg_severity severity;
    bg_limited bill;
    bg_benefit result;
    assert_true(bg_severity_init(&severity, BG_SEVERITY_GAMMA, cv));
    bg_limited_init(&bill, &severity, 0);
    bg_benefit_init(&result, &terms, &bill, (const double[BG_ADMISSIONS]){1});
    return result;
}

/* Levels are paid 4000 and 1500 / 3000 of the mean, which is 3000 yuan: 0.6 4000 + 0.4 1500. Within each payments
 * vary so that all of them together have a cv of 1.06. */
static void a_line_is_paid_by_its_levels(void **state)
{
    (void)state;
    demand_loaded self = demand_load(MANY IN_FORCE LOWER);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 0);
    const bg_line_benefit *benefit = bg_demand_benefit(self.demand, INPATIENT, 1);
    assert_non_null(benefit);
    assert_null(bg_demand_benefit(self.demand, OUTPATIENT, 1));
    assert_null(bg_demand_benefit(self.demand, INPATIENT, 2));
    assert_true(benefit->count == 2 && benefit->level[0].curve && !benefit->level[1].curve);
    const double square = 0.6 * 16 / 9 + 0.4 * 0.25;
    const double within = (1 + 1.06 * 1.06) / square - 1;
    assert_close(benefit->within, within, 1e-12);
    /* The bill of a county hospital at which the old terms pay 4,000 yuan, under both terms. */
    const bg_benefit old = terms_of(50000, 0.75, sqrt(within));
    const bg_benefit new = terms_of(20000, 0.75, sqrt(within));
    double bill;
    assert_int_equal(bg_benefit_bill(&old, 400000, 0, &bill), BG_BENEFIT_FOUND);
    const bg_benefit_moments before = bg_benefit_moments_of(&old, bill);
    const bg_benefit_moments after = bg_benefit_moments_of(&new, bill);
    const bg_line_payment payment = bg_line_benefit_at(benefit, 300000);
    const double ratio = (0.6 * after.mean + 0.4 * 150000) / 300000;
    assert_close(payment.ratio, ratio, 1e-5);
    const double old_cv2 = before.square / (before.mean * before.mean) - 1;
    const double new_cv2 = after.square / (after.mean * after.mean) - 1;
    const double second = 0.6 * after.mean * after.mean * (1 + within * new_cv2 / old_cv2) +
                          0.4 * 150000.0 * 150000 * (1 + within);
    assert_close(payment.variation, second / (9e10 * ratio * ratio) - 1, 1e-3);
    /* Patients paid 2,000 of 5,000 yuan. */
    assert_close(payment.patients, (5.0 / 3) / ratio - 1, 1e-5);
    assert_true(bg_line_benefit_at(benefit, 1e-3).ratio >= 1);
    demand_unload(&self);
}

static void simulated_means_are_those_of_the_integral(void **state)
{
    (void)state;
    static const char *const texts[] = {
        MANY IN_FORCE LOWER, FEW IN_FORCE LOWER,
        MANY IN_FORCE LOWER
        "  capped: {lines: '*.inpatient.*', from: 2026-01, cap: 5000, rate: 60%}\n"
        "measures: {dearer: {lines: '*.inpatient.*', from: 2025-10, cost: {p10: 5%, p90: 40%},\n"
        "  cases: {p10: -10%, p90: 20%}}}\n"};
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

/* What is in force pays what was paid; so does a change to what is in force. */
static void terms_that_do_not_change_leave_the_bits(void **state)
{
    (void)state;
    const uint64_t plain = bits_of(FEW);
    assert_true(bits_of(FEW IN_FORCE) == plain);
    assert_true(bits_of(FEW IN_FORCE LOWER) != plain);
    assert_true(
        bits_of(FEW IN_FORCE "  same: {lines: '*.inpatient.*', from: 2025-07, eligible: 90%}\n") ==
        plain);
    assert_true(bits_of(FEW IN_FORCE
                        "  same: {lines: '*.inpatient.*', from: 2025-07, referred: 0}\n") == plain);
    assert_true(bits_of(FEW "benefits: {now: {rate: 75%, deductible: 500, referred: 20%}}\n") ==
                plain);
    assert_true(
        bits_of(FEW IN_FORCE "  two: {lines: '*.inpatient.*', from: 2025-07, referred: 20%}\n") !=
        plain);
    /* A hair's breadth of a change is one of the result. */
    demand_loaded self = demand_load(
        MANY IN_FORCE "  hair: {lines: '*.inpatient.*', from: 2025-07, eligible: 90.0001%}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_line_benefit *benefit = bg_demand_benefit(self.demand, INPATIENT, 1);
    const bg_line_payment payment = bg_line_benefit_at(benefit, 300000);
    assert_close(payment.ratio, 1, 3e-6);
    assert_close(payment.variation, 1.06 * 1.06, 1e-5);
    demand_unload(&self);
}

/* The fund pays more for the same bills: patients pay as much less, in both engines and on the central path. */
static double mean_under(const char *terms, size_t year)
{
    demand_loaded self = demand_load(terms);
    assert_int_equal(self.status, BG_OK);
    const double mean = bg_demand_mean(self.demand, INPATIENT, year);
    demand_unload(&self);
    return mean;
}

/* Of two changes of one term the later one holds once it is in force, whatever their names and places in the file. */
static void the_later_of_two_changes_lies_over_the_earlier(void **state)
{
    (void)state;
#define EARLIER "  z_earlier: {lines: '*.inpatient.*', from: 2025-01, rate: 90%}\n"
#define LATER   "  a_later: {lines: '*.inpatient.*', from: 2026-01, rate: 60%}\n"
    const char *const both[] = {MANY UNMOVED IN_FORCE EARLIER LATER,
                                MANY UNMOVED IN_FORCE LATER EARLIER};
    const double earlier = mean_under(MANY UNMOVED IN_FORCE EARLIER, 0);
    const double later = mean_under(MANY UNMOVED IN_FORCE LATER, 1);
    assert_true(later < 0.9 * mean_under(MANY UNMOVED IN_FORCE EARLIER, 1));
    for (size_t i = 0; i < 2; i++) {
        assert_close(mean_under(both[i], 0), earlier, 1e-6 * earlier);
        assert_close(mean_under(both[i], 1), later, 1e-6 * later);
    }
}

static void what_the_fund_pays_more_patients_pay_less(void **state)
{
    (void)state;
    demand_loaded before = demand_load(MANY UNMOVED IN_FORCE),
                  after = demand_load(MANY UNMOVED IN_FORCE LOWER);
    bg_future a = draft_path(before.demand), b = draft_path(after.demand);
    assert_int_equal(bg_demand_central(before.demand, &a), BG_OK);
    assert_int_equal(bg_demand_central(after.demand, &b), BG_OK);
    for (size_t year = 0; year < YEARS; year++) {
        const size_t at = BG_FUTURE_YEAR(&a, INPATIENT, year);
        const double more = (double)(b.line_paid[at] - a.line_paid[at]);
        const double less = (double)(a.patients[year] - b.patients[year]);
        assert_true(more > 0);
        assert_close(more, less, 15);
    }
    bg_future_free(&b);
    bg_future_free(&a);
    demand_unload(&after);
    demand_unload(&before);
}

/* The fund pays R times as much of a bill of which patients paid 2/3 of its payment: their price is (5/3 - R) / (2/3),
 * and there are that to the power of -0.5 as many cases, each at that to the power of -0.2 of its cost. */
static void patients_respond_to_their_price(void **state)
{
    (void)state;
    demand_loaded before = demand_load(MANY UNMOVED IN_FORCE);
    demand_loaded after = demand_load(
        MANY "  services: {inpatient: {cases_elasticity: -0.5, cases_elasticity_sd: 0,\n"
             "    cost_elasticity: -0.2, cost_elasticity_sd: 0}}\n" IN_FORCE LOWER);
    bg_future a = draft_path(before.demand), b = draft_path(after.demand);
    assert_int_equal(bg_demand_central(before.demand, &a), BG_OK);
    assert_int_equal(bg_demand_central(after.demand, &b), BG_OK);
    const size_t at = BG_FUTURE_YEAR(&a, INPATIENT, 1), june = BG_FUTURE_MONTH(&a, 0, 0, 5);
    assert_true(a.expense[june] == b.expense[june]);
    const double payment = (double)a.line_paid[at] / a.line_cases[at];
    const bg_line_benefit *benefit = bg_demand_benefit(after.demand, INPATIENT, 1);
    const double ratio = bg_line_benefit_at(benefit, payment).ratio;
    const double price = (5.0 / 3 - ratio) / (2.0 / 3);
    assert_true(ratio > 1.01 && price < 0.99);
    assert_close(b.line_cases[at] / a.line_cases[at], pow(price, -0.5), 1e-9);
    assert_close((double)b.line_paid[at] / (double)a.line_paid[at], ratio * pow(price, -0.7), 1e-9);
    bg_future_free(&b);
    bg_future_free(&a);
    demand_unload(&after);
    demand_unload(&before);
}

/* By numerical integration of the normal; a price ten times as high is the most that counts. */
static void an_elasticity_is_a_normal_cut_at_zero(void **state)
{
    (void)state;
    const bg_elasticity wide = {.mean = -0.15, .sd = 0.3}, sure = {.mean = -0.4};
    static const double logs[] = {-2, -0.1, 0, 0.3, 1.7};
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        double mean = 0, factor = 0;
        for (int k = -8000; k <= 8000; k++) {
            const double z = k / 1000.0, weight = exp(-z * z / 2) / sqrt(2 * acos(-1)) / 1000;
            const double drawn = bg_elasticity_drawn(&wide, z);
            mean += weight * drawn;
            factor += weight * exp(logs[i] * drawn);
        }
        assert_close(bg_elasticity_mean(&wide), mean, 1e-7);
        assert_close(bg_elasticity_mean_factor(&wide, logs[i]), factor, 1e-6);
        assert_close(bg_elasticity_mean_factor(&sure, logs[i]), exp(-0.4 * logs[i]), 1e-12);
    }
    assert_true(bg_elasticity_mean(&sure) == -0.4 && bg_elasticity_drawn(&wide, 1) == 0);
    assert_close(bg_log_price(1.2, 0.5), log(0.6), 1e-14);
    assert_close(bg_log_price(1.5, 0.5), log(0.1), 1e-14);
    assert_close(bg_log_price(0, 0.1), log(10), 1e-14);
}

static void what_no_terms_can_be_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {MANY "benefits: {a: {lines: '*.inpatient.*', from: 2025-07, deductible: 100}}\n",
         "benefits[a]", BG_MISSING, "without `from`"},
        {MANY "benefits:\n  in_force: {lines: '*.inpatient.*', deductible: 500}\n"
              "  a: {lines: '*.inpatient.*', from: 2025-07, deductible: 100}\n",
         "benefits[a]", BG_MISSING, "`rate`"},
        {MANY IN_FORCE "  a: {lines: '*.inpatient.*', level: city, from: 2025-07, rate: 60%}\n",
         "benefits[a].level", BG_INVALID, "\"city\""},
        {MANY IN_FORCE "  a: {lines: '*.inpatient.*', until: 2025-07, rate: 60%}\n",
         "benefits[a].until", BG_INVALID, "in force"},
        {MANY "benefits:\n  in_force: {lines: '*.inpatient.*', rate: 100%, cap: 1000}\n"
              "  a: {lines: '*.inpatient.*', from: 2025-07, cap: 2000}\n",
         "benefits[a]", BG_RANGE, "cannot pay"},
        {"schema: 1\nhistory: {2024: 30M}\nbenefits: {a: {rate: 60%}}\n", "benefits[a]", BG_INVALID,
         "no cases"},
        {HISTORY("10000", "50M", "30M",
                 "50000") "    residents.outpatient.in:\n"
                          "      levels: {a: {cases: 50%, cost: 1}, b: {cases: 40%, cost: 2}}\n"
                          "benefits:\n  a: {lines: '*.outpatient.*', level: a, rate: 60%}\n",
         "demand.lines[residents.outpatient.in].levels", BG_RANGE, "90%"},
        {HISTORY("10000", "50M", "30M",
                 "50000") "    residents.outpatient.in:\n"
                          "      levels: {a: {cases: 10%, cost: 100}, b: {cases: 90%, cost: 1}}\n"
                          "benefits:\n  a: {lines: '*.outpatient.*', level: a, rate: 60%}\n",
         "demand.lines[residents.outpatient.in].levels", BG_RANGE, "cost_cv"},
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

/* The terms pay 3,000 yuan of a bill of about 4,700; 12,000 are recorded. */
static void bills_that_do_not_agree_are_warned(void **state)
{
    (void)state;
    demand_loaded self = demand_load(HISTORY("10000", "120M", "30M", "50000") IN_FORCE LOWER);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.errors.count, 1);
    assert_string_equal(self.errors.items[0].path, "benefits[lower]");
    assert_says_among_others(self.errors.items[0].message, "12000");
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_paid_by_its_levels),
        cmocka_unit_test(simulated_means_are_those_of_the_integral),
        cmocka_unit_test(terms_that_do_not_change_leave_the_bits),
        cmocka_unit_test(the_later_of_two_changes_lies_over_the_earlier),
        cmocka_unit_test(what_the_fund_pays_more_patients_pay_less),
        cmocka_unit_test(patients_respond_to_their_price),
        cmocka_unit_test(an_elasticity_is_a_normal_cut_at_zero),
        cmocka_unit_test(what_no_terms_can_be_is_an_error_at_its_place),
        cmocka_unit_test(bills_that_do_not_agree_are_warned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
