/* How many columns of a terminal UTF-8 text takes, independent of the locale. */
#ifndef BAOGAN_FORMAT_WIDTH
#define BAOGAN_FORMAT_WIDTH

#include <stddef.h>
#include <stdint.h>

/* East Asian wide and full-width characters count two, combining marks none, others one; so do
 * bytes that are not UTF-8. Source of the ranges: Unicode 15, EastAsianWidth.txt (W and F). */
size_t bg_text_width(const char *text);
size_t bg_character_width(uint32_t character);

/* Decodes the character at *text, which is not the end, and moves past it. */
uint32_t bg_text_next(const char **text);

#endif
