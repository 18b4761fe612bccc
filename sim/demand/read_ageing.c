/* The mix of the people by year, from their groups. */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/reader.h"

#include <baogan/people.h>
#include <stdlib.h>
#include <string.h>

/* Keys of a group that say how much care of a kind its people need; the last but one is that of all other services. */
typedef enum care {
    CARE_INPATIENT,
    CARE_OUTPATIENT,
    CARE_CHRONIC,
    CARE_OTHER,
    CARE_TOTAL,
    CARES
} care;

static const struct {
    const char *key, *words;
} cares[CARES] = {
    {"inpatient", BG_BOTH("inpatient care", "住院")},
    {"outpatient", BG_BOTH("outpatient care", "普通门诊")},
    {"chronic", BG_BOTH("outpatient care for chronic diseases", "门诊慢特病")},
    {"other", BG_BOTH("other services", "其他服务")},
    {"total", BG_BOTH("all care", "全部医疗")},
};

/* A scheme whose people are by group. */
typedef struct mixed {
    const bg_node *people, *groups_node;
    bg_groups groups;
    int base_year, first_year; /* the last base year; the first with a mix of its own */
    size_t years;              /* after it */
    bool on_top;
} mixed;

static care care_of(const bg_line *line)
{
    const char *service = bg_demand_service(line);
    size_t i = 0;
    while (i < CARES && strcmp(cares[i].key, service) != 0) {
        i++;
    }
    return i < CARES ? (care)i : CARE_OTHER;
}

static double relative(const bg_group *group, care of, const char *key)
{
    const bg_node *node = bg_node_child(bg_node_child(group->section, cares[of].key), key);
    return node ? bg_demand_number(node) : 1;
}

/* Sums over the groups of a year's people by what they need: cases, and what is paid. */
typedef struct needs {
    double of[BG_PARTS];
} needs;

static needs needs_in(const mixed *self, care of, int year)
{
    needs sum = {{0, 0}};
    for (size_t i = 0; i < self->groups.count; i++) {
        const bg_group *group = &self->groups.group[i];
        const double cases = bg_groups_share(&self->groups, i, year) * relative(group, of, "cases");
        sum.of[BG_FREQUENCY] += cases;
        sum.of[BG_COST] += cases * relative(group, of, "cost");
    }
    return sum;
}

/* Logarithm of what the mix of a year makes of a part, by that of the last base year. */
static double mix_log(const mixed *self, const bg_line *line, int part, int year)
{
    const care of = care_of(line);
    const needs then = needs_in(self, of, year), base = needs_in(self, of, self->base_year);
    const double cases = then.of[BG_FREQUENCY] / base.of[BG_FREQUENCY];
    const double paid = then.of[BG_COST] / base.of[BG_COST];
    if (part == BG_FREQUENCY) {
        return cases == 1 ? 0 : bg_log(cases);
    }
    const double factor = line->has_cases ? paid / cases : paid;
    return factor == 1 ? 0 : bg_log(factor);
}

/* The pace at which trends hold ageing: that of the past years as far as groups are known, else that to come. */
static double pace(const mixed *self, const bg_line *line, int part, const double *mix)
{
    if (self->on_top) {
        return 0;
    }
    if (self->first_year < self->base_year) {
        return -mix_log(self, line, part, self->first_year) /
               (double)(self->base_year - self->first_year);
    }
    return mix[self->years] / (double)self->years;
}

static bool stays(const double *mix, size_t years)
{
    bool moves = false;
    for (size_t t = 0; t <= years; t++) {
        moves = moves || mix[t] < 0 || mix[t] > 0;
    }
    return !moves;
}

static void find_mix(const mixed *self, const bg_line *line, int part, double *mix,
                     bg_demand_part *result)
{
    for (size_t t = 0; t <= self->years; t++) {
        mix[t] = mix_log(self, line, part, self->base_year + (int)t);
    }
    const double former = pace(self, line, part, mix);
    if (!stays(mix, self->years) || former < 0 || former > 0) {
        result->mix = mix;
        result->mix_in_trend = former;
    }
}

/* Whether in every year somebody needs the care. */
static bool is_needed(bg_demand_reader *self, const mixed *of, const bg_line *line)
{
    const care kind = care_of(line);
    for (int year = of->first_year; year <= of->base_year + (int)of->years; year++) {
        const needs then = needs_in(of, kind, year);
        if (!(then.of[BG_FREQUENCY] > 0 && then.of[BG_COST] > 0)) {
            BG_DEMAND_FAIL(self, BG_RANGE, of->groups_node, BG_SAY(groups_without_care), year,
                           cares[kind].words, cares[kind].key);
            return false;
        }
    }
    return true;
}

/* Groups of which nothing is said need as much of a kind of care as each other. */
static void warn_alike(bg_demand_reader *self, const mixed *of, care kind)
{
    bool said = false;
    for (size_t i = 0; i < of->groups.count; i++) {
        said = said || bg_node_child(of->groups.group[i].section, cares[kind].key);
    }
    if (!said) {
        bg_errors_advise(self->errors, of->groups_node->mark, of->groups_node->path,
                         BG_SAY(groups_alike), cares[kind].words, cares[kind].key);
    }
}

static void read_lines(bg_demand_reader *self, const mixed *of, size_t scheme, double **room)
{
    bool seen[CARES] = {false};
    for (size_t i = 0; i < self->model->line_count; i++) {
        const bg_line *line = &self->history->line[i];
        if ((size_t)line->scheme != scheme) {
            continue;
        }
        const care kind = care_of(line);
        if (!seen[kind]) {
            warn_alike(self, of, kind);
        }
        seen[kind] = true;
        for (int part = 0; part < BG_PARTS && is_needed(self, of, line); part++) {
            if (part == BG_COST || line->has_cases) {
                find_mix(of, line, part, *room, &self->model->line[i].part[part]);
                *room += of->years + 1;
            }
        }
        if (self->status) {
            return;
        }
    }
}

/* Numbers of people say how many there are, up to the last year that is named. */
static void read_growth(const mixed *self, double *growth, bg_demand_scheme *scheme)
{
    if (!self->groups.by_count || self->groups.last_named <= self->base_year) {
        return;
    }
    for (size_t t = 0; t < self->years; t++) {
        const int year = self->base_year + (int)t;
        growth[t] = year < self->groups.last_named ? bg_groups_people(&self->groups, year + 1) /
                                                             bg_groups_people(&self->groups, year) -
                                                         1
                                                   : scheme->growth;
    }
    scheme->growth_of_year = growth;
}

static mixed find_groups(const bg_demand_reader *self, size_t scheme)
{
    const bg_history *history = self->history;
    const bg_node *all = bg_scenario_find(self->scenario, "people");
    mixed of = {.people = bg_node_child(all, history->scheme[scheme].name),
                .base_year = history->year[history->year_count - 1],
                .years = self->model->gap + self->model->years};
    bg_groups_open(of.people, &of.groups);
    of.groups_node = bg_node_child(of.people, "groups");
    of.on_top = strcmp(bg_node_text(of.people, "ageing"), "on_top") == 0;
    of.first_year =
        of.groups.first_named > history->year[0] ? of.groups.first_named : history->year[0];
    if (of.groups.first_named == 0 || of.first_year > of.base_year) {
        of.first_year = of.base_year;
    }
    return of;
}

void bg_demand_read_ageing(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    const size_t entries = model->gap + model->years + 1;
    bool any = false;
    for (size_t s = 0; s < model->scheme_count; s++) {
        any = any || find_groups(self, s).groups.count > 0;
    }
    if (!any || self->status) {
        return;
    }
    model->ageing =
        calloc((BG_PARTS * model->line_count + model->scheme_count) * entries, sizeof(double));
    if (!model->ageing) {
        self->status = bg_no_memory(self->errors);
        return;
    }
    double *room = model->ageing;
    for (size_t s = 0; s < model->scheme_count && !self->status; s++) {
        const mixed of = find_groups(self, s);
        if (of.groups.count > 0) {
            read_growth(&of, room, &model->scheme[s]);
            room += entries;
            read_lines(self, &of, s, &room);
        }
    }
}
