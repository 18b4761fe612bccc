/* Goal seek: at which value of a key a figure meets a target; of two keys, the frontier between them. */
#include "study/goal.h"

#include "chart/chart.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/progress.h"
#include "command/run_directory.h"
#include "command/scenario_input.h"
#include "command/verb.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/label.h"

#include <baogan/file.h>
#include <stdio.h>
#include <stdlib.h>

enum { FRONTIER = 11 };

typedef struct solving {
    const bg_options *options;
    bg_scenario_source source;
    bg_input base;
    bg_axis axis[2]; /* the key that is sought, and the one that is held */
    bg_goal goal;
    bg_progress progress;
    bg_errors *errors;
} solving;

/* ---- what was found ---- */

static void print_crossing(const solving *self, const bg_goal_crossing *crossing)
{
    const bg_axis *axis = &self->axis[0];
    const char *language = self->options->lang;
    char x[BG_VALUE_TEXT], low[BG_VALUE_TEXT], high[BG_VALUE_TEXT];
    printf(bg_in_language(language, "%s = %s: from here %s, %s holds.\n",
                          "%s = %s：由此%s，满足%s。\n"),
           axis->key, bg_axis_shown(axis, crossing->holds_at, x),
           crossing->upward ? bg_in_language(language, "up", "向上")
                            : bg_in_language(language, "down", "向下"),
           self->goal.target.text);
    printf(bg_in_language(language, "  What Monte Carlo error leaves (95%%): %s%s to %s%s\n",
                          "  抽样误差所致区间（95%%）：%s%s至%s%s\n"),
           crossing->open_low ? bg_in_language(language, "below ", "低于") : "",
           bg_axis_shown(axis, bg_goal_rounded(&self->goal, crossing->low), low),
           crossing->open_high ? bg_in_language(language, "above ", "高于") : "",
           bg_axis_shown(axis, bg_goal_rounded(&self->goal, crossing->high), high));
}

static void print_none(const solving *self, const bg_goal_answer *found)
{
    const bg_axis *axis = &self->axis[0];
    char from[BG_VALUE_TEXT], to[BG_VALUE_TEXT];
    printf(found->everywhere
               ? bg_in_language(self->options->lang, "%s holds for every %s from %s to %s.\n",
                                "%s：%s在%s至%s之间均满足。\n")
               : bg_in_language(self->options->lang, "%s holds for no %s from %s to %s.\n",
                                "%s：%s在%s至%s之间均不满足。\n"),
           self->goal.target.text, axis->key, bg_axis_shown(axis, axis->spread.low, from),
           bg_axis_shown(axis, axis->spread.high, to));
}

/* The key has no part in it: a wider range would not help. */
static void print_unmoved(const solving *self)
{
    const bg_axis *axis = &self->axis[0];
    char from[BG_VALUE_TEXT], to[BG_VALUE_TEXT];
    printf(bg_in_language(self->options->lang, "It does not depend on %s from %s to %s.\n",
                          "它不随 %s 变化（%s至%s）。\n"),
           axis->key, bg_axis_shown(axis, axis->spread.low, from),
           bg_axis_shown(axis, axis->spread.high, to));
}

static void print_solution(const solving *self, const bg_goal_answer *found)
{
    if (found->count == 0) {
        print_none(self, found);
    }
    if (found->unmoved) {
        print_unmoved(self);
    }
    if (found->count > 1) {
        printf(
            bg_in_language(self->options->lang, "There are %zu crossings:\n", "共有%zu个交点：\n"),
            found->count);
    }
    for (size_t i = 0; i < found->count; i++) {
        print_crossing(self, &found->crossing[i]);
    }
}

/* ---- JSON ---- */

static json_t *crossing_object(const bg_goal_crossing *crossing)
{
    return json_pack("{s:f, s:f, s:f, s:b, s:b, s:s}", "value", crossing->holds_at, "low",
                     crossing->low, "high", crossing->high, "low_is_open", crossing->open_low,
                     "high_is_open", crossing->open_high, "holds",
                     crossing->upward ? "above" : "below");
}

static json_t *solution_object(const solving *self, const bg_goal_answer *found)
{
    json_t *crossings = json_array(), *points = json_array();
    for (size_t i = 0; i < found->count; i++) {
        bg_json_append(&crossings, crossing_object(&found->crossing[i]));
    }
    for (size_t i = 0; i < found->solution.point_count; i++) {
        const bg_solve_point *point = &found->solution.point[i];
        bg_json_append(&points, json_pack("{s:f, s:f, s:o}", "value", point->x, "above_bound",
                                          point->value, "se", bg_json_number(point->se)));
    }
    return json_pack("{s:s, s:s, s:b, s:b, s:o, s:o}", "key", self->axis[0].key, "target",
                     self->goal.target.text, "everywhere", found->everywhere, "depends",
                     !found->unmoved, "crossings", crossings, "points", points);
}

/* ---- one key ---- */

static bg_status solve_one(solving *self)
{
    bg_goal_answer found;
    bg_status status = bg_goal_seek(&self->goal, &found, self->errors);
    bg_progress_end(&self->progress);
    if (status) {
        return status;
    }
    const bool never = found.count == 0 && !found.everywhere, unmoved = found.unmoved;
    if (self->options->json) {
        status = bg_json_print(solution_object(self, &found), stdout, self->errors);
    } else {
        print_solution(self, &found);
    }
    bg_goal_answer_free(&found);
    if (!status && never) {
        status = unmoved ? bg_errors_say(self->errors, BG_TARGET, BG_NOWHERE, NULL,
                                         BG_SAY(target_unmoved), self->axis[0].key)
                         : bg_errors_say(self->errors, BG_TARGET, BG_NOWHERE, NULL,
                                         BG_SAY(target_met_nowhere));
    }
    return status;
}

/* ---- two keys ---- */

static double other_at(const solving *self, size_t row)
{
    const bg_spread *range = &self->axis[1].spread;
    return range->low + (range->high - range->low) * (double)row / (FRONTIER - 1);
}

/* A value of an axis as people write it. */
static const char *shown(bg_sheet *sheet, const bg_axis *axis, double value)
{
    char text[BG_VALUE_TEXT];
    return bg_sheet_keep(sheet, "%s", bg_axis_shown(axis, value, text));
}

/* A row of the table that is printed. */
static void add_row(const solving *self, bg_sheet *sheet, const bg_goal_answer *found)
{
    const bg_axis *axis = &self->axis[0];
    const char *language = self->options->lang;
    bg_sheet_add_text(sheet, shown(sheet, &self->axis[1], self->goal.held_at));
    if (found->count == 0) {
        bg_sheet_add_text(sheet, found->everywhere
                                     ? bg_in_language(language, "everywhere", "均满足")
                                     : bg_in_language(language, "nowhere", "均不满足"));
        bg_sheet_end_row(sheet);
        return;
    }
    const bg_goal_crossing *first = &found->crossing[0];
    bg_sheet_add_text(sheet, shown(sheet, axis, first->holds_at));
    if (found->count > 1) {
        bg_sheet_mark(sheet, bg_in_language(language, " (first of several)", "（多个之首）"));
    }
    bg_sheet_add_text(sheet, shown(sheet, axis, bg_goal_rounded(&self->goal, first->low)));
    bg_sheet_add_text(sheet, shown(sheet, axis, bg_goal_rounded(&self->goal, first->high)));
}

/* The same as data of a chart; without a crossing its cells are empty. */
static void add_data(const solving *self, bg_sheet *sheet, const bg_goal_answer *found)
{
    bg_sheet_add_number(sheet, self->goal.held_at);
    if (found->count == 0) {
        bg_sheet_add_absent(sheet);
    } else {
        const bg_goal_crossing *first = &found->crossing[0];
        bg_sheet_add_interval(sheet, BG_CELL_NUMBER, first->holds_at, first->low, first->high);
    }
    bg_sheet_add_count(sheet, found->count);
    bg_sheet_add_flag(sheet, found->count == 0 && found->everywhere);
    bg_sheet_add_text(sheet, self->axis[1].key);
    bg_sheet_add_text(sheet, self->axis[0].key);
    bg_sheet_add_text(sheet, self->goal.target.text);
    bg_sheet_add_text(sheet, bg_axis_unit(&self->axis[1]));
    bg_sheet_add_text(sheet, bg_axis_unit(&self->axis[0]));
}

typedef struct frontier {
    bg_run_directory directory;
    bg_sheet table, data;
    json_t *rows; /* NULL: text */
} frontier;

static void begin(const solving *self, frontier *to)
{
    enum { DIGITS = 10 };
    static const bg_column data[] = {
        {.name = "other", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "value",
         .kind = BG_CELL_NUMBER,
         .low = "low",
         .high = "high",
         .significant = DIGITS},
        {.name = "crossings", .kind = BG_CELL_COUNT},
        {.name = "everywhere", .kind = BG_CELL_FLAG},
        {.name = "other_key", .kind = BG_CELL_TEXT},
        {.name = "key", .kind = BG_CELL_TEXT},
        {.name = "target", .kind = BG_CELL_TEXT},
        {.name = "other_unit", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
    };
    const char *const headings[] = {self->axis[1].key, self->axis[0].key,
                                    bg_in_language(self->options->lang, "low", "下限"),
                                    bg_in_language(self->options->lang, "high", "上限")};
    bg_sheet_init(&to->data, self->options->lang);
    bg_sheet_add_columns(&to->data, data, sizeof data / sizeof *data);
    bg_sheet_init(&to->table, self->options->lang);
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        bg_sheet_add_column(
            &to->table, (bg_column){.kind = BG_CELL_TEXT, .heading = headings[i], .right = true});
    }
}

static bg_status trace(solving *self, frontier *to)
{
    bg_status status = BG_OK;
    for (size_t row = 0; row < FRONTIER && !status; row++) {
        bg_goal_answer found;
        self->goal.held_at = other_at(self, row);
        status = bg_goal_seek(&self->goal, &found, self->errors);
        if (status) {
            break;
        }
        add_row(self, &to->table, &found);
        add_data(self, &to->data, &found);
        if (to->rows) {
            json_t *object = solution_object(self, &found);
            bg_json_set(&object, "other", json_real(self->goal.held_at));
            json_array_append_new(to->rows, object);
        }
        bg_goal_answer_free(&found);
    }
    bg_progress_end(&self->progress);
    return status;
}

static bg_status open_frontier(const solving *self, frontier *to)
{
    const bg_status status = bg_run_directory_open(&to->directory, self->options->out,
                                                   self->options->operands[0], self->errors);
    return status ? status
                  : bg_chart_facts_write(&self->base.model, NULL, to->directory.temporary,
                                         self->errors);
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
           self->goal.target.text, self->axis[0].key);
    return bg_sheet_write_text(&from->table, stdout, 2);
}

static bg_status solve_two(solving *self)
{
    frontier to = {.rows = self->options->json ? json_array() : NULL};
    begin(self, &to);
    bg_status status = open_frontier(self, &to);
    status = status ? status : trace(self, &to);
    status = status ? status
                    : bg_sheet_save_csv(&to.data, to.directory.temporary,
                                        "charts/data/frontier-all.csv", self->errors);
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
    bg_run_directory_discard(&to.directory);
    bg_sheet_free(&to.table);
    bg_sheet_free(&to.data);
    json_decref(to.rows);
    return status;
}

/* ---- the verb ---- */

static bg_status read_axes(solving *self)
{
    const bg_options *options = self->options;
    if (options->vary_count == 0 || options->vary_count > 2 ||
        options->in_count != options->vary_count || !options->until) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(solve_needs));
    }
    if (options->out && options->vary_count == 1) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                             BG_SAY(solve_out_of_one_key));
    }
    return bg_axis_ranges(options->vary_count, options->vary, options->in, self->axis,
                          self->errors);
}

static bg_status solve(solving *self)
{
    const bg_options *options = self->options;
    const bool two = options->vary_count == 2;
    self->goal = (bg_goal){.source = &self->source,
                           .axis = &self->axis[0],
                           .held = two ? &self->axis[1] : NULL,
                           .where = "--until",
                           .threads = options->threads,
                           .stop = options->stop,
                           .seeks = two ? FRONTIER : 1,
                           .progress = bg_progress_show,
                           .context = &self->progress};
    bg_status status = bg_target_parse(&self->base.model, options->until, self->goal.where,
                                       &self->goal.target, self->errors);
    if (!status) {
        bg_progress_start(&self->progress, options->quiet, options->lang);
        status = two ? solve_two(self) : solve_one(self);
        bg_progress_end(&self->progress);
    }
    bg_goal_free(&self->goal);
    return status;
}

bg_status bg_verb_solve(const bg_options *options, bg_errors *errors)
{
    solving self = {.options = options,
                    .source = bg_input_source(options->operands[0], options),
                    .errors = errors};
    bg_status status = read_axes(&self);
    if (!status) {
        status = bg_input_load(&self.base, options->operands[0], options, errors);
        bg_messages_flush(errors, options->lang, stderr);
    }
    status = status ? status : solve(&self);
    if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped));
    }
    bg_input_free(&self.base);
    return status;
}
