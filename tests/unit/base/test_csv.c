/* Rows of comma-separated values: cells, places, bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "../../support/says.h"
#include "base/csv.h"
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    FILE *stream;
    bg_csv csv;
    bg_errors errors;
} fixture;

static fixture *open_bytes(const char *text, size_t size)
{
    fixture *self = calloc(1, sizeof *self);
    self->stream = tmpfile();
    assert_non_null(self->stream);
    assert_int_equal(fwrite(text, 1, size, self->stream), size);
    rewind(self->stream);
    bg_errors_init(&self->errors);
    bg_csv_init(&self->csv, self->stream, "t.csv", NULL, 4);
    return self;
}

static fixture *open_text(const char *text)
{
    return open_bytes(text, strlen(text));
}

static void drop(fixture *self)
{
    bg_csv_free(&self->csv);
    bg_csv_free(&self->csv);
    bg_errors_free(&self->errors);
    fclose(self->stream);
    free(self);
}

/* The cells of the row, each in brackets. */
static void assert_row(fixture *self, const char *expected)
{
    char joined[512] = "";
    for (size_t i = 0; i < self->csv.count; i++) {
        snprintf(joined + strlen(joined), 128, "[%s]", self->csv.cells[i].text);
    }
    assert_string_equal(joined, expected);
}

static void assert_reads(fixture *self, const char *expected)
{
    assert_int_equal(bg_csv_read(&self->csv, &self->errors), BG_OK);
    assert_false(self->csv.ended);
    assert_row(self, expected);
}

static void assert_ends(fixture *self)
{
    assert_int_equal(bg_csv_read(&self->csv, &self->errors), BG_OK);
    assert_true(self->csv.ended);
    assert_int_equal(self->errors.count, 0);
}

static void assert_refused(fixture *self, bg_status status, int line, int column, const char *text)
{
    assert_int_equal(bg_csv_read(&self->csv, &self->errors), status);
    assert_int_equal(self->errors.count, 1);
    const bg_error *error = &self->errors.items[0];
    assert_string_equal(error->file, "t.csv");
    assert_int_equal(error->line, line);
    assert_int_equal(error->column, column);
    assert_says_among_others(error->message, text);
}

static void cells_are_cut_out_of_rows(void **state)
{
    (void)state;
    fixture *self = open_text("a,b ,\t\" c, \"\"x\"\"\" , \r\n1,\"two\nlines\",5\" wide,\n\nlast");
    assert_reads(self, "[a][b][ c, \"x\"][]");
    assert_reads(self, "[1][two\nlines][5\" wide][]");
    assert_reads(self, "[]");
    assert_true(bg_csv_is_blank(&self->csv));
    assert_reads(self, "[last]");
    assert_false(bg_csv_is_blank(&self->csv));
    assert_ends(self);
    assert_ends(self);
    drop(self);
}

static void rows_end_with_cr_alone_too(void **state)
{
    (void)state;
    fixture *self = open_text("a,b\r1,\"x\ry\"\r\r2,3");
    assert_reads(self, "[a][b]");
    assert_reads(self, "[1][x\ry]");
    assert_int_equal(self->csv.cells[0].mark.line, 2);
    assert_reads(self, "[]");
    assert_reads(self, "[2][3]");
    assert_int_equal(self->csv.cells[1].mark.line, 4);
    assert_int_equal(self->csv.cells[1].mark.column, 3);
    assert_ends(self);
    drop(self);
}

static void a_line_may_name_the_separator(void **state)
{
    (void)state;
    fixture *self = open_text("\xEF\xBB\xBFsep=;\r\na,b,c;d\n1,5;2\n");
    assert_reads(self, "[a,b,c][d]");
    assert_int_equal(self->csv.cells[1].mark.line, 2);
    assert_int_equal(self->csv.cells[1].mark.column, 7);
    assert_true(bg_csv_has_semicolons(&self->csv));
    assert_reads(self, "[1,5][2]");
    drop(self);
    self = open_text("sep=x\n1;2\n");
    assert_reads(self, "[sep=x]");
    assert_false(bg_csv_has_semicolons(&self->csv));
    assert_reads(self, "[1;2]");
    drop(self);
    self = open_text("sep=;\n");
    assert_ends(self);
    drop(self);
}

static void titles_before_the_headings_do_not_choose_the_separator(void **state)
{
    (void)state;
    fixture *self = open_text("2023,2024\nunit\n\"a;b\";c;d\n1,5;2;3\n");
    self->csv.headless = true;
    assert_reads(self, "[2023][2024]");
    assert_reads(self, "[unit]");
    assert_reads(self, "[a;b][c][d]");
    self->csv.headless = false;
    assert_reads(self, "[1,5][2][3]");
    drop(self);
    self = open_text("sep=;\na,b,c\nx;y\n");
    self->csv.headless = true;
    assert_reads(self, "[a,b,c]");
    assert_reads(self, "[x][y]");
    drop(self);
}

static void a_short_row_can_be_given_empty_cells(void **state)
{
    (void)state;
    fixture *self = open_text("a,b\n");
    assert_reads(self, "[a][b]");
    bg_csv_pad(&self->csv, 2);
    assert_row(self, "[a][b]");
    bg_csv_pad(&self->csv, 4);
    assert_row(self, "[a][b][][]");
    assert_int_equal(self->csv.cells[3].mark.column, 3);
    bg_csv_read(&self->csv, &self->errors);
    bg_csv_pad(&self->csv, 2); /* there is no row to be given any */
    assert_int_equal(self->csv.count, 0);
    drop(self);
}

static void a_workbook_is_no_table_of_text(void **state)
{
    (void)state;
    fixture *self = open_bytes("PK\3\4\0\0x", 7);
    assert_refused(self, BG_ENCODING, 1, 1, "this is a workbook (.xlsx)");
    assert_false(self->csv.readable);
    drop(self);
    self = open_bytes("\xD0\xCF\x11\xE0\xA1", 5);
    assert_refused(self, BG_ENCODING, 1, 1,
                   "a workbook of an old kind (.xls, .et) or one with a password");
    drop(self);
    self = open_text("PK\3");
    assert_reads(self, "[PK\3]");
    drop(self);
}

static void a_cell_knows_its_line_and_column_in_characters(void **state)
{
    (void)state;
    fixture *self = open_text("\xEF\xBB\xBF年度,金额,z\n1, \"a\nb\", x\n,,y\n");
    assert_reads(self, "[年度][金额][z]");
    assert_int_equal(self->csv.cells[2].mark.column, 7);
    assert_reads(self, "[1][a\nb][x]");
    assert_int_equal(self->csv.cells[1].mark.line, 2);
    assert_int_equal(self->csv.cells[1].mark.column, 4);
    assert_int_equal(self->csv.cells[2].mark.line, 3);
    assert_int_equal(self->csv.cells[2].mark.column, 5);
    assert_reads(self, "[][][y]");
    assert_int_equal(self->csv.cells[2].mark.line, 4);
    drop(self);
}

static void the_separator_is_the_one_that_the_first_line_has_most_often(void **state)
{
    (void)state;
    fixture *self = open_text("a;b,c;d\n1,5;\"2;3\";4\n");
    assert_reads(self, "[a][b,c][d]");
    assert_reads(self, "[1,5][2;3][4]");
    drop(self);
    self = open_text("a\tb\n\t2,3\n");
    assert_reads(self, "[a][b]");
    assert_reads(self, "[][2,3]");
    drop(self);
}

static void a_quotation_mark_inside_a_bare_cell_is_text(void **state)
{
    (void)state;
    fixture *self = open_text("a;b\n1, \"2;x\n3;4\n");
    assert_reads(self, "[a][b]");
    assert_reads(self, "[1, \"2][x]");
    assert_reads(self, "[3][4]");
    assert_ends(self);
    drop(self);
}

static void text_behind_a_quotation_mark_is_refused_and_the_row_kept(void **state)
{
    (void)state;
    fixture *self = open_text("a,b\n1,\"2\" 3 ,4\n5,6\n");
    assert_reads(self, "[a][b]");
    assert_refused(self, BG_SYNTAX, 2, 7, "behind a closing quotation mark");
    assert_true(self->csv.readable);
    assert_row(self, "[1][23][4]");
    assert_reads(self, "[5][6]");
    drop(self);
}

static void what_cannot_be_read_on_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size;
        bg_status status;
        int column;
        const char *message;
    } rows[] = {
        {"a,\"b\nc", 6, BG_SYNTAX, 3, "never closed"},
        {"1,2,3,4,5", 9, BG_LIMIT, 9, "more than 4 fields"},
        {"1,\0002", 4, BG_ENCODING, 1, "zero byte"},
        {"1,\xFF\xFF", 4, BG_ENCODING, 1, "neither UTF-8 nor GB18030"},
        {"1,\xB8", 3, BG_ENCODING, 1, "neither UTF-8 nor GB18030"},          /* half a character */
        {"县\xE5\xB9", 5, BG_ENCODING, 1, "not UTF-8, as its beginning is"}, /* cut off */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fixture *self = open_bytes(rows[i].text, rows[i].size);
        assert_refused(self, rows[i].status, 1, rows[i].column, rows[i].message);
        assert_false(self->csv.readable);
        drop(self);
    }
}

static void text_in_gb18030_is_given_as_utf8(void **state)
{
    (void)state;
    /* Characters of two bytes, one with a second byte that is a backslash, and of four, with digits. */
    fixture *self =
        open_text("a,b\n\xCF\xD8,\xBD\xF0\xB6\xEE\n\x81\x5C\x95\x34\xB2\x35,\"\xB8\xCD,\"\nx,1\n");
    assert_reads(self, "[a][b]");
    assert_int_equal(self->csv.encoding, BG_CSV_ASCII);
    assert_reads(self, "[县][金额]");
    assert_int_equal(self->csv.encoding, BG_CSV_GB18030);
    assert_int_equal(self->csv.cells[1].mark.column, 3);
    assert_reads(self, "[乗𠮷][竿,]");
    assert_reads(self, "[x][1]");
    assert_ends(self);
    drop(self);
}

static void text_that_begins_as_utf8_goes_on_so(void **state)
{
    (void)state;
    fixture *self = open_text("县,1\n\xB8\xCD,2\n");
    assert_reads(self, "[县][1]");
    assert_int_equal(self->csv.encoding, BG_CSV_UTF8);
    assert_refused(self, BG_ENCODING, 2, 1, "not UTF-8, as its beginning is");
    assert_false(self->csv.readable);
    drop(self);
}

static void a_row_beyond_a_mebibyte_is_refused(void **state)
{
    (void)state;
    fixture *self = open_text("");
    for (size_t i = 0; i <= BG_CSV_MAX_ROW; i++) {
        fputc('x', self->stream);
    }
    rewind(self->stream);
    assert_refused(self, BG_LIMIT, 1, 1, "more than 1048576 bytes");
    assert_false(self->csv.readable);
    drop(self);
}

static void a_stream_that_fails_is_reported(void **state)
{
    (void)state;
    fixture *self = open_text("a\n");
    FILE *only_written = fopen("/dev/null", "w");
    self->csv.stream = only_written;
    assert_refused(self, BG_IO, 1, 1, "cannot be read");
    fclose(only_written);
    drop(self);
}

static void a_written_cell_reads_back(void **state)
{
    (void)state;
    static const char *const cells[] = {"plain", "", "a,b", "say \"so\"", " edge", "two\nlines"};
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        fixture *self = open_text("");
        fputs("x,", self->stream);
        bg_csv_write(self->stream, cells[i]);
        rewind(self->stream);
        char expected[64];
        snprintf(expected, sizeof expected, "[x][%s]", cells[i]);
        assert_reads(self, expected);
        assert_ends(self);
        drop(self);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_cut_out_of_rows),
        cmocka_unit_test(rows_end_with_cr_alone_too),
        cmocka_unit_test(a_line_may_name_the_separator),
        cmocka_unit_test(titles_before_the_headings_do_not_choose_the_separator),
        cmocka_unit_test(a_short_row_can_be_given_empty_cells),
        cmocka_unit_test(a_workbook_is_no_table_of_text),
        cmocka_unit_test(a_cell_knows_its_line_and_column_in_characters),
        cmocka_unit_test(the_separator_is_the_one_that_the_first_line_has_most_often),
        cmocka_unit_test(a_quotation_mark_inside_a_bare_cell_is_text),
        cmocka_unit_test(text_behind_a_quotation_mark_is_refused_and_the_row_kept),
        cmocka_unit_test(what_cannot_be_read_on_is_said),
        cmocka_unit_test(text_in_gb18030_is_given_as_utf8),
        cmocka_unit_test(text_that_begins_as_utf8_goes_on_so),
        cmocka_unit_test(a_row_beyond_a_mebibyte_is_refused),
        cmocka_unit_test(a_stream_that_fails_is_reported),
        cmocka_unit_test(a_written_cell_reads_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
