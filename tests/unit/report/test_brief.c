/* The brief: its answer and its figures, worked out by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "format/text_writer.h"
#include "report/brief.h"

/* 100 billion yuan year after year with next to no noise, held at that: 950 are payable, a score of 85 gives 24 of the 30 of
 * the guarantee fund back, so that 26 are missing; of these the community bears 30 %, 7.8, and the pool 18.2. */
#define STEADY                                                                                     \
    "title: {en: Steady, zh: 平稳}\n"                                                            \
    "money_unit: yi\n"                                                                             \
    "people: {residents: {count: 100000000, growth: 0%, growth_sd: 0%}}\n"                         \
    "performance: {score: 85}\n"                                                                   \
    "demand:\n"                                                                                    \
    "  trend: {prior: 0%, prior_sd: 0.01%}\n"                                                      \
    "  volatility: {total: 0%}\n"                                                                  \
    "  emergency: {probability: 0%}\n"                                                             \
    "  services: {total: {dispersion: 1, cost_cv: 0.01}}\n"                                        \
    "simulation: {first_year: 2025, years: 2, replications: 1000}\n"
#define ONE STEADY "history: {2022: 1000, 2023: 1000, 2024: 1000}\n"

static const bg_brief_facts usual = {.noticeable = 0.2,
                                     .high = 0.5,
                                     .author = "<某县医保局>",
                                     .digest = "00ff",
                                     .command = "baogan report steady.yaml"};

/* As text in which lines that were broken stand as one; new string. */
static char *brief_of(const char *scenario, const char *language, const bg_brief_facts *facts,
                      bool full)
{
    reported self;
    start_report(&self, scenario, language);
    bg_document document;
    bg_document_init(&document, language);
    bg_brief_document(&self.report, facts, full, &document);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_false(document.failed);
    for (size_t i = 0; i < document.count; i++) {
        const bg_part *part = &document.parts[i];
        fprintf(stream, "%s%s|", part->term ? part->term : "", part->text ? part->text : "");
        if (part->kind == BG_PART_SHEET) {
            assert_int_equal(bg_sheet_write_text(&part->sheet, stream, 0), BG_OK);
        }
    }
    fclose(stream);
    bg_document_free(&document);
    finish_report(&self);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not said in: %s", part, text);
    }
}

static void the_answer_is_that_of_the_hand(void **state)
{
    (void)state;
    char *text = brief_of(ONE "budget: {growth: {2025: 0%, later: 0%}}\n", "en", &usual, false);
    assert_holds(text, "2025: the risk of an overspend is high; its chance is more than 99%|");
    assert_holds(text, "the community bears 7.80 yi yuan, the pooled fund pays in 18.20 yi yuan.|");
    assert_holds(text,
                 "The total is equal to what was spent in 2024, expected spending equal to it; ");
    assert_holds(text, "5% of the total is held back first: it will probably not be enough.|");
    assert_holds(text, "In the 2 years to 2026 together the community bears 15.60 yi yuan, the "
                       "pooled fund pays in 36.40 yi yuan");
    free(text);
    text = brief_of(ONE "budget: {growth: {2025: 0%, later: 0%}}\n", "zh", &usual, false);
    assert_holds(text, "2025年超支风险高：超支的可能性超过99%|");
    assert_holds(text, "年度付费总额居民医保1,000.00亿元|");
    assert_holds(text, "多半不够用。|");
    assert_holds(text, "编制单位：<某县医保局>　编制日期：____________|");
    assert_holds(text, "可重算：baogan report steady.yaml（");
    assert_holds(text, "SHA-256：00ff");
    free(text);
}

/* Last year beside this, money beside each per cent. */
static void each_question_has_one_number(void **state)
{
    (void)state;
    static const char *const rows[] = {
        "Spent in 2024                     1,000.00  +0.0% on last year\n",
        "Total of this year                1,000.00  +0.0% on last year\n",
        "Chance of an overspend                >99%  high\n",
        "Size of an overspend           26.00 ±0.01  2.6% of total\n",
        "Community, on average                 7.80  borne, 0.8% of total\n",
        "Pooled fund, on average              18.20  paid in, 1.8% of total\n",
        "Fund pays in all                    992.20  99.2% of total\n",
        " 950.00\n"};
    char *text = brief_of(ONE "budget: {growth: {2025: 0%, later: 0%}}\n", "en", &usual, false);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_holds(text, rows[i]);
    }
    free(text);
}

/* 900 for what cost 1000. */
static void a_total_below_last_year_comes_first(void **state)
{
    (void)state;
    char *text = brief_of(ONE "budget: {growth: {2025: -10%, later: 0%}}\n", "zh", &usual, false);
    assert_holds(text, "二、三句话|居民医保2025年度付费总额低于2024年实际支出，少100.00亿元，"
                       "支出不再增长也不够用。|");
    assert_null(strstr(text, "多半不够用"));
    free(text);
}

static void limits_of_the_verdict_are_those_that_are_set(void **state)
{
    (void)state;
    bg_brief_facts facts = usual;
    facts.high = 1;
    char *text = brief_of(ONE "budget: {growth: {2025: 0%, later: 0%}}\n", "zh", &facts, false);
    assert_holds(text, "2025年超支风险明显：");
    assert_holds(text, "超支可能性低于20%为低，至100%为明显，以上为高");
    free(text);
    text = brief_of(ONE "budget: {growth: {2025: 10%, later: 0%}}\n", "zh", &usual, false);
    assert_holds(text, "2025年超支风险低：超支的可能性不足1%|");
    assert_holds(text, "一般够用。|");
    assert_holds(text, "医共体留用");
    free(text);
}

/* Money of two schemes is added up; the chance is that of at least one. */
static void of_two_schemes_a_chance_is_of_any_and_money_a_sum(void **state)
{
    (void)state;
    char *text = brief_of(STEADY "history:\n"
                                 "  2022: {residents.total: 1000, employees.total: 100}\n"
                                 "  2023: {residents.total: 1000, employees.total: 100}\n"
                                 "  2024: {residents.total: 1000, employees.total: 100}\n"
                                 "budget:\n"
                                 "  growth: {2025: 0%, later: 0%}\n"
                                 "  schemes: {employees: {growth: {2025: 100%, later: 0%}}}\n",
                          "zh", &usual, false);
    assert_holds(text, "至少一个险种超支的可能性超过99%|");
    assert_holds(text, "居民医保1,000.00亿元，职工医保200.00亿元，合计1,200.00亿元|");
    assert_holds(text, "至少一个：高");
    free(text);
}

/* What was turned, and what the chance is then. */
static void what_it_hangs_on_is_told_where_it_is_known(void **state)
{
    (void)state;
    bg_turned_list turned = {.given = {0.5, 0}, .futures = 2000, .count = 1};
    bg_turned *item = &turned.item[0];
    item->input.key = "demand.services[inpatient].frequency_trend";
    item->input.row = bg_catalogue_find("demand.services[inpatient].frequency_trend");
    item->given = 2 * BG_ONE / 100;
    item->value[1] = 4 * BG_ONE / 100;
    item->figures[0] = (bg_turned_figures){0.25, 1e10};
    item->figures[1] = (bg_turned_figures){0.75, -1e10};
    bg_brief_facts facts = usual;
    facts.turned = &turned;
    char *text = brief_of(ONE, "zh", &facts, false);
    assert_holds(text, "、结论主要取决于什么（亿元）|");
    assert_holds(text, "用同一批2,000种情形；不改时超支可能性为50.0%。|");
    assert_holds(text, "住院：人均人次趋势的先验均值");
    assert_holds(text, "2%（0% / 4%）");
    assert_holds(text, "25.0%  75.0%");
    assert_holds(text, "+1.00  -1.00");
    free(text);
}

static void the_full_one_goes_on_with_every_table(void **state)
{
    (void)state;
    char *brief = brief_of(ONE, "en", &usual, false), *full = brief_of(ONE, "en", &usual, true);
    const size_t length = strlen(brief);
    assert_memory_equal(full, brief, length - 1);
    assert_true(strlen(full) > 2 * length);
    assert_holds(full, "demand.volatility.persistence");
    assert_holds(full, "|year-end clearingwhat is due for the year less what was prepaid");
    assert_null(strstr(brief, "year-end clearing"));
    free(brief);
    free(full);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_answer_is_that_of_the_hand),
        cmocka_unit_test(each_question_has_one_number),
        cmocka_unit_test(a_total_below_last_year_comes_first),
        cmocka_unit_test(limits_of_the_verdict_are_those_that_are_set),
        cmocka_unit_test(of_two_schemes_a_chance_is_of_any_and_money_a_sum),
        cmocka_unit_test(what_it_hangs_on_is_told_where_it_is_known),
        cmocka_unit_test(the_full_one_goes_on_with_every_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
