/* The headings that tables may have, for people. */
#ifndef BAOGAN_REPORT_HEADINGS
#define BAOGAN_REPORT_HEADINGS

#include <baogan/error.h>
#include <stdio.h>

/* Lists, under the key `history.csv` or `table`, `history` or `inputs`, which headings name each column; nothing
 * for other keys. BG_MEMORY. */
bg_status bg_headings_text(const char *prefix, const char *language, FILE *stream);

#endif
