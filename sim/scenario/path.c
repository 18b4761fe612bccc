#include "scenario/path.h"

#include <string.h>

bool bg_path_next(const char **path, bg_path_segment *segment)
{
    bool bracket = **path == '[';
    const char *text = bracket ? *path + 1 : *path;
    size_t length = strcspn(text, bracket ? "]" : ".[]");
    const char *end = text + length;
    if (bracket ? *end != ']' : length == 0) {
        return false;
    }
    end += bracket ? 1 : 0;
    if (*end == '.') {
        end++;
        if (strchr(".[]", *end)) { /* also finds the final zero byte */
            return false;
        }
    } else if (*end != '\0' && *end != '[') {
        return false;
    }
    *segment = (bg_path_segment){text, length, bracket};
    *path = end;
    return true;
}

int bg_path_match(const char *pattern, size_t pattern_length, const char *path, size_t length)
{
    const char *pattern_end = pattern + pattern_length;
    const char *path_end = path + length;
    int score = 1;
    while (pattern < pattern_end && path < path_end && *pattern == *path) {
        bool any_name = *pattern == '[' && pattern[1] == ']';
        if (any_name) {
            path = memchr(path, ']', (size_t)(path_end - path));
            if (!path) {
                return 0;
            }
        }
        score += *pattern == '[' && !any_name ? 1 : 0;
        pattern += any_name ? 2 : 1;
        path++;
    }
    return pattern == pattern_end && path == path_end ? score : 0;
}

size_t bg_path_parent(const char *path)
{
    const char *rest = path;
    const char *last = path;
    bg_path_segment segment;
    while (bg_path_next(&rest, &segment)) {
        last = segment.bracket ? segment.text - 1 : segment.text;
    }
    size_t length = (size_t)(last - path);
    return length > 0 && path[length - 1] == '.' ? length - 1 : length;
}

const char *bg_excerpt(const char *text, char buffer[BG_EXCERPT])
{
    static const char ellipsis[] = "…";
    size_t length = strlen(text);
    bool cut = length >= BG_EXCERPT;
    if (cut) {
        length = BG_EXCERPT - sizeof ellipsis;
        while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80) {
            length--; /* not inside a character */
        }
    }
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        buffer[i] = byte < 0x20 || byte == 0x7F ? '?' : text[i];
    }
    memcpy(buffer + length, cut ? ellipsis : "", cut ? sizeof ellipsis : 1);
    return buffer;
}
