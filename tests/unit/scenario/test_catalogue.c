#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "scenario/path.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <baogan/catalogue.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const bg_parameter *row_at(size_t index)
{
    const bg_parameter *row = bg_catalogue_row(index);
    assert_non_null(row);
    return row;
}

/* A path that the row's pattern matches: its free names are "residents", which is a scheme, too. */
static void concrete(const char *pattern, char *path, size_t size)
{
    size_t used = 0;
    for (const char *c = pattern; *c && used + 16 < size; c++) {
        path[used++] = *c;
        if (c[0] == '[' && c[1] == ']') {
            memcpy(path + used, "residents", 9);
            used += 9;
        }
    }
    path[used] = '\0';
}

static void every_row_is_described_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        size_t length = strlen(row->en);
        assert_true(length > 2 && row->en[length - 1] != '.');
        bool chinese = false;
        for (const char *c = row->zh; *c; c++) {
            chinese = chinese || (unsigned char)*c >= 0xE4;
        }
        if (!chinese) {
            fail_msg("%s has no Chinese description", row->path);
        }
    }
}

static void every_row_is_found_by_its_own_path_and_stands_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        char path[256];
        concrete(row->path, path, sizeof path);
        if (bg_catalogue_find(path) != row) {
            fail_msg("%s finds another row than %s", path, row->path);
        }
    }
}

static void every_row_stands_under_a_row_that_holds_keys(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        char path[256];
        concrete(row->path, path, sizeof path);
        size_t parent = bg_path_parent(path);
        if (parent == 0) {
            continue;
        }
        bool bracket = path[parent] == '[';
        path[parent] = '\0';
        const bg_parameter *above = bg_catalogue_find(path);
        if (!above) {
            fail_msg("nothing stands above %s", row->path);
            return;
        }
        assert_int_equal(above->type, BG_TYPE_NONE);
        assert_true(above->shape == BG_SHAPE_ENTRIES ||
                    (above->shape == BG_SHAPE_STEPS && bracket) ||
                    (above->shape == BG_SHAPE_SECTION && !bracket));
    }
}

static void every_bound_can_be_read_and_bounds_are_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        const char *const bounds[] = {row->minimum, row->advised_minimum, row->advised_maximum,
                                      row->maximum};
        int64_t last = INT64_MIN;
        for (size_t b = 0; b < 4; b++) {
            int64_t value;
            if (!bounds[b][0]) {
                continue;
            }
            if (bg_value_parse(row, bounds[b], 100, &value) != BG_OK || value < last) {
                fail_msg("%s: the bound %s is unreadable or out of order", row->path, bounds[b]);
            }
            last = value;
        }
    }
}

static void check_default(bg_arena *arena, const bg_parameter *row)
{
    bg_errors errors;
    bg_errors_init(&errors);
    char path[256];
    concrete(row->path, path, sizeof path);
    const bg_node *node = bg_default_node(arena, row, path, path, "key", &errors);
    if ((node != NULL) != (row->standard[0] != '\0') || errors.count > 0) {
        fail_msg("%s: the default is not legal: %s", row->path,
                 errors.count ? errors.items[0].message : "");
    }
    bg_errors_free(&errors);
}

static void every_default_is_legal_and_usual(void **state)
{
    (void)state;
    bg_arena arena = {0};
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        for (size_t year = 0; bg_catalogue_as_of_year(year); year++) {
            check_default(&arena, bg_catalogue_as_of(row_at(i), bg_catalogue_as_of_year(year)));
        }
    }
    bg_arena_free(&arena);
}

/* What changes with the year must be found again in a tree: a single value. */
static void a_row_as_of_another_year_differs_in_its_default_and_source_alone(void **state)
{
    (void)state;
    size_t defaults = 0;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i), *before = bg_catalogue_as_of(row, 2024);
        assert_string_equal(before->path, row->path);
        assert_string_equal(before->en, row->en);
        assert_string_equal(before->maximum, row->maximum);
        assert_int_equal(before->assumed, row->assumed);
        if (strcmp(before->standard, row->standard) != 0) {
            defaults++;
            assert_null(strpbrk(before->standard, "{["));
            assert_null(strpbrk(row->standard, "{["));
        } else if (before->source[0] && strcmp(before->source, row->source) != 0) {
            assert_non_null(strstr(row->source, "as of 2025"));
        }
    }
    assert_int_equal(defaults, 12); /* those of the table in sim/demand/README.md */
}

static void the_newest_defaults_that_are_no_later_than_a_year_hold_for_it(void **state)
{
    (void)state;
    static const struct {
        int year;
        const char *standard;
    } cases[] = {{1990, "6%"}, {2023, "6%"}, {2024, "6%"}, {2025, "5%"}, {2200, "5%"}};
    const bg_parameter *row = bg_catalogue_find("demand.trend.prior");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bg_parameter *then = bg_catalogue_as_of(row, cases[i].year);
        assert_string_equal(then->standard, cases[i].standard);
        assert_ptr_equal(bg_catalogue_as_of(then, 2025), row); /* and back */
    }
    const bg_parameter copy = *row_at(0);
    assert_ptr_equal(bg_catalogue_as_of(&copy, 2024), &copy);
    assert_int_equal(bg_catalogue_as_of_year(0), 2024);
    assert_int_equal(bg_catalogue_as_of_year(1), 2025);
    assert_int_equal(bg_catalogue_as_of_year(2), 0);
}

static void choices_are_given_where_they_are_needed_and_only_there(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        assert_int_equal(row->type == BG_TYPE_CHOICE, strchr(row->choices, '|') != NULL);
        assert_null(strstr(row->choices, "||"));
        assert_null(strchr(row->choices, ' '));
    }
}

static void shapes_that_hold_keys_have_no_type_and_others_have_one(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        bool holds_keys = bg_shape_merges(row->shape) || row->shape == BG_SHAPE_STEPS;
        assert_int_equal(row->type == BG_TYPE_NONE, holds_keys);
    }
}

static void a_shorthand_leads_to_a_row_with_a_value(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        if (!row->shorthand[0]) {
            continue;
        }
        char path[256], value[512];
        concrete(row->path, path, sizeof path);
        snprintf(value, sizeof value, "%s%s%s", path, row->shorthand[0] == '[' ? "" : ".",
                 row->shorthand);
        const bg_parameter *target = bg_catalogue_find(value);
        assert_non_null(target);
        assert_true(target->shape == BG_SHAPE_ONE || target->shape == BG_SHAPE_RULE);
    }
}

/* Figures about the world need a source; switches, weights and zeros do not. */
static void figures_of_demand_and_people_say_where_they_come_from(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        bool figure =
            row->type == BG_TYPE_RATE || row->type == BG_TYPE_DECIMAL || row->type == BG_TYPE_PRICE;
        bool about_the_world = strncmp(row->path, "demand.", 7) == 0 ||
                               strncmp(row->path, "people[", 7) == 0 ||
                               strncmp(row->path, "pool[", 5) == 0;
        if (figure && about_the_world && row->standard[0] && !row->source[0]) {
            fail_msg("%s has a default without a source", row->path);
        }
    }
}

static void an_assumption_has_a_source_that_does_not_repeat_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = row_at(i);
        if (strstr(row->source, "assum") || (row->assumed && !row->source[0])) {
            fail_msg("%s: %s", row->path, row->source);
        }
    }
}

static void a_named_row_wins_over_a_general_one(void **state)
{
    (void)state;
    const bg_parameter *named = bg_catalogue_find("demand.services[inpatient].cost_cv");
    const bg_parameter *general = bg_catalogue_find("demand.services[dental].cost_cv");
    assert_string_equal(named->path, "demand.services[inpatient].cost_cv");
    assert_string_equal(general->path, "demand.services[].cost_cv");
    assert_string_equal(bg_catalogue_find("people[residents].count")->path, "people[].count");
}

static void a_cell_of_a_table_has_the_row_of_its_table(void **state)
{
    (void)state;
    assert_string_equal(bg_catalogue_find("budget.growth[2027]")->path, "budget.growth");
    assert_string_equal(bg_catalogue_find("settlement[share_surplus].bands[10%]")->path,
                        "settlement[share_surplus].bands");
    assert_null(bg_catalogue_find("budget.later_rule[2027]"));
}

static void what_is_no_path_finds_nothing(void **state)
{
    (void)state;
    static const char *const paths[] = {
        "",
        ".",
        "budget.",
        ".budget",
        "budget..growth",
        "budget.growth[",
        "budget]",
        "people.residents.count",
        "people[foo]",
        "budget[growth]",
        "budgets",
        "settlement[x].fund",
        "people[residents]count",
        "history[2024",
    };
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        if (bg_catalogue_find(paths[i])) {
            fail_msg("\"%s\" finds a row", paths[i]);
        }
    }
    assert_null(bg_catalogue_row(bg_catalogue_count()));
}

static void a_misspelt_path_suggests_the_nearest(void **state)
{
    (void)state;
    static const struct {
        const char *path, *expected;
    } cases[] = {
        {"budgt", "budget"},
        {"budget.grwoth", "budget.growth"},
        {"people[residnets]", "people[residents]"},
        {"people[residents].cuont", "people[residents].count"},
        {"demand.services[dental].cost_cvv", "demand.services[dental].cost_cv"},
        {"later_rule", "budget.later_rule"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char suggestion[256] = "";
        assert_true(bg_catalogue_suggest(cases[i].path, suggestion, sizeof suggestion));
        assert_string_equal(suggestion, cases[i].expected);
    }
}

static void what_is_near_nothing_suggests_nothing(void **state)
{
    (void)state;
    char suggestion[256];
    assert_false(bg_catalogue_suggest("xyzzy", suggestion, sizeof suggestion));
    assert_false(bg_catalogue_suggest("", suggestion, sizeof suggestion));
    char small[4];
    assert_false(bg_catalogue_suggest("budgt", small, sizeof small));
}

static void types_and_shapes_have_names(void **state)
{
    (void)state;
    assert_string_equal(bg_type_name(BG_TYPE_NONE), "section");
    assert_string_equal(bg_type_name(BG_TYPE_PRICE), "price");
    assert_string_equal(bg_type_name((bg_type)99), "");
    assert_string_equal(bg_shape_name(BG_SHAPE_ONE), "one");
    assert_string_equal(bg_shape_name(BG_SHAPE_STEPS), "steps");
    assert_string_equal(bg_shape_name((bg_shape)99), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_described_in_both_languages),
        cmocka_unit_test(every_row_is_found_by_its_own_path_and_stands_once),
        cmocka_unit_test(every_row_stands_under_a_row_that_holds_keys),
        cmocka_unit_test(every_bound_can_be_read_and_bounds_are_in_order),
        cmocka_unit_test(every_default_is_legal_and_usual),
        cmocka_unit_test(a_row_as_of_another_year_differs_in_its_default_and_source_alone),
        cmocka_unit_test(the_newest_defaults_that_are_no_later_than_a_year_hold_for_it),
        cmocka_unit_test(choices_are_given_where_they_are_needed_and_only_there),
        cmocka_unit_test(shapes_that_hold_keys_have_no_type_and_others_have_one),
        cmocka_unit_test(a_shorthand_leads_to_a_row_with_a_value),
        cmocka_unit_test(figures_of_demand_and_people_say_where_they_come_from),
        cmocka_unit_test(an_assumption_has_a_source_that_does_not_repeat_it),
        cmocka_unit_test(a_named_row_wins_over_a_general_one),
        cmocka_unit_test(a_cell_of_a_table_has_the_row_of_its_table),
        cmocka_unit_test(what_is_no_path_finds_nothing),
        cmocka_unit_test(a_misspelt_path_suggests_the_nearest),
        cmocka_unit_test(what_is_near_nothing_suggests_nothing),
        cmocka_unit_test(types_and_shapes_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
