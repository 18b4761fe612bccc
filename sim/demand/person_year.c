#include "demand/person_year.h"

#include "demand/lattice.h"

enum {
    INTERVALS = 128,     /* of the finer of two lattices */
    WIDE_INTERVALS = 256 /* of one that is twice as wide */
};

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

typedef struct persons {
    const bg_person_terms *terms;
    size_t cares;
    const bg_person_care *care;
} persons;

/* Puts a person's year on a lattice. */
typedef void year_builder(const persons *of, grid on, bg_lattice *total);

static void add(bg_lattice *total, const bg_lattice *year)
{
    const bg_lattice before = *total;
    bg_lattice_sum(&before, year, total);
}

static void add_outpatient(const persons *of, bool of_ceiling, grid on, bg_lattice *total)
{
    start(total, on);
    for (size_t i = 0; i < of->cares; i++) {
        if (of->care[i].outpatient && !(of_ceiling && of->care[i].beyond_ceiling)) {
            bg_lattice year;
            year_of(&of->care[i], FUND, on, &year);
            add(total, &year);
        }
    }
}

/* What the fund pays of outpatient care, without limit. */
static void outpatient_year(const persons *of, grid on, bg_lattice *total)
{
    add_outpatient(of, false, on, total);
}

/* What it pays of all care that is under the ceiling, without that. */
static void fund_year(const persons *of, grid on, bg_lattice *total)
{
    const double limit = of->terms->outpatient_limit;
    bg_lattice year;
    start(total, on);
    if (limit > 0) {
        add_outpatient(of, true, limit <= DBL_MAX ? (grid){on.intervals, limit} : on, &year);
        if (limit <= DBL_MAX) {
            bg_lattice_limit(&year, limit, total->step, total);
        } else {
            *total = year;
        }
    }
    for (size_t i = 0; i < of->cares; i++) {
        if (!of->care[i].outpatient && !of->care[i].beyond_ceiling) {
            year_of(&of->care[i], FUND, on, &year);
            add(total, &year);
        }
    }
}

/* What is left of the eligible bills that count for catastrophic insurance. */
static void patient_year(const persons *of, grid on, bg_lattice *total)
{
    start(total, on);
    for (size_t i = 0; i < of->cares; i++) {
        if (of->care[i].catastrophic) {
            bg_lattice year;
            year_of(&of->care[i], PATIENT, on, &year);
            add(total, &year);
        }
    }
}

/* ---- limits ---- */

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

/* E min(S, limit) / E S on one lattice that ends at the limit. */
static double share_on(const persons *of, year_builder *build, grid on)
{
    bg_lattice total;
    build(of, on, &total);
    return total.mean > 0 ? bg_lattice_limited(&total, on.top) / total.mean : 1;
}

/* The same without the part of the error that falls with the square of the step (Richardson 1911). */
static double share_below(const persons *of, year_builder *build, double limit)
{
    if (!(limit > 0) || limit > DBL_MAX) {
        return limit > 0 ? 1 : 0;
    }
    const double fine = share_on(of, build, (grid){INTERVALS, limit});
    const double coarse = share_on(of, build, (grid){INTERVALS / 2, limit});
    return most(0, least(1, fine + (fine - coarse) / 3));
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

/* E insured(L): layers of what is left, up to where the cap is reached. */
static double mean_insured(const persons *of, double mean_left)
{
    const bg_person_terms *terms = of->terms;
    const double to = insured_to(terms);
    double mean = 0, below = terms->bands > 0 ? share_below(of, patient_year, terms->from[0]) : 0;
    for (size_t i = 0; i < terms->bands && terms->from[i] < to; i++) {
        const double next = i + 1 < terms->bands ? terms->from[i + 1] : (double)INFINITY;
        const double share = share_below(of, patient_year, least(next, to));
        mean += terms->rate[i] * mean_left * most(0, share - below);
        below = share;
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

static double most_finite(double a, double b)
{
    return b <= DBL_MAX ? most(a, b) : a;
}

/* What the ceiling cuts off is left to the patient too: the patients of the highest payments are taken to be those to
 * whom most is left. */
static double mean_insured_beyond(const persons *of)
{
    const bg_person_terms *terms = of->terms;
    const double insured_up_to = most_finite(terms->from[terms->bands - 1], insured_to(terms));
    bg_lattice paid, left;
    fund_year(of, (grid){WIDE_INTERVALS, 2 * terms->ceiling}, &paid);
    patient_year(of, (grid){WIDE_INTERVALS, most(insured_up_to, terms->ceiling)}, &left);
    descent payments = from_the_top(&paid), rests = from_the_top(&left);
    double mean = 0;
    take(&payments, 0);
    take(&rests, 0);
    while (payments.amount > terms->ceiling && rests.mass > 0) {
        const double mass = least(payments.mass, rests.mass);
        const double more = rests.amount + payments.amount - terms->ceiling;
        mean += mass * (insured(terms, more) - insured(terms, rests.amount));
        take(&payments, mass);
        take(&rests, mass);
    }
    return mean;
}

/* ---- the year ---- */

/* Of the payments for cases, without terms of the year, and of what is left of the bills that count. */
typedef struct means {
    double paid, left;
} means;

static means means_of(const persons *of)
{
    means sum = {0};
    for (size_t i = 0; i < of->cares; i++) {
        const bg_person_care *care = &of->care[i];
        double share[BG_ADMISSIONS];
        bg_admission_shares(care->mean, care->k, share);
        for (size_t j = 0; j < care->levels; j++) {
            const bg_person_level *level = &care->level[j];
            bg_benefit benefit;
            bg_benefit_init(&benefit, level->terms, level->bills, share);
            const double cases = care->mean * level->share;
            const double paid = bg_benefit_mean(&benefit, level->bill).mean;
            sum.paid += cases * paid;
            sum.left +=
                care->catastrophic ? cases * (level->terms->eligible * level->bill - paid) : 0;
        }
    }
    return sum;
}

void bg_person_year_compute(bg_person_year *self, const bg_person_terms *terms, size_t cares,
                            const bg_person_care *care)
{
    const persons of = {terms, cares, care};
    const means without = means_of(&of);
    const bool cut = terms->bands > 0 && terms->ceiling > 0 && terms->ceiling <= DBL_MAX;
    *self = (bg_person_year){
        .paid = without.paid,
        .outpatient = share_below(&of, outpatient_year, terms->outpatient_limit),
        .ceiling = share_below(&of, fund_year, terms->ceiling),
        .catastrophic = mean_insured(&of, without.left) + (cut ? mean_insured_beyond(&of) : 0),
    };
}
