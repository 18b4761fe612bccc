#include "report/purpose_rows.h"

#include "study/purpose_use.h"

enum { MEAN_DECIMALS = 4 };

bool bg_purposes_pay(const bg_report *report)
{
    const bg_contract *contract = &report->model->contract;
    bool any = false;
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        for (size_t p = 0; p < bg_plan_purpose_count(contract->plan[s]); p++) {
            any = any || bg_purpose_pays(report->model, s, p);
        }
    }
    return any;
}

static void add_columns(const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                      {.name = "purpose", .kind = BG_CELL_TEXT},
                                      {.name = "year", .kind = BG_CELL_YEAR}};
    static const struct {
        const char *name;
        bg_cell_kind kind;
    } amounts[] = {{"in", BG_CELL_FEN},
                   {"in_se", BG_CELL_AMOUNT},
                   {"cost", BG_CELL_FEN},
                   {"left", BG_CELL_FEN},
                   {"left_se", BG_CELL_AMOUNT}};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        bg_sheet_add_column(
            sheet, (bg_column){.name = bg_sheet_keep(sheet, "%s_%s", amounts[i].name, unit),
                               .kind = amounts[i].kind,
                               .decimals = MEAN_DECIMALS});
    }
    bg_sheet_add_column(sheet, (bg_column){.name = "suffices",
                                           .kind = BG_CELL_SHARE,
                                           .low = "suffices_low",
                                           .high = "suffices_high"});
}

static void add_year(const bg_report *report, size_t scheme, size_t purpose, size_t year,
                     bg_sheet *sheet)
{
    const bg_contract *contract = &report->model->contract;
    bg_purpose_use use;
    bool known = false;
    if (bg_purpose_use_find(report->model, report->projection, scheme, purpose, year, &use,
                            &known)) {
        sheet->failed = true;
    }
    if (!known) {
        return;
    }
    bg_sheet_add_text(sheet, contract->history.scheme[scheme].name);
    bg_sheet_add_text(sheet, bg_plan_purpose(contract->plan[scheme], purpose));
    bg_sheet_add_year(sheet, contract->first_year + (int)year);
    bg_sheet_add_fen(sheet, use.in);
    bg_sheet_add_amount(sheet, use.in_se);
    bg_sheet_add_fen(sheet, use.cost);
    bg_sheet_add_fen(sheet, use.left);
    bg_sheet_add_amount(sheet, use.left_se);
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, use.suffices.estimate, use.suffices.low,
                          use.suffices.high);
}

void bg_purpose_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    const bg_contract *contract = &report->model->contract;
    add_columns(unit, sheet);
    for (size_t s = 0; s < contract->history.scheme_count; s++) {
        for (size_t p = 0; p < bg_plan_purpose_count(contract->plan[s]); p++) {
            for (size_t y = 0; y < contract->years && bg_purpose_pays(report->model, s, p); y++) {
                add_year(report, s, p, y, sheet);
            }
        }
    }
}
