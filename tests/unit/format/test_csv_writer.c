/* Sheets as CSV: what programs read. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/csv_writer.h"

static void assert_csv(const bg_sheet *sheet, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_csv(sheet, stream), BG_OK);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

/* A sheet of one column and one cell, as its cell is written. */
static void assert_cell(bg_column column, bg_cell cell, const char *expected)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    column.name = "x";
    bg_sheet_add_column(&sheet, column);
    bg_sheet_add(&sheet, cell);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_csv_rows(&sheet, stream), BG_OK);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
    bg_sheet_free(&sheet);
}

static void each_kind_has_its_form(void **state)
{
    (void)state;
    const struct {
        bg_column column;
        bg_cell cell;
        const char *expected;
    } rows[] = {
        {{0}, {.kind = BG_CELL_ABSENT}, "\n"},
        {{0}, {.kind = BG_CELL_TEXT, .text = "residents"}, "residents\n"},
        {{0}, {.kind = BG_CELL_TEXT, .text = "居民医保"}, "居民医保\n"},
        {{0}, {.kind = BG_CELL_YEAR, .whole = 2026}, "2026\n"},
        {{0}, {.kind = BG_CELL_COUNT, .whole = 1234567}, "1234567\n"},
        {{0}, {.kind = BG_CELL_FLAG, .whole = 1}, "1\n"},
        {{0}, {.kind = BG_CELL_FEN, .whole = -123456789}, "-1234567.89\n"},
        {{0}, {.kind = BG_CELL_FEN, .whole = INT64_MAX}, "92233720368547758.07\n"},
        {{0}, {.kind = BG_CELL_RATE, .whole = 35 * BG_ONE / 1000}, "0.035\n"},
        {{0}, {.kind = BG_CELL_DECIMAL, .whole = 85 * BG_ONE}, "85\n"},
        {{0}, {.kind = BG_CELL_AMOUNT, .value = 12345.6}, "123.46\n"},
        {{.decimals = 4}, {.kind = BG_CELL_AMOUNT, .value = 12345.678}, "123.4568\n"},
        {{0}, {.kind = BG_CELL_SHARE, .value = 2.0 / 3}, "0.666667\n"},
        {{.significant = 10}, {.kind = BG_CELL_SHARE, .value = 2.0 / 3}, "0.6666666667\n"},
        {{.significant = 6}, {.kind = BG_CELL_NUMBER, .value = 1e9}, "1e+09\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_cell(rows[i].column, rows[i].cell, rows[i].expected);
    }
}

static void zero_has_no_sign(void **state)
{
    (void)state;
    assert_cell((bg_column){0}, (bg_cell){.kind = BG_CELL_AMOUNT, .value = -0.0}, "0.00\n");
    assert_cell((bg_column){.decimals = 4}, (bg_cell){.kind = BG_CELL_AMOUNT, .value = -0.0},
                "0.0000\n");
    assert_cell((bg_column){0}, (bg_cell){.kind = BG_CELL_SHARE, .value = -0.0}, "0.000000\n");
}

static void what_cannot_be_told_is_empty(void **state)
{
    (void)state;
    const bg_column estimate = {.error = "x_se", .low = "x_low", .high = "x_high"};
    const bg_cell cell = {
        .kind = BG_CELL_AMOUNT, .value = NAN, .error = NAN, .low = INFINITY, .high = 200};
    assert_cell(estimate, cell, ",,,2.00\n");
    assert_cell(estimate, (bg_cell){.kind = BG_CELL_ABSENT}, ",,,\n");
    assert_cell(estimate, (bg_cell){.kind = BG_CELL_FEN, .whole = 5}, "0.05,,,\n");
}

static void an_estimate_takes_a_column_for_each_part_that_is_named(void **state)
{
    (void)state;
    static const bg_column columns[] = {
        {.name = "event", .kind = BG_CELL_TEXT},
        {.name = "mean", .kind = BG_CELL_AMOUNT, .error = "mean_se", .decimals = 4},
        {.name = "chance", .kind = BG_CELL_SHARE, .low = "low", .high = "high"}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, 3);
    bg_sheet_add_text(&sheet, "loss");
    bg_sheet_add(&sheet, (bg_cell){.kind = BG_CELL_AMOUNT, .value = 100, .error = 1, .low = 7});
    bg_sheet_add(&sheet,
                 (bg_cell){.kind = BG_CELL_SHARE, .value = .5, .error = 9, .low = .4, .high = .6});
    assert_csv(&sheet, "event,mean,mean_se,chance,low,high\n"
                       "loss,1.0000,0.0100,0.500000,0.400000,0.600000\n");
    bg_sheet_free(&sheet);
}

static void texts_are_quoted_where_they_need_it(void **state)
{
    (void)state;
    assert_cell((bg_column){0}, (bg_cell){.kind = BG_CELL_TEXT, .text = "a,b \"c\"\n"},
                "\"a,b \"\"c\"\"\n\"\n");
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "fund,x"});
    assert_csv(&sheet, "\"fund,x\"\n");
    bg_sheet_free(&sheet);
}

/* Headings, marks and notes are for people, the language too. */
static void nothing_that_is_for_people_is_written(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.name = "growth",
                                            .kind = BG_CELL_RATE,
                                            .heading = "增长率",
                                            .form = BG_FORM_CHANGE,
                                            .scale = {"万元", 1e6, 0}});
    bg_sheet_add_rate(&sheet, BG_ONE / 20);
    bg_sheet_mark(&sheet, "*");
    bg_sheet_note(&sheet, "已扣减");
    assert_csv(&sheet, "growth\n0.05\n");
    bg_sheet_free(&sheet);
}

static void a_short_row_is_filled_up(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "a"});
    bg_sheet_add_column(&sheet, (bg_column){.name = "b", .error = "b_se"});
    bg_sheet_add_count(&sheet, 3);
    assert_csv(&sheet, "a,b,b_se\n3,,\n");
    bg_sheet_free(&sheet);
}

static void a_sheet_that_lost_something_is_not_written(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "a"});
    sheet.failed = true;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_csv(&sheet, stream), BG_MEMORY);
    assert_int_equal(bg_sheet_write_csv_heading(&sheet, stream), BG_MEMORY);
    assert_int_equal(bg_sheet_write_csv_rows(&sheet, stream), BG_MEMORY);
    fclose(stream);
    assert_int_equal(size, 0);
    free(text);
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_sheet_save_csv(&sheet, "/nowhere", "a.csv", &errors), BG_MEMORY);
    assert_int_equal(errors.error_count, 1);
    sheet.failed = false;
    assert_int_equal(bg_sheet_save_csv(&sheet, "/nowhere", "a.csv", &errors), BG_IO);
    assert_int_equal(errors.error_count, 2);
    bg_errors_free(&errors);
    bg_sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_form),
        cmocka_unit_test(zero_has_no_sign),
        cmocka_unit_test(what_cannot_be_told_is_empty),
        cmocka_unit_test(an_estimate_takes_a_column_for_each_part_that_is_named),
        cmocka_unit_test(texts_are_quoted_where_they_need_it),
        cmocka_unit_test(nothing_that_is_for_people_is_written),
        cmocka_unit_test(a_short_row_is_filled_up),
        cmocka_unit_test(a_sheet_that_lost_something_is_not_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
