/* Where in a sweep a target is missed, or met: boxes of its axes. */
#include "base/text.h"
#include "chart/discovery_charts.h"
#include "chart/sweep_charts.h"
#include "command/installed.h"
#include "command/messages.h"
#include "command/run_directory.h"
#include "command/verb.h"
#include "format/csv_writer.h"
#include "format/json.h"
#include "format/text_writer.h"
#include "report/label.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_POLICIES = 64, VALUE_TEXT = 80, DIGITS = 10 };

typedef struct asking {
    const bg_options *options;
    bg_store_reader store;
    bg_discovery_question question;
    const bg_store_column *target;
    char *policy[MOST_POLICIES]; /* as they are looked at in turn; NULL: all together */
    bg_discovery found[MOST_POLICIES];
    size_t groups;
    bg_errors *errors;
} asking;

__attribute__((format_arg(2), format_arg(3))) static const char *
words(const asking *self, const char *en, const char *zh)
{
    return bg_in_language(self->options->lang, en, zh);
}

/* ---- the question ---- */

static bg_status read_density(asking *self)
{
    const char *text = self->options->density;
    bg_decimal density = 0;
    self->question.density = BG_DISCOVERY_DENSITY;
    if (text && (bg_decimal_parse(text, true, &density) || density <= 0 || density > BG_ONE)) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(density_no_share),
                             text);
    }
    if (text) {
        self->question.density = (double)density / (double)BG_ONE;
    }
    return BG_OK;
}

static bg_status add_policy(asking *self, const char *name)
{
    self->policy[self->groups] = strdup(name);
    return self->policy[self->groups++] ? BG_OK : bg_no_memory(self->errors);
}

/* The policies that have a name, each for itself; else all scenarios together. */
static bg_status choose_policies(asking *self)
{
    if (self->options->policy) {
        return add_policy(self, self->options->policy);
    }
    sqlite3_stmt *statement =
        bg_store_prepare(&self->store,
                         "SELECT policy_name FROM scenarios WHERE policy_name <> '' "
                         "GROUP BY policy_name ORDER BY min(policy)",
                         NULL);
    bg_status status = statement ? BG_OK : bg_store_unreadable(&self->store, self->errors);
    while (status == BG_OK && sqlite3_step(statement) == SQLITE_ROW) {
        status = self->groups == MOST_POLICIES
                     ? bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL,
                                     BG_SAY(policies_too_many), MOST_POLICIES)
                     : add_policy(self, bg_store_text(statement, 0));
    }
    sqlite3_finalize(statement);
    self->groups = self->groups > 0 ? self->groups : 1;
    return status;
}

static bg_status read_question(asking *self)
{
    const bg_options *options = self->options;
    if (!options->target) {
        return bg_errors_say(self->errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(target_not_named));
    }
    self->question = (bg_discovery_question){.target = options->target, .met = options->met};
    bg_status status = read_density(self);
    status = status ? status : bg_store_open(&self->store, options->operands[0], self->errors);
    status = status
                 ? status
                 : bg_discovery_target(&self->store, options->target, &self->target, self->errors);
    return status ? status : choose_policies(self);
}

/* ---- in words ---- */

/* "12.5%", "27.5 million yuan", "0.35" */
static const char *shown(const asking *self, const bg_store_column *axis, double value,
                         char text[VALUE_TEXT])
{
    if (strcmp(axis->unit, "1") == 0 || strcmp(axis->unit, "1/year") == 0) {
        snprintf(text, VALUE_TEXT, "%.4g%%", 100 * value);
    } else if (strcmp(axis->unit, "yuan") == 0) {
        const double fen = 100 * value;
        const bg_money_scale unit =
            self->options->money_fen
                ? bg_money_scale_of(self->options->money_fen, fabs(fen), self->options->lang)
                : bg_money_scale_choose(fabs(fen), self->options->lang);
        bg_amount_named(unit, fen, text);
    } else {
        snprintf(text, VALUE_TEXT, "%.5g", value);
    }
    return text;
}

static const char *sought(const asking *self)
{
    return self->question.met ? words(self, "met", "达标") : words(self, "missed", "未达标");
}

/* "growth at most 12% and trend at least 5.3%" */
static char *bounds_of(const asking *self, const bg_discovery *found, size_t box)
{
    bg_text text = {0};
    for (size_t k = 0; k < found->axes; k++) {
        const size_t axis = bg_discovery_bounded(found, box, k);
        if (axis == found->axes) {
            break;
        }
        const bg_store_column *of = found->axis[axis];
        const bg_box_side *side = &found->box[box].box.side[axis];
        char low[VALUE_TEXT], high[VALUE_TEXT];
        shown(self, of, side->low, low);
        shown(self, of, side->high, high);
        bg_text_add(&text, "%s", k == 0 ? "" : words(self, " and ", "且"));
        if (isinf(side->low)) {
            bg_text_add(&text, words(self, "%s is at most %s", "%s不超过%s"), of->name, high);
        } else if (isinf(side->high)) {
            bg_text_add(&text, words(self, "%s is at least %s", "%s不低于%s"), of->name, low);
        } else {
            bg_text_add(&text, words(self, "%s is %s to %s", "%s为%s至%s"), of->name, low, high);
        }
    }
    return bg_text_take(&text);
}

static void say_box(const asking *self, const bg_discovery *found, size_t b, bg_document *page)
{
    const bg_box *box = &found->box[b].box;
    char *bounds = bounds_of(self, found, b);
    page->failed = page->failed || !bounds;
    bg_document_add(page, BG_PART_SENTENCE, 0,
                    words(self,
                          "Box %zu: %s where %s. It is so in %zu of the %zu scenarios there "
                          "(density %.1f%%), which are %.1f%% of all where it is (coverage).",
                          "范围%zu（%s）：%s。符合的有%zu个，范围内共%zu个情景（密度%.1f%%），"
                          "占全部符合情景的%.1f%%（覆盖率）。"),
                    b + 1, sought(self), bounds ? bounds : "", box->hits, box->points,
                    bg_percent_points(bg_box_density(box)),
                    bg_percent_points(bg_box_coverage(box, found->sought)));
    free(bounds);
    if (b == 0 && bg_box_density(box) < self->question.density) {
        bg_document_add(page, BG_PART_SENTENCE, 0,
                        words(self, "No box has a density of %.4g%%; this is the densest.",
                              "没有范围的密度达到%.4g%%；这是最密的一个。"),
                        100 * self->question.density);
    }
}

/* What bounds a box, beside what was tried. */
static void add_bounds(const asking *self, const bg_discovery *found, size_t b, bg_sheet *sheet)
{
    for (size_t k = 0; k < found->axes; k++) {
        const size_t axis = bg_discovery_bounded(found, b, k);
        if (axis == found->axes) {
            return;
        }
        const bg_box_side *side = &found->box[b].box.side[axis];
        const double ends[] = {side->low, side->high, found->low[axis], found->high[axis]};
        bg_sheet_add_text(sheet, found->axis[axis]->name);
        bg_sheet_add_text(sheet, found->axis[axis]->meaning);
        for (size_t end = 0; end < 4; end++) {
            char text[VALUE_TEXT];
            shown(self, found->axis[axis], ends[end], text);
            bg_sheet_add_text(sheet, isinf(ends[end]) ? "–" : bg_sheet_keep(sheet, "%s", text));
        }
        const double chance = found->box[b].chance[axis];
        bg_sheet_add_text(sheet,
                          chance < 0.0001 ? "<0.0001" : bg_sheet_keep(sheet, "%.4f", chance));
    }
}

static void say_bounds(const asking *self, const bg_discovery *found, size_t b, bg_document *page)
{
    const bg_column columns[] = {
        {.kind = BG_CELL_TEXT, .heading = words(self, "axis", "轴")},
        {.kind = BG_CELL_TEXT, .heading = words(self, "key", "参数")},
        {.kind = BG_CELL_TEXT, .right = true, .heading = words(self, "from", "自")},
        {.kind = BG_CELL_TEXT, .right = true, .heading = words(self, "to", "至")},
        {.kind = BG_CELL_TEXT, .right = true, .heading = words(self, "tried from", "所试自")},
        {.kind = BG_CELL_TEXT, .right = true, .heading = words(self, "to", "至")},
        {.kind = BG_CELL_TEXT, .right = true, .heading = words(self, "quasi-p", "准p值")},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    add_bounds(self, found, b, &sheet);
    bg_document_add_sheet(page, 2, &sheet);
}

static size_t count_bounds(const bg_discovery *found, const bg_box *box)
{
    size_t count = 0;
    for (size_t axis = 0; axis < found->axes; axis++) {
        count += bg_box_bounds(box, axis);
    }
    return count;
}

/* The first box, the last, the chosen one, and between them those that are a tenth denser than the one before. */
static void say_peeling(const asking *self, const bg_discovery *found, size_t b, bg_document *page)
{
    const bg_discovery_box *box = &found->box[b];
    const bg_column columns[] = {
        {.kind = BG_CELL_COUNT, .heading = words(self, "scenarios", "情景数")},
        {.kind = BG_CELL_SHARE, .form = BG_FORM_PLAIN, .heading = words(self, "density", "密度")},
        {.kind = BG_CELL_SHARE,
         .form = BG_FORM_PLAIN,
         .heading = words(self, "coverage", "覆盖率")},
        {.kind = BG_CELL_COUNT, .heading = words(self, "axes bounded", "受限轴数")},
        {.kind = BG_CELL_TEXT},
    };
    bg_sheet sheet;
    double last = -1;
    bg_sheet_init(&sheet, page->language);
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t step = 0; step < box->peeling.count; step++) {
        const bg_box *at = &box->peeling.box[step];
        const double density = bg_box_density(at);
        if (step != box->chosen && step + 1 < box->peeling.count && density < last + 0.1) {
            continue;
        }
        last = density;
        bg_sheet_add_count(&sheet, at->points);
        bg_sheet_add_share(&sheet, density);
        bg_sheet_add_share(&sheet, bg_box_coverage(at, found->sought));
        bg_sheet_add_count(&sheet, count_bounds(found, at));
        bg_sheet_add_text(&sheet, step == box->chosen ? words(self, "chosen", "所选") : "");
    }
    bg_document_add(page, BG_PART_SENTENCE, 2,
                    words(self, "Its peeling, of all scenarios outside the boxes before:",
                          "收缩过程（不含前面各范围内的情景）："));
    bg_document_add_sheet(page, 2, &sheet);
}

/* Why there is no box, where there is none. */
static void say_none(const asking *self, const bg_discovery *found, bg_document *page)
{
    const double share = (double)found->sought / (double)found->scenarios;
    if (found->boxes > 0) {
        return;
    }
    if (found->sought == 0 || found->sought == found->scenarios) {
        bg_document_add(
            page, BG_PART_SENTENCE, 0, "%s",
            words(self, "There is nothing to tell apart.", "各情景结果相同，无可区分。"));
    } else if (share >= self->question.density) {
        bg_document_add(page, BG_PART_SENTENCE, 0,
                        words(self,
                              "All scenarios together have the density of %.4g%% that a box is to "
                              "have: ask for a higher one (--density), or the other way (%s).",
                              "全部情景的密度已达到%.4g%%：请提高--density，或反过来问（%s）。"),
                        100 * self->question.density,
                        self->question.met ? words(self, "without --met", "不加--met") : "--met");
    } else {
        bg_document_add(page, BG_PART_SENTENCE, 0, "%s",
                        words(self, "No box of the axes tells those scenarios from the others.",
                              "没有哪个取值范围能把这些情景与其余情景区分开。"));
    }
}

static void say_group(const asking *self, size_t group, bg_document *page)
{
    const bg_discovery *found = &self->found[group];
    if (self->policy[group]) {
        bg_document_add(page, BG_PART_HEADING, 0, words(self, "Policy %s", "政策%s"),
                        self->policy[group]);
    }
    bg_document_add(page, BG_PART_SENTENCE, 0,
                    words(self, "%s (%s) is %s in %zu of %zu scenarios (%.1f%%).",
                          "%s（%s）%s的情景：%zu个，共%zu个（%.1f%%）。"),
                    self->target->name, self->target->meaning, sought(self), found->sought,
                    found->scenarios,
                    bg_percent_points((double)found->sought / (double)found->scenarios));
    say_none(self, found, page);
    for (size_t b = 0; b < found->boxes; b++) {
        bg_document_add_gap(page);
        say_box(self, found, b, page);
        say_bounds(self, found, b, page);
        say_peeling(self, found, b, page);
    }
}

static void say_what_it_is_worth(const asking *self, bg_document *page)
{
    bg_document_add_gap(page);
    bg_document_add(page, BG_PART_SENTENCE, 0,
                    words(self,
                          "Quasi-p: how likely so dense a box would be by chance, were it not "
                          "bounded there. Boxes were chosen by the same scenarios: what is found "
                          "is to be tried on others.",
                          "准p值：若该轴不受限，仅凭偶然得到如此密度的概率。"
                          "范围由同一批情景选出，所得结论应在其他情景上检验。"));
}

static bg_status print_text(const asking *self)
{
    bg_document page;
    bool any = false;
    bg_document_init(&page, self->options->lang);
    for (size_t group = 0; group < self->groups; group++) {
        say_group(self, group, &page);
        any = any || self->found[group].boxes > 0;
    }
    if (any) {
        say_what_it_is_worth(self, &page);
    }
    const bg_status status = bg_document_write_text(&page, stdout);
    bg_document_free(&page);
    fflush(stdout);
    return status;
}

/* ---- for machines ---- */

static json_t *axis_object(const bg_discovery *found, size_t b, size_t axis)
{
    const bg_box_side *side = &found->box[b].box.side[axis];
    return json_pack("{s:s, s:s, s:s, s:o, s:o, s:f, s:f, s:f}", "axis", found->axis[axis]->name,
                     "key", found->axis[axis]->meaning, "unit", found->axis[axis]->unit, "low",
                     bg_json_number(side->low), "high", bg_json_number(side->high), "tried_low",
                     found->low[axis], "tried_high", found->high[axis], "quasi_p",
                     found->box[b].chance[axis]);
}

static json_t *box_object(const bg_discovery *found, size_t b)
{
    const bg_discovery_box *box = &found->box[b];
    json_t *bounds = json_array();
    json_t *peeling = json_array();
    for (size_t k = 0; k < found->axes && bg_discovery_bounded(found, b, k) < found->axes; k++) {
        bg_json_append(&bounds, axis_object(found, b, bg_discovery_bounded(found, b, k)));
    }
    for (size_t step = 0; step < box->peeling.count; step++) {
        const bg_box *at = &box->peeling.box[step];
        bg_json_append(&peeling, json_pack("{s:I, s:I, s:I, s:b}", "scenarios",
                                           (json_int_t)at->points, "sought", (json_int_t)at->hits,
                                           "bounded", (json_int_t)count_bounds(found, at), "chosen",
                                           step == box->chosen));
    }
    return json_pack("{s:I, s:I, s:f, s:f, s:o, s:o}", "scenarios", (json_int_t)box->box.points,
                     "sought", (json_int_t)box->box.hits, "density", bg_box_density(&box->box),
                     "coverage", bg_box_coverage(&box->box, found->sought), "bounds", bounds,
                     "peeling", peeling);
}

static bg_status print_json(const asking *self)
{
    json_t *groups = json_array();
    for (size_t group = 0; group < self->groups; group++) {
        const bg_discovery *found = &self->found[group];
        json_t *boxes = json_array();
        for (size_t b = 0; b < found->boxes; b++) {
            bg_json_append(&boxes, box_object(found, b));
        }
        bg_json_append(&groups, json_pack("{s:s?, s:I, s:I, s:o}", "policy", self->policy[group],
                                          "scenarios", (json_int_t)found->scenarios, "sought",
                                          (json_int_t)found->sought, "boxes", boxes));
    }
    return bg_json_print(json_pack("{s:s, s:s, s:b, s:f, s:o}", "target", self->target->name,
                                   "holds", self->target->meaning, "met", self->question.met,
                                   "density_wanted", self->question.density, "policies", groups),
                         stdout, self->errors);
}

static void add_machine_rows(const asking *self, size_t group, bg_sheet *sheet)
{
    const bg_discovery *found = &self->found[group];
    for (size_t b = 0; b < found->boxes; b++) {
        const bg_box *box = &found->box[b].box;
        for (size_t axis = 0; axis < found->axes; axis++) {
            if (!bg_box_bounds(box, axis)) {
                continue;
            }
            bg_sheet_add_text(sheet, self->policy[group] ? self->policy[group] : "");
            bg_sheet_add_count(sheet, b + 1);
            bg_sheet_add_count(sheet, box->points);
            bg_sheet_add_count(sheet, box->hits);
            bg_sheet_add_number(sheet, bg_box_density(box));
            bg_sheet_add_number(sheet, bg_box_coverage(box, found->sought));
            bg_sheet_add_text(sheet, found->axis[axis]->name);
            bg_sheet_add_text(sheet, found->axis[axis]->unit);
            bg_sheet_add_number(sheet, box->side[axis].low);
            bg_sheet_add_number(sheet, box->side[axis].high);
            bg_sheet_add_number(sheet, found->low[axis]);
            bg_sheet_add_number(sheet, found->high[axis]);
            bg_sheet_add_number(sheet, found->box[b].chance[axis]);
        }
    }
}

static bg_status write_table(const asking *self, const char *directory)
{
    static const bg_column columns[] = {
        {.name = "policy", .kind = BG_CELL_TEXT},
        {.name = "box", .kind = BG_CELL_COUNT},
        {.name = "scenarios", .kind = BG_CELL_COUNT},
        {.name = "sought", .kind = BG_CELL_COUNT},
        {.name = "density", .kind = BG_CELL_NUMBER},
        {.name = "coverage", .kind = BG_CELL_NUMBER},
        {.name = "axis", .kind = BG_CELL_TEXT},
        {.name = "unit", .kind = BG_CELL_TEXT},
        {.name = "low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "tried_low", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "tried_high", .kind = BG_CELL_NUMBER, .significant = DIGITS},
        {.name = "quasi_p", .kind = BG_CELL_NUMBER, .significant = 6},
    };
    bg_sheet sheet;
    bg_sheet_init(&sheet, "en");
    bg_sheet_add_columns(&sheet, columns, sizeof columns / sizeof *columns);
    for (size_t group = 0; group < self->groups; group++) {
        add_machine_rows(self, group, &sheet);
    }
    const bg_status status = bg_sheet_save_csv(&sheet, directory, "boxes.csv", self->errors);
    bg_sheet_free(&sheet);
    return status;
}

static bg_status draw(const asking *self, const char *directory)
{
    char *plots = bg_program_plots();
    const bg_chart_options charts = {.directory = directory,
                                     .plots = plots,
                                     .language = self->options->lang,
                                     .money = self->options->money_fen,
                                     .stop = self->options->stop};
    bg_status status = bg_sweep_facts_write(&self->store, &charts, self->errors);
    for (size_t group = 0; group < self->groups && status == BG_OK; group++) {
        if (self->found[group].boxes > 0) {
            status = bg_discovery_charts(&self->found[group], &self->question,
                                         self->policy[group] ? self->policy[group] : "all", &charts,
                                         self->options->no_charts, self->errors);
        }
    }
    free(plots);
    return status;
}

static bg_status keep(const asking *self)
{
    bg_run_directory directory;
    bg_status status = bg_run_directory_open(&directory, self->options->out,
                                             self->options->operands[0], self->errors);
    status = status ? status : write_table(self, directory.temporary);
    status = status ? status : draw(self, directory.temporary);
    status = status ? status : bg_run_directory_commit(&directory, self->errors);
    if (!status && !self->options->quiet) {
        fprintf(stderr, words(self, "Table and charts: %s\n", "表与图：%s\n"), directory.final);
    }
    bg_run_directory_discard(&directory);
    return status;
}

static bg_status answer(asking *self)
{
    bg_status status = read_question(self);
    for (size_t group = 0; group < self->groups && status == BG_OK; group++) {
        status = bg_discovery_find(&self->store, &self->question, self->policy[group],
                                   &self->found[group], self->errors);
    }
    status = status ? status : keep(self);
    return status ? status : self->options->json ? print_json(self) : print_text(self);
}

bg_status bg_verb_discover(const bg_options *options, bg_errors *errors)
{
    asking *self = calloc(1, sizeof *self);
    if (!self) {
        return bg_no_memory(errors);
    }
    self->options = options;
    self->errors = errors;
    const bg_status status = answer(self);
    for (size_t group = 0; group < self->groups; group++) {
        bg_discovery_free(&self->found[group]);
        free(self->policy[group]);
    }
    bg_store_close(&self->store);
    free(self);
    return status;
}
