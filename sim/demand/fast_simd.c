#include "base/elementary.h"
#include "demand/fast_columns.h"

/* Long formulas are computed in steps, each a loop of its own, for so many entries at a time that what is
 * between two steps stays in the first cache. In one loop each entry would be a long chain of operations
 * that wait for one another, and a processor looks ahead at too few of them (tests/bench/README.md). */
enum { CHUNK = 128 };

static inline size_t within_chunk(size_t n)
{
    return n < CHUNK ? n : CHUNK;
}

/* ---- factors of a year ---- */

static void fill(size_t n, double value, double *restrict column)
{
    for (size_t i = 0; i < n; i++) {
        column[i] = value;
    }
}

static void scale(size_t n, double value, const double *restrict scale, double *restrict scaled)
{
    for (size_t i = 0; i < n; i++) {
        scaled[i] = value * scale[i];
    }
}

static void people(size_t n, double growth, double sd, const double *restrict z,
                   double *restrict people)
{
    for (size_t i = 0; i < n; i++) {
        const double above = z[i] > -BG_PEOPLE_CUT ? z[i] : -BG_PEOPLE_CUT;
        const double cut = above < BG_PEOPLE_CUT ? above : BG_PEOPLE_CUT;
        people[i] *= 1 + growth + sd * cut;
    }
}

static void correlate(size_t n, const bg_fast_correlation *terms, const double *restrict common_a,
                      const double *restrict common_b, double *restrict a, double *restrict b)
{
    const bg_fast_correlation to = *terms;
    for (size_t i = 0; i < n; i++) {
        const double first = to.common[0] * common_a[i] + to.own[0] * a[i];
        const double second = to.common[1] * common_b[i] + to.own[1] * b[i];
        a[i] = first;
        b[i] = to.shared * first + to.rest * second;
    }
}

static void combine(size_t n, double weight, const double *restrict z, double *restrict sum)
{
    for (size_t i = 0; i < n; i++) {
        sum[i] += weight * z[i];
    }
}

static void persist(size_t n, double persistence, double volatility, const double *restrict shock,
                    double *restrict deviation)
{
    for (size_t i = 0; i < n; i++) {
        deviation[i] = persistence * deviation[i] + volatility * shock[i];
    }
}

static inline void exponentials(size_t n, double centre, double slope, const double *restrict trend,
                                const double *restrict deviation, const double *restrict scale,
                                double *restrict value)
{
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = within_chunk(n - start);
        const double *restrict of_trend = trend + start, *restrict around = deviation + start;
        double *restrict to = value + start;
        double r[CHUNK];
        uint64_t power[CHUNK];
        for (size_t i = 0; i < count; i++) {
            to[i] = centre + slope * of_trend[i] + around[i];
            const bg_exp_parts parts = bg_exp_reduce(to[i]);
            r[i] = parts.r;
            power[i] = parts.power;
        }
        for (size_t i = 0; i < count; i++) {
            r[i] = 1 + bg_exp_reduced(r[i]);
        }
        for (size_t i = 0; i < count; i++) {
            const double exponential = bg_exp_scale(to[i], r[i], power[i]);
            to[i] = scale ? exponential * scale[start + i] : exponential;
        }
    }
}

static void value(size_t n, double centre, double slope, const double *trend,
                  const double *deviation, double *value)
{
    exponentials(n, centre, slope, trend, deviation, NULL, value);
}

static void scaled_value(size_t n, double centre, double slope, const double *trend,
                         const double *deviation, const double *scale, double *value)
{
    exponentials(n, centre, slope, trend, deviation, scale, value);
}

/* ---- cumulants of a group ---- */

static bool gather(size_t n, const bg_fast_terms *terms, const bg_fast_effect *effect,
                   const double *restrict expected, const double *restrict cost,
                   double *restrict cases, const bg_fast_sums *sums)
{
    const bg_fast_terms by = *terms;
    const double *restrict rise = effect->rise, *restrict excess = effect->excess;
    const double *restrict thinnest = effect->thinnest;
    double *restrict mean = sums->mean, *restrict plain = sums->plain;
    double *restrict second = sums->second[0], *restrict third = sums->third[0];
    double *restrict patients = sums->patients;
    uint64_t few = 0;
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        const double factor = rise[i] * (1 + by.exposure * excess[i]);
        const double risen = expected[i] * factor;
        const bool enough = risen * thinnest[i] >= by.enough;
        const double counted = enough ? expected[i] * cost[i] : 0;
        const double care = counted * factor, square = care * cost[i];
        cases[i] = risen;
        mean[i] += care;
        plain[i] += counted;
        second[i] += square * by.second[0];
        third[i] += square * cost[i] * by.third[0];
        patients[i] += care * by.patient_share;
        few |= bg_bits(enough ? 0.0 : 1.0);
    }
    return few != 0;
}

static void gather_quadratic(size_t n, const bg_fast_terms *terms, const bg_fast_effect *effect,
                             const double *restrict cases, const double *restrict cost,
                             const bg_fast_sums *sums)
{
    const bg_fast_terms by = *terms;
    const double *restrict thinnest = effect->thinnest;
    double *restrict second = sums->second[1];
    double *restrict third = sums->third[1], *restrict last = sums->third[2];
    for (size_t i = 0; i < n; i++) {
        const bool enough = cases[i] * thinnest[i] >= by.enough;
        const double care = enough ? cases[i] * cost[i] : 0, square = care * care;
        second[i] += square * by.second[1];
        third[i] += square * cost[i] * by.third[1];
        last[i] += square * care * by.third[2];
    }
}

/* ---- months ---- */

/* Not 0 where an amount is beyond a bound. In bits, because gcc 12 vectorises no integers that are chosen
 * by comparing doubles. */
static inline uint64_t beyond(double amount, double bound)
{
    const double bounded = amount <= bound ? amount : 0;
    return bg_bits(amount) ^ bg_bits(bounded);
}

static bool relate(size_t n, const bg_fast_sums *sums, const bg_fast_noise *noise)
{
    const double *restrict mean = sums->mean, *restrict second = sums->second[0];
    const double *restrict third = sums->third[0];
    double *restrict patients = sums->patients;
    float *restrict relative_sd = noise->sd, *restrict skewness = noise->skewness;
    uint64_t large = 0;
    for (size_t i = 0; i < n; i++) {
        /* Where nothing is expected, all sums are 0. */
        const double none = mean[i] > 0 ? 0.0 : 1.0;
        const double variance = second[i] + none, whole = mean[i] + none;
        const double sd = sqrt(variance);
        relative_sd[i] = (float)(sd / whole);
        skewness[i] = (float)(third[i] / (variance * sd));
        patients[i] /= whole;
        large |= beyond(mean[i], BG_FAST_MEAN_MAX);
    }
    return large == 0;
}

static bool relate_quadratic(size_t n, const bg_fast_sums *sums, const bg_fast_noise *noise)
{
    const double *restrict mean = sums->mean;
    const double *restrict second = sums->second[0], *restrict second_1 = sums->second[1];
    const double *restrict third = sums->third[0], *restrict third_1 = sums->third[1];
    const double *restrict third_2 = sums->third[2];
    double *restrict patients = sums->patients;
    float *restrict variance = noise->second[0], *restrict variance_1 = noise->second[1];
    float *restrict skew = noise->third[0], *restrict skew_1 = noise->third[1];
    float *restrict skew_2 = noise->third[2];
    uint64_t large = 0;
    BG_COLUMNS_APART
    for (size_t i = 0; i < n; i++) {
        const double none = mean[i] > 0 ? 0.0 : 1.0;
        const double inverse = 1 / (mean[i] + none);
        const double square = inverse * inverse, cube = square * inverse;
        variance[i] = (float)(second[i] * square + none);
        variance_1[i] = (float)(second_1[i] * square);
        skew[i] = (float)(third[i] * cube);
        skew_1[i] = (float)(third_1[i] * cube);
        skew_2[i] = (float)(third_2[i] * cube);
        patients[i] *= inverse;
        large |= beyond(mean[i], BG_FAST_MEAN_MAX);
    }
    return large == 0;
}

static void post(size_t n, const bg_fast_month *month, const double *restrict mean,
                 const float *restrict deviation, bg_fen *restrict expense, bg_fen *restrict care)
{
    const bg_fast_month in = *month;
    for (size_t i = 0; i < n; i++) {
        const bg_fen fen = bg_fast_round(bg_fast_amount(mean[i], in, deviation[i]));
        expense[i] += fen;
        care[i] += fen;
    }
}

static void month(size_t n, const bg_fast_month *month, const double *mean,
                  const bg_fast_noise *noise, const float *z, bg_fen *expense, bg_fen *care)
{
    const bg_fast_month in = *month;
    const bg_fast_noise of = *noise;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = within_chunk(n - start);
        float deviation[CHUNK];
        for (size_t i = 0; i < count; i++) {
            const bg_fast_spread spread = bg_fast_spread_linear(&of, start + i, in);
            deviation[i] = bg_fast_deviation(spread, z[start + i]);
        }
        post(count, month, mean + start, deviation, expense + start, care + start);
    }
}

static void month_quadratic(size_t n, const bg_fast_month *month, const double *mean,
                            const bg_fast_noise *noise, const float *z, bg_fen *expense,
                            bg_fen *care)
{
    const bg_fast_month in = *month;
    const bg_fast_noise of = *noise;
    for (size_t start = 0; start < n; start += CHUNK) {
        const size_t count = within_chunk(n - start);
        float sd[CHUNK], skewness[CHUNK], deviation[CHUNK];
        for (size_t i = 0; i < count; i++) {
            const bg_fast_spread spread = bg_fast_spread_quadratic(&of, start + i, in);
            sd[i] = spread.sd;
            skewness[i] = spread.skewness;
        }
        for (size_t i = 0; i < count; i++) {
            deviation[i] = bg_fast_deviation((bg_fast_spread){sd[i], skewness[i]}, z[start + i]);
        }
        post(count, month, mean + start, deviation, expense + start, care + start);
    }
}

/* ---- parts of a year's payments ---- */

static void add(size_t n, const bg_fen *restrict care, bg_fen *restrict sum)
{
    for (size_t i = 0; i < n; i++) {
        sum[i] += care[i];
    }
}

/* Payments, which are not negative and below 2^52; what is more is beyond every bound. */
static inline double whole(bg_fen care)
{
    return bg_from_bits((uint64_t)care + bg_bits(0x1p52)) - 0x1p52;
}

static bool add_risen(size_t n, const bg_fen *restrict care, const bg_fast_sums *sums,
                      const double *restrict excess, bg_fen *restrict sum)
{
    const double *restrict mean = sums->mean, *restrict plain = sums->plain;
    uint64_t large = 0;
    for (size_t i = 0; i < n; i++) {
        const bool risen = excess[i] > 0;
        const double usual = plain[i] / (mean[i] > 0 ? mean[i] : 1.0);
        sum[i] += bg_fast_round(risen ? whole(care[i]) * (1 - usual) : 0);
        large |= (uint64_t)care[i] >> 52;
    }
    return large == 0;
}

static bool add_share(size_t n, const bg_fen *restrict care, const double *restrict share,
                      bg_fen *restrict sum)
{
    uint64_t large = 0;
    for (size_t i = 0; i < n; i++) {
        const double amount = whole(care[i]) * share[i];
        sum[i] += bg_fast_round(amount);
        large |= beyond(amount, BG_MONTH_LINE_MAX) | (uint64_t)care[i] >> 52;
    }
    return large == 0;
}

const bg_fast_functions BG_ISA_NAME(bg_fast_functions) = {
    .fill = fill,
    .scale = scale,
    .people = people,
    .correlate = correlate,
    .combine = combine,
    .persist = persist,
    .value = value,
    .scaled_value = scaled_value,
    .gather = gather,
    .gather_quadratic = gather_quadratic,
    .relate = relate,
    .relate_quadratic = relate_quadratic,
    .month = month,
    .month_quadratic = month_quadratic,
    .add = add,
    .add_risen = add_risen,
    .add_share = add_share,
};
