#include "format/paragraph.h"

#include "format/width.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define PLUS_MINUS "±"

static bool is_one_of(uint32_t character, const char *set)
{
    while (*set) {
        if (bg_text_next(&set) == character) {
            return true;
        }
    }
    return false;
}

static bool closes(uint32_t character)
{
    return is_one_of(character, "，。；：、）】》”’？！…%％,.;:)");
}

static bool opens(uint32_t character)
{
    return is_one_of(character, "（【《“‘(");
}

/* Whether a line may end between two characters that no blank parts. */
static bool may_part(uint32_t before, uint32_t after)
{
    bool wide_before = bg_character_width(before) == 2;
    bool wide_after = bg_character_width(after) == 2;
    bool counts = wide_after && is_one_of(before, "0123456789%");
    return (wide_before || wide_after) && !counts && !opens(before) && !closes(after);
}

/* The end of the line that begins at `text` and has `room` columns. */
static const char *line_end(const char *text, size_t room)
{
    const char *end = NULL; /* last place where it may end */
    size_t width = 0;
    uint32_t before = 0;
    for (const char *at = text; *at;) {
        const char *next = at;
        uint32_t character = bg_text_next(&next);
        bool blank = character == ' ' && strncmp(next, PLUS_MINUS, strlen(PLUS_MINUS)) != 0;
        if (at > text && (blank || (before != ' ' && may_part(before, character)))) {
            end = at;
        }
        width += bg_character_width(character);
        if (width > room && end) {
            return end;
        }
        before = character;
        at = next;
    }
    return text + strlen(text);
}

void bg_paragraph_print(const char *text, bg_margins margins, FILE *stream)
{
    int margin = margins.first;
    do {
        size_t room = margins.width > margin ? (size_t)(margins.width - margin) : 1;
        const char *end = line_end(text, room);
        fprintf(stream, "%*s%.*s\n", margin, "", (int)(end - text), text);
        text = end + strspn(end, " ");
        margin = margins.others;
    } while (*text);
}
