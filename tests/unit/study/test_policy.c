/* What a policy of a sweep may not set. */
#include "../../support/folder.h"
#include "../../support/says.h"

#include <baogan/sweep.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Reads a plan over budget.growth whose policy sets these; what is wrong is in *errors. */
static bg_status read_plan(const char *set, bg_errors *errors)
{
    char text[512];
    snprintf(text, sizeof text,
             "history: {2023: 100M, 2024: 110M}\n"
             "sweep:\n"
             "  axes: {g: {key: budget.growth, values: [4%%, 8%%]}}\n"
             "  policies: {a: {}, b: {set: [%s]}}\n"
             "  figures: {loss: p_loss}\n",
             set);
    folder_write("plan.yaml", text);
    const bg_scenario_source source = {.path = "plan.yaml"};
    bg_sweep *sweep = NULL;
    bg_errors_init(errors);
    const bg_status status = bg_sweep_read(&source, &sweep, errors);
    bg_sweep_free(sweep);
    return status;
}

static void a_policy_sets_no_key_twice_and_none_of_an_axis(void **state)
{
    (void)state;
    static const struct {
        const char *set, *name, *en, *zh;
    } cases[] = {
        {"performance.score=80, 绩效考核.考核得分=90", "policy_sets_twice",
         "绩效考核.考核得分=90 sets what performance.score=80 sets already",
         "绩效考核.考核得分=90 与此前的 performance.score=80 设置同一个键；请只留一个。"},
        {"年度总额.增长率=9%", "policy_sets_axis", "the axis g varies this key",
         "变量g已变动该参数"},
        {"budget.growth", "override_without_equals", "budget.growth", "budget.growth"},
        {"performance.score=80, demand.trend.prior=5%", NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_errors errors;
        const bg_status status = read_plan(cases[i].set, &errors);
        assert_int_equal(status, cases[i].name ? BG_INVALID : BG_OK);
        size_t said = 0;
        while (cases[i].name && errors.items[said].warning) {
            said++;
        }
        if (cases[i].name) {
            assert_string_equal(errors.items[said].name, cases[i].name);
            assert_says_among_others(errors.items[said].message, cases[i].en);
            assert_says_among_others(errors.items[said].message_zh, cases[i].zh);
        }
        bg_errors_free(&errors);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_policy_sets_no_key_twice_and_none_of_an_axis),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
