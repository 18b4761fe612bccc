#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/filter.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct planned {
    bg_scenario *scenario;
    bg_design design;
    const bg_node *filter; /* the text */
} planned;

/* Axes a and b of rates, c of a decimal number, m of money, n of people. */
static void begin(planned *self, const char *filter)
{
    char text[1024];
    snprintf(text, sizeof text,
             "history: {2024: 1亿}\n"
             "sweep:\n"
             "  axes:\n"
             "    a: {key: budget.growth, values: [1%%]}\n"
             "    b: {key: demand.trend.prior, values: [1%%]}\n"
             "    c: {key: demand.trend.correlation, values: [0.5]}\n"
             "    m: {key: 'pool[residents].balance', values: [1亿]}\n"
             "    n: {key: simulation.years, values: [1]}\n"
             "  filters: ['%s']\n"
             "  figures: {risk: p_overspend}\n",
             filter);
    self->scenario = scenario_of(text, NULL);
    assert_int_equal(bg_design_read(self->scenario, &self->design, NULL), BG_OK);
    self->filter = bg_scenario_find(self->scenario, "sweep.filters")->child;
}

static void end(planned *self)
{
    bg_design_free(&self->design);
    bg_scenario_free(self->scenario);
}

static bool keeps(const char *text, int64_t a, int64_t b)
{
    planned self;
    bg_filter filter;
    begin(&self, text);
    assert_int_equal(bg_filter_read(self.scenario, &self.design, self.filter, &filter, NULL),
                     BG_OK);
    const int64_t value[BG_MAX_AXES] = {a, b, BG_ONE / 2, 100, 2};
    const bool kept = bg_filter_keeps(&filter, value);
    end(&self);
    return kept;
}

static void sums_are_compared_exactly(void **state)
{
    (void)state;
    assert_true(keeps("a + b <= 5%", BG_ONE / 50, 3 * (BG_ONE / 100)));
    assert_false(keeps("a + b <= 5%", BG_ONE / 50, 3 * (BG_ONE / 100) + 1));
    assert_true(keeps("a - b == -1%", BG_ONE / 50, 3 * (BG_ONE / 100)));
    assert_true(keeps("a + c - b > a", BG_ONE / 50, BG_ONE / 100));
    assert_false(keeps("a < b - 1%", BG_ONE / 50, BG_ONE / 40)); /* 2 % and 1.5 % */
    assert_true(keeps("a > b - c + c - 1%", BG_ONE / 50, BG_ONE / 40));
    assert_true(keeps("a + b < 2%", INT64_MIN, INT64_MIN)); /* no sum is too large */
    assert_false(keeps("a + b < 2%", INT64_MAX, INT64_MAX));
}

static void ratios_are_compared_exactly(void **state)
{
    (void)state;
    assert_true(keeps("a / b >= 2", 2 * BG_ONE, BG_ONE));
    assert_false(keeps("a / b >= 2", 2 * BG_ONE - 1, BG_ONE));
    assert_true(keeps("a / b == -0.5", -1, 2));
    assert_true(keeps("a / b == -0.5", 1, -2));
    assert_true(keeps("a / b < 0", 1, -2));
    assert_false(keeps("a / b < 0", 1, 0)); /* that to nothing is no ratio */
    assert_false(keeps("a / b >= 0", 1, 0));
}

static void what_is_no_filter_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *filter;
        bg_status status;
        const char *message;
    } cases[] = {
        {"a", BG_INVALID, "a filter is written"},
        {"x <= 1%", BG_INVALID, "a filter is written"},
        {"1% + a <= 1%", BG_INVALID, "a filter is written"},
        {"a / b / c >= 2", BG_INVALID, "a filter is written"},
        {"a / b >= two", BG_INVALID, "a filter is written"},
        {"a + a + a + a + a + a + a + a < b", BG_INVALID, "a filter is written"},
        {"a + m <= 1%", BG_TYPE, "of different kinds"},
        {"a / n >= 2", BG_TYPE, "of different kinds"},
        {"a <= m", BG_TYPE, "of different kinds"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        planned self;
        bg_filter filter;
        bg_errors errors;
        bg_errors_init(&errors);
        begin(&self, cases[i].filter);
        assert_int_equal(bg_filter_read(self.scenario, &self.design, self.filter, &filter, &errors),
                         cases[i].status);
        char *messages = messages_of(&errors);
        assert_reports(messages, cases[i].message);
        free(messages);
        bg_errors_free(&errors);
        end(&self);
    }
}

/* After the sign nothing stands. */
static void a_value_is_not_left_out(void **state)
{
    (void)state;
    static const char *const filters[] = {"a <=", "a + <= 1%", "a <= b + "};
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        planned self;
        bg_filter filter;
        bg_errors errors;
        bg_errors_init(&errors);
        begin(&self, filters[i]);
        assert_true(bg_filter_read(self.scenario, &self.design, self.filter, &filter, &errors) !=
                    BG_OK);
        assert_int_equal(errors.error_count, 1);
        bg_errors_free(&errors);
        end(&self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_are_compared_exactly),
        cmocka_unit_test(ratios_are_compared_exactly),
        cmocka_unit_test(what_is_no_filter_is_refused),
        cmocka_unit_test(a_value_is_not_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
