/* The projection against closed forms. One total line of two thousand million people: what single
 * cases add is a ten-thousandth, so that expense is lognormal. */
#include "../support/projected.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

/* Growth 6 % with sd 3 % (one past year: nothing of its own), shocks of 5.5 % of which half last. */
static const char lognormal[] =
    "history: {2024: 100000M}\n"
    "people: {residents: {count: 2000000000, growth: 0%, growth_sd: 0%}}\n"
    "budget: {growth: {2025: 8%, later: 5%}}\n"
    "demand: {trend: {prior: 6%, prior_sd: 3%}, volatility: {total: 5.5%, persistence: 0.5},\n"
    "         emergency: {probability: 0%}}\n"
    "simulation: {years: 5, replications: 100000}\n";

enum { YEARS = 5 };

static const double growth = 0.06;
static const double growth_sd = 0.03;
static const double shock_sd = 0.055;
static const double persistence = 0.5;

/* Of ln E in year t = 1, 2, …: the trend error grows with t, the shocks gather. */
static double variance(int t)
{
    double gathered = 0;
    for (int k = 0; k < t; k++) {
        gathered = 1 + persistence * persistence * gathered;
    }
    return growth_sd * growth_sd * t * t + shock_sd * shock_sd * gathered;
}

static double mean_expense(int t)
{
    return 1e13 * exp(growth * t);
}

static double location(int t)
{
    return log(mean_expense(t)) - variance(t) / 2;
}

static projected run;

static int start(void **state)
{
    (void)state;
    start_projection(&run, lognormal, NULL, 0);
    return 0;
}

static int finish(void **state)
{
    (void)state;
    finish_projection(&run);
    return 0;
}

static void assert_within(double obtained, double expected, double error)
{
    if (!(fabs(obtained - expected) <= error)) {
        fail_msg("obtained %.10g, expected %.10g within %.3g", obtained, expected, error);
    }
}

/* 4 standard errors in each of five years: false alarm 3e-4, were the seed changed. */
static void probability_over_budget_is_that_of_the_normal_distribution(void **state)
{
    (void)state;
    const double n = (double)bg_projection_replications(run.projection);
    for (int t = 1; t <= YEARS; t++) {
        const double budget = 1e13 * 1.08 * pow(1.05, t - 1);
        const double p = gsl_cdf_ugaussian_Q((log(budget) - location(t)) / sqrt(variance(t)));
        const bg_probability over =
            bg_projection_probability(run.projection, 0, (size_t)t - 1, BG_EVENT_over_budget);
        assert_true(p > 0.1 && p < 0.9);
        assert_within(over.estimate, p, 4 * sqrt(p * (1 - p) / n));
    }
}

static void mean_and_spread_of_expense_are_lognormal(void **state)
{
    (void)state;
    const double n = (double)bg_projection_replications(run.projection);
    for (int t = 1; t <= YEARS; t++) {
        const bg_statistics *expense = projected_statistics(&run, 0, (size_t)t - 1, "expense");
        const double sd = mean_expense(t) * sqrt(expm1(variance(t)));
        assert_within(expense->mean, mean_expense(t), 4 * sd / sqrt(n));
        assert_within(expense->mean_se, sd / sqrt(n), 0.02 * sd / sqrt(n));
        /* The kurtosis of a lognormal gives the error of its sd. */
        const double w = exp(variance(t));
        const double kurtosis = w * w * w * w + 2 * w * w * w + 3 * w * w - 3;
        assert_within(expense->sd, sd, 4 * sd * sqrt((kurtosis - 1) / (4 * n)));
        assert_within((double)projected_central(&run, 0, (size_t)t - 1, "expense"), mean_expense(t),
                      1e-9 * mean_expense(t));
    }
}

/* TVaR of a lognormal: mean x P(Z <= sd - z) / 0.05 above, mean x P(Z <= -z - sd) / 0.05 below. */
static void quantiles_and_tail_means_of_expense_are_lognormal(void **state)
{
    (void)state;
    const double n = (double)bg_projection_replications(run.projection);
    for (int t = 1; t <= YEARS; t++) {
        const bg_statistics *expense = projected_statistics(&run, 0, (size_t)t - 1, "expense");
        const double s = sqrt(variance(t));
        for (size_t q = 0; q < BG_QUANTILE_COUNT; q++) {
            const double p = bg_quantile_levels[q];
            const double z = gsl_cdf_ugaussian_Pinv(p);
            const double x = exp(location(t) + s * z);
            const double density = gsl_ran_ugaussian_pdf(z) / (s * x);
            const double se = sqrt(p * (1 - p) / n) / density;
            assert_within(expense->quantile[q].value, x, 4.5 * se);
            /* The interval spans 2 x 1.96 standard errors: the sum of so many gaps between draws,
             * each about exponential, that its own relative error is one over their root. */
            const double width = expense->quantile[q].high - expense->quantile[q].low;
            const double gaps = 3.92 * sqrt(n * p * (1 - p));
            assert_within(width, 3.92 * se, 4 * 3.92 * se / sqrt(gaps));
        }
        const double z = gsl_cdf_ugaussian_Pinv(0.95);
        assert_within(expense->tvar_upper, mean_expense(t) * gsl_cdf_ugaussian_P(s - z) / 0.05,
                      4 * expense->tvar_upper_se);
        assert_within(expense->tvar_lower, mean_expense(t) * gsl_cdf_ugaussian_P(-z - s) / 0.05,
                      4 * expense->tvar_lower_se);
    }
}

/* Of 100 runs of 1,000, as many intervals hold the true value as 95 % allow (4 standard errors). */
static void intervals_cover_the_truth_as_often_as_they_say(void **state)
{
    (void)state;
    enum { RUNS = 100, SIZE = 1000 };
    const bg_fen *expense = projected_draws(&run, 0, 2, "expense");
    const double s = sqrt(variance(3));
    const double z95 = gsl_cdf_ugaussian_Pinv(0.95);
    const double x50 = exp(location(3));
    const double x95 = exp(location(3) + s * z95);
    const double budget = 1e13 * 1.08 * 1.05 * 1.05;
    const double p_over = gsl_cdf_ugaussian_Q((log(budget) - location(3)) / s);
    const double tvar = mean_expense(3) * gsl_cdf_ugaussian_P(s - z95) / 0.05;
    static int64_t scratch[SIZE];
    size_t median = 0, upper = 0, wilson = 0, tail = 0;
    for (size_t r = 0; r < RUNS; r++) {
        bg_statistics part;
        bg_statistics_compute(expense + r * SIZE, SIZE, scratch, &part);
        median += part.quantile[BG_Q50].low <= x50 && x50 <= part.quantile[BG_Q50].high;
        upper += part.quantile[BG_Q95].low <= x95 && x95 <= part.quantile[BG_Q95].high;
        tail += fabs(part.tvar_upper - tvar) <= 1.96 * part.tvar_upper_se;
        size_t hits = 0;
        for (size_t i = 0; i < SIZE; i++) {
            hits += (double)expense[r * SIZE + i] > budget;
        }
        const bg_probability over = bg_probability_compute(hits, SIZE);
        wilson += over.low <= p_over && p_over <= over.high;
    }
    const double tolerance = 4 * sqrt(0.95 * 0.05 / RUNS);
    assert_within((double)median / RUNS, 0.95, tolerance);
    assert_within((double)upper / RUNS, 0.95, tolerance);
    assert_within((double)wilson / RUNS, 0.95, tolerance);
    /* A tail of 50 draws is skewed: its interval covers a little less. */
    assert_within((double)tail / RUNS, 0.93, tolerance);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(probability_over_budget_is_that_of_the_normal_distribution),
        cmocka_unit_test(mean_and_spread_of_expense_are_lognormal),
        cmocka_unit_test(quantiles_and_tail_means_of_expense_are_lognormal),
        cmocka_unit_test(intervals_cover_the_truth_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, start, finish);
}
