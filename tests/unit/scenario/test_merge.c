/* Files over one another: what is set, removed, merged and replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char base[] = "money_unit: wan\n"
                           "title: {en: A}\n"
                           "history: {2023: 4, 2024: {residents.inpatient.in: 5}}\n"
                           "budget: {growth: 3%, growth_cap: {2025: 1%, later: 2%}}\n"
                           "settlement:\n"
                           "  - release: {by_score: {90: 100%, 60: 50%, 0: 0%}}\n"
                           "  - share_surplus: {bands: {5%: 100%, 10%: 50%, rest: 0%}}\n"
                           "  - share_overspend: {bands: {rest: 100%}}\n"
                           "  - corridor: {minimum_saving: none}\n"
                           "  - cap: {loss: 5%}\n"
                           "  - credit: {name: one, rate: {by_score: {90: 2%, 0: 0%}}}\n"
                           "  - charge: {rate: 1%}\n"
                           "  - charge: {rate: 2%}\n"
                           "  - clear\n";

/* Loads base.yaml with the text over it, or with the override. */
static bg_status load(const char *text, const char *override, bg_scenario **scenario,
                      char **messages)
{
    char file[1024];
    snprintf(file, sizeof file, "extends: base.yaml\n%s\n", text);
    folder_write("base.yaml", base);
    folder_write("child.yaml", file);
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_scenario_source source = {
        .path = "child.yaml", .overrides = &override, .override_count = override ? 1 : 0};
    const bg_status status = bg_scenario_load(&source, scenario, &errors);
    *messages = messages_of(&errors);
    bg_errors_free(&errors);
    return status;
}

static bg_scenario *loaded(const char *text, const char *override)
{
    bg_scenario *scenario = NULL;
    char *messages = NULL;
    if (load(text, override, &scenario, &messages) != BG_OK) {
        fail_msg("%s\n%s", text, messages);
    }
    free(messages);
    return scenario;
}

static void assert_line(const bg_scenario *scenario, const char *path, const char *expected)
{
    const bg_node *node = bg_scenario_find(scenario, path);
    assert_non_null(node);
    char *line = bg_node_line(node);
    assert_string_equal(line, expected);
    free(line);
}

/* A file and an override say the same: the entry as the file writes it, as --set writes it, where it
 * stands and what the whole then is. */
static const struct {
    const char *file, *override, *path, *line;
} entries[] = {
    {"budget: {growth: {2026: 4%}}", "budget.growth[2026]=4%", "budget.growth",
     "{other: 3%, 2026: 4%}"},
    {"budget: {growth_cap: {2026: 4%}}", "budget.growth_cap[2026]=4%", "budget.growth_cap",
     "{2025: 1%, later: 2%, 2026: 4%}"},
    {"budget: {growth_cap: {2025: null}}", "budget.growth_cap[2025]=null", "budget.growth_cap",
     "{later: 2%}"},
    {"budget: {growth_cap: {replace: all, 2026: 4%}}", "budget.growth_cap={replace: all, 2026: 4%}",
     "budget.growth_cap", "{2026: 4%}"},
    {"budget: {growth_cap: 4%}", "budget.growth_cap=4%", "budget.growth_cap", "4%"},
    {"settlement: {share_surplus: {bands: {8%: 40%}}}", "settlement[share_surplus].bands[8%]=40%",
     "settlement[share_surplus].bands", "{5%: 100%, 8%: 40%, 10%: 50%, rest: 0%}"},
    {"settlement: {share_surplus: {bands: {0.05: null}}}",
     "settlement[share_surplus].bands[0.05]=null", "settlement[share_surplus].bands",
     "{10%: 50%, rest: 0%}"},
    {"settlement: {share_surplus: {bands: {rest: 7%, 8%: 40%, 5%: ~}}}",
     "settlement[share_surplus].bands={rest: 7%, 8%: 40%, 5%: ~}",
     "settlement[share_surplus].bands", "{8%: 40%, 10%: 50%, rest: 7%}"},
    {"settlement: {share_surplus: {bands: {2026: {8%: 40%, rest: 0%}}}}",
     "settlement[share_surplus].bands[2026]={8%: 40%, rest: 0%}", "settlement[share_surplus].bands",
     "{other: {5%: 100%, 10%: 50%, rest: 0%}, 2026: {8%: 40%, rest: 0%}}"},
    {"settlement: {release: {by_score: {2026: {75: 80%}}}}",
     "settlement[release].by_score[2026]={75: 80%}", "settlement[release].by_score",
     "{other: {90: 100%, 60: 50%, 0: 0%}, 2026: {75: 80%}}"},
    {"settlement: {release: {by_score: {75: 80%}}}", "settlement[release].by_score[75]=80%",
     "settlement[release].by_score", "{90: 100%, 75: 80%, 60: 50%, 0: 0%}"},
    {"settlement: {one: {rate: {by_score: {75: 1%, 90: null}}}}",
     "settlement[one].rate={by_score: {75: 1%, 90: null}}", "settlement[one].rate",
     "{by_score: {75: 1%, 0: 0%}}"},
    {"settlement: {one: {rate: {by_score: {75: 1%}, plus: 2%}}}",
     "settlement[one].rate={by_score: {75: 1%}, plus: 2%}", "settlement[one].rate",
     "{by_score: {75: 1%}, plus: 2%}"},
    {"settlement: {cap: {loss: {2026: 6%}}}", "settlement[cap].loss[2026]=6%",
     "settlement[cap].loss", "{other: 5%, 2026: 6%}"},
    {"history: {2024: {employees.inpatient.in: 6}}", "history[2024][employees.inpatient.in]=6",
     "history[2024]",
     "{residents.inpatient.in: {paid: 50000.00}, employees.inpatient.in: {paid: 60000.00}}"},
    {"title: {zh: B}", "title[zh]=B", "title", "{en: A, zh: B}"},
};

static void an_entry_in_a_file_is_the_entry_of_an_override(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof entries[0]; i++) {
        bg_scenario *file = loaded(entries[i].file, NULL);
        bg_scenario *set = loaded("", entries[i].override);
        assert_line(file, entries[i].path, entries[i].line);
        assert_line(set, entries[i].path, entries[i].line);
        char *written = bg_scenario_yaml(file, true);
        char *overridden = bg_scenario_yaml(set, true);
        assert_string_equal(written, overridden);
        free(written);
        free(overridden);
        bg_scenario_free(file);
        bg_scenario_free(set);
    }
}

/* The defaults of budget.funds are a guarantee and a risk fund; those of spend_per_head end in 2025. */
static void what_is_inherited_includes_the_defaults(void **state)
{
    (void)state;
    bg_scenario *scenario = loaded("budget: {funds: {risk: {rate: 1%}}}\n"
                                   "people: {residents: {spend_per_head: {2023: 7}}}",
                                   NULL);
    assert_line(scenario, "budget.funds[guarantee].rate", "3%");
    assert_line(scenario, "budget.funds[risk].rate", "1%");
    assert_line(scenario, "budget.funds[risk].carry_over", "true");
    assert_line(scenario, "people[residents].spend_per_head[2023]", "7.00");
    assert_line(scenario, "people[residents].spend_per_head[2022]", "951.04");
    bg_scenario_free(scenario);
    scenario = loaded("budget: {funds: {replace: all, risk: {rate: 1%}}}", NULL);
    assert_null(bg_scenario_find(scenario, "budget.funds[guarantee]"));
    bg_scenario_free(scenario);
}

static void a_step_is_taken_out_or_changed_where_it_stands(void **state)
{
    (void)state;
    bg_scenario *scenario =
        loaded("settlement: {release: null, cap: {gain: 1%}, one: {rate: 3%}}", NULL);
    const bg_node *step = bg_scenario_find(scenario, "settlement")->child;
    static const char *const kinds[] = {"share_surplus", "share_overspend", "corridor", "cap",
                                        "credit",        "charge",          "charge",   "clear"};
    for (size_t i = 0; i < 8; i++, step = step->next) {
        assert_string_equal(step->text, kinds[i]);
    }
    assert_null(step);
    assert_line(scenario, "settlement[cap].gain", "1%");
    assert_line(scenario, "settlement[cap].loss", "5%");
    assert_line(scenario, "settlement[one].rate", "3%");
    bg_scenario_free(scenario);
    scenario = loaded("settlement: [{clear: {}}]", NULL);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement")), 1);
    bg_scenario_free(scenario);
}

/* The default plan has seven steps; a file without one, and --set on it, change those. */
static void steps_of_the_default_plan_are_changed_likewise(void **state)
{
    (void)state;
    folder_write("plain.yaml", "history: {2024: 5}\n");
    static const struct {
        const char *text, *override;
    } cases[] = {
        {"extends: plain.yaml\nsettlement: {share_surplus: {bands: {8%: 50%}}, disallow: ~}", NULL},
        {"extends: plain.yaml", "settlement={share_surplus: {bands: {8%: 50%}}, disallow: ~}"}};
    for (size_t i = 0; i < 2; i++) {
        bg_errors errors;
        bg_errors_init(&errors);
        bg_scenario *scenario = NULL;
        assert_int_equal(bg_scenario_parse(cases[i].text, strlen(cases[i].text), "t.yaml", ".",
                                           &cases[i].override, cases[i].override ? 1 : 0, &scenario,
                                           &errors),
                         BG_OK);
        assert_line(scenario, "settlement[share_surplus].bands", "{8%: 50%, 10%: 100%, rest: 0%}");
        assert_int_equal(bg_node_count(bg_scenario_find(scenario, "settlement")), 6);
        bg_scenario_free(scenario);
        bg_errors_free(&errors);
    }
}

static void what_was_removed_or_merged_is_kept_with_its_place(void **state)
{
    (void)state;
    bg_scenario *scenario = loaded("budget: {growth_cap: null}\n"
                                   "settlement: {share_surplus: {bands: {5%: null, 8%: 1%}}}",
                                   "title[zh]=B");
    const bg_scenario_note *note = bg_scenario_notes(scenario);
    static const struct {
        bg_scenario_note_kind kind;
        const char *path;
        int line;
    } expected[] = {{BG_NOTE_REMOVED, "budget.growth_cap", 2},
                    {BG_NOTE_REMOVED, "settlement[share_surplus].bands[5%]", 3},
                    {BG_NOTE_MERGED, "settlement[share_surplus].bands", 3},
                    {BG_NOTE_MERGED, "title", 0}};
    for (size_t i = 0; i < 4; i++, note = note->next) {
        assert_non_null(note);
        assert_int_equal(note->kind, expected[i].kind);
        assert_string_equal(note->path, expected[i].path);
        if (expected[i].line) {
            assert_int_equal(note->mark.line, expected[i].line);
        }
    }
    assert_null(note);
    bg_scenario_free(scenario);
}

static void what_cannot_be_laid_over_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text, *override, *message;
    } cases[] = {
        {"settlement: {charge: {rate: 3%}}", NULL,
         "child.yaml:2:14: settlement: the plan has several steps \"charge\" without a name"},
        {"settlement: {chrge: {rate: 3%}}", NULL, "the plan has no step \"chrge\""},
        {"settlement: {corridor: {minimum_saving: {2026: 3%}}}", NULL,
         "cannot be laid over the word \"none\" that is inherited"},
        {"budget: {growth_cap: {replace: some}}", NULL, "`replace` takes the word `all`"},
        {"budget: {growth_cap: {replace: }}", NULL, "nothing stands behind \"replace:\""},
        {"settlement: {share_surplus: {bands: {8%: 1%, 0.08: 2%}}}", NULL,
         "\"0.08\" stands after \"8%\""},
        {"", "budget.growth=", "nothing stands behind the \"=\""},
        {"", "budget.growth=  ", "nothing stands behind the \"=\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_scenario *scenario = NULL;
        char *messages = NULL;
        assert_int_not_equal(load(cases[i].text, cases[i].override, &scenario, &messages), BG_OK);
        assert_reports(messages, cases[i].message);
        free(messages);
    }
}

/* A policy file over the scenario, or an area's file, may extend one of its own. */
static void a_layer_that_extends_another_lies_over_all(void **state)
{
    (void)state;
    folder_write("base.yaml", base);
    folder_write("below.yaml", "budget: {growth_cap: {2025: 9%}}\n");
    folder_write("policy.yaml", "extends: below.yaml\nbudget: {growth: 7%}\n");
    static const char *const layers[] = {"policy.yaml"};
    const bg_scenario_source source = {.path = "base.yaml", .layers = layers, .layer_count = 1};
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario = NULL;
    assert_int_equal(bg_scenario_load(&source, &scenario, &errors), BG_OK);
    assert_line(scenario, "budget.growth", "7%");
    assert_line(scenario, "budget.growth_cap", "{2025: 9%, later: 2%}");
    assert_line(scenario, "history[2023]", "{total: {paid: 40000.00}}");
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

static void a_null_that_removes_nothing_is_told(void **state)
{
    (void)state;
    static const char *const texts[] = {"people: {residents: {growth: null}}",
                                        "settlement: {share_surplus: {bands: {7%: null}}}",
                                        "measures: {a: null}"};
    for (size_t i = 0; i < 3; i++) {
        bg_scenario *scenario = NULL;
        char *messages = NULL;
        assert_int_equal(load(texts[i], NULL, &scenario, &messages), BG_OK);
        assert_reports(messages, "null removes nothing here");
        free(messages);
        bg_scenario_free(scenario);
    }
}

/* 3,000 without a unit in a file that extends one in 万 are 3,000万, as in the other file. */
static void an_amount_is_in_the_unit_of_the_file_below(void **state)
{
    (void)state;
    bg_scenario *scenario = loaded("budget: {adjustments: {extra: {amount: 3000}}}", NULL);
    assert_int_equal(bg_node_fen(bg_scenario_find(scenario, "budget.adjustments[extra]"), "amount"),
                     INT64_C(3000) * 10000 * 100);
    assert_int_equal(bg_scenario_money_unit(scenario), 10000 * 100);
    bg_scenario_free(scenario);
    scenario = loaded("money_unit: yuan\nbudget: {adjustments: {extra: {amount: 3000}}}", NULL);
    assert_int_equal(bg_node_fen(bg_scenario_find(scenario, "budget.adjustments[extra]"), "amount"),
                     300000);
    bg_scenario_free(scenario);
    scenario = loaded("", "budget.adjustments[extra].amount=3000");
    assert_int_equal(bg_node_fen(bg_scenario_find(scenario, "budget.adjustments[extra]"), "amount"),
                     INT64_C(3000) * 10000 * 100);
    bg_scenario_free(scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_in_a_file_is_the_entry_of_an_override),
        cmocka_unit_test(what_is_inherited_includes_the_defaults),
        cmocka_unit_test(a_step_is_taken_out_or_changed_where_it_stands),
        cmocka_unit_test(steps_of_the_default_plan_are_changed_likewise),
        cmocka_unit_test(what_was_removed_or_merged_is_kept_with_its_place),
        cmocka_unit_test(what_cannot_be_laid_over_is_refused),
        cmocka_unit_test(a_layer_that_extends_another_lies_over_all),
        cmocka_unit_test(a_null_that_removes_nothing_is_told),
        cmocka_unit_test(an_amount_is_in_the_unit_of_the_file_below),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
