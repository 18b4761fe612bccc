#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "base/say.h"
#include <baogan/error.h>
#include <stdlib.h>
#include <string.h>

static void every_status_has_a_sentence_and_an_exit_status(void **state)
{
    (void)state;
    static const int documented[] = {0, 1, 2, 3, 4, 5, 130};
    for (int status = 0; status < BG_STATUS_COUNT; status++) {
        assert_true(strlen(bg_status_sentence((bg_status)status)) > 5);
        bool known = false;
        for (size_t i = 0; i < sizeof documented / sizeof documented[0]; i++) {
            known = known || bg_status_exit((bg_status)status) == documented[i];
        }
        assert_true(known);
        assert_int_equal(bg_status_exit((bg_status)status) == 0, status == BG_OK);
    }
}

static void no_two_statuses_share_a_sentence(void **state)
{
    (void)state;
    for (int a = 0; a < BG_STATUS_COUNT; a++) {
        for (int b = 0; b < a; b++) {
            assert_string_not_equal(bg_status_sentence((bg_status)a),
                                    bg_status_sentence((bg_status)b));
        }
    }
}

static void exit_statuses_are_those_of_the_manual(void **state)
{
    (void)state;
    assert_int_equal(bg_status_exit(BG_USAGE), 2);
    assert_int_equal(bg_status_exit(BG_UNKNOWN_KEY), 3);
    assert_int_equal(bg_status_exit(BG_IO), 4);
    assert_int_equal(bg_status_exit(BG_TARGET), 5);
    assert_int_equal(bg_status_exit(BG_INTERRUPTED), 130);
    assert_int_equal(bg_status_exit(BG_STATUS_COUNT), 1);
    assert_string_equal(bg_status_sentence(BG_STATUS_COUNT), "unknown status");
}

static void assert_text(bg_mark mark, const char *path, const char *expected)
{
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_errors_say(&errors, BG_RANGE, mark, path, "test", "%d is above %s",
                                   "%d is above %s", 7, "5"),
                     BG_RANGE);
    char *text = bg_error_text(&errors.items[0], NULL);
    assert_reports_only(text, expected);
    free(text);
    bg_errors_free(&errors);
}

static void text_leads_with_the_place_and_the_key(void **state)
{
    (void)state;
    const bg_mark full = {.file = "a.yaml", .line = 3, .column = 14};
    const bg_mark file_only = {.file = "a.yaml"};
    assert_text(full, "budget.growth[2027]", "a.yaml:3:14: budget.growth[2027]: 7 is above 5");
    assert_text(full, NULL, "a.yaml:3:14: 7 is above 5");
    assert_text(file_only, "", "a.yaml: 7 is above 5");
    assert_text(BG_NOWHERE, "people", "people: 7 is above 5");
    assert_text(BG_NOWHERE, NULL, "7 is above 5");
}

static void an_error_about_a_unit_has_its_number_as_a_member_and_in_the_text(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    const bg_mark mark = {.file = "a.yaml", .line = 3, .column = 14};
    assert_int_equal(bg_errors_say_unit(&errors, BG_RANGE, 12, mark, "people", "test", "%d is few.",
                                        "%d is few.", 3),
                     BG_RANGE);
    assert_int_equal(
        bg_errors_say(&errors, BG_RANGE, mark, "people", "test", "3 is few.", "3 is few."),
        BG_RANGE);
    assert_int_equal(errors.items[0].unit, 12);
    assert_int_equal(errors.items[1].unit, 0);
    assert_says(errors.items[0].message, "3 is few.");
    char *text = bg_error_text(&errors.items[0], NULL);
    assert_reports_only(text, "a.yaml:3:14: people: unit 12: 3 is few.");
    free(text);
    bg_errors_free(&errors);
}

static void an_error_keeps_its_place(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_errors_say(&errors, BG_RANGE, (bg_mark){.file = "--set", .override = true}, NULL, "test",
                  "few", "few");
    bg_errors_advise(&errors, (bg_mark){.file = "--set", .line = 3, .column = 14}, NULL, "test",
                     "few", "few");
    const bg_mark of_override = bg_error_mark(&errors.items[0]);
    const bg_mark of_file = bg_error_mark(&errors.items[1]);
    assert_true(of_override.override);
    assert_false(of_file.override); /* whatever the file is called */
    assert_string_equal(of_file.file, "--set");
    assert_int_equal(of_file.line, 3);
    assert_int_equal(of_file.column, 14);
    bg_errors_free(&errors);
}

static void warnings_are_listed_but_not_counted_as_errors(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_errors_advise(&errors, BG_NOWHERE, "people", "test", "Few people: %d.", "Few people: %d.",
                     3);
    bg_errors_advise(&errors, BG_NOWHERE, "people", "test", "Few people: %d.", "Few people: %d.",
                     3); /* said once */
    assert_int_equal(errors.count, 1);
    assert_int_equal(errors.error_count, 0);
    assert_true(errors.items[0].warning);
    assert_int_equal(errors.items[0].status, BG_OK);
    assert_says(errors.items[0].message, "Few people: 3.");
    bg_errors_free(&errors);
}

static void the_list_grows_and_keeps_its_order(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    for (int i = 0; i < 100; i++) {
        bg_errors_say(&errors, BG_INVALID, BG_NOWHERE, NULL, "test", "number %d", "number %d", i);
    }
    assert_int_equal(errors.count, 100);
    assert_int_equal(errors.error_count, 100);
    assert_says(errors.items[0].message, "number 0");
    assert_says(errors.items[99].message, "number 99");
    bg_errors_free(&errors);
    bg_errors_free(&errors);
    assert_int_equal(errors.count, 0);
}

static void a_missing_list_is_allowed(void **state)
{
    (void)state;
    assert_int_equal(bg_errors_say(NULL, BG_IO, BG_NOWHERE, NULL, "test", "lost", "lost"), BG_IO);
    bg_errors_advise(NULL, BG_NOWHERE, NULL, "test", "lost", "lost");
}

static void moved_entries_keep_their_order_and_leave_an_empty_list(void **state)
{
    (void)state;
    bg_errors list, moved;
    bg_errors_init(&list);
    bg_errors_init(&moved);
    bg_errors_say(&list, BG_RANGE, BG_NOWHERE, NULL, "test", "first", "first");
    bg_errors_say(&moved, BG_TYPE, BG_NOWHERE, NULL, "test", "second", "second");
    bg_errors_advise(&moved, BG_NOWHERE, NULL, "test", "third", "third");
    bg_errors_move(&list, &moved);
    assert_int_equal(list.count, 3);
    assert_int_equal(list.error_count, 2);
    assert_says(list.items[0].message, "first");
    assert_says(list.items[1].message, "second");
    assert_says(list.items[2].message, "third");
    assert_int_equal(moved.count, 0);
    assert_int_equal(moved.error_count, 0);
    bg_errors_free(&moved);
    bg_errors_free(&list);
}

static void a_sentence_has_a_name_and_is_said_in_both_languages(void **state)
{
    (void)state;
    bg_errors list;
    bg_errors_init(&list);
    const bg_mark mark = {.file = "a.yaml", .line = 3, .column = 5};
    static const char en[] = "%s is %d too many", zh[] = "%s多出%d个";
    const bg_status status = bg_errors_say_unit(&list, BG_RANGE, 7, mark, "people", "too_many", zh,
                                                en, BG_BOTH("a person", "人"), 2);
    bg_errors_advise(&list, mark, NULL, "too_many", zh, en, BG_BOTH("a person", "人"), 3);
    assert_int_equal(status, BG_RANGE);
    static const char *const texts[][2] = {
        {"a.yaml:3:5: people: unit 7: a person is 2 too many",
         "a.yaml:3:5: people: 第7个单位：人多出2个"},
        {"a.yaml:3:5: a person is 3 too many", "a.yaml:3:5: 人多出3个"},
    };
    for (size_t i = 0; i < 2; i++) {
        char *in_english = bg_error_text(&list.items[i], NULL);
        char *in_chinese = bg_error_text(&list.items[i], "zh");
        assert_reports_only(in_english, texts[i][0]);
        assert_reports_only(in_chinese, texts[i][1]);
        free(in_english);
        free(in_chinese);
    }
    assert_string_equal(list.items[0].name, "too_many");
    assert_true(list.items[1].warning);
    bg_errors_free(&list);
}

static void what_another_list_says_is_said_again_at_another_place(void **state)
{
    (void)state;
    bg_errors list, from;
    bg_errors_init(&list);
    bg_errors_init(&from);
    const bg_mark mark = {.file = "a.yaml", .line = 3, .column = 5};
    bg_errors_say_unit(&from, BG_RANGE, 7, BG_NOWHERE, NULL, "too_many", "%d太多", "%d is much", 2);
    bg_errors_advise(&from, BG_NOWHERE, NULL, "so_so", "尚可", "fair");
    assert_int_equal(bg_errors_say_again(&list, &from.items[0], mark, "people"), BG_RANGE);
    assert_int_equal(bg_errors_say_behind(&list, &from.items[1], mark, NULL, "%s%d：",
                                          "%s %d: ", BG_BOTH("part", "部分"), 4),
                     BG_OK);
    assert_int_equal(bg_errors_say_again(NULL, &from.items[0], mark, NULL), BG_RANGE);
    assert_int_equal(bg_errors_say_behind(NULL, &from.items[0], mark, NULL, "%d", "%d", 4),
                     BG_RANGE);
    bg_errors_free(&from);
    static const char *const texts[][2] = {
        {"a.yaml:3:5: people: 2 is much", "a.yaml:3:5: people: 2太多"},
        {"a.yaml:3:5: part 4: fair", "a.yaml:3:5: 部分4：尚可"},
    };
    for (size_t i = 0; i < 2; i++) {
        char *in_english = bg_error_text(&list.items[i], NULL);
        char *in_chinese = bg_error_text(&list.items[i], "zh");
        assert_reports_only(in_english, texts[i][0]);
        assert_reports_only(in_chinese, texts[i][1]);
        free(in_english);
        free(in_chinese);
    }
    assert_string_equal(list.items[0].name, "too_many");
    assert_string_equal(list.items[1].name, "so_so");
    assert_int_equal(list.items[0].unit, 0);
    assert_true(list.items[1].warning);
    assert_int_equal(list.error_count, 1);
    bg_errors_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_a_sentence_and_an_exit_status),
        cmocka_unit_test(no_two_statuses_share_a_sentence),
        cmocka_unit_test(exit_statuses_are_those_of_the_manual),
        cmocka_unit_test(text_leads_with_the_place_and_the_key),
        cmocka_unit_test(an_error_about_a_unit_has_its_number_as_a_member_and_in_the_text),
        cmocka_unit_test(an_error_keeps_its_place),
        cmocka_unit_test(warnings_are_listed_but_not_counted_as_errors),
        cmocka_unit_test(the_list_grows_and_keeps_its_order),
        cmocka_unit_test(moved_entries_keep_their_order_and_leave_an_empty_list),
        cmocka_unit_test(a_missing_list_is_allowed),
        cmocka_unit_test(a_sentence_has_a_name_and_is_said_in_both_languages),
        cmocka_unit_test(what_another_list_says_is_said_again_at_another_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
