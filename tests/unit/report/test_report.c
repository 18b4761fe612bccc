/* What a run reports, as JSON, text and CSV. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "../../support/schema.h"
#include "report/parameters.h"

#define HISTORY "history: {2022: 9353.44, 2023: 10457.65, 2024: 10661.49}\n"

/* The residents' fund of the country with the outcome of 2025, both schemes' keys left alone. */
static const char national[] =
    "money_unit: yi\n" HISTORY "people: {residents: {count: 947137000}}\n"
    "pool: {residents: {income_per_head: 1215.9, balance: 8183.02}}\n"
    "simulation: {years: 3, replications: 1000}\n"
    "published: {2025: {expense: 10678.63, pool_balance: 8742.11, source: NHSA}, 2040: 1}\n";

static const char two_schemes[] =
    "money_unit: wan\n"
    "history:\n"
    "  2023: {residents.total: 50000, employees.inpatient.in: {cases: 9000, paid: 20000}}\n"
    "  2024: {residents.total: 52000, employees.inpatient.in: {cases: 9100, paid: 21000}}\n"
    "simulation: {years: 2, replications: 1000}\n";

/* All that a result may have. */
#define MEASURED                                                                                   \
    "money_unit: yi\n" HISTORY "published: {2025: {expense: 10678.63, pool_balance: 8742.11}}\n"   \
    "pool: {residents: {income_per_head: 1215.9, balance: 8183.02}}\n"                             \
    "simulation: {years: 2, replications: 1000}\n"                                                 \
    "people: {residents: {groups: {old: {share: {2024: 20%, 2026: 22%}, total: 3},\n"              \
    "  young: {share: {2024: 80%, 2026: 78%}}}}}\n"                                                \
    "measures: {cut: {title: {en: The cut, zh: 削减}, from: 2025-07, cases: -3%,\n"              \
    "  outlay: {amount: 1, payer: community}}}\n"                                                  \
    "incidents: {flu: {title: {en: Flu, zh: 流感}, from: 2026-12, until: 2026-12, cases: 20%}}\n"

/* ---- JSON ---- */
/* 10 of 100 people are admitted in the last base year; that many earn half of the points. */
static const char moving[] =
    "history: {2024: {residents.inpatient.in: {cases: 10000, paid: 40M}}}\n"
    "people: {residents: {count: 100000, growth: 0, growth_sd: 0}}\n"
    "performance: {indicators: {stays: {simulated: admissions, floor: 12, target: 8}}}\n"
    "demand: {services: {inpatient: {frequency_trend: 0, frequency_trend_sd: 0}},\n"
    "  emergency: {probability: 0}}\n"
    "accounts: {variable_cost: 40%}\n"
    "simulation: {years: 2, replications: 400}\n";

/* A cliff on one side, and bands of two readings on the other; providers who answer. */
static const char tiered[] =
    "history: {2022: 100M, 2023: 100M, 2024: 100M}\n"
    "simulation: {years: 2, replications: 400}\n"
    "response: {cost: -6%}\n"
    "settlement: [{share_surplus: {bands: {5%: 60%, rest: 0%}, apply: whole}},\n"
    "  {share_overspend: {bands: {5%: 30%, rest: 100%}}}, {clear: {}}]\n";

/* A measure that is paid from what is kept, and settlements that are paid later. */
static const char dated[] =
    "history: {2022: 100M, 2023: 100M, 2024: 100M}\n"
    "simulation: {years: 2, replications: 400}\n"
    "budget: {calendar: 5}\n"
    "measures: {doctors: {from: 2025-01, lines: [residents.total], cost: {change: -2%},\n"
    "  outlay: {amount: 1, payer: community, purpose: teams}}}\n"
    "settlement: [{share_surplus: {bands: {rest: 60%}}}, {split: {town: 100%}},\n"
    "  {use: {purposes: {teams: 100%}}}, {clear: {}}]\n";

static void the_result_is_what_its_schema_says(void **state)
{
    (void)state;
    static const char *const texts[] = {national, two_schemes, MEASURED, tiered, moving, dated};
    json_t *schema = bg_result_schema();
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        reported self;
        start_report(&self, texts[i], "en");
        json_t *result = bg_report_json(&self.report);
        char why[256] = "";
        if (!schema_accepts(schema, result, why, sizeof why)) {
            fail_msg("%s", why);
        }
        json_decref(result);
        finish_report(&self);
    }
    json_decref(schema);
}

/* Every member of the schema occurs in a result that has all parts. */
static void assert_covers(const json_t *schema, const json_t *value, const char *name)
{
    const char *key;
    json_t *rule;
    if (json_is_array(value)) {
        if (json_array_size(value) > 0) {
            assert_covers(json_object_get(schema, "items"), json_array_get(value, 0), name);
        }
        return;
    }
    json_object_foreach(json_object_get(schema, "properties"), key, rule)
    {
        const json_t *member = json_object_get(value, key);
        if (!member) {
            fail_msg("%s has no %s", name, key);
        }
        assert_covers(rule, member, key);
    }
}

static void the_result_holds_every_member_that_is_documented(void **state)
{
    (void)state;
    reported self;
    start_report(&self, MEASURED, "en");
    json_t *schema = bg_result_schema();
    json_t *result = bg_report_json(&self.report);
    finish_report(&self);
    start_report(&self, moving, "en");
    json_t *scored = bg_report_json(&self.report);
    finish_report(&self);
    json_object_set(result, "score", json_object_get(scored, "score"));
    json_object_set(result, "accounts", json_object_get(scored, "accounts"));
    json_object_set(result, "case_margins", json_object_get(scored, "case_margins"));
    start_report(&self, tiered, "en");
    json_t *tiers = bg_report_json(&self.report);
    finish_report(&self);
    json_object_set(result, "tiers", json_object_get(tiers, "tiers"));
    json_object_set(result, "readings", json_object_get(tiers, "readings"));
    json_object_set(result, "response", json_object_get(tiers, "response"));
    start_report(&self, dated, "en");
    json_t *later = bg_report_json(&self.report);
    finish_report(&self);
    json_object_set(result, "due", json_object_get(later, "due"));
    json_object_set(result, "purposes", json_object_get(later, "purposes"));
    assert_covers(schema, result, "the result");
    json_decref(later);
    json_decref(tiers);
    json_decref(scored);
    json_decref(result);
    json_decref(schema);
}

static const json_t *at(const json_t *value, size_t index, const char *key)
{
    return json_object_get(json_array_get(value, index), key);
}

static void money_in_the_result_is_exact(void **state)
{
    (void)state;
    reported self;
    start_report(&self, national, "en");
    json_t *result = bg_report_json(&self.report);
    const json_t *budget = json_array_get(json_object_get(result, "budget"), 0);
    /* mean of 9,353.44, 10,457.65 and 10,661.49: 10,157.526666… hundred million yuan */
    assert_int_equal(json_integer_value(json_object_get(budget, "base_fen")), 101575266666667);
    const json_t *year = json_array_get(json_object_get(budget, "years"), 0);
    json_int_t total = json_integer_value(json_object_get(year, "total_fen"));
    assert_int_equal(total, 107669782666667); /* grown by the default 6 % */
    json_int_t sum = json_integer_value(json_object_get(year, "payable_fen"));
    const char *name;
    json_t *fund;
    json_object_foreach(json_object_get(year, "funds_fen"), name, fund)
    {
        sum += json_integer_value(fund);
    }
    assert_int_equal(sum, total);
    const json_t *instalments = json_object_get(year, "instalments_fen");
    assert_int_equal(json_array_size(instalments), 12);
    sum = 0;
    for (size_t i = 0; i < 12; i++) {
        sum += json_integer_value(json_array_get(instalments, i));
    }
    assert_int_equal(sum, json_integer_value(json_object_get(year, "payable_fen")));
    json_decref(result);
    finish_report(&self);
}

static void only_what_the_scenario_leaves_open_is_listed_as_assumed(void **state)
{
    (void)state;
    reported self;
    start_report(&self, national, "en");
    json_t *result = bg_report_json(&self.report);
    const json_t *list = json_object_get(result, "assumptions");
    bool growth = false;
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *path = json_string_value(at(list, i, "path"));
        growth = growth || strcmp(path, "budget.growth") == 0;
        assert_null(strstr(path, "employees"));                   /* no such scheme */
        assert_null(strstr(path, "demand.services[inp"));         /* no such line */
        assert_null(strstr(path, "frequency_trend"));             /* no line has cases */
        assert_string_not_equal(path, "budget.base.trend");       /* trend_years is 0 */
        assert_string_not_equal(path, "people[residents].count"); /* given */
        if (strcmp(path, "demand.trend.prior") == 0) {
            assert_string_equal(json_string_value(at(list, i, "value")), "6%");
            assert_true(json_is_true(at(list, i, "assumption")));
            assert_null(strstr(json_string_value(at(list, i, "source")), "assumption"));
        }
    }
    assert_true(growth);
    json_decref(result);
    finish_report(&self);
}

static void where_no_expense_was_published_no_forecast_of_it_has_an_error(void **state)
{
    (void)state;
    reported self;
    start_report(&self,
                 HISTORY "pool: {residents: {income_per_head: 1215.9}}\n"
                         "simulation: {years: 1, replications: 10}\n"
                         "published: {2025: {pool_balance: 8742}}\n",
                 "en");
    json_t *result = bg_report_json(&self.report);
    const json_t *year = json_array_get(json_object_get(result, "published"), 0);
    const json_t *forecasts = json_object_get(year, "forecasts");
    assert_null(json_object_get(year, "expense"));
    assert_int_equal(json_array_size(forecasts), 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(json_is_null(json_object_get(json_array_get(forecasts, i), "error")));
    }
    json_decref(result);
    finish_report(&self);
}

/* ---- what measures and incidents do ---- */

static json_int_t fen_of(const json_t *list, const char *change, int year, const char *outcome)
{
    size_t i;
    const json_t *row;
    json_array_foreach(list, i, row)
    {
        const json_t *of_year = json_object_get(row, "year");
        if (strcmp(json_string_value(json_object_get(row, "change")), change) == 0 &&
            (year ? json_integer_value(of_year) == year : json_is_null(of_year)) &&
            strcmp(json_string_value(json_object_get(row, "outcome")), outcome) == 0) {
            return json_integer_value(json_object_get(row, "mean_fen"));
        }
    }
    fail_msg("no %s of %s in %d", outcome, change, year);
    return 0;
}

static void contributions_are_in_the_result_where_there_are_any(void **state)
{
    (void)state;
    reported self;
    start_report(&self, national, "en");
    json_t *result = bg_report_json(&self.report);
    assert_null(json_object_get(result, "contributions"));
    json_decref(result);
    finish_report(&self);
    start_report(&self, MEASURED, "en");
    result = bg_report_json(&self.report);
    const json_t *list = json_object_get(result, "contributions");
    assert_int_equal(json_array_size(list), 4 * 3 * 6); /* rows, years and their sum, effects */
    assert_true(fen_of(list, "flu", 2025, "expense") == 0);
    assert_true(fen_of(list, "flu", 2026, "expense") > 0);
    assert_true(fen_of(list, "cut", 2025, "expense") < 0);
    static const char *const outcomes[] = {"expense", "result",   "shared",
                                           "covered", "patients", "elsewhere"};
    for (size_t i = 0; i < 6; i++) {
        assert_true(fen_of(list, "flu", 0, outcomes[i]) + fen_of(list, "cut", 0, outcomes[i]) +
                        fen_of(list, "rest", 0, outcomes[i]) ==
                    fen_of(list, "together", 0, outcomes[i]));
    }
    json_decref(result);
    finish_report(&self);
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not said in:\n%s", part, text);
    }
}

static void a_direct_cost_is_said_beside_what_happens_to_care(void **state)
{
    (void)state;
    static const char camps[] =
        "money_unit: yi\n" HISTORY "simulation: {years: 2, replications: 100}\n"
        "measures: {audit: {from: 2026-01, lines: [residents.*], recoveries: 0.03}}\n"
        "incidents:\n"
        "  camp: {from: 2026-12, until: 2026-12, direct_cost: 0.02}\n"
        "  flu: {from: 2026-11, until: 2026-11, cases: 5%, direct_cost: {p10: 0.01, p90: 0.03}}\n";
    char *text = reported_text(camps, "en", true);
    assert_has(text, "camp: all care, direct cost of 0.02 yi yuan, December 2026; what it adds");
    assert_has(text, "brings back to the pooled fund each year 0.03 yi");
    assert_has(text, "flu: all care, cases +5%, direct cost of 0.01 yi yuan to");
    free(text);
    text = reported_text(camps, "zh", true);
    assert_has(text, "每年追回统筹基金0.03亿元");
    assert_has(text, "camp：全部医疗，直接费用0.02亿元，2026年12月");
    assert_has(text, "flu：全部医疗，人次+5%，直接费用0.01亿元至0.03亿元");
    free(text);
}

static void contributions_are_sentences_and_tables_in_the_order_of_the_file(void **state)
{
    (void)state;
    char *text = reported_text(MEASURED, "en", true);
    const char *cut = strstr(text, "The cut saves the fund "),
               *flu = strstr(text, "Flu costs the ");
    assert_true(cut && flu && cut < flu);
    assert_has(flu, "yi yuan in 2026.");
    assert_has(flu, "all together");
    assert_has(flu, "the rest");
    free(text);
    text = reported_text(MEASURED, "zh", true);
    assert_has(text, "削减使基金支出减少");
    assert_has(text, "流感使基金支出增加");
    assert_has(text, "相互作用");
    free(text);
}

/* 3 % of 10,000 and 5,000 in the second half year cost 100 each; the flu costs the fund more and nobody anything else. */
static void outlays_are_told_net_of_what_they_save(void **state)
{
    (void)state;
    char *text = reported_line(MEASURED, "en", true);
    assert_has(text, "cases -3%, from July 2025 on; beside care it costs 1 yi yuan a year,");
    const char *cut = strstr(text, "The cut: by 2026 the outlay is ");
    assert_non_null(cut);
    assert_has(cut, "on average it is earned back in 2025.");
    assert_has(cut, "The community, which pays, is ");
    assert_has(cut, "Net so far");
    assert_null(strstr(text, "Flu: by 2026 the outlay"));
    free(text);
    text = reported_line(MEASURED, "zh", true);
    assert_has(text, "医疗费用以外另需投入：每年1亿元，由医共体承担");
    cut = strstr(text, "削减：至2026年累计投入");
    assert_non_null(cut);
    assert_has(cut, "平均2025年收回投入");
    assert_has(cut, "累计净收益");
    free(text);
}

static void an_outlay_that_does_not_pay_is_said_not_to(void **state)
{
    (void)state;
    static const char scenario[] =
        "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
        "simulation: {years: 2, replications: 100}\n"
        "measures: {a: {from: 2025-07, cases: -1%,\n"
        "  outlay: {amount: {2025: 300万, 2026: 100万}, payer: pool, months: [1, 7]}}}\n";
    char *text = reported_line(scenario, "en", true);
    assert_has(text, "a: by 2026 the outlay is ");
    assert_has(
        text,
        "3 million yuan in 2025, 1 million yuan in 2026, paid by the pooled fund in months 1, 7.");
    assert_has(text, "It is more than the fund saves, by ");
    assert_has(text, "on average it is not earned back by 2026.");
    assert_has(text, "The pool, which pays, is ");
    assert_has(text, "worse off.");
    free(text);
    text = reported_line(scenario, "zh", true);
    assert_has(text, "2025年300万元，2026年100万元，由统筹基金承担，每年1、7月支付");
    assert_has(text, "投入大于基金节约");
    assert_has(text, "至2026年未能收回投入");
    assert_has(text, "出资的统筹基金净负担");
    free(text);
}

static void outlays_are_in_the_result_where_there_are_any(void **state)
{
    (void)state;
    reported self;
    start_report(&self, two_schemes, "en");
    json_t *result = bg_report_json(&self.report);
    assert_null(json_object_get(result, "outlays"));
    json_decref(result);
    finish_report(&self);
    start_report(&self, MEASURED, "en");
    result = bg_report_json(&self.report);
    const json_t *list = json_object_get(result, "outlays");
    assert_int_equal(json_array_size(list), 4 * 3); /* rows, years and their sum */
    const json_t *cut = json_array_get(list, 2);
    assert_true(json_is_null(json_object_get(cut, "year")));
    assert_int_equal(json_integer_value(json_object_get(cut, "outlay_community_fen")), 20000000000);
    assert_int_equal(json_integer_value(json_object_get(cut, "earned_back")), 2025);
    assert_int_equal(json_integer_value(json_object_get(cut, "net_fen")),
                     json_integer_value(json_object_get(cut, "gain_fen")) - 20000000000);
    const json_t *flu = json_array_get(list, 5);
    assert_true(json_is_null(json_object_get(flu, "earned")));
    assert_true(json_is_null(json_object_get(flu, "earned_back")));
    json_decref(result);
    finish_report(&self);
}

/* What differs from nothing by chance alone, or not at all, is not told as an effect. */
static void what_has_no_effect_is_said_to_have_none(void **state)
{
    (void)state;
    static const char history[] = "history: {2022: 1亿, 2023: 1.1亿, 2024: 1.2亿}\n"
                                  "simulation: {years: 1, replications: 100}\n";
    static const struct {
        const char *changes, *words;
    } cases[] = {
        {"measures: {a: {from: 2025-07, cost: 0%}}\n", "a: expense stays as it is."},
        {"measures: {a: {from: 2025-07, cost: {p10: -9%, p90: 9.5%}}}\n",
         "a: the effect on expense is within its sampling error."},
        {"measures: {a: {from: 2025-07, cost: -1%}}\n", "a saves the fund "},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char scenario[512];
        snprintf(scenario, sizeof scenario, "%s%s", history, cases[i].changes);
        char *text = reported_text(scenario, "en", true);
        assert_has(text, cases[i].words);
        assert_null(strstr(text, "the rest"));
        free(text);
    }
}

/* ---- a score that is simulated ---- */

static void the_chances_of_the_tiers_are_in_the_result(void **state)
{
    (void)state;
    reported self;
    start_report(&self, national, "en");
    json_t *result = bg_report_json(&self.report);
    assert_null(json_object_get(result, "score"));
    json_decref(result);
    finish_report(&self);
    start_report(&self, moving, "en");
    result = bg_report_json(&self.report);
    const json_t *list = json_object_get(result, "score");
    assert_int_equal(json_array_size(list), 2 * 3); /* years, tiers above 0 of the default plan */
    double before = 0;
    for (size_t i = 0; i < 6; i++) {
        const json_t *row = json_array_get(list, i);
        const double chance = json_real_value(json_object_get(row, "estimate"));
        assert_int_equal(json_integer_value(json_object_get(row, "year")), 2025 + (int)i / 3);
        assert_true(i % 3 == 0 || chance >= before); /* lower tiers are reached more often */
        before = chance;
    }
    json_decref(result);
    finish_report(&self);
}

static void the_score_of_each_year_is_said_in_both_languages(void **state)
{
    (void)state;
    char *text = reported_text(moving, "en", true);
    assert_has(text, "Performance score, year by year");
    assert_has(text, "Central path  Reaches 90  Reaches 80  Reaches 60");
    assert_has(text, "50.0"); /* on the central path */
    assert_has(text, "Probability that 90 points are reached in 2025: ");
    assert_has(text, "Simulated, all schemes together: stays.");
    free(text);
    text = reported_text(moving, "zh", true);
    assert_has(text, "逐年绩效考核得分");
    assert_has(text, "达到90分的概率（2025年）");
    assert_has(text, "按模拟结果计分（各险种合计）：stays。");
    free(text);
}

/* ---- what the funds do ---- */

static void the_funds_of_the_result_add_up(void **state)
{
    (void)state;
    reported self;
    start_report(&self, two_schemes, "en");
    json_t *result = bg_report_json(&self.report);
    const json_t *rows = json_object_get(result, "funds");
    assert_int_equal(json_array_size(rows), 4); /* two funds of two schemes */
    for (size_t i = 0; i < 4; i++) {
        static const char *const from[] = {"opening_fen", "set_aside_fen"};
        static const char *const to[] = {"released_fen", "covered_fen", "returned_fen"};
        json_int_t left = 0;
        for (size_t j = 0; j < 2; j++) {
            left += json_integer_value(at(rows, i, from[j]));
        }
        assert_true(left > 0);
        for (size_t j = 0; j < 3; j++) {
            left -= json_integer_value(at(rows, i, to[j]));
        }
        assert_true(left == 0);
    }
    json_decref(result);
    finish_report(&self);
}

static void what_the_funds_do_is_a_table_with_a_sentence_on_emergencies(void **state)
{
    (void)state;
    static const char sharing[] =
        HISTORY "simulation: {years: 1, replications: 100}\n"
                "settlement:\n- share_overspend: {bands: {rest: 50%}, payer: risk}\n- clear: {}\n";
    char *text = reported_text(national, "en", true);
    assert_has(text, "What the funds do");
    assert_has(text, "Back to the pool");
    assert_has(text, "Where an emergency begins in 2025");
    free(text);
    text = reported_text(national, "zh", true);
    assert_has(text, "资金去向");
    assert_has(text, "其他情形低");
    free(text);
    text = reported_text(HISTORY "demand: {emergency: {probability: 100%}}\n"
                                 "simulation: {years: 1, replications: 100}\n",
                         "en", true);
    assert_has(text, "An emergency begins in nearly every future of 2025");
    free(text);
    text = reported_text(sharing, "en", true);
    assert_has(text, "Shared or returned");
    assert_has(text, "all funds together");
    assert_null(strstr(text, "Ever pays"));
    assert_null(strstr(text, "Where an emergency")); /* 8 of 100 are too few */
    free(text);
}

/* ---- whether the engines agree ---- */

static char *text_with_check(bg_check check, bool brief, const char *language)
{
    reported self;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    start_report(&self, national, language);
    self.check = check;
    assert_int_equal(bg_report_text(&self.report, brief, stream), BG_OK);
    assert_int_equal(fclose(stream), 0);
    finish_report(&self);
    return text;
}

static void only_the_screen_says_how_far_the_engines_are_apart(void **state)
{
    (void)state;
    const bg_check check = {.futures = 1000, .count = 20, .largest = 2.14, .agrees = true};
    char *text = text_with_check(check, true, "en");
    assert_has(text, "The reference engine agrees: 1,000 futures, largest difference 2.1 standard");
    assert_has(text, "of 20 figures");
    free(text);
    text = text_with_check(check, true, "zh");
    assert_has(text, "参考引擎结果一致：1,000种情形，最大差异2.1个标准误");
    free(text);
    text = text_with_check(check, false, "en");
    assert_has(text, "The reference engine agrees: 1,000 futures, see run.json.");
    assert_null(strstr(text, "2.1 standard"));
    free(text);
}

static void a_disagreement_is_warned_of_before_any_figure(void **state)
{
    (void)state;
    const bg_check check = {.futures = 1000, .count = 20, .largest = 7, .agrees = false};
    for (int brief = 0; brief < 2; brief++) {
        char *text = text_with_check(check, brief, "en");
        const char *warning = strstr(text, "WARNING: the reference engine does NOT agree");
        const char *summary = strstr(text, "In short");
        assert_true(warning && summary && warning < summary);
        assert_null(strstr(text, "engine agrees"));
        free(text);
    }
    char *text = text_with_check(check, true, "zh");
    assert_has(text, "警告：参考引擎的结果与以下数字不一致");
    free(text);
}

static void without_a_check_nothing_is_said_of_it(void **state)
{
    (void)state;
    char *text = text_with_check((bg_check){0}, true, "en");
    assert_null(strstr(text, "reference engine"));
    free(text);
    reported self;
    start_report(&self, national, "en");
    json_t *result = bg_report_json(&self.report);
    assert_true(json_is_true(json_object_get(json_object_get(result, "check"), "agrees")));
    json_decref(result);
    self.check.agrees = false;
    result = bg_report_json(&self.report);
    assert_true(json_is_false(json_object_get(json_object_get(result, "check"), "agrees")));
    json_decref(result);
    self.report.check = NULL;
    result = bg_report_json(&self.report);
    assert_true(json_is_null(json_object_get(json_object_get(result, "check"), "agrees")));
    json_decref(result);
    finish_report(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_result_is_what_its_schema_says),
        cmocka_unit_test(the_result_holds_every_member_that_is_documented),
        cmocka_unit_test(money_in_the_result_is_exact),
        cmocka_unit_test(only_what_the_scenario_leaves_open_is_listed_as_assumed),
        cmocka_unit_test(contributions_are_in_the_result_where_there_are_any),
        cmocka_unit_test(a_direct_cost_is_said_beside_what_happens_to_care),
        cmocka_unit_test(contributions_are_sentences_and_tables_in_the_order_of_the_file),
        cmocka_unit_test(outlays_are_told_net_of_what_they_save),
        cmocka_unit_test(an_outlay_that_does_not_pay_is_said_not_to),
        cmocka_unit_test(outlays_are_in_the_result_where_there_are_any),
        cmocka_unit_test(the_chances_of_the_tiers_are_in_the_result),
        cmocka_unit_test(the_score_of_each_year_is_said_in_both_languages),
        cmocka_unit_test(what_has_no_effect_is_said_to_have_none),
        cmocka_unit_test(the_funds_of_the_result_add_up),
        cmocka_unit_test(what_the_funds_do_is_a_table_with_a_sentence_on_emergencies),
        cmocka_unit_test(only_the_screen_says_how_far_the_engines_are_apart),
        cmocka_unit_test(a_disagreement_is_warned_of_before_any_figure),
        cmocka_unit_test(without_a_check_nothing_is_said_of_it),
        cmocka_unit_test(where_no_expense_was_published_no_forecast_of_it_has_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
