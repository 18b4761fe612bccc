#include "../../support/close.h"

#include "demand/correlation.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define N ((size_t)6)

/* Of rho^|i-j| the root is known: rho^i in the first column, rho^(i-j) sqrt(1 - rho^2) after it. */
static void the_root_of_fading_correlations_is_that_of_the_formula(void **state)
{
    (void)state;
    double matrix[N * N];
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++) {
            matrix[i * N + j] = pow(0.6, fabs((double)i - (double)j));
        }
    }
    assert_int_equal(bg_correlation_root(matrix, N), N);
    for (size_t i = 0; i < N; i++) {
        for (size_t j = 0; j < N; j++) {
            const double below = pow(0.6, (double)i - (double)j) * (j ? 0.8 : 1);
            assert_close(matrix[i * N + j], j <= i ? below : 0, 1e-15);
        }
    }
}

static void the_root_equals_that_of_gsl(void **state)
{
    (void)state;
    double matrix[] = {1, 0.3, -0.2, 0.1, 0.3, 1, 0.4, -0.1, -0.2, 0.4, 1, 0.3, 0.1, -0.1, 0.3, 1};
    double other[16];
    memcpy(other, matrix, sizeof other);
    gsl_matrix_view view = gsl_matrix_view_array(other, 4, 4);
    assert_int_equal(gsl_linalg_cholesky_decomp1(&view.matrix), 0);
    assert_int_equal(bg_correlation_root(matrix, 4), 4);
    for (size_t i = 0; i < 4; i++) {
        for (size_t j = 0; j <= i; j++) {
            assert_close(matrix[i * 4 + j], other[i * 4 + j], 1e-14);
        }
    }
}

static void a_singular_matrix_has_a_root(void **state)
{
    (void)state;
    static const double cases[][9] = {
        {1, 1, 1, 1, 1, 1, 1, 1, 1},
        {1, -0.5, -0.5, -0.5, 1, -0.5, -0.5, -0.5, 1},
        {1, 1, 0.25, 1, 1, 0.25, 0.25, 0.25, 1},
        /* a line and two halves of it, 1/sqrt 2 with twelve decimals */
        {1, 0.707106781187, 0.707106781187, 0.707106781187, 1, 0, 0.707106781187, 0, 1},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        double root[9];
        memcpy(root, cases[c], sizeof root);
        assert_int_equal(bg_correlation_root(root, 3), 3);
        for (size_t i = 0; i < 3; i++) {
            for (size_t j = 0; j < 3; j++) {
                double product = 0;
                for (size_t k = 0; k < 3; k++) {
                    product += root[i * 3 + k] * root[j * 3 + k];
                }
                assert_close(product, cases[c][i * 3 + j], 2e-9);
            }
        }
    }
}

static void correlations_that_contradict_one_another_have_no_root(void **state)
{
    (void)state;
    static const struct {
        double a, b, c; /* of the pairs 0-1, 0-2, 1-2 */
        size_t row;
    } cases[] = {
        {-0.6, -0.6, -0.6, 2},   /* determinant 1 - 3 x 0.36 - 2 x 0.216 < 0 */
        {0.9, 0.9, 0, 2},        /* like both of two that are unlike */
        {1, 0.5, -0.5, 2},       /* 0 and 1 are the same, but 2 tells them apart */
        {1, 0.5, 0.49, 2},       /* so it does here */
        {1.0001, 0.5, 0.5, 1},   /* no correlation */
        {0.5, 0.5, -0.50001, 2}, /* singular at -0.5 */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double a = cases[i].a, b = cases[i].b, c = cases[i].c;
        double matrix[] = {1, a, b, a, 1, c, b, c, 1};
        assert_int_equal(bg_correlation_root(matrix, 3), cases[i].row);
    }
}

static void only_the_lower_triangle_is_read(void **state)
{
    (void)state;
    double matrix[] = {1, NAN, 0.6, 1};
    assert_int_equal(bg_correlation_root(matrix, 2), 2);
    assert_true(matrix[1] == 0);
    assert_close(matrix[3], 0.8, 1e-15);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_root_of_fading_correlations_is_that_of_the_formula),
        cmocka_unit_test(the_root_equals_that_of_gsl),
        cmocka_unit_test(a_singular_matrix_has_a_root),
        cmocka_unit_test(correlations_that_contradict_one_another_have_no_root),
        cmocka_unit_test(only_the_lower_triangle_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
