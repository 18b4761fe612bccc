/* Against the closed forms of Ishigami and Homma's function and of Sobol's g-function:
 *
 *   Ishigami  sin x1 + a sin^2 x2 + b x3^4 sin x1, x uniform on [-pi, pi]:
 *             V = a^2/8 + b pi^4/5 + b^2 pi^8/18 + 1/2, V1 = (1 + b pi^4/5)^2/2, V2 = a^2/8,
 *             V13 = b^2 pi^8 (1/18 - 1/50)
 *   g         prod (|4 x_i - 2| + a_i)/(1 + a_i): V_i = 1/(3 (1+a_i)^2), V = prod(1 + V_i) - 1 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"

#include <baogan/sobol.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define PI 3.14159265358979323846

typedef double function(const double *x);

static double ishigami(const double *u)
{
    double x[3];
    for (int i = 0; i < 3; i++) {
        x[i] = PI * (2 * u[i] - 1);
    }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0]);
}

static const double g_weights[8] = {0, 1, 4.5, 9, 99, 99, 99, 99};

static double g_function(const double *u)
{
    double product = 1;
    for (int i = 0; i < 8; i++) {
        product *= (fabs(4 * u[i] - 2) + g_weights[i]) / (1 + g_weights[i]);
    }
    return product;
}

static double constant(const double *u)
{
    (void)u;
    return 3.25;
}

/* Inputs of group g: from[g] … from[g + 1] - 1. */
static bg_sobol_indices indices_of(function *f, size_t inputs, const size_t *from, size_t groups,
                                   size_t n, uint64_t seed)
{
    double *a = calloc(n * inputs, sizeof *a), *b = calloc(n * inputs, sizeof *b);
    double *fa = calloc((2 + groups) * n, sizeof *fa), *mixed = calloc(inputs, sizeof *mixed);
    double *fb = fa + n, *fab = fb + n;
    bg_sobol_points(n, inputs, seed, a, b);
    for (size_t row = 0; row < n; row++) {
        fa[row] = f(a + row * inputs);
        fb[row] = f(b + row * inputs);
        for (size_t g = 0; g < groups; g++) {
            memcpy(mixed, a + row * inputs, inputs * sizeof *mixed);
            for (size_t i = from[g]; i < from[g + 1]; i++) {
                mixed[i] = b[row * inputs + i];
            }
            fab[g * n + row] = f(mixed);
        }
    }
    const bg_sobol_values values = {n, groups, fa, fb, fab};
    bg_sobol_indices result;
    assert_int_equal(bg_sobol_indices_compute(&values, n, seed, &result), BG_OK);
    free(a);
    free(b);
    free(fa);
    free(mixed);
    return result;
}

static void assert_index(const bg_sobol_index *index, double exact, double tolerance)
{
    assert_close(index->value, exact, tolerance);
    assert_true(index->low <= index->high);
    /* Intervals of the bootstrap are wider than the error of a sequence. */
    assert_true(index->low - 0.002 <= exact && exact <= index->high + 0.002);
}

static void ishigamis_function_has_its_closed_indices(void **state)
{
    (void)state;
    static const size_t each[] = {0, 1, 2, 3};
    bg_sobol_indices found = indices_of(ishigami, 3, each, 3, 4096, 7);
    const double pi4 = pow(PI, 4), pi8 = pi4 * pi4;
    const double v1 = pow(1 + 0.1 * pi4 / 5, 2) / 2, v2 = 49.0 / 8;
    const double v13 = 0.01 * pi8 * (1.0 / 18 - 1.0 / 50);
    const double v = v1 + v2 + v13;
    assert_close(v, 49.0 / 8 + 0.1 * pi4 / 5 + 0.01 * pi8 / 18 + 0.5, 1e-12);
    assert_close(found.variance, v, 0.02 * v);
    assert_close(found.mean, 3.5, 0.01);
    assert_index(&found.first[0], v1 / v, 0.01);
    assert_index(&found.first[1], v2 / v, 0.01);
    assert_index(&found.first[2], 0, 0.01);
    assert_index(&found.total[0], (v1 + v13) / v, 0.01);
    assert_index(&found.total[1], v2 / v, 0.01);
    assert_index(&found.total[2], v13 / v, 0.01);
    assert_false(found.first[2].above_zero);
    assert_true(found.total[2].above_zero);
    bg_sobol_indices_free(&found);
}

static void the_g_function_has_its_closed_indices(void **state)
{
    (void)state;
    static const size_t each[] = {0, 1, 2, 3, 4, 5, 6, 7, 8};
    bg_sobol_indices found = indices_of(g_function, 8, each, 8, 4096, 1);
    double product = 1, part[8];
    for (int i = 0; i < 8; i++) {
        part[i] = 1 / (3 * (1 + g_weights[i]) * (1 + g_weights[i]));
        product *= 1 + part[i];
    }
    for (int i = 0; i < 8; i++) {
        const double total = part[i] * product / (1 + part[i]) / (product - 1);
        assert_index(&found.first[i], part[i] / (product - 1), 0.02);
        assert_index(&found.total[i], total, 0.02);
    }
    bg_sobol_indices_free(&found);
}

/* First-order index of the group {x1, x3}: V1 + V13 of V; of {x2}: V2. They do not interact. */
static void groups_take_their_interactions_with_them(void **state)
{
    (void)state;
    bg_sobol_indices found = indices_of(g_function, 8, (const size_t[]){0, 2, 8}, 2, 4096, 1);
    double v[8], all = 1, pair = 1, rest = 1;
    for (int i = 0; i < 8; i++) {
        v[i] = 1 + 1 / (3 * (1 + g_weights[i]) * (1 + g_weights[i]));
        all *= v[i];
        *(i < 2 ? &pair : &rest) *= v[i];
    }
    assert_index(&found.first[0], (pair - 1) / (all - 1), 0.02);
    assert_index(&found.total[0], (pair - 1) * rest / (all - 1), 0.02);
    assert_index(&found.first[1], (rest - 1) / (all - 1), 0.02);
    bg_sobol_indices_free(&found);
}

/* 24 inputs: pseudo-random points, so that errors are those of chance. */
static double first_of_many(const double *u)
{
    double sum = 0;
    for (int i = 0; i < 24; i++) {
        sum += (i < 2 ? 3 : 0.1) * u[i];
    }
    return sum;
}

static void many_inputs_are_sampled_at_random(void **state)
{
    (void)state;
    size_t each[25];
    for (size_t i = 0; i < 25; i++) {
        each[i] = i;
    }
    bg_sobol_indices found = indices_of(first_of_many, 24, each, 24, 4096, 3);
    const double share = 9 / (18 + 22 * 0.01);
    assert_close(found.first[0].value, share, 0.06);
    assert_close(found.total[1].value, share, 0.06);
    assert_true(found.first[0].low < share && share < found.first[0].high);
    bg_sobol_indices_free(&found);
}

static void what_does_not_vary_has_no_indices(void **state)
{
    (void)state;
    static const size_t each[] = {0, 1, 2};
    bg_sobol_indices found = indices_of(constant, 2, each, 2, 64, 1);
    assert_close(found.variance, 0, 0);
    assert_close(found.first[0].value, 0, 0);
    assert_false(found.total[1].above_zero);
    bg_sobol_indices_free(&found);
}

static void points_lie_inside_and_follow_the_seed(void **state)
{
    (void)state;
    enum { N = 256, INPUTS = 5, COUNT = 1280 };
    double a[2][COUNT], b[2][COUNT];
    bg_sobol_points(N, INPUTS, 1, a[0], b[0]);
    bg_sobol_points(N, INPUTS, 1, a[1], b[1]);
    assert_memory_equal(a[0], a[1], sizeof a[0]);
    assert_memory_equal(b[0], b[1], sizeof b[0]);
    for (size_t i = 0; i < COUNT; i++) {
        assert_true(a[0][i] > 0 && a[0][i] < 1 && b[0][i] > 0 && b[0][i] < 1);
    }
    bg_sobol_points(N, INPUTS, 2, a[1], b[1]);
    assert_memory_not_equal(a[0], a[1], sizeof a[0]);
}

/* What inputs g and h do together in 4,096 points of three or more inputs. */
static bg_sobol_index together_of(double f(const double *), size_t inputs, size_t g, size_t h)
{
    enum { N = 4096, MOST = 8 };
    double *a = calloc((size_t)N * MOST, sizeof *a), *b = calloc((size_t)N * MOST, sizeof *b);
    double *value = calloc((size_t)5 * N, sizeof *value);
    assert_true(a && b && value);
    bg_sobol_points(N, inputs, 5, a, b);
    for (size_t row = 0; row < N; row++) {
        for (size_t set = 0; set < 5; set++) {
            double u[MOST];
            for (size_t i = 0; i < inputs; i++) {
                const bool from_b =
                    set == 1 || (set != 0 && set != 3 && i == g) || (set > 2 && i == h);
                u[i] = (from_b ? b : a)[row * inputs + i];
            }
            value[set * N + row] = f(u);
        }
    }
    const size_t n = N;
    const bg_sobol_pair pair = {n, value, value + n, value + 2 * n, value + 3 * n, value + 4 * n};
    bg_sobol_index index;
    assert_int_equal(bg_sobol_together(&pair, 1, &index), BG_OK);
    free(a);
    free(b);
    free(value);
    return index;
}

/* V13 of V, and nothing of pairs that add up. */
static void pairs_of_ishigamis_function_have_their_closed_share(void **state)
{
    (void)state;
    const double pi8 = pow(PI, 8);
    const double v13 = 0.01 * pi8 * (1.0 / 18 - 1.0 / 50);
    const double v = 49.0 / 8 + 0.1 * pow(PI, 4) / 5 + 0.01 * pi8 / 18 + 0.5;
    const bg_sobol_index both = together_of(ishigami, 3, 0, 2);
    assert_index(&both, v13 / v, 0.02);
    assert_true(both.above_zero);
    const bg_sobol_index none = together_of(ishigami, 3, 0, 1);
    assert_close(none.value, 0, 1e-12);
    assert_false(none.above_zero);
}

/* V_g V_h times what all others may add: the product of 1 + V_k. */
static void pairs_of_the_g_function_have_their_closed_share(void **state)
{
    (void)state;
    double part[8], all = 1, rest = 1;
    for (int i = 0; i < 8; i++) {
        part[i] = 1 / (3 * (1 + g_weights[i]) * (1 + g_weights[i]));
        all *= 1 + part[i];
        rest *= i == 0 || i == 2 ? 1 : 1 + part[i];
    }
    const bg_sobol_index both = together_of(g_function, 8, 0, 2);
    assert_index(&both, part[0] * part[2] * rest / (all - 1), 0.005);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ishigamis_function_has_its_closed_indices),
        cmocka_unit_test(the_g_function_has_its_closed_indices),
        cmocka_unit_test(groups_take_their_interactions_with_them),
        cmocka_unit_test(pairs_of_ishigamis_function_have_their_closed_share),
        cmocka_unit_test(pairs_of_the_g_function_have_their_closed_share),
        cmocka_unit_test(many_inputs_are_sampled_at_random),
        cmocka_unit_test(what_does_not_vary_has_no_indices),
        cmocka_unit_test(points_lie_inside_and_follow_the_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
