#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "report/form_examples.h"
#include "report/parameters.h"

#include <baogan/projection.h>
#include <baogan/scenario.h>

/* What the examples are set in: lines, a plan with every kind of step that they show, a measure, benefit terms, a
 * sweep. */
static const char base[] =
    "history:\n"
    "  2023: {residents.inpatient.in: {cases: 1000, cost: 2000万, paid: 1000万},\n"
    "         residents.outpatient.in: {cases: 9000, cost: 900万, paid: 400万},\n"
    "         employees.inpatient.in: {cases: 300, cost: 900万, paid: 600万}}\n"
    "  2024: {residents.inpatient.in: {cases: 1000, cost: 2000万, paid: 1000万},\n"
    "         residents.outpatient.in: {cases: 9000, cost: 900万, paid: 400万},\n"
    "         employees.inpatient.in: {cases: 300, cost: 900万, paid: 600万}}\n"
    "  2025: {residents.inpatient.in: {cases: 1000, cost: 2000万, paid: 1000万},\n"
    "         residents.outpatient.in: {cases: 9000, cost: 900万, paid: 400万},\n"
    "         employees.inpatient.in: {cases: 300, cost: 900万, paid: 600万}}\n"
    "inputs: {quality: {kind: rate, empty: 0}}\n"
    "settlement:\n"
    "  - release: {fund: guarantee, by_score: {60: 100%, 0: 0%}}\n"
    "  - share_surplus: {}\n"
    "  - share_overspend: {}\n"
    "  - deduct: {gain: 0%}\n"
    "  - split: {county_hospital: 60%, township_centres: 30%, village_clinics: 10%}\n"
    "  - clear: {}\n"
    "simulation: {years: 2}\n"
    "benefits: {surgery: {lines: employees.inpatient.in, bands: {rest: 75%}}}\n"
    "budget: {adjustments: {new_ward: {amount: 100万}}}\n"
    "measures: {audits: {lines: residents.inpatient.in, from: 2026-01, cases: -1%,\n"
    "                    outlay: {amount: 1万, payer: pool}}}\n"
    "sweep: {axes: {growth: {key: demand.trend.prior, values: [2%, 4%]}},\n"
    "        figures: {result: mean(result.residents)}}\n";

/* NULL where it loads, else what is wrong; new string. */
static char *load(const char *text, const bg_form_example *example)
{
    char override[512];
    snprintf(override, sizeof override, "%s=%s", example->path, example->value);
    const char *const overrides[] = {override};
    bg_scenario *scenario = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_status status =
        bg_scenario_parse(text, strlen(text), "base", NULL, overrides, 1, &scenario, &errors);
    if (!status) {
        bg_model model;
        status = bg_model_read(scenario, &model, &errors);
        bg_model_free(&model);
    }
    size_t first = 0;
    while (status && errors.items[first].warning) {
        first++;
    }
    char *wrong = status ? bg_error_text(&errors.items[first], "en") : NULL;
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    return wrong;
}

static void every_example_loads(void **state)
{
    (void)state;
    int refused = 0;
    for (size_t i = 0; i < bg_form_example_count(); i++) {
        const bg_form_example *example = bg_form_example_row(i);
        assert_non_null(bg_catalogue_find(example->path));
        char *wrong = load(base, example);
        if (wrong) {
            print_error("%s=%s: %s\n", example->path, example->value, wrong);
            refused++;
        }
        free(wrong);
    }
    assert_int_equal(refused, 0);
}

/* Of a single text, name or choice the row itself says what it may be. */
static bool speaks_for_itself(const bg_parameter *row)
{
    return row->shape == BG_SHAPE_SECTION || row->shape == BG_SHAPE_ENTRIES ||
           (row->shape == BG_SHAPE_ONE && (row->type == BG_TYPE_TEXT || row->type == BG_TYPE_NAME ||
                                           row->type == BG_TYPE_CHOICE));
}

static void every_form_and_type_has_an_example(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        if (!speaks_for_itself(row) && bg_form_example_nearest(row) < (row->shape ? 1 : 2)) {
            fail_msg("%s has no example", row->path);
        }
    }
}

/* What `baogan params` prints of a path. */
static char *printed(const char *path, const char *language)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_parameters_text(path, language, stream), BG_OK);
    fclose(stream);
    return text;
}

static void assert_shows(const char *path, const char *language, const char *words, bool shown)
{
    char *text = printed(path, language);
    if ((strstr(text, words) != NULL) != shown) {
        fail_msg("%s in: %s", words, text);
    }
    free(text);
}

static void a_parameter_is_shown_with_examples_of_its_form(void **state)
{
    (void)state;
    assert_shows("budget.growth", "en", "--set 'budget.growth={2026: 6%, 2027: 5%, later: 3%}'",
                 true);
    assert_shows("budget.growth", "zh", "示例", true);
    /* Another key of the same form and type stands for one without an example of its own. */
    assert_shows("budget.growth_cap", "en", "--set 'budget.growth={2026: 6%", true);
    assert_shows("budget.growth_cap", "en", "pool[residents]", false);
    assert_shows("settlement[cap].gain", "en", "{by_score: {90: 0%, 60: 10%, 0: 20%}}", true);
    assert_shows("settlement[cap].gain", "en", "{input: quality, times: 0.5, ceiling: 20%}", true);
    assert_shows("settlement[cap].when", "zh", "{score: {from: 60, below: 80}", true);
    /* A section is shown by its own, behind its keys. */
    assert_shows("measures", "en", "--set 'measures={doctors: ", true);
    assert_shows("budget.funds", "zh", "示例", true);
    assert_shows("incidents", "en", "doctors", false);
    assert_shows("money_unit", "en", "--set", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_loads),
        cmocka_unit_test(every_form_and_type_has_an_example),
        cmocka_unit_test(a_parameter_is_shown_with_examples_of_its_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
