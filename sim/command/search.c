/* Search for a contract: which policies of a plan no other one betters. */
#include "base/text.h"
#include "chart/search_charts.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "contract/money_unit.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/label.h"
#include "store/points.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { DEFAULT_POINTS = 1000, MOST_POINTS = 100000, MOST_ROWS = 12, MOST_FILES = 50, DIGITS = 10 };

typedef struct asking {
    const bg_options *options;
    bg_scenario_source source;
    bg_sweep *sweep;
    bg_model model; /* of the plan, for its money and its facts */
    bg_search search;
    char *store; /* path of the file of points */
    bg_points_file points;
    bg_progress progress;
    bg_errors *errors;
} asking;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const asking *self, const char *en, const char *zh)
{
    return bg_in_language(self->options->lang, en, zh);
}

static const bg_figures *figures_of(const asking *self)
{
    return &self->sweep->figures;
}

/* ---- the question ---- */

/* "out/search-NAME.points" for the plan dir/NAME.yaml. */
static char *default_store(const char *plan)
{
    const char *slash = strrchr(plan, '/');
    const char *name = slash ? slash + 1 : plan;
    const char *dot = strrchr(name, '.');
    return bg_text_format("out/search-%.*s.points", dot ? (int)(dot - name) : (int)strlen(name),
                          name);
}

static bg_status open_store(asking *self)
{
    const char *given = self->options->store;
    self->store = given ? strdup(given) : default_store(self->options->operands[0]);
    if (!self->store) {
        return bg_no_memory(self->errors);
    }
    if (!given) {
        mkdir("out", 0777);
    }
    return bg_points_open(&self->points, self->store, &self->search, self->errors);
}

static bg_status read_plan(asking *self)
{
    const bg_options *options = self->options;
    if (options->points < 0 || options->points > MOST_POINTS) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             BG_SAY(search_points_out_of_range), options->points, MOST_POINTS);
    }
    bg_status status = bg_sweep_read(&self->source, &self->sweep, self->errors);
    if (status || !self->sweep) {
        return status;
    }
    status = bg_input_strict(options, self->errors);
    status = status ? status : bg_search_check(self->sweep, self->errors);
    if (options->money_fen) {
        bg_scenario_show_money(self->sweep->scenario, options->money_fen);
    }
    status = status ? status : bg_model_read(self->sweep->scenario, &self->model, self->errors);
    bg_messages_flush(self->errors, options->lang, stderr);
    return status;
}

/* ---- the search ---- */

/* Fits bg_search.keep; so does the next one bg_search.progress. */
static bg_status keep_points(void *context, const bg_search_point *points, size_t count,
                             bg_errors *errors)
{
    asking *self = context;
    return bg_points_keep(&self->points, figures_of(self)->count, points, count, errors);
}

static void show_progress(void *context, double share)
{
    asking *self = context;
    bg_progress_show(&self->progress, share);
}

static bg_status run(asking *self)
{
    const bg_options *options = self->options;
    const size_t points = options->points > 0 ? (size_t)options->points : DEFAULT_POINTS;
    self->search = (bg_search){.sweep = self->sweep,
                               .threads = options->threads,
                               .stop = options->stop,
                               .keep = keep_points,
                               .progress = show_progress,
                               .context = self};
    bg_status status = open_store(self);
    if (status == BG_OK) {
        bg_progress_start(&self->progress, options->quiet, options->lang);
        status = bg_search_run(&self->search, points, self->errors);
        bg_progress_end(&self->progress);
    }
    bg_points_close(&self->points);
    if (status == BG_INTERRUPTED) {
        bg_errors_say(self->errors, status, BG_NOWHERE, NULL, BG_SAY(search_stopped), self->store);
    }
    return status;
}

/* ---- what was found ---- */

static const bg_search_point *best_at(const asking *self, size_t place)
{
    return &self->search.point[self->search.best[place]];
}

static bg_sweep_point values_of(const asking *self, const bg_search_point *point)
{
    bg_sweep_point values = {0};
    bg_design_cursor cursor;
    bg_design_cursor_init(&self->sweep->design, &cursor);
    bg_sweep_point_at(self->sweep, &cursor, point->number, &values);
    return values;
}

/* As it may be written in a scenario: "5%", "27.5万元". */
static const char *setting_shown(const asking *self, const bg_axis *axis, int64_t value,
                                 char text[BG_VALUE_TEXT])
{
    const bg_type type = axis->row->type;
    if (type == BG_TYPE_MONEY || type == BG_TYPE_PRICE) {
        return bg_amount_exact(bg_contract_money(&self->model.contract, self->options->lang), value,
                               text);
    }
    return bg_value_text(axis->row, value, text);
}

static void add_settings_columns(const asking *self, bool for_people, bg_sheet *sheet)
{
    if (self->sweep->policy_count > 1) {
        bg_sheet_add_column(sheet, (bg_column){.name = "policy",
                                               .kind = BG_CELL_TEXT,
                                               .heading = words(self, "policy", "政策")});
    }
    for (size_t i = 0; i < self->sweep->design.axis_count; i++) {
        const char *name = self->sweep->design.axis[i].name;
        bg_sheet_add_column(
            sheet,
            (bg_column){.name = name, .kind = BG_CELL_TEXT, .heading = name, .right = for_people});
    }
}

static void add_settings(const asking *self, const bg_search_point *point, bool for_people,
                         bg_sheet *sheet)
{
    const bg_sweep_point values = values_of(self, point);
    if (self->sweep->policy_count > 1) {
        bg_sheet_add_text(sheet, self->sweep->policy[values.named].name);
    }
    for (size_t i = 0; i < self->sweep->design.axis_count; i++) {
        const bg_axis *axis = &self->sweep->design.axis[i];
        char text[BG_VALUE_TEXT];
        bg_sheet_add_text(
            sheet, bg_sheet_keep(sheet, "%s",
                                 for_people ? setting_shown(self, axis, values.value[i], text)
                                            : bg_axis_text(axis, values.value[i], text)));
    }
}

static void add_figure_columns(const asking *self, bg_sheet *sheet)
{
    const bg_money_scale money = bg_contract_money(&self->model.contract, self->options->lang);
    for (size_t i = 0; i < figures_of(self)->count; i++) {
        const bg_study_figure *figure = &figures_of(self)->item[i];
        if (!figure->is_target) {
            bg_sheet_add_column(
                sheet, (bg_column){.kind = figure->is_share ? BG_CELL_SHARE : BG_CELL_AMOUNT,
                                   .form = BG_FORM_FITTED,
                                   .heading = figure->name,
                                   .scale = money});
        }
    }
}

static void add_figures(const asking *self, const bg_search_point *point, bg_sheet *sheet)
{
    const size_t count = figures_of(self)->count;
    for (size_t i = 0; i < count; i++) {
        const bg_study_figure *figure = &figures_of(self)->item[i];
        const double unit = figure->is_share ? 1 : 100;
        const double margin = 1.96 * point->value[count + i];
        const double value = point->value[i];
        if (figure->is_target) {
            continue;
        }
        if (figure->is_share) {
            bg_sheet_add_interval(sheet, BG_CELL_SHARE, value, value - margin, value + margin);
        } else {
            bg_sheet_add_estimate(sheet, BG_CELL_AMOUNT, unit * value, unit * margin);
        }
    }
}

/* Of many, some that are evenly spread along the first figure, and the last. */
static void say_front(const asking *self, bg_document *page)
{
    const size_t count = self->search.best_count;
    const size_t stride = (count + MOST_ROWS - 1) / MOST_ROWS;
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet,
                        (bg_column){.kind = BG_CELL_COUNT, .heading = words(self, "no.", "序号")});
    add_settings_columns(self, true, &sheet);
    add_figure_columns(self, &sheet);
    for (size_t place = 0; place < count; place++) {
        if (place % stride == 0 || place + 1 == count) {
            bg_sheet_add_count(&sheet, place + 1);
            add_settings(self, best_at(self, place), true, &sheet);
            add_figures(self, best_at(self, place), &sheet);
        }
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_aim(const asking *self, bg_document *page)
{
    for (size_t i = 0; i < figures_of(self)->count; i++) {
        const bg_study_figure *figure = &figures_of(self)->item[i];
        const char *way = figure->is_target     ? words(self, "holds", "须满足")
                          : figure->better == 1 ? words(self, "lower is better", "低为优")
                          : figure->better == 2 ? words(self, "higher is better", "高为优")
                                                : words(self, "only told", "仅列出");
        bg_document_add(page, BG_PART_LINE, 2, words(self, "%s: %s (%s)", "%s：%s（%s）"),
                        figure->name, figure->expression, way);
    }
}

static bg_status print_text(const asking *self)
{
    const bg_search *found = &self->search;
    const bg_money_scale money = bg_contract_money(&self->model.contract, self->options->lang);
    bg_document page;
    bg_document_init(&page, self->options->lang);
    bg_document_add(&page, BG_PART_SENTENCE, 0,
                    words(self,
                          "%zu of %llu policies were looked at; %zu meet all targets, and %zu of "
                          "these no other betters. Amounts in %s; ± is the 95%% sampling error.",
                          "共考察%zu项政策（可选%llu项）；%zu项满足全部目标，其中%zu项无更优者。"
                          "金额单位：%s；±为95%%抽样误差。"),
                    found->count, (unsigned long long)bg_sweep_count(self->sweep),
                    bg_search_feasible(found), found->best_count, money.name);
    say_aim(self, &page);
    if (found->best_count > 0) {
        bg_document_add_gap(&page);
        say_front(self, &page);
    } else {
        bg_document_add(&page, BG_PART_SENTENCE, 0, "%s",
                        words(self,
                              "No policy meets all targets: widen the axes or loosen a target.",
                              "没有政策满足全部目标：请放宽轴的范围或目标。"));
    }
    const bg_status status = bg_document_write_text(&page, stdout);
    bg_document_free(&page);
    fflush(stdout);
    return status;
}

/* ---- for machines ---- */

static json_t *point_object(const asking *self, size_t place)
{
    const bg_search_point *point = best_at(self, place);
    const bg_sweep_point values = values_of(self, point);
    const size_t count = figures_of(self)->count;
    json_t *settings = json_object(), *figures = json_object();
    for (size_t i = 0; i < self->sweep->design.axis_count; i++) {
        const bg_axis *axis = &self->sweep->design.axis[i];
        char text[BG_VALUE_TEXT];
        bg_json_set(&settings, axis->key, json_string(bg_axis_text(axis, values.value[i], text)));
    }
    for (size_t i = 0; i < count; i++) {
        const bg_study_figure *figure = &figures_of(self)->item[i];
        if (!figure->is_target) {
            bg_json_set(&figures, figure->name,
                        json_pack("{s:o, s:o}", "value", bg_json_number(point->value[i]), "se",
                                  bg_json_number(point->value[count + i])));
        }
    }
    return json_pack("{s:I, s:I, s:s, s:o, s:o}", "no", (json_int_t)place + 1, "scenario",
                     (json_int_t)point->number, "policy", self->sweep->policy[values.named].name,
                     "settings", settings, "figures", figures);
}

static bg_status print_json(const asking *self)
{
    json_t *front = json_array();
    for (size_t place = 0; place < self->search.best_count; place++) {
        bg_json_append(&front, point_object(self, place));
    }
    return bg_json_print(json_pack("{s:I, s:I, s:I, s:o}", "policies",
                                   (json_int_t)bg_sweep_count(self->sweep), "looked_at",
                                   (json_int_t)self->search.count, "feasible",
                                   (json_int_t)bg_search_feasible(&self->search), "front", front),
                         stdout, self->errors);
}

static void add_machine_columns(const asking *self, bg_sheet *sheet)
{
    bg_sheet_add_column(sheet, (bg_column){.name = "no", .kind = BG_CELL_COUNT});
    add_settings_columns(self, false, sheet);
    for (size_t i = 0; i < figures_of(self)->count; i++) {
        const bg_study_figure *figure = &figures_of(self)->item[i];
        if (!figure->is_target) {
            bg_sheet_add_column(sheet,
                                (bg_column){.name = figure->name,
                                            .kind = BG_CELL_NUMBER,
                                            .significant = DIGITS,
                                            .error = bg_sheet_keep(sheet, "%s_se", figure->name)});
        }
    }
}

static bg_status write_front(const asking *self, const char *directory)
{
    const size_t count = figures_of(self)->count;
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    add_machine_columns(self, &sheet);
    for (size_t place = 0; place < self->search.best_count; place++) {
        const bg_search_point *point = best_at(self, place);
        bg_sheet_add_count(&sheet, place + 1);
        add_settings(self, point, false, &sheet);
        for (size_t i = 0; i < count; i++) {
            if (!figures_of(self)->item[i].is_target) {
                bg_sheet_add_estimate(&sheet, BG_CELL_NUMBER, point->value[i],
                                      point->value[count + i]);
            }
        }
    }
    const bg_status status = bg_sheet_save_csv(&sheet, directory, "front.csv", self->errors);
    bg_sheet_free(&sheet);
    return status;
}

/* The scenario of a place in the front, to be run as it is. */
static bg_status write_scenario(const asking *self, const bg_run_directory *directory, size_t place)
{
    char *name = bg_text_format("plans/%zu.yaml", place + 1);
    char *yaml = bg_sweep_scenario(self->sweep, best_at(self, place)->number);
    bg_output output;
    bg_status status = name && yaml ? BG_OK : bg_no_memory(self->errors);
    status = status ? status : bg_run_directory_create(directory, name, &output, self->errors);
    if (status == BG_OK) {
        fputs(yaml, output.stream);
        status = bg_output_commit(&output, self->errors);
    }
    free(name);
    free(yaml);
    return status;
}

static bg_status write_scenarios(const asking *self, const bg_run_directory *directory)
{
    char *plans = bg_path_join(directory->temporary, "plans");
    bg_status status = plans ? BG_OK : bg_no_memory(self->errors);
    if (plans && self->search.best_count > 0) {
        mkdir(plans, 0777); /* what fails is found by the first file */
    }
    free(plans);
    for (size_t place = 0; place < self->search.best_count && place < MOST_FILES && !status;
         place++) {
        status = write_scenario(self, directory, place);
    }
    return status;
}

static bg_status draw(const asking *self, const char *directory)
{
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = directory,
                                     .plots = plots,
                                     .language = self->options->lang,
                                     .stop = self->options->stop};
    bg_status status = bg_chart_facts_write(&self->model, NULL, directory, self->errors);
    status = status
                 ? status
                 : bg_search_charts(&self->search, &charts, self->options->no_charts, self->errors);
    free(plots);
    return status;
}

static bg_status keep(const asking *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status : write_front(self, directory.temporary);
    status = status ? status : write_scenarios(self, &directory);
    status = status ? status : draw(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr,
                words(self, "Table, chart and scenarios to run: %s (points: %s)\n",
                      "表、图与可运行的情景：%s（各点：%s）\n"),
                directory.final, self->store);
    }
    bg_run_directory_discard(&directory);
    return status;
}

bg_status bg_verb_search(const bg_options *options, bg_errors *errors)
{
    asking *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->options = options;
    self->errors = errors;
    self->source = bg_input_source(options->operands[0], options);
    bg_status status = read_plan(self);
    status = status ? status : run(self);
    status = status ? status : keep(self);
    status = status ? status : options->json ? print_json(self) : print_text(self);
    bg_points_close(&self->points);
    bg_search_free(&self->search);
    bg_model_free(&self->model);
    bg_sweep_free(self->sweep);
    free(self->store);
    free(self);
    return status;
}
