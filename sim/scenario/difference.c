/* Two complete trees walked side by side: once to list where they differ, again to build a third. */
#include <baogan/difference.h>

#include "base/array.h"
#include "scenario/tree.h"

#include <stdlib.h>
#include <string.h>

/* The walk. A list gathers differences where `found` is set; a blend copies nodes into `arena` and
 * takes the side of difference number `next` that `taken` says. */
typedef struct walk {
    bg_differences *found;
    bg_arena *arena;
    const bool *taken;
    size_t next;
    bool failed;
} walk;

static void meet(walk *self, const bg_node *base, const bg_node *reform)
{
    self->next++;
    bg_differences *list = self->found;
    if (!list) {
        return;
    }
    bg_difference *items =
        bg_array_room(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) {
        self->failed = true;
        return;
    }
    list->items = items;
    list->items[list->count++] =
        (bg_difference){.path = (base ? base : reform)->path, .base = base, .reform = reform};
}

/* A copy of the node that shares all below it; NULL where nothing is built. */
static bg_node *copy_of(walk *self, const bg_node *node)
{
    bg_node *copy = self->arena && node ? bg_arena_get(self->arena, sizeof *copy) : NULL;
    if (copy) {
        *copy = *node;
        copy->next = NULL;
    }
    return copy;
}

/* The side that a difference is taken from. */
static bg_node *side(walk *self, const bg_node *base, const bg_node *reform)
{
    const bool taken = self->taken && self->taken[self->next];
    meet(self, base, reform);
    return copy_of(self, taken ? reform : base);
}

static bool same(walk *self, const bg_node *a, const bg_node *b)
{
    char *one = bg_node_line(a), *other = bg_node_line(b);
    self->failed = self->failed || !one || !other;
    const bool equal = one && other && strcmp(one, other) == 0;
    free(one);
    free(other);
    return equal;
}

static bool same_steps(const bg_node *a, const bg_node *b)
{
    const bg_node *one = a->child, *other = b->child;
    while (one && other && strcmp(one->key, other->key) == 0 &&
           strcmp(one->text, other->text) == 0) {
        one = one->next;
        other = other->next;
    }
    return !one && !other;
}

/* Whether the two hold keys that can be exchanged one by one. */
static bool opens(const bg_node *base, const bg_node *reform)
{
    if (!base->parameter) {
        return true; /* the root */
    }
    if (base->parameter->shape == BG_SHAPE_STEPS) {
        return same_steps(base, reform);
    }
    return base->kind == BG_NODE_MAP && reform->kind == BG_NODE_MAP &&
           bg_shape_merges(base->parameter->shape);
}

static bool bears_on_results(const bg_node *parent, const bg_node *node)
{
    static const char *const idle[] = {"schema", "title",    "description", "money_unit",
                                       "actual", "expected", "published"};
    for (size_t i = 0; !parent->parameter && i < sizeof idle / sizeof *idle; i++) {
        if (strcmp(node->key, idle[i]) == 0) {
            return false;
        }
    }
    return true;
}

static bg_node *mix(walk *self, const bg_node *base, const bg_node *reform);

/* Puts a child at the end of the copy, if one is built. */
static void append(bg_node ***end, bg_node *child)
{
    if (child) {
        **end = child;
        *end = &child->next;
    }
}

static void mix_children(walk *self, const bg_node *base, const bg_node *reform, bg_node *copy)
{
    bg_node *none = NULL;
    bg_node **end = copy ? &copy->child : &none;
    *end = NULL;
    for (const bg_node *child = base->child; child; child = child->next) {
        const bg_node *other = bg_node_child(reform, child->key);
        if (!bears_on_results(base, child)) {
            append(&end, copy_of(self, child));
        } else {
            append(&end, other ? mix(self, child, other) : side(self, child, NULL));
        }
    }
    for (const bg_node *child = reform->child; child; child = child->next) {
        if (!bg_node_child(base, child->key) && bears_on_results(base, child)) {
            append(&end, side(self, NULL, child));
        }
    }
}

static bg_node *mix(walk *self, const bg_node *base, const bg_node *reform)
{
    if (base->parameter && same(self, base, reform)) {
        return copy_of(self, base);
    }
    if (!opens(base, reform)) {
        return side(self, base, reform);
    }
    bg_node *copy = copy_of(self, base);
    mix_children(self, base, reform, copy);
    return copy;
}

bg_status bg_differences_find(const bg_scenario *base, const bg_scenario *reform,
                              bg_differences *self)
{
    *self = (bg_differences){0};
    walk list = {.found = self};
    mix(&list, bg_scenario_root(base), bg_scenario_root(reform));
    if (list.failed) {
        bg_differences_free(self);
        return BG_MEMORY;
    }
    return BG_OK;
}

void bg_differences_free(bg_differences *self)
{
    free(self->items);
    *self = (bg_differences){0};
}

bg_status bg_scenario_blend(const bg_scenario *base, const bg_scenario *reform,
                            const bg_differences *differences, const bool *taken,
                            bg_scenario **blend)
{
    bg_scenario *self = *blend = bg_scenario_new(bg_scenario_file(base));
    if (!self) {
        return BG_MEMORY;
    }
    self->money_unit = base->money_unit;
    walk build = {.arena = &self->arena, .taken = taken};
    self->root = mix(&build, bg_scenario_root(base), bg_scenario_root(reform));
    if (build.failed || self->arena.exhausted || build.next != differences->count) {
        bg_scenario_free(self);
        *blend = NULL;
        return BG_MEMORY;
    }
    return BG_OK;
}
