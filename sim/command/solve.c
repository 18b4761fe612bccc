/* Goal seek: at which value of a key a figure meets a target; of two keys, the frontier between them. */
#include "study/goal.h"

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
#include "report/label.h"

#include <baogan/file.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FRONTIER = 11 };

typedef struct solving {
    const bg_options *options;
    bg_scenario_source source;
    bg_input base;
    bg_axis axis[2]; /* the key that is sought, and the one that is held */
    bg_goal goal;
    size_t units[BG_FIGURE_UNITS]; /* that the target is asked of */
    size_t unit_count;
    char *target; /* with all parts of its figure; of the unit at work */
    bg_progress progress;
    bg_errors *errors;
} solving;

/* ---- the unit at work ---- */

static const char *unit_name(const solving *self)
{
    return bg_model_unit(&self->base.model, self->goal.target.figure.unit);
}

static bg_status take_unit(solving *self, size_t unit)
{
    self->goal.target.figure.unit = unit;
    free(self->target);
    self->target = bg_target_text(&self->goal.target, &self->base.model);
    return self->target ? BG_OK : bg_no_memory(self->errors);
}

/* ---- amounts and values ---- */

/* One for all amounts. */
static bg_money_scale money(const solving *self)
{
    return bg_contract_money(&self->base.model.contract, self->options->lang);
}

/* A value of an axis as people write it. */
static const char *value_text(const solving *self, const bg_axis *axis, double x,
                              char text[BG_VALUE_TEXT])
{
    return bg_axis_shown(axis, x, money(self), text);
}

/* The same without the name of the unit, and that name. */
static const char *number_text(const solving *self, const bg_axis *axis, double x,
                               char text[BG_VALUE_TEXT])
{
    bg_money_scale nameless = money(self);
    nameless.name = "";
    return bg_axis_shown(axis, x, nameless, text);
}

static const char *unit_text(const solving *self, const bg_axis *axis)
{
    return axis->row->type == BG_TYPE_MONEY ? money(self).name : "";
}

/* As precise as answers are. */
static const char *answer_text(const solving *self, double x, char text[BG_VALUE_TEXT])
{
    return value_text(self, &self->axis[0], bg_goal_rounded(&self->goal, x), text);
}

/* The ends of the interval, rounded as the answer is, which lies within it. */
static double low_of(const solving *self, const bg_goal_crossing *at)
{
    return fmin(bg_goal_rounded(&self->goal, at->low), at->holds_at);
}

static double high_of(const solving *self, const bg_goal_crossing *at)
{
    return fmax(bg_goal_rounded(&self->goal, at->high), at->holds_at);
}

/* ---- what was found ---- */

/* What was found, and what it means in money. */
typedef struct finding {
    bg_goal_answer answer;
    bg_goal_total total[BG_SOLVE_CROSSINGS][BG_MAX_SCHEMES]; /* by crossing */
    size_t total_count;
    bg_goal_limit limit[BG_GOAL_LIMITS]; /* where the target is never met: that bind at its best */
    size_t limit_count;
} finding;

static bool is_never(const bg_goal_answer *answer)
{
    return answer->count == 0 && !answer->everywhere;
}

/* Whether a wider range might do: the best value is its end, and the figure still moves there. */
static bool may_widen(const solving *self, const bg_goal_answer *answer)
{
    const bg_spread *range = &self->axis[0].spread;
    return (answer->best_at >= range->high && isnan(answer->still_up_from)) ||
           (answer->best_at <= range->low && isnan(answer->still_down_from));
}

/* What the target measures, as people write it. */
static void measured_text(const solving *self, double measured, char text[BG_AMOUNT_TEXT])
{
    const bg_target *target = &self->goal.target;
    const bg_model *model = &self->base.model;
    if (bg_figure_is_share(&target->figure) || target->kind == BG_TARGET_RELATIVE_SE) {
        snprintf(text, BG_AMOUNT_TEXT, "%.4g%%", 100 * measured);
    } else if (bg_model_outcome_info(model, target->figure.outcome).kind == BG_OUTCOME_KIND_SCORE) {
        snprintf(text, BG_AMOUNT_TEXT, "%.2f", measured / 100);
    } else {
        bg_amount_named(money(self), measured, text);
    }
}

static const char *limit_key(bg_goal_limit_kind kind)
{
    return kind == BG_GOAL_LIMIT_GROWTH_CAP ? "budget.growth_cap" : "budget.income_limit";
}

static void print_limit(const solving *self, const bg_goal_limit *limit)
{
    const char *language = self->options->lang;
    printf(
        "  %s%s",
        bg_label_of_scheme(self->base.model.contract.history.scheme[limit->scheme].name, language),
        bg_in_language(language, ", ", "，"));
    printf(limit->kind == BG_GOAL_LIMIT_GROWTH_CAP
               ? bg_in_language(language, "%d: there the cap cuts the growth (%s).\n",
                                "%d年：此处增长率被上限压减（%s）。\n")
               : bg_in_language(language, "%d: there the income limit cuts the total (%s).\n",
                                "%d年：此处总额被以收定支上限压减（%s）。\n"),
           limit->year, limit_key(limit->kind));
}

/* Why the target is never met. */
static void print_why(const solving *self, const finding *found)
{
    const bg_goal_answer *answer = &found->answer;
    const bg_axis *axis = &self->axis[0];
    const char *language = self->options->lang;
    char measured[BG_AMOUNT_TEXT], x[BG_VALUE_TEXT];
    measured_text(self, answer->best_measured, measured);
    printf(bg_in_language(language, "  Best found: %s at %s = %s.\n",
                          "  最好的取值：%s（%s = %s）。\n"),
           measured, axis->key, answer_text(self, answer->best_at, x));
    if (!isnan(answer->still_up_from)) {
        printf(bg_in_language(language, "  From %s = %s up it no longer changes.\n",
                              "  自%s = %s向上不再变化。\n"),
               axis->key, answer_text(self, answer->still_up_from, x));
    }
    if (!isnan(answer->still_down_from)) {
        printf(bg_in_language(language, "  From %s = %s down it no longer changes.\n",
                              "  自%s = %s向下不再变化。\n"),
               axis->key, answer_text(self, answer->still_down_from, x));
    }
    for (size_t i = 0; i < found->limit_count; i++) {
        print_limit(self, &found->limit[i]);
    }
}

/* Once for all units: they are looked at at the same values. */
static void print_looked(const solving *self, const bg_solution *solution)
{
    const char *language = self->options->lang;
    fputs(bg_in_language(language, "Looked at ", "已查看："), stdout);
    char x[BG_VALUE_TEXT], before[BG_VALUE_TEXT] = "";
    for (size_t i = 0; i < solution->looked_count; i++) {
        number_text(self, &self->axis[0], bg_goal_rounded(&self->goal, solution->looked[i]), x);
        if (strcmp(x, before) != 0) { /* both sides of a bound may look alike */
            printf("%s%s", i ? bg_in_language(language, ", ", "、") : "", x);
        }
        snprintf(before, sizeof before, "%s", x);
    }
    const char *unit = unit_text(self, &self->axis[0]);
    printf("%s%s", unit[0] ? bg_in_language(language, " ", "") : "", unit);
    puts(bg_in_language(language,
                        ", and closer at each crossing; what changes twice between two of "
                        "them is not seen.",
                        "，交点附近更细；相邻两值之间变化两次则看不出。"));
}

/* "Employees' scheme, 2026: total 486.10 million yuan, beside the total of 2025 (450.10) +8.0%." */
static void print_total(const solving *self, const bg_goal_total *total)
{
    const char *language = self->options->lang;
    const double change = total->total / total->before - 1;
    char amount[BG_AMOUNT_TEXT], before[BG_AMOUNT_TEXT];
    bg_amount_named(money(self), total->total, amount);
    bg_amount_text(money(self), total->before, before);
    printf(
        "  %s%s",
        bg_label_of_scheme(self->base.model.contract.history.scheme[total->scheme].name, language),
        bg_in_language(language, ", ", "，"));
    printf(bg_in_language(language, "%d: total %s, ", "%d年总额%s，"), total->year, amount);
    printf(total->before_is_paid
               ? bg_in_language(language, "beside what the fund paid in %d (%s) %+.1f%%.\n",
                                "与基金%d年支出（%s）相比%+.1f%%。\n")
               : bg_in_language(language, "beside the total of %d (%s) %+.1f%%.\n",
                                "与%d年总额（%s）相比%+.1f%%。\n"),
           total->year - 1, before, bg_percent_points(change));
}

static void print_crossing(const solving *self, const finding *found, size_t crossing)
{
    const bg_axis *axis = &self->axis[0];
    const bg_goal_crossing *at = &found->answer.crossing[crossing];
    const char *language = self->options->lang;
    char x[BG_VALUE_TEXT], low[BG_VALUE_TEXT], high[BG_VALUE_TEXT];
    printf(bg_in_language(language, "%s = %s: from here %s, %s holds.\n",
                          "%s = %s：%s此值时，满足%s。\n"),
           axis->key, value_text(self, axis, at->holds_at, x),
           at->upward ? bg_in_language(language, "up", "不低于")
                      : bg_in_language(language, "down", "不高于"),
           self->target);
    printf(bg_in_language(language, "  What Monte Carlo error leaves (95%%): %s%s to %s%s\n",
                          "  抽样误差所致区间（95%%）：%s%s至%s%s\n"),
           at->open_low ? bg_in_language(language, "below ", "低于") : "",
           answer_text(self, low_of(self, at), low),
           at->open_high ? bg_in_language(language, "above ", "高于") : "",
           answer_text(self, high_of(self, at), high));
    for (size_t i = 0; i < found->total_count; i++) {
        print_total(self, &found->total[crossing][i]);
    }
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
           self->target, axis->key, value_text(self, axis, axis->spread.low, from),
           value_text(self, axis, axis->spread.high, to));
}

/* The key has no part in it: a wider range would not help. */
static void print_unmoved(const solving *self)
{
    const bg_axis *axis = &self->axis[0];
    char from[BG_VALUE_TEXT], to[BG_VALUE_TEXT];
    printf(bg_in_language(self->options->lang, "It does not depend on %s from %s to %s.\n",
                          "它不随 %s 变化（%s至%s）。\n"),
           axis->key, value_text(self, axis, axis->spread.low, from),
           value_text(self, axis, axis->spread.high, to));
}

static void print_solution(const solving *self, const finding *found)
{
    const bg_goal_answer *answer = &found->answer;
    const char *language = self->options->lang;
    if (self->unit_count > 1) {
        printf("%s%s\n", bg_label_of_scheme(unit_name(self), language),
               bg_in_language(language, ":", "："));
    }
    if (answer->count == 0) {
        print_none(self, answer);
    }
    if (answer->unmoved) {
        print_unmoved(self);
    } else if (is_never(answer)) {
        print_why(self, found);
    }
    if (answer->count > 1) {
        printf(bg_in_language(language, "There are %zu crossings:\n", "共有%zu个交点：\n"),
               answer->count);
    }
    for (size_t i = 0; i < answer->count; i++) {
        print_crossing(self, found, i);
    }
}

/* ---- JSON ---- */

static json_t *total_object(const solving *self, const bg_goal_total *total)
{
    return json_pack("{s:s, s:i, s:f, s:f, s:s}", "scheme",
                     self->base.model.contract.history.scheme[total->scheme].name, "year",
                     total->year, "total_yuan", total->total / 100, "before_yuan",
                     total->before / 100, "before", total->before_is_paid ? "paid" : "total");
}

static json_t *crossing_object(const solving *self, const finding *found, size_t crossing)
{
    const bg_goal_crossing *at = &found->answer.crossing[crossing];
    json_t *totals = json_array();
    for (size_t i = 0; i < found->total_count; i++) {
        bg_json_append(&totals, total_object(self, &found->total[crossing][i]));
    }
    return json_pack("{s:f, s:f, s:f, s:b, s:b, s:s, s:o}", "value", at->holds_at, "low", at->low,
                     "high", at->high, "low_is_open", at->open_low, "high_is_open", at->open_high,
                     "holds", at->upward ? "above" : "below", "totals", totals);
}

/* In yuan, or a share, or points; from where on the figure no longer changes, where the target is never met. */
static json_t *best_object(const solving *self, const finding *found)
{
    const bg_goal_answer *answer = &found->answer;
    const bg_target *target = &self->goal.target;
    const bool share = bg_figure_is_share(&target->figure) || target->kind == BG_TARGET_RELATIVE_SE;
    const bool never = is_never(answer);
    return json_pack("{s:f, s:f, s:o, s:o}", "value", answer->best_at, "measured",
                     answer->best_measured / (share ? 1 : 100), "still_up_from",
                     bg_json_number(never ? answer->still_up_from : NAN), "still_down_from",
                     bg_json_number(never ? answer->still_down_from : NAN));
}

static json_t *limits_array(const solving *self, const finding *found)
{
    json_t *array = json_array();
    for (size_t i = 0; i < found->limit_count; i++) {
        const bg_goal_limit *limit = &found->limit[i];
        bg_json_append(&array,
                       json_pack("{s:s, s:s, s:i}", "key", limit_key(limit->kind), "scheme",
                                 self->base.model.contract.history.scheme[limit->scheme].name,
                                 "year", limit->year));
    }
    return array;
}

static json_t *looked_array(const bg_solution *solution)
{
    json_t *array = json_array();
    for (size_t i = 0; i < solution->looked_count; i++) {
        bg_json_append(&array, json_real(solution->looked[i]));
    }
    return array;
}

static json_t *solution_object(const solving *self, const finding *found)
{
    const bg_goal_answer *answer = &found->answer;
    json_t *crossings = json_array(), *points = json_array();
    for (size_t i = 0; i < answer->count; i++) {
        bg_json_append(&crossings, crossing_object(self, found, i));
    }
    for (size_t i = 0; i < answer->solution.point_count; i++) {
        const bg_solve_point *point = &answer->solution.point[i];
        bg_json_append(&points, json_pack("{s:f, s:f, s:o}", "value", point->x, "above_bound",
                                          point->value, "se", bg_json_number(point->se)));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:b, s:b, s:o, s:o, s:o, s:o, s:o}", "key",
                     self->axis[0].key, "target", self->goal.target.text, "asked", self->target,
                     "unit", unit_name(self), "everywhere", answer->everywhere, "depends",
                     !answer->unmoved, "crossings", crossings, "best", best_object(self, found),
                     "limits", limits_array(self, found), "looked_at",
                     looked_array(&answer->solution), "points", points);
}

/* ---- one key ---- */

static bg_status find(solving *self, finding *found)
{
    *found = (finding){0};
    bg_status status = bg_goal_seek(&self->goal, &found->answer, self->errors);
    for (size_t i = 0; i < found->answer.count && !status; i++) {
        status = bg_goal_totals(&self->goal, found->answer.crossing[i].holds_at, found->total[i],
                                &found->total_count, self->errors);
    }
    if (!status && is_never(&found->answer)) {
        status = bg_goal_limits(&self->goal, found->answer.limited_at, found->limit,
                                &found->limit_count, self->errors);
    }
    bg_progress_end(&self->progress);
    return status;
}

/* BG_TARGET, and an error, where the target is never met. */
static bg_status tell_never(const solving *self, const bg_goal_answer *answer)
{
    if (!is_never(answer)) {
        return BG_OK;
    }
    if (answer->unmoved) {
        return bg_errors_say(self->errors, BG_TARGET, BG_NOWHERE, NULL, BG_SAY(target_unmoved),
                             self->target, self->axis[0].key);
    }
    return may_widen(self, answer)
               ? bg_errors_say(self->errors, BG_TARGET, BG_NOWHERE, NULL,
                               BG_SAY(target_met_nowhere), self->target)
               : bg_errors_say(self->errors, BG_TARGET, BG_NOWHERE, NULL,
                               BG_SAY(target_out_of_reach), self->target, self->axis[0].key);
}

/* Of the unit at work: printed, or added to the list. */
static bg_status solve_unit(solving *self, bool last, json_t **list)
{
    finding found;
    bg_status status = find(self, &found);
    if (!status && self->options->json) {
        bg_json_append(list, solution_object(self, &found));
    } else if (!status) {
        print_solution(self, &found);
        if (last) {
            print_looked(self, &found.answer.solution);
        }
    }
    status = status ? status : tell_never(self, &found.answer);
    bg_goal_answer_free(&found.answer);
    return status;
}

static bg_status solve_one(solving *self)
{
    json_t *list = json_array();
    bg_status never = BG_OK, status = BG_OK;
    for (size_t i = 0; i < self->unit_count && !status; i++) {
        status = take_unit(self, self->units[i]);
        status = status ? status : solve_unit(self, i + 1 == self->unit_count, &list);
        if (status == BG_TARGET) {
            never = status;
            status = BG_OK;
        }
    }
    if (!status && self->options->json) {
        /* One unit: the object itself. */
        json_t *result = self->unit_count > 1 ? list : json_array_get(list, 0);
        status = bg_json_print(json_incref(result), stdout, self->errors);
    }
    json_decref(list);
    return status ? status : never;
}

/* ---- two keys ---- */

static double other_at(const solving *self, size_t row)
{
    const bg_spread *range = &self->axis[1].spread;
    return range->low + (range->high - range->low) * (double)row / (FRONTIER - 1);
}

static const char *shown(const solving *self, bg_sheet *sheet, const bg_axis *axis, double value)
{
    char text[BG_VALUE_TEXT];
    return bg_sheet_keep(sheet, "%s", value_text(self, axis, value, text));
}

/* A row of the table that is printed. */
static void add_row(const solving *self, bg_sheet *sheet, const bg_goal_answer *found)
{
    const bg_axis *axis = &self->axis[0];
    const char *language = self->options->lang;
    bg_sheet_add_text(sheet, shown(self, sheet, &self->axis[1], self->goal.held_at));
    if (found->count == 0) {
        bg_sheet_add_text(sheet, found->everywhere
                                     ? bg_in_language(language, "everywhere", "均满足")
                                     : bg_in_language(language, "nowhere", "均不满足"));
        bg_sheet_end_row(sheet);
        return;
    }
    const bg_goal_crossing *first = &found->crossing[0];
    bg_sheet_add_text(sheet, shown(self, sheet, axis, first->holds_at));
    if (found->count > 1) {
        bg_sheet_mark(sheet, bg_in_language(language, " (first of several)", "（多个之首）"));
    }
    bg_sheet_add_text(sheet, shown(self, sheet, axis, low_of(self, first)));
    bg_sheet_add_text(sheet, shown(self, sheet, axis, high_of(self, first)));
}

/* The same as data of a chart; without a crossing its cells are empty. */
static void add_data(const solving *self, bg_sheet *sheet, const bg_goal_answer *found)
{
    const bool one = self->unit_count == 1;
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
    bg_sheet_add_text(
        sheet, one ? bg_sheet_keep(sheet, "%s%s", self->goal.target.text, self->goal.target.unit)
                   : self->target);
    bg_sheet_add_text(sheet, bg_axis_unit(&self->axis[1]));
    bg_sheet_add_text(sheet, bg_axis_unit(&self->axis[0]));
}

/* Of one unit. */
typedef struct frontier {
    const char *directory;
    bg_sheet table, data;
    json_t **rows; /* of all units */
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

static void add_object(const solving *self, json_t **rows, const bg_goal_answer *answer)
{
    json_t *object = solution_object(self, &(finding){.answer = *answer});
    bg_json_set(&object, "other", json_real(self->goal.held_at));
    bg_json_append(rows, object);
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
        add_object(self, to->rows, &found);
        bg_goal_answer_free(&found);
    }
    bg_progress_end(&self->progress);
    return status;
}

/* The chart's data and the chart, named by the unit where several were asked of. */
static bg_status keep_frontier(const solving *self, const frontier *from)
{
    const char *unit = self->unit_count > 1 ? unit_name(self) : "all";
    char *name = bg_text_format("charts/data/frontier-%s.csv", unit);
    bg_status status = name ? bg_sheet_save_csv(&from->data, from->directory, name, self->errors)
                            : bg_no_memory(self->errors);
    free(name);
    return status
               ? status
               : bg_program_chart("frontier", unit, from->directory, self->options, self->errors);
}

static bg_status print_frontier(const solving *self, bg_sheet *table)
{
    printf(bg_in_language(self->options->lang, "%s: the value of %s from which on it holds\n",
                          "%s：自何值起满足（%s）\n"),
           self->target, self->axis[0].key);
    return bg_sheet_write_text(table, stdout, 2);
}

static bg_status solve_frontier(solving *self, const char *directory, json_t **rows)
{
    frontier to = {.directory = directory, .rows = rows};
    begin(self, &to);
    bg_status status = trace(self, &to);
    status = status ? status : keep_frontier(self, &to);
    if (!status && !self->options->json) {
        status = print_frontier(self, &to.table);
    }
    bg_sheet_free(&to.table);
    bg_sheet_free(&to.data);
    return status;
}

/* Into the directory, which is not there yet under its name. */
static bg_status solve_frontiers(solving *self, const char *directory)
{
    json_t *rows = json_array();
    bg_status status = bg_chart_facts_write(&self->base.model, NULL, directory, self->errors);
    for (size_t i = 0; i < self->unit_count && !status; i++) {
        status = take_unit(self, self->units[i]);
        status = status ? status : solve_frontier(self, directory, &rows);
    }
    if (!status && self->options->json) {
        return bg_json_print(rows, stdout, self->errors);
    }
    json_decref(rows);
    return status;
}

static bg_status solve_two(solving *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status : solve_frontiers(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fflush(stdout);
        fprintf(stderr,
                bg_in_language(self->options->lang, "Table and chart: %s\n", "表与图：%s\n"),
                directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

/* ---- the verb ---- */

static bg_status check_question(const solving *self)
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
    return BG_OK;
}

static bg_status read_axes(solving *self)
{
    const bg_options *options = self->options;
    const bg_scenario *scenario = self->base.scenario;
    const bg_status status =
        bg_axis_ranges(bg_axis_range, options->vary_count, options->vary, options->in,
                       bg_scenario_money_unit(scenario), self->axis, self->errors);
    return status ? status : bg_axes_check(options->vary_count, self->axis, scenario, self->errors);
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
                           .progress = bg_progress_show,
                           .context = &self->progress};
    bg_status status = bg_target_parse(&self->base.model, options->until, self->goal.where,
                                       &self->goal.target, self->errors);
    if (!status) {
        self->unit_count =
            bg_figure_units(&self->goal.target.figure, &self->base.model, self->units);
        self->goal.units = self->units;
        self->goal.unit_count = self->unit_count;
        self->goal.seeks = self->unit_count * (two ? FRONTIER : 1);
        bg_progress_start(&self->progress, options->quiet, options->lang);
        status = two ? solve_two(self) : solve_one(self);
        bg_progress_end(&self->progress);
    }
    bg_goal_free(&self->goal);
    free(self->target);
    return status;
}

bg_status bg_verb_solve(const bg_options *options, bg_errors *errors)
{
    solving self = {.options = options,
                    .source = bg_input_source(options->operands[0], options),
                    .errors = errors};
    bg_status status = check_question(&self);
    if (!status) {
        status = bg_input_load(&self.base, options->operands[0], options, errors);
        bg_messages_flush(errors, options->lang, stderr);
    }
    status = status ? status : read_axes(&self);
    status = status ? status : solve(&self);
    if (status == BG_INTERRUPTED && errors->error_count == 0) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(stopped));
    }
    bg_input_free(&self.base);
    return status;
}
