#include "../../support/close.h"

#include "base/special.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Reference values: mpmath, 140 decimal digits. */

static void assert_relative(double obtained, double expected, double tolerance)
{
    assert_close(obtained / expected, 1, tolerance);
}

static void the_normal_distribution_has_the_digits_of_its_tables(void **state)
{
    (void)state;
    const double table[][2] = {
        {-8, 6.2209605742717841235e-16}, {-2.5, 0.006209665325776135167},
        {-2, 0.0227501319481792072},     {-1, 0.15865525393145705141},
        {0.3, 0.61791142218895263307},   {2, 0.9772498680518207928},
        {5, 0.99999971334842812081},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const double z = table[i][0], below = table[i][1];
        assert_relative(bg_normal_below(z), below, 1e-14);
        assert_relative(bg_normal_tails(z).below, below, 1e-14);
        assert_relative(bg_normal_tails(-z).above, below, 1e-14);
    }
    assert_relative(bg_normal_below(-37), 5.7255712225245768227e-300, 1e-12);
}

static void the_density_of_the_normal_has_the_digits_of_its_tables(void **state)
{
    (void)state;
    assert_relative(bg_normal_density(0), 0.39894228040143267794, 1e-15);
    assert_relative(bg_normal_density(1), 0.24197072451914334980, 1e-15);
    assert_relative(bg_normal_density(-3), 0.0044318484119380075, 1e-15);
}

static void the_normal_distribution_ends_at_nothing_and_one(void **state)
{
    (void)state;
    assert_true(bg_normal_below((double)-INFINITY) == 0);
    assert_true(bg_normal_below(-60) == 0);
    assert_true(bg_normal_below(60) == 1);
    assert_true(bg_normal_below((double)INFINITY) == 1);
    assert_true(bg_normal_tails((double)INFINITY).above == 0);
}

static void the_quantile_of_the_normal_has_the_digits_of_its_tables(void **state)
{
    (void)state;
    const double table[][2] = {
        {1e-300, -37.047096299361199237},     {1e-20, -9.2623400897984075796},
        {0.00001, -4.2648907939228246102},    {0.025, -1.9599639845400542118},
        {0.07, -1.4757910281791706856},       {0.3, -0.52440051270804081597},
        {0.4999, -0.00025066283008800749239}, {0.6, 0.25334710313579974132},
        {0.93, 1.475791028179171099},         {0.999999, 4.7534243088170877657},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_relative(bg_normal_quantile(table[i][0]), table[i][1], 4 * 0x1p-52);
    }
    assert_true(bg_normal_quantile(0.5) == 0);
    assert_true(bg_normal_quantile(0) == -(double)INFINITY);
    assert_true(bg_normal_quantile(1) == (double)INFINITY);
    assert_true(isnan(bg_normal_quantile(-0.1)) && isnan(bg_normal_quantile(1.1)));
}

static void the_incomplete_beta_function_has_twelve_digits(void **state)
{
    (void)state;
    const struct {
        double a, b, x, tails[2];
    } table[] = {
        {0.01, 3, 0.0009765625, {0.94705682813585582, 0.052943171864144185}},
        {0.5, 0.5, 0.25, {0.33333333333333333, 0.66666666666666667}},
        {2, 3, 0.5, {0.6875, 0.3125}},
        {7.5, 1.25, 0.875, {0.46669990329957892, 0.53330009670042108}},
        {50, 80, 0.375, {0.41615160167202122, 0.58384839832797878}},
        {50, 80, 0.5, {0.99599616339595457, 0.0040038366040454314}},
        {1000, 3000, 0.25, {0.50242798089209898, 0.49757201910790102}},
        {99000, 1000, 0.9921875, {0.99999999999997251, 2.7488118006448811e-14}},
        {100000, 100000, 0.5, {0.5, 0.5}},
        {60000, 40000, 0.59765625, {0.065224278983753999, 0.934775721016246}},
        {30, 4, 0.0625, {3.4040288672058278e-33, 1.0}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const double x = table[i].x, a = table[i].a, b = table[i].b;
        const bg_tails here = bg_beta_tails(a, b, x, 1 - x), turned = bg_beta_tails(b, a, 1 - x, x);
        assert_relative(here.below, table[i].tails[0], 1e-12);
        assert_relative(here.above, table[i].tails[1], 1e-12);
        assert_relative(turned.above, here.below, 1e-12);
        assert_relative(turned.below, here.above, 1e-12);
    }
    assert_true(bg_beta_tails(2, 3, 0, 1).below == 0 && bg_beta_tails(2, 3, 1, 0).above == 0);
    /* Too far out for a number. */
    assert_true(bg_beta_tails(9000, 9000, 0.01, 0.99).below == 0);
    assert_true(bg_beta_tails(9000, 9000, 0.99, 0.01).above == 0);
}

static void the_binomial_distribution_counts(void **state)
{
    (void)state;
    assert_relative(bg_binomial_tails(0, 0.1, 2).below, 0.81, 1e-14);
    assert_relative(bg_binomial_tails(1, 0.1, 2).above, 0.01, 1e-14);
    assert_relative(bg_binomial_tails(3, 0.5, 5).below, 26.0 / 32, 1e-14);
    assert_true(bg_binomial_tails(5, 0.5, 5).below == 1 && bg_binomial_tails(6, 0.5, 5).above == 0);
    assert_true(bg_binomial_tails(0, 0, 5).below == 1 && bg_binomial_tails(4, 1, 5).below == 0);
}

static void the_incomplete_gamma_function_has_twelve_digits_for_every_shape(void **state)
{
    (void)state;
    const struct {
        double shape, x, tails[2], two_more[2];
    } table[] = {
        {0.0025,
         0.2,
         {0.99694402229835983, 0.0030559777016401678},
         {0.017411507639086841, 0.98258849236091316}},
        {0.0025,
         3,
         {0.99996722418374332, 3.2775816256681671e-5},
         {0.80035791531927298, 0.19964208468072702}},
        {0.25,
         0.1,
         {0.60833884572896607, 0.39166115427103393},
         {0.0020588713575664069, 0.99794112864243359}},
        {0.89,
         1.8,
         {0.86209574591058189, 0.13790425408941811},
         {0.29391096630530677, 0.70608903369469323}},
        {3,
         2,
         {0.32332358381693654, 0.67667641618306346},
         {0.052653017343711157, 0.94734698265628884}},
        {9.99,
         25,
         {0.99978077911344693, 0.00021922088655307333},
         {0.99859585312446624, 0.0014041468755337564}},
        {100,
         70,
         {0.00043037259497989086, 0.99956962740502011},
         {0.00019710127325955111, 0.99980289872674045}},
        {100,
         101,
         {0.55289629343451125, 0.44710370656548875},
         {0.47356929040257901, 0.52643070959742099}},
        {2500,
         2600,
         {0.97618100197925935, 0.023818998020740655},
         {0.97386164672997081, 0.026138353270029186}},
        {10000,
         9800,
         {0.022207543813969694, 0.97779245618603031},
         {0.021167136374926542, 0.97883286362507346}},
        {10000,
         10300,
         {0.99852950510361432, 0.0014704948963856813},
         {0.9984312663301913, 0.0015687336698087013}},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const bg_gamma_shape shape = bg_gamma_shape_of(table[i].shape);
        bg_tails tails[BG_GAMMA_ORDERS];
        bg_gamma_tails(&shape, table[i].x, tails);
        assert_relative(tails[0].below, table[i].tails[0], 1e-12);
        assert_relative(tails[0].above, table[i].tails[1], 1e-12);
        assert_relative(tails[2].below, table[i].two_more[0], 1e-12);
        assert_relative(tails[2].above, table[i].two_more[1], 1e-12);
    }
}

static void the_incomplete_gamma_function_ends_at_nothing_and_one(void **state)
{
    (void)state;
    const double shapes[] = {0.0025, 1, 10000};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        const bg_gamma_shape shape = bg_gamma_shape_of(shapes[i]);
        bg_tails tails[BG_GAMMA_ORDERS];
        bg_gamma_tails(&shape, 0, tails);
        assert_true(tails[0].below == 0 && tails[3].below == 0 && tails[0].above == 1);
        bg_gamma_tails(&shape, (double)INFINITY, tails);
        assert_true(tails[0].above == 0 && tails[3].above == 0 && tails[3].below == 1);
    }
}

static void small_logarithms_and_exponentials_keep_their_digits(void **state)
{
    (void)state;
    const double table[][3] = {
        {1e-12, 9.9999999999949997989e-13, 1.0000000000004999799e-12},
        {1e-5, 9.9999500003333316514e-6, 0.000010000050000166667901},
        {-0.3, -0.35667494393873236305, -0.25918177931828212571},
        {0.7, 0.53062825106217037011, 1.0137527074704764322},
        {50, 3.9318256327243257716, 5.1847055285870724641e+21},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_relative(bg_log1p(table[i][0]), table[i][1], 1e-15);
        assert_relative(bg_expm1(table[i][0]), table[i][2], 1e-15);
    }
    assert_true(bg_log1p(1e-300) == 1e-300 && bg_log1p(0) == 0 && bg_expm1(0) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_normal_distribution_has_the_digits_of_its_tables),
        cmocka_unit_test(the_density_of_the_normal_has_the_digits_of_its_tables),
        cmocka_unit_test(the_normal_distribution_ends_at_nothing_and_one),
        cmocka_unit_test(the_quantile_of_the_normal_has_the_digits_of_its_tables),
        cmocka_unit_test(the_incomplete_beta_function_has_twelve_digits),
        cmocka_unit_test(the_binomial_distribution_counts),
        cmocka_unit_test(the_incomplete_gamma_function_has_twelve_digits_for_every_shape),
        cmocka_unit_test(the_incomplete_gamma_function_ends_at_nothing_and_one),
        cmocka_unit_test(small_logarithms_and_exponentials_keep_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
