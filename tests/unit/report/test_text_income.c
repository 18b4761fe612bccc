/* What the report says of the income that measures bring into the pooled fund, or take from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/reported.h"

#include <stdlib.h>
#include <string.h>

#define COUNTY                                                                                     \
    "money_unit: wan\n"                                                                            \
    "history: {2024: {residents.total: 9000}}\n"                                                   \
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0}}\n"                             \
    "pool: {residents: {contribution: 400, subsidy: 700, subsidy_growth_sd: 0,\n"                  \
    "                   enrolment: {elasticity: 0, elasticity_sd: 0}}}\n"                          \
    "simulation: {years: 2, replications: 100}\n"

static void assert_says(const char *scenario, const char *language, const char *part)
{
    char *text = reported_line(scenario, language, true);
    if (!strstr(text, part)) {
        fail_msg("\"%s\" is not said in:\n%s", part, text);
    }
    free(text);
}

static void assert_says_not(const char *scenario, const char *language, const char *part)
{
    char *text = reported_line(scenario, language, true);
    if (strstr(text, part)) {
        fail_msg("\"%s\" is said in:\n%s", part, text);
    }
    free(text);
}

/* 40 of 400 yuan of 100,000 people, each year. */
static const char lower[] =
    COUNTY "measures: {lower: {title: {en: Less to pay, zh: 少缴}, from: 2025-01,\n"
           "  contributions: -10%}}\n";

static void income_that_falls_is_a_cost(void **state)
{
    (void)state;
    assert_says(lower, "en",
                "Less to pay costs the pooled fund 800 wan yuan of income by 2026. Expense "
                "stays as it is.");
    assert_says(lower, "zh", "少缴使统筹基金收入减少800万元（至2026年累计）。基金支出不变。");
}

static const char audit[] =
    COUNTY "measures: {audit: {title: {en: Audits, zh: 检查}, from: 2026-01, recoveries: 100,\n"
           "  outlay: {amount: 20, payer: pool}}}\n";

static void tables_hold_only_what_is_touched(void **state)
{
    (void)state;
    assert_says(audit, "en",
                "Audits brings the pooled fund 100 wan yuan of income in 2026. Expense stays");
    assert_says(audit, "en", "Pool's income 2025 2026 all years Audits 0 +100 +100");
    assert_says_not(audit, "en", "Expense 2025 2026 all years");
    assert_says_not(audit, "en", "2025 to 2026");
    assert_says(audit, "zh", "检查使统筹基金收入增加100万元（2026年）。基金支出不变。");
}

static void the_net_names_what_comes_in(void **state)
{
    (void)state;
    assert_says(audit, "en", "The pool, which pays, is 80 wan yuan better off.");
    assert_says(audit, "en", "Fund saves Pool's income Outlay Net Pool Audits 0 +100 -20 +80");
    assert_says(audit, "en", "Net is what the fund saves and takes in less the outlay");
    assert_says(audit, "zh", "净收益为基金节约与增收减去投入");
    static const char dear[] = COUNTY "measures: {audit: {from: 2026-01, recoveries: 100,\n"
                                      "  outlay: {amount: 120, payer: pool}}}\n";
    assert_says(dear, "en", "It is more than the fund saves and takes in, by 20 wan yuan");
    assert_says(dear, "zh", "投入大于基金节约与增收，净支出20万元");
}

static void both_kinds_are_told_one_after_the_other(void **state)
{
    (void)state;
    static const char both[] =
        COUNTY "measures: {more: {lines: residents.*, from: 2025-01, people: 2%}}\n";
    assert_says(both, "en", "more brings the pooled fund 4");
    assert_says(both, "en", "of income by 2026. It costs the fund ");
    assert_says(both, "en", "2025 to 2026");
    assert_says(both, "zh", "（至2026年累计）。同时使基金支出增加");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_that_falls_is_a_cost),
        cmocka_unit_test(tables_hold_only_what_is_touched),
        cmocka_unit_test(the_net_names_what_comes_in),
        cmocka_unit_test(both_kinds_are_told_one_after_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
