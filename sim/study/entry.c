#include "study/entry.h"

#include "base/nearest.h"
#include "base/text.h"
#include "study/messages.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ENTRIES = 256 };

/* The name in the table that is near this one, which the table has not; NULL: none. */
static const char *near_entry(const bg_node *table, const char *name)
{
    const char *names[MOST_ENTRIES];
    size_t count = 0;
    for (const bg_node *entry = table->child; entry && count < MOST_ENTRIES; entry = entry->next) {
        if (!entry->key || strcmp(entry->key, name) == 0) {
            return NULL;
        }
        names[count++] = entry->key;
    }
    return bg_nearest(name, names, count);
}

/* Whether the table's entries have names that people give. */
static bool is_named(const bg_node *table)
{
    const bg_shape shape = table && table->parameter ? table->parameter->shape : BG_SHAPE_ONE;
    return shape == BG_SHAPE_NAMED || shape == BG_SHAPE_ENTRIES || shape == BG_SHAPE_SHARES;
}

/* Looks at the entry between the brackets of a copy of the key, which it cuts there and mends. */
static const char *near_at(const bg_scenario *scenario, char *open, char *close, char *key)
{
    *open = '\0';
    *close = '\0';
    const bg_node *table = bg_scenario_find(scenario, key);
    const char *near = is_named(table) ? near_entry(table, open + 1) : NULL;
    *open = '[';
    *close = ']';
    return near;
}

bg_status bg_study_entry_check(const bg_scenario *scenario, const char *key, size_t length,
                               bg_mark mark, const char *path, bg_errors *errors)
{
    char *copy = bg_text_format("%.*s", (int)length, key);
    if (!copy) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    for (char *open = strchr(copy, '['); open && !status; open = strchr(open + 1, '[')) {
        char *close = strchr(open, ']');
        const char *near = close ? near_at(scenario, open, close, copy) : NULL;
        if (near) {
            status = bg_errors_say(errors, BG_INVALID, mark, path, BG_SAY(entry_near_another), copy,
                                   (int)(close - open - 1), open + 1, near);
        }
    }
    free(copy);
    return status;
}
