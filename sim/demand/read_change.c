/* Measures and incidents. */
#include "base/elementary.h"
#include "base/text.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

/* Whether a name is what the pattern says, in which each * stands for any part of a name. */
static bool matches(const char *pattern, const char *name)
{
    while (*pattern && *pattern != '*') {
        if (*pattern++ != *name++) {
            return false;
        }
    }
    if (*pattern == '\0') {
        return *name == '\0';
    }
    for (pattern++;; name++) {
        if (matches(pattern, name)) {
            return true;
        }
        if (*name == '\0') {
            return false;
        }
    }
}

bool bg_demand_mark_lines(const bg_history *history, const char *pattern, bool line[BG_MAX_LINES])
{
    bool any = false;
    for (size_t i = 0; i < history->line_count; i++) {
        if (matches(bg_full_line_name(pattern), bg_full_line_name(history->line[i].name))) {
            line[i] = any = true;
        }
    }
    return any;
}

static void refuse_pattern(bg_demand_reader *self, const bg_node *pattern)
{
    bg_text names = {0};
    for (size_t i = 0; i < self->history->line_count; i++) {
        bg_text_add(&names, "%s%s", i ? ", " : "", self->history->line[i].name);
    }
    char *all = bg_text_take(&names);
    if (all) {
        BG_DEMAND_FAIL(self, BG_INVALID, pattern, BG_SAY(pattern_without_line), pattern->text, all);
    } else {
        self->status = bg_no_memory(self->errors);
    }
    free(all);
}

/* What a pooling area decides holds for all its communities, some of which may have no such line. */
void bg_demand_miss_pattern(bg_demand_reader *self, const bg_node *pattern)
{
    const char *community = bg_scenario_community(self->scenario);
    if (community) {
        bg_errors_advise(self->errors, pattern->mark, pattern->path, BG_SAY(pattern_unused),
                         community, pattern->text);
    } else {
        refuse_pattern(self, pattern);
    }
}

static void read_lines(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *lines = bg_node_child(section, "lines");
    if (!lines) {
        bg_demand_mark_lines(self->history, "*", change->line);
        return;
    }
    for (const bg_node *pattern = lines->child; pattern; pattern = pattern->next) {
        if (!bg_demand_mark_lines(self->history, pattern->text, change->line)) {
            bg_demand_miss_pattern(self, pattern);
        }
    }
}

/* The levels that a change names, which all of its lines must have, and cases to divide among them. */
static void read_line_levels(bg_demand_reader *self, const bg_node *list, size_t line,
                             bg_change *change)
{
    for (const bg_node *level = list->child; level && !self->status; level = level->next) {
        bg_demand_find_level(self, level, line, &change->level[line]);
    }
    change->line[line] = change->level[line] != 0;
}

static void read_levels(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *list = bg_node_child(section, "level");
    for (size_t i = 0; i < self->history->line_count && list && !self->status; i++) {
        if (change->line[i]) {
            read_line_levels(self, list, i, change);
        }
    }
}

/* ---- sizes ---- */

/* The line of that name, or NULL. */
static const bg_line *line_called(const bg_history *history, const char *name)
{
    for (size_t i = 0; i < history->line_count; i++) {
        if (strcmp(bg_full_line_name(history->line[i].name), bg_full_line_name(name)) == 0) {
            return &history->line[i];
        }
    }
    return NULL;
}

/* Cases move within a scheme, and between lines whose cases are known. */
static void check_move(bg_demand_reader *self, const bg_node *to, const bg_change *change)
{
    const bg_line *line = &self->history->line[change->place.to];
    bool any = false;
    for (size_t i = 0; i < self->history->line_count; i++) {
        const bg_line *from = &self->history->line[i];
        if (!bg_change_moves_from(change, i)) {
            continue;
        }
        any = true;
        if (from->scheme != line->scheme || !from->has_cases || !line->has_cases) {
            BG_DEMAND_FAIL(self, BG_INVALID, to, BG_SAY(place_not_possible), from->name,
                           line->name);
            return;
        }
    }
    if (!any && !bg_scenario_community(self->scenario)) {
        BG_DEMAND_FAIL(self, BG_INVALID, to, BG_SAY(place_without_origin), line->name);
    }
}

static void read_place(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    const bg_node *node = bg_node_child(section, "place"), *to = bg_node_child(node, "to");
    const bg_node *level = bg_node_child(node, "to_level");
    if (!node) {
        return;
    }
    if (!to) {
        BG_DEMAND_FAIL(self, BG_MISSING, node, BG_SAY(place_to_missing));
        return;
    }
    const bg_line *line = line_called(self->history, to->text);
    if (!line) {
        bg_demand_miss_pattern(self, to);
        return;
    }
    change->place = (bg_change_place){
        .moves = true,
        .to = (size_t)(line - self->history->line),
        .relative_cost = bg_node_double(node, "relative_cost"),
    };
    if (level && !bg_demand_find_level(self, level, change->place.to, &change->place.to_level)) {
        return;
    }
    change->place.moves = !level || change->place.to_level;
    bg_demand_read_share(self, node, bg_node_child(node, "share"), &change->share);
    check_move(self, to, change);
    change->place.moves = change->place.moves && bg_change_has_share(change);
}

static bool names_any(const bg_node *section)
{
    static const char *const keys[] = {"cases",         "cost",        "place",
                                       "fund_share",    "people",      "disallowed",
                                       "contributions", "direct_cost", "recoveries"};
    bool any = false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        any = any || bg_node_child(section, keys[i]);
    }
    return any;
}

static void read_sizes(bg_demand_reader *self, const bg_node *section, bg_change *change)
{
    static const char *const keys[BG_PARTS] = {"cases", "cost"};
    for (int part = 0; part < BG_PARTS; part++) {
        change->size[part] = bg_demand_read_size(self, section, keys[part]);
    }
    read_place(self, section, change);
    bg_demand_read_fund_share(self, section, change);
    bg_demand_read_scheme_change(self, section, change);
    if (!names_any(section)) {
        BG_DEMAND_FAIL(
            self, BG_MISSING, section, BG_SAY(change_nothing),
            change->kind == BG_CHANGE_INCIDENT
                ? BG_BOTH("cases, cost or direct_cost", "`cases`、`cost` 或 `direct_cost`")
                : BG_BOTH("cases, cost, place, fund_share, people, contributions or disallowed",
                          "`cases`、`cost`、`place`、`fund_share`、`people`、`contributions` 或 "
                          "`disallowed`"));
    }
}

/* ---- months ---- */

static bg_ramp read_ramp(bg_demand_reader *self, const bg_node *section)
{
    const bg_node *ramp = bg_node_child(section, "ramp");
    const bg_node *rebound = bg_node_child(section, "rebound");
    const bg_node *months = bg_node_child(ramp, "months");
    if (bg_node_integer(ramp, "form") == BG_RAMP_STEP && !bg_node_is_standard(months)) {
        bg_errors_advise(self->errors, months->mark, months->path, BG_SAY(ramp_form_unused));
    }
    return (bg_ramp){
        .form = (bg_ramp_form)bg_node_integer(ramp, "form"),
        .months = bg_node_double(ramp, "months"),
        .rebound = bg_node_double(rebound, "share"),
        .rebound_half_months = bg_node_double(rebound, "half_time"),
    };
}

/* Mean weight of the months in which it acts. */
static double weight_of_year(const bg_ramp *ramp, int64_t from, uint16_t months, int year)
{
    double sum = 0, count = 0;
    for (size_t month = 0; month < 12; month++) {
        if (bg_has_month(months, month)) {
            sum += bg_ramp_weight(ramp, 12 * (int64_t)year + (int64_t)month - from);
            count++;
        }
    }
    return count > 0 ? sum / count : 0;
}

static uint16_t months_of_year(const bg_node *section)
{
    const bg_node *list = bg_node_child(section, "months");
    uint16_t months = list ? 0 : BG_ALL_MONTHS;
    for (const bg_node *month = list ? list->child : NULL; month; month = month->next) {
        months = (uint16_t)(months | 1 << (month->value.integer - 1));
    }
    return months;
}

/* When a change acts, in months since year 0. */
typedef struct window {
    const bg_node *from, *until; /* until: NULL, it stays */
    int64_t first, last;
    uint16_t of_year;
} window;

static bool read_window(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon,
                        const bg_change *change, window *at)
{
    const int64_t begin = 12 * (int64_t)horizon->first_year;
    const int64_t end = begin + 12 * (int64_t)horizon->years - 1;
    const int base = self->history->year[self->history->year_count - 1];
    *at = (window){.from = bg_node_child(section, "from"),
                   .until = bg_node_child(section, "until"),
                   .of_year = months_of_year(section)};
    const bool needs_end = change->kind == BG_CHANGE_INCIDENT && !at->until;
    if (!at->from || needs_end) {
        BG_DEMAND_FAIL(self, BG_MISSING, section, BG_SAY(month_missing),
                       at->from ? "until" : "from", horizon->first_year);
        return false;
    }
    at->first = at->from->value.integer;
    at->last = at->until ? at->until->value.integer : end;
    if (at->first / 12 <= base) {
        BG_DEMAND_FAIL(self, BG_RANGE, at->from, BG_SAY(change_in_past), base, base + 1);
    } else if (at->until && at->last < at->first) {
        BG_DEMAND_FAIL(self, BG_RANGE, at->until, BG_SAY(change_ends_before), at->from->text);
    } else if (at->first > end || (at->until && at->last < begin)) {
        BG_DEMAND_FAIL(self, BG_RANGE, at->until && at->last < begin ? at->until : at->from,
                       BG_SAY(change_outside_budget), horizon->first_year,
                       horizon->first_year + (int)horizon->years - 1);
    } else {
        return true;
    }
    return false;
}

/* Mean weight of all months of a year. */
static double part_of_year(const bg_ramp *ramp, const window *at, int year)
{
    const uint16_t months = bg_change_months(at->first, at->last, at->of_year, year);
    double count = 0;
    for (size_t month = 0; month < 12; month++) {
        count += bg_has_month(months, month);
    }
    return weight_of_year(ramp, at->first, months, year) * count / 12;
}

static void read_months(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon,
                        bg_change *change)
{
    const bool ramps = change->kind == BG_CHANGE_MEASURE;
    const bg_ramp ramp =
        ramps ? read_ramp(self, section) : (bg_ramp){.form = BG_RAMP_STEP, .months = 1};
    window at;
    if (!read_window(self, section, horizon, change, &at)) {
        return;
    }
    change->begins = (int)(at.first / 12);
    change->recoveries.before = part_of_year(&ramp, &at, horizon->first_year - 1);
    for (size_t y = 0; y < horizon->years; y++) {
        const int year = horizon->first_year + (int)y;
        change->months[y] = bg_change_months(at.first, at.last, at.of_year, year);
        change->weight[y] = weight_of_year(&ramp, at.first, change->months[y], year);
    }
}

/* ---- all of them ---- */

static void read_measure(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon)
{
    bg_change *change = bg_demand_add_change(self, BG_CHANGE_MEASURE, section);
    if (change) {
        read_lines(self, section, change);
        read_levels(self, section, change);
        read_sizes(self, section, change);
        read_months(self, section, horizon, change);
        bg_demand_read_outlay(self, section, horizon, change);
        bg_demand_read_recoveries(self, section, change);
        bg_demand_read_deterrence(self, section, change);
    }
}

/* In the months after the incident, in the futures in which it happens. */
static void read_rebound(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon,
                         const bg_change *incident)
{
    const bg_node *node = bg_node_child(section, "rebound");
    const bg_node *until = bg_node_child(section, "until");
    bg_change *change = node ? bg_demand_add_change(self, BG_CHANGE_REBOUND, node) : NULL;
    if (!change) {
        return;
    }
    change->name = incident->name;
    change->probability = incident->probability;
    memcpy(change->line, incident->line, sizeof change->line);
    change->size[BG_FREQUENCY] = bg_demand_read_size(self, section, "rebound");
    const int64_t after = until ? until->value.integer : 0;
    for (size_t y = 0; y < horizon->years; y++) {
        change->months[y] = bg_change_months(after + 1, after + bg_node_integer(node, "months"),
                                             BG_ALL_MONTHS, horizon->first_year + (int)y);
    }
}

static void read_incident(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon)
{
    bg_change *change = bg_demand_add_change(self, BG_CHANGE_INCIDENT, section);
    if (change) {
        change->probability = bg_node_double(section, "probability");
        change->emergency = bg_node_bool(section, "emergency");
        read_lines(self, section, change);
        read_levels(self, section, change);
        read_sizes(self, section, change);
        read_months(self, section, horizon, change);
        bg_demand_read_direct(self, section, horizon, change);
        read_rebound(self, section, horizon, change);
    }
}

/* One for each budget year that may have one. */
static void read_surges(bg_demand_reader *self, const bg_horizon *horizon)
{
    const bg_node *section = bg_scenario_find(self->scenario, "demand.emergency.surge");
    const bg_node *table = bg_node_child(section, "probability");
    for (size_t y = 0; y < horizon->years; y++) {
        const int year = horizon->first_year + (int)y;
        const bg_node *probability = bg_node_in_year(table, year);
        if (!probability || probability->value.decimal <= 0) {
            continue;
        }
        if (!bg_node_child(section, "cases")) {
            BG_DEMAND_FAIL(self, BG_MISSING, probability, BG_SAY(surge_without_cases));
            return;
        }
        bg_change *change = bg_demand_add_change(self, BG_CHANGE_SURGE, section);
        if (!change) {
            return;
        }
        change->begins = year;
        change->probability = bg_demand_number(probability);
        change->emergency = true;
        read_lines(self, section, change);
        change->size[BG_FREQUENCY] = bg_demand_read_size(self, section, "cases");
        change->months[y] = months_of_year(section);
    }
}

/* Terms that change are a change in their months; entries without `from` are in force. */
static void read_benefit(bg_demand_reader *self, const bg_node *section, const bg_horizon *horizon)
{
    bg_change unused = {.name = section->key};
    const bool changes = bg_node_child(section, "from") != NULL;
    bg_change *change = changes ? bg_demand_add_change(self, BG_CHANGE_BENEFIT, section) : &unused;
    if (change) {
        read_lines(self, section, change);
    }
    if (change && changes) {
        read_months(self, section, horizon, change);
        change->order = bg_node_child(section, "from")->value.integer;
        bg_demand_read_outlay(self, section, horizon, change);
    } else if (bg_node_child(section, "until")) {
        const bg_node *until = bg_node_child(section, "until");
        BG_DEMAND_FAIL(self, BG_INVALID, until, BG_SAY(terms_in_force_until));
    } else if (bg_node_child(section, "outlay")) {
        const bg_node *outlay = bg_node_child(section, "outlay");
        BG_DEMAND_FAIL(self, BG_INVALID, outlay, BG_SAY(terms_in_force_outlay));
    }
}

static int by_name(const void *a, const void *b)
{
    const bg_change *x = a, *y = b;
    const int kinds = (x->kind > y->kind) - (x->kind < y->kind);
    const int order = kinds ? kinds : (x->order > y->order) - (x->order < y->order);
    const int names = order ? order : strcmp(x->name, y->name);
    return names ? names : x->begins - y->begins;
}

void bg_demand_read_changes(bg_demand_reader *self, const bg_horizon *horizon)
{
    const bg_node *measures = bg_scenario_find(self->scenario, "measures");
    const bg_node *incidents = bg_scenario_find(self->scenario, "incidents");
    const bg_node *benefits = bg_scenario_find(self->scenario, "benefits");
    for (const bg_node *node = benefits ? benefits->child : NULL; node; node = node->next) {
        read_benefit(self, node, horizon);
    }
    for (const bg_node *node = measures ? measures->child : NULL; node; node = node->next) {
        read_measure(self, node, horizon);
    }
    for (const bg_node *node = incidents ? incidents->child : NULL; node; node = node->next) {
        read_incident(self, node, horizon);
    }
    read_surges(self, horizon);
    bg_demand_read_providers(self);
    if (self->model->change_count > 0) {
        qsort(self->model->change, self->model->change_count, sizeof *self->model->change, by_name);
    }
}

/* What reaches no line acts in no month: the months of others are not divided by it. */
static void forget_idle(bg_demand *model)
{
    for (size_t j = 0; j < model->change_count; j++) {
        const bg_change_points *disallowed = &model->change[j].disallowed;
        bool reaches = disallowed->sigma > 0 || disallowed->points != 0;
        for (size_t line = 0; line < model->line_count; line++) {
            reaches = reaches || bg_change_reaches(&model->change[j], line);
        }
        if (!reaches) {
            memset(model->change[j].months, 0, sizeof model->change[j].months);
        }
    }
}

void bg_demand_read_spells(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    if (model->change_count == 0) {
        return;
    }
    model->spells = calloc(model->years, sizeof *model->spells);
    if (!model->spells) {
        self->status = bg_no_memory(self->errors);
        return;
    }
    forget_idle(model);
    bg_demand_keep_changes(model, BG_ALL_CHANGES);
}
