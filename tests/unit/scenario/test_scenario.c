#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- values ---- */

static int64_t value_at(const bg_scenario *scenario, const char *path)
{
    const bg_node *node = bg_scenario_find(scenario, path);
    if (node && node->kind == BG_NODE_VALUE) {
        return node->value.integer;
    }
    fail_msg("there is no value at %s", path);
    return 0;
}

static int64_t value_of(const char *text, const char *path)
{
    bg_scenario *scenario = scenario_of(text, NULL);
    int64_t value = value_at(scenario, path);
    bg_scenario_free(scenario);
    return value;
}

static void values_of_every_type_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path;
        int64_t value;
    } cases[] = {
        {"simulation: {seed: 9223372036854775807}", "simulation.seed", INT64_MAX},
        {"simulation: {replications: \"20,000\"}", "simulation.replications", 20000},
        {"people: {residents: {count: 50万}}", "people[residents].count", 500000},
        {"people: {residents: {count: '500000'}}", "people[residents].count", 500000},
        {"simulation: {first_year: 2025}", "simulation.first_year", 2025},
        {"budget: {growth: 3%}", "budget.growth", 30000000000},
        {"budget: {growth: 0.03}", "budget.growth", 30000000000},
        {"budget: {growth: -0.000000000001}", "budget.growth", -1},
        {"performance: {score: 88.5}", "performance.score", 88500000000000},
        {"budget: {later_rule: per_capita}", "budget.later_rule", 2},
        {"budget: {base: {trend_years: 0}}", "budget.base.trend_years", 0},
        {"budget: {funds: {risk: {carry_over: Yes}}}", "budget.funds[risk].carry_over", 1},
        {"budget: {funds: {risk: {carry_over: false}}}", "budget.funds[risk].carry_over", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(value_of(cases[i].text, cases[i].path), cases[i].value);
    }
}

static void money_counts_in_the_unit_of_the_file_unless_it_has_a_suffix(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t fen;
    } cases[] = {
        {"history: {2024: 52000.5}", 5200050},
        {"money_unit: wan\nhistory: {2024: 52000.5}", INT64_C(52000500000)},
        {"history: {2024: 1.2}\nmoney_unit: yi", INT64_C(12000000000)},
        {"history: {2024: 1.2}\nmoney_unit: 亿元", INT64_C(12000000000)},
        {"money_unit: 万元\nhistory: {2024: \"￥５２，０００．５\"}", INT64_C(52000500000)},
        {"money_unit: wan\nhistory: {2024: 1.2亿}", INT64_C(12000000000)},
        {"money_unit: yi\nhistory: {2024: 4100万}", INT64_C(4100000000)},
        {"money_unit: wan\nhistory: {2024: 36.47M}", INT64_C(3647000000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(value_of(cases[i].text, "history[2024][total].paid"), cases[i].fen);
    }
}

static void prices_are_yuan_whatever_the_unit_of_the_file(void **state)
{
    (void)state;
    assert_int_equal(value_of("money_unit: wan\npool: {residents: {income_per_head: 1215.9}}",
                              "pool[residents].income_per_head"),
                     121590);
}

static void a_single_value_stands_for_a_section_with_a_shorthand(void **state)
{
    (void)state;
    assert_int_equal(value_of("people: {residents: 500000}", "people[residents].count"), 500000);
    assert_int_equal(value_of("budget: {funds: {risk: 2%}}", "budget.funds[risk].rate"),
                     20000000000);
    assert_int_equal(value_of("history: {2024: {residents.inpatient.in: 7}}",
                              "history[2024][residents.inpatient.in].paid"),
                     700);
    assert_int_equal(value_of("actual: {2025: 118}", "actual[2025][residents].expense"), 11800);
}

static void tables_keep_the_value_of_their_keys(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("budget: {growth: {2025: 6%, 2027: 4%, later: 5%}}\n"
                    "settlement: [{share_surplus: {bands: {5%: 1, 0.1: 50%, rest: 0}}},\n"
                    "             {release: {by_score: {90: 1, 72.5: 50%, 0: 0}}}]\n",
                    NULL);
    assert_int_equal(bg_scenario_find(scenario, "budget.growth[2027]")->limit, 2027);
    const bg_node *bands = bg_scenario_find(scenario, "settlement[share_surplus].bands");
    assert_int_equal(bg_node_count(bands), 3);
    assert_int_equal(bg_node_child(bands, "5%")->limit, BG_ONE / 20);
    assert_int_equal(bg_node_child(bands, "0.1")->limit, BG_ONE / 10);
    assert_int_equal(bg_node_child(bands, "rest")->limit, INT64_MAX);
    assert_int_equal(bg_scenario_find(scenario, "settlement[release].by_score[72.5]")->limit,
                     145 * BG_ONE / 2);
    bg_scenario_free(scenario);
}

static void a_value_by_year_holds_for_its_year_then_later_then_other(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("budget: {growth: {2025: 1%, 2027: 2%, later: 3%, other: 4%},\n"
                    "         growth_cap: {2025: 1%, later: 3%}, per_head: 5}",
                    NULL);
    const bg_node *budget = bg_scenario_find(scenario, "budget");
    const bg_node *growth = bg_node_child(budget, "growth");
    assert_string_equal(bg_node_in_year(growth, 2025)->text, "1%");
    assert_string_equal(bg_node_in_year(growth, 2026)->text, "4%");
    assert_string_equal(bg_node_in_year(growth, 2027)->text, "2%");
    assert_string_equal(bg_node_in_year(growth, 2028)->text, "3%");
    assert_string_equal(bg_node_in_year(growth, 2024)->text, "4%");
    assert_null(bg_node_in_year(bg_node_child(budget, "growth_cap"), 2024));
    assert_string_equal(bg_node_in_year(bg_node_child(budget, "per_head"), 2040)->text, "5");
    assert_null(bg_node_in_year(NULL, 2025));
    bg_scenario_free(scenario);
}

static void texts_fall_back_to_the_other_language(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("title: {en: County, zh: 县}\ndescription: {zh: 说明}", NULL);
    const bg_node *title = bg_scenario_find(scenario, "title");
    assert_string_equal(bg_node_in_language(title, "zh"), "县");
    assert_string_equal(bg_node_in_language(title, "en"), "County");
    const bg_node *description = bg_scenario_find(scenario, "description");
    assert_string_equal(bg_node_in_language(description, "en"), "说明");
    assert_string_equal(bg_node_in_language(NULL, "en"), "");
    bg_scenario_free(scenario);
    scenario = scenario_of("title: County", NULL);
    assert_string_equal(bg_node_in_language(bg_scenario_find(scenario, "title"), "zh"), "County");
    bg_scenario_free(scenario);
}

static void lookups_of_what_is_not_there_give_nothing(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("history: {2024: 5}", NULL);
    assert_null(bg_scenario_find(scenario, "history[2023]"));
    assert_null(bg_scenario_find(scenario, "history[2024"));
    assert_null(bg_scenario_find(scenario, "budget.growth.x"));
    assert_null(bg_scenario_find(NULL, "budget"));
    assert_null(bg_node_child(NULL, "x"));
    assert_int_equal(bg_node_count(NULL), 0);
    assert_string_equal(bg_scenario_file(scenario), "t.yaml");
    bg_scenario_free(scenario);
    bg_scenario_free(NULL);
}

static void a_value_knows_where_it_stands_and_whence_it_comes(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("budget:\n  growth: 7%\n", "budget.growth_cap=8%");
    const bg_node *growth = bg_scenario_find(scenario, "budget.growth");
    assert_string_equal(growth->mark.file, "t.yaml");
    assert_int_equal(growth->mark.line, 2);
    assert_int_equal(growth->mark.column, 11);
    assert_int_equal(growth->origin, BG_ORIGIN_FILE);
    assert_string_equal(growth->path, "budget.growth");
    assert_string_equal(growth->text, "7%");
    const bg_node *cap = bg_scenario_find(scenario, "budget.growth_cap");
    assert_string_equal(cap->mark.file, "--set");
    assert_true(cap->mark.override);
    assert_false(growth->mark.override);
    assert_int_equal(cap->origin, BG_ORIGIN_OVERRIDE);
    const bg_node *rule = bg_scenario_find(scenario, "budget.later_rule");
    assert_null(rule->mark.file);
    assert_int_equal(rule->origin, BG_ORIGIN_DEFAULT);
    bg_scenario_free(scenario);
}

/* ---- defaults ---- */

static void every_section_with_a_default_exists_in_an_empty_scenario(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("{}", NULL);
    assert_int_equal(value_at(scenario, "budget.funds[guarantee].rate"), 3 * BG_ONE / 100);
    assert_int_equal(value_at(scenario, "budget.funds[risk].carry_over"), 1);
    assert_int_equal(value_at(scenario, "budget.funds[guarantee].opening"), 0);
    assert_int_equal(value_at(scenario, "people[employees].growth"), 2 * BG_ONE / 100);
    assert_int_equal(value_at(scenario, "pool[residents].growth"), 3 * BG_ONE / 100);
    assert_int_equal(value_at(scenario, "demand.services[inpatient].cost_cv"), 106 * BG_ONE / 100);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement")), 7);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "demand.season")), 12);
    assert_null(bg_scenario_find(scenario, "history"));
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "actual")), 0);
    bg_scenario_free(scenario);
}

static void a_service_of_the_history_has_its_defaults(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("history: {2024: {residents.dental.out: 5}}", NULL);
    assert_int_equal(value_at(scenario, "demand.services[dental].cost_cv"), BG_ONE);
    assert_string_equal(bg_scenario_find(scenario, "demand.services[dental].severity")->text,
                        "gamma");
    bg_scenario_free(scenario);
}

static void a_section_that_is_written_keeps_the_defaults_of_its_other_keys(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("demand: {services: {inpatient: {cost_cv: 2}}}\n"
                    "settlement: [{share_overspend: {name: loss, bands: {rest: 1}}}]\n"
                    "actual: {2025: {employees: {expense: 3}}}",
                    NULL);
    assert_int_equal(value_at(scenario, "demand.services[inpatient].cost_cv"), 2 * BG_ONE);
    assert_int_equal(value_at(scenario, "demand.services[inpatient].dispersion"), 2 * BG_ONE);
    assert_string_equal(bg_scenario_find(scenario, "settlement[loss].payer")->text, "pool");
    assert_string_equal(bg_scenario_find(scenario, "settlement[loss].when_short")->path,
                        "settlement[loss].when_short");
    assert_int_equal(value_at(scenario, "actual[2025][employees].disallowed"), 0);
    bg_scenario_free(scenario);
}

static void entries_that_are_written_stand_in_place_of_the_default_entries(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("budget: {funds: {reserve: 1%}}", NULL);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.funds")), 1);
    bg_scenario_free(scenario);
}

/* ---- errors ---- */

typedef struct wrong {
    const char *text, *place, *message;
} wrong;

static void assert_wrong(const wrong *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char *messages = messages_of_text(cases[i].text, NULL);
        assert_reports(messages, cases[i].place);
        assert_reports(strstr(messages, cases[i].place), cases[i].message);
        assert_ptr_equal(strstr(messages, cases[i].place), messages);
        free(messages);
    }
}

#define ASSERT_WRONG(cases) assert_wrong(cases, sizeof(cases) / sizeof(cases)[0])

static void text_that_is_no_yaml_is_refused_with_its_place(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"", "t.yaml:1:1: ", "the file is empty"},
        {"# only a comment\n", "t.yaml:1:1: ", "the file is empty"},
        {"budget: [1, 2\n", "t.yaml:2:1: ", "not well-formed YAML"},
        {"a: 1\n  b: 2\n", "t.yaml:2:4: ", "mapping values are not allowed"},
        {"budget:\n\tgrowth: 5%\n", "t.yaml:2:1: ", "indent with spaces, not tabs"},
        {"budget: \"x\n", "t.yaml:2:1: ", "not well-formed YAML"},
        {"budget: {growth: \"\x01\"}\n", "t.yaml:1:19: ", "control characters are not allowed"},
        {"a: 1\n---\nb: 2\n", "t.yaml:2:1: ", "a second YAML document"},
        {"budget: &x {}\n", "t.yaml:1:9: ", "anchors (&) are not allowed"},
        {"budget: *x\n", "t.yaml:1:9: ", "aliases (*) are not allowed"},
        {"budget: !!map {}\n", "t.yaml:1:9: ", "tags (!) are not allowed"},
        {"{a: 1}: 2\n", "t.yaml:1:1: ", "a key must be a single word"},
        {"? [a]\n: 2\n", "t.yaml:1:3: ", "a key must be a single word"},
    };
    ASSERT_WRONG(cases);
}

static void a_key_that_stands_twice_is_refused(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"budget: {}\npool: {}\nbudget: {}\n", "t.yaml:3:1: ", "first stands in line 1"},
        {"budget: {growth: 1%, growth: 2%}\n", "t.yaml:1:22: ", "\"growth\" stands here a second"},
        {"budget: {growth: {2025: 1%, 2025: 2%}}\n", "t.yaml:1:29: ", "\"2025\""},
        {"settlement: [{clear: {}}, {clear: {name: clear}}]",
         "t.yaml:1:27: settlement: ", "two steps have the name \"clear\""},
    };
    ASSERT_WRONG(cases);
}

static void an_unknown_key_is_refused_and_the_nearest_suggested(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"budgt: {}\n", "t.yaml:1:1: budgt: ", "did you mean budget?"},
        {"budget:\n  grwoth: 3%\n", "t.yaml:2:3: budget.grwoth: ", "did you mean budget.growth?"},
        {"growth_cap: 3%\n", "t.yaml:1:1: growth_cap: ", "did you mean budget.growth_cap?"},
        {"settlement: [{clear: {xyzzy: 1}}]\n",
         "t.yaml:1:23: settlement[clear].xyzzy: ", "allowed here: no keys"},
        {"budget: {prepayment: {xyzzy: 1}}\n", "t.yaml:1:23: budget.prepayment.xyzzy: ",
         "allowed here: ratio, months, shares, quarter_month, approved, delay, "
         "ceiling, funds, outside, outside_share."},
        {"budget: {a.b: 1}\n", "t.yaml:1:10: budget.a.b: ", "not known"},
        {"budget: {\"\": 1}\n", "t.yaml:1:10: budget.: ", "not known"},
        {"budget: {\"\\x1b[31m\": 1}\n", "t.yaml:1:10: budget.?[31m: ", "not known"},
        {"people: {resident: 1}\n", "t.yaml:1:10: people: ", "residents or employees"},
        {"settlement: [{shear: {}}]\n", "t.yaml:1:14: settlement: ",
         "the step \"shear\" is not known; allowed are disallow, release,"},
    };
    ASSERT_WRONG(cases);
}

static void a_value_of_the_wrong_kind_is_refused_and_the_right_one_named(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"budget: {growth: abc}\n", "t.yaml:1:18: budget.growth: ",
         "\"abc\" is not allowed; allowed is a rate such as 3% or 0.03, with at most 12 decimals, "
         "from -50% to 100%."},
        {"budget: {growth: [1]}\n", "t.yaml:1:18: budget.growth: ", "a list stands here"},
        {"budget: {later_rule: {}}\n", "t.yaml:1:22: budget.later_rule: ",
         "a map of keys stands here; allowed is one of previous_total, rolling, per_capita."},
        {"budget: {later_rule: roling}\n", "t.yaml:1:22: budget.later_rule: ", "one of previous"},
        {"budget: 5\n", "t.yaml:1:9: budget: ", "a single value stands here; allowed is a map"},
        {"budget：5%\n", "t.yaml:1:1: ", "write \": \" for"},
        {"- 1\n", "t.yaml:1:1: ", "a list stands here; allowed is a map of keys"},
        {"simulation: {seed: 1.5}\n", "t.yaml:1:20: simulation.seed: ", "a whole number"},
        {"simulation: {seed: 9223372036854775808}\n",
         "t.yaml:1:20: simulation.seed: ", "9223372036854775808 is larger than baogan can hold"},
        {"budget: {funds: {a: {carry_over: 1}}}\n",
         "t.yaml:1:34: budget.funds[a].carry_over: ", "true or false"},
        {"budget: {base: {weights: {}}}\n",
         "t.yaml:1:26: budget.base.weights: ", "a list of values"},
        {"measures: {a: {from: 2026-13}}\n",
         "t.yaml:1:22: measures[a].from: ", "a month such as 2026-07"},
        {"measures: {a: {from: 2026-007}}\n", "t.yaml:1:22: measures[a].from: ", "2026-007"},
        {"measures: {a: {from: 2026年13月}}\n", "t.yaml:1:22: measures[a].from: ", "2026年13月"},
        {"measures: {a: {lines: []}}\n", "t.yaml:1:23: measures[a].lines: ", "the list is empty"},
        {"settlement_payers: []\n", "t.yaml:1:20: settlement_payers: ", "the list is empty"},
        {"measures: {a: {from: 2026}}\n", "t.yaml:1:22: measures[a].from: ", "2026"},
        {"measures: {a: {from: 1989-12}}\n", "t.yaml:1:22: measures[a].from: ", "a month such as"},
        {"budget: {base: {weights: [1, x]}}\n", "t.yaml:1:30: budget.base.weights[2]: ", "\"x\""},
        {"budget: {base: {weights: [1, ~]}}\n",
         "t.yaml:1:30: budget.base.weights[2]: ", "null stands here"},
        {"settlement: {}\n", "t.yaml:1:13: settlement: ", "a list of steps"},
        {"settlement: [[]]\n", "t.yaml:1:14: settlement: ", "a step is written"},
        {"settlement: [{clear: {}, split: {}}]\n",
         "t.yaml:1:14: settlement: ", "a step is written"},
        {"settlement: [{clear: [{name: x}]}]\n",
         "t.yaml:1:22: settlement[clear]: ", "a list stands here"},
        {"settlement: [{release: {fund: 'a[b'}}]\n",
         "t.yaml:1:31: settlement[release].fund: ", "a name of at most 64 bytes"},
        {"title: {fr: x}\n", "t.yaml:1:9: title: ", "\"en\" or \"zh\""},
        {"money_unit: fen\n", "t.yaml:1:13: money_unit: ", "one of yuan, thousand, wan"},
        {"history: {2024: 99999999999999亿}\n",
         "t.yaml:1:17: history[2024][total].paid: ", "larger than baogan can hold"},
    };
    ASSERT_WRONG(cases);
}

static void a_key_of_a_table_that_cannot_be_one_is_refused(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"budget: {growth: {25: 1%}}\n", "t.yaml:1:19: budget.growth: ", "a year from 1990"},
        {"budget: {growth: {latter: 1%}}\n", "t.yaml:1:19: budget.growth: ", "\"later\""},
        {"budget: {growth: {}}\n", "t.yaml:1:18: budget.growth: ", "a table such as"},
        {"history: {20244: 1}\n", "t.yaml:1:11: history: ", "a year from 1990 to 2200"},
        {"history: {cvs: x.csv}\n", "t.yaml:1:11: history: ", "a year from 1990 to 2200"},
        {"history: {2024: {resident.total: 1}}\n", "t.yaml:1:18: history[2024]: ", "a line"},
        {"history: {2024: {residents.a.upstairs: 1}}\n",
         "t.yaml:1:18: history[2024]: ", "the place in or out"},
        {"actual: {2025: {farmers: 1}}\n", "t.yaml:1:17: actual[2025]: ", "residents or employees"},
        {"settlement: [{share_surplus: {bands: {0%: 1}}}]\n",
         "t.yaml:1:39: settlement[share_surplus].bands: ", "an upper limit above 0"},
        {"settlement: [{share_surplus: {bands: {10%: 1, 0.1: 1}}}]\n",
         "t.yaml:1:52: settlement[share_surplus].bands: ", "upper limits must rise"},
        {"benefits: {a: {bands: {10%: 1, rest: 1}}}\n",
         "t.yaml:1:24: benefits[a].bands: ", "an upper limit in yuan"},
        {"benefits: {a: {bands: {2000: 1, 1000: 1}}}\n",
         "t.yaml:1:39: benefits[a].bands: ", "upper limits must rise"},
        {"settlement: [{share_surplus: {bands: {rest: 1, 10%: 1}}}]\n",
         "t.yaml:1:53: settlement[share_surplus].bands: ", "\"rest\" comes last"},
        {"settlement: [{release: {by_score: {101: 1}}}]\n",
         "t.yaml:1:36: settlement[release].by_score: ", "a score from 0 to 100"},
        {"settlement: [{release: {by_score: {60: 1, 90: 1}}}]\n",
         "t.yaml:1:47: settlement[release].by_score: ", "must fall"},
        {"settlement: [{split: {'a,b': 1}}]\n", "t.yaml:1:23: settlement[split]: ", "a name"},
    };
    ASSERT_WRONG(cases);
}

static void a_value_out_of_its_range_is_refused_and_the_range_named(void **state)
{
    (void)state;
    static const wrong cases[] = {
        {"people: {residents: -5}\n", "t.yaml:1:21: people[residents].count: ",
         "-5 is out of range; allowed is a whole number such as 12 or 500,000, from 1 to "
         "2000000000 persons."},
        {"people: {residents: .nan}\n",
         "t.yaml:1:21: people[residents].count: ", "from 1 to 2000000000 persons."},
        {"budget: {growth: .inf}\n", "t.yaml:1:18: budget.growth: ", "from -50% to 100%."},
        {"budget: {growth: NaN}\n", "t.yaml:1:18: budget.growth: ", "from -50% to 100%."},
        {"budget: {growth: {2026: 101%}}\n",
         "t.yaml:1:25: budget.growth[2026]: ", "101% is out of range"},
        {"history: {2024: -0.01}\n",
         "t.yaml:1:17: history[2024][total].paid: ", "at least 0 yuan."},
        {"schema: 2\n", "t.yaml:1:9: schema: ", "only 1."},
        {"simulation: {years: 21}\n", "t.yaml:1:21: simulation.years: ", "from 1 to 20 years."},
    };
    ASSERT_WRONG(cases);
}

static void the_ends_of_a_range_belong_to_it(void **state)
{
    (void)state;
    assert_int_equal(value_of("budget: {growth: -50%}", "budget.growth"), -BG_ONE / 2);
    assert_int_equal(value_of("budget: {growth: 100%}", "budget.growth"), BG_ONE);
    char *messages = messages_of_text("budget: {growth: 15%}", NULL);
    assert_string_equal(messages, "");
    free(messages);
}

static void an_unusual_value_is_a_warning(void **state)
{
    (void)state;
    char *messages = messages_of_text("budget: {growth: 20.1%}", NULL);
    assert_reports_only(messages, "warning: t.yaml:1:18: budget.growth: 20.1% is unusual; usual is "
                                  "from -5% to 20%.\n");
    free(messages);
}

static void a_table_with_nothing_in_a_place_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"settlement: [{share_surplus: {bands: {5%: , rest: 0%}}}]",
         "t.yaml:1:39: nothing stands behind \"5%:\""},
        {"settlement: [{split: {a: , b: 100%}}]", "nothing stands behind \"a:\""},
        {"settlement: [{clear: }]", "nothing stands behind \"clear:\""},
        {"budget: {growth: {2025: , later: 5%}}", "nothing stands behind \"2025:\""},
        {"budget: {growth: }", "nothing stands behind \"growth:\""},
        {"history: {2024: 5}\nbudget:\npeople: {residents: 4}",
         "t.yaml:2:1: nothing stands behind \"budget:\""},
        {"money_unit: ", "nothing stands behind \"money_unit:\""},
        {"demand:\n  season:\n  - 1\n  -\n  - 2\n", "an item of this list is empty"},
        {"budget: {growth: ~}", "t.yaml:1:18: budget.growth: null removes what a file says"},
        {"budget: {growth: {2025: null, later: 5%}}", "budget.growth[2025]: null removes"},
        {"settlement: [{split: {a: null, b: 100%}}]", "settlement[split][a]: null removes"},
        {"settlement: [{clear: null}]", "settlement[clear]: null removes"},
        {"settlement: [{release: {share: {by_score: null}}}]", "null cannot stand inside a rule"},
        {"budget: {base: {weights: [1, ]}}", ""},
        {"budget: {base: {weights: [1, null]}}", "budget.base.weights[2]: null stands here"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *messages = messages_of_text(cases[i].text, NULL);
        assert_reports(messages, cases[i].message);
        assert_int_equal(strlen(messages) > 0, strlen(cases[i].message) > 0);
        free(messages);
    }
}

static void all_errors_of_a_file_are_reported_at_once(void **state)
{
    (void)state;
    char *messages = messages_of_text("budgt: {}\n"
                                      "budget: {growth: x, prepayment: {ratio: 101%}}\n"
                                      "settlement: [{foo: {}}, {clear: {a: 1}}]\n"
                                      "simulation: {years: 0}\n",
                                      NULL);
    static const char *const places[] = {"t.yaml:1:1: ",  "t.yaml:2:18: ", "t.yaml:2:41: ",
                                         "t.yaml:3:14: ", "t.yaml:3:34: ", "t.yaml:4:21: "};
    const char *at = messages;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        assert_int_equal(strncmp(at, places[i], strlen(places[i])), 0);
        at = strchr(at, '\n') + 1;
    }
    assert_string_equal(at, "");
    free(messages);
}

/* `before`, n times `text`, `after`, in a new string. */
static char *repeated(const char *before, const char *text, size_t n, const char *after)
{
    size_t size = strlen(before) + n * strlen(text) + strlen(after) + 1;
    char *all = malloc(size);
    assert_non_null(all);
    size_t used = (size_t)snprintf(all, size, "%s", before);
    for (size_t i = 0; i < n; i++) {
        used += (size_t)snprintf(all + used, size - used, "%s", text);
    }
    snprintf(all + used, size - used, "%s", after);
    return all;
}

static void a_flood_of_errors_is_cut_short(void **state)
{
    (void)state;
    char *text = repeated("demand: {season: [", "x, ", 900, "1]}");
    char *messages = messages_of_text(text, NULL);
    assert_reports(messages, "there are more errors than the 200 listed");
    size_t lines = 0;
    for (const char *c = messages; *c; c++) {
        lines += *c == '\n';
    }
    assert_int_equal(lines, 201);
    free(messages);
    free(text);
}

static void assert_limited(char *text, const char *message)
{
    char *messages = messages_of_text(text, NULL);
    assert_reports(messages, message);
    free(messages);
    free(text);
}

static void what_is_too_large_or_too_deep_is_refused(void **state)
{
    (void)state;
    assert_limited(repeated("a: ", "[", 1000000, ""), "nested more than 16 deep");
    assert_limited(repeated("", "{a: ", 1000000, ""), "nested more than 16 deep");
    assert_limited(repeated("", "- ", 1000000, ""), "nested more than 16 deep");
    assert_limited(repeated("title: ", "x", 65537, ""), "longer than 65536 bytes");
    assert_limited(repeated("title: [", "x, ", 1001, "]"), "more than 1000 entries");
    char *inner = repeated("  - [", "x, ", 1000, "]\n");
    assert_limited(repeated("a:\n", inner, 101, ""), "more than 100000 keys and values");
    free(inner);
    assert_limited(repeated("", "#", (16 << 20) + 1, ""), "larger than 16777216 bytes");
}

static void text_in_gb18030_is_read(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("title: \xCF\xD8\n", NULL); /* 县 */
    assert_string_equal(bg_scenario_find(scenario, "title")->text, "县");
    bg_scenario_free(scenario);
    char *said = messages_of_text("title: \xCF\xD8\nhistory: {2024: 100}\n", NULL);
    assert_reports(said, "The text is not UTF-8; it is read as GB18030.");
    free(said);
    char *messages = messages_of_text("title: \xFF\xFF\n", NULL);
    assert_reports(messages, "t.yaml");
    free(messages);
}

static void what_is_just_small_and_flat_enough_is_read(void **state)
{
    (void)state;
    char *inner = repeated("budget: {base: {weights: [", "1, ", 1000, "]}}");
    bg_scenario *scenario = scenario_of(inner, NULL);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.base.weights")), 1000);
    bg_scenario_free(scenario);
    free(inner);
    char *title = repeated("title: ", "x", 65536, "");
    scenario = scenario_of(title, NULL);
    assert_int_equal(strlen(bg_scenario_find(scenario, "title")->text), 65536);
    bg_scenario_free(scenario);
    free(title);
    char *nested = messages_of_text("a: [[[[[[[[[[[[[[[]]]]]]]]]]]]]]]", NULL); /* 16 deep */
    assert_reports(nested, "t.yaml:1:1: a: this key is not known");
    free(nested);
}

/* ---- steps ---- */

static void steps_go_by_their_name_or_kind_or_number(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("settlement:\n"
                                        "  - disallow: {}\n"
                                        "  - cap: {gain: 1%}\n"
                                        "  - cap: {gain: 2%}\n"
                                        "  - cap: {gain: 3%, name: last}\n"
                                        "  - clear\n",
                                        NULL);
    const bg_node *step = bg_scenario_find(scenario, "settlement")->child;
    static const char *const keys[] = {"disallow", "cap#1", "cap#2", "last", "clear"};
    static const char *const kinds[] = {"disallow", "cap", "cap", "cap", "clear"};
    for (size_t i = 0; i < 5; i++, step = step->next) {
        assert_string_equal(step->key, keys[i]);
        assert_string_equal(step->text, kinds[i]);
        assert_int_equal(step->kind, BG_NODE_MAP);
    }
    assert_null(step);
    assert_string_equal(bg_scenario_find(scenario, "settlement[last].gain")->text, "3%");
    bg_scenario_free(scenario);
}

/* ---- overrides ---- */

static void an_override_sets_one_value(void **state)
{
    (void)state;
    static const struct {
        const char *text, *override, *path;
        int64_t value;
    } cases[] = {
        {"{}", "budget.growth=7%", "budget.growth", 7 * BG_ONE / 100},
        {"budget: {growth: 1%}", "budget.growth= 7%", "budget.growth", 7 * BG_ONE / 100},
        {"budget: {growth: 1%}", "budget.growth[2027]=7%", "budget.growth[2027]", 7 * BG_ONE / 100},
        {"budget: {growth: 1%}", "budget.growth[2027]=7%", "budget.growth[other]", BG_ONE / 100},
        {"budget: {growth: {2027: 1%}}", "budget.growth[2027]=7%", "budget.growth[2027]",
         7 * BG_ONE / 100},
        {"{}", "budget.growth[2027]=7%", "budget.growth[other]", 5 * BG_ONE / 100},
        {"{}", "budget.growth_cap[2027]=7%", "budget.growth_cap[2027]", 7 * BG_ONE / 100},
        {"{}", "budget.growth={2025: 1%, later: 2%}", "budget.growth[later]", BG_ONE / 50},
        {"{}", "budget.funds[risk].rate=1%", "budget.funds[risk].rate", BG_ONE / 100},
        {"{}", "budget.funds[risk].rate=1%", "budget.funds[guarantee].rate", 3 * BG_ONE / 100},
        {"{}", "budget.funds[risk].rate=1%", "budget.funds[risk].carry_over", 1},
        {"{}", "budget.funds[third]=1%", "budget.funds[third].rate", BG_ONE / 100},
        {"{}", "settlement[share_surplus].bands[10%]=80%", "settlement[share_surplus].bands[10%]",
         8 * BG_ONE / 10},
        {"{}", "settlement[share_surplus].bands[0.10]=80%", "settlement[share_surplus].bands[0.10]",
         8 * BG_ONE / 10},
        {"{}", "settlement[split][county_hospital]=50%", "settlement[split][county_hospital]",
         BG_ONE / 2},
        {"settlement: [{cap: {name: top, gain: 1%}}]", "settlement[top].gain=2%",
         "settlement[top].gain", BG_ONE / 50},
        {"{}", "settlement[split]={replace: all, a: 30%, b: 70%}", "settlement[split][b]",
         7 * BG_ONE / 10},
        {"{}", "settlement[share_overspend]={payer: risk, base: payable}",
         "settlement[share_overspend].bands[5%]", 3 * BG_ONE / 10},
        {"history: {2024: {residents.total: 5}}", "history[2024][residents.total].paid=6",
         "history[2024][residents.total].paid", 600},
        {"money_unit: wan", "history[2024]=6", "history[2024][total].paid", 6000000},
        {"money_unit: wan", "history[2024]=1.2亿", "history[2024][total].paid",
         INT64_C(12000000000)},
        {"{}", "people[residents]=500000", "people[residents].count", 500000},
        {"{}", "people[residents]={count: 7, growth: 1%}", "people[residents].count", 7},
        {"{}", "actual[2025][residents].opening[risk]=3", "actual[2025][residents].opening[risk]",
         300},
        {"{}", "demand.services[dental].cost_cv=3", "demand.services[dental].cost_cv", 3 * BG_ONE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_scenario *scenario = scenario_of(cases[i].text, cases[i].override);
        if (value_at(scenario, cases[i].path) != cases[i].value) {
            fail_msg("%s gives %s the wrong value", cases[i].override, cases[i].path);
        }
        bg_scenario_free(scenario);
    }
}

static void an_override_of_a_band_keeps_the_bands_in_order(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("{}", "settlement[share_surplus].bands[5%]=90%");
    const bg_node *band = bg_scenario_find(scenario, "settlement[share_surplus].bands")->child;
    assert_string_equal(band->key, "5%");
    assert_string_equal(band->next->key, "10%");
    assert_string_equal(band->next->next->key, "rest");
    bg_scenario_free(scenario);
    scenario = scenario_of("{}", "settlement[release].by_score[70]=60%");
    const bg_node *tier = bg_scenario_find(scenario, "settlement[release].by_score[70]");
    assert_string_equal(tier->next->key, "60");
    bg_scenario_free(scenario);
}

static void an_override_of_a_list_replaces_one_value(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("budget: {base: {weights: [1, 2, 3]}}", "budget.base.weights[2]=5");
    const bg_node *weights = bg_scenario_find(scenario, "budget.base.weights");
    assert_int_equal(bg_node_count(weights), 3);
    assert_int_equal(weights->child->next->value.decimal, 5 * BG_ONE);
    assert_string_equal(weights->child->next->path, "budget.base.weights[2]");
    assert_int_equal(weights->child->next->next->value.decimal, 3 * BG_ONE);
    bg_scenario_free(scenario);
}

static void an_override_of_a_step_leaves_it_in_its_place(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("{}", "settlement[split]={replace: all, a: 30%, b: 70%}");
    const bg_node *split = bg_scenario_find(scenario, "settlement[split]");
    assert_int_equal(bg_node_count(split), 2);
    assert_string_equal(split->text, "split");
    assert_string_equal(split->next->key, "clear");
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement")), 7);
    bg_scenario_free(scenario);
}

static void an_override_of_null_removes_what_is_there(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("budget: {growth: 1%}", "budget.growth=null");
    assert_int_equal(value_at(scenario, "budget.growth"), 5 * BG_ONE / 100); /* the default */
    bg_scenario_free(scenario);
    scenario = scenario_of("{}", "budget.funds[guarantee]=~");
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.funds")), 1);
    bg_scenario_free(scenario);
    scenario = scenario_of("{}", "settlement[share_surplus].bands[0.1]=null");
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement[share_surplus].bands")),
                     1);
    bg_scenario_free(scenario);
    scenario = scenario_of("{}", "settlement[cover_emergency]=~");
    assert_null(bg_scenario_find(scenario, "settlement[cover_emergency]"));
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement")), 6);
    bg_scenario_free(scenario);
}

static void a_wrong_override_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *override, *place, *message;
    } cases[] = {
        {"{}", "budget.growth", "", "\"budget.growth\" has no \"=\""},
        {"{}", "=5", "--set: ", "this is not a path"},
        {"{}", "budget..growth=5%", "--set: budget..growth: ", "this is not a path"},
        {"{}", "budget.grwoth=5%", "--set: budget.grwoth: ", "did you mean budget.growth?"},
        {"{}", "budgt.growth=5%", "--set: budgt.growth: ", "did you mean budget?"},
        {"{}", "budget.growth.x=5%", "--set: budget.growth.x: ", "not known"},
        {"{}", "budget.growth=abc", "--set: budget.growth: ", "\"abc\" is not allowed"},
        {"{}", "budget.growth=[1", "--set:2:1: budget.growth: ", "not well-formed"},
        {"{}", "budget.growth=200%", "--set: budget.growth: ", "out of range"},
        {"{}", "budget.growth[25]=2%", "--set: budget.growth: ", "a year from 1990"},
        {"{}", "budget.growth[2025].x=2%", "--set: budget.growth[2025].x: ", "not known"},
        {"{}", "history[24].total=2", "--set: history[24].total: ", "the name \"24\""},
        {"{}", "history[24]=2", "--set: history[24]: ", "the name \"24\""},
        {"{}", "demand.season[13]=2", "--set: demand.season[13]: ", "[1] to [12]"},
        {"{}", "settlement[cap].gain=2%", "--set: settlement[cap].gain: ",
         "the plan has no step \"cap\"; its steps are disallow, release,"},
        {"settlement: [{cap: {}}, {cap: {}}]", "settlement[cap].gain=2%",
         "--set: settlement[cap].gain: ", "give them a `name` each"},
        {"settlement: [{cap: {}}, {cap: {}}]", "settlement[cap#1].gain=2%",
         "--set: settlement[cap#1].gain: ", "give them a `name` each"},
        {"{}", "settlement[top]={gain: 2%}", "--set: settlement[top]: ", "has no step \"top\""},
        {"{}", "settlement[split]=5", "--set: settlement[split]: ", "a single value stands here"},
        {"title: x", "title[en]=y", "--set: title[en]: ", "set it as a whole"},
        {"{}", "money_unit=wan", "--set: money_unit: ", "can only stand in the file itself"},
        {"{}", "extends=x.yaml", "--set: extends: ", "can only stand in the file itself"},
        {"{}", "history.csv=x.csv", "--set: history.csv: ", "can only stand in the file itself"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char *messages = messages_of_text(cases[i].text, cases[i].override);
        assert_reports(messages, cases[i].place);
        assert_reports(messages, cases[i].message);
        assert_ptr_equal(strstr(messages, cases[i].place), messages);
        free(messages);
    }
}

/* ---- files ---- */

static char directory[] = "/tmp/baogan-scenario-XXXXXX";

static const char *place_of(const char *name)
{
    static char path[2][256];
    static int turn;
    turn = 1 - turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", directory, name);
    return path[turn];
}

static void write_file(const char *name, const char *text)
{
    FILE *file = fopen(place_of(name), "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static int make_directory(void **state)
{
    (void)state;
    return mkdtemp(directory) ? 0 : -1;
}

static int remove_directory(void **state)
{
    (void)state;
    static const char *const names[] = {"a.yaml", "b.yaml", "c.yaml", "h.csv", "sub/b.yaml", "sub"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        remove(place_of(names[i]));
    }
    return rmdir(directory);
}

/* Loads a.yaml with the file `layer` over it (may be NULL). */
static bg_status load(const char *layer, bg_scenario **scenario, char **messages)
{
    bg_errors errors;
    bg_errors_init(&errors);
    char path[256], over[256];
    snprintf(path, sizeof path, "%s/a.yaml", directory);
    snprintf(over, sizeof over, "%s/%s", directory, layer ? layer : "");
    const char *const layers[] = {over};
    const bg_scenario_source source = {
        .path = path, .layers = layers, .layer_count = layer ? 1 : 0};
    bg_status status = bg_scenario_load(&source, scenario, &errors);
    *messages = messages_of(&errors);
    bg_errors_free(&errors);
    return status;
}

static bg_scenario *loaded(const char *layer)
{
    bg_scenario *scenario = NULL;
    char *messages = NULL;
    if (load(layer, &scenario, &messages) != BG_OK) {
        fail_msg("%s", messages);
    }
    free(messages);
    return scenario;
}

static void assert_not_loaded(bg_status expected, const char *message)
{
    bg_scenario *scenario = NULL;
    char *messages = NULL;
    assert_int_equal(load(NULL, &scenario, &messages), expected);
    assert_null(scenario);
    assert_reports(messages, message);
    free(messages);
}

static void a_file_changes_only_what_it_lists_of_the_file_it_extends(void **state)
{
    (void)state;
    mkdir(place_of("sub"), 0700);
    write_file("sub/b.yaml",
               "money_unit: wan\n"
               "history: {2024: {residents.inpatient.in: {cases: 7, paid: 5}}}\n"
               "budget: {growth: {2025: 1%, later: 2%}, growth_cap: 3%,\n"
               "         funds: {guarantee: 3%, risk: {rate: 2%, carry_over: true}}}\n");
    write_file("a.yaml", "extends: sub/b.yaml\n"
                         "history: {2024: {residents.inpatient.in: {paid: 6}}}\n"
                         "budget: {growth: {2026: 4%}, growth_cap: ~, funds: {guarantee: ~}}\n");
    bg_scenario *scenario = loaded(NULL);
    assert_int_equal(value_at(scenario, "history[2024][residents.inpatient.in].cases"), 7);
    assert_int_equal(value_at(scenario, "history[2024][residents.inpatient.in].paid"),
                     6000000); /* in the unit of the file that it extends */
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.growth")), 3);
    assert_null(bg_scenario_find(scenario, "budget.growth_cap"));
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.funds")), 1);
    assert_int_equal(value_at(scenario, "budget.funds[risk].carry_over"), 1);
    const bg_node *cases =
        bg_scenario_find(scenario, "history[2024][residents.inpatient.in].cases");
    assert_int_equal(cases->origin, BG_ORIGIN_EXTENDED);
    assert_contains(cases->mark.file, "/sub/b.yaml");
    assert_int_equal(bg_scenario_find(scenario, "history[2024]")->origin, BG_ORIGIN_FILE);
    assert_contains(bg_scenario_find(scenario, "history[2024]")->mark.file, "/a.yaml");
    assert_string_equal(bg_scenario_find(scenario, "money_unit")->text, "wan");
    assert_null(bg_scenario_find(scenario, "extends"));
    bg_scenario_free(scenario);
}

static void a_file_counts_money_in_its_own_unit_else_in_that_below_it(void **state)
{
    (void)state;
    write_file("b.yaml", "money_unit: wan\nhistory: {2023: 5}\n");
    write_file("a.yaml", "extends: b.yaml\nmoney_unit: yi\nhistory: {2024: 5}\n");
    write_file("c.yaml", "actual: {2025: 5}\n");
    bg_scenario *scenario = loaded("c.yaml");
    assert_int_equal(value_at(scenario, "history[2023][total].paid"), 5000000);
    assert_int_equal(value_at(scenario, "history[2024][total].paid"), INT64_C(50000000000));
    assert_int_equal(value_at(scenario, "actual[2025][residents].expense"), INT64_C(50000000000));
    assert_string_equal(bg_scenario_find(scenario, "money_unit")->text, "yi");
    bg_scenario_free(scenario);
}

static void a_file_that_extends_itself_is_refused(void **state)
{
    (void)state;
    write_file("b.yaml", "extends: ./a.yaml\n");
    write_file("a.yaml", "extends: b.yaml\n");
    assert_not_loaded(BG_INVALID, "b.yaml:1:10: extends: \"./a.yaml\" in the end extends itself");
    write_file("a.yaml", "extends: a.yaml\n");
    assert_not_loaded(BG_INVALID, "a.yaml:1:10: extends: ");
}

static void a_file_that_is_not_there_is_refused_where_it_is_named(void **state)
{
    (void)state;
    write_file("a.yaml", "budgt: {}\nextends: missing.yaml\n");
    assert_not_loaded(BG_IO, "a.yaml:2:10: extends: the file ");
    assert_not_loaded(BG_IO, "did you mean budget?");
    write_file("a.yaml", "history: {csv: missing.csv}\n");
    assert_not_loaded(BG_IO, "a.yaml:1:16: history.csv: the file ");
    remove(place_of("a.yaml"));
    assert_not_loaded(BG_IO, "a.yaml");
    char *messages = messages_of_text("extends: b.yaml\n", NULL);
    assert_reports(messages, "t.yaml:1:10: extends: no other file may be named here");
    free(messages);
}

static void errors_of_an_extended_file_carry_its_name(void **state)
{
    (void)state;
    write_file("b.yaml", "budget: {growth: x}\n");
    write_file("a.yaml", "extends: b.yaml\nbudget: {growth: 3%, x: 1}\n");
    assert_not_loaded(BG_TYPE, "/b.yaml:1:18: budget.growth: ");
    assert_not_loaded(BG_TYPE, "/a.yaml:2:22: budget.x: ");
}

static const bg_node *loaded_history(bg_scenario **scenario, const char *csv)
{
    write_file("h.csv", csv);
    write_file("a.yaml", "money_unit: wan\nhistory: {csv: h.csv}\n");
    *scenario = loaded(NULL);
    return bg_scenario_find(*scenario, "history");
}

static void a_history_is_read_from_csv_in_many_dialects(void **state)
{
    (void)state;
    static const char *const files[] = {
        "year,line,cases,cost,paid\n2023,residents.inpatient.in,7,60,50\n2024,residents.inpatient."
        "in,8,70,1234.5\n",
        "\xEF\xBB\xBF年份;项目;人次;医疗总费用;统筹基金支付\r\n2023;residents.inpatient.in;7;60;"
        "50\r\n"
        "2024;residents.inpatient.in;8;70;1,234.5\r\n",
        "年度\t项目\t人次\t费用\t基金支付\n2023\tresidents.inpatient.in\t7\t60\t50\n\n"
        "2024\tresidents.inpatient.in\t8\t70\t\"1,234.5\"",
        /* the same header in GB18030 */
        "\xC4\xEA\xB7\xDD,\xCF\xEE\xC4\xBF,\xC8\xCB\xB4\xCE,\xB7\xD1\xD3\xC3,\xBB\xF9\xBD\xF0\xD6"
        "\xA7\xB8\xB6\n2023,residents.inpatient.in,7,60,50\n2024, \"residents.inpatient.in\" ,8,70,"
        "1234.5\n,,,,\n",
        "Paid,Cost,Cases,Line,Year\n50,60,7,residents.inpatient.in,2023\n0.12345亿,70,8,"
        "\"residents.inpatient.in\",2024\n",
    };
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        bg_scenario *scenario;
        assert_int_equal(bg_node_count(loaded_history(&scenario, files[i])), 2);
        assert_int_equal(value_at(scenario, "history[2023][residents.inpatient.in].cases"), 7);
        assert_int_equal(value_at(scenario, "history[2024][residents.inpatient.in].cost"),
                         70000000);
        assert_int_equal(value_at(scenario, "history[2024][residents.inpatient.in].paid"),
                         1234500000);
        bg_scenario_free(scenario);
    }
}

static void two_columns_of_a_csv_are_years_and_totals(void **state)
{
    (void)state;
    bg_scenario *scenario;
    loaded_history(&scenario, "year,total\n2023,5\n2024,6\n");
    assert_int_equal(value_at(scenario, "history[2024][total].paid"), 6000000);
    const bg_node *paid = bg_scenario_find(scenario, "history[2024][total].paid");
    assert_contains(paid->mark.file, "/h.csv");
    assert_int_equal(paid->mark.line, 3);
    assert_int_equal(paid->mark.column, 6);
    assert_int_equal(paid->origin, BG_ORIGIN_FILE);
    assert_null(bg_scenario_find(scenario, "history.csv"));
    bg_scenario_free(scenario);
}

static void a_csv_stands_in_place_of_inherited_years(void **state)
{
    (void)state;
    write_file("h.csv", "year,total\n2024,6\n");
    write_file("b.yaml", "history: {2022: 1, 2023: 2}\n");
    write_file("a.yaml", "extends: b.yaml\nhistory: {csv: h.csv}\n");
    bg_scenario *scenario = loaded(NULL);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "history")), 1);
    bg_scenario_free(scenario);
    write_file("a.yaml", "history: {csv: h.csv, 2023: 5}\n");
    assert_not_loaded(BG_INVALID, "a.yaml:1:23: history: years stand here beside a CSV file");
}

static void wrong_csv_is_refused_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *place, *message;
    } cases[] = {
        {"", "/h.csv:1:1: ", "no line names the columns"},
        {"year,line\n", "/h.csv:1:1: ", "no column \"paid\""},
        {"paid\n", "/h.csv:1:1: ", "no column \"year\""},
        {"year,amount\n", "/h.csv:1:1: ", "it has besides those known: amount"},
        {"year,paid,total\n",
         "/h.csv:1:11: ", "a second time, as \"total\"; the first is \"paid\""},
        {"year,paid\n2024,x\n", "/h.csv:2:6: history[2024][total].paid: ", "\"x\" is not allowed"},
        {"year,paid\n24,5\n", "/h.csv:2:1: history: ", "a year from 1990"},
        {"year,paid\n,5\n", "/h.csv:2:1: ", "the line has no year"},
        {"year,line,paid\n2024,,5\n", "/h.csv:2:1: ", "names no line"},
        {"year,line,paid\n2024,住院,5\n", "/h.csv:2:6: history[2024]: ", "a line: total, or"},
        {"year,paid\n2024,5\n2024,6\n", "/h.csv:3:1: ", "first stands in line 2"},
        {"year,paid\n2024,1,200\n", "/h.csv:2:8: ", "thousands separators must stand in quotes"},
        {"year,paid\n\"2024,5\n", "/h.csv:2:1: ", "never closed"},
        {"year,paid\n\"2024\"x,5\n", "/h.csv:2:7: ", "behind a closing quotation mark"},
        {"year,paid\n2024,\"1,2,3\"\n", "/h.csv:2:6: history[2024][total].paid: ", "not allowed"},
        {"year,paid\n2024,-5\n", "/h.csv:2:6: history[2024][total].paid: ", "out of range"},
    };
    write_file("a.yaml", "history: {csv: h.csv}\n");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        write_file("h.csv", cases[i].text);
        bg_scenario *scenario = NULL;
        char *messages = NULL;
        assert_int_not_equal(load(NULL, &scenario, &messages), BG_OK);
        assert_reports(messages, cases[i].place);
        assert_reports(messages, cases[i].message);
        free(messages);
    }
}

/* ---- writing ---- */

static void a_scenario_is_written_in_yuan_without_its_defaults(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("money_unit: wan\n"
                                        "title: {zh: \"a \\\"b\\\" 县\"}\n"
                                        "history: {2024: 5.2}\n"
                                        "budget: {growth: {2025: 0.065, later: 5%}}\n"
                                        "settlement: [{disallow: {}}, {split: {a: 1}}, clear]\n",
                                        NULL);
    char *text = bg_scenario_yaml(scenario, false);
    assert_string_equal(text, "money_unit: yuan\n"
                              "title:\n"
                              "  zh: \"a \\\"b\\\" 县\"\n"
                              "history:\n"
                              "  2024:\n"
                              "    total:\n"
                              "      paid: 52000.00\n"
                              "budget:\n"
                              "  growth:\n"
                              "    2025: 6.5%\n"
                              "    later: 5%\n"
                              "settlement:\n"
                              "  - disallow: {}\n"
                              "  - split:\n"
                              "      a: 100%\n"
                              "  - clear: {}\n");
    free(text);
    bg_scenario_free(scenario);
}

static void a_changed_default_is_written_with_all_that_it_holds(void **state)
{
    (void)state;
    static const char *const overrides[] = {
        "budget.funds[risk].rate=1%", "settlement[share_surplus].bands[5%]=80%",
        "budget.funds[guarantee]=~",  "demand.season[2]=0.9",
        "budget.growth[2027]=5%",
    };
    for (size_t i = 0; i < sizeof overrides / sizeof overrides[0]; i++) {
        bg_scenario *scenario = scenario_of("{}", overrides[i]);
        char *text = bg_scenario_yaml(scenario, false);
        char *all = bg_scenario_yaml(scenario, true);
        bg_scenario *again = scenario_of(text, NULL);
        bg_scenario *all_again = scenario_of(all, NULL);
        char *text_again = bg_scenario_yaml(again, false);
        char *all_of_all = bg_scenario_yaml(all_again, false);
        assert_string_equal(text, text_again);
        assert_string_equal(all, all_of_all);
        assert_int_equal(bg_node_count(bg_scenario_find(again, "settlement[release]")),
                         bg_node_count(bg_scenario_find(scenario, "settlement[release]")));
        assert_int_equal(bg_node_count(bg_scenario_find(again, "budget.funds")),
                         bg_node_count(bg_scenario_find(scenario, "budget.funds")));
        assert_int_equal(value_at(again, "budget.funds[risk].carry_over"), 1);
        free(text);
        free(all);
        free(text_again);
        free(all_of_all);
        bg_scenario_free(scenario);
        bg_scenario_free(again);
        bg_scenario_free(all_again);
    }
}

static void words_that_yaml_would_misread_are_quoted(void **state)
{
    (void)state;
    static const struct {
        const char *text, *title;
    } cases[] = {
        {"title: 'null'", "null"}, {"title: '~'", "~"},     {"title: ''", ""},
        {"title: 'yes'", "yes"},   {"title: '- x'", "- x"}, {"title: 'a: b'", "a: b"},
        {"title: '#x'", "#x"},     {"title: '1.5'", "1.5"}, {"title: ' x '", " x "},
        {"title: '\\'", "\\"},     {"title: ''''", "'"},    {"title: \"a\\nb\\t\"", "a\nb\t"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_scenario *scenario = scenario_of(cases[i].text, NULL);
        char *yaml = bg_scenario_yaml(scenario, false);
        bg_scenario *again = scenario_of(yaml, NULL);
        assert_string_equal(bg_scenario_find(again, "title")->text, cases[i].title);
        free(yaml);
        bg_scenario_free(scenario);
        bg_scenario_free(again);
    }
}

static void a_single_value_is_a_list_of_one_and_a_month_is_counted(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("measures: {a: {lines: residents.*, from: 2026-07}}",
                                        "measures[a].until=2027-12");
    const bg_node *lines = bg_scenario_find(scenario, "measures[a].lines");
    assert_true(lines->kind == BG_NODE_LIST && bg_node_count(lines) == 1);
    assert_string_equal(lines->child->text, "residents.*");
    assert_int_equal(bg_scenario_find(scenario, "measures[a].from")->value.integer, 12 * 2026 + 6);
    assert_int_equal(bg_scenario_find(scenario, "measures[a].until")->value.integer,
                     12 * 2027 + 11);
    char *text = bg_scenario_yaml(scenario, false);
    assert_non_null(text);
    assert_non_null(strstr(text, "until: 2027-12"));
    free(text);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_single_value_is_a_list_of_one_and_a_month_is_counted),
        cmocka_unit_test(values_of_every_type_are_read_exactly),
        cmocka_unit_test(money_counts_in_the_unit_of_the_file_unless_it_has_a_suffix),
        cmocka_unit_test(prices_are_yuan_whatever_the_unit_of_the_file),
        cmocka_unit_test(a_single_value_stands_for_a_section_with_a_shorthand),
        cmocka_unit_test(tables_keep_the_value_of_their_keys),
        cmocka_unit_test(a_value_by_year_holds_for_its_year_then_later_then_other),
        cmocka_unit_test(texts_fall_back_to_the_other_language),
        cmocka_unit_test(lookups_of_what_is_not_there_give_nothing),
        cmocka_unit_test(a_value_knows_where_it_stands_and_whence_it_comes),
        cmocka_unit_test(every_section_with_a_default_exists_in_an_empty_scenario),
        cmocka_unit_test(a_service_of_the_history_has_its_defaults),
        cmocka_unit_test(a_section_that_is_written_keeps_the_defaults_of_its_other_keys),
        cmocka_unit_test(entries_that_are_written_stand_in_place_of_the_default_entries),
        cmocka_unit_test(text_that_is_no_yaml_is_refused_with_its_place),
        cmocka_unit_test(a_key_that_stands_twice_is_refused),
        cmocka_unit_test(an_unknown_key_is_refused_and_the_nearest_suggested),
        cmocka_unit_test(a_value_of_the_wrong_kind_is_refused_and_the_right_one_named),
        cmocka_unit_test(a_key_of_a_table_that_cannot_be_one_is_refused),
        cmocka_unit_test(a_value_out_of_its_range_is_refused_and_the_range_named),
        cmocka_unit_test(the_ends_of_a_range_belong_to_it),
        cmocka_unit_test(an_unusual_value_is_a_warning),
        cmocka_unit_test(a_table_with_nothing_in_a_place_is_refused),
        cmocka_unit_test(all_errors_of_a_file_are_reported_at_once),
        cmocka_unit_test(a_flood_of_errors_is_cut_short),
        cmocka_unit_test(what_is_too_large_or_too_deep_is_refused),
        cmocka_unit_test(what_is_just_small_and_flat_enough_is_read),
        cmocka_unit_test(text_in_gb18030_is_read),
        cmocka_unit_test(steps_go_by_their_name_or_kind_or_number),
        cmocka_unit_test(an_override_sets_one_value),
        cmocka_unit_test(an_override_of_a_band_keeps_the_bands_in_order),
        cmocka_unit_test(an_override_of_a_list_replaces_one_value),
        cmocka_unit_test(an_override_of_a_step_leaves_it_in_its_place),
        cmocka_unit_test(an_override_of_null_removes_what_is_there),
        cmocka_unit_test(a_wrong_override_is_refused),
        cmocka_unit_test(a_file_changes_only_what_it_lists_of_the_file_it_extends),
        cmocka_unit_test(a_file_counts_money_in_its_own_unit_else_in_that_below_it),
        cmocka_unit_test(a_file_that_extends_itself_is_refused),
        cmocka_unit_test(a_file_that_is_not_there_is_refused_where_it_is_named),
        cmocka_unit_test(errors_of_an_extended_file_carry_its_name),
        cmocka_unit_test(a_history_is_read_from_csv_in_many_dialects),
        cmocka_unit_test(two_columns_of_a_csv_are_years_and_totals),
        cmocka_unit_test(a_csv_stands_in_place_of_inherited_years),
        cmocka_unit_test(wrong_csv_is_refused_with_line_and_column),
        cmocka_unit_test(a_scenario_is_written_in_yuan_without_its_defaults),
        cmocka_unit_test(a_changed_default_is_written_with_all_that_it_holds),
        cmocka_unit_test(words_that_yaml_would_misread_are_quoted),
    };
    return cmocka_run_group_tests(tests, make_directory, remove_directory);
}
