/* Exact arithmetic on columns: arrays of n amounts or rates in int64_t. Steps of the rules work on whole
 * blocks of units through these operations, a single unit being a column of one.
 *
 * Sums and differences are plain: the caller keeps amounts in a range where they fit, unless an
 * operation says that it checks. Products with rates (10^-12) are formed exactly and rounded once.
 * Results come last and may be one of the operands. All instruction sets give the same numbers. */
#ifndef BAOGAN_BASE_COLUMNS
#define BAOGAN_BASE_COLUMNS

#include "base/isa.h"

#include <baogan/money.h>

/* Part of an amount up to limit * base (the last band has no limit), of which `share` counts. At or
 * above its lower end the sum over all bands is share * amount + offset * base, where the offset, a
 * multiple of 10^-24, is kept as offset_whole * 10^-12 + offset_rest * 10^-24. Without an offset the
 * share is that of the whole amount. An amount of exactly limit * base belongs to this band, or where
 * `edge_above` is 1, not 0, to the next. */
typedef struct bg_band {
    bg_decimal limit, share;
    int64_t offset_whole, offset_rest;
    int64_t edge_above;
} bg_band;

/* A column of rates that repeats one value where `stride` is 0, else has stride 1. */
typedef struct bg_rates {
    const bg_decimal *at;
    size_t stride;
} bg_rates;

static inline bg_decimal bg_rate(bg_rates rates, size_t unit)
{
    return rates.at[unit * rates.stride];
}

#define BG_MOST_PARTS 64

/* Weights without their common factor. */
typedef struct bg_weights {
    size_t count;
    bool equal; /* all of them */
    int64_t sum;
    int64_t weight[BG_MOST_PARTS];
} bg_weights;

/* Of at most BG_MOST_PARTS weights >= 0 whose sum fits. What divides by them needs a sum above 0. */
bg_weights bg_weights_of(const int64_t *weight, size_t count);

typedef struct bg_columns {
    void (*fill)(size_t n, int64_t value, int64_t *column);
    void (*add)(size_t n, const int64_t *a, const int64_t *b, int64_t *sum);
    void (*subtract)(size_t n, const int64_t *a, const int64_t *b, int64_t *difference);
    void (*negate)(size_t n, const int64_t *a, int64_t *negative);
    /* Of `count` columns, of which there is one at least; the total is none of them. */
    void (*sum)(size_t n, size_t count, int64_t *const *columns, int64_t *total);
    void (*smaller)(size_t n, const int64_t *a, const int64_t *b, int64_t *smaller);
    void (*larger)(size_t n, const int64_t *a, const int64_t *b, int64_t *larger);
    /* max(0, a) and max(0, -a) */
    void (*gain)(size_t n, const int64_t *a, int64_t *gain);
    void (*loss)(size_t n, const int64_t *a, int64_t *loss);
    /* from -= amount, to += amount; three different columns */
    void (*move)(size_t n, const int64_t *amount, int64_t *from, int64_t *to);
    /* value becomes what stands at the tier, where the key reaches its bound */
    void (*reach)(size_t n, const int64_t *key, int64_t bound, int64_t at_tier, int64_t *value);

    /* a * times, which fits */
    void (*scale)(size_t n, const int64_t *a, int64_t times, int64_t *product);
    /* The nearest whole numbers, halves up; whether all are from 0 up to below 10^15. */
    bool (*whole)(size_t n, const double *a, int64_t *whole);

    /* amount * rate, for amount >= 0 and rate >= 0 whose product fits. */
    void (*share)(size_t n, const bg_fen *amount, bg_rates rate, bg_fen *part);
    /* share * amount + offset * base of the band that holds the amount, for amount >= 0 and base >= 0;
     * limits are compared exactly. */
    void (*bands)(size_t n, const bg_fen *amount, const bg_fen *base, const bg_band *band,
                  size_t count, bg_fen *part);
    /* The mean of as many columns as there are weights, rounded once; the result is none of them. */
    void (*mean)(size_t n, const int64_t *const *columns, const bg_weights *by, int64_t *mean);
    /* bg_money_split of every total by the same weights. No part is the total. */
    void (*split)(size_t n, const bg_fen *total, const bg_weights *by, bg_fen *const *part);

    /* Whether all sums, or differences, fit. The result is not to be used if not. */
    bool (*add_checked)(size_t n, const int64_t *a, const int64_t *b, int64_t *sum);
    bool (*subtract_checked)(size_t n, const int64_t *a, const int64_t *b, int64_t *difference);
    bool (*shift_checked)(size_t n, const int64_t *a, int64_t by, int64_t *sum);
    /* Whether lowest <= a <= highest everywhere; lowest <= 0 <= highest, whose difference fits. */
    bool (*all_within)(size_t n, const int64_t *a, int64_t lowest, int64_t highest);
    /* Whether a <= b everywhere; differences fit. */
    bool (*all_at_most)(size_t n, const int64_t *a, const int64_t *b);
    bool (*all_equal)(size_t n, const int64_t *a, const int64_t *b);
    bool (*all_are)(size_t n, const int64_t *a, int64_t value);
} bg_columns;

BG_ISA_TABLES(bg_columns)

/* The operations for the instruction set in use. */
static inline const bg_columns *bg_columns_current(void)
{
    return BG_ISA_TABLE(bg_columns);
}

/* The same sums for those who look for them one at a time: BG_OVERFLOW if any does not fit. */
static inline bg_status bg_column_add(size_t n, const int64_t *a, const int64_t *b, int64_t *sum)
{
    return bg_columns_current()->add_checked(n, a, b, sum) ? BG_OK : BG_OVERFLOW;
}

static inline bg_status bg_column_subtract(size_t n, const int64_t *a, const int64_t *b,
                                           int64_t *difference)
{
    return bg_columns_current()->subtract_checked(n, a, b, difference) ? BG_OK : BG_OVERFLOW;
}

static inline void bg_column_fill(size_t n, int64_t value, int64_t *column)
{
    bg_columns_current()->fill(n, value, column);
}

/* What is below zero becomes zero. */
static inline void bg_column_clip(size_t n, int64_t *column)
{
    bg_columns_current()->gain(n, column, column);
}

/* amount * rate of any sign, rounded once, half away from zero. BG_OVERFLOW if any does not fit. */
bg_status bg_column_times(size_t n, const bg_fen *amount, bg_decimal rate, bg_fen *product);

__extension__ typedef __int128 bg_wide;

/* amount * share rounded once, for amount >= 0 and 0 <= share <= 1: cannot overflow. */
static inline bg_fen bg_share_of(bg_fen amount, bg_decimal share)
{
    return (bg_fen)(((bg_wide)amount * share + BG_ONE / 2) / BG_ONE);
}

#endif
