/* Keys in Chinese: the same scenario as with those of the catalogue, and no key for two. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "scenario/aliases.h"

#include <baogan/scenario.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char english[] =
    "schema: 1\n"
    "title: A\n"
    "money_unit: wan\n"
    "history:\n"
    "  2023: {residents.total: 55500, employees.inpatient: 8800, employees.chronic: 8000}\n"
    "  2024: {residents.total: 56600, employees.inpatient.in: {cases: 9000, paid: 18900}}\n"
    "  2025: {residents.total: 56700, employees.total: 21000}\n"
    "people: {residents: {count: 500000}, employees: {count: 60000, growth: 2%}}\n"
    "budget:\n"
    "  growth: {2026: 6%, later: 3%}\n"
    "  schemes: {employees: {growth: 12%}}\n"
    "  funds: {guarantee: {rate: 3%}, risk: {rate: 2%, carry_over: true}}\n"
    "  adjustments: {new: {scheme: employees, year: 2026, amount: 300}}\n"
    "performance: {score: {2026: 92, other: 88}}\n"
    "settlement:\n"
    "  - disallow\n"
    "  - release: {fund: guarantee, by_score: {90: 100%, 0: 0%}, rest: pool}\n"
    "  - cover_emergency: {fund: risk}\n"
    "  - share_surplus: {base: budget, bands: {10%: 100%, rest: 0%}}\n"
    "  - share_overspend: {bands: {5%: 30%, rest: {by_score: {80: 50%, 0: 100%}}}}\n"
    "  - split: {county_hospital: 60%, township_centres: 30%, village_clinics: 10%}\n"
    "  - clear: {}\n"
    "simulation: {first_year: 2026, years: 3, replications: 100, seed: 7}\n";

static const char chinese[] =
    "格式版本: 1\n"
    "标题: A\n"
    "金额单位: 万元\n"
    "历史数据:\n"
    "  2023年: {城乡居民: 5.55亿, 职工.住院: 8800, 职工.慢特病: 8000}\n"
    "  2024年度: {居民医保.合计: 56600, 职工.住院.县内: {人次: 9000, 基金支付: 18900}}\n"
    "  ２０２５: {居民: 56700, 职工医保: 21000}\n"
    "参保人数: {居民: 500000, 职工: {人数: 60000, 年增长率: 2%}}\n"
    "年度总额:\n"
    "  增长率: {2026年: 6%, 以后: 3%}\n"
    "  分险种: {职工: {增长率: 12%}}\n"
    "  预留资金: {guarantee: {比例: 3%}, risk: {比例: 2%, 结转: true}}\n"
    "  调整: {new: {险种: employees, 年度: 2026, 金额: 300}}\n"
    "绩效考核: {考核得分: {2026: 92, 其他年度: 88}}\n"
    "年度清算:\n"
    "  - 不予支付\n"
    "  - 返还: {资金: guarantee, 按得分: {90: 100%, 0: 0%}, 其余: pool}\n"
    "  - 突发事件弥补: {资金: risk}\n"
    "  - 结余留用: {基数: budget, 分档: {10%: 100%, 其余: 0%}}\n"
    "  - 超支分担: {分档: {5%: 30%, 余下: {按考核得分: {80: 50%, 0: 100%}}}}\n"
    "  - 分配: {县级医院: 60%, 乡镇卫生院: 30%, 村卫生室: 10%}\n"
    "  - 多退少补: {}\n"
    "模拟: {首年: 2026, 年数: 3, 模拟次数: 100, 随机种子: 7}\n";

/* The complete scenario as a file would say it. */
static char *complete(const char *text, const char *override)
{
    bg_scenario *scenario = scenario_of(text, override);
    char *written = bg_scenario_yaml(scenario, true);
    assert_non_null(written);
    bg_scenario_free(scenario);
    return written;
}

static void a_file_in_chinese_is_the_file_in_english(void **state)
{
    (void)state;
    char *one = complete(english, NULL), *other = complete(chinese, NULL);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

static void a_path_in_chinese_is_the_path_in_english(void **state)
{
    static const char *const pairs[][2] = {
        {"budget.growth[2027]=4%", "总额.增长率[2027年]=4%"},
        {"budget.growth[later]=4%", "年度总额.年增长率[以后]=4%"},
        {"budget.schemes[employees].growth=5%", "总额.险种[职工].增长率=5%"},
        {"people[residents].count=490000", "参保人数[居民].人数=490000"},
        {"settlement[share_overspend].bands[5%]=20%", "清算[超支分担].分档[5%]=20%"},
        {"settlement[share_overspend].bands[rest]=90%", "清算[超支分担].分档[其余]=90%"},
        {"settlement[share_overspend].bands={5%: 20%, rest: {by_score: {80: 50%, 0: 90%}}}",
         "清算[超支分担].分档={5%: 20%, 其余: {按得分: {80: 50%, 0: 90%}}}"},
        {"settlement[share_overspend].bands[rest]={by_score: {80: 50%, 0: 90%}}",
         "清算[超支分担].分档[其余]={按得分: {80: 50%, 0: 90%}}"},
        {"settlement[release]={fund: guarantee, share: 90%}",
         "清算[返还]={资金: guarantee, 比例: 90%}"},
        {"budget.growth={2026: 4%, later: 2%}", "总额.增长率={2026年: 4%, 以后: 2%}"},
        {"budget={income_limit: 95%, prepayment: {ratio: 90%, months: season}}",
         "总额={以收定支上限: 95%, 预拨: {比例: 90%, 月份: 按季节}}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char *one = complete(english, pairs[i][0]), *other = complete(english, pairs[i][1]);
        assert_string_equal(one, other);
        free(one);
        free(other);
    }
}

static void a_key_that_stands_twice_is_refused(void **state)
{
    static const struct {
        const char *text, *message;
    } rows[] = {
        {"history: {2025: 4}\nbudget: {growth: 3%}\n总额: {income_limit: 90%}\n",
         "t.yaml:3:1: \"总额\" is the key budget, which already stands in line 2; write it once."},
        {"history: {2025: 4, 2025年: 5}\n",
         "t.yaml:1:20: \"2025年\" is the key 2025, which already stands in line 1; write it once."},
        {"history:\n  2025:\n    居民: 4\n    residents.total: 5\n",
         "t.yaml:4:5: \"residents.total\" is the key residents.total, which already stands in line "
         "3; "
         "write it once."},
        {"history: {2025: 4}\nbudget: {growth: {later: 3%, 以后: 4%}}\n",
         "t.yaml:2:30: \"以后\" is the key later, which already stands in line 2; write it once."},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *messages = messages_of_text(rows[i].text, NULL);
        assert_reports(messages, rows[i].message);
        free(messages);
    }
}

/* Words are names where the catalogue has no key: a measure, a fund, an institution, an indicator. */
static void names_stay_as_they_are_written(void **state)
{
    static const char text[] = "history: {2025: 4}\n"
                               "budget: {funds: {其余: 1%, 资金: 2%}}\n"
                               "settlement:\n  - split: {以后: 60%, 其余: 40%}\n  - clear: {}\n"
                               "performance: {indicators: {增长率: 90}}\n";
    (void)state;
    char *written = complete(text, NULL);
    assert_contains(written, "\"其余\":");
    assert_contains(written, "\"资金\":");
    assert_contains(written, "\"以后\": 60%");
    assert_contains(written, "\"增长率\":");
    free(written);
}

static const char english_values[] =
    "history: {2024: 4, 2025: 5}\n"
    "budget:\n"
    "  funds: {risk: {rate: 2%, carry_over: true}}\n"
    "  adjustments: {new: {scheme: residents, year: 2026, amount: 1}}\n"
    "settlement:\n"
    "  - share_surplus: {base: payable, bands: {rest: 80%}, apply: marginal, payer: pool}\n"
    "  - share_overspend: {base: budget, bands: {rest: 40%}, apply: whole, when_short: community}\n"
    "  - split: {a: 100%}\n"
    "  - clear: {}\n"
    "actual:\n"
    "  2026:\n"
    "    residents: {expense: 5, outside: 1, disallowed: 1, completion: 90%, score: 80,\n"
    "      prepaid: 3, disallowed_by: {county_hospital: 1}}\n"
    "sweep: {axes: {g: {key: budget.growth, values: [1%, 2%]}}}\n";

static const char chinese_values[] =
    "history: {2024: 4, 2025: 5}\n"
    "budget:\n"
    "  预留资金: {risk: {比例: 2%, 结转: 是}}\n"
    "  调整: {new: {险种: 居民医保, 年度: 2026, 金额: 1}}\n"
    "settlement:\n"
    "  - 结余留用: {基数: 可支付额, 分档: {其余: 80%}, 计算方式: 逐档计算, 其余归属: 统筹基金}\n"
    "  - 超支分担: {基数: 年度总额, 分档: {其余: 40%}, 计算方式: 全额累进, when_short: 医共体}\n"
    "  - split: {a: 100%}\n"
    "  - clear: {}\n"
    "实际数:\n"
    "  2026年:\n"
    "    居民: {基金支出: 5, 县外支出: 1, 不予支付: 1, 完成系数: 90%, 考核得分: 80, 已预拨: 3,\n"
    "      各机构不予支付: {县级医院: 1}}\n"
    "sweep: {axes: {g: {key: 总额.增长率, values: [1%, 2%]}}}\n";

static void a_value_in_chinese_is_the_value_in_english(void **state)
{
    (void)state;
    char *one = complete(english_values, NULL), *other = complete(chinese_values, NULL);
    assert_string_equal(one, other);
    free(other);
    other = complete(english_values, "清算[结余留用].其余归属=统筹基金");
    assert_string_equal(one, other);
    free(other);
    free(one);
}

/* A text for people, and the name of something, may be such a word. */
static void words_of_other_keys_are_no_values(void **state)
{
    (void)state;
    bg_scenario *scenario =
        scenario_of("title: 统筹基金\nhistory: {2025: 4}\nbudget: {funds: {医共体基金: 1%}}\n"
                    "settlement:\n  - release: {fund: 医共体基金, share: 50%}\n  - clear: {}\n",
                    NULL);
    assert_string_equal(bg_scenario_find(scenario, "title")->text, "统筹基金");
    assert_string_equal(bg_scenario_find(scenario, "settlement[release].fund")->text, "医共体基金");
    bg_scenario_free(scenario);
}

static void a_word_means_an_account_where_one_stands(void **state)
{
    (void)state;
    const bg_parameter account = {.type = BG_TYPE_NAME, .unit = "account", .choices = ""};
    assert_string_equal(bg_aliases_value(NULL, &account, "统筹基金"), "pool");
    assert_string_equal(bg_aliases_value(NULL, &account, "风险金"), "风险金");
}

static void a_slip_in_a_key_is_told_with_the_word_that_was_meant(void **state)
{
    static const struct {
        const char *text, *override, *message;
    } rows[] = {
        {"history: {2025: 4}\n总额: {增长率上线: 3%}\n", NULL, "did you mean 增长率上限?"},
        {"history: {2025: 4}\n总额: {增长: 3%}\n", NULL, "did you mean 增长率?"},
        {"history: {2025: 4}\n总额: {比例: 3%}\n", NULL,
         "this key is not known; allowed here: base"},
        {"history: {2025: 4}\n", "总额.增常率=3%", "did you mean 增长率?"},
        {"history: {2025: 4}\n", "总额.增长率=3分", "\"3分\" is not allowed"},
        {"history: {2025: 4}\n", "资金[risk].比例=3%", "did you mean budget.funds[risk].rate?"},
        {"history: {2025: 4}\n", "考核得分=86", "did you mean performance.score?"},
        {"history: {2025: 4}\n", "score=86", "did you mean performance.score?"},
        {"history: {2025: 4}\n", "budget.funds.risk.rate=3%",
         "did you mean budget.funds[risk].rate?"},
        {"history: {2025: 4}\n", "清算.超支分担.分档[5%]=3%",
         "did you mean settlement[share_overspend].bands[5%]?"},
        {"history: {2025: 4}\n", "share_overspend.bands[5%]=3%",
         "did you mean settlement[share_overspend].bands[5%]?"},
        {"history: {2025: 4}\n", "actual.2026.居民.基金支出=3",
         "did you mean actual[2026][residents].expense?"},
        {"history: {2025: 4}\n增长率: 3%\n", NULL, "did you mean budget.growth?"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *messages = messages_of_text(rows[i].text, rows[i].override);
        assert_says_among_others(messages, rows[i].message);
        free(messages);
    }
}

static void a_fund_of_the_default_is_known_by_its_word(void **state)
{
    (void)state;
    const bg_parameter *funds = bg_catalogue_find("budget.funds");
    assert_string_equal(bg_aliases_entry(funds, "风险"), "risk");
    assert_string_equal(bg_aliases_entry(funds, "年度保障金"), "guarantee");
    assert_null(bg_aliases_entry(funds, "其他"));
    assert_null(bg_aliases_entry(bg_catalogue_find("budget.adjustments"), "风险"));
    bg_scenario *scenario = NULL;
    bg_errors errors;
    bg_errors_init(&errors);
    static const char text[] = "history: {2025: 4}\n";
    const char *const override = "总额.资金[风险].比例=3%";
    assert_int_equal(
        bg_scenario_parse(text, strlen(text), "t.yaml", NULL, &override, 1, &scenario, &errors),
        BG_OK);
    assert_int_equal(errors.count, 1);
    assert_says(errors.items[0].message,
                "budget.funds has no \"风险\", which is added; did you mean \"risk\"?");
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

static void limits_of_bills_may_have_a_unit(void **state)
{
    static const char text[] =
        "history: {2025: {residents.inpatient: {paid: 4, cases: 2}}}\n"
        "benefits: {b: {lines: residents.inpatient, bands: {%s: 60%%, %s: 70%%, rest: 80%%}}}\n";
    char one[512];
    (void)state;
    snprintf(one, sizeof one, text, "50000", "200000");
    char *plain = complete(one, NULL);
    snprintf(one, sizeof one, text, "5万", "20万元");
    char *with_unit = complete(one, NULL);
    assert_string_equal(plain, with_unit);
    free(plain);
    free(with_unit);
    snprintf(one, sizeof one, text, "5", "200");
    char *messages = messages_of_text(one, NULL);
    assert_says_among_others(messages, "the limit \"5\" is read as 5 yuan, of one case or of one "
                                       "person's year; usual is 100 yuan and more.");
    free(messages);
}

/* Months and lines of measures as people write them, the pool among payers. */
static void months_lines_and_payers_are_read_as_they_are_written(void **state)
{
    static const char text[] =
        "history: {2025: {residents.inpatient: {paid: 4, cases: 2}}}\n"
        "settlement_payers: [finance]\n"
        "measures: {m: {lines: %s, from: %s, until: %s, cases: -2%%}}\n"
        "settlement:\n  - share_surplus: {bands: {rest: 0}, payers: {%s: 50%%, finance: 50%%}}\n"
        "  - clear: {}\n";
    static const char *const rows[][4] = {
        {"residents.inpatient", "2026-07", "2026-11", "pool"},
        {"居民.住院", "2026-7", "2026年11月", "统筹基金"},
        {"[城乡居民.住院]", "2026/07", "2026/11", "医保统筹基金"}};
    char *written[3], one[1024];
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        snprintf(one, sizeof one, text, rows[i][0], rows[i][1], rows[i][2], rows[i][3]);
        written[i] = complete(one, NULL);
    }
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(written[0], written[i]);
    }
    for (size_t i = 0; i < 3; i++) {
        free(written[i]);
    }
}

static void a_number_may_have_the_word_for_its_unit(void **state)
{
    (void)state;
    char *one =
        complete("history: {2025: 4}\npeople: {residents: {count: 392000}}\n"
                 "performance: {score: 86}\n"
                 "settlement:\n  - release: {fund: guarantee, by_score: {90: 100%, 0: 0%}}\n"
                 "  - share_overspend: {bands: {rest: {by_score: {80: 50%, 0: 90%}}}}\n"
                 "  - clear: {}\n",
                 NULL);
    char *other =
        complete("history: {2025: 4}\npeople: {residents: {count: 39.2万人}}\n"
                 "performance: {score: 86 分}\n"
                 "settlement:\n"
                 "  - release: {fund: guarantee, 按得分: {90分及以上: 100%, 0分: 0%}}\n"
                 "  - share_overspend: {bands: {rest: {by_score: {80 points: 50%, 0: 90%}}}}\n"
                 "  - clear: {}\n",
                 NULL);
    assert_string_equal(one, other);
    free(one);
    free(other);
}

/* ---- the table ---- */

typedef struct alias {
    const char *path, *words;
} alias;

static const alias aliases[] = {
#define ALIAS(path, words) {path, words},
#define CELL(key, words)
#define VALUE(unit, value, words)
#include "scenario/aliases.def"
#undef ALIAS
#undef CELL
#undef VALUE
};

static void every_alias_is_of_a_key_that_there_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++) {
        const bg_parameter *row = bg_catalogue_find(aliases[i].path);
        /* or the name of an institution in a table of shares */
        const bool found = row && (strcmp(bg_aliases_of(row), aliases[i].words) == 0 ||
                                   row->shape == BG_SHAPE_SHARES || row->shape == BG_SHAPE_NAMED);
        if (!found) {
            fail_msg("%s", aliases[i].path);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_in_chinese_is_the_file_in_english),
        cmocka_unit_test(a_path_in_chinese_is_the_path_in_english),
        cmocka_unit_test(a_key_that_stands_twice_is_refused),
        cmocka_unit_test(names_stay_as_they_are_written),
        cmocka_unit_test(a_value_in_chinese_is_the_value_in_english),
        cmocka_unit_test(words_of_other_keys_are_no_values),
        cmocka_unit_test(a_word_means_an_account_where_one_stands),
        cmocka_unit_test(a_slip_in_a_key_is_told_with_the_word_that_was_meant),
        cmocka_unit_test(a_fund_of_the_default_is_known_by_its_word),
        cmocka_unit_test(limits_of_bills_may_have_a_unit),
        cmocka_unit_test(months_lines_and_payers_are_read_as_they_are_written),
        cmocka_unit_test(a_number_may_have_the_word_for_its_unit),
        cmocka_unit_test(every_alias_is_of_a_key_that_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
