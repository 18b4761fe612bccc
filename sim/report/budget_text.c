#include "base/text.h"
#include "contract/money_unit.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "report/report.h"

#include <stdlib.h>

char *bg_lag_sentence(const bg_model *model, const bg_budgets *budget, size_t scheme,
                      const char *language)
{
    const bg_budget_lag_view *lag = &budget->lag[scheme];
    char *limit = bg_text_format("%s", "");
    if (lag->carried < lag->unlimited) {
        free(limit);
        limit = bg_text_format(bg_in_language(language, " (without the income limit %.1f%%)",
                                              "（若无以收定支上限为%.1f%%）"),
                               bg_percent_points(lag->unlimited));
    }
    char *sentence =
        limit ? bg_text_format(
                    bg_in_language(
                        language,
                        "The base lies %.1f years before %d on average. The first budget carries "
                        "%.1f%% of growth over it%s; standing still at a trend of %.1f%% a year "
                        "would need %.1f%%.",
                        "基数平均比首个付费年度早%.1f年（首个付费年度为%d年）。首年总额比基数高%."
                        "1f%%%"
                        "s；按每年"
                        "%.1f%%的趋势，仅维持现状就需要高%.1f%%。"),
                    lag->years, model->contract.first_year, bg_percent_points(lag->carried), limit,
                    bg_percent_points(lag->trend), bg_percent_points(lag->needed))
              : NULL;
    free(limit);
    return sentence;
}

/* Whether the line rests on a rate, which stands in the scenario or has a default. */
static bool has_rate(const bg_budget_line *line)
{
    switch (line->kind) {
    case BG_BUDGET_LINE_COMPLETED:
    case BG_BUDGET_LINE_TRENDED:
    case BG_BUDGET_LINE_GROWN:
    case BG_BUDGET_LINE_OF_INCOME:
    case BG_BUDGET_LINE_BROUGHT:
    case BG_BUDGET_LINE_LIMIT:
    case BG_BUDGET_LINE_FUND:
    case BG_BUDGET_LINE_OUTSIDE:
    case BG_BUDGET_LINE_INSTALMENTS:
        return true;
    default:
        return false;
    }
}

const char *bg_budget_line_source(const bg_budget_line *line, const char *language, char *buffer,
                                  size_t size)
{
    if (line->mark.file && line->mark.line > 0) {
        snprintf(buffer, size, "%s:%d", line->mark.file, line->mark.line);
    } else if (line->mark.file) {
        snprintf(buffer, size, "%s", line->mark.file);
    } else if (line->assumption) {
        snprintf(buffer, size, "%s", bg_in_language(language, "assumption", "假设"));
    } else {
        snprintf(buffer, size, "%s",
                 has_rate(line) ? bg_in_language(language, "default", "默认值") : "");
    }
    return buffer;
}

const char *bg_budget_line_sign(const bg_budget_line *line)
{
    const bool added = line->kind == BG_BUDGET_LINE_ADJUSTMENT ||
                       line->kind == BG_BUDGET_LINE_CARRIED || line->kind == BG_BUDGET_LINE_BROUGHT;
    return added ? "" : "= ";
}

static void say_years(const bg_model *model, const bg_budgets *budget, size_t scheme,
                      bg_document *page)
{
    const char *language = page->language;
    const bg_budget_terms *terms = model->contract.terms[scheme];
    const size_t funds = bg_budget_fund_count(terms);
    const bg_column before[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, language)},
        {.kind = BG_CELL_RATE, .heading = bg_label(BG_LABEL_growth, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_budget, language)}};
    const bg_column behind[] = {
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_payable, language)},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "January", "一月预拨")},
        {.kind = BG_CELL_FEN, .heading = bg_in_language(language, "December", "十二月预拨")}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, before, sizeof before / sizeof *before);
    for (size_t i = 0; i < funds; i++) {
        const char *name = bg_label_of_name(bg_budget_fund(terms, i)->name, language);
        bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_FEN, .heading = name});
    }
    bg_sheet_add_columns(&sheet, behind, sizeof behind / sizeof *behind);
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_budgets_year(budget, scheme, i);
        bg_sheet_add_year(&sheet, year->year);
        if (bg_budget_is_of_income(terms)) {
            bg_sheet_add_absent(&sheet);
        } else {
            bg_sheet_add_rate(&sheet, year->growth);
        }
        bg_sheet_mark(&sheet, year->cut ? "*" : NULL);
        bg_sheet_add_fen(&sheet, year->total);
        for (size_t j = 0; j < funds; j++) {
            bg_sheet_add_fen(&sheet, year->fund[j]);
        }
        bg_sheet_add_fen(&sheet, year->payable);
        bg_sheet_add_fen(&sheet, year->instalment[0]);
        bg_sheet_add_fen(&sheet, year->instalment[11]);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

/* "* growth is cut to the cap: 2026 by 0.5%, 2027 by 0.5%" */
static void say_cuts(const bg_budgets *budget, size_t scheme, bg_document *page)
{
    const char *language = page->language;
    bg_text text = {0};
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_budgets_year(budget, scheme, i);
        if (year->cut) {
            char cut[BG_NUMBER_TEXT];
            bg_text_add(&text, "%s",
                        text.length ? bg_in_language(language, ", ", "，")
                                    : bg_in_language(language, "* growth is cut to the cap: ",
                                                     "* 增长率超出上限，已扣减："));
            bg_text_add(&text, bg_in_language(language, "%d by %s", "%d年%s"), year->year,
                        bg_percent_text(year->cut, cut));
        }
    }
    page->failed = page->failed || text.failed;
    char *cuts = bg_text_take(&text);
    if (cuts) {
        bg_document_add(page, BG_PART_LINE, 2, "%s", cuts);
    }
    free(cuts);
}

static void note_inputs(const bg_budget_line *line, bg_fen unit, bg_sheet *sheet)
{
    char *inputs = bg_budget_line_inputs(line, unit);
    if (inputs && inputs[0]) {
        bg_sheet_note(sheet, bg_sheet_keep(sheet, "%s%s", bg_budget_line_sign(line), inputs));
    }
    sheet->failed = sheet->failed || !inputs;
    free(inputs);
}

static void say_lines(const bg_budget_lines *lines, bg_document *page)
{
    const char *language = page->language;
    const bg_column columns[] = {
        {.kind = BG_CELL_YEAR, .heading = bg_label(BG_LABEL_year, language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_kind, language)},
        {.kind = BG_CELL_FEN, .heading = bg_label(BG_LABEL_amount, language)},
        {.kind = BG_CELL_TEXT, .heading = bg_label(BG_LABEL_source, language)}};
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        char source[256];
        bg_budget_line_source(line, language, source, sizeof source);
        bg_sheet_add_year(&sheet, line->year);
        bg_sheet_add_text(&sheet, bg_in_language(language, line->label_en, line->label_zh));
        bg_sheet_add_fen(&sheet, line->amount);
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", source));
        note_inputs(line, page->money, &sheet);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_scheme(const bg_model *model, const bg_budgets *budget, size_t scheme, bool explain,
                       bg_document *page)
{
    const char *language = page->language;
    const bg_budget_terms *terms = model->contract.terms[scheme];
    const bg_money_scale unit = bg_contract_money_to_fen(&model->contract, language);
    char base[BG_AMOUNT_TEXT];
    bg_document_add(page, BG_PART_LINE, 0, bg_in_language(language, "%s: base %s", "%s：基数%s"),
                    bg_label_of_scheme(model->contract.history.scheme[scheme].name, language),
                    bg_amount_to_fen(unit, bg_budget_base(terms), base));
    say_years(model, budget, scheme, page);
    say_cuts(budget, scheme, page);
    if (explain) {
        bg_document_add_gap(page);
        say_lines(&budget->lines[scheme], page);
    }
    char *lag = bg_lag_sentence(model, budget, scheme, language);
    bg_document_add_gap(page);
    bg_document_add(page, BG_PART_PARAGRAPH, 0, "%s", lag ? lag : "");
    page->failed = page->failed || !lag;
    free(lag);
    if (bg_budget_needs_expense(terms)) {
        bg_document_add(
            page, BG_PART_LINE, 0, "%s",
            bg_in_language(language,
                           "Later budgets roll on past expenses: the central path is assumed "
                           "for years to come.",
                           "以后年度总额按近三年支出滚动：未来年度采用中心路径。"));
    }
}

bg_status bg_budget_text(const bg_model *model, const bg_budgets *budget, const char *language,
                         bool explain, FILE *stream)
{
    bg_document page;
    bg_document_init(&page, language);
    page.money = (bg_fen)bg_contract_money_to_fen(&model->contract, language).fen;
    for (size_t i = 0; i < budget->schemes; i++) {
        if (i) {
            bg_document_add_gap(&page);
        }
        say_scheme(model, budget, i, explain, &page);
    }
    const bg_status status = bg_document_write_text(&page, stream);
    bg_document_free(&page);
    return status;
}
