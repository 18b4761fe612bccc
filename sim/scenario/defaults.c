#include "scenario/path.h"
#include "scenario/tree.h"

#include <string.h>

/* A default as the catalogue writes it: a plain value, or flow text with brackets. */
static bg_raw *read_default(bg_arena *arena, const bg_parameter *row, bg_errors *errors)
{
    bg_raw *raw = NULL;
    if (row->standard[0] == '{' || row->standard[0] == '[') {
        bg_document_parse(arena, row->standard, strlen(row->standard), BG_NOWHERE, row->path, &raw,
                          errors);
    } else {
        raw = bg_arena_get(arena, sizeof *raw);
        if (raw) {
            *raw = (bg_raw){.kind = BG_NODE_VALUE, .text = row->standard};
        }
    }
    return raw;
}

static void forget_marks(bg_node *node)
{
    node->mark = BG_NOWHERE;
    for (bg_node *child = node->child; child; child = child->next) {
        forget_marks(child);
    }
}

bg_node *bg_default_node(bg_arena *arena, const bg_parameter *row, const char *path,
                         const char *row_path, const char *key, bg_errors *errors)
{
    if (!row->standard[0]) {
        return NULL;
    }
    const bg_typing typing = {
        .arena = arena, .errors = errors, .origin = BG_ORIGIN_DEFAULT, .money_unit = 100};
    bg_raw *raw = read_default(arena, row, errors);
    bg_node *node = raw ? bg_type_node(&typing, row, path, row_path, key, raw) : NULL;
    if (node) {
        forget_marks(node);
    }
    return node;
}

void bg_tree_provide_plan(bg_arena *arena, bg_node *root, bg_errors *errors)
{
    const bg_parameter *row = bg_catalogue_find("settlement");
    bg_node *plan = bg_tree_link(root, row->path)
                        ? NULL
                        : bg_default_node(arena, row, row->path, row->path, row->path, errors);
    if (plan) {
        bg_tree_append(root, plan);
    }
}

/* Adds the child `key` (a row's last segment) to the map where it is absent and has a default. */
static void add_missing(bg_arena *arena, bg_node *map, const char *row_path,
                        const bg_parameter *row, const bg_path_segment *last, bg_errors *errors)
{
    const char *key = bg_arena_copy(arena, last->text, last->length);
    if (!key || bg_tree_link(map, key)) {
        return;
    }
    const char *path = bg_tree_path(arena, map->path, key, last->bracket);
    const char *child_row_path = bg_tree_path(arena, row_path, key, last->bracket);
    if (!path || !child_row_path || bg_catalogue_find(child_row_path) != row) {
        return; /* another row, "[word]", wins for this name */
    }
    bg_node *node = bg_default_node(arena, row, path, child_row_path, key, errors);
    if (node) {
        bg_tree_append(map, node);
    }
}

static void complete(bg_arena *arena, bg_node *map, const char *row_path, bg_errors *errors)
{
    const size_t length = strlen(row_path);
    for (size_t i = 0; i < bg_catalogue_count() && !arena->exhausted; i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        bg_path_segment last;
        if (row->standard[0] && bg_catalogue_child(i, row_path, length, &last) && last.length > 0) {
            add_missing(arena, map, row_path, row, &last, errors);
        }
    }
}

static void complete_all(bg_arena *arena, bg_node *node, const char *row_path, bg_errors *errors)
{
    bg_shape shape = node->parameter ? node->parameter->shape : BG_SHAPE_SECTION;
    if (bg_shape_merges(shape)) {
        complete(arena, node, row_path, errors);
    } else if (shape != BG_SHAPE_STEPS) {
        return;
    }
    for (bg_node *child = node->child; child && !arena->exhausted; child = child->next) {
        const char *child_row_path = bg_tree_row_path(arena, node, row_path, child);
        if (child_row_path) {
            complete_all(arena, child, child_row_path, errors);
        }
    }
}

/* demand.services gets an entry for the service of a line "scheme.service.place" or "total". */
static void add_service(bg_arena *arena, bg_node *services, const char *line, bg_errors *errors)
{
    const char *dot = strchr(line, '.');
    const char *service = dot ? dot + 1 : line;
    const char *key = bg_arena_copy(arena, service, strcspn(service, "."));
    if (!key || bg_tree_link(services, key) || bg_node_count(services) >= BG_MAX_CHILDREN) {
        return;
    }
    const char *path = bg_tree_path(arena, services->path, key, true);
    const bg_parameter *row = path ? bg_catalogue_find(path) : NULL;
    bg_node *node = row ? bg_default_node(arena, row, path, path, key, errors) : NULL;
    if (node) {
        bg_tree_append(services, node);
        complete_all(arena, node, path, errors);
    }
}

static void add_services(bg_arena *arena, bg_node *services, const bg_node *lines,
                         bg_errors *errors)
{
    for (const bg_node *line = lines ? lines->child : NULL; line; line = line->next) {
        add_service(arena, services, line->key, errors);
    }
}

static bg_node *child_of(bg_node *parent, const char *key)
{
    bg_node **link = parent ? bg_tree_link(parent, key) : NULL;
    return link ? *link : NULL;
}

void bg_tree_complete(bg_arena *arena, bg_node *root, bg_errors *errors)
{
    complete_all(arena, root, "", errors);
    bg_node *services = child_of(child_of(root, "demand"), "services");
    const bg_node *history = child_of(root, "history");
    for (const bg_node *year = history ? history->child : NULL; services && year;
         year = year->next) {
        add_services(arena, services, year, errors);
    }
    if (services) {
        add_services(arena, services, child_of(child_of(root, "demand"), "lines"), errors);
    }
    bg_tree_apply_as_of(root);
}
