/* Noise that falls with size: found again in values that were drawn with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/splitmix.h"
#include "statistics/noise_by_size.h"

#include <math.h>

enum { VALUES = 6000, GROUPS = 4 };

typedef struct drawn {
    double value[VALUES], size[VALUES];
    size_t group[VALUES];
} drawn;

static double normal(uint64_t *state)
{
    const double u = ((double)(splitmix(state) >> 11) + 0.5) * 0x1p-53;
    const double v = (double)(splitmix(state) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* Student's t; normal where the freedom is 0. */
static double t(uint64_t *state, int freedom)
{
    double square = 0;
    for (int i = 0; i < freedom; i++) {
        const double z = normal(state);
        square += z * z;
    }
    return normal(state) / (freedom ? sqrt(square / freedom) : 1);
}

/* Group g has the mean g / 100; sizes are spread evenly in logarithms from 3,000 to 100,000. */
static void draw(drawn *self, double constant, double by_size, int freedom)
{
    uint64_t state = 1;
    for (size_t i = 0; i < VALUES; i++) {
        const double u = (double)(splitmix(&state) >> 11) * 0x1p-53;
        self->size[i] = 3000 * exp(u * log(100.0 / 3));
        self->group[i] = i % GROUPS;
        self->value[i] = (double)self->group[i] / 100 +
                         sqrt(constant + by_size / self->size[i]) * t(&state, freedom);
    }
}

static bg_sized_noise fit(const drawn *of, size_t count, double *mean, double *variance)
{
    bg_sized_noise noise;
    const bg_sized_values values = {count, GROUPS, of->value, of->size, of->group};
    assert_true(bg_sized_noise_fit(&values, &noise, mean, variance));
    return noise;
}

static void spread_tails_and_means_are_found_again(void **state)
{
    (void)state;
    static drawn of;
    double mean[GROUPS], variance[GROUPS];
    draw(&of, 0.0002, 8, 5);
    const bg_sized_noise noise = fit(&of, VALUES, mean, variance);
    assert_true(noise.freedom >= 4 && noise.freedom <= 6);
    assert_close(sqrt(bg_sized_noise_scale(&noise, 5000)), sqrt(0.0002 + 8.0 / 5000), 0.002);
    assert_close(sqrt(bg_sized_noise_scale(&noise, 60000)), sqrt(0.0002 + 8.0 / 60000), 0.001);
    assert_close(bg_sized_noise_widening(&noise), noise.freedom / (noise.freedom - 2), 1e-15);
    for (size_t g = 0; g < GROUPS; g++) { /* within four standard errors */
        assert_close(mean[g], (double)g / 100, 4 * sqrt(variance[g]));
        assert_true(sqrt(variance[g]) > 0.0005 && sqrt(variance[g]) < 0.0012);
    }
}

static void normal_values_of_one_spread_are_seen_as_such(void **state)
{
    (void)state;
    static drawn of;
    double mean[GROUPS], variance[GROUPS];
    draw(&of, 0.0016, 0, 0);
    const bg_sized_noise noise = fit(&of, VALUES, mean, variance);
    assert_true(noise.freedom >= 20);
    assert_close(sqrt(bg_sized_noise_scale(&noise, 5000)), 0.04, 0.002);
    assert_close(sqrt(bg_sized_noise_scale(&noise, 60000)), 0.04, 0.002);
}

static void a_size_that_is_not_known_stands_for_a_usual_one(void **state)
{
    (void)state;
    static drawn of;
    double mean[GROUPS], variance[GROUPS];
    draw(&of, 0.0002, 8, 0);
    for (size_t i = 0; i < VALUES; i += 2) {
        of.size[i] = NAN;
    }
    const bg_sized_noise noise = fit(&of, VALUES, mean, variance);
    assert_close(bg_sized_noise_scale(&noise, NAN), bg_sized_noise_scale(&noise, noise.usual_size),
                 1e-18);
}

/* No value lies off the mean of its group: what is left is the prior, two of 3 % over the four values that means leave
 * and these two. */
static void few_values_do_not_say_zero(void **state)
{
    (void)state;
    const drawn of = {.value = {0.01, 0.01, 0.02, 0.02, 0.05, 0.05, 0, 0},
                      .size = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
                      .group = {0, 0, 1, 1, 2, 2, 3, 3}};
    double mean[GROUPS], variance[GROUPS];
    const bg_sized_values values = {8, GROUPS, of.value, of.size, of.group};
    bg_sized_noise noise;
    assert_true(bg_sized_noise_fit(&values, &noise, mean, variance));
    assert_true(isinf(noise.freedom));
    assert_close(mean[2], 0.05, 1e-15);
    assert_close(bg_sized_noise_scale(&noise, NAN), 2 * 0.0009 / 6, 1e-15);
}

static void one_value_a_group_leaves_no_noise(void **state)
{
    (void)state;
    const drawn of = {.value = {0.1, 0.2, 0.3, 0.4}, .size = {1, 1, 1, 1}, .group = {0, 1, 2, 3}};
    double mean[GROUPS], variance[GROUPS];
    const bg_sized_noise noise = fit(&of, 4, mean, variance);
    assert_true(bg_sized_noise_scale(&noise, 1) == 0 && isinf(noise.freedom));
    assert_true(mean[3] == 0.4 && variance[3] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spread_tails_and_means_are_found_again),
        cmocka_unit_test(normal_values_of_one_spread_are_seen_as_such),
        cmocka_unit_test(a_size_that_is_not_known_stands_for_a_usual_one),
        cmocka_unit_test(few_values_do_not_say_zero),
        cmocka_unit_test(one_value_a_group_leaves_no_noise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
