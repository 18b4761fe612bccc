#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/scenario_text.h"

#include <stdlib.h>
#include <string.h>

/* The default priors of 2024 and 2025 as sim/demand/README.md lists them. */
static const struct {
    const char *path, *in_2024, *in_2025;
} priors[] = {
    {"demand.trend.prior", "6%", "5%"},
    {"demand.trend.prior_sd", "3%", "3%"},
    {"demand.volatility.total", "5.5%", "5.5%"},
    {"demand.volatility.correlation", "0.85", "0.85"},
    {"demand.services[inpatient].frequency_trend", "4%", "2%"},
    {"demand.services[inpatient].cost_trend", "2%", "1%"},
    {"demand.services[inpatient].frequency_volatility", "7%", "7%"},
    {"demand.services[inpatient].cost_volatility", "5%", "5%"},
    {"demand.services[outpatient].frequency_trend", "6%", "6%"},
    {"demand.services[outpatient].cost_trend", "5%", "3%"},
    {"demand.services[outpatient].cost_volatility", "4%", "5%"},
    {"demand.services[chronic].frequency_trend", "12%", "12%"},
    {"demand.services[chronic].cost_trend", "0%", "-3%"},
    {"demand.services[chronic].frequency_volatility", "4%", "4%"},
    {"demand.services[chronic].cost_volatility", "4%", "5%"},
    {"demand.services[dental].frequency_trend", "4%", "2%"},
    {"demand.services[dental].cost_trend", "2%", "1%"},
    {"people[residents].growth", "-1%", "-1%"},
    {"people[employees].growth", "1.5%", "2%"},
    {"budget.growth", "6%", "5%"},
    {"budget.base.trend", "6%", "5%"},
};

static const char *text_at(const bg_scenario *scenario, const char *path)
{
    const bg_node *node = bg_scenario_find(scenario, path);
    assert_non_null(node);
    return node->text;
}

/* A history up to the year, with a service that has no row of its own. */
#define LINES(year) "history: {" #year ": {residents.dental.in: {cases: 10, paid: 1000}}}\n"

static void the_default_priors_follow_the_last_base_year(void **state)
{
    (void)state;
    static const struct {
        const char *text, *override, *as_of;
    } cases[] = {
        {LINES(2019), NULL, "2024"},
        {LINES(2024), NULL, "2024"},
        {LINES(2025), NULL, "2025"},
        {LINES(2031), NULL, "2025"},
        {LINES(2023), "history[2025][residents.dental.in]={cases: 1, paid: 5}", "2025"},
        {LINES(2025), "demand.trend.as_of=2024", "2024"},
        {LINES(2024), "demand.trend.as_of=2025", "2025"},
        {LINES(2025) "demand: {trend: {as_of: 2024}}", NULL, "2024"},
        {LINES(2024) "demand: {trend: {as_of: 2024}}", "demand.trend.as_of=null", "2024"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_scenario *scenario = scenario_of(cases[i].text, cases[i].override);
        const bool newer = strcmp(cases[i].as_of, "2025") == 0;
        assert_string_equal(text_at(scenario, "demand.trend.as_of"), cases[i].as_of);
        for (size_t k = 0; k < sizeof priors / sizeof *priors; k++) {
            assert_string_equal(text_at(scenario, priors[k].path),
                                newer ? priors[k].in_2025 : priors[k].in_2024);
        }
        bg_scenario_free(scenario);
    }
}

/* An as-of year before the first of them says that the priors given are of that time. */
static void another_year_than_theirs_has_the_priors_before_it_or_the_oldest(void **state)
{
    (void)state;
    static const struct {
        const char *override, *prior;
    } cases[] = {{"demand.trend.as_of=2018", "6%"}, {"demand.trend.as_of=2030", "5%"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_scenario *scenario = scenario_of(LINES(2024), cases[i].override);
        assert_string_equal(text_at(scenario, "demand.trend.prior"), cases[i].prior);
        assert_int_equal(bg_scenario_find(scenario, "demand.trend.prior")->origin,
                         BG_ORIGIN_DEFAULT);
        bg_scenario_free(scenario);
    }
}

static void values_and_sources_are_of_the_year_that_holds(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of(LINES(2024), NULL);
    const bg_node *node = bg_scenario_find(scenario, "demand.services[inpatient].cost_trend");
    assert_int_equal(node->value.decimal, BG_ONE / 50);
    assert_non_null(strstr(node->parameter->source, "as of 2024"));
    bg_scenario_free(scenario);
    scenario = scenario_of(LINES(2025), NULL);
    node = bg_scenario_find(scenario, "demand.services[inpatient].cost_trend");
    assert_int_equal(node->value.decimal, BG_ONE / 100);
    assert_non_null(strstr(node->parameter->source, "as of 2025"));
    bg_scenario_free(scenario);
}

static void what_is_given_stays_whatever_the_year(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of(LINES(2025) "budget: {growth: 6%}\ndemand: {trend: {prior: 6%}}\n",
                    "demand.services[inpatient].cost_trend=2%");
    assert_string_equal(text_at(scenario, "budget.growth"), "6%");
    assert_string_equal(text_at(scenario, "demand.trend.prior"), "6%");
    assert_string_equal(text_at(scenario, "demand.services[inpatient].cost_trend"), "2%");
    assert_string_equal(text_at(scenario, "demand.services[inpatient].frequency_trend"), "2%");
    assert_false(bg_node_is_standard(bg_scenario_find(scenario, "demand.trend.prior")));
    bg_scenario_free(scenario);
    scenario = scenario_of(LINES(2024) "demand: {trend: {prior: 6%}}\n", NULL);
    assert_true(bg_node_is_standard(bg_scenario_find(scenario, "demand.trend.prior")));
    bg_scenario_free(scenario);
}

/* The years of a default that --set leaves as they are. */
static void the_other_years_of_a_changed_default_are_of_the_year_that_holds(void **state)
{
    (void)state;
    static const char *const texts[] = {LINES(2024), LINES(2025)};
    static const char *const growth[] = {"6%", "5%"};
    for (size_t i = 0; i < 2; i++) {
        bg_scenario *scenario = scenario_of(texts[i], "budget.growth[2027]=4%");
        assert_string_equal(text_at(scenario, "budget.growth[2027]"), "4%");
        assert_string_equal(text_at(scenario, "budget.growth[other]"), growth[i]);
        bg_scenario_free(scenario);
    }
}

/* A pooling area has no past years of its own, only its first budget year. */
static void without_past_years_the_first_budget_year_tells(void **state)
{
    (void)state;
    static const struct {
        const char *text, *as_of;
    } cases[] = {
        {"{}", "2025"},
        {"simulation: {first_year: 2025}", "2024"},
        {"simulation: {first_year: 2026}", "2025"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bg_scenario *scenario = scenario_of(cases[i].text, NULL);
        assert_string_equal(text_at(scenario, "demand.trend.as_of"), cases[i].as_of);
        bg_scenario_free(scenario);
    }
}

static void a_saved_scenario_keeps_its_priors(void **state)
{
    (void)state;
    static const char *const overrides[] = {NULL, "demand.trend.as_of=2024",
                                            "budget.growth[2027]=1%"};
    for (size_t i = 0; i < sizeof overrides / sizeof *overrides; i++) {
        bg_scenario *scenario = scenario_of(LINES(2025), overrides[i]);
        char *all = bg_scenario_yaml(scenario, true), *own = bg_scenario_yaml(scenario, false);
        bg_scenario *from_all = scenario_of(all, NULL), *from_own = scenario_of(own, NULL);
        char *again = bg_scenario_yaml(from_all, true);
        assert_string_equal(again, all);
        for (size_t k = 0; k < sizeof priors / sizeof *priors; k++) {
            if (bg_scenario_find(scenario, priors[k].path)->text) {
                assert_string_equal(text_at(from_own, priors[k].path),
                                    text_at(scenario, priors[k].path));
            }
        }
        free(all);
        free(own);
        free(again);
        bg_scenario_free(scenario);
        bg_scenario_free(from_all);
        bg_scenario_free(from_own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_priors_follow_the_last_base_year),
        cmocka_unit_test(another_year_than_theirs_has_the_priors_before_it_or_the_oldest),
        cmocka_unit_test(values_and_sources_are_of_the_year_that_holds),
        cmocka_unit_test(what_is_given_stays_whatever_the_year),
        cmocka_unit_test(the_other_years_of_a_changed_default_are_of_the_year_that_holds),
        cmocka_unit_test(without_past_years_the_first_budget_year_tells),
        cmocka_unit_test(a_saved_scenario_keeps_its_priors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
