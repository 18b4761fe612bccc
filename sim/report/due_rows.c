#include "report/due_rows.h"

enum { MONTHS = 12, MEAN_DECIMALS = 4 };

static const bg_statistics *last_cash(const bg_report *report, size_t scheme)
{
    return bg_projection_cash(report->projection, scheme, report->model->contract.years - 1,
                              MONTHS - 1);
}

bool bg_due_known(const bg_report *report)
{
    return report->model->contract.calendar.given && last_cash(report, 0);
}

static double mean(const bg_report *report, size_t scheme, size_t year, bg_outcome outcome)
{
    return bg_projection_statistics(report->projection, scheme, year, outcome)->mean;
}

static bg_fen outlays(const bg_report *report, size_t scheme, size_t year)
{
    bg_fen sum = 0;
    for (size_t month = 0; month < MONTHS && report->model->demand; month++) {
        sum += bg_demand_outlay_of_month(report->model->demand, BG_PAYER_COMMUNITY, scheme, year,
                                         month);
    }
    return sum;
}

double bg_due_after(const bg_report *report, size_t scheme)
{
    double due = -last_cash(report, scheme)->mean;
    for (size_t year = 0; year < report->model->contract.years; year++) {
        due += mean(report, scheme, year, BG_OUTCOME_entitlement) -
               mean(report, scheme, year, BG_OUTCOME_expense) -
               (double)outlays(report, scheme, year);
    }
    return due;
}

void bg_due_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    const bg_history *history = &report->model->contract.history;
    bg_sheet_add_column(sheet, (bg_column){.name = "unit", .kind = BG_CELL_TEXT});
    bg_sheet_add_column(sheet, (bg_column){.name = bg_sheet_keep(sheet, "due_%s", unit),
                                           .kind = BG_CELL_AMOUNT,
                                           .decimals = MEAN_DECIMALS});
    for (size_t scheme = 0; scheme < history->scheme_count; scheme++) {
        bg_sheet_add_text(sheet, history->scheme[scheme].name);
        bg_sheet_add_amount(sheet, bg_due_after(report, scheme));
    }
}
