/* The report as text: its first screen with figures worked out by hand, and what follows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "format/width.h"

/* A fund that pays 100 billion yuan year after year, with next to no noise: what the rules make of it
 * follows by hand. A score of 85 releases 80 % of the guarantee fund. */
#define STEADY                                                                                     \
    "title: {en: Steady, zh: 平稳}\n"                                                            \
    "money_unit: yi\n"                                                                             \
    "history: {2022: 1000, 2023: 1000, 2024: 1000}\n"                                              \
    "people: {residents: {count: 100000000, growth: 0%, growth_sd: 0%}}\n"                         \
    "performance: {score: 85}\n"                                                                   \
    "demand:\n"                                                                                    \
    "  trend: {prior: 0%, prior_sd: 0.01%}\n"                                                      \
    "  volatility: {total: 0%}\n"                                                                  \
    "  emergency: {probability: 0%}\n"                                                             \
    "  services: {total: {dispersion: 1, cost_cv: 0.01}}\n"

static const char national[] =
    "money_unit: yi\n"
    "history: {2022: 9353.44, 2023: 10457.65, 2024: 10661.49}\n"
    "people: {residents: {count: 947137000}}\n"
    "pool: {residents: {income_per_head: 1215.9, balance: 8183.02}}\n"
    "simulation: {years: 3, replications: 1000}\n"
    "published: {2025: {expense: 10678.63, pool_balance: 99999, source: NHSA}}\n";

static const char two_schemes[] =
    "money_unit: wan\n"
    "history:\n"
    "  2023: {residents.total: 50000, employees.inpatient.in: {cases: 9000, cost: 28000, paid: "
    "20000}}\n"
    "  2024: {residents.total: 52000, employees.inpatient.in: {cases: 9100, cost: 29500, paid: "
    "21000}}\n"
    "simulation: {years: 2, replications: 1000}\n";

static char *text_of(const char *scenario, const char *language, bool brief)
{
    reported self;
    start_report(&self, scenario, language);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    assert_int_equal(bg_report_text(&self.report, brief, stream), BG_OK);
    fclose(stream);
    finish_report(&self);
    assert_non_null(text);
    return text;
}

static void assert_holds(const char *text, const char *part)
{
    assert_non_null(text);
    if (!strstr(text, part)) {
        fail_msg("the report does not hold \"%s\":\n%s", part, text);
    }
}

/* The text with every run of blanks and line ends made one blank, so that sentences are whole. */
static char *flowed(const char *text)
{
    char *copy = strdup(text);
    assert_non_null(copy);
    size_t length = 0;
    for (const char *c = text; *c; c++) {
        bool blank = *c == ' ' || *c == '\n';
        if (!blank || (length && copy[length - 1] != ' ')) {
            copy[length++] = blank ? ' ' : *c;
        }
    }
    copy[length] = '\0';
    return copy;
}

static void assert_says(const char *scenario, const char *const *sentences, size_t count)
{
    char *text = text_of(scenario, "en", true);
    char *sentence = flowed(text);
    for (size_t i = 0; i < count; i++) {
        assert_holds(sentence, sentences[i]);
    }
    free(sentence);
    free(text);
}

static void the_summary_of_an_overspend_is_that_of_a_pocket_calculator(void **state)
{
    (void)state;
    /* T = 100; payable 95; 80 % of 3 released: 95 + 2.4 - 100 = -2.6, of which the community bears
     * 30 %; twice in two years. Mean of three flat years: no growth carried, none needed. */
    static const char *const sentences[] = {
        "Budget 2025: 1,000.00. Expected expense: 1,000.0",
        "Chance of an overspend: >99.62% in 2025, >99.62% ever by 2026.",
        ("The community is expected to lose 7.80 in 2025, 15.60 by 2026; the pool pays 18.20 "
         "in 2025, 36.40 ±0.01 by 2026."),
        "Base: 2.0 years back, carries 0.0% growth; standing still needs 0.0%.",
    };
    assert_says(STEADY "budget: {growth: 0%}\nsimulation: {years: 2, replications: 1000}\n",
                sentences, sizeof sentences / sizeof *sentences);
}

static void the_summary_of_a_surplus_is_that_of_a_pocket_calculator(void **state)
{
    (void)state;
    /* 2025: T = 110; 104.5 - 100 + 0.8 * 3.3 = 7.14, all kept. 2026: T = 121; 114.95 - 100 + 0.8 *
     * 3.63 = 17.854, of which 10 % of T = 12.1 is kept; the pool takes 5.754. */
    static const char *const sentences[] = {
        "Budget 2025: 1,100.00. Expected expense: 1,000.0",
        "Chance of expense over budget: <0.38% in 2025, <0.38% ever by 2026.",
        ("The community is expected to gain 71.40 ±0.01 in 2025, 192.40 ±0.01 by 2026; the "
         "pool pays 0.00 in 2025, takes 57.54 ±0.01 by 2026."),
        "carries 10.0% growth; standing still needs 0.0%.",
    };
    assert_says(STEADY "budget: {growth: 10%}\nsimulation: {years: 2, replications: 1000}\n",
                sentences, sizeof sentences / sizeof *sentences);
}

static void a_contract_of_one_year_speaks_of_one_year(void **state)
{
    (void)state;
    /* A seed whose mean expense is not below 100 billion, from where amounts are in billions. */
    static const char *const sentences[] = {
        "Chance of an overspend: <0.38% in 2025.",
        "The community is expected to gain 71.40 ±0.01 in 2025; the pool pays 0.00 in 2025.",
    };
    assert_says(STEADY
                "budget: {growth: 10%}\nsimulation: {years: 1, replications: 1000, seed: 2}\n",
                sentences, sizeof sentences / sizeof *sentences);
}

static void the_summary_in_chinese_has_the_same_figures(void **state)
{
    (void)state;
    char *text = text_of(
        STEADY "budget: {growth: 10%}\nsimulation: {years: 1, replications: 1000}\n", "zh", true);
    assert_holds(text, "模拟1,000种情形，随机种子1。金额单位：亿元。±为95%抽样误差。");
    assert_holds(text, "2025年度付费总额1,100.00；预计基金支出1,000.0");
    assert_holds(text, "比总额低9.1%");
    assert_holds(text, "预计医共体留用结余71.40 ±0.01（2025年）；统筹基金承担0.00（2025年）。");
    assert_holds(text, "首年总额比基数高10.0%；维持现状需增长0.0%。");
    free(text);
}

/* ---- the first screen ---- */
static void the_first_screen_holds_the_summary_of_two_schemes(void **state)
{
    (void)state;
    static const char *const languages[] = {"en", "zh"};
    for (size_t i = 0; i < 2; i++) {
        char *text = text_of(two_schemes, languages[i], true);
        const char *end = strstr(text, "\n## ");
        assert_non_null(end);
        size_t lines = 0;
        for (char *line = text; line < end; lines++) {
            char *stop = strchr(line, '\n');
            *stop = '\0';
            assert_in_range(bg_text_width(line), 0, 80);
            line = stop + 1;
        }
        assert_in_range(lines, 10, 26);
        free(text);
    }
}

static void published_outcomes_stand_in_the_summary(void **state)
{
    (void)state;
    char *text = text_of(national, "en", true);
    char *sentence = flowed(text);
    /* 10,678.63, with as many digits as the interval beside it. */
    assert_holds(sentence, "Published for 2025: expense 10,679;");
    assert_holds(sentence, ") holds it.");
    assert_holds(sentence, "Published for 2025: pool balance 99,999; the 80% interval");
    assert_holds(sentence, ") does not hold it.");
    assert_holds(sentence, "naive: last year, flat 10,661.49 -0.2%");
    assert_holds(sentence, "naive: mean of three years 10,157.53 -4.9%");
    free(sentence);
    free(text);
}

static void a_balance_alone_is_published(void **state)
{
    (void)state;
    char *text = text_of("money_unit: wan\nhistory: {2024: 50000}\n"
                         "pool: {residents: {income_per_head: 1200, balance: 100}}\n"
                         "simulation: {years: 1, replications: 500}\n"
                         "published: {2025: {pool_balance: 1}}\n",
                         "en", false);
    assert_holds(text, "Published for 2025: pool balance 1;");
    assert_null(strstr(text, "naive"));
    free(text);
}

/* ---- the pool ---- */

static void a_pool_with_income_is_said_to_stand_for_some_months(void **state)
{
    (void)state;
    char *text =
        text_of(STEADY "pool: {residents: {income_per_head: 1100, growth: 0%, balance: 500,\n"
                       "                   bounds: {surplus: 12%, balance: 80.5%}}}\n"
                       "budget: {growth: 0%}\n"
                       "simulation: {years: 2, replications: 1000}\n",
                "en", false);
    assert_holds(text, "How the pooled fund stands (mean)");
    assert_holds(text, "Months of reserve");
    assert_holds(text, "Surplus above 12% of income");
    assert_holds(text, "Balance above 80.5% of income");
    assert_null(strstr(text, "The pool's income is not given"));
    free(text);
    text = text_of(STEADY "pool: {residents: {income_per_head: 1100, balance: 500}}\n"
                          "budget: {growth: 0%}\n"
                          "simulation: {years: 1, replications: 1000}\n",
                   "zh", false);
    assert_holds(text, "统筹基金运行情况（均值）");
    assert_holds(text, "当年结余率超过15%");
    free(text);
}

/* What the contract moves is no balance: without income it would look like a debt. */
static void a_pool_without_income_has_no_balance(void **state)
{
    (void)state;
    char *text = text_of(two_schemes, "en", false);
    assert_holds(text, "The pool's income is not given, so that nothing is said of its balance.");
    assert_null(strstr(text, "Pool balance"));
    assert_null(strstr(text, "pool balance"));
    assert_null(strstr(text, "How the pooled fund stands"));
    free(text);
}

/* ---- details ---- */
static void both_sides_of_a_bill_are_shown_where_bills_are_given(void **state)
{
    (void)state;
    char *text = text_of(two_schemes, "en", true);
    const char *employees = strstr(text, "## Employees' scheme");
    assert_non_null(employees);
    assert_holds(employees, "Patients pay");
    assert_holds(employees, "patients' own payments");
    assert_holds(text, "## All schemes together");
    *strstr(text, "## Employees") = '\0';
    assert_null(strstr(text, "Patients pay")); /* a total has no bills */
    free(text);
}

static void the_end_of_the_contract_is_explained(void **state)
{
    (void)state;
    char *text = text_of(national, "en", true);
    assert_holds(text, "what is left of every fund returns to the pool");
    assert_holds(text, "the risk fund runs out");
    assert_null(strstr(text, "income is not given"));
    free(text);
    text = text_of(two_schemes, "zh", true);
    assert_holds(text, "各项预留资金的余额归还统筹基金");
    assert_holds(text, "未填基金收入");
    free(text);
}

static void a_brief_report_counts_what_it_leaves_out(void **state)
{
    (void)state;
    char *brief = text_of(national, "en", true), *whole = text_of(national, "en", false);
    assert_holds(brief, "trend a year: fund payments a head 6%");
    assert_holds(brief, "emergency: chance a year 8%, fall in care 15%, months it lasts 6");
    assert_null(strstr(brief, "demand.season"));
    size_t keys = 0;
    for (const char *c = strstr(whole, "change any of these"); (c = strstr(c, "from: ")); c++) {
        keys++;
    }
    char more[64];
    const size_t named = 9; /* growth, prior, total, four of the emergency, plan, score */
    snprintf(more, sizeof more, "and %zu more: see report.txt", keys - named);
    assert_holds(brief, more);
    assert_holds(whole, "demand.season");
    assert_holds(whole, "not the hospitals' profit");
    free(brief);
    free(whole);
}

static void a_score_is_assumed_only_where_no_indicators_give_it(void **state)
{
    (void)state;
    static const char history[] = "history: {2024: 100M}\n"
                                  "simulation: {years: 1, replications: 100}\n";
    char *text = text_of(history, "en", true);
    assert_holds(text, "score 100");
    free(text);
    char scenario[256];
    snprintf(scenario, sizeof scenario, "%s%s", history,
             "performance: {indicators: {satisfaction: {weight: 1, points: 90}}}\n");
    text = text_of(scenario, "en", true);
    assert_null(strstr(text, "score 100"));
    free(text);
}

static void people_who_are_not_given_are_marked_as_assumed(void **state)
{
    (void)state;
    char *text = text_of(two_schemes, "zh", false);
    assert_holds(text, "参保人数按全国人均支出推算");
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_summary_of_an_overspend_is_that_of_a_pocket_calculator),
        cmocka_unit_test(the_summary_of_a_surplus_is_that_of_a_pocket_calculator),
        cmocka_unit_test(a_contract_of_one_year_speaks_of_one_year),
        cmocka_unit_test(the_summary_in_chinese_has_the_same_figures),
        cmocka_unit_test(the_first_screen_holds_the_summary_of_two_schemes),
        cmocka_unit_test(published_outcomes_stand_in_the_summary),
        cmocka_unit_test(a_balance_alone_is_published),
        cmocka_unit_test(a_pool_with_income_is_said_to_stand_for_some_months),
        cmocka_unit_test(a_pool_without_income_has_no_balance),
        cmocka_unit_test(both_sides_of_a_bill_are_shown_where_bills_are_given),
        cmocka_unit_test(the_end_of_the_contract_is_explained),
        cmocka_unit_test(a_brief_report_counts_what_it_leaves_out),
        cmocka_unit_test(a_score_is_assumed_only_where_no_indicators_give_it),
        cmocka_unit_test(people_who_are_not_given_are_marked_as_assumed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
