/* What was read, in words: rates by year, bands, tiers, shares, steps; past years beside national ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/scenario_text.h"
#include "contract/money_unit.h"
#include "format/text_writer.h"
#include "report/as_read.h"
#include "report/rule_words.h"

#include <stdlib.h>
#include <string.h>

static void values_are_said_as_a_notice_would(void **state)
{
    (void)state;
    static const struct {
        const char *text, *path, *en, *zh;
    } cases[] = {
        {"budget: {growth: 6%}", "budget.growth", "6%", "6%"},
        {"budget: {growth: {later: 3%, 2026: 6.1%}}", "budget.growth", "6.1% in 2026, then 3%",
         "2026年6.1%，以后各年3%"},
        {"budget: {growth: {later: 3%}}", "budget.growth", "3% later", "以后各年3%"},
        {"budget: {growth: {other: 3%, 2027: 5%}}", "budget.growth",
         "5% in 2027, 3% in other years", "2027年5%，其他年度3%"},
        {"settlement: [{share_overspend: {bands: {5%: 30%, 10%: 50%, rest: 100%}}}]",
         "settlement[share_overspend].bands",
         "30% of the part up to 5%, 50% from 5% to 10%, 100% beyond 10%",
         "5%以内的部分30%，5%至10%的部分50%，超过10%的部分100%"},
        {"settlement: [{share_surplus: {bands: {rest: 60%}}}]", "settlement[share_surplus].bands",
         "60% of all of it", "全部60%"},
        {"settlement: [{share_surplus: {bands: {rest: {by_score: {90: 60%, 0: 40%}}}}}]",
         "settlement[share_surplus].bands", "(60% from a score of 90, 40% from 0) of all of it",
         "全部（90分及以上60%，90分以下40%）"},
        {"settlement: [{share_surplus: {bands: {10%: {2026: 50%, later: 60%}, rest: 0%}}}]",
         "settlement[share_surplus].bands",
         "(50% in 2026, then 60%) of the part up to 10%, 0% beyond 10%",
         "10%以内的部分（2026年50%，以后各年60%），超过10%的部分0%"},
        {"settlement: [{release: {share: {score: {at_0: 0%, at_100: 80%}, floor: 20%}}}]",
         "settlement[release].share",
         "0% at a score of 0 to 80% at 100, in a straight line, at least 20%",
         "得分0时0%，100时80%，其间按直线，不低于20%"},
        {"settlement: [{release: {share: {input: quality, times: 2, ceiling: 90%}}}]",
         "settlement[release].share", "by the input quality, times 2, at most 90%",
         "按数据“quality”，乘以2，不高于90%"},
        {"settlement: [{deduct: {gain: {rate: 60%, plus: {by_score: {90: 5%, 0: -100%}}, floor: "
         "2%}}}]",
         "settlement[deduct].gain", "60%, plus (5% from a score of 90, -100% from 0), at least 2%",
         "60%，加（90分及以上5%，90分以下-100%），不低于2%"},
        {"settlement: [{deduct: {gain: {input: mine, plus: -1%}}}]", "settlement[deduct].gain",
         "by the input mine, plus -1%", "按数据“mine”，加-1%"},
        {"settlement: [{split: {county_hospital: {gain: 60%, loss: 100%}, b: {gain: 40%, loss: "
         "0%}}}]",
         "settlement[split]",
         "county hospital (60% of a gain, 100% of a loss), b (40% of a gain, 0% of a loss)",
         "县级医院（盈余时60%，亏损时100%），b（盈余时40%，亏损时0%）"},
        {"settlement: [{split: {county_hospital: 60%, 卫生院: {input: 得分}}}]",
         "settlement[split]", "county hospital 60%, 卫生院 (by the input 得分)",
         "县级医院60%，卫生院（按数据“得分”）"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bg_scenario *scenario = scenario_of(cases[i].text, NULL);
        const char *const expected[] = {cases[i].en, cases[i].zh};
        for (int zh = 0; zh < 2; zh++) {
            bg_text text = {0};
            bg_add_rule_words(&text, bg_scenario_find(scenario, cases[i].path), zh ? "zh" : "en");
            char *words = bg_text_take(&text);
            assert_string_equal(words, expected[zh]);
            free(words);
        }
        bg_scenario_free(scenario);
    }
}

/* The words of a step, without those that stand before and behind the cases'. */
static void assert_step_words(const char *step, const char *en, const char *zh)
{
    const char *const expected[] = {en, zh};
    char scenario_text[512];
    snprintf(scenario_text, sizeof scenario_text, "settlement: [%s, {clear: {}}]", step);
    bg_scenario *scenario = scenario_of(scenario_text, NULL);
    for (int in_chinese = 0; in_chinese < 2; in_chinese++) {
        bg_text text = {0};
        bg_add_step_words(&text, bg_scenario_find(scenario, "settlement")->child,
                          in_chinese ? "zh" : "en");
        char *words = bg_text_take(&text);
        if (!strstr(words, expected[in_chinese])) {
            fail_msg("\"%s\" is not in: %s", expected[in_chinese], words);
        }
        free(words);
    }
    bg_scenario_free(scenario);
}

static void pots_say_what_they_have_and_their_steps_in_which_they_work(void **state)
{
    (void)state;
    assert_step_words(
        "{pots: {parts: {a: {share: 60%, expense: spent}, b: {share: 40%, netted: false}}}}",
        "the balance is divided into pots: a (money 60%, expense as spent says), b (money 40%, "
        "expense the rest, not netted)",
        "余额分为：a（资金 60%，支出 取自spent），b（资金 40%，支出 其余，单列）");
    assert_step_words("{pots: {parts: {a: {weight: past, expense_weight: past}, h: {own_money: "
                      "true, money: grant, expense: used}}}}",
                      "a (money by the weight past, expense by the weight past), h (money that is "
                      "not the fund's as grant says, "
                      "expense as used says, not netted)",
                      "a（资金 按权重past，支出 按权重past），h（非医保基金的资金 取自grant，支出 "
                      "取自used，单列）");
    assert_step_words(
        "{share_surplus: {pot: a, bands: {rest: 60%}}}",
        "in the pot a, of a surplus (in % of the pot's money) the community keeps 60%",
        "分项a：按占分项资金的比例分档，医共体留用：全部60%");
    assert_step_words("{deduct: {pot: a, gain: 10%}}",
                      "in the pot a, A percentage of gain or loss is taken off; Part",
                      "分项a：按比例扣减结余或减免超支；扣减盈余比例");
}

static void bands_say_whether_they_hold_for_the_whole(void **state)
{
    (void)state;
    assert_step_words(
        "{share_surplus: {bands: {5%: 60%, 20%: 80%, rest: 0%}, apply: whole}}",
        "keeps 60% of all of it where the rate is up to 5%, 80% of all of it where the "
        "rate is above 5% and up to 20%, 0% of all of it where the rate is above 20%;",
        "医共体留用：比率不超过5%的，全额60%，比率超过5%、不超过20%的，全额80%，"
        "比率超过20%的，全额0%；");
    assert_step_words(
        "{share_overspend: {bands: {5%: 40%, 10%: 50%, rest: 100%}, apply: whole,"
        " edge: above}}",
        "bears 40% of all of it where the rate is below 5%, 50% of all of it where the "
        "rate is 5% or more and below 10%, 100% of all of it where the rate is 10% or "
        "more;",
        "医共体分担：比率不足5%的，全额40%，比率5%及以上、不足10%的，全额50%，"
        "比率10%及以上的，全额100%；");
    assert_step_words(
        "{share_overspend: {bands: {5%: 40%, rest: 100%}, apply: whole_rest}}",
        "bears 40% of the part up to 5%, 100% of all of it where the rate is above 5%;",
        "医共体分担：5%以内的部分40%，比率超过5%的，全额100%；");
    assert_step_words("{share_overspend: {bands: {rest: 70%}, apply: whole}}",
                      "bears 70% of all of it;", "医共体分担：全部70%；");
}

static void the_use_of_what_is_kept_is_told(void **state)
{
    (void)state;
    assert_step_words(
        "{use: {purposes: {pay: {share: 60%, maximum: 70%}, risk: 30%, c: {share: 10%,"
        " minimum: {by_score: {90: 5%}}}}}}",
        "of what is kept goes to pay 60% and no more than 70%, risk fund 30%, c 10% and no "
        "less than (5% from a score of 90)",
        "留用用于pay60%且不高于70%，风险调剂金30%，c10%且不低于（90分及以上5%）");
}

/* ---- a whole scenario ---- */

static const char base[] = "money_unit: wan\n"
                           "history: {2023: 54300, 2024: 56282.5, 2025: 56672.5}\n"
                           "people: {residents: {count: 500000, growth: 0%}}\n"
                           "budget: {growth: 5%, funds: {guarantee: 3%, risk: 2%}}\n"
                           "performance: {score: 86}\n";
static const char child[] =
    "extends: base.yaml\n"
    "budget: {growth: {2027: 4%}, funds: {guarantee: null}, adjustments: {extra: 300}}\n"
    "settlement: {release: null, cover_emergency: {when: {year: 2026}}, disallow: ~}\n";

static char *page_of(const char *text, const char *language, bool brief)
{
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(
        bg_scenario_parse(text, strlen(text), "child.yaml", ".", NULL, 0, &scenario, &errors),
        BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    bg_document page;
    bg_document_init(&page, language);
    if (brief) {
        bg_as_read_sentences(&model.contract, bg_contract_money(&model.contract, language), &page);
    } else {
        bg_as_read(&model, &page);
    }
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
    char *written = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&written, &size);
    assert_int_equal(bg_document_write_text(&page, stream), BG_OK);
    fclose(stream);
    bg_document_free(&page);
    return written;
}

/* The text with one blank where lines break and columns are filled. */
static void join_lines(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        const bool blank = *from == ' ' || *from == '\n';
        if (!blank || to == text || to[-1] != ' ') {
            *to++ = (char)(blank ? ' ' : *from);
        }
    }
    *to = '\0';
}

static void assert_says(const char *text, const char *language, bool brief, const char *part)
{
    char *page = page_of(text, language, brief);
    join_lines(page);
    assert_contains(page, part);
    free(page);
}

/* 543,000,000 / 500,000 = 1,086; 566,725,000 / 500,000 = 1,133.45; (56,672.5 / 56,282.5 - 1) = 0.69 %.
 * Halves are shown as the even number beside them. */
static void past_years_stand_beside_the_national_figures(void **state)
{
    (void)state;
    folder_write("base.yaml", base);
    assert_says(base, "zh", false, "2023 54,300 100% 500,000* 1,086 1,086");
    assert_says(base, "zh", false, "2025 56,672 0.7% 100% 500,000 1,133 1,133");
    assert_says(base, "en", true,
                "fund payments 2023 to 2025 54,300, 56,282, 56,672 wan yuan (+0.7% in 2025); "
                "500,000 people, 1,133 yuan a head (nation 1,133).");
    assert_says(base, "zh", true, "增长率5%；预留：年度保障金3%，风险调剂金2%；考核得分86分");
}

/* 500,000 / 1.01 = 495,049.5 people a year before. */
static void people_of_past_years_are_counted_back(void **state)
{
    (void)state;
    assert_says("money_unit: wan\nhistory: {2024: 56282.5, 2025: 56672.5}\n"
                "people: {residents: {count: 500000, growth: 1%}}\n",
                "zh", false, "2024 56,282 100% 495,050* 1,137 1,126");
}

/* A service of the county's own is a name of the scenario's. */
static void a_line_of_an_own_service_has_its_name(void **state)
{
    (void)state;
    assert_says("history: {2025: {residents.dental.in: {cases: 10, paid: 1000}}}\n", "zh", false,
                "dental（县内） 10");
}

static void people_that_were_guessed_are_marked(void **state)
{
    (void)state;
    static const char text[] = "money_unit: wan\nhistory: {2025: 56672.5}\n";
    assert_says(text, "zh", true, "参保500,000人（推算）");
    assert_says(text, "en", false, "* People are guessed from the national payment a head");
}

static void what_was_removed_and_merged_is_listed(void **state)
{
    (void)state;
    folder_write("base.yaml", base);
    assert_says(child, "en", false,
                "merged: budget.growth is now {other: 5%, 2027: 4%} (child.yaml:2)");
    assert_says(child, "en", false, "removed by null: budget.funds[guarantee] (child.yaml:2)");
    assert_says(child, "zh", false, "已用 null 删去：settlement[release]");
    assert_says(child, "zh", false, "增长率：2027年4%，其他年度5%");
    assert_says(child, "zh", false, "调整事项：居民医保 300万元");
    assert_says(child, "zh", false, "适用条件：{year: \"2026\"}");
    assert_says(child, "en", false, "people[residents].count 500000 ./base.yaml:3");
}

static void machines_get_the_same(void **state)
{
    (void)state;
    folder_write("base.yaml", base);
    bg_scenario *scenario = NULL;
    bg_model model;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(
        bg_scenario_parse(child, sizeof child - 1, "child.yaml", ".", NULL, 0, &scenario, &errors),
        BG_OK);
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    json_t *read = bg_as_read_json(&model);
    const json_t *scheme = json_array_get(json_object_get(read, "schemes"), 0);
    const json_t *year = json_array_get(json_object_get(scheme, "years"), 2);
    assert_int_equal(json_integer_value(json_object_get(year, "paid_fen")), INT64_C(56672500000));
    assert_true(json_real_value(json_object_get(year, "paid_per_head_fen")) == 113345);
    assert_true(json_real_value(json_object_get(year, "national_per_head_fen")) == 113345);
    const json_t *removed = json_object_get(read, "removed");
    assert_int_equal(json_array_size(removed), 3);
    assert_string_equal(json_string_value(json_object_get(json_array_get(removed, 0), "path")),
                        "budget.funds[guarantee]");
    assert_int_equal(json_array_size(json_object_get(read, "merged")), 1);
    assert_true(json_array_size(json_object_get(read, "defaults")) > 10);
    json_decref(read);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_said_as_a_notice_would),
        cmocka_unit_test(pots_say_what_they_have_and_their_steps_in_which_they_work),
        cmocka_unit_test(bands_say_whether_they_hold_for_the_whole),
        cmocka_unit_test(the_use_of_what_is_kept_is_told),
        cmocka_unit_test(past_years_stand_beside_the_national_figures),
        cmocka_unit_test(people_of_past_years_are_counted_back),
        cmocka_unit_test(a_line_of_an_own_service_has_its_name),
        cmocka_unit_test(people_that_were_guessed_are_marked),
        cmocka_unit_test(what_was_removed_and_merged_is_listed),
        cmocka_unit_test(machines_get_the_same),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
