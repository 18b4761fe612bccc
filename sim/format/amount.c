#include "format/amount.h"

#include "base/say.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FOUR_DIGITS 1e3

static const struct {
    bg_fen fen;
    const char *en, *zh;
    int decimals; /* at least */
} units[] = {
    {100, "yuan", "元", 0},
    {100000, "thousand yuan", "千元", 0},
    {1000000, "wan yuan", "万元", 0},
    {100000000, "million yuan", "百万元", 2},
    {INT64_C(10000000000), "yi yuan", "亿元", 2},
    {INT64_C(100000000000), "billion yuan", "十亿元", 2},
};

/* By size: of a language in falling order, the last from 0 on. */
static const struct {
    const char *language;
    double least_yuan; /* largest amount from which the unit is used */
    bg_fen fen;
    int decimals;
} choices[] = {
    {"zh", 1e10, INT64_C(10000000000), 2},  {"zh", 1e6, 1000000, 0},   {"zh", 0, 100, 2},
    {"en", 1e11, INT64_C(100000000000), 2}, {"en", 1e6, 100000000, 2}, {"en", 0, 100, 2},
};

static size_t row_of(bg_fen fen)
{
    size_t i = 0;
    while (units[i].fen != fen) {
        i++; /* every unit has its row */
    }
    return i;
}

static const char *name_of(bg_fen fen, const char *language)
{
    const size_t row = row_of(fen);
    return strcmp(language, "zh") == 0 ? units[row].zh : units[row].en;
}

bg_money_scale bg_money_scale_choose(double largest, const char *language)
{
    const char *own = strcmp(language, "zh") == 0 ? "zh" : "en";
    size_t i = 0;
    while (strcmp(choices[i].language, own) != 0 || fabs(largest) / 100 < choices[i].least_yuan) {
        i++; /* ends at the row of the language that begins at 0 */
    }
    return (bg_money_scale){name_of(choices[i].fen, own), (double)choices[i].fen,
                            choices[i].decimals};
}

/* To the fen: decimals of the unit that has so many of them. */
static int exact_decimals(bg_fen fen)
{
    int decimals = 0;
    for (; fen > 1; fen /= 10) {
        decimals++;
    }
    return decimals;
}

bg_money_scale bg_money_scale_of(bg_fen fen, double largest, const char *language)
{
    const int most = exact_decimals(fen);
    const double shown = fabs(largest) / (double)fen;
    int decimals = units[row_of(fen)].decimals;
    while (decimals < most && shown * pow(10, decimals) < FOUR_DIGITS) {
        decimals++;
    }
    return (bg_money_scale){name_of(fen, language), (double)fen, decimals};
}

/* Sets commas between the thousands of a plain decimal number. */
static void group(const char *plain, char *grouped)
{
    size_t sign = plain[0] == '-';
    size_t whole = strcspn(plain + sign, ".");
    memcpy(grouped, plain, sign);
    size_t out = sign;
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0) {
            grouped[out++] = ',';
        }
        grouped[out++] = plain[sign + i];
    }
    memcpy(grouped + out, plain + sign + whole, strlen(plain + sign + whole) + 1);
}

char *bg_amount_text(bg_money_scale unit, double fen, char buffer[BG_AMOUNT_TEXT])
{
    char plain[BG_AMOUNT_TEXT / 2];
    snprintf(plain, sizeof plain, "%.*f", unit.decimals, fen / unit.fen);
    bool zero = plain[strspn(plain, "-0.")] == '\0';
    group(plain + (zero && plain[0] == '-'), buffer);
    return buffer;
}

const char *bg_money_scale_meaning(bg_money_scale unit)
{
    return strcmp(unit.name, "wan yuan") == 0  ? " (10,000 yuan)"
           : strcmp(unit.name, "yi yuan") == 0 ? " (100 million yuan)"
                                               : "";
}

/* An English word stands apart from its number. */
static const char *gap_before(const char *name)
{
    return name[0] >= 'a' && name[0] <= 'z' ? " " : "";
}

/* "1,250.5" in the unit, to the fen and no longer. */
static void exact_number(bg_fen unit, bg_fen amount, char number[BG_NUMBER_TEXT])
{
    bg_money_in(amount, unit, number);
    size_t length = strlen(number);
    while (number[length - 1] == '0') {
        number[--length] = '\0';
    }
    if (number[length - 1] == '.') {
        number[length - 1] = '\0';
    }
}

static void drop_commas(char *number)
{
    char *to = number;
    for (const char *from = number; *from; from++) {
        if (*from != ',') {
            *to++ = *from;
        }
    }
    *to = '\0';
}

static char *with_name(const char *number, const char *name, char buffer[BG_AMOUNT_TEXT])
{
    snprintf(buffer, BG_AMOUNT_TEXT, "%.40s%s%.16s", number, gap_before(name), name);
    return buffer;
}

char *bg_amount_exact(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT])
{
    char number[BG_NUMBER_TEXT];
    exact_number((bg_fen)unit.fen, amount, number);
    drop_commas(number);
    return with_name(number, unit.name, buffer);
}

char *bg_amount_exact_grouped(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT])
{
    char number[BG_NUMBER_TEXT];
    exact_number((bg_fen)unit.fen, amount, number);
    return with_name(number, unit.name, buffer);
}

char *bg_amount_phrase(bg_fen shown, bg_fen amount, char buffer[BG_AMOUNT_PHRASE])
{
    char en[BG_AMOUNT_TEXT], zh[BG_AMOUNT_TEXT];
    if (shown > 100) {
        bg_amount_exact_grouped(bg_money_scale_of(shown, 0, "en"), amount, en);
        bg_amount_exact_grouped(bg_money_scale_of(shown, 0, "zh"), amount, zh);
    } else {
        char number[BG_NUMBER_TEXT];
        bg_money_grouped(amount, number);
        with_name(number, "yuan", en);
        with_name(number, "元", zh);
    }
    snprintf(buffer, BG_AMOUNT_PHRASE, BG_BOTH("%s", "%s"), en, zh);
    return buffer;
}

char *bg_amount_to_fen(bg_money_scale unit, bg_fen amount, char buffer[BG_AMOUNT_TEXT])
{
    char number[BG_NUMBER_TEXT];
    return with_name(bg_money_in(amount, (bg_fen)unit.fen, number), unit.name, buffer);
}

char *bg_amount_named(bg_money_scale unit, double fen, char buffer[BG_AMOUNT_TEXT])
{
    char number[BG_AMOUNT_TEXT];
    return with_name(bg_amount_text(unit, fen, number), unit.name, buffer);
}

bg_money_scale bg_money_scale_for_error(bg_money_scale unit, double largest_error)
{
    double error = largest_error / unit.fen;
    int decimals = error >= 9.95 ? 0 : error >= 0.995 ? 1 : unit.decimals;
    unit.decimals = decimals < unit.decimals ? decimals : unit.decimals;
    return unit;
}

bool bg_error_shows(bg_money_scale unit, double half_width)
{
    return half_width / unit.fen >= 0.5 * pow(10, -unit.decimals);
}

char *bg_amount_with_error(bg_money_scale unit, double fen, double half_width,
                           char buffer[BG_AMOUNT_TEXT])
{
    bg_amount_text(unit, fen, buffer);
    if (bg_error_shows(unit, half_width)) {
        char error[BG_AMOUNT_TEXT];
        bg_amount_text(unit, half_width, error);
        size_t used = strlen(buffer);
        snprintf(buffer + used, BG_AMOUNT_TEXT - used, " ±%s", error);
    }
    return buffer;
}

char *bg_amount_range(bg_money_scale unit, double low, double high, const char *language,
                      char buffer[BG_RANGE_TEXT])
{
    char from[BG_AMOUNT_TEXT], to[BG_AMOUNT_TEXT];
    snprintf(buffer, BG_RANGE_TEXT, "%s%s%s", bg_amount_text(unit, low, from),
             strcmp(language, "zh") == 0 ? "至" : " to ", bg_amount_text(unit, high, to));
    return buffer;
}

char *bg_amount_error(bg_money_scale unit, double half_width, char buffer[BG_AMOUNT_TEXT])
{
    char text[BG_AMOUNT_TEXT];
    buffer[0] = '\0';
    if (isnan(half_width)) {
        snprintf(buffer, BG_AMOUNT_TEXT, "–");
    } else if (bg_error_shows(unit, half_width)) {
        snprintf(buffer, BG_AMOUNT_TEXT, "±%.48s", bg_amount_text(unit, half_width, text));
    }
    return buffer;
}

char *bg_share_with_error(double share, double low, double high, char buffer[BG_AMOUNT_TEXT])
{
    const double half_width = 50 * (high - low);
    const int decimals = half_width >= 0.095 ? 1 : 2;
    if (share <= 0) {
        snprintf(buffer, BG_AMOUNT_TEXT, "<%.2g%%", 100 * high);
    } else if (share >= 1) {
        snprintf(buffer, BG_AMOUNT_TEXT, ">%.4g%%", 100 * low);
    } else {
        snprintf(buffer, BG_AMOUNT_TEXT, "%.*f%% ±%.*f", decimals, 100 * share, decimals,
                 half_width);
    }
    return buffer;
}

double bg_percent_points(double share)
{
    const double points = round(1000 * share) / 10;
    return points == 0 ? 0 : points;
}
