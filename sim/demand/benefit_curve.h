/* What other benefit terms make of the mean payment for a case, tabulated once for many futures. README.md, "Benefit
 * terms".
 *
 * A future's payment c is that under the terms in force in the last base year. Its mean bill B is the inverse of the
 * curve in force; under the new terms the mean payment is c times E p_new / E p_in_force at B, and the squared
 * coefficient of variation of a payment that of the line times cv2_new / cv2_in_force. The ratios of means and of
 * variances are cubics between knots (Hermite's, with the exact derivatives), the knots at equal distances of
 * ln(c / (1 - c / most)), `most` being the mean payment in force that no bill exceeds (of ln c where there is none).
 * Every figure has the same bits on every machine. */
#ifndef BAOGAN_DEMAND_BENEFIT_CURVE
#define BAOGAN_DEMAND_BENEFIT_CURVE

#include "demand/benefit.h"

#include <stdbool.h>
#include <stddef.h>

enum { BG_CURVE_INTERVALS = 35 };

/* In t from 0 to 1 across an interval: the sum of term[j] t^j. */
typedef struct bg_curve_cubics {
    double term[4][BG_CURVE_INTERVALS];
} bg_curve_cubics;

typedef struct bg_benefit_curve {
    double per_most;        /* 1 / most */
    double start, density;  /* where the knots begin, and how many there are to 1 */
    double lowest, highest; /* mean payments from the first knot to the last */
    bg_curve_cubics mean, variance;
    bg_curve_cubics bill; /* logarithm of mean bill / mean payment in force */
} bg_benefit_curve;

/* For payments from `lowest` > 0 to `highest` > lowest, but not beyond 98 % of the most that the terms in
 * force pay; below and beyond, the factors are those at the ends. BG_BENEFIT_TOO_MUCH where no bill has the lowest
 * payment; then nothing is said of the curve. Where both terms are the same, all factors are exactly 1, whatever the
 * payments. Both are of the same bills. */
bg_benefit_found bg_benefit_curve_init(bg_benefit_curve *self, const bg_benefit *in_force,
                                       const bg_benefit *renewed, double lowest, double highest);

/* Factors of the mean payment and of its squared coefficient of variation, 0 and 1 where nothing is paid or
 * less than a millionth of what was. The second
 * is never 0, however close to a cap all payments are. */
#define BG_CURVE_NOTHING 0x1p-20
#define BG_CURVE_LEAST   0x1p-40
typedef struct bg_benefit_factors {
    double ratio, variation;
} bg_benefit_factors;

static inline double bg_curve_cubic(const bg_curve_cubics *cubics, int i, double t)
{
    return (cubics->term[0][i] + t * cubics->term[1][i]) +
           t * t * (cubics->term[2][i] + t * cubics->term[3][i]);
}

/* An interval of the curve, and how far across it. */
typedef struct bg_curve_place {
    int interval;
    double t;
} bg_curve_place;

/* For any mean payment >= 0, infinite too. Without branches, so that a loop over it is vectorised. */
static inline bg_curve_place bg_benefit_curve_place(const bg_benefit_curve *self, double payment)
{
    const double left = 1 - payment * self->per_most;
    const double odds = payment / (left > 0x1p-20 ? left : 0x1p-20);
    const double place = (bg_log_positive(odds) - self->start) * self->density;
    const double above = place > 0 ? place : 0;
    const double within = above < BG_CURVE_INTERVALS ? above : BG_CURVE_INTERVALS;
    const int last = BG_CURVE_INTERVALS - 1;
    const int interval = within < last ? (int)within : last;
    return (bg_curve_place){.interval = interval, .t = within - interval};
}

static inline bg_benefit_factors bg_benefit_curve_at(const bg_benefit_curve *self, double payment)
{
    const bg_curve_place at = bg_benefit_curve_place(self, payment);
    const double ratio = bg_curve_cubic(&self->mean, at.interval, at.t);
    const double variance = bg_curve_cubic(&self->variance, at.interval, at.t);
    const bool paid = ratio > BG_CURVE_NOTHING;
    const double variation = variance / (paid ? ratio * ratio : 1);
    const double positive = variation > BG_CURVE_LEAST ? variation : BG_CURVE_LEAST;
    return (bg_benefit_factors){.ratio = paid ? ratio : 0, .variation = paid ? positive : 1};
}

/* The mean bill of a mean payment in force > 0, where the terms are not the same; beyond the ends of the curve a
 * multiple of the payment as at the end. */
double bg_benefit_curve_bill(const bg_benefit_curve *self, double payment);

/* Whether both pay the same of every bill: then the curve is 1 and knows no bills. */
bool bg_benefit_same(const bg_benefit *a, const bg_benefit *b);

#endif
