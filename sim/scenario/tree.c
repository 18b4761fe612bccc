#include "scenario/tree.h"

#include "scenario/messages.h"
#include "scenario/path.h"

#include <stdio.h>
#include <string.h>

bool bg_tree_is_removal(const bg_node *node)
{
    return node->kind == BG_NODE_VALUE && !node->text;
}

bg_node *bg_tree_step(bg_node *plan, const char *key, bg_mark mark, const char *path,
                      bg_errors *errors)
{
    char shown[BG_EXCERPT], keys[256] = "";
    size_t used = 0;
    for (bg_node *step = plan->child; step; step = step->next) {
        const char *rank = strchr(step->key, '#');
        size_t length = rank ? (size_t)(rank - step->key) : strlen(step->key);
        if (rank && strncmp(step->key, key, length) == 0 &&
            (key[length] == '\0' || key[length] == '#')) {
            bg_errors_say(errors, BG_INVALID, mark, path, BG_SAY(path_step_ambiguous), step->text);
            return NULL;
        }
        if (strcmp(step->key, key) == 0) {
            return step;
        }
        if (used < sizeof keys) {
            int written =
                snprintf(keys + used, sizeof keys - used, "%s%s", used ? ", " : "", step->key);
            used += written < 0 ? sizeof keys : (size_t)written;
        }
    }
    bg_errors_say(errors, BG_UNKNOWN_KEY, mark, path, BG_SAY(path_step_unknown),
                  bg_excerpt(key, shown), keys);
    return NULL;
}

bool bg_shape_merges(bg_shape shape)
{
    return shape == BG_SHAPE_SECTION || shape == BG_SHAPE_ENTRIES;
}

void bg_tree_append(bg_node *parent, bg_node *child)
{
    bg_node **end = &parent->child;
    while (*end) {
        end = &(*end)->next;
    }
    *end = child;
}

bg_node **bg_tree_link(bg_node *parent, const char *key)
{
    for (bg_node **link = &parent->child; *link; link = &(*link)->next) {
        if ((*link)->key && strcmp((*link)->key, key) == 0) {
            return link;
        }
    }
    return NULL;
}

bg_node *bg_tree_find(bg_node *node, const char *path)
{
    bg_path_segment segment;
    while (node && bg_path_next(&path, &segment)) {
        node = node->child;
        while (node && !(node->key && strncmp(node->key, segment.text, segment.length) == 0 &&
                         !node->key[segment.length])) {
            node = node->next;
        }
    }
    return *path ? NULL : node;
}

const char *bg_tree_path(bg_arena *arena, const char *parent, const char *key, bool bracket)
{
    if (bracket) {
        return bg_arena_text(arena, "%s[%s]", parent, key);
    }
    return bg_arena_text(arena, "%s%s%s", parent, parent[0] ? "." : "", key);
}

const char *bg_tree_row_path(bg_arena *arena, const bg_node *parent, const char *parent_row_path,
                             const bg_node *child)
{
    if (parent->parameter && parent->parameter->shape == BG_SHAPE_STEPS) {
        return bg_tree_path(arena, parent_row_path, child->text, true);
    }
    if (strcmp(parent->path, parent_row_path) == 0) {
        return child->path;
    }
    return bg_arena_text(arena, "%s%s", parent_row_path, child->path + strlen(parent->path));
}
