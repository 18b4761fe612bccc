#include "demand/read_year.h"

#include "demand/messages.h"
#include "demand/rate_bands.h"

#include <stdlib.h>
#include <string.h>

/* ---- entries ---- */

enum { LIMIT, CEILING, CATASTROPHIC, KINDS };
static const char *const keys[KINDS] = {"outpatient_limit", "ceiling", "catastrophic"};

static bool speaks(const bg_node *entry)
{
    bool any = false;
    for (size_t i = 0; i < KINDS; i++) {
        any = any || bg_node_child(entry, keys[i]);
    }
    return any;
}

bool bg_year_alone(const bg_node *entry)
{
    static const char *const others[] = {"title", "source", "lines", "from", "until", "outlay"};
    bool alone = speaks(entry);
    for (const bg_node *of = entry->child; of; of = of->next) {
        bool known = false;
        for (size_t i = 0; i < KINDS; i++) {
            known = known || strcmp(of->key, keys[i]) == 0;
        }
        for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
            known = known || strcmp(of->key, others[i]) == 0;
        }
        alone = alone && known;
    }
    return alone;
}

static void mark(const bg_demand_reader *reader, const bg_node *entry, bool line[BG_MAX_LINES])
{
    const bg_node *lines = bg_node_child(entry, "lines");
    memset(line, 0, BG_MAX_LINES * sizeof *line);
    if (!lines) {
        bg_demand_mark_lines(reader->history, "*", line);
    }
    for (const bg_node *pattern = lines ? lines->child : NULL; pattern; pattern = pattern->next) {
        bg_demand_mark_lines(reader->history, pattern->text, line);
    }
}

/* ---- terms as given ---- */

typedef struct given {
    double limit, ceiling, threshold, cap; /* fen; no threshold: below 0 */
    bg_rate_bands rates;                   /* count 0: none */
    bool by_pool;
} given;

static double fen_or(const bg_node *section, const char *key, double otherwise)
{
    const bg_node *node = bg_node_child(section, key);
    return node ? (double)node->value.fen : otherwise;
}

/* Lays what an entry says over the terms. */
static void lay_over(const bg_node *entry, given *terms)
{
    const bg_node *insurance = bg_node_child(entry, keys[CATASTROPHIC]);
    const bg_node *payer = bg_node_child(insurance, "paid_by");
    terms->limit = fen_or(entry, keys[LIMIT], terms->limit);
    terms->ceiling = fen_or(entry, keys[CEILING], terms->ceiling);
    terms->threshold = fen_or(insurance, "threshold", terms->threshold);
    terms->cap = fen_or(insurance, "cap", terms->cap);
    terms->by_pool = payer ? strcmp(payer->text, "pool") == 0 : terms->by_pool;
    if (bg_rate_bands_given(insurance)) {
        terms->rates = bg_rate_bands_of(insurance);
    }
}

static bool same(const given *a, const given *b)
{
    bool all = a->limit == b->limit && a->ceiling == b->ceiling && a->threshold == b->threshold &&
               a->cap == b->cap && a->rates.count == b->rates.count && a->by_pool == b->by_pool;
    for (size_t i = 0; i < a->rates.count; i++) {
        all = all && a->rates.from[i] == b->rates.from[i] && a->rates.rate[i] == b->rates.rate[i];
    }
    return all;
}

/* The first band begins at the threshold, beyond which the others must lie. `entry` is the one that spoke of insurance
 * last, or NULL. */
static bool resolve(bg_demand_reader *reader, const bg_node *entry, const given *terms,
                    bg_year_terms *result)
{
    const bg_node *insurance = bg_node_child(entry, keys[CATASTROPHIC]);
    *result = (bg_year_terms){.person = {.outpatient_limit = terms->limit,
                                         .ceiling = terms->ceiling,
                                         .bands = terms->rates.count,
                                         .cap = terms->cap},
                              .by_pool = terms->by_pool};
    if (insurance && (terms->threshold < 0 || terms->rates.count == 0)) {
        BG_DEMAND_FAIL(reader, BG_MISSING, insurance, BG_SAY(catastrophic_incomplete));
        return false;
    }
    memcpy(result->person.from, terms->rates.from, sizeof result->person.from);
    memcpy(result->person.rate, terms->rates.rate, sizeof result->person.rate);
    result->person.from[0] = terms->threshold < 0 ? 0 : terms->threshold;
    if (insurance && result->person.bands > 1 && result->person.from[1] <= terms->threshold) {
        BG_DEMAND_FAIL(reader, BG_RANGE, insurance, BG_SAY(catastrophic_bands),
                       result->person.from[1] / 100, terms->threshold / 100);
        return false;
    }
    return true;
}

/* ---- schemes ---- */

/* The curves of all lines of a scheme under a set of changes. */
typedef struct made {
    uint64_t active;
    bool differs;
    bg_year_curve curve[BG_MAX_LINES];
    struct made *next;
} made;

typedef struct scheme {
    bool covers[KINDS][BG_MAX_LINES];
    const bg_node *first[KINDS]; /* the entry whose lines they are */
    bool any;
    given in_force;
    size_t lines;
    size_t line[BG_MAX_LINES]; /* those that are covered */
    bg_year *year;             /* made where it is asked for */
    made *made;
} scheme;

struct bg_year_reading {
    bg_demand_reader *reader;
    const bg_node *section; /* benefits */
    bg_year_describe *describe;
    const void *context;
    scheme scheme[BG_MAX_SCHEMES];
};

static bool in_force(const bg_node *entry)
{
    return !bg_node_child(entry, "from");
}

/* ---- what entries must be ---- */

static void check_entry(bg_demand_reader *reader, const bg_node *entry)
{
    bool line[BG_MAX_LINES];
    const bg_node *level = bg_node_child(entry, "level");
    const bg_node *limit = bg_node_child(entry, keys[LIMIT]);
    if (level) {
        BG_DEMAND_FAIL(reader, BG_INVALID, level, BG_SAY(person_year_with_level));
        return;
    }
    mark(reader, entry, line);
    for (size_t i = 0; limit && i < reader->history->line_count; i++) {
        const bg_line *of = &reader->history->line[i];
        if (line[i] && strcmp(bg_demand_service(of), "inpatient") == 0) {
            BG_DEMAND_FAIL(reader, BG_INVALID, limit, BG_SAY(outpatient_limit_of_other), of->name);
            return;
        }
    }
    bg_rate_bands_check(reader, bg_node_child(entry, keys[CATASTROPHIC]));
}

/* A kind of terms covers the same lines of a scheme in all entries. */
static void cover(bg_year_reading *self, const bg_node *entry, int kind, size_t index)
{
    const bg_demand *model = self->reader->model;
    scheme *of = &self->scheme[index];
    bool line[BG_MAX_LINES], any = false, other = false;
    mark(self->reader, entry, line);
    for (size_t i = 0; i < model->line_count; i++) {
        line[i] = line[i] && model->line[i].scheme == index;
        any = any || line[i];
        other = other || line[i] != of->covers[kind][i];
    }
    if (any && of->first[kind] && other) {
        BG_DEMAND_FAIL(self->reader, BG_INVALID, bg_node_child(entry, keys[kind]),
                       BG_SAY(person_year_lines_differ), of->first[kind]->path, keys[kind]);
    } else if (any && !of->first[kind]) {
        of->first[kind] = entry;
        of->any = true;
        memcpy(of->covers[kind], line, sizeof line);
    }
}

/* Those in force first. */
static void read_entries(bg_year_reading *self, bool of_force)
{
    for (const bg_node *entry = self->section->child; entry; entry = entry->next) {
        if (!speaks(entry) || in_force(entry) != of_force || self->reader->status) {
            continue;
        }
        check_entry(self->reader, entry);
        for (int kind = 0; kind < KINDS && !self->reader->status; kind++) {
            for (size_t i = 0; i < self->reader->model->scheme_count && !self->reader->status;
                 i++) {
                if (bg_node_child(entry, keys[kind])) {
                    cover(self, entry, kind, i);
                }
            }
        }
    }
}

static bool names(const bg_year_reading *self, const bg_node *entry, size_t index)
{
    bool line[BG_MAX_LINES], any = false;
    mark(self->reader, entry, line);
    for (size_t i = 0; i < self->reader->model->line_count; i++) {
        any = any || (line[i] && self->reader->model->line[i].scheme == index);
    }
    return any;
}

static void find_in_force(bg_year_reading *self, size_t index)
{
    scheme *of = &self->scheme[index];
    of->in_force =
        (given){.limit = INFINITY, .ceiling = INFINITY, .threshold = -1, .cap = INFINITY};
    for (const bg_node *entry = self->section->child; entry; entry = entry->next) {
        if (speaks(entry) && in_force(entry) && names(self, entry, index) &&
            !self->reader->status) {
            bg_year_terms terms;
            lay_over(entry, &of->in_force);
            resolve(self->reader, entry, &of->in_force, &terms);
        }
    }
    const bg_demand *model = self->reader->model;
    for (size_t i = 0; i < model->line_count; i++) {
        const bg_demand_part *part = model->line[i].part;
        const bool covered =
            of->covers[LIMIT][i] || of->covers[CEILING][i] || of->covers[CATASTROPHIC][i];
        if (covered && part[BG_FREQUENCY].level > 0 && part[BG_COST].level > 0) {
            of->line[of->lines++] = i;
        }
    }
}

bg_year_reading *bg_year_reading_new(bg_demand_reader *reader, bg_year_describe *describe,
                                     const void *context)
{
    bg_year_reading *self = calloc(1, sizeof *self);
    if (!self) {
        reader->status = bg_no_memory(reader->errors);
        return NULL;
    }
    *self = (bg_year_reading){.reader = reader,
                              .section = bg_scenario_find(reader->scenario, "benefits"),
                              .describe = describe,
                              .context = context};
    read_entries(self, true);
    read_entries(self, false);
    for (size_t i = 0; i < reader->model->scheme_count && !reader->status; i++) {
        find_in_force(self, i);
    }
    return self;
}

void bg_year_reading_free(bg_year_reading *self)
{
    for (size_t i = 0; self && i < BG_MAX_SCHEMES; i++) {
        bg_year_free(self->scheme[i].year);
        for (made *one = self->scheme[i].made, *next; one; one = next) {
            next = one->next;
            free(one);
        }
    }
    free(self);
}

/* ---- lines ---- */

/* The first line of the scheme with that service. */
static int kind_of(const bg_year_reading *self, const scheme *of, size_t index)
{
    const bg_line *line = self->reader->history->line;
    size_t first = 0;
    while (strcmp(line[of->line[first]].service, line[index].service) != 0) {
        first++;
    }
    return (int)first;
}

/* Where no rate is in force every bill is paid the same part, that of the past years. */
static bool pay_a_part(const bg_year_reading *self, const scheme *of, size_t index,
                       bg_year_line *line)
{
    const double patients = self->reader->model->line[index].patient_share;
    for (size_t j = 0; j < line->levels; j++) {
        bg_benefit_terms *terms = &line->level[j].terms;
        if (terms->bands > 0) {
            continue;
        }
        if (line->catastrophic && !(patients > 0)) {
            BG_DEMAND_FAIL(self->reader, BG_MISSING, of->first[CATASTROPHIC],
                           BG_SAY(left_to_patients_unknown),
                           self->reader->history->line[index].name);
            return false;
        }
        *terms = (bg_benefit_terms){
            .eligible = 1, .bands = 1, .rate = {1 / (1 + patients)}, .cap = INFINITY};
    }
    return true;
}

static bool describe(const bg_year_reading *self, const scheme *of, uint64_t active,
                     bg_year_line *line)
{
    const bg_demand_reader *reader = self->reader;
    for (size_t i = 0; i < of->lines; i++) {
        const size_t index = of->line[i];
        const bg_line *named = &reader->history->line[index];
        const bool stays = strcmp(named->service, "inpatient") == 0;
        line[i] = (bg_year_line){.levels = 0};
        if (!self->describe(self->context, index, active, &line[i])) {
            return false;
        }
        line[i].kind = kind_of(self, of, index);
        line[i].cases = reader->model->line[index].part[BG_FREQUENCY].level;
        line[i].payment = reader->model->line[index].part[BG_COST].level;
        line[i].k = bg_node_double(reader->demand, stays ? "admissions_size" : "visits_size");
        line[i].outpatient = of->covers[LIMIT][index];
        line[i].ceiling = of->covers[CEILING][index];
        line[i].catastrophic = of->covers[CATASTROPHIC][index];
        if (!pay_a_part(self, of, index, &line[i])) {
            return false;
        }
    }
    return true;
}

static bool few_enough(const bg_year_reading *self, const scheme *of, const bg_year_line *line)
{
    const double most = 500;
    for (size_t i = 0; i < of->lines; i++) {
        double cases = 0;
        for (size_t j = 0; j < of->lines; j++) {
            cases += line[j].kind == line[i].kind ? line[j].cases : 0;
        }
        if (cases > most) {
            BG_DEMAND_FAIL(self->reader, BG_RANGE, self->section,
                           BG_SAY(person_year_too_many_cases), cases,
                           self->reader->history->line[of->line[i]].name, most);
            return false;
        }
    }
    return true;
}

/* ---- curves ---- */

static const bg_node *entry_of(const bg_year_reading *self, const scheme *of)
{
    const bg_node *entry = NULL;
    for (int kind = 0; kind < KINDS && !entry; kind++) {
        entry = of->first[kind];
    }
    return entry ? entry : self->section;
}

static bool find_year(bg_year_reading *self, scheme *of, const bg_year_line *line)
{
    bg_year_terms terms;
    if (of->year) {
        return true;
    }
    if (!few_enough(self, of, line) || !resolve(self->reader, NULL, &of->in_force, &terms)) {
        return false;
    }
    switch (bg_year_new(&terms, of->lines, line, &of->year)) {
    case BG_YEAR_FOUND:
        break;
    case BG_YEAR_TOO_MUCH:
        BG_DEMAND_FAIL(self->reader, BG_RANGE, entry_of(self, of), BG_SAY(person_year_too_tight));
        break;
    case BG_YEAR_NO_MEMORY:
        self->reader->status = bg_no_memory(self->reader->errors);
        break;
    }
    return of->year != NULL;
}

/* Lays the changes over what is in force; true where they can be. */
static bool renew(const bg_year_reading *self, size_t index, uint64_t active, given *terms,
                  bg_year_terms *result)
{
    const bg_demand *model = self->reader->model;
    const bg_node *last = NULL;
    for (size_t j = 0; j < model->change_count; j++) {
        const bg_node *entry =
            active >> j & 1 ? bg_node_child(self->section, model->change[j].name) : NULL;
        if (entry && speaks(entry) && names(self, entry, index)) {
            lay_over(entry, terms);
            last = bg_node_child(entry, keys[CATASTROPHIC]) ? entry : last;
        }
    }
    return resolve(self->reader, last, terms, result);
}

static bool same_lines(size_t lines, const bg_year_line *a, const bg_year_line *b)
{
    bool all = true;
    for (size_t i = 0; i < lines; i++) {
        for (size_t j = 0; j < a[i].levels; j++) {
            all = all && bg_benefit_same_terms(&a[i].level[j].terms, &b[i].level[j].terms);
        }
    }
    return all;
}

static bool fill(bg_year_reading *self, size_t index, made *of, bg_year_line *before,
                 bg_year_line *after)
{
    scheme *at = &self->scheme[index];
    given terms = at->in_force;
    bg_year_terms renewed;
    if (!describe(self, at, 0, before) || !describe(self, at, of->active, after) ||
        !renew(self, index, of->active, &terms, &renewed)) {
        return false;
    }
    of->differs = !same(&terms, &at->in_force) || !same_lines(at->lines, before, after);
    if (of->differs) {
        if (!find_year(self, at, before)) {
            return false;
        }
        bg_year_renew(at->year, &renewed, after, of->curve);
    }
    return true;
}

static const made *make(bg_year_reading *self, size_t index, uint64_t active)
{
    scheme *of = &self->scheme[index];
    made *one = of->made;
    while (one && one->active != active) {
        one = one->next;
    }
    if (one) {
        return one;
    }
    bg_year_line *lines = calloc(2 * of->lines, sizeof *lines);
    one = calloc(1, sizeof *one);
    if (!lines || !one) {
        self->reader->status = bg_no_memory(self->reader->errors);
    } else {
        one->active = active;
    }
    const bool filled = lines && one && fill(self, index, one, lines, lines + of->lines);
    free(lines);
    if (!filled) {
        free(one);
        return NULL;
    }
    one->next = of->made;
    of->made = one;
    return one;
}

bool bg_year_reading_curve(bg_year_reading *self, size_t line, uint64_t active,
                           bg_year_curve *curve)
{
    const size_t index = self->reader->model->line[line].scheme;
    scheme *of = &self->scheme[index];
    size_t place = 0;
    while (place < of->lines && of->line[place] != line) {
        place++;
    }
    const made *one = place < of->lines ? make(self, index, active) : NULL;
    if (one && one->differs) {
        *curve = one->curve[place];
    }
    return one && one->differs;
}
