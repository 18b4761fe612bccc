#include "../../support/bills.h"
#include "../../support/close.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void assert_relative(double obtained, double expected, double tolerance)
{
    assert_close(obtained / expected, 1, tolerance);
}

static double power(double x, const void *order)
{
    return pow(x, *(const int *)order);
}

static double integrated(const bg_limited *bills, double from, double to, int order)
{
    return bills_integrate(bills, from, to, power, &order);
}

/* Every kind and width of severity, some with bills of nothing. */
typedef void check(const bg_limited *bills);

static void for_all_bills(check *holds)
{
    const double cvs[] = {0.1, 0.3, 1.06, 5.5};
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
            const bg_limited all = bills_of((bg_severity_kind)kind, cvs[i], 0);
            const bg_limited some = bills_of((bg_severity_kind)kind, cvs[i], 0.3);
            holds(&all);
            holds(&some);
        }
    }
}

/* An exponential bill: E min(X, d) = 1 - e^-d, E min(X, d)^2 = 2 (1 - e^-d (1 + d)),
 * E min(X, d)^3 = 6 - e^-d (3 d^2 + 6 d + 6). */
static void an_exponential_bill_has_the_limited_moments_of_the_textbooks(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_GAMMA, 1, 0);
    for (int i = -2; i < 5; i++) {
        const double d = ldexp(1, i);
        const double left = exp(-d);
        assert_relative(bg_limited_moment(&bills, d, 1), 1 - left, 1e-13);
        assert_relative(bg_limited_moment(&bills, d, 2), 2 * (1 - left * (1 + d)), 1e-13);
        assert_relative(bg_limited_moment(&bills, d, 3), 6 - left * (3 * d * d + 6 * d + 6), 1e-12);
    }
}

/* The mean excess over T of the Pareto tail of index 3 is T/2; E min(X, T)^j splits there. */
static void the_pareto_tail_is_cut_where_the_limit_is(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_LOGNORMAL_PARETO, 1.06, 0);
    const double start = exp(bills.severity.location + 2.3263478740408408 * bills.severity.sigma);
    const double at_start = bg_limited_moment(&bills, start, 1);
    assert_relative(1 - at_start, 0.01 * start / 2, 1e-11);
    for (int i = 0; i < 7; i++) {
        const double d = start * pow(3, i);
        const double ratio = start / d, square = ratio * ratio;
        assert_relative(bg_limited_moment(&bills, d, 1), 1 - 0.01 * start * square / 2, 1e-13);
        /* The integral of 3 x^2 P(X > x) beyond T. */
        const double beyond = 0.03 * start * start * start * log(d / start);
        assert_close(bg_limited_moment(&bills, d, 3) - bg_limited_moment(&bills, start, 3), beyond,
                     1e-12 * bg_limited_moment(&bills, d, 3));
    }
}

static void check_against_integrals(const bg_limited *bills)
{
    const double limits[] = {0.02, 0.7, 1, 1.3, 4, 30};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const double d = limits[i];
        bg_split split;
        bg_limited_split(bills, d, 3, &split);
        assert_close(split.below[0] + split.above[0], 1, 1e-12);
        for (int order = 1; order <= 3; order++) {
            const double below = integrated(bills, 0, d, order);
            if (below > 1e-40) {
                assert_relative(split.below[order], below, 1e-9);
            }
            const double limited = below + pow(d, order) * split.above[0];
            assert_relative(bg_limited_moment(bills, d, order), limited, 1e-9);
        }
        for (int order = 1; order <= 2; order++) {
            const double above = integrated(bills, d, HUGE_VAL, order);
            if (above > 1e-40) {
                assert_relative(split.above[order], above, 1e-9);
            }
        }
    }
}

static void limited_moments_agree_with_numerical_integration(void **state)
{
    (void)state;
    for_all_bills(check_against_integrals);
}

static double layer_of(double x, const void *data)
{
    const double *of = data;
    return pow(x - of[0], of[1]);
}

static void check_layers(const bg_limited *bills)
{
    const double ends[][2] = {{0, 0.5}, {0.5, 1.5}, {0.98, 1.02}, {1.5, 6}, {3, HUGE_VAL}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        const double from = ends[i][0], to = ends[i][1];
        bg_split at_from, at_to;
        bg_limited_split(bills, from, 2, &at_from);
        bg_limited_split(bills, to, 2, &at_to);
        for (int order = 1; order <= 2; order++) {
            const double within[] = {from, order};
            const double beyond = to < HUGE_VAL ? pow(to - from, order) * at_to.above[0] : 0;
            const double expected = bills_integrate(bills, from, to, layer_of, within) + beyond;
            const double obtained = order == 1 ? bg_split_layer(from, &at_from, to, &at_to)
                                               : bg_split_layer_squared(from, &at_from, to, &at_to);
            if (expected > 1e-12) {
                assert_relative(obtained, expected, 1e-9);
            }
        }
    }
}

static void layers_agree_with_numerical_integration(void **state)
{
    (void)state;
    for_all_bills(check_layers);
}

static void check_whole(const bg_limited *bills)
{
    bg_split split;
    bg_limited_split(bills, HUGE_VAL, 2, &split);
    assert_relative(split.below[1], 1, 1e-13);
    assert_relative(split.below[2], 1 + bg_limited_variation(bills), 1e-12);
    assert_true(split.above[0] == 0 && split.above[1] == 0 && split.above[2] == 0);
    bg_limited_split(bills, 0, 2, &split);
    assert_true(split.below[1] == 0 && split.below[2] == 0);
    assert_relative(split.below[0] + split.above[0], 1, 1e-15);
    assert_close(split.below[0], bills->zero, 1e-15);
}

static void without_a_limit_a_bill_has_mean_one_and_its_variation(void **state)
{
    (void)state;
    for_all_bills(check_whole);
    const bg_limited narrow = bills_of(BG_SEVERITY_GAMMA, 0.01, 0);
    const bg_limited wide = bills_of(BG_SEVERITY_LOGNORMAL, 20, 0);
    check_whole(&narrow);
    check_whole(&wide);
}

/* (1 + cv^2) / (1 - zero) - 1. */
static void bills_of_nothing_widen_the_variation(void **state)
{
    (void)state;
    const bg_limited bills = bills_of(BG_SEVERITY_LOGNORMAL, 2, 0.6);
    assert_close(bg_limited_variation(&bills), 11.5, 1e-14);
    assert_close(bg_limited_moment(&bills, 1e-9, 1), 0.4e-9, 1e-21);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_exponential_bill_has_the_limited_moments_of_the_textbooks),
        cmocka_unit_test(the_pareto_tail_is_cut_where_the_limit_is),
        cmocka_unit_test(limited_moments_agree_with_numerical_integration),
        cmocka_unit_test(layers_agree_with_numerical_integration),
        cmocka_unit_test(without_a_limit_a_bill_has_mean_one_and_its_variation),
        cmocka_unit_test(bills_of_nothing_widen_the_variation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
