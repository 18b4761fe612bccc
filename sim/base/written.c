#include "base/written.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- characters ---- */

/* A character of UTF-8 that stands for another, or for none. */
static const struct {
    const char *from, *to;
} marks[] = {
    {"\xC2\xA0", " "},     /* no-break space */
    {"\xE2\x80\x87", " "}, /* figure space */
    {"\xE2\x80\xAF", " "}, /* narrow no-break space */
    {"\xE3\x80\x80", " "}, /* ideographic space */
    {"\xE2\x80\x8B", ""},  /* zero width space */
    {"\xEF\xBB\xBF", ""},  /* byte-order mark */
    {"\xE2\x88\x92", "-"}, /* minus sign */
    {"\xEF\xBF\xA5", "¥"}, /* full-width yen sign */
};

static size_t length_of_character(const char *text)
{
    size_t length = 1;
    while (((unsigned char)text[length] & 0xC0) == 0x80) {
        length++;
    }
    return length;
}

/* ASCII of a full-width character, 0 of another: U+FF01 to U+FF3F are EF BC 81 to BF, U+FF40 to U+FF5E are
 * EF BD 80 to 9E. */
static char narrow(const char *text, size_t length)
{
    const unsigned char *byte = (const unsigned char *)text;
    if (length != 3 || byte[0] != 0xEF || (byte[1] != 0xBC && byte[1] != 0xBD)) {
        return 0;
    }
    const int code = byte[2] - 0x80 + (byte[1] == 0xBD ? 0x60 : 0x20);
    return code > 0x20 && code < 0x7F ? (char)code : 0;
}

/* What stands for the character at `text` of that length; `one` has room for a character of ASCII. */
static const char *stands_for(const char *text, size_t length, char one[2])
{
    if (length == 1) {
        one[0] = *text == '\t' || *text == '\n' || *text == '\r' ? ' ' : *text;
        return one;
    }
    one[0] = narrow(text, length);
    if (!strchr("\xC2\xE2\xE3\xEF", *text)) {
        return NULL; /* with none of these does a mark begin */
    }
    for (size_t i = 0; !one[0] && i < sizeof marks / sizeof *marks; i++) {
        if (strlen(marks[i].from) == length && memcmp(marks[i].from, text, length) == 0) {
            return marks[i].to;
        }
    }
    return one[0] ? one : NULL;
}

bool bg_written_narrow(const char *text, char *buffer, size_t size)
{
    size_t used = 0, kept = 0; /* without the blanks at the end */
    for (size_t length; *text; text += length) {
        length = length_of_character(text);
        char one[2] = "";
        const char *to = stands_for(text, length, one);
        const size_t more = to ? strlen(to) : length;
        if (used == 0 && to && (more == 0 || *to == ' ')) {
            continue;
        }
        if (used + more >= size) {
            return false;
        }
        memcpy(buffer + used, to ? to : text, more);
        used += more;
        kept = to && *to == ' ' ? kept : used;
    }
    buffer[kept] = '\0';
    return true;
}

/* ---- signs of money ---- */

bool bg_written_number(const char *text, char buffer[BG_WRITTEN])
{
    static const char yen[] = "¥";
    if (!bg_written_narrow(text, buffer, BG_WRITTEN)) {
        return false;
    }
    char *sign = buffer + strspn(buffer, "+-");
    if (sign - buffer <= 1 && strncmp(sign, yen, strlen(yen)) == 0) {
        const char *rest = sign + strlen(yen);
        rest += strspn(rest, " ");
        memmove(sign, rest, strlen(rest) + 1);
    }
    return true;
}

/* ---- names ---- */

static bool is_blank(const char *text)
{
    return text && (*text == '\0' || *text == ' ');
}

const char *bg_written_fold(const char *text, char buffer[BG_WRITTEN])
{
    size_t used = 0;
    for (size_t length; *text; text += length) {
        length = length_of_character(text);
        char one[2] = "";
        const char *to = stands_for(text, length, one);
        if (is_blank(to)) {
            continue;
        }
        const size_t more = to ? strlen(to) : length;
        if (used + more >= BG_WRITTEN) {
            break;
        }
        memcpy(buffer + used, to ? to : text, more);
        if (more == 1 && buffer[used] >= 'A' && buffer[used] <= 'Z') {
            buffer[used] = (char)(buffer[used] - 'A' + 'a');
        }
        used += more;
    }
    buffer[used] = '\0';
    return buffer;
}

bool bg_written_same(const char *a, const char *b)
{
    char left[BG_WRITTEN], right[BG_WRITTEN];
    return strcmp(bg_written_fold(a, left), bg_written_fold(b, right)) == 0;
}

/* ---- two readings ---- */

static size_t digits_at(const char *text)
{
    return strspn(text, "0123456789");
}

bool bg_written_twice(const char *text, char thousands[BG_WRITTEN], char decimals[BG_WRITTEN])
{
    char number[BG_WRITTEN];
    if (!bg_written_number(text, number)) {
        return false;
    }
    const size_t sign = strspn(number, "+-");
    const size_t whole = digits_at(number + sign);
    const char *mark = number + sign + whole;
    const bool grouped = whole >= 1 && whole <= 3 && number[sign] != '0';
    if (!grouped || (*mark != ',' && *mark != '.') || digits_at(mark + 1) != 3 || mark[4] == ',' ||
        mark[4] == '.') {
        return false;
    }
    const int front = (int)(mark - number);
    snprintf(thousands, BG_WRITTEN, "%.*s%s", front, number, mark + 1);
    snprintf(decimals, BG_WRITTEN, "%.*s.%s", front, number, mark + 1);
    return true;
}

bool bg_written_step(const char *text, char step[BG_WRITTEN])
{
    char number[BG_WRITTEN];
    char *last = NULL, *to = step;
    if (!bg_written_number(text, number)) {
        return false;
    }
    for (const char *c = number; *c; c++) {
        if (*c >= '0' && *c <= '9') {
            last = to;
            *to++ = '0';
        } else if (!strchr(",+-", *c)) {
            *to++ = *c;
        }
    }
    *to = '\0';
    if (last) {
        *last = '1';
    }
    return last != NULL;
}

/* ---- numbers of spreadsheets ---- */

#define SIGNIFICANT 15

/* Whether the text is a number in digits, with a point or an exponent or not. */
static bool is_plain(const char *text)
{
    const char *c = text + (*text == '-' || *text == '+');
    const size_t whole = digits_at(c);
    c += whole;
    const size_t fraction = *c == '.' ? digits_at(c + 1) : 0;
    c += *c == '.' ? 1 + fraction : 0;
    if (whole + fraction == 0) {
        return false;
    }
    if (*c == 'e' || *c == 'E') {
        c += 1;
        c += *c == '-' || *c == '+';
        const size_t exponent = digits_at(c);
        c += exponent;
        return *c == '\0' && exponent >= 1 && exponent <= 3;
    }
    return *c == '\0';
}

bool bg_written_round(const char *text, char buffer[BG_WRITTEN])
{
    const size_t length = strlen(text);
    const bool long_or_power = length > SIGNIFICANT || strpbrk(text, "eE");
    if (length >= BG_WRITTEN || !long_or_power || !is_plain(text)) {
        return false;
    }
    char rounded[BG_WRITTEN];
    snprintf(rounded, sizeof rounded, "%.*e", SIGNIFICANT - 1, strtod(text, NULL));
    char *power = strchr(rounded, 'e');
    const int exponent = (int)strtol(power + 1, NULL, 10);
    const bool negative = rounded[0] == '-';
    char digits[SIGNIFICANT + 1] = {rounded[negative], 0};
    memcpy(digits + 1, rounded + negative + 2, SIGNIFICANT - 1);
    size_t count = SIGNIFICANT;
    while (count > 1 && digits[count - 1] == '0') {
        digits[--count] = '\0';
    }
    if (exponent < -40 || exponent > 40) {
        return false;
    }
    const char *sign = negative ? "-" : "";
    const int places = (int)count - 1 - exponent; /* behind the point */
    if (places <= 0) {
        snprintf(buffer, BG_WRITTEN, "%s%s%.*s", sign, digits, -places,
                 "00000000000000000000000000000000000000000");
    } else if (exponent >= 0) {
        snprintf(buffer, BG_WRITTEN, "%s%.*s.%s", sign, exponent + 1, digits,
                 digits + exponent + 1);
    } else {
        snprintf(buffer, BG_WRITTEN, "%s0.%.*s%s", sign, -exponent - 1,
                 "00000000000000000000000000000000000000000", digits);
    }
    return true;
}
