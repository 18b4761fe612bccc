/* Headings of tables and words in their cells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/nearest.h"
#include "scenario/heading.h"
#include <string.h>

static void a_heading_is_known_in_both_languages(void **state)
{
    (void)state;
    static const struct {
        bg_headings table;
        const char *heading, *key;
    } cases[] = {
        {BG_HEADINGS_HISTORY, "Paid", "paid"},
        {BG_HEADINGS_HISTORY, "统筹基金支付", "paid"},
        {BG_HEADINGS_HISTORY, " 基金 支出（万元）", "paid"},
        {BG_HEADINGS_HISTORY, "医疗总费用(单位：元)", "cost"},
        {BG_HEADINGS_HISTORY, "人次（人次）", "cases"},
        {BG_HEADINGS_HISTORY, "险种", "scheme"},
        {BG_HEADINGS_HISTORY, "ｙｅａｒ", "year"},
        {BG_HEADINGS_TABLE, "考核得分", "score"},
        {BG_HEADINGS_TABLE, "E mergency", "emergency"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *key = bg_heading_key(cases[i].table, cases[i].heading);
        assert_non_null(key);
        assert_string_equal(key, cases[i].key);
        assert_true(bg_heading_is(cases[i].table, cases[i].heading, cases[i].key));
    }
    assert_null(bg_heading_key(BG_HEADINGS_HISTORY, "score"));
    assert_null(bg_heading_key(BG_HEADINGS_HISTORY, "基金支付（含大病）"));
    assert_null(bg_heading_key(BG_HEADINGS_HISTORY, "（万元）"));
    assert_null(bg_heading_key(BG_HEADINGS_TABLE, ""));
    assert_true(bg_heading_is(BG_HEADINGS_TABLE, "County Name", "countyname"));
    assert_false(bg_heading_is(BG_HEADINGS_TABLE, "基金支出", "budget"));
}

/* Every word of every heading means its own key and no other of the table. */
static void no_word_means_two_headings(void **state)
{
    (void)state;
    for (bg_headings table = BG_HEADINGS_HISTORY; table <= BG_HEADINGS_TABLE; table++) {
        const char *words, *key;
        for (size_t i = 0; (key = bg_heading_row(table, i, &words)); i++) {
            char list[1024];
            strncpy(list, words, sizeof list - 1);
            list[sizeof list - 1] = '\0';
            char *rest;
            for (char *word = strtok_r(list, "|", &rest); word; word = strtok_r(NULL, "|", &rest)) {
                assert_string_equal(bg_heading_key(table, word), key);
            }
            assert_string_equal(bg_heading_key(table, key), key);
        }
        assert_true(key == NULL);
    }
}

static void a_slip_is_told_from_another_word(void **state)
{
    (void)state;
    char word[BG_WRITTEN];
    assert_string_equal(bg_heading_slip(BG_HEADINGS_TABLE, "Emergancy", "emergency", word),
                        "emergency");
    assert_string_equal(bg_heading_slip(BG_HEADINGS_TABLE, "scroe", "score", word), "score");
    assert_string_equal(bg_heading_slip(BG_HEADINGS_TABLE, "disalowwed", "disallowed", word),
                        "disallowed");
    /* Four characters are too few to tell. */
    assert_null(bg_heading_slip(BG_HEADINGS_HISTORY, "基金支府", "paid", word));
    assert_string_equal(bg_heading_slip(BG_HEADINGS_HISTORY, "统筹基金支府", "paid", word),
                        "统筹基金支付");
    static const char *const others[] = {"code", "county", "id", "scheme", "score", ""};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_null(bg_heading_slip(BG_HEADINGS_TABLE, others[i], "score", word));
    }
}

static void slips_are_counted_in_characters(void **state)
{
    (void)state;
    assert_int_equal(bg_nearest_slips("abc", "abc"), 0);
    assert_int_equal(bg_nearest_slips("abc", "acb"), 1);
    assert_int_equal(bg_nearest_slips("abc", "ab"), 1);
    assert_int_equal(bg_nearest_slips("", "年度"), 2);
    assert_int_equal(bg_nearest_slips("基金支付", "基金支出"), 1);
    assert_int_equal(bg_nearest_slips("ca", "abc"),
                     3); /* optimal string alignment; 2 with words edited twice */
    char endless[100];
    memset(endless, 'x', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_true(bg_nearest_slips(endless, "x") == SIZE_MAX);
}

static void units_stand_behind_headings(void **state)
{
    (void)state;
    assert_int_equal(bg_heading_unit("基金支付（万元）"), 1000000);
    assert_int_equal(bg_heading_unit("基金支付 (单位：亿元)"), INT64_C(10000000000));
    assert_int_equal(bg_heading_unit("基金支付（元）"), 100);
    assert_int_equal(bg_heading_unit("基金支付（人民币千元）"), 100000);
    assert_int_equal(bg_heading_unit("人次（万）"), 0);
    assert_int_equal(bg_heading_unit("基金支付（美元）"), 0);
    assert_int_equal(bg_heading_unit("基金支付万元"), 0);
    assert_string_equal(bg_heading_unit_word(1000000), "万元");
    assert_null(bg_heading_unit_word(7));
}

static void words_of_cells_are_known(void **state)
{
    (void)state;
    assert_string_equal(bg_heading_word(BG_WORD_SCHEME, "城乡 居民"), "residents");
    assert_string_equal(bg_heading_word(BG_WORD_SCHEME, "Employees"), "employees");
    assert_string_equal(bg_heading_word(BG_WORD_SERVICE, "住院"), "inpatient");
    assert_string_equal(bg_heading_word(BG_WORD_PLACE, "县外"), "out");
    assert_null(bg_heading_word(BG_WORD_SCHEME, "住院"));
    static const char *const totals[] = {"合计",      "合　计",   "总计：",    "Total",
                                         "SUB TOTAL", "全县合计", "2025年小计"};
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        assert_true(bg_heading_is_total(totals[i]));
    }
    assert_false(bg_heading_is_total("合计县"));
    assert_false(bg_heading_is_total("totally"));
    assert_false(bg_heading_is_total(""));
}

/* What is said of the first row of the text. */
static void assert_row(const char *text, bool is_row, bg_fen unit, bool is_note)
{
    FILE *stream = tmpfile();
    fputs(text, stream);
    rewind(stream);
    static bg_csv csv;
    bg_csv_init(&csv, stream, "t.csv", NULL, 8);
    assert_int_equal(bg_csv_read(&csv, NULL), BG_OK);
    assert_int_equal(bg_heading_is_row(BG_HEADINGS_HISTORY, &csv), is_row);
    assert_int_equal(bg_heading_unit_before(&csv), unit);
    assert_int_equal(bg_heading_is_note(&csv), is_note);
    bg_csv_free(&csv);
    fclose(stream);
}

static void rows_of_titles_headings_and_notes_are_told_apart(void **state)
{
    (void)state;
    assert_row("年度,险种,医疗总费用,统筹基金支付,备注\n", true, 0, false);
    assert_row("jahr,paid\n", true, 0, false);
    assert_row("a,b,paid\n", false, 0, false);
    assert_row("某某县2023—2025年支出表,,\n", false, 0, true);
    assert_row("单位：万元,,\n", false, 1000000, true);
    assert_row("支出表（单位：元）,,\n", false, 100, true);
    assert_row("支出表（亿元）\n", false, INT64_C(10000000000), true);
    assert_row("编制单位：某某局,,金额单位：人民币万元、人次\n", false, 1000000, true);
    assert_row("编制单位：某某局\n", false, 0, true);
    assert_row("2023,居民,100\n", false, 0, false);
    assert_row("2023\n", false, 0, false);
    assert_row("¥5,x\n", false, 0, false);
    assert_row("注：含补缴,,\n", false, 0, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_heading_is_known_in_both_languages),
        cmocka_unit_test(no_word_means_two_headings),
        cmocka_unit_test(a_slip_is_told_from_another_word),
        cmocka_unit_test(slips_are_counted_in_characters),
        cmocka_unit_test(units_stand_behind_headings),
        cmocka_unit_test(words_of_cells_are_known),
        cmocka_unit_test(rows_of_titles_headings_and_notes_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
