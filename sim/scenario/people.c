#include <baogan/people.h>

#include "scenario/messages.h"

#include <math.h>
#include <string.h>

#define MOST_GROWTH 0.2 /* a year, as of people[].growth */

/* ---- finding them ---- */

static const bg_node *figures_of(const bg_node *section)
{
    const bg_node *count = bg_node_child(section, "count");
    return count ? count : bg_node_child(section, "share");
}

/* "later" and "other" are none. */
static bool is_year(const bg_node *figure)
{
    return figure->limit != INT64_MAX;
}

static void name_year(bg_groups *self, int year)
{
    if (self->first_named == 0 || year < self->first_named) {
        self->first_named = year;
    }
    if (year > self->last_named) {
        self->last_named = year;
    }
}

static void name_years(bg_groups *self, const bg_node *figures)
{
    for (const bg_node *of = figures ? figures->child : NULL; of; of = of->next) {
        if (is_year(of)) {
            name_year(self, (int)of->limit);
        }
    }
}

void bg_groups_open(const bg_node *people, bg_groups *self)
{
    *self = (bg_groups){.count = 0};
    const bg_node *groups = bg_node_child(people, "groups");
    for (const bg_node *of = groups ? groups->child : NULL; of && self->count < BG_MAX_GROUPS;
         of = of->next) {
        self->group[self->count] = (bg_group){of->key, of, figures_of(of)};
        self->by_count = self->by_count || bg_node_child(of, "count");
        name_years(self, self->group[self->count].figures);
        self->count++;
    }
}

size_t bg_groups_find(const bg_groups *self, const char *name)
{
    size_t i = 0;
    while (i < self->count && strcmp(self->group[i].name, name) != 0) {
        i++;
    }
    return i;
}

/* ---- figures of a year ---- */

static double number(const bg_node *figure)
{
    return figure->parameter->type == BG_TYPE_INTEGER
               ? (double)figure->value.integer
               : (double)figure->value.decimal / (double)BG_ONE;
}

/* The years named nearest to one that is not: NULL on a side where there is none. */
typedef struct around {
    const bg_node *before, *after;
} around;

static around find_around(const bg_node *figures, int year)
{
    around self = {NULL, NULL};
    for (const bg_node *of = figures->child; of; of = of->next) {
        if (is_year(of) && of->limit < year && (!self.before || of->limit > self.before->limit)) {
            self.before = of;
        }
        if (is_year(of) && of->limit > year && (!self.after || of->limit < self.after->limit)) {
            self.after = of;
        }
    }
    return self;
}

double bg_people_figure(const bg_node *figures, int year)
{
    const bg_node *named = bg_node_in_year(figures, year);
    if (named) {
        return number(named);
    }
    const around at = find_around(figures, year);
    if (!at.before || !at.after) {
        return at.before || at.after ? number(at.before ? at.before : at.after) : 0;
    }
    const double low = number(at.before), high = number(at.after);
    const double part =
        (double)(year - at.before->limit) / (double)(at.after->limit - at.before->limit);
    return low + (high - low) * part;
}

static double sum_in(const bg_groups *self, int year)
{
    double sum = 0;
    for (size_t i = 0; i < self->count; i++) {
        sum += bg_people_figure(self->group[i].figures, year);
    }
    return sum;
}

double bg_groups_people(const bg_groups *self, int year)
{
    return sum_in(self, year);
}

double bg_groups_share(const bg_groups *self, size_t group, int year)
{
    return bg_people_figure(self->group[group].figures, year) / sum_in(self, year);
}

/* ---- checking them ---- */

static bg_status check_form(const bg_groups *self, const bg_group *group, bg_errors *errors)
{
    const bg_node *section = group->section;
    const bool by_count = bg_node_child(section, "count"),
               by_share = bg_node_child(section, "share");
    if (!by_count && !by_share) {
        return bg_errors_say(errors, BG_MISSING, section->mark, section->path,
                             BG_SAY(group_without_figures));
    }
    if (by_share && self->by_count) {
        return bg_errors_say(errors, BG_INVALID, section->mark, section->path,
                             BG_SAY(groups_in_two_ways));
    }
    for (const bg_node *of = group->figures->child; of; of = of->next) {
        if (!is_year(of)) {
            return bg_errors_say(errors, BG_INVALID, of->mark, of->path, BG_SAY(group_year_unnamed),
                                 of->key);
        }
    }
    return BG_OK;
}

static bg_status check_anybody(const bg_groups *self, const bg_group *group, bg_errors *errors)
{
    bool any = false;
    for (int year = self->first_named; year <= self->last_named && !any; year++) {
        any = bg_people_figure(group->figures, year) > 0;
    }
    return any ? BG_OK
               : bg_errors_say(errors, BG_RANGE, group->figures->mark, group->figures->path,
                               BG_SAY(group_without_people));
}

static bg_status check_shares(const bg_groups *self, const bg_node *groups, bg_errors *errors)
{
    for (int year = self->first_named; year <= self->last_named; year++) {
        const double sum = sum_in(self, year);
        if (fabs(sum - 1) > 1e-9 && self->last_named == 0) {
            return bg_errors_say(errors, BG_RANGE, groups->mark, groups->path,
                                 BG_SAY(group_shares_not_whole), 100 * sum);
        }
        if (fabs(sum - 1) > 1e-9) {
            return bg_errors_say(errors, BG_RANGE, groups->mark, groups->path,
                                 BG_SAY(group_shares_of_year_not_whole), year, 100 * sum);
        }
    }
    return BG_OK;
}

static bg_status check_numbers(const bg_groups *self, const bg_node *groups, bg_errors *errors)
{
    double before = sum_in(self, self->first_named);
    for (int year = self->first_named + 1; year <= self->last_named; year++) {
        const double now = sum_in(self, year);
        if (!(fabs(now - before) <= MOST_GROWTH * before)) {
            return bg_errors_say(errors, BG_RANGE, groups->mark, groups->path,
                                 BG_SAY(group_numbers_leap), year - 1, year, before, now);
        }
        before = now;
    }
    return BG_OK;
}

bg_status bg_groups_check(const bg_groups *self, const bg_node *people, bg_errors *errors)
{
    const bg_node *groups = bg_node_child(people, "groups");
    bg_status status = BG_OK;
    if (bg_node_count(groups) > BG_MAX_GROUPS) {
        return bg_errors_say(errors, BG_LIMIT, groups->mark, groups->path, BG_SAY(groups_too_many),
                             bg_node_count(groups), BG_MAX_GROUPS);
    }
    for (size_t i = 0; i < self->count; i++) {
        bg_first(&status, check_form(self, &self->group[i], errors));
    }
    for (size_t i = 0; i < self->count && !status; i++) {
        status = check_anybody(self, &self->group[i], errors);
    }
    if (status || self->count == 0) {
        return status;
    }
    return (self->by_count ? check_numbers : check_shares)(self, groups, errors);
}
