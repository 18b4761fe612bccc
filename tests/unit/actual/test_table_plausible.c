/* Figures of a table that cannot be meant: totals under another name, digits too many, budgets of nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "../../support/settled_table.h"
#include "actual/table_units.h"
#include <stdio.h>
#include <string.h>

static const char rule[] = "budget:\n"
                           "  funds: {risk: {rate: 10%, carry_over: true}}\n"
                           "settlement:\n"
                           "- share_overspend: {bands: {rest: 50%}, payer: risk}\n"
                           "- clear: {}\n";
#define RESULT "table: {write: [result]}\n"

typedef struct row {
    const char *rows; /* of the table */
    const char *name; /* of the one thing that is said; NULL: nothing is */
    int line;
    const char *en, *zh;
} row;

static bool is_of_this(const char *name)
{
    return strcmp(name, "row_is_total") == 0 || strcmp(name, "row_without_budget") == 0 ||
           strcmp(name, "plausible_unit_expense") == 0 ||
           strcmp(name, "plausible_unit_growth") == 0;
}

static void assert_said(const row *expected)
{
    settled_table *self = settled_table_new(rule, RESULT, expected->rows, false);
    const bg_error *said = NULL;
    assert_int_equal(self->errors.error_count, 0);
    for (size_t i = 0; i < self->errors.count; i++) {
        if (is_of_this(self->errors.items[i].name)) {
            assert_null(said);
            said = &self->errors.items[i];
        }
    }
    assert_true((said != NULL) == (expected->name != NULL));
    if (said && expected->name) {
        assert_string_equal(said->name, expected->name);
        assert_int_equal(said->line, expected->line);
        assert_says_among_others(said->message, expected->en);
        assert_says_among_others(said->message_zh, expected->zh);
    }
    settled_table_free(self);
}

static void assert_all_said(const row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_said(&rows[i]);
    }
}

static void a_row_that_is_the_sum_of_the_others_is_named(void **state)
{
    (void)state;
    static const row rows[] = {
        {"unit,budget,expense\n甲,100,90\n乙,200,210\n全市,300,300\n", "row_is_total", 4,
         "are what the other 2 rows of the year have together", "等于同年其余2行之和"},
        {"unit,budget,expense\n全市,300,300\n甲,100,90\n乙,200,210\n", "row_is_total", 2,
         "it seems to be their total", "似为其合计"},
        /* the expense is not the sum: a unit as large as the others */
        {"unit,budget,expense\n甲,100,90\n乙,200,210\n丙,300,280\n", NULL, 0, NULL, NULL},
        {"unit,budget,expense\n甲,100,90\n乙,100,90\n", NULL, 0, NULL, NULL},
        /* each year by itself */
        {"unit,year,budget,expense\n甲,2024,100,90\n乙,2024,200,210\n全市,2024,300,300\n"
         "甲,2025,110,90\n乙,2025,210,210\n丙,2025,300,290\n",
         "row_is_total", 4, "the other 2 rows of the year", "同年其余2行"},
        {"unit,year,budget,expense\n甲,2024,100,90\n乙,2024,200,210\n甲,2025,300,300\n", NULL, 0,
         NULL, NULL},
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

static void expense_far_from_the_budget_is_named(void **state)
{
    (void)state;
    static const row rows[] = {
        {"unit,budget,expense\n甲,100,90\n乙,200,2100\n丙,100,1000\n", "plausible_unit_expense", 3,
         "the expense of the row is 1,050% of its budget (2,100 yuan beside 200 yuan; rows of this "
         "kind: 2); usual is 20% to 500%",
         "本行基金支出为年度总额的1,050%（支出2,100元，总额200元；此类共2行）；通常为20%至500%"},
        {"unit,budget,expense\n甲,10万,9万\n乙,20万,210.5万\n", "plausible_unit_expense", 3,
         "(2,105,000 yuan beside 200,000 yuan; rows", "（支出2,105,000元，总额200,000元；"},
        {"unit,budget,expense\n甲,100,90\n乙,2000,210\n", "plausible_unit_expense", 3,
         "is 10.5% of its budget", "为年度总额的10.5%"},
        {"unit,budget,expense\n甲,100,500\n乙,100,20\n", NULL, 0, NULL, NULL},
        {"unit,budget,expense\n甲,100,90\n乙,0,210\n丙,0,0\n", "row_without_budget", 3,
         "the budget is 0 and there is an expense, so all of it is an overspend (rows of this "
         "kind: "
         "1)",
         "年度总额为零而有基金支出，支出将全部计为超支（此类共1行）"},
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

static void a_unit_that_leaps_from_year_to_year_is_named(void **state)
{
    (void)state;
    static const row rows[] = {
        {"unit,year,budget,expense\n甲,2024,100,90\n乙,2024,200,210\n甲,2025,1000,900\n"
         "乙,2025,210,200\n",
         "plausible_unit_growth", 4,
         "the budget of the row has changed by +900% since the unit's row before (1,000 yuan after "
         "100 yuan on line 2; rows of this kind: 1); usual is -80% to +400%",
         "本行年度总额比同一单位此前一行变化+900%（1,000元，此前为100元，见第2行；此类共1行）"},
        {"unit,year,budget,expense\n甲,2024,1000,900\n甲,2025,100,90\n", "plausible_unit_growth", 3,
         "has changed by -90%", "变化-90%"},
        {"unit,year,budget,expense\n甲,2024,100,90\n乙,2025,1000,900\n", NULL, 0, NULL, NULL},
        {"unit,year,budget,expense\n甲,2024,100,90\n甲,2025,500,450\n", NULL, 0, NULL, NULL},
        {"budget,year,expense\n100,2024,90\n1000,2025,900\n", NULL, 0, NULL, NULL}, /* no name */
    };
    assert_all_said(rows, sizeof rows / sizeof *rows);
}

static void each_of_the_first_units_has_its_own_row_before(void **state)
{
    (void)state;
    enum { MORE = BG_TABLE_UNITS + 100 };
    bg_table_units units = {0};
    for (int turn = 0; turn < 2; turn++) {
        for (int i = 0; i < MORE; i++) {
            char name[16];
            snprintf(name, sizeof name, "unit %d", i);
            const bg_table_unit unit = {.key = bg_table_units_hash(BG_UNIT_HASH, name),
                                        .line = 1 + i + MORE * turn,
                                        .year = 2024 + turn,
                                        .budget = i};
            bg_table_unit before;
            assert_true(bg_table_units_put(&units, &unit, &before));
            const bool kept = turn == 1 && i < BG_TABLE_UNITS;
            assert_int_equal(before.line, kept ? 1 + i : 0);
            assert_int_equal(before.budget, kept ? i : 0);
        }
    }
    assert_int_equal(units.count, BG_TABLE_UNITS);
    bg_table_units_free(&units);
    /* Where one part ends another begins. */
    assert_true(bg_table_units_hash(bg_table_units_hash(BG_UNIT_HASH, "ab"), "c") !=
                bg_table_units_hash(bg_table_units_hash(BG_UNIT_HASH, "a"), "bc"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_that_is_the_sum_of_the_others_is_named),
        cmocka_unit_test(expense_far_from_the_budget_is_named),
        cmocka_unit_test(a_unit_that_leaps_from_year_to_year_is_named),
        cmocka_unit_test(each_of_the_first_units_has_its_own_row_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
