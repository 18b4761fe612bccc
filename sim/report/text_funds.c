/* What the funds of a budget do in the course of the contract, and what an emergency does. */
#include "report/text_page.h"
#include "statistics/uncertainty.h"
#include "study/fund_use.h"
#include "study/given_event.h"

#include <math.h>

enum { INDENT = 2 };

static double margin(const bg_flow_mean *flow)
{
    return isnan(flow->se) ? 0 : bg_margin_of_se(flow->se);
}

static bg_money_scale scale(const bg_text_page *page, const bg_fund_use *use, bg_fund_flow flow)
{
    double largest = 0;
    for (size_t i = 0; i < use->count; i++) {
        largest = fmax(largest, margin(&use->row[i].flow[flow]));
    }
    return bg_money_scale_for_error(page->unit, largest);
}

static void add_column(bg_sheet *sheet, bg_cell_kind kind, const char *heading,
                       bg_money_scale money)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = kind, .heading = heading, .scale = money});
}

static const char *flow_heading(const bg_text_page *page, const bg_fund_use *use, bg_fund_flow flow)
{
    switch (flow) {
    case BG_FUND_FLOW_SET_ASIDE:
        return bg_text_page_words(page, "Set aside", "提取");
    case BG_FUND_FLOW_RELEASED:
        return bg_text_page_words(page, "Released", "返还医共体");
    case BG_FUND_FLOW_COVERED:
        return bg_text_page_words(page, "For emergencies", "弥补突发事件");
    default:
        return use->shares
                   ? bg_text_page_words(page, "Shared or returned", "用于分担或归还统筹基金")
                   : bg_text_page_words(page, "Back to the pool", "归还统筹基金");
    }
}

static bool any_opening(const bg_fund_use *use)
{
    bool any = false;
    for (size_t i = 0; i < use->count; i++) {
        any = any || use->row[i].opening != 0;
    }
    return any;
}

static void add_row(const bg_text_page *page, const bg_fund_use *use, size_t row, bg_sheet *sheet)
{
    const bg_fund_row *of = &use->row[row];
    bg_sheet_add_text(sheet, of->fund
                                 ? bg_label_of_name(of->fund, page->language)
                                 : bg_text_page_words(page, "all funds together", "各项资金合计"));
    if (any_opening(use)) {
        bg_sheet_add_fen(sheet, of->opening);
    }
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, (double)of->flow[flow].mean,
                              margin(&of->flow[flow]));
    }
    if (!use->shares) {
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, of->pays.estimate, of->pays.low, of->pays.high);
    }
}

static void tabulate(const bg_text_page *page, const bg_fund_use *use)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    add_column(&sheet, BG_CELL_TEXT, "", page->unit);
    if (any_opening(use)) {
        add_column(&sheet, BG_CELL_FEN, bg_text_page_words(page, "Brought in", "期初结转"),
                   scale(page, use, BG_FUND_FLOW_SET_ASIDE));
    }
    for (bg_fund_flow flow = 0; flow < BG_FUND_FLOW_COUNT; flow++) {
        add_column(&sheet, BG_CELL_AMOUNT, flow_heading(page, use, flow), scale(page, use, flow));
    }
    if (!use->shares) {
        add_column(&sheet, BG_CELL_SHARE, bg_text_page_words(page, "Ever pays", "动用概率"),
                   page->unit);
    }
    for (size_t i = 0; i < use->count; i++) {
        add_row(page, use, i, &sheet);
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
}

/* "35.9 ±1.7 less" */
static const char *difference_text(const bg_text_page *page, const bg_given_event *given,
                                   char buffer[BG_TEXT_SIZE])
{
    const double error = bg_margin_of_se(given->expense_se);
    char amount[BG_AMOUNT_TEXT];
    bg_amount_with_error(bg_money_scale_for_error(page->unit, error), fabs(given->expense), error,
                         amount);
    snprintf(buffer, BG_TEXT_SIZE,
             given->expense < 0 ? bg_text_page_words(page, "%s less", "低%s")
                                : bg_text_page_words(page, "%s more", "高%s"),
             amount);
    return buffer;
}

static const char *chance_text(bg_probability p, char buffer[BG_AMOUNT_TEXT])
{
    return bg_share_with_error(p.estimate, p.low, p.high, buffer);
}

/* Where every future has one, none is left to compare with. */
static void say_certain_emergency(const bg_text_page *page)
{
    bg_document_add(
        page->document, BG_PART_SENTENCE, INDENT,
        bg_text_page_words(
            page,
            "An emergency begins in nearly every future of %d, so that none is left to show what "
            "it "
            "does to expense: compare with demand.emergency.probability=0%%. Emergencies put care "
            "off; a wave of illness that brings more care stands under `incidents`.",
            "%d年几乎每种情形都发生突发公共卫生事件，没有其他情形可供对比；其对支出的影响，请与 "
            "demand.emergency.probability=0%% 比较。突发事件使就医推迟；使就医增加的疾病流行请写在 "
            "`incidents` 中。"),
        bg_text_page_year(page, 0));
}

/* The first year stands for all: its futures differ by nothing that went before. */
static void say_emergency(const bg_text_page *page, size_t scheme)
{
    const bg_projection *projection = page->report->projection;
    bg_given_event given;
    if (bg_given_event_is_certain(projection, scheme, 0, BG_EVENT_emergency)) {
        say_certain_emergency(page);
        return;
    }
    if (!bg_given_event_find(projection, scheme, 0, BG_EVENT_emergency, &given)) {
        return;
    }
    char difference[BG_TEXT_SIZE], chance[BG_AMOUNT_TEXT], with[BG_AMOUNT_TEXT];
    char without[BG_AMOUNT_TEXT];
    bg_document_add(
        page->document, BG_PART_SENTENCE, INDENT,
        bg_text_page_words(
            page,
            "Where an emergency begins in %d (%s of the futures), expense of that year is %s than "
            "elsewhere, and the chance of an overspend is %s instead of %s.",
            "%d年发生突发公共卫生事件的情形（占%s）中，该年基金支出比其他情形%s，"
            "超支概率为%s（其他情形为%s）。"),
        bg_text_page_year(page, 0), chance_text(given.chance, chance),
        difference_text(page, &given, difference), chance_text(given.overspend, with),
        chance_text(given.without_it, without));
}

void bg_text_page_funds(bg_text_page *page, size_t scheme)
{
    bg_fund_use use;
    if (bg_fund_use_find(page->report->model, page->report->projection, scheme, &use)) {
        page->document->failed = true;
    }
    if (bg_budget_fund_count(page->report->model->contract.terms[scheme]) == 0) {
        return;
    }
    bg_text_page_heading(page, BG_LABEL_fund_use_heading);
    if (!use.known) {
        bg_document_add(page->document, BG_PART_SENTENCE, INDENT, "%s",
                        bg_label(BG_LABEL_fund_use_unknown, page->language));
        return;
    }
    tabulate(page, &use);
    say_emergency(page, scheme);
}
