#include <baogan/history.h>

#include "scenario/value.h"

#include <stdlib.h>
#include <string.h>

/* What is being read, and where errors go. */
typedef struct reading {
    const bg_scenario *scenario;
    bg_history *history;
    bg_errors *errors;
    size_t errors_before;
    const bg_node *year[BG_MAX_HISTORY_YEARS]; /* rising */
} reading;

static const char *const scheme_names[BG_MAX_SCHEMES] = {"residents", "employees"};

static bool has_failed(const reading *self)
{
    return self->errors->error_count > self->errors_before;
}

/* ---- years ---- */

static int year_of(const bg_node *node)
{
    int64_t year = 0;
    bg_year_read(node->key, &year);
    return (int)year;
}

static int by_year(const void *a, const void *b)
{
    const bg_node *const *left = a;
    const bg_node *const *right = b;
    return year_of(*left) - year_of(*right);
}

static bg_status read_years(reading *self)
{
    bg_history *history = self->history;
    const bg_node *node = bg_scenario_find(self->scenario, "history");
    const bg_mark nowhere = {bg_scenario_file(self->scenario), 0, 0};
    size_t count = bg_node_count(node);
    if (count == 0) {
        return bg_errors_add(self->errors, BG_MISSING, node ? node->mark : nowhere, "history",
                             "no past year is given; one to five are needed, such as "
                             "{2022: 52000, 2023: 54000, 2024: 56000}.");
    }
    if (count > BG_MAX_HISTORY_YEARS) {
        return bg_errors_add(self->errors, BG_LIMIT, node->mark, "history",
                             "%zu past years are given; at most %d are allowed.", count,
                             BG_MAX_HISTORY_YEARS);
    }
    const bg_node *next = node->child;
    for (size_t y = 0; y < count; y++, next = next->next) {
        self->year[y] = next;
    }
    qsort(self->year, count, sizeof self->year[0], by_year);
    history->year_count = count;
    for (size_t y = 0; y < count; y++) {
        history->year[y] = year_of(self->year[y]);
        if (y > 0 && history->year[y] != history->year[y - 1] + 1) {
            return bg_errors_add(self->errors, BG_INVALID, self->year[y]->mark, self->year[y]->path,
                                 "%d follows %d; past years must follow one another without a gap.",
                                 history->year[y], history->year[y - 1]);
        }
    }
    return BG_OK;
}

/* ---- lines ---- */

/* Lines are known by their full name: "total" is residents.total. */
static const char *full_name(const char *name)
{
    return strcmp(name, "total") == 0 ? "residents.total" : name;
}

static int by_name(const void *a, const void *b)
{
    const bg_node *const *left = a;
    const bg_node *const *right = b;
    return strcmp((*left)->key, (*right)->key);
}

static const bg_node *find_line(const bg_node *year, const char *name)
{
    const bg_node *line = year->child;
    while (line && strcmp(full_name(line->key), full_name(name)) != 0) {
        line = line->next;
    }
    return line;
}

static void check_twice(const reading *self, const bg_node *year)
{
    const bg_node *total = bg_node_child(year, "total");
    const bg_node *full = bg_node_child(year, "residents.total");
    if (total && full) {
        bg_errors_add(self->errors, BG_DUPLICATE_KEY, full->mark, full->path,
                      "\"total\" stands for residents.total and is given as well; give one of "
                      "them.");
    }
}

/* Every line must stand in every year; each that is missing somewhere is named once a year. */
static void check_everywhere(const reading *self)
{
    const bg_history *history = self->history;
    const bg_node *last = self->year[history->year_count - 1];
    for (size_t y = 0; y < history->year_count; y++) {
        check_twice(self, self->year[y]);
        for (const bg_node *line = last->child; line; line = line->next) {
            if (!find_line(self->year[y], line->key)) {
                bg_errors_add(self->errors, BG_MISSING, self->year[y]->mark, self->year[y]->path,
                              "the line \"%s\" of %s is missing here; every line needs every year.",
                              line->key, last->key);
            }
        }
        for (const bg_node *line = self->year[y]->child; line; line = line->next) {
            if (!find_line(last, line->key)) {
                bg_errors_add(self->errors, BG_MISSING, last->mark, last->path,
                              "the line \"%s\" of %s is missing here; every line needs every year.",
                              line->key, self->year[y]->key);
            }
        }
    }
}

static int scheme_index(const bg_history *history, const char *name, size_t length)
{
    for (size_t s = 0; s < history->scheme_count; s++) {
        if (strlen(history->scheme[s].name) == length &&
            memcmp(history->scheme[s].name, name, length) == 0) {
            return (int)s;
        }
    }
    return -1;
}

static void find_schemes(bg_history *history, const bg_node *year)
{
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        size_t length = strlen(scheme_names[i]);
        const bg_node *line = year->child;
        while (line && strncmp(full_name(line->key), scheme_names[i], length) != 0) {
            line = line->next;
        }
        if (line) {
            history->scheme[history->scheme_count++].name = scheme_names[i];
        }
    }
}

/* Fills in what the name of a line says. `storage` receives the service and is moved behind it. */
static void read_name(bg_history *history, bg_line *line, const bg_node *node, char **storage)
{
    const char *name = full_name(node->key);
    size_t scheme = strcspn(name, ".");
    const char *service = name + scheme + 1;
    size_t length = strcspn(service, ".");
    memcpy(*storage, service, length);
    line->name = node->key;
    line->node = node;
    line->service = *storage;
    line->scheme = scheme_index(history, name, scheme);
    line->place = strcmp(service + length, ".out") == 0 ? BG_PLACE_OUT : BG_PLACE_IN;
    *storage += length + 1;
}

static bg_status read_lines(reading *self)
{
    bg_history *history = self->history;
    const bg_node *last = self->year[history->year_count - 1];
    size_t count = bg_node_count(last);
    if (count > BG_MAX_LINES) {
        return bg_errors_add(self->errors, BG_LIMIT, last->mark, last->path,
                             "%zu lines are given; at most %d are allowed.", count, BG_MAX_LINES);
    }
    if (count == 0) {
        return bg_errors_add(self->errors, BG_MISSING, last->mark, last->path,
                             "the year holds no line and no total; one is needed.");
    }
    const bg_node *sorted[BG_MAX_LINES];
    size_t bytes = 0;
    const bg_node *next = last->child;
    for (size_t i = 0; i < count; i++, next = next->next) {
        sorted[i] = next;
        bytes += strlen(full_name(next->key)) + 1;
    }
    qsort(sorted, count, sizeof sorted[0], by_name);
    char *storage = calloc(1, bytes);
    if (!storage) {
        return bg_errors_add(self->errors, BG_MEMORY, BG_NOWHERE, NULL,
                             "there is not enough memory.");
    }
    history->storage = storage;
    find_schemes(history, last);
    history->line_count = count;
    for (size_t i = 0; i < count; i++) {
        read_name(history, &history->line[i], sorted[i], &storage);
    }
    return BG_OK;
}

/* ---- amounts ---- */

static void read_cell(const reading *self, const bg_node *line, bg_history_cell *cell)
{
    const bg_node *cases = bg_node_child(line, "cases");
    const bg_node *cost = bg_node_child(line, "cost");
    const bg_node *paid = bg_node_child(line, "paid");
    *cell = (bg_history_cell){.cases = cases ? cases->value.integer : -1,
                              .cost_fen = cost ? cost->value.fen : -1,
                              .paid_fen = paid ? paid->value.fen : 0};
    if (!paid) {
        bg_errors_add(self->errors, BG_MISSING, line->mark, line->path,
                      "the fund payment `paid` is missing.");
        return;
    }
    if (paid->value.fen == 0) {
        bg_errors_add(self->errors, BG_RANGE, paid->mark, paid->path,
                      "the fund payment is 0; a line needs payments above 0 in every year. Leave "
                      "the line out, or add it to another.");
    }
    if (cases && cases->value.integer == 0) {
        bg_errors_add(self->errors, BG_RANGE, cases->mark, cases->path,
                      "there are 0 cases; a line needs cases above 0 in every year, or none "
                      "given.");
    }
    if (cost && paid->value.fen > cost->value.fen) {
        bg_errors_add(self->errors, BG_RANGE, paid->mark, paid->path,
                      "the fund payment %s is above the cost %s of the same care.", paid->text,
                      cost->text);
    }
}

/* A figure that some years have and others lack cannot be used. */
static void check_in_all_years(const reading *self, const char *name, const char *key)
{
    size_t given = 0;
    const bg_node *without = NULL;
    for (size_t y = 0; y < self->history->year_count; y++) {
        const bg_node *line = find_line(self->year[y], name);
        if (bg_node_child(line, key)) {
            given++;
        } else {
            without = line;
        }
    }
    if (given > 0 && without) {
        bg_errors_add(self->errors, BG_MISSING, without->mark, without->path,
                      "`%s` is missing here but given in %zu of the %zu years; give it in all or "
                      "in none.",
                      key, given, self->history->year_count);
    }
}

static bg_status read_amounts(reading *self)
{
    bg_history *history = self->history;
    for (size_t i = 0; i < history->line_count; i++) {
        bg_line *line = &history->line[i];
        check_in_all_years(self, line->name, "cases");
        check_in_all_years(self, line->name, "cost");
        bg_scheme *scheme = &history->scheme[line->scheme];
        for (size_t y = 0; y < history->year_count; y++) {
            const bg_node *node = find_line(self->year[y], line->name);
            read_cell(self, node, &line->year[y]);
            if (bg_money_add(scheme->paid_fen[y], line->year[y].paid_fen, &scheme->paid_fen[y]) !=
                BG_OK) {
                return bg_errors_add(self->errors, BG_OVERFLOW, node->mark, node->path,
                                     "the fund payments of %s in %d add up to more than baogan can "
                                     "hold.",
                                     scheme->name, history->year[y]);
            }
        }
    }
    return BG_OK;
}

/* A total beside other lines is care on top of them, not their sum. */
static void warn_of_totals(const reading *self)
{
    const bg_history *history = self->history;
    for (size_t i = 0; i < history->line_count; i++) {
        const bg_line *total = &history->line[i];
        bool beside = false;
        for (size_t j = 0; j < history->line_count; j++) {
            beside = beside || (j != i && history->line[j].scheme == total->scheme);
        }
        if (beside && strcmp(total->service, "total") == 0) {
            bg_errors_warn(self->errors, total->node->mark, total->node->path,
                           "a total stands beside other lines of %s and is added to them; it must "
                           "not contain them.",
                           history->scheme[total->scheme].name);
        }
    }
}

/* ---- people ---- */

static const bg_node *people_of(const reading *self, const char *scheme)
{
    return bg_node_child(bg_scenario_find(self->scenario, "people"), scheme);
}

/* The national spend per head of the last year, or of the first year known after it. */
static const bg_node *spend_per_head(const reading *self, const bg_node *people, int year)
{
    const bg_node *table = bg_node_child(people, "spend_per_head");
    const bg_node *spend = bg_node_in_year(table, year);
    if (spend) {
        return spend;
    }
    for (const bg_node *each = table ? table->child : NULL; each; each = each->next) {
        if (each->limit > year && (!spend || each->limit < spend->limit)) {
            spend = each;
        }
    }
    if (spend) {
        bg_errors_warn(self->errors, people->mark, people->path,
                       "the number of insured people is guessed from the national spend per head "
                       "of %s, because that of %d is not known; give `count`.",
                       spend->key, year);
    }
    return spend;
}

static void assume_people(const reading *self, bg_scheme *scheme, const bg_node *people)
{
    size_t last = self->history->year_count - 1;
    const bg_node *spend = spend_per_head(self, people, self->history->year[last]);
    int64_t count = 0;
    if (!spend || bg_money_ratio(scheme->paid_fen[last], 1, spend->value.fen, &count) != BG_OK) {
        bg_errors_add(self->errors, BG_MISSING, people->mark, people->path,
                      "the number of insured people `count` is missing and cannot be guessed.");
        return;
    }
    scheme->people_assumed = true;
    scheme->people = count > 0 ? (double)count : 1;
}

static void read_people(const reading *self)
{
    for (size_t s = 0; s < self->history->scheme_count; s++) {
        bg_scheme *scheme = &self->history->scheme[s];
        const bg_node *people = people_of(self, scheme->name);
        scheme->people_growth = bg_node_double(people, "growth");
        scheme->people_growth_sd = bg_node_double(people, "growth_sd");
        if (bg_node_child(people, "count")) {
            scheme->people = (double)bg_node_integer(people, "count");
        } else {
            assume_people(self, scheme, people);
        }
    }
}

/* ---- what is said about the years ---- */

static bool is_past_year(const bg_history *history, int64_t year)
{
    return year >= history->year[0] && year <= history->year[history->year_count - 1];
}

static void read_declared(const reading *self)
{
    bg_history *history = self->history;
    const bg_node *declared = bg_scenario_find(self->scenario, "demand.emergency.declared");
    for (size_t y = 0; y < history->year_count; y++) {
        const bg_node *node = bg_node_in_year(declared, history->year[y]);
        history->declared[y] = node ? node->text : NULL;
    }
    for (const bg_node *node = declared ? declared->child : NULL; node; node = node->next) {
        if (node->limit != INT64_MAX && !is_past_year(history, node->limit)) {
            bg_errors_warn(self->errors, node->mark, node->path,
                           "%s is none of the past years %d to %d and has no effect.", node->key,
                           history->year[0], history->year[history->year_count - 1]);
        }
    }
}

static void read_completion(const reading *self)
{
    bg_history *history = self->history;
    const bg_node *table = bg_scenario_find(self->scenario, "budget.base.completion");
    for (size_t y = 0; y < history->year_count; y++) {
        const bg_node *node = bg_node_in_year(table, history->year[y]);
        history->completion[y] = node ? node->value.decimal : BG_ONE;
    }
}

/* ---- all of it ---- */

bg_status bg_history_read(const bg_scenario *scenario, bg_history *self, bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    reading all = {.scenario = scenario,
                   .history = self,
                   .errors = errors,
                   .errors_before = errors->error_count};
    bg_status status = read_years(&all);
    if (status == BG_OK) {
        check_everywhere(&all);
        status = has_failed(&all) ? BG_INVALID : read_lines(&all);
    }
    if (status == BG_OK) {
        status = read_amounts(&all);
    }
    if (status == BG_OK) {
        warn_of_totals(&all);
        read_people(&all);
        read_declared(&all);
        read_completion(&all);
        status = has_failed(&all) ? BG_INVALID : BG_OK;
    }
    if (status != BG_OK) {
        bg_history_free(self);
    }
    return status;
}

void bg_history_free(bg_history *self)
{
    free(self->storage);
    memset(self, 0, sizeof *self);
}
