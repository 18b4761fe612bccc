#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

char *bg_text_format_list(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text) {
        vsnprintf(text, (size_t)length + 1, format, again);
    }
    va_end(again);
    return text;
}

char *bg_text_format(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    char *text = bg_text_format_list(format, arguments);
    va_end(arguments);
    return text;
}
