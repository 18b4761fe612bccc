/* A year watched by its months: worked by hand, and years drawn by the model. */
#include "../../support/close.h"
#include "../../support/splitmix.h"

#include "study/watch.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { MONTHS = BG_YEAR_MONTHS };

#define EXPECTED 100.0

/* Months of 100 with one deviation of standard deviation `common` in each scheme, correlated by `correlation`. */
static bg_month_prior prior_of(size_t schemes, double common, double correlation, double noise)
{
    bg_month_prior self = {.schemes = schemes, .noise = noise};
    const size_t n = schemes * MONTHS;
    assert_int_equal(bg_normals_init(&self.logs, n), BG_OK);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            const double shared = i / MONTHS == j / MONTHS ? 1 : correlation;
            self.logs.covariance[i * n + j] =
                common * common * shared + (i == j ? noise * noise : 0);
        }
        self.expected[i] = EXPECTED;
        self.logs.mean[i] = log(EXPECTED) - (common * common + noise * noise) / 2;
    }
    return self;
}

static bg_watch watch_of(const bg_month_prior *prior, const bg_run_off *run_off)
{
    bg_watch self;
    assert_int_equal(bg_watch_init(&self, prior, run_off), BG_OK);
    return self;
}

/* V = 0.05^2 and r = 0.04^2: k V / (k V + r) = 150 / 166. With d = ln 1.1 + (V + r) / 2 above the mean logarithm the
 * months to come are expected to cost exp(150 d / 166 - (V + r) / 2 + (V r / (6 V + r) + r) / 2) of what they were. */
static void six_months_a_tenth_above_lift_the_rest_by_nine_percent(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(1, 0.05, 0, 0.04);
    const bg_run_off none = bg_run_off_none();
    bg_watch watch = watch_of(&prior, &none);
    double seen[MONTHS];
    for (size_t m = 0; m < MONTHS; m++) {
        seen[m] = 110;
    }
    bg_lognormal year[BG_MAX_SCHEMES + 1];
    bg_watch_look(&watch, 6, seen, year);
    assert_close(bg_watch_carried(&watch, 6, 0), 150.0 / 166, 1e-12);
    assert_close(bg_watch_month(&watch, 6, seen, 0, 9), 109.07292923016823, 1e-9);
    assert_close(year[0].known, 660, 1e-12);
    assert_close(year[0].mean, 1314.4375753810093, 1e-9);
    assert_close(year[0].sd, 14.749363818443673, 1e-9);
    assert_close(bg_month_prior_sum(&prior, 0, prior.expected, 6, MONTHS), 600, 0);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

static void before_anything_is_known_the_year_is_what_was_expected(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(2, 0.08, 0.5, 0.03);
    const bg_run_off none = bg_run_off_none();
    bg_watch watch = watch_of(&prior, &none);
    const double seen[2 * MONTHS] = {0};
    bg_lognormal year[BG_MAX_SCHEMES + 1];
    bg_watch_look(&watch, 0, seen, year);
    assert_int_equal(watch.units, 3);
    assert_close(year[0].mean, 1200, 1e-9);
    assert_close(year[2].mean, 2400, 1e-9);
    assert_close(year[2].known, 0, 0);
    /* 2 V (1 + 1/2) and 24 r, but for terms of higher order */
    assert_close(year[2].sd / 2400, sqrt(0.0064 * 0.75 + 0.0009 / 24), 5e-4);
    assert_close(bg_watch_carried(&watch, 0, 0), 0, 0);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

static void a_year_that_is_over_is_known(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(1, 0.08, 0, 0.03);
    const bg_run_off none = bg_run_off_none();
    bg_watch watch = watch_of(&prior, &none);
    double seen[MONTHS];
    for (size_t m = 0; m < MONTHS; m++) {
        seen[m] = 90 + (double)m;
    }
    bg_lognormal year[BG_MAX_SCHEMES + 1];
    bg_watch_look(&watch, 12, seen, year);
    assert_close(year[0].mean, 1146, 1e-9);
    assert_close(bg_lognormal_above(&year[0], 1145.99), 1, 1e-9);
    assert_close(bg_lognormal_above(&year[0], 1146.01), 0, 1e-9);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

/* Half of the last month is booked, with an error of 20 %. By hand: with the months' noise r and that error e the month
 * measures the year's deviation with r + e, and is what its own deviation makes of it: r / (r + e) of the rest. */
static void a_month_that_is_half_booked_counts_by_its_error(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(1, 0.05, 0, 0.04);
    bg_run_off run_off = bg_run_off_none();
    run_off.share[0] = 0.5;
    run_off.variance[0] = 0.04;
    bg_watch watch = watch_of(&prior, &run_off);
    double seen[MONTHS] = {60};
    const double V = 0.0025, r = 0.0016, e = 0.04, d = log(1.2) + (V + r) / 2;
    const double own = (V + r) / (V + r + e);
    assert_close(bg_watch_carried(&watch, 1, 0), V / (V + r + e), 1e-12);
    assert_close(bg_watch_month(&watch, 1, seen, 0, 0),
                 100 * exp(own * d - (V + r) / 2 + (V + r) * e / (V + r + e) / 2), 1e-9);
    seen[1] = 50; /* a month later the first is booked in full, and known */
    seen[0] = 130;
    assert_close(bg_watch_month(&watch, 2, seen, 0, 0), 130, 1e-9);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

/* An incident that was expected in February is no news; what it brings more or less says little of the year. */
static void a_month_of_an_uncertain_incident_says_little_of_the_year(void **state)
{
    (void)state;
    bg_month_prior prior = prior_of(1, 0.05, 0, 0.04);
    prior.expected[1] = 130;
    prior.logs.covariance[1 * MONTHS + 1] += 0.04;
    prior.logs.mean[1] = log(130) - (0.0025 + 0.0016 + 0.04) / 2;
    const bg_run_off none = bg_run_off_none();
    bg_watch watch = watch_of(&prior, &none);
    double usual[MONTHS] = {100, 130}, more[MONTHS] = {100, 156}, plain[MONTHS] = {120, 130};
    const double as_usual = bg_watch_month(&watch, 2, usual, 0, 6);
    assert_true(bg_watch_month(&watch, 2, more, 0, 6) / as_usual < 1.02);
    assert_true(bg_watch_month(&watch, 2, plain, 0, 6) / as_usual > 1.08);
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

static double uniform(uint64_t *random)
{
    return ((double)splitmix_up_to(random, (INT64_C(1) << 52) - 1) + 0.5) * 0x1p-52;
}

static double normal(uint64_t *random)
{
    const double u = uniform(random), v = uniform(random);
    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

/* 4,000 years drawn by the C library: of each month-end the intervals hold the year as often as they say. The bounds are
 * those of the binomial distribution at four standard errors, and a tenth of a point for the sum that is taken to be
 * lognormal: false alarm about 1 in 2,000 for each of 12 intervals. */
static void intervals_hold_the_year_as_often_as_they_say(void **state)
{
    (void)state;
    enum { YEARS = 4000, ENDS = 4 };
    const size_t all = 2 * (size_t)MONTHS;
    static const size_t ends[ENDS] = {0, 3, 6, 9};
    static const double z[] = {0.6744897501960817, 1.2815515655446004, 1.959963984540054};
    static const double level[] = {0.5, 0.8, 0.95};
    bg_month_prior prior = prior_of(2, 0.07, 0.6, 0.04);
    bg_run_off run_off = bg_run_off_none();
    run_off.share[0] = 0.6;
    run_off.variance[0] = 0.01;
    bg_watch watch = watch_of(&prior, &run_off);
    size_t held[ENDS][3] = {{0}};
    uint64_t random = 20260101;
    for (size_t i = 0; i < YEARS; i++) {
        double months[2 * MONTHS], sum = 0;
        const double a = normal(&random), b = 0.6 * a + 0.8 * normal(&random);
        for (size_t j = 0; j < all; j++) {
            months[j] =
                exp(prior.logs.mean[j] + 0.07 * (j < MONTHS ? a : b) + 0.04 * normal(&random));
            sum += months[j];
        }
        for (size_t end = 0; end < ENDS; end++) {
            double seen[2 * MONTHS];
            bg_lognormal year[BG_MAX_SCHEMES + 1];
            for (size_t j = 0; j < all; j++) {
                const bool last = j % MONTHS + 1 == ends[end];
                seen[j] = months[j] * (last ? 0.6 * exp(0.1 * normal(&random)) : 1);
            }
            bg_watch_look(&watch, ends[end], seen, year);
            for (size_t l = 0; l < 3; l++) {
                held[end][l] += sum >= bg_lognormal_at(&year[2], -z[l]) &&
                                sum <= bg_lognormal_at(&year[2], z[l]);
            }
        }
    }
    for (size_t end = 0; end < ENDS; end++) {
        for (size_t l = 0; l < 3; l++) {
            const double error = sqrt(level[l] * (1 - level[l]) / YEARS);
            assert_close((double)held[end][l] / YEARS, level[l], 4 * error + 0.001);
        }
    }
    bg_watch_free(&watch);
    bg_normals_free(&prior.logs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_months_a_tenth_above_lift_the_rest_by_nine_percent),
        cmocka_unit_test(before_anything_is_known_the_year_is_what_was_expected),
        cmocka_unit_test(a_year_that_is_over_is_known),
        cmocka_unit_test(a_month_that_is_half_booked_counts_by_its_error),
        cmocka_unit_test(a_month_of_an_uncertain_incident_says_little_of_the_year),
        cmocka_unit_test(intervals_hold_the_year_as_often_as_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
