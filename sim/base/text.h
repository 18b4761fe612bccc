/* Text built piece by piece, in memory of its own. */
#ifndef BAOGAN_BASE_TEXT
#define BAOGAN_BASE_TEXT

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* As sprintf into a new string that the caller frees; NULL when out of memory. */
char *bg_text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *bg_text_format_list(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

/* A sentence for people, which it takes over and may be NULL. In a build with BG_NUMBERED_SENTENCES it
 * becomes a number, "#1f2e3d4c", other words another one: what reads a meaning from words is found out. */
char *bg_text_sentence(char *words);

/* Keeps of each BG_BOTH (base/say.h) in `text`, which may be NULL, the Chinese or the English; in place. */
void bg_text_choose(char *text, bool chinese);

/* A text that grows. Zero-initialise; end it with bg_text_take, which frees it where it failed. */
typedef struct bg_text {
    char *bytes; /* with a final zero, once something has been added */
    size_t length, capacity;
    bool failed; /* out of memory; stays set */
} bg_text;

void bg_text_add(bg_text *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text, which the caller frees; NULL when memory ran out or nothing was added. Empties `self`. */
char *bg_text_take(bg_text *self);

#endif
