/* Reading a store: its columns, queries by them, and what is no store or not to be had now. */
#include "../../support/folder.h"
#include "../../support/says.h"
#include "store/reader.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static sqlite3 *make_store(const char *path)
{
    sqlite3 *database = NULL;
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(
            database,
            "CREATE TABLE columns (position, name, type, role, unit, meaning);"
            "INSERT INTO columns VALUES (2, 'a \"b\"', 'real', 'policy', '1', 'budget.growth'),"
            " (1, 'scenario', 'integer', 'label', '', 'number'),"
            " (3, 'word', 'text', 'future', '', 'x');"
            "CREATE TABLE scenarios (scenario, \"a \"\"b\"\"\", word);"
            "INSERT INTO scenarios VALUES (0, 0.5, 'left'), (1, 0.25, NULL);",
            NULL, NULL, NULL),
        SQLITE_OK);
    return database;
}

static void columns_stand_in_their_order_and_are_asked_by_name(void **state)
{
    (void)state;
    bg_store_reader self;
    sqlite3_close(make_store("good.sqlite"));
    assert_int_equal(bg_store_open(&self, "good.sqlite", NULL), BG_OK);
    assert_int_equal(self.count, 3);
    assert_string_equal(self.column[0].name, "scenario");
    assert_string_equal(self.column[1].meaning, "budget.growth");
    assert_false(bg_store_is_axis(&self.column[0]));
    assert_true(bg_store_is_axis(&self.column[1]));
    assert_false(bg_store_is_axis(&self.column[2])); /* no number */
    const bg_store_column *const names[] = {&self.column[1], &self.column[2]};
    sqlite3_stmt *rows = bg_store_prepare(&self, "SELECT %c, %c FROM scenarios", names);
    assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
    assert_true(sqlite3_column_double(rows, 0) == 0.5);
    assert_string_equal(bg_store_text(rows, 1), "left");
    assert_int_equal(sqlite3_step(rows), SQLITE_ROW);
    assert_string_equal(bg_store_text(rows, 1), "");
    sqlite3_finalize(rows);
    assert_null(bg_store_prepare(&self, "SELECT nothing FROM nowhere", NULL));
    bg_store_close(&self);
    bg_store_close(&self);
}

static void refuse(const char *path, const char *en, const char *zh)
{
    bg_store_reader self;
    bg_errors errors;
    bg_errors_init(&errors);
    assert_int_equal(bg_store_open(&self, path, &errors), BG_IO);
    assert_string_equal(errors.items[0].file, path);
    assert_true(says_among_others(errors.items[0].message, en));
    assert_true(says_among_others(errors.items[0].message_zh, zh));
    bg_errors_free(&errors);
    bg_store_close(&self);
}

static void what_cannot_be_read_is_said(void **state)
{
    (void)state;
    sqlite3 *database = make_store("locked.sqlite");
    assert_int_equal(sqlite3_exec(database, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    refuse("locked.sqlite", "Another program is writing this store; run this again",
           "请在其结束后重新运行");
    sqlite3_close(database);
    folder_write("text.sqlite", "This is a text, and long enough to be none of SQLite's files.\n");
    refuse("text.sqlite", "The store cannot be read: ", "无法读取结果文件：");
    refuse("nowhere.sqlite", "The store cannot be read: ", "无法读取结果文件：");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_stand_in_their_order_and_are_asked_by_name),
        cmocka_unit_test(what_cannot_be_read_is_said),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
