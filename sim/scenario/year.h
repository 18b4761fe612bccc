/* Whole numbers and calendar years as texts. */
#ifndef BAOGAN_SCENARIO_YEAR
#define BAOGAN_SCENARIO_YEAR

#include <stdbool.h>
#include <stdint.h>

/* A whole number from `minimum` to `maximum`, digits only. */
bool bg_whole_number(const char *text, int64_t minimum, int64_t maximum, int64_t *value);
/* A calendar year of four digits, 1990 to 2200. */
bool bg_year_read(const char *text, int64_t *year);
/* The year of "2025", "2025年", "2025年度" or the same in full width, as four digits; false for other texts. */
#define BG_YEAR_TEXT 5
bool bg_year_plain(const char *text, char year[BG_YEAR_TEXT]);

#endif
