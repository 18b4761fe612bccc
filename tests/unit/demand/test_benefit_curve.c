#include "../../support/bills.h"
#include "../../support/close.h"

#include "demand/benefit_curve.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const double SHARES[BG_ADMISSIONS] = {0.6, 0.25, 0.15};

static bg_benefit_terms terms_of(double deductible, double rate, double cap)
{
    return (bg_benefit_terms){.eligible = 1,
                              .deductible = {deductible, deductible / 2, 0},
                              .bands = 2,
                              .from = {0, 50000},
                              .rate = {rate, rate},
                              .cap = cap};
}

static bg_benefit benefit_of(bg_limited bills, bg_benefit_terms terms)
{
    bg_benefit benefit;
    bg_benefit_init(&benefit, &terms, &bills, SHARES);
    return benefit;
}

static bg_benefit_curve curve_of(const bg_benefit *in_force, const bg_benefit *renewed,
                                 double lowest, double highest)
{
    bg_benefit_curve curve;
    assert_int_equal(bg_benefit_curve_init(&curve, in_force, renewed, lowest, highest),
                     BG_BENEFIT_FOUND);
    return curve;
}

static void terms_that_do_not_change_change_nothing(void **state)
{
    (void)state;
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        const bg_limited bills = bills_of((bg_severity_kind)kind, 1.06, 0.1);
        const bg_benefit benefit = benefit_of(bills, terms_of(600, 0.7, 3000));
        const bg_benefit_curve curve = curve_of(&benefit, &benefit, 5000, 1e6);
        const double payments[] = {0, 1e-3, 99, 1234.5, 2999, 3e7, HUGE_VAL};
        for (size_t i = 0; i < sizeof payments / sizeof *payments; i++) {
            const bg_benefit_factors factors = bg_benefit_curve_at(&curve, payments[i]);
            assert_true(factors.ratio == 1 && factors.variation == 1);
        }
    }
}

/* The reimbursement alone rises from 60 % to 75 %. */
static void another_rate_multiplies_every_payment(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_LOGNORMAL, 1.06, 0);
    const bg_benefit before = benefit_of(bills, terms_of(600, 0.6, HUGE_VAL));
    const bg_benefit after = benefit_of(bills, terms_of(600, 0.75, HUGE_VAL));
    const bg_benefit_curve curve = curve_of(&before, &after, 300, 30000);
    for (int i = 0; i < 129; i++) {
        const double payment = 100 + 777 * i;
        const bg_benefit_factors factors = bg_benefit_curve_at(&curve, payment);
        assert_close(factors.ratio, 1.25, 1e-12);
        assert_close(factors.variation, 1, 1e-11);
    }
}

/* Exponential bills of mean B above a deductible D for everybody: mean r B e^(-D/B), mean square 2 r^2 B^2 e^(-D/B).
 * From D = 500 to 1,000 the ratio of means is q = e^(-500/B), that of squared coefficients of variation
 * (2/q^2 - 1)/(2/q - 1). */
static void a_higher_deductible_for_exponential_bills_has_a_closed_form(void **state)
{
    (void)state;
    const double first[BG_ADMISSIONS] = {1};
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 1, 0);
    const bg_benefit_terms old = terms_of(500, 0.8, HUGE_VAL), new = terms_of(1000, 0.8, HUGE_VAL);
    bg_benefit before, after;
    bg_benefit_init(&before, &old, &bills, first);
    bg_benefit_init(&after, &new, &bills, first);
    const bg_benefit_curve curve = curve_of(&before, &after, 300, 30000);
    for (int i = 0; i < 87; i++) {
        const double bill = 1000 + 333 * i;
        const double q = exp(-500 / bill);
        const double payment = 0.8 * bill * q;
        const bg_benefit_factors factors = bg_benefit_curve_at(&curve, payment);
        assert_close(bg_benefit_curve_bill(&curve, payment) / bill, 1, 1e-5);
        assert_close(factors.ratio, q, 1e-5);
        assert_close(factors.variation, (2 / (q * q) - 1) / (2 / q - 1), 1e-4);
    }
}

/* Between the knots, against the formulas at the bill itself. */
static void check_between(const bg_benefit *in_force, const bg_benefit *renewed, double payment,
                          double mean_error, double variance_error)
{
    enum { PLACES = 211 };
    const bg_benefit_curve curve = curve_of(in_force, renewed, payment / 8, payment * 8);
    double mean_off = 0, variance_off = 0;
    for (int i = 0; i <= PLACES; i++) {
        const double at = curve.lowest * pow(curve.highest / curve.lowest, (double)i / PLACES);
        double bill;
        assert_int_equal(bg_benefit_bill(in_force, at, 0, &bill), BG_BENEFIT_FOUND);
        const bg_benefit_moments old = bg_benefit_moments_of(in_force, bill);
        const bg_benefit_moments new = bg_benefit_moments_of(renewed, bill);
        const bg_benefit_factors factors = bg_benefit_curve_at(&curve, at);
        const double ratio = new.mean / old.mean;
        const double variance =
            (new.square - new.mean *new.mean) / (old.square - old.mean * old.mean);
        const double obtained = factors.variation * factors.ratio * factors.ratio;
        mean_off = fmax(mean_off, fabs(factors.ratio - ratio) / fmax(1, ratio));
        variance_off = fmax(variance_off, fabs(obtained - variance) / fmax(1, variance));
    }
    assert_true(mean_off <= mean_error);
    assert_true(variance_off <= variance_error);
}

/* From every one of these terms to every other. */
static void check_all(bg_severity_kind kind, double cv, double mean_error, double variance_error)
{
    const bg_limited bills = bills_of(kind, cv, 0);
    const bg_benefit all[] = {
        benefit_of(bills, terms_of(600, 0.8, HUGE_VAL)),
        benefit_of(bills, terms_of(1500, 0.65, HUGE_VAL)),
        benefit_of(bills, terms_of(0, 0.5, 20000)),
        benefit_of(bills, terms_of(400, 0.9, 100000)),
    };
    for (size_t i = 0; i < 4; i++) {
        const double payment = bg_benefit_mean(&all[i], 5469).mean;
        for (size_t j = 0; j < 4 - 1; j++) {
            check_between(&all[i], &all[(i + 1 + j) % 4], payment, mean_error, variance_error);
        }
    }
}

static void between_its_knots_the_curve_is_near_the_formulas(void **state)
{
    (void)state;
    check_all(BG_SEVERITY_GAMMA, 1.06, 2e-5, 1e-3);
    check_all(BG_SEVERITY_LOGNORMAL, 1.06, 2e-5, 1e-3);
    check_all(BG_SEVERITY_LOGNORMAL_PARETO, 1.06, 2e-5, 1e-3);
    check_all(BG_SEVERITY_LOGNORMAL, 0.5, 2e-5, 1e-3);
    check_all(BG_SEVERITY_LOGNORMAL, 3, 2e-5, 1e-3);
}

static void beyond_its_ends_the_curve_stays_as_it_is_there(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 1, 0);
    const bg_benefit before = benefit_of(bills, terms_of(600, 0.6, 5000));
    const bg_benefit after = benefit_of(bills, terms_of(800, 0.6, 9000));
    const bg_benefit_curve curve = curve_of(&before, &after, 100, 20000);
    assert_close(curve.lowest, 100, 0);
    assert_close(curve.highest, 4900, 1e-9); /* 98 % of the cap */
    const double ends[][2] = {{100, 0}, {100, 1}, {4900, 4999}, {4900, 5000}, {4900, HUGE_VAL}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const bg_benefit_factors at_end = bg_benefit_curve_at(&curve, ends[i][0]);
        const bg_benefit_factors beyond = bg_benefit_curve_at(&curve, ends[i][1]);
        assert_close(beyond.ratio, at_end.ratio, 1e-10);
        assert_close(beyond.variation, at_end.variation, 1e-8);
        const double bill = bg_benefit_curve_bill(&curve, ends[i][0]);
        assert_true(ends[i][1] > DBL_MAX || ends[i][1] <= 0 ||
                    fabs(bg_benefit_curve_bill(&curve, ends[i][1]) / ends[i][1] -
                         bill / ends[i][0]) < 1e-9);
    }
}

static void payments_that_no_bill_has_have_no_curve(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 1, 0);
    const bg_benefit before = benefit_of(bills, terms_of(0, 0.5, 40));
    const bg_benefit after = benefit_of(bills, terms_of(0, 0.5, 50));
    bg_benefit_curve curve;
    assert_int_equal(bg_benefit_curve_init(&curve, &before, &after, 39.5, 100),
                     BG_BENEFIT_TOO_MUCH);
    assert_int_equal(bg_benefit_curve_init(&curve, &before, &after, 39, 100), BG_BENEFIT_FOUND);
}

static void a_benefit_that_ends_leaves_nothing(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_LOGNORMAL, 1, 0);
    const bg_benefit before = benefit_of(bills, terms_of(100, 0.5, HUGE_VAL));
    const bg_benefit after = benefit_of(bills, terms_of(100, 0, HUGE_VAL));
    const bg_benefit_curve curve = curve_of(&before, &after, 30, 3000);
    const bg_benefit_factors factors = bg_benefit_curve_at(&curve, 777);
    assert_true(factors.ratio == 0 && factors.variation == 1);
}

/* Bills of 100 that vary by a tenth are not above a deductible of 300 in any life. */
static void a_benefit_that_nobody_reaches_leaves_nothing(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 0.1, 0);
    const bg_benefit before = benefit_of(bills, terms_of(0, 0.5, HUGE_VAL));
    bg_benefit_terms terms = terms_of(300, 0.5, HUGE_VAL);
    terms.deductible[1] = terms.deductible[2] = 300;
    const bg_benefit after = benefit_of(bills, terms);
    const bg_benefit_curve curve = curve_of(&before, &after, 50, 5000);
    const bg_benefit_factors factors = bg_benefit_curve_at(&curve, 50);
    assert_true(factors.ratio == 0 && factors.variation == 1);
}

/* All payments are at the cap of 1 where bills are of 1,000 and more: nothing varies but for what cannot be 0. */
static void payments_that_are_all_capped_hardly_vary(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 0.1, 0);
    const bg_benefit before = benefit_of(bills, terms_of(0, 0.5, HUGE_VAL));
    const bg_benefit after = benefit_of(bills, terms_of(0, 0.5, 1));
    const bg_benefit_curve curve = curve_of(&before, &after, 500, 50000);
    for (int i = 0; i < 100; i++) {
        const double payment = 500 + 499 * i;
        const bg_benefit_factors factors = bg_benefit_curve_at(&curve, payment);
        assert_close(factors.ratio * payment, 1, 1e-3);
        assert_true(factors.variation >= 0x1p-40 && factors.variation < 1e-4);
    }
}

/* The FNV-1a hash of factors for every severity, as gcc and clang make them at every level of optimisation. */
static void the_bits_are_the_same_everywhere(void **state)
{
    (void)state;
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        const bg_limited bills = bills_of((bg_severity_kind)kind, 1.06, 0.1);
        const bg_benefit before = benefit_of(bills, terms_of(600, 0.6, 50000));
        const bg_benefit after = benefit_of(bills, terms_of(800, 0.7, 90000));
        const bg_benefit_curve curve = curve_of(&before, &after, 100, 20000);
        for (int i = 0; i < 200; i++) {
            const bg_benefit_factors factors = bg_benefit_curve_at(&curve, 90 + 101.7 * i);
            const uint64_t bits[] = {bg_bits(factors.ratio), bg_bits(factors.variation)};
            for (size_t byte = 0; byte < sizeof bits; byte++) {
                hash ^= bits[byte / 8] >> (8 * (byte % 8)) & 0xff;
                hash *= UINT64_C(0x100000001b3);
            }
        }
    }
    assert_int_equal(hash, UINT64_C(0xef4e1e0ae99b346a));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_that_do_not_change_change_nothing),
        cmocka_unit_test(another_rate_multiplies_every_payment),
        cmocka_unit_test(a_higher_deductible_for_exponential_bills_has_a_closed_form),
        cmocka_unit_test(between_its_knots_the_curve_is_near_the_formulas),
        cmocka_unit_test(beyond_its_ends_the_curve_stays_as_it_is_there),
        cmocka_unit_test(payments_that_no_bill_has_have_no_curve),
        cmocka_unit_test(a_benefit_that_ends_leaves_nothing),
        cmocka_unit_test(a_benefit_that_nobody_reaches_leaves_nothing),
        cmocka_unit_test(payments_that_are_all_capped_hardly_vary),
        cmocka_unit_test(the_bits_are_the_same_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
