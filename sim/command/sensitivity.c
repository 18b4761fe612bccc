/* Which inputs a figure hangs on: Sobol' indices of keys of the catalogue. */
#include "study/sensitivity.h"

#include "base/text.h"
#include "chart/chart.h"
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
#include "report/hinge.h"
#include "report/label.h"

#include <baogan/file.h>
#include <math.h>
#include <omp.h>
#include <stdio.h>
#include <stdlib.h>

#define DEFAULT_ROWS   256
#define DEFAULT_FIGURE "p_overspend"

typedef struct asking {
    const bg_options *options;
    bg_scenario_source source;
    bg_input base;
    bg_axis input[BG_SENSITIVITY_INPUTS];
    bg_sensitivity_question question;
    const char *figure_text;               /* as asked */
    char *name[BG_FIGURE_UNITS];           /* of each figure: with all its parts */
    bg_sensitivity found[BG_FIGURE_UNITS]; /* of each figure */
    size_t at;                             /* the figure at work */
    bg_progress progress;
    bg_errors *errors;
} asking;

/* ---- the question ---- */

static bg_status take_named(asking *self)
{
    const bg_options *options = self->options;
    if (options->in_count != options->vary_count || options->vary_count > BG_SENSITIVITY_INPUTS) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(vary_without_range),
                             BG_SENSITIVITY_INPUTS);
    }
    self->question.inputs = options->vary_count;
    return bg_axis_ranges(bg_axis_belief, options->vary_count, options->vary, options->in,
                          bg_scenario_money_unit(self->base.scenario), self->input, self->errors);
}

/* Those named, else those of a plan, else all that is left to an assumption. */
static bg_status take_inputs(asking *self)
{
    bg_sensitivity_question *question = &self->question;
    bg_status status = self->options->vary_count
                           ? take_named(self)
                           : bg_sensitivity_planned_inputs(self->base.scenario, self->input,
                                                           &question->inputs, self->errors);
    if (!status && question->inputs == 0) {
        status = bg_sensitivity_open_inputs(&self->base.model, self->input, &question->inputs);
    }
    if (!status && question->inputs == 0) {
        status = bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(nothing_to_vary));
    }
    return status;
}

/* One figure of a unit, or one of each unit where none is named. */
static bg_status read_figures(asking *self)
{
    const bg_model *model = &self->base.model;
    bg_sensitivity_question *question = &self->question;
    bg_figure figure;
    size_t units[BG_FIGURE_UNITS];
    const bg_status status =
        bg_figure_parse(model, self->figure_text, "--figure", &figure, self->errors);
    question->figures = status ? 0 : bg_figure_units(&figure, model, units);
    for (size_t i = 0; i < question->figures; i++) {
        question->figure[i] = figure;
        question->figure[i].unit = units[i];
        self->name[i] = bg_figure_text(&question->figure[i], model);
        if (!self->name[i]) {
            return bg_no_memory(self->errors);
        }
    }
    return status;
}

/* Futures at a point where the command line says how many. */
static size_t given_replications(const asking *self)
{
    const bg_node *node = bg_scenario_find(self->base.scenario, "simulation.replications");
    return node->origin == BG_ORIGIN_OVERRIDE ? (size_t)node->value.integer : 0;
}

static bg_status read_question(asking *self)
{
    const bg_options *options = self->options;
    if (options->points > 0 && options->points < BG_SENSITIVITY_FEWEST_ROWS) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(points_out_of_range),
                             options->points, BG_SENSITIVITY_FEWEST_ROWS);
    }
    self->question = (bg_sensitivity_question){
        .source = &self->source,
        .model = &self->base.model,
        .input = self->input,
        .by_section = options->by_section,
        .rows = options->points > 0 ? (size_t)options->points : DEFAULT_ROWS,
        .replications = given_replications(self),
        .threads = options->threads > 0 ? options->threads : omp_get_max_threads(),
        .stop = options->stop,
        .progress = bg_progress_show,
        .context = &self->progress};
    bg_status status = take_inputs(self);
    if (!status && options->vary_count) {
        status =
            bg_axes_check(self->question.inputs, self->input, self->base.scenario, self->errors);
    }
    self->figure_text = options->figure ? options->figure : DEFAULT_FIGURE;
    return status ? status : read_figures(self);
}

/* ---- what was found ---- */

static const bg_sensitivity *found_of(const asking *self)
{
    return &self->found[self->at];
}

static const bg_sobol_indices *last_of(const asking *self)
{
    return &found_of(self)->at[BG_SENSITIVITY_SHARES - 1];
}

enum { INDEX_DECIMALS = 3 };

/* The index and its interval. */
static void add_index(const asking *self, bg_sheet *sheet, const bg_sobol_index *index)
{
    const char *language = self->options->lang;
    if (index->above_zero) {
        bg_sheet_add_number(sheet, index->value);
        bg_sheet_add_interval(sheet, BG_CELL_NUMBER, index->value, index->low, index->high);
    } else {
        bg_sheet_add_text(sheet, bg_in_language(language, "not told from zero", "与零无显著区别"));
        bg_sheet_add_text(sheet,
                          bg_sheet_keep(sheet, bg_in_language(language, "up to %.3f", "不超过%.3f"),
                                        fmax(index->high, 0)));
    }
}

/* How values spread between the ends; NULL: evenly. */
static const char *spread_words(const bg_axis *input, const char *language, bg_money_scale money,
                                bg_sheet *sheet)
{
    char mode[BG_VALUE_TEXT];
    if (input->tail > 0) {
        return bg_in_language(language, "eight cases of ten", "十之八在此间");
    }
    return input->spread.kind == BG_SPREAD_PERT
               ? bg_sheet_keep(sheet, bg_in_language(language, "most likely %s", "最可能为%s"),
                               bg_axis_shown(input, input->spread.mode, money, mode))
               : NULL;
}

static void say_ranges(const asking *self, bg_document *page)
{
    const bg_sensitivity *found = &self->found[0];
    static const bg_column columns[] = {{.kind = BG_CELL_TEXT},
                                        {.kind = BG_CELL_TEXT, .right = true},
                                        {.kind = BG_CELL_TEXT, .right = true},
                                        {.kind = BG_CELL_TEXT}};
    const bg_money_scale money = bg_contract_money(&self->base.model.contract, page->language);
    bool even = true;
    for (size_t i = 0; i < found->inputs; i++) {
        even = even && found->input[i].spread.kind == BG_SPREAD_UNIFORM;
    }
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, even ? 3 : 4);
    for (size_t i = 0; i < found->inputs; i++) {
        const bg_axis *input = &found->input[i];
        bg_sheet_add_text(&sheet, input->key);
        for (int end = 0; end < 2; end++) {
            char text[BG_VALUE_TEXT];
            bg_axis_shown(input, bg_axis_end(input, end), money, text);
            bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s", text));
        }
        if (!even) {
            const char *words = spread_words(input, page->language, money, &sheet);
            bg_sheet_add_text(&sheet, words ? words : "");
        }
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void add_number_column(bg_sheet *sheet, const char *heading, bg_form form)
{
    bg_sheet_add_column(sheet, (bg_column){.kind = BG_CELL_NUMBER,
                                           .heading = heading,
                                           .form = form,
                                           .decimals = INDEX_DECIMALS});
}

static void say_indices(const asking *self, bg_document *page)
{
    const char *language = page->language;
    const bg_sensitivity *found = found_of(self);
    const bg_sobol_indices *last = last_of(self);
    bg_sheet sheet;
    bg_sheet_init(&sheet, language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    add_number_column(&sheet, bg_in_language(language, "total", "总效应"), BG_FORM_VALUE);
    add_number_column(&sheet, "95%", BG_FORM_RANGE);
    add_number_column(&sheet, bg_in_language(language, "alone", "主效应"), BG_FORM_VALUE);
    add_number_column(&sheet, "95%", BG_FORM_RANGE);
    for (size_t k = 0; k < found->groups; k++) {
        const size_t g = found->order[k];
        bg_sheet_add_text(&sheet, found->group[g].name);
        add_index(self, &sheet, &last->total[g]);
        add_index(self, &sheet, &last->first[g]);
    }
    bg_document_add_sheet(page, 2, &sheet);
}

static void say_convergence(const asking *self, bg_document *page)
{
    const bg_sensitivity *found = found_of(self);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet,
                        (bg_column){.kind = BG_CELL_TEXT,
                                    .heading = bg_in_language(page->language, "total index by rows",
                                                              "总效应（按样本行数）")});
    for (size_t s = 0; s < BG_SENSITIVITY_SHARES; s++) {
        add_number_column(&sheet, bg_sheet_keep(&sheet, "%zu", found->rows_at[s]), BG_FORM_VALUE);
    }
    for (size_t k = 0; k < found->groups && k < 5; k++) {
        bg_sheet_add_text(&sheet, found->group[found->order[k]].name);
        const size_t g = found->order[k];
        for (size_t s = 0; s < BG_SENSITIVITY_SHARES; s++) {
            const bool has = found->rows_at[s] <= found->group[g].rows;
            bg_sheet_add_number(&sheet, has ? found->at[s].total[g].value : NAN);
        }
    }
    bg_document_add_sheet(page, 2, &sheet);
}

/* What the largest do together, beyond what they do by themselves. */
static void say_pairs(const asking *self, bg_document *page)
{
    const bg_sensitivity *found = found_of(self);
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_column(&sheet, (bg_column){.kind = BG_CELL_TEXT});
    add_number_column(&sheet, bg_in_language(page->language, "together", "交互作用"),
                      BG_FORM_VALUE);
    add_number_column(&sheet, "95%", BG_FORM_RANGE);
    for (size_t p = 0; p < found->pairs; p++) {
        const bg_sensitivity_pair *pair = &found->pair[p];
        bg_sheet_add_text(&sheet, bg_sheet_keep(&sheet, "%s × %s", found->group[pair->first].name,
                                                found->group[pair->second].name));
        add_index(self, &sheet, &pair->together);
    }
    if (found->pairs) {
        bg_document_add_sheet(page, 2, &sheet);
        bg_document_add_gap(page);
    } else {
        bg_sheet_free(&sheet);
    }
}

/* Whether the indices would mostly be of the error within the points. */
static bool is_drowned(const asking *self)
{
    return found_of(self)->inner_noise >= BG_SENSITIVITY_DROWNED;
}

/* Whether there are indices to show of the figure at work. */
static bool is_told(const asking *self)
{
    return found_of(self)->varies && !is_drowned(self);
}

/* What stands in the way of reading the indices, before they are read. */
static void say_noise(const asking *self, bg_document *page)
{
    const double noise = found_of(self)->inner_noise;
    const double futures = (double)found_of(self)->replications;
    const double needed = 1000 * ceil(futures * noise / BG_SENSITIVITY_NOISE / 1000);
    if (is_drowned(self)) {
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(page->language,
                           "Monte Carlo error within the points may be as much as %.3g%% of the "
                           "variance: what the figure hangs on cannot be told from it, and no "
                           "index is shown. With simulation.replications=%.0f it would be 10%%.",
                           "各点内部的抽样误差可达方差的%.3g%%，无法据此判断该指标取决于哪些参数，"
                           "故不列出指数。取 simulation.replications=%.0f 时约为10%%。"),
            100 * noise, needed);
        bg_document_add_gap(page);
    } else if (noise > BG_SENSITIVITY_NOISE) {
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(page->language,
                           "Monte Carlo error within the points may be as much as %.3g%% of the "
                           "variance, so that small indices cannot be told from it; with "
                           "simulation.replications=%.0f it would be 10%%.",
                           "各点内部的抽样误差可达方差的%.3g%%，较小的指数难以与之区分；"
                           "取 simulation.replications=%.0f 时约为10%%。"),
            100 * noise, needed);
        bg_document_add_gap(page);
    }
}

/* Inputs that changed the figure at no point by a bit. */
static void say_without_effect(const asking *self, bg_document *page)
{
    const bg_sensitivity *found = found_of(self);
    bg_text names = {0};
    for (size_t g = 0; g < found->groups; g++) {
        const bg_sobol_index *total = &last_of(self)->total[g];
        if (total->value <= 0 && total->high <= 0) {
            bg_text_add(&names, "%s%s",
                        names.length ? bg_in_language(page->language, ", ", "、") : "",
                        found->group[g].name);
        }
    }
    page->failed = page->failed || names.failed;
    char *list = bg_text_take(&names);
    if (list) {
        bg_document_add_gap(page);
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(page->language, "Without any effect on it: %s.", "对其毫无影响：%s。"),
            list);
    }
    free(list);
}

/* How many futures each point has, and why; of all figures. */
static void say_futures(const asking *self, bg_document *page)
{
    const char *language = page->language;
    const size_t futures = self->found[0].replications;
    if (self->question.replications) {
        bg_document_add(page, BG_PART_SENTENCE, 0,
                        bg_in_language(language, "Each point has %zu futures, as was asked for.",
                                       "各点模拟%zu次，系按要求指定。"),
                        futures);
    } else if (futures < (size_t)self->base.model.horizon.replications) {
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(
                language,
                "Each point has %zu futures: of %d, doubled and doubled again, the "
                "fewest with which Monte Carlo error was at most %.0f%% of the variance "
                "in a pilot of %d rows.",
                "各点模拟%zu次：自%d次起逐次加倍试算，取抽样误差不超过方差%.0f%%的最少次数"
                "（试算%d行样本点）。"),
            futures, BG_SENSITIVITY_FEWEST_FUTURES, 100 * BG_SENSITIVITY_NOISE / 2,
            BG_SENSITIVITY_PILOT_ROWS);
    } else {
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(language,
                           "Each point has %zu futures, all that the scenario has: fewer would "
                           "leave too much Monte Carlo error.",
                           "各点模拟%zu次，即情景设定的全部次数；次数再少则抽样误差过大。"),
            futures);
    }
}

static void say_screening(const asking *self, bg_document *page)
{
    const bg_sensitivity *found = &self->found[0];
    size_t screened = 0;
    for (size_t g = 0; g < found->groups; g++) {
        screened += found->group[g].rows < found->rows;
    }
    if (screened) {
        bg_document_add(
            page, BG_PART_SENTENCE, 0,
            bg_in_language(
                page->language,
                "%zu of %zu were screened out: once at least %d rows had shown that their total "
                "index, with its interval, lies below %.0f%%, they stayed as the scenario has "
                "them.",
                "%zu个（共%zu个）经筛选后不再变动：至少%d行样本表明其总效应（含区间）低于%.0f%%，"
                "此后按情景取值。"),
            screened, found->groups, BG_SENSITIVITY_SCREENING_ROWS, 100 * BG_SENSITIVITY_SMALL);
    }
}

/* A value of the figure at work, of which `largest` is the largest: an amount, points or a chance. */
static const char *figure_value(const asking *self, double value, double largest,
                                char text[BG_AMOUNT_TEXT])
{
    const bg_figure *figure = &self->question.figure[self->at];
    const bg_model *model = &self->base.model;
    const char *language = self->options->lang;
    if (bg_figure_is_share(figure)) {
        snprintf(text, BG_AMOUNT_TEXT, "%.6g", value);
    } else if (bg_model_outcome_info(model, figure->outcome).kind == BG_OUTCOME_KIND_SCORE) {
        snprintf(text, BG_AMOUNT_TEXT, "%.4f", value / 100);
    } else {
        const bg_fen fen = (bg_fen)bg_contract_money(&model->contract, language).fen;
        bg_amount_named(bg_money_scale_of(fen, largest, language), value, text);
    }
    return text;
}

static void say_what_it_hangs_on(const asking *self, bg_document *page)
{
    const bg_sobol_indices *last = last_of(self);
    const double sd = sqrt(last->variance), largest = fmax(fabs(last->mean), sd);
    char mean_text[BG_AMOUNT_TEXT], sd_text[BG_AMOUNT_TEXT];
    say_noise(self, page);
    if (is_drowned(self)) {
        bg_document_add(page, BG_PART_SENTENCE, 0,
                        bg_in_language(page->language,
                                       "Over these ranges the figure has mean %s and standard "
                                       "deviation %s.",
                                       "在上述范围内，该指标均值%s、标准差%s。"),
                        figure_value(self, last->mean, largest, mean_text),
                        figure_value(self, sd, largest, sd_text));
        return;
    }
    say_indices(self, page);
    bg_document_add_gap(page);
    say_convergence(self, page);
    bg_document_add_gap(page);
    say_pairs(self, page);
    bg_document_add(
        page, BG_PART_SENTENCE, 0,
        bg_in_language(
            page->language,
            "Over these ranges the figure has mean %s and standard deviation %s. "
            "Total: share of its variance that is left where all other inputs are known; "
            "alone: share that goes away once this input is known; together: share that lies in "
            "what both do to each other. Monte Carlo error within the points is at most %.2g%% of "
            "the variance.",
            "在上述范围内，该指标均值%s、标准差%s。总效应：其余参数均已知时仍余下的方差占比；"
            "主效应：仅知该参数即可消除的方差占比；交互作用：两者相互影响所占的方差份额。各点内部抽"
            "样误差至多占方差的%.2g%%。"),
        figure_value(self, last->mean, largest, mean_text),
        figure_value(self, sd, largest, sd_text), 100 * found_of(self)->inner_noise);
    say_without_effect(self, page);
}

static void say_unit(const asking *self, bg_document *page)
{
    if (self->question.figures > 1) {
        const size_t unit = self->question.figure[self->at].unit;
        bg_document_add(page, BG_PART_LINE, 0, "%s (%s)", self->name[self->at],
                        bg_label_of_scheme(bg_model_unit(&self->base.model, unit), page->language));
    }
}

/* In words, before all numbers. */
static void say_conclusions(asking *self, bg_document *page)
{
    for (self->at = 0; self->at < self->question.figures; self->at++) {
        const bg_hinge hinge = {.found = found_of(self),
                                .model = &self->base.model,
                                .figure = &self->question.figure[self->at],
                                .name = self->name[self->at]};
        say_unit(self, page);
        bg_hinge_say(&hinge, page);
        bg_document_add_gap(page);
    }
}

/* Of the figure at work. */
static void say_figure(const asking *self, bg_document *page)
{
    const char *language = page->language;
    bg_document_add_gap(page);
    say_unit(self, page);
    if (found_of(self)->varies) {
        say_what_it_hangs_on(self, page);
    } else {
        bg_document_add(page, BG_PART_SENTENCE, 0,
                        bg_in_language(language,
                                       "The figure does not vary over these ranges: it is %.9g at "
                                       "every point.",
                                       "在上述范围内该指标不变：各点均为%.9g。"),
                        found_of(self)->as_given);
    }
}

static bg_status print_text(asking *self)
{
    const char *language = self->options->lang;
    const bg_sensitivity *found = &self->found[0];
    bg_document page;
    bg_document_init(&page, language);
    bg_document_add(&page, BG_PART_LINE, 0,
                    bg_in_language(language, "What %s hangs on: %zu inputs, %zu points, seed %llu",
                                   "%s取决于哪些参数：%zu个参数，%zu个样本点，随机种子%llu"),
                    self->question.figures == 1 ? self->name[0] : self->figure_text, found->inputs,
                    found->points, (unsigned long long)found->seed);
    bg_document_add_gap(&page);
    say_conclusions(self, &page);
    say_ranges(self, &page);
    for (self->at = 0; self->at < self->question.figures; self->at++) {
        say_figure(self, &page);
    }
    bg_document_add_gap(&page);
    say_futures(self, &page);
    say_screening(self, &page);
    if (found->left_out) {
        bg_document_add(
            &page, BG_PART_SENTENCE, 0,
            bg_in_language(
                language,
                "Left out because keys contradict each other there: %zu of the rows; the "
                "inputs are then not quite independent, and the indices not quite exact.",
                "有%zu行因参数相互矛盾而剔除；各参数因此不完全独立，指数略有近似。"),
            found->left_out);
    }
    const bg_status status = bg_document_write_text(&page, stdout);
    bg_document_free(&page);
    fflush(stdout);
    return status;
}

static json_t *index_object(const bg_sobol_index *index)
{
    return json_pack("{s:f, s:f, s:f, s:b}", "value", index->value, "low", index->low, "high",
                     index->high, "above_zero", index->above_zero);
}

static json_t *result_object(const asking *self)
{
    const bg_sensitivity *found = found_of(self);
    const bg_sobol_indices *last = last_of(self);
    json_t *inputs = json_array(), *groups = json_array(), *pairs = json_array();
    for (size_t i = 0; i < found->inputs; i++) {
        const bg_axis *input = &found->input[i];
        bg_json_append(&inputs,
                       json_pack("{s:s, s:f, s:f}", "key", input->key, "from",
                                 bg_axis_end(input, false), "to", bg_axis_end(input, true)));
    }
    for (size_t g = 0; g < found->groups; g++) {
        json_t *convergence = json_array();
        for (size_t s = 0; s < BG_SENSITIVITY_SHARES && found->rows_at[s] <= found->group[g].rows;
             s++) {
            bg_json_append(&convergence,
                           json_pack("{s:I, s:f, s:f}", "rows", (json_int_t)found->rows_at[s],
                                     "total", found->at[s].total[g].value, "first",
                                     found->at[s].first[g].value));
        }
        bg_json_append(&groups,
                       json_pack("{s:s, s:o, s:o, s:I, s:o}", "name", found->group[g].name, "total",
                                 index_object(&last->total[g]), "first",
                                 index_object(&last->first[g]), "rows",
                                 (json_int_t)found->group[g].rows, "convergence", convergence));
    }
    for (size_t p = 0; p < found->pairs; p++) {
        bg_json_append(&pairs, json_pack("{s:s, s:s, s:o}", "first",
                                         found->group[found->pair[p].first].name, "second",
                                         found->group[found->pair[p].second].name, "together",
                                         index_object(&found->pair[p].together)));
    }
    return json_pack("{s:s, s:s, s:b, s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:o, s:o, s:o}", "figure",
                     self->figure_text, "asked", self->name[self->at], "varies", found->varies,
                     "rows", (json_int_t)found->rows, "rows_left_out", (json_int_t)found->left_out,
                     "points", (json_int_t)found->points, "replications",
                     (json_int_t)found->replications, "mean", last->mean, "variance",
                     last->variance, "inner_noise_share", found->inner_noise, "inputs", inputs,
                     "groups", groups, "pairs", pairs);
}

/* One object where one figure was asked for, else a list. */
static bg_status print_json(asking *self)
{
    json_t *list = json_array();
    for (self->at = 0; self->at < self->question.figures; self->at++) {
        bg_json_append(&list, result_object(self));
    }
    json_t *result = self->question.figures > 1 ? list : json_array_get(list, 0);
    const bg_status status = bg_json_print(json_incref(result), stdout, self->errors);
    json_decref(list);
    return status;
}

/* ---- files ---- */

static void begin_indices(bg_sheet *sheet)
{
    static const bg_column columns[] = {
        {.name = "input", .kind = BG_CELL_TEXT},
        {.name = "total",
         .kind = BG_CELL_NUMBER,
         .low = "total_low",
         .high = "total_high",
         .significant = 6},
        {.name = "first",
         .kind = BG_CELL_NUMBER,
         .low = "first_low",
         .high = "first_high",
         .significant = 6},
        {.name = "at_low_end", .kind = BG_CELL_NUMBER, .significant = 9},
        {.name = "at_high_end", .kind = BG_CELL_NUMBER, .significant = 9},
        {.name = "as_given", .kind = BG_CELL_NUMBER, .significant = 9},
        {.name = "figure", .kind = BG_CELL_TEXT},
        {.name = "inner_noise", .kind = BG_CELL_NUMBER, .significant = 6},
        {.name = "rows", .kind = BG_CELL_COUNT},
    };
    bg_sheet_add_columns(sheet, columns, sizeof columns / sizeof *columns);
}

/* Of the figure at work; cells of indices that are not told are empty. */
static void add_indices(const asking *self, bg_sheet *sheet)
{
    const bg_sensitivity *found = found_of(self);
    const bg_sobol_indices *last = last_of(self);
    const bool one = self->question.figures == 1;
    for (size_t k = 0; k < found->groups; k++) {
        const size_t g = found->order[k], first = found->group[g].first;
        const bg_sobol_index *const pair[] = {&last->total[g], &last->first[g]};
        const bool alone = found->group[g].end - first == 1;
        bg_sheet_add_text(sheet, found->group[g].name);
        for (size_t i = 0; i < 2; i++) {
            bg_sheet_add_interval(sheet, BG_CELL_NUMBER, is_told(self) ? pair[i]->value : NAN,
                                  is_told(self) ? pair[i]->low : NAN,
                                  is_told(self) ? pair[i]->high : NAN);
        }
        bg_sheet_add_number(sheet, alone ? found->low_end[first] : NAN);
        bg_sheet_add_number(sheet, alone ? found->high_end[first] : NAN);
        bg_sheet_add_number(sheet, found->as_given);
        bg_sheet_add_text(sheet, one ? self->figure_text : self->name[self->at]);
        bg_sheet_add_number(sheet, found->inner_noise);
        bg_sheet_add_count(sheet, found->group[g].rows);
    }
}

/* The unit by which the chart of the figure at work is named. */
static const char *chart_unit(const asking *self)
{
    return self->question.figures == 1
               ? "all"
               : bg_model_unit(&self->base.model, self->question.figure[self->at].unit);
}

static bg_status draw(const asking *self, const char *directory)
{
    if (!is_told(self)) {
        return BG_OK;
    }
    char *name = bg_text_format("charts/data/tornado-%s.csv", chart_unit(self));
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->options->lang);
    begin_indices(&sheet);
    add_indices(self, &sheet);
    bg_status status = name ? bg_sheet_save_csv(&sheet, directory, name, self->errors)
                            : bg_no_memory(self->errors);
    bg_sheet_free(&sheet);
    free(name);
    return status ? status
                  : bg_program_chart("tornado", chart_unit(self), directory, self->options,
                                     self->errors);
}

static bg_status write_tables(asking *self, const char *directory)
{
    bg_sheet sheet;
    bg_sheet_init(&sheet, self->options->lang);
    begin_indices(&sheet);
    for (self->at = 0; self->at < self->question.figures; self->at++) {
        add_indices(self, &sheet);
    }
    bg_status status = bg_sheet_save_csv(&sheet, directory, "sensitivity.csv", self->errors);
    bg_sheet_free(&sheet);
    for (self->at = 0; self->at < self->question.figures && !status; self->at++) {
        status = draw(self, directory);
    }
    return status;
}

static bool is_any_told(asking *self)
{
    bool told = false;
    for (self->at = 0; self->at < self->question.figures; self->at++) {
        told = told || is_told(self);
    }
    return told;
}

static bg_status keep(asking *self)
{
    const bool drawn = is_any_told(self);
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status
                 ? status
                 : bg_chart_facts_write(&self->base.model, NULL, directory.temporary, self->errors);
    status = status ? status : write_tables(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr,
                drawn ? bg_in_language(self->options->lang, "Table and chart: %s\n", "表与图：%s\n")
                      : bg_in_language(self->options->lang, "Table: %s\n", "表：%s\n"),
                directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

static bg_status print(asking *self)
{
    if (self->options->json) {
        return print_json(self);
    }
    return print_text(self);
}

static bg_status run(asking *self)
{
    bg_progress_start(&self->progress, self->options->quiet, self->options->lang);
    const bg_status status = bg_sensitivity_run(&self->question, self->found, self->errors);
    bg_progress_end(&self->progress);
    return status;
}

static bg_status answer(asking *self)
{
    bg_status status = read_question(self);
    status = status ? status : run(self);
    status = status ? status : keep(self);
    status = status ? status : print(self);
    if (status == BG_MEMORY && self->errors->error_count == 0) {
        bg_no_memory(self->errors);
    } else if (status && self->errors->error_count == 0) {
        if (status == BG_INTERRUPTED) {
            bg_errors_say(self->errors, status, BG_NOWHERE, NULL, BG_SAY(stopped_unwritten));
        } else {
            bg_errors_say(self->errors, status, BG_NOWHERE, NULL, BG_SAY(sensitivity_failed));
        }
    }
    return status;
}

bg_status bg_verb_sensitivity(const bg_options *options, bg_errors *errors)
{
    asking *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->options = options;
    self->source = bg_input_source(options->operands[0], options);
    self->errors = errors;
    bg_status status = bg_input_load(&self->base, options->operands[0], options, errors);
    bg_messages_flush(errors, options->lang, stderr);
    status = status ? status : answer(self);
    for (size_t i = 0; i < BG_FIGURE_UNITS; i++) {
        bg_sensitivity_free(&self->found[i]);
        free(self->name[i]);
    }
    bg_input_free(&self->base);
    free(self);
    return status;
}
