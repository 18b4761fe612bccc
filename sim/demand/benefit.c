#include "demand/benefit.h"

#include <stdbool.h>

bool bg_benefit_same_terms(const bg_benefit_terms *a, const bg_benefit_terms *b)
{
    bool same = a->eligible == b->eligible && a->bands == b->bands && a->cap == b->cap &&
                a->referred == b->referred;
    for (size_t i = 0; i < BG_ADMISSIONS; i++) {
        same = same && a->deductible[i] == b->deductible[i];
    }
    for (size_t i = 0; same && i < a->bands; i++) {
        same = a->from[i] == b->from[i] && a->rate[i] == b->rate[i];
    }
    return same;
}

/* ---- one bill ---- */

static double least(double a, double b)
{
    return a < b ? a : b;
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

/* Where a band ends, as an eligible bill. */
static double band_end(const bg_benefit_terms *terms, size_t band)
{
    return band + 1 < terms->bands ? terms->from[band + 1] : (double)INFINITY;
}

double bg_benefit_deductible(const bg_benefit_terms *terms, size_t place)
{
    return place == BG_REFERRED ? 0 : terms->deductible[place];
}

double bg_benefit_payment(const bg_benefit_terms *terms, size_t place, double bill)
{
    const double eligible = terms->eligible * bill;
    const double deductible = bg_benefit_deductible(terms, place);
    double paid = 0;
    for (size_t i = 0; i < terms->bands; i++) {
        const double start = most(terms->from[i], deductible);
        const double end = least(band_end(terms, i), eligible);
        paid += end > start ? terms->rate[i] * (end - start) : 0;
    }
    return least(paid, terms->cap);
}

/* ---- a person's admissions ---- */

/* P(N >= 1) = 1 - (1 + m/k)^-k and P(N >= 2) = P(N >= 1) - m (1 + m/k)^(-k-1). */
void bg_admission_shares(double mean, double k, double share[BG_ADMISSIONS])
{
    const double log = bg_log1p(mean / k);
    share[0] = -bg_expm1(-k * log) / mean;
    share[1] = most(0, share[0] - bg_exp(-(k + 1) * log));
    share[2] = most(0, 1 - share[0] - share[1]);
}

/* ---- the limits between which the mean payment is linear ---- */

static void add_limit(bg_benefit *self, double bill)
{
    size_t place = self->limits;
    while (place > 0 && self->limit[place - 1] > bill) {
        place--;
    }
    if (bill > DBL_MAX || (place > 0 && self->limit[place - 1] == bill)) {
        return;
    }
    for (size_t i = self->limits; i > place; i--) {
        self->limit[i] = self->limit[i - 1];
    }
    self->limit[place] = bill;
    self->limits++;
}

/* The eligible bill at which the cap is reached. */
static double capped_from(const bg_benefit_terms *terms, size_t place)
{
    const double deductible = bg_benefit_deductible(terms, place);
    double paid = 0;
    for (size_t i = 0; i < terms->bands; i++) {
        const double start = most(terms->from[i], deductible);
        const double end = band_end(terms, i);
        const double rate = end > start ? terms->rate[i] : 0;
        if (rate > 0 && paid + rate * (end - start) >= terms->cap) {
            return start + (terms->cap - paid) / rate;
        }
        paid += rate > 0 ? rate * (end - start) : 0;
    }
    return INFINITY;
}

static void find_limits(bg_benefit *self, const bg_benefit_terms *terms)
{
    for (size_t n = 0; n < BG_PLACES; n++) {
        if (self->share[n] > 0) {
            add_limit(self, bg_benefit_deductible(terms, n) / terms->eligible);
            add_limit(self, capped_from(terms, n) / terms->eligible);
        }
    }
    for (size_t i = 0; i < terms->bands; i++) {
        add_limit(self, terms->from[i] / terms->eligible);
    }
}

/* What a bill pays for one yuan more. */
static double rate_at(const bg_benefit_terms *terms, size_t place, double bill)
{
    const double eligible = terms->eligible * bill;
    size_t band = terms->bands - 1;
    while (band > 0 && terms->from[band] > eligible) {
        band--;
    }
    const bool pays = eligible > bg_benefit_deductible(terms, place) &&
                      bg_benefit_payment(terms, place, bill) < terms->cap;
    return pays ? terms->eligible * terms->rate[band] : 0;
}

static void find_slopes(bg_benefit *self, const bg_benefit_terms *terms, size_t i)
{
    const double start = self->limit[i];
    const double inside = i + 1 < self->limits ? (start + self->limit[i + 1]) / 2 : 2 * start + 1;
    for (size_t n = 0; n < BG_PLACES; n++) {
        const double paid = bg_benefit_payment(terms, n, start);
        const double slope = rate_at(terms, n, inside), share = self->share[n];
        self->slope[i] += share * slope;
        self->square[i] += share * 2 * paid * slope;
        self->curve[i] += share * slope * slope;
    }
}

/* Bills of nothing pay nothing, however high the others. */
static double most_paid(const bg_benefit *self, const bg_benefit_terms *terms)
{
    const size_t last = self->limits - 1;
    double paid = 0;
    for (size_t n = 0; n < BG_PLACES; n++) {
        paid += self->share[n] * bg_benefit_payment(terms, n, self->limit[last]);
    }
    return self->slope[last] > 0 ? (double)INFINITY : paid * (1 - self->bill.zero);
}

/* Those that are referred are nobody's first, second or later. */
static void find_shares(bg_benefit *self, double referred, const double share[BG_ADMISSIONS])
{
    for (size_t n = 0; n < BG_ADMISSIONS; n++) {
        self->share[n] = (1 - referred) * share[n];
    }
    self->share[BG_REFERRED] = referred;
}

void bg_benefit_init(bg_benefit *self, const bg_benefit_terms *terms, const bg_limited *bill,
                     const double share[BG_ADMISSIONS])
{
    *self = (bg_benefit){.terms = *terms, .bill = *bill};
    find_shares(self, terms->referred, share);
    if (terms->eligible > 0) {
        find_limits(self, terms);
    } else {
        add_limit(self, 0);
    }
    for (size_t i = 0; i < self->limits; i++) {
        find_slopes(self, terms, i);
    }
    self->most = most_paid(self, terms);
}

/* ---- moments ---- */

/* The first limit is 0, the end of the last part infinite. */
static bg_benefit_moments moments(const bg_benefit *self, double bill, int order)
{
    bg_benefit_moments sum = {0};
    bg_split here, next;
    bg_limited_split(&self->bill, 0, order, &here);
    double from = 0;
    for (size_t i = 0; i < self->limits; i++, here = next) {
        const double to = i + 1 < self->limits ? self->limit[i + 1] / bill : (double)INFINITY;
        bg_limited_split(&self->bill, to, order, &next);
        const double between = bg_split_between(&here, &next, 1) * bill;
        const double layer = bg_split_layer(from, &here, to, &next) * bill;
        sum.mean += self->slope[i] * layer;
        sum.mean_slope += self->slope[i] * between;
        if (order > 1) {
            const double squares = bg_split_between(&here, &next, 2) * bill * bill;
            sum.square +=
                self->square[i] * layer +
                self->curve[i] * bill * bill * bg_split_layer_squared(from, &here, to, &next);
            sum.square_slope += self->square[i] * between +
                                2 * self->curve[i] * (squares - self->limit[i] * between);
        }
        from = to;
    }
    return sum;
}

bg_benefit_moments bg_benefit_mean(const bg_benefit *self, double bill)
{
    return moments(self, bill, 1);
}

bg_benefit_moments bg_benefit_moments_of(const bg_benefit *self, double bill)
{
    return moments(self, bill, 2);
}

/* ---- the bill of a payment ---- */

/* Two bills with the one that is sought between them; `high` is infinite until one is known. */
typedef struct bracket {
    double low, high;
} bracket;

static double steepest(const bg_benefit *self)
{
    double slope = 0;
    for (size_t i = 0; i < self->limits; i++) {
        slope = most(slope, self->slope[i]);
    }
    return slope;
}

static double middle(bracket between)
{
    return between.high <= DBL_MAX ? sqrt(between.low) * sqrt(between.high) : 4 * between.low;
}

/* Newton's step for ln mean in ln bill; 0 where it leaves the bracket or there is none. */
static double newton(double bill, bg_benefit_moments at, double mean, bracket between)
{
    if (!(at.mean > 0)) {
        return 0;
    }
    const double step = bg_log(at.mean / mean) * at.mean / at.mean_slope;
    const double next = bill * bg_exp(-step);
    return next >= between.low && next <= least(between.high, DBL_MAX) ? next : 0;
}

/* The lower end to begin with: a payment is at most the steepest slope times the bill. A step of Newton's method squares
 * the error, so that after a small one there is nothing left to gain. */
bg_benefit_found bg_benefit_bill(const bg_benefit *self, double mean, double near, double *bill)
{
    enum { STEPS = 2000 };
    const double close = 0x1p-51, small = 0x1p-30;
    if (!(mean > 0)) {
        return BG_BENEFIT_NOTHING;
    }
    if (mean >= self->most) {
        return BG_BENEFIT_TOO_MUCH;
    }
    bracket between = {.low = mean / steepest(self), .high = INFINITY};
    double at = most(near, between.low);
    bool found = false;
    for (int i = 0; i < STEPS && !found && at <= DBL_MAX; i++) {
        const bg_benefit_moments here = bg_benefit_mean(self, at);
        between.low = here.mean < mean ? at : between.low;
        between.high = here.mean < mean ? between.high : at;
        const double next = newton(at, here, mean, between);
        found = (next - at <= small * at && at - next <= small * at) ||
                between.high - between.low <= close * between.low;
        at = next > 0 ? next : middle(between);
    }
    if (at > DBL_MAX) {
        return BG_BENEFIT_TOO_MUCH;
    }
    *bill = at;
    return BG_BENEFIT_FOUND;
}
