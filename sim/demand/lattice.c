#include "demand/lattice.h"

void bg_lattice_init(bg_lattice *self, size_t points, double step)
{
    *self = (bg_lattice){.step = step, .points = points};
}

/* ---- one payment ---- */

/* Walks up the bills, from bend to bend of the payment and from point to point of the lattice. */
typedef struct walk {
    const bg_benefit *benefit;
    double unit;     /* the mean bill */
    size_t part;     /* between which bends */
    double at, paid; /* a bill, in units, and its payment */
    bg_split split;  /* there */
} walk;

/* Goes on to the payment `paid`, or for ever where no bill has it. E min(payment, paid) grows by the result. */
static double go_on(walk *self, double paid)
{
    const bg_benefit *of = self->benefit;
    double growth = 0;
    while (self->paid < paid && self->at <= DBL_MAX) {
        const bool last = self->part + 1 == of->limits;
        const double slope = of->slope[self->part] * self->unit;
        const double bend = last ? (double)INFINITY : of->limit[self->part + 1] / self->unit;
        const double enough = slope > 0 ? self->at + (paid - self->paid) / slope : (double)INFINITY;
        const double next = enough < bend ? enough : bend;
        bg_split split;
        bg_limited_split(&of->bill, next, 1, &split);
        growth += slope * bg_split_layer(self->at, &self->split, next, &split);
        self->part += enough < bend || last ? 0 : 1;
        self->paid =
            enough <= bend ? paid : self->paid + (slope > 0 ? slope * (next - self->at) : 0);
        self->at = next;
        self->split = split;
    }
    return growth;
}

/* The mass of a point is the second difference of E min(payment, u) over the step. */
void bg_lattice_add_payment(bg_lattice *self, const bg_benefit *benefit, double bill, double weight)
{
    walk along = {.benefit = benefit, .unit = bill};
    bg_limited_split(&benefit->bill, 0, 1, &along.split);
    double before = self->step;
    for (size_t i = 0; i < self->points; i++) {
        const double growth = go_on(&along, (double)(i + 1) * self->step);
        const double mass = (before - growth) / self->step;
        self->mass[i] += mass > 0 ? weight * mass : 0;
        before = growth;
    }
    self->mean += weight * bg_benefit_mean(benefit, bill).mean;
}

/* ---- sums ---- */

void bg_lattice_compound(const bg_lattice *payment, double mean, double k, bg_lattice *sum)
{
    const double odds = mean / k, a = odds / (1 + odds), b = (k - 1) * a;
    const double *f = payment->mass;
    const double scale = 1 / (1 - a * f[0]);
    bg_lattice_init(sum, payment->points, payment->step);
    sum->mean = mean * payment->mean;
    sum->mass[0] = bg_exp(-k * bg_log1p(odds * (1 - f[0])));
    for (size_t s = 1; s < sum->points; s++) {
        double plain = 0, weighted = 0;
        for (size_t y = 1; y <= s; y++) {
            const double product = f[y] * sum->mass[s - y];
            plain += product;
            weighted += (double)y * product;
        }
        sum->mass[s] = scale * (a * plain + b / (double)s * weighted);
    }
}

/* Probabilities of 0, 1, ... cases, of the last and any more together; returns how many there are. */
static size_t count_cases(double mean, double k, double probability[BG_LATTICE_CASES])
{
    const double negligible = 1e-12, odds = mean / k, a = odds / (1 + odds);
    double left = 1, next = bg_exp(-k * bg_log1p(odds));
    size_t n = 0;
    for (; n + 1 < BG_LATTICE_CASES && (n < BG_ADMISSIONS || left > negligible); n++) {
        probability[n] = next;
        left -= next;
        next *= a * (k + (double)n) / (double)(n + 1);
    }
    probability[n] = left > 0 ? left : 0;
    return n + 1;
}

/* By Horner's scheme: p0 + f1 (p1 + f2 (p2 + f3 (p3 + f3 (p4 + ...)))). */
void bg_lattice_compound_in_order(const bg_lattice payment[BG_ADMISSIONS], double mean, double k,
                                  bg_lattice *sum)
{
    double probability[BG_LATTICE_CASES], share[BG_ADMISSIONS];
    bg_lattice rest;
    bg_lattice_init(&rest, payment->points, payment->step);
    size_t n = count_cases(mean, k, probability) - 1;
    rest.mass[0] = probability[n];
    while (n-- > 0) {
        bg_lattice_sum(&payment[n < 2 ? n : 2], &rest, sum);
        sum->mass[0] += probability[n];
        rest = *sum;
    }
    bg_admission_shares(mean, k, share);
    sum->mean = 0;
    for (size_t i = 0; i < BG_ADMISSIONS; i++) {
        sum->mean += mean * share[i] * payment[i].mean;
    }
}

void bg_lattice_sum(const bg_lattice *a, const bg_lattice *b, bg_lattice *sum)
{
    bg_lattice_init(sum, a->points, a->step);
    sum->mean = a->mean + b->mean;
    for (size_t x = 0; x < sum->points; x++) {
        for (size_t y = 0; a->mass[x] > 0 && x + y < sum->points; y++) {
            sum->mass[x + y] += a->mass[x] * b->mass[y];
        }
    }
}

/* ---- limits ---- */

static void put(bg_lattice *self, double amount, double mass)
{
    const double place = amount / self->step;
    if (place >= (double)self->points) {
        return;
    }
    const size_t below = (size_t)place;
    const double above = place - (double)below;
    self->mass[below] += mass * (1 - above);
    if (above > 0 && below + 1 < self->points) {
        self->mass[below + 1] += mass * above;
    }
}

void bg_lattice_limit(const bg_lattice *self, double limit, double step, bg_lattice *limited)
{
    double left = 1;
    bg_lattice_init(limited, self->points, step);
    limited->mean = bg_lattice_limited(self, limit);
    for (size_t i = 0; i < self->points && (double)i * self->step < limit; i++) {
        put(limited, (double)i * self->step, self->mass[i]);
        left -= self->mass[i];
    }
    put(limited, limit, left);
}

/* Below a limit that is a point i the mean is exact for the masses there. From point to point it bends by -mass[i]
 * step at every point, so that a parabola lies above the chord by half of this times t (1 - t). */
double bg_lattice_limited(const bg_lattice *self, double limit)
{
    const double place = limit / self->step;
    const size_t below = (size_t)place;
    const double t = place - (double)below;
    double short_of = 0;
    for (size_t i = 0; i <= below; i++) {
        short_of += (limit - (double)i * self->step) * self->mass[i];
    }
    const double bend = (1 - t) * self->mass[below] + t * self->mass[below + 1];
    return limit - short_of + t * (1 - t) / 2 * self->step * bend;
}
