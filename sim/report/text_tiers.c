/* Tiers on the whole amount: their cliffs; and bands of which the plan does not say how they are meant. */
#include "report/text_page.h"
#include "study/tiers.h"

#include <math.h>

enum { INDENT = 2 };

static const char *side(const bg_text_page *page, const bg_share_terms *sharing)
{
    return sharing->overspend ? bg_text_page_words(page, "overspend", "超支")
                              : bg_text_page_words(page, "surplus", "结余");
}

static void add_columns(const bg_text_page *page, bg_sheet *sheet)
{
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, page->language)},
        {.kind = BG_CELL_TEXT, .heading = bg_text_page_words(page, "Side", "方向")},
        {.kind = BG_CELL_RATE, .heading = bg_text_page_words(page, "Edge", "界限")},
        {.kind = BG_CELL_FEN,
         .heading = bg_text_page_words(page, "Amount there", "对应金额"),
         .scale = page->unit},
        {.kind = BG_CELL_FEN,
         .heading = bg_text_page_words(page, "One fen more moves", "多一分变动"),
         .scale = page->unit},
        {.kind = BG_CELL_SHARE,
         .heading = bg_text_page_words(page, "Within 0.5 points", "相距0.5个百分点以内")}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

static void tabulate(const bg_text_page *page, const bg_tiers *tiers)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    add_columns(page, &sheet);
    for (size_t i = 0; i < tiers->edge_count; i++) {
        const bg_tier_edge *edge = &tiers->edge[i];
        bg_sheet_add_year(&sheet, edge->year);
        bg_sheet_add_text(&sheet, side(page, &edge->sharing));
        bg_sheet_add_rate(&sheet, edge->sharing.limit[edge->band]);
        bg_sheet_add_fen(&sheet, edge->at);
        bg_sheet_add_fen(&sheet, edge->moves);
        bg_sheet_add_interval(&sheet, BG_CELL_SHARE, edge->near.estimate, edge->near.low,
                              edge->near.high);
    }
    bg_text_page_heading(page, BG_LABEL_tiers_heading);
    bg_document_add_sheet(page->document, INDENT, &sheet);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_tiers_note, page->language));
}

static void say_reading(const bg_text_page *page, const bg_two_readings *reading)
{
    char parts[BG_AMOUNT_TEXT], whole[BG_AMOUNT_TEXT];
    bg_document_add(
        page->document, BG_PART_SENTENCE, INDENT,
        bg_text_page_words(
            page,
            "%d, %s: the plan does not say whether its bands hold by parts or for the whole amount "
            "(apply). By parts, as taken here, the community's part is %s on average, for the "
            "whole "
            "amount it would be %s.",
            "%d年%"
            "s：办法未写明各档比例是分段还是按全额适用（apply）。按分段（现按此计算）医共体平均"
            "为%s，按全额则为%s。"),
        reading->year, side(page, &reading->sharing),
        bg_amount_text(page->unit, reading->by_parts, parts),
        bg_amount_text(page->unit, reading->as_whole, whole));
}

void bg_text_page_tiers(bg_text_page *page, size_t scheme)
{
    bg_tiers tiers;
    if (bg_tiers_find(page->report->model, page->report->projection, scheme, &tiers)) {
        page->document->failed = true;
    }
    if (tiers.edge_count > 0) {
        tabulate(page, &tiers);
    }
    for (size_t i = 0; i < tiers.reading_count; i++) {
        if (tiers.reading[i].year == bg_text_page_year(page, 0)) { /* others are in readings.csv */
            say_reading(page, &tiers.reading[i]);
        }
    }
    bg_tiers_free(&tiers);
}
