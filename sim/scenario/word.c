#include "scenario/word.h"

#include <string.h>

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
