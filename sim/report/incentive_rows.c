#include "report/incentive_rows.h"

bool bg_incentive_known(const bg_report *report)
{
    return report->incentive && report->incentive->row;
}

static void add_share(bg_sheet *sheet, const bg_effective_share *share)
{
    bg_sheet_add_number(sheet, share->ratio);
    bg_sheet_add_number(sheet, share->se);
}

static void add_row(const bg_report *report, size_t unit, size_t year, bg_sheet *sheet)
{
    const bg_incentive *incentive = report->incentive;
    const bg_incentive_row *row = bg_incentive_at(incentive, report->party, unit, year);
    const int first = report->model->contract.first_year;
    bg_sheet_add_text(sheet, bg_model_unit(report->model, unit));
    bg_sheet_add_text(sheet, year < incentive->years ? bg_sheet_keep(sheet, "%d", first + (int)year)
                                                     : "all");
    bg_sheet_add_count(sheet, incentive->futures);
    add_share(sheet, &row->marginal);
    add_share(sheet, &row->saved);
    add_share(sheet, &row->overspent);
}

void bg_incentive_rows(const bg_report *report, bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "year", .kind = BG_CELL_TEXT},
        {.name = "futures", .kind = BG_CELL_COUNT},
        {.name = "marginal", .kind = BG_CELL_NUMBER},
        {.name = "marginal_se", .kind = BG_CELL_NUMBER},
        {.name = "kept_of_saving", .kind = BG_CELL_NUMBER},
        {.name = "kept_of_saving_se", .kind = BG_CELL_NUMBER},
        {.name = "borne_of_overspend", .kind = BG_CELL_NUMBER},
        {.name = "borne_of_overspend_se", .kind = BG_CELL_NUMBER},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t unit = 0; unit < report->incentive->units; unit++) {
        for (size_t year = 0; year <= report->incentive->years; year++) {
            add_row(report, unit, year, sheet);
        }
    }
}
