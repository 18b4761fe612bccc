/* What providers do, and what it comes to. */
#include "report/response_rows.h"
#include "report/text_page.h"
#include "statistics/uncertainty.h"

enum { INDENT = 2 };

static void add_row(const bg_text_page *page, size_t scheme, size_t year, bg_sheet *sheet)
{
    const bg_response_year *of = bg_projection_response(page->report->projection, scheme, year);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%d", bg_text_page_year(page, year)));
    if (of->known) {
        bg_sheet_add_text(
            sheet, bg_sheet_keep(sheet, "%.2f ±%.2f", of->kept, bg_margin_of_se(of->kept_se)));
    } else {
        bg_sheet_add_absent(sheet);
    }
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.0f%%", 100 * of->strength));
    bg_sheet_add_fen(sheet, (bg_fen)of->without);
    bg_sheet_add_fen(sheet, (bg_fen)of->with);
    if (of->without > 0) {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%+.1f%%", 100 * bg_response_change(of)));
    } else {
        bg_sheet_add_absent(sheet);
    }
}

void bg_text_page_response(bg_text_page *page, size_t scheme)
{
    if (!bg_response_known(page->report)) {
        return;
    }
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Year", "年度")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Kept of a yuan", "每元留用")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "In force", "反应程度")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "If they did nothing", "不反应")},
        {.kind = BG_CELL_FEN,
         .scale = page->unit,
         .heading = bg_text_page_words(page, "As it is", "有反应")},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Change", "变化")},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t year = 0; year < bg_projection_year_count(page->report->projection); year++) {
        add_row(page, scheme, year, &sheet);
    }
    bg_text_page_heading(page, BG_LABEL_response_heading);
    bg_document_add_sheet(page->document, INDENT, &sheet);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_response_words, page->language));
}
