/* How a pooled fund stands, year by year: income, spending, balance, months of reserve, and chances. */
#include "report/text_page.h"
#include "statistics/uncertainty.h"

#include <math.h>

enum { INDENT = 2 };

static double margin(const bg_statistics *s)
{
    return isnan(s->mean_se) ? 0 : bg_margin_of_se(s->mean_se);
}

static void add_column(bg_sheet *sheet, bg_cell_kind kind, const char *heading,
                       bg_money_scale money, bg_form form)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = kind,
                                           .heading = heading,
                                           .scale = money,
                                           .form = form,
                                           .decimals = kind == BG_CELL_NUMBER ? 1 : 0});
}

static void begin_amounts(const bg_text_page *page, const bg_pool_year *of, size_t years,
                          bg_sheet *sheet)
{
    double largest = 0;
    for (size_t y = 0; y < years; y++) {
        largest = fmax(largest, fmax(margin(&of[y].balance), margin(&of[y].spent)));
    }
    const bg_money_scale money = bg_money_scale_for_error(page->unit, largest);
    const char *const headings[] = {bg_text_page_words(page, "Income", "基金收入"),
                                    bg_text_page_words(page, "Spending", "基金支出"),
                                    bg_text_page_words(page, "Surplus", "当年结余"),
                                    bg_text_page_words(page, "Balance", "累计结余")};
    bg_sheet_init(sheet, page->language);
    add_column(sheet, BG_CELL_YEAR, bg_text_page_words(page, "Year", "年度"), money, BG_FORM_VALUE);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        add_column(sheet, BG_CELL_AMOUNT, headings[i], money, BG_FORM_VALUE);
    }
    add_column(sheet, BG_CELL_NUMBER, bg_text_page_words(page, "Months of reserve", "可支付月数"),
               money, BG_FORM_VALUE);
    add_column(sheet, BG_CELL_NUMBER, bg_text_page_words(page, "80% of futures", "80%区间"), money,
               BG_FORM_RANGE);
}

static double months(const bg_pool_year *of, int level)
{
    return of->months.quantile[level].value / BG_MONTH_OF_RESERVE;
}

static void say_amounts(const bg_text_page *page, const bg_pool_year *of, size_t years)
{
    bg_sheet sheet;
    begin_amounts(page, of, years, &sheet);
    for (size_t y = 0; y < years; y++) {
        const bg_statistics *const amounts[] = {&of[y].income, &of[y].spent, &of[y].surplus,
                                                &of[y].balance};
        bg_sheet_add_year(&sheet, bg_text_page_year(page, y));
        for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
            bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, amounts[i]->mean, margin(amounts[i]));
        }
        bg_sheet_add_number(&sheet, months(&of[y], BG_Q50));
        bg_sheet_add_interval(&sheet, BG_CELL_NUMBER, months(&of[y], BG_Q50),
                              months(&of[y], BG_Q10), months(&of[y], BG_Q90));
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

static void say_chances(const bg_text_page *page, size_t scheme, const bg_pool_year *of,
                        size_t years)
{
    const bg_pool *pool = &page->report->model->contract.pool[scheme];
    char surplus[BG_NUMBER_TEXT], balance[BG_NUMBER_TEXT];
    bg_percent_text(pool->surplus_bound, surplus);
    bg_percent_text(pool->balance_bound, balance);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    const char *const headings[] = {
        bg_text_page_words(page, "Deficit of the year", "当年赤字"),
        bg_text_page_words(page, "Balance below 0", "累计赤字"),
        bg_sheet_keep(&sheet,
                      bg_text_page_words(page, "Surplus above %s of income", "当年结余率超过%s"),
                      surplus),
        bg_sheet_keep(&sheet,
                      bg_text_page_words(page, "Balance above %s of income", "累计结余率超过%s"),
                      balance)};
    add_column(&sheet, BG_CELL_YEAR, bg_text_page_words(page, "Year", "年度"), page->unit,
               BG_FORM_VALUE);
    for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
        add_column(&sheet, BG_CELL_SHARE, headings[chance], page->unit, BG_FORM_VALUE);
    }
    for (size_t y = 0; y < years; y++) {
        bg_sheet_add_year(&sheet, bg_text_page_year(page, y));
        for (bg_pool_chance chance = 0; chance < BG_POOL_CHANCE_COUNT; chance++) {
            const bg_probability *p = &of[y].chance[chance];
            bg_sheet_add_interval(&sheet, BG_CELL_SHARE, p->estimate, p->low, p->high);
        }
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

static bool all_known(const bg_pool_year *of, size_t years)
{
    bool known = true;
    for (size_t y = 0; y < years; y++) {
        known = known && of[y].known;
    }
    return known;
}

void bg_text_page_pool(bg_text_page *page, size_t scheme)
{
    const size_t years = bg_text_page_years(page);
    if (!page->report->model->contract.pool[scheme].modelled) {
        return;
    }
    const bg_pool_year *of = bg_pool_years_at(page->report->pool, scheme, 0);
    if (all_known(of, years)) {
        bg_text_page_heading(page, BG_LABEL_pool_heading);
        say_amounts(page, of, years);
        say_chances(page, scheme, of, years);
        bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                        bg_label(BG_LABEL_pool_note, page->language));
    }
}
