/* Benefit terms. */
#include "base/elementary.h"
#include "demand/messages.h"
#include "demand/rate_bands.h"
#include "demand/read_year.h"

#include <stdlib.h>
#include <string.h>

#define MOST_CHANGES 4 /* of the terms of one line */
#define CURVE_REACH                                                                                \
    16.0 /* a curve holds for payments from 1/16 to 16 times those of the last base year */

/* ---- terms ---- */

static bool named(const bg_node *entry, const bg_level_read *of)
{
    const bg_node *wanted = bg_node_child(entry, "level");
    return !wanted || (of->name && strcmp(wanted->text, of->name) == 0);
}

static double fen_or(const bg_node *node, double otherwise)
{
    return node ? (double)node->value.fen : otherwise;
}

/* Lays what an entry says over the terms. */
static void lay_over(const bg_node *entry, bg_benefit_terms *terms)
{
    static const char *const places[BG_ADMISSIONS] = {"first", "second", "later"};
    const bg_node *deductible = bg_node_child(entry, "deductible");
    const bg_node *eligible = bg_node_child(entry, "eligible"),
                  *referred = bg_node_child(entry, "referred");
    double before = 0;
    for (size_t i = 0; i < BG_ADMISSIONS && deductible; i++) {
        before = fen_or(bg_node_child(deductible, places[i]), before);
        terms->deductible[i] = before;
    }
    terms->eligible = eligible ? bg_demand_number(eligible) : terms->eligible;
    if (bg_rate_bands_given(entry)) {
        const bg_rate_bands of = bg_rate_bands_of(entry);
        terms->bands = of.count;
        memcpy(terms->from, of.from, sizeof terms->from);
        memcpy(terms->rate, of.rate, sizeof terms->rate);
    }
    terms->referred = referred ? bg_demand_number(referred) : terms->referred;
    terms->cap = fen_or(bg_node_child(entry, "cap"), terms->cap);
}

/* ---- entries ---- */

typedef struct entries {
    bg_demand_reader *reader;
    const bg_node *section; /* benefits */
    bg_year_reading *year;  /* what they say of a person's year; NULL while it is not read */
} entries;

/* Entries without `from` say what is in force in the last base year. */
static bool in_force(const bg_node *entry)
{
    return !bg_node_child(entry, "from");
}

static bool of_line(const entries *self, const bg_node *entry, size_t line)
{
    bool marked[BG_MAX_LINES] = {false};
    const bg_node *lines = bg_node_child(entry, "lines");
    for (const bg_node *pattern = lines ? lines->child : NULL; pattern; pattern = pattern->next) {
        bg_demand_mark_lines(self->reader->history, pattern->text, marked);
    }
    return !lines || marked[line];
}

/* `rated`: a rate is among them, without which nothing is known of what the fund pays. */
static bg_benefit_terms base_terms(const entries *self, size_t line, const bg_level_read *of,
                                   bool *rated)
{
    bg_benefit_terms terms = {.eligible = 1, .bands = 1, .rate = {1}, .cap = INFINITY};
    for (const bg_node *entry = self->section->child; entry; entry = entry->next) {
        if (in_force(entry) && of_line(self, entry, line) && named(entry, of)) {
            lay_over(entry, &terms);
            *rated = *rated || bg_rate_bands_given(entry);
        }
    }
    return terms;
}

static const bg_node *entry_of(const entries *self, const bg_change *change)
{
    return bg_node_child(self->section, change->name);
}

/* Persons' admissions a year, of which the second and later may have another deductible. */
static void find_places(const entries *self, size_t line, double share[BG_ADMISSIONS])
{
    const bg_demand *model = self->reader->model;
    const double mean = model->line[line].part[BG_FREQUENCY].level;
    const double size = bg_node_double(self->reader->demand, "admissions_size");
    if (mean > 0) {
        bg_admission_shares(mean, size, share);
    }
}

typedef struct level_terms {
    bg_benefit in_force, renewed, uncut; /* uncut: renewed, with the cap in force */
    bool asked, changed;                 /* a change names the level; and makes a difference */
    bool cuts; /* the cap is lower, and something of what it cuts off returns */
} level_terms;

/* Lays those of the active changes that name the line and level over the terms. */
static void lay_changes(const entries *self, size_t line, const bg_level_read *of, uint64_t active,
                        bg_benefit_terms *terms, bool *asked)
{
    const bg_demand *model = self->reader->model;
    for (size_t j = 0; j < model->change_count; j++) {
        const bg_node *entry = active >> j & 1 ? entry_of(self, &model->change[j]) : NULL;
        if (entry && of_line(self, entry, line) && named(entry, of)) {
            lay_over(entry, terms);
            *asked = *asked || !bg_year_alone(entry);
        }
    }
}

static bool find_terms(const entries *self, size_t line, const bg_level_read *of,
                       const bg_severity *severity, uint64_t active, level_terms *result)
{
    bool rated = false;
    const bg_demand *model = self->reader->model;
    const bg_benefit_terms before = base_terms(self, line, of, &rated);
    bg_benefit_terms after = before;
    result->asked = false;
    lay_changes(self, line, of, active, &after, &result->asked);
    bg_limited bill;
    double share[BG_ADMISSIONS] = {1};
    find_places(self, line, share);
    bg_limited_init(&bill, severity, 0);
    bg_benefit_init(&result->in_force, &before, &bill, share);
    bg_benefit_init(&result->renewed, &after, &bill, share);
    const bg_demand_line *of_line = &model->line[line];
    result->cuts = after.cap < before.cap && (of_line->returns[BG_RETURN_VISITS].median > 0 ||
                                              of_line->returns[BG_RETURN_ADMISSIONS].median > 0);
    after.cap = before.cap;
    bg_benefit_init(&result->uncut, &after, &bill, share);
    result->changed = !bg_benefit_same(&result->in_force, &result->renewed);
    return rated;
}

/* A bill that is recorded should be the one at which the terms in force pay what they paid. */
static void compare_bills(const entries *self, const bg_node *entry, size_t index,
                          double by_the_terms)
{
    const bg_demand_line *line = &self->reader->model->line[index];
    const double recorded = line->part[BG_COST].level * (1 + line->patient_share);
    if (line->patient_share > 0 &&
        (by_the_terms > 1.25 * recorded || recorded > 1.25 * by_the_terms)) {
        bg_errors_advise(self->reader->errors, entry->mark, entry->path, BG_SAY(bill_differs),
                         self->reader->history->line[index].name, by_the_terms / 100,
                         recorded / 100);
    }
}

static bool make_curve(const entries *self, const bg_node *entry, const bg_benefit *in_force,
                       const bg_benefit *renewed, double payment, bg_benefit_curve *curve)
{
    const bg_benefit_found found = bg_benefit_curve_init(
        curve, in_force, renewed, payment / CURVE_REACH, payment * CURVE_REACH);
    double bill;
    if (found == BG_BENEFIT_FOUND &&
        bg_benefit_bill(in_force, payment, 0, &bill) == BG_BENEFIT_FOUND) {
        return true;
    }
    BG_DEMAND_FAIL(self->reader, BG_RANGE, entry, BG_SAY(terms_cannot_pay), payment / 100);
    return false;
}

static bool add_line(const entries *self, size_t index, const bg_levels_read *of, uint64_t active)
{
    bg_demand *model = self->reader->model;
    const bg_demand_line *line = &model->line[index];
    bg_line_benefit *benefit = &model->benefit[model->benefit_count];
    *benefit = (bg_line_benefit){.line = index,
                                 .active = active,
                                 .count = of->count,
                                 .within = of->within,
                                 .severity = of->severity,
                                 .patient_share = line->patient_share};
    bg_year_curve *year = &model->year_curve[model->benefit_count];
    bool bills = true, changed = bg_year_reading_curve(self->year, index, active, year);
    benefit->year = changed ? year : NULL;
    const double base = line->part[BG_COST].level *
                        bg_year_curve_at(benefit->year, line->part[BG_COST].level).before;
    double bill = 0;
    const bg_node *entry = NULL;
    for (size_t j = 0; j < model->change_count; j++) {
        entry = active >> j & 1 ? entry_of(self, &model->change[j]) : entry;
    }
    for (size_t i = 0; i < of->count && entry && !self->reader->status; i++) {
        level_terms terms;
        const bg_level_read *one = &of->level[i];
        const double payment = base * one->cost;
        benefit->level[i] = (bg_level){.cases = one->cases, .cost = one->cost};
        if (!find_terms(self, index, one, &of->severity, active, &terms)) {
            if (terms.asked) {
                BG_DEMAND_FAIL(self->reader, BG_MISSING, entry, BG_SAY(terms_in_force_missing),
                               self->reader->history->line[index].name,
                               one->name ? BG_BOTH(", level ", "，级别") : "",
                               one->name ? one->name : "");
                return false;
            }
            bills = false;
            continue;
        }
        const size_t place = model->benefit_count * BG_MAX_LEVELS + i;
        bg_benefit_curve *curve = &model->curve[place];
        model->renewed[place] = terms.renewed;
        double one_bill = 0;
        if (terms.changed &&
            !make_curve(self, entry, &terms.in_force, &terms.renewed, payment, curve)) {
            return false;
        }
        if (terms.changed && terms.cuts &&
            !make_curve(self, entry, &terms.in_force, &terms.uncut, payment,
                        &model->uncut[place])) {
            return false;
        }
        benefit->level[i].curve = terms.changed ? curve : NULL;
        benefit->level[i].uncut = terms.changed && terms.cuts ? &model->uncut[place] : NULL;
        benefit->cuts = benefit->cuts || benefit->level[i].uncut;
        benefit->level[i].renewed = terms.changed ? &model->renewed[place] : NULL;
        changed = changed || terms.changed;
        bills =
            bills && bg_benefit_bill(&terms.in_force, payment, 0, &one_bill) == BG_BENEFIT_FOUND;
        bill += one->cases * one_bill;
    }
    if (bills && entry && (active & (active - 1)) == 0) {
        compare_bills(self, entry, index, bill);
    }
    benefit->price_share = line->patient_share;
    if (bills && !(line->patient_share > 0)) {
        benefit->price_share = bill / line->part[BG_COST].level - 1;
    }
    model->benefit_count += changed;
    return !self->reader->status;
}

/* Bits of the changes of the line's terms. */
static uint64_t changes_of(const bg_demand *model, size_t line)
{
    uint64_t bits = 0;
    for (size_t j = 0; j < model->change_count; j++) {
        const bg_change *change = &model->change[j];
        bits |= (uint64_t)(change->kind == BG_CHANGE_BENEFIT && change->line[line]) << j;
    }
    return bits;
}

static size_t count_bits(uint64_t bits)
{
    size_t count = 0;
    for (; bits; bits &= bits - 1) {
        count++;
    }
    return count;
}

/* A curve for every set of the line's changes: any of them may act together. */
static bool add_sets(const entries *self, size_t line)
{
    const uint64_t all = changes_of(self->reader->model, line);
    bg_levels_read of;
    if (all == 0) {
        return true;
    }
    if (!bg_demand_read_levels(self->reader, line, &of)) {
        return false;
    }
    for (uint64_t set = all; set; set = (set - 1) & all) {
        if (!add_line(self, line, &of, set)) {
            return false;
        }
    }
    return true;
}

static bool make_room(bg_demand_reader *self)
{
    bg_demand *model = self->model;
    size_t sets = 0;
    for (size_t line = 0; line < model->line_count; line++) {
        const size_t changes = count_bits(changes_of(model, line));
        if (changes > MOST_CHANGES) {
            BG_DEMAND_FAIL(self, BG_LIMIT, bg_scenario_find(self->scenario, "benefits"),
                           BG_SAY(terms_change_too_often), self->history->line[line].name, changes,
                           MOST_CHANGES);
            return false;
        }
        sets += ((size_t)1 << changes) - 1;
    }
    model->benefit = calloc(sets ? sets : 1, sizeof *model->benefit);
    model->curve = calloc((sets ? sets : 1) * BG_MAX_LEVELS, sizeof *model->curve);
    model->renewed = calloc((sets ? sets : 1) * BG_MAX_LEVELS, sizeof *model->renewed);
    model->uncut = calloc((sets ? sets : 1) * BG_MAX_LEVELS, sizeof *model->uncut);
    model->year_curve = calloc(sets ? sets : 1, sizeof *model->year_curve);
    if (!model->benefit || !model->curve || !model->renewed || !model->uncut ||
        !model->year_curve) {
        self->status = bg_no_memory(self->errors);
    }
    return !self->status;
}

/* Rates are ones, and lines of an entry have cases, and its level where it names one. */
static void check_entry(const entries *self, const bg_node *entry)
{
    const bg_node *wanted = bg_node_child(entry, "level");
    if (!bg_rate_bands_check(self->reader, entry)) {
        return;
    }
    for (size_t i = 0; i < self->reader->model->line_count; i++) {
        const bg_line *line = &self->reader->history->line[i];
        bg_levels_read of;
        if (!of_line(self, entry, i)) {
            continue;
        }
        if (!line->has_cases) {
            BG_DEMAND_FAIL(self->reader, BG_INVALID, entry, BG_SAY(terms_without_cases),
                           line->name);
            return;
        }
        if (wanted && bg_demand_read_levels(self->reader, i, &of) &&
            !bg_demand_level_bit(&of, wanted->text) &&
            !bg_demand_miss_level(self->reader, wanted, line)) {
            return;
        }
    }
}

/* A change that makes no difference to a line, alone or among others, leaves it alone. */
static void forget_idle(bg_demand *model, size_t line)
{
    for (size_t j = 0; j < model->change_count; j++) {
        bg_change *change = &model->change[j];
        bool counts = change->kind != BG_CHANGE_BENEFIT;
        for (size_t i = 0; i < model->benefit_count; i++) {
            const bg_line_benefit *of = &model->benefit[i];
            counts = counts || (of->line == line && (of->active >> j & 1));
        }
        change->line[line] = change->line[line] && counts;
    }
}

/* Tells the terms of a person's year of a line's own, see read_year.h. */
static bool describe(const void *context, size_t line, uint64_t active, bg_year_line *result)
{
    const entries *self = context;
    bg_levels_read of;
    if (!bg_demand_read_levels(self->reader, line, &of)) {
        return false;
    }
    bg_limited_init(&result->bills, &of.severity, 0);
    result->levels = of.count;
    for (size_t i = 0; i < of.count; i++) {
        bool rated = false, asked = false;
        bg_benefit_terms terms = base_terms(self, line, &of.level[i], &rated);
        lay_changes(self, line, &of.level[i], active, &terms, &asked);
        terms.bands = rated ? terms.bands : 0;
        result->level[i] = (bg_year_level){of.level[i].cases, of.level[i].cost, terms};
    }
    return true;
}

void bg_demand_read_benefits(bg_demand_reader *self)
{
    entries all = {.reader = self, .section = bg_scenario_find(self->scenario, "benefits")};
    if (!all.section || self->status) {
        return;
    }
    for (const bg_node *entry = all.section->child; entry && !self->status; entry = entry->next) {
        check_entry(&all, entry);
    }
    if (self->status || !make_room(self)) {
        return;
    }
    all.year = bg_year_reading_new(self, describe, &all);
    for (size_t line = 0; line < self->model->line_count && !self->status; line++) {
        if (add_sets(&all, line)) {
            forget_idle(self->model, line);
        }
    }
    bg_year_reading_free(all.year);
    if (!self->status) {
        bg_demand_read_spillover(self);
    }
}
