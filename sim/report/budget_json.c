#include "format/json.h"
#include "format/json_writer.h"
#include "report/report.h"

static double decimal(bg_decimal value)
{
    return (double)value / (double)BG_ONE;
}

static json_t *year_object(const bg_budget_terms *terms, const bg_budget_year *year)
{
    json_t *funds = json_object();
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        bg_json_set(&funds, bg_budget_fund(terms, i)->name, json_integer(year->fund[i]));
    }
    json_t *instalments = json_array();
    for (size_t i = 0; i < 12; i++) {
        bg_json_append(&instalments, json_integer(year->instalment[i]));
    }
    return json_pack("{s:i, s:f, s:f, s:I, s:I, s:I, s:o, s:o}", "year", year->year, "growth",
                     decimal(year->growth), "growth_cut", decimal(year->cut), "opening_total_fen",
                     (json_int_t)year->opening_total, "total_fen", (json_int_t)year->total,
                     "payable_fen", (json_int_t)year->payable, "funds_fen", funds,
                     "instalments_fen", instalments);
}

static json_t *lines_array(const bg_budget_lines *lines)
{
    static const bg_column columns[] = {
        {.name = "year", .kind = BG_CELL_YEAR},      {.name = "en", .kind = BG_CELL_TEXT},
        {.name = "zh", .kind = BG_CELL_TEXT},        {.name = "inputs", .kind = BG_CELL_TEXT},
        {.name = "source", .kind = BG_CELL_TEXT},    {.name = "assumption", .kind = BG_CELL_FLAG},
        {.name = "amount_fen", .kind = BG_CELL_FEN},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < lines->count; i++) {
        const bg_budget_line *line = &lines->items[i];
        char source[256];
        bg_budget_line_source(line, "en", source, sizeof source);
        bg_sheet_add_year(&sheet, line->year);
        bg_sheet_add_text(&sheet, line->label_en);
        bg_sheet_add_text(&sheet, line->label_zh);
        bg_sheet_add_text(&sheet, line->inputs);
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", source));
        bg_sheet_add_flag(&sheet, line->assumption);
        bg_sheet_add_fen(&sheet, line->amount);
    }
    json_t *array = bg_sheet_json(&sheet);
    bg_sheet_free(&sheet);
    return array;
}

static json_t *scheme_object(const bg_model *model, const bg_budgets *budget, size_t scheme)
{
    json_t *years = json_array();
    for (size_t i = 0; i < budget->years; i++) {
        bg_json_append(
            &years, year_object(model->contract.terms[scheme], bg_budgets_year(budget, scheme, i)));
    }
    const bg_budget_lag_view *lag = &budget->lag[scheme];
    json_t *lag_object =
        json_pack("{s:f, s:f, s:f, s:f, s:f}", "years", lag->years, "trend", lag->trend, "carried",
                  lag->carried, "unlimited", lag->unlimited, "needed", lag->needed);
    return json_pack("{s:s, s:I, s:o, s:o, s:o}", "scheme",
                     model->contract.history.scheme[scheme].name, "base_fen",
                     (json_int_t)bg_budget_base(model->contract.terms[scheme]), "lag", lag_object,
                     "years", years, "lines", lines_array(&budget->lines[scheme]));
}

json_t *bg_budget_json(const bg_model *model, const bg_budgets *budget)
{
    json_t *list = json_array();
    for (size_t i = 0; i < budget->schemes; i++) {
        bg_json_append(&list, scheme_object(model, budget, i));
    }
    return list;
}
