/* Sheets as JSON. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/json_writer.h"

static void assert_json(json_t *value, const char *expected)
{
    assert_non_null(value);
    char *text = json_dumps(value, JSON_COMPACT | JSON_REAL_PRECISION(15));
    assert_string_equal(text, expected);
    free(text);
    json_decref(value);
}

static void each_kind_has_its_form(void **state)
{
    (void)state;
    const struct {
        bg_cell cell;
        const char *expected;
    } rows[] = {
        {{.kind = BG_CELL_ABSENT}, "[{\"x\":null}]"},
        {{.kind = BG_CELL_TEXT, .text = "统筹\"基金\""}, "[{\"x\":\"统筹\\\"基金\\\"\"}]"},
        {{.kind = BG_CELL_TEXT, .text = "\xff"}, "[{\"x\":null}]"},
        {{.kind = BG_CELL_YEAR, .whole = 2026}, "[{\"x\":2026}]"},
        {{.kind = BG_CELL_COUNT, .whole = 0}, "[{\"x\":0}]"},
        {{.kind = BG_CELL_FLAG, .whole = 1}, "[{\"x\":true}]"},
        {{.kind = BG_CELL_FLAG, .whole = 0}, "[{\"x\":false}]"},
        {{.kind = BG_CELL_FEN, .whole = INT64_MIN}, "[{\"x\":-9223372036854775808}]"},
        {{.kind = BG_CELL_RATE, .whole = 35 * BG_ONE / 1000}, "[{\"x\":0.035}]"},
        {{.kind = BG_CELL_DECIMAL, .whole = 85 * BG_ONE}, "[{\"x\":85.0}]"},
        {{.kind = BG_CELL_AMOUNT, .value = 12345.25}, "[{\"x\":12345.25}]"},
        {{.kind = BG_CELL_SHARE, .value = 0.25}, "[{\"x\":0.25}]"},
        {{.kind = BG_CELL_NUMBER, .value = -INFINITY}, "[{\"x\":null}]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_sheet sheet;
        bg_sheet_init(&sheet, "zh");
        bg_sheet_add_column(&sheet, (bg_column){.name = "x", .heading = "值"});
        bg_sheet_add(&sheet, rows[i].cell);
        bg_sheet_mark(&sheet, "*");
        assert_json(bg_sheet_json(&sheet), rows[i].expected);
        bg_sheet_free(&sheet);
    }
}

static void rows_are_a_list_or_members_by_name(void **state)
{
    (void)state;
    static const bg_column columns[] = {
        {.name = "event", .kind = BG_CELL_TEXT},
        {.name = "estimate", .kind = BG_CELL_SHARE, .low = "low", .high = "high"},
        {.name = "mean_fen", .kind = BG_CELL_AMOUNT, .error = "mean_se_fen"}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, 3);
    bg_sheet_add_text(&sheet, "loss");
    bg_sheet_add(&sheet, (bg_cell){.kind = BG_CELL_SHARE, .value = 0.5, .low = 0.25, .high = 0.75});
    bg_sheet_add(&sheet, (bg_cell){.kind = BG_CELL_AMOUNT, .value = 7, .error = NAN});
    bg_sheet_add_text(&sheet, "overspend");
    assert_json(bg_sheet_json(&sheet),
                "[{\"event\":\"loss\",\"estimate\":0.5,\"low\":0.25,\"high\":0.75,"
                "\"mean_fen\":7.0,\"mean_se_fen\":null},"
                "{\"event\":\"overspend\",\"estimate\":null,\"low\":null,\"high\":null,"
                "\"mean_fen\":null,\"mean_se_fen\":null}]");
    assert_json(bg_sheet_json_by_name(&sheet),
                "{\"loss\":{\"estimate\":0.5,\"low\":0.25,\"high\":0.75,"
                "\"mean_fen\":7.0,\"mean_se_fen\":null},"
                "\"overspend\":{\"estimate\":null,\"low\":null,\"high\":null,"
                "\"mean_fen\":null,\"mean_se_fen\":null}}");
    bg_sheet_free(&sheet);
}

static void a_sheet_without_rows_is_empty(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "x"});
    assert_json(bg_sheet_json(&sheet), "[]");
    assert_json(bg_sheet_json_by_name(&sheet), "{}");
    bg_sheet_free(&sheet);
}

static void a_sheet_that_lost_something_is_null(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "x"});
    sheet.failed = true;
    assert_null(bg_sheet_json(&sheet));
    assert_null(bg_sheet_json_by_name(&sheet));
    bg_sheet_free(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_form),
        cmocka_unit_test(rows_are_a_list_or_members_by_name),
        cmocka_unit_test(a_sheet_without_rows_is_empty),
        cmocka_unit_test(a_sheet_that_lost_something_is_null),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
