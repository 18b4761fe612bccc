#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "random/permutation.h"
#include "study/design.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- orders ---- */

static void an_order_holds_every_number_once(void **state)
{
    (void)state;
    static const uint64_t sizes[] = {1, 2, 3, 4, 5, 7, 16, 17, 100, 1000, 4096, 4097, 65537};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        const uint64_t n = sizes[s];
        bool *seen = calloc(n, sizeof *seen);
        for (uint64_t i = 0; i < n; i++) {
            const uint64_t at = bg_permutation_at(1, 42, n, i);
            assert_true(at < n && !seen[at]);
            seen[at] = true;
        }
        free(seen);
    }
}

/* Of 2,000 orders of 4 numbers each of the 24 should come about 83 times: chi-square with 23 degrees of
 * freedom lies below 49.7 with probability 99.9 %. The seeds are fixed. */
static void all_orders_of_few_numbers_are_equally_likely(void **state)
{
    (void)state;
    double count[256] = {0};
    for (uint64_t seed = 0; seed < 2000; seed++) {
        unsigned code = 0;
        for (uint64_t i = 0; i < 4; i++) {
            code = code << 2 | (unsigned)bg_permutation_at(seed, 7, 4, i);
        }
        count[code]++;
    }
    double chi_square = 0;
    int kinds = 0;
    for (int i = 0; i < 256; i++) {
        const double expected = 2000.0 / 24;
        kinds += count[i] > 0;
        chi_square += count[i] > 0 ? (count[i] - expected) * (count[i] - expected) / expected : 0;
    }
    assert_int_equal(kinds, 24);
    assert_true(chi_square < 49.7);
}

static void a_long_order_is_found_without_walking_through_it(void **state)
{
    (void)state;
    const uint64_t n = 1000000007;
    const uint64_t a = bg_permutation_at(3, 5, n, n - 1), b = bg_permutation_at(3, 5, n, 0);
    assert_true(a < n && b < n && a != b);
    assert_int_equal(bg_permutation_at(3, 5, n, n - 1), a);
    assert_true(bg_permutation_at(4, 5, n, 0) != b && bg_permutation_at(3, 6, n, 0) != b);
}

/* ---- designs ---- */

static const char head[] = "history: {2023: 1M, 2024: 1M}\n";

/* A scenario with the section `sweep` and its design. */
typedef struct drawn {
    bg_scenario *scenario;
    bg_design design;
    bg_design_cursor cursor;
} drawn;

static void draw(drawn *self, const char *sweep)
{
    char text[2048];
    bg_errors errors;
    bg_errors_init(&errors);
    snprintf(text, sizeof text, "%ssweep:\n%s", head, sweep);
    self->scenario = scenario_of(text, NULL);
    if (bg_design_read(self->scenario, &self->design, &errors) != BG_OK) {
        fail_msg("%s", messages_of(&errors));
    }
    bg_design_cursor_init(&self->design, &self->cursor);
    bg_errors_free(&errors);
}

static void end(drawn *self)
{
    bg_design_free(&self->design);
    bg_scenario_free(self->scenario);
}

static void a_grid_turns_its_last_axis_fastest(void **state)
{
    (void)state;
    drawn self;
    draw(&self, "  axes:\n"
                "    a: {key: budget.growth, values: [1%, 2%]}\n"
                "    p: {key: simulation.years, values: [1, 2], role: policy}\n"
                "    b: {key: budget.growth_cap, from: 0%, to: 1%, steps: 3}\n");
    assert_int_equal(self.design.futures, 6);
    assert_int_equal(self.design.policy_levels, 2);
    static const int64_t expected[6][2] = {{1, 0}, {1, 5}, {1, 10}, {2, 0}, {2, 5}, {2, 10}};
    for (uint64_t i = 0; i < 6; i++) {
        int64_t value[BG_MAX_AXES];
        bg_design_at(&self.design, &self.cursor, i, 1, value);
        assert_int_equal(value[0], expected[i][0] * BG_ONE / 100);
        assert_int_equal(value[1], 2);
        assert_int_equal(value[2], expected[i][1] * BG_ONE / 1000);
    }
    end(&self);
}

#define HYPERCUBE                                                                                  \
    "  design: latin_hypercube\n"                                                                  \
    "  points: 997\n"                                                                              \
    "  axes:\n"                                                                                    \
    "    a: {key: budget.growth, from: 0%, to: 10%}\n"                                             \
    "    b: {key: demand.trend.prior, from: -5%, to: 5%}\n"

static void a_latin_hypercube_has_one_point_in_every_slice_of_every_axis(void **state)
{
    (void)state;
    drawn self;
    draw(&self, HYPERCUBE);
    bool seen[2][997] = {{false}};
    double sum_of_products = 0;
    for (uint64_t i = 0; i < 997; i++) {
        int64_t value[BG_MAX_AXES];
        bg_design_at(&self.design, &self.cursor, i, 0, value);
        const double a = (double)value[0] / 1e11, b = (double)value[1] / 1e11 + 0.5;
        const size_t slice[2] = {(size_t)(a * 997), (size_t)(b * 997)};
        for (size_t k = 0; k < 2; k++) {
            assert_true(slice[k] < 997 && !seen[k][slice[k]]);
            seen[k][slice[k]] = true;
        }
        sum_of_products += (a - 0.5) * (b - 0.5);
    }
    /* The correlation of independent orders has the standard deviation 1/sqrt(996). */
    assert_true(fabs(sum_of_products / 997 * 12) < 4 / sqrt(996));
    end(&self);
}

static void another_axis_leaves_the_values_of_the_first_ones_alone(void **state)
{
    (void)state;
    drawn two, three;
    draw(&two, HYPERCUBE);
    draw(&three, HYPERCUBE "    c: {key: simulation.years, from: 1, to: 5}\n");
    for (uint64_t i = 0; i < 997; i += 31) {
        int64_t first[BG_MAX_AXES], second[BG_MAX_AXES];
        bg_design_at(&two.design, &two.cursor, i, 0, first);
        bg_design_at(&three.design, &three.cursor, i, 0, second);
        assert_memory_equal(first, second, 2 * sizeof *first);
        assert_true(second[2] >= 1 && second[2] <= 5);
    }
    end(&two);
    end(&three);
}

/* The start of the Sobol' sequence in two dimensions, in Gray-code order and without the origin:
 * Bratley and Fox, ACM TOMS 14 (1988), 88. */
static void a_sobol_design_is_the_sequence_whatever_the_order_of_asking(void **state)
{
    (void)state;
    static const double expected[][2] = {{0.5, 0.5},     {0.75, 0.25},   {0.25, 0.75},
                                         {0.375, 0.375}, {0.875, 0.875}, {0.625, 0.125},
                                         {0.125, 0.625}};
    static const uint64_t order[] = {3, 4, 0, 6, 6, 2, 1, 5};
    drawn self;
    draw(&self, "  design: sobol\n"
                "  points: 1000000000\n"
                "  axes:\n"
                "    a: {key: budget.growth, from: 0%, to: 100%}\n"
                "    p: {key: simulation.years, values: [1, 2], role: policy}\n"
                "    b: {key: demand.trend.correlation, from: 0, to: 0.8}\n");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        int64_t value[BG_MAX_AXES];
        bg_design_at(&self.design, &self.cursor, order[i], 0, value);
        assert_int_equal(value[0], llround(expected[order[i]][0] * 1e12));
        assert_int_equal(value[2], llround(expected[order[i]][1] * 0.8e12));
    }
    end(&self);
}

/* Each of 5 years, and each of 3 words, has the same share of a stratified design. */
static void whole_numbers_and_listed_values_are_equally_likely(void **state)
{
    (void)state;
    drawn self;
    draw(&self, "  design: latin_hypercube\n"
                "  points: 1500\n"
                "  axes:\n"
                "    years: {key: simulation.years, from: 1, to: 5}\n"
                "    rule: {key: budget.later_rule, values: [rolling, per_capita, "
                "previous_total]}\n");
    int years[6] = {0}, rules[3] = {0};
    for (uint64_t i = 0; i < 1500; i++) {
        int64_t value[BG_MAX_AXES];
        bg_design_at(&self.design, &self.cursor, i, 0, value);
        assert_in_range(value[0], 1, 5);
        assert_in_range(value[1], 0, 2);
        years[value[0]]++;
        rules[value[1]]++;
    }
    for (int i = 0; i < 3; i++) {
        assert_int_equal(rules[i], 500);
        assert_int_equal(years[i + 1], 300);
    }
    end(&self);
}

/* ---- what is refused ---- */

static void assert_refused(const char *sweep, const char *message)
{
    char text[2048];
    bg_errors errors;
    bg_errors_init(&errors);
    bg_design design;
    snprintf(text, sizeof text, "%ssweep:\n%s", head, sweep);
    bg_scenario *scenario = scenario_of(text, NULL);
    assert_true(bg_design_read(scenario, &design, &errors) != BG_OK);
    char *messages = messages_of(&errors);
    assert_reports(messages, message);
    free(messages);
    bg_errors_free(&errors);
    bg_design_free(&design);
    bg_scenario_free(scenario);
}

static void a_wrong_design_is_refused_at_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *sweep, *message;
    } cases[] = {
        {"  axes: {a: {}}\n", "t.yaml:3:13: sweep.axes[a]: an axis needs the `key`"},
        {"  axes: {a: {key: budget.growht, values: [1%]}}\n",
         "sweep.axes[a].key: the key \"budget.growht\" is not known; did you mean budget.growth"},
        {"  axes: {a: {key: title, values: [x]}}\n", "this key cannot vary"},
        {"  axes: {a: {key: sweep.seed, values: [1]}}\n", "this key cannot vary"},
        {"  axes: {a: {key: money_unit, values: [wan]}}\n", "this key cannot vary"},
        {"  axes: {a: {key: budget, values: [1]}}\n", "this key cannot vary"},
        {"  axes: {a: {key: budget.growth, values: []}}\n", "the list of values is empty"},
        {"  axes: {a: {key: budget.growth, values: [1%, 1%]}}\n", "stands twice"},
        {"  axes: {a: {key: budget.growth, values: [1%, 300%]}}\n",
         "t.yaml:3:47: sweep.axes[a].values[2]: 300% is out of range; allowed is a rate"},
        {"  axes: {a: {key: budget.growth, from: 5%, to: 1%, steps: 3}}\n", "must lie below"},
        {"  axes: {a: {key: budget.growth, from: 1%}}\n", "needs `values`, or `from` and `to`"},
        {"  axes: {a: {key: budget.growth, from: 1%, to: 2%}}\n", "a grid needs `values`"},
        {"  axes: {a: {key: budget.growth, values: [1%], to: 2%}}\n", "stands alone"},
        {"  axes: {a: {key: simulation.years, from: 1, to: 2, steps: 3}}\n",
         "fewer different values than steps"},
        {"  axes: {a: {key: budget.later_rule, from: 1, to: 2}}\n", "has no range"},
        {"  axes: {a: {key: budget.growth, values: [1%]}, b: {key: budget.growth, values: [2%]}}\n",
         "another axis varies the same key"},
        {"  axes: {a: {key: budget.growth, from: 1%, to: 2%, role: policy}}\n",
         "a policy axis needs"},
        {"  points: 5\n", "the number of points belongs to"},
        {"  design: sobol\n", "this design needs its number of `points`"},
        {"  design: sobol\n  points: 4\n", "no axis of the future varies"},
        {"  design: list\n", "this design needs its `file`"},
        {"  file: x.csv\n", "a file belongs to the design list"},
        {"  design: sobol\n  points: 4\n"
         "  axes: {a: {key: budget.growth, distribution: normal, mean: 3%}}\n",
         "this distribution needs `sd`"},
        {"  design: sobol\n  points: 4\n"
         "  axes: {a: {key: budget.growth, distribution: normal, mean: 3%, sd: -1%}}\n",
         "must be above zero"},
        {"  axes: {a: {key: simulation.seed, from: 1, to: 1000000, steps: 100000},\n"
         "         b: {key: simulation.years, from: 1, to: 20, steps: 20},\n"
         "         c: {key: budget.growth, from: 1%, to: 2%, steps: 1000}}\n",
         "the axes span more than 1000000000 scenarios"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].sweep, cases[i].message);
    }
}

#define SPREAD(axis)                                                                               \
    "  design: sobol\n  points: 4\n  axes: {a: {key: budget.growth, distribution: " axis "}}\n"

static void a_wrong_distribution_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sweep, *message;
    } cases[] = {
        {SPREAD("normal, p10: 3%"), "this distribution needs `p90`"},
        {SPREAD("normal, p10: 3%, p90: 2%"), "p10 lies below p90"},
        {SPREAD("lognormal, p10: 0%, p90: 2%"), "both above zero"},
        {SPREAD("beta, from: 0%, to: 9%, p10: 1%, p90: 2%"), "only normal and lognormal"},
        {SPREAD("beta, from: 0%, to: 9%, mean: 4%, sd: 5%"), "has room there"},
        {SPREAD("pert, from: 0%, to: 9%, mode: 10%"), "the most likely value must lie between"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(cases[i].sweep, cases[i].message);
    }
}

/* Of one Latin hypercube of four points the third quarter's lies between the median and the upper quartile, and so on. */
static void distributions_of_a_plan_have_their_quantiles(void **state)
{
    (void)state;
    static const struct {
        const char *axis;
        double least,
            most; /* per cent, of the second of four slices: from the lower quartile to the median */
    } cases[] = {
        {"distribution: normal, p10: 2%, p90: 6%", 2.94739, 4},
        {"distribution: lognormal, p10: 2%, p90: 8%", 2.77732, 4},
        {"distribution: pert, from: 2%, to: 6%, mode: 4%", 3.43774, 4},
        {"distribution: beta, from: 0%, to: 8%, mean: 4%, sd: 2.3%", 2, 4},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[1024];
        snprintf(text, sizeof text,
                 "%ssweep:\n  design: latin_hypercube\n  points: 4\n"
                 "  axes: {a: {key: budget.growth, %s}}\n",
                 head, cases[i].axis);
        bg_errors errors;
        bg_errors_init(&errors);
        bg_design design;
        bg_scenario *scenario = scenario_of(text, NULL);
        assert_int_equal(bg_design_read(scenario, &design, &errors), BG_OK);
        bg_design_cursor cursor;
        bg_design_cursor_init(&design, &cursor);
        size_t within = 0;
        for (uint64_t future = 0; future < 4; future++) {
            int64_t value[BG_MAX_AXES];
            bg_design_at(&design, &cursor, future, 0, value);
            const double per_cent = 100 * (double)value[0] / (double)BG_ONE;
            within += per_cent > cases[i].least && per_cent < cases[i].most;
        }
        assert_int_equal(within, 1);
        bg_design_free(&design);
        bg_scenario_free(scenario);
        bg_errors_free(&errors);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_order_holds_every_number_once),
        cmocka_unit_test(all_orders_of_few_numbers_are_equally_likely),
        cmocka_unit_test(a_long_order_is_found_without_walking_through_it),
        cmocka_unit_test(a_grid_turns_its_last_axis_fastest),
        cmocka_unit_test(a_latin_hypercube_has_one_point_in_every_slice_of_every_axis),
        cmocka_unit_test(another_axis_leaves_the_values_of_the_first_ones_alone),
        cmocka_unit_test(a_sobol_design_is_the_sequence_whatever_the_order_of_asking),
        cmocka_unit_test(whole_numbers_and_listed_values_are_equally_likely),
        cmocka_unit_test(distributions_of_a_plan_have_their_quantiles),
        cmocka_unit_test(a_wrong_distribution_is_refused),
        cmocka_unit_test(a_wrong_design_is_refused_at_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
