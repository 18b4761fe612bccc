#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/scenario_text.h"

#include <baogan/difference.h>
#include <stdlib.h>

#define HISTORY "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"

typedef struct pair {
    bg_scenario *base, *reform;
    bg_differences differences;
} pair;

static pair compare(const char *base, const char *reform)
{
    pair self = {scenario_of(base, NULL), scenario_of(reform, NULL), {0}};
    assert_int_equal(bg_differences_find(self.base, self.reform, &self.differences), BG_OK);
    return self;
}

static void done(pair *self)
{
    bg_differences_free(&self->differences);
    bg_scenario_free(self->base);
    bg_scenario_free(self->reform);
}

static void assert_difference(const pair *self, size_t i, const char *path, const char *base,
                              const char *reform)
{
    assert_in_range(i, 0, self->differences.count - 1);
    const bg_difference *found = &self->differences.items[i];
    assert_string_equal(found->path, path);
    const struct {
        const bg_node *node;
        const char *line;
    } sides[] = {{found->base, base}, {found->reform, reform}};
    for (size_t s = 0; s < 2; s++) {
        assert_true((sides[s].node == NULL) == (sides[s].line == NULL));
        char *line = sides[s].node ? bg_node_line(sides[s].node) : NULL;
        if (line) {
            assert_string_equal(line, sides[s].line);
        }
        free(line);
    }
}

static void what_says_the_same_does_not_differ(void **state)
{
    (void)state;
    pair same = compare(HISTORY "title: One\nbudget: {growth: 5%, funds: {risk: {rate: 2%, "
                                "carry_over: true}, guarantee: 0.03}}\n",
                        "title: Two\nmoney_unit: wan\nhistory: {2022: 10000, 2023: 11000, 2024: "
                        "12000}\nbudget: {growth: 0.05}\n");
    assert_int_equal(same.differences.count, 0);
    done(&same);
}

static void values_tables_and_entries_are_told_apart(void **state)
{
    (void)state;
    pair two = compare(HISTORY "budget: {growth: {2025: 5%, later: 4%}, income_limit: 98%,\n"
                               "  adjustments: {beds: 200万}}\n",
                       HISTORY "budget: {growth: {2025: 5%, later: 3%}, income_limit: 97%,\n"
                               "  adjustments: {drugs: -1万}}\n");
    assert_int_equal(two.differences.count, 4);
    assert_difference(&two, 0, "budget.growth", "{2025: 5%, later: 4%}", "{2025: 5%, later: 3%}");
    assert_difference(&two, 1, "budget.income_limit", "98%", "97%");
    assert_string_equal(two.differences.items[2].path, "budget.adjustments[beds]");
    assert_null(two.differences.items[2].reform);
    assert_string_equal(two.differences.items[3].path, "budget.adjustments[drugs]");
    assert_null(two.differences.items[3].base);
    done(&two);
}

static void steps_are_compared_one_by_one_where_they_correspond(void **state)
{
    (void)state;
    pair two = compare(HISTORY "settlement: [{corridor: {minimum_saving: none}}, {share_surplus: "
                               "{bands: {10%: 80%, rest: 0%}}}, {clear: {}}]\n",
                       HISTORY "settlement: [{corridor: {minimum_saving: 0%}}, {share_surplus: "
                               "{bands: {10%: 70%, rest: 0%}}}, {clear: {}}]\n");
    assert_int_equal(two.differences.count, 2);
    assert_difference(&two, 0, "settlement[corridor].minimum_saving", "none", "0%");
    assert_difference(&two, 1, "settlement[share_surplus].bands", "{10%: 80%, rest: 0%}",
                      "{10%: 70%, rest: 0%}");
    done(&two);
}

static void a_plan_of_other_steps_differs_as_a_whole(void **state)
{
    (void)state;
    pair two = compare(HISTORY "settlement: [{disallow: {}}, {clear: {}}]\n",
                       HISTORY "settlement: [{clear: {}}]\n");
    assert_int_equal(two.differences.count, 1);
    assert_difference(&two, 0, "settlement", "[{disallow: {}}, {clear: {}}]", "[{clear: {}}]");
    done(&two);
}

static bg_scenario *blended(const pair *self, const bool *taken)
{
    bg_scenario *scenario = NULL;
    assert_int_equal(
        bg_scenario_blend(self->base, self->reform, &self->differences, taken, &scenario), BG_OK);
    return scenario;
}

static void assert_same_parts(const bg_scenario *a, const bg_scenario *b)
{
    bg_differences none;
    assert_int_equal(bg_differences_find(a, b, &none), BG_OK);
    assert_int_equal(none.count, 0);
    bg_differences_free(&none);
}

/* Each blend must differ from the base in what was taken, and from the reform in what was not. */
static void blends_take_what_is_asked_for(void **state)
{
    (void)state;
    pair two =
        compare(HISTORY "budget: {growth: 5%, adjustments: {beds: 200万}}\n"
                        "settlement: [{share_overspend: {bands: {rest: 50%}}}, {clear: {}}]\n",
                HISTORY "budget: {growth: 4%, adjustments: {drugs: -1万}}\n"
                        "settlement: [{share_overspend: {bands: {rest: 30%}}}, {clear: {}}]\n");
    assert_int_equal(two.differences.count, 4);
    for (unsigned set = 0; set < 16; set++) {
        bool taken[4];
        for (size_t i = 0; i < 4; i++) {
            taken[i] = set >> i & 1;
        }
        bg_scenario *blend = blended(&two, taken);
        bg_differences from_base, from_reform;
        assert_int_equal(bg_differences_find(two.base, blend, &from_base), BG_OK);
        assert_int_equal(bg_differences_find(blend, two.reform, &from_reform), BG_OK);
        size_t b = 0, r = 0;
        for (size_t i = 0; i < 4; i++) {
            const char *path = two.differences.items[i].path;
            assert_string_equal(taken[i] ? from_base.items[b++].path : from_reform.items[r++].path,
                                path);
        }
        assert_int_equal(from_base.count, b);
        assert_int_equal(from_reform.count, r);
        bg_differences_free(&from_base);
        bg_differences_free(&from_reform);
        bg_scenario_free(blend);
    }
    bg_scenario *none = blended(&two, (bool[4]){false});
    bg_scenario *all = blended(&two, (bool[4]){true, true, true, true});
    assert_same_parts(two.base, none);
    assert_same_parts(all, two.reform);
    bg_scenario_free(none);
    bg_scenario_free(all);
    done(&two);
}

/* A word in place of a rate was once written as 0 %, which means something else. */
static void a_word_in_place_of_a_rate_survives_writing(void **state)
{
    (void)state;
    bg_scenario *first =
        scenario_of(HISTORY "settlement: [{corridor: {minimum_saving: none}}, "
                            "{share_overspend: {bands: {rest: 50%}}}, {clear: {}}]\n",
                    NULL);
    char *text = bg_scenario_yaml(first, false);
    bg_scenario *second = scenario_of(text, NULL);
    assert_same_parts(first, second);
    assert_string_equal(bg_scenario_find(second, "settlement[corridor].minimum_saving")->text,
                        "none");
    free(text);
    bg_scenario_free(first);
    bg_scenario_free(second);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_says_the_same_does_not_differ),
        cmocka_unit_test(values_tables_and_entries_are_told_apart),
        cmocka_unit_test(steps_are_compared_one_by_one_where_they_correspond),
        cmocka_unit_test(a_plan_of_other_steps_differs_as_a_whole),
        cmocka_unit_test(blends_take_what_is_asked_for),
        cmocka_unit_test(a_word_in_place_of_a_rate_survives_writing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
