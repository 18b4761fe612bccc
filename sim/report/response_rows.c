#include "report/response_rows.h"

#include <math.h>

bool bg_response_known(const bg_report *report)
{
    return bg_projection_response(report->projection, 0, 0) != NULL;
}

double bg_response_change(const bg_response_year *of)
{
    return of->without > 0 ? of->with / of->without - 1 : NAN;
}

static void add_row(const bg_report *report, size_t scheme, size_t year, bg_sheet *sheet)
{
    const bg_response_year *of = bg_projection_response(report->projection, scheme, year);
    bg_sheet_add_text(sheet, bg_model_unit(report->model, scheme));
    bg_sheet_add_count(sheet, (size_t)bg_projection_year(report->projection, year));
    bg_sheet_add_number(sheet, of->kept);
    bg_sheet_add_number(sheet, of->kept_se);
    bg_sheet_add_number(sheet, of->strength);
    bg_sheet_add_fen(sheet, (bg_fen)of->without);
    bg_sheet_add_fen(sheet, (bg_fen)of->with);
}

void bg_response_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    const bg_column columns[] = {
        {.name = "scheme", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_COUNT},
        {.name = "kept", .kind = BG_CELL_NUMBER},
        {.name = "kept_se", .kind = BG_CELL_NUMBER},
        {.name = "strength", .kind = BG_CELL_NUMBER},
        {.name = bg_sheet_keep(sheet, "expected_without_%s", unit), .kind = BG_CELL_FEN},
        {.name = bg_sheet_keep(sheet, "expected_with_%s", unit), .kind = BG_CELL_FEN},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t s = 0; s < report->model->contract.history.scheme_count; s++) {
        for (size_t year = 0; year < bg_projection_year_count(report->projection); year++) {
            add_row(report, s, year, sheet);
        }
    }
}
