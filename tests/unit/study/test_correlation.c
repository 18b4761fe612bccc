/* Closed forms of the bivariate normal distribution: both scores are above their medians with the chance 1/4 + asin(r) / (2 pi)
 * (Sheppard 1899), and the rank correlation is 6 asin(r / 2) / pi (Pearson 1907). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/design.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PI 3.14159265358979323846

enum { POINTS = 8192 };

typedef struct planned {
    bg_scenario *scenario;
    bg_design design;
    bg_status status;
    bg_errors errors;
} planned;

static void begin(planned *self, const char *design, const char *correlations)
{
    char text[1024];
    snprintf(text, sizeof text,
             "history: {2024: 1亿}\n"
             "sweep:\n"
             "  design: %s\n"
             "  axes:\n"
             "    a: {key: budget.growth, from: 0%%, to: 10%%}\n"
             "    p: {key: budget.growth_cap, values: [9%%, 10%%], role: policy}\n"
             "    b: {key: demand.trend.prior, distribution: normal, mean: 5%%, sd: 1%%}\n"
             "    c: {key: demand.emergency.probability, from: 0%%, to: 20%%}\n"
             "  correlations: [%s]\n"
             "  figures: {risk: p_overspend}\n",
             design, correlations);
    *self = (planned){.scenario = scenario_of(text, NULL)};
    bg_errors_init(&self->errors);
    self->status = bg_design_read(self->scenario, &self->design, &self->errors);
}

static void end(planned *self)
{
    bg_design_free(&self->design);
    bg_design_free(&self->design);
    bg_scenario_free(self->scenario);
    bg_errors_free(&self->errors);
}

/* [POINTS][4], to be freed. */
static int64_t *values_of(const planned *self)
{
    int64_t *value = calloc((size_t)POINTS * BG_MAX_AXES, sizeof *value);
    bg_design_cursor cursor;
    assert_non_null(value);
    bg_design_cursor_init(&self->design, &cursor);
    for (uint64_t i = 0; i < POINTS; i++) {
        bg_design_at(&self->design, &cursor, i, 0, value + 4 * i);
    }
    return value;
}

/* Share of the points in which two axes are both above their medians. */
static double both_above(const int64_t *value, size_t a, int64_t median_a, size_t b,
                         int64_t median_b)
{
    size_t both = 0;
    for (size_t i = 0; i < POINTS; i++) {
        both += value[4 * i + a] > median_a && value[4 * i + b] > median_b;
    }
    return (double)both / POINTS;
}

static double expected_both(double ranks)
{
    return 0.25 + asin(2 * sin(PI * ranks / 6)) / (2 * PI);
}

static void pairs_move_together_as_the_closed_form_says(void **state)
{
    (void)state;
    static const char *const designs[] = {"sobol\n  points: 8192",
                                          "latin_hypercube\n  points: 8192"};
    const int64_t five = BG_ONE / 20, ten = BG_ONE / 10;
    for (size_t i = 0; i < 2; i++) {
        planned self;
        begin(&self, designs[i], "a ~ b = 0.6, c ~ b = -0.3");
        assert_int_equal(self.status, BG_OK);
        int64_t *value = values_of(&self);
        assert_close(both_above(value, 0, five, 2, five), expected_both(0.6), 0.01);
        assert_close(both_above(value, 2, five, 3, ten), expected_both(-0.3), 0.01);
        assert_close(both_above(value, 0, five, 3, ten), 0.25, 0.01);
        free(value);
        end(&self);
    }
}

/* 1 - 6 sum d^2 / (n (n^2 - 1)), where the distribution functions of the two stand for ranks. */
static void ranks_have_the_correlation_that_was_asked_for(void **state)
{
    (void)state;
    planned self;
    begin(&self, "sobol\n  points: 8192", "c ~ a = -0.75");
    int64_t *value = values_of(&self);
    double product = 0;
    for (size_t i = 0; i < POINTS; i++) {
        const double u = (double)value[4 * i] / (0.1 * (double)BG_ONE);
        const double v = (double)value[4 * i + 3] / (0.2 * (double)BG_ONE);
        product += (u - 0.5) * (v - 0.5);
    }
    assert_close(12 * product / POINTS, -0.75, 0.01);
    free(value);
    end(&self);
}

static void each_axis_keeps_its_distribution(void **state)
{
    (void)state;
    planned self;
    begin(&self, "sobol\n  points: 8192", "a ~ b = 0.9");
    int64_t *value = values_of(&self);
    double sum = 0, squares = 0;
    for (size_t i = 0; i < POINTS; i++) {
        const double x = (double)value[4 * i + 2] / (double)BG_ONE;
        sum += x;
        squares += x * x;
    }
    const double mean = sum / POINTS;
    assert_close(mean, 0.05, 1e-4);
    assert_close(sqrt(squares / POINTS - mean * mean), 0.01, 1e-4);
    free(value);
    end(&self);
}

static void axes_that_follow_none_stay_as_they_were(void **state)
{
    (void)state;
    planned alone, together;
    begin(&alone, "latin_hypercube\n  points: 8192", "");
    begin(&together, "latin_hypercube\n  points: 8192", "a ~ b = 0.5");
    int64_t *before = values_of(&alone), *after = values_of(&together);
    for (size_t i = 0; i < POINTS; i++) {
        assert_int_equal(before[4 * i], after[4 * i]);
        assert_int_equal(before[4 * i + 3], after[4 * i + 3]);
    }
    free(before);
    free(after);
    end(&alone);
    end(&together);
}

static void what_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *design, *correlations, *message;
    } cases[] = {
        {"sobol\n  points: 4", "a ~ x = 0.5", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ p = 0.5", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ a = 0.5", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ b = 1", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ b", "a correlation is written"},
        {"sobol\n  points: 4", "a = b ~ 0.5", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ b = much", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ b = 0.5, b ~ a = 0.5", "a correlation is written"},
        {"sobol\n  points: 4", "a ~ b = 0.9, b ~ c = 0.9, a ~ c = -0.9", "all these correlations"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        planned self;
        begin(&self, cases[i].design, cases[i].correlations);
        assert_int_equal(self.status, BG_INVALID);
        char *messages = messages_of(&self.errors);
        assert_reports(messages, cases[i].message);
        free(messages);
        end(&self);
    }
}

static void only_designs_that_spread_axes_have_them(void **state)
{
    (void)state;
    bg_design design;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = scenario_of("history: {2024: 1亿}\n"
                                        "sweep:\n"
                                        "  axes:\n"
                                        "    a: {key: budget.growth, values: [1%, 2%]}\n"
                                        "    b: {key: demand.trend.prior, values: [3%, 4%]}\n"
                                        "  correlations: [a ~ b = 0.5]\n"
                                        "  figures: {risk: p_overspend}\n",
                                        NULL);
    assert_int_equal(bg_design_read(scenario, &design, &errors), BG_INVALID);
    char *messages = messages_of(&errors);
    assert_reports(messages, "correlations belong to latin_hypercube");
    free(messages);
    bg_design_free(&design);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_move_together_as_the_closed_form_says),
        cmocka_unit_test(ranks_have_the_correlation_that_was_asked_for),
        cmocka_unit_test(each_axis_keeps_its_distribution),
        cmocka_unit_test(axes_that_follow_none_stay_as_they_were),
        cmocka_unit_test(what_cannot_be_is_refused),
        cmocka_unit_test(only_designs_that_spread_axes_have_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
