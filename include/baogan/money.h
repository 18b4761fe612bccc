/* Money in whole fen and rates as exact decimals. No floating point.
 *
 * Amounts are int64_t fen (1 yuan = 100 fen). Rates and other exact decimals are int64_t in steps
 * of 10^-12. A product or quotient is formed in 128 bits and rounded once, half away from zero. */
#ifndef BAOGAN_MONEY_H
#define BAOGAN_MONEY_H

#include <baogan/error.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t bg_fen;     /* amount of money, fen */
typedef int64_t bg_decimal; /* exact decimal in steps of 10^-12: rates, weights, scores */

#define BG_ONE         INT64_C(1000000000000) /* the decimal 1 */
#define BG_DECIMAL_MAX (INT64_MAX / BG_ONE)   /* largest whole number a decimal holds */

/* All return BG_OK, or BG_OVERFLOW with *result untouched. */
bg_status bg_money_add(bg_fen a, bg_fen b, bg_fen *result);
bg_status bg_money_subtract(bg_fen a, bg_fen b, bg_fen *result);
/* a * rate, rounded once. */
bg_status bg_money_times(bg_fen a, bg_decimal rate, bg_fen *result);
/* a / rate, rounded once; rate must not be 0. */
bg_status bg_money_over(bg_fen a, bg_decimal rate, bg_fen *result);
/* a * numerator / denominator, rounded once; denominator > 0. Also serves decimals. */
bg_status bg_money_ratio(int64_t a, int64_t numerator, int64_t denominator, int64_t *result);
/* a * rate * numerator / denominator, rounded once; numerator >= 0, denominator > 0. */
bg_status bg_money_times_ratio(bg_fen a, bg_decimal rate, int64_t numerator, int64_t denominator,
                               bg_fen *result);
/* a * b of two decimals, rounded once to 10^-12. */
bg_status bg_decimal_times(bg_decimal a, bg_decimal b, bg_decimal *result);

/* Weighted mean sum(w v) / sum(w) of amounts or decimals, rounded once. BG_RANGE if the weights are
 * negative or all zero, BG_OVERFLOW if a sum does not fit. */
bg_status bg_money_mean(const int64_t *values, const int64_t *weights, size_t n, int64_t *result);

/* Splits `total` in proportion to weights[0..n-1] (>= 0, sum > 0) into parts that add up to it
 * exactly: largest remainder (Hamilton's method); equal remainders go to the lower index. A
 * negative total is split by its absolute value. `parts` may not overlap `weights`. BG_RANGE if the
 * weights are negative or all zero, BG_OVERFLOW if their sum does not fit. Hence the caller orders
 * the rows: months by time, others by name. */
bg_status bg_money_split(bg_fen total, const int64_t *weights, size_t n, bg_fen *parts);

/* Reads "1200", "-3.5", "1.2亿", "4100万", "36.47M", "0.5k", "1,200.00" (suffixes 千 万 百万 千万 亿 k M bn,
 * an optional 元 at the end, thousands separators checked), also in full-width characters, with ¥ in
 * front and blanks around. `unit` is the number of fen in one unit
 * when the text has no suffix; with a suffix the number counts yuan times the suffix, and 元 alone
 * means yuan. More digits than a fen holds, other text and overflow are refused: BG_TYPE or
 * BG_OVERFLOW. */
bg_status bg_money_parse(const char *text, bg_fen unit, bg_fen *result);
/* Reads an exact decimal: "0.03", "-1", and "3%", "6 ％", "5‰" where `percent` is allowed. At most 12
 * decimals after scaling; more are refused, not rounded: BG_TYPE or BG_OVERFLOW. */
bg_status bg_decimal_parse(const char *text, bool percent, bg_decimal *result);
/* The same, but further decimals are rounded, once and half away from zero. */
bg_status bg_decimal_parse_rounded(const char *text, bool percent, bg_decimal *result);

/* Longest text the writers below produce, with the final zero byte. */
#define BG_NUMBER_TEXT 48
/* "-1234567.89": yuan with two decimals, no separators; reads back exactly. Returns `buffer`. */
char *bg_money_text(bg_fen amount, char buffer[BG_NUMBER_TEXT]);
/* "-1,234,567.89" for people. */
char *bg_money_grouped(bg_fen amount, char buffer[BG_NUMBER_TEXT]);
/* The same in a unit of 10, 100, … fen, with all its decimals: 12,345.678900 of 1,000,000. */
char *bg_money_in(bg_fen amount, bg_fen unit, char buffer[BG_NUMBER_TEXT]);
/* "0.035": shortest exact text. */
char *bg_decimal_text(bg_decimal value, char buffer[BG_NUMBER_TEXT]);
/* "3.5%": shortest exact text in per cent. */
char *bg_percent_text(bg_decimal value, char buffer[BG_NUMBER_TEXT]);

#endif
