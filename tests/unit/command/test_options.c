#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "base/nearest.h"
#include "command/options.h"

#define ALLOWED                                                                                    \
    (BG_WITH(set) | BG_WITH(vary) | BG_WITH(json) | BG_WITH(threads) | BG_WITH(lang) |             \
     BG_WITH(out) | BG_WITH(help) | BG_WITH(money_unit))

enum { MOST_WORDS = 16 };

/* Parses a verb and up to fifteen words; the caller frees both. */
static bg_status parse(bg_options *options, bg_errors *errors, ...)
{
    char *argv[MOST_WORDS + 1] = {(char[]){"verb"}};
    int argc = 1;
    va_list words;
    va_start(words, errors);
    for (char *word; argc < MOST_WORDS && (word = va_arg(words, char *)) != NULL;) {
        argv[argc++] = word;
    }
    va_end(words);
    argv[argc] = NULL;
    bg_errors_init(errors);
    return bg_options_parse(options, argc, argv, ALLOWED, errors);
}

static void release(bg_options *options, bg_errors *errors)
{
    bg_options_free(options);
    bg_options_free(options);
    bg_errors_free(errors);
}

static void options_and_operands_mix_in_any_order(void **state)
{
    (void)state;
    bg_options options;
    bg_errors errors;
    assert_int_equal(parse(&options, &errors, "a.yaml", "--set", "x=1", "--json", "b.yaml",
                           "--set=y=2=3", "--threads=8", "--lang", "zh", NULL),
                     BG_OK);
    assert_int_equal(options.operand_count, 2);
    assert_string_equal(options.operands[1], "b.yaml");
    assert_int_equal(options.set_count, 2);
    assert_string_equal(options.set[0], "x=1");
    assert_string_equal(options.set[1], "y=2=3");
    assert_true(options.json);
    assert_int_equal(options.threads, 8);
    assert_string_equal(options.lang, "zh");
    release(&options, &errors);
}

static void parsing_starts_afresh_each_time(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        bg_options options;
        bg_errors errors;
        assert_int_equal(parse(&options, &errors, "--out", "d", "a.yaml", NULL), BG_OK);
        assert_string_equal(options.out, "d");
        assert_int_equal(options.operand_count, 1);
        release(&options, &errors);
    }
}

static void assert_refused(const char *first, const char *second, const char *sentence)
{
    bg_options options;
    bg_errors errors;
    assert_int_equal(parse(&options, &errors, first, second, NULL), BG_USAGE);
    assert_int_equal(errors.error_count, 1);
    assert_says_among_others(errors.items[0].message, sentence);
    release(&options, &errors);
}

static void mistakes_are_refused_with_a_hint(void **state)
{
    (void)state;
    assert_refused("--thread", "x", "--threads is \"x\""); /* GNU: a unique beginning will do */
    assert_refused("--jsno", NULL, "did you mean --json?");
    assert_refused("--explain", NULL, "option --explain is not known here");
    assert_refused("-xyz", NULL, "option -xyz is not known here; a file whose name");
    assert_refused("-x", NULL, "option -x is not known here; a file whose name");
    assert_refused("--out", NULL, "--out needs an argument");
    assert_refused("--threads", "0", "from 1 to 100000");
    assert_refused("--threads", "99999999999999999999", "from 1 to 100000");
    assert_refused("--threads", "", "from 1 to 100000");
    assert_refused("--lang", "de", "one of en|zh");
    assert_refused("--lang", "", "--lang is empty; it must be given as --lang en|zh");
    assert_refused("--out", "", "--out is empty; it must be given as --out PATH");
}

static void a_unit_of_money_is_one_of_a_few_words(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int64_t fen;
    } rows[] = {
        {"yuan", 100},
        {"thousand", 100000},
        {"wan", 1000000},
        {"million", 100000000},
        {"yi", INT64_C(10000000000)},
        {"billion", INT64_C(100000000000)},
        {"元", 100},
        {"千元", 100000},
        {"万元", 1000000},
        {"百万元", 100000000},
        {"亿元", INT64_C(10000000000)},
        {"十亿元", INT64_C(100000000000)},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_options options;
        bg_errors errors;
        assert_int_equal(parse(&options, &errors, "--money-unit", rows[i].word, NULL), BG_OK);
        assert_int_equal(options.money_fen, rows[i].fen);
        release(&options, &errors);
    }
    assert_refused("--money-unit", "k", "one of yuan|thousand|wan|million|yi|billion|元");
    assert_refused("--money-unit", "", "--money-unit is empty");
    assert_int_equal(bg_options_money_fen(NULL), 0);
}

static void the_nearest_word_is_near(void **state)
{
    (void)state;
    static const char *const words[] = {"run", "check", "budget"};
    assert_string_equal(bg_nearest("rnu", words, 3), "run");
    assert_string_equal(bg_nearest("bugdet", words, 3), "budget");
    assert_string_equal(bg_nearest("chek", words, 3), "check");
    assert_null(bg_nearest("settle", words, 3));
    char long_word[200];
    memset(long_word, 'x', sizeof long_word - 1);
    long_word[sizeof long_word - 1] = '\0';
    assert_null(bg_nearest(long_word, words, 3));
}

static void a_key_that_is_set_twice_is_refused(void **state)
{
    (void)state;
    bg_options options;
    bg_errors errors;
    assert_int_equal(
        parse(&options, &errors, "--set", "budget.growth=5%", "--set", "年度总额.增长率=6%", NULL),
        BG_USAGE);
    assert_says(errors.items[0].message,
                "budget.growth=5% and 年度总额.增长率=6% set the same key; give one of them");
    assert_says(errors.items[0].message_zh,
                "budget.growth=5% 与 年度总额.增长率=6% 设置同一个键；请只写一个");
    release(&options, &errors);
    assert_int_equal(parse(&options, &errors, "--set", "budget.growth=5%", "--set",
                           "budget.growth[2026]=6%", NULL),
                     BG_OK);
    release(&options, &errors);
}

static void a_key_to_vary_may_be_in_chinese(void **state)
{
    (void)state;
    bg_options options;
    bg_errors errors;
    assert_int_equal(parse(&options, &errors, "--vary", "年度总额.增长率[2027年]", "--vary",
                           "performance.score", NULL),
                     BG_OK);
    assert_string_equal(options.vary[0], "budget.growth[2027]");
    assert_string_equal(options.vary[1], "performance.score");
    release(&options, &errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_that_is_set_twice_is_refused),
        cmocka_unit_test(a_key_to_vary_may_be_in_chinese),
        cmocka_unit_test(options_and_operands_mix_in_any_order),
        cmocka_unit_test(parsing_starts_afresh_each_time),
        cmocka_unit_test(mistakes_are_refused_with_a_hint),
        cmocka_unit_test(a_unit_of_money_is_one_of_a_few_words),
        cmocka_unit_test(the_nearest_word_is_near),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
