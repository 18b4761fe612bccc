#include "scenario/year.h"

#include "base/written.h"

#include <stdio.h>
#include <string.h>

bool bg_whole_number(const char *text, int64_t minimum, int64_t maximum, int64_t *value)
{
    bool negative = *text == '-';
    int64_t number = 0;
    const char *digit = text + (negative ? 1 : 0);
    if (*digit == '\0') {
        return false;
    }
    for (; *digit; digit++) {
        int step = *digit - '0';
        if (step < 0 || step > 9 || number > (INT64_MAX - step) / 10) {
            return false;
        }
        number = number * 10 + step;
    }
    *value = negative ? -number : number;
    return *value >= minimum && *value <= maximum;
}

bool bg_year_read(const char *text, int64_t *year)
{
    return strlen(text) == 4 && bg_whole_number(text, 1990, 2200, year);
}

bool bg_year_plain(const char *text, char year[BG_YEAR_TEXT])
{
    static const char *const words[] = {"", "年", "年度"};
    char narrow[BG_WRITTEN];
    int64_t number;
    if (bg_year_read(text, &number)) {
        memcpy(year, text, BG_YEAR_TEXT);
        return true;
    }
    if (!bg_written_narrow(text, narrow, sizeof narrow) || strlen(narrow) < 4) {
        return false;
    }
    snprintf(year, BG_YEAR_TEXT, "%.4s", narrow);
    const char *word = narrow + 4 + strspn(narrow + 4, " ");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            return bg_year_read(year, &number);
        }
    }
    return false;
}
