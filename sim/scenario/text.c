#include "scenario/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool reserve(bg_text *self, size_t more)
{
    if (self->failed || self->capacity - self->length > more) {
        return !self->failed;
    }
    size_t capacity = 2 * (self->capacity + more) + 256;
    char *bytes = realloc(self->bytes, capacity);
    if (!bytes) {
        self->failed = true;
        return false;
    }
    self->bytes = bytes;
    self->capacity = capacity;
    return true;
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

static bool plain(const char *text)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no"};
    static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    static const char others[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789.-";
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(text, words[i]) == 0) {
            return false;
        }
    }
    return text[0] && strchr(first, text[0]) && text[strspn(text, others)] == '\0';
}

void bg_text_add_word(bg_text *self, const char *word)
{
    if (plain(word)) {
        bg_text_add(self, "%s", word);
        return;
    }
    bg_text_add(self, "\"");
    for (const char *c = word; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\') {
            bg_text_add(self, "\\%c", *c);
        } else if (byte < 0x20 || byte == 0x7F) {
            bg_text_add(self, "\\x%02X", byte);
        } else {
            bg_text_add(self, "%c", *c);
        }
    }
    bg_text_add(self, "\"");
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
