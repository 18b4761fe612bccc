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
    bg_fen money_unit;     /* of the scenario file, hence of overrides */
    bg_fen money_shown;    /* asked for by bg_scenario_show_money; else 0 */
    const char *community; /* in its area; NULL if it is of none */
    bg_scenario_note *notes;
    struct bg_varied *varied; /* values that have been varied (vary.c) */
};

/* ---- scenario.c ---- */

/* An empty one for a file of that name; NULL when out of memory. */
bg_scenario *bg_scenario_new(const char *file);

/* ---- tree.c: nodes ---- */

/* A null in the file: a VALUE without text. It removes what is inherited and is gone after merging. */
bool bg_tree_is_removal(const bg_node *node);
/* Whether children of this shape are keys of the catalogue, as opposed to cells of a table or list. */
bool bg_shape_merges(bg_shape shape);
void bg_tree_append(bg_node *parent, bg_node *child);
/* The link that points to the child with that key, or NULL. */
bg_node **bg_tree_link(bg_node *parent, const char *key);
/* The node at `path` below `node`, names in brackets, or NULL. */
bg_node *bg_tree_find(bg_node *node, const char *path);
/* Whether a rule for a rate is written in one of its forms, {by_score: …}, not as a table by year. */
bool bg_tree_is_rule_map(const bg_node *node);
/* The step of the plan with that name or kind; NULL, with an error at `mark`, where there is none or a
 * kind stands twice without names. */
bg_node *bg_tree_step(bg_node *plan, const char *key, bg_mark mark, const char *path,
                      bg_errors *errors);
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
    bg_node *below; /* the tree over which this is laid: null may remove; NULL if there is none */
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
/* Whether shares are given by year, and the same by name, each with its shares by year, 0 where a year does not name it;
 * NULL when out of memory (shares_by_year.c). */
bool bg_shares_by_year(const bg_raw *table);
bg_raw *bg_shares_by_name(bg_arena *arena, const bg_raw *table);
/* Types a whole file. */
bg_node *bg_type_file(const bg_typing *self, const bg_raw *raw);

/* Whether `name` may stand under a row of entries; `allowed` says what may. */
bool bg_entry_name_valid(const bg_parameter *row, const char *name, const char **allowed);

/* ---- merge.c ---- */

/* What laying one tree over another needs. */
typedef struct bg_laying {
    bg_arena *arena;
    bg_errors *errors;
    bg_scenario_note **notes;
    bool
        over_many; /* an area's file, over several scenarios: a null need not remove something in each, and
                       defaults are not what it lies over */
} bg_laying;

/* Lays `over` on `base`, which is changed and takes over the nodes. `row_path` is the path by which the
 * catalogue knows `base`. False where `over` must stand in its place. */
bool bg_tree_lay(const bg_laying *self, bg_node *base, const char *row_path, bg_node *over);
/* The same for one child of `parent`. */
void bg_tree_place(const bg_laying *self, bg_node *parent, const char *row_path, bg_node *node);
/* Takes removals out of a tree that has nothing below it. */
void bg_tree_settle(bg_node *node);

/* ---- override.c ---- */

/* Applies "path=value" to the tree. */
bg_status bg_override_apply(const bg_laying *laying, bg_node *root, const char *text,
                            bg_fen money_unit);

/* ---- defaults.c ---- */

/* The default of a row as a typed node (origin DEFAULT), NULL where it has none. */
bg_node *bg_default_node(bg_arena *arena, const bg_parameter *row, const char *path,
                         const char *row_path, const char *key, bg_errors *errors);
/* Puts the default settlement plan into a tree that has none: steps that are addressed are then its steps. */
void bg_tree_provide_plan(bg_arena *arena, bg_node *root, bg_errors *errors);
/* Adds every default that is missing, as of the year that holds (as_of.c). */
void bg_tree_complete(bg_arena *arena, bg_node *root, bg_errors *errors);

/* ---- as_of.c ---- */

#define BG_AS_OF_PATH "demand.trend.as_of"
/* Gives a complete tree the defaults, and the rows, as of the year that holds: BG_AS_OF_PATH where it is
 * given, else the last base year. To be repeated where that key has changed. */
void bg_tree_apply_as_of(bg_node *root);

#endif
