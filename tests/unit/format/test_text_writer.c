/* Sheets and documents as people read them. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "format/text_writer.h"

static const bg_money_scale million = {"million yuan", 1e8, 2};

static void assert_text(const bg_sheet *sheet, int indent, const char *expected)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_text(sheet, stream, indent), BG_OK);
    fclose(stream);
    assert_string_equal(text, expected);
    free(text);
}

static void assert_cell(const char *language, bg_column column, bg_cell cell, const char *expected)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(&sheet, column);
    bg_sheet_add(&sheet, cell);
    assert_text(&sheet, 0, expected);
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
        {{0}, {.kind = BG_CELL_TEXT, .text = "县级医院"}, "县级医院\n"},
        {{0}, {.kind = BG_CELL_YEAR, .whole = 2026}, "2026\n"},
        {{0}, {.kind = BG_CELL_COUNT, .whole = 12345}, "12345\n"},
        {{0}, {.kind = BG_CELL_FEN, .whole = -123456789}, "-1,234,567.89\n"},
        {{.scale = million}, {.kind = BG_CELL_FEN, .whole = 123456789}, "1.23\n"},
        {{0}, {.kind = BG_CELL_RATE, .whole = 35 * BG_ONE / 1000}, "3.5%\n"},
        {{0}, {.kind = BG_CELL_RATE, .whole = BG_ONE / 20, .mark = "*"}, "5%*\n"},
        {{0}, {.kind = BG_CELL_DECIMAL, .whole = 855 * BG_ONE / 10}, "85.5\n"},
        {{0}, {.kind = BG_CELL_NUMBER, .value = 1234567.2}, "1,234,567\n"},
        {{.decimals = 3}, {.kind = BG_CELL_NUMBER, .value = 0.5}, "0.500\n"},
        {{.decimals = 3, .form = BG_FORM_RANGE},
         {.kind = BG_CELL_NUMBER, .low = 0.25, .high = 0.5},
         "0.250 to 0.500\n"},
        {{.form = BG_FORM_WHOLE},
         {.kind = BG_CELL_SHARE, .value = 0.554, .low = 0.537, .high = 0.573},
         "55% ±2\n"},
        {{.form = BG_FORM_WHOLE},
         {.kind = BG_CELL_SHARE, .value = 0.554, .low = 0.553, .high = 0.555},
         "55% ±<1\n"},
        {{.form = BG_FORM_WHOLE}, {.kind = BG_CELL_SHARE, .value = 0.0049}, "<1%\n"},
        {{.form = BG_FORM_WHOLE}, {.kind = BG_CELL_SHARE, .value = 1, .high = 1}, ">99%\n"},
        {{.form = BG_FORM_BAR}, {.kind = BG_CELL_AMOUNT, .value = 5}, "\n"},
        {{.scale = million}, {.kind = BG_CELL_AMOUNT, .value = NAN}, "\n"},
        {{.scale = million}, {.kind = BG_CELL_AMOUNT, .value = -1}, "0.00\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_cell("en", rows[i].column, rows[i].cell, rows[i].expected);
    }
}

static void an_estimate_of_money_shows_as_its_column_says(void **state)
{
    (void)state;
    const bg_cell cell = {
        .kind = BG_CELL_AMOUNT, .value = 1.5e10, .error = 2e9, .low = 1e10, .high = 2e10};
    const bg_cell small = {.kind = BG_CELL_AMOUNT, .value = 1e8, .error = 1};
    const bg_cell unclear = {.kind = BG_CELL_AMOUNT, .value = 1e8, .error = 2e8};
    const struct {
        const char *language;
        bg_form form;
        bg_cell cell;
        const char *expected;
    } rows[] = {
        {"en", BG_FORM_VALUE, cell, "150.00 ±20.00\n"},
        {"en", BG_FORM_VALUE, small, "1.00\n"},
        {"en", BG_FORM_VALUE, {.kind = BG_CELL_AMOUNT, .value = 1e8, .error = NAN}, "1.00\n"},
        {"en", BG_FORM_FITTED, cell, "150 ±20\n"},
        {"en", BG_FORM_FITTED, small, "1.00\n"},
        {"en", BG_FORM_NAMED, cell, "150.00 million yuan\n"},
        {"en", BG_FORM_RANGE, cell, "100.00 to 200.00\n"},
        {"zh", BG_FORM_RANGE, cell, "100.00至200.00\n"},
        {"en", BG_FORM_ERROR, {.kind = BG_CELL_AMOUNT, .value = 2e9}, "±20.00\n"},
        {"en", BG_FORM_ERROR, {.kind = BG_CELL_AMOUNT, .value = 1}, "\n"},
        {"en", BG_FORM_ERROR, {.kind = BG_CELL_AMOUNT, .value = NAN}, "–\n"},
        {"en", BG_FORM_ERROR, {.kind = BG_CELL_ABSENT}, "\n"},
        {"en", BG_FORM_CHANGE, cell, "+150.00 ±20.00\n"},
        {"en", BG_FORM_CHANGE, small, "+1.00\n"},
        {"en", BG_FORM_CHANGE, unclear, "(+1.00 ±2.00)\n"},
        {"en", BG_FORM_CHANGE, {.kind = BG_CELL_AMOUNT, .value = -1e8}, "-1.00\n"},
        {"en", BG_FORM_CHANGE, {.kind = BG_CELL_AMOUNT, .value = 1}, "0.00\n"},
        {"en", BG_FORM_CHANGE, {.kind = BG_CELL_AMOUNT, .value = 0, .error = 1e8}, "0.00 ±1.00\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_cell(rows[i].language, (bg_column){.form = rows[i].form, .scale = million},
                    rows[i].cell, rows[i].expected);
    }
}

static void an_estimate_of_a_share_shows_as_its_column_says(void **state)
{
    (void)state;
    const bg_cell half = {.kind = BG_CELL_SHARE, .value = .542, .low = .532, .high = .552};
    const bg_cell sure = {.kind = BG_CELL_SHARE, .value = .5, .low = .4995, .high = .5005};
    const bg_cell never = {.kind = BG_CELL_SHARE, .value = 0, .low = 0, .high = .00038};
    const bg_cell always = {.kind = BG_CELL_SHARE, .value = 1, .low = .99962, .high = 1};
    const bg_cell more = {.kind = BG_CELL_SHARE, .value = .0123, .error = .002};
    const bg_cell exact = {.kind = BG_CELL_SHARE, .value = -.0123, .error = NAN};
    const bg_cell same = {.kind = BG_CELL_SHARE, .value = 0, .error = 0};
    const struct {
        bg_form form;
        bg_cell cell;
        const char *expected;
    } rows[] = {
        {BG_FORM_VALUE, half, "54.2% ±1.0\n"},  {BG_FORM_VALUE, sure, "50.00% ±0.05\n"},
        {BG_FORM_VALUE, never, "<0.038%\n"},    {BG_FORM_VALUE, always, ">99.96%\n"},
        {BG_FORM_PLAIN, half, "54.2%\n"},       {BG_FORM_BRACKETS, half, "54.2% (53.2–55.2)\n"},
        {BG_FORM_CHANGE, more, "+1.2% ±0.2\n"}, {BG_FORM_CHANGE, exact, "-1.2%\n"},
        {BG_FORM_POINTS, more, "+1.2 ±0.2\n"},  {BG_FORM_POINTS, exact, "-1.2\n"},
        {BG_FORM_POINTS, same, "0.0\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_cell("en", (bg_column){.form = rows[i].form}, rows[i].cell, rows[i].expected);
    }
}

static void headings_stand_over_columns_also_with_wide_characters(void **state)
{
    (void)state;
    static const struct {
        const char *language, *year, *budget, *party, *expected;
    } rows[] = {
        {"en", "Year", "Budget", "hospital", "  Year     Budget  hospital\n  2026  12,345.00  a\n"},
        {"zh", "年度", "年度总额", "县级医院",
         "  年度   年度总额  县级医院\n  2026  12,345.00  a\n"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_sheet sheet;
        bg_sheet_init(&sheet, rows[i].language);
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_YEAR, .heading = rows[i].year});
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_FEN, .heading = rows[i].budget});
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT, .heading = rows[i].party});
        bg_sheet_add_year(&sheet, 2026);
        bg_sheet_add_fen(&sheet, 1234500);
        bg_sheet_add_text(&sheet, "a");
        assert_text(&sheet, 2, rows[i].expected);
        bg_sheet_free(&sheet);
    }
}

static void texts_may_be_aligned_right_and_rows_have_notes(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet,
                        (bg_column){.kind = BG_CELL_TEXT, .right = true, .heading = "value"});
    bg_sheet_add_text(&sheet, "growth");
    bg_sheet_add_text(&sheet, "4%");
    bg_sheet_note(&sheet, "from: the plan");
    bg_sheet_add_text(&sheet, "cap");
    bg_sheet_end_row(&sheet);
    assert_text(&sheet, 0, "        value\ngrowth     4%\n      from: the plan\ncap\n");
    bg_sheet_free(&sheet);
}

static void a_document_is_written_part_by_part(void **state)
{
    (void)state;
    bg_document document;
    bg_document_init(&document, "zh");
    bg_document_add(&document, BG_PART_TITLE, 0, "%s", "测试县");
    bg_document_add(&document, BG_PART_SENTENCE, 0, "%d future%s.", 10, "s");
    bg_document_add(&document, BG_PART_CHAPTER, 0, "%s", "居民医保");
    bg_document_add(&document, BG_PART_HEADING, 0, "%s", "要点");
    bg_document_add(&document, BG_PART_SENTENCE, 2, "%s",
                    "A sentence that is longer than a line of the page is broken where it may, and "
                    "goes on two blanks further in.");
    bg_document_add_chart(&document, "expense-residents", "Expense");
    bg_document_add_gap(&document);
    bg_document_add(&document, BG_PART_ITEM, 2, "%s", "First.");
    bg_document_add(&document, BG_PART_ITEM, 2, "%s", "Second.");
    bg_document_add(&document, BG_PART_NOTE, 0, "%s", "A note.");
    bg_document_add(&document, BG_PART_ITEM, 0, "%s", "Of another list.");
    bg_document_add(&document, BG_PART_VERBATIM, 0, "%s", "as  it\n is\n");
    bg_document_add(&document, BG_PART_HEADING, 2, "%d (%s)", 2026, "万元");
    bg_document_add(&document, BG_PART_LINE, 1, "%s",
                    "A line that is longer than a line of the page stays one, since it says so.");
    bg_document_add(&document, BG_PART_PARAGRAPH, 1, "%s",
                    "A paragraph is broken as well and goes on where it began, as running text of "
                    "letters does.");
    bg_sheet sheet;
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_YEAR, .heading = "年"});
    bg_sheet_add_year(&sheet, 2026);
    bg_document_add_sheet(&document, 2, &sheet);
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_document_write_text(&document, stream), BG_OK);
    fclose(stream);
    assert_string_equal(text,
                        "测试县\n"
                        "======\n"
                        "10 futures.\n"
                        "\n## 居民医保\n"
                        "\n要点\n"
                        "  A sentence that is longer than a line of the page is broken where "
                        "it may, and\n"
                        "    goes on two blanks further in.\n"
                        "\n"
                        "  1. First.\n"
                        "  2. Second.\n"
                        "A note.\n"
                        "1. Of another list.\n"
                        "as  it\n is\n"
                        "\n  2026 (万元)\n"
                        " A line that is longer than a line of the page stays one, since it says "
                        "so.\n"
                        " A paragraph is broken as well and goes on where it began, as running "
                        "text of\n"
                        " letters does.\n"
                        "    年\n"
                        "  2026\n");
    free(text);
    bg_document_free(&document);
}

static void what_was_lost_is_reported(void **state)
{
    (void)state;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_column(&sheet, (bg_column){.heading = "x"});
    sheet.failed = true;
    bg_document document;
    bg_document_init(&document, "en");
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_sheet_write_text(&sheet, stream, 2), BG_MEMORY);
    bg_document_add(&document, BG_PART_SENTENCE, 0, "said");
    bg_document_add_sheet(&document, 2, &sheet);
    assert_int_equal(bg_document_write_text(&document, stream), BG_MEMORY);
    fclose(stream);
    assert_string_equal(text, "said\n");
    free(text);
    bg_document_free(&document);
    document.failed = true;
    assert_int_equal(bg_document_write_text(&document, stdout), BG_MEMORY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_has_its_form),
        cmocka_unit_test(an_estimate_of_money_shows_as_its_column_says),
        cmocka_unit_test(an_estimate_of_a_share_shows_as_its_column_says),
        cmocka_unit_test(headings_stand_over_columns_also_with_wide_characters),
        cmocka_unit_test(texts_may_be_aligned_right_and_rows_have_notes),
        cmocka_unit_test(a_document_is_written_part_by_part),
        cmocka_unit_test(what_was_lost_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
