#include "study/entry.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/aliases.h"
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
    const char *meant = bg_aliases_entry(table->parameter, name);
    return meant && bg_node_child(table, meant) ? meant : bg_nearest(name, names, count);
}

/* Whether the table's entries have names that people give. */
static bool is_named(const bg_node *table)
{
    const bg_shape shape = table && table->parameter ? table->parameter->shape : BG_SHAPE_ONE;
    return shape == BG_SHAPE_NAMED || shape == BG_SHAPE_ENTRIES || shape == BG_SHAPE_SHARES;
}

/* What the scenario has of an entry that is named. */
typedef struct found {
    const char *near; /* another one, of nearly the same name; NULL: none */
    bool is_new;      /* nothing of that name */
} found;

/* Looks at the entry between the brackets of a copy of the key, which it cuts there and mends. */
static found look_at(const bg_scenario *scenario, char *open, char *close, char *key)
{
    *open = '\0';
    *close = '\0';
    const bg_node *table = bg_scenario_find(scenario, key);
    const bool named = is_named(table);
    const found entry = {named ? near_entry(table, open + 1) : NULL,
                         named && !bg_node_child(table, open + 1)};
    *open = '[';
    *close = ']';
    return entry;
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
        const found entry = close ? look_at(scenario, open, close, copy) : (found){NULL, false};
        if (entry.near) {
            status = bg_errors_say(errors, BG_INVALID, mark, path, BG_SAY(entry_near_another), copy,
                                   (int)(close - open - 1), open + 1, entry.near);
        } else if (entry.is_new) {
            bg_errors_advise(errors, mark, path, BG_SAY(entry_is_new), copy,
                             (int)(close - open - 1), open + 1);
        }
    }
    free(copy);
    return status;
}
