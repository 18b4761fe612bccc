/* People by group: figures between years, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/close.h"
#include "../../support/says.h"
#include "../../support/scenario_text.h"

#include <baogan/history.h>
#include <baogan/people.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HISTORY "history: {2024: {residents.total: 400M}}\n"

static bg_scenario *with_people(const char *people)
{
    char text[2048];
    snprintf(text, sizeof text, HISTORY "people: {residents: {%s}}\n", people);
    return scenario_of(text, NULL);
}

static bg_groups groups_of(const bg_scenario *scenario)
{
    bg_groups groups;
    bg_groups_open(bg_scenario_find(scenario, "people[residents]"), &groups);
    return groups;
}

static void shares_lie_on_a_line_between_years_and_stay_beyond_them(void **state)
{
    (void)state;
    bg_scenario *scenario =
        with_people("groups: {young: {share: {2024: 80%, 2028: 70%, 2029: 69%}},\n"
                    "         old: {share: {2024: 20%, 2028: 30%, 2029: 31%}}}");
    const bg_groups groups = groups_of(scenario);
    static const struct {
        int year;
        double old;
    } rows[] = {{2020, 0.2}, {2024, 0.2},  {2025, 0.225}, {2026, 0.25},
                {2028, 0.3}, {2029, 0.31}, {2040, 0.31}};
    assert_int_equal(groups.count, 2);
    assert_int_equal(groups.first_named, 2024);
    assert_int_equal(groups.last_named, 2029);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_close(bg_groups_share(&groups, bg_groups_find(&groups, "old"), rows[i].year),
                     rows[i].old, 1e-12);
    }
    assert_int_equal(bg_groups_find(&groups, "children"), groups.count);
    bg_scenario_free(scenario);
}

/* 400 and 100 in 2024, 390 and 120 in 2025. */
static void numbers_have_shares_of_their_sum(void **state)
{
    (void)state;
    bg_scenario *scenario = with_people("groups: {young: {count: {2024: 400000, 2026: 380000}},\n"
                                        "         old: {count: {2024: 100000, 2026: 140000}}}");
    const bg_groups groups = groups_of(scenario);
    assert_true(groups.by_count);
    assert_close(bg_groups_people(&groups, 2024), 500000, 1e-6);
    assert_close(bg_groups_people(&groups, 2025), 510000, 1e-6);
    assert_close(bg_groups_share(&groups, 1, 2025), 120.0 / 510, 1e-12);
    bg_history history;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_history_read(scenario, &history, &errors), BG_OK);
    assert_close(history.scheme[0].people, 500000, 1e-6);
    assert_false(history.scheme[0].people_assumed);
    bg_history_free(&history);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static void assert_refused(const char *people, const char *message)
{
    bg_scenario *scenario = with_people(people);
    bg_history history;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_history_read(scenario, &history, &errors), BG_INVALID);
    char *messages = messages_of(&errors);
    assert_reports(messages, message);
    free(messages);
    bg_errors_free(&errors);
    bg_scenario_free(scenario);
}

static void what_does_not_fit_together_is_refused(void **state)
{
    (void)state;
    assert_refused("groups: {young: {share: 70%}, old: {share: 20%}}",
                   "t.yaml:2:30: people[residents].groups: the shares of the groups add up to 90%; "
                   "they must be 100%.\n");
    assert_refused(
        "groups: {young: {share: {2024: 80%, 2026: 70%}}, old: {share: {2024: 20%, 2025: 30%}}}",
        "t.yaml:2:30: people[residents].groups: in 2025 the shares of the groups add up to "
        "105%; they must be 100% in every year.\n");
    assert_refused("groups: {young: {share: 100%}, old: {share: 0%}}",
                   "t.yaml:2:66: people[residents].groups[old].share: the group has nobody in any "
                   "year; leave it out, or give it people.\n");
    assert_refused("groups: {young: {count: 5000}, old: {share: 20%}}",
                   "t.yaml:2:58: people[residents].groups[old]: give the groups of a scheme all by "
                   "`count` or all by `share`.\n");
    assert_refused("groups: {young: {share: 100%}, old: {inpatient: 3}}",
                   "t.yaml:2:58: people[residents].groups[old]: a group needs its number of "
                   "people, `count`, or its share of the scheme's people, `share`.\n");
    assert_refused("count: 90000, groups: {young: {count: 70000}, old: {count: 30000}}",
                   "t.yaml:2:29: people[residents].count: the groups have 100000 people in 2024, "
                   "but `count` says 90000; leave `count` out, or make the two agree.\n");
    assert_refused("groups: {young: {count: {2024: 100000, 2025: 70000}}, old: {count: 10000}}",
                   "t.yaml:2:30: people[residents].groups: from 2024 to 2025 the people of all "
                   "groups go from 110000 to 80000; at most 20% up or down a year are allowed.\n");
    assert_refused("groups: {young: {share: {2024: 80%, later: 70%}}, old: {share: 20%}}",
                   "t.yaml:2:65: people[residents].groups[young].share[later]: \"later\" is no "
                   "year; name years, such as {2024: 27%, 2030: 31%}: between them figures lie on "
                   "a straight line, and after the last they stay.\n");
}

static void more_groups_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    char people[1024] = "groups: {";
    for (int i = 0; i < 17; i++) {
        char group[32];
        snprintf(group, sizeof group, "%sg%d: {share: 5%%}", i ? ", " : "", i);
        strcat(people, group);
    }
    strcat(people, "}");
    bg_scenario *scenario = with_people(people);
    assert_int_equal(groups_of(scenario).count, BG_MAX_GROUPS);
    bg_scenario_free(scenario);
    assert_refused(people, "t.yaml:2:30: people[residents].groups: there are 17 groups; at most 16 "
                           "are allowed.\n");
}

static void relative_figures_below_zero_are_refused(void **state)
{
    (void)state;
    char *messages = messages_of_text(
        HISTORY "people: {residents: {groups: {young: {share: 100%, inpatient: -1}}}}\n", NULL);
    assert_reports(
        messages,
        "t.yaml:2:63: people[residents].groups[young].inpatient.cases: -1 is out of range; allowed "
        "is a number such as 2 or 0.85, with at most 12 decimals, from 0 to 1000.\n");
    free(messages);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_lie_on_a_line_between_years_and_stay_beyond_them),
        cmocka_unit_test(numbers_have_shares_of_their_sum),
        cmocka_unit_test(what_does_not_fit_together_is_refused),
        cmocka_unit_test(more_groups_than_there_is_room_for_are_refused),
        cmocka_unit_test(relative_figures_below_zero_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
