/* For clang-tidy only: lets the analyzer know what the functions that add an error return. */
#ifndef BAOGAN_CI_ANALYZER
#define BAOGAN_CI_ANALYZER

#include <baogan/error.h>

#define bg_errors_say(errors, status, ...) (bg_errors_say(errors, status, __VA_ARGS__), (status))
#define bg_errors_say_unit(errors, status, ...)                                                    \
    (bg_errors_say_unit(errors, status, __VA_ARGS__), (status))
#define bg_no_memory(errors) (bg_no_memory(errors), BG_MEMORY)

#endif
