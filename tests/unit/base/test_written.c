/* Texts as people write them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/written.h"
#include <string.h>

static void full_width_characters_are_those_of_ascii(void **state)
{
    (void)state;
    char text[BG_WRITTEN];
    assert_true(bg_written_narrow("　Ａｚ（１．５％）～！ ", text, sizeof text));
    assert_string_equal(text, "Az(1.5%)~!");
    assert_true(bg_written_narrow("\xEF\xBB\xBF\xE2\x80\x8B \t", text, sizeof text));
    assert_string_equal(text, "");
    assert_true(bg_written_narrow("医疗 费用", text, sizeof text));
    assert_string_equal(text, "医疗 费用");
    assert_false(bg_written_narrow("１２３", text, 3));
    assert_true(bg_written_narrow("１２３", text, 4));
}

static void names_are_the_same_but_for_case_blanks_and_width(void **state)
{
    (void)state;
    assert_true(bg_written_same("Emergency", " emer\xC2\xA0gency"));
    assert_true(bg_written_same("ｓｃｏｒｅ", "SCORE"));
    assert_true(bg_written_same("合　计", "合计"));
    assert_true(bg_written_same("基金\n支付", "基金支付"));
    assert_false(bg_written_same("基金支付", "基金支出"));
    assert_false(bg_written_same("score", "scores"));
    char fold[BG_WRITTEN], endless[3 * BG_WRITTEN];
    memset(endless, 'X', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_int_equal(strlen(bg_written_fold(endless, fold)), BG_WRITTEN - 1);
}

static void a_comma_or_a_point_before_three_digits_means_two_things(void **state)
{
    (void)state;
    char thousands[BG_WRITTEN], decimals[BG_WRITTEN];
    assert_true(bg_written_twice("494,125", thousands, decimals));
    assert_string_equal(thousands, "494125");
    assert_string_equal(decimals, "494.125");
    assert_true(bg_written_twice("¥-49.400万", thousands, decimals));
    assert_string_equal(thousands, "-49400万");
    assert_string_equal(decimals, "-49.400万");
    static const char *const clear[] = {"494125", "49.40",    "1,234.500", "1,234,567", "1.234.567",
                                        "0.125",  "1234.567", "49,4000",   "49,40",     "x49,400",
                                        "49 400", ",400",     ""};
    for (size_t i = 0; i < sizeof clear / sizeof *clear; i++) {
        assert_false(bg_written_twice(clear[i], thousands, decimals));
    }
}

static void the_last_place_of_a_number_is_known(void **state)
{
    (void)state;
    char step[BG_WRITTEN];
    assert_true(bg_written_step("¥-1,234.50万元", step));
    assert_string_equal(step, "0000.01万元");
    assert_true(bg_written_step("7", step));
    assert_string_equal(step, "1");
    assert_false(bg_written_step("-", step));
}

static void numbers_of_spreadsheets_are_rounded_to_what_these_hold(void **state)
{
    (void)state;
    static const struct {
        const char *text, *rounded;
    } cases[] = {
        {"34200.100000000002", "34200.1"},
        {"0.30000000000000004", "0.3"},
        {"-58120.499999999993", "-58120.5"},
        {"3.42E+8", "342000000"},
        {"1.5e-3", "0.0015"},
        {"1.2345E2", "123.45"},
        {"-1E-2", "-0.01"},
        {"1234567890123456", "1234567890123460"},
        {"0.1000000000000000055511", "0.1"},
        {"0E0", "0"},
    };
    char text[BG_WRITTEN];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(bg_written_round(cases[i].text, text));
        assert_string_equal(text, cases[i].rounded);
    }
    /* Seventeen digits; the fifteenth is rounded up all the way. */
    assert_true(bg_written_round("99999999999999.996", text));
    assert_string_equal(text, "100000000000000");
    static const char *const others[] = {"34200.1", "",       "abcdefghijklmnopqrstuvw", "1E",
                                         "e5",      "1E1234", "1,234,567,890,123,456",   "1E99",
                                         "1E+5x"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_false(bg_written_round(others[i], text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(full_width_characters_are_those_of_ascii),
        cmocka_unit_test(names_are_the_same_but_for_case_blanks_and_width),
        cmocka_unit_test(a_comma_or_a_point_before_three_digits_means_two_things),
        cmocka_unit_test(the_last_place_of_a_number_is_known),
        cmocka_unit_test(numbers_of_spreadsheets_are_rounded_to_what_these_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
