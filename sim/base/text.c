#include "base/text.h"

#include "base/array.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

char *bg_text_format_list(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *bg_text_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    return text;
}

void bg_text_choose(char *text, bool chinese)
{
    char *to = text;
    char within =
        0; /* the mark passed last: the English lies behind \002, the Chinese behind \003 */
    for (const char *from = text; from && *from; from++) {
        if (*from >= '\002' && *from <= '\004') {
            within = *from == '\004' ? 0 : *from;
        } else if (!within || (within == '\003') == chinese) {
            *to++ = *from;
        }
    }
    if (text) {
        *to = '\0';
    }
}

char *bg_text_sentence(char *words)
{
#ifdef BG_NUMBERED_SENTENCES
    uint32_t number = UINT32_C(2166136261); /* FNV-1a */
    if (!words || !words[0]) {
        return words;
    }
    for (const char *c = words; *c; c++) {
        number = (number ^ (unsigned char)*c) * UINT32_C(16777619);
    }
    free(words);
    return bg_text_format("#%08x", (unsigned)number);
#else
    return words;
#endif
}

static bool reserve(bg_text *self, size_t more)
{
    if (self->failed) {
        return false;
    }
    char *bytes = bg_array_room(self->bytes, &self->capacity, self->length + more + 1, 1);
    self->bytes = bytes ? bytes : self->bytes;
    self->failed = !bytes;
    return bytes != NULL;
}

void bg_text_add(bg_text *self, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0 || !reserve(self, (size_t)length)) {
        self->failed = true;
        return;
    }
    va_start(arguments, format);
    vsnprintf(self->bytes + self->length, (size_t)length + 1, format, arguments);
    va_end(arguments);
    self->length += (size_t)length;
}

char *bg_text_take(bg_text *self)
{
    char *bytes = self->bytes;
    if (self->failed) {
        free(bytes);
        bytes = NULL;
    }
    *self = (bg_text){0};
    return bytes;
}
