/* Tables of units as people write them: titles, headings, units of money, totals, notes, cells left empty, and what is
 * refused. Amounts are by hand: a fund takes a tenth of the budget, half of an overspend is borne. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/settled_table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char rule[] = "budget:\n"
                           "  funds: {risk: {rate: 10%, carry_over: true}}\n"
                           "settlement:\n"
                           "- share_overspend: {bands: {rest: 50%}, payer: risk}\n"
                           "- clear: {}\n";
#define RESULT "table: {write: [result]}\n"

static settled_table *settle(const char *more, const char *rows)
{
    return settled_table_new(rule, more, rows, false);
}

static const bg_error *find(const settled_table *self, const char *name)
{
    for (size_t i = 0; i < self->errors.count; i++) {
        if (strcmp(self->errors.items[i].name, name) == 0) {
            return &self->errors.items[i];
        }
    }
    return NULL;
}

static void assert_settles(const char *more, const char *rows, const char *expected,
                           size_t warnings)
{
    settled_table *self = settle(more, rows);
    for (size_t i = 0; i < self->errors.count && self->status; i++) {
        print_error("%s\n", self->errors.items[i].message);
    }
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, expected);
    assert_int_equal(self->errors.count, warnings);
    settled_table_free(self);
}

/* The warning of that name stands at that line. */
static void assert_warns(const char *more, const char *rows, const char *name, int line,
                         const char *words)
{
    settled_table *self = settle(more, rows);
    assert_int_equal(self->errors.error_count, 0);
    const bg_error *warning = find(self, name);
    assert_non_null(warning);
    assert_int_equal(warning->line, line);
    assert_says_among_others(warning->message, words);
    settled_table_free(self);
}

static void assert_refused(const char *more, const char *rows, const char *name, int line,
                           int column, const char *words)
{
    settled_table *self = settle(more, rows);
    assert_true(self->status != BG_OK);
    assert_int_equal(self->errors.error_count, 1);
    const bg_error *error = find(self, name);
    assert_non_null(error);
    assert_int_equal(error->line, line);
    assert_int_equal(error->column, column);
    assert_says_among_others(error->message, words);
    settled_table_free(self);
}

/* Payable 90 (万), less 100 is -10, of which half is borne. */
static void a_table_of_a_bureau_is_settled_at_once(void **state)
{
    (void)state;
    assert_settles(
        RESULT,
        "某某市2025年度清算表,,,,\n单位：万元,,,,\n医共体,年度,年度总额,统筹基金支付,备注\n"
        "甲,2025年,￥100.00,\" 100.00 \",\n乙,２０２５,\"1,000\",1000元,含补缴\n"
        "合 计,,\"1,100.00\",100.1,\n注：含异地就医,,,,\n",
        "医共体,年度,备注,result\n甲,2025年,,-50000.00\n乙,２０２５,含补缴,8999000.00\n", 5);
    assert_settles(RESULT, "Budget（万元）,Ex pense（元）\n1,9500\n", "result\n-250.00\n", 0);
    assert_settles(RESULT, "Budget（亿元）,expense（千万元）\n1,9.5\n", "result\n-2500000.00\n", 0);
    assert_settles("inputs: {budget: {scale: 10000}, expense: {scale: 10000}}\n" RESULT,
                   "单位：万元\nbudget,expense\n1,0.95\n", "result\n-250.00\n", 2);
    assert_refused("inputs: {budget: {scale: 1000}}\n" RESULT, "budget（万元）,expense\n1,9500\n",
                   "column_unit_differs", 1, 1, "counts in 万元, but inputs[budget].scale is 1000");
}

static void a_heading_that_looks_like_a_missing_one_is_refused(void **state)
{
    (void)state;
    assert_refused(RESULT, "county,budget,expense,emergancy\nA,1,1,0\n", "column_near", 1, 23,
                   "the heading \"emergancy\" is not known; did you mean \"emergency\"?");
    assert_refused(RESULT, "budget,expense,openin.risk\n1,1,0\n", "column_near", 1, 16,
                   "did you mean \"opening.risk\"?");
    assert_settles("table: {keep: [emergancy], write: [result]}\n",
                   "budget,expense,emergancy\n100,90,x\n", "emergancy,result\nx,0.00\n", 0);
    /* Where the one that it looks like is there as well it is another. */
    assert_settles(RESULT, "budget,expense,score,scores\n100,90,80,x\n", "scores,result\nx,0.00\n",
                   0);
    assert_refused(RESULT, "budget,expense,Expense\n1,1,1\n", "column_twice", 1, 16,
                   "as \"Expense\", and an input is read from it; the first is \"expense\"");
    assert_refused(RESULT, "年度总额,基金支出,基金支付\n1,1,1\n", "column_twice", 1, 11,
                   "as \"基金支付\"");
    /* A heading that `inputs` maps is no word for another input. */
    assert_settles("inputs: {own: {kind: money, column: 个人支付}}\n"
                   "table: {write: [account.patients]}\n",
                   "budget,expense,个人支付\n100,90,7\n", "account.patients\n0.00\n", 0);
    assert_settles("table: {write: [account.patients]}\n", "budget,expense,个人支付\n100,90,7\n",
                   "account.patients\n-7.00\n", 0);
}

static void other_columns_are_named(void **state)
{
    (void)state;
    settled_table *self = settle(RESULT, "id,year,budget,expense,town\na,2025,1,1,b\n");
    assert_string_equal(self->table.kept, "id, town");
    assert_null(self->table.dropped);
    settled_table_free(self);
    self = settle("table: {keep: [ID], write: [result]}\n",
                  "id,year,budget,expense,town\na,2025,1,1,b\n");
    assert_string_equal(self->table.kept, "id");
    assert_string_equal(self->table.dropped, "town");
    settled_table_free(self);
}

static void a_cell_left_empty_is_an_error_unless_the_scenario_says_what_it_means(void **state)
{
    (void)state;
    const char *rows = "id,budget,expense,emergency\na,100,90,\n";
    assert_refused(RESULT, rows, "cell_empty", 2, 10,
                   "the cell is empty; give a value (0 where there is nothing), or say with "
                   "inputs[emergency].empty");
    assert_settles("inputs: {emergency: {empty: 0}}\n" RESULT, rows, "id,result\na,0.00\n", 0);
    assert_refused(RESULT, "budget,expense,opening.risk\n100,90,\n", "cell_empty", 2, 8,
                   "inputs[opening.risk].empty");
    assert_refused(RESULT, "budget,expense,year\n100,90,\n", "cell_empty", 2, 8, "inputs[year]");
}

static void years_are_bounded(void **state)
{
    (void)state;
    assert_refused(RESULT, "budget,expense,year\n100,90,20025\n", "cell_not_a_year", 2, 8,
                   "\"20025\" is no calendar year from 1990 to 2200");
    assert_refused(RESULT, "budget,expense,year\n100,90,1989\n", "cell_not_a_year", 2, 8, "1989");
    assert_settles(RESULT, "budget,expense,year\n100,90,2200年度\n", "year,result\n2200年度,0.00\n",
                   0);
}

static void a_row_of_totals_must_be_the_sum(void **state)
{
    (void)state;
    assert_settles(RESULT, "id,budget,expense\na,100,90\nb,100,90\n合计,200,180\n",
                   "id,result\na,0.00\nb,0.00\n", 1);
    assert_refused(RESULT, "id,budget,expense\na,100,90\nb,100,90\n合计,200,190\n", "total_differs",
                   4, 1, "says 190.00 yuan, but the rows that it adds up come to 180.00 yuan");
    assert_refused(RESULT, "id,budget,expense\n合计,200,180\na,100,90\n", "total_differs", 2, 1,
                   "come to 100.00");
    assert_warns(RESULT, "id,budget,expense\nTotal,100,90\na,100,90\n", "total_above_all", 2,
                 "stands above all others");
    assert_refused(RESULT, "id,budget,expense\n合计,200,180\n", "total_of_nothing", 2, 1,
                   "no rows that it adds up");
    /* Subtotals, their sum, and the sums of years below. */
    assert_settles(
        RESULT,
        "id,year,budget,expense\na,2025,100,90\nb,2025,100,90\n小计,,200,180\n"
        "a,2026,100,80\n小计,,100,80\n总计,,300,260\n合计,2025,200,180\n合计,2026,100,80\n",
        "id,year,result\na,2025,0.00\nb,2025,0.00\na,2026,10.00\n", 5);
    /* 1.4 + 1.4 = 2.8, each rounded. */
    assert_warns(RESULT, "id,budget（万元）,expense（万元）\na,1,1\nb,1,1\n合计,3,3\n",
                 "total_rounded", 4, "but for rounding");
    assert_refused(RESULT, "id,budget（万元）,expense（万元）\na,1,1\nb,1,1\n合计,4,3\n",
                   "total_differs", 4, 1, "says 40,000.00");
    settled_table *self = settled_table_new(
        rule, RESULT, "id,budget,expense\na,100,x\nb,100,90\n合计,200,180\n", true);
    assert_int_equal(self->status, BG_OK);
    assert_non_null(find(self, "total_unchecked"));
    assert_int_equal(self->table.rejected, 1);
    settled_table_free(self);
}

static void a_unit_that_stands_twice_is_refused(void **state)
{
    (void)state;
    assert_refused(
        RESULT, "id,year,budget,expense,remark\na,2025,100,90,\na,2026,100,90,\na,2025,50,40,x\n",
        "row_twice", 4, 1, "of the same unit and year as line 2");
    assert_settles(RESULT, "budget,expense,remark\n100,90,x\n100,90,x\n",
                   "remark,result\nx,0.00\nx,0.00\n", 0);
    /* Several units have one pool. */
    assert_settles(RESULT, "统筹区,budget,expense\nx,100,90\nx,100,90\n",
                   "统筹区,result\nx,0.00\nx,0.00\n", 0);
    assert_settles(RESULT, "id,budget,expense\n,100,90\n,100,90\n", "id,result\n,0.00\n,0.00\n", 0);
}

static void a_unit_of_money_that_is_off_is_warned_of(void **state)
{
    (void)state;
    assert_warns(RESULT, "id,budget,expense\na,100,90\nb,36740,3.6\nc,36740,3.6\n", "row_magnitude",
                 3, "budget 36,740.00 yuan and expense 3.60 yuan are a thousand times apart");
    assert_warns(RESULT, "id,budget,expense\na,36740,36740\nb,3.6亿,3.6亿\n", "table_magnitude", 2,
                 "the budget is 36,740.00 yuan here and 360,000,000.00 yuan on line 3");
    /* in the unit that the table names */
    assert_warns(RESULT, "单位：万元\nid,budget,expense\na,3.674,3.674\nb,36000,36000\n",
                 "table_magnitude", 3,
                 "the budget is 3.674 wan yuan here and 36,000 wan yuan on line 4");
    assert_settles(RESULT, "id,budget,expense\na,1,0.9\nb,4999,4499.1\n",
                   "id,result\na,0.00\nb,0.00\n", 0);
}

/* An amount of 3 in a table beside a file that counts in wan is 3 yuan or 3 wan yuan. */
static void a_table_without_a_unit_beside_a_scenario_in_another_is_refused(void **state)
{
    (void)state;
    settled_table *self =
        settle("money_unit: wan\n" RESULT, "id,budget,expense\na,100,120\nb,100,90\n");
    assert_int_equal(self->status, BG_INVALID);
    assert_int_equal(self->errors.count, 1);
    assert_string_equal(self->errors.items[0].name, "table_unit_missing");
    assert_int_equal(self->errors.items[0].line, 1);
    assert_int_equal(self->errors.items[0].column, 4);
    assert_says(
        self->errors.items[0].message,
        "amounts of this table have no unit, and those of the scenario count in 万元: they can "
        "be meant in that or in yuan. Say which in a line before the headings (单位：万元, or "
        "单位：元), or in the headings.");
    settled_table_free(self);
    /* Of 120, 100 less the fund's 10 leave 30 unpaid, of which the unit bears half. */
    assert_settles("money_unit: wan\n" RESULT, "单位：元\nid,budget,expense\na,100,120\n",
                   "id,result\na,-15.00\n", 2);
    assert_settles("money_unit: wan\n" RESULT, "id,budget（万元）,expense（万元）\na,100,120\n",
                   "id,result\na,-150000.00\n", 0);
    assert_settles(
        "inputs: {budget: {scale: 10000}, expense: {scale: 10000}}\nmoney_unit: wan\n" RESULT,
        "id,budget,expense\na,100,120\n", "id,result\na,-150000.00\n", 0);
}

/* A surplus of 10, half of which is kept from 86 points on. */
static void a_score_may_have_the_word_for_points(void **state)
{
    (void)state;
    static const char tiers[] =
        "settlement:\n"
        "- share_surplus: {bands: {rest: {by_score: {86分及以上: 50%, 0: 0%}}}}\n"
        "- clear: {}\n";
    settled_table *self = settled_table_new(
        tiers, "budget: {funds: {}}\n" RESULT,
        "id,budget,expense,score\na,100,90,86分\nb,100,90,85.9 分\nc,100,90,８６分\n"
        "d,100,90,86 points\n",
        false);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, "id,result\na,5.00\nb,0.00\nc,5.00\nd,5.00\n");
    settled_table_free(self);
}

static void a_score_written_as_a_share_of_1_is_warned_of(void **state)
{
    (void)state;
    static const char table[] = "id,budget,expense,score\na,100,90,85\nb,100,90,0.86\nc,100,90,1\n";
    assert_warns(RESULT, table, "row_score_share", 3,
                 "the score 0.86 counts from 0 to 100; did you mean 86 (rows of this kind: 2)?");
    settled_table *self = settled_table_new(rule, RESULT, table, false);
    assert_says(find(self, "row_score_share")->message_zh,
                "得分0.86按0至100计；是否指 86（此类共2行）？");
    settled_table_free(self);
    assert_settles(RESULT, "id,budget,expense,score\na,100,90,0\nb,100,90,100\n",
                   "id,result\na,0.00\nb,0.00\n", 0);
}

static void a_number_with_two_readings_is_refused(void **state)
{
    (void)state;
    assert_refused(RESULT, "budget;expense\n494,125;1\n", "cell_two_readings", 2, 1,
                   "can be read as 494125 or as 494.125");
    assert_settles(RESULT, "budget\texpense\n494,125\t494,125\n", "result\n-24706.25\n", 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_of_a_bureau_is_settled_at_once),
        cmocka_unit_test(a_heading_that_looks_like_a_missing_one_is_refused),
        cmocka_unit_test(other_columns_are_named),
        cmocka_unit_test(a_cell_left_empty_is_an_error_unless_the_scenario_says_what_it_means),
        cmocka_unit_test(years_are_bounded),
        cmocka_unit_test(a_row_of_totals_must_be_the_sum),
        cmocka_unit_test(a_unit_that_stands_twice_is_refused),
        cmocka_unit_test(a_unit_of_money_that_is_off_is_warned_of),
        cmocka_unit_test(a_table_without_a_unit_beside_a_scenario_in_another_is_refused),
        cmocka_unit_test(a_score_may_have_the_word_for_points),
        cmocka_unit_test(a_score_written_as_a_share_of_1_is_warned_of),
        cmocka_unit_test(a_number_with_two_readings_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
