/* Terms of a person's year from the file to what futures are drawn. The year itself is test_person_year.c's, its curves
 * test_year_curve.c's. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"
#include "../../support/demand_means.h"
#include "../../support/says.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

/* `scale` times 20,000 and 3,000 admissions and 300,000 visits of 100,000 persons. */
#define HISTORY(scale)                                                                             \
    "schema: 1\n"                                                                                  \
    "history:\n"                                                                                   \
    "  2024:\n"                                                                                    \
    "    residents.inpatient.in: {cases: 20" scale ", cost: 100" scale "000, paid: 60" scale       \
    "000}\n"                                                                                       \
    "    residents.inpatient.out: {cases: 3" scale ", cost: 45" scale "000, paid: 24" scale        \
    "000}\n"                                                                                       \
    "    residents.outpatient.in: {cases: 300" scale ", cost: 24" scale "000, paid: 12" scale      \
    "000}\n"                                                                                       \
    "people: {residents: {count: 100" scale "}}\n"                                                 \
    "simulation: {years: 2}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"
#define MANY HISTORY("000")
#define FEW  HISTORY("")
#define UNMOVED                                                                                    \
    "  services:\n"                                                                                \
    "    inpatient: {cases_elasticity: 0, cases_elasticity_sd: 0, cost_elasticity: 0,\n"           \
    "      cost_elasticity_sd: 0, outpatient_elasticity: 0, outpatient_elasticity_sd: 0}\n"        \
    "    outpatient: {cases_elasticity: 0, cases_elasticity_sd: 0, cost_elasticity: 0,\n"          \
    "      cost_elasticity_sd: 0}\n"
#define CARE                                                                                       \
    "benefits:\n"                                                                                  \
    "  stays: {lines: '*.inpatient.*', eligible: 90%, deductible: 500, rate: 70%}\n"               \
    "  visits: {lines: '*.outpatient.*', rate: 60%, cap: 100, outpatient_limit: 400}\n"            \
    "  year: {lines: residents.*, ceiling: 60000}\n"
#define IN_FORCE                                                                                   \
    CARE "  insurance: {lines: '*.inpatient.*',\n"                                                 \
         "    catastrophic: {threshold: 12000, bands: {50000: 60%, rest: 70%}, cap: 300000}}\n"
#define LIMIT   "  limit: {lines: '*.outpatient.*', from: 2025-07, outpatient_limit: 600}\n"
#define CEILING "  ceiling: {lines: residents.*, from: 2025-07, ceiling: 40000}\n"
#define THRESHOLD                                                                                  \
    "  threshold: {lines: '*.inpatient.*', from: 2025-07, catastrophic: {threshold: 5000}}\n"
#define BY_POOL                                                                                    \
    "  by_pool: {lines: '*.inpatient.*', from: 2025-07, catastrophic: {paid_by: pool}}\n"

enum { STAYS_IN, STAYS_OUT, VISITS, LINES, YEARS = 2 };

/* Ten visits of a person with exponential bills of 100 yuan, paid in full: 1,000 yuan of a year leave
 * E min(S, 10) / 10 of the oracle in test_person_year.c, 2,000 E min(S, 20) / 10. */
static void a_limit_leaves_what_the_oracle_says(void **state)
{
    (void)state;
    static const struct {
        const char *entries;
        double ratio;
    } cases[] = {
        {"  then: {from: 2025-07, outpatient_limit: 1000}\n", 0.75233008866049955},
        {"  then: {from: 2025-07, ceiling: 2000}\n", 0.9657360014200977},
        {"  now: {ceiling: 2000}\n  then: {from: 2025-07, ceiling: 2000}\n", 1},
        /* Of nothing that is left, nothing is insured. */
        {"  then: {from: 2025-07, catastrophic: {threshold: 0, rate: 50%, paid_by: pool}}\n", 1},
        /* Of what the ceiling cuts off, half. */
        {"  then: {from: 2025-07, ceiling: 1000, catastrophic: {threshold: 0, rate: 50%, paid_by: "
         "pool}}\n",
         0.75233008866049955 + 0.24766991133950045 / 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "schema: 1\n"
                 "history: {2024: {residents.outpatient.in: {cases: 100000, paid: 10M}}}\n"
                 "people: {residents: {count: 10000}}\n"
                 "demand: {visits_size: 5, services: {outpatient: {cost_cv: 1}}}\n"
                 "benefits:\n  all: {rate: %s}\n%s",
                 "100%", cases[i].entries);
        demand_loaded self = demand_load(text);
        assert_int_equal(self.status, BG_OK);
        const bg_line_benefit *benefit = bg_demand_benefit(self.demand, 0, 1);
        const double ratio = benefit ? bg_line_benefit_at(benefit, 10000).ratio : 1;
        assert_close(ratio, cases[i].ratio, 1e-4);
        assert_true(cases[i].ratio < 1 || !benefit || ratio == 1);
        demand_unload(&self);
    }
}

/* E min(S, limit) of a negative binomial number of exponential payments of mean 1: of n of them it is n P(n + 1, limit) +
 * limit Q(n, limit), the regularised incomplete gamma functions. */
static double limited(double mean, double k, double limit)
{
    double sum = 0;
    for (unsigned n = 1; n < 400; n++) {
        sum += gsl_ran_negative_binomial_pdf(n, k / (k + mean), k) *
               (n * gsl_cdf_gamma_P(limit, n + 1, 1) + limit * gsl_cdf_gamma_Q(limit, n, 1));
    }
    return sum;
}

/* Of the same bills a deductible of 50 yuan leaves the share e^(-1/2) of the visits, whose payments are exponential, too. */
static void a_deductible_acts_on_bills_under_the_limit_in_force(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load("schema: 1\n"
                    "history: {2024: {residents.outpatient.in: {cases: 100000, paid: 7523301}}}\n"
                    "people: {residents: {count: 10000}}\n"
                    "demand: {visits_size: 5, services: {outpatient: {cost_cv: 1}}}\n"
                    "benefits:\n  all: {rate: 100%, outpatient_limit: 1000}\n"
                    "  then: {from: 2025-07, deductible: 50}\n");
    assert_int_equal(self.status, BG_OK);
    const bg_line_benefit *benefit = bg_demand_benefit(self.demand, 0, 1);
    assert_non_null(benefit);
    assert_close(limited(10, 5, 10), 7.5233008866049955, 1e-9);
    const double expected = limited(10 * exp(-0.5), 5, 10) / 7.5233008866049955;
    assert_close(bg_line_benefit_at(benefit, 7523.301).ratio, expected, 1e-5);
    demand_unload(&self);
}

static void simulated_means_are_those_of_the_integral(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t futures;
    } cases[] = {
        {MANY IN_FORCE LIMIT CEILING THRESHOLD, 10000},
        {FEW IN_FORCE LIMIT CEILING BY_POOL, 20000},
        {MANY IN_FORCE BY_POOL "  rate: {lines: '*.inpatient.*', from: 2025-04, rate: 80%}\n",
         5000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        demand_loaded self = demand_load(cases[i].text);
        assert_int_equal(self.status, BG_OK);
        assert_demand_means(self.demand, cases[i].futures);
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

static void terms_that_do_not_change_leave_the_bits(void **state)
{
    (void)state;
    const uint64_t plain = bits_of(FEW);
    assert_true(bits_of(FEW IN_FORCE) == plain);
    assert_true(bits_of(FEW IN_FORCE
                        "  same: {lines: residents.*, from: 2025-07, ceiling: 60000}\n"
                        "  again: {lines: '*.inpatient.*', from: 2025-07,\n"
                        "    catastrophic: {threshold: 12000, paid_by: insurer}}\n") == plain);
    assert_true(bits_of(FEW IN_FORCE CEILING) != plain);
}

/* Fund payments of a line and patients' payments on the central path of a year. */
typedef struct paid {
    double line[LINES], patients, june, july;
} paid;

static paid central_of(const char *text, size_t year)
{
    demand_loaded self = demand_load(text);
    paid result;
    assert_int_equal(self.status, BG_OK);
    bg_future path = draft_path(self.demand);
    assert_int_equal(bg_demand_central(self.demand, &path), BG_OK);
    for (size_t i = 0; i < LINES; i++) {
        result.line[i] = (double)path.line_paid[BG_FUTURE_YEAR(&path, i, year)];
    }
    result.patients = (double)path.patients[year];
    result.june = (double)path.expense[BG_FUTURE_MONTH(&path, 0, year, 5)];
    result.july = (double)path.expense[BG_FUTURE_MONTH(&path, 0, year, 6)];
    bg_future_free(&path);
    demand_unload(&self);
    return result;
}

static double fund(const paid *of)
{
    return of->line[STAYS_IN] + of->line[STAYS_OUT] + of->line[VISITS];
}

/* Bills stay: what the fund pays more or less, patients pay less or more; an insurer takes from patients alone. */
static void payments_move_between_fund_patients_and_insurer(void **state)
{
    (void)state;
    const paid before = central_of(MANY UNMOVED IN_FORCE, 1);
    const paid limit = central_of(MANY UNMOVED CARE LIMIT, 1);
    const paid ceiling = central_of(MANY UNMOVED CARE CEILING, 1);
    const paid both = central_of(MANY UNMOVED IN_FORCE CEILING, 1);
    const paid insured = central_of(MANY UNMOVED IN_FORCE THRESHOLD, 1);
    const paid by_pool = central_of(MANY UNMOVED IN_FORCE BY_POOL, 1);
    assert_true(limit.line[VISITS] > 1.01 * before.line[VISITS]);
    assert_close(limit.line[STAYS_IN], before.line[STAYS_IN], 1e-5 * before.line[STAYS_IN]);
    assert_close(fund(&limit) - fund(&before), before.patients - limit.patients, 30);
    assert_true(fund(&ceiling) < fund(&before));
    assert_close(fund(&ceiling) - fund(&before), before.patients - ceiling.patients, 30);
    /* Of what a lower ceiling cuts off the insurer pays a part. */
    assert_true(both.patients < ceiling.patients - 1e6);
    for (size_t i = 0; i < LINES; i++) {
        assert_true(insured.line[i] == before.line[i]);
        assert_close(both.line[i], ceiling.line[i], 30);
    }
    assert_true(insured.patients < before.patients - 1e8);
    /* The pool takes over what the insurer paid, of which patients notice nothing. */
    assert_true(fund(&by_pool) > fund(&before) + 1e8);
    assert_close(by_pool.patients, before.patients, 1e-6 * before.patients);
}

static void the_factor_acts_from_the_month_on(void **state)
{
    (void)state;
    const paid before = central_of(MANY UNMOVED IN_FORCE, 0);
    const paid after = central_of(MANY UNMOVED IN_FORCE LIMIT, 0);
    assert_true(after.june == before.june);
    assert_true(after.july > 1.001 * before.july);
}

/* A lower price brings more cases. */
static void patients_respond_to_what_an_insurer_pays(void **state)
{
    (void)state;
    const paid unmoved = central_of(MANY UNMOVED IN_FORCE THRESHOLD, 1);
    const paid moved = central_of(MANY IN_FORCE THRESHOLD, 1);
    assert_true(moved.line[STAYS_IN] > 1.0001 * unmoved.line[STAYS_IN]);
    assert_true(moved.line[VISITS] == unmoved.line[VISITS]);
}

/* Without rates every bill is paid the same part, and more of a year is cut. */
static void a_ceiling_needs_no_rates(void **state)
{
    (void)state;
    const paid before = central_of(MANY UNMOVED, 1);
    const paid after = central_of(
        MANY UNMOVED "benefits: {a: {lines: '*.inpatient.*', from: 2026-01, ceiling: 50000}}\n", 1);
    assert_true(after.line[STAYS_IN] < 0.999 * before.line[STAYS_IN]);
    assert_true(after.line[VISITS] == before.line[VISITS]);
}

static void what_no_terms_of_a_year_can_be_is_an_error_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        bg_status status;
        const char *words;
    } cases[] = {
        {MANY "benefits: {a: {outpatient_limit: 400}}\n", "benefits[a].outpatient_limit",
         BG_INVALID, "no outpatient care"},
        {MANY "benefits: {a: {lines: '*.inpatient.*', catastrophic: {rate: 60%}}}\n",
         "benefits[a].catastrophic", BG_MISSING, "`threshold`"},
        {MANY "benefits: {a: {lines: '*.inpatient.*', catastrophic: {threshold: 10000}}}\n",
         "benefits[a].catastrophic", BG_MISSING, "`bands`"},
        {MANY "benefits: {a: {lines: '*.inpatient.*', catastrophic: {threshold: 10000, bands: "
              "{9000: 50%, rest: 60%}}}}\n",
         "benefits[a].catastrophic", BG_RANGE, "10000.00"},
        {MANY "benefits: {a: {lines: '*.inpatient.*', catastrophic: {threshold: 10000, rate: 60%, "
              "bands: {rest: 60%}}}}\n",
         "benefits[a].catastrophic.bands", BG_INVALID, "not both"},
        {MANY IN_FORCE "  a: {lines: residents.inpatient.in, from: 2025-07, ceiling: 90000}\n",
         "benefits[a].ceiling", BG_INVALID, "benefits[year]"},
        {MANY "  lines: {residents.inpatient.in: {levels: {a: {cases: 1, cost: 1}}}}\n"
              "benefits: {a: {lines: residents.inpatient.in, level: a, ceiling: 90000}}\n",
         "benefits[a].level", BG_INVALID, "without `level`"},
        {MANY "benefits:\n  now: {lines: '*.outpatient.*', outpatient_limit: 100}\n"
              "  a: {lines: '*.outpatient.*', from: 2025-07, outpatient_limit: 600}\n",
         "benefits[now]", BG_RANGE, "too tightly"},
        {"schema: 1\nhistory: {2024: 30M}\nbenefits: {a: {ceiling: 90000}}\n", "benefits[a]",
         BG_INVALID, "no cases"},
        {"schema: 1\nhistory: {2024: {residents.inpatient.in: {cases: 100, paid: 1M}}}\n"
         "benefits: {a: {from: 2025-07, catastrophic: {threshold: 10000, rate: 60%}}}\n",
         "benefits[a]", BG_MISSING, "`cost`"},
        {"schema: 1\nhistory: {2024: {residents.outpatient.in: {cases: 100000, paid: 1M}}}\n"
         "people: {residents: {count: 100}}\n"
         "benefits: {a: {from: 2025-07, outpatient_limit: 500}}\n",
         "benefits", BG_RANGE, "1000 cases"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        demand_loaded self = demand_load(cases[i].text);
        size_t error = 0; /* warnings may stand before it */
        while (error < self.errors.count && self.errors.items[error].warning) {
            error++;
        }
        assert_int_equal(self.status, cases[i].status);
        assert_int_equal(self.errors.error_count, 1);
        assert_string_equal(self.errors.items[error].path, cases[i].path);
        assert_says_among_others(self.errors.items[error].message, cases[i].words);
        demand_unload(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_limit_leaves_what_the_oracle_says),
        cmocka_unit_test(a_deductible_acts_on_bills_under_the_limit_in_force),
        cmocka_unit_test(simulated_means_are_those_of_the_integral),
        cmocka_unit_test(terms_that_do_not_change_leave_the_bits),
        cmocka_unit_test(payments_move_between_fund_patients_and_insurer),
        cmocka_unit_test(the_factor_acts_from_the_month_on),
        cmocka_unit_test(patients_respond_to_what_an_insurer_pays),
        cmocka_unit_test(a_ceiling_needs_no_rates),
        cmocka_unit_test(what_no_terms_of_a_year_can_be_is_an_error_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
