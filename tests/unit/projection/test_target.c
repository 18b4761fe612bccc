/* Bounds of targets that no figure can lie at, or that lack their percent sign. */
#include "../../support/projected.h"
#include "../../support/says.h"

#include <baogan/figure.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bg_scenario *scenario;
static bg_model model;

static int set_up(void **state)
{
    (void)state;
    scenario = parse_scenario("history: {2023: 100M, 2024: 110M}\nsimulation: {years: 2}\n", NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_status status = bg_model_read(scenario, &model, &errors);
    bg_errors_free(&errors);
    return status == BG_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    bg_model_free(&model);
    bg_scenario_free(scenario);
    return 0;
}

static void a_bound_that_seems_per_cent_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *en, *zh;
    } rows[] = {
        {"p_overspend <= 10", "10 is read as 1000%; did you mean 10%?",
         "10按1000%读取；是否指 10%？"},
        {"p_overspend <= 1", "1 is read as 100%; did you mean 1%?", "1按100%读取；是否指 1%？"},
        {"p_overspend >= 2.5", "2.5 is read as 250%; did you mean 2.5%?", "是否指 2.5%？"},
        {"se(p_overspend) <= 1", "1 is read as 100%; did you mean 1%?", "1按100%读取；是否指 1%？"},
        {"rse(mean(expense)) <= 2", "2 is read as 200%; did you mean 2%?", "2按200%读取"},
        {"mean(result) >= 5 budget", "5 is read as 500%; did you mean 5%?", "5按500%读取"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bg_target target;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_target_parse(&model, rows[i].text, "--until", &target, &errors),
                         BG_USAGE);
        assert_int_equal(errors.count, 1);
        assert_says_among_others(errors.items[0].message, rows[i].en);
        assert_says_among_others(errors.items[0].message_zh, rows[i].zh);
        bg_errors_free(&errors);
    }
}

static void a_bound_beyond_what_the_figure_can_be_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *en, *zh;
    } rows[] = {
        {"p_overspend <= 150%", "always holds or never: a chance lies from 0% to 100%",
         "恒成立或恒不成立：概率介于0%与100%之间"},
        {"p_overspend <= -5%", "always holds or never", "恒成立或恒不成立"},
        {"p_overspend > 100%", "always holds or never", "恒成立或恒不成立"},
        {"p_overspend < 0%", "always holds or never", "恒成立或恒不成立"},
        {"se(p_overspend) <= 60%", "its standard error from 0% to 50%", "其标准误介于0%与50%之间"},
        {"se(mean(expense)) <= -5", "never holds: a standard error is not below 0",
         "不可能成立：标准误不小于0"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        bg_target target;
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_target_parse(&model, rows[i].text, "--until", &target, &errors),
                         BG_USAGE);
        assert_int_equal(errors.count, 1);
        assert_says_among_others(errors.items[0].message, rows[i].en);
        assert_says_among_others(errors.items[0].message_zh, rows[i].zh);
        bg_errors_free(&errors);
    }
}

static void bounds_that_can_be_meant_are_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "p_overspend <= 10%",         "p_overspend <= 0.1",           "p_overspend >= 1",
        "p_overspend <= 100%",        "se(p_overspend) <= 0.5%",      "rse(mean(expense)) <= 0.01",
        "mean(expense) <= 1 budget",  "mean(expense) <= 200% budget", "mean(result) >= -5",
        "mean(result) >= -5% budget",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        bg_target target;
        assert_int_equal(bg_target_parse(&model, texts[i], NULL, &target, NULL), BG_OK);
    }
}

/* 1,000 without a unit are 10,000,000 yuan in a file that counts in wan; points are no money. */
static void a_bound_without_a_suffix_is_in_the_unit_of_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
        double bound;
    } rows[] = {
        {"mean(result.first) >= 1000", "mean(result.2025.residents) >= 1000wan", 1e9},
        {"mean(result.first) >= -0.5", "mean(result.2025.residents) >= -0.5wan", -500000},
        {"mean(result.first) >= 1000万", "mean(result.2025.residents) >= 1000万", 1e9},
        {"mean(result.first) >= 1.5 million yuan",
         "mean(result.2025.residents) >= 1.5 million yuan", 1.5e8},
        {"mean(result.first) >= 2% budget", "mean(result.2025.residents) >= 2% budget", 0.02},
        {"mean(result.first) >= 1000yuan", "mean(result.2025.residents) >= 1000yuan", 1e5},
        {"mean(result.first) >= 0", "mean(result.2025.residents) >= 0", 0},
        {"se(mean(result.first)) <= 5", "se(mean(result.2025.residents)) <= 5wan", 5e6},
        {"mean(score.first) >= 80", "mean(score.2025.residents) >= 80", 8000},
        {"p_overspend.first <= 10%", "p_overspend.2025.residents <= 10%", 0.1},
    };
    bg_scenario *in_wan = parse_scenario("money_unit: wan\nhistory: {2024: {\n"
                                         "  residents.inpatient.in: {cases: 9000, paid: 3600},\n"
                                         "  residents.inpatient.out: {cases: 1000, paid: 600}}}\n"
                                         "performance: {indicators: {inside:\n"
                                         "  {simulated: cases_inside, floor: 60, target: 95}}}\n",
                                         NULL);
    bg_model of_file;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_model_read(in_wan, &of_file, &errors), BG_OK);
    bg_errors_free(&errors);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bg_target target;
        assert_int_equal(bg_target_parse(&of_file, rows[i].text, "--until", &target, NULL), BG_OK);
        char *said = bg_target_text(&target, &of_file);
        assert_string_equal(said, rows[i].said);
        assert_true(target.bound == rows[i].bound);
        free(said);
    }
    bg_model_free(&of_file);
    bg_scenario_free(in_wan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bound_that_seems_per_cent_is_refused),
        cmocka_unit_test(a_bound_beyond_what_the_figure_can_be_is_refused),
        cmocka_unit_test(bounds_that_can_be_meant_are_read),
        cmocka_unit_test(a_bound_without_a_suffix_is_in_the_unit_of_the_file),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
