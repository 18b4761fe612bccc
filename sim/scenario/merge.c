/* Laying one typed tree over another: sections, entries and tables merge key by key, single values and
 * lists are replaced, null removes, `replace: all` replaces a table or entries as a whole. What a file
 * lies over counts with its defaults, as for --set. */

#include "scenario/messages.h"
#include "scenario/tree.h"

#include <string.h>

static bg_shape shape_of(const bg_node *node)
{
    return node->parameter ? node->parameter->shape : BG_SHAPE_SECTION;
}

/* A history from a CSV file stands in place of inherited years. */
static bool starts_anew(const bg_node *node)
{
    const bg_node *csv = bg_node_child(node, "csv");
    return node->replaces || (csv && strcmp(csv->path, "history.csv") == 0);
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

static void note(const bg_laying *self, bg_scenario_note_kind kind, const bg_node *over)
{
    bg_scenario_note *made = bg_arena_get(self->arena, sizeof *made);
    if (made) {
        *made = (bg_scenario_note){.kind = kind, .path = over->path, .mark = over->mark};
        bg_scenario_note **end = self->notes;
        while (*end) {
            end = &(*end)->next;
        }
        *end = made;
    }
}

static void remove_node(const bg_laying *self, bg_node **link, const bg_node *over)
{
    if (link) {
        *link = (*link)->next;
        note(self, BG_NOTE_REMOVED, over);
    } else if (!self->over_many) {
        bg_errors_advise(self->errors, over->mark, over->path, BG_SAY(null_removes_nothing));
    }
}

/* ---- tables ---- */

static bool rises(bg_shape shape)
{
    return shape == BG_SHAPE_BANDS || shape == BG_SHAPE_BRACKETS;
}

static bool is_ordered(bg_shape shape)
{
    return rises(shape) || shape == BG_SHAPE_TIERS;
}

/* The link to the cell that `cell` would replace; else NULL, and *end is the link before which it
 * belongs: bands rise, tiers fall, others go to the end. */
static bg_node **find_cell(bg_node *table, bg_shape shape, const bg_node *cell, bg_node ***end)
{
    const bool ordered = is_ordered(shape);
    bg_node **link = &table->child;
    for (; *link; link = &(*link)->next) {
        const int64_t limit = (*link)->limit;
        if (ordered ? limit == cell->limit : strcmp((*link)->key, cell->key) == 0) {
            return link;
        }
        if (ordered && (rises(shape) ? limit > cell->limit : limit < cell->limit)) {
            break;
        }
    }
    *end = link;
    return NULL;
}

static void place_cell(const bg_laying *self, bg_node *table, bg_shape shape, bg_node *cell)
{
    bg_node **end = NULL;
    bg_node **link = find_cell(table, shape, cell, &end);
    if (bg_tree_is_removal(cell)) {
        remove_node(self, link, cell);
    } else if (link) {
        replace(link, cell);
    } else {
        bg_tree_settle(cell);
        cell->next = *end;
        *end = cell;
    }
}

/* A value or a table by year that is one becomes a table by year in which it holds for every other year. */
static void spread_over_years(const bg_laying *self, bg_node *value)
{
    bg_node *other = bg_arena_get(self->arena, sizeof *other);
    if (!other) {
        return;
    }
    *other = *value;
    other->key = "other";
    other->path = bg_tree_path(self->arena, value->path, "other", true);
    other->limit = INT64_MAX;
    other->next = NULL;
    value->kind = BG_NODE_MAP;
    value->text = NULL;
    value->child = other;
}

static void lay_cells(const bg_laying *self, bg_node *base, bg_shape shape, bg_node *over)
{
    bg_node *cell = over->child;
    while (cell) {
        bg_node *next = cell->next;
        place_cell(self, base, shape, cell);
        cell = next;
    }
}

bool bg_tree_is_rule_map(const bg_node *node)
{
    return node->kind == BG_NODE_MAP && node->child && node->child->limit == 0;
}

/* The tiers of a rule that hangs on the score alone; NULL where it has another form, or points beside. */
static bg_node *tiers_of(bg_node *rule)
{
    bg_node **link = bg_tree_is_rule_map(rule) ? bg_tree_link(rule, "by_score") : NULL;
    return link && !rule->child->next ? *link : NULL;
}

/* Bands or tiers, of which either may be given by year: the table of a year stands in place of another, and one without
 * years in place of all. */
static void lay_ordered(const bg_laying *self, bg_node *base, bg_shape shape, bg_node *over)
{
    if (!bg_node_holds_years(over)) {
        base->child = bg_node_holds_years(base) ? NULL : base->child;
        lay_cells(self, base, shape, over);
        return;
    }
    if (!bg_node_holds_years(base)) {
        spread_over_years(self, base);
    }
    lay_cells(self, base, BG_SHAPE_BY_YEAR, over);
}

static bool lay_table(const bg_laying *self, bg_node *base, bg_node *over)
{
    const bg_shape shape = shape_of(over);
    if (shape == BG_SHAPE_RULE && (bg_tree_is_rule_map(base) || bg_tree_is_rule_map(over))) {
        bg_node *below = tiers_of(base);
        bg_node *tiers = tiers_of(over);
        if (below && tiers && !tiers->replaces) {
            lay_ordered(self, below, BG_SHAPE_TIERS, tiers);
        }
        return below && tiers && !tiers->replaces;
    }
    if (base->kind == BG_NODE_VALUE && shape != BG_SHAPE_BY_YEAR && shape != BG_SHAPE_RULE) {
        return false;
    }
    if (base->kind == BG_NODE_VALUE && shape == BG_SHAPE_RULE && base->parameter->choices[0] &&
        strcmp(base->text, base->parameter->choices) == 0) {
        bg_errors_say(self->errors, BG_INVALID, over->mark, over->path, BG_SAY(table_over_word),
                      base->text);
        return true;
    }
    if (base->kind == BG_NODE_VALUE) {
        spread_over_years(self, base);
    }
    if (is_ordered(shape)) {
        lay_ordered(self, base, shape, over);
    } else {
        lay_cells(self, base, shape, over);
    }
    return true;
}

static bool is_table(bg_shape shape)
{
    return shape == BG_SHAPE_BY_YEAR || shape == BG_SHAPE_NAMED || shape == BG_SHAPE_TEXTS ||
           shape == BG_SHAPE_RULE || shape == BG_SHAPE_SHARES || is_ordered(shape);
}

/* ---- any node ---- */

/* What `over` lies over where no file says anything: the default, or an empty map. What an area says is
 * read by itself, too, and must then mean the same: it stands in place of defaults. */
static bg_node *make_base(const bg_laying *self, const char *row_path, const bg_node *over)
{
    const char *standard = over->parameter ? over->parameter->standard : "";
    if (standard[0] && !self->over_many) {
        return bg_default_node(self->arena, over->parameter, over->path, row_path, over->key,
                               self->errors);
    }
    bg_node *made = bg_arena_get(self->arena, sizeof *made);
    if (made) {
        *made = *over;
        made->child = made->next = NULL;
    }
    return made;
}

static void lay_keys(const bg_laying *self, bg_node *base, const char *row_path, bg_node *over)
{
    bg_node *node = over->child;
    while (node) {
        bg_node *next = node->next;
        bg_tree_place(self, base, row_path, node);
        node = next;
    }
}

bool bg_tree_lay(const bg_laying *self, bg_node *base, const char *row_path, bg_node *over)
{
    const bg_shape shape = shape_of(over);
    if (over->kind != BG_NODE_MAP || starts_anew(over)) {
        return false;
    }
    if (shape == BG_SHAPE_STEPS || (bg_shape_merges(shape) && base->kind == BG_NODE_MAP)) {
        lay_keys(self, base, row_path, over);
    } else if (is_table(shape) && lay_table(self, base, over)) {
        note(self, BG_NOTE_MERGED, over);
    } else {
        return false;
    }
    base->mark = over->mark;
    base->origin = over->origin;
    return true;
}

void bg_tree_place(const bg_laying *self, bg_node *parent, const char *row_path, bg_node *node)
{
    bg_node **link = bg_tree_link(parent, node->key);
    if (bg_tree_is_removal(node)) {
        remove_node(self, link, node);
        return;
    }
    const char *node_row_path = bg_tree_row_path(self->arena, parent, row_path, node);
    if (!link && node->kind == BG_NODE_MAP && !starts_anew(node) &&
        (bg_shape_merges(shape_of(node)) || node->parameter->standard[0])) {
        bg_node *base = node_row_path ? make_base(self, node_row_path, node) : NULL;
        if (!base) {
            return; /* out of memory */
        }
        bg_tree_append(parent, base);
        link = bg_tree_link(parent, node->key);
    }
    if (!link) {
        node->next = NULL;
        bg_tree_settle(node);
        bg_tree_append(parent, node);
    } else if (!node_row_path || !bg_tree_lay(self, *link, node_row_path, node)) {
        replace(link, node);
    }
}
