/* For clang-tidy only: lets the analyzer know that bg_errors_add returns the status it is given. */
#ifndef TOOLS_ANALYZER_H
#define TOOLS_ANALYZER_H

#include <baogan/error.h>

#define bg_errors_add(errors, status, ...) (bg_errors_add(errors, status, __VA_ARGS__), (status))

#endif
