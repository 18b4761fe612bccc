/* What changed terms of a person's year make of the payment for a case; year_curve.h makes the curves. */
#ifndef BAOGAN_DEMAND_YEAR_PAYMENT
#define BAOGAN_DEMAND_YEAR_PAYMENT

#include "base/elementary.h"

#include <stddef.h>

enum { BG_YEAR_INTERVALS = 12, BG_YEAR_KNOTS = BG_YEAR_INTERVALS + 1 };

/* In t from 0 to 1 across an interval: the sum of term[j] t^j. */
typedef struct bg_year_cubics {
    double term[4][BG_YEAR_INTERVALS];
} bg_year_cubics;

typedef struct bg_year_curve {
    size_t knots;              /* in use: at least 4 */
    double log[BG_YEAR_KNOTS]; /* of the payments there, rising */
    bg_year_cubics place;      /* the same between them */
    bg_year_cubics before, kept, pool, insurer;
} bg_year_curve;

/* By the payment under all terms in force: what the terms of a case alone pay of the same bill; the factor of what the
 * terms of a case pay; what the pool pays as catastrophic insurance; and how much more an insurer pays. */
typedef struct bg_year_payment {
    double before, kept, pool, insurer;
} bg_year_payment;

static inline double bg_year_cubic(const bg_year_cubics *cubics, size_t i, double t)
{
    return (cubics->term[0][i] + t * cubics->term[1][i]) +
           t * t * (cubics->term[2][i] + t * cubics->term[3][i]);
}

/* Where the logarithm of a payment lies in its interval: Newton's method on a cubic that is nearly straight. */
static inline double bg_year_place(const bg_year_curve *self, size_t i, double log)
{
    const double(*term)[BG_YEAR_INTERVALS] = self->place.term;
    const double rise = self->log[i + 1] - self->log[i], least = rise / 8;
    double t = (log - self->log[i]) / rise;
    for (int step = 0; step < 4; step++) {
        const double within = t < 0 ? 0 : t;
        t = within < 1 ? within : 1;
        const double slope = term[1][i] + t * (2 * term[2][i] + t * 3 * term[3][i]);
        t -= (bg_year_cubic(&self->place, i, t) - log) / (slope > least ? slope : least);
    }
    const double within = t < 0 ? 0 : t;
    return within < 1 ? within : 1;
}

/* For any payment >= 0. NULL: the terms are those in force, and nothing changes, exactly. */
static inline bg_year_payment bg_year_curve_at(const bg_year_curve *self, double payment)
{
    if (!self) {
        return (bg_year_payment){.before = 1, .kept = 1};
    }
    const double some = payment > 0x1p-900 ? payment : 0x1p-900;
    const double log = bg_log_positive(some < 0x1p900 ? some : 0x1p900);
    size_t i = 0;
    for (size_t k = 1; k + 1 < self->knots; k++) {
        i += log >= self->log[k];
    }
    const double t = bg_year_place(self, i, log);
    return (bg_year_payment){.before = bg_year_cubic(&self->before, i, t),
                             .kept = bg_year_cubic(&self->kept, i, t),
                             .pool = bg_year_cubic(&self->pool, i, t),
                             .insurer = bg_year_cubic(&self->insurer, i, t)};
}

#endif
