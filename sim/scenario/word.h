/* A word as YAML reads it back. */
#ifndef BAOGAN_SCENARIO_WORD
#define BAOGAN_SCENARIO_WORD

#include "base/text.h"

/* Adds the word: plain where that is safe, else in double quotes. */
void bg_text_add_word(bg_text *self, const char *word);

#endif
