#include "base/elementary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define HALF_PI 1.570796326794896619231321691639751442L

static long double sin_exact(long double r)
{
    return sinl(HALF_PI * r);
}

static long double cos_exact(long double r)
{
    return cosl(HALF_PI * r);
}

static double exp_single(double x)
{
    return (double)bg_expf((float)x);
}

static double log_single(double x)
{
    return (double)bg_logf_positive((float)x);
}

static double sin_single(double r)
{
    return (double)bg_sin_quarterf((float)r);
}

static double cos_single(double r)
{
    return (double)bg_cos_quarterf((float)r);
}

enum { DOUBLE = DBL_MANT_DIG, SINGLE = FLT_MANT_DIG, POINTS = 200000 };

/* The errors that sim/base/elementary.h promises, in units of the last place. */
static const struct {
    const char *name;
    double (*obtained)(double x);
    long double (*expected)(long double x);
    double low, high;
    int bits;
    double error;
} ranges[] = {
    {"exp", bg_exp, expl, -0.4, 0.4, DOUBLE, 1.1},
    {"exp", bg_exp, expl, -708.39, 709.78, DOUBLE, 1.1},
    {"log", bg_log, logl, 0.5, 2, DOUBLE, 0.9},
    {"log", bg_log, logl, 1e-9, 1000, DOUBLE, 0.9},
    {"log", bg_log, logl, 1e300, 1.79e308, DOUBLE, 0.9},
    {"log, small", bg_log, logl, 5e-324, 1e-307, DOUBLE, 0.9},
    {"log near 1", bg_log, logl, 1 - 0x1p-12, 1 + 0x1p-12, DOUBLE, 0.9},
    {"log, positive", bg_log_positive, logl, 0x1p-53, 1, DOUBLE, 0.9},
    {"sin", bg_sin_quarter, sin_exact, -0.5, 0.5, DOUBLE, 1.6},
    {"cos", bg_cos_quarter, cos_exact, -0.5, 0.5, DOUBLE, 1.4},
    {"exp, single", exp_single, expl, -0.4, 0.4, SINGLE, 1.1},
    {"exp, single", exp_single, expl, -87.33, 88.72, SINGLE, 1.1},
    {"log, single", log_single, logl, 0.5, 2, SINGLE, 1.3},
    {"log, single", log_single, logl, 1e-30, 1e-29, SINGLE, 1.3},
    {"sin, single", sin_single, sin_exact, -0.5, 0.5, SINGLE, 1.9},
    {"cos, single", cos_single, cos_exact, -0.5, 0.5, SINGLE, 1.9},
};

/* An argument that both formats hold, so that its rounding is no part of the error. */
static double argument(double low, double high, int i, int bits)
{
    const double x = low + (high - low) * (i / (double)POINTS);
    return bits == SINGLE ? (double)(float)x : x;
}

static double error_in_last_places(long double obtained, long double expected, int bits)
{
    int exponent;
    frexpl(expected, &exponent);
    return (double)(fabsl(obtained - expected) / ldexpl(1, exponent - bits));
}

static void errors_stay_within_what_the_header_promises(void **state)
{
    (void)state;
    for (size_t r = 0; r < sizeof ranges / sizeof *ranges; r++) {
        double largest = 0;
        for (int i = 0; i <= POINTS; i++) {
            const double x = argument(ranges[r].low, ranges[r].high, i, ranges[r].bits);
            const long double expected = ranges[r].expected(x);
            const double error = expected == 0 ? fabs(ranges[r].obtained(x)) * 1e300
                                               : error_in_last_places(ranges[r].obtained(x),
                                                                      expected, ranges[r].bits);
            largest = error > largest ? error : largest;
        }
        if (!(largest <= ranges[r].error)) {
            fail_msg("%s on [%g, %g]: error %g ulp", ranges[r].name, ranges[r].low, ranges[r].high,
                     largest);
        }
    }
}

static void results_out_of_range_are_zero_or_infinite(void **state)
{
    (void)state;
    assert_true(bg_exp(709.79) == INFINITY && bg_exp(1e300) == INFINITY);
    assert_true(bg_exp(INFINITY) == INFINITY && bg_exp(-INFINITY) == 0);
    assert_true(bg_exp(-708.4) == 0 && bg_exp(-1e300) == 0);
    assert_true(bg_expf(88.73F) == INFINITY && bg_expf(1e30F) == INFINITY);
    assert_true(bg_expf(-87.34F) == 0 && bg_expf(-INFINITY) == 0);
    assert_true(bg_log(0) == -INFINITY && bg_log(-0.0) == -INFINITY);
    assert_true(bg_log(INFINITY) == INFINITY);
}

static void what_is_no_number_gives_no_number(void **state)
{
    (void)state;
    assert_true(isnan(bg_exp(NAN)) && isnan(bg_expf(NAN)) && isnan(bg_log(NAN)));
    assert_true(isnan(bg_log(-1)) && isnan(bg_log(-INFINITY)) && isnan(bg_log(-5e-324)));
}

static void fixed_points_are_exact(void **state)
{
    (void)state;
    assert_true(bg_exp(0) == 1 && bg_expf(0) == 1);
    assert_true(bg_log(1) == 0 && bg_logf_positive(1) == 0);
    assert_true(bg_sin_quarter(0) == 0 && bg_cos_quarter(0) == 1);
    assert_true(bg_sin_quarterf(0) == 0 && bg_cos_quarterf(0) == 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_stay_within_what_the_header_promises),
        cmocka_unit_test(results_out_of_range_are_zero_or_infinite),
        cmocka_unit_test(what_is_no_number_gives_no_number),
        cmocka_unit_test(fixed_points_are_exact),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
