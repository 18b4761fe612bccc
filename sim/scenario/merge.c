#include "scenario/tree.h"

#include <string.h>

static bool merges(const bg_node *node)
{
    return node->kind == BG_NODE_MAP &&
           (!node->parameter || bg_shape_merges(node->parameter->shape));
}

/* A history from a CSV file stands in place of inherited years. */
static bool starts_anew(const bg_node *node)
{
    const bg_node *csv = bg_node_child(node, "csv");
    return csv && strcmp(csv->path, "history.csv") == 0;
}

void bg_tree_settle(bg_node *node)
{
    bg_node **link = &node->child;
    while (*link) {
        if (bg_tree_is_removal(*link)) {
            *link = (*link)->next;
        } else {
            bg_tree_settle(*link);
            link = &(*link)->next;
        }
    }
}

/* Puts `node` at the place of *link. */
static void replace(bg_node **link, bg_node *node)
{
    node->next = (*link)->next;
    bg_tree_settle(node);
    *link = node;
}

void bg_tree_place(bg_node *parent, bg_node *node)
{
    bg_node **link = bg_tree_link(parent, node->key);
    if (bg_tree_is_removal(node)) {
        if (link) {
            *link = (*link)->next;
        }
    } else if (!link) {
        node->next = NULL;
        bg_tree_settle(node);
        bg_tree_append(parent, node);
    } else if (merges(*link) && merges(node) && !starts_anew(node)) {
        bg_tree_merge(*link, node);
    } else {
        replace(link, node);
    }
}

void bg_tree_merge(bg_node *base, bg_node *over)
{
    base->mark = over->mark;
    base->origin = over->origin;
    bg_node *node = over->child;
    while (node) {
        bg_node *next = node->next;
        bg_tree_place(base, node);
        node = next;
    }
}
