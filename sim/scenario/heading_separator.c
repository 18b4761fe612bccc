/* Headings that are parted by a sign that parts no cells, such as the full-width comma. */
#include "scenario/heading.h"
#include "scenario/messages.h"

#include <stdio.h>
#include <string.h>

/* How many headings are known between signs of that kind. */
static size_t count_known(bg_headings table, const char *text, const char *sign)
{
    size_t known = 0;
    for (const char *next; text; text = next) {
        char heading[BG_WRITTEN];
        const char *end = strstr(text, sign);
        const size_t length = end ? (size_t)(end - text) : strlen(text);
        snprintf(heading, sizeof heading, "%.*s", (int)(length < BG_WRITTEN ? length : BG_WRITTEN),
                 text);
        known += bg_heading_key(table, heading) != NULL;
        next = end ? end + strlen(sign) : NULL;
    }
    return known;
}

bg_status bg_heading_check_separator(bg_headings table, const bg_csv *row, const char *path,
                                     bg_errors *errors)
{
    static const char *const signs[] = {"，", "；", "、", "|", "｜"};
    for (size_t i = 0; row->count == 1 && i < sizeof signs / sizeof *signs; i++) {
        if (count_known(table, row->cells[0].text, signs[i]) >= 2) {
            return bg_errors_say(errors, BG_SYNTAX, row->cells[0].mark, path,
                                 BG_SAY(table_wide_separator), signs[i]);
        }
    }
    return BG_OK;
}
