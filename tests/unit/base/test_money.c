/* Expected numbers are exact arithmetic done by hand or powers of two; see each test. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include <baogan/money.h>

#define PERCENT (BG_ONE / 100)

static void assert_split(bg_fen total, const int64_t *weights, size_t n, const bg_fen *expected)
{
    bg_fen parts[8];
    assert_int_equal(bg_money_split(total, weights, n, parts), BG_OK);
    for (size_t i = 0; i < n; i++) {
        assert_int_equal(parts[i], expected[i]);
    }
}

static void a_hundred_yuan_in_three_equal_parts_gives_the_first_the_odd_fen(void **state)
{
    (void)state;
    const int64_t equal[] = {1, 1, 1};
    assert_split(10000, equal, 3, (const bg_fen[]){3334, 3333, 3333});
    assert_split(20000, equal, 3, (const bg_fen[]){6667, 6667, 6666});
}

static void a_negative_amount_is_split_by_its_absolute_value(void **state)
{
    (void)state;
    const int64_t equal[] = {1, 1, 1};
    assert_split(-10000, equal, 3, (const bg_fen[]){-3334, -3333, -3333});
}

static void the_largest_remainder_gets_the_odd_fen(void **state)
{
    (void)state;
    /* 10 by 1:2:4 = 1.43, 2.86, 5.71: the second and the third round up. */
    assert_split(10, (const int64_t[]){1, 2, 4}, 3, (const bg_fen[]){1, 3, 6});
    /* Hamilton's Alabama example: a house of 10 for populations 6, 6, 2 gives 4, 4, 2. */
    assert_split(10, (const int64_t[]){6, 6, 2}, 3, (const bg_fen[]){4, 4, 2});
    assert_split(11, (const int64_t[]){6, 6, 2}, 3, (const bg_fen[]){5, 5, 1});
}

static void a_weight_of_zero_gets_nothing(void **state)
{
    (void)state;
    assert_split(10001, (const int64_t[]){0, 1, 0, 1}, 4, (const bg_fen[]){0, 5001, 0, 5000});
    assert_split(0, (const int64_t[]){3, 1}, 2, (const bg_fen[]){0, 0});
}

static void the_largest_amounts_split_without_overflow(void **state)
{
    (void)state;
    /* 2^63 - 1 = 7 x 1317624576693539401: seven equal parts are exact. */
    const int64_t equal[] = {INT64_MAX / 8, INT64_MAX / 8, INT64_MAX / 8, INT64_MAX / 8,
                             INT64_MAX / 8, INT64_MAX / 8, INT64_MAX / 8};
    bg_fen parts[7];
    assert_int_equal(bg_money_split(INT64_MAX, equal, 7, parts), BG_OK);
    for (size_t i = 0; i < 7; i++) {
        assert_int_equal(parts[i], INT64_C(1317624576693539401));
    }
    assert_split(INT64_MIN, (const int64_t[]){1, 1}, 2,
                 (const bg_fen[]){INT64_MIN / 2, INT64_MIN / 2});
    assert_split(INT64_MIN, (const int64_t[]){INT64_MAX}, 1, (const bg_fen[]){INT64_MIN});
}

static void weights_that_cannot_divide_are_refused(void **state)
{
    (void)state;
    bg_fen parts[2];
    assert_int_equal(bg_money_split(1, (const int64_t[]){0, 0}, 2, parts), BG_RANGE);
    assert_int_equal(bg_money_split(1, (const int64_t[]){2, -1}, 2, parts), BG_RANGE);
    assert_int_equal(bg_money_split(1, (const int64_t[]){INT64_MAX, 1}, 2, parts), BG_OVERFLOW);
    assert_int_equal(bg_money_split(1, parts, 0, parts), BG_RANGE);
}

static void products_round_once_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        bg_fen amount;
        bg_decimal rate;
        bg_fen expected;
    } cases[] = {
        {1, BG_ONE / 2, 1},                    /* 0.5 */
        {-1, BG_ONE / 2, -1},                  /* -0.5 */
        {3, BG_ONE / 2, 2},                    /* 1.5 */
        {1, BG_ONE / 2 - 1, 0},                /* just below the half */
        {1, BG_ONE / 2 + 1, 1},                /* just above */
        {1, -BG_ONE / 2, -1},                  /* a negative rate */
        {-1, -BG_ONE / 2, 1},                  /* two signs */
        {12372648750, 3 * PERCENT, 371179463}, /* DESIGN 5: 371,179,462.5 */
        {12372648750, 2 * PERCENT, 247452975},
        {INT64_MAX, BG_ONE, INT64_MAX},
        {INT64_MIN, BG_ONE, INT64_MIN},
        {0, 7 * PERCENT, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_fen result;
        assert_int_equal(bg_money_times(cases[i].amount, cases[i].rate, &result), BG_OK);
        assert_int_equal(result, cases[i].expected);
    }
}

static void quotients_round_once_half_away_from_zero(void **state)
{
    (void)state;
    bg_fen result;
    assert_int_equal(bg_money_over(95, 95 * PERCENT, &result), BG_OK);
    assert_int_equal(result, 100);
    assert_int_equal(bg_money_over(1, 2 * BG_ONE, &result), BG_OK);
    assert_int_equal(result, 1);
    assert_int_equal(bg_money_over(-1, 2 * BG_ONE, &result), BG_OK);
    assert_int_equal(result, -1);
    assert_int_equal(bg_money_over(1, 3 * BG_ONE, &result), BG_OK);
    assert_int_equal(result, 0);
    assert_int_equal(bg_money_over(10, -4 * BG_ONE, &result), BG_OK);
    assert_int_equal(result, -3);
}

static void ratios_use_the_full_product(void **state)
{
    (void)state;
    int64_t result;
    assert_int_equal(bg_money_ratio(INT64_MAX, INT64_MAX, INT64_MAX, &result), BG_OK);
    assert_int_equal(result, INT64_MAX);
    assert_int_equal(bg_money_ratio(100, 2, 3, &result), BG_OK);
    assert_int_equal(result, 67);
    assert_int_equal(bg_money_ratio(-100, 1, 8, &result), BG_OK);
    assert_int_equal(result, -13);
}

/* The product 2^62 x 1.5 x (2^62 - 1) / 2^62 needs 190 bits; it is 1.5 x (2^62 - 1). */
static void a_grown_ratio_is_rounded_once_from_the_full_product(void **state)
{
    (void)state;
    const int64_t two_62 = INT64_C(1) << 62;
    const bg_decimal half_more = BG_ONE * 3 / 2;
    int64_t result;
    assert_int_equal(bg_money_times_ratio(101, half_more, 3, 1, &result), BG_OK);
    assert_int_equal(result, 455); /* 454.5 */
    assert_int_equal(bg_money_times_ratio(-101, half_more, 3, 1, &result), BG_OK);
    assert_int_equal(result, -455);
    assert_int_equal(bg_money_times_ratio(100, half_more, 1, 7, &result), BG_OK);
    assert_int_equal(result, 21); /* 21.43 */
    assert_int_equal(bg_money_times_ratio(two_62, half_more, two_62 - 1, two_62, &result), BG_OK);
    assert_int_equal(result, two_62 + two_62 / 2 - 1); /* a half less, rounded up */
    assert_int_equal(bg_money_times_ratio(two_62, 2 * BG_ONE, 1, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_times_ratio(two_62, BG_ONE, 2, 1, &result), BG_OVERFLOW);
}

static void decimals_multiply_with_one_rounding(void **state)
{
    (void)state;
    bg_decimal result;
    assert_int_equal(bg_decimal_times(105 * PERCENT, 105 * PERCENT, &result), BG_OK);
    assert_int_equal(result, INT64_C(1102500000000));
    assert_int_equal(bg_decimal_times(1, BG_ONE / 2, &result), BG_OK);
    assert_int_equal(result, 1);
    assert_int_equal(bg_decimal_times(1, BG_ONE / 2 - 1, &result), BG_OK);
    assert_int_equal(result, 0);
}

static void a_mean_is_weighted_and_rounded_once(void **state)
{
    (void)state;
    int64_t mean;
    const int64_t equal[] = {1, 1, 1};
    assert_int_equal(bg_money_mean((const int64_t[]){100, 110, 121}, equal, 3, &mean), BG_OK);
    assert_int_equal(mean, 110); /* 110.33 */
    assert_int_equal(bg_money_mean((const int64_t[]){100, 101}, equal, 2, &mean), BG_OK);
    assert_int_equal(mean, 101); /* 100.5 */
    assert_int_equal(bg_money_mean((const int64_t[]){-100, -101}, equal, 2, &mean), BG_OK);
    assert_int_equal(mean, -101);
    const int64_t rising[] = {BG_ONE / 10, 3 * BG_ONE / 10, 6 * BG_ONE / 10};
    assert_int_equal(bg_money_mean((const int64_t[]){1000, 2000, 4000}, rising, 3, &mean), BG_OK);
    assert_int_equal(mean, 3100);
    const int64_t largest[] = {INT64_MAX, INT64_MAX, INT64_MAX};
    assert_int_equal(bg_money_mean(largest, largest, 1, &mean), BG_OK);
    assert_true(mean == INT64_MAX);
}

static void a_mean_without_weight_or_beyond_range_is_refused(void **state)
{
    (void)state;
    int64_t mean = 42;
    const int64_t values[] = {INT64_MAX, INT64_MAX, INT64_MAX};
    assert_int_equal(bg_money_mean(values, (const int64_t[]){0, 0}, 2, &mean), BG_RANGE);
    assert_int_equal(bg_money_mean(values, (const int64_t[]){2, -1}, 2, &mean), BG_RANGE);
    assert_int_equal(bg_money_mean(values, values, 2, &mean), BG_OVERFLOW);
    assert_int_equal(bg_money_mean(values, values, 0, &mean), BG_RANGE);
    assert_int_equal(mean, 42);
}

static void an_overflow_is_reported_and_the_result_left_alone(void **state)
{
    (void)state;
    int64_t result = 42;
    assert_int_equal(bg_money_add(INT64_MAX, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_add(INT64_MIN, -1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_subtract(INT64_MIN, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_subtract(0, INT64_MIN, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_times(INT64_MAX, BG_ONE + 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_times(INT64_MIN, -BG_ONE, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_over(INT64_MAX, BG_ONE - 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_money_ratio(INT64_MAX, 2, 1, &result), BG_OVERFLOW);
    assert_int_equal(bg_decimal_times(INT64_MAX, 2 * BG_ONE, &result), BG_OVERFLOW);
    assert_int_equal(result, 42);
    assert_int_equal(bg_money_add(INT64_MAX, INT64_MIN, &result), BG_OK);
    assert_int_equal(result, -1);
    assert_int_equal(bg_money_subtract(2, 5, &result), BG_OK);
    assert_int_equal(result, -3);
}

static void money_is_read_with_its_unit(void **state)
{
    (void)state;
    const bg_fen yuan = 100;
    const bg_fen wan = 1000000;
    static const struct {
        const char *text;
        bool in_wan;
        bg_fen expected;
    } cases[] = {
        {"1200", false, 120000},
        {"1200", true, INT64_C(1200000000)},
        {"-3.5", false, -350},
        {"+3.5", true, 3500000},
        {"0.000001", true, 1},
        {"1.2亿", true, INT64_C(12000000000)},
        {"4100万", false, INT64_C(4100000000)},
        {"4100wan", false, INT64_C(4100000000)},
        {"4100 wan yuan", false, INT64_C(4100000000)},
        {"41 million yuan", true, INT64_C(4100000000)},
        {"0.5 yi", false, INT64_C(5000000000)},
        {"2 thousand yuan", true, 200000},
        {"3 billion", false, INT64_C(300000000000)},
        {"3十亿元", false, INT64_C(300000000000)},
        {"100 yuan", false, 10000},
        {"100yuan", true, 10000},
        {"4100万元", true, INT64_C(4100000000)},
        {"4100 万元", true, INT64_C(4100000000)},
        {"36.47M", true, INT64_C(3647000000)},
        {"0.5k", true, 50000},
        {"2千", true, 200000},
        {"1.5bn", false, INT64_C(150000000000)},
        {"1,200.00", false, 120000},
        {"12,345,678.90", false, INT64_C(1234567890)},
        {"12元", true, 1200},
        {"1.10000000000000000000", false, 110},
        {"-0", false, 0},
        {"92233720368547758.07", false, INT64_MAX},
        {"-92233720368547758.08", false, INT64_MIN},
        {"0.00000001亿", false, 100},
        {"3千万", true, INT64_C(3000000000)},
        {"2百万元", false, INT64_C(200000000)},
        /* as people and spreadsheets write them: ¥49,400.00 yuan is 4,940,000 fen */
        {"¥49,400.00", false, 4940000},
        {"￥49,400.00", false, 4940000},
        {"¥ 49,400.00 ", false, 4940000},
        {" 49,400.00 ", false, 4940000},
        {"-¥5", false, -500},
        {"¥-5", false, -500},
        {"\xE2\x88\x92"
         "5",
         false, -500}, /* the minus of mathematics */
        {"\xC2\xA0"
         "49400\xC2\xA0",
         false, 4940000}, /* no-break spaces */
        {"４９，４００．００", false, 4940000},
        {"￥１２万元", true, INT64_C(12000000)},
        {"12\xE3\x80\x80万元", false, INT64_C(12000000)},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_fen result;
        assert_int_equal(bg_money_parse(cases[i].text, cases[i].in_wan ? wan : yuan, &result),
                         BG_OK);
        assert_int_equal(result, cases[i].expected);
    }
}

static void text_that_is_not_an_amount_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",          "-",        ".",
        ".5",        "5.",       "1e6",
        "nan",       "inf",      "0x10",
        "1.005",     "12,34",    "1,2345",
        ",123",      "1234,567", "1,",
        "1,23.0",    "1.2.3",    "1 2",
        "--1",       "12万万",   "12万 元",
        "12K",       "12m",      "12元元",
        "12%",       "0,125",    "¥",
        "¥¥5",       "--¥5",     "１ ２",
        "１２％",    "5¥",       "1.0000000000001",
        "0.001亿分", "万",       "1,234,56",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        bg_fen result = 42;
        bg_status status = bg_money_parse(texts[i], 100, &result);
        if (status != BG_TYPE || result != 42) {
            fail_msg("\"%s\" gave status %d", texts[i], (int)status);
        }
    }
}

static void amounts_beyond_the_range_are_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "92233720368547758.08", "-92233720368547758.09",
        "1000000000亿",         "99999999999999999999999999999999999999999999999999999999",
        "0.999999999999bn99",
    };
    bg_fen result;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(bg_money_parse(texts[i], 100, &result), BG_OVERFLOW);
    }
    assert_int_equal(bg_money_parse(texts[4], 100, &result), BG_TYPE);
    /* Both the number and the unit are large: 10^24 x 2^62. */
    assert_int_equal(bg_money_parse("999999999999999999999999", INT64_MAX / 2, &result),
                     BG_OVERFLOW);
}

static void decimals_are_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bg_decimal expected;
    } cases[] = {
        {"0.03", 3 * PERCENT},
        {"-1", -BG_ONE},
        {"3%", 3 * PERCENT},
        {"-0.5%", -PERCENT / 2},
        {"5‰", BG_ONE / 200},
        {"100%", BG_ONE},
        {"6％", 6 * PERCENT},
        {"6 %", 6 * PERCENT},
        {"６．５ ％", 65 * PERCENT / 10},
        {" 6 ‰ ", 6 * BG_ONE / 1000},
        {"0.000000000001", 1},
        {"0.0000000001%", 1},
        {"9223372.036854775807", INT64_MAX},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_decimal result;
        assert_int_equal(bg_decimal_parse(cases[i].text, true, &result), BG_OK);
        assert_int_equal(result, cases[i].expected);
    }
}

static void decimals_that_would_need_rounding_are_refused(void **state)
{
    (void)state;
    bg_decimal result = 42;
    assert_int_equal(bg_decimal_parse("0.0000000000001", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("0.00000000001%", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("0.10000000000000000000000001", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("3%", false, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("3%%", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("¥3", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("3 ％", false, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("three", true, &result), BG_TYPE);
    assert_int_equal(bg_decimal_parse("9223372.036854775808", true, &result), BG_OVERFLOW);
    assert_int_equal(result, 42);
}

static void amounts_are_written_in_yuan(void **state)
{
    (void)state;
    char text[BG_NUMBER_TEXT];
    assert_string_equal(bg_money_text(0, text), "0.00");
    assert_string_equal(bg_money_text(-5, text), "-0.05");
    assert_string_equal(bg_money_text(-123456789, text), "-1234567.89");
    assert_string_equal(bg_money_text(INT64_MIN, text), "-92233720368547758.08");
    assert_string_equal(bg_money_grouped(0, text), "0.00");
    assert_string_equal(bg_money_grouped(99999, text), "999.99");
    assert_string_equal(bg_money_grouped(100000, text), "1,000.00");
    assert_string_equal(bg_money_grouped(-123456789, text), "-1,234,567.89");
    assert_string_equal(bg_money_grouped(INT64_MIN, text), "-92,233,720,368,547,758.08");
}

static void decimals_are_written_as_short_as_they_are_exact(void **state)
{
    (void)state;
    char text[BG_NUMBER_TEXT];
    assert_string_equal(bg_decimal_text(35 * BG_ONE / 1000, text), "0.035");
    assert_string_equal(bg_decimal_text(-100 * BG_ONE, text), "-100");
    assert_string_equal(bg_decimal_text(1, text), "0.000000000001");
    assert_string_equal(bg_decimal_text(0, text), "0");
    assert_string_equal(bg_decimal_text(INT64_MIN, text), "-9223372.036854775808");
    assert_string_equal(bg_percent_text(35 * BG_ONE / 1000, text), "3.5%");
    assert_string_equal(bg_percent_text(BG_ONE, text), "100%");
    assert_string_equal(bg_percent_text(-1, text), "-0.0000000001%");
}

static void what_is_written_reads_back(void **state)
{
    (void)state;
    static const int64_t values[] = {0, 1, -1, 99, -100, 123456789, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char text[BG_NUMBER_TEXT];
        int64_t back;
        assert_int_equal(bg_money_parse(bg_money_text(values[i], text), 100, &back), BG_OK);
        assert_int_equal(back, values[i]);
        assert_int_equal(bg_money_parse(bg_money_grouped(values[i], text), 100, &back), BG_OK);
        assert_int_equal(back, values[i]);
        assert_int_equal(bg_decimal_parse(bg_decimal_text(values[i], text), false, &back), BG_OK);
        assert_int_equal(back, values[i]);
        assert_int_equal(bg_decimal_parse(bg_percent_text(values[i], text), true, &back), BG_OK);
        assert_int_equal(back, values[i]);
    }
}

static void decimals_beyond_the_twelfth_can_be_rounded(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bg_decimal value;
    } cases[] = {
        {"0.02411227041", 24112270410},
        {"0.0000000000005", 1},
        {"0.00000000000049999999", 0},
        {"-0.0000000000005", -1},
        {"0.070000000000000010", 70000000000},
        {"9223371.12345678901249999999999999999999", 9223371123456789012},
        {"2.00000000005%", 20000000001},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_decimal result = 7;
        assert_int_equal(bg_decimal_parse_rounded(cases[i].text, true, &result), BG_OK);
        assert_int_equal(result, cases[i].value);
    }
    bg_decimal result;
    assert_int_equal(bg_decimal_parse_rounded("9223372.0368547758075", true, &result), BG_OVERFLOW);
    assert_int_equal(bg_decimal_parse_rounded("1e-3", true, &result), BG_TYPE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_yuan_in_three_equal_parts_gives_the_first_the_odd_fen),
        cmocka_unit_test(a_negative_amount_is_split_by_its_absolute_value),
        cmocka_unit_test(the_largest_remainder_gets_the_odd_fen),
        cmocka_unit_test(a_weight_of_zero_gets_nothing),
        cmocka_unit_test(the_largest_amounts_split_without_overflow),
        cmocka_unit_test(weights_that_cannot_divide_are_refused),
        cmocka_unit_test(products_round_once_half_away_from_zero),
        cmocka_unit_test(quotients_round_once_half_away_from_zero),
        cmocka_unit_test(ratios_use_the_full_product),
        cmocka_unit_test(a_grown_ratio_is_rounded_once_from_the_full_product),
        cmocka_unit_test(decimals_multiply_with_one_rounding),
        cmocka_unit_test(a_mean_is_weighted_and_rounded_once),
        cmocka_unit_test(a_mean_without_weight_or_beyond_range_is_refused),
        cmocka_unit_test(an_overflow_is_reported_and_the_result_left_alone),
        cmocka_unit_test(money_is_read_with_its_unit),
        cmocka_unit_test(text_that_is_not_an_amount_is_refused),
        cmocka_unit_test(amounts_beyond_the_range_are_refused),
        cmocka_unit_test(decimals_are_read_exactly),
        cmocka_unit_test(decimals_that_would_need_rounding_are_refused),
        cmocka_unit_test(amounts_are_written_in_yuan),
        cmocka_unit_test(decimals_are_written_as_short_as_they_are_exact),
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(decimals_beyond_the_twelfth_can_be_rounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
