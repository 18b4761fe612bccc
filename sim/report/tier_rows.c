#include "report/tier_rows.h"

#include "study/tiers.h"

enum { MEAN_DECIMALS = 4 };

static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                  {.name = "year", .kind = BG_CELL_YEAR},
                                  {.name = "step", .kind = BG_CELL_TEXT},
                                  {.name = "base", .kind = BG_CELL_TEXT}};

static void add_place(const char *scheme, int year, const bg_share_terms *sharing, bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, scheme);
    bg_sheet_add_year(sheet, year);
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", sharing->step));
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", sharing->base));
}

static void add_edge(const char *scheme, const bg_tier_edge *edge, bg_sheet *sheet)
{
    const bg_share_terms *sharing = &edge->sharing;
    add_place(scheme, edge->year, sharing, sheet);
    bg_sheet_add_rate(sheet, sharing->limit[edge->band]);
    bg_sheet_add_flag(sheet, sharing->edge_above);
    bg_sheet_add_rate(sheet, sharing->share[edge->band]);
    bg_sheet_add_rate(sheet, sharing->share[edge->band + 1]);
    bg_sheet_add_fen(sheet, edge->at);
    bg_sheet_add_fen(sheet, edge->moves);
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, edge->near.estimate, edge->near.low,
                          edge->near.high);
}

static void add_reading(const char *scheme, const bg_two_readings *reading, bg_sheet *sheet)
{
    add_place(scheme, reading->year, &reading->sharing, sheet);
    bg_sheet_add_amount(sheet, reading->by_parts);
    bg_sheet_add_amount(sheet, reading->as_whole);
}

/* Adds the rows of each scheme. */
static void add_rows(const bg_report *report, bool edges, bg_sheet *sheet)
{
    const bg_history *history = &report->model->contract.history;
    for (size_t s = 0; s < history->scheme_count; s++) {
        bg_tiers tiers;
        if (bg_tiers_find(report->model, report->projection, s, &tiers)) {
            sheet->failed = true;
        }
        for (size_t i = 0; edges && i < tiers.edge_count; i++) {
            add_edge(history->scheme[s].name, &tiers.edge[i], sheet);
        }
        for (size_t i = 0; !edges && i < tiers.reading_count; i++) {
            add_reading(history->scheme[s].name, &tiers.reading[i], sheet);
        }
        bg_tiers_free(&tiers);
    }
}

void bg_tier_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    const bg_column columns[] = {
        {.name = "limit", .kind = BG_CELL_RATE},
        {.name = "edge_above", .kind = BG_CELL_FLAG},
        {.name = "share_below", .kind = BG_CELL_RATE},
        {.name = "share_above", .kind = BG_CELL_RATE},
        {.name = bg_sheet_keep(sheet, "at_%s", unit), .kind = BG_CELL_FEN},
        {.name = bg_sheet_keep(sheet, "moves_%s", unit), .kind = BG_CELL_FEN},
        {.name = "near", .kind = BG_CELL_SHARE, .low = "near_low", .high = "near_high"}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    add_rows(report, true, sheet);
}

void bg_reading_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    const bg_column columns[] = {{.name = bg_sheet_keep(sheet, "by_parts_%s", unit),
                                  .kind = BG_CELL_AMOUNT,
                                  .decimals = MEAN_DECIMALS},
                                 {.name = bg_sheet_keep(sheet, "as_whole_%s", unit),
                                  .kind = BG_CELL_AMOUNT,
                                  .decimals = MEAN_DECIMALS}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    add_rows(report, false, sheet);
}
