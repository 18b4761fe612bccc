/* Whether a text is UTF-8. */
#ifndef BAOGAN_BASE_UTF8
#define BAOGAN_BASE_UTF8

#include <stddef.h>

/* A text that is UTF-8 up to its last, incomplete character is UTF-8 that was cut off, not some
 * other encoding, provided that another character beyond ASCII says so. */
typedef enum bg_utf8 { BG_UTF8, BG_UTF8_CUT, BG_UTF8_NOT } bg_utf8;

bg_utf8 bg_utf8_detect(const char *text, size_t size);

#endif
