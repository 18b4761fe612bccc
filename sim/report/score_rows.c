#include "report/score_rows.h"

#include "study/score.h"

void bg_score_rows(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "year", .kind = BG_CELL_YEAR},
        {.name = "bound", .kind = BG_CELL_DECIMAL},
        {.name = "n", .kind = BG_CELL_COUNT},
        {.name = "hits", .kind = BG_CELL_COUNT},
        {.name = "estimate", .kind = BG_CELL_SHARE, .low = "low", .high = "high"}};
    const bg_projection *projection = report->projection;
    const bg_score_bounds bounds = bg_score_bounds_of(report->model->contract.scenario);
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t year = 0; year < bg_projection_year_count(projection); year++) {
        for (size_t i = 0; i < bounds.count; i++) {
            bg_probability chance;
            if (bg_score_chance(projection, year, bounds.bound[i], &chance)) {
                sheet->failed = true;
            }
            bg_sheet_add_year(sheet, bg_projection_year(projection, year));
            bg_sheet_add_decimal(sheet, bounds.bound[i]);
            bg_sheet_add_count(sheet, chance.n);
            bg_sheet_add_count(sheet, chance.hits);
            bg_sheet_add_interval(sheet, BG_CELL_SHARE, chance.estimate, chance.low, chance.high);
        }
    }
}
