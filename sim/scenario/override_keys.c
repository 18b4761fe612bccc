#include "scenario/override_keys.h"

#include "scenario/aliases.h"

#include <string.h>

const char *bg_override_key(bg_arena *arena, const char *text)
{
    const char *key = bg_arena_copy(arena, text, strcspn(text, "="));
    return key ? bg_aliases_path(arena, key) : NULL;
}

static bool is_same(bg_arena *arena, const char *a, const char *b)
{
    const char *one = bg_override_key(arena, a), *other = bg_override_key(arena, b);
    return one && other && strcmp(one, other) == 0;
}

size_t bg_overrides_same(const char *const *texts, size_t count, size_t *first)
{
    bg_arena arena = {0};
    size_t second = count;
    for (size_t i = 1; i < count && second == count; i++) {
        for (size_t j = 0; j < i && second == count; j++) {
            if (is_same(&arena, texts[j], texts[i])) {
                *first = j;
                second = i;
            }
        }
    }
    bg_arena_free(&arena);
    return second;
}
