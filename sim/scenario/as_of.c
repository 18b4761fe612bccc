/* Which of the defaults that rest on figures of past years hold. */

#include "scenario/tree.h"
#include "scenario/value.h"

#include <limits.h>
#include <string.h>

/* Where no past years are written, as for a pooling area, the year before the first that is budgeted; where
 * that is not either, the newest of all. */
static int last_base_year(bg_node *root)
{
    const bg_node *history = bg_tree_find(root, "history");
    const bg_node *first = bg_tree_find(root, "simulation.first_year");
    int64_t last = 0, year;
    for (const bg_node *child = history ? history->child : NULL; child; child = child->next) {
        last = bg_year_read(child->key, &year) && year > last ? year : last;
    }
    return last ? (int)last : first ? (int)first->value.integer - 1 : INT_MAX;
}

static int year_that_holds(bg_node *root)
{
    const bg_node *as_of = bg_tree_find(root, BG_AS_OF_PATH);
    return as_of && as_of->origin != BG_ORIGIN_DEFAULT ? (int)as_of->value.integer
                                                       : last_base_year(root);
}

/* Also of a value whose table --set has changed elsewhere: the "other" years of a default. */
static bool is_default(const bg_node *node)
{
    return node->origin == BG_ORIGIN_DEFAULT ||
           (node->origin == BG_ORIGIN_OVERRIDE && !node->mark.file);
}

/* Of the defaults only single values depend on the year. */
static void apply(bg_node *node, int year)
{
    const bg_parameter *row = node->parameter;
    node->parameter = row ? bg_catalogue_as_of(row, year) : NULL;
    if (row && is_default(node) && node->kind == BG_NODE_VALUE &&
        strcmp(node->parameter->standard, row->standard) != 0) {
        node->text = node->parameter->standard;
        bg_value_parse(node->parameter, node->text, 100, &node->value.integer);
    }
    for (bg_node *child = node->child; child; child = child->next) {
        apply(child, year);
    }
}

void bg_tree_apply_as_of(bg_node *root)
{
    apply(root, year_that_holds(root));
}
