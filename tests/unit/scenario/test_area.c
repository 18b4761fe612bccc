/* Pooling areas: which of their keys hold for each community, and what must be one for all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/area.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char community[] = "title: Its own\nhistory: {2024: 100}\n"
                                "budget: {growth: 4%, funds: {risk: {opening: 7}}}\n"
                                "pool: {residents: {income_per_head: 500}}\n"
                                "money_unit: wan\n";

static bg_status load(const char *override, bg_area *area, char **messages)
{
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_scenario_source source = {
        .path = "area.yaml", .overrides = &override, .override_count = override ? 1 : 0};
    const bg_status status = bg_area_load(&source, area, &errors);
    *messages = messages_of(&errors);
    bg_errors_free(&errors);
    return status;
}

static bg_area loaded(const char *override)
{
    bg_area area;
    char *messages = NULL;
    if (load(override, &area, &messages) != BG_OK) {
        fail_msg("%s", messages);
    }
    free(messages);
    return area;
}

static void assert_refused(const char *text, bg_status expected, const char *message)
{
    folder_write("area.yaml", text);
    bg_area area;
    char *messages = NULL;
    assert_int_equal(load(NULL, &area, &messages), expected);
    assert_reports(messages, message);
    assert_null(area.scenario);
    assert_int_equal(area.count, 0);
    free(messages);
}

static const bg_node *at(const bg_area *area, size_t member, const char *path)
{
    return bg_scenario_find(area->member[member].scenario, path);
}

static void a_file_without_communities_is_no_area(void **state)
{
    (void)state;
    folder_write("area.yaml", community);
    bg_area area = loaded(NULL);
    assert_int_equal(area.count, 0);
    assert_null(bg_scenario_community(area.scenario));
    bg_area_free(&area);
    bg_area_free(&area);
}

static void what_the_area_writes_holds_for_each_community(void **state)
{
    (void)state;
    folder_write("towns/west.yaml", community);
    folder_write("east.yaml", "history: {2024: 200}\n");
    folder_write("area.yaml", "title: The city\nmoney_unit: yi\n"
                              "communities: {West: towns/west.yaml, 东县: {scenario: east.yaml}}\n"
                              "pool: {residents: {income_per_head: 1000, balance: 3}}\n"
                              "budget: {growth: 6%, funds: {risk: {shared: pro_rata}}}\n");
    bg_area area = loaded(NULL);
    assert_int_equal(area.count, 2);
    assert_string_equal(area.member[0].name, "West");
    assert_string_equal(area.member[1].name, "东县");
    assert_string_equal(bg_scenario_community(area.member[1].scenario), "东县");
    assert_string_equal(bg_scenario_file(area.member[0].scenario), "./towns/west.yaml");
    for (size_t c = 0; c < 2; c++) {
        assert_int_equal(at(&area, c, "budget.growth")->value.decimal, BG_ONE * 6 / 100);
        assert_string_equal(at(&area, c, "budget.growth")->mark.file, "area.yaml");
        assert_int_equal(at(&area, c, "budget.funds[risk].shared")->value.integer, 1);
        assert_null(at(&area, c, "communities"));
        assert_null(at(&area, c, "pool[residents].income_per_head"));
    }
    /* Amounts are in the unit of the file that they stand in. */
    assert_int_equal(at(&area, 0, "history[2024][total].paid")->value.fen, 100 * 1000000);
    assert_int_equal(at(&area, 0, "budget.funds[risk].opening")->value.fen, 7 * 1000000);
    assert_int_equal(at(&area, 1, "history[2024][total].paid")->value.fen, 200 * 100);
    assert_string_equal(bg_node_in_language(at(&area, 0, "title"), "en"), "Its own");
    assert_string_equal(bg_node_in_language(at(&area, 1, "title"), "en"), "");
    assert_int_equal(bg_scenario_find(area.scenario, "pool[residents].balance")->value.fen,
                     INT64_C(30000000000));
    bg_area_free(&area);
}

static void an_amount_of_the_area_has_a_unit_where_communities_have_one(void **state)
{
    (void)state;
    folder_write("west.yaml", "money_unit: wan\nhistory: {2024: 100}\n");
    assert_refused("communities: {West: west.yaml}\nbudget: {adjustments: {extra: 30}}\n",
                   BG_INVALID,
                   "area.yaml:2:31: budget.adjustments[extra].amount: 30 stands without a unit");
    folder_write("area.yaml", "communities: {West: west.yaml}\n"
                              "budget: {adjustments: {extra: 30万}}\n");
    bg_area area = loaded(NULL);
    assert_int_equal(at(&area, 0, "budget.adjustments[extra].amount")->value.fen, 30 * 1000000);
    bg_area_free(&area);
}

static void overrides_hold_for_the_area_and_each_community(void **state)
{
    (void)state;
    folder_write("west.yaml", "history: {2024: 100}\n");
    folder_write("area.yaml", "communities: {West: west.yaml}\nmoney_unit: yi\n");
    bg_area area = loaded("simulation.years=2");
    assert_int_equal(bg_scenario_find(area.scenario, "simulation.years")->value.integer, 2);
    assert_int_equal(at(&area, 0, "simulation.years")->value.integer, 2);
    bg_area_free(&area);
    area = loaded("pool[residents].income_per_head=900");
    assert_non_null(bg_scenario_find(area.scenario, "pool[residents].income_per_head"));
    assert_null(at(&area, 0, "pool[residents].income_per_head"));
    bg_area_free(&area);
    folder_write("other.yaml", "history: {2024: 5}\n");
    area = loaded("communities[West].scenario=other.yaml");
    assert_int_equal(at(&area, 0, "history[2024][total].paid")->value.fen, 500);
    bg_area_free(&area);
}

static void what_must_be_one_for_all_is_refused_where_it_differs(void **state)
{
    (void)state;
    const char *area = "communities: {West: west.yaml}\n";
    const struct {
        const char *own, *place;
    } differing[] = {
        {"simulation: {years: 3}\n", "west.yaml:2:13: simulation: the community West has its own"},
        {"settlement: [{clear: {}}]\n", "west.yaml:2:13: settlement: "},
        {"settlement_rounding: 1\n", "west.yaml:2:22: settlement_rounding: "},
        {"inputs: {a: money}\n", "west.yaml:2:9: inputs: "},
        {"budget: {income_limit: 90%}\n", "west.yaml:2:24: budget.income_limit: "},
        {"budget: {prepayment: {outside: community}}\n",
         "west.yaml:2:32: budget.prepayment.outside: "},
        {"demand: {area_correlation: 0.5}\n", "west.yaml:2:28: demand.area_correlation: "},
        {"budget: {funds: {risk: {carry_over: false}}}\n", "west.yaml:2:17: budget.funds: "},
        {"budget: {funds: {risk: {shared: pro_rata}}}\n", "west.yaml:2:17: budget.funds: "},
        {"budget: {funds: {other: {rate: 1%}}}\n", "west.yaml:2:17: budget.funds: "},
    };
    for (size_t i = 0; i < sizeof differing / sizeof *differing; i++) {
        char text[256];
        snprintf(text, sizeof text, "history: {2024: 100}\n%s", differing[i].own);
        folder_write("west.yaml", text);
        assert_refused(area, BG_INVALID, differing[i].place);
    }
    /* Written in the area's file it is one for all; rates of funds may differ. */
    folder_write("west.yaml",
                 "history: {2024: 100}\nsimulation: {years: 3}\n"
                 "budget: {funds: {guarantee: {}, risk: {rate: 1%, carry_over: true}}}\n");
    folder_write("area.yaml", "communities: {West: west.yaml}\nsimulation: {years: 4}\n");
    bg_area good = loaded(NULL);
    assert_int_equal(at(&good, 0, "simulation.years")->value.integer, 4);
    bg_area_free(&good);
}

static void what_belongs_to_a_community_cannot_stand_in_the_area(void **state)
{
    (void)state;
    folder_write("west.yaml", community);
    assert_refused("communities: {West: west.yaml}\nhistory: {2024: 5}\n", BG_INVALID,
                   "area.yaml:2:10: history: this belongs to each community");
    assert_refused("communities: {West: west.yaml}\npeople: {residents: 5000}\n", BG_INVALID,
                   "area.yaml:2:9: people: this belongs to each community");
    assert_refused("communities: {West: west.yaml}\nbudget: {funds: {risk: {opening: 5}}}\n",
                   BG_INVALID, "area.yaml:2:34: budget.funds[risk].opening: an opening balance");
}

/* East's file is a copy of West's under another name; South has other years. */
static void a_community_that_stands_there_twice_is_warned_of(void **state)
{
    (void)state;
    folder_write("west.yaml", "history: {2024: 200}\npeople: {residents: 5000}\n");
    folder_write("east.yaml", "people: {residents: 5000}\nhistory: {2024: 200}\n");
    folder_write("south.yaml", "people: {residents: 5000}\nhistory: {2024: 201}\n");
    folder_write("area.yaml", "communities:\n  West: west.yaml\n  South: south.yaml\n"
                              "  East: east.yaml\n");
    bg_area area;
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_scenario_source source = {.path = "area.yaml"};
    assert_int_equal(bg_area_load(&source, &area, &errors), BG_OK);
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.items[0].line, 4);
    assert_string_equal(errors.items[0].path, "communities[East]");
    assert_says(errors.items[0].message,
                "East has the same people and past years as West (line 2); if they are one "
                "community, it counts twice.");
    assert_says(errors.items[0].message_zh,
                "East的参保人与历史年度同West（第2行）完全相同；若为同一医共体，将重复计算。");
    bg_errors_free(&errors);
    bg_area_free(&area);
}

static void communities_that_cannot_be_found_are_named(void **state)
{
    (void)state;
    folder_write("west.yaml", community);
    assert_refused("communities: {}\n", BG_MISSING, "there is no community");
    assert_refused("communities: {West: {}}\n", BG_MISSING,
                   "area.yaml:1:21: communities[West]: the community has no `scenario`");
    assert_refused("communities: {East: none.yaml, West: west.yaml}\n", BG_IO,
                   "area.yaml:1:21: communities[East].scenario: the file \"./none.yaml\" of the "
                   "community East cannot be read");
    assert_refused("communities: {..: west.yaml}\n", BG_INVALID, "can then not begin with a dot");
    assert_refused("communities: {all: west.yaml}\n", BG_INVALID, "stands for all of them");
    folder_write("bad.yaml", "history: {2024: x}\n");
    assert_refused("communities: {A: bad.yaml}\nbudget: {growth: much}\n", BG_TYPE,
                   "area.yaml:2:18: budget.growth");
    assert_refused("communities: {A: bad.yaml}\n", BG_TYPE, "bad.yaml:1:17: history");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_without_communities_is_no_area),
        cmocka_unit_test(what_the_area_writes_holds_for_each_community),
        cmocka_unit_test(an_amount_of_the_area_has_a_unit_where_communities_have_one),
        cmocka_unit_test(overrides_hold_for_the_area_and_each_community),
        cmocka_unit_test(what_must_be_one_for_all_is_refused_where_it_differs),
        cmocka_unit_test(what_belongs_to_a_community_cannot_stand_in_the_area),
        cmocka_unit_test(a_community_that_stands_there_twice_is_warned_of),
        cmocka_unit_test(communities_that_cannot_be_found_are_named),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
