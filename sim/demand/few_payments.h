/* Payments under changed benefit terms: a few are drawn bill by bill, more together. README.md, "Benefits". */
#ifndef BAOGAN_DEMAND_FEW_PAYMENTS
#define BAOGAN_DEMAND_FEW_PAYMENTS

#include "demand/line_benefit.h"

#include <baogan/stream.h>

/* How an engine draws. */
typedef struct bg_case_sampler {
    double (*uniform)(bg_rng *rng); /* from 0 to below 1 */
    double (*severity)(const bg_severity *severity, bg_rng *rng);
    double (*gamma_total)(bg_rng *rng, uint64_t count, double variation);
} bg_case_sampler;

/* Bills of a level. */
typedef struct bg_level_bills {
    double until;            /* share of the cases that are of this level or one before */
    const bg_benefit *terms; /* NULL: payments, not bills, are drawn, by the terms in force */
    double mean;             /* of a bill; 1 without terms */
    double scale;            /* of what is paid, so that a payment of the line has the mean 1 */
} bg_level_bills;

/* The payments of a line in a future, whose changed terms and mean payment for a case under those in force are given.
 * Prepared when the first of them is drawn. */
typedef struct bg_few_payments {
    const bg_line_benefit *benefit;
    double payment;
    double variation; /* of a payment: bg_line_benefit_at */
    bool prepared;
    bg_level_bills level[BG_MAX_LEVELS];
} bg_few_payments;

/* `count` payments together, as a multiple of the mean of one under the changed terms. */
double bg_few_payments_total(bg_few_payments *self, const bg_case_sampler *by, bg_rng *rng,
                             uint64_t count);

#endif
