/* Shares that are given by year, {2025: {a: …, b: …}, later: {…}}, are turned round: each name has its shares by year. */

#include "scenario/tree.h"
#include "scenario/year.h"

#include <string.h>

static bool is_rest(const char *key)
{
    return strcmp(key, "later") == 0 || strcmp(key, "other") == 0;
}

bool bg_shares_by_year(const bg_raw *table)
{
    bool any = false;
    for (const bg_raw *cell = table->kind == BG_NODE_MAP ? table->child : NULL; cell;
         cell = cell->next) {
        int64_t year;
        const bool named = bg_year_read(cell->key, &year);
        if (cell->kind != BG_NODE_MAP || !(named || is_rest(cell->key))) {
            return false;
        }
        any = any || named;
    }
    return any;
}

static bg_raw *find(bg_raw *table, const char *key)
{
    bg_raw *cell = table->kind == BG_NODE_MAP ? table->child : NULL;
    while (cell && strcmp(cell->key, key) != 0) {
        cell = cell->next;
    }
    return cell;
}

static bg_raw *append(bg_arena *arena, bg_raw *table, const bg_raw *copied, const bg_raw *key)
{
    bg_raw *made = bg_arena_get(arena, sizeof *made);
    if (made) {
        *made = *copied;
        made->key = key->key;
        made->key_mark = key->key_mark;
        made->next = NULL;
        bg_raw **end = &table->child;
        while (*end) {
            end = &(*end)->next;
        }
        *end = made;
    }
    return made;
}

/* What a name has in a year: nothing of it where the year does not name it. */
static bg_raw share_in(bg_raw *year, const char *name, const char *side)
{
    const bg_raw none = {.kind = BG_NODE_VALUE, .text = "0%", .mark = year->mark};
    bg_raw *share = find(year, name);
    bg_raw *of_side = share && side ? find(share, side) : NULL;
    return of_side ? *of_side : share ? *share : none;
}

/* The shares of a name by year, as the value of `of`. */
static void add_years(bg_arena *arena, const bg_raw *table, const char *name, const char *side,
                      bg_raw *of)
{
    of->kind = BG_NODE_MAP;
    of->text = NULL;
    of->child = NULL;
    for (bg_raw *year = table->child; year; year = year->next) {
        const bg_raw share = share_in(year, name, side);
        append(arena, of, &share, year);
    }
}

static bool has_side(const bg_raw *table, const char *name, const char *side)
{
    bool found = false;
    for (bg_raw *year = table->child; year; year = year->next) {
        bg_raw *share = find(year, name);
        found = found || (share && find(share, side));
    }
    return found;
}

static void add_name(bg_arena *arena, const bg_raw *table, const bg_raw *name, bg_raw *by_name)
{
    static const char *const sides[] = {"gain", "loss"};
    bg_raw *made = append(arena, by_name, name, name);
    if (!made) {
        return;
    }
    if (!has_side(table, name->key, sides[0]) && !has_side(table, name->key, sides[1])) {
        add_years(arena, table, name->key, NULL, made);
        return;
    }
    made->kind = BG_NODE_MAP;
    made->text = NULL;
    made->child = NULL;
    for (size_t s = 0; s < 2; s++) {
        const bg_raw key = {.key = sides[s], .key_mark = name->key_mark, .mark = name->mark};
        bg_raw *side = append(arena, made, &key, &key);
        if (side) {
            add_years(arena, table, name->key, sides[s], side);
        }
    }
}

bg_raw *bg_shares_by_name(bg_arena *arena, const bg_raw *table)
{
    bg_raw *by_name = bg_arena_get(arena, sizeof *by_name);
    if (!by_name) {
        return NULL;
    }
    *by_name = *table;
    by_name->child = NULL;
    for (const bg_raw *year = table->child; year; year = year->next) {
        for (const bg_raw *name = year->child; name; name = name->next) {
            if (!find(by_name, name->key)) {
                add_name(arena, table, name, by_name);
            }
        }
    }
    return by_name;
}
