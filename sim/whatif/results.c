/* What is simulated: figures by name, the whole result, tables. */
#include "format/csv_writer.h"
#include "format/json.h"
#include "report/report.h"
#include "study/project.h"
#include "whatif/answers.h"
#include "whatif/messages.h"

#include <baogan/figure.h>
#include <stdlib.h>
#include <string.h>

/* ---- figures ---- */

/* All that are asked for, of each unit. */
typedef struct asked {
    bg_figure *figure;
    size_t count;
} asked;

static bg_status read_one(const bg_model *model, const char *text, asked *to, bg_errors *errors)
{
    bg_figure figure;
    size_t units[BG_FIGURE_UNITS];
    const bg_status status = bg_figure_parse(model, text, "figures", &figure, errors);
    const size_t count = status ? 0 : bg_figure_units(&figure, model, units);
    for (size_t i = 0; i < count; i++) {
        to->figure[to->count] = figure;
        to->figure[to->count++].unit = units[i];
    }
    return status;
}

static bg_status read_figures(const bg_model *model, const json_t *texts, asked *to,
                              bg_errors *errors)
{
    bg_status status = BG_OK;
    to->figure = calloc(json_array_size(texts) * BG_FIGURE_UNITS + 1, sizeof *to->figure);
    if (!to->figure) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < json_array_size(texts); i++) {
        bg_first(&status, read_one(model, json_string_value(json_array_get(texts, i)), to, errors));
    }
    return status;
}

/* Fits bg_want. */
static void want(const void *context, const bg_model *model, bool *outcomes)
{
    const asked *all = context;
    (void)model;
    for (size_t i = 0; i < all->count; i++) {
        bg_figure_want(&all->figure[i], outcomes);
    }
}

/* Shares and points as they are, amounts in fen and named so. */
static json_t *estimate_object(const bg_model *model, const bg_figure *figure,
                               const bg_estimate *estimate)
{
    const bool share = bg_figure_is_share(figure);
    const bool points =
        !share && bg_model_outcome_info(model, figure->outcome).kind == BG_OUTCOME_KIND_SCORE;
    const char *unit = share || points ? "" : "_fen";
    const double scale = points ? 0.01 : 1;
    const struct {
        const char *name;
        double value;
    } parts[] = {{"value", estimate->value},
                 {"se", estimate->se},
                 {"low", estimate->low},
                 {"high", estimate->high}};
    char *text = bg_figure_text(figure, model);
    json_t *object = json_object();
    bg_json_set(&object, "figure", text ? json_string(text) : NULL);
    bg_json_set(&object, "unit", json_string(bg_model_unit(model, figure->unit)));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "%s%s", parts[i].name, unit);
        bg_json_set(&object, name, bg_json_number(parts[i].value * scale));
    }
    free(text);
    return object;
}

static bg_status project(bg_whatif *self, const asked *all, size_t futures, json_t **list,
                         bg_errors *errors)
{
    const bg_model *model = &self->state.model;
    bg_projection *projection = NULL;
    bg_projection_options how = {.threads = self->options.threads,
                                 .stop = self->options.stop,
                                 .kept = self->kept,
                                 .most = futures,
                                 .figures = all->figure,
                                 .figure_count = all->count};
    bg_project_narrow(&how, model);
    bg_status status = bg_project_wanted(model, want, all, &how, &projection, errors);
    for (size_t i = 0; i < all->count && !status; i++) {
        bg_estimate estimate;
        status = bg_figure_read(&all->figure[i], projection, &estimate);
        bg_json_append(list, status ? NULL : estimate_object(model, &all->figure[i], &estimate));
    }
    bg_projection_free(projection);
    return status == BG_MEMORY ? bg_no_memory(errors) : status;
}

static size_t futures_of(const bg_whatif *self, size_t asked_for)
{
    return asked_for ? asked_for : self->state.model.horizon.replications;
}

bg_status bg_whatif_figures(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                            bg_errors *errors)
{
    asked all = {0};
    json_t *list = json_array();
    bg_status status = read_figures(&self->state.model, request->figures, &all, errors);
    status = status ? status : project(self, &all, request->futures, &list, errors);
    bg_json_set(answer, "figures", list);
    bg_json_set(answer, "futures", json_integer((json_int_t)futures_of(self, request->futures)));
    free(all.figure);
    return status;
}

/* ---- everything ---- */

static bg_report report_of(const bg_whatif *self)
{
    return (bg_report){.scenario = self->state.scenario,
                       .model = &self->state.model,
                       .budget = &self->results.budget,
                       .projection = self->results.projection,
                       .pool = &self->results.pool,
                       .warnings = &self->state.warnings,
                       .language = "en"};
}

bg_status bg_whatif_result(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                           bg_errors *errors)
{
    const bg_status status = bg_whatif_run(self, request->futures, errors);
    if (!status) {
        const bg_report report = report_of(self);
        bg_json_set(answer, "result", bg_report_json(&report));
    }
    return status;
}

/* ---- tables ---- */

/* The table as CSV; NULL when out of memory. */
static json_t *csv_of(const bg_report *report, size_t table)
{
    char *text = NULL;
    size_t size = 0;
    bg_sheet sheet;
    bg_sheet_init(&sheet, report->language);
    bg_report_table_fill(report, table, &sheet);
    FILE *stream = open_memstream(&text, &size);
    const bool good = stream && bg_sheet_write_csv(&sheet, stream) == BG_OK && !ferror(stream);
    const bool closed = stream && fclose(stream) == 0;
    json_t *csv = good && closed ? json_stringn(text, size) : NULL;
    bg_sheet_free(&sheet);
    free(text);
    return csv;
}

static bool is_asked(const json_t *sheets, const char *name)
{
    bool asked_for = !sheets;
    for (size_t i = 0; i < json_array_size(sheets); i++) {
        asked_for = asked_for || strcmp(json_string_value(json_array_get(sheets, i)), name) == 0;
    }
    return asked_for;
}

static bool is_table(const bg_report *report, const char *name)
{
    bool table = false;
    for (size_t t = 0; t < bg_report_table_count(); t++) {
        table =
            table || (bg_report_has_table(report, t) && strcmp(bg_report_table_name(t), name) == 0);
    }
    return table;
}

static bg_status refuse_table(const bg_report *report, const char *name, bg_errors *errors)
{
    char known[1024] = "";
    for (size_t t = 0; t < bg_report_table_count(); t++) {
        if (bg_report_has_table(report, t)) {
            const size_t length = strlen(known);
            (void)snprintf(known + length, sizeof known - length, "%s`%s`", length ? BG_COMMA : "",
                           bg_report_table_name(t));
        }
    }
    return bg_errors_say(errors, BG_INVALID, BG_NOWHERE, NULL, BG_SAY(request_sheet_unknown), name,
                         known);
}

static bg_status check_sheets(const bg_report *report, const json_t *sheets, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < json_array_size(sheets); i++) {
        const char *name = json_string_value(json_array_get(sheets, i));
        if (!is_table(report, name)) {
            bg_first(&status, refuse_table(report, name, errors));
        }
    }
    return status;
}

bg_status bg_whatif_sheets(bg_whatif *self, const bg_whatif_request *request, json_t **answer,
                           bg_errors *errors)
{
    bg_status status = bg_whatif_run(self, request->futures, errors);
    const bg_report report = report_of(self);
    status = status ? status : check_sheets(&report, request->sheets, errors);
    json_t *sheets = json_object();
    for (size_t t = 0; !status && t < bg_report_table_count(); t++) {
        const char *name = bg_report_table_name(t);
        if (bg_report_has_table(&report, t) && is_asked(request->sheets, name)) {
            bg_json_set(&sheets, name, csv_of(&report, t));
        }
    }
    bg_json_set(answer, "sheets", sheets);
    return status;
}
