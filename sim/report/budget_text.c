#include "base/text.h"
#include "format/amount.h"
#include "format/paragraph.h"
#include "format/text_table.h"
#include "report/label.h"
#include "report/report.h"

#include <stdlib.h>

char *bg_lag_sentence(const bg_model *model, const bg_budgets *budget, size_t scheme,
                      const char *language)
{
    const bg_budget_lag_view *lag = &budget->lag[scheme];
    return bg_text_format(
        bg_in_language(
            language,
            "The base lies %.1f years before %d on average. The first budget carries "
            "%.1f%% of growth over it; standing still at a trend of %.1f%% a year would "
            "need %.1f%%.",
            "基数平均滞后首个付费年度%.1f年（付费年度%d）。首年总额比基数高%.1f%%；按每年"
            "%.1f%%的趋势，仅维持现状就需要高%.1f%%。"),
        lag->years, model->contract.first_year, bg_percent_points(lag->carried),
        bg_percent_points(lag->trend), bg_percent_points(lag->needed));
}

/* Whether the line rests on a rate, which stands in the scenario or has a default. */
static bool has_rate(const bg_budget_line *line)
{
    switch (line->kind) {
    case BG_BUDGET_LINE_COMPLETED:
    case BG_BUDGET_LINE_TRENDED:
    case BG_BUDGET_LINE_GROWN:
    case BG_BUDGET_LINE_LIMIT:
    case BG_BUDGET_LINE_FUND:
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
    return line->kind == BG_BUDGET_LINE_ADJUSTMENT ? "" : "= ";
}

static void add_money(bg_text_table *table, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    bg_text_table_add(table, "%s", bg_money_grouped(amount, text));
}

static bg_status print_years(const bg_model *model, const bg_budgets *budget, size_t scheme,
                             const char *language, FILE *stream)
{
    static const char *const alignments[] = {"rrrrrr",       "rrrrrrr",       "rrrrrrrr",
                                             "rrrrrrrrr",    "rrrrrrrrrr",    "rrrrrrrrrrr",
                                             "rrrrrrrrrrrr", "rrrrrrrrrrrrr", "rrrrrrrrrrrrrr"};
    const bg_budget_terms *terms = model->contract.terms[scheme];
    size_t funds = bg_budget_fund_count(terms);
    bg_text_table table;
    bg_text_table_init(&table, alignments[funds]);
    const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_growth, BG_LABEL_budget};
    for (size_t i = 0; i < 3; i++) {
        bg_text_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < funds; i++) {
        bg_text_table_add(&table, "%s", bg_label_of_name(bg_budget_fund(terms, i)->name, language));
    }
    bg_text_table_add(&table, "%s", bg_label(BG_LABEL_payable, language));
    bg_text_table_add(&table, "%s", bg_in_language(language, "January", "一月预拨"));
    bg_text_table_add(&table, "%s", bg_in_language(language, "December", "十二月预拨"));
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_budgets_year(budget, scheme, i);
        char growth[BG_NUMBER_TEXT];
        bg_text_table_add(&table, "%d", year->year);
        bg_text_table_add(&table, "%s%s", bg_percent_text(year->growth, growth),
                          year->cut ? "*" : "");
        add_money(&table, year->total);
        for (size_t j = 0; j < funds; j++) {
            add_money(&table, year->fund[j]);
        }
        add_money(&table, year->payable);
        add_money(&table, year->instalment[0]);
        add_money(&table, year->instalment[11]);
    }
    return bg_text_table_print(&table, stream, 2);
}

/* "* Growth is cut to the cap: 2026 by 0.5%, 2027 by 0.5%." */
static void print_cuts(const bg_budgets *budget, size_t scheme, const char *language, FILE *stream)
{
    size_t cuts = 0;
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_budgets_year(budget, scheme, i);
        if (year->cut) {
            char cut[BG_NUMBER_TEXT];
            fputs(cuts++ ? bg_in_language(language, ", ", "，")
                         : bg_in_language(language, "  * growth is cut to the cap: ",
                                          "  * 增长率超出上限，已扣减："),
                  stream);
            fprintf(stream, bg_in_language(language, "%d by %s", "%d年%s"), year->year,
                    bg_percent_text(year->cut, cut));
        }
    }
    fputs(cuts ? "\n" : "", stream);
}

static bg_status print_lines(const bg_budget_lines *lines, const char *language, FILE *stream)
{
    static const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_kind, BG_LABEL_amount,
                                        BG_LABEL_source};
    bg_text_table table;
    bg_text_table_init(&table, "rlrl");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        bg_text_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        char source[256];
        bg_text_table_add(&table, "%d", line->year);
        bg_text_table_add(&table, "%s", bg_in_language(language, line->label_en, line->label_zh));
        add_money(&table, line->amount);
        bg_text_table_add(&table, "%s",
                          bg_budget_line_source(line, language, source, sizeof source));
        if (line->inputs[0]) {
            bg_text_table_note(&table, "%s%s", bg_budget_line_sign(line), line->inputs);
        }
    }
    return bg_text_table_print(&table, stream, 2);
}

bg_status bg_budget_text(const bg_model *model, const bg_budgets *budget, const char *language,
                         bool explain, FILE *stream)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < budget->schemes && status == BG_OK; i++) {
        const bg_budget_terms *terms = model->contract.terms[i];
        char base[BG_NUMBER_TEXT];
        fprintf(stream, "%s", i ? "\n" : "");
        fprintf(stream, bg_in_language(language, "%s: base %s yuan\n", "%s：基数%s元\n"),
                bg_label_of_scheme(model->contract.history.scheme[i].name, language),
                bg_money_grouped(bg_budget_base(terms), base));
        status = print_years(model, budget, i, language, stream);
        print_cuts(budget, i, language, stream);
        if (explain && status == BG_OK) {
            fputc('\n', stream);
            status = print_lines(&budget->lines[i], language, stream);
        }
        fputc('\n', stream);
        char *lag = bg_lag_sentence(model, budget, i, language);
        bg_first(&status, lag ? BG_OK : BG_MEMORY);
        bg_paragraph_print(lag ? lag : "", (bg_margins){0, 0, 80}, stream);
        free(lag);
        if (bg_budget_needs_expense(terms)) {
            fputs(bg_in_language(language,
                                 "Later budgets roll on past expenses: the central path is assumed "
                                 "for years to come.\n",
                                 "以后年度总额按近三年支出滚动：未来年度采用中心路径。\n"),
                  stream);
        }
    }
    return status;
}
