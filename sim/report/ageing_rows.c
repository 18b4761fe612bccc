#include "report/ageing_rows.h"

enum { DIGITS = 6 };

bool bg_ageing_known(const bg_report *report)
{
    bool known = false;
    for (size_t s = 0; s < report->model->contract.history.scheme_count; s++) {
        bg_growth_split split;
        known = known || bg_demand_growth_split(report->model->demand, s, 0, &split);
    }
    return known;
}

void bg_ageing_rows(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "growth", .kind = BG_CELL_SHARE, .significant = DIGITS},
        {.name = "ageing", .kind = BG_CELL_SHARE, .significant = DIGITS},
        {.name = "rest", .kind = BG_CELL_SHARE, .significant = DIGITS}};
    const bg_projection *projection = report->projection;
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t s = 0; s < report->model->contract.history.scheme_count; s++) {
        for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
            bg_growth_split split;
            if (bg_demand_growth_split(report->model->demand, s, year, &split)) {
                bg_sheet_add_text(sheet, bg_projection_unit(projection, s));
                bg_sheet_add_year(sheet, bg_projection_year(projection, year));
                bg_sheet_add_share(sheet, split.growth);
                bg_sheet_add_share(sheet, split.ageing);
                bg_sheet_add_share(sheet, split.growth - split.ageing);
            }
        }
    }
}
