/* Published outcomes beside the projection. */
#include "report/text_page.h"
#include "study/outturn.h"

#include <math.h>

enum { MOST_PUBLISHED = 20 };

static void say_outturn(bg_text_page *page, int year, const char *what, const bg_outturn *outturn)
{
    const bg_money_scale unit =
        bg_money_scale_for_error(page->unit, bg_interval_error(outturn->projected));
    char published[BG_AMOUNT_TEXT], interval[BG_TEXT_SIZE], ends[BG_TEXT_SIZE];
    bg_document_add(
        page->document, BG_PART_SENTENCE, 2,
        bg_outturn_inside(outturn)
            ? bg_text_page_words(page,
                                 "Published for %d: %s %s; the 80%% interval %s%s holds "
                                 "it.",
                                 "%d年公布的%s为%s，落在80%%区间%s%s之内。")
            : bg_text_page_words(page,
                                 "Published for %d: %s %s; the 80%% interval %s%s does "
                                 "not hold it.",
                                 "%d年公布的%s为%s，落在80%%区间%s%s之外。"),
        year, what, bg_amount_text(unit, (double)outturn->published, published),
        bg_text_page_interval(page, unit, outturn->projected, interval),
        bg_text_page_ends_note(page, unit, outturn->projected, ends));
}

void bg_text_page_outturns(bg_text_page *page)
{
    bg_published list[MOST_PUBLISHED];
    size_t count =
        bg_published_read(page->report->model, page->report->projection, list, MOST_PUBLISHED);
    for (size_t i = 0; i < count; i++) {
        if (list[i].has_expense) {
            say_outturn(page, list[i].year, bg_label_of_name("expense", page->language),
                        &list[i].expense);
        }
        if (list[i].has_balance) {
            say_outturn(page, list[i].year, bg_label_of_name("pool_balance", page->language),
                        &list[i].balance);
        }
    }
}

/* What a method forecast; `error` is its sampling error, NaN for those that draw nothing. */
static void add_forecast(bg_sheet *sheet, double forecast, double error, bg_fen published)
{
    bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, forecast, error);
    if (published == 0) {
        bg_sheet_add_text(sheet, "–");
    } else {
        bg_sheet_add_estimate(sheet, BG_CELL_SHARE, forecast / (double)published - 1,
                              error / (double)published);
    }
}

static const struct {
    const char *en, *zh;
} methods[BG_FORECAST_COUNT] = {
    [BG_FORECAST_PROJECTION] = {"projection (median)", "本模型（中位数）"},
    [BG_FORECAST_LAST_YEAR] = {"naive: last year, flat", "简单法：上年不变"},
    [BG_FORECAST_OWN_GROWTH] = {"naive: last year and own mean growth",
                                "简单法：上年加自身平均增长"},
    [BG_FORECAST_MEAN_OF_THREE] = {"naive: mean of three years", "简单法：三年平均"},
};

static void add_published(const bg_text_page *page, bg_sheet *sheet, const bg_published *published)
{
    const bg_quantile *median = &published->expense.projected->quantile[BG_Q50];
    bg_sheet_add_year(sheet, published->year);
    bg_sheet_add_text(sheet, bg_text_page_words(page, "published", "公布值"));
    bg_sheet_add_fen(sheet, published->expense.published);
    bg_sheet_add_absent(sheet);
    for (bg_forecast i = 0; i < BG_FORECAST_COUNT; i++) {
        bool drawn = i == BG_FORECAST_PROJECTION && median->has_interval;
        double error = drawn ? (median->high - median->low) / 2 : NAN;
        bg_sheet_add_absent(sheet);
        bg_sheet_add_text(sheet, bg_text_page_words(page, methods[i].en, methods[i].zh));
        add_forecast(sheet, published->forecast[i], error > 0 ? error : NAN,
                     published->expense.published);
    }
}

void bg_text_page_published(bg_text_page *page)
{
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, page->language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_method, page->language)},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_label(BG_LABEL_expense, page->language),
         .form = BG_FORM_FITTED,
         .scale = page->unit},
        {.kind = BG_CELL_SHARE,
         .heading = bg_label(BG_LABEL_error, page->language),
         .form = BG_FORM_CHANGE},
    };
    bg_published list[MOST_PUBLISHED];
    size_t count =
        bg_published_read(page->report->model, page->report->projection, list, MOST_PUBLISHED);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        if (list[i].has_expense) {
            add_published(page, &sheet, &list[i]);
        }
    }
    if (sheet.failed || bg_sheet_row_count(&sheet) > 0) {
        bg_text_page_heading(page, BG_LABEL_published_heading);
        bg_document_add_sheet(page->document, 2, &sheet);
    }
    bg_sheet_free(&sheet);
}
