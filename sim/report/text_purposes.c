/* Measures that are paid from purposes of what is kept: whether the money is there. */
#include "report/text_page.h"
#include "statistics/uncertainty.h"
#include "study/purpose_use.h"

#include <math.h>

enum { INDENT = 2 };

static double margin(double se)
{
    return isnan(se) ? 0 : bg_margin_of_se(se);
}

static void add_columns(const bg_text_page *page, bg_sheet *sheet)
{
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_text_page_words(page, "Year", "年度")},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_text_page_words(page, "Put there before", "此前累计转入"),
         .scale = page->unit},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_text_page_words(page, "Measures so far", "措施累计支出"),
         .scale = page->unit},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_text_page_words(page, "Left", "剩余"),
         .scale = page->unit},
        {.kind = BG_CELL_SHARE, .heading = bg_text_page_words(page, "Suffices", "足够的概率")},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

/* False where draws were not kept. */
static bool add_year(const bg_text_page *page, size_t scheme, size_t purpose, size_t year,
                     bg_sheet *sheet)
{
    const bg_report *report = page->report;
    bg_purpose_use use;
    bool known = false;
    if (bg_purpose_use_find(report->model, report->projection, scheme, purpose, year, &use,
                            &known)) {
        sheet->failed = true;
    }
    if (!known) {
        return false;
    }
    bg_sheet_add_year(sheet, bg_text_page_year(page, year));
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)use.in, margin(use.in_se));
    bg_sheet_add_amount(sheet, (double)use.cost);
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)use.left, margin(use.left_se));
    bg_sheet_add_interval(sheet, BG_CELL_SHARE, use.suffices.estimate, use.suffices.low,
                          use.suffices.high);
    return true;
}

static void say_purpose(bg_text_page *page, size_t scheme, size_t purpose)
{
    const bg_contract *contract = &page->report->model->contract;
    const char *name = bg_plan_purpose(contract->plan[scheme], purpose);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    add_columns(page, &sheet);
    bool known = true;
    for (size_t year = 0; year < contract->years && known; year++) {
        known = add_year(page, scheme, purpose, year, &sheet);
    }
    if (known || sheet.failed) {
        bg_text_page_heading(page, BG_LABEL_purpose_heading);
        bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                        bg_label_of_name(name, page->language));
        bg_document_add_sheet(page->document, INDENT, &sheet);
        bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                        bg_label(BG_LABEL_purpose_words, page->language));
    }
    bg_sheet_free(&sheet);
}

void bg_text_page_purposes(bg_text_page *page, size_t scheme)
{
    const bg_model *model = page->report->model;
    for (size_t p = 0; p < bg_plan_purpose_count(model->contract.plan[scheme]); p++) {
        if (bg_purpose_pays(model, scheme, p)) {
            say_purpose(page, scheme, p);
        }
    }
}
