#include "demand/person_year.h"

#include "demand/lattice.h"

enum { INTERVALS = 256 }; /* of the finer of two lattices */

/* A lattice of so many intervals up to the top. */
typedef struct grid {
    size_t intervals;
    double top;
} grid;

static void clear(bg_lattice *lattice, grid on)
{
    bg_lattice_init(lattice, on.intervals + 2, on.top / (double)on.intervals);
}

/* Nothing for certain. */
static void start(bg_lattice *total, grid on)
{
    clear(total, on);
    total->mass[0] = 1;
}

/* ---- one case ---- */

/* The benefit of those admissions that are at one place in the year. */
static bg_benefit benefit_at(const bg_person_level *level, size_t admission)
{
    double share[BG_ADMISSIONS] = {0};
    bg_benefit benefit;
    share[admission] = 1;
    bg_benefit_init(&benefit, level->terms, level->bills, share);
    return benefit;
}

/* What is left of the eligible bill. */
static bg_benefit left_by(const bg_benefit *payment, const bg_benefit_terms *terms)
{
    bg_benefit left = *payment;
    for (size_t i = 0; i < left.limits; i++) {
        left.slope[i] = terms->eligible - payment->slope[i];
    }
    return left;
}

typedef enum payer { FUND, PATIENT } payer;

/* Of a case of that kind of care at one place in the year. */
static void case_of(const bg_person_care *care, size_t admission, payer who, grid on,
                    bg_lattice *payment)
{
    clear(payment, on);
    for (size_t i = 0; i < care->levels; i++) {
        const bg_person_level *level = &care->level[i];
        const bg_benefit fund = benefit_at(level, admission);
        const bg_benefit benefit = who == FUND ? fund : left_by(&fund, level->terms);
        bg_lattice_add_payment(payment, &benefit, level->bill, level->share);
    }
}

static bool deductible_changes(const bg_person_care *care)
{
    bool changes = false;
    for (size_t i = 0; i < care->levels; i++) {
        const double *deductible = care->level[i].terms->deductible;
        for (size_t n = 1; n < BG_ADMISSIONS; n++) {
            changes = changes || deductible[n] < deductible[0] || deductible[n] > deductible[0];
        }
    }
    return changes;
}

static void year_of(const bg_person_care *care, payer who, grid on, bg_lattice *year)
{
    bg_lattice payment[BG_ADMISSIONS];
    case_of(care, 0, who, on, &payment[0]);
    if (!deductible_changes(care)) {
        bg_lattice_compound(&payment[0], care->mean, care->k, year);
        return;
    }
    for (size_t n = 1; n < BG_ADMISSIONS; n++) {
        case_of(care, n, who, on, &payment[n]);
    }
    bg_lattice_compound_in_order(payment, care->mean, care->k, year);
}

/* ---- all kinds of care ---- */

static void add(bg_lattice *total, const bg_lattice *year)
{
    const bg_lattice before = *total;
    bg_lattice_sum(&before, year, total);
}

/* What the fund pays of all outpatient care of a person. */
static void outpatient_year(size_t cares, const bg_person_care *care, grid on, bg_lattice *total)
{
    start(total, on);
    for (size_t i = 0; i < cares; i++) {
        if (care[i].outpatient) {
            bg_lattice year;
            year_of(&care[i], FUND, on, &year);
            add(total, &year);
        }
    }
}

/* And of all care; `outpatient` is limited where there is a limit, else NULL. */
static void fund_year(size_t cares, const bg_person_care *care, double limit,
                      const bg_lattice *outpatient, grid on, bg_lattice *total)
{
    bg_lattice year;
    start(total, on);
    if (outpatient) {
        bg_lattice_limit(outpatient, limit, total->step, total);
    }
    for (size_t i = 0; i < cares; i++) {
        if (!(outpatient && care[i].outpatient)) {
            year_of(&care[i], FUND, on, &year);
            add(total, &year);
        }
    }
}

static void patient_year(size_t cares, const bg_person_care *care, grid on, bg_lattice *total)
{
    start(total, on);
    for (size_t i = 0; i < cares; i++) {
        if (care[i].catastrophic) {
            bg_lattice year;
            year_of(&care[i], PATIENT, on, &year);
            add(total, &year);
        }
    }
}

/* ---- catastrophic insurance ---- */

static double insured(const bg_person_terms *terms, double left)
{
    double paid = 0;
    for (size_t i = 0; i < terms->bands; i++) {
        const double end =
            i + 1 < terms->bands && terms->from[i + 1] < left ? terms->from[i + 1] : left;
        paid += end > terms->from[i] ? terms->rate[i] * (end - terms->from[i]) : 0;
    }
    return paid < terms->cap ? paid : terms->cap;
}

/* What is left to the patient when the cap is reached; INFINITY where it never is. */
static double insured_to(const bg_person_terms *terms)
{
    double paid = 0;
    for (size_t i = 0; i < terms->bands; i++) {
        const double end = i + 1 < terms->bands ? terms->from[i + 1] : (double)INFINITY;
        const double rate = terms->rate[i];
        if (rate > 0 && paid + rate * (end - terms->from[i]) >= terms->cap) {
            return terms->from[i] + (terms->cap - paid) / rate;
        }
        paid += rate > 0 ? rate * (end - terms->from[i]) : 0;
    }
    return INFINITY;
}

static double limited(const bg_lattice *year, double limit)
{
    return limit <= DBL_MAX ? bg_lattice_limited(year, limit) : year->mean;
}

/* E insured(L): layers of what is left, up to where the cap is reached. */
static double mean_insured(const bg_person_terms *terms, const bg_lattice *left)
{
    const double to = insured_to(terms);
    double mean = 0;
    for (size_t i = 0; i < terms->bands && terms->from[i] < to; i++) {
        const double next = i + 1 < terms->bands ? terms->from[i + 1] : (double)INFINITY;
        const double layer = limited(left, next < to ? next : to) - limited(left, terms->from[i]);
        mean += terms->rate[i] * layer;
    }
    return mean;
}

/* The largest amounts of a year, downwards: first the mean of those above the lattice. */
typedef struct descent {
    const bg_lattice *of;
    size_t point;
    double amount, mass;
} descent;

static descent from_the_top(const bg_lattice *year)
{
    const double top = (double)(year->points - 1) * year->step, noise = 1e-9;
    double sum = 0, mass = 0;
    for (size_t i = 0; i < year->points; i++) {
        sum += (double)i * year->step * year->mass[i];
        mass += year->mass[i];
    }
    const double above = (year->mean - sum) / (1 - mass);
    return (descent){.of = year,
                     .point = year->points,
                     .amount = 1 - mass > noise && above > top ? above : top,
                     .mass = 1 - mass > 0 ? 1 - mass : 0};
}

static void take(descent *self, double mass)
{
    self->mass -= mass;
    while (!(self->mass > 0) && self->point > 0) {
        self->point--;
        self->mass = self->of->mass[self->point];
        self->amount = (double)self->point * self->of->step;
    }
}

/* What the ceiling cuts off is left to the patient too: the patients of the highest payments are taken to be those to whom
 * most is left. */
static double mean_insured_beyond(const bg_person_terms *terms, const bg_lattice *paid,
                                  const bg_lattice *left)
{
    descent payments = from_the_top(paid), rests = from_the_top(left);
    double mean = 0;
    take(&payments, 0);
    take(&rests, 0);
    while (payments.amount > terms->ceiling && rests.mass > 0) {
        const double mass = payments.mass < rests.mass ? payments.mass : rests.mass;
        const double more = rests.amount + payments.amount - terms->ceiling;
        mean += mass * (insured(terms, more) - insured(terms, rests.amount));
        take(&payments, mass);
        take(&rests, mass);
    }
    return mean;
}

/* ---- the year ---- */

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double ratio(double part, double whole)
{
    return whole > 0 && part < whole ? part / whole : 1;
}

/* Without terms of the year. */
static double mean_paid(size_t cares, const bg_person_care *care)
{
    double sum = 0;
    for (size_t i = 0; i < cares; i++) {
        double share[BG_ADMISSIONS];
        bg_admission_shares(care[i].mean, care[i].k, share);
        for (size_t j = 0; j < care[i].levels; j++) {
            const bg_person_level *level = &care[i].level[j];
            bg_benefit benefit;
            bg_benefit_init(&benefit, level->terms, level->bills, share);
            sum += care[i].mean * level->share * bg_benefit_mean(&benefit, level->bill).mean;
        }
    }
    return sum;
}

static double most_finite(double a, double b)
{
    return b <= DBL_MAX && b > a ? b : a;
}

/* Room for the ceiling, for twice of it where what it cuts off matters, and for catastrophic insurance. */
static double lattice_top(const bg_person_terms *terms)
{
    double top = most_finite(0, terms->outpatient_limit);
    top = most_finite(top, terms->ceiling);
    if (terms->bands > 0) {
        top = most_finite(top, 2 * terms->ceiling);
        top = most_finite(top, terms->from[terms->bands - 1]);
        top = most_finite(top, insured_to(terms));
    }
    return top > 0 ? top : 1;
}

static void compute(bg_person_year *self, const bg_person_terms *terms, size_t cares,
                    const bg_person_care *care, size_t intervals)
{
    const double limit = terms->outpatient_limit;
    const bool limited = limit <= DBL_MAX, ceiling = terms->ceiling <= DBL_MAX;
    const grid on = {intervals, lattice_top(terms)};
    bg_lattice outpatient, paid, left;
    *self = (bg_person_year){.outpatient = 1, .ceiling = 1};
    if (limited) {
        outpatient_year(cares, care, (grid){intervals, limit}, &outpatient);
        self->outpatient = ratio(bg_lattice_limited(&outpatient, limit), outpatient.mean);
    }
    if (ceiling) {
        fund_year(cares, care, limit, limited ? &outpatient : NULL, on, &paid);
        self->ceiling = ratio(bg_lattice_limited(&paid, terms->ceiling), paid.mean);
    }
    if (terms->bands > 0) {
        patient_year(cares, care, on, &left);
        self->catastrophic = mean_insured(terms, &left);
        self->catastrophic += ceiling ? mean_insured_beyond(terms, &paid, &left) : 0;
    }
}

/* Without an error that falls with the square of the step (Richardson 1911). */
static double extrapolated(double fine, double coarse)
{
    return fine + (fine - coarse) / 3;
}

void bg_person_year_compute(bg_person_year *self, const bg_person_terms *terms, size_t cares,
                            const bg_person_care *care)
{
    bg_person_year fine, coarse;
    compute(&fine, terms, cares, care, INTERVALS);
    compute(&coarse, terms, cares, care, INTERVALS / 2);
    *self = (bg_person_year){
        .paid = mean_paid(cares, care),
        .outpatient = least(extrapolated(fine.outpatient, coarse.outpatient), 1),
        .ceiling = least(extrapolated(fine.ceiling, coarse.ceiling), 1),
        .catastrophic = extrapolated(fine.catastrophic, coarse.catastrophic),
    };
}
