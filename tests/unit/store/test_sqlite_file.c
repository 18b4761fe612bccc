#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "../../support/folder.h"
#include "../../support/says.h"
#include "store/sqlite_file.h"

static void execute(sqlite3 *database, const char *sql)
{
    assert_int_equal(sqlite3_exec(database, sql, NULL, NULL, NULL), SQLITE_OK);
}

static sqlite3 *make_store(const char *path)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    execute(database, "CREATE TABLE sweep (name TEXT, value TEXT);"
                      "INSERT INTO sweep VALUES ('plan_sha256', 'aa'), ('rows_sha256', 'bb');");
    return database;
}

static void assert_not_identified(const char *path, bg_status status, const char *en,
                                  const char *zh)
{
    char plan[BG_DIGEST_TEXT], rows[BG_DIGEST_TEXT];
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_sqlite_file_identify(path, plan, rows, &errors), status);
    assert_int_equal(errors.count, 1);
    assert_string_equal(errors.items[0].file, path);
    assert_true(says_among_others(errors.items[0].message, en));
    assert_true(says_among_others(errors.items[0].message_zh, zh));
    bg_errors_free(&errors);
}

static void a_store_has_the_digests_of_its_plan_and_rows(void **state)
{
    (void)state;
    char plan[BG_DIGEST_TEXT], rows[BG_DIGEST_TEXT];
    sqlite3_close(make_store("good.sqlite"));
    assert_int_equal(bg_sqlite_file_identify("good.sqlite", plan, rows, NULL), BG_OK);
    assert_string_equal(plan, "aa");
    assert_string_equal(rows, "bb");
}

static void a_store_that_another_program_writes_is_said_to_be_written(void **state)
{
    (void)state;
    sqlite3 *database = make_store("locked.sqlite");
    execute(database, "BEGIN EXCLUSIVE");
    assert_not_identified(
        "locked.sqlite", BG_IO,
        "Another program is writing this store; run this again when it has finished.",
        "另一程序正在写入该结果文件；请在其结束后重新运行。");
    sqlite3_close(database);
}

static void what_is_no_store_is_said_to_be_none(void **state)
{
    (void)state;
    folder_write("text.sqlite", "This is a text, and long enough to be none of SQLite's files.\n");
    assert_not_identified("text.sqlite", BG_INVALID, "is no store of a sweep",
                          "不是批量运行的结果文件");
    sqlite3 *database = make_store("other.sqlite");
    execute(database, "DELETE FROM sweep WHERE name = 'rows_sha256'");
    sqlite3_close(database);
    assert_not_identified("other.sqlite", BG_INVALID, "is no store of a sweep",
                          "不是批量运行的结果文件");
    assert_not_identified(".", BG_IO, "The store cannot be read: ", "无法读取结果文件：");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_store_has_the_digests_of_its_plan_and_rows),
        cmocka_unit_test(a_store_that_another_program_writes_is_said_to_be_written),
        cmocka_unit_test(what_is_no_store_is_said_to_be_none),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
