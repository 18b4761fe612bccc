#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <baogan/catalogue.h>

#include "report/label.h"
#include "scenario/aliases.h"

static void every_label_has_words_in_both_languages(void **state)
{
    (void)state;
    for (int i = 0; i < BG_LABEL_COUNT; i++) {
        assert_true(bg_label((bg_label_id)i, "en")[0] != '\0');
        assert_true(bg_label((bg_label_id)i, "zh")[0] != '\0');
    }
    for (int i = 0; i < BG_EVENT_COUNT; i++) {
        assert_true(bg_label_of_event((bg_event)i, "en")[0] != '\0');
        assert_true(bg_label_of_event((bg_event)i, "zh")[0] != '\0');
    }
    assert_string_equal(bg_label(BG_LABEL_year, "fr"), "Year");
}

static void machine_names_find_their_words(void **state)
{
    (void)state;
    assert_string_equal(bg_label_of_name("residents", "zh"), "居民医保");
    assert_string_equal(bg_label_of_name("risk", "en"), "risk fund");
    assert_string_equal(bg_label_of_name("expense", "zh"), "基金支出");
}

static void an_outcome_of_a_party_has_the_words_of_the_party(void **state)
{
    (void)state;
    static const struct {
        bg_outcome_info outcome;
        const char *language, *words;
    } cases[] = {
        {{BG_OUTCOME_KIND_PLAIN, "expense", false}, "zh", "基金支出"},
        {{BG_OUTCOME_KIND_FUND, "risk", true}, "en", "risk fund"},
        {{BG_OUTCOME_KIND_INSTITUTION, "village_clinics", false}, "zh", "村卫生室"},
        {{BG_OUTCOME_KIND_INSTITUTION, "南乡卫生院", false}, "en", "南乡卫生院"},
        {{BG_OUTCOME_KIND_FUND, "expense", true}, "en", "expense"}, /* only its name is the same */
        {{BG_OUTCOME_KIND_INSTITUTION, "fund.north", false}, "en", "fund.north"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(bg_label_of_outcome(cases[i].outcome, cases[i].language),
                            cases[i].words);
    }
}

static void an_account_is_a_party_where_an_outcome_is_an_amount(void **state)
{
    (void)state;
    assert_string_equal(bg_label_of_name("outside", "en"), "expense outside the county");
    assert_string_equal(bg_label_of_account("outside", "en"), "providers outside");
    assert_string_equal(bg_label_of_account("guarantee", "zh"), "年度保障金");
    assert_string_equal(bg_label_of_account("own", "zh"), "own");
}

static void schemes_have_names_for_headings_and_services_for_lists(void **state)
{
    (void)state;
    assert_string_equal(bg_label_of_scheme("residents", "en"), "Residents' scheme");
    assert_string_equal(bg_label_of_scheme("employees", "zh"), "职工医保");
    assert_string_equal(bg_label_of_scheme("all", "en"), "All schemes together");
    assert_string_equal(bg_label_of_service("inpatient", "zh"), "住院");
    assert_string_equal(bg_label_of_service("dental", "zh"), "dental");
}

/* What reports call a step may stand for it in a file, where a file may have Chinese keys. */
static void steps_go_by_their_names(void **state)
{
    (void)state;
    size_t named = 0;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        char kind[32];
        int end = 0;
        if (sscanf(row->path, "settlement[%31[a-z_]]%n", kind, &end) == 1 && !row->path[end] &&
            bg_aliases_of(row)[0]) {
            named++;
            assert_non_null(strstr(bg_aliases_of(row), bg_label_of_step(kind, "zh")));
        }
    }
    assert_int_equal(named, 18);
}

static void every_source_of_a_default_has_chinese_words(void **state)
{
    (void)state;
    for (size_t year = 0; bg_catalogue_as_of_year(year); year++) {
        size_t sourced = 0;
        for (size_t i = 0; i < bg_catalogue_count(); i++) {
            const char *source =
                bg_catalogue_as_of(bg_catalogue_row(i), bg_catalogue_as_of_year(year))->source;
            const char *chinese = bg_label_of_source(source, "zh");
            if (source[0] && strcmp(chinese, source) == 0) {
                fail_msg("no Chinese words for \"%s\"", source);
            }
            assert_string_equal(bg_label_of_source(source, "en"), source);
            sourced += source[0] != '\0';
        }
        assert_in_range(sourced, 50, 1000);
    }
    assert_string_equal(bg_label_of_source("own", "zh"), "own");
}

static void a_step_keeps_the_name_that_the_user_gave_it(void **state)
{
    (void)state;
    assert_string_equal(bg_label_of_step("share_overspend", "en"), "share_overspend");
    assert_string_equal(bg_label_of_step("share_overspend", "zh"), "超支分担");
    assert_string_equal(bg_label_of_step("first round", "zh"), "first round");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_label_has_words_in_both_languages),
        cmocka_unit_test(machine_names_find_their_words),
        cmocka_unit_test(an_outcome_of_a_party_has_the_words_of_the_party),
        cmocka_unit_test(an_account_is_a_party_where_an_outcome_is_an_amount),
        cmocka_unit_test(schemes_have_names_for_headings_and_services_for_lists),
        cmocka_unit_test(steps_go_by_their_names),
        cmocka_unit_test(every_source_of_a_default_has_chinese_words),
        cmocka_unit_test(a_step_keeps_the_name_that_the_user_gave_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
