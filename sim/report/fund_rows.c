#include "report/fund_rows.h"

#include "study/fund_use.h"

enum { MEAN_DECIMALS = 4 };

static void add_columns(const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                      {.name = "fund", .kind = BG_CELL_TEXT}};
    static const bg_column chance = {
        .name = "pays", .kind = BG_CELL_SHARE, .low = "pays_low", .high = "pays_high"};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    bg_sheet_add_column(
        sheet, (bg_column){.name = bg_sheet_keep(sheet, "opening_%s", unit), .kind = BG_CELL_FEN});
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        const char *name = bg_fund_flow_name(flow);
        bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_%s", name, unit),
                                               .kind = BG_CELL_FEN});
        bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_se_%s", name, unit),
                                               .kind = BG_CELL_AMOUNT,
                                               .decimals = MEAN_DECIMALS});
    }
    bg_sheet_add_column(sheet, (bg_column){.name = "shares", .kind = BG_CELL_FLAG});
    bg_sheet_add_column(sheet, chance);
}

static void add_row(const char *scheme, const bg_fund_use *use, size_t row, bg_sheet *sheet)
{
    const bg_fund_row *of = &use->row[row];
    bg_sheet_add_text(sheet, scheme);
    bg_sheet_add_text(sheet, of->fund ? of->fund : "all");
    bg_sheet_add_fen(sheet, of->opening);
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        bg_sheet_add_fen(sheet, of->flow[flow].mean);
        bg_sheet_add_amount(sheet, of->flow[flow].se);
    }
    bg_sheet_add_flag(sheet, use->shares);
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, of->pays.estimate, of->pays.low, of->pays.high);
}

void bg_fund_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    const bg_history *history = &report->model->contract.history;
    add_columns(unit, sheet);
    for (size_t scheme = 0; scheme < history->scheme_count; scheme++) {
        bg_fund_use use;
        if (bg_fund_use_find(report->model, report->projection, scheme, &use)) {
            sheet->failed = true;
        }
        for (size_t row = 0; use.known && row < use.count; row++) {
            add_row(history->scheme[scheme].name, &use, row, sheet);
        }
    }
}
