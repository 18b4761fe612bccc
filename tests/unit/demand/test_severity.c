#include "../../support/close.h"
#include "../../support/rng.h"

#include "demand/severity.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define QUANTILE_99 2.3263478740408408 /* of the standard normal */

static bg_severity severity(bg_severity_kind kind, double cv)
{
    bg_severity result;
    assert_true(bg_severity_init(&result, kind, cv));
    return result;
}

/* The value at which lognormal_pareto's survival function is `survival`. */
static double pareto_at(const bg_severity *self, double survival)
{
    const uint32_t words[] = {SCRIPT_UNIFORM(survival)};
    bg_rng *rng = scripted_rng(words, 1);
    const double value = bg_severity_draw(self, rng);
    rng_free(rng);
    return value;
}

static void a_case_has_mean_one_and_the_given_variation(void **state)
{
    (void)state;
    enum { N = 100000 };
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL; kind++) {
        const bg_severity cost = severity((bg_severity_kind)kind, 1.06);
        bg_rng *rng = seeded_rng(1);
        double sum = 0, squares = 0, fourths = 0;
        for (int i = 0; i < N; i++) {
            const double x = bg_severity_draw(&cost, rng), square = (x - 1) * (x - 1);
            sum += x;
            squares += square;
            fourths += square * square;
        }
        const double variance = squares / N;
        assert_close(sum / N, 1, 4 * 1.06 / sqrt(N));
        assert_close(variance, 1.06 * 1.06, 4 * sqrt((fourths / N - variance * variance) / N));
        rng_free(rng);
    }
}

static void a_lognormal_case_has_the_closed_form_median(void **state)
{
    (void)state;
    enum { N = 40000 };
    const bg_severity cost = severity(BG_SEVERITY_LOGNORMAL, 2);
    bg_rng *rng = seeded_rng(1);
    double below = 0;
    for (int i = 0; i < N; i++) {
        below += bg_severity_draw(&cost, rng) < 1 / sqrt(5); /* 1 / sqrt(1 + cv^2) */
    }
    assert_close(below / N, 0.5, 4 * 0.5 / 200);
    rng_free(rng);
}

static void the_pareto_tail_holds_one_case_in_a_hundred_with_index_three(void **state)
{
    (void)state;
    const bg_severity cost = severity(BG_SEVERITY_LOGNORMAL_PARETO, 1.06);
    const double threshold = pareto_at(&cost, 0.01);
    assert_close(pareto_at(&cost, 0.5), threshold / exp(cost.sigma * QUANTILE_99), 1e-6);
    assert_close(pareto_at(&cost, 0.01 / 8) / threshold, 2, 1e-6);
    assert_close(pareto_at(&cost, 0.01 / 1000) / threshold, 10, 1e-3);
}

/* The body by the midpoint rule, the tail by the moments of a Pareto distribution of index 3 beyond
 * its threshold T: 3/2 T and 3 T^2. */
static void the_pareto_severity_has_mean_one_and_the_given_variation(void **state)
{
    (void)state;
    enum { N = 20000 };
    const double cvs[] = {0.2, 1.06, 5.5};
    for (size_t i = 0; i < sizeof cvs / sizeof *cvs; i++) {
        const bg_severity cost = severity(BG_SEVERITY_LOGNORMAL_PARETO, cvs[i]);
        const double threshold = pareto_at(&cost, 0.01);
        double mean = 0, square = 0;
        for (int j = 0; j < N; j++) {
            const double x = pareto_at(&cost, 0.01 + 0.99 * (j + 0.5) / N);
            mean += 0.99 * x / N;
            square += 0.99 * x * x / N;
        }
        mean += 0.01 * 1.5 * threshold;
        square += 0.01 * 3 * threshold * threshold;
        assert_close(mean, 1, 1e-5);
        assert_close(sqrt(square - mean * mean), cvs[i], 1e-4 * cvs[i]);
    }
}

static void a_variation_that_the_pareto_severity_cannot_have_is_refused(void **state)
{
    (void)state;
    double lowest, highest;
    bg_severity cost;
    bg_severity_pareto_range(&lowest, &highest);
    assert_close(lowest, 0.0993784, 1e-6);
    assert_close(highest, 9.5853540, 1e-6);
    assert_false(bg_severity_init(&cost, BG_SEVERITY_LOGNORMAL_PARETO, lowest * 0.999));
    assert_false(bg_severity_init(&cost, BG_SEVERITY_LOGNORMAL_PARETO, highest * 1.001));
    assert_true(bg_severity_init(&cost, BG_SEVERITY_LOGNORMAL_PARETO, highest * 0.999));
}

static void no_cases_cost_nothing(void **state)
{
    (void)state;
    bg_rng *rng = scripted_rng(NULL, 0);
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        const bg_severity cost = severity((bg_severity_kind)kind, 1);
        assert_true(bg_severity_total(&cost, rng, 0) == 0);
    }
    rng_free(rng);
}

static void up_to_32_cases_are_drawn_one_by_one(void **state)
{
    (void)state;
    uint32_t words[33];
    for (size_t i = 0; i < 33; i++) {
        words[i] = SCRIPT_UNIFORM(0.5);
    }
    const bg_severity cost = severity(BG_SEVERITY_LOGNORMAL_PARETO, 1.06);
    bg_rng *rng = scripted_rng(words, 33);
    const double median = pareto_at(&cost, 0.5);
    assert_close(bg_severity_total(&cost, rng, 32), 32 * median, 1e-9);
    assert_int_equal(scripted_rng_left(rng), 1);
    rng_free(rng);
}

static void the_sum_of_more_has_their_mean_and_variance(void **state)
{
    (void)state;
    enum { N = 20000, CASES = 33 };
    for (int kind = BG_SEVERITY_GAMMA; kind <= BG_SEVERITY_LOGNORMAL_PARETO; kind++) {
        const bg_severity cost = severity((bg_severity_kind)kind, 2);
        bg_rng *rng = seeded_rng(1);
        double sum = 0, squares = 0;
        for (int i = 0; i < N; i++) {
            const double x = bg_severity_total(&cost, rng, CASES);
            sum += x;
            squares += (x - CASES) * (x - CASES);
        }
        assert_close(sum / N, CASES, 4 * 2 * sqrt((double)CASES / N));
        /* A gamma's variance estimate has relative variance (2 + 6 / shape) / N, shape 33/4. */
        assert_close(squares / N / (4 * CASES), 1, 4 * sqrt((2 + 6 * 4 / 33.0) / N));
        rng_free(rng);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_case_has_mean_one_and_the_given_variation),
        cmocka_unit_test(a_lognormal_case_has_the_closed_form_median),
        cmocka_unit_test(the_pareto_tail_holds_one_case_in_a_hundred_with_index_three),
        cmocka_unit_test(the_pareto_severity_has_mean_one_and_the_given_variation),
        cmocka_unit_test(a_variation_that_the_pareto_severity_cannot_have_is_refused),
        cmocka_unit_test(no_cases_cost_nothing),
        cmocka_unit_test(up_to_32_cases_are_drawn_one_by_one),
        cmocka_unit_test(the_sum_of_more_has_their_mean_and_variance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
