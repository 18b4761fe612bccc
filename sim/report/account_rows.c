#include "report/account_rows.h"

#include "report/incentive_rows.h"
#include "report/response_rows.h"
#include "study/account.h"

#include <math.h>

bool bg_accounts_known(const bg_report *report)
{
    return bg_account_known(report->model, report->projection);
}

double bg_account_kept(const bg_report *report, size_t scheme, size_t year)
{
    if (bg_response_known(report)) {
        const bg_response_year *of = bg_projection_response(report->projection, scheme, year);
        return of->known ? of->kept : NAN;
    }
    if (!bg_incentive_known(report)) {
        return NAN;
    }
    const bg_incentive_row *row = bg_incentive_at(report->incentive, report->party, scheme, year);
    return row->marginal.known ? row->marginal.ratio : NAN;
}

static void add_amounts(const char *const *names, size_t count, const char *unit, bg_sheet *sheet)
{
    for (size_t i = 0; i < count; i++) {
        bg_sheet_add_column(sheet,
                            (bg_column){.name = bg_sheet_keep(sheet, "%s_%s", names[i], unit),
                                        .kind = BG_CELL_FEN});
    }
}

void bg_account_cells(const bg_report *report, size_t unit, size_t year, size_t institution,
                      bg_sheet *sheet)
{
    const bg_account before =
        bg_account_before(report->model, report->projection, unit, year, institution);
    const bg_account under =
        bg_account_under(report->model, report->projection, unit, year, institution);
    bg_sheet_add_rounded(sheet, before.revenue);
    bg_sheet_add_rounded(sheet, before.variable_cost);
    bg_sheet_add_rounded(sheet, before.margin);
    bg_sheet_add_rounded(sheet, under.revenue);
    bg_sheet_add_rounded(sheet, under.variable_cost);
    bg_sheet_add_rounded(sheet, under.kept);
    bg_sheet_add_rounded(sheet, under.margin);
}

static void add_account(const bg_report *report, size_t unit, size_t year, size_t institution,
                        bg_sheet *sheet)
{
    bg_sheet_add_text(sheet, bg_projection_unit(report->projection, unit));
    bg_sheet_add_year(sheet, bg_projection_year(report->projection, year));
    bg_sheet_add_text(sheet, bg_account_institution(report->model, institution));
    bg_account_cells(report, unit, year, institution, sheet);
}

void bg_account_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "unit", .kind = BG_CELL_TEXT},
                                      {.name = "year", .kind = BG_CELL_YEAR},
                                      {.name = "institution", .kind = BG_CELL_TEXT}};
    static const char *const amounts[] = {"before_revenue", "before_variable_cost", "before_margin",
                                          "revenue",        "variable_cost",        "kept",
                                          "margin"};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    add_amounts(amounts, sizeof amounts / sizeof *amounts, unit, sheet);
    for (size_t u = 0; u < bg_projection_unit_count(report->projection); u++) {
        for (size_t year = 0; year < bg_projection_year_count(report->projection); year++) {
            for (size_t i = 0; i < bg_account_institution_count(report->model); i++) {
                add_account(report, u, year, i, sheet);
            }
        }
    }
}

static void add_amount(double fen, bg_sheet *sheet)
{
    if (isnan(fen)) {
        bg_sheet_add_absent(sheet);
    } else {
        bg_sheet_add_rounded(sheet, fen);
    }
}

static void add_margin(const bg_report *report, size_t line, size_t year, bg_sheet *sheet)
{
    const bg_line *of = &report->model->contract.history.line[line];
    const double kept = bg_account_kept(report, (size_t)of->scheme, year);
    bg_case_margin margin;
    if (!bg_case_margin_find(report->model, report->projection, line, year, kept, &margin)) {
        return;
    }
    bg_sheet_add_text(sheet, of->name);
    bg_sheet_add_year(sheet, bg_projection_year(report->projection, year));
    bg_sheet_add_number(sheet, kept);
    bg_sheet_add_rounded(sheet, margin.bill);
    bg_sheet_add_rounded(sheet, margin.paid);
    bg_sheet_add_rounded(sheet, margin.variable_cost);
    bg_sheet_add_rounded(sheet, margin.before);
    add_amount(margin.under, sheet);
    add_amount(margin.home, sheet);
}

void bg_case_margin_rows(const bg_report *report, const char *unit, bg_sheet *sheet)
{
    static const bg_column place[] = {{.name = "line", .kind = BG_CELL_TEXT},
                                      {.name = "year", .kind = BG_CELL_YEAR},
                                      {.name = "kept", .kind = BG_CELL_NUMBER}};
    static const char *const amounts[] = {"bill",   "paid",  "variable_cost",
                                          "before", "under", "home"};
    bg_sheet_add_columns(sheet, place, sizeof place / sizeof *place);
    add_amounts(amounts, sizeof amounts / sizeof *amounts, unit, sheet);
    for (size_t line = 0; line < report->model->contract.history.line_count; line++) {
        for (size_t year = 0; year < bg_projection_year_count(report->projection); year++) {
            add_margin(report, line, year, sheet);
        }
    }
}
