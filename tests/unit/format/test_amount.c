#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/say.h"

#include "format/amount.h"

static void the_unit_follows_the_size_and_the_language(void **state)
{
    (void)state;
    static const struct {
        double fen;
        const char *language, *name;
    } rows[] = {
        {99999999, "en", "yuan"},     {1e8, "en", "million yuan"},   {9.9e12, "en", "million yuan"},
        {1e13, "en", "billion yuan"}, {-1e13, "en", "billion yuan"}, {0, "en", "yuan"},
        {99999999, "zh", "元"},       {1e8, "zh", "万元"},           {9.9e11, "zh", "万元"},
        {1e12, "zh", "亿元"},         {1e8, "fr", "million yuan"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_string_equal(bg_money_scale_choose(rows[i].fen, rows[i].language).name,
                            rows[i].name);
    }
}

static void amounts_are_grouped_and_rounded_in_their_unit(void **state)
{
    (void)state;
    char text[BG_AMOUNT_TEXT];
    const bg_money_scale million = bg_money_scale_choose(1e9, "en");
    assert_string_equal(bg_amount_text(million, 123456789012.0, text), "1,234.57");
    assert_string_equal(bg_amount_text(million, -99999999900000.0, text), "-1,000,000.00");
    assert_string_equal(bg_amount_text(million, -100, text), "0.00");
    assert_string_equal(bg_amount_text(million, 0, text), "0.00");
    const bg_money_scale wan = bg_money_scale_choose(1e9, "zh");
    assert_string_equal(bg_amount_text(wan, 5637321e4, text), "56,373");
    const bg_money_scale yuan = bg_money_scale_choose(1, "en");
    assert_string_equal(bg_amount_text(yuan, 100000, text), "1,000.00");
    assert_string_equal(bg_amount_text(yuan, 99999, text), "999.99");
}

static void an_exact_figure_has_no_error_beside_it(void **state)
{
    (void)state;
    char text[BG_AMOUNT_TEXT];
    const bg_money_scale million = bg_money_scale_choose(1e9, "en");
    assert_string_equal(bg_amount_with_error(million, 1e10, 0, text), "100.00");
    assert_string_equal(bg_amount_with_error(million, 1e10, 2.5e7, text), "100.00 ±0.25");
}

static void a_table_has_the_decimals_that_its_largest_error_bears(void **state)
{
    (void)state;
    static const struct {
        double error; /* million yuan */
        int decimals;
    } rows[] = {{0, 2},    {0.84, 2}, {0.994, 2}, {0.996, 1},
                {7.37, 1}, {9.94, 1}, {9.96, 0},  {50, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_money_scale unit =
            bg_money_scale_for_error(bg_money_scale_choose(1e9, "en"), rows[i].error * 1e8);
        assert_int_equal(unit.decimals, rows[i].decimals);
    }
    assert_int_equal(bg_money_scale_for_error(bg_money_scale_choose(1e9, "zh"), 1).decimals, 0);
}

static void an_error_below_the_last_digit_is_not_shown(void **state)
{
    (void)state;
    char text[BG_AMOUNT_TEXT];
    const bg_money_scale million = bg_money_scale_choose(1e9, "en");
    assert_string_equal(bg_amount_with_error(million, 1e10, 0.0049e8, text), "100.00");
    assert_string_equal(bg_amount_with_error(million, 1e10, 0.0051e8, text), "100.00 ±0.01");
}

static void a_share_of_nothing_has_no_sign(void **state)
{
    (void)state;
    assert_true(bg_percent_points(0.1016) == 10.2);
    assert_false(signbit(bg_percent_points(-0.0004)));
    assert_true(bg_percent_points(-0.0006) == -0.1);
}

static void a_range_is_said_in_the_language(void **state)
{
    (void)state;
    const bg_money_scale million = {"million yuan", 1e8, 1};
    char text[BG_RANGE_TEXT];
    assert_string_equal(bg_amount_range(million, -1e8, 1.25e11, "en", text), "-1.0 to 1,250.0");
    assert_string_equal(bg_amount_range(million, -1e8, 1.25e11, "zh", text), "-1.0至1,250.0");
}

static void an_error_alone_shows_tells_nothing_or_says_so(void **state)
{
    (void)state;
    const bg_money_scale million = {"million yuan", 1e8, 1};
    char text[BG_AMOUNT_TEXT];
    assert_string_equal(bg_amount_error(million, 2e8, text), "±2.0");
    assert_string_equal(bg_amount_error(million, 1e6, text), "");
    assert_string_equal(bg_amount_error(million, NAN, text), "–");
}

static void a_share_has_the_digits_that_its_interval_leaves(void **state)
{
    (void)state;
    char text[BG_AMOUNT_TEXT];
    assert_string_equal(bg_share_with_error(.542, .532, .552, text), "54.2% ±1.0");
    assert_string_equal(bg_share_with_error(.5, .4995, .5005, text), "50.00% ±0.05");
    assert_string_equal(bg_share_with_error(0, 0, .00038, text), "<0.038%");
    assert_string_equal(bg_share_with_error(1, .99962, 1, text), ">99.96%");
}

static void a_unit_that_is_asked_for_has_the_digits_that_it_needs(void **state)
{
    (void)state;
    static const struct {
        bg_fen unit;
        double largest; /* fen */
        int decimals;
        const char *en, *zh;
    } rows[] = {
        {100, 5e10, 0, "yuan", "元"},
        {100, 12345, 1, "yuan", "元"}, /* 123.45 yuan: four digits */
        {100, 99, 2, "yuan", "元"},    /* no more than the fen */
        {100000, 5e10, 0, "thousand yuan", "千元"},
        {1000000, 5.6e10, 0, "wan yuan", "万元"},
        {1000000, 9e8, 1, "wan yuan", "万元"},
        {100000000, 5.6e12, 2, "million yuan", "百万元"}, /* never fewer than two */
        {INT64_C(10000000000), 5.6e10, 3, "yi yuan", "亿元"},
        {INT64_C(100000000000), 5.6e10, 4, "billion yuan", "十亿元"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const bg_money_scale en = bg_money_scale_of(rows[i].unit, -rows[i].largest, "en");
        assert_string_equal(en.name, rows[i].en);
        assert_int_equal(en.decimals, rows[i].decimals);
        assert_string_equal(bg_money_scale_of(rows[i].unit, 0, "zh").name, rows[i].zh);
    }
    assert_string_equal(bg_money_scale_meaning(bg_money_scale_of(1000000, 1, "en")),
                        " (10,000 yuan)");
    assert_string_equal(bg_money_scale_meaning(bg_money_scale_of(1000000, 1, "zh")), "");
}

static void what_is_printed_to_the_fen_reads_back(void **state)
{
    (void)state;
    static const struct {
        bg_fen unit, amount;
        const char *en, *zh;
    } rows[] = {
        {1000000, INT64_C(2685000000), "2685 wan yuan", "2685万元"},
        {1000000, 1, "0.000001 wan yuan", "0.000001万元"},
        {100, -123450, "-1234.5 yuan", "-1234.5元"},
        {100000, 0, "0 thousand yuan", "0千元"},
        {100000000, INT64_C(1234567890123), "12345.67890123 million yuan", "12345.67890123百万元"},
        {INT64_C(10000000000), INT64_C(-3000000000), "-0.3 yi yuan", "-0.3亿元"},
        {INT64_C(100000000000), INT64_MAX, "92233720.36854775807 billion yuan",
         "92233720.36854775807十亿元"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int zh = 0; zh < 2; zh++) {
            char text[BG_AMOUNT_TEXT];
            bg_fen read = 0;
            const bg_money_scale unit = bg_money_scale_of(rows[i].unit, 1, zh ? "zh" : "en");
            assert_string_equal(bg_amount_exact(unit, rows[i].amount, text),
                                zh ? rows[i].zh : rows[i].en);
            assert_int_equal(bg_money_parse(text, 7, &read), BG_OK);
            assert_int_equal(read, rows[i].amount);
        }
    }
}

static void amounts_are_named_in_tables_and_sentences(void **state)
{
    (void)state;
    char text[BG_AMOUNT_TEXT];
    const bg_money_scale wan = bg_money_scale_of(1000000, 1e12, "zh");
    const bg_money_scale million = bg_money_scale_of(100000000, 1e12, "en");
    assert_string_equal(bg_amount_exact_grouped(million, INT64_C(123450000000), text),
                        "1,234.5 million yuan");
    assert_string_equal(bg_amount_to_fen(wan, INT64_C(12345678900), text), "12,345.678900万元");
    assert_string_equal(bg_amount_named(wan, 12345678900, text), "12,346万元");
    assert_string_equal(bg_amount_named(million, 12345678900, text), "123.46 million yuan");
}

/* In both languages; a unit that is left open is yuan. */
static void a_phrase_has_the_unit_of_the_run(void **state)
{
    (void)state;
    static const struct {
        bg_fen shown, amount;
        const char *phrase;
    } rows[] = {{0, -500, BG_BOTH("-5.00 yuan", "-5.00元")},
                {100, 123456789, BG_BOTH("1,234,567.89 yuan", "1,234,567.89元")},
                {1000000, -1000000, BG_BOTH("-1 wan yuan", "-1万元")},
                {100000000, 125050000000, BG_BOTH("1,250.5 million yuan", "1,250.5百万元")}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[BG_AMOUNT_PHRASE];
        assert_string_equal(bg_amount_phrase(rows[i].shown, rows[i].amount, text), rows[i].phrase);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_unit_follows_the_size_and_the_language),
        cmocka_unit_test(a_phrase_has_the_unit_of_the_run),
        cmocka_unit_test(amounts_are_grouped_and_rounded_in_their_unit),
        cmocka_unit_test(an_exact_figure_has_no_error_beside_it),
        cmocka_unit_test(a_table_has_the_decimals_that_its_largest_error_bears),
        cmocka_unit_test(an_error_below_the_last_digit_is_not_shown),
        cmocka_unit_test(a_share_of_nothing_has_no_sign),
        cmocka_unit_test(a_range_is_said_in_the_language),
        cmocka_unit_test(an_error_alone_shows_tells_nothing_or_says_so),
        cmocka_unit_test(a_share_has_the_digits_that_its_interval_leaves),
        cmocka_unit_test(a_unit_that_is_asked_for_has_the_digits_that_it_needs),
        cmocka_unit_test(what_is_printed_to_the_fen_reads_back),
        cmocka_unit_test(amounts_are_named_in_tables_and_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
