#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/budget_case.h"
#include "../../support/says.h"
#include <string.h>

#define MILLION (1000000 * INT64_C(100))

/* The example of sim/rules/README.md. */
static const char worked_example[] = "history: {2022: 100M, 2023: 110M, 2024: 120M}\n"
                                     "budget:\n"
                                     "  growth: {2025: 5%, later: 4%}\n"
                                     "  growth_cap: 3.5%\n"
                                     "simulation: {years: 3}\n";

/* There is a line of the year with this label, these inputs, this amount, from this place. */
static void assert_line(const bg_budget_lines *lines, int year, const char *label,
                        const char *chinese, const char *inputs, bg_fen amount, int mark_line)
{
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        if (line->year == year && line->amount == amount && line->mark.line == mark_line &&
            says(line->label_en, label) && says(line->label_zh, chinese) &&
            says(line->inputs, inputs)) {
            return;
        }
    }
    fail_msg("no line \"%s\" in %d", label, year);
}

/* The first line of the kind. */
static const bg_budget_line *find_line(const bg_budget_lines *lines, int year,
                                       bg_budget_line_kind kind)
{
    for (size_t i = 0; i < lines->count; i++) {
        if (lines->items[i].year == year && lines->items[i].kind == kind) {
            return &lines->items[i];
        }
    }
    fail_msg("no line of the kind %d in %d", (int)kind, year);
    return NULL;
}

static bg_budget_lines explain(budget_case *self, const unit_inputs *inputs)
{
    bg_budget_lines lines = {0};
    unit_budget result;
    assert_int_equal(bg_budget_explain_base(self->terms[0], &lines), BG_OK);
    assert_int_equal(budget_case_compute(self, 0, inputs, &result, &lines), BG_OK);
    return lines;
}

/* 130 million in 13 parts, two of them in January. */
static void a_month_that_differs_has_a_line_of_its_own(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "history: {2024: 130M}\n"
                            "budget: {growth: 0%, funds: {guarantee: {rate: 0}, risk: {rate: 0}},\n"
                            "  prepayment: {months: season}}\n"
                            "demand: {season: [2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]}\n");
    bg_budget_lines lines = explain(&self, &(unit_inputs){.year = 2025});
    assert_line(&lines, 2025, "Instalment of month 1", "1月预拨", "", 20 * MILLION, 0);
    assert_line(&lines, 2025, "Instalment of months 2 to 12, each", "2–12月每月预拨", "",
                10 * MILLION, 0);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

static void the_worked_example_is_explained_with_inputs_and_places(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, worked_example);
    bg_budget_lines lines =
        explain(&self, &(unit_inputs){.year = 2027, .previous_total = 11954250000});
    assert_line(&lines, 2022, "Expense of 2022", "2022年基金支出", "", 100 * MILLION, 1);
    assert_line(&lines, 2025, "Base: mean of 3 past years", "基数：前3年平均",
                "(100,000,000.00 + 110,000,000.00 + 120,000,000.00) / 3", 110 * MILLION, 0);
    assert_line(&lines, 2027, "Last year's total, growth of 4% cut to the cap of 3.5%",
                "上年总额，增长率4%超过上限，按3.5%计", "119,542,500.00 x (1 + 3.5%)", 12372648750,
                4);
    assert_line(&lines, 2027, "Budget (annual payment total)", "年度付费总额", "", 12372648750, 0);
    assert_line(&lines, 2027, "guarantee fund", "预留：年度保障金", "3% x 123,726,487.50",
                371179463, 0);
    assert_line(&lines, 2027, "Payable", "可支付额", "123,726,487.50 - 3,711,794.63 - 2,474,529.75",
                11754016312, 0);
    assert_line(&lines, 2027, "Instalments in all, equal", "全年预拨合计（等额）",
                "117,540,163.12 x 100%", 11754016312, 0);
    assert_line(&lines, 2027, "Instalment of months 1 to 4, each", "1–4月每月预拨", "", 979501360,
                0);
    assert_line(&lines, 2027, "Instalment of months 5 to 12, each", "5–12月每月预拨", "", 979501359,
                0);
    assert_true(find_line(&lines, 2027, BG_BUDGET_LINE_INSTALMENTS)->assumption);
    assert_false(find_line(&lines, 2027, BG_BUDGET_LINE_FUND)->assumption);
    bg_budget_lines_free(&lines);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

/* 20 of 80 million were outside; 95 % of 76 million, less the quarter. */
static void what_the_pool_pays_outside_is_explained(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "people: {residents: 100000}\n"
                            "history:\n"
                            "  2024: {residents.inpatient.in: 60M,\n"
                            "         residents.inpatient.out: 20M}\n"
                            "budget: {growth: 0%, funds: {risk: 5%, guarantee: 0%}, prepayment: "
                            "{ratio: 95%}}\n");
    bg_budget_lines lines = explain(&self, &(unit_inputs){.year = 2025});
    assert_line(&lines, 2025, "Expected to be paid outside by the pool", "预计统筹基金直接支付县外",
                "25% x 76,000,000.00", 19 * MILLION, 4);
    assert_line(&lines, 2025, "Instalments in all, equal", "全年预拨合计（等额）",
                "76,000,000.00 x 95% x (1 - 25%)", 5415 * MILLION / 100, 5);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

static void refinements_of_the_base_are_explained(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self,
                     "history: {2023: 80M, 2024: 95M}\n"
                     "budget:\n"
                     "  base:\n"
                     "    weights: [1, 3]\n"
                     "    completion: {2024: 95%, other: 100%}\n"
                     "    trend_years: budget_year\n"
                     "    trend: 10%\n"
                     "  growth: -2%\n"
                     "  income_limit: 90%\n"
                     "  adjustments:\n"
                     "    relief: {amount: -1.5M, month: 9, reason: moved to another county}\n"
                     "pool: {residents: {income_per_head: 1000, outside_spending: 20M}}\n");
    const bg_fen income = 120 * MILLION;
    bg_budget_lines lines = explain(&self, &(unit_inputs){.year = 2025, .income = &income});
    assert_line(&lines, 2024, "Completed: 95% is settled", "完成系数调整：已结算95%",
                "95,000,000.00 / 95%", 100 * MILLION, 5);
    assert_line(&lines, 2024, "Trended to 2025", "趋势调整至2025年", "100,000,000.00 x (1 + 10%)",
                110 * MILLION, 7);
    assert_line(&lines, 2023, "Trended to 2025", "趋势调整至2025年", "80,000,000.00 x (1 + 10%)^2",
                9680 * MILLION / 100, 7);
    assert_line(&lines, 2025, "Base: mean of 2 past years", "基数：前2年平均",
                "(1 x 96,800,000.00 + 3 x 110,000,000.00) / 4", 10670 * MILLION / 100, 4);
    assert_line(&lines, 2025, "Base, grown by -2%", "基数，增长-2%", "106,700,000.00 x (1 - 2%)",
                10456600000, 8);
    assert_line(&lines, 2025, "Adjustment relief, from month 9", "调整事项 relief（自9月起）",
                "moved to another county", -150 * MILLION / 100, 11);
    assert_line(&lines, 2025, "Income limit: the total may not exceed", "以收定支：总额上限",
                "90% x (120,000,000.00 - 20,000,000.00)", 90 * MILLION, 9);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

static void the_other_later_rules_are_explained(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "history: {2024: 100M}\nbudget: {later_rule: rolling, growth: 10%}\n");
    const bg_fen expense = 120 * MILLION;
    bg_budget_lines lines =
        explain(&self, &(unit_inputs){.year = 2026, .expense = {NULL, NULL, &expense}});
    assert_line(&lines, 2026, "Mean of the last three expenses, grown by 10%",
                "近三年支出平均，增长10%", "120,000,000.00 x (1 + 10%)", 132 * MILLION, 2);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);

    budget_case_read(&self,
                     "people: {residents: {count: 100000, growth: 0}}\nhistory: {2024: 100M}\n"
                     "budget: {later_rule: per_capita, growth: 10%}\n");
    lines = explain(&self, &(unit_inputs){.year = 2026, .people = 90000});
    assert_line(&lines, 2026, "First total per head, grown, x people",
                "首年人均总额逐年增长×参保人数", "110,000,000.00 x 1.1 x 90000 / 100000",
                10890 * MILLION / 100, 3);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);

    budget_case_read(&self,
                     "history: {2024: 100M}\nbudget: {later_rule: per_capita, per_head: 1100}\n");
    lines = explain(&self, &(unit_inputs){.year = 2026, .people = 90000});
    assert_line(&lines, 2026, "Amount per head x people", "人均金额×参保人数", "1,100.00 x 90000",
                99 * MILLION, 2);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

static void a_default_rate_is_marked_as_the_assumption_it_is(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "history: {2024: 100M}\n");
    bg_budget_lines lines = explain(&self, &(unit_inputs){.year = 2025});
    const bg_budget_line *line = find_line(&lines, 2025, BG_BUDGET_LINE_GROWN);
    assert_says(line->label_en, "Base, grown by 6%");
    assert_true(line->assumption);
    assert_null(line->mark.file);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

static void adjustments_are_explained_in_the_order_of_their_months(void **state)
{
    (void)state;
    budget_case self;
    budget_case_read(&self, "history: {2024: 100M}\n"
                            "budget: {adjustments: {c: {amount: 3, month: 9}, a: 1,\n"
                            "  b: {amount: 2, month: 9}, other: {amount: 5, year: 2026}}}\n");
    bg_budget_lines lines = explain(&self, &(unit_inputs){.year = 2025});
    static const char *const expected[] = {
        "Adjustment a, from month 1", "Adjustment c, from month 9", "Adjustment b, from month 9"};
    size_t found = 0;
    for (size_t i = 0; i < lines.count; i++) {
        if (lines.items[i].kind == BG_BUDGET_LINE_ADJUSTMENT) {
            assert_says(lines.items[i].label_en, found < 3 ? expected[found] : "no more");
            found++;
        }
    }
    assert_int_equal(found, 3);
    bg_budget_lines_free(&lines);
    budget_case_free(&self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_month_that_differs_has_a_line_of_its_own),
        cmocka_unit_test(the_worked_example_is_explained_with_inputs_and_places),
        cmocka_unit_test(what_the_pool_pays_outside_is_explained),
        cmocka_unit_test(refinements_of_the_base_are_explained),
        cmocka_unit_test(the_other_later_rules_are_explained),
        cmocka_unit_test(a_default_rate_is_marked_as_the_assumption_it_is),
        cmocka_unit_test(adjustments_are_explained_in_the_order_of_their_months),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
