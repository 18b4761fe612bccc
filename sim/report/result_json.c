/* The result of a run as one JSON object; result.def lists its members. */
#include "format/json.h"
#include "format/json_writer.h"
#include "report/account_rows.h"
#include "report/ageing_rows.h"
#include "report/contribution_rows.h"
#include "report/due_rows.h"
#include "report/fund_rows.h"
#include "report/given_rows.h"
#include "report/incentive_rows.h"
#include "report/pool_rows.h"
#include "report/purpose_rows.h"
#include "report/report.h"
#include "report/response_rows.h"
#include "report/score_rows.h"
#include "report/tier_rows.h"
#include "study/default_keys.h"
#include "study/outturn.h"
#include "study/tiers.h"

#include <baogan/version.h>
#include <math.h>
#include <stdlib.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

static json_t *title_object(const bg_scenario *scenario)
{
    const bg_node *title = bg_scenario_find(scenario, "title");
    return json_pack("{s:o, s:o}", "en", bg_json_text(bg_node_in_language(title, "en")), "zh",
                     bg_json_text(bg_node_in_language(title, "zh")));
}

/* The rows of a sheet, which is given up. */
static json_t *finish(bg_sheet *sheet)
{
    json_t *rows = bg_sheet_json(sheet);
    bg_sheet_free(sheet);
    return rows;
}

/* The same as members by the text of their first cell. */
static json_t *finish_by_name(bg_sheet *sheet)
{
    json_t *members = bg_sheet_json_by_name(sheet);
    bg_sheet_free(sheet);
    return members;
}

static void begin(bg_sheet *sheet, const bg_column *columns, size_t count)
{
    bg_sheet_init(sheet, "en");
    bg_sheet_add_columns(sheet, columns, count);
}

static json_t *past_years(const bg_history *history, const bg_scheme *scheme)
{
    static const bg_column columns[] = {{.name = "year", .kind = BG_CELL_YEAR},
                                        {.name = "expense_fen", .kind = BG_CELL_FEN},
                                        {.name = "declared", .kind = BG_CELL_TEXT}};
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (size_t j = 0; j < history->year_count; j++) {
        bg_sheet_add_year(&sheet, history->year[j]);
        bg_sheet_add_fen(&sheet, scheme->paid_fen[j]);
        bg_sheet_add_text(&sheet, history->declared[j]);
    }
    return finish(&sheet);
}

static json_t *data_list(const bg_history *history)
{
    json_t *list = json_array();
    for (size_t i = 0; i < history->scheme_count; i++) {
        const bg_scheme *scheme = &history->scheme[i];
        bg_json_append(&list,
                       json_pack("{s:s, s:f, s:b, s:o}", "scheme", scheme->name, "people",
                                 scheme->people, "people_assumed", (int)scheme->people_assumed,
                                 "years", past_years(history, scheme)));
    }
    return list;
}

static json_t *defaults_list(const bg_report *report)
{
    static const bg_column columns[] = {{.name = "path", .kind = BG_CELL_TEXT},
                                        {.name = "value", .kind = BG_CELL_TEXT},
                                        {.name = "source", .kind = BG_CELL_TEXT},
                                        {.name = "assumption", .kind = BG_CELL_FLAG}};
    size_t count = bg_default_keys(report->model, NULL, 0);
    bg_default_key *keys = calloc(count ? count : 1, sizeof *keys);
    if (!keys) {
        return NULL;
    }
    bg_default_keys(report->model, keys, count);
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        char *value = bg_node_line(keys[i].node);
        bg_sheet_add_text(&sheet, keys[i].node->path);
        bg_sheet_add_text(&sheet, value ? bg_sheet_keep(&sheet, "%s", value) : NULL);
        sheet.failed = sheet.failed || !value;
        bg_sheet_add_text(&sheet, keys[i].source);
        bg_sheet_add_flag(&sheet, keys[i].assumption);
        free(value);
    }
    free(keys);
    return finish(&sheet);
}

static json_t *quantile_list(const bg_statistics *s)
{
    static const bg_column columns[] = {{.name = "level", .kind = BG_CELL_NUMBER},
                                        {.name = "value_fen", .kind = BG_CELL_FEN},
                                        {.name = "low_fen", .kind = BG_CELL_FEN},
                                        {.name = "high_fen", .kind = BG_CELL_FEN}};
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        bg_sheet_add_number(&sheet, bg_quantile_levels[i]);
        bg_sheet_add_rounded(&sheet, s->quantile[i].value);
        bg_sheet_add_rounded(&sheet, s->quantile[i].low);
        bg_sheet_add_rounded(&sheet, s->quantile[i].high);
    }
    return finish(&sheet);
}

static json_t *statistics_object(bg_fen central, const bg_statistics *s)
{
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:I}", "central_fen",
                     (json_int_t)central, "mean_fen", bg_json_number(s->mean), "mean_se_fen",
                     bg_json_number(s->mean_se), "sd_fen", bg_json_number(s->sd), "quantiles",
                     quantile_list(s), "tvar_lower_fen", bg_json_number(s->tvar_lower),
                     "tvar_lower_se_fen", bg_json_number(s->tvar_lower_se), "tvar_upper_fen",
                     bg_json_number(s->tvar_upper), "tvar_upper_se_fen",
                     bg_json_number(s->tvar_upper_se), "minimum_fen", (json_int_t)s->minimum,
                     "maximum_fen", (json_int_t)s->maximum);
}

/* Behind the events: the sharing bands. */
static void add_bands(const bg_report *report, size_t unit, size_t year, bool of_overspend,
                      bg_sheet *sheet)
{
    const int bands = (int)bg_model_band_count(report->model, of_overspend);
    char name[BG_BAND_NAME];
    for (int i = 1; i <= bands; i++) {
        const int band = of_overspend ? -i : i;
        const bg_probability chance = bg_projection_band(report->projection, unit, year, band);
        if (chance.n > 0) { /* the sums of schemes are in none */
            bg_sheet_add_text(sheet, bg_sheet_keep(sheet, "%s", bg_band_name(band, name)));
            bg_sheet_add_interval(sheet, BG_CELL_SHARE, chance.estimate, chance.low, chance.high);
            bg_sheet_add_count(sheet, chance.hits);
        }
    }
}

/* Chances by the name of their event, of a year or of all (year = the number of years). */
static json_t *chances_object(const bg_report *report, size_t unit, size_t year)
{
    const bg_projection *p = report->projection;
    static const bg_column columns[] = {
        {.name = "event", .kind = BG_CELL_TEXT},
        {.name = "estimate", .kind = BG_CELL_SHARE, .low = "low", .high = "high"},
        {.name = "hits", .kind = BG_CELL_COUNT}};
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        const bg_probability chance = year < bg_projection_year_count(p)
                                          ? bg_projection_probability(p, unit, year, event)
                                          : bg_projection_probability_ever(p, unit, event);
        bg_sheet_add_text(&sheet, bg_event_name(event));
        bg_sheet_add_interval(&sheet, BG_CELL_SHARE, chance.estimate, chance.low, chance.high);
        bg_sheet_add_count(&sheet, chance.hits);
    }
    add_bands(report, unit, year, false, &sheet);
    add_bands(report, unit, year, true, &sheet);
    return finish_by_name(&sheet);
}

static json_t *outcomes_object(const bg_projection *p, size_t unit, size_t year)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_projection_outcome_count(p); i++) {
        bg_json_set(&object, bg_projection_outcome(p, i),
                    statistics_object(bg_projection_central(p, unit, year, i),
                                      bg_projection_statistics(p, unit, year, i)));
    }
    return object;
}

static json_t *cash_list(const bg_projection *p, size_t unit, size_t year)
{
    static const bg_column columns[] = {
        {.name = "month", .kind = BG_CELL_COUNT},
        {.name = "central_fen", .kind = BG_CELL_FEN},
        {.name = "mean_fen", .kind = BG_CELL_AMOUNT, .error = "mean_se_fen"},
        {.name = "q10_fen", .kind = BG_CELL_FEN},
        {.name = "q90_fen", .kind = BG_CELL_FEN}};
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (size_t month = 0; month < 12; month++) {
        const bg_statistics *s = bg_projection_cash(p, unit, year, month);
        bg_sheet_add_count(&sheet, month + 1);
        bg_sheet_add_fen(&sheet, bg_projection_central_cash(p, unit, year, month));
        bg_sheet_add_estimate(&sheet, BG_CELL_AMOUNT, s->mean, s->mean_se);
        bg_sheet_add_rounded(&sheet, s->quantile[BG_Q10].value);
        bg_sheet_add_rounded(&sheet, s->quantile[BG_Q90].value);
    }
    return finish(&sheet);
}

/* Any scheme has chances alone. */
static json_t *unit_object(const bg_report *report, size_t unit)
{
    const bg_projection *p = report->projection;
    const size_t count = bg_projection_year_count(p);
    const bool amounts = unit < bg_projection_unit_count(p);
    json_t *years = json_array();
    for (size_t i = 0; i < count; i++) {
        bg_json_append(&years,
                       json_pack("{s:i, s:o, s:o, s:o}", "year", bg_projection_year(p, i),
                                 "outcomes", amounts ? outcomes_object(p, unit, i) : json_object(),
                                 "probabilities", chances_object(report, unit, i), "cash",
                                 amounts ? cash_list(p, unit, i) : json_array()));
    }
    return json_pack("{s:s, s:o, s:o}", "unit", bg_projection_unit(p, unit), "years", years, "ever",
                     chances_object(report, unit, count));
}

static json_t *projection_list(const bg_report *report)
{
    const bg_projection *p = report->projection;
    json_t *list = json_array();
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        bg_json_append(&list, unit_object(report, i));
    }
    if (bg_projection_unit_count(p) > 1) {
        bg_json_append(&list, unit_object(report, bg_projection_unit_any(p)));
    }
    return list;
}

static json_t *outturn_object(const bg_outturn *outturn)
{
    return json_pack("{s:I, s:o, s:o, s:b}", "published_fen", (json_int_t)outturn->published,
                     "low_fen", bg_json_fen(outturn->low), "high_fen", bg_json_fen(outturn->high),
                     "inside", (int)bg_outturn_inside(outturn));
}

static json_t *forecast_list(const bg_published *published)
{
    static const bg_column columns[] = {{.name = "method", .kind = BG_CELL_TEXT},
                                        {.name = "expense_fen", .kind = BG_CELL_FEN},
                                        {.name = "error", .kind = BG_CELL_SHARE}};
    const double outcome = published->has_expense ? (double)published->expense.published : NAN;
    bg_sheet sheet;
    begin(&sheet, columns, COUNT(columns));
    for (bg_forecast i = 0; i < BG_FORECAST_COUNT; i++) {
        bg_sheet_add_text(&sheet, bg_forecast_name(i));
        bg_sheet_add_rounded(&sheet, published->forecast[i]);
        bg_sheet_add_share(&sheet, published->forecast[i] / outcome - 1);
    }
    return finish(&sheet);
}

static json_t *published_object(const bg_published *published)
{
    json_t *object =
        json_pack("{s:i, s:o}", "year", published->year, "source", bg_json_text(published->source));
    if (published->has_expense) {
        bg_json_set(&object, "expense", outturn_object(&published->expense));
    }
    bg_json_set(&object, "forecasts", forecast_list(published));
    if (published->has_balance) {
        bg_json_set(&object, "pool_balance", outturn_object(&published->balance));
    }
    return object;
}

static json_t *published_list(const bg_report *report)
{
    bg_published published[20];
    size_t count =
        bg_published_read(report->model, report->projection, published, COUNT(published));
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        bg_json_append(&list, published_object(&published[i]));
    }
    return list;
}

static json_t *until_object(const bg_report *report)
{
    if (!report->until) {
        return json_pack("{s:n, s:n, s:n, s:n}", "target", "measured", "bound", "reached");
    }
    const bg_reading *reading = bg_projection_reading(report->projection);
    return json_pack("{s:s, s:o, s:o, s:b}", "target", report->until->text, "measured",
                     bg_json_number(reading->measured), "bound", bg_json_number(reading->bound),
                     "reached", (int)reading->met);
}

static const bg_contribution_form of_changes = {.unit = "fen"};

static json_t *contribution_list(const bg_report *report)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_contribution_columns(&of_changes, &sheet);
    bg_contribution_rows(report->contributions, report->projection, &of_changes, NULL, &sheet);
    return finish(&sheet);
}

static json_t *outlay_list(const bg_report *report)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_net_columns(&of_changes, &sheet);
    bg_net_rows(report->contributions, report->projection, &of_changes, NULL, &sheet);
    return finish(&sheet);
}

static json_t *list_of(const bg_report *report, void (*rows)(const bg_report *, bg_sheet *))
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    rows(report, &sheet);
    return finish(&sheet);
}

/* Of rows whose amounts are in the unit that is named. */
static json_t *list_in_fen(const bg_report *report,
                           void (*rows)(const bg_report *, const char *unit, bg_sheet *))
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    rows(report, "fen", &sheet);
    return finish(&sheet);
}

static json_t *check_object(const bg_check *check)
{
    return check && check->count > 0
               ? json_pack("{s:I, s:b}", "futures", (json_int_t)check->futures, "agrees",
                           (int)check->agrees)
               : json_pack("{s:n, s:n}", "futures", "agrees");
}

json_t *bg_report_json(const bg_report *self)
{
    const bg_node *simulation = bg_scenario_find(self->scenario, "simulation");
    json_t *result = json_pack(
        "{s:i, s:s, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema",
        BG_RESULT_SCHEMA, "baogan", BG_VERSION, "title", title_object(self->scenario),
        "replications", (json_int_t)bg_projection_replications(self->projection), "seed",
        (json_int_t)bg_node_integer(simulation, "seed"), "until", until_object(self), "check",
        check_object(self->check), "data", data_list(&self->model->contract.history), "assumptions",
        defaults_list(self), "budget", bg_budget_json(self->model, self->budget), "projection",
        projection_list(self), "funds", list_in_fen(self, bg_fund_rows), "pool",
        list_in_fen(self, bg_pool_rows), "published", published_list(self), "warnings",
        bg_json_diagnostics(self->warnings));
    bg_json_set(&result, "given", list_in_fen(self, bg_given_rows));
    if (self->contributions && self->contributions->count > 0) {
        bg_json_set(&result, "contributions", contribution_list(self));
    }
    if (bg_net_known(self->contributions)) {
        bg_json_set(&result, "outlays", outlay_list(self));
    }
    if (bg_incentive_known(self)) {
        bg_json_set(&result, "incentive", list_of(self, bg_incentive_rows));
    }
    if (bg_due_known(self)) {
        bg_json_set(&result, "due", list_in_fen(self, bg_due_rows));
    }
    if (bg_purposes_pay(self)) {
        bg_json_set(&result, "purposes", list_in_fen(self, bg_purpose_rows));
    }
    if (bg_response_known(self)) {
        bg_json_set(&result, "response", list_in_fen(self, bg_response_rows));
    }
    if (bg_accounts_known(self)) {
        bg_json_set(&result, "accounts", list_in_fen(self, bg_account_rows));
        bg_json_set(&result, "case_margins", list_in_fen(self, bg_case_margin_rows));
    }
    if (bg_ageing_known(self)) {
        bg_json_set(&result, "ageing", list_of(self, bg_ageing_rows));
    }
    if (bg_tiers_with_edges(self->model)) {
        bg_json_set(&result, "tiers", list_in_fen(self, bg_tier_rows));
    }
    if (bg_tiers_open(self->model)) {
        bg_json_set(&result, "readings", list_in_fen(self, bg_reading_rows));
    }
    if (bg_model_has_score(self->model)) {
        bg_json_set(&result, "score", list_of(self, bg_score_rows));
    }
    return result;
}
