/* The catalogue as JSON Schema, judged by a validator of its own on the shipped scenarios. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include <cmocka.h>

#include "../../support/schema.h"
#include "report/parameters.h"

/* A plain scalar as JSON has it; text in quotes stays text. */
static json_t *scalar(const yaml_node_t *node)
{
    const char *text = (const char *)node->data.scalar.value;
    char *end;
    if (node->data.scalar.style == YAML_PLAIN_SCALAR_STYLE) {
        if (text[0] == '\0' || strcmp(text, "null") == 0) {
            return json_null();
        }
        if (strcmp(text, "true") == 0 || strcmp(text, "false") == 0) {
            return json_boolean(text[0] == 't');
        }
        long long integer = strtoll(text, &end, 10);
        if (*end == '\0') {
            return json_integer(integer);
        }
        double real = strtod(text, &end);
        if (*end == '\0') {
            return json_real(real);
        }
    }
    return json_string(text);
}

static json_t *json_of(yaml_document_t *document, yaml_node_t *node)
{
    if (node->type == YAML_SCALAR_NODE) {
        return scalar(node);
    }
    if (node->type == YAML_SEQUENCE_NODE) {
        json_t *list = json_array();
        for (yaml_node_item_t *item = node->data.sequence.items.start;
             item < node->data.sequence.items.top; item++) {
            json_array_append_new(list, json_of(document, yaml_document_get_node(document, *item)));
        }
        return list;
    }
    json_t *object = json_object();
    for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
         pair < node->data.mapping.pairs.top; pair++) {
        yaml_node_t *key = yaml_document_get_node(document, pair->key);
        json_object_set_new(object, (const char *)key->data.scalar.value,
                            json_of(document, yaml_document_get_node(document, pair->value)));
    }
    return object;
}

static json_t *loaded(yaml_parser_t *parser)
{
    yaml_document_t document;
    assert_true(yaml_parser_load(parser, &document));
    json_t *value = json_of(&document, yaml_document_get_root_node(&document));
    yaml_document_delete(&document);
    yaml_parser_delete(parser);
    return value;
}

static json_t *from_text(const char *text)
{
    yaml_parser_t parser;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_string(&parser, (const unsigned char *)text, strlen(text));
    return loaded(&parser);
}

static json_t *from_file(const char *path)
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    yaml_parser_t parser;
    assert_true(yaml_parser_initialize(&parser));
    yaml_parser_set_input_file(&parser, file);
    json_t *value = loaded(&parser);
    fclose(file);
    return value;
}

static bool accepts(const char *text, char *why, size_t size)
{
    json_t *schema = bg_scenario_schema("en");
    json_t *value = from_text(text);
    bool accepted = schema_accepts(schema, value, why, size);
    json_decref(value);
    json_decref(schema);
    return accepted;
}

static void the_schema_accepts_every_scenario_that_is_shipped(void **state)
{
    (void)state;
    static const char *const patterns[] = {"scenarios/*.yaml", "scenarios/actuals/*.yaml",
                                           "tests/cases/*.yaml"};
    json_t *schema = bg_scenario_schema("en");
    glob_t found;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        assert_int_equal(glob(patterns[i], i ? GLOB_APPEND : 0, NULL, &found), 0);
    }
    for (size_t i = 0; i < found.gl_pathc; i++) {
        char why[256] = "";
        json_t *value = from_file(found.gl_pathv[i]);
        if (!schema_accepts(schema, value, why, sizeof why)) {
            fail_msg("%s: %s", found.gl_pathv[i], why);
        }
        json_decref(value);
    }
    globfree(&found);
    json_decref(schema);
}

static void the_schema_accepts_every_form_of_a_value(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "budget: {growth: 5%}",
        "budget: {growth: 0.05}",
        "budget: {growth: {2025: 5%, later: 0.04}}",
        "budget: {growth: null}",
        "budget: {growth: {2025: null, later: 4%}, funds: {replace: all, risk: 2%}}",
        "settlement: {share_surplus: {bands: {8%: 50%}}, clear: null}",
        "budget: {funds: {risk: 2%, own: {rate: 1%, carry_over: yes}}}",
        "budget: {base: {trend_years: 0, weights: [1, 2, 3.5]}}",
        "history: {2022: 1.2亿, 2023: {total: {paid: 36.47M}}, 2024: 100}",
        "history: {csv: history.csv}",
        "people: {residents: 500000, employees: {count: 3, growth: -1%}}",
        "title: {en: A, zh: B}",
        "title: A",
        "settlement: [{disallow: {}}, {release: {by_score: {90: 100%, 0: 0}}}, {clear: {}}]",
        "settlement: [{share_surplus: {bands: {10%: 100%, rest: 0%}}}]",
        "demand: {services: {dental: {cost_cv: 2}}, lines: {residents.dental.in: {cost_cv: 3}}}",
        "标题: 甲",
        "年度总额: {增长率: {2026年: 6%, 以后: 3%}, 预留资金: {risk: {比例: 2%, 结转: 是}}}",
        "年度清算: [{返还: {按得分: {90: 100%, 0: 0}, 其余: 统筹基金}}, {多退少补: {}}]",
        "清算: [{超支分担: {分档: {5%: 40%, 其余: {按考核得分: {80: 5%, 0: 0}}}}}]",
        "money_unit: 百万元",
        "参保人数: {城乡居民: {人数: 500000}}",
        "实际数: {2026年: {居民: {基金支出: 118M, 考核得分: 90}}}",
        "actual: {2025: 118M, 2026: {employees: {expense: 3M, opening: {risk: 1M}}}}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char why[256] = "";
        if (!accepts(texts[i], why, sizeof why)) {
            fail_msg("%s: %s", texts[i], why);
        }
    }
}

static void the_schema_refuses_what_the_loader_refuses(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "bugdet: {growth: 5%}",
        "budget: {growht: 5%}",
        "budget: {growth: 5 percent}",
        "年度总额: {增长: 5%}",
        "年度总额: {增长率: 1.5}",
        "budget: {growth: 1.5}",
        "budget: {growth: -0.6}",
        "budget: {growth: {soon: 5%}}",
        "budget: {later_rule: sometimes}",
        "budget: {base: {trend_years: 2}}",
        "budget: {base: {weights: {}}}",
        "history: {csv: h.csv, then: 1M}",
        "history: {later: 1M}",
        "people: {residents: 0}",
        "people: {residents: 1.5}",
        "settlement: [{divide: {}}]",
        "settlement: [{disallow: {}, clear: {}}]",
        "settlement: [{cover_emergency: {include_rebound: maybe}}]",
        "simulation: {replications: many}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char why[256] = "";
        if (accepts(texts[i], why, sizeof why)) {
            fail_msg("accepted: %s", texts[i]);
        }
    }
}

static void every_row_of_the_catalogue_is_in_the_json(void **state)
{
    (void)state;
    json_t *list = bg_parameters_json(NULL);
    assert_int_equal(json_array_size(list), bg_catalogue_count());
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const json_t *row = json_array_get(list, i);
        assert_string_equal(json_string_value(json_object_get(row, "path")),
                            bg_catalogue_row(i)->path);
    }
    json_decref(list);
}

static void a_default_that_depends_on_the_year_is_shown_as_of_each(void **state)
{
    (void)state;
    static const struct {
        const char *path, *standard, *before;
    } cases[] = {
        {"demand.trend.prior", "5%", "2024: 6%"},
        {"demand.services[chronic].cost_trend", "-3%", "2024: 0%"},
        {"demand.trend.prior_sd", "3%", NULL}, /* another source, the same value */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        assert_non_null(stream);
        assert_int_equal(bg_parameters_text(cases[i].path, "en", stream), BG_OK);
        fclose(stream);
        assert_non_null(strstr(text, "as of 2025"));
        assert_non_null(strstr(text, "as of 2024"));
        free(text);
        json_t *list = bg_parameters_json(cases[i].path);
        const json_t *row = json_array_get(list, 0), *before;
        assert_string_equal(json_string_value(json_object_get(row, "default")), cases[i].standard);
        before = json_object_get(row, "earlier_defaults");
        assert_int_equal(json_is_null(before), cases[i].before == NULL);
        if (cases[i].before) {
            assert_string_equal(json_string_value(before), cases[i].before);
        }
        json_decref(list);
    }
}

static void a_prefix_ends_at_a_dot_or_a_bracket(void **state)
{
    (void)state;
    const bg_parameter growth = {.path = "budget.growth"};
    const bg_parameter cap = {.path = "budget.growth_cap"};
    const bg_parameter rate = {.path = "budget.funds[].rate"};
    assert_true(bg_parameter_under(&growth, NULL));
    assert_true(bg_parameter_under(&growth, "budget"));
    assert_false(bg_parameter_under(&cap, "budget.growth"));
    assert_true(bg_parameter_under(&rate, "budget.funds"));
    assert_false(bg_parameter_under(&rate, "budget.fund"));
    assert_true(bg_parameter_under(bg_catalogue_find("people[residents].growth"),
                                   "people[residents].growth"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_schema_accepts_every_scenario_that_is_shipped),
        cmocka_unit_test(the_schema_accepts_every_form_of_a_value),
        cmocka_unit_test(the_schema_refuses_what_the_loader_refuses),
        cmocka_unit_test(every_row_of_the_catalogue_is_in_the_json),
        cmocka_unit_test(a_default_that_depends_on_the_year_is_shown_as_of_each),
        cmocka_unit_test(a_prefix_ends_at_a_dot_or_a_bracket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
