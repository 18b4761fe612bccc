/* A level that moves. Numbers from NumPy, not by a filter: the joint normal distribution of the data and the level. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/splitmix.h"
#include "statistics/moving_level.h"

#include <math.h>
#include <stdbool.h>

/* Without rare years, for which all is exact, and with. */
static const bg_level_prior prior = {0.09531017980432493, 0.1, 0.02, 1.5, 0, 1};
static const bg_level_prior with_rare = {0.09531017980432493, 0.1, 0.01, 1.5, 0.08, 4};

static bg_mixture ahead(const bg_moving_level *level, int from, int years)
{
    bg_mixture expected = {.count = BG_LEVEL_PARTS};
    bg_moving_level_ahead(level, from, years, expected.part);
    return expected;
}

static void years_are_weighed_as_their_joint_distribution_has_it(void **state)
{
    (void)state;
    static const int year[] = {2021, 2022, 2024};
    static const double x[] = {0.1117, 0.0193, 0.0016}, variance[] = {0, 0.0001, 0};
    const bg_level_data data = {3, year, x, variance};
    bg_moving_level level;
    bg_moving_level_fit(&prior, &data, 2025, &level);
    const bg_level_state mean = bg_moving_level_mean(&level);
    assert_int_equal(level.year, 2024);
    assert_close(mean.mean, 0.016448210109029155, 1e-9);
    assert_close(sqrt(mean.variance), 0.04774058573584371, 1e-9);
    assert_close(mean.swing, 0.04793796242250234, 1e-9);
    assert_close(mean.move, 0.053120650717346965, 1e-9);
    const bg_mixture expected = ahead(&level, 2025, 3); /* a year after the last that is known */
    assert_close(bg_mixture_mean(&expected), 0.04934463032708746, 1e-9);
    assert_close(bg_mixture_sd(&expected), 0.3600787468337436, 1e-9);
}

static void before_there_are_years_the_prior_stands(void **state)
{
    (void)state;
    const bg_level_data none = {0};
    bg_moving_level level;
    bg_moving_level_fit(&prior, &none, 2024, &level);
    const bg_mixture expected = ahead(&level, 2024, 1);
    assert_close(bg_mixture_mean(&expected), 0.09531017980432495, 1e-9);
    assert_close(bg_mixture_sd(&expected), 0.1749150597916608, 1e-9);
}

/* Two years ahead the level stands twice, the first move twice, the second once, two swings. */
static void a_sum_of_years_counts_the_level_in_each(void **state)
{
    (void)state;
    const bg_level_data none = {0};
    bg_moving_level level;
    bg_moving_level_fit(&prior, &none, 2024, &level);
    for (size_t i = 0; i < BG_LEVEL_STATES; i++) {
        level.state[i].weight = i == 1; /* s alone with q = 1 */
    }
    const bg_mixture expected = ahead(&level, 2024, 2);
    const double s = level.state[1].swing;
    assert_close(expected.part[0].weight, 1, 1e-9);
    assert_close(expected.part[1].weight, 0, 0);
    assert_close(expected.part[0].mean, 2 * prior.mean, 1e-9);
    assert_close(expected.part[0].sd, sqrt(4 * 0.01 + s * s * (4 + 1) + 2 * s * s), 1e-9);
}

/* Which years are rare is followed one by one only through the year: the exact figures, over all 32 cases, come from
 * NumPy. One bad year leaves the level and the swing where they were, which without rare years it does not. */
static void a_bad_year_is_taken_for_a_rare_one(void **state)
{
    (void)state;
    static const int year[] = {2018, 2019, 2020, 2021, 2022};
    static const double x[] = {0.03, 0.035, -0.06, 0.04, 0.03}, variance[5] = {0};
    const bg_level_data data = {5, year, x, variance};
    bg_level_prior without = with_rare;
    without.rare = 0;
    bg_moving_level level, other;
    bg_moving_level_fit(&with_rare, &data, 0, &level);
    bg_moving_level_fit(&without, &data, 0, &other);
    const bg_level_state mean = bg_moving_level_mean(&level);
    assert_close(mean.mean, 0.0303, 0.001);
    assert_close(sqrt(mean.variance), 0.0189, 0.001);
    assert_close(mean.swing, 0.0198, 0.001);
    assert_close(bg_moving_level_mean(&other).mean, 0.024123638616035968, 1e-9);
    assert_close(bg_moving_level_mean(&other).swing, 0.03816119036243007, 1e-9);
    const bg_mixture expected = ahead(&level, 2022, 2);
    assert_close(bg_mixture_mean(&expected), 0.0606, 0.002);
    assert_close(bg_mixture_sd(&expected), 0.0839, 0.004);
    const bg_mixture plain = ahead(&other, 2022, 2);
    assert_close(bg_mixture_sd(&plain), 0.13044003164664708, 1e-9);
}

static void years_that_are_alike_narrow_what_is_expected(void **state)
{
    (void)state;
    static const int year[] = {2018, 2019, 2020, 2021, 2022, 2023};
    static const double x[] = {0.05, 0.06, 0.05, 0.055, 0.06, 0.05}, variance[6] = {0};
    bg_moving_level few, many;
    bg_moving_level_fit(&prior, &(bg_level_data){2, year, x, variance}, 0, &few);
    bg_moving_level_fit(&prior, &(bg_level_data){6, year, x, variance}, 0, &many);
    const bg_mixture wide = ahead(&few, 2019, 1), narrow = ahead(&many, 2023, 1);
    assert_true(bg_mixture_sd(&narrow) < bg_mixture_sd(&wide) / 2);
    assert_true(fabs(bg_mixture_mean(&narrow) - 0.054) < 0.003);
}

static double normal(uint64_t *state)
{
    const double u = ((double)(splitmix(state) >> 11) + 0.5) * 0x1p-53;
    const double v = (double)(splitmix(state) >> 11) * 0x1p-53;
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* One of the pairs of s and q, as likely as the prior has it. */
static const bg_level_state *draw_state(const bg_moving_level *all, uint64_t *state)
{
    const double u = (double)(splitmix(state) >> 11) * 0x1p-53;
    double sum = 0;
    size_t i = 0;
    while (i + 1 < BG_LEVEL_STATES && (sum += all->state[i].weight) <= u) {
        i++;
    }
    return &all->state[i];
}

/* Draws years from the model, forecasts the next by all but it, and returns where it lies in the forecast. */
static double rank_of_next(const bg_moving_level *all, size_t years, uint64_t *random)
{
    enum { MOST = 8 };
    int year[MOST];
    double x[MOST], variance[MOST] = {0};
    const bg_level_state *of = draw_state(all, random);
    double level = with_rare.mean + with_rare.sd * normal(random);
    for (size_t t = 0; t <= years; t++) {
        level += t > 0 ? of->move * normal(random) : 0;
        year[t] = 2000 + (int)t;
        const bool rare = splitmix_up_to(random, 99) < 8;
        x[t] = level + (rare ? with_rare.rare_size : 1) * of->swing * normal(random);
    }
    bg_moving_level fit;
    bg_moving_level_fit(&with_rare, &(bg_level_data){years, year, x, variance}, 0, &fit);
    const bg_mixture expected = ahead(&fit, year[years - 1], 1);
    return bg_mixture_below(&expected, x[years]);
}

/* Simulation-based calibration (Talts and others 2018): ranks are even. chi^2 with nine degrees of freedom is above 33.7
 * once in 10,000; the seed is fixed. */
static void a_thousand_histories_lie_evenly_in_their_forecasts(void **state)
{
    (void)state;
    const bg_level_data none = {0};
    bg_moving_level all;
    bg_moving_level_fit(&with_rare, &none, 2000, &all);
    for (size_t years = 1; years <= 7; years += 3) {
        uint64_t random = years;
        size_t count[10] = {0};
        for (size_t i = 0; i < 1000; i++) {
            count[(size_t)(10 * rank_of_next(&all, years, &random))]++;
        }
        double square = 0;
        for (size_t i = 0; i < 10; i++) {
            const double off = (double)count[i] - 100;
            square += off * off / 100;
        }
        assert_true(square < 33.7);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_are_weighed_as_their_joint_distribution_has_it),
        cmocka_unit_test(before_there_are_years_the_prior_stands),
        cmocka_unit_test(a_sum_of_years_counts_the_level_in_each),
        cmocka_unit_test(a_bad_year_is_taken_for_a_rare_one),
        cmocka_unit_test(years_that_are_alike_narrow_what_is_expected),
        cmocka_unit_test(a_thousand_histories_lie_evenly_in_their_forecasts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
