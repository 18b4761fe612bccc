/* How many columns of a terminal UTF-8 text takes, independent of the locale. */
#ifndef BAOGAN_REPORT_WIDTH_H
#define BAOGAN_REPORT_WIDTH_H

#include <stddef.h>

/* East Asian wide and full-width characters count two, combining marks none, others one; so do
 * bytes that are not UTF-8. Source of the ranges: Unicode 15, EastAsianWidth.txt (W and F). */
size_t bg_text_width(const char *text);

#endif
