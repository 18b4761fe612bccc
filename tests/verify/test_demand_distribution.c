/* Long statistical checks of the demand model against closed forms. Fixed seeds, so the outcome never
 * varies; over the choice of seeds a sound model would fail a check at 4 standard errors once in
 * 16,000, and one of the Kolmogorov-Smirnov checks once in 100,000. */
#include "../support/close.h"
#include "../support/demand_draft.h"

#include "random/gsl_samplers.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define REPLICATIONS 40000
#define YEARS        5

static const char *const names[] = {"residents.inpatient.in", "residents.outpatient.in"};

/* Two lines of so many people that only the yearly factors matter. */
static bg_demand factors_only(void)
{
    bg_demand draft = {
        .seed = 20260101,
        .line_count = 2,
        .scheme_count = 1,
        .years = YEARS,
        .persistence = 0.5,
        .shock_correlation = 0.85,
        .trend_correlation = 0.8,
        .emergency = {.dip_months = 6},
        .scheme = {{.people = 1e8}},
        .line = {draft_line(0.2, 30000, 0.01), draft_line(2, 5000, 0.01)},
    };
    draft.line[0].correlation = -0.7;
    return draft;
}

/* Logarithms of cases and payment per case, less those of the central path: [line][part][year]. */
typedef struct deviations {
    double x[2][BG_PARTS][YEARS];
} deviations;

static deviations *all_deviations(const bg_demand *draft)
{
    deviations *result = malloc(REPLICATIONS * sizeof *result);
    assert_non_null(result);
    bg_demand *demand = draft_finished(draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), central = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &central), BG_OK);
    for (uint32_t i = 0; i < REPLICATIONS; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i + 1, &path), BG_OK);
        for (size_t line = 0; line < 2; line++) {
            for (size_t year = 0; year < YEARS; year++) {
                const size_t at = BG_FUTURE_YEAR(&path, line, year);
                const double cases = path.line_cases[at] / central.line_cases[at];
                const double paid = (double)path.line_paid[at] / (double)central.line_paid[at];
                result[i].x[line][BG_FREQUENCY][year] = log(cases);
                result[i].x[line][BG_COST][year] = log(paid / cases);
            }
        }
    }
    bg_future_free(&central);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
    return result;
}

static double mean_of(const deviations *all, size_t line, size_t part, size_t year)
{
    double sum = 0;
    for (size_t i = 0; i < REPLICATIONS; i++) {
        sum += all[i].x[line][part][year];
    }
    return sum / REPLICATIONS;
}

/* Covariance of two normals within 4 standard errors, sqrt((c_aa c_bb + c_ab^2) / n), and the counts'
 * own noise, which is below 1e-6. */
static void check_covariance(const deviations *all, const size_t a[3], const size_t b[3],
                             double expected)
{
    const double mean_a = mean_of(all, a[0], a[1], a[2]), mean_b = mean_of(all, b[0], b[1], b[2]);
    double aa = 0, bb = 0, ab = 0;
    for (size_t i = 0; i < REPLICATIONS; i++) {
        const double x = all[i].x[a[0]][a[1]][a[2]] - mean_a;
        const double y = all[i].x[b[0]][b[1]][b[2]] - mean_b;
        aa += x * x / REPLICATIONS;
        bb += y * y / REPLICATIONS;
        ab += x * y / REPLICATIONS;
    }
    const double error = sqrt((aa * bb + ab * ab) / REPLICATIONS);
    assert_close(ab, expected, 4 * error + 1e-6);
}

static void shocks_have_the_autoregressive_covariances(void **state)
{
    (void)state;
    static const double sigma[2][BG_PARTS] = {{0.07, 0.05}, {0.06, 0.04}};
    bg_demand draft = factors_only();
    for (size_t line = 0; line < 2; line++) {
        for (size_t part = 0; part < BG_PARTS; part++) {
            draft.line[line].part[part].volatility = sigma[line][part];
        }
    }
    deviations *all = all_deviations(&draft);
    for (size_t year = 0; year < YEARS; year++) {
        const double gathered = (1 - pow(0.25, (double)year + 1)) / 0.75; /* sum of phi^(2k) */
        const size_t f0[] = {0, 0, year}, c0[] = {0, 1, year}, f1[] = {1, 0, year},
                     c1[] = {1, 1, year};
        check_covariance(all, f0, f0, 0.07 * 0.07 * gathered);
        check_covariance(all, c0, c0, 0.05 * 0.05 * gathered);
        check_covariance(all, f0, c0, -0.7 * 0.07 * 0.05 * gathered);
        check_covariance(all, f0, f1, 0.85 * 0.07 * 0.06 * gathered);
        check_covariance(all, c0, f1, -0.7 * 0.85 * 0.05 * 0.06 * gathered);
        check_covariance(all, f1, c1, 0);
        check_covariance(all, c0, c1, 0);
        if (year + 2 < YEARS) {
            const size_t later[] = {0, 0, year + 2}, other[] = {1, 0, year + 2};
            check_covariance(all, f0, later, 0.25 * 0.07 * 0.07 * gathered);
            check_covariance(all, f0, other, 0.25 * 0.85 * 0.07 * 0.06 * gathered);
        }
        assert_close(mean_of(all, 0, 0, year), -0.07 * 0.07 * gathered / 2,
                     4 * 0.07 * sqrt(gathered / REPLICATIONS));
        assert_close(mean_of(all, 0, 1, year),
                     -0.05 * 0.05 * gathered / 2 + 0.7 * 0.07 * 0.05 * gathered,
                     4 * 0.05 * sqrt(gathered / REPLICATIONS));
    }
    free(all);
}

static void trend_errors_grow_with_time_and_correlate_across_lines_and_parts(void **state)
{
    (void)state;
    static const double sd[2][BG_PARTS] = {{0.04, 0.03}, {0.05, 0.02}};
    bg_demand draft = factors_only();
    for (size_t line = 0; line < 2; line++) {
        for (size_t part = 0; part < BG_PARTS; part++) {
            draft.line[line].part[part].trend = (bg_trend_view){.used_sd = sd[line][part]};
        }
    }
    deviations *all = all_deviations(&draft);
    for (size_t year = 0; year < YEARS; year++) {
        const double t = (double)year + 1;
        for (size_t part = 0; part < BG_PARTS; part++) {
            const size_t first[] = {0, part, year}, second[] = {1, part, year};
            check_covariance(all, first, first, sd[0][part] * sd[0][part] * t * t);
            /* only line 0 has cost correlated with frequency, hence less of its own group's error */
            const double rho = part == BG_COST ? 0.8 * sqrt(1 - 0.7 * 0.7) : 0.8;
            check_covariance(all, first, second, rho * sd[0][part] * sd[1][part] * t * t);
        }
        const size_t frequency[] = {0, 0, year}, cost[] = {0, 1, year}, last[] = {0, 0, YEARS - 1};
        check_covariance(all, frequency, cost, -0.7 * sd[0][0] * sd[0][1] * t * t);
        check_covariance(all, frequency, last, 0.04 * 0.04 * t * YEARS);
    }
    free(all);
}

/* The multiplier of a year's care is (1 - dip) of this year times (1 + rebound) of the last, which are
 * independent; the direct cost is a share of the expense without either. */
static void emergencies_move_the_mean_as_their_means_say(void **state)
{
    (void)state;
    bg_demand draft = factors_only();
    draft.line_count = 1;
    draft.emergency = (bg_emergency_terms){.probability = 0.3,
                                           .dip = 0.15,
                                           .dip_sd = 0.078,
                                           .dip_months = 6,
                                           .direct = 0.01,
                                           .direct_sd = 0.02,
                                           .rebound = 0.1,
                                           .rebound_sd = 0.08};
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand), central = draft_path(demand);
    assert_int_equal(bg_demand_central(demand, &central), BG_OK);
    double sum[YEARS] = {0}, squares[YEARS] = {0}, begun[YEARS] = {0}, direct[YEARS] = {0},
           rebound[YEARS] = {0};
    for (uint32_t i = 1; i <= REPLICATIONS; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i, &path), BG_OK);
        for (size_t year = 0; year < YEARS; year++) {
            const double base = (double)central.line_paid[year];
            const double ratio = (double)path.line_paid[year] / base;
            sum[year] += ratio;
            squares[year] += ratio * ratio;
            begun[year] += path.begins[year];
            direct[year] += (double)draft_year(path.emergency, &path, 0, year) / base;
            rebound[year] += (double)draft_year(path.rebound, &path, 0, year) / base;
        }
    }
    for (size_t year = 0; year < YEARS; year++) {
        const double n = REPLICATIONS, mean = sum[year] / n;
        const double later = year > 0 ? 0.3 * 0.1 : 0;
        const double care = (1 - 0.3 * 0.15) * (1 + later);
        assert_close(mean, care + 0.3 * 0.01, 4 * sqrt((squares[year] / n - mean * mean) / n));
        assert_close(begun[year] / n, 0.3, 4 * sqrt(0.21 / n));
        /* Second moments p (mean^2 + sd^2) bound the variances. */
        assert_close(direct[year] / n, 0.3 * 0.01, 4 * sqrt(0.3 * (0.0001 + 0.0004) / n));
        assert_close(rebound[year] / n, (1 - 0.3 * 0.15) * later,
                     4 * sqrt(0.3 * (0.01 + 0.0064) / n));
    }
    bg_future_free(&central);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static double kolmogorov_smirnov(double *sorted, size_t n, double (*cdf)(double))
{
    gsl_sort(sorted, 1, n);
    double largest = 0;
    for (size_t i = 0; i < n; i++) {
        const double f = cdf(sorted[i]);
        largest = fmax(largest, fmax(f - (double)i / (double)n, (double)(i + 1) / (double)n - f));
    }
    return largest * sqrt((double)n);
}
#define KS_CRITICAL 2.47 /* sqrt(log(2 / 1e-5) / 2) */

/* A year's expense without yearly factors: the count is negative binomial with mean 96 and variance
 * 192, the sum of n payments gamma with shape n / 1.5^2. */
static double year_cdf(double x)
{
    double sum = 0;
    for (unsigned n = 0; n < 400; n++) {
        const double weight = gsl_ran_negative_binomial_pdf(n, 0.5, 96);
        sum += weight * (n ? gsl_cdf_gamma_P(x, n / 2.25, 2.25) : 1);
    }
    return sum;
}

static void a_year_of_claims_follows_the_compound_distribution(void **state)
{
    (void)state;
    enum { N = 20000 };
    static double paid[N];
    bg_demand draft = factors_only();
    draft.line_count = 1;
    draft.years = 1;
    draft.scheme[0].people = 480;
    draft.line[0] = draft_line(0.2, 1e8, 1.5); /* so dear that the fen's rounding does not show */
    draft.line[0].dispersion = 2;
    for (size_t month = 0; month < 12; month++) {
        draft.season[month] = month < 2 ? 4.8 : 0.24; /* 38 cases a month, then 2 */
    }
    bg_demand *demand = draft_finished(&draft, names);
    bg_sampler *sampler = draft_sampler(demand);
    bg_future path = draft_path(demand);
    for (uint32_t i = 0; i < N; i++) {
        assert_int_equal(bg_demand_draw(demand, sampler, i + 1, &path), BG_OK);
        paid[i] = (double)path.line_paid[0] / 1e8;
    }
    assert_true(kolmogorov_smirnov(paid, N, year_cdf) < KS_CRITICAL);
    bg_future_free(&path);
    bg_sampler_free(sampler);
    bg_demand_free(demand);
}

static double uniform_cdf(double x)
{
    return x;
}

/* First words over replications of one name, and over the names of one replication. */
static void first_draws_are_uniform_over_replications_and_over_names(void **state)
{
    (void)state;
    enum { N = 100000 };
    static double u[N];
    bg_stream stream;
    bg_rng rng = bg_stream_rng(&stream);
    for (uint32_t i = 0; i < N; i++) {
        bg_stream_select(&stream, 1, i + 1, bg_stream_key("shock/common/2026"));
        u[i] = bg_rng_uniform(&rng);
    }
    assert_true(kolmogorov_smirnov(u, N, uniform_cdf) < KS_CRITICAL);
    for (uint32_t i = 0; i < N; i++) {
        char name[64];
        snprintf(name, sizeof name, "cost/residents.service%u.in/%u/%02u", i / 1200,
                 2025 + i / 12 % 100, i % 12 + 1);
        bg_stream_select(&stream, 1, 1, bg_stream_key(name));
        u[i] = bg_rng_uniform(&rng);
    }
    assert_true(kolmogorov_smirnov(u, N, uniform_cdf) < KS_CRITICAL);
}

static void streams_of_neighbouring_names_do_not_correlate(void **state)
{
    (void)state;
    static const char *const neighbours[][2] = {
        {"shock/common/2026", "shock/common/2027"},
        {"count/residents.inpatient.in/2026/03", "count/residents.inpatient.in/2026/04"},
        {"count/residents.inpatient.in/2026/03", "cost/residents.inpatient.in/2026/03"},
        {"trend/frequency/residents.inpatient.in", "trend/frequency/employees.inpatient.in"},
    };
    enum { N = 100000 };
    bg_stream stream;
    bg_rng rng = bg_stream_rng(&stream);
    for (size_t pair = 0; pair < sizeof neighbours / sizeof *neighbours; pair++) {
        double sum = 0;
        for (uint32_t i = 1; i <= N; i++) {
            bg_stream_select(&stream, 1, i, bg_stream_key(neighbours[pair][0]));
            const double z = bg_draw_normal(&rng);
            bg_stream_select(&stream, 1, i, bg_stream_key(neighbours[pair][1]));
            sum += z * bg_draw_normal(&rng);
        }
        assert_close(sum / N, 0, 4 / sqrt(N));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shocks_have_the_autoregressive_covariances),
        cmocka_unit_test(trend_errors_grow_with_time_and_correlate_across_lines_and_parts),
        cmocka_unit_test(emergencies_move_the_mean_as_their_means_say),
        cmocka_unit_test(a_year_of_claims_follows_the_compound_distribution),
        cmocka_unit_test(first_draws_are_uniform_over_replications_and_over_names),
        cmocka_unit_test(streams_of_neighbouring_names_do_not_correlate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
