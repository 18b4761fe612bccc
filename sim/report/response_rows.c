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

double bg_response_alarm(const bg_report *report)
{
    return bg_node_double(bg_scenario_find(report->scenario, "response"), "alarm");
}

bool bg_response_alarms(const bg_report *report, const bg_care_change *care)
{
    const double alarm = bg_response_alarm(report);
    return care->cases <= -alarm || care->bill <= -alarm;
}

bool bg_response_first_alarm(const bg_report *report, size_t scheme, int *year)
{
    for (size_t y = 0; y < bg_projection_year_count(report->projection); y++) {
        const bg_care_change care =
            bg_care_change_find(report->model, report->projection, scheme, y);
        if (bg_response_alarms(report, &care)) {
            *year = bg_projection_year(report->projection, y);
            return true;
        }
    }
    return false;
}

static void add_care(const bg_report *report, size_t scheme, size_t year, bg_sheet *sheet)
{
    const bg_care_change care =
        bg_care_change_find(report->model, report->projection, scheme, year);
    bg_sheet_add_number(sheet, care.cases);
    bg_sheet_add_number(sheet, care.bill);
    bg_sheet_add_number(sheet, care.home);
    bg_sheet_add_rounded(sheet, care.patients);
    bg_sheet_add_flag(sheet, bg_response_alarms(report, &care));
}

static void add_row(const bg_report *report, size_t scheme, size_t year, bg_sheet *sheet)
{
    const bg_response_year *of = bg_projection_response(report->projection, scheme, year);
    bg_sheet_add_text(sheet, bg_model_unit(report->model, scheme));
    bg_sheet_add_count(sheet, (size_t)bg_projection_year(report->projection, year));
    bg_sheet_add_number(sheet, of->kept);
    bg_sheet_add_number(sheet, of->kept_se);
    bg_sheet_add_number(sheet, of->strength);
    bg_sheet_add_rounded(sheet, of->without);
    bg_sheet_add_rounded(sheet, of->with);
    bg_sheet_add_rounded(sheet, of->by_spending_less);
    bg_sheet_add_rounded(sheet, of->by_heavier);
    bg_sheet_add_rounded(sheet, of->by_home);
    add_care(report, scheme, year, sheet);
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
        {.name = bg_sheet_keep(sheet, "by_spending_less_%s", unit), .kind = BG_CELL_FEN},
        {.name = bg_sheet_keep(sheet, "by_heavier_cases_%s", unit), .kind = BG_CELL_FEN},
        {.name = bg_sheet_keep(sheet, "by_bringing_home_%s", unit), .kind = BG_CELL_FEN},
        {.name = "cases_change", .kind = BG_CELL_NUMBER},
        {.name = "bill_change", .kind = BG_CELL_NUMBER},
        {.name = "cases_home", .kind = BG_CELL_NUMBER},
        {.name = bg_sheet_keep(sheet, "patients_%s", unit), .kind = BG_CELL_FEN},
        {.name = "alarm", .kind = BG_CELL_FLAG},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t s = 0; s < report->model->contract.history.scheme_count; s++) {
        for (size_t year = 0; year < bg_projection_year_count(report->projection); year++) {
            add_row(report, s, year, sheet);
        }
    }
}
