/* Tables of communities that share a fund. Amounts are by hand: half of each overspend is paid by a
 * fund that takes a tenth of each budget of 100, so that payable is 90. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/scenario_text.h"
#include "../../support/settled_table.h"
#include <stdlib.h>
#include <string.h>

#define RULE                                                                                       \
    "budget: {funds: {risk: {rate: 10%, carry_over: true, shared: pro_rata}}}\n"                   \
    "settlement:\n"                                                                                \
    "- share_overspend: {bands: {rest: 50%}, payer: risk, when_short: community}\n"                \
    "- clear: {}\n"                                                                                \
    "table: {keep: [id], write: [result, fund.risk]"

#define HEAD "id,pool,year,budget,expense\n"
#define OUT  "id,result,fund.risk\n"

static settled_table *settle(const char *rows, bool with_rejects)
{
    return settled_table_new(RULE, "}\n", rows, with_rejects);
}

static void assert_settles(const char *more, const char *rows, const char *expected)
{
    settled_table *self = settled_table_new(RULE, more, rows, false);
    for (size_t i = 0; i < self->errors.count; i++) {
        print_error("%s\n", self->errors.items[i].message);
    }
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, expected);
    settled_table_free(self);
}

static void assert_refused(const char *more, const char *rows, int line, int column,
                           const char *sentence)
{
    settled_table *self = settled_table_new(RULE, more, rows, true);
    assert_true(self->status != BG_OK);
    const bg_error *last = &self->errors.items[self->errors.count - 1];
    while (last->warning && last > self->errors.items) {
        last--;
    }
    assert_says_among_others(last->message, sentence);
    assert_int_equal(last->line, line);
    assert_int_equal(last->column, column);
    settled_table_free(self);
}

static void rows_of_a_pool_share_its_fund(void **state)
{
    (void)state;
    /* In A the first two overspend 40 and 20 and want 20 and 10 of 30; in B both want 15 and 30 of 20:
     * 6.67 and 13.33. */
    assert_settles("}\n",
                   HEAD "a,A,2025,100,130\nb,A,2025,100,110\nc,A,2025,100,90\n"
                        "d,B,2025,100,120\ne,B,2025,100,150\n",
                   OUT "a,-20.00,-10.00\nb,-10.00,0.00\nc,0.00,10.00\n"
                       "d,-23.33,3.33\ne,-46.67,-3.33\n");
}

static void another_year_or_pool_shares_nothing(void **state)
{
    (void)state;
    /* Each overspends 40 and has only 10 of its own. */
    const char *alone = OUT "a,-30.00,0.00\nb,-30.00,0.00\n";
    assert_settles("}\n", HEAD "a,A,2025,100,130\nb,A,2026,100,130\n", alone);
    assert_settles("}\n", HEAD "a,A,2025,100,130\nb,B,2025,100,130\n", alone);
    assert_settles("}\n", "id,pool,budget,expense\na,A,100,130\nb,B,100,130\n", alone);
}

static void the_column_of_the_pool_may_have_any_heading(void **state)
{
    (void)state;
    assert_settles(", pool: 地市}\n", "id,地市,budget,expense\na,甲,100,130\nb,甲,100,90\n",
                   OUT "a,-20.00,-10.00\nb,0.00,10.00\n");
    assert_refused("}\n", "id,budget,expense\na,100,130\n", 1, 1, "has no column \"pool\"");
    assert_refused("}\n", "id,pool,budget,expense,pool\n", 1, 24, "a second time");
}

static void what_a_pool_carries_in_is_checked_together(void **state)
{
    (void)state;
    const char *rows = "id,pool,budget,expense,opening.risk\na,A,100,100,-10\nb,A,100,100,10\n";
    /* Together they hold 20 and want 10. */
    assert_settles("}\n", rows, OUT "a,-5.00,-5.00\nb,-5.00,15.00\n");
    settled_table *self = settle(
        "id,pool,budget,expense,opening.risk\na,A,100,90,-10\nb,A,100,90,9\nc,B,100,90,0\n", true);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, OUT "c,0.00,10.00\n");
    assert_says_among_others(self->rejects, "adds up to -1.00 yuan");
    assert_int_equal(self->table.rejected, 2);
    settled_table_free(self);
}

static void a_bad_row_rejects_its_pool(void **state)
{
    (void)state;
    const char *rows = HEAD "a,A,2025,100,90\nb,B,2025,100,x\nc,B,2025,100,90\nd,B,2025,100,-1\n"
                            "e,C,2025,100,90\nf,D,2025,100,90\ng,D,2025,100,-2\n";
    settled_table *self = settle(rows, true);
    assert_int_equal(self->status, BG_OK);
    assert_string_equal(self->out, OUT "a,0.00,10.00\ne,0.00,10.00\n");
    assert_int_equal(self->table.settled, 2);
    assert_int_equal(self->table.rejected, 5);
    const char *collateral = "\n4,\"line 3 is bad or cannot be assigned to a pool; a pool is "
                             "settled as a whole or not at "
                             "all.\",";
    assert_says_among_others(self->rejects, collateral);
    assert_contains(self->rejects, ",c,B,2025,100,90\n");
    assert_says_among_others(self->rejects, "\n7,\"line 8 is bad");
    assert_says_among_others(self->rejects,
                             "\n8,\"expense is -2.00 yuan; it cannot be negative.\"");
    settled_table_free(self);
    self = settle(rows, false);
    assert_int_equal(self->status, BG_TYPE);
    assert_int_equal(self->errors.error_count, 2); /* of B the cell, of D the amount */
    assert_int_equal(self->errors.items[0].line, 3);
    assert_int_equal(self->errors.items[1].line, 8);
    assert_string_equal(self->out, OUT "a,0.00,10.00\n");
    settled_table_free(self);
}

/* A row without a readable pool or year may be of the pool before it, or of the one behind it. */
static void a_row_that_is_lost_rejects_both_its_neighbours(void **state)
{
    (void)state;
    const char *lost[] = {"x\n", "x,,2025,1,1\n", "x,A,year,1,1\n", "\"x\"y,A,2025,1,1\n"};
    for (size_t i = 0; i < sizeof lost / sizeof *lost; i++) {
        char rows[512];
        snprintf(rows, sizeof rows, "%s%s%s%s", HEAD "a,A,2025,100,90\nb,B,2025,100,90\n", lost[i],
                 "c,C,2025,100,90\n", "d,D,2025,100,90\n");
        settled_table *self = settle(rows, true);
        assert_int_equal(self->status, BG_OK);
        assert_string_equal(self->out, OUT "a,0.00,10.00\nd,0.00,10.00\n");
        assert_int_equal(self->table.rejected, 3);
        assert_says_among_others(self->rejects, "\n5,\"line 4 is bad");
        settled_table_free(self);
    }
    settled_table *self = settle(HEAD "x\na,A,2025,100,90\nb,B,2025,100,90\ny\n", true);
    assert_string_equal(self->out, OUT);
    assert_int_equal(self->table.rejected, 4);
    settled_table_free(self);
}

static void rows_of_a_pool_must_stand_together(void **state)
{
    (void)state;
    assert_refused("}\n", HEAD "a,A,2025,100,90\nb,A,2026,100,90\nc,A,2025,100,90\n", 4, 3,
                   "those of \"A\" begin on line 2, and others stand between");
    char *rows;
    size_t size;
    FILE *stream = open_memstream(&rows, &size);
    fputs(HEAD, stream);
    for (int i = 0; i < 1000; i++) {
        fprintf(stream, "a,pool %d,2025,100,90\n", i);
    }
    fputs("a,pool 123,2025,100,90\n", stream);
    fclose(stream);
    assert_refused("}\n", rows, 1002, 3, "those of \"pool 123\" begin on line 125");
    free(rows);
}

/* One of 4,096 overspends by 2 × 40,960, of which the others pay half: all that there is. */
static void a_pool_may_have_many_rows_but_not_any_number(void **state)
{
    (void)state;
    char *rows;
    size_t size;
    FILE *stream = open_memstream(&rows, &size);
    fputs(HEAD, stream);
    for (int i = 0; i < 4096; i++) {
        fprintf(stream, "%d,A,2025,100,%d\n", i, i == 4000 ? 82010 : 90);
    }
    fflush(stream);
    settled_table *self = settle(rows, false);
    assert_int_equal(self->status, BG_OK);
    assert_non_null(strstr(self->out, "\n4000,-40960.00,-40950.00\n4001,0.00,10.00\n"));
    settled_table_free(self);
    fputs("x,A,2025,100,90\n", stream);
    fclose(stream);
    assert_refused("}\n", rows, 4098, 1, "more than 4096 rows");
    free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_a_pool_share_its_fund),
        cmocka_unit_test(another_year_or_pool_shares_nothing),
        cmocka_unit_test(the_column_of_the_pool_may_have_any_heading),
        cmocka_unit_test(what_a_pool_carries_in_is_checked_together),
        cmocka_unit_test(a_bad_row_rejects_its_pool),
        cmocka_unit_test(a_row_that_is_lost_rejects_both_its_neighbours),
        cmocka_unit_test(rows_of_a_pool_must_stand_together),
        cmocka_unit_test(a_pool_may_have_many_rows_but_not_any_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
