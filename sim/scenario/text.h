/* A text that grows. Zero-initialise. */
#ifndef BAOGAN_SCENARIO_TEXT_H
#define BAOGAN_SCENARIO_TEXT_H

#include <stdbool.h>
#include <stddef.h>

typedef struct bg_text {
    char *bytes;
    size_t length, capacity;
    bool failed; /* out of memory; stays set */
} bg_text;

void bg_text_add(bg_text *self, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A word as YAML reads it back: plain where that is safe, else in double quotes. */
void bg_text_add_word(bg_text *self, const char *word);
/* The text, which the caller frees; NULL when memory ran out. Empties `self`. */
char *bg_text_take(bg_text *self);

#endif
