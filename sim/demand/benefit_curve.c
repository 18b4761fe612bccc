#include "demand/benefit_curve.h"

#define REACHED 0.98 /* share of the most that is paid up to which knots go */

/* The ratios at a place of the curve, and their derivatives by the place. */
typedef struct knot {
    double mean[2], variance[2], bill[2];
} knot;

/* A value and its derivative by ln bill. */
typedef struct slope {
    double value, slope;
} slope;

static slope variance_of(bg_benefit_moments at)
{
    const double variance = at.square - at.mean * at.mean;
    return (slope){.value = variance > 0 ? variance : 0,
                   .slope = at.square_slope - 2 * at.mean * at.mean_slope};
}

/* `stretch` is the derivative of ln bill by the place. */
static void relate(slope new, slope old, double stretch, double ratio[2])
{
    ratio[0] = new.value / old.value;
    ratio[1] = (new.slope - ratio[0] * old.slope) / old.value * stretch;
}

static knot knot_of(bg_benefit_moments old, bg_benefit_moments new, double stretch)
{
    knot at;
    relate((slope){new.mean, new.mean_slope}, (slope){old.mean, old.mean_slope}, stretch, at.mean);
    relate(variance_of(new), variance_of(old), stretch, at.variance);
    return at;
}

static void fit(bg_curve_cubics *cubics, size_t i, const double from[2], const double to[2])
{
    const double rise = to[0] - from[0];
    cubics->term[0][i] = from[0];
    cubics->term[1][i] = from[1];
    cubics->term[2][i] = 3 * rise - 2 * from[1] - to[1];
    cubics->term[3][i] = from[1] + to[1] - 2 * rise;
}

/* ---- where the knots are ---- */

static double odds_of(double payment, double per_most)
{
    return payment / (1 - payment * per_most);
}

/* At a place counted in intervals. */
static double payment_at(const bg_benefit_curve *self, double place)
{
    const double odds = bg_exp(self->start + place / self->density);
    return odds / (1 + odds * self->per_most);
}

static void place_knots(bg_benefit_curve *self, double most, double lowest, double highest)
{
    const double reached = REACHED * most;
    self->lowest = lowest;
    self->highest = highest < reached ? highest : reached;
    self->per_most = 1 / most;
    self->start = bg_log(odds_of(lowest, self->per_most));
    self->density =
        BG_CURVE_INTERVALS / (bg_log(odds_of(self->highest, self->per_most)) - self->start);
}

bool bg_benefit_same(const bg_benefit *a, const bg_benefit *b)
{
    bool same = a->limits == b->limits && !(a->most < b->most) && !(a->most > b->most);
    for (size_t i = 0; i < a->limits && same; i++) {
        const double differences[] = {a->limit[i] - b->limit[i], a->slope[i] - b->slope[i],
                                      a->square[i] - b->square[i], a->curve[i] - b->curve[i]};
        for (size_t j = 0; j < sizeof differences / sizeof *differences; j++) {
            same = same && !(differences[j] < 0) && !(differences[j] > 0);
        }
    }
    return same;
}

static bg_benefit_found fill(bg_benefit_curve *self, const bg_benefit *in_force,
                             const bg_benefit *renewed)
{
    knot before = {{0}, {0}, {0}};
    double bill = 0, rise = 0;
    for (size_t i = 0; i <= BG_CURVE_INTERVALS; i++) {
        const double payment = payment_at(self, (double)i);
        const bg_benefit_found found =
            bg_benefit_bill(in_force, payment, bill * bg_exp(rise), &bill);
        if (found != BG_BENEFIT_FOUND) {
            return found;
        }
        const bg_benefit_moments old = bg_benefit_moments_of(in_force, bill);
        const double left = 1 - payment * self->per_most;
        rise = left * old.mean / (old.mean_slope * self->density);
        knot here = knot_of(old, bg_benefit_moments_of(renewed, bill), rise);
        here.bill[0] = bg_log(bill / payment);
        here.bill[1] = rise - left / self->density;
        if (i > 0) {
            fit(&self->mean, i - 1, before.mean, here.mean);
            fit(&self->variance, i - 1, before.variance, here.variance);
            fit(&self->bill, i - 1, before.bill, here.bill);
        }
        before = here;
    }
    return BG_BENEFIT_FOUND;
}

bg_benefit_found bg_benefit_curve_init(bg_benefit_curve *self, const bg_benefit *in_force,
                                       const bg_benefit *renewed, double lowest, double highest)
{
    *self = (bg_benefit_curve){.lowest = lowest, .highest = highest};
    if (bg_benefit_same(in_force, renewed)) {
        for (size_t i = 0; i < BG_CURVE_INTERVALS; i++) {
            self->mean.term[0][i] = self->variance.term[0][i] = 1;
        }
        return BG_BENEFIT_FOUND;
    }
    if (lowest >= REACHED * in_force->most) {
        return BG_BENEFIT_TOO_MUCH;
    }
    place_knots(self, in_force->most, lowest, highest);
    return fill(self, in_force, renewed);
}

double bg_benefit_curve_bill(const bg_benefit_curve *self, double payment)
{
    const bg_curve_place at = bg_benefit_curve_place(self, payment);
    return payment * bg_exp(bg_curve_cubic(&self->bill, at.interval, at.t));
}
