#include "report/live.h"

#include "report/label.h"

void bg_live_begin(bg_sheet *sheet, const char *language, bg_money_scale scale)
{
    static const struct {
        bg_cell_kind kind;
        const char *en, *zh;
    } columns[BG_LIVE_COLUMNS] = {
        [BG_LIVE_STEP] = {BG_CELL_TEXT, "Step", "步骤"},
        [BG_LIVE_WHAT] = {BG_CELL_TEXT, "What", "事项"},
        [BG_LIVE_FROM] = {BG_CELL_COUNT, "From", "起"},
        [BG_LIVE_TO] = {BG_CELL_COUNT, "To", "止"},
        [BG_LIVE_OF] = {BG_CELL_COUNT, "of", "分母"},
        [BG_LIVE_RATE] = {BG_CELL_COUNT, "Rate", "比例（分子）"},
        [BG_LIVE_RATE_OF] = {BG_CELL_COUNT, "of", "比例（分母）"},
        [BG_LIVE_PRODUCT] = {BG_CELL_COUNT, "Product, not yet divided", "乘积（未除以分母）"},
        [BG_LIVE_AMOUNT] = {BG_CELL_FEN, "Amount (fen)", "金额（分）"},
        [BG_LIVE_BALANCE] = {BG_CELL_FEN, "Balance after (fen)", "之后结余（分）"},
        [BG_LIVE_WHY] = {BG_CELL_TEXT, "Why", "说明"},
    };
    bg_sheet_init(sheet, language);
    sheet->in_fen = true;
    for (size_t j = 0; j < BG_LIVE_COLUMNS; j++) {
        const bool money = columns[j].kind == BG_CELL_FEN;
        bg_sheet_add_column(
            sheet, (bg_column){.kind = columns[j].kind,
                               .heading = bg_in_language(language, columns[j].en, columns[j].zh),
                               .scale = money ? scale : (bg_money_scale){0}});
    }
}

size_t bg_live_add(bg_sheet *sheet, const bg_live_row *row)
{
    const size_t place = bg_sheet_row_count(sheet);
    for (size_t j = 0; j < BG_LIVE_COLUMNS; j++) {
        bg_sheet_add(sheet, row->cell[j]);
    }
    return place;
}

void bg_live_heading(bg_sheet *sheet, const char *text)
{
    bg_live_add(sheet, &(bg_live_row){.cell[BG_LIVE_STEP] = bg_live_text(text)});
}

const char *bg_live_place(bg_sheet *sheet, size_t row, bg_live_column column)
{
    char place[BG_BOOK_PLACE];
    return bg_sheet_keep(sheet, "%s", bg_book_place(sheet, row, column, place));
}

const char *bg_live_range(bg_sheet *sheet, size_t first, size_t last, bg_live_column column)
{
    char from[BG_BOOK_PLACE], to[BG_BOOK_PLACE];
    return bg_sheet_keep(sheet, "%s:%s", bg_book_place(sheet, first, column, from),
                         bg_book_place(sheet, last, column, to));
}

bg_cell bg_live_text(const char *text)
{
    return (bg_cell){.kind = text ? BG_CELL_TEXT : BG_CELL_ABSENT, .text = text};
}

bg_cell bg_live_fen(bg_fen amount, const char *formula)
{
    return (bg_cell){.kind = BG_CELL_FEN, .whole = amount, .formula = formula};
}

bg_cell bg_live_whole(int64_t number, const char *formula)
{
    return (bg_cell){.kind = BG_CELL_COUNT, .whole = number, .formula = formula};
}

bg_cell bg_live_number(double number, const char *formula)
{
    return (bg_cell){.kind = BG_CELL_NUMBER, .value = number, .formula = formula};
}
