/* One "path=value" applied to the merged tree. */

#include "base/nearest.h"
#include "scenario/aliases.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <stdio.h>
#include <string.h>

typedef struct override {
    bg_arena *arena;
    bg_errors *errors;
    const char *path; /* as the user wrote it */
    bg_typing typing;
    const bg_laying *laying;
} override;

/* A node on the way down, with the path by which the catalogue knows it. */
typedef struct position {
    bg_node *node;
    const char *row_path;
} position;

static bg_shape shape_of(const bg_node *node)
{
    return node->parameter ? node->parameter->shape : BG_SHAPE_SECTION;
}

static bool is_table(bg_shape shape)
{
    return shape == BG_SHAPE_BY_YEAR || shape == BG_SHAPE_BANDS || shape == BG_SHAPE_BRACKETS ||
           shape == BG_SHAPE_TIERS || shape == BG_SHAPE_NAMED || shape == BG_SHAPE_TEXTS ||
           shape == BG_SHAPE_RULE || shape == BG_SHAPE_SHARES;
}

static bg_status refuse_path(const override *self, const char *row_path)
{
    char suggestion[256], word[BG_WRITTEN];
    const size_t parent = bg_path_parent(row_path);
    const char *key = row_path + parent + (row_path[parent] == '.');
    const char *near = bg_aliases_near(row_path, parent, key, word);
    if (near) {
        return bg_errors_say(self->errors, BG_UNKNOWN_KEY, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(path_unknown_near), near);
    }
    if (bg_aliases_suggest(self->path, suggestion, sizeof suggestion) ||
        bg_catalogue_suggest(row_path, suggestion, sizeof suggestion)) {
        return bg_errors_say(self->errors, BG_UNKNOWN_KEY, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(path_unknown_near), suggestion);
    }
    return bg_errors_say(self->errors, BG_UNKNOWN_KEY, BG_OVERRIDE_MARK, self->path,
                         BG_SAY(path_unknown));
}

/* ---- tables ---- */

/* Lays a table of the one cell over that which is there. */
static bg_status set_cell(const override *self, position at, const char *key, bg_raw *raw)
{
    const bg_shape shape = shape_of(at.node);
    bg_aliases_resolve_below(self->arena, at.node->parameter, at.row_path, raw, self->errors);
    bg_raw pair = *raw;
    pair.key = key;
    pair.key_mark = BG_OVERRIDE_MARK;
    bg_raw table = {.kind = BG_NODE_MAP, .mark = BG_OVERRIDE_MARK, .child = &pair};
    if (shape == BG_SHAPE_RULE && bg_tree_is_rule_map(at.node)) {
        return bg_errors_say(self->errors, BG_TYPE, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(path_into_rule), at.node->path);
    }
    if (shape == BG_SHAPE_TEXTS && at.node->kind == BG_NODE_VALUE) {
        return bg_errors_say(self->errors, BG_TYPE, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(path_into_text), at.node->path);
    }
    bg_node *made = bg_type_node(&self->typing, at.node->parameter, at.node->path, at.row_path,
                                 at.node->key, &table);
    if (!made || !made->child) {
        return BG_INVALID;
    }
    made->mark = at.node->mark;
    made->origin = at.node->origin;
    bg_tree_lay(self->laying, at.node, at.row_path, made);
    return BG_OK;
}

static bg_status set_item(const override *self, position at, const char *key, const bg_raw *raw)
{
    int64_t index = 0;
    size_t count = bg_node_count(at.node);
    if (at.node->kind != BG_NODE_LIST || !bg_whole_number(key, 1, (int64_t)count, &index)) {
        return bg_errors_say(self->errors, BG_UNKNOWN_KEY, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(path_beyond_list), count, count);
    }
    bg_raw item = *raw;
    bg_raw list = {.kind = BG_NODE_LIST, .mark = BG_OVERRIDE_MARK, .child = &item};
    bg_node *made = bg_type_node(&self->typing, at.node->parameter, at.node->path, at.row_path,
                                 at.node->key, &list);
    if (!made || !made->child) {
        return BG_INVALID;
    }
    bg_node **link = &at.node->child;
    while (--index > 0) {
        link = &(*link)->next;
    }
    made->child->next = (*link)->next;
    made->child->path = (*link)->path;
    *link = made->child;
    return BG_OK;
}

/* ---- the way down ---- */

/* The row of a key below `at`; NULL, with an error, where there is none. */
static const bg_parameter *find_row(const override *self, position at, const char *key,
                                    bool bracket, const char **row_path)
{
    *row_path = bg_tree_path(self->arena, at.row_path, key, bracket);
    const bg_parameter *row = *row_path ? bg_catalogue_find(*row_path) : NULL;
    const char *allowed = "";
    if (!row) {
        refuse_path(self, *row_path ? *row_path : "");
    } else if (bracket && !bg_entry_name_valid(at.node->parameter, key, &allowed)) {
        bg_errors_say(self->errors, BG_TYPE, BG_OVERRIDE_MARK, self->path,
                      BG_SAY(path_name_not_allowed), key, allowed);
        row = NULL;
    }
    return row;
}

static bg_node *make_empty(const override *self, const bg_parameter *row, const char *path,
                           const char *row_path, const char *key)
{
    const bg_raw map = {.kind = BG_NODE_MAP, .mark = BG_OVERRIDE_MARK};
    bool needs_cell = is_table(row->shape);
    if (!needs_cell) {
        return bg_type_node(&self->typing, row, path, row_path, key, &map);
    }
    bg_node *node = bg_arena_get(self->arena, sizeof *node);
    if (node) {
        *node = (bg_node){.key = key,
                          .path = path,
                          .parameter = row,
                          .kind = BG_NODE_MAP,
                          .origin = BG_ORIGIN_OVERRIDE,
                          .mark = BG_OVERRIDE_MARK};
    }
    return node;
}

/* An entry that is new and named nearly like one that a file has was likely meant to be that one. */
static void advise_near(const override *self, const bg_node *table, const char *key)
{
    enum { MOST_ENTRIES = 256 };
    const char *names[MOST_ENTRIES];
    size_t count = 0;
    for (const bg_node *entry = table->child; entry && count < MOST_ENTRIES; entry = entry->next) {
        if (entry->origin != BG_ORIGIN_OVERRIDE) {
            names[count++] = entry->key;
        }
    }
    const char *meant = bg_aliases_entry(table->parameter, key);
    const char *near = meant && bg_node_child(table, meant) ? meant : bg_nearest(key, names, count);
    if (near) {
        bg_errors_advise(self->errors, BG_OVERRIDE_MARK, self->path, BG_SAY(entry_new_near),
                         table->path, key, near);
    }
}

static bool is_free_entry(const bg_node *table, const bg_path_segment *segment)
{
    return segment->bracket && shape_of(table) == BG_SHAPE_ENTRIES;
}

/* Goes down to the child of that key. What is absent comes from its default, else is made empty. */
static bg_status descend(const override *self, position *at, const bg_path_segment *segment)
{
    const char *key = bg_arena_copy(self->arena, segment->text, segment->length);
    if (!key) {
        return BG_MEMORY;
    }
    if (shape_of(at->node) == BG_SHAPE_STEPS && segment->bracket) {
        bg_node *step = bg_tree_step(at->node, key, BG_OVERRIDE_MARK, self->path, self->errors);
        if (step) {
            at->row_path = bg_tree_row_path(self->arena, at->node, at->row_path, step);
            at->node = step;
        }
        return step ? BG_OK : BG_INVALID;
    }
    const char *row_path;
    const bg_parameter *row = find_row(self, *at, key, segment->bracket, &row_path);
    if (!row || !bg_shape_merges(shape_of(at->node))) {
        return row ? refuse_path(self, self->path) : BG_UNKNOWN_KEY;
    }
    bg_node **link = bg_tree_link(at->node, key);
    bg_node *node = link ? *link : NULL;
    if (!node) {
        if (is_free_entry(at->node, segment)) {
            advise_near(self, at->node, key);
        }
        const char *path = bg_tree_path(self->arena, at->node->path, key, segment->bracket);
        node = path ? bg_default_node(self->arena, row, path, row_path, key, self->errors) : NULL;
        node = node || !path ? node : make_empty(self, row, path, row_path, key);
        if (!node) {
            return BG_MEMORY;
        }
        bg_tree_append(at->node, node);
    }
    *at = (position){node, row_path};
    return BG_OK;
}

/* A default that is changed is one no longer; what a file wrote stays the file's. */
static void claim(bg_node *node)
{
    if (node->origin == BG_ORIGIN_DEFAULT) {
        node->origin = BG_ORIGIN_OVERRIDE;
    }
}

/* A step stays where it is in the plan, with its kind and its name. */
static bg_status set_step(const override *self, position at, const char *key, bg_raw *raw)
{
    const bg_node *step = bg_tree_step(at.node, key, BG_OVERRIDE_MARK, self->path, self->errors);
    if (!step) {
        return BG_INVALID;
    }
    const char *row_path = bg_tree_row_path(self->arena, at.node, at.row_path, step);
    if (row_path) {
        bg_aliases_resolve_below(self->arena, step->parameter, row_path, raw, self->errors);
    }
    bg_node *node = row_path ? bg_type_node(&self->typing, step->parameter, step->path, row_path,
                                            step->key, raw)
                             : NULL;
    if (!node) {
        return BG_INVALID;
    }
    if (!bg_tree_is_removal(node)) {
        node->text = step->text;
    }
    claim(at.node);
    bg_tree_place(self->laying, at.node, at.row_path, node);
    return BG_OK;
}

/* Sets the child of `at` that the last segment names. */
static bg_status set(const override *self, position at, const bg_path_segment *segment, bg_raw *raw)
{
    const char *key = bg_arena_copy(self->arena, segment->text, segment->length);
    if (!key) {
        return BG_MEMORY;
    }
    bg_shape shape = shape_of(at.node);
    if (segment->bracket && is_table(shape)) {
        claim(at.node);
        return set_cell(self, at, key, raw);
    }
    if (segment->bracket && shape == BG_SHAPE_LIST) {
        claim(at.node);
        return set_item(self, at, key, raw);
    }
    if (segment->bracket && shape == BG_SHAPE_STEPS) {
        return set_step(self, at, key, raw);
    }
    if (!bg_shape_merges(shape)) {
        return refuse_path(self, self->path);
    }
    const char *row_path;
    const bg_parameter *row = find_row(self, at, key, segment->bracket, &row_path);
    const char *path = row ? bg_tree_path(self->arena, at.node->path, key, segment->bracket) : NULL;
    if (path) {
        bg_aliases_resolve_below(self->arena, row, row_path, raw, self->errors);
    }
    if (row && row->shape == BG_SHAPE_STEPS && raw->kind == BG_NODE_MAP) {
        bg_tree_provide_plan(self->arena, at.node, self->errors);
    }
    bg_node *node = path ? bg_type_node(&self->typing, row, path, row_path, key, raw) : NULL;
    if (!node) {
        return BG_INVALID;
    }
    if (is_free_entry(at.node, segment) && !bg_tree_link(at.node, key)) {
        advise_near(self, at.node, key);
    }
    claim(at.node);
    bg_tree_place(self->laying, at.node, at.row_path, node);
    return BG_OK;
}

static bg_status follow(const override *self, bg_node *root, bg_raw *raw)
{
    position at = {root, ""};
    const char *rest = self->path;
    bg_path_segment segment;
    while (bg_path_next(&rest, &segment)) {
        if (*rest == '\0') {
            return set(self, at, &segment, raw);
        }
        bg_status status = descend(self, &at, &segment);
        if (status != BG_OK) {
            return status;
        }
    }
    return bg_errors_say(self->errors, BG_USAGE, BG_OVERRIDE_MARK, self->path,
                         BG_SAY(path_malformed));
}

static void place_marks(bg_raw *raw)
{
    raw->mark = raw->key_mark = BG_OVERRIDE_MARK;
    for (bg_raw *child = raw->child; child; child = child->next) {
        place_marks(child);
    }
}

/* What a file says about itself cannot be changed from outside. */
static bool about_the_file(const char *path)
{
    return strcmp(path, "extends") == 0 || strcmp(path, "money_unit") == 0 ||
           strcmp(path, "schema") == 0 || strcmp(path, "history.csv") == 0;
}

static bg_status read_value(const override *self, const char *text, bg_raw **raw)
{
    size_t length = strlen(text);
    if (strspn(text, " ") == length) {
        return bg_errors_say(self->errors, BG_USAGE, BG_OVERRIDE_MARK, self->path,
                             BG_SAY(override_empty));
    }
    return bg_document_parse(self->arena, text, length, BG_OVERRIDE_MARK, self->path, raw,
                             self->errors);
}

bg_status bg_override_apply(const bg_laying *laying, bg_node *root, const char *text,
                            bg_fen money_unit)
{
    bg_arena *arena = laying->arena;
    bg_errors *errors = laying->errors;
    const char *equals = strchr(text, '=');
    if (!equals) {
        return bg_errors_say(errors, BG_USAGE, BG_OVERRIDE_MARK, NULL,
                             BG_SAY(override_without_value), text,
                             strstr(text, "＝") ? BG_BOTH(", but \"＝\"", "，而有“＝”") : "");
    }
    override self = {
        .arena = arena,
        .errors = errors,
        .path = bg_arena_copy(arena, text, (size_t)(equals - text)),
        .typing = {arena, errors, BG_ORIGIN_OVERRIDE, money_unit, root},
        .laying = laying,
    };
    bg_raw *raw = NULL;
    self.path = self.path ? bg_aliases_path(arena, self.path) : NULL;
    if (!self.path) {
        return BG_MEMORY;
    }
    if (about_the_file(self.path)) {
        return bg_errors_say(errors, BG_INVALID, BG_OVERRIDE_MARK, self.path,
                             BG_SAY(override_of_file_key));
    }
    bg_status status = read_value(&self, equals + 1, &raw);
    if (status == BG_OK) {
        place_marks(raw);
        status = follow(&self, root, raw);
    }
    return status;
}
