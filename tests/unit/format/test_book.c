/* Where cells stand in a workbook, and what a book holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "format/book.h"

static void a_column_of_money_has_its_unit_and_its_errors_beside_it(void **state)
{
    (void)state;
    const bg_money_scale wan = {"万元", 1e6, 2}, yuan = {"yuan", 100, 2};
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_FEN, .scale = wan});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_AMOUNT, .error = "se", .scale = yuan});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_SHARE, .low = "from", .high = "to"});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    const size_t places[] = {0, 1, 3, 5, 8, 9};
    for (size_t j = 0; j <= sheet.column_count; j++) {
        assert_int_equal(bg_book_column(&sheet, j), places[j]);
    }
    char place[BG_BOOK_PLACE];
    assert_string_equal(bg_book_place(&sheet, 0, 0, place), "A3");
    assert_string_equal(bg_book_place(&sheet, 9, 2, place), "D12");
    assert_string_equal(bg_book_place(&sheet, 9, 4, place), "I12");
    bg_sheet_free(&sheet);
}

static void columns_beyond_the_alphabet_have_two_and_three_letters(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    for (size_t j = 0; j < 800; j++) {
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    }
    char place[BG_BOOK_PLACE];
    assert_string_equal(bg_book_place(&sheet, 0, 25, place), "Z3");
    assert_string_equal(bg_book_place(&sheet, 0, 26, place), "AA3");
    assert_string_equal(bg_book_place(&sheet, 0, 701, place), "ZZ3");
    assert_string_equal(bg_book_place(&sheet, 0, 702, place), "AAA3");
    bg_sheet_free(&sheet);
}

static void a_book_takes_sheets_over_and_knows_of_their_failure(void **state)
{
    (void)state;
    bg_book book;
    bg_sheet sheet;
    bg_book_init(&book, "zh");
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_FEN});
    bg_sheet_add_fen(&sheet, 7);
    bg_sheet_formula(&sheet, "=%s*%d", "A1", 7);
    bg_book_add(&book, "预算", "年度付费总额", &sheet);
    assert_int_equal(sheet.column_count, 0);
    assert_int_equal(book.count, 1);
    assert_string_equal(book.sheets[0].name, "预算");
    assert_string_equal(bg_sheet_cell(&book.sheets[0].sheet, 0, 0)->formula, "=A1*7");
    assert_false(book.failed);
    sheet.failed = true;
    bg_book_add(&book, "x", "", &sheet);
    assert_true(book.failed);
    bg_book_free(&book);
    bg_book_free(&book);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_column_of_money_has_its_unit_and_its_errors_beside_it),
        cmocka_unit_test(columns_beyond_the_alphabet_have_two_and_three_letters),
        cmocka_unit_test(a_book_takes_sheets_over_and_knows_of_their_failure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
