/* Columns of whole numbers in plain loops.
 *
 * A product with a rate is divided by 10^12 without a division: the quotient is estimated in double,
 * which is right to less than one and a half, and what it leaves of the product is exact in 64 bits
 * although the product is not, because it is small and 64-bit arithmetic is exact modulo 2^64. One
 * step up or down corrects the estimate. Where amounts are too large for that, products are formed in
 * 128 bits one by one. */
#include "base/columns.h"

#include <string.h>

/* Columns are the same or do not overlap, so that no entry depends on another: "omp simd" says so. */
#ifdef __clang__
#pragma clang diagnostic ignored "-Wpass-failed" /* what stays a plain loop is as right */
#endif

/* Entries at a time where an operation needs columns of its own. */
#define STRIP 128
#define LINE  64 /* bytes of the cache's lines, at which columns best begin */

/* ---- sums and comparisons ---- */

static void fill(size_t n, int64_t value, int64_t *column)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        column[i] = value;
    }
}

static void add(size_t n, const int64_t *a, const int64_t *b, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = a[i] + b[i];
    }
}

static void subtract(size_t n, const int64_t *a, const int64_t *b, int64_t *difference)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        difference[i] = a[i] - b[i];
    }
}

static void negate(size_t n, const int64_t *a, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = -a[i];
    }
}

static void add_three(size_t n, int64_t *const *columns, int64_t *total)
{
    const int64_t *a = columns[0], *b = columns[1], *c = columns[2];
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        total[i] += a[i] + b[i] + c[i];
    }
}

static void sum(size_t n, size_t count, int64_t *const *columns, int64_t *total)
{
    size_t k = 1;
    memcpy(total, columns[0], n * sizeof *total);
    for (; k + 3 <= count; k += 3) {
        add_three(n, columns + k, total);
    }
    for (; k < count; k++) {
        add(n, total, columns[k], total);
    }
}

static void smaller(size_t n, const int64_t *a, const int64_t *b, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = a[i] < b[i] ? a[i] : b[i];
    }
}

static void larger(size_t n, const int64_t *a, const int64_t *b, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = a[i] > b[i] ? a[i] : b[i];
    }
}

static void gain(size_t n, const int64_t *a, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = a[i] > 0 ? a[i] : 0;
    }
}

static void loss(size_t n, const int64_t *a, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = a[i] < 0 ? -a[i] : 0;
    }
}

static void move(size_t n, const int64_t *amount, int64_t *from, int64_t *to)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        from[i] -= amount[i];
        to[i] += amount[i];
    }
}

static void reach(size_t n, const int64_t *key, int64_t bound, int64_t at_tier, int64_t *value)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        value[i] = key[i] >= bound ? at_tier : value[i];
    }
}

/* ---- products and quotients ---- */

/* |x| < 2^51, to and from double, in operations that every instruction set has for columns. */
#define MAGIC      0x1.8p52
#define MAGIC_BITS INT64_C(0x4338000000000000)

static inline double to_double(int64_t x)
{
    const int64_t bits = x + MAGIC_BITS;
    double shifted;
    memcpy(&shifted, &bits, sizeof shifted);
    return shifted - MAGIC;
}

static inline int64_t nearest(double x)
{
    const double shifted = x + MAGIC;
    int64_t bits;
    memcpy(&bits, &shifted, sizeof bits);
    return bits - MAGIC_BITS;
}

/* a b modulo 2^64 */
static inline int64_t low_product(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a * (uint64_t)b);
}

static inline int64_t low_difference(int64_t a, int64_t b)
{
    return (int64_t)((uint64_t)a - (uint64_t)b);
}

/* 1 if x < 0, else 0; not all sets compare 64 bits. */
static inline int64_t negative(int64_t x)
{
    return (int64_t)((uint64_t)x >> 63);
}

/* The whole number nearest to a quotient, halves up, by an estimate and what it leaves of the
 * numerator modulo 2^64. */
static inline int64_t rounded(int64_t estimate, int64_t rest)
{
    return estimate + negative(BG_ONE - 1 - 2 * rest) - negative(BG_ONE + 2 * rest);
}

static void scale(size_t n, const int64_t *a, int64_t times, int64_t *result)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = low_product(a[i], times);
    }
}

static bool whole(size_t n, const double *a, int64_t *result)
{
    int64_t outside = 0;
#pragma omp simd reduction(| : outside)
    for (size_t i = 0; i < n; i++) {
        const bool inside = a[i] >= 0 && a[i] < 1e15;
        const double beyond = inside ? a[i] + 0.5 : 0;
        const double near = beyond + MAGIC - MAGIC;
        result[i] = nearest(near > beyond ? near - 1 : near);
        outside |= inside ? 0 : 1;
    }
    return !outside;
}

static bool all_are(size_t n, const int64_t *a, int64_t value)
{
    int64_t different = 0;
#pragma omp simd reduction(| : different)
    for (size_t i = 0; i < n; i++) {
        different |= a[i] ^ value;
    }
    return different == 0;
}

/* All bits of a column. */
static uint64_t bits_of(size_t n, const int64_t *a)
{
    uint64_t bits = 0;
#pragma omp simd reduction(| : bits)
    for (size_t i = 0; i < n; i++) {
        bits |= (uint64_t)a[i];
    }
    return bits;
}

static int width(uint64_t bits)
{
    return bits ? 64 - __builtin_clzll(bits) : 0;
}

/* Whether a[i] b[i] / 10^12 may be estimated, by the width of either: they convert exactly, and the
 * quotient stays below 2^50.2, so that three roundings to 53 bits make less than 0.42, and the
 * rounding to a whole number less than 0.92. */
static bool estimable(int a, int b)
{
    return a <= 51 && b <= 51 && a + b <= 90;
}

static void share_exactly(size_t n, const bg_fen *amount, bg_rates rate, bg_fen *part)
{
    for (size_t i = 0; i < n; i++) {
        part[i] = bg_share_of(amount[i], bg_rate(rate, i));
    }
}

static void share_by_constant(size_t n, const bg_fen *amount, bg_decimal rate, bg_fen *part)
{
    const double factor = (double)rate / (double)BG_ONE;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const int64_t q = nearest(to_double(amount[i]) * factor);
        const int64_t rest = low_difference(low_product(amount[i], rate), low_product(q, BG_ONE));
        part[i] = rounded(q, rest);
    }
}

static void share_by_column(size_t n, const bg_fen *amount, const bg_decimal *rate, bg_fen *part)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const int64_t q = nearest(to_double(amount[i]) * to_double(rate[i]) * 1e-12);
        const int64_t rest =
            low_difference(low_product(amount[i], rate[i]), low_product(q, BG_ONE));
        part[i] = rounded(q, rest);
    }
}

static void share(size_t n, const bg_fen *amount, bg_rates rate, bg_fen *part)
{
    const uint64_t rates = rate.stride ? bits_of(n, rate.at) : (uint64_t)rate.at[0];
    if (!rate.stride && rate.at[0] == BG_ONE) {
        memmove(part, amount, n * sizeof *part);
    } else if (!estimable(width(bits_of(n, amount)), width(rates))) {
        share_exactly(n, amount, rate, part);
    } else if (rate.stride) {
        share_by_column(n, amount, rate.at, part);
    } else {
        share_by_constant(n, amount, rate.at[0], part);
    }
}

/* ---- bands ---- */

static bg_fen banded(bg_fen amount, bg_fen base, const bg_band *band, size_t count)
{
    const bg_band *last = band + count - 1;
    while (band < last &&
           (bg_wide)amount * BG_ONE > (bg_wide)band->limit * base - band->edge_above) {
        band++;
    }
    /* Half a fen is a whole number of 10^-12 steps, so cutting a sum that is not negative down to
     * such a step cannot carry it across the half. */
    const bg_wide sum = (bg_wide)band->share * amount + (bg_wide)band->offset_whole * base +
                        (bg_wide)band->offset_rest * base / BG_ONE;
    return (bg_fen)((sum + BG_ONE / 2) / BG_ONE);
}

static void bands_exactly(size_t n, const bg_fen *amount, const bg_fen *base, const bg_band *band,
                          size_t count, bg_fen *part)
{
    for (size_t i = 0; i < n; i++) {
        part[i] = banded(amount[i], base[i], band, count);
    }
}

/* The bands that amounts beyond limit * base pass on to. Amounts are whole, so they are beyond it if
 * they are beyond the whole part of it; they reach it if they are beyond what is 10^-12 less. */
static void pass(size_t n, const bg_fen *amount, const bg_fen *base, const bg_band *band,
                 int64_t *slope, int64_t *offset)
{
    const bg_decimal limit = band[0].limit;
    const double factor = (double)limit / (double)BG_ONE;
    const int64_t next_share = band[1].share, next_offset = band[1].offset_whole;
    const int64_t edge = band[0].edge_above;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const int64_t q = nearest(to_double(base[i]) * factor);
        const int64_t beyond_q =
            low_difference(low_product(base[i], limit), low_product(q, BG_ONE));
        const int64_t rest = beyond_q - edge;
        const int64_t whole = q + negative(BG_ONE - 1 - rest) - negative(rest);
        const int64_t beyond = -negative(whole - amount[i]);
        slope[i] ^= (slope[i] ^ next_share) & beyond;
        offset[i] ^= (offset[i] ^ next_offset) & beyond;
    }
}

static void strip_of_bands(size_t n, const bg_fen *amount, const bg_fen *base, const bg_band *band,
                           size_t count, bg_fen *part)
{
    _Alignas(LINE) int64_t slope[STRIP];
    _Alignas(LINE) int64_t offset[STRIP];
    fill(n, band[0].share, slope);
    fill(n, band[0].offset_whole, offset);
    for (size_t k = 0; k + 1 < count; k++) {
        pass(n, amount, base, &band[k], slope, offset);
    }
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double sum =
            to_double(amount[i]) * to_double(slope[i]) + to_double(base[i]) * to_double(offset[i]);
        const int64_t q = nearest(sum * 1e-12);
        const int64_t of_amount = low_product(amount[i], slope[i]);
        const int64_t of_base = low_product(base[i], offset[i]);
        const int64_t rest = low_difference(of_amount, low_product(q, BG_ONE));
        part[i] = rounded(q, low_difference(rest, low_product(-1, of_base)));
    }
}

/* As for a single product, but with two of half the size: the roundings make less than 0.56. */
static bool bands_estimable(int amounts, int bases, const bg_band *band, size_t count)
{
    uint64_t shares = 0, offsets = 0, limits = 0;
    bool whole = true;
    for (size_t k = 0; k < count; k++) {
        shares |= (uint64_t)band[k].share;
        offsets |=
            (uint64_t)(band[k].offset_whole < 0 ? -band[k].offset_whole : band[k].offset_whole);
        limits |= k + 1 < count ? (uint64_t)band[k].limit : 0;
        whole = whole && band[k].offset_rest == 0;
    }
    return whole && estimable(amounts + 1, width(shares)) && estimable(bases + 1, width(offsets)) &&
           estimable(bases, width(limits));
}

static void bands(size_t n, const bg_fen *amount, const bg_fen *base, const bg_band *band,
                  size_t count, bg_fen *part)
{
    if (!bands_estimable(width(bits_of(n, amount)), width(bits_of(n, base)), band, count)) {
        bands_exactly(n, amount, base, band, count, part);
        return;
    }
    for (size_t i = 0; i < n; i += STRIP) {
        const size_t size = n - i < STRIP ? n - i : STRIP;
        strip_of_bands(size, amount + i, base + i, band, count, part + i);
    }
}

/* ---- quotients of whole numbers that a double holds ---- */

/* The whole part of x / y, for whole numbers x up to 2^50 and y: x + 1/2 is half a step of 1 / y or
 * more away from every whole quotient, the roundings less. */
static inline double whole_part(double x, double inverse)
{
    return (x + 0.5) * inverse - 0.5 + MAGIC - MAGIC;
}

static void mean_exactly(size_t n, const int64_t *const *columns, const bg_weights *by,
                         int64_t *result)
{
    int64_t values[BG_MOST_PARTS];
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < by->count; k++) {
            values[k] = columns[k][i];
        }
        bg_money_mean(values, by->weight, by->count, &result[i]);
    }
}

static void add_weighted(size_t n, const int64_t *column, double weight, double *sum)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        sum[i] += to_double(column[i]) * weight;
    }
}

/* Rounded halves up: the whole part of (2 * weighted sum + weights) / (2 * weights). */
static void strip_of_means(size_t n, const int64_t *const *columns, size_t start,
                           const bg_weights *by, int64_t *result)
{
    _Alignas(LINE) double sum[STRIP] = {0};
    const double weights = (double)by->sum, inverse = 0.5 / weights;
    for (size_t k = 0; k < by->count; k++) {
        add_weighted(n, columns[k] + start, (double)by->weight[k], sum);
    }
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        result[i] = nearest(whole_part(2 * sum[i] + weights, inverse));
    }
}

static void mean(size_t n, const int64_t *const *columns, const bg_weights *by, int64_t *result)
{
    uint64_t bits = 0;
    for (size_t k = 0; k < by->count; k++) {
        bits |= bits_of(n, columns[k]);
    }
    if (width(bits) + width((uint64_t)by->sum) > 48) {
        mean_exactly(n, columns, by, result);
        return;
    }
    for (size_t i = 0; i < n; i += STRIP) {
        strip_of_means(n - i < STRIP ? n - i : STRIP, columns, i, by, result + i);
    }
}

/* ---- largest remainder ---- */

enum { SPLIT_STRIP = 64 };

typedef double strip[SPLIT_STRIP];

/* Totals up to 2^50 on their way into parts, by weights without a common factor of a sum up to 2^25:
 * size = whole * sum + rest. A weight gets whole * weight, and rest * weight / sum cut down to the
 * fen, a quotient of numbers up to 2^50. */
typedef struct totals {
    strip sign, whole, rest;
    strip left; /* of `rest`, not in a part yet */
    strip last; /* the smallest key that gets one of these fen */
    strip part[BG_MOST_PARTS];
    strip key[BG_MOST_PARTS]; /* remainders; of equal ones the first is the largest */
    strip sorted[BG_MOST_PARTS];
} totals;

static void take_totals(size_t n, const bg_fen *total, double sum, totals *self)
{
    const double inverse = 1 / sum;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double amount = to_double(total[i]);
        const double sign = amount < 0 ? -1 : 1;
        const double size = amount * sign;
        const double whole = whole_part(size, inverse);
        self->sign[i] = sign;
        self->whole[i] = whole;
        self->rest[i] = size - whole * sum;
        self->left[i] = size - whole * sum;
    }
}

static void take_whole(size_t n, double weight, double sum, size_t place, totals *self)
{
    const double inverse = 1 / sum, order = (double)(BG_MOST_PARTS - 1 - place);
    double *part = self->part[place], *key = self->key[place];
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double share = self->rest[i] * weight;
        const double fen = whole_part(share, inverse);
        part[i] = self->whole[i] * weight + fen;
        key[i] = (share - fen * sum) * BG_MOST_PARTS + order;
        self->left[i] -= fen;
    }
}

static void exchange(size_t n, double *larger_key, double *smaller_key)
{
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double a = larger_key[i], b = smaller_key[i];
        larger_key[i] = a > b ? a : b;
        smaller_key[i] = a < b ? a : b;
    }
}

/* Sorts by exchanges that do not depend on the keys, the largest first: Knuth, The Art of Computer
 * Programming 3, 5.2.2, algorithm M. */
static void sort_keys(size_t n, size_t count, strip *key)
{
    size_t top = 1;
    while (2 * top < count) {
        top *= 2;
    }
    for (size_t p = top; p > 0; p /= 2) {
        size_t distance = p, bit = 0;
        for (size_t q = top;; q /= 2) {
            for (size_t k = 0; k + distance < count; k++) {
                if ((k & p) == bit) {
                    exchange(n, key[k], key[k + distance]);
                }
            }
            if (q == p) {
                break;
            }
            distance = q - p;
            bit = p;
        }
    }
}

/* Where no fen is left, the last is larger than all keys. */
static void find_last(size_t n, size_t count, totals *self)
{
    strip *key = self->sorted;
    memcpy(key, self->key, count * sizeof *key);
    sort_keys(n, count, key);
    for (size_t i = 0; i < n; i++) {
        self->last[i] = 0x1p40;
    }
    for (size_t k = 0; k + 1 < count; k++) {
        const double fen = (double)(k + 1);
#pragma omp simd
        for (size_t i = 0; i < n; i++) {
            self->last[i] = self->left[i] >= fen ? key[k][i] : self->last[i];
        }
    }
}

static void hand_over(size_t n, size_t place, const totals *self, bg_fen *to)
{
    const double *key = self->key[place], *part = self->part[place];
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double one_more = key[i] >= self->last[i] ? 1.0 : 0.0;
        to[i] = nearest((part[i] + one_more) * self->sign[i]);
    }
}

/* Equal weights leave equal remainders, so that the first parts get what is left. */
static void hand_over_equally(size_t n, size_t place, const totals *self, bg_fen *to)
{
    const double before = (double)place;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        const double one_more = before < self->left[i] ? 1.0 : 0.0;
        to[i] = nearest((self->whole[i] + one_more) * self->sign[i]);
    }
}

static void split_strip(size_t n, const bg_fen *total, const bg_weights *by, bg_fen *const *part,
                        size_t start)
{
    _Alignas(LINE) totals self;
    const double sum = (double)by->sum;
    take_totals(n, total, sum, &self);
    if (by->equal) {
        for (size_t k = 0; k < by->count; k++) {
            hand_over_equally(n, k, &self, part[k] + start);
        }
        return;
    }
    for (size_t k = 0; k < by->count; k++) {
        take_whole(n, (double)by->weight[k], sum, k, &self);
    }
    find_last(n, by->count, &self);
    for (size_t k = 0; k < by->count; k++) {
        hand_over(n, k, &self, part[k] + start);
    }
}

static void split_exactly(size_t n, const bg_fen *total, const bg_weights *by, bg_fen *const *part)
{
    bg_fen one[BG_MOST_PARTS];
    for (size_t i = 0; i < n; i++) {
        bg_money_split(total[i], by->weight, by->count, one);
        for (size_t k = 0; k < by->count; k++) {
            part[k][i] = one[k];
        }
    }
}

static bool totals_are_small(size_t n, const bg_fen *total)
{
    uint64_t bits = 0;
#pragma omp simd reduction(| : bits)
    for (size_t i = 0; i < n; i++) {
        bits |= (uint64_t)(total[i] < 0 ? ~total[i] : total[i]);
    }
    return width(bits) < 50;
}

static void split(size_t n, const bg_fen *total, const bg_weights *by, bg_fen *const *part)
{
    if (all_are(n, total, 0)) {
        for (size_t k = 0; k < by->count; k++) {
            fill(n, 0, part[k]);
        }
        return;
    }
    if (by->sum > 1 << 25 || !totals_are_small(n, total)) {
        split_exactly(n, total, by, part);
        return;
    }
    for (size_t i = 0; i < n; i += SPLIT_STRIP) {
        split_strip(n - i < SPLIT_STRIP ? n - i : SPLIT_STRIP, total + i, by, part, i);
    }
}

/* ---- checks: the sign of anything that should not be ---- */

static bool add_checked(size_t n, const int64_t *a, const int64_t *b, int64_t *result)
{
    int64_t beyond = 0;
#pragma omp simd reduction(| : beyond)
    for (size_t i = 0; i < n; i++) {
        const int64_t one = a[i], other = b[i];
        const int64_t both = (int64_t)((uint64_t)one + (uint64_t)other);
        beyond |= (one ^ both) & (other ^ both);
        result[i] = both;
    }
    return beyond >= 0;
}

static bool subtract_checked(size_t n, const int64_t *a, const int64_t *b, int64_t *difference)
{
    int64_t beyond = 0;
#pragma omp simd reduction(| : beyond)
    for (size_t i = 0; i < n; i++) {
        const int64_t one = a[i], other = b[i];
        const int64_t rest = low_difference(one, other);
        beyond |= (one ^ other) & (one ^ rest);
        difference[i] = rest;
    }
    return beyond >= 0;
}

static bool shift_checked(size_t n, const int64_t *a, int64_t by, int64_t *result)
{
    int64_t beyond = 0;
#pragma omp simd reduction(| : beyond)
    for (size_t i = 0; i < n; i++) {
        const int64_t one = a[i];
        const int64_t both = (int64_t)((uint64_t)one + (uint64_t)by);
        beyond |= (one ^ both) & (by ^ both);
        result[i] = both;
    }
    return beyond >= 0;
}

static bool all_within(size_t n, const int64_t *a, int64_t lowest, int64_t highest)
{
    int64_t outside = 0;
#pragma omp simd reduction(| : outside)
    for (size_t i = 0; i < n; i++) {
        outside |= low_difference(a[i], lowest) | low_difference(highest, a[i]);
    }
    return outside >= 0;
}

static bool all_at_most(size_t n, const int64_t *a, const int64_t *b)
{
    int64_t beyond = 0;
#pragma omp simd reduction(| : beyond)
    for (size_t i = 0; i < n; i++) {
        beyond |= b[i] - a[i];
    }
    return beyond >= 0;
}

static bool all_equal(size_t n, const int64_t *a, const int64_t *b)
{
    int64_t different = 0;
#pragma omp simd reduction(| : different)
    for (size_t i = 0; i < n; i++) {
        different |= a[i] ^ b[i];
    }
    return different == 0;
}

const bg_columns BG_ISA_NAME(bg_columns) = {
    .fill = fill,
    .add = add,
    .subtract = subtract,
    .negate = negate,
    .sum = sum,
    .smaller = smaller,
    .larger = larger,
    .gain = gain,
    .loss = loss,
    .move = move,
    .reach = reach,
    .scale = scale,
    .whole = whole,
    .share = share,
    .bands = bands,
    .mean = mean,
    .split = split,
    .add_checked = add_checked,
    .subtract_checked = subtract_checked,
    .shift_checked = shift_checked,
    .all_within = all_within,
    .all_at_most = all_at_most,
    .all_equal = all_equal,
    .all_are = all_are,
};
