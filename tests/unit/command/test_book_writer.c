/* A workbook is a file that appears whole, once, and with the same bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "command/book_file.h"
#include "command/book_writer.h"

#include <baogan/file.h>

static void fill(bg_book *book, const char *text)
{
    bg_sheet sheet;
    bg_book_init(book, "zh");
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = "名称"});
    bg_sheet_add_column(
        &sheet, (bg_column){.kind = BG_CELL_FEN, .heading = "金额", .scale = {"万元", 1e6, 2}});
    bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", text));
    bg_sheet_add_fen(&sheet, -123456);
    bg_book_add(book, "表", "标题", &sheet);
}

static bg_status save(const char *text, const char *path, bg_errors *errors)
{
    bg_book book;
    fill(&book, text);
    const bg_status status = bg_book_save(&book, path, errors);
    bg_book_free(&book);
    return status;
}

static void the_same_sheets_give_the_same_bytes(void **state)
{
    (void)state;
    bg_errors errors;
    char *bytes[2];
    size_t size[2];
    bg_errors_init(&errors);
    assert_int_equal(save("=1+1", "a.xlsx", &errors), BG_OK);
    assert_int_equal(save("=1+1", "b.xlsx", &errors), BG_OK);
    assert_int_equal(bg_file_read("a.xlsx", 1 << 20, &bytes[0], &size[0], &errors), BG_OK);
    assert_int_equal(bg_file_read("b.xlsx", 1 << 20, &bytes[1], &size[1], &errors), BG_OK);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    assert_memory_equal(bytes[0], "PK", 2);
    free(bytes[0]);
    free(bytes[1]);
    unlink("a.xlsx");
    unlink("b.xlsx");
    bg_errors_free(&errors);
}

static void a_text_longer_than_a_cell_is_cut_between_characters(void **state)
{
    (void)state;
    enum { CHARACTERS = 40000 };
    char *text = malloc(3 * CHARACTERS + 1);
    bg_errors errors;
    bg_errors_init(&errors);
    for (size_t i = 0; i < CHARACTERS; i++) {
        memcpy(text + 3 * i, "包", 4);
    }
    assert_int_equal(save(text, "long.xlsx", &errors), BG_OK);
    unlink("long.xlsx");
    free(text);
    bg_errors_free(&errors);
}

static void no_file_is_overwritten_and_none_is_left_where_it_fails(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    folder_write("taken.xlsx", "mine");
    assert_int_equal(save("x", "taken.xlsx", &errors), BG_EXISTS);
    assert_int_equal(save("x", "nowhere/new.xlsx", &errors), BG_IO);
    bg_book book;
    fill(&book, "x");
    book.failed = true;
    assert_int_equal(bg_book_save(&book, "failed.xlsx", &errors), BG_MEMORY);
    assert_int_equal(access("failed.xlsx", F_OK), -1);
    bg_book_free(&book);
    bg_errors_free(&errors);
}

static void two_sheets_of_one_name_are_refused(void **state)
{
    (void)state;
    bg_book book;
    bg_sheet sheet;
    bg_errors errors;
    bg_errors_init(&errors);
    fill(&book, "x");
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_book_add(&book, "表", "", &sheet);
    assert_int_equal(bg_book_save(&book, "twice.xlsx", &errors), BG_IO);
    assert_string_equal(errors.items[0].name, "workbook_unwritten");
    assert_int_equal(access("twice.xlsx", F_OK), -1);
    bg_book_free(&book);
    bg_errors_free(&errors);
}

static void more_rows_than_a_workbook_holds_are_refused(void **state)
{
    (void)state;
    bg_book book;
    bg_sheet sheet;
    bg_errors errors;
    bg_errors_init(&errors);
    bg_book_init(&book, "en");
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_YEAR});
    for (size_t i = 0; i < 1048575; i++) {
        bg_sheet_add_year(&sheet, 2025);
    }
    bg_book_add(&book, "rows", "", &sheet);
    assert_int_equal(bg_book_save(&book, "rows.xlsx", &errors), BG_LIMIT);
    assert_string_equal(errors.items[0].name, "workbook_rows");
    bg_book_free(&book);
    bg_errors_free(&errors);
}

static void a_workbook_is_told_by_its_ending(void **state)
{
    (void)state;
    assert_true(bg_book_file_is_name("a.xlsx"));
    assert_true(bg_book_file_is_name("A.XLSX"));
    assert_false(bg_book_file_is_name(".xlsx"));
    assert_false(bg_book_file_is_name("a.xls"));
    assert_false(bg_book_file_is_name("xlsx"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_sheets_give_the_same_bytes),
        cmocka_unit_test(a_text_longer_than_a_cell_is_cut_between_characters),
        cmocka_unit_test(no_file_is_overwritten_and_none_is_left_where_it_fails),
        cmocka_unit_test(two_sheets_of_one_name_are_refused),
        cmocka_unit_test(more_rows_than_a_workbook_holds_are_refused),
        cmocka_unit_test(a_workbook_is_told_by_its_ending),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
