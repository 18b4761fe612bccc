#include "../../support/bills.h"
#include "../../support/close.h"

#include "demand/lattice.h"

#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const double FIRST_ONLY[BG_ADMISSIONS] = {1};

static void assert_relative(double obtained, double expected, double tolerance)
{
    assert_close(obtained / expected, 1, tolerance);
}

static bg_benefit benefit_of(bg_limited bills, double deductible, double rate, double cap)
{
    const bg_benefit_terms terms = {
        .eligible = 1, .deductible = {deductible}, .bands = 1, .rate = {rate}, .cap = cap};
    bg_benefit benefit;
    bg_benefit_init(&benefit, &terms, &bills, FIRST_ONLY);
    return benefit;
}

/* Up to a point of the lattice the mean is that of the formulas: E min(p, u) is the mean under a cap u. */
static void a_payment_on_the_lattice_keeps_its_limited_means(void **state)
{
    (void)state;
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        const bg_limited bills = bills_of((bg_severity_kind)kind, 1.06, 0.2);
        const bg_benefit benefit = benefit_of(bills, 600, 0.8, 9000);
        bg_lattice lattice;
        bg_lattice_init(&lattice, 130, 100);
        bg_lattice_add_payment(&lattice, &benefit, 5469, 0.5);
        bg_lattice_add_payment(&lattice, &benefit, 5469, 0.5);
        assert_relative(lattice.mean, bg_benefit_mean(&benefit, 5469).mean, 1e-14);
        for (int i = 1; i < 128; i++) {
            const bg_benefit capped = benefit_of(bills, 600, 0.8, fmin(9000, i * 100));
            assert_relative(bg_lattice_limited(&lattice, i * 100),
                            bg_benefit_mean(&capped, 5469).mean, 1e-12);
        }
    }
}

/* A negative binomial number of payments of one step each. */
static void payments_of_one_step_are_counted(void **state)
{
    (void)state;
    const double sizes[] = {0.2, 1, 5};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        const double k = sizes[i], mean = 3;
        bg_lattice payment, sum;
        bg_lattice_init(&payment, 100, 50);
        payment.mass[1] = 1;
        payment.mean = 50;
        bg_lattice_compound(&payment, mean, k, &sum);
        assert_close(sum.mean, 150, 1e-12);
        for (unsigned n = 0; n < 100; n++) {
            assert_close(sum.mass[n], gsl_ran_negative_binomial_pdf(n, k / (k + mean), k), 1e-13);
        }
    }
}

/* Klugman, Panjer, Willmot, Loss Models (4th edition), example 9.10: a Poisson number of mean 3, amounts of 1, 2 and 3
 * with probabilities 19/30, 8/30 and 3/30. A negative binomial of size 10^12 is Poisson to 10^-12. */
static void panjers_recursion_agrees_with_loss_models(void **state)
{
    (void)state;
    const double expected[] = {0.049787068367863944, 0.09459542989894149, 0.12969531309828558,
                               0.14752738141870883,  0.14323760314046277, 0.12498420760505408,
                               0.09990413379186353,  0.07410091845700624, 0.05164051824748027,
                               0.03406579717934441,  0.021404067044802844};
    bg_lattice payment, sum;
    bg_lattice_init(&payment, 60, 1);
    payment.mass[1] = 19 / 30.0;
    payment.mass[2] = 8 / 30.0;
    payment.mass[3] = 3 / 30.0;
    payment.mean = 44 / 30.0;
    bg_lattice_compound(&payment, 3, 1e12, &sum);
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        assert_close(sum.mass[i], expected[i], 1e-11);
    }
    assert_close(sum.mean, 4.4, 1e-14);
}

/* S of a negative binomial number, size 5 and mean 10, of exponential amounts of mean 1: E min(S, u) from sums over the
 * number of incomplete gamma functions at 50 decimal digits. */
static void limited_means_of_sums_come_near_with_the_square_of_the_step(void **state)
{
    (void)state;
    const double expected[][2] = {{5, 4.532558439833481},
                                  {10, 7.5233008866049955},
                                  {20, 9.657360014200977},
                                  {30, 9.966021048453074}};
    const bg_benefit all = benefit_of(bills_of(BG_SEVERITY_GAMMA, 1, 0), 0, 1, HUGE_VAL);
    bg_lattice sums[2];
    for (size_t i = 0; i < 2; i++) {
        const size_t intervals = i == 0 ? 128 : 256;
        bg_lattice payment;
        bg_lattice_init(&payment, intervals + 2, 50 / (double)intervals);
        bg_lattice_add_payment(&payment, &all, 1, 1);
        bg_lattice_compound(&payment, 10, 5, &sums[i]);
    }
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const double u = expected[i][0], exact = expected[i][1];
        const double coarse = bg_lattice_limited(&sums[0], u),
                     fine = bg_lattice_limited(&sums[1], u);
        assert_relative(fine, exact, 3e-4);
        assert_close((coarse - exact) / (fine - exact), 4, 0.02);
        assert_relative(fine + (fine - coarse) / 3, exact, 1e-5);
    }
}

/* The first costs one step, the second two, later ones three: S = 0, 1, 3, 6, 9, ... for 0, 1, 2, ... cases. */
static void payments_in_their_order_are_counted(void **state)
{
    (void)state;
    const double k = 0.2, mean = 0.23;
    bg_lattice payment[BG_ADMISSIONS], sum;
    for (size_t i = 0; i < BG_ADMISSIONS; i++) {
        bg_lattice_init(&payment[i], 258, 1);
        payment[i].mass[i + 1] = 1;
        payment[i].mean = (double)i + 1;
    }
    bg_lattice_compound_in_order(payment, mean, k, &sum);
    double expected_mean = 0;
    for (unsigned n = 0; n < 80; n++) {
        const size_t amount = n < 2 ? n : 3 * (n - 1);
        const double probability = gsl_ran_negative_binomial_pdf(n, k / (k + mean), k);
        assert_close(sum.mass[amount], probability, 1e-12);
        expected_mean += probability * (double)amount;
    }
    assert_close(sum.mean, expected_mean, 1e-12);
}

static void payments_of_one_size_have_no_order(void **state)
{
    (void)state;
    const bg_benefit all = benefit_of(bills_of(BG_SEVERITY_GAMMA, 1, 0), 0, 1, HUGE_VAL);
    bg_lattice payment[BG_ADMISSIONS], panjer, in_order;
    for (size_t i = 0; i < BG_ADMISSIONS; i++) {
        bg_lattice_init(&payment[i], 200, 0.25);
        bg_lattice_add_payment(&payment[i], &all, 1, 1);
    }
    bg_lattice_compound(payment, 4, 0.9, &panjer);
    bg_lattice_compound_in_order(payment, 4, 0.9, &in_order);
    for (size_t i = 0; i < 200; i++) {
        assert_close(in_order.mass[i], panjer.mass[i], 1e-12);
    }
    assert_close(in_order.mean, panjer.mean, 1e-12);
}

static void sums_of_two_are_the_convolution(void **state)
{
    (void)state;
    bg_lattice a, b, sum;
    bg_lattice_init(&a, 4, 10);
    bg_lattice_init(&b, 4, 10);
    const double first[] = {0.5, 0.25, 0, 0.125}, second[] = {0.2, 0.3, 0.4, 0.1};
    for (size_t i = 0; i < 4; i++) {
        a.mass[i] = first[i];
        b.mass[i] = second[i];
    }
    a.mean = 7;
    b.mean = 14;
    bg_lattice_sum(&a, &b, &sum);
    assert_close(sum.mass[0], 0.1, 1e-15);
    assert_close(sum.mass[1], 0.5 * 0.3 + 0.25 * 0.2, 1e-15);
    assert_close(sum.mass[2], 0.5 * 0.4 + 0.25 * 0.3, 1e-15);
    assert_close(sum.mass[3], 0.5 * 0.1 + 0.25 * 0.4 + 0.125 * 0.2, 1e-15);
    assert_close(sum.mean, 21, 0);
    assert_close(sum.step, 10, 0);
}

/* Half at 0, a quarter at 10, a quarter above the lattice; limited to 15 and put on steps of 20. */
static void what_is_above_a_limit_is_at_the_limit(void **state)
{
    (void)state;
    bg_lattice year, limited;
    bg_lattice_init(&year, 4, 10);
    year.mass[0] = 0.5;
    year.mass[1] = 0.25;
    year.mean = 100;
    assert_close(bg_lattice_limited(&year, 20), 0.25 * 10 + 0.25 * 20, 1e-13);
    bg_lattice_limit(&year, 15, 20, &limited);
    assert_close(limited.mass[0], 0.5 + 0.25 * 0.5 + 0.25 * 0.25, 1e-15);
    assert_close(limited.mass[1], 0.25 * 0.5 + 0.25 * 0.75, 1e-15);
    /* With the parabola: half of 10 at 15 bends by 0.25 * 10 / 2 / 4 * half of it. */
    assert_close(limited.mean, 0.25 * 10 + 0.25 * 15 + 0.25 * 10 * 0.5 * 0.25 / 2, 1e-13);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_on_the_lattice_keeps_its_limited_means),
        cmocka_unit_test(payments_of_one_step_are_counted),
        cmocka_unit_test(panjers_recursion_agrees_with_loss_models),
        cmocka_unit_test(limited_means_of_sums_come_near_with_the_square_of_the_step),
        cmocka_unit_test(payments_in_their_order_are_counted),
        cmocka_unit_test(payments_of_one_size_have_no_order),
        cmocka_unit_test(sums_of_two_are_the_convolution),
        cmocka_unit_test(what_is_above_a_limit_is_at_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
