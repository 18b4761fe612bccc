#include "format/html_writer.h"

#include "format/cell_text.h"
#include "format/html_style.h"
#include "format/html_text.h"

#include <baogan/version.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_RUNNING = 90 };

static void put(const char *text, FILE *stream)
{
    bg_html_put(text, strlen(text), stream);
}

static void put_element(const char *open, const char *text, const char *close, FILE *stream)
{
    fputs(open, stream);
    put(text, stream);
    fprintf(stream, "%s\n", close);
}

/* ---- cells ---- */

static bool is_number(const bg_cell *cell)
{
    return cell->kind != BG_CELL_ABSENT && cell->kind != BG_CELL_TEXT;
}

/* An amount, share or number that is no whole one, as CSV files have it. */
static void put_real(const bg_cell *cell, double value, FILE *stream)
{
    if (cell->kind == BG_CELL_AMOUNT) {
        fprintf(stream, "%.2f", value / 100 + 0.0);
    } else {
        fprintf(stream, "%.15g", value + 0.0);
    }
}

/* The exact value, as CSV files have it. */
static void put_value(const bg_cell *cell, FILE *stream)
{
    char number[BG_NUMBER_TEXT];
    switch (cell->kind) {
    case BG_CELL_FEN:
        fputs(bg_money_text(cell->whole, number), stream);
        break;
    case BG_CELL_RATE:
    case BG_CELL_DECIMAL:
        fputs(bg_decimal_text(cell->whole, number), stream);
        break;
    case BG_CELL_AMOUNT:
    case BG_CELL_SHARE:
    case BG_CELL_NUMBER:
        put_real(cell, cell->value, stream);
        break;
    default:
        fprintf(stream, "%" PRId64, cell->whole);
    }
}

/* "1.1至1.3": an element for each end. */
static void put_range(const bg_cell *cell, const char *text, const char *language, FILE *stream)
{
    const char *between = strcmp(language, "zh") == 0 ? "至" : " to ";
    const char *middle = strstr(text, between);
    const size_t length = middle ? (size_t)(middle - text) : strlen(text);
    fputs("<data value=\"", stream);
    put_real(cell, cell->low, stream);
    fputs("\">", stream);
    bg_html_put(text, length, stream);
    fprintf(stream, "</data>%s<data value=\"", middle ? between : "");
    put_real(cell, cell->high, stream);
    fputs("\">", stream);
    put(middle ? middle + strlen(between) : "", stream);
    fputs("</data>", stream);
}

/* "59,082 <small>±83</small>": the value, and in small print what follows it. */
static void put_number(const bg_cell *cell, const char *text, FILE *stream)
{
    const char *more = strchr(text, ' ');
    fputs("<data value=\"", stream);
    put_value(cell, stream);
    fputs("\">", stream);
    bg_html_put(text, more ? (size_t)(more - text) : strlen(text), stream);
    fputs("</data>", stream);
    if (more) {
        fputs(" <small>", stream);
        put(more + 1, stream);
        fputs("</small>", stream);
    }
}

static double largest_of_column(const bg_sheet *sheet, size_t column)
{
    double largest = 0;
    for (size_t row = 0; row < bg_sheet_row_count(sheet); row++) {
        const bg_cell *cell = bg_sheet_cell(sheet, row, column);
        largest = bg_cell_is_absent(cell) ? largest : fmax(largest, fabs(cell->value));
    }
    return largest;
}

static void put_bar(const bg_sheet *sheet, const bg_cell *cell, size_t column, FILE *stream)
{
    enum { LENGTH = 200 };
    const double largest = largest_of_column(sheet, column);
    if (largest > 0) {
        fprintf(stream,
                "<svg class=\"bar\" viewBox=\"0 0 %d 12\" preserveAspectRatio=\"none\" "
                "aria-hidden=\"true\"><rect class=\"%s\" x=\"1\" y=\"1\" width=\"%.1f\" "
                "height=\"10\"/></svg>",
                LENGTH + 2, cell->value < 0 ? "loss" : "gain",
                LENGTH * fabs(cell->value) / largest);
    }
}

static void put_cell(const bg_sheet *sheet, size_t row, size_t column, FILE *stream)
{
    const bg_cell *cell = bg_sheet_cell(sheet, row, column);
    const bg_column *of = &sheet->columns[column];
    const bool head = column == 0 && cell->kind <= BG_CELL_YEAR && cell->kind != BG_CELL_ABSENT;
    char buffer[BG_CELL_ROOM];
    const char *text = bg_cell_text(sheet, row, column, buffer);
    fputs(head                                                        ? "<th scope=\"row\">"
          : of->aside                                                 ? "<td class=\"aside\">"
          : of->form != BG_FORM_BAR && (is_number(cell) || of->right) ? "<td class=\"n\">"
                                                                      : "<td>",
          stream);
    if (of->form == BG_FORM_BAR && !bg_cell_is_absent(cell)) {
        put_bar(sheet, cell, column, stream);
    } else if (is_number(cell) && !bg_cell_is_absent(cell) && of->form == BG_FORM_RANGE) {
        put_range(cell, text, sheet->language, stream);
    } else if (is_number(cell) && !bg_cell_is_absent(cell)) {
        put_number(cell, text, stream);
    } else {
        put(text, stream);
    }
    put(cell->mark ? cell->mark : "", stream);
    fputs(head ? "</th>" : "</td>", stream);
}

/* ---- sheets ---- */

static bool has_headings(const bg_sheet *sheet)
{
    bool any = false;
    for (size_t j = 0; j < sheet->column_count; j++) {
        any = any || sheet->columns[j].heading;
    }
    return any;
}

/* A heading stands over the small print beside its column, too. */
static void put_headings(const bg_sheet *sheet, FILE *stream)
{
    fputs("<thead><tr>", stream);
    for (size_t j = 0; j < sheet->column_count; j++) {
        const bg_column *column = &sheet->columns[j];
        const bool wide = j + 1 < sheet->column_count && sheet->columns[j + 1].aside;
        const bool number = column->kind != BG_CELL_TEXT || column->right;
        const char *heading = column->heading ? column->heading : "";
        if (column->aside) {
            continue;
        }
        fprintf(stream, "<%s%s%s>", *heading ? "th scope=\"col\"" : "td",
                wide ? " colspan=\"2\"" : "", number && j > 0 && !wide ? " class=\"n\"" : "");
        put(heading, stream);
        fputs(*heading ? "</th>" : "</td>", stream);
    }
    fputs("</tr></thead>\n", stream);
}

static void put_row(const bg_sheet *sheet, size_t row, FILE *stream)
{
    const char *note = NULL;
    bool stressed = false;
    for (size_t j = 0; j < sheet->column_count; j++) {
        stressed = stressed || bg_sheet_cell(sheet, row, j)->stressed;
    }
    fputs(stressed ? "<tr class=\"stressed\">" : "<tr>", stream);
    for (size_t j = 0; j < sheet->column_count; j++) {
        const bg_cell *cell = bg_sheet_cell(sheet, row, j);
        put_cell(sheet, row, j, stream);
        note = cell->note ? cell->note : note;
    }
    fputs("</tr>\n", stream);
    if (note) {
        fprintf(stream, "<tr class=\"under\"><td colspan=\"%zu\">", sheet->column_count);
        put_element("", note, "</td></tr>", stream);
    }
}

static bg_status put_sheet(const bg_sheet *sheet, FILE *stream)
{
    if (sheet->failed) {
        return BG_MEMORY;
    }
    fputs("<table>\n", stream);
    if (has_headings(sheet)) {
        put_headings(sheet, stream);
    }
    fputs("<tbody>\n", stream);
    for (size_t row = 0; row < bg_sheet_row_count(sheet); row++) {
        put_row(sheet, row, stream);
    }
    fputs("</tbody></table>\n", stream);
    return BG_OK;
}

/* ---- parts ---- */

static void put_chart(const bg_part *part, const bg_html_page *page, FILE *stream)
{
    char *picture = page->picture ? page->picture(page->context, part->picture) : NULL;
    if (picture) {
        fputs(part->small ? "<figure><img alt=\"" : "<figure class=\"wide\"><img alt=\"", stream);
        put(part->text, stream);
        fputs("\" src=\"data:image/svg+xml;base64,", stream);
        bg_html_put_base64(picture, strlen(picture), stream);
        fputs("\"></figure>\n", stream);
    }
    free(picture);
}

/* What parts of a kind that follow one another stand in; "" for nothing. */
typedef struct group {
    const char *open, *close;
} group;

static group group_of(bg_part_kind kind)
{
    switch (kind) {
    case BG_PART_ITEM:
        return (group){"<ol>\n", "</ol>\n"};
    case BG_PART_TERM:
        return (group){"<dl>\n", "</dl>\n"};
    case BG_PART_CHART:
        return (group){"<div class=\"charts\">\n", "</div>\n"};
    default:
        return (group){"", ""};
    }
}

/* The elements of parts that are a text. Headings stand below chapters, where there are some. */
static void put_text(const bg_part *part, bool below, FILE *stream)
{
    static const struct {
        const char *open, *close;
    } elements[] = {[BG_PART_TITLE] = {"<h1>", "</h1>"},
                    [BG_PART_CHAPTER] = {"<h2 class=\"chapter\">", "</h2>"},
                    [BG_PART_HEADING] = {"<h2>", "</h2>"},
                    [BG_PART_SENTENCE] = {"<p>", "</p>"},
                    [BG_PART_PARAGRAPH] = {"<p>", "</p>"},
                    [BG_PART_LINE] = {"<p>", "</p>"},
                    [BG_PART_ITEM] = {"<li>", "</li>"},
                    [BG_PART_NOTE] = {"<p class=\"note\">", "</p>"},
                    [BG_PART_VERBATIM] = {"<pre>", "</pre>"}};
    const bool deeper = below && part->kind == BG_PART_HEADING;
    put_element(deeper ? "<h3>" : elements[part->kind].open, part->text,
                deeper ? "</h3>" : elements[part->kind].close, stream);
}

static bg_status put_part(const bg_part *part, const bg_html_page *page, bool below, FILE *stream)
{
    switch (part->kind) {
    case BG_PART_TERM:
        put_element("<dt>", part->term, "</dt>", stream);
        put_element("<dd>", part->text, "</dd>", stream);
        break;
    case BG_PART_SHEET:
        return put_sheet(&part->sheet, stream);
    case BG_PART_CHART:
        put_chart(part, page, stream);
        break;
    case BG_PART_GAP:
        break;
    default:
        put_text(part, below, stream);
    }
    return BG_OK;
}

/* ---- the file ---- */

static const char *title_of(const bg_document *self)
{
    for (size_t i = 0; i < self->count; i++) {
        if (self->parts[i].kind == BG_PART_TITLE) {
            return self->parts[i].text;
        }
    }
    return "baogan";
}

/* Margins and what is printed in them. */
static void put_paper(const bg_html_page *page, bool chinese, FILE *stream)
{
    fputs("@page{size:A4;margin:14mm 14mm 13mm;font-family:\"Noto Sans CJK SC\",\"Microsoft "
          "YaHei\",\"WenQuanYi Micro Hei\",sans-serif;",
          stream);
    if (page->running) {
        fputs("@top-left{font-size:8pt;color:#59636b;content:", stream);
        bg_html_put_css_string(page->running, LONGEST_RUNNING, stream);
        fputs("}", stream);
    }
    fprintf(stream, "@bottom-right{font-size:8pt;color:#59636b;content:%s}}\n",
            chinese ? "\"第\"counter(page)\"页，共\"counter(pages)\"页\""
                    : "\"Page \"counter(page)\" of \"counter(pages)");
}

static void put_head(const bg_document *self, const bg_html_page *page, FILE *stream)
{
    const bool chinese = strcmp(self->language, "zh") == 0;
    fprintf(stream,
            "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta name=\"generator\" content=\"baogan %s\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "img-src data:; style-src 'unsafe-inline'\">\n",
            chinese ? "zh-CN" : "en", BG_VERSION);
    put_element("<title>", title_of(self), "</title>", stream);
    fputs("<style>\n", stream);
    fputs(bg_html_style, stream);
    put_paper(page, chinese, stream);
    fputs("</style>\n</head>\n<body>\n<main>\n", stream);
}

bg_status bg_document_write_html(const bg_document *self, const bg_html_page *page, FILE *stream)
{
    if (self->failed) {
        return BG_MEMORY;
    }
    bg_status status = BG_OK;
    bool below = false; /* a chapter */
    put_head(self, page, stream);
    for (size_t i = 0; i < self->count; i++) {
        const bg_part *part = &self->parts[i];
        const bool begins = i == 0 || self->parts[i - 1].kind != part->kind;
        const bool ends = i + 1 == self->count || self->parts[i + 1].kind != part->kind;
        below = below || part->kind == BG_PART_CHAPTER;
        fputs(begins ? group_of(part->kind).open : "", stream);
        bg_first(&status, put_part(part, page, below, stream));
        fputs(ends ? group_of(part->kind).close : "", stream);
    }
    fputs("</main>\n</body>\n</html>\n", stream);
    return status;
}
