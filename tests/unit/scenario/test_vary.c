#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char plan[] = "money_unit: wan\n"
                           "title: A plan\n"
                           "history: {2023: 49400, 2024: 56300}\n"
                           "budget: {growth: {2025: 6%, later: 5%}, growth_cap: 5%}\n"
                           "pool: {residents: {income_per_head: 1000, balance: 4000}}\n";

static char *yaml_of(const bg_scenario *scenario)
{
    char *text = bg_scenario_yaml(scenario, true);
    assert_non_null(text);
    return text;
}

static void a_varied_scenario_is_the_one_loaded_with_the_override(void **state)
{
    (void)state;
    static const struct {
        const char *path, *first, *second;
    } cases[] = {
        {"budget.growth[2025]", "4%", "7.25%"},
        {"budget.growth[2027]", "4%", "-1%"},
        {"budget.growth", "3%", "4%"},
        {"budget.funds[risk].rate", "1%", "2.5%"},
        {"settlement[share_overspend].bands[5%]", "0", "100%"},
        {"settlement[release].by_score[80]", "70%", "75%"},
        {"pool[residents].balance", "1.2亿", "5000"},
        {"pool[residents].balance", "5000", "123.45元"},
        {"demand.level", "fitted", "last_year"},
        {"budget.funds[risk].carry_over", "false", "true"},
        {"simulation.seed", "2", "9"},
        {"demand.services[total].cost_cv", "2", "3"},
        {"demand.trend.as_of", "2024", "2025"}, /* takes all the defaults with it */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char first[128], second[128];
        snprintf(first, sizeof first, "%s=%s", cases[i].path, cases[i].first);
        snprintf(second, sizeof second, "%s=%s", cases[i].path, cases[i].second);
        bg_scenario *varied = scenario_of(plan, first);
        bg_scenario *loaded = scenario_of(plan, second);
        const bg_node *node = bg_scenario_find(varied, cases[i].path);
        const bg_node *same = bg_scenario_find(loaded, cases[i].path);
        const int64_t value = same->value.integer;
        assert_int_equal(bg_scenario_vary(varied, cases[i].path, value, NULL), BG_OK);
        char *a = yaml_of(varied), *b = yaml_of(loaded);
        assert_string_equal(a, b);
        assert_int_equal(node->value.integer, value);
        assert_int_equal(node->origin, same->origin);
        free(a);
        free(b);
        bg_scenario_free(varied);
        bg_scenario_free(loaded);
    }
}

/* Who reads a text, as conditions of a step do, finds the value that is there. */
static void the_text_of_a_varied_value_is_its_own(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int64_t first, second;
        const char *text;
    } cases[] = {
        {"budget.growth[2025]", BG_ONE / 100, BG_ONE / 80, "1.25%"},
        {"pool[residents].balance", 100, 1234567, "12345.67元"},
        {"pool[residents].income_per_head", 100, 98765, "987.65"},
        {"demand.level", 0, 1, "fitted"},
        {"budget.funds[risk].carry_over", 0, 1, "true"},
        {"demand.services[total].cost_cv", BG_ONE, 2 * BG_ONE + 1, "2.000000000001"},
        {"simulation.seed", 1, 2, "2"},
    };
    bg_scenario *scenario = scenario_of(plan, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(bg_scenario_vary(scenario, cases[i].path, cases[i].first, NULL), BG_OK);
        assert_int_equal(bg_scenario_vary(scenario, cases[i].path, cases[i].second, NULL), BG_OK);
    }
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(bg_scenario_find(scenario, cases[i].path)->text, cases[i].text);
    }
    bg_scenario_free(scenario);
}

static void what_cannot_vary_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        int64_t value;
        const char *message;
        bg_status status;
    } cases[] = {
        {"budget.growth", BG_ONE / 25, "no single value", BG_INVALID},
        {"budget", 1, "no single value", BG_INVALID},
        {"budget.growht", BG_ONE / 25, "no single value", BG_INVALID},
        {"budget.growth[2025", BG_ONE / 25, "no single value", BG_INVALID},
        {"title", 0, "no single value", BG_INVALID},
        {"budget.growth[2025]", 4 * BG_ONE, "400% is out of range", BG_RANGE},
        {"demand.level", 2, "not allowed", BG_TYPE},
        {"demand.level", -1, "not allowed", BG_TYPE},
        {"budget.funds[risk].carry_over", 2, "not allowed", BG_TYPE},
        {"simulation.seed", -1, "out of range", BG_RANGE},
    };
    bg_scenario *scenario = scenario_of(plan, NULL);
    char *before = yaml_of(scenario);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_errors errors;
        bg_errors_init(&errors);
        assert_int_equal(bg_scenario_vary(scenario, cases[i].path, cases[i].value, &errors),
                         cases[i].status);
        char *messages = messages_of(&errors);
        assert_reports(messages, cases[i].message);
        assert_reports(messages, cases[i].path);
        free(messages);
        bg_errors_free(&errors);
    }
    char *after = yaml_of(scenario);
    assert_string_equal(before, after);
    free(before);
    free(after);
    bg_scenario_free(scenario);
}

static void what_is_unusual_varies_with_a_warning(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of(plan, NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_scenario_vary(scenario, "budget.growth[2025]", BG_ONE / 2, &errors), BG_OK);
    char *messages = messages_of(&errors);
    assert_reports(messages, "warning: --set: budget.growth[2025]: 50% is unusual");
    free(messages);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_varied_scenario_is_the_one_loaded_with_the_override),
        cmocka_unit_test(the_text_of_a_varied_value_is_its_own),
        cmocka_unit_test(what_cannot_vary_is_refused_and_changes_nothing),
        cmocka_unit_test(what_is_unusual_varies_with_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
