#include "demand/messages.h"
#include "demand/model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_FRAME 80 /* a name without its line, scheme and community */

/* Hands out the keys of names, all in one array. Names are added twice: first they are only counted, while
 * there is no array. */
typedef struct keys {
    uint64_t *all; /* NULL while counting */
    size_t count;
    const char *community; /* whose streams they are; "": of an area, or of no community */
    char *name;
    size_t name_size;
} keys;

static const char *const part_names[BG_PARTS] = {"frequency", "cost"};
static const char *const place_names[] = {[BG_PLACE_IN] = "in", [BG_PLACE_OUT] = "out"};
static const char *const size_names[BG_EMERGENCY_SIZES] = {
    [BG_SIZE_FIRST] = "first",           [BG_SIZE_DIP] = "dip",
    [BG_SIZE_DIRECT] = "direct",         [BG_SIZE_REBOUND] = "rebound",
    [BG_SIZE_MULTIPLIER] = "multiplier",
};

static uint64_t add(keys *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
static uint64_t add(keys *self, const char *format, ...)
{
    if (!self->all) {
        self->count++;
        return 0;
    }
    va_list arguments;
    va_start(arguments, format);
    const size_t length = *self->community ? (size_t)snprintf(self->name, self->name_size,
                                                              "community/%s/", self->community)
                                           : 0;
    vsnprintf(self->name + length, self->name_size - length, format, arguments);
    va_end(arguments);
    return self->all[self->count++] = bg_stream_key(self->name);
}

/* Where the next key will stand. */
static const uint64_t *next(const keys *self)
{
    return self->all ? self->all + self->count : NULL;
}

/* "<kind>/<owner>/<year>" for each year after the last base year. */
static const uint64_t *add_years(keys *self, const char *kind, const char *owner, int base,
                                 size_t horizon)
{
    const uint64_t *first = next(self);
    for (size_t t = 1; t <= horizon; t++) {
        add(self, "%s%s%s/%d", kind, *owner ? "/" : "", owner, base + (int)t);
    }
    return first;
}

/* "<kind>/<part>/<line>/<even year>" for each pair of an even year and the next that has one of the years
 * after the last base year. */
static const uint64_t *add_pairs(keys *self, const char *kind, int part, const char *line, int base,
                                 size_t horizon)
{
    const uint64_t *first = next(self);
    for (int even = (base + 1) / 2 * 2; even <= base + (int)horizon; even += 2) {
        add(self, "%s/%s/%s/%d", kind, part_names[part], line, even);
    }
    return first;
}

/* "<kind>/<line>/<year>/<month>" for each month of the budget years. */
static const uint64_t *add_months(keys *self, const char *kind, const char *line, int first_year,
                                  size_t years)
{
    const uint64_t *first = next(self);
    for (size_t month = 0; month < 12 * years; month++) {
        add(self, "%s/%s/%d/%02zu", kind, line, first_year + (int)(month / 12), month % 12 + 1);
    }
    return first;
}

static void add_line(keys *self, bg_demand_line *line, const char *name, int base,
                     const bg_demand *demand)
{
    const int first_year = base + 1 + (int)demand->gap;
    const size_t horizon = demand->gap + demand->years;
    for (int part = 0; part < BG_PARTS; part++) {
        char kind[LONGEST_FRAME];
        snprintf(kind, sizeof kind, "shock/%s", part_names[part]);
        line->trend_key[part] = add(self, "trend/%s/%s", part_names[part], name);
        line->shock_key[part] = add_years(self, kind, name, base, horizon);
        line->shocks_key[part] = add_pairs(self, "shocks", part, name, base, horizon);
    }
    line->count_key = add_months(self, "count", name, first_year, demand->years);
    line->cost_key = add_months(self, "cost", name, first_year, demand->years);
    line->trends_key = add(self, "trends/%s", name);
    line->noise_key = add_years(self, "noise", name, first_year - 1, demand->years);
    line->pot_key = add_years(self, "pot", name, first_year - 1, demand->years);
}

static void add_scheme(keys *self, bg_demand_scheme *scheme, const char *name, int base,
                       const bg_demand *demand)
{
    scheme->people_key = add_years(self, "people", name, base, demand->gap + demand->years);
    for (int place = BG_PLACE_IN; place <= BG_PLACE_OUT; place++) {
        char kind[LONGEST_FRAME];
        snprintf(kind, sizeof kind, "noise/%s", name);
        scheme->noise_key[place] =
            add_years(self, kind, place_names[place], base + (int)demand->gap, demand->years);
    }
}

static void add_emergency(keys *self, bg_demand *demand, int base)
{
    const size_t horizon = demand->gap + demand->years;
    demand->emergency_key = add_years(self, "emergency", "", base, horizon);
    for (int size = 0; size < BG_EMERGENCY_SIZES; size++) {
        demand->size_key[size] = add_years(self, "emergency", size_names[size], base, horizon);
    }
}

/* The first change that has the luck of change `index`: a rebound happens where its incident does, deterrence has the
 * luck of its measure, and what providers do is one thing in all lines. */
static size_t luck_of(const bg_demand *demand, size_t index)
{
    const bg_change *change = &demand->change[index];
    for (size_t k = 0; k < index; k++) {
        const bg_change *first = &demand->change[k];
        const bool providers =
            change->kind == BG_CHANGE_PROVIDERS && first->kind == BG_CHANGE_PROVIDERS;
        if (bg_change_goes_with(change, first) ||
            (providers && strcmp(change->name, first->name) == 0)) {
            return k;
        }
    }
    return index;
}

/* "measure/<name>", "incident/<name>", "emergency/surge/<year>", "providers/<name>", and whether it happens: the same for
 * all communities of an area. */
static void add_changes(keys *self, bg_demand *demand)
{
    for (size_t j = 0; j < demand->change_count; j++) {
        bg_change *change = &demand->change[j];
        char name[LONGEST_FRAME + 65];
        if (change->kind == BG_CHANGE_REBOUND || change->kind == BG_CHANGE_BENEFIT ||
            change->kind == BG_CHANGE_DETERRENCE || luck_of(demand, j) < j) {
            continue;
        }
        if (change->kind == BG_CHANGE_PROVIDERS) {
            snprintf(name, sizeof name, "providers/%s", change->name);
        } else if (change->kind == BG_CHANGE_SURGE) {
            snprintf(name, sizeof name, "emergency/surge/%d", change->begins);
        } else {
            const char *kind = change->kind == BG_CHANGE_MEASURE ? "measure" : "incident";
            snprintf(name, sizeof name, "%s/%s", kind, change->name);
        }
        change->size_key = add(self, "%s", name);
        change->happens_key = add(self, "%s/happens", name);
    }
    for (size_t j = 0; j < demand->change_count; j++) {
        const bg_change *first = &demand->change[luck_of(demand, j)];
        demand->change[j].size_key = first->size_key;
        demand->change[j].happens_key = first->happens_key;
    }
}

/* "response/<service>/outpatient", "cap/<service>/visits", "…/admissions", likewise. */
static void add_spillover(keys *self, bg_demand *demand, const bg_history *history, size_t first,
                          size_t line)
{
    static const char *const names[BG_RETURNS] = {
        [BG_RETURN_VISITS] = "visits", [BG_RETURN_ADMISSIONS] = "admissions"};
    const char *service = history->line[line].service;
    bg_demand_line *of = &demand->line[line];
    of->substitution.key = first < line ? demand->line[first].substitution.key
                                        : add(self, "response/%s/outpatient", service);
    for (int i = 0; i < BG_RETURNS; i++) {
        of->returns[i].key = first < line ? demand->line[first].returns[i].key
                                          : add(self, "cap/%s/%s", service, names[i]);
    }
}

/* "response/<service>/frequency", "…/cost": what lines of a service share, where terms change. */
static void add_responses(keys *self, bg_demand *demand, const bg_history *history)
{
    for (size_t i = 0; i < demand->line_count && demand->benefit_count > 0; i++) {
        size_t first = 0;
        while (strcmp(history->line[first].service, history->line[i].service) != 0) {
            first++;
        }
        for (int part = 0; part < BG_PARTS; part++) {
            demand->line[i].elasticity[part].key =
                first < i ? demand->line[first].elasticity[part].key
                          : add(self, "response/%s/%s", history->line[i].service, part_names[part]);
        }
        add_spillover(self, demand, history, first, i);
    }
}

/* "enrolment/<scheme>", "enrolment/<scheme>/cost": communities of an area have one contribution, and one response to it. */
static void add_enrolments(keys *self, bg_demand *demand, const bg_history *history)
{
    for (size_t i = 0; i < demand->scheme_count; i++) {
        demand->scheme[i].enrolment.elasticity.key =
            add(self, "enrolment/%s", history->scheme[i].name);
        demand->scheme[i].enrolment.cost_key =
            add(self, "enrolment/%s/cost", history->scheme[i].name);
    }
}

/* What the communities of an area have in common: its names are theirs. */
static void add_area(keys *self, bg_demand *demand, int base)
{
    for (int part = 0; part < BG_PARTS; part++) {
        demand->area_trend_key[part] = add(self, "trend/%s", part_names[part]);
    }
    demand->area_trends_key = add(self, "trends");
    demand->area_common_key =
        add_years(self, "shock/common", "", base, demand->gap + demand->years);
}

static void add_all(keys *self, bg_demand *demand, const bg_history *history)
{
    const int base = history->year[history->year_count - 1];
    const size_t horizon = demand->gap + demand->years;
    self->community = "";
    add_emergency(self, demand, base);
    add_changes(self, demand);
    add_responses(self, demand, history);
    add_enrolments(self, demand, history);
    if (demand->community) {
        add_area(self, demand, base);
        self->community = demand->community;
    }
    for (int part = 0; part < BG_PARTS; part++) {
        demand->trend_key[part] = add(self, "trend/%s", part_names[part]);
    }
    demand->common_key = add_years(self, "shock/common", "", base, horizon);
    demand->trends_key = add(self, "trends");
    for (size_t i = 0; i < demand->scheme_count; i++) {
        add_scheme(self, &demand->scheme[i], history->scheme[i].name, base, demand);
    }
    for (size_t i = 0; i < demand->line_count; i++) {
        add_line(self, &demand->line[i], bg_full_line_name(history->line[i].name), base, demand);
    }
}

static int compare(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

bool bg_stream_keys_distinct(uint64_t *values, size_t n)
{
    qsort(values, n, sizeof *values, compare);
    for (size_t i = 1; i < n; i++) {
        if (values[i] == values[i - 1]) {
            return false;
        }
    }
    return true;
}

static bg_status check(const bg_demand *demand, size_t count, bg_errors *errors)
{
    uint64_t *sorted = malloc(count * sizeof *sorted);
    if (!sorted) {
        return bg_no_memory(errors);
    }
    memcpy(sorted, demand->keys, count * sizeof *sorted);
    const bool distinct = bg_stream_keys_distinct(sorted, count);
    free(sorted);
    return distinct
               ? BG_OK
               : bg_errors_say(errors, BG_INTERNAL, BG_NOWHERE, "history", BG_SAY(streams_same));
}

static size_t longer(size_t longest, const char *name)
{
    const size_t length = strlen(name);
    return length > longest ? length : longest;
}

static size_t longest_name(const bg_demand *demand, const bg_history *history)
{
    size_t longest = 0;
    for (size_t i = 0; i < history->line_count; i++) {
        longest = longer(longest, bg_full_line_name(history->line[i].name));
    }
    for (size_t j = 0; j < demand->change_count; j++) {
        longest = longer(longest, demand->change[j].name);
    }
    return longest;
}

bg_status bg_demand_name_streams(bg_demand *self, const bg_history *history, bg_errors *errors)
{
    self->first_odd = history->year[history->year_count - 1] % 2 == 0;
    keys counted = {.all = NULL};
    add_all(&counted, self, history);
    const size_t name_size = longest_name(self, history) + LONGEST_FRAME +
                             (self->community ? strlen(self->community) : 0);
    self->keys = calloc(counted.count, sizeof *self->keys);
    keys named = {.all = self->keys, .name = malloc(name_size), .name_size = name_size};
    if (!self->keys || !named.name) {
        free(named.name);
        return bg_no_memory(errors);
    }
    add_all(&named, self, history);
    free(named.name);
    return check(self, named.count, errors);
}
