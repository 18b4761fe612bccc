/* The institutions' own account: what care brings and costs, and what one more case does. */
#include "report/account_rows.h"
#include "report/text_page.h"
#include "study/account.h"

#include <math.h>

enum { INDENT = 2 };

static void add_heading(const bg_text_page *page, bg_sheet *sheet, bg_cell_kind kind,
                        const char *heading)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = kind, .scale = page->unit, .heading = heading});
}

static void add_account(const bg_text_page *page, size_t unit, size_t year, size_t institution,
                        bg_sheet *sheet)
{
    const char *name = bg_account_institution(page->report->model, institution);
    bg_sheet_add_text(sheet,
                      institution ? "" : bg_sheet_keep(sheet, "%d", bg_text_page_year(page, year)));
    bg_sheet_add_text(sheet, bg_label_of_account(name, page->language));
    bg_account_cells(page->report, unit, year, institution, sheet);
}

static void tabulate_accounts(const bg_text_page *page, size_t unit)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    add_heading(page, &sheet, BG_CELL_TEXT, bg_text_page_words(page, "Year", "年度"));
    add_heading(page, &sheet, BG_CELL_TEXT, bg_text_page_words(page, "Institution", "机构"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "Before: care", "之前：收入"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "its cost", "变动成本"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "left", "余额"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "Under: care", "包干：收入"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "its cost", "变动成本"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "kept, borne", "留用或分担"));
    add_heading(page, &sheet, BG_CELL_FEN, bg_text_page_words(page, "left", "余额"));
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        for (size_t i = 0; i < bg_account_institution_count(page->report->model); i++) {
            add_account(page, unit, year, i, &sheet);
        }
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

/* Yuan without fen; nothing where it is not known. */
static void add_yuan(bg_sheet *sheet, double fen)
{
    if (isnan(fen)) {
        bg_sheet_add_absent(sheet);
    } else {
        bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%.0f", fen / 100 + 0.0));
    }
}

static void add_case(const bg_text_page *page, size_t line, size_t year, bg_sheet *sheet)
{
    const bg_report *report = page->report;
    const bg_line *of = &report->model->contract.history.line[line];
    const double kept = bg_account_kept(report, (size_t)of->scheme, year);
    bg_case_margin margin;
    if (!bg_case_margin_find(report->model, report->projection, line, year, kept, &margin)) {
        return;
    }
    const char *scheme = report->model->contract.history.scheme[of->scheme].name;
    bg_sheet_add_text(sheet, year
                                 ? ""
                                 : bg_sheet_keep(sheet, bg_text_page_words(page, "%s, %s", "%s%s"),
                                                 bg_label_of_scheme(scheme, page->language),
                                                 bg_label_of_service(of->service, page->language)));
    bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%d", bg_text_page_year(page, year)));
    add_yuan(sheet, margin.bill);
    add_yuan(sheet, margin.paid);
    add_yuan(sheet, margin.variable_cost);
    add_yuan(sheet, margin.before);
    add_yuan(sheet, margin.under);
    add_yuan(sheet, margin.home);
}

/* The first year and the last. */
static void tabulate_cases(const bg_text_page *page)
{
    const char *const headings[] = {
        bg_text_page_words(page, "One more case", "每多一例"),
        bg_text_page_words(page, "Year", "年度"),
        bg_text_page_words(page, "Bill", "次均费用"),
        bg_text_page_words(page, "Fund pays", "基金支付"),
        bg_text_page_words(page, "Costs", "变动成本"),
        bg_text_page_words(page, "Leaves before", "之前余额"),
        bg_text_page_words(page, "Under contract", "包干余额"),
        bg_text_page_words(page, "Brought home", "回流余额"),
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        bg_sheet_add_column(
            &sheet, (bg_column){.kind = BG_CELL_TEXT, .right = i > 0, .heading = headings[i]});
    }
    const size_t years = bg_text_page_years(page);
    for (size_t line = 0; line < page->report->model->contract.history.line_count; line++) {
        add_case(page, line, 0, &sheet);
        if (years > 1) {
            add_case(page, line, years - 1, &sheet);
        }
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

static bool any_by_split(const bg_model *model)
{
    bool any = false;
    for (size_t line = 0; line < model->contract.history.line_count; line++) {
        any = any || (bg_accounts_by_split(model->contract.accounts, line) &&
                      model->contract.history.line[line].place == BG_PLACE_IN);
    }
    return any && bg_account_institution_count(model) > 1;
}

void bg_text_page_accounts(bg_text_page *page)
{
    if (!bg_accounts_known(page->report)) {
        return;
    }
    bg_document_add(page->document, BG_PART_CHAPTER, 0, "%s",
                    bg_label(BG_LABEL_account_heading, page->language));
    bg_document_add_gap(page->document);
    tabulate_accounts(page, bg_projection_unit_count(page->report->projection) - 1);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_account_words, page->language));
    if (any_by_split(page->report->model)) {
        bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                        bg_label(BG_LABEL_account_by_split, page->language));
    }
    bg_text_page_heading(page, BG_LABEL_case_heading);
    tabulate_cases(page);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                    bg_label(BG_LABEL_case_words, page->language));
}
