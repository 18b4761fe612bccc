/* Signs that stand where YAML has others: named with their place and what to write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "scenario/slip.h"

#include <baogan/money.h>
#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define YEARS "history: {2023: 42300, 2024: 43800, 2025: 44500}\n"

/* A text, where its one message stands, and what it says. */
typedef struct slipped {
    const char *text, *place, *en, *zh;
} slipped;

static char *said_in(const char *text, const char *language, bg_status *status)
{
    bg_errors errors;
    bg_errors_init(&errors);
    bg_scenario *scenario;
    *status = bg_scenario_parse(text, strlen(text), "t.yaml", NULL, NULL, 0, &scenario, &errors);
    assert_int_equal(errors.count, 1);
    char *said = bg_error_text(&errors.items[0], language);
    bg_errors_free(&errors);
    return said;
}

static void assert_slips(const slipped *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        bg_status status;
        char *en = said_in(rows[i].text, NULL, &status), *zh = said_in(rows[i].text, "zh", &status);
        assert_int_not_equal(status, BG_OK);
        assert_int_equal(strncmp(en, rows[i].place, strlen(rows[i].place)), 0);
        assert_says_among_others(en, rows[i].en);
        assert_says_among_others(zh, rows[i].zh);
        free(en);
        free(zh);
    }
}

static void a_full_width_sign_is_named_with_its_place(void **state)
{
    (void)state;
    static const slipped rows[] = {
        {"history： {2023: 42300, 2024: 43800}\n",
         "t.yaml:1:8: ", "the sign \"：\" stands here; write \": \"", "此处是符号“：”；请写作“: ”"},
        {"title：县\nmoney_unit：万元\n" YEARS, "t.yaml:1:6: ", "\"：\"", "“：”"},
        {"history: {2023: 42300，2024: 43800}\n", "t.yaml:1:22: ", "write \", \"", "请写作“, ”"},
        {"history: ｛2023: 42300, 2024: 43800｝\n", "t.yaml:1:10: ", "write \"{\"", "请写作“{”"},
        {YEARS "budget: {growth: 5%｝\n", "t.yaml:2:20: ", "write \"}\"", "请写作“}”"},
        {YEARS "# 注\n\nbudget: # 注\n  growth： 5%\n  base: {weights: 1}\n",
         "t.yaml:5:9: ", "\"：\"", "“：”"},
        {YEARS "budget: {growth: 5%} ＃ 注\n", "t.yaml:2:22: ", "write \"#\"", "请写作“#”"},
        {YEARS "settlement:\n－ disallow: {}\n", "t.yaml:3:1: ", "write \"- \"", "请写作“- ”"},
        {"history:\n　2023: 42300\n  2024: 43800\n",
         "t.yaml:2:1: ", "a full-width blank stands here", "此处是全角空格"},
        {"history:\n  2023:　42300\n  2024: 43800\n",
         "t.yaml:2:8: ", "a full-width blank stands here", "此处是全角空格"},
    };
    assert_slips(rows, sizeof rows / sizeof *rows);
}

static void a_colon_without_its_blank_is_named(void **state)
{
    (void)state;
    static const slipped rows[] = {
        {"history: {2023:42300}\n", "t.yaml:1:15: ", "no blank behind this colon",
         "此冒号之后没有空格"},
        {YEARS "budget:\n  growth:5%\n  base: {weights: 1}\n",
         "t.yaml:3:9: ", "no blank behind this colon", "此冒号之后没有空格"},
        {YEARS "预算:\n  增长率:5%\n  基数: {weights: 1}\n",
         "t.yaml:3:6: ", "no blank behind this colon", "此冒号之后没有空格"},
        {"history:\n  2023:42300\n  2024:43800\n",
         "t.yaml:2:3: history: ", "write a blank behind the colon", "冒号之后请留一个空格"},
    };
    assert_slips(rows, sizeof rows / sizeof *rows);
}

static void a_comma_of_thousands_within_brackets_is_named(void **state)
{
    (void)state;
    static const slipped rows[] = {
        {"history: {2023: 42,300, 2024: 43800}\n", "t.yaml:1:20: ",
         "42,300 is read as two of them; write 42300, or \"42,300\"", "42,300会被拆成两项"},
        {YEARS "people: {residents: {count: 392,000}}\n", "t.yaml:2:33: ", "write 392000",
         "请写作392000"},
        {YEARS "budget: {base: {weights: [1,200, 1,300, 1]}}\n",
         "t.yaml:2:29: ", "1,200 is read as two", "1,200会被拆成两项"},
        {YEARS "budget: {base: {weights: [1,000,1,1]}}\n", "t.yaml:2:29: ", "1,000 is read as two",
         "1,000会被拆成两项"},
    };
    assert_slips(rows, sizeof rows / sizeof *rows);
}

static void lists_of_numbers_without_blanks_are_read(void **state)
{
    (void)state;
    bg_scenario *scenario = scenario_of("history: {2023: 42300万,2024: 43800万,2025: 44500万}\n"
                                        "budget: {base: {weights: [1,200,300]}}\n",
                                        NULL);
    assert_int_equal(bg_node_count(bg_scenario_find(scenario, "budget.base.weights")), 3);
    bg_scenario_free(scenario);
}

/* What people write for people holds such signs, and is no cause of an error elsewhere. */
static void signs_of_a_text_are_no_slips(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "description: |\n  增长率：五\n  网址:http\nhistory: {2023: 1\ntitle: a\n",
        "title: 【测算】增长率：五\nhistory: {2023: 1\nbudget: 1\n",
        "title: \"增长率：，｛\" # 总额：\n  a: 1\n",
        "增长率：五\ntitle: a\n b: 1\n",
        "甲医院认为：五\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        bg_slip slip;
        const bool found = bg_slip_find(texts[i], strlen(texts[i]), 1, 1, 5, &slip);
        assert_false(found);
    }
}

static void a_value_with_such_signs_is_refused_with_what_to_write(void **state)
{
    (void)state;
    static const slipped rows[] = {
        {YEARS "money_unit: “万元”\n", "t.yaml:2:13: money_unit: ", "straight quotation marks",
         "引号请用半角"},
        {YEARS "budget:\n  base:\n    weights: ［1，1，1］\n", "t.yaml:4:14: budget.base.weights",
         "write \"[\" for \"［\"", "“［”请写作“[”"},
        {"history: {2024: 1}\nbudget:\n  growth: 5%，\n", "t.yaml:3:11: budget.growth",
         "a value has no \"，\" in it", "值中不能有“，”"},
    };
    assert_slips(rows, sizeof rows / sizeof *rows);
}

static void units_of_money_are_known_as_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bg_fen fen;
    } rows[] = {{"元", 100},
                {"千元", 100000},
                {"thousand yuan", 100000},
                {"人民币万元", 1000000},
                {"万", 1000000},
                {"\"10,000 yuan\"", 1000000},
                {"百万元", 100000000},
                {"Million", 100000000},
                {"亿", INT64_C(10000000000)},
                {"十亿元", INT64_C(100000000000)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[256];
        snprintf(text, sizeof text, "money_unit: %s\nhistory: {2023: 1, 2024: 1}\n", rows[i].words);
        bg_scenario *scenario = scenario_of(text, NULL);
        assert_int_equal(bg_scenario_money_unit(scenario), rows[i].fen);
        bg_scenario_free(scenario);
    }
    static const slipped refused[] = {
        {"money_unit: 千万元\n" YEARS,
         "t.yaml:1:13: money_unit: ", "allowed is one of yuan, thousand, wan, million, yi, billion",
         "允许的是下列之一：元、千元、万元、百万元、亿元、十亿元"}};
    assert_slips(refused, 1);
}

/* Nothing is read before a value or behind it: one or two signs, each in memory of its own. */
static void a_value_of_signs_alone_has_its_bounds(void **state)
{
    (void)state;
    for (int first = ' '; first <= '~'; first++) {
        for (int second = ' '; second <= '~'; second++) {
            char *one = strndup((const char[]){(char)first, '\0'}, 1);
            char *two = strndup((const char[]){(char)first, (char)second, '\0'}, 2);
            assert_non_null(bg_slip_hint(one));
            assert_non_null(bg_slip_hint(two));
            free(one);
            free(two);
        }
    }
    assert_string_equal(bg_slip_hint(":"), "");
    assert_string_equal(bg_slip_hint(""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_width_sign_is_named_with_its_place),
        cmocka_unit_test(a_colon_without_its_blank_is_named),
        cmocka_unit_test(a_comma_of_thousands_within_brackets_is_named),
        cmocka_unit_test(lists_of_numbers_without_blanks_are_read),
        cmocka_unit_test(signs_of_a_text_are_no_slips),
        cmocka_unit_test(a_value_with_such_signs_is_refused_with_what_to_write),
        cmocka_unit_test(units_of_money_are_known_as_they_are_written),
        cmocka_unit_test(a_value_of_signs_alone_has_its_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
