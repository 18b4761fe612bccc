/* What changed benefit terms make of a line's payments, over its levels. README.md, "Benefits". */
#ifndef BAOGAN_DEMAND_LINE_BENEFIT
#define BAOGAN_DEMAND_LINE_BENEFIT

#include "demand/benefit_curve.h"
#include "demand/line_levels.h"
#include "demand/year_payment.h"

#include <stdint.h>

/* A level of a line: its share of cases, and what a case is paid relative to the line's, of which the mean over
 * the cases is 1. */
typedef struct bg_level {
    double cases, cost;
    double fund_shift;             /* of the logit of the fund's share of the bill; 0: it stays */
    const bg_benefit_curve *curve; /* NULL: its terms are those in force in the last base year */
    const bg_benefit *renewed;     /* the terms of which the curve tells; NULL likewise */
    const bg_benefit_curve *uncut; /* the same with the cap in force; NULL: the cap is not lower */
} bg_level;

/* A line under one set of changes of its terms. */
typedef struct bg_line_benefit {
    size_t line;
    uint64_t active; /* the changes: bits as in bg_spell */
    size_t count;    /* of levels */
    bool cuts;       /* a cap that changes cuts something off at one of them */
    bg_level level[BG_MAX_LEVELS];
    const bg_year_curve *year; /* NULL: the terms of a person's year make no difference */
    double within;             /* squared coefficient of variation of a payment within a level */
    bg_severity severity;      /* of a payment or bill within a level */
    double patient_share; /* patients' payment / fund payment in the last base year; 0: not known */
    double
        price_share; /* the same, else by the terms in force; 0: no price that patients respond to */
} bg_line_benefit;

/* What the terms of a case make of its mean payment without terms of the year: the factor of the mean; the squared
 * coefficient of variation of a payment; what a lower cap cuts off, as a factor of the mean as well. */
typedef struct bg_case_payment {
    double ratio, variation, cut;
} bg_case_payment;

/* Factors of a payment of a level whose patients pay `patients` by the fund's payment for the same bill: with the
 * odds of the fund's share times exp(shift), they pay that divided by exp(shift). */
static inline double bg_fund_shift_factor(double patients, double shift)
{
    return patients > 0 ? (1 + patients) / (1 + patients * bg_exp(-shift)) : 1;
}

/* The same of a level, under changed terms and with another share of the bill. */
static inline bg_benefit_factors bg_level_factors(const bg_line_benefit *self, const bg_level *of,
                                                  double payment)
{
    bg_benefit_factors factors = {.ratio = 1, .variation = 1};
    if (of->curve) {
        factors = bg_benefit_curve_at(of->curve, payment);
    }
    if (of->fund_shift != 0 && factors.ratio > 0) {
        const double patients = (1 + self->patient_share) / factors.ratio - 1;
        factors.ratio *= bg_fund_shift_factor(patients, of->fund_shift);
    }
    return factors;
}

/* What a lower cap cuts off, as a factor of the payment. */
static inline double bg_level_cut(const bg_level *of, double payment)
{
    if (!of->uncut) {
        return 0;
    }
    const double ratio = of->curve ? bg_benefit_curve_at(of->curve, payment).ratio : 1;
    const double uncut = bg_benefit_curve_at(of->uncut, payment).ratio;
    return uncut > ratio ? uncut - ratio : 0;
}

static inline bg_case_payment bg_line_benefit_of_case(const bg_line_benefit *self, double payment)
{
    double ratio = 0, square = 0, variation = 1, cut = 0;
    for (size_t i = 0; i < self->count; i++) {
        const bg_level *of = &self->level[i];
        const bg_benefit_factors factors = bg_level_factors(self, of, payment * of->cost);
        cut += of->uncut ? of->cases * of->cost * bg_level_cut(of, payment * of->cost) : 0;
        const double paid = of->cost * factors.ratio;
        variation = self->within * factors.variation;
        ratio += of->cases * paid;
        square += of->cases * paid * paid * (1 + variation);
    }
    if (self->count > 1) {
        variation = ratio > 0 ? square / (ratio * ratio) - 1 : 1;
    }
    return (bg_case_payment){ratio, variation, cut};
}

/* Of the mean payment for a case under all terms in force: the factor of the mean; the squared coefficient of variation
 * of a payment; patients' payment by the new fund payment; what a lower cap cuts off, as a factor of the mean as well,
 * taken to be at most BG_CUT_MOST times what is paid; and what is taken off patients, by the fund or by more of an
 * insurer's payments, by the old one. */
#define BG_CUT_MOST 10.0
typedef struct bg_line_payment {
    double ratio, variation, patients, cut, covered;
} bg_line_payment;

static inline bg_line_payment bg_line_benefit_at(const bg_line_benefit *self, double payment)
{
    const bg_year_payment year = bg_year_curve_at(self->year, payment);
    const bg_case_payment of_case = bg_line_benefit_of_case(self, payment * year.before);
    const double ratio = of_case.ratio * year.kept + year.pool;
    /* The bill stays, and patients pay what is left of it; never less than nothing. */
    const double left = ratio > 0 ? (1 + self->patient_share - year.insurer) / ratio - 1 : 0;
    const bool known = self->patient_share > 0 && left > 0;
    const double cut = of_case.cut * year.kept, most = BG_CUT_MOST * ratio;
    return (bg_line_payment){.ratio = ratio,
                             .variation = of_case.variation,
                             .patients = known ? left : 0,
                             .cut = cut < most ? cut : most,
                             .covered = ratio + year.insurer};
}

#endif
