#include <baogan/history.h>

#include "base/elementary.h"
#include "scenario/history_reading.h"
#include "scenario/messages.h"
#include "scenario/value.h"

#include <baogan/people.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool has_failed(const bg_history_reading *self)
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

static bg_status read_years(bg_history_reading *self)
{
    bg_history *history = self->history;
    const bg_node *node = bg_scenario_find(self->scenario, "history");
    const bg_mark nowhere = {.file = bg_scenario_file(self->scenario)};
    size_t count = bg_node_count(node);
    const bg_node *communities = bg_scenario_find(self->scenario, "communities");
    if (count == 0 && communities) {
        return bg_errors_say(self->errors, BG_MISSING, communities->mark, communities->path,
                             BG_SAY(area_where_community_needed));
    }
    if (count == 0) {
        return bg_errors_say(self->errors, BG_MISSING, node ? node->mark : nowhere, "history",
                             BG_SAY(history_empty));
    }
    if (count > BG_MAX_HISTORY_YEARS) {
        return bg_errors_say(self->errors, BG_LIMIT, node->mark, "history",
                             BG_SAY(history_too_long), count, BG_MAX_HISTORY_YEARS);
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
            return bg_errors_say(self->errors, BG_INVALID, self->year[y]->mark, self->year[y]->path,
                                 BG_SAY(history_gap), history->year[y], history->year[y - 1]);
        }
    }
    return BG_OK;
}

/* ---- people ---- */

static const bg_node *people_of(const bg_history_reading *self, const char *scheme)
{
    return bg_node_child(bg_scenario_find(self->scenario, "people"), scheme);
}

/* The national spend per head of the last year, or of the first year known after it. */
static const bg_node *spend_per_head(const bg_history_reading *self, const bg_node *people,
                                     int year)
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
        bg_errors_advise(self->errors, people->mark, people->path, BG_SAY(people_guessed),
                         spend->key, year);
    }
    return spend;
}

static void assume_people(const bg_history_reading *self, bg_scheme *scheme, const bg_node *people)
{
    size_t last = self->history->year_count - 1;
    const bg_node *spend = spend_per_head(self, people, self->history->year[last]);
    int64_t count = 0;
    if (!spend || bg_money_ratio(scheme->paid_fen[last], 1, spend->value.fen, &count) != BG_OK) {
        bg_errors_say(self->errors, BG_MISSING, people->mark, people->path, BG_SAY(people_unknown));
        return;
    }
    scheme->people_assumed = true;
    scheme->people = count > 0 ? (double)count : 1;
}

/* The people of all groups, where these are given by numbers. */
static void count_groups(const bg_history_reading *self, bg_scheme *scheme, const bg_node *people,
                         const bg_groups *groups)
{
    const int year = self->history->year[self->history->year_count - 1];
    const bg_node *count = bg_node_child(people, "count");
    scheme->people = bg_groups_people(groups, year);
    if (count && fabs(scheme->people - (double)count->value.integer) > 0.5) {
        bg_errors_say(self->errors, BG_INVALID, count->mark, count->path,
                      BG_SAY(group_numbers_differ), scheme->people, year,
                      (double)count->value.integer);
    }
}

/* In the last base year. */
static void find_people(const bg_history_reading *self, bg_scheme *scheme, const bg_node *people,
                        const bg_groups *groups)
{
    if (bg_groups_check(groups, people, self->errors) == BG_OK && groups->by_count) {
        count_groups(self, scheme, people, groups);
    } else if (bg_node_child(people, "count")) {
        scheme->people = (double)bg_node_integer(people, "count");
    } else {
        assume_people(self, scheme, people);
    }
}

/* Those of past years: by the numbers of the groups as far as they reach, and led back from there. */
static void lead_back(const bg_history_reading *self, bg_scheme *scheme, const bg_groups *groups)
{
    const bg_history *history = self->history;
    const size_t last = history->year_count - 1;
    double from = scheme->people;
    size_t at = last;
    for (size_t i = history->year_count; i-- > 0;) {
        if (groups->by_count && groups->first_named != 0 &&
            history->year[i] >= groups->first_named) {
            from = bg_groups_people(groups, history->year[i]);
            at = i;
        }
        scheme->past_people[i] = from / bg_power(1 + scheme->people_growth, (unsigned)(at - i));
    }
}

static void read_people(const bg_history_reading *self)
{
    for (size_t s = 0; s < self->history->scheme_count; s++) {
        bg_scheme *scheme = &self->history->scheme[s];
        const bg_node *people = people_of(self, scheme->name);
        bg_groups groups;
        bg_groups_open(people, &groups);
        scheme->people_growth = bg_node_double(people, "growth");
        scheme->people_growth_sd = bg_node_double(people, "growth_sd");
        find_people(self, scheme, people, &groups);
        if (!has_failed(self)) {
            lead_back(self, scheme, &groups);
        }
    }
}

/* ---- what is said about the years ---- */

static bool is_past_year(const bg_history *history, int64_t year)
{
    return year >= history->year[0] && year <= history->year[history->year_count - 1];
}

static void read_declared(const bg_history_reading *self)
{
    bg_history *history = self->history;
    const bg_node *declared = bg_scenario_find(self->scenario, "demand.emergency.declared");
    for (size_t y = 0; y < history->year_count; y++) {
        const bg_node *node = bg_node_in_year(declared, history->year[y]);
        history->declared[y] = node ? node->text : NULL;
    }
    for (const bg_node *node = declared ? declared->child : NULL; node; node = node->next) {
        if (node->limit != INT64_MAX && !is_past_year(history, node->limit)) {
            bg_errors_advise(self->errors, node->mark, node->path, BG_SAY(declared_year_unknown),
                             node->key, history->year[0], history->year[history->year_count - 1]);
        }
    }
}

static void read_completion(const bg_history_reading *self)
{
    bg_history *history = self->history;
    const bg_node *table = bg_scenario_find(self->scenario, "budget.base.completion");
    for (size_t y = 0; y < history->year_count; y++) {
        const bg_node *node = bg_node_in_year(table, history->year[y]);
        history->completion[y] = node ? node->value.decimal : BG_ONE;
        for (size_t s = 0; s < history->scheme_count; s++) {
            bg_scheme *scheme = &history->scheme[s];
            const bg_status status = bg_money_over(scheme->paid_fen[y], history->completion[y],
                                                   &scheme->completed_fen[y]);
            scheme->completed_fen[y] = status == BG_OK ? scheme->completed_fen[y] : -1;
        }
    }
}

/* ---- all of it ---- */

bg_status bg_history_read(const bg_scenario *scenario, bg_history *self, bg_errors *errors)
{
    memset(self, 0, sizeof *self);
    bg_history_reading all = {.scenario = scenario,
                              .history = self,
                              .errors = errors,
                              .errors_before = errors->error_count};
    bg_status status = read_years(&all);
    if (status == BG_OK) {
        bg_history_check_lines(&all);
        status = has_failed(&all) ? BG_INVALID : bg_history_read_lines(&all);
    }
    status = status ? status : bg_history_read_amounts(&all);
    if (status == BG_OK) {
        read_people(&all);
        read_declared(&all);
        read_completion(&all);
        bg_history_warn_of_totals(&all);
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
