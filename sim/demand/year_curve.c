#include "demand/year_curve.h"

#include <baogan/history.h>
#include <stdlib.h>
#include <string.h>

enum { BASE = BG_YEAR_INTERVALS / 2 };
/* Of knots, in the logarithm of the bill: from a quarter to four times that of the last base year, ln 4 either way. */
#define DISTANCE (1.3862943611198906 / BASE)

/* Of a line at a knot, for a case. */
typedef struct at_knot {
    double drawn;        /* what the fund pays under all terms in force */
    double before;       /* what their terms of a case alone pay */
    double kept;         /* which share of it limit and ceiling leave */
    double catastrophic; /* payment of catastrophic insurance */
    double bill[BG_MAX_LEVELS];
} at_knot;

struct bg_year {
    bg_year_terms in_force;
    size_t lines;
    bg_year_line *line;
    bg_benefit *benefit; /* [line][level] */
    at_knot *knot;       /* [knot][line] */
};

/* ---- a person's year ---- */

static bg_benefit benefit_of(const bg_year_line *line, size_t level)
{
    bg_benefit benefit;
    double share[BG_ADMISSIONS];
    bg_admission_shares(line->cases, line->k, share);
    bg_benefit_init(&benefit, &line->level[level].terms, &line->bills, share);
    return benefit;
}

/* Lines of one kind of care under the same terms of the year. */
static bool together(const bg_year_line *a, const bg_year_line *b)
{
    return a->kind == b->kind && a->outpatient == b->outpatient && a->ceiling == b->ceiling &&
           a->catastrophic == b->catastrophic;
}

typedef struct persons {
    size_t cares, levels;
    bg_person_care care[BG_MAX_LINES];
    bg_person_level level[BG_MAX_LINES * BG_MAX_LEVELS];
} persons;

static void add_levels(persons *self, bg_person_care *care, const bg_year_line *line,
                       const at_knot *at)
{
    for (size_t j = 0; j < line->levels; j++) {
        self->level[self->levels++] = (bg_person_level){.share = line->cases * line->level[j].cases,
                                                        .terms = &line->level[j].terms,
                                                        .bills = &line->bills,
                                                        .bill = at->bill[j]};
    }
    care->levels += line->levels;
    care->mean += line->cases;
}

/* A kind of care takes the size k of its first line. */
static void add_care(persons *self, size_t lines, const bg_year_line *line, const at_knot *at,
                     size_t first)
{
    bg_person_level *levels = &self->level[self->levels];
    bg_person_care *care = &self->care[self->cares++];
    *care = (bg_person_care){.k = line[first].k,
                             .level = levels,
                             .outpatient = line[first].outpatient,
                             .catastrophic = line[first].catastrophic,
                             .beyond_ceiling = !line[first].ceiling};
    for (size_t i = first; i < lines; i++) {
        if (together(&line[first], &line[i])) {
            add_levels(self, care, &line[i], &at[i]);
        }
    }
    for (size_t j = 0; j < care->levels; j++) {
        levels[j].share /= care->mean;
    }
}

static bool is_first(const bg_year_line *line, size_t i)
{
    bool first = true;
    for (size_t j = 0; j < i; j++) {
        first = first && !together(&line[j], &line[i]);
    }
    return first;
}

static double eligible_bill(const bg_year_line *line, const at_knot *at)
{
    double sum = 0;
    for (size_t j = 0; j < line->levels; j++) {
        sum += line->level[j].cases * line->level[j].terms.eligible * at->bill[j];
    }
    return sum;
}

/* What is left of a case to be insured, with what the ceiling cuts off. */
static double left_of(const bg_year_line *line, const at_knot *at, const bg_person_year *year)
{
    const double limited = line->outpatient ? at->before * year->outpatient : at->before;
    const double left = line->catastrophic ? eligible_bill(line, at) - at->before : 0;
    return left + (line->ceiling ? limited * (1 - year->ceiling) : 0);
}

/* Fills `kept` and `catastrophic` of each line from its bills and `before`. Catastrophic insurance pays the lines in
 * proportion to what is left of them, so that no payment is above its bill. */
static void live(const bg_person_terms *terms, size_t lines, const bg_year_line *line, at_knot *at)
{
    persons of = {.cares = 0};
    bg_person_year year;
    for (size_t i = 0; i < lines; i++) {
        if (is_first(line, i)) {
            add_care(&of, lines, line, at, i);
        }
    }
    bg_person_year_compute(&year, terms, of.cares, of.care);
    double left = 0;
    for (size_t i = 0; i < lines; i++) {
        left += line[i].cases * left_of(&line[i], &at[i], &year);
    }
    for (size_t i = 0; i < lines; i++) {
        const double share = left > 0 ? left_of(&line[i], &at[i], &year) / left : 0;
        at[i].kept =
            (line[i].outpatient ? year.outpatient : 1) * (line[i].ceiling ? year.ceiling : 1);
        at[i].catastrophic = share * year.catastrophic;
    }
}

static double by_pool(const bg_year_terms *terms, const at_knot *at)
{
    return terms->by_pool ? at->catastrophic : 0;
}

/* ---- the bills under the terms in force ---- */

/* Of a line: the logarithm of `before`, how far the logarithm of what is paid is off, and how fast that rises with it.
 */
typedef struct search {
    double log, off, slope;
    double step; /* the last one */
} search;

/* What the terms of a case alone pay of its bills. */
static double before_year(const bg_year_line *line, const at_knot *at)
{
    double mean = 0;
    for (size_t j = 0; j < line->levels; j++) {
        const bg_benefit benefit = benefit_of(line, j);
        mean += line->level[j].cases * bg_benefit_mean(&benefit, at->bill[j]).mean;
    }
    return mean;
}

static bool find_bills(const bg_year *self, const search *from, at_knot *at)
{
    for (size_t i = 0; i < self->lines; i++) {
        const bg_year_line *line = &self->line[i];
        const double before = bg_exp(from[i].log);
        for (size_t j = 0; j < line->levels; j++) {
            double *bill = &at[i].bill[j];
            if (bg_benefit_bill(&self->benefit[i * BG_MAX_LEVELS + j], before * line->level[j].cost,
                                *bill, bill) != BG_BENEFIT_FOUND) {
                return false;
            }
        }
        at[i].before = before_year(line, &at[i]);
    }
    return true;
}

static double between(double low, double x, double high)
{
    return x < low ? low : x > high ? high : x;
}

/* Newton's method, each line for itself, with the slope between the last two places. */
static void take_step(search *of, double off, bool first)
{
    const double least_slope = 0.02, longest = 1.5;
    if (!first && (of->step > 0 || of->step < 0)) {
        of->slope = between(least_slope, (off - of->off) / of->step, 1);
    }
    of->off = off;
    of->step = between(-longest, -off / of->slope, longest);
    of->log += of->step;
}

/* Finds the bills of all lines at a knot, from a first guess. */
static bool solve(const bg_year *self, const bg_person_terms *terms, search *from, at_knot *at)
{
    enum { STEPS = 60 };
    const double close = 1e-9, most = 50;
    bool found = false, possible = true;
    for (int n = 0; n < STEPS && !found && possible; n++) {
        possible = find_bills(self, from, at);
        if (possible) {
            live(terms, self->lines, self->line, at);
        }
        found = possible;
        for (size_t i = 0; i < self->lines && possible; i++) {
            const double paid = at[i].before * at[i].kept + by_pool(&self->in_force, &at[i]);
            const double off = paid > 0 ? bg_log(paid / at[i].drawn) : -most;
            found = found && off < close && off > -close;
            take_step(&from[i], off, n == 0);
            possible = from[i].log - bg_log(at[i].drawn) < most;
        }
    }
    return found && possible;
}

/* The bills of the last base year. What an insurer pays is none of the fund's, and not asked for. */
static bool find_base(bg_year *self)
{
    search from[BG_MAX_LINES];
    at_knot *at = &self->knot[BASE * self->lines];
    bg_person_terms of_fund = self->in_force.person;
    of_fund.bands = self->in_force.by_pool ? of_fund.bands : 0;
    for (size_t i = 0; i < self->lines; i++) {
        at[i].drawn = self->line[i].payment;
        from[i] = (search){.log = bg_log(at[i].drawn), .slope = 1};
    }
    return solve(self, &of_fund, from, at);
}

/* What is paid where all bills are as much higher or lower. */
static void find_knot(bg_year *self, size_t k)
{
    const at_knot *base = &self->knot[BASE * self->lines];
    at_knot *at = &self->knot[k * self->lines];
    const double dearer = bg_exp(DISTANCE * ((double)k - (double)BASE));
    for (size_t i = 0; i < self->lines; i++) {
        for (size_t j = 0; j < self->line[i].levels; j++) {
            at[i].bill[j] = base[i].bill[j] * dearer;
        }
        at[i].before = before_year(&self->line[i], &at[i]);
    }
    live(&self->in_force.person, self->lines, self->line, at);
    for (size_t i = 0; i < self->lines; i++) {
        at[i].drawn = at[i].before * at[i].kept + by_pool(&self->in_force, &at[i]);
    }
}

/* The knots of a line between which what is drawn rises with the bills: near a limit it may no longer. */
typedef struct range {
    size_t first, last;
} range;

static bool rises(const bg_year *self, size_t line, size_t from)
{
    const double least = 1e-6;
    const at_knot *at = &self->knot[from * self->lines + line];
    return at->drawn > 0x1p-900 && at[self->lines].drawn > (1 + least) * at->drawn;
}

static range range_of(const bg_year *self, size_t line)
{
    range of = {.first = BASE, .last = BASE};
    while (of.first > 0 && rises(self, line, of.first - 1)) {
        of.first--;
    }
    while (of.last + 1 < BG_YEAR_KNOTS && rises(self, line, of.last)) {
        of.last++;
    }
    return of;
}

static bool find_knots(bg_year *self)
{
    enum { FEWEST = 4 };
    bool enough = find_base(self);
    for (size_t k = 0; enough && k < BG_YEAR_KNOTS; k++) {
        find_knot(self, k);
    }
    for (size_t i = 0; i < self->lines; i++) {
        const range of = range_of(self, i);
        enough = enough && of.last + 1 >= FEWEST + of.first;
    }
    return enough;
}

static bool copy(bg_year *self, size_t lines, const bg_year_line *line)
{
    self->lines = lines;
    self->line = calloc(lines, sizeof *self->line);
    self->benefit = calloc(lines * BG_MAX_LEVELS, sizeof *self->benefit);
    self->knot = calloc(BG_YEAR_KNOTS * lines, sizeof *self->knot);
    if (!self->line || !self->benefit || !self->knot) {
        return false;
    }
    memcpy(self->line, line, lines * sizeof *line);
    for (size_t i = 0; i < lines; i++) {
        for (size_t j = 0; j < line[i].levels; j++) {
            self->benefit[i * BG_MAX_LEVELS + j] = benefit_of(&line[i], j);
        }
    }
    return true;
}

bg_year_found bg_year_new(const bg_year_terms *in_force, size_t lines, const bg_year_line *line,
                          bg_year **year)
{
    bg_year *self = *year = calloc(1, sizeof *self);
    if (!self) {
        return BG_YEAR_NO_MEMORY;
    }
    self->in_force = *in_force;
    bg_year_found found = BG_YEAR_NO_MEMORY;
    if (copy(self, lines, line)) {
        found = find_knots(self) ? BG_YEAR_FOUND : BG_YEAR_TOO_MUCH;
    }
    if (found != BG_YEAR_FOUND) {
        bg_year_free(self);
        *year = NULL;
    }
    return found;
}

void bg_year_free(bg_year *self)
{
    if (self) {
        free(self->line);
        free(self->benefit);
        free(self->knot);
        free(self);
    }
}

/* ---- the curves ---- */

/* Derivative by the place at the second of five values, of the polynomial through the first four. */
static double slope_beside(const double *v, ptrdiff_t on)
{
    return (6 * v[on] - 3 * v[0] - 2 * v[-on] - v[2 * on]) / 6 * (double)on;
}

/* At knot k of at least four: of the polynomial through the four or five knots around it. */
static double slope_at(const double *value, size_t knots, size_t k)
{
    const double *v = value + k;
    if (k == 0) {
        return (18 * v[1] - 11 * v[0] - 9 * v[2] + 2 * v[3]) / 6;
    }
    if (k + 1 == knots) {
        return (11 * v[0] - 18 * v[-1] + 9 * v[-2] - 2 * v[-3]) / 6;
    }
    if (k == 1) {
        return slope_beside(v, 1);
    }
    if (k + 2 == knots) {
        return slope_beside(v, -1);
    }
    return (8 * (v[1] - v[-1]) - (v[2] - v[-2])) / 12;
}

static void fit(bg_year_cubics *cubics, const double *value, size_t knots)
{
    for (size_t k = 0; k + 1 < knots; k++) {
        const double rise = value[k + 1] - value[k];
        const double from = slope_at(value, knots, k), to = slope_at(value, knots, k + 1);
        cubics->term[0][k] = value[k];
        cubics->term[1][k] = from;
        cubics->term[2][k] = 3 * rise - 2 * from - to;
        cubics->term[3][k] = from + to - 2 * rise;
    }
}

/* Of a line at all knots, as of bg_year_payment, and the logarithm of what is drawn. */
typedef struct values {
    double log[BG_YEAR_KNOTS], before[BG_YEAR_KNOTS], kept[BG_YEAR_KNOTS], pool[BG_YEAR_KNOTS],
        insurer[BG_YEAR_KNOTS];
} values;

static void relate(const bg_year *self, const bg_year_terms *renewed, size_t k, const at_knot *old,
                   const at_knot *new, values *of)
{
    const double pool = by_pool(&self->in_force, old);
    const double insurer = new->catastrophic - by_pool(renewed, new);
    of->log[k] = bg_log(old->drawn);
    of->before[k] = old->before / old->drawn;
    of->kept[k] = old->before * new->kept / old->drawn;
    of->pool[k] = by_pool(renewed, new) / old->drawn;
    of->insurer[k] = (insurer - (old->catastrophic - pool)) / old->drawn;
}

static void fit_curve(const values *of, range in, bg_year_curve *curve)
{
    const size_t first = in.first, knots = in.last + 1 - first;
    *curve = (bg_year_curve){.knots = knots};
    memcpy(curve->log, of->log + first, knots * sizeof *curve->log);
    fit(&curve->place, of->log + first, knots);
    fit(&curve->before, of->before + first, knots);
    fit(&curve->kept, of->kept + first, knots);
    fit(&curve->pool, of->pool + first, knots);
    fit(&curve->insurer, of->insurer + first, knots);
}

void bg_year_renew(const bg_year *self, const bg_year_terms *renewed, const bg_year_line *line,
                   bg_year_curve *curve)
{
    values value[BG_MAX_LINES];
    for (size_t k = 0; k < BG_YEAR_KNOTS; k++) {
        const at_knot *old = &self->knot[k * self->lines];
        at_knot new[BG_MAX_LINES];
        for (size_t i = 0; i < self->lines; i++) {
            new[i] = old[i];
            new[i].before = before_year(&line[i], &old[i]);
        }
        live(&renewed->person, self->lines, line, new);
        for (size_t i = 0; i < self->lines; i++) {
            relate(self, renewed, k, &old[i], &new[i], &value[i]);
        }
    }
    for (size_t i = 0; i < self->lines; i++) {
        fit_curve(&value[i], range_of(self, i), &curve[i]);
    }
}
