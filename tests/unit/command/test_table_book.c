/* CSV tables become the sheets of one workbook. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/folder.h"
#include "command/book_file.h"
#include "command/table_book.h"

#include <baogan/file.h>

static FILE *rows_of(const char *text)
{
    bg_errors errors;
    bg_errors_init(&errors);
    FILE *rows = bg_book_file_rows("x.xlsx", &errors);
    assert_non_null(rows);
    fputs(text, rows);
    bg_errors_free(&errors);
    return rows;
}

static bg_status save(const char *text, const char *path, bg_errors *errors)
{
    const bg_table_sheet table = {"rows", rows_of(text)};
    const bg_status status = bg_table_book_save(&table, 1, "en", path, errors);
    fclose(table.rows);
    return status;
}

static void the_same_rows_give_the_same_bytes(void **state)
{
    (void)state;
    static const char text[] = "a,b\n1.50,007\n-3,\"x, y\"\n";
    bg_errors errors;
    char *bytes[2];
    size_t size[2];
    bg_errors_init(&errors);
    assert_int_equal(save(text, "a.xlsx", &errors), BG_OK);
    assert_int_equal(save(text, "b.xlsx", &errors), BG_OK);
    assert_int_equal(bg_file_read("a.xlsx", 1 << 20, &bytes[0], &size[0], &errors), BG_OK);
    assert_int_equal(bg_file_read("b.xlsx", 1 << 20, &bytes[1], &size[1], &errors), BG_OK);
    assert_int_equal(size[0], size[1]);
    assert_memory_equal(bytes[0], bytes[1], size[0]);
    free(bytes[0]);
    free(bytes[1]);
    unlink("a.xlsx");
    unlink("b.xlsx");
    bg_errors_free(&errors);
}

static void rows_that_are_no_table_leave_no_file(void **state)
{
    (void)state;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(save("a,b\n\"never closed\n", "bad.xlsx", &errors), BG_SYNTAX);
    assert_int_equal(access("bad.xlsx", F_OK), -1);
    folder_write("taken.xlsx", "mine");
    assert_int_equal(bg_book_file_check("taken.xlsx", &errors), BG_EXISTS);
    assert_int_equal(save("a\n1\n", "taken.xlsx", &errors), BG_EXISTS);
    assert_int_equal(bg_book_file_check("free.xlsx", &errors), BG_OK);
    assert_int_equal(access("free.xlsx", F_OK), -1);
    bg_errors_free(&errors);
}

static void more_rows_than_a_sheet_holds_are_refused(void **state)
{
    (void)state;
    const bg_table_sheet table = {"rows", rows_of("a\n")};
    bg_errors errors;
    bg_errors_init(&errors);
    for (size_t i = 0; i < 1048576; i++) {
        fputs("1\n", table.rows);
    }
    assert_int_equal(bg_table_book_save(&table, 1, "en", "many.xlsx", &errors), BG_LIMIT);
    assert_string_equal(errors.items[0].name, "workbook_rows");
    assert_int_equal(access("many.xlsx", F_OK), -1);
    fclose(table.rows);
    bg_errors_free(&errors);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_rows_give_the_same_bytes),
        cmocka_unit_test(rows_that_are_no_table_leave_no_file),
        cmocka_unit_test(more_rows_than_a_sheet_holds_are_refused),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
