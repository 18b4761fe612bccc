/* Texts inside HTML, where nothing in them means anything. */
#ifndef BAOGAN_FORMAT_HTML_TEXT
#define BAOGAN_FORMAT_HTML_TEXT

#include <stddef.h>
#include <stdio.h>

/* As content or as an attribute between double quotes: &, <, >, quotes are written as references, control characters as
 * blanks, what is no UTF-8 as U+FFFD. */
void bg_html_put(const char *text, size_t length, FILE *stream);
/* As a string of CSS with its quotes, at most `most` characters of it. */
void bg_html_put_css_string(const char *text, size_t most, FILE *stream);
/* Bytes as base64, of a data URI. */
void bg_html_put_base64(const char *bytes, size_t length, FILE *stream);

#endif
