/* What a sheet and a document hold, before any writer sees them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

#include <cmocka.h>

#include "format/document.h"

static void cells_fill_rows_from_left_to_right(void **state)
{
    (void)state;
    static const bg_column columns[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                        {.name = "year", .kind = BG_CELL_YEAR},
                                        {.name = "budget_yuan", .kind = BG_CELL_FEN}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    assert_int_equal(bg_sheet_row_count(&sheet), 0);
    bg_sheet_add_columns(&sheet, columns, 3);
    for (int year = 2025; year < 2125; year++) {
        bg_sheet_add_text(&sheet, "residents");
        bg_sheet_add_year(&sheet, year);
        bg_sheet_add_fen(&sheet, INT64_MIN + year);
    }
    assert_false(sheet.failed);
    assert_int_equal(bg_sheet_row_count(&sheet), 100);
    assert_int_equal(bg_sheet_cell(&sheet, 99, 1)->kind, BG_CELL_YEAR);
    assert_int_equal(bg_sheet_cell(&sheet, 99, 1)->whole, 2124);
    assert_true(bg_sheet_cell(&sheet, 0, 2)->whole == INT64_MIN + 2025);
    bg_sheet_free(&sheet);
}

static void a_row_that_is_not_complete_counts_and_ends_with_absent_cells(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "a"});
    bg_sheet_add_column(&sheet, (bg_column){.name = "b"});
    bg_sheet_add_count(&sheet, 1);
    assert_int_equal(bg_sheet_row_count(&sheet), 1);
    assert_int_equal(bg_sheet_cell(&sheet, 0, 1)->kind, BG_CELL_ABSENT);
    bg_sheet_end_row(&sheet);
    bg_sheet_end_row(&sheet);
    assert_int_equal(sheet.count, 2);
    assert_int_equal(bg_sheet_cell(&sheet, 7, 7)->kind, BG_CELL_ABSENT);
    bg_sheet_free(&sheet);
}

static void what_is_not_finite_counts_as_absent(void **state)
{
    (void)state;
    const struct {
        bg_cell cell;
        bool absent;
    } rows[] = {
        {{.kind = BG_CELL_ABSENT}, true},
        {{.kind = BG_CELL_AMOUNT, .value = NAN}, true},
        {{.kind = BG_CELL_SHARE, .value = -INFINITY}, true},
        {{.kind = BG_CELL_NUMBER, .value = NAN, .low = 1}, true},
        {{.kind = BG_CELL_NUMBER, .value = 0, .error = NAN}, false},
        {{.kind = BG_CELL_FEN, .whole = INT64_MIN}, false},
        {{.kind = BG_CELL_TEXT, .text = ""}, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(bg_cell_is_absent(&rows[i].cell), rows[i].absent);
    }
}

static void strings_that_a_sheet_keeps_outlive_their_arguments(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.name = "n", .kind = BG_CELL_TEXT});
    for (int i = 0; i < 50; i++) {
        char name[16];
        snprintf(name, sizeof name, "fund %d", i);
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", name));
    }
    assert_string_equal(bg_sheet_cell(&sheet, 0, 0)->text, "fund 0");
    assert_string_equal(bg_sheet_cell(&sheet, 49, 0)->text, "fund 49");
    bg_sheet_free(&sheet);
}

static void marks_and_notes_belong_to_the_last_cell_and_may_be_empty(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_mark(&sheet, "*");
    bg_sheet_note(&sheet, "on no row");
    bg_sheet_add_column(&sheet, (bg_column){.name = "n"});
    bg_sheet_add_rate(&sheet, BG_ONE);
    bg_sheet_mark(&sheet, "*");
    bg_sheet_note(&sheet, "why");
    bg_sheet_add_rate(&sheet, BG_ONE);
    bg_sheet_mark(&sheet, "");
    bg_sheet_note(&sheet, NULL);
    assert_string_equal(bg_sheet_cell(&sheet, 0, 0)->mark, "*");
    assert_string_equal(bg_sheet_cell(&sheet, 0, 0)->note, "why");
    assert_null(bg_sheet_cell(&sheet, 1, 0)->mark);
    assert_null(bg_sheet_cell(&sheet, 1, 0)->note);
    bg_sheet_free(&sheet);
}

static void a_sheet_may_be_freed_twice_and_used_again(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.name = bg_sheet_keep(&sheet, "%d", 1)});
    bg_sheet_add_absent(&sheet);
    bg_sheet_free(&sheet);
    bg_sheet_free(&sheet);
    assert_int_equal(bg_sheet_row_count(&sheet), 0);
    assert_string_equal(sheet.language, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.name = "n"});
    bg_sheet_add_flag(&sheet, true);
    assert_int_equal(bg_sheet_row_count(&sheet), 1);
    bg_sheet_free(&sheet);
}

/* A character that the C locale does not have makes printf fail, as too little memory would. */
static void what_is_lost_is_remembered(void **state)
{
    (void)state;
    const wint_t unknown = 0x4e00;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    assert_string_equal(bg_sheet_keep(&sheet, "%lc", unknown), "");
    assert_true(sheet.failed);
    bg_sheet_free(&sheet);
    assert_false(sheet.failed);
    bg_document document;
    bg_document_init(&document, "en");
    bg_document_add(&document, BG_PART_SENTENCE, 0, "%lc", unknown);
    assert_true(document.failed);
    assert_int_equal(document.count, 0);
    bg_document_free(&document);
}

static void a_document_takes_a_sheet_over(void **state)
{
    (void)state;
    bg_document document;
    bg_document_init(&document, "en");
    for (int i = 0; i < 20; i++) {
        bg_sheet sheet;
        bg_sheet_init(&sheet, "en");
        bg_sheet_add_column(&sheet, (bg_column){.name = "n"});
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%d", i));
        bg_document_add_sheet(&document, 2, &sheet);
        assert_int_equal(sheet.count, 0);
        bg_sheet_free(&sheet);
    }
    assert_int_equal(document.count, 20);
    assert_int_equal(document.parts[19].kind, BG_PART_SHEET);
    assert_string_equal(bg_sheet_cell(&document.parts[19].sheet, 0, 0)->text, "19");
    bg_document_free(&document);
    bg_document_free(&document);
    assert_int_equal(document.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_fill_rows_from_left_to_right),
        cmocka_unit_test(a_row_that_is_not_complete_counts_and_ends_with_absent_cells),
        cmocka_unit_test(what_is_not_finite_counts_as_absent),
        cmocka_unit_test(strings_that_a_sheet_keeps_outlive_their_arguments),
        cmocka_unit_test(marks_and_notes_belong_to_the_last_cell_and_may_be_empty),
        cmocka_unit_test(a_sheet_may_be_freed_twice_and_used_again),
        cmocka_unit_test(what_is_lost_is_remembered),
        cmocka_unit_test(a_document_takes_a_sheet_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
