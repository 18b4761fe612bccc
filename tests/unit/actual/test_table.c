/* Tables of units: columns, blocks, bad rows. Amounts are by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/settled_table.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A rule with an optional input: a bonus of a tenth of it, where it is known, in two steps. */
static const char rule[] = "inputs:\n"
                           "  bonus: {kind: money, optional: true}\n"
                           "budget:\n"
                           "  funds: {risk: {rate: 10%, carry_over: true}}\n"
                           "  prepayment: {ratio: 80%}\n"
                           "settlement:\n"
                           "- credit: {name: with_bonus, when: {bonus: {from: 0}}, input: bonus, "
                           "rate: 10%}\n"
                           "- share_overspend: {bands: {rest: 50%}, payer: risk}\n"
                           "- clear: {}\n";

static settled_table *settle(const char *more, const char *rows, bool with_rejects)
{
    return settled_table_new(rule, more, rows, with_rejects);
}

static void assert_settles(const char *more, const char *rows, const char *expected)
{
    settled_table *self = settle(more, rows, false);
    for (size_t i = 0; i < self->errors.count; i++) {
        print_error("%s\n", self->errors.items[i].message);
    }
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, expected);
    settled_table_free(self);
}

static void assert_refused(const char *more, const char *rows, bg_status status, int line,
                           int column, const char *sentence)
{
    settled_table *self = settle(more, rows, false);
    assert_int_equal(self->status, status);
    assert_int_equal(self->errors.error_count, 1);
    const bg_error *error = &self->errors.items[0];
    assert_says_among_others(error->message, sentence);
    assert_int_equal(error->line, line);
    assert_int_equal(error->column, column);
    settled_table_free(self);
}

static void what_the_table_does_not_say_follows_from_the_terms(void **state)
{
    (void)state;
    /* Fund 10, payable 90, balance -20: the community bears 10, the fund its 10. 80 % of 90 are
     * paid; 110 - 10 - 72 = 28. */
    assert_settles("table: {write: [balance, result, fund.risk, clearing]}\n",
                   "budget,expense\n100,110\n",
                   "balance,result,fund.risk,clearing\n-20.00,-10.00,0.00,28.00\n");
    assert_settles("table: {write: [clearing]}\nperformance: {score: {2025: 80, other: 90}}\n",
                   "budget,expense,prepaid,year\n100,110,0,2025\n100,110,70,2024\n",
                   "year,clearing\n2025,100.00\n2024,30.00\n");
}

/* The rule's funds and half of an overspend; how care outside is paid is written in. */
static settled_table *settle_outside(const char *prepayment, const char *rows)
{
    char text[512];
    snprintf(text, sizeof text,
             "budget:\n  funds: {risk: {rate: 10%%, carry_over: true}}\n"
             "  prepayment: {ratio: 80%%, %s}\n"
             "settlement:\n- share_overspend: {bands: {rest: 50%%}, payer: risk}\n- clear: {}\n"
             "table: {write: [clearing]}\n",
             prepayment);
    return settled_table_new(text, "", rows, false);
}

static void assert_clears(const char *prepayment, const char *expected)
{
    settled_table *self = settle_outside(prepayment, "budget,expense,outside\n100,110,25\n");
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, expected);
    settled_table_free(self);
}

/* Entitled to 100. The pool paid 25 outside and 80 % of three quarters of 90 in instalments: 100 - 25 - 54;
 * or the community paid the 25 out of 72. */
static void care_outside_comes_off_where_the_pool_paid_it(void **state)
{
    (void)state;
    assert_clears("outside_share: 25%", "clearing\n21.00\n");
    assert_clears("outside: community", "clearing\n28.00\n");
    assert_clears("outside: pool", "clearing\n3.00\n"); /* nothing outside was expected */
}

static void a_year_without_a_share_outside_is_a_bad_row(void **state)
{
    (void)state;
    settled_table *self =
        settle_outside("outside_share: {2025: 25%}", "budget,expense,year\n100,110,2026\n");
    assert_int_equal(self->status, BG_MISSING);
    assert_says_among_others(self->errors.items[0].message,
                             "there is no share for 2026; add the year or later.");
    assert_int_equal(self->errors.items[0].line, 2);
    settled_table_free(self);
}

static void funds_of_the_table_count_before_those_of_the_terms(void **state)
{
    (void)state;
    /* Added 4, payable 96; -14, of which the fund bears 7: it holds 2 + 4, so the pool bears 1. */
    assert_settles("table: {write: [result, fund.risk, account.pool]}\n",
                   "budget,expense,opening.risk,added.risk\n100,110,2,4\n",
                   "result,fund.risk,account.pool\n-7.00,0.00,-101.00\n");
    assert_settles("table: {write: [fund.risk]}\n", "budget,expense,carried\n100,90,0.0002\n",
                   "carried,fund.risk\n0.0002,10.00\n");
}

static void columns_are_kept_and_results_written_as_asked(void **state)
{
    (void)state;
    const char *rows = "id,budget,expense,bonus\na,100,80,30\nb,100,80,\n";
    assert_settles("table: {write: [with_bonus, with_bonus.moved]}\n", rows,
                   "id,with_bonus,with_bonus.moved\na,13.00,3.00\nb,10.00,0.00\n");
    assert_settles("table: {keep: [bonus, id], write: [result, account.rounding]}\n", rows,
                   "bonus,id,result,account.rounding\n30,a,13.00,0.00\n,b,10.00,0.00\n");
    assert_settles("table: {keep: [], write: [result]}\n", rows, "result\n13.00\n10.00\n");
}

static void a_row_settles_the_same_in_a_block_and_alone(void **state)
{
    (void)state;
    char *rows, *expected;
    size_t size;
    FILE *stream = open_memstream(&rows, &size);
    FILE *wanted = open_memstream(&expected, &size);
    fputs("id,budget,expense,bonus,opening.risk\n", stream);
    fputs("id,result,fund.risk\n", wanted);
    for (int i = 0; i < 700; i++) {
        /* Every hundredth has a negative expense. Of the others each third knows its bonus: 100 - 10 -
         * 80 and a tenth of it. */
        const bool bad = i % 100 == 50;
        fprintf(stream, "%d,100,%d,", i, bad ? -1 : 80);
        if (i % 3 == 0) {
            fprintf(stream, "%d", i * 10);
        }
        fprintf(stream, ",%d\n", i);
        if (!bad) {
            fprintf(wanted, "%d,%d.00,%d.00\n", i, i % 3 == 0 ? 10 + i : 10, i + 10);
        }
    }
    fclose(stream);
    fclose(wanted);
    settled_table *self = settle("table: {keep: [id], write: [result, fund.risk]}\n", rows, true);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, expected);
    assert_int_equal(self->table.settled, 693);
    assert_int_equal(self->table.rejected, 7);
    settled_table_free(self);
    free(rows);
    free(expected);
}

static void years_of_one_unit_are_linked_as_asked(void **state)
{
    (void)state;
    /* Half of the loss is paid by the fund: 10 - 5, then 5 + 10 - 10; then 1 is said to be carried in. */
    const char *rows = "id,year,budget,expense,opening.risk\na,2025,100,100,\na,2026,100,110,\n"
                       "b,2026,100,90,\na,2027,100,90,1\n";
    assert_settles("table: {link: id, keep: [], write: [fund.risk]}\n", rows,
                   "fund.risk\n5.00\n5.00\n10.00\n11.00\n");
    /* No step of the rule makes up a deficit: it stays what it was. */
    assert_settles("table: {link: id, keep: [], write: [deficit_left]}\n",
                   "id,year,budget,expense,deficit\na,2025,100,100,7\na,2026,100,100,\n"
                   "a,2027,100,100,0\na,2028,100,100,\n",
                   "deficit_left\n7.00\n7.00\n0.00\n0.00\n");
    const char *unlinked =
        "id,year,budget,expense,opening.risk\na,2025,100,100,0\na,2026,100,110,0\n"
        "b,2026,100,90,0\na,2027,100,90,1\n";
    assert_settles("table: {keep: [], write: [fund.risk]}\n", unlinked,
                   "fund.risk\n5.00\n0.00\n10.00\n11.00\n");
}

static void a_year_that_cannot_be_linked_is_a_bad_row(void **state)
{
    (void)state;
    const char *link = "table: {link: id, keep: [id], write: [result]}\n";
    assert_refused(link, "id,year,budget,expense\na,2025,1,1\na,2027,1,1\n", BG_INVALID, 3, 1,
                   "the year 2027 of \"a\" stands behind 2025 (line 2)");
    assert_refused(link, "id,year,budget,expense\na,2025,1,1\na,2025,1,1\n", BG_INVALID, 3, 1,
                   "the year 2025 of \"a\" stands here a second time");
    assert_refused(link, "id,year,budget,expense\n,2025,1,1\n", BG_MISSING, 2, 1,
                   "does not name its unit");
    assert_refused(link, "id,budget,expense\n", BG_MISSING, 10, 15, "no column \"year\"");
    assert_refused(link, "year,budget,expense\n", BG_MISSING, 10, 15, "no column \"id\"");
    settled_table *self = settle(link, "id,year,budget,expense\na,2025,1,x\na,2026,1,1\n", true);
    assert_int_equal(self->table.rejected, 2);
    assert_says_among_others(self->rejects, "line 2 was not settled");
    settled_table_free(self);
}

static void a_bad_row_goes_to_the_rejects_with_its_reason(void **state)
{
    (void)state;
    settled_table *self =
        settle("table: {write: [result]}\n",
               "id,budget,expense\n\"a,b\",100,x\nc,100,80\nd,1,-2\n,,\ne,2\n", true);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, "id,result\nc,10.00\n");
    assert_says(
        self->rejects,
        "line,reason,reason_zh,id,budget,expense\n"
        "2,\"expense: expense is \"\"x\"\"; allowed is an amount of money such as 5200, 4100万, "
        "1.2亿 or 36.47M, in whole fen.\",expense: expense为“x”；此处应为金额，例如 5200、4100万、"
        "1.2亿或 36.47M，精确到分。,\"a,b\",100,x\n"
        "4,\"expense is -2.00 yuan; it cannot be negative.\",expense为-2.00元，不能为负。,d,1,-2\n"
        "6,\"the row has 2 cells and the first row 3; an amount with thousands separators must "
        "stand "
        "in quotation marks.\",该行有2个单元格，首行有3个；带千分位的金额须加引号。,e,2\n");
    settled_table_free(self);
}

static void a_bad_row_ends_the_run_and_the_others_are_checked(void **state)
{
    (void)state;
    settled_table *self = settle("table: {write: [result]}\n",
                                 "budget,expense\n100,80\n100,x\n100,80\n100,-1\n", false);
    assert_int_equal(self->status, BG_TYPE);
    assert_string_equal(self->out, "result\n");
    assert_int_equal(self->errors.error_count, 2);
    assert_int_equal(self->errors.items[0].line, 3);
    assert_int_equal(self->errors.items[0].column, 5);
    assert_string_equal(self->errors.items[0].path, "expense");
    assert_int_equal(self->errors.items[1].line, 5);
    assert_says(self->errors.items[1].message, "expense is -1.00 yuan; it cannot be negative.");
    settled_table_free(self);
}

static void good_rows_beside_a_bad_one_are_not_written(void **state)
{
    (void)state;
    settled_table *self =
        settle("table: {write: [result]}\n", "budget,expense\n100,80\n100,x\n", false);
    assert_int_equal(self->status, BG_TYPE);
    assert_string_equal(self->out, "result\n");
    settled_table_free(self);
}

static void a_unit_behind_the_headings_is_refused(void **state)
{
    (void)state;
    settled_table *self =
        settle("table: {write: [result]}\n", "budget,expense\n100,80\n单位：万元,\n", false);
    assert_int_equal(self->status, BG_INVALID);
    assert_says_among_others(self->errors.items[0].message,
                             "the unit 万元 stands behind the headings");
    assert_int_equal(self->errors.items[0].line, 3);
    settled_table_free(self);
    self = settle("table: {write: [result]}\n", "单位：万元\nbudget,expense\n100,80\n单位：万元,\n",
                  false);
    assert_int_equal(self->status, BG_OK);
    settled_table_free(self);
    self = settle("table: {write: [result]}\n",
                  "budget（万元）,expense（万元）\n100,80\n单位：万元,\n", false);
    assert_int_equal(self->status, BG_OK);
    settled_table_free(self);
}

static void a_table_that_cannot_be_used_is_refused(void **state)
{
    (void)state;
    const char *none = "";
    assert_refused(none, "", BG_MISSING, 1, 1, "no row names the columns");
    assert_refused(none, "budget，expense\n1，2\n", BG_SYNTAX, 1, 1,
                   "the sign \"，\" parts the headings");
    assert_refused(none, "budget\n1\n", BG_MISSING, 1, 1, "no column \"expense\"");
    assert_refused(none, "budget,expense,budget\n", BG_DUPLICATE_KEY, 1, 16, "a second time");
    assert_refused(none, "result,budget,expense\n", BG_DUPLICATE_KEY, 1, 1, "table.keep");
    assert_refused("table: {keep: [x]}\n", "budget,expense\n", BG_UNKNOWN_KEY, 10, 16,
                   "t.csv has no column \"x\"");
    assert_refused("table: {write: [x]}\n", "budget,expense\n", BG_UNKNOWN_KEY, 10, 17,
                   "there is no result \"x\"");
    assert_refused(none, "budget,expense\n1,\"\n", BG_SYNTAX, 2, 3, "never closed");
    assert_refused(none, "budget,expense,year\n1,1,2025.5\n", BG_RANGE, 2, 1, "a calendar year");
    assert_refused("performance: {score: {2025: 80}}\n", "budget,expense,year\n1,1,2024\n",
                   BG_MISSING, 2, 1, "no score for 2024");
    assert_refused("performance: {indicators: {a: {simulated: admissions, floor: 9, target: 8}}}\n",
                   "budget,expense,year\n1,1,2024\n", BG_MISSING, 2, 1,
                   "give the score of the year");
}

static void a_run_can_be_stopped_and_a_full_disk_is_noticed(void **state)
{
    (void)state;
    settled_table *self = settle("", "budget,expense\n1,1\n", false);
    const volatile int stop = 1;
    FILE *in = tmpfile();
    fputs("budget,expense\n", in);
    for (int i = 0; i < 1000; i++) {
        fputs("1,1\n", in);
    }
    bg_table table = self->table;
    table.in = in;
    table.stop = &stop;
    table.out = tmpfile();
    rewind(in);
    assert_int_equal(bg_table_settle(&table, &self->errors), BG_INTERRUPTED);
    assert_true(table.settled < 1000);
    fclose(table.out);
    rewind(in);
    table.stop = NULL;
    table.out = fopen("/dev/full", "w");
    if (table.out) {
        assert_int_equal(bg_table_settle(&table, &self->errors), BG_IO);
        fclose(table.out);
    }
    fclose(in);
    settled_table_free(self);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_table_does_not_say_follows_from_the_terms),
        cmocka_unit_test(care_outside_comes_off_where_the_pool_paid_it),
        cmocka_unit_test(a_year_without_a_share_outside_is_a_bad_row),
        cmocka_unit_test(funds_of_the_table_count_before_those_of_the_terms),
        cmocka_unit_test(columns_are_kept_and_results_written_as_asked),
        cmocka_unit_test(a_row_settles_the_same_in_a_block_and_alone),
        cmocka_unit_test(years_of_one_unit_are_linked_as_asked),
        cmocka_unit_test(a_year_that_cannot_be_linked_is_a_bad_row),
        cmocka_unit_test(a_bad_row_goes_to_the_rejects_with_its_reason),
        cmocka_unit_test(a_bad_row_ends_the_run_and_the_others_are_checked),
        cmocka_unit_test(good_rows_beside_a_bad_one_are_not_written),
        cmocka_unit_test(a_table_that_cannot_be_used_is_refused),
        cmocka_unit_test(a_unit_behind_the_headings_is_refused),
        cmocka_unit_test(a_run_can_be_stopped_and_a_full_disk_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
