#include "format/json.h"
#include "report/report.h"

static double decimal(bg_decimal value)
{
    return (double)value / (double)BG_ONE;
}

static json_t *year_object(const bg_budget_terms *terms, const bg_budget_year *year)
{
    json_t *funds = json_object();
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        json_object_set_new(funds, bg_budget_fund(terms, i)->name, json_integer(year->fund[i]));
    }
    json_t *instalments = json_array();
    for (size_t i = 0; i < 12; i++) {
        json_array_append_new(instalments, json_integer(year->instalment[i]));
    }
    return json_pack("{s:i, s:f, s:f, s:I, s:I, s:I, s:o, s:o}", "year", year->year, "growth",
                     decimal(year->growth), "growth_cut", decimal(year->cut), "opening_total_fen",
                     (json_int_t)year->opening_total, "total_fen", (json_int_t)year->total,
                     "payable_fen", (json_int_t)year->payable, "funds_fen", funds,
                     "instalments_fen", instalments);
}

static json_t *line_object(const bg_budget_line *line)
{
    char source[256];
    return json_pack("{s:i, s:o, s:o, s:o, s:o, s:b, s:I}", "year", line->year, "en",
                     bg_json_text(line->label_en), "zh", bg_json_text(line->label_zh), "inputs",
                     bg_json_text(line->inputs), "source",
                     bg_json_text(bg_budget_line_source(line, "en", source, sizeof source)),
                     "assumption", (int)line->assumption, "amount_fen", (json_int_t)line->amount);
}

static json_t *scheme_object(const bg_model *model, const bg_budgets *budget, size_t scheme)
{
    json_t *years = json_array();
    for (size_t i = 0; i < budget->years; i++) {
        json_array_append_new(
            years, year_object(model->contract.terms[scheme], bg_budgets_year(budget, scheme, i)));
    }
    json_t *lines = json_array();
    for (size_t i = 0; i < budget->lines[scheme].count; i++) {
        json_array_append_new(lines, line_object(&budget->lines[scheme].items[i]));
    }
    const bg_budget_lag_view *lag = &budget->lag[scheme];
    json_t *lag_object = json_pack("{s:f, s:f, s:f, s:f}", "years", lag->years, "trend", lag->trend,
                                   "carried", lag->carried, "needed", lag->needed);
    return json_pack("{s:s, s:I, s:o, s:o, s:o}", "scheme",
                     model->contract.history.scheme[scheme].name, "base_fen",
                     (json_int_t)bg_budget_base(model->contract.terms[scheme]), "lag", lag_object,
                     "years", years, "lines", lines);
}

json_t *bg_budget_json(const bg_model *model, const bg_budgets *budget)
{
    json_t *list = json_array();
    for (size_t i = 0; i < budget->schemes; i++) {
        json_array_append_new(list, scheme_object(model, budget, i));
    }
    return list;
}
