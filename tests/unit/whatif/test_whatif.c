/* Questions to a loaded scenario: their answers are those of a run of its own. */
#include <baogan/whatif.h>

#include "../../support/projected.h"
#include "../../support/says.h"

#include <baogan/figure.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char county[] =
    "money_unit: wan\n"
    "history: {2023: {residents.inpatient.in: {cases: 9000, paid: 4500, cost: 6000},\n"
    "  residents.inpatient.out: {cases: 3000, paid: 3000}, employees.total: {paid: 3000}},\n"
    "  2024: {residents.inpatient.in: {cases: 9500, paid: 4600, cost: 6200},\n"
    "  residents.inpatient.out: {cases: 3100, paid: 3200}, employees.total: {paid: 3300}}}\n"
    "people: {residents: 100000, employees: 20000}\n"
    "budget: {growth: 4%, adjustments: {a: {amount: 100, scheme: residents, year: 2025}}}\n"
    "pool: {residents: {income_per_head: 1200, balance: 1000}}\n"
    "simulation: {years: 2, replications: 1000, seed: 3}\n";

static bg_whatif *open_county(void)
{
    bg_whatif *self = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = parse_scenario(county, NULL);
    assert_int_equal(bg_whatif_open(scenario, &(bg_whatif_options){.threads = 2}, &self, &errors),
                     BG_OK);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
    return self;
}

static json_t *ask(bg_whatif *self, const char *request)
{
    char *text = bg_whatif_answer(self, request, strlen(request));
    assert_non_null(text);
    assert_null(strchr(text, '\n')); /* a line */
    json_t *answer = json_loads(text, 0, NULL);
    assert_true(json_is_object(answer));
    free(text);
    return answer;
}

static json_t *ask_well(bg_whatif *self, const char *request)
{
    json_t *answer = ask(self, request);
    if (!json_is_true(json_object_get(answer, "ok"))) {
        fail_msg("%s", request);
    }
    return answer;
}

static void tell(bg_whatif *self, const char *request)
{
    json_decref(ask_well(self, request));
}

/* Fails the test unless the request is refused with these words of both languages, about that key. */
static void assert_refused(bg_whatif *self, const char *request, const char *path, const char *en,
                           const char *zh)
{
    json_t *answer = ask(self, request);
    assert_true(json_is_false(json_object_get(answer, "ok")));
    const json_t *told = json_array_get(json_object_get(answer, "messages"), 0);
    const char *at = json_string_value(json_object_get(told, "path"));
    assert_string_equal(json_string_value(json_object_get(told, "severity")), "error");
    assert_string_equal(at ? at : "", path);
    assert_says_among_others(json_string_value(json_object_get(told, "message")), en);
    assert_says_among_others(json_string_value(json_object_get(told, "message_zh")), zh);
    json_decref(answer);
}

/* A figure of the scenario with overrides, of a run of its own. */
static bg_estimate fresh(const char *const *overrides, const char *text)
{
    projected run;
    bg_figure figure;
    bg_estimate estimate;
    start_projection(&run, county, overrides, 1);
    assert_int_equal(bg_figure_parse(&run.model, text, "test", &figure, NULL), BG_OK);
    assert_int_equal(bg_figure_read(&figure, run.projection, &estimate), BG_OK);
    finish_projection(&run);
    return estimate;
}

static double member(const json_t *object, const char *name)
{
    const json_t *value = json_object_get(object, name);
    assert_true(json_is_number(value));
    return json_number_value(value);
}

/* The number as it stands in JSON, with 15 digits. */
static void assert_stands(double a, double b)
{
    char given[32], meant[32];
    (void)snprintf(given, sizeof given, "%.15g", a);
    (void)snprintf(meant, sizeof meant, "%.15g", b);
    assert_string_equal(given, meant);
}

static void assert_figures_are_fresh(bg_whatif *self, const char *const *overrides)
{
    json_t *answer =
        ask_well(self, "{\"ask\": \"figures\", \"figures\": [\"p_overspend.first.residents\", "
                       "\"mean(pool_balance.last.all)\", \"q10(result.first.employees)\"]}");
    const json_t *list = json_object_get(answer, "figures");
    assert_int_equal(json_array_size(list), 3);
    assert_int_equal(json_integer_value(json_object_get(answer, "futures")), 1000);
    const json_t *chance = json_array_get(list, 0), *mean = json_array_get(list, 1),
                 *quantile = json_array_get(list, 2);
    const bg_estimate p = fresh(overrides, "p_overspend.first.residents");
    assert_string_equal(json_string_value(json_object_get(chance, "figure")),
                        "p_overspend.2025.residents");
    assert_stands(member(chance, "value"), p.value);
    assert_stands(member(chance, "low"), p.low);
    assert_stands(member(mean, "value_fen"), fresh(overrides, "mean(pool_balance.last.all)").value);
    assert_stands(member(mean, "se_fen"), fresh(overrides, "mean(pool_balance.last.all)").se);
    assert_stands(member(quantile, "value_fen"),
                  fresh(overrides, "q10(result.first.employees)").value);
    json_decref(answer);
}

static void figures_are_those_of_a_fresh_run(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    assert_figures_are_fresh(self, NULL);
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"6%\", "
               "\"budget.adjustments[a].amount\": 250}}");
    const char *const contract[] = {"budget.growth=6%", "budget.adjustments[a].amount=250", NULL};
    assert_figures_are_fresh(self, contract);
    tell(self, "{\"ask\": \"set\", \"values\": {\"demand.disallowed\": 0.02}}");
    const char *const both[] = {"budget.growth=6%", "budget.adjustments[a].amount=250",
                                "demand.disallowed=2%", NULL};
    assert_figures_are_fresh(self, both);
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": null, \"demand.disallowed\": "
               "null, \"budget.adjustments[a].amount\": null}}");
    assert_figures_are_fresh(self, NULL);
    bg_whatif_free(self);
}

static void what_is_set_is_told_and_whether_its_futures_are_new(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    json_t *answer = ask_well(
        self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": 0.06, \"title\": \"Another\"}}");
    const json_t *set = json_object_get(answer, "set");
    assert_int_equal(json_object_size(set), 2);
    assert_string_equal(json_string_value(json_object_get(set, "budget.growth")), "0.06");
    assert_true(json_is_true(json_object_get(answer, "same_futures")));
    json_decref(answer);
    answer = ask_well(self, "{\"ask\": \"set\", \"values\": {\"title\": null, "
                            "\"people[residents].growth\": \"-0.5%\"}}");
    assert_int_equal(json_object_size(json_object_get(answer, "set")), 2);
    assert_true(json_is_false(json_object_get(answer, "same_futures")));
    json_decref(answer);
    bg_whatif_free(self);
}

static void a_value_that_cannot_be_leaves_what_was(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    const char *const six[] = {"budget.growth=6%", NULL};
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"6%\"}}");
    assert_refused(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"600%\"}}",
                   "budget.growth", "600% is out of range", "600%");
    assert_refused(self, "{\"ask\": \"set\", \"values\": {\"budget.grwth\": \"6%\"}}",
                   "budget.grwth", "did you mean budget.growth?", "是否指 budget.growth？");
    assert_refused(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": [1]}}",
                   "budget.growth", "the value must be a text", "取值须为");
    assert_figures_are_fresh(self, six);
    bg_whatif_free(self);
}

static void a_request_that_is_none_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *request, *en, *zh;
    } cases[] = {
        {"{\"ask\": ", "no JSON object (line 1", "不是JSON对象（第1行"},
        {"[1]", "no JSON object", "不是JSON对象"},
        {"", "no JSON object", "不是JSON对象"},
        {"{\"ask\": \"run\", \"ask\": \"run\"}", "no JSON object", "不是JSON对象"},
        {"{}", "`ask` may be `set`, `figures`, `run`", "`ask`可为`set`、`figures`、`run`"},
        {"{\"ask\": 3}", "`ask` may be `set`", "`ask`可为`set`"},
        {"{\"ask\": \"sit\"}", "\"sit\" cannot be asked; `ask` may be `set`", "不能请求“sit”"},
        {"{\"ask\": \"set\"}", "needs the member \"values\": an object of paths",
         "须有成员“values”"},
        {"{\"ask\": \"set\", \"values\": 3}", "\"values\" must be an object", "“values”须为由路径"},
        {"{\"ask\": \"figures\"}", "needs the member \"figures\": a list", "须有成员“figures”"},
        {"{\"ask\": \"figures\", \"figures\": [1]}", "\"figures\" must be a list of texts",
         "“figures”须为文本列表"},
        {"{\"ask\": \"run\", \"figures\": []}", "\"run\" has no member \"figures\"",
         "“run”没有成员“figures”"},
        {"{\"ask\": \"run\", \"futures\": 0}",
         "0 futures cannot be asked for; allowed are 1 to 100000",
         "不能模拟0种情形；允许1至100000"},
        {"{\"ask\": \"run\", \"futures\": 1.5}", "\"futures\" must be a whole number",
         "“futures”须为整数"},
        {"{\"ask\": \"sheets\", \"sheets\": [\"budgets.csv\"]}",
         "there is no table \"budgets.csv\"; there are `history.csv`, `budget.csv`",
         "没有表“budgets.csv”；现有`history.csv`、`budget.csv`"},
    };
    bg_whatif *self = open_county();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_refused(self, cases[i].request, "", cases[i].en, cases[i].zh);
    }
    assert_refused(self, "{\"ask\": \"figures\", \"figures\": [\"p_overspnd\"]}", "figures",
                   "is no event; did you mean overspend?", "overspend");
    assert_figures_are_fresh(self, NULL);
    bg_whatif_free(self);
}

static void a_run_is_the_result_of_the_command(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    json_t *answer = ask_well(self, "{\"ask\": \"run\", \"futures\": 200}");
    const json_t *result = json_object_get(answer, "result");
    assert_int_equal(json_integer_value(json_object_get(result, "replications")), 200);
    const json_t *residents = json_array_get(json_object_get(result, "projection"), 0);
    const json_t *year = json_array_get(json_object_get(residents, "years"), 0);
    const json_t *expense = json_object_get(json_object_get(year, "outcomes"), "expense");
    const char *const fewer[] = {"simulation.replications=200", NULL};
    const bg_estimate mean = fresh(fewer, "mean(expense.first.residents)");
    assert_stands(member(expense, "mean_fen"), mean.value);
    json_decref(answer);
    bg_whatif_free(self);
}

static void tables_are_those_of_a_run_and_follow_what_is_set(void **state)
{
    (void)state;
    static const char ask_budget[] =
        "{\"ask\": \"sheets\", \"sheets\": [\"budget.csv\"], \"futures\": 100}";
    bg_whatif *self = open_county();
    json_t *all = ask_well(self, "{\"ask\": \"sheets\", \"futures\": 100}");
    assert_true(json_object_size(json_object_get(all, "sheets")) > 8);
    json_t *before = ask_well(self, ask_budget);
    const json_t *sheets = json_object_get(before, "sheets");
    assert_int_equal(json_object_size(sheets), 1);
    const char *budget = json_string_value(json_object_get(sheets, "budget.csv"));
    assert_string_equal(
        budget, json_string_value(json_object_get(json_object_get(all, "sheets"), "budget.csv")));
    /* mean of 75 and 78 million, 4 %, and the million that is added */
    assert_non_null(strstr(budget, "residents,2025,0.04,80560000.00,80560000.00,"));
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"6%\"}}");
    json_t *after = ask_well(self, ask_budget);
    assert_non_null(
        strstr(json_string_value(json_object_get(json_object_get(after, "sheets"), "budget.csv")),
               "residents,2025,0.06,82090000.00,"));
    json_decref(all);
    json_decref(before);
    json_decref(after);
    bg_whatif_free(self);
}

static const json_t *value_of(const json_t *answer, const char *path)
{
    const json_t *values = json_object_get(answer, "values");
    for (size_t i = 0; i < json_array_size(values); i++) {
        const json_t *row = json_array_get(values, i);
        if (strcmp(json_string_value(json_object_get(row, "path")), path) == 0) {
            return row;
        }
    }
    fail_msg("no value of %s", path);
    return NULL;
}

static void the_catalogue_says_what_there_is_to_set_and_what_it_is(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth_cap\": \"5%\"}}");
    json_t *answer = ask_well(self, "{\"ask\": \"catalogue\", \"path\": \"budget\"}");
    const json_t *growth = value_of(answer, "budget.growth");
    assert_string_equal(json_string_value(json_object_get(growth, "value")), "4%");
    assert_string_equal(json_string_value(json_object_get(growth, "origin")), "scenario");
    assert_string_equal(
        json_string_value(json_object_get(value_of(answer, "budget.growth_cap"), "origin")), "set");
    const json_t *rate = value_of(answer, "budget.funds[risk].rate");
    assert_string_equal(json_string_value(json_object_get(rate, "row")), "budget.funds[].rate");
    assert_string_equal(json_string_value(json_object_get(rate, "origin")), "default");
    const json_t *rows = json_object_get(answer, "catalogue");
    assert_string_equal(json_string_value(json_object_get(json_array_get(rows, 0), "path")),
                        "budget");
    json_decref(answer);
    bg_whatif_free(self);
}

static void warnings_are_those_of_the_scenario_as_it_is(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    json_t *before = ask_well(self, "{\"ask\": \"messages\"}");
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"90%\"}}");
    json_t *after = ask_well(self, "{\"ask\": \"messages\"}");
    const json_t *warnings = json_object_get(after, "warnings");
    assert_true(json_array_size(warnings) > json_array_size(json_object_get(before, "warnings")));
    const json_t *told = json_array_get(warnings, 0);
    assert_string_equal(json_string_value(json_object_get(told, "severity")), "warning");
    assert_string_equal(json_string_value(json_object_get(told, "path")), "budget.growth");
    json_decref(before);
    json_decref(after);
    bg_whatif_free(self);
}

static void what_is_saved_is_the_scenario_with_what_was_set(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    tell(self, "{\"ask\": \"set\", \"values\": {\"budget.growth\": \"6%\"}}");
    json_t *answer = ask_well(self, "{\"ask\": \"save\"}");
    const char *text = json_string_value(json_object_get(answer, "scenario"));
    const char *const six[] = {"budget.growth=6%", NULL};
    bg_scenario *saved = parse_scenario(text, NULL), *meant = parse_scenario(county, six);
    const bg_node *growth = bg_scenario_find(saved, "budget.growth");
    assert_int_equal(growth->value.decimal, 6 * BG_ONE / 100);
    char *a = bg_scenario_yaml(saved, true), *b = bg_scenario_yaml(meant, true);
    assert_string_equal(a, b);
    free(a);
    free(b);
    bg_scenario_free(saved);
    bg_scenario_free(meant);
    json_decref(answer);
    bg_whatif_free(self);
}

static void a_stop_ends_what_runs_and_leaves_the_rest(void **state)
{
    (void)state;
    int stop = 1;
    bg_whatif *self = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = parse_scenario(county, NULL);
    const bg_whatif_options options = {.threads = 1, .stop = &stop};
    assert_int_equal(bg_whatif_open(scenario, &options, &self, &errors), BG_OK);
    assert_refused(self, "{\"ask\": \"run\"}", "", "0 of 1000", "中止");
    stop = 0;
    assert_figures_are_fresh(self, NULL);
    bg_whatif_free(self);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

static void each_number_of_futures_has_a_run_of_its_own(void **state)
{
    (void)state;
    bg_whatif *self = open_county();
    json_t *few = ask_well(self, "{\"ask\": \"run\", \"futures\": 100}");
    json_t *more = ask_well(self, "{\"ask\": \"run\", \"futures\": 200}");
    json_t *again = ask_well(self, "{\"ask\": \"run\", \"futures\": 100}");
    assert_false(json_equal(json_object_get(few, "result"), json_object_get(more, "result")));
    assert_true(json_equal(json_object_get(few, "result"), json_object_get(again, "result")));
    json_decref(few);
    json_decref(more);
    json_decref(again);
    bg_whatif_free(self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_those_of_a_fresh_run),
        cmocka_unit_test(what_is_set_is_told_and_whether_its_futures_are_new),
        cmocka_unit_test(a_value_that_cannot_be_leaves_what_was),
        cmocka_unit_test(a_request_that_is_none_says_why),
        cmocka_unit_test(a_run_is_the_result_of_the_command),
        cmocka_unit_test(tables_are_those_of_a_run_and_follow_what_is_set),
        cmocka_unit_test(the_catalogue_says_what_there_is_to_set_and_what_it_is),
        cmocka_unit_test(warnings_are_those_of_the_scenario_as_it_is),
        cmocka_unit_test(what_is_saved_is_the_scenario_with_what_was_set),
        cmocka_unit_test(a_stop_ends_what_runs_and_leaves_the_rest),
        cmocka_unit_test(each_number_of_futures_has_a_run_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
