/* Goal seek: at which value of a key a figure meets a target; of two keys, the frontier between them. */
#include <baogan/solve.h>

#include "base/csv.h"
#include "base/text.h"
#include "chart/chart.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/json.h"
#include "format/text_table.h"
#include "report/label.h"
#include "study/knob.h"

#include <baogan/figure.h>
#include <baogan/file.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRONTIER = 11, EXPECTED_POINTS = 30 };

/* Results are given to about this many steps of the range, and sought eight times as finely. */
#define STEPS    20000
#define FINENESS 8

typedef struct solving {
    const bg_options *options;
    bg_input base;
    bg_knob knob[2];
    size_t knobs;
    bg_target target;
    double other; /* value of the second key */
    bg_progress progress;
    size_t looked, to_look;
    bg_errors *errors;
} solving;

/* ---- one point ---- */

/* The scenario of the options with further overrides. */
static bg_status load_with(const solving *self, const char *const *more, size_t count,
                           bg_input *input, bg_errors *errors)
{
    bg_options options = *self->options;
    const char **all = calloc(options.set_count + count + 1, sizeof *all);
    if (!all) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < options.set_count + count; i++) {
        all[i] = i < options.set_count ? options.set[i] : more[i - options.set_count];
    }
    options.set = all;
    options.set_count += count;
    const bg_status status = bg_input_load(input, options.operands[0], &options, errors);
    free(all);
    return status;
}

static bg_status read_target(const solving *self, const bg_model *model, bg_reading *reading)
{
    const size_t count = bg_model_outcome_count(model);
    bool *wanted = calloc(count, sizeof *wanted);
    if (!wanted) {
        return bg_no_memory(self->errors);
    }
    bg_target_want(&self->target, wanted);
    const bg_projection_options how = {.threads = self->options->threads,
                                       .stop = self->options->stop,
                                       .outcomes = wanted,
                                       .no_cash = true};
    bg_projection *projection = NULL;
    bg_status status = bg_projection_run(model, &how, &projection, self->errors);
    status = status ? status : bg_target_read(&self->target, projection, reading);
    bg_projection_free(projection);
    free(wanted);
    return status;
}

/* What the figure is where the keys have these values. Warnings were given for the scenario itself. */
static bg_status read_point(const solving *self, double x, bg_reading *reading)
{
    bg_errors errors;
    bg_errors_init(&errors);
    char *more[2] = {bg_knob_override(&self->knob[0], x),
                     self->knobs > 1 ? bg_knob_override(&self->knob[1], self->other) : NULL};
    const char *const overrides[2] = {more[0], more[1]};
    bg_input input = {0};
    bg_status status = more[0] && (more[1] || self->knobs == 1)
                           ? load_with(self, overrides, self->knobs, &input, &errors)
                           : BG_MEMORY;
    status = status ? status : read_target(self, &input.model, reading);
    bg_input_free(&input);
    if (status) {
        bg_errors_move(self->errors, &errors);
    }
    bg_errors_free(&errors);
    free(more[0]);
    free(more[1]);
    return status;
}

/* How far the figure lies above its bound at x; fits bg_solve_function. */
static bg_status look(void *context, double x, double *value, double *se)
{
    solving *self = context;
    bg_reading reading = {0};
    bg_status status = read_point(self, x, &reading);
    *value = reading.measured - reading.bound;
    *se = reading.estimate.se;
    bg_progress_show(&self->progress, fmin(0.99, (double)++self->looked / (double)self->to_look));
    if (!status && isnan(*value)) {
        status = bg_errors_add(self->errors, BG_RANGE, BG_NOWHERE, "--until",
                               "the figure cannot be given with so few replications.");
    }
    return status;
}

/* Crossings, and near each the round value at which the target is met. */
typedef struct findings {
    bg_solution solution;
    double holds_at[BG_SOLVE_CROSSINGS];
} findings;

/* The coarsest power of ten that is a step. */
static double resolution(const solving *self)
{
    const bg_knob *knob = &self->knob[0];
    return pow(10, ceil(log10((knob->to - knob->from) / STEPS)));
}

/* Whether the target is met where the figure lies so far above its bound. */
static bool met(const solving *self, double above)
{
    return self->target.at_least ? above >= 0 : above <= 0;
}

static bool holds_to_right(const solving *self, const bg_crossing *crossing)
{
    return crossing->rising == self->target.at_least;
}

/* The round value nearest to the crossing at which the target is met: beyond it, or just at it. */
static bg_status find_holding(solving *self, const bg_crossing *crossing, double *holding)
{
    const bg_knob *knob = &self->knob[0];
    const bool right = holds_to_right(self, crossing);
    const double step = right ? resolution(self) : -resolution(self);
    const double end = right ? crossing->right : crossing->left;
    const double beyond = ceil(end / step) * step;
    *holding = right ? fmin(beyond, knob->to) : fmax(beyond, knob->from);
    const double before = beyond - step;
    if (before < knob->from || before > knob->to) {
        return BG_OK;
    }
    double above, se;
    const bg_status status = look(self, before, &above, &se);
    if (!status && met(self, above)) {
        *holding = before;
    }
    return status;
}

static bg_status solve(solving *self, findings *found)
{
    const bg_knob *knob = &self->knob[0];
    const bg_solve_problem problem = {.function = look,
                                      .context = self,
                                      .from = knob->from,
                                      .to = knob->to,
                                      .target = 0,
                                      .tolerance = resolution(self) / FINENESS};
    bg_status status = bg_solve(&problem, &found->solution);
    for (size_t i = 0; i < found->solution.count && !status; i++) {
        status = find_holding(self, &found->solution.crossing[i], &found->holds_at[i]);
    }
    return status;
}

/* ---- what was found ---- */

static double rounded(const solving *self, double x)
{
    return round(x / resolution(self)) * resolution(self);
}

static bool met_everywhere(const solving *self, const findings *found)
{
    const bg_solution *solution = &found->solution;
    return solution->count == 0 && met(self, solution->point[0].value);
}

static void print_crossing(const solving *self, const findings *found, size_t number)
{
    const bg_crossing *crossing = &found->solution.crossing[number];
    const bg_knob *knob = &self->knob[0];
    const char *language = self->options->lang;
    char x[BG_KNOB_TEXT], low[BG_KNOB_TEXT], high[BG_KNOB_TEXT];
    printf(bg_in_language(language, "%s = %s: from here %s, %s holds.\n",
                          "%s = %s：由此%s，满足%s。\n"),
           knob->path, bg_knob_text(knob, found->holds_at[number], x),
           holds_to_right(self, crossing) ? bg_in_language(language, "up", "向上")
                                          : bg_in_language(language, "down", "向下"),
           self->target.text);
    printf(bg_in_language(language, "  What Monte Carlo error leaves (95%%): %s%s to %s%s\n",
                          "  抽样误差所致区间（95%%）：%s%s至%s%s\n"),
           crossing->open_low ? bg_in_language(language, "below ", "低于") : "",
           bg_knob_text(knob, rounded(self, crossing->low), low),
           crossing->open_high ? bg_in_language(language, "above ", "高于") : "",
           bg_knob_text(knob, rounded(self, crossing->high), high));
}

static void print_none(const solving *self, const findings *found)
{
    char from[BG_KNOB_TEXT], to[BG_KNOB_TEXT];
    printf(met_everywhere(self, found)
               ? bg_in_language(self->options->lang, "%s holds for every %s from %s to %s.\n",
                                "%s：%s在%s至%s之间均满足。\n")
               : bg_in_language(self->options->lang, "%s holds for no %s from %s to %s.\n",
                                "%s：%s在%s至%s之间均不满足。\n"),
           self->target.text, self->knob[0].path,
           bg_knob_text(&self->knob[0], self->knob[0].from, from),
           bg_knob_text(&self->knob[0], self->knob[0].to, to));
}

static void print_solution(const solving *self, const findings *found)
{
    if (found->solution.count == 0) {
        print_none(self, found);
    }
    if (found->solution.count > 1) {
        printf(
            bg_in_language(self->options->lang, "There are %zu crossings:\n", "共有%zu个交点：\n"),
            found->solution.count);
    }
    for (size_t i = 0; i < found->solution.count; i++) {
        print_crossing(self, found, i);
    }
}

/* ---- JSON ---- */

static json_t *crossing_object(const solving *self, const findings *found, size_t number)
{
    const bg_crossing *crossing = &found->solution.crossing[number];
    return json_pack("{s:f, s:f, s:f, s:b, s:b, s:s}", "value", found->holds_at[number], "low",
                     crossing->low, "high", crossing->high, "low_is_open", crossing->open_low,
                     "high_is_open", crossing->open_high, "holds",
                     holds_to_right(self, crossing) ? "above" : "below");
}

static json_t *solution_object(const solving *self, const findings *found)
{
    json_t *crossings = json_array(), *points = json_array();
    for (size_t i = 0; i < found->solution.count; i++) {
        json_array_append_new(crossings, crossing_object(self, found, i));
    }
    for (size_t i = 0; i < found->solution.point_count; i++) {
        const bg_solve_point *point = &found->solution.point[i];
        json_array_append_new(points, json_pack("{s:f, s:f, s:o}", "value", point->x, "above_bound",
                                                point->value, "se", bg_json_number(point->se)));
    }
    return json_pack("{s:s, s:s, s:b, s:o, s:o}", "key", self->knob[0].path, "target",
                     self->target.text, "everywhere", met_everywhere(self, found), "crossings",
                     crossings, "points", points);
}

/* ---- one key ---- */

static bg_status solve_one(solving *self)
{
    findings found;
    bg_status status = solve(self, &found);
    bg_progress_end(&self->progress);
    if (status) {
        bg_solution_free(&found.solution);
        return status;
    }
    const bool never = found.solution.count == 0 && !met_everywhere(self, &found);
    if (self->options->json) {
        status = bg_json_print(solution_object(self, &found), stdout, self->errors);
    } else {
        print_solution(self, &found);
    }
    bg_solution_free(&found.solution);
    if (!status && never) {
        status =
            bg_errors_add(self->errors, BG_TARGET, BG_NOWHERE, NULL,
                          "the target is met nowhere in the range; widen --in, or ask for less");
    }
    return status;
}

/* ---- two keys ---- */

static double other_at(const solving *self, size_t row)
{
    const bg_knob *knob = &self->knob[1];
    return knob->from + (knob->to - knob->from) * (double)row / (FRONTIER - 1);
}

static void add_row(const solving *self, bg_text_table *table, double other, const findings *found)
{
    const bg_knob *knob = &self->knob[0];
    const char *language = self->options->lang;
    char text[BG_KNOB_TEXT], low[BG_KNOB_TEXT], high[BG_KNOB_TEXT];
    bg_text_table_add(table, "%s", bg_knob_text(&self->knob[1], other, text));
    if (found->solution.count == 0) {
        bg_text_table_add(table, "%s",
                          met_everywhere(self, found)
                              ? bg_in_language(language, "everywhere", "均满足")
                              : bg_in_language(language, "nowhere", "均不满足"));
        bg_text_table_end_row(table);
        return;
    }
    const bg_crossing *first = &found->solution.crossing[0];
    bg_text_table_add(table, "%s%s", bg_knob_text(knob, found->holds_at[0], text),
                      found->solution.count > 1
                          ? bg_in_language(language, " (first of several)", "（多个之首）")
                          : "");
    bg_text_table_add(table, "%s", bg_knob_text(knob, rounded(self, first->low), low));
    bg_text_table_add(table, "%s", bg_knob_text(knob, rounded(self, first->high), high));
}

/* Without a crossing its cells are empty. */
static void put_row(const solving *self, FILE *stream, double other, const findings *found)
{
    fprintf(stream, "%.10g,", other);
    if (found->solution.count == 0) {
        fprintf(stream, ",,,0,%d,", met_everywhere(self, found));
    } else {
        const bg_crossing *first = &found->solution.crossing[0];
        fprintf(stream, "%.10g,%.10g,%.10g,%zu,0,", found->holds_at[0], first->low, first->high,
                found->solution.count);
    }
    bg_csv_write(stream, self->knob[1].path);
    fputc(',', stream);
    bg_csv_write(stream, self->knob[0].path);
    fputc(',', stream);
    bg_csv_write(stream, self->target.text);
    fprintf(stream, ",%s,%s\n", bg_knob_unit(&self->knob[1]), bg_knob_unit(&self->knob[0]));
}

typedef struct frontier {
    bg_run_directory directory;
    bg_output csv;
    bg_text_table table;
    json_t *rows; /* NULL: text */
} frontier;

static bg_status trace(solving *self, frontier *to)
{
    bg_status status = BG_OK;
    for (size_t row = 0; row < FRONTIER && !status; row++) {
        findings found;
        self->other = other_at(self, row);
        status = solve(self, &found);
        if (status) {
            break;
        }
        add_row(self, &to->table, self->other, &found);
        put_row(self, to->csv.stream, self->other, &found);
        if (to->rows) {
            json_t *object = solution_object(self, &found);
            json_object_set_new(object, "other", json_real(self->other));
            json_array_append_new(to->rows, object);
        }
        bg_solution_free(&found.solution);
    }
    bg_progress_end(&self->progress);
    return status;
}

/* The table as data of a chart, with the names of the keys. */
static bg_status open_frontier(const solving *self, frontier *to)
{
    bg_status status = bg_run_directory_open(&to->directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status
                    : bg_chart_facts_write(&self->base.model, NULL, to->directory.temporary,
                                           self->errors);
    char *path =
        status ? NULL : bg_path_join(to->directory.temporary, "charts/data/frontier-all.csv");
    status = status ? status : path ? bg_output_open(&to->csv, path, self->errors) : BG_MEMORY;
    free(path);
    if (!status) {
        fputs("other,value,low,high,crossings,everywhere,other_key,key,target,other_unit,unit\n",
              to->csv.stream);
    }
    return status;
}

static bg_status print_frontier(const solving *self, frontier *from)
{
    if (from->rows) {
        json_t *rows = from->rows;
        from->rows = NULL;
        return bg_json_print(rows, stdout, self->errors);
    }
    printf(bg_in_language(self->options->lang, "%s: the value of %s from which on it holds\n",
                          "%s：自何值起满足（%s）\n"),
           self->target.text, self->knob[0].path);
    return bg_text_table_print(&from->table, stdout, 2);
}

static bg_status solve_two(solving *self)
{
    frontier to = {.rows = self->options->json ? json_array() : NULL};
    bg_text_table_init(&to.table, "rrrr");
    bg_text_table_add(&to.table, "%s", self->knob[1].path);
    bg_text_table_add(&to.table, "%s", self->knob[0].path);
    bg_text_table_add(&to.table, "%s", bg_in_language(self->options->lang, "low", "下限"));
    bg_text_table_add(&to.table, "%s", bg_in_language(self->options->lang, "high", "上限"));
    bg_status status = open_frontier(self, &to);
    status = status ? status : trace(self, &to);
    status = status ? status : bg_output_commit(&to.csv, self->errors);
    status =
        status ? status
               : bg_program_chart("frontier", to.directory.temporary, self->options, self->errors);
    status = status ? status : bg_run_directory_commit(&to.directory, self->errors);
    status = status ? status : print_frontier(self, &to);
    if (!status && !self->options->quiet) {
        fflush(stdout);
        fprintf(stderr,
                bg_in_language(self->options->lang, "Table and chart: %s\n", "表与图：%s\n"),
                to.directory.final);
    }
    bg_output_discard(&to.csv);
    bg_run_directory_discard(&to.directory);
    bg_text_table_free(&to.table);
    json_decref(to.rows);
    return status;
}

/* ---- the verb ---- */

static bg_status read_question(solving *self)
{
    const bg_options *options = self->options;
    if (options->vary_count == 0 || options->vary_count > 2 ||
        options->in_count != options->vary_count || !options->until) {
        return bg_errors_add(
            self->errors, BG_USAGE, BG_NOWHERE, NULL,
            "solve needs one or two --vary PATH, each with its --in LO:HI, and "
            "--until TARGET, for example --vary budget.growth --in 2%%:10%% --until "
            "'p_overspend <= 10%%'");
    }
    if (options->out && options->vary_count == 1) {
        return bg_errors_add(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             "--out is for the frontier of two keys; of one key the answer is "
                             "printed, and --json has every point");
    }
    self->knobs = options->vary_count;
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->knobs && !status; i++) {
        status = bg_knob_read(options->vary[i], options->in[i], &self->knob[i], self->errors);
    }
    self->to_look = (size_t)EXPECTED_POINTS * (self->knobs > 1 ? FRONTIER : 1);
    return status;
}

bg_status bg_verb_solve(const bg_options *options, bg_errors *errors)
{
    solving self = {.options = options, .errors = errors};
    bg_status status = read_question(&self);
    if (!status) {
        status = load_with(&self, NULL, 0, &self.base, errors);
        bg_messages_flush(errors, stderr);
    }
    status =
        status ? status
               : bg_target_parse(&self.base.model, options->until, "--until", &self.target, errors);
    if (!status) {
        bg_progress_start(&self.progress, options->quiet, options->lang);
        status = self.knobs > 1 ? solve_two(&self) : solve_one(&self);
        bg_progress_end(&self.progress);
    }
    if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_add(errors, status, BG_NOWHERE, NULL, "stopped by a signal");
    }
    bg_input_free(&self.base);
    return status;
}
