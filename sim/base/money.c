#include <baogan/money.h>

#include "base/written.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef __int128 wide;

/* ---- arithmetic ---- */

static bool fits(wide value)
{
    return value >= INT64_MIN && value <= INT64_MAX;
}

static wide magnitude(wide value)
{
    return value < 0 ? -value : value;
}

/* numerator / denominator, half away from zero. */
static bg_status divide(wide numerator, wide denominator, int64_t *result)
{
    wide quotient = numerator / denominator;
    wide remainder = numerator % denominator;
    if (2 * magnitude(remainder) >= magnitude(denominator)) {
        quotient += (numerator < 0) == (denominator < 0) ? 1 : -1;
    }
    if (!fits(quotient)) {
        return BG_OVERFLOW;
    }
    *result = (int64_t)quotient;
    return BG_OK;
}

bg_status bg_money_add(bg_fen a, bg_fen b, bg_fen *result)
{
    int64_t sum;
    if (__builtin_add_overflow(a, b, &sum)) {
        return BG_OVERFLOW;
    }
    *result = sum;
    return BG_OK;
}

bg_status bg_money_subtract(bg_fen a, bg_fen b, bg_fen *result)
{
    int64_t difference;
    if (__builtin_sub_overflow(a, b, &difference)) {
        return BG_OVERFLOW;
    }
    *result = difference;
    return BG_OK;
}

bg_status bg_money_times(bg_fen a, bg_decimal rate, bg_fen *result)
{
    return divide((wide)a * rate, BG_ONE, result);
}

bg_status bg_money_over(bg_fen a, bg_decimal rate, bg_fen *result)
{
    return divide((wide)a * BG_ONE, rate, result);
}

bg_status bg_money_ratio(int64_t a, int64_t numerator, int64_t denominator, int64_t *result)
{
    return divide((wide)a * numerator, denominator, result);
}

/* The product has up to 190 bits. Whole parts are taken out of it one after another; what they leave
 * is smaller than its denominator has bits, and is rounded. */
bg_status bg_money_times_ratio(bg_fen a, bg_decimal rate, int64_t numerator, int64_t denominator,
                               bg_fen *result)
{
    const wide product = (wide)a * numerator;
    const wide quotient = product / denominator;
    if (!fits(quotient)) {
        return BG_OVERFLOW;
    }
    const wide grown = quotient * rate;
    const wide rest = grown % BG_ONE * denominator + product % denominator * rate;
    int64_t part;
    if (!fits(grown / BG_ONE) || divide(rest, (wide)BG_ONE * denominator, &part)) {
        return BG_OVERFLOW;
    }
    return bg_money_add((int64_t)(grown / BG_ONE), part, result);
}

bg_status bg_decimal_times(bg_decimal a, bg_decimal b, bg_decimal *result)
{
    return divide((wide)a * b, BG_ONE, result);
}

/* ---- weights ---- */

static bg_status weight_sum(const int64_t *weights, size_t n, int64_t *sum)
{
    *sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (weights[i] < 0) {
            return BG_RANGE;
        }
        if (bg_money_add(*sum, weights[i], sum)) {
            return BG_OVERFLOW;
        }
    }
    return *sum > 0 ? BG_OK : BG_RANGE;
}

bg_status bg_money_mean(const int64_t *values, const int64_t *weights, size_t n, int64_t *result)
{
    int64_t sum;
    bg_status status = weight_sum(weights, n, &sum);
    if (status) {
        return status;
    }
    wide weighted = 0;
    for (size_t i = 0; i < n; i++) {
        if (__builtin_add_overflow(weighted, (wide)values[i] * weights[i], &weighted)) {
            return BG_OVERFLOW;
        }
    }
    return divide(weighted, sum, result);
}

/* Index of the largest remainder, the first of equals. */
static size_t largest(const int64_t *remainders, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++) {
        if (remainders[i] > remainders[best]) {
            best = i;
        }
    }
    return best;
}

bg_status bg_money_split(bg_fen total, const int64_t *weights, size_t n, bg_fen *parts)
{
    int64_t sum;
    bg_status status = weight_sum(weights, n, &sum);
    if (status) {
        return status;
    }
    wide amount = magnitude(total);
    wide left = amount;
    /* `parts` holds the remainders until it is known who gets one fen more. */
    for (size_t i = 0; i < n; i++) {
        wide share = amount * weights[i];
        left -= share / sum;
        parts[i] = (int64_t)(share % sum);
    }
    const int64_t chosen = -1;
    for (; left > 0; left--) {
        parts[largest(parts, n)] = chosen;
    }
    for (size_t i = 0; i < n; i++) {
        wide part = amount * weights[i] / sum + (parts[i] == chosen);
        parts[i] = (int64_t)(total < 0 ? -part : part);
    }
    return BG_OK;
}

/* ---- reading ---- */

/* A decimal number as written: digits / 10^decimals. */
typedef struct number {
    bool negative;
    wide digits;
    int decimals;     /* without trailing zeros */
    bool cut;         /* further decimals, too small to matter for rounding, were left out */
    const char *rest; /* what follows the number */
} number;

enum { MAX_DECIMALS = 16, MAX_DIGITS = 24 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static wide power_of_ten(int exponent)
{
    wide power = 1;
    while (exponent-- > 0) {
        power *= 10;
    }
    return power;
}

static bg_status append_digit(number *self, char digit)
{
    if (self->digits >= power_of_ten(MAX_DIGITS)) {
        return BG_OVERFLOW;
    }
    self->digits = self->digits * 10 + (digit - '0');
    return BG_OK;
}

/* "1234", "1,234" or "12,345,678": one to three digits, of which the first is not 0, then groups of exactly
 * three. */
static bg_status read_whole(number *self, const char **text)
{
    const char *c = *text;
    const bool zero = *c == '0';
    int in_group = 0;
    bool grouped = false;
    for (; is_digit(*c) || *c == ','; c++) {
        if (*c == ',') {
            if (zero || in_group == 0 || in_group > 3 || (grouped && in_group != 3)) {
                return BG_TYPE;
            }
            grouped = true;
            in_group = 0;
            continue;
        }
        in_group++;
        if (append_digit(self, *c)) {
            return BG_OVERFLOW;
        }
    }
    if (in_group == 0 || (grouped && in_group != 3)) {
        return BG_TYPE;
    }
    *text = c;
    return BG_OK;
}

/* The digits after the point; trailing zeros say nothing and are dropped. */
static bg_status read_fraction(number *self, const char **text)
{
    size_t written = strspn(*text, "0123456789");
    size_t count = written;
    while (count > 0 && (*text)[count - 1] == '0') {
        count--;
    }
    if (written == 0) {
        return BG_TYPE;
    }
    self->cut = count > MAX_DECIMALS;
    count = self->cut ? MAX_DECIMALS : count;
    for (size_t i = 0; i < count; i++) {
        if (append_digit(self, (*text)[i])) {
            return BG_OVERFLOW;
        }
    }
    self->decimals = (int)count;
    *text += written;
    return BG_OK;
}

static bg_status read_number(const char *text, number *self)
{
    *self = (number){.negative = *text == '-'};
    if (*text == '-' || *text == '+') {
        text++;
    }
    bg_status status = read_whole(self, &text);
    if (!status && *text == '.') {
        text++;
        status = read_fraction(self, &text);
    }
    self->rest = text;
    return status;
}

/* number x scale, which must fit; where `exact` it must be a whole number of steps as well, else it is
 * rounded once. */
static bg_status scale_number(const number *self, int64_t scale, bool exact, int64_t *result)
{
    wide product;
    if (__builtin_mul_overflow(self->digits, (wide)scale, &product)) {
        return BG_OVERFLOW;
    }
    const wide divisor = power_of_ten(self->decimals);
    if (exact && (self->cut || product % divisor != 0)) {
        return BG_TYPE;
    }
    return divide(self->negative ? -product : product, divisor, result);
}

#define FEN_IN_YUAN INT64_C(100)

static const struct {
    const char *text;
    int64_t fen;
} money_suffixes[] = {
    {"千", 1000 * FEN_IN_YUAN},
    {"万", 10000 * FEN_IN_YUAN},
    {"百万", 1000000 * FEN_IN_YUAN},
    {"千万", 10000000 * FEN_IN_YUAN},
    {"亿", 100000000 * FEN_IN_YUAN},
    {"k", 1000 * FEN_IN_YUAN},
    {"M", 1000000 * FEN_IN_YUAN},
    {"bn", 1000000000 * FEN_IN_YUAN},
    {"十亿", 1000000000 * FEN_IN_YUAN},
    {"thousand", 1000 * FEN_IN_YUAN},
    {"wan", 10000 * FEN_IN_YUAN},
    {"million", 1000000 * FEN_IN_YUAN},
    {"yi", 100000000 * FEN_IN_YUAN},
    {"billion", 1000000000 * FEN_IN_YUAN},
    {"", FEN_IN_YUAN}, /* 元 or yuan alone */
};

/* What may stand behind the word of a suffix, which ends with it. */
static bool is_end(const char *rest)
{
    return *rest == '\0' || strcmp(rest, "元") == 0 ||
           strcmp(rest + strspn(rest, " "), "yuan") == 0;
}

/* The fen in one of what the number counts; 0 where the suffix is not known. */
static int64_t suffix_fen(const char *suffix, bg_fen unit)
{
    if (*suffix == '\0') {
        return unit;
    }
    suffix += strspn(suffix, " ");
    for (size_t i = 0; *suffix && i < sizeof money_suffixes / sizeof money_suffixes[0]; i++) {
        size_t length = strlen(money_suffixes[i].text);
        if (strncmp(suffix, money_suffixes[i].text, length) == 0 && is_end(suffix + length)) {
            return money_suffixes[i].fen;
        }
    }
    return 0;
}

static bg_status parse_money(const char *text, bg_fen unit, bg_fen *result)
{
    number written;
    bg_status status = read_number(text, &written);
    if (status) {
        return status;
    }
    int64_t scale = suffix_fen(written.rest, unit);
    return scale == 0 ? BG_TYPE : scale_number(&written, scale, true, result);
}

/* The text as number readers take it, where that is another one. */
static bool rewrite(const char *text, char buffer[BG_WRITTEN])
{
    return bg_written_number(text, buffer) && strcmp(text, buffer) != 0;
}

bg_status bg_money_parse(const char *text, bg_fen unit, bg_fen *result)
{
    const bg_status status = parse_money(text, unit, result);
    char plain[BG_WRITTEN];
    return status == BG_TYPE && rewrite(text, plain) ? parse_money(plain, unit, result) : status;
}

static bg_status parse_plain(const char *text, bool percent, bool exact, bg_decimal *result)
{
    number written;
    bg_status status = read_number(text, &written);
    if (status) {
        return status;
    }
    if (percent) {
        written.rest += strspn(written.rest, " ");
    }
    if (*written.rest == '\0') {
        return scale_number(&written, BG_ONE, exact, result);
    }
    if (percent && strcmp(written.rest, "%") == 0) {
        return scale_number(&written, BG_ONE / 100, exact, result);
    }
    if (percent && strcmp(written.rest, "‰") == 0) {
        return scale_number(&written, BG_ONE / 1000, exact, result);
    }
    return BG_TYPE;
}

static bg_status parse_decimal(const char *text, bool percent, bool exact, bg_decimal *result)
{
    const bg_status status = parse_plain(text, percent, exact, result);
    char plain[BG_WRITTEN];
    return status == BG_TYPE && !strstr(text, "¥") && !strstr(text, "￥") && rewrite(text, plain)
               ? parse_plain(plain, percent, exact, result)
               : status;
}

bg_status bg_decimal_parse(const char *text, bool percent, bg_decimal *result)
{
    return parse_decimal(text, percent, true, result);
}

bg_status bg_decimal_parse_rounded(const char *text, bool percent, bg_decimal *result)
{
    return parse_decimal(text, percent, false, result);
}

/* ---- writing ---- */

/* |value|, also of INT64_MIN. */
static uint64_t absolute(int64_t value)
{
    return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static const char *sign_of(int64_t value)
{
    return value < 0 ? "-" : "";
}

char *bg_money_text(bg_fen amount, char buffer[BG_NUMBER_TEXT])
{
    uint64_t fen = absolute(amount);
    snprintf(buffer, BG_NUMBER_TEXT, "%s%llu.%02u", sign_of(amount),
             (unsigned long long)(fen / 100), (unsigned)(fen % 100));
    return buffer;
}

/* The digits of a number from the last to the first, before `end`; a comma before each third one. */
static char *put_digits(uint64_t value, int least, bool grouped, char *end)
{
    int digits = 0;
    do {
        if (grouped && digits > 0 && digits % 3 == 0) {
            *--end = ',';
        }
        *--end = (char)('0' + value % 10);
        value /= 10;
        digits++;
    } while (value > 0 || digits < least);
    return end;
}

char *bg_money_in(bg_fen amount, bg_fen unit, char buffer[BG_NUMBER_TEXT])
{
    const uint64_t fen = absolute(amount);
    int decimals = 0;
    for (bg_fen rest = unit; rest > 1; rest /= 10) {
        decimals++;
    }
    char *end = buffer + BG_NUMBER_TEXT;
    char *start = end;
    *--start = '\0';
    start = put_digits(fen % (uint64_t)unit, decimals, false, start);
    *--start = '.';
    start = put_digits(fen / (uint64_t)unit, 1, true, start);
    if (amount < 0) {
        *--start = '-';
    }
    memmove(buffer, start, (size_t)(end - start));
    return buffer;
}

char *bg_money_grouped(bg_fen amount, char buffer[BG_NUMBER_TEXT])
{
    return bg_money_in(amount, FEN_IN_YUAN, buffer);
}

/* value / 10^decimals, without trailing zeros. */
static size_t write_decimal(int64_t value, int decimals, char buffer[BG_NUMBER_TEXT])
{
    uint64_t one = (uint64_t)power_of_ten(decimals);
    uint64_t steps = absolute(value);
    int length =
        snprintf(buffer, BG_NUMBER_TEXT, "%s%llu.%0*llu", sign_of(value),
                 (unsigned long long)(steps / one), decimals, (unsigned long long)(steps % one));
    size_t end = (size_t)length;
    while (buffer[end - 1] == '0') {
        end--;
    }
    if (buffer[end - 1] == '.') {
        end--;
    }
    buffer[end] = '\0';
    return end;
}

char *bg_decimal_text(bg_decimal value, char buffer[BG_NUMBER_TEXT])
{
    write_decimal(value, 12, buffer);
    return buffer;
}

char *bg_percent_text(bg_decimal value, char buffer[BG_NUMBER_TEXT])
{
    size_t end = write_decimal(value, 10, buffer);
    buffer[end] = '%';
    buffer[end + 1] = '\0';
    return buffer;
}
