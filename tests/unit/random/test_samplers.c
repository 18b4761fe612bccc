/* The exact samplers against the distribution functions of the GNU Scientific Library, by the largest
 * distance of the empirical one: a sound sampler exceeds the bound at one seed in 100,000 or fewer
 * (Dvoretzky, Kiefer and Wolfowitz 1956 with Massart's constant, for any distribution). */
#include "demand/case_total.h"
#include "random/samplers.h"

#include "random/gsl_samplers.h"

#include "../../support/close.h"
#include "../../support/rng.h"

#include <baogan/stream.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define FALSE_ALARM 1e-5

enum { N = 40000 };

typedef double (*draw)(bg_rng *rng, const double *parameters);
typedef double (*distribution)(double x, const double *parameters);

/* The largest |F_n - F|; `below` is P(X < x), which differs from P(X <= x) where x has a probability. */
static double distance(draw one, distribution to, distribution below, const double *parameters)
{
    static double sample[N];
    bg_rng *rng = seeded_rng(7);
    for (size_t i = 0; i < N; i++) {
        sample[i] = one(rng, parameters);
    }
    rng_free(rng);
    gsl_sort(sample, 1, N);
    double largest = 0;
    for (size_t i = 0; i < N; i++) {
        if (i + 1 == N || sample[i + 1] > sample[i]) {
            largest = fmax(largest, fabs((double)(i + 1) / N - to(sample[i], parameters)));
        }
        if (i == 0 || sample[i - 1] < sample[i]) {
            largest = fmax(largest, fabs((double)i / N - below(sample[i], parameters)));
        }
    }
    return largest;
}

static void assert_follows(draw one, distribution to, distribution below, const double *parameters)
{
    const double bound = sqrt(log(2 / FALSE_ALARM) / (2 * N));
    assert_close(distance(one, to, below, parameters), 0, bound);
}

/* ---- continuous ---- */

static double normal(bg_rng *rng, const double *parameters)
{
    (void)parameters;
    return bg_exact_normal(rng);
}

static double normal_cdf(double x, const double *parameters)
{
    (void)parameters;
    return gsl_cdf_ugaussian_P(x);
}

static double gamma_of_one(bg_rng *rng, const double *cv)
{
    return bg_exact_gamma_of_one(rng, *cv);
}

static double gamma_of_one_cdf(double x, const double *cv)
{
    return gsl_cdf_gamma_P(x, 1 / (*cv * *cv), *cv * *cv);
}

static double beta(bg_rng *rng, const double *p)
{
    return bg_exact_beta(rng, p[0], p[1]);
}

static double beta_cdf(double x, const double *p)
{
    const double size = p[0] * (1 - p[0]) / (p[1] * p[1]) - 1;
    return gsl_cdf_beta_P(x, p[0] * size, (1 - p[0]) * size);
}

static void normals_gammas_and_betas_follow_their_distributions(void **state)
{
    (void)state;
    assert_follows(normal, normal_cdf, normal_cdf, NULL);
    /* Of a cv of 20, one in six is too small for a double and comes out as 0. */
    static const double cvs[] = {0.01, 0.3, 1, 1.2, 2, 5.5, 10};
    for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
        assert_follows(gamma_of_one, gamma_of_one_cdf, gamma_of_one_cdf, &cvs[i]);
    }
    static const double betas[][2] = {{0.15, 0.078}, {0.8, 0.25}, {0.02, 0.05}, {0.5, 0.01}};
    for (size_t i = 0; i < sizeof betas / sizeof *betas; i++) {
        assert_follows(beta, beta_cdf, beta_cdf, betas[i]);
    }
}

static void no_spread_gives_the_mean(void **state)
{
    (void)state;
    bg_rng *rng = seeded_rng(1);
    assert_true(bg_exact_gamma(rng, 0.1, 0) == 0.1);
    assert_true(bg_exact_gamma(rng, 0, 0.1) == 0);
    assert_true(bg_exact_beta(rng, 0.1, 0) == 0.1);
    assert_true(bg_exact_beta(rng, 0, 0.1) == 0);
    rng_free(rng);
}

/* ---- counts ---- */

static double poisson(bg_rng *rng, const double *mean)
{
    return (double)bg_exact_poisson(rng, *mean);
}

/* P(X <= k) = P(gamma of shape k + 1 > mean), which holds for large counts, too. */
static double poisson_cdf(double k, const double *mean)
{
    return k < 0 ? 0 : gsl_cdf_gamma_Q(*mean, k + 1, 1);
}

static double poisson_below(double k, const double *mean)
{
    return poisson_cdf(k - 1, mean);
}

static double count(bg_rng *rng, const double *p)
{
    uint64_t result = 0;
    assert_int_equal(bg_exact_count(rng, p[0], p[1], &result), BG_OK);
    return (double)result;
}

static double count_cdf(double k, const double *p)
{
    return k < 0 ? 0 : gsl_cdf_beta_P(1 / (1 + p[1]), p[0] / p[1], k + 1);
}

static double count_below(double k, const double *p)
{
    return count_cdf(k - 1, p);
}

static void counts_follow_poisson_and_negative_binomial(void **state)
{
    (void)state;
    static const double means[] = {0.01, 0.7, 5, 9.99, 10, 13.3, 40, 300, 20000, 1e6};
    for (size_t i = 0; i < sizeof means / sizeof *means; i++) {
        assert_follows(poisson, poisson_cdf, poisson_below, &means[i]);
    }
    static const double counts[][2] = {{0.3, 1}, {6, 1}, {40, 0.5}, {40, 30}, {2000, 999}};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        assert_follows(count, count_cdf, count_below, counts[i]);
    }
}

static void counts_beyond_the_bound_overflow(void **state)
{
    (void)state;
    bg_rng *rng = seeded_rng(1);
    uint64_t result = 5;
    assert_int_equal(bg_exact_count(rng, 2 * BG_COUNT_MAX, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_exact_count(rng, NAN, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_exact_count(rng, 0, 1, &result), BG_OK);
    assert_int_equal(result, 0);
    assert_int_equal(bg_exact_count(rng, BG_COUNT_MAX, 0, &result), BG_OK);
    assert_close((double)result, BG_COUNT_MAX, 6e6);
    rng_free(rng);
}

/* ---- payments ---- */

static bg_severity severity; /* of the case in hand */

static double total(bg_rng *rng, const double *n)
{
    return bg_case_total(&severity, rng, (uint64_t)*n);
}

static double lognormal_cdf(double x, const double *n)
{
    (void)n;
    return gsl_cdf_lognormal_P(x, severity.location, severity.sigma);
}

static double pareto_cdf(double x, const double *n)
{
    (void)n;
    const double z = (log(x) - severity.location) / severity.sigma;
    const double from = gsl_cdf_ugaussian_Qinv(BG_PARETO_SHARE);
    const double above = severity.sigma * (z - from);
    return z < from ? gsl_cdf_ugaussian_P(z) : 1 - BG_PARETO_SHARE * exp(-BG_PARETO_INDEX * above);
}

static double gamma_total_cdf(double x, const double *n)
{
    const double square = severity.cv * severity.cv;
    return gsl_cdf_gamma_P(x, *n / square, square);
}

static void payments_follow_their_severity(void **state)
{
    (void)state;
    const double one = 1, several = 7, many = 33;
    assert_true(bg_severity_init(&severity, BG_SEVERITY_GAMMA, 1.06));
    assert_follows(total, gamma_total_cdf, gamma_total_cdf, &several);
    assert_true(bg_severity_init(&severity, BG_SEVERITY_LOGNORMAL, 1.5));
    assert_follows(total, lognormal_cdf, lognormal_cdf, &one);
    assert_follows(total, gamma_total_cdf, gamma_total_cdf, &many);
    assert_true(bg_severity_init(&severity, BG_SEVERITY_LOGNORMAL_PARETO, 2));
    assert_follows(total, pareto_cdf, pareto_cdf, &one);
    assert_true(bg_severity_init(&severity, BG_SEVERITY_LOGNORMAL_PARETO, 0.2));
    assert_follows(total, pareto_cdf, pareto_cdf, &one);
}

static void no_case_costs_nothing(void **state)
{
    (void)state;
    bg_rng *rng = seeded_rng(1);
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        assert_true(bg_severity_init(&severity, (bg_severity_kind)kind, 1));
        assert_true(bg_case_total(&severity, rng, 0) == 0);
    }
    rng_free(rng);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normals_gammas_and_betas_follow_their_distributions),
        cmocka_unit_test(no_spread_gives_the_mean),
        cmocka_unit_test(counts_follow_poisson_and_negative_binomial),
        cmocka_unit_test(counts_beyond_the_bound_overflow),
        cmocka_unit_test(payments_follow_their_severity),
        cmocka_unit_test(no_case_costs_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
