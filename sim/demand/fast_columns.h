/* The fast engine's loops over columns with one entry a future, and the formula of a month that they
 * share with the futures that are done one by one. README.md, "The fast engine".
 *
 * Columns that a function writes do not overlap any other of its columns. */
#ifndef BAOGAN_DEMAND_FAST_COLUMNS
#define BAOGAN_DEMAND_FAST_COLUMNS

#include "base/elementary.h"
#include "base/isa.h"
#include "demand/model.h"

/* A year's mean up to which every month is within BG_MONTH_LINE_MAX: its standard deviation is at most its
 * skewness times its mean, as for any sum of claims (K2^2 <= K1 K3), its skewness at most sqrt(0.08), and z
 * below 5.9, which comes to 3.2 times its mean. */
#define BG_FAST_MEAN_MAX (BG_MONTH_LINE_MAX / 4)

/* Weights that give two standard normals a and b a part in common with others and correlate them:
 * a' = common[0] A + own[0] a,  b' = shared a' + rest (common[1] B + own[1] b). */
typedef struct bg_fast_correlation {
    double common[2], own[2], shared, rest;
} bg_fast_correlation;

/* What emergencies make of the cases of a year. */
typedef struct bg_fast_effect {
    double *rise;     /* of all cases: 1 + rebound */
    double *excess;   /* an emergency's multiplier - 1; 0 where there is none */
    double *thinnest; /* least share of the year's cases that a month with any has */
} bg_fast_effect;

/* What a line adds to its group: in a month with the share s of its year's n cases of mean payment c
 * the cumulants
 *     second   n c^2 (second[0] s + second[1] n s^2)
 *     third    n c^3 (third[0] s + third[1] n s^2 + third[2] n^2 s^3)
 * of which the later terms are those of counts with a quadratic variance, 0 for others. */
typedef struct bg_fast_terms {
    double second[2], third[3];
    double
        enough; /* cases in the thinnest month from which on the group's normal stands for them */
    double patient_share;
    double exposure; /* to an emergency's multiplier */
} bg_fast_terms;

/* Sums over the lines of a group. */
typedef struct bg_fast_sums {
    double *mean;                 /* of a year's expense for cases */
    double *plain;                /* the same without rebound and multiplier */
    double *second[2], *third[3]; /* cumulants of a month by power of its share, from 1 */
    double *patients;             /* mean of what patients pay; then its share of mean */
    double *emergency;            /* of mean, what incidents that count as emergencies add */
} bg_fast_sums;

/* Noise of a group in a year. In a month with the share s of the year's cases the variance divided by
 * the squared mean is second[0] / s + second[1], the third cumulant divided by the cubed mean
 * third[0] / s^2 + third[1] / s + third[2]. Where the later terms are all 0 (linear), it takes only sd
 * and skewness, those of a month that had all cases. */
typedef struct bg_fast_noise {
    float *sd, *skewness;
    float *second[2], *third[3];
} bg_fast_noise;

/* Share of a year's cases that falls into a month. */
typedef struct bg_fast_month {
    double share;
    float inverse, inverse_root; /* 1 / share, 1 / sqrt(share); 0 where it is 0 */
} bg_fast_month;

typedef struct bg_fast_functions {
    void (*fill)(size_t n, double value, double *column);
    /* scaled = value scale */
    void (*scale)(size_t n, double value, const double *scale, double *scaled);
    /* people *= 1 + growth + sd z, z cut at BG_PEOPLE_CUT on either side. */
    void (*people)(size_t n, double growth, double sd, const double *z, double *people);
    void (*correlate)(size_t n, const bg_fast_correlation *terms, const double *common_a,
                      const double *common_b, double *a, double *b);
    /* sum += weight z */
    void (*combine)(size_t n, double weight, const double *z, double *sum);
    /* deviation = persistence deviation + volatility shock */
    void (*persist)(size_t n, double persistence, double volatility, const double *shock,
                    double *deviation);
    /* value = exp(centre + slope trend + deviation) */
    void (*value)(size_t n, double centre, double slope, const double *trend,
                  const double *deviation, double *value);
    /* value = scale exp(centre + slope trend + deviation) */
    void (*scaled_value)(size_t n, double centre, double slope, const double *trend,
                         const double *deviation, const double *scale, double *value);
    /* Adds a line to the sums where its thinnest month has cases enough; true where any has not.
     * `cases` receives what emergencies make of those that are expected. */
    bool (*gather)(size_t n, const bg_fast_terms *terms, const bg_fast_effect *effect,
                   const double *expected, const double *cost, double *cases,
                   const bg_fast_sums *sums);
    /* What the counts of that line add if their variance is quadratic; after gather. */
    void (*gather_quadratic)(size_t n, const bg_fast_terms *terms, const bg_fast_effect *effect,
                             const double *cases, const double *cost, const bg_fast_sums *sums);
    /* Noise, and patients as share of the mean; 0 where nothing is expected. False where a mean is
     * beyond BG_FAST_MEAN_MAX. */
    bool (*relate)(size_t n, const bg_fast_sums *sums, const bg_fast_noise *noise);
    bool (*relate_quadratic)(size_t n, const bg_fast_sums *sums, const bg_fast_noise *noise);
    /* Adds a month's payments, each at most BG_MONTH_LINE_MAX, to two columns. */
    void (*month)(size_t n, const bg_fast_month *month, const double *mean,
                  const bg_fast_noise *noise, const float *z, bg_fen *expense, bg_fen *care);
    void (*month_quadratic)(size_t n, const bg_fast_month *month, const double *mean,
                            const bg_fast_noise *noise, const float *z, bg_fen *expense,
                            bg_fen *care);
    void (*add)(size_t n, const bg_fen *care, bg_fen *sum);
    /* Adds what the multiplier of an emergency, where it is above 1, added to the payments of a year in
     * which nothing rebounds. False where they are 2^52 or more. */
    bool (*add_risen)(size_t n, const bg_fen *care, const bg_fast_sums *sums, const double *excess,
                      bg_fen *sum);
    /* Adds that share of the payments. False where one is beyond BG_MONTH_LINE_MAX, or they are 2^52 or
     * more. */
    bool (*add_share)(size_t n, const bg_fen *care, const double *share, bg_fen *sum);
} bg_fast_functions;

BG_ISA_TABLES(bg_fast_functions)

static inline bg_fast_month bg_fast_month_of(double share)
{
    return (bg_fast_month){
        .share = share,
        .inverse = share > 0 ? (float)(1 / share) : 0,
        .inverse_root = share > 0 ? (float)(1 / sqrt(share)) : 0,
    };
}

/* Of a month, relative to its mean. */
typedef struct bg_fast_spread {
    float sd, skewness;
} bg_fast_spread;

static inline bg_fast_spread bg_fast_spread_linear(const bg_fast_noise *noise, size_t i,
                                                   bg_fast_month month)
{
    return (bg_fast_spread){noise->sd[i] * month.inverse_root,
                            noise->skewness[i] * month.inverse_root};
}

static inline bg_fast_spread bg_fast_spread_quadratic(const bg_fast_noise *noise, size_t i,
                                                      bg_fast_month month)
{
    const float variance = noise->second[0][i] * month.inverse + noise->second[1][i];
    const float third = (noise->third[0][i] * month.inverse + noise->third[1][i]) * month.inverse +
                        noise->third[2][i];
    const float sd = sqrtf(variance);
    return (bg_fast_spread){sd, third / (variance * sd)};
}

/* A standard normal z as a gamma of that spread less its mean (Wilson and Hilferty 1931):
 * sd (2/g) ((1 + e)^3 - 1) for the skewness g and e = g z / 6 - g^2 / 36, without the division; -1 where
 * that is less or no number. */
static inline float bg_fast_deviation(bg_fast_spread spread, float z)
{
    const float h = spread.skewness * (1.0F / 6), d = z - h, e = h * d, scaled = spread.sd * d;
    const float deviation = scaled + scaled * (e + e * e * (1.0F / 3));
    return deviation > -1 ? deviation : -1;
}

/* Payments of a month, in fen. */
static inline double bg_fast_amount(double mean, bg_fast_month month, float deviation)
{
    const double expected = mean * month.share;
    return expected + expected * (double)deviation;
}

/* From 0 to BG_MONTH_LINE_MAX; halves to even. A sum with 2^52 is rounded to an integer and holds it in
 * its low bits. */
static inline bg_fen bg_fast_round(double amount)
{
    return (bg_fen)(bg_bits(amount + 0x1p52) - bg_bits(0x1p52));
}

#endif
