#include "random/sobol_sequence.h"

#include <gsl/gsl_qrng.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void the_points_are_those_of_the_gnu_scientific_library(void **state)
{
    (void)state;
    static const size_t numbers[] = {1, 2, 7, BG_SOBOL_DIMENSIONS};
    for (size_t n = 0; n < sizeof numbers / sizeof *numbers; n++) {
        gsl_qrng *theirs = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)numbers[n]);
        assert_non_null(theirs);
        bg_sobol_sequence ours;
        bg_sobol_sequence_init(&ours, numbers[n]);
        for (size_t i = 0; i < 70000; i++) {
            double here[BG_SOBOL_DIMENSIONS], there[BG_SOBOL_DIMENSIONS];
            bg_sobol_sequence_next(&ours, here);
            gsl_qrng_get(theirs, there);
            for (size_t k = 0; k < numbers[n]; k++) {
                assert_true(here[k] == there[k]);
            }
        }
        gsl_qrng_free(theirs);
    }
}

/* With the origin, the first 2^k points have one in each of 2^k equal slices of every axis (property of digital
 * nets in one dimension, Niederreiter 1992). */
static void the_first_points_fill_every_axis_evenly(void **state)
{
    (void)state;
    enum { POINTS = 1 << 12 };
    static unsigned char taken[BG_SOBOL_DIMENSIONS][POINTS];
    bg_sobol_sequence sequence;
    bg_sobol_sequence_init(&sequence, BG_SOBOL_DIMENSIONS);
    for (size_t i = 1; i < POINTS; i++) {
        double point[BG_SOBOL_DIMENSIONS];
        bg_sobol_sequence_next(&sequence, point);
        for (size_t k = 0; k < BG_SOBOL_DIMENSIONS; k++) {
            assert_int_equal(taken[k][(size_t)(point[k] * POINTS)]++, 0);
        }
    }
    for (size_t k = 0; k < BG_SOBOL_DIMENSIONS; k++) {
        assert_int_equal(taken[k][0], 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_points_are_those_of_the_gnu_scientific_library),
        cmocka_unit_test(the_first_points_fill_every_axis_evenly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
