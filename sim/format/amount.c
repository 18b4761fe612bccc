#include "format/amount.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *language;
    double least_yuan; /* largest amount from which the unit is used */
    bg_money_scale unit;
} units[] = {
    {"zh", 1e10, {"亿元", 1e10, 2}},
    {"zh", 1e6, {"万元", 1e6, 0}},
    {"zh", 0, {"元", 1e2, 2}},
    {"en", 1e11, {"billion yuan", 1e11, 2}},
    {"en", 1e6, {"million yuan", 1e8, 2}},
    {"en", 0, {"yuan", 1e2, 2}},
};

bg_money_scale bg_money_scale_choose(double largest, const char *language)
{
    const char *own = strcmp(language, "zh") == 0 ? "zh" : "en";
    size_t i = 0;
    while (strcmp(units[i].language, own) != 0 || fabs(largest) / 100 < units[i].least_yuan) {
        i++; /* ends at the row of the language that begins at 0 */
    }
    return units[i].unit;
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
