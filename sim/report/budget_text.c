#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/amount.h"
#include "report/label.h"
#include "report/paragraph.h"
#include "report/report.h"
#include "report/table.h"

char *bg_lag_sentence(const bg_model *model, const bg_central_budget *budget, size_t scheme,
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
        lag->years, model->first_year, bg_percent_points(lag->carried),
        bg_percent_points(lag->trend), bg_percent_points(lag->needed));
}

static void add_money(bg_table *table, bg_fen amount)
{
    char text[BG_NUMBER_TEXT];
    bg_table_add(table, "%s", bg_money_grouped(amount, text));
}

static bg_status print_years(const bg_model *model, const bg_central_budget *budget, size_t scheme,
                             const char *language, FILE *stream)
{
    static const char *const alignments[] = {"rrrrrr",       "rrrrrrr",       "rrrrrrrr",
                                             "rrrrrrrrr",    "rrrrrrrrrr",    "rrrrrrrrrrr",
                                             "rrrrrrrrrrrr", "rrrrrrrrrrrrr", "rrrrrrrrrrrrrr"};
    const bg_budget_terms *terms = model->terms[scheme];
    size_t funds = bg_budget_fund_count(terms);
    bg_table table;
    bg_table_init(&table, alignments[funds]);
    const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_growth, BG_LABEL_budget};
    for (size_t i = 0; i < 3; i++) {
        bg_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < funds; i++) {
        bg_table_add(&table, "%s", bg_label_of_name(bg_budget_fund(terms, i)->name, language));
    }
    bg_table_add(&table, "%s", bg_label(BG_LABEL_payable, language));
    bg_table_add(&table, "%s", bg_in_language(language, "January", "一月预拨"));
    bg_table_add(&table, "%s", bg_in_language(language, "December", "十二月预拨"));
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_central_budget_year(budget, scheme, i);
        char growth[BG_NUMBER_TEXT];
        bg_table_add(&table, "%d", year->year);
        bg_table_add(&table, "%s%s", bg_percent_text(year->growth, growth), year->cut ? "*" : "");
        add_money(&table, year->total);
        for (size_t j = 0; j < funds; j++) {
            add_money(&table, year->fund[j]);
        }
        add_money(&table, year->payable);
        add_money(&table, year->instalment[0]);
        add_money(&table, year->instalment[11]);
    }
    return bg_table_print(&table, stream, 2);
}

static void print_cuts(const bg_central_budget *budget, size_t scheme, const char *language,
                       FILE *stream)
{
    for (size_t i = 0; i < budget->years; i++) {
        const bg_budget_year *year = bg_central_budget_year(budget, scheme, i);
        if (year->cut) {
            char cut[BG_NUMBER_TEXT];
            fprintf(stream, "  * %d: %s%s%s\n", year->year,
                    bg_in_language(language, "the cap cuts off ", "增长率超出上限的"),
                    bg_percent_text(year->cut, cut),
                    bg_in_language(language, " of growth", "已扣减"));
        }
    }
}

static bg_status print_lines(const bg_budget_lines *lines, const char *language, FILE *stream)
{
    bg_table table;
    bg_table_init(&table, "rlrll");
    const bg_label_id heads[] = {BG_LABEL_year, BG_LABEL_kind, BG_LABEL_amount, BG_LABEL_inputs,
                                 BG_LABEL_source};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        bg_table_add(&table, "%s", bg_label(heads[i], language));
    }
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        char source[256];
        bg_table_add(&table, "%d", line->year);
        bg_table_add(&table, "%s", bg_in_language(language, line->label_en, line->label_zh));
        add_money(&table, line->amount);
        bg_table_add(&table, "%s", line->inputs ? line->inputs : "");
        bg_table_add(&table, "%s", bg_budget_line_source(line, source, sizeof source));
    }
    return bg_table_print(&table, stream, 2);
}

bg_status bg_budget_text(const bg_model *model, const bg_central_budget *budget,
                         const char *language, bool explain, FILE *stream)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < budget->schemes && status == BG_OK; i++) {
        const bg_budget_terms *terms = model->terms[i];
        char base[BG_NUMBER_TEXT];
        fprintf(stream, "%s%s: %s %s\n", i ? "\n" : "",
                bg_label_of_name(model->history.scheme[i].name, language),
                bg_in_language(language, "base, yuan", "基数（元）"),
                bg_money_grouped(bg_budget_base(terms), base));
        status = print_years(model, budget, i, language, stream);
        print_cuts(budget, i, language, stream);
        if (explain && status == BG_OK) {
            fputc('\n', stream);
            status = print_lines(&budget->lines[i], language, stream);
        }
        fputc('\n', stream);
        char *lag = bg_lag_sentence(model, budget, i, language);
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
