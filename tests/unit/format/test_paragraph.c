/* Running text in lines of a given width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/paragraph.h"

static void assert_prints(const char *text, bg_margins margins, const char *expected)
{
    char *printed = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&printed, &size);
    assert_non_null(stream);
    bg_paragraph_print(text, margins, stream);
    fclose(stream);
    assert_string_equal(printed, expected);
    free(printed);
}

static void lines_break_at_blanks_and_hang(void **state)
{
    (void)state;
    assert_prints("the base lies back", (bg_margins){0, 0, 8}, "the base\nlies\nback\n");
    assert_prints("the base lies back", (bg_margins){1, 3, 10}, " the base\n   lies\n   back\n");
    assert_prints("short", (bg_margins){2, 4, 80}, "  short\n");
    assert_prints("", (bg_margins){0, 0, 80}, "\n");
}

static void a_word_wider_than_the_line_stands_alone(void **state)
{
    (void)state;
    assert_prints("a overlong b", (bg_margins){0, 0, 4}, "a\noverlong\nb\n");
    assert_prints("a b", (bg_margins){9, 9, 4}, "         a\n         b\n");
}

static void an_error_stays_with_its_figure(void **state)
{
    (void)state;
    assert_prints("loses 6.3 ±0.5 then", (bg_margins){0, 0, 10}, "loses\n6.3 ±0.5\nthen\n");
}

static void chinese_breaks_between_characters_but_not_before_punctuation(void **state)
{
    (void)state;
    assert_prints("年度总额", (bg_margins){0, 0, 4}, "年度\n总额\n");
    assert_prints("年度总额", (bg_margins){0, 0, 5}, "年度\n总额\n");
    assert_prints("年度。总额", (bg_margins){0, 0, 4}, "年\n度。\n总额\n");
    assert_prints("年（总额", (bg_margins){0, 0, 4}, "年\n（总\n额\n");
    assert_prints("总额2025年", (bg_margins){0, 0, 6}, "总额\n2025年\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_break_at_blanks_and_hang),
        cmocka_unit_test(a_word_wider_than_the_line_stands_alone),
        cmocka_unit_test(an_error_stays_with_its_figure),
        cmocka_unit_test(chinese_breaks_between_characters_but_not_before_punctuation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
