/* The typed tree while it is being built: making, linking, typing, merging, completing, checking.
 * Every function takes the arena that owns the nodes; where it runs out, arena->exhausted is set
 * and the result is NULL, and the loader stops. */
#ifndef BAOGAN_SCENARIO_TREE
#define BAOGAN_SCENARIO_TREE

#include "scenario/arena.h"
#include "scenario/document.h"

#include <baogan/scenario.h>

/* The place of all that an override says; messages call it --set. */
static const bg_mark BG_OVERRIDE_MARK = {.file = "--set", .override = true};

struct bg_scenario {
    bg_arena arena;
    bg_node *root;
    const char *file;
    bg_fen money_unit;        /* of the scenario file, hence of overrides */
    const char *community;    /* in its area; NULL if it is of none */
    struct bg_varied *varied; /* values that have been varied (vary.c) */
};

/* ---- scenario.c ---- */

/* An empty one for a file of that name; NULL when out of memory. */
bg_scenario *bg_scenario_new(const char *file);

/* ---- tree.c: nodes ---- */

/* A null in the file: a VALUE without text. It removes an inherited key and is gone after merging.
 */
bool bg_tree_is_removal(const bg_node *node);
/* Whether children of this shape are keys that merge one by one, as opposed to a table or list that
 * is replaced as a whole. */
bool bg_shape_merges(bg_shape shape);
void bg_tree_append(bg_node *parent, bg_node *child);
/* The link that points to the child with that key, or NULL. */
bg_node **bg_tree_link(bg_node *parent, const char *key);
/* The node at `path` below `node`, names in brackets, or NULL. */
bg_node *bg_tree_find(bg_node *node, const char *path);
/* "parent.key", or "parent[key]" where `bracket`. */
const char *bg_tree_path(bg_arena *arena, const char *parent, const char *key, bool bracket);
/* The path by which the catalogue knows `child`: its own, but with the kind in place of the name of
 * a step. `parent_row_path` is that of `parent`. */
const char *bg_tree_row_path(bg_arena *arena, const bg_node *parent, const char *parent_row_path,
                             const bg_node *child);

/* ---- typing.c: plain tree to typed tree ---- */

typedef struct bg_typing {
    bg_arena *arena;
    bg_errors *errors;
    bg_origin origin;
    bg_fen money_unit; /* fen in one unit of money without a suffix */
} bg_typing;

/* Types one value as `row` asks. `row_path` is the path by which the catalogue knows it. NULL where
 * it is wrong; what is wrong inside a map is left out of it. Everything wrong is in errors. */
bg_node *bg_type_node(const bg_typing *self, const bg_parameter *row, const char *path,
                      const char *row_path, const char *key, const bg_raw *raw);
/* The same for one rule for a rate, and for the conditions of a step (typing_rule.c). */
bg_node *bg_type_rule(const bg_typing *self, const bg_parameter *row, const char *path,
                      const char *row_path, const char *key, const bg_raw *raw);
bg_node *bg_type_conditions(const bg_typing *self, const bg_parameter *row, const char *path,
                            const char *row_path, const char *key, const bg_raw *raw);
/* Types a whole file. */
bg_node *bg_type_file(const bg_typing *self, const bg_raw *raw);

/* Whether `name` may stand under a row of entries; `allowed` says what may. */
bool bg_entry_name_valid(const bg_parameter *row, const char *name, const char **allowed);

/* ---- merge.c ---- */

/* Lays `over` on `base`, which is changed and takes over the nodes: maps of keys merge, everything
 * else is replaced, removals remove. Both are maps. */
void bg_tree_merge(bg_node *base, bg_node *over);
/* The same for one child of `parent`. */
void bg_tree_place(bg_node *parent, bg_node *node);
/* Takes removals out of a tree that has nothing below it. */
void bg_tree_settle(bg_node *node);

/* ---- override.c ---- */

/* Applies "path=value" to the tree. */
bg_status bg_override_apply(bg_arena *arena, bg_node *root, const char *text, bg_fen money_unit,
                            bg_errors *errors);

/* ---- defaults.c ---- */

/* The default of a row as a typed node (origin DEFAULT), NULL where it has none. */
bg_node *bg_default_node(bg_arena *arena, const bg_parameter *row, const char *path,
                         const char *row_path, const char *key, bg_errors *errors);
/* Adds every default that is missing, as of the year that holds (as_of.c). */
void bg_tree_complete(bg_arena *arena, bg_node *root, bg_errors *errors);

/* ---- as_of.c ---- */

#define BG_AS_OF_PATH "demand.trend.as_of"
/* Gives a complete tree the defaults, and the rows, as of the year that holds: BG_AS_OF_PATH where it is
 * given, else the last base year. To be repeated where that key has changed. */
void bg_tree_apply_as_of(bg_node *root);

#endif
