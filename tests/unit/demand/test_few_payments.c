/* A month of few payments under changed terms against its exact distribution. The terms in force pay 60 % of every
 * bill, whose mean is 5,000 yuan; bills are exponential, so that what of one is above a deductible D is nothing but for
 * the share exp(-D / 5000), and of those exponential again. */
#include "../../support/close.h"
#include "../../support/demand_block.h"
#include "../../support/demand_draft.h"
#include "../../support/demand_loaded.h"

#include "demand/fast.h"
#include "demand/few_payments.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define COUNTY(cv, levels)                                                                         \
    "schema: 1\n"                                                                                  \
    "history: {2024: {residents.inpatient.in: {cases: 36, paid: 108000}}}\n"                       \
    "people: {residents: {count: 360, growth: 0, growth_sd: 0}}\n"                                 \
    "simulation: {years: 1}\n"                                                                     \
    "demand:\n"                                                                                    \
    "  emergency: {probability: 0}\n"                                                              \
    "  season: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n"                                             \
    "  services: {inpatient: {cases_elasticity: 0, cases_elasticity_sd: 0, cost_elasticity: 0,\n"  \
    "    cost_elasticity_sd: 0, frequency_trend: 0, frequency_trend_sd: 0, cost_trend: 0,\n"       \
    "    cost_trend_sd: 0, frequency_volatility: 0, cost_volatility: 0, dispersion: 3,\n"          \
    "    cost_cv: " cv "}}\n" levels                                                               \
    "benefits:\n  in_force: {lines: '*.inpatient.*', rate: 60%}\n"

#define LEVELS                                                                                     \
    "  lines: {residents.inpatient.in: {levels: {a: {cases: 40%, cost: 5}, b: {cases: 60%, cost: " \
    "10}}}}\n"

/* Cases a month, and by how much the gamma mean of their number varies, over its mean. */
enum { MONTHS = 12, FUTURES = 4000, SAMPLE = MONTHS * FUTURES };
static const double cases = 3, excess = 2;

typedef struct drawn {
    bg_fen month[SAMPLE];
} drawn;

static void draw(const bg_demand *demand, drawn *reference, drawn *fast)
{
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    demand_block block = demand_block_new(demand, FUTURES);
    assert_int_equal(demand_block_draw(&block, demand, 100), BG_OK);
    for (size_t f = 0; f < FUTURES; f++) {
        assert_int_equal(bg_demand_draw(demand, sampler, (uint32_t)f + 1, &path), BG_OK);
        for (size_t month = 0; month < MONTHS; month++) {
            reference->month[MONTHS * f + month] = path.expense[month];
            fast->month[MONTHS * f + month] = block.columns[0][0].expense[month][f];
        }
    }
    demand_block_free(&block);
    bg_future_free(&path);
    bg_sampler_free(sampler);
}

static double share_up_to(const drawn *self, double fen)
{
    double n = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        n += (double)self->month[i] <= fen;
    }
    return n / SAMPLE;
}

static void assert_share(const drawn *self, double fen, double exact)
{
    assert_close(share_up_to(self, fen), exact, 4.5 * sqrt(exact * (1 - exact) / SAMPLE));
}

static void assert_mean(const drawn *self, double exact)
{
    double sum = 0, squares = 0;
    for (size_t i = 0; i < SAMPLE; i++) {
        const double x = (double)self->month[i];
        sum += x;
        squares += x * x;
    }
    const double mean = sum / SAMPLE;
    assert_close(mean, exact, 4.5 * sqrt((squares / SAMPLE - mean * mean) / SAMPLE));
}

/* Nothing is paid of a month where each of its cases, a gamma-Poisson number, is paid nothing. */
static double no_payment(double paid)
{
    return pow(1 + excess * paid, -cases / excess);
}

/* n payments of a positive amount with that mean are a gamma. */
static double exact_share(double paid, double mean, double fen)
{
    double sum = no_payment(paid);
    for (unsigned n = 1; n <= 60; n++) {
        sum += gsl_ran_negative_binomial_pdf(n, 1 / (1 + excess * paid), cases / excess) *
               gsl_cdf_gamma_P(fen, n, mean);
    }
    return sum;
}

static drawn reference, fast;

static void load_and_draw(const char *text)
{
    demand_loaded self = demand_load(text);
    assert_int_equal(self.status, BG_OK);
    draw(self.demand, &reference, &fast);
    demand_unload(&self);
}

static void a_month_of_few_payments_has_its_exact_distribution(void **state)
{
    (void)state;
    load_and_draw(COUNTY("1", "") "  more: {lines: '*', from: 2025-01, deductible: 2000}\n");
    const double paid = exp(-2000.0 / 5000), mean = 0.6 * 500000;
    static const double points[] = {1e5, 3e5, 6e5, 1e6, 2e6};
    for (size_t engine = 0; engine < 2; engine++) {
        const drawn *of = engine ? &fast : &reference;
        assert_share(of, 0, no_payment(paid));
        assert_mean(of, cases * paid * mean);
        for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
            assert_share(of, points[i], exact_share(paid, mean, points[i]));
        }
    }
}

/* Payments of 5/8 and 10/8 of the mean make a squared cv of 2 (0.4 25 + 0.6 100) / 64 - 1 out of those of 1 within
 * them; of level b the bills have the mean 6,250 yuan. */
static void each_case_is_of_a_level(void **state)
{
    (void)state;
    load_and_draw(
        COUNTY("1.089724735885",
               LEVELS) "  more: {lines: '*', level: b, from: 2025-01, deductible: 2000}\n");
    const double paid = 0.4 + 0.6 * exp(-2000.0 / 6250);
    const double mean = 0.4 * 187500 + 0.6 * exp(-2000.0 / 6250) * 375000;
    for (size_t engine = 0; engine < 2; engine++) {
        const drawn *of = engine ? &fast : &reference;
        assert_share(of, 0, no_payment(paid));
        assert_mean(of, cases * mean);
    }
}

/* Of a person's 0.1 admissions a year, negative binomial of size 0.2, P(N > 0) / 0.1 are the first. */
static void each_admission_has_its_deductible(void **state)
{
    (void)state;
    load_and_draw(COUNTY(
        "1", "") "  more: {lines: '*', from: 2025-01, deductible: {first: 6000, second: 0}}\n");
    const double first = (1 - pow(1 + 0.1 / 0.2, -0.2)) / 0.1;
    const double paid = first * exp(-6000.0 / 5000) + 1 - first;
    for (size_t engine = 0; engine < 2; engine++) {
        const drawn *of = engine ? &fast : &reference;
        assert_share(of, 0, no_payment(paid));
        assert_mean(of, cases * paid * 0.6 * 500000);
    }
}

/* A quarter of the admissions continue one elsewhere and have no deductible. */
static void a_referred_admission_has_no_deductible(void **state)
{
    (void)state;
    load_and_draw(
        COUNTY("1", "") "  more: {lines: '*', from: 2025-01, deductible: 2000, referred: 25%}\n");
    const double paid = 0.75 * exp(-2000.0 / 5000) + 0.25;
    for (size_t engine = 0; engine < 2; engine++) {
        const drawn *of = engine ? &fast : &reference;
        assert_share(of, 0, no_payment(paid));
        assert_mean(of, cases * paid * 0.6 * 500000);
    }
}

static double never(bg_rng *rng)
{
    (void)rng;
    fail();
    return 0;
}

static double twice_the_mean(const bg_severity *severity, bg_rng *rng)
{
    (void)severity;
    (void)rng;
    return 2;
}

static double said_total(bg_rng *rng, uint64_t count, double variation)
{
    (void)rng;
    return (double)count * 1000 + variation;
}

/* A bill of 10,000 yuan pays 0.6 8000; the mean is 0.6 5000 exp(-2000 / 5000). The 33rd payment makes a gamma. */
static void up_to_32_payments_are_drawn_by_their_bills(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(COUNTY("1", "") "  more: {lines: '*', from: 2025-01, deductible: 2000}\n");
    const bg_case_sampler by = {never, twice_the_mean, said_total};
    bg_few_payments payments = {
        .benefit = bg_demand_benefit(self.demand, 0, 1), .payment = 300000, .variation = 0.5};
    const double one = 4800 / (3000 * exp(-0.4));
    assert_true(bg_few_payments_total(&payments, &by, NULL, 0) == 0 && !payments.prepared);
    assert_close(bg_few_payments_total(&payments, &by, NULL, 1), one, 1e-4);
    assert_close(bg_few_payments_total(&payments, &by, NULL, 32), 32 * one, 32e-4);
    assert_true(bg_few_payments_total(&payments, &by, NULL, 33) == 33000.5);
    demand_unload(&self);
}

/* 36 cases a year that may soon be paid nothing at all. */
static void terms_that_pay_nothing_pay_nothing(void **state)
{
    (void)state;
    load_and_draw(COUNTY("1", "") "  more: {lines: '*', from: 2025-01, rate: 0}\n");
    assert_true(share_up_to(&reference, 0) == 1 && share_up_to(&fast, 0) == 1);
}

/* Of payments that a cap makes nearly equal, the sum goes in steps until 0.5 / cv^2 of them are added; as many as are
 * drawn one by one do not occur with 100 expected. */
static void a_normal_needs_the_most_cases_along_the_curve(void **state)
{
    (void)state;
    demand_loaded self =
        demand_load(COUNTY("0.2", "") "  capped: {lines: '*', from: 2025-01, cap: 4000}\n");
    bg_block_sampler *sampler = bg_block_sampler_new(self.demand, 1);
    assert_non_null(sampler);
    const bg_line_benefit *benefit = bg_demand_benefit(self.demand, 0, 1);
    const double usual = bg_line_benefit_at(benefit, 300000).variation;
    const double narrow = bg_line_benefit_at(benefit, 16 * 300000).variation;
    assert_true(narrow < usual / 2);
    assert_true(sampler->line[0].varied_enough >= 0.5 / narrow);
    bg_block_sampler_free(sampler);
    demand_unload(&self);
    self = demand_load(COUNTY("0.7", "") "  more: {lines: '*', from: 2025-01, rate: 70%}\n");
    self.demand->line[0].dispersion = 1;
    sampler = bg_block_sampler_new(self.demand, 1);
    assert_non_null(sampler);
    assert_true(sampler->line[0].terms.enough < 100 && sampler->line[0].varied_enough >= 100);
    bg_block_sampler_free(sampler);
    demand_unload(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_of_few_payments_has_its_exact_distribution),
        cmocka_unit_test(each_case_is_of_a_level),
        cmocka_unit_test(each_admission_has_its_deductible),
        cmocka_unit_test(a_referred_admission_has_no_deductible),
        cmocka_unit_test(up_to_32_payments_are_drawn_by_their_bills),
        cmocka_unit_test(terms_that_pay_nothing_pay_nothing),
        cmocka_unit_test(a_normal_needs_the_most_cases_along_the_curve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
