#include "format/html_text.h"

#include "format/width.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

static const char *reference_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* The character at *text and how many bytes it has; a byte that begins no character is U+FFFD. */
static uint32_t next(const char **text, size_t *bytes)
{
    const char *begin = *text;
    uint32_t code = bg_text_next(text);
    *bytes = (size_t)(*text - begin);
    const bool broken = *bytes == 1 && (unsigned char)*begin >= 0x80;
    if (broken || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) {
        code = 0xFFFD;
    }
    return code;
}

static bool is_control(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code & 0xFFFE) == 0xFFFE;
}

void bg_html_put(const char *text, size_t length, FILE *stream)
{
    const char *end = text + length;
    while (text < end && *text) {
        const char *begin = text;
        size_t bytes;
        const uint32_t code = next(&text, &bytes);
        const char *reference = bytes == 1 ? reference_of(*begin) : NULL;
        if (reference) {
            fputs(reference, stream);
        } else if (code == 0xFFFD) {
            fputs("\xEF\xBF\xBD", stream);
        } else if (is_control(code) && code != '\n') {
            fputc(' ', stream);
        } else {
            fwrite(begin, 1, bytes, stream);
        }
    }
}

void bg_html_put_css_string(const char *text, size_t most, FILE *stream)
{
    fputc('"', stream);
    for (size_t i = 0; *text && i < most; i++) {
        size_t bytes;
        const uint32_t code = next(&text, &bytes);
        fprintf(stream, "\\%06" PRIx32, is_control(code) ? ' ' : code);
    }
    fputs(*text ? "\\002026\"" : "\"", stream);
}

void bg_html_put_base64(const char *bytes, size_t length, FILE *stream)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        uint32_t three = 0;
        for (size_t j = i; j < i + 3; j++) {
            three = three << 8 | (j < length ? (unsigned char)bytes[j] : 0U);
        }
        for (size_t j = 0; j < 4; j++) {
            fputc(i + j <= length ? digits[three >> (18 - 6 * j) & 63] : '=', stream);
        }
    }
}
