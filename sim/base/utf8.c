#include "base/utf8.h"

#include <stdbool.h>

/* What stands at one place of a text. */
typedef enum sequence { SEQUENCE_ASCII, SEQUENCE_LONG, SEQUENCE_CUT, SEQUENCE_WRONG } sequence;

static bool continues(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Classifies the UTF-8 sequence at `text` and gives its length: no overlong forms, no surrogates,
 * nothing above U+10FFFF (Unicode standard, table 3-7). */
static sequence utf8_sequence(const unsigned char *text, size_t left, size_t *length)
{
    static const struct {
        unsigned char first, last, second_low, second_high;
        size_t length;
    } rows[] = {
        {0x00, 0x7F, 0x00, 0x00, 1}, {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
        {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
        {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4},
    };
    size_t row = 0;
    while (row < sizeof rows / sizeof rows[0] &&
           (text[0] < rows[row].first || text[0] > rows[row].last)) {
        row++;
    }
    if (row == sizeof rows / sizeof rows[0]) {
        return SEQUENCE_WRONG;
    }
    *length = rows[row].length;
    if (*length == 1) {
        return SEQUENCE_ASCII;
    }
    for (size_t i = 1; i < *length; i++) {
        if (i == left) {
            return SEQUENCE_CUT;
        }
        bool good = i == 1 ? text[1] >= rows[row].second_low && text[1] <= rows[row].second_high
                           : continues(text[i]);
        if (!good) {
            return SEQUENCE_WRONG;
        }
    }
    return SEQUENCE_LONG;
}

bg_utf8 bg_utf8_detect(const char *text, size_t size)
{
    bool beyond_ascii = false;
    for (size_t at = 0; at < size;) {
        size_t length;
        switch (utf8_sequence((const unsigned char *)text + at, size - at, &length)) {
        case SEQUENCE_LONG:
            beyond_ascii = true;
            break;
        case SEQUENCE_CUT:
            return beyond_ascii ? BG_UTF8_CUT : BG_UTF8_NOT;
        case SEQUENCE_WRONG:
            return BG_UTF8_NOT;
        case SEQUENCE_ASCII:
            break;
        }
        at += length;
    }
    return BG_UTF8;
}
