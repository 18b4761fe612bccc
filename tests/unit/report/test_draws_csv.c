#include "../../support/projected.h"

#include "report/draws_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char small[] = "history: {2024: {residents.total: 100M, employees.total: 30M}}\n"
                            "simulation: {years: 2, replications: 70}\n";

/* The number in a column of a row. */
static const char *field(const char *row, size_t column)
{
    for (size_t i = 0; i < column && row; i++) {
        row = strchr(row, ',');
        row = row ? row + 1 : NULL;
    }
    assert_non_null(row);
    return row;
}

static void each_row_is_a_future_of_a_unit_in_a_year(void **state)
{
    (void)state;
    bg_draws_csv csv = {.stream = tmpfile()};
    assert_non_null(csv.stream);
    projected run;
    start_projection_with(
        &run, small, NULL,
        &(bg_projection_options){.threads = 2, .take = bg_draws_csv_take, .take_context = &csv});
    rewind(csv.stream);
    char row[8192], start[64], amount[BG_NUMBER_TEXT];
    assert_non_null(fgets(row, sizeof row, csv.stream));
    assert_memory_equal(row, "replication,unit,year,budget,", 29);
    static const char *const units[] = {"residents", "employees", "all"};
    for (size_t i = 0; i < 70; i++) {
        for (size_t cell = 0; cell < 6; cell++) {
            const size_t unit = cell / 2, year = cell % 2;
            assert_non_null(fgets(row, sizeof row, csv.stream));
            snprintf(start, sizeof start, "%zu,%s,%zu,", i + 1, units[unit], 2025 + year);
            assert_memory_equal(row, start, strlen(start));
            const bg_fen expense = projected_draws(&run, unit, year, "expense")[i];
            bg_money_text(expense, amount);
            assert_memory_equal(field(row, 3 + BG_OUTCOME_expense), amount, strlen(amount));
        }
    }
    assert_null(fgets(row, sizeof row, csv.stream));
    finish_projection(&run);
    fclose(csv.stream);
}

static void a_full_disk_ends_the_run(void **state)
{
    (void)state;
    bg_draws_csv csv = {.stream = fopen("/dev/full", "w")};
    assert_non_null(csv.stream);
    bg_scenario *scenario = parse_scenario(small, NULL);
    bg_errors errors;
    bg_errors_init(&errors);
    bg_model model;
    assert_int_equal(bg_model_read(scenario, &model, &errors), BG_OK);
    const bg_projection_options options = {.take = bg_draws_csv_take, .take_context = &csv};
    bg_projection *projection;
    assert_int_equal(bg_projection_run(&model, &options, &projection, &errors), BG_IO);
    assert_null(projection);
    assert_int_equal(errors.error_count, 1);
    bg_errors_free(&errors);
    bg_model_free(&model);
    bg_scenario_free(scenario);
    fclose(csv.stream);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_is_a_future_of_a_unit_in_a_year),
        cmocka_unit_test(a_full_disk_ends_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
