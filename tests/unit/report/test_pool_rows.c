/* A pooled fund's years in a file: the figures of tests/unit/study/test_pool_year.c as they are written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reported.h"
#include "format/csv_writer.h"
#include "report/pool_rows.h"

/* The pool pays 100 million a year, and 8 or 24 elsewhere; employees' income is not given. */
static const char certain[] =
    "history: {2024: {residents.total: 100M, employees.total: 10M}}\n"
    "people: {residents: {count: 100000, growth: 0%, growth_sd: 0}, employees: 3000}\n"
    "budget: {growth: 0%, funds: {}, income_limit: 200%}\n"
    "settlement: [{clear: {}}]\n"
    "pool: {residents: {income_per_head: 1200, growth: 0%, balance: 30M,\n"
    "                   outside_spending: {2025: 8M, later: 24M}}}\n"
    "simulation: {years: 2, replications: 1000}\n";

static char *rows_of(const char *unit)
{
    reported self;
    start_report(&self, certain, "en");
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_pool_rows(&self.report, unit, &sheet);
    assert_int_equal(bg_sheet_write_csv(&sheet, stream), BG_OK);
    bg_sheet_free(&sheet);
    fclose(stream);
    finish_report(&self);
    return text;
}

static void a_row_is_a_year_of_a_pool_whose_income_is_given(void **state)
{
    (void)state;
    char *text = rows_of("yuan");
    static const char expected[] =
        "unit,year,income_yuan,income_se_yuan,spent_yuan,spent_se_yuan,surplus_yuan,surplus_se_"
        "yuan,"
        "balance_yuan,balance_se_yuan,months_q10,months_q50,months_q90,p_deficit,p_deficit_low,"
        "p_deficit_high,p_debt,p_debt_low,p_debt_high,p_surplus_beyond,p_surplus_beyond_low,"
        "p_surplus_beyond_high,p_balance_beyond,p_balance_beyond_low,p_balance_beyond_high\n"
        "residents,2025,120000000.0000,0.0000,108000000.0000,0.0000,12000000.0000,0.0000,"
        "42000000.0000,0.0000,4.666700,4.666700,4.666700,0.000000,0.000000,0.003827,"
        "0.000000,0.000000,0.003827,0.000000,0.000000,0.003827,1.000000,0.996173,1.000000\n"
        "residents,2026,120000000.0000,0.0000,124000000.0000,0.0000,-4000000.0000,0.0000,"
        "38000000.0000,0.0000,3.677400,3.677400,3.677400,1.000000,0.996173,1.000000,"
        "0.000000,0.000000,0.003827,0.000000,0.000000,0.003827,1.000000,0.996173,1.000000\n";
    assert_string_equal(text, expected);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_a_year_of_a_pool_whose_income_is_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
