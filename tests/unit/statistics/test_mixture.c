/* Mixtures of normals. Numbers from SciPy 1.10: the distribution function and its inverse, scores by quadrature and, of
 * one normal and of t, by the closed forms of Gneiting and Raftery 2007 and of Jordan, Krueger, Lerch 2019. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "statistics/mixture.h"

#include <math.h>

static const bg_mixture three = {3, {{0.5, 0, 0.05}, {0.3, 0.1, 0.2}, {0.2, -0.3, 1}}};

static void moments_and_probabilities_add_up_over_the_parts(void **state)
{
    (void)state;
    assert_close(bg_mixture_mean(&three), -0.03, 1e-15);
    assert_close(bg_mixture_sd(&three), 0.48306314287057756, 1e-14);
    assert_close(bg_mixture_below(&three, 0.25), 0.8737797136034844, 1e-14);
}

static void quantiles_are_found_whatever_the_widths_of_the_parts(void **state)
{
    (void)state;
    static const double p[] = {0.025, 0.1, 0.5, 0.9, 0.975};
    static const double x[] = {-1.450349380376041, -0.34749630767096457, 0.007385729410423184,
                               0.305768268440593, 0.8509813914155491};
    for (size_t i = 0; i < sizeof p / sizeof *p; i++) {
        assert_close(bg_mixture_quantile(&three, p[i]), x[i], 1e-11);
    }
    const bg_mixture two = {2, {{0.5, -10, 1e-3}, {0.5, 10, 1e-3}}};
    assert_close(bg_mixture_quantile(&two, 0.25), -10, 1e-9);
    assert_close(bg_mixture_quantile(&two, 0.75), 10, 1e-9);
}

static void the_score_of_one_normal_is_the_known_one(void **state)
{
    (void)state;
    const bg_mixture normal = {1, {{1, 0, 1}}}, other = {1, {{1, 0.1, 0.05}}};
    assert_close(bg_mixture_crps(&normal, 0), 0.23369497725510913, 1e-14);
    assert_close(bg_mixture_crps(&normal, 1), 0.6024413576276163, 1e-14);
    assert_close(bg_mixture_crps(&other, -0.02), 0.0920625652301934, 1e-14);
}

static void the_score_of_a_mixture_is_its_integral(void **state)
{
    (void)state;
    assert_close(bg_mixture_crps(&three, 0.25), 0.16558998894068375, 1e-10);
}

static bg_mixture t_of(double freedom)
{
    bg_t_class classes[BG_T_CLASSES];
    bg_mixture t = {.count = bg_t_classes(freedom, classes)};
    for (size_t i = 0; i < t.count; i++) {
        t.part[i] = (bg_normal_part){classes[i].weight, 0, sqrt(classes[i].variance)};
    }
    return t;
}

static void classes_have_the_quantiles_and_the_variance_of_t(void **state)
{
    (void)state;
    static const struct {
        double freedom, quantile[4];
    } of[] = {
        {3, {0.764892328080891, 1.637744357215907, 3.182446305284263, 4.540702858698419}},
        {4, {0.7406970840912249, 1.533206273713144, 2.7764451051977987, 3.7469473879811366}},
        {5, {0.7266868437979397, 1.4758840487820273, 2.5705818366147395, 3.3649299989072747}},
        {8, {0.7063866126448144, 1.396815309743419, 2.3060041350333704, 2.896459442760522}},
        {20, {0.6869544953430642, 1.3253407069850462, 2.0859634472658364, 2.527977002740546}},
    };
    static const double p[] = {0.75, 0.9, 0.975, 0.99};
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        const bg_mixture t = t_of(of[i].freedom);
        double weight = 0;
        for (size_t k = 0; k < t.count; k++) {
            weight += t.part[k].weight;
        }
        assert_close(weight, 1, 1e-8);
        assert_close(bg_mixture_sd(&t), sqrt(of[i].freedom / (of[i].freedom - 2)), 1e-5);
        for (size_t k = 0; k < 4; k++) {
            assert_close(bg_mixture_quantile(&t, p[k]) / of[i].quantile[k], 1, 0.006);
        }
    }
}

static void classes_have_the_score_of_t(void **state)
{
    (void)state;
    const bg_mixture t4 = t_of(4), t8 = t_of(8);
    assert_close(bg_mixture_crps(&t4, 0), 0.2636892218139763, 1e-3);
    assert_close(bg_mixture_crps(&t4, 1.5), 0.963689221813976, 1e-3);
    assert_close(bg_mixture_crps(&t8, 0), 0.24768841464267052, 1e-3);
    assert_close(bg_mixture_crps(&t8, 1.5), 0.9770585302562741, 1e-3);
}

static void infinite_freedom_is_the_normal(void **state)
{
    (void)state;
    const bg_mixture normal = t_of(INFINITY);
    assert_int_equal(normal.count, 1);
    assert_close(bg_mixture_quantile(&normal, 0.975), 1.959963984540054, 1e-12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_and_probabilities_add_up_over_the_parts),
        cmocka_unit_test(quantiles_are_found_whatever_the_widths_of_the_parts),
        cmocka_unit_test(the_score_of_one_normal_is_the_known_one),
        cmocka_unit_test(the_score_of_a_mixture_is_its_integral),
        cmocka_unit_test(classes_have_the_quantiles_and_the_variance_of_t),
        cmocka_unit_test(classes_have_the_score_of_t),
        cmocka_unit_test(infinite_freedom_is_the_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
