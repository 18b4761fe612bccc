/* Published outcomes beside the projection. */
#include "report/text_page.h"

enum { MOST_PUBLISHED = 20 };

static void say_outturn(bg_text_page *page, int year, const char *what, const bg_outturn *outturn)
{
    const bg_money_scale unit =
        bg_money_scale_for_error(page->unit, bg_interval_error(outturn->projected));
    char published[BG_AMOUNT_TEXT], interval[BG_TEXT_SIZE], ends[BG_TEXT_SIZE];
    bg_text_page_say(
        page, 2,
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
    size_t count = bg_published_read(page->report, list, MOST_PUBLISHED);
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

/* What a method forecast; `error` is its sampling error, 0 for those that draw nothing. */
static void add_forecast(bg_text_page *page, bg_text_table *table, double forecast, double error,
                         bg_fen published)
{
    char text[BG_AMOUNT_TEXT];
    const bg_money_scale unit = bg_money_scale_for_error(page->unit, error);
    bg_text_table_add(table, "%s", bg_amount_with_error(unit, forecast, error, text));
    if (published == 0) {
        bg_text_table_add(table, "–");
    } else if (error > 0) {
        bg_text_table_add(table, "%+.1f%% ±%.1f", 100 * (forecast / (double)published - 1),
                          100 * error / (double)published);
    } else {
        bg_text_table_add(table, "%+.1f%%", 100 * (forecast / (double)published - 1));
    }
}

static void add_published(bg_text_page *page, bg_text_table *table, const bg_published *published)
{
    const bg_quantile *median = &published->expense.projected->quantile[BG_Q50];
    char text[BG_AMOUNT_TEXT];
    bg_text_table_add(table, "%d", published->year);
    bg_text_table_add(table, "%s", bg_text_page_words(page, "published", "公布值"));
    bg_text_table_add(table, "%s",
                      bg_amount_text(page->unit, (double)published->expense.published, text));
    bg_text_table_add(table, "%s", "");
    for (size_t i = 0; i < sizeof published->forecast / sizeof *published->forecast; i++) {
        bool drawn = i == 0 && median->has_interval; /* the first is this projection */
        bg_text_table_add(table, "%s", "");
        bg_text_table_add(
            table, "%s",
            bg_text_page_words(page, published->forecast[i].en, published->forecast[i].zh));
        add_forecast(page, table, published->forecast[i].expense,
                     drawn ? (median->high - median->low) / 2 : 0, published->expense.published);
    }
}

void bg_text_page_published(bg_text_page *page)
{
    static const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_method, BG_LABEL_expense,
                                        BG_LABEL_error};
    bg_published list[MOST_PUBLISHED];
    size_t count = bg_published_read(page->report, list, MOST_PUBLISHED);
    bg_text_table table;
    bg_text_table_init(&table, "rlrr");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        bg_text_table_add(&table, "%s", bg_label(heads[i], page->language));
    }
    size_t empty = table.count;
    for (size_t i = 0; i < count; i++) {
        if (list[i].has_expense) {
            add_published(page, &table, &list[i]);
        }
    }
    if (table.count > empty) {
        bg_text_page_heading(page, BG_LABEL_published_heading);
        bg_text_page_table(page, &table);
    }
    bg_text_table_free(&table);
}
