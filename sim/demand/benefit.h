/* Benefit terms: what the fund pays (基金支付) of the bill for one case (总费用), and the mean and variance of that
 * payment as functions of the mean bill. README.md, "Benefit terms".
 *
 * Money is in any one unit. Every figure has the same bits on every machine. */
#ifndef BAOGAN_DEMAND_BENEFIT
#define BAOGAN_DEMAND_BENEFIT

#include "demand/limited.h"

#include <stdbool.h>

enum {
    BG_ADMISSIONS = 3, /* a person's first and second of a year, and any later one */
    /* One that continues an admission elsewhere (双向转诊), which has paid the deductible. */
    BG_REFERRED = BG_ADMISSIONS,
    BG_PLACES, /* of an admission in a person's year: all of these */
    BG_BENEFIT_BANDS = 6
};

/* The terms of a line. Of the eligible bill (eligible share x bill) the fund pays, of what is above the
 * deductible (起付线), the rate (报销比例) of the band in which it lies: the rates of the parts are added up, as a
 * tax is. Bands are levels of the eligible bill itself, the deductible included. The whole is at most `cap`, so
 * much a visit or day. With shares and rates from 0 to 1 it is never more than the bill. */
typedef struct bg_benefit_terms {
    double eligible; /* share of the bill, 0 to 1 */
    double deductible[BG_ADMISSIONS];
    size_t bands;                  /* 1 to BG_BENEFIT_BANDS */
    double from[BG_BENEFIT_BANDS]; /* 0 first, rising */
    double rate[BG_BENEFIT_BANDS]; /* 0 to 1 */
    double cap;                    /* INFINITY where there is none */
    double referred;               /* share of the admissions that continue one elsewhere, 0 to 1 */
} bg_benefit_terms;

/* Whether all of them are the same. */
bool bg_benefit_same_terms(const bg_benefit_terms *a, const bg_benefit_terms *b);
/* Deductible and payment for a bill, by its place in the person's year: 0 for the first, 1, 2, and BG_REFERRED. */
double bg_benefit_deductible(const bg_benefit_terms *terms, size_t place);
double bg_benefit_payment(const bg_benefit_terms *terms, size_t place, double bill);

/* The shares of all admissions that are somebody's first, second and a later one, where a person's number is negative
 * binomial with this mean > 0 and size k > 0 (variance mean + mean^2 / k): P(N >= 1) / E N, P(N >= 2) / E N and
 * the rest. Each to 1e-15. */
void bg_admission_shares(double mean, double k, double share[BG_ADMISSIONS]);

/* Terms and bills worked out: the payment, averaged over the place in the year, is linear between limits of the bill,
 * and its square is quadratic. */
enum { BG_BENEFIT_LIMITS = 2 * BG_PLACES + BG_BENEFIT_BANDS };
typedef struct bg_benefit {
    bg_benefit_terms terms;
    double share[BG_PLACES]; /* of the admissions, by their place in the year */
    bg_limited bill;         /* about its mean */
    size_t limits;
    double limit[BG_BENEFIT_LIMITS]; /* rising, from 0 */
    /* From each limit on, with the distance x from it: the payment rises by slope x, its square by square x +
     * curve x^2. */
    double slope[BG_BENEFIT_LIMITS], square[BG_BENEFIT_LIMITS], curve[BG_BENEFIT_LIMITS];
    double most; /* mean payment of bills without end; INFINITY where there is no limit */
} bg_benefit;

/* Shares of the places in the year as of bg_admission_shares, of those that are not referred; {1} where the deductible
 * does not change. */
void bg_benefit_init(bg_benefit *self, const bg_benefit_terms *terms, const bg_limited *bill,
                     const double share[BG_ADMISSIONS]);

/* Of the payment for a case where the mean bill is `bill` > 0. A slope is a derivative by ln bill. */
typedef struct bg_benefit_moments {
    double mean, mean_slope;
    double square, square_slope; /* of the second moment about 0 */
} bg_benefit_moments;
/* The mean and its slope alone. */
bg_benefit_moments bg_benefit_mean(const bg_benefit *self, double bill);
bg_benefit_moments bg_benefit_moments_of(const bg_benefit *self, double bill);

typedef enum bg_benefit_found {
    BG_BENEFIT_FOUND,
    BG_BENEFIT_NOTHING, /* a mean of 0 or less: any bill that stays below the deductible has it */
    BG_BENEFIT_TOO_MUCH /* no bill pays that much: the mean is not below `most`, or is out of double's range */
} bg_benefit_found;

/* The mean bill for which the mean payment is `mean`, to a few units in the last place of what determines it.
 * `near`: a bill to start from, or 0. `bill` is written where it is found. */
bg_benefit_found bg_benefit_bill(const bg_benefit *self, double mean, double near, double *bill);

#endif
