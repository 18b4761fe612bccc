/* Scores of a study that were likely meant as shares of 1. */
#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "study/axis.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char en[] =
    "\"0.9\" is read as a score of 0.9 points; usual is 2 to 100 (scores count "
    "from 0 to 100). Did you mean 90?";
static const char zh[] = "“0.9”按得分0.9分读取；通常为2至100分（得分按0至100计）。是否指 90？";

/* One warning at the place, or none. */
static void assert_warned(const bg_errors *errors, const char *place)
{
    assert_int_equal(errors->error_count, 0);
    assert_int_equal(errors->count, place ? 1 : 0);
    if (place) {
        assert_string_equal(errors->items[0].path, place);
        assert_says(errors->items[0].message, en);
        assert_says(errors->items[0].message_zh, zh);
    }
}

static void a_range_is_judged_by_its_upper_end(void **state)
{
    (void)state;
    static const struct {
        const char *key, *range;
        bool warned;
    } cases[] = {
        {"performance.score", "0.6:0.9", true},
        {"performance.score[2026]", "0:0.9", true},
        {"performance.score", "0:100", false},
        {"performance.score", "0.6:90", false},
        {"demand.services[total].cost_cv", "0.6:0.9", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_axis axis;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_axis_range(cases[i].key, cases[i].range, 100, &axis, &errors), BG_OK);
        assert_warned(&errors, cases[i].warned ? cases[i].key : NULL);
        bg_errors_free(&errors);
    }
}

static void an_axis_of_a_plan_is_judged_by_its_highest_value(void **state)
{
    (void)state;
    static const struct {
        const char *axis, *place;
    } cases[] = {
        {"key: performance.score, values: [0.9, 0, 0.6]", "sweep.axes[s].values[1]"},
        {"key: performance.score, from: 0.6, to: 0.9", "sweep.axes[s].to"},
        {"key: performance.score, values: [0, 1, 60]", NULL},
        {"key: performance.score, from: 0, to: 100", NULL},
        {"key: \"budget.funds[risk].rate\", values: [0.01, 0.02]", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        snprintf(text, sizeof text,
                 "history: {2023: 100M, 2024: 110M}\n"
                 "sweep: {axes: {s: {%s}}, figures: {loss: p_loss}}\n",
                 cases[i].axis);
        bg_scenario *scenario = scenario_of(text, NULL);
        bg_axis axis;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_axis_read(scenario, bg_scenario_find(scenario, "sweep.axes[s]"), false,
                                      &axis, &errors),
                         BG_OK);
        assert_warned(&errors, cases[i].place);
        bg_axis_free(&axis);
        bg_errors_free(&errors);
        bg_scenario_free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_range_is_judged_by_its_upper_end),
        cmocka_unit_test(an_axis_of_a_plan_is_judged_by_its_highest_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
