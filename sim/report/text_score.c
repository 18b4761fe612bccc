/* A performance score that is simulated: what to expect, and which tiers it reaches. */
#include "base/text.h"
#include "report/text_page.h"
#include "study/score.h"

#include <math.h>
#include <stdlib.h>

enum { INDENT = 2, POINT = 100 /* of which the outcome counts */ };

static size_t outcome_of(const bg_text_page *page)
{
    return bg_projection_outcome_count(page->report->projection) - 1;
}

static const bg_statistics *score_in(const bg_text_page *page, size_t year)
{
    return bg_text_page_statistics(page, 0, year, outcome_of(page));
}

/* Points with the decimals that their errors leave. */
static bg_money_scale points(const bg_text_page *page)
{
    double largest = 0;
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        const bg_statistics *of = score_in(page, year);
        largest = fmax(largest, fmax(bg_mean_error(of), bg_interval_error(of)));
    }
    return bg_money_scale_for_error((bg_money_scale){"", POINT, 1}, largest);
}

static void add_columns(const bg_text_page *page, const bg_score_bounds *bounds, bg_sheet *sheet)
{
    const bg_money_scale scale = points(page);
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, page->language)},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_text_page_words(page, "Score", "得分"),
         .scale = scale},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_label(BG_LABEL_interval, page->language),
         .form = BG_FORM_RANGE,
         .scale = scale},
        {.kind = BG_CELL_AMOUNT,
         .heading = bg_text_page_words(page, "Central path", "中心路径"),
         .scale = scale}};
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < bounds->count; i++) {
        char number[BG_NUMBER_TEXT];
        bg_decimal_text(bounds->bound[i], number);
        const char *heading =
            bg_sheet_keep(sheet, bg_text_page_words(page, "Reaches %s", "达到%s分"), number);
        bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_SHARE, .heading = heading});
    }
}

static void add_year(const bg_text_page *page, const bg_score_bounds *bounds, size_t year,
                     bg_sheet *sheet)
{
    const bg_projection *projection = page->report->projection;
    const bg_statistics *of = score_in(page, year);
    bg_sheet_add_year(sheet, bg_text_page_year(page, year));
    bg_add_mean(sheet, of, 1);
    bg_sheet_add_interval(sheet, BG_CELL_AMOUNT, of->quantile[BG_Q50].value,
                          of->quantile[BG_Q10].value, of->quantile[BG_Q90].value);
    bg_sheet_add_amount(sheet,
                        (double)bg_projection_central(projection, 0, year, outcome_of(page)));
    for (size_t i = 0; i < bounds->count; i++) {
        bg_probability chance;
        if (bg_score_chance(projection, year, bounds->bound[i], &chance)) {
            sheet->failed = true;
        }
        bg_sheet_add_interval(sheet, BG_CELL_SHARE, chance.estimate, chance.low, chance.high);
    }
}

/* "Probability that 90 points are reached: 63% ±1 in 2026." */
static void say_chance(const bg_text_page *page, bg_decimal bound)
{
    bg_probability chance;
    char number[BG_NUMBER_TEXT], share[BG_TEXT_SIZE];
    if (bg_score_chance(page->report->projection, 0, bound, &chance)) {
        page->document->failed = true;
    }
    bg_share_with_error(chance.estimate, chance.low, chance.high, share);
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT,
                    bg_text_page_words(page, "Probability that %s points are reached in %d: %s.",
                                       "达到%s分的概率（%d年）：%s。"),
                    bg_decimal_text(bound, number), bg_text_page_year(page, 0), share);
}

/* "Simulated, all schemes together: in_county_share, cost_growth." */
static void say_indicators(const bg_text_page *page)
{
    const bg_node *indicators =
        bg_scenario_find(page->report->model->contract.scenario, "performance.indicators");
    bg_text names = {0};
    size_t count = 0;
    for (const bg_node *node = indicators->child; node; node = node->next) {
        if (bg_node_child(node, "simulated")) {
            const char *comma = bg_text_page_words(page, ", ", "、");
            bg_text_add(&names, "%s%s", count++ ? comma : "", node->key);
        }
    }
    char *all = bg_text_take(&names);
    page->document->failed = page->document->failed || !all;
    bg_document_add(page->document, BG_PART_SENTENCE, INDENT,
                    bg_text_page_words(page, "Simulated, all schemes together: %s.",
                                       "按模拟结果计分（各险种合计）：%s。"),
                    all ? all : "");
    free(all);
}

void bg_text_page_score(bg_text_page *page)
{
    if (!bg_model_has_score(page->report->model)) {
        return;
    }
    const bg_score_bounds bounds = bg_score_bounds_of(page->report->model->contract.scenario);
    bg_sheet sheet;
    bg_text_page_heading(page, BG_LABEL_score_heading);
    bg_sheet_init(&sheet, page->language);
    add_columns(page, &bounds, &sheet);
    for (size_t year = 0; year < bg_text_page_years(page); year++) {
        add_year(page, &bounds, year, &sheet);
    }
    bg_document_add_sheet(page->document, INDENT, &sheet);
    if (bounds.count > 0) {
        say_chance(page, bounds.bound[0]);
    }
    say_indicators(page);
}
