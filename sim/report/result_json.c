/* The result of a run as one JSON object; result.def lists its members. */
#include "format/json.h"
#include "report/report.h"

#include <baogan/version.h>
#include <math.h>
#include <stdlib.h>

static json_t *title_object(const bg_scenario *scenario)
{
    const bg_node *title = bg_scenario_find(scenario, "title");
    return json_pack("{s:o, s:o}", "en", bg_json_text(bg_node_in_language(title, "en")), "zh",
                     bg_json_text(bg_node_in_language(title, "zh")));
}

static json_t *data_list(const bg_history *history)
{
    json_t *list = json_array();
    for (size_t i = 0; i < history->scheme_count; i++) {
        const bg_scheme *scheme = &history->scheme[i];
        json_t *years = json_array();
        for (size_t j = 0; j < history->year_count; j++) {
            json_array_append_new(years, json_pack("{s:i, s:I, s:o}", "year", history->year[j],
                                                   "expense_fen", (json_int_t)scheme->paid_fen[j],
                                                   "declared", bg_json_text(history->declared[j])));
        }
        json_array_append_new(list, json_pack("{s:s, s:f, s:b, s:o}", "scheme", scheme->name,
                                              "people", scheme->people, "people_assumed",
                                              (int)scheme->people_assumed, "years", years));
    }
    return list;
}

static json_t *defaults_list(const bg_report *report)
{
    size_t count = bg_default_keys(report->scenario, report->model, NULL, 0);
    bg_default_key *keys = calloc(count ? count : 1, sizeof *keys);
    if (!keys) {
        return NULL;
    }
    bg_default_keys(report->scenario, report->model, keys, count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        char *value = bg_node_line(keys[i].node);
        json_array_append_new(list,
                              json_pack("{s:s, s:o, s:s, s:b}", "path", keys[i].node->path, "value",
                                        bg_json_text(value), "source", keys[i].source, "assumption",
                                        (int)keys[i].assumption));
        free(value);
    }
    free(keys);
    return list;
}

static json_t *quantile_object(double level, const bg_quantile *quantile)
{
    return json_pack("{s:f, s:o, s:o, s:o}", "level", level, "value_fen",
                     bg_json_fen(quantile->value), "low_fen", bg_json_fen(quantile->low),
                     "high_fen", bg_json_fen(quantile->high));
}

static json_t *statistics_object(bg_fen central, const bg_statistics *s)
{
    json_t *quantiles = json_array();
    for (size_t i = 0; i < BG_QUANTILE_COUNT; i++) {
        json_array_append_new(quantiles, quantile_object(bg_quantile_levels[i], &s->quantile[i]));
    }
    return json_pack("{s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:I, s:I}", "central_fen",
                     (json_int_t)central, "mean_fen", bg_json_number(s->mean), "mean_se_fen",
                     bg_json_number(s->mean_se), "sd_fen", bg_json_number(s->sd), "quantiles",
                     quantiles, "tvar_lower_fen", bg_json_number(s->tvar_lower),
                     "tvar_lower_se_fen", bg_json_number(s->tvar_lower_se), "tvar_upper_fen",
                     bg_json_number(s->tvar_upper), "tvar_upper_se_fen",
                     bg_json_number(s->tvar_upper_se), "minimum_fen", (json_int_t)s->minimum,
                     "maximum_fen", (json_int_t)s->maximum);
}

static json_t *probability_object(bg_probability p)
{
    return json_pack("{s:f, s:f, s:f, s:I}", "estimate", p.estimate, "low", p.low, "high", p.high,
                     "hits", (json_int_t)p.hits);
}

static json_t *outcomes_object(const bg_projection *p, size_t unit, size_t year)
{
    json_t *object = json_object();
    for (size_t i = 0; i < bg_projection_outcome_count(p); i++) {
        json_object_set_new(object, bg_projection_outcome(p, i),
                            statistics_object(bg_projection_central(p, unit, year, i),
                                              bg_projection_statistics(p, unit, year, i)));
    }
    return object;
}

static json_t *cash_list(const bg_projection *p, size_t unit, size_t year)
{
    json_t *list = json_array();
    for (size_t month = 0; month < 12; month++) {
        const bg_statistics *s = bg_projection_cash(p, unit, year, month);
        json_array_append_new(
            list,
            json_pack("{s:i, s:I, s:o, s:o, s:o, s:o}", "month", (int)month + 1, "central_fen",
                      (json_int_t)bg_projection_central_cash(p, unit, year, month), "mean_fen",
                      bg_json_number(s->mean), "mean_se_fen", bg_json_number(s->mean_se), "q10_fen",
                      bg_json_fen(s->quantile[BG_Q10].value), "q90_fen",
                      bg_json_fen(s->quantile[BG_Q90].value)));
    }
    return list;
}

static json_t *unit_object(const bg_projection *p, size_t unit)
{
    json_t *years = json_array();
    for (size_t i = 0; i < bg_projection_year_count(p); i++) {
        json_t *probabilities = json_object();
        for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
            json_object_set_new(probabilities, bg_event_name(event),
                                probability_object(bg_projection_probability(p, unit, i, event)));
        }
        json_array_append_new(years,
                              json_pack("{s:i, s:o, s:o, s:o}", "year", bg_projection_year(p, i),
                                        "outcomes", outcomes_object(p, unit, i), "probabilities",
                                        probabilities, "cash", cash_list(p, unit, i)));
    }
    json_t *ever = json_object();
    for (bg_event event = 0; event < BG_EVENT_COUNT; event++) {
        json_object_set_new(ever, bg_event_name(event),
                            probability_object(bg_projection_probability_ever(p, unit, event)));
    }
    return json_pack("{s:s, s:o, s:o}", "unit", bg_projection_unit(p, unit), "years", years, "ever",
                     ever);
}

static json_t *projection_list(const bg_projection *p)
{
    json_t *list = json_array();
    for (size_t i = 0; i < bg_projection_unit_count(p); i++) {
        json_array_append_new(list, unit_object(p, i));
    }
    return list;
}

static json_t *outturn_object(const bg_outturn *outturn)
{
    return json_pack("{s:I, s:o, s:o, s:b}", "published_fen", (json_int_t)outturn->published,
                     "low_fen", bg_json_fen(outturn->low), "high_fen", bg_json_fen(outturn->high),
                     "inside", (int)bg_outturn_inside(outturn));
}

static json_t *published_object(const bg_published *published)
{
    json_t *forecasts = json_array();
    for (size_t i = 0; i < sizeof published->forecast / sizeof *published->forecast; i++) {
        double forecast = published->forecast[i].expense;
        double outcome = published->has_expense ? (double)published->expense.published : NAN;
        json_array_append_new(forecasts,
                              json_pack("{s:s, s:o, s:o}", "method", published->forecast[i].method,
                                        "expense_fen", bg_json_fen(forecast), "error",
                                        bg_json_number(forecast / outcome - 1)));
    }
    json_t *object =
        json_pack("{s:i, s:o}", "year", published->year, "source", bg_json_text(published->source));
    if (published->has_expense) {
        json_object_set_new(object, "expense", outturn_object(&published->expense));
    }
    json_object_set_new(object, "forecasts", forecasts);
    if (published->has_balance) {
        json_object_set_new(object, "pool_balance", outturn_object(&published->balance));
    }
    return object;
}

static json_t *published_list(const bg_report *report)
{
    bg_published published[20];
    size_t count = bg_published_read(report, published, sizeof published / sizeof *published);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append_new(list, published_object(&published[i]));
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

json_t *bg_report_json(const bg_report *self)
{
    const bg_node *simulation = bg_scenario_find(self->scenario, "simulation");
    return json_pack(
        "{s:i, s:s, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", BG_RESULT_SCHEMA,
        "baogan", BG_VERSION, "title", title_object(self->scenario), "replications",
        (json_int_t)bg_projection_replications(self->projection), "seed",
        (json_int_t)bg_node_integer(simulation, "seed"), "until", until_object(self), "data",
        data_list(&self->model->contract.history), "assumptions", defaults_list(self), "budget",
        bg_budget_json(self->model, self->budget), "projection", projection_list(self->projection),
        "published", published_list(self), "warnings", bg_json_diagnostics(self->warnings));
}
