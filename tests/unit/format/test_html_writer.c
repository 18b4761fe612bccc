/* Documents as HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "format/html_writer.h"

static const bg_money_scale wan = {"万元", 1e6, 0};

static char *svg_of(const void *context, const char *name)
{
    return strcmp(name, "fan-residents") == 0 ? strdup(context) : NULL;
}

/* What stands between <main> and </main>; new string. */
static char *written(const bg_document *document, bg_status expected)
{
    const bg_html_page page = {.picture = svg_of, .context = "<svg/>"};
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_int_equal(bg_document_write_html(document, &page, stream), expected);
    fclose(stream);
    char *begin = strstr(text, "<main>\n"), *end = strstr(text, "</main>");
    assert_non_null(begin);
    assert_non_null(end);
    *end = '\0';
    begin = strdup(begin + strlen("<main>\n"));
    free(text);
    return begin;
}

static void assert_written(bg_document *document, const char *expected)
{
    char *text = written(document, BG_OK);
    assert_string_equal(text, expected);
    free(text);
    bg_document_free(document);
}

static void parts_are_elements(void **state)
{
    (void)state;
    bg_document document;
    bg_document_init(&document, "zh");
    bg_document_add(&document, BG_PART_TITLE, 0, "%s", "<b>县</b>");
    bg_document_add(&document, BG_PART_HEADING, 0, "%s", "要点");
    bg_document_add(&document, BG_PART_ITEM, 0, "%s", "一");
    bg_document_add(&document, BG_PART_ITEM, 0, "%s", "二");
    bg_document_add_term(&document, 0, "总额", "5 & 6");
    bg_document_add(&document, BG_PART_CHAPTER, 0, "%s", "居民医保");
    bg_document_add(&document, BG_PART_HEADING, 0, "%s", "预算");
    bg_document_add_gap(&document);
    bg_document_add(&document, BG_PART_NOTE, 0, "%s", "注");
    bg_document_add_chart(&document, "fan-residents", "支出\"%d\"", 2026);
    bg_document_small_chart(&document);
    bg_document_add_chart(&document, "fan-employees", "%s", "没有图");
    bg_document_add_chart(&document, "fan-residents", "%s", "宽");
    bg_document_add(&document, BG_PART_VERBATIM, 0, "%s", "a  b\n");
    assert_written(&document, "<h1>&lt;b&gt;县&lt;/b&gt;</h1>\n"
                              "<h2>要点</h2>\n"
                              "<ol>\n<li>一</li>\n<li>二</li>\n</ol>\n"
                              "<dl>\n<dt>总额</dt>\n<dd>5 &amp; 6</dd>\n</dl>\n"
                              "<h2 class=\"chapter\">居民医保</h2>\n"
                              "<h3>预算</h3>\n"
                              "<p class=\"note\">注</p>\n"
                              "<div class=\"charts\">\n"
                              "<figure><img alt=\"支出&quot;2026&quot;\" "
                              "src=\"data:image/svg+xml;base64,PHN2Zy8+\"></figure>\n"
                              "<figure class=\"wide\"><img alt=\"宽\" "
                              "src=\"data:image/svg+xml;base64,PHN2Zy8+\"></figure>\n"
                              "</div>\n"
                              "<pre>a  b\n</pre>\n");
}

static void a_number_carries_its_exact_value(void **state)
{
    (void)state;
    bg_document document;
    bg_document_init(&document, "zh");
    bg_sheet sheet;
    bg_sheet_init(&sheet, "zh");
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    bg_sheet_add_column(&sheet,
                        (bg_column){.kind = BG_CELL_AMOUNT, .heading = "医保", .scale = wan});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT, .aside = true});
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_AMOUNT, .form = BG_FORM_BAR});
    bg_sheet_add_text(&sheet, "支出");
    bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, 1234567890.125, 2e6);
    bg_sheet_add_text(&sheet, "<5%");
    bg_sheet_add_amount(&sheet, -50);
    bg_sheet_note(&sheet, "说明");
    bg_sheet_add_text(&sheet, "概率");
    bg_sheet_add_interval(&sheet, BG_CELL_SHARE, 0.25, 0.2, 0.3);
    bg_sheet_add_absent(&sheet);
    bg_sheet_add_amount(&sheet, 100);
    bg_document_add_sheet(&document, 0, &sheet);
    assert_written(
        &document,
        "<table>\n<thead><tr><td></td><th scope=\"col\" colspan=\"2\">医保</th><td "
        "class=\"n\"></td></tr></thead>\n<tbody>\n"
        "<tr><th scope=\"row\">支出</th><td class=\"n\"><data value=\"12345678.90\">1,235</data> "
        "<small>±2</small></td><td class=\"aside\">&lt;5%</td><td><svg class=\"bar\" "
        "viewBox=\"0 0 202 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
        "class=\"loss\" x=\"1\" y=\"1\" width=\"100.0\" height=\"10\"/></svg></td></tr>\n"
        "<tr class=\"under\"><td colspan=\"4\">说明</td></tr>\n"
        "<tr><th scope=\"row\">概率</th><td class=\"n\"><data value=\"0.25\">25.0%</data> "
        "<small>±5.0</small></td><td class=\"aside\"></td><td><svg class=\"bar\" viewBox=\"0 0 "
        "202 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"gain\" x=\"1\" "
        "y=\"1\" width=\"200.0\" height=\"10\"/></svg></td></tr>\n"
        "</tbody></table>\n");
}

/* The values of all kinds of cells, as CSV files have them. */
static void values_are_those_of_csv(void **state)
{
    (void)state;
    static const struct {
        bg_cell cell;
        const char *expected;
    } rows[] = {{{.kind = BG_CELL_FEN, .whole = -123456}, "value=\"-1234.56\">-1,235<"},
                {{.kind = BG_CELL_RATE, .whole = BG_ONE / 40}, "value=\"0.025\""},
                {{.kind = BG_CELL_DECIMAL, .whole = 85 * BG_ONE}, "value=\"85\""},
                {{.kind = BG_CELL_NUMBER, .value = 0.125}, "value=\"0.125\""},
                {{.kind = BG_CELL_AMOUNT, .value = 250, .low = 100, .high = 350},
                 "<data value=\"1.00\">1</data> to <data value=\"3.50\">4</data>"},
                {{.kind = BG_CELL_COUNT, .whole = 12}, "value=\"12\""}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bg_document document;
        bg_sheet sheet;
        bg_document_init(&document, "en");
        bg_sheet_init(&sheet, "en");
        const bg_form form = rows[i].cell.kind == BG_CELL_AMOUNT ? BG_FORM_RANGE : BG_FORM_VALUE;
        bg_sheet_add_column(
            &sheet,
            (bg_column){.kind = rows[i].cell.kind, .form = form, .scale = {"yuan", 100, 0}});
        bg_sheet_add(&sheet, rows[i].cell);
        bg_document_add_sheet(&document, 0, &sheet);
        char *text = written(&document, BG_OK);
        assert_non_null(strstr(text, rows[i].expected));
        free(text);
        bg_document_free(&document);
    }
}

static void the_file_says_its_language_and_forbids_requests(void **state)
{
    (void)state;
    static const struct {
        const char *language, *expected;
    } rows[] = {{"en", "<html lang=\"en\">"}, {"zh", "<html lang=\"zh-CN\">"}};
    for (size_t i = 0; i < 2; i++) {
        bg_document document;
        bg_document_init(&document, rows[i].language);
        bg_document_add(&document, BG_PART_TITLE, 0, "%s", "</title>");
        const bg_html_page page = {.running = "x"};
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        assert_int_equal(bg_document_write_html(&document, &page, stream), BG_OK);
        fclose(stream);
        assert_non_null(strstr(text, rows[i].expected));
        assert_non_null(strstr(text, "<title>&lt;/title&gt;</title>"));
        assert_non_null(strstr(text, "default-src 'none'"));
        assert_non_null(strstr(text, "content:\"\\000078\"}"));
        free(text);
        bg_document_free(&document);
    }
}

static void what_was_lost_is_reported(void **state)
{
    (void)state;
    bg_document document;
    bg_sheet sheet;
    bg_document_init(&document, "en");
    bg_sheet_init(&sheet, "en");
    sheet.failed = true;
    bg_document_add_sheet(&document, 0, &sheet);
    free(written(&document, BG_MEMORY));
    bg_document_free(&document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_are_elements),
        cmocka_unit_test(a_number_carries_its_exact_value),
        cmocka_unit_test(values_are_those_of_csv),
        cmocka_unit_test(the_file_says_its_language_and_forbids_requests),
        cmocka_unit_test(what_was_lost_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
