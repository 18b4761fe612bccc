/* Widths of text and tables whose columns stand under each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/text_table.h"
#include "format/width.h"

static void characters_have_the_width_that_a_terminal_gives_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } rows[] = {
        {"", 0},        {"budget", 6}, {"预算", 4},     {"（元）", 6},
        {"80%区间", 7}, {"±1.5", 4},   {"e\u0301", 1},  {"\u3000", 2},
        {"𠀀", 2},      {"、。", 4},   {"\xff\xfe", 2}, {"a\xe5\x85", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (bg_text_width(rows[i].text) != rows[i].width) {
            fail_msg("\"%s\": %zu, not %zu", rows[i].text, bg_text_width(rows[i].text),
                     rows[i].width);
        }
    }
}

static void assert_prints(bg_text_table *table, int indent, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_text_table_print(table, stream, indent), BG_OK);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

static void columns_align_also_with_wide_characters(void **state)
{
    (void)state;
    bg_text_table table;
    bg_text_table_init(&table, "lrl");
    const char *const cells[] = {"年度", "总额", "x", "2025", "1,234.5", "结余"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        bg_text_table_add(&table, "%s", cells[i]);
    }
    assert_prints(&table, 2,
                  "  年度     总额  x\n"
                  "  2025  1,234.5  结余\n");
}

static void a_short_row_is_filled_up_and_leaves_no_blanks(void **state)
{
    (void)state;
    bg_text_table table;
    bg_text_table_init(&table, "lrr");
    bg_text_table_add(&table, "%d", 2025);
    bg_text_table_end_row(&table);
    bg_text_table_add(&table, "a");
    bg_text_table_add(&table, "12");
    bg_text_table_add(&table, "345");
    assert_prints(&table, 0, "2025\na     12  345\n");
}

static void a_table_may_be_freed_twice_and_used_again(void **state)
{
    (void)state;
    bg_text_table table;
    bg_text_table_init(&table, "l");
    bg_text_table_add(&table, "lost");
    bg_text_table_free(&table);
    bg_text_table_free(&table);
    bg_text_table_add(&table, "kept");
    assert_prints(&table, 0, "kept\n");
}

static void a_note_follows_its_row_and_moves_no_column(void **state)
{
    (void)state;
    bg_text_table table;
    bg_text_table_init(&table, "rl");
    bg_text_table_add(&table, "1");
    bg_text_table_add(&table, "first");
    bg_text_table_note(&table, "= %d + %d", 2, 3);
    bg_text_table_add(&table, "20");
    bg_text_table_add(&table, "second");
    bg_text_table_note(&table, "%s", "");
    assert_prints(&table, 2, "   1  first\n        = 2 + 3\n  20  second\n");
    bg_text_table_note(&table, "on no row");
    assert_prints(&table, 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_have_the_width_that_a_terminal_gives_them),
        cmocka_unit_test(columns_align_also_with_wide_characters),
        cmocka_unit_test(a_short_row_is_filled_up_and_leaves_no_blanks),
        cmocka_unit_test(a_table_may_be_freed_twice_and_used_again),
        cmocka_unit_test(a_note_follows_its_row_and_moves_no_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
