/* Text built piece by piece, in memory of its own. */
#ifndef BAOGAN_BASE_TEXT_H
#define BAOGAN_BASE_TEXT_H

#include <stdarg.h>

/* As sprintf into a new string that the caller frees; NULL when out of memory. */
char *bg_text_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *bg_text_format_list(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

#endif
