#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include <baogan/performance.h>
#include <stdio.h>
#include <string.h>

#define POINTS(x) (INT64_C(x) * BG_ONE)

typedef struct score_case {
    bg_errors errors;
    bg_status status;
    bg_decimal score;
} score_case;

static void read_score(score_case *self, const char *performance, int year)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml, "history: {2024: 100M}\nperformance: %s\n", performance);
    bg_errors_init(&self->errors);
    bg_scenario *scenario;
    assert_int_equal(
        bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0, &scenario, &self->errors),
        BG_OK);
    self->score = -1;
    self->status = bg_performance_score(scenario, year, &self->score, &self->errors);
    bg_scenario_free(scenario);
}

static void assert_score(const char *performance, int year, bg_decimal expected)
{
    score_case self;
    read_score(&self, performance, year);
    assert_int_equal(self.status, BG_OK);
    assert_int_equal(self.score, expected);
    bg_errors_free(&self.errors);
}

static void assert_refused(const char *performance, bg_status status, const char *path,
                           const char *words)
{
    score_case self;
    read_score(&self, performance, 2025);
    assert_int_equal(self.status, status);
    assert_int_equal(self.score, -1);
    assert_int_equal(self.errors.error_count, 1);
    assert_string_equal(self.errors.items[0].path, path);
    assert_says_among_others(self.errors.items[0].message, words);
    bg_errors_free(&self.errors);
}

static void without_indicators_the_score_is_as_given_by_year(void **state)
{
    (void)state;
    assert_score("{}", 2025, POINTS(100));
    assert_score("{score: 85.5}", 2030, 855 * BG_ONE / 10);
    assert_score("{score: {2025: 80, later: 90}}", 2025, POINTS(80));
    assert_score("{score: {2025: 80, later: 90}}", 2027, POINTS(90));
}

static void a_year_without_a_score_is_an_error(void **state)
{
    (void)state;
    assert_refused("{score: {2026: 80}}", BG_MISSING, "performance.score", "no score for 2025");
}

static void points_are_averaged_by_weight(void **state)
{
    (void)state;
    assert_score("{indicators: {a: 80, b: 90}}", 2025, POINTS(85));
    /* (3 x 80 + 1 x 100) / 4 */
    assert_score("{indicators: {a: {points: 80, weight: 3}, b: 100}}", 2025, POINTS(85));
    assert_score("{indicators: {a: {points: 80, weight: 0}, b: 100}}", 2025, POINTS(100));
}

static void a_value_earns_points_on_the_line_from_floor_to_target(void **state)
{
    (void)state;
    assert_score("{indicators: {a: {value: 65, floor: 50, target: 70}}}", 2025, POINTS(75));
    assert_score("{indicators: {a: {value: 50, floor: 50, target: 70}}}", 2025, 0);
    assert_score("{indicators: {a: {value: 49, floor: 50, target: 70}}}", 2025, 0);
    assert_score("{indicators: {a: {value: 70, floor: 50, target: 70}}}", 2025, POINTS(100));
    assert_score("{indicators: {a: {value: 71, floor: 50, target: 70}}}", 2025, POINTS(100));
}

static void less_may_be_better(void **state)
{
    (void)state;
    assert_score("{indicators: {stay: {value: 8, floor: 10, target: 6}}}", 2025, POINTS(50));
    assert_score("{indicators: {stay: {value: 11, floor: 10, target: 6}}}", 2025, 0);
    assert_score("{indicators: {stay: {value: 5, floor: 10, target: 6}}}", 2025, POINTS(100));
    assert_score("{indicators: {change: {value: -3, floor: 0, target: -4}}}", 2025, POINTS(75));
}

static void thirds_that_average_to_a_bound_reach_it_exactly(void **state)
{
    (void)state;
    assert_score("{indicators: {a: {value: 1, floor: 0, target: 3},"
                 " b: {value: 2, floor: 0, target: 3}}}",
                 2025, POINTS(50));
    /* 5/6 and 29/30 of 100 points average to 90. */
    assert_score("{indicators: {a: {value: 5, floor: 0, target: 6},"
                 " b: {value: 29, floor: 0, target: 30}}}",
                 2025, POINTS(90));
}

static void a_score_that_is_no_round_number_is_rounded_at_the_last_decimal(void **state)
{
    (void)state;
    assert_score("{indicators: {a: 100, b: 0, c: 100}}", 2025, INT64_C(66666666666667));
}

static void incomplete_indicators_are_refused(void **state)
{
    (void)state;
    const char *words = "needs either points, or value, floor and target";
    assert_refused("{indicators: {a: {weight: 2}}}", BG_MISSING, "performance.indicators[a]",
                   words);
    assert_refused("{indicators: {a: {value: 1, floor: 0}}}", BG_MISSING,
                   "performance.indicators[a]", words);
    assert_refused("{indicators: {a: {value: 1, target: 1}}}", BG_MISSING,
                   "performance.indicators[a]", words);
    assert_refused("{indicators: {a: {floor: 1, target: 2}}}", BG_MISSING,
                   "performance.indicators[a]", words);
}

static void contradictions_are_refused(void **state)
{
    (void)state;
    assert_refused("{indicators: {a: {points: 1, value: 1}}}", BG_INVALID,
                   "performance.indicators[a]", "points and a value");
    assert_refused("{indicators: {a: {value: 1, floor: 2, target: 2}}}", BG_INVALID,
                   "performance.indicators[a].target", "equals the floor");
    assert_refused("{indicators: {a: {points: 1, weight: 0}}}", BG_RANGE, "performance.indicators",
                   "All weights are zero");
}

static void weights_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    char performance[512] = "{indicators: {";
    for (int name = 'a'; name < 'k'; name++) {
        char entry[40];
        snprintf(entry, sizeof entry, "%c: {points: 1, weight: 1000000}, ", name);
        strcat(performance, entry);
    }
    strcat(performance, "z: 1}}");
    assert_refused(performance, BG_OVERFLOW, "performance.indicators", "weights are too large");
}

/* ---- a score that is simulated ---- */

static bg_status read_terms(const char *performance, bg_performance **terms, bg_errors *errors)
{
    char yaml[512];
    snprintf(yaml, sizeof yaml, "history: {2024: 100M}\nperformance: %s\n", performance);
    bg_errors_init(errors);
    bg_scenario *scenario;
    assert_int_equal(
        bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0, &scenario, errors),
        BG_OK);
    const bg_status status = bg_performance_read(scenario, terms, errors);
    bg_scenario_free(scenario);
    return status;
}

static void without_simulated_indicators_nothing_is_read(void **state)
{
    (void)state;
    bg_performance *terms;
    bg_errors errors;
    assert_int_equal(
        read_terms("{indicators: {a: {value: 1, floor: 2, target: 2}}}", &terms, &errors), BG_OK);
    assert_null(terms);
    bg_errors_free(&errors);
    assert_int_equal(read_terms("{}", &terms, &errors), BG_OK);
    assert_null(terms);
    bg_errors_free(&errors);
}

#define SHARE "{simulated: cases_inside, floor: 60, target: 85, weight: 3}"
#define RISE  "{simulated: cost_growth, floor: 6, target: 0}"

static void what_is_simulated_earns_points_as_a_value_does(void **state)
{
    (void)state;
    static const double share[] = {78, 60, 85.5, 59.999999, 70, 72.123456789012};
    static const double rise[] = {1.5, 6, -2, 7, 3.333333333333, 0.25};
    const double *const value[] = {share, rise};
    enum { N = sizeof share / sizeof *share };
    bg_decimal score[N];
    bg_performance *terms;
    bg_errors errors;
    assert_int_equal(read_terms("{indicators: {a: " SHARE ", b: {points: 90, weight: 2}, c: " RISE
                                "}}",
                                &terms, &errors),
                     BG_OK);
    assert_int_equal(errors.count, 0);
    assert_int_equal(bg_performance_simulated(terms), 2);
    assert_int_equal(bg_performance_scores(terms, N, value, score), BG_OK);
    /* (3 x 72 + 2 x 90 + 75) / 6: 78 is 18 of the 25 from 60 to 85, 1.5 leaves 4.5 of 6 */
    assert_int_equal(score[0], 785 * BG_ONE / 10);
    assert_int_equal(score[1], POINTS(30));
    assert_int_equal(score[2], POINTS(580) / 6 + 1); /* 96.666…67 */
    assert_int_equal(score[3], POINTS(30));
    for (size_t i = 0; i < N; i++) {
        char typed[400];
        snprintf(
            typed, sizeof typed,
            "{indicators: {a: {value: %.12f, floor: 60, target: 85, weight: 3}, b: {points: 90,"
            " weight: 2}, c: {value: %.12f, floor: 6, target: 0}}}",
            share[i], rise[i]);
        assert_score(typed, 2025, score[i]);
    }
    bg_performance_free(terms);
    bg_errors_free(&errors);
}

static void what_cannot_be_told_earns_no_points(void **state)
{
    (void)state;
    const double share[] = {NAN, INFINITY, -INFINITY, 1e300};
    const double *const value[] = {share};
    bg_decimal score[4];
    bg_performance *terms;
    bg_errors errors;
    assert_int_equal(read_terms("{indicators: {a: " SHARE "}}", &terms, &errors), BG_OK);
    assert_int_equal(bg_performance_scores(terms, 4, value, score), BG_OK);
    assert_int_equal(score[0], 0);
    assert_int_equal(score[1], POINTS(100));
    assert_int_equal(score[2], 0);
    assert_int_equal(score[3], POINTS(100));
    bg_performance_free(terms);
    bg_errors_free(&errors);
}

static void assert_terms_refused(const char *performance, bg_status status, const char *path,
                                 const char *words)
{
    bg_performance *terms;
    bg_errors errors;
    assert_int_equal(read_terms(performance, &terms, &errors), status);
    assert_null(terms);
    assert_int_equal(errors.error_count, 1);
    assert_string_equal(errors.items[0].path, path);
    assert_says_among_others(errors.items[0].message, words);
    bg_errors_free(&errors);
}

static void simulated_indicators_at_fault_are_refused(void **state)
{
    (void)state;
    const char *at = "performance.indicators[a]";
    assert_terms_refused(
        "{indicators: {a: {simulated: cases_inside, value: 1, floor: 1, target: 2}}}", BG_INVALID,
        at, "simulated and has a value or points");
    assert_terms_refused(
        "{indicators: {a: {simulated: cases_inside, points: 1, floor: 1, target: 2}}}", BG_INVALID,
        at, "simulated and has a value or points");
    assert_terms_refused("{indicators: {a: {simulated: cases_inside, floor: 1}}}", BG_MISSING, at,
                         "needs floor and target");
    assert_terms_refused("{indicators: {a: {simulated: cases_inside, target: 1}}}", BG_MISSING, at,
                         "needs floor and target");
    assert_terms_refused("{indicators: {a: {simulated: admissions, floor: 9, target: 9}}}",
                         BG_INVALID, "performance.indicators[a].target", "equals the floor");
    assert_terms_refused("{indicators: {a: {simulated: fund_share, floor: 60, target: 101}}}",
                         BG_RANGE, "performance.indicators[a].target",
                         "from 0 to 100, in per cent");
    assert_terms_refused("{indicators: {a: {simulated: paid_inside, floor: -1, target: 80}}}",
                         BG_RANGE, "performance.indicators[a].floor", "from 0 to 100, in per cent");
    assert_terms_refused("{indicators: {a: {simulated: cost_growth, floor: 1001, target: 0}}}",
                         BG_RANGE, "performance.indicators[a].floor", "from -100 to 1000");
    assert_terms_refused(
        "{indicators: {a: {simulated: admissions, floor: 9, target: 8, weight: 0}}}", BG_RANGE,
        "performance.indicators", "All weights are zero");
}

static void shares_written_as_fractions_are_warned_of(void **state)
{
    (void)state;
    bg_performance *terms;
    bg_errors errors;
    assert_int_equal(
        read_terms("{indicators: {a: {simulated: cases_inside, floor: 0.6, target: 0.8}}}", &terms,
                   &errors),
        BG_OK);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].path, "performance.indicators[a].simulated");
    bg_performance_free(terms);
    bg_errors_free(&errors);
    assert_int_equal(read_terms("{indicators: {a: {simulated: cost_growth, floor: 1, target: 0}}}",
                                &terms, &errors),
                     BG_OK);
    assert_int_equal(errors.count, 0);
    bg_performance_free(terms);
    bg_errors_free(&errors);
}

static void a_score_beside_indicators_is_warned_of(void **state)
{
    (void)state;
    static const struct {
        const char *performance;
        size_t warnings;
    } rows[] = {
        {"performance: {score: 80, indicators: {care: 90}}\n", 1},
        {"performance: {indicators: {care: 90}}\n", 0},
        {"performance: {score: 80}\n", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char yaml[256];
        bg_errors errors;
        bg_errors_init(&errors);
        bg_scenario *scenario = NULL;
        snprintf(yaml, sizeof yaml, "history: {2024: 100M}\n%s", rows[i].performance);
        assert_int_equal(
            bg_scenario_parse(yaml, strlen(yaml), "case.yaml", NULL, NULL, 0, &scenario, &errors),
            BG_OK);
        bg_performance_advise(scenario, &errors);
        assert_int_equal(errors.count, rows[i].warnings);
        assert_int_equal(errors.error_count, 0);
        if (rows[i].warnings) {
            assert_string_equal(errors.items[0].path, "performance.score");
            assert_says_among_others(errors.items[0].message,
                                     "performance.indicators give the score");
        }
        bg_errors_free(&errors);
        bg_scenario_free(scenario);
    }
}

static void the_score_of_a_given_year_is_not_simulated(void **state)
{
    (void)state;
    assert_refused("{indicators: {a: " SHARE "}}", BG_MISSING,
                   "performance.indicators[a].simulated", "give the score of the year");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_indicators_the_score_is_as_given_by_year),
        cmocka_unit_test(a_year_without_a_score_is_an_error),
        cmocka_unit_test(points_are_averaged_by_weight),
        cmocka_unit_test(a_value_earns_points_on_the_line_from_floor_to_target),
        cmocka_unit_test(less_may_be_better),
        cmocka_unit_test(thirds_that_average_to_a_bound_reach_it_exactly),
        cmocka_unit_test(a_score_that_is_no_round_number_is_rounded_at_the_last_decimal),
        cmocka_unit_test(incomplete_indicators_are_refused),
        cmocka_unit_test(contradictions_are_refused),
        cmocka_unit_test(weights_that_do_not_fit_are_refused),
        cmocka_unit_test(without_simulated_indicators_nothing_is_read),
        cmocka_unit_test(what_is_simulated_earns_points_as_a_value_does),
        cmocka_unit_test(what_cannot_be_told_earns_no_points),
        cmocka_unit_test(simulated_indicators_at_fault_are_refused),
        cmocka_unit_test(shares_written_as_fractions_are_warned_of),
        cmocka_unit_test(a_score_beside_indicators_is_warned_of),
        cmocka_unit_test(the_score_of_a_given_year_is_not_simulated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
