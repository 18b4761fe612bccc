#include "../../support/close.h"
#include "../../support/rng.h"

#include "demand/severity.h"
#include "random/gsl_samplers.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Counts are judged by Pearson's statistic; a sound sampler fails at one seed in 100,000. */
#define FALSE_ALARM 1e-5

static uint64_t count(bg_rng *rng, double mean, double dispersion)
{
    uint64_t result = 0;
    assert_int_equal(bg_draw_count(rng, mean, dispersion, &result), BG_OK);
    return result;
}

static void no_spread_gives_the_mean_without_a_draw(void **state)
{
    (void)state;
    bg_rng *rng = scripted_rng(NULL, 0);
    assert_true(bg_draw_gamma(rng, 0.1, 0) == 0.1);
    assert_true(bg_draw_gamma(rng, 0, 0.1) == 0);
    assert_true(bg_draw_beta(rng, 0.1, 0) == 0.1);
    assert_true(bg_draw_beta(rng, 0, 0.1) == 0);
    assert_int_equal(count(rng, 0, 2), 0);
    uint64_t quadratic = 7;
    assert_int_equal(bg_draw_count_quadratic(rng, 0, 200, &quadratic), BG_OK);
    assert_int_equal(quadratic, 0);
    rng_free(rng);
}

/* Classes 0, 1, ..., n - 2 and "n - 1 or more". */
static double pearson(const double *observed, const double *probability, size_t n, double total)
{
    double statistic = 0;
    for (size_t i = 0; i < n; i++) {
        const double expected = total * probability[i];
        assert_true(expected > 5);
        statistic += (observed[i] - expected) * (observed[i] - expected) / expected;
    }
    return statistic;
}

static void counts_follow_the_negative_binomial(void **state)
{
    (void)state;
    enum { N = 50000, CLASSES = 24 };
    static const struct {
        double mean, dispersion;
    } cases[] = {{6, 2}, {6, 1}, {4, 3.5}};
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        const double mean = cases[c].mean, dispersion = cases[c].dispersion;
        const size_t classes = dispersion > 1 ? CLASSES - 4 : CLASSES - 8;
        double observed[CLASSES] = {0}, probability[CLASSES], rest = 1;
        for (unsigned k = 0; k + 1 < classes; k++) {
            probability[k] = dispersion > 1 ? gsl_ran_negative_binomial_pdf(k, 1 / dispersion,
                                                                            mean / (dispersion - 1))
                                            : gsl_ran_poisson_pdf(k, mean);
            rest -= probability[k];
        }
        probability[classes - 1] = rest;
        bg_rng *rng = seeded_rng(1);
        for (int i = 0; i < N; i++) {
            const uint64_t n = count(rng, mean, dispersion);
            observed[n < classes - 1 ? n : classes - 1]++;
        }
        rng_free(rng);
        const double statistic = pearson(observed, probability, classes, N);
        assert_true(gsl_cdf_chisq_Q(statistic, (double)classes - 1) > FALSE_ALARM);
    }
}

/* Mean 6 and variance 6 + 36 / 4 = 15: the number of failures before the fourth success, p = 4 / 10. */
static void counts_of_quadratic_variance_follow_the_negative_binomial(void **state)
{
    (void)state;
    enum { N = 50000, CLASSES = 22 };
    double observed[CLASSES] = {0}, probability[CLASSES], rest = 1;
    for (unsigned k = 0; k + 1 < CLASSES; k++) {
        probability[k] = gsl_ran_negative_binomial_pdf(k, 0.4, 4);
        rest -= probability[k];
    }
    probability[CLASSES - 1] = rest;
    bg_rng *rng = seeded_rng(1);
    for (int i = 0; i < N; i++) {
        uint64_t n = 0;
        assert_int_equal(bg_draw_count_quadratic(rng, 6, 4, &n), BG_OK);
        observed[n < CLASSES - 1 ? n : CLASSES - 1]++;
    }
    rng_free(rng);
    const double statistic = pearson(observed, probability, CLASSES, N);
    assert_true(gsl_cdf_chisq_Q(statistic, CLASSES - 1) > FALSE_ALARM);
}

static void large_counts_keep_mean_and_variance(void **state)
{
    (void)state;
    enum { N = 4000 };
    const double mean = 2.5e9; /* in three Poisson parts */
    bg_rng *rng = seeded_rng(1);
    double sum = 0, squares = 0;
    for (int i = 0; i < N; i++) {
        const double off = (double)count(rng, mean, 2) - mean;
        sum += off;
        squares += off * off;
    }
    assert_close(sum / N, 0, 4 * sqrt(2 * mean / N));
    assert_close(squares / N / (2 * mean), 1, 4 * sqrt(2.0 / N));
    rng_free(rng);
}

static void a_mean_beyond_the_bound_overflows(void **state)
{
    (void)state;
    bg_rng *rng = scripted_rng(NULL, 0);
    uint64_t result = 7;
    assert_int_equal(bg_draw_count(rng, BG_COUNT_MAX * 1.0001, 2, &result), BG_OVERFLOW);
    assert_int_equal(bg_draw_count(rng, INFINITY, 2, &result), BG_OVERFLOW);
    assert_int_equal(bg_draw_count(rng, NAN, 2, &result), BG_OVERFLOW);
    assert_int_equal(bg_draw_count_quadratic(rng, BG_COUNT_MAX * 1.0001, 200, &result),
                     BG_OVERFLOW);
    assert_int_equal(result, 7);
    rng_free(rng);
}

/* Two compound distributions whose moments and distribution function are known to 16 digits (sums
 * over the count of incomplete gamma functions). The fourth cumulants follow from the generating
 * functions: 10 E X^4 = 1200, and 5 x 3! (3^4 - 1) = 2400. */
static void aggregate_costs_have_the_exact_mean_variance_and_distribution(void **state)
{
    (void)state;
    enum { N = 100000 };
    static const struct {
        double dispersion, cv, unit, mean, variance, fourth_cumulant, at, probability;
    } cases[] = {
        {1, 0.70710678118654752, 2, 20, 60, 1200, 30, 0.8943284910215871},
        {3, 1, 1, 10, 40, 2400, 18.52095868097709, 0.9},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        bg_severity cost;
        assert_true(bg_severity_init(&cost, BG_SEVERITY_GAMMA, cases[c].cv));
        bg_rng *rng = seeded_rng(1);
        double sum = 0, squares = 0, below = 0;
        for (int i = 0; i < N; i++) {
            const uint64_t n = count(rng, 10, cases[c].dispersion);
            const double x = cases[c].unit * bg_severity_total(&cost, rng, n);
            sum += x;
            squares += (x - cases[c].mean) * (x - cases[c].mean);
            below += x <= cases[c].at;
        }
        const double variance = cases[c].variance, p = cases[c].probability;
        assert_close(sum / N, cases[c].mean, 4 * sqrt(variance / N));
        assert_close(squares / N, variance,
                     4 * sqrt((cases[c].fourth_cumulant + 2 * variance * variance) / N));
        assert_close(below / N, p, 4 * sqrt(p * (1 - p) / N));
        rng_free(rng);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_spread_gives_the_mean_without_a_draw),
        cmocka_unit_test(counts_follow_the_negative_binomial),
        cmocka_unit_test(counts_of_quadratic_variance_follow_the_negative_binomial),
        cmocka_unit_test(large_counts_keep_mean_and_variance),
        cmocka_unit_test(a_mean_beyond_the_bound_overflows),
        cmocka_unit_test(aggregate_costs_have_the_exact_mean_variance_and_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
