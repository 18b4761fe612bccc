#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/say.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static void a_text_grows_by_pieces(void **state)
{
    (void)state;
    bg_text text = {0};
    for (int i = 0; i < 1000; i++) {
        bg_text_add(&text, "%03d,", i);
    }
    assert_int_equal(text.length, 4000);
    char *all = bg_text_take(&text);
    assert_int_equal(strlen(all), 4000);
    assert_string_equal(all + 3996, "999,");
    free(all);
    assert_null(bg_text_take(&text));
}

static char *sentence(const char *words)
{
    return bg_text_sentence(strdup(words));
}

static void a_sentence_is_its_words_or_their_number(void **state)
{
    (void)state;
    char *first = sentence("expense is 1.00"), *again = sentence("expense is 1.00"),
         *other = sentence("expense is 2.00"), *nothing = sentence("");
    assert_string_equal(first, again);
    assert_string_not_equal(first, other);
    assert_string_equal(nothing, "");
    assert_null(bg_text_sentence(NULL));
#ifdef BG_NUMBERED_SENTENCES
    assert_int_equal(strlen(first), 9);
    assert_int_equal(strspn(first, "#0123456789abcdef"), 9);
#else
    assert_string_equal(first, "expense is 1.00");
#endif
    free(first);
    free(again);
    free(other);
    free(nothing);
}

static void of_words_in_both_languages_one_is_kept(void **state)
{
    (void)state;
    static const char words[] = "1 " BG_BOTH("a", "甲") BG_BOTH("bc", "") ", 2";
    char english[] = "--------------------", chinese[sizeof english];
    assert_true(sizeof words <= sizeof english);
    strcpy(english, words);
    strcpy(chinese, words);
    bg_text_choose(english, false);
    bg_text_choose(chinese, true);
    bg_text_choose(NULL, true);
    assert_string_equal(english, "1 abc, 2");
    assert_string_equal(chinese, "1 甲, 2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_grows_by_pieces),
        cmocka_unit_test(a_sentence_is_its_words_or_their_number),
        cmocka_unit_test(of_words_in_both_languages_one_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
