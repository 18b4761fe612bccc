#include "base/bug.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void bg_bug(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("baogan: internal error: ", stderr);
    vfprintf(stderr, format, arguments);
    fputs("; please report it\n", stderr);
    va_end(arguments);
    abort();
}
