#include "scenario/messages.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <string.h>

/* The text of a value that was varied; a node has one, however often it varies. */
struct bg_varied {
    const bg_node *node;
    struct bg_varied *next;
    char text[BG_VALUE_TEXT];
};

static struct bg_varied *varied_of(bg_scenario *self, const bg_node *node)
{
    struct bg_varied *varied = self->varied;
    while (varied && varied->node != node) {
        varied = varied->next;
    }
    if (!varied) {
        varied = bg_arena_get(&self->arena, sizeof *varied);
        if (varied) {
            *varied = (struct bg_varied){.node = node, .next = self->varied};
            self->varied = varied;
        }
    }
    return varied;
}

bg_status bg_scenario_vary(bg_scenario *self, const char *path, int64_t value, bg_errors *errors)
{
    const bg_mark mark = BG_OVERRIDE_MARK;
    bg_node *node = bg_tree_find(self->root, path);
    if (!node || node->kind != BG_NODE_VALUE || node->parameter->type < BG_TYPE_CHOICE) {
        return bg_errors_say(errors, BG_INVALID, mark, path, BG_SAY(vary_nothing));
    }
    char text[BG_VALUE_TEXT];
    bg_value_override(node->parameter, value, text);
    const bg_status status = bg_value_check(node->parameter, value, text, mark, path, errors);
    if (status) {
        return status;
    }
    struct bg_varied *varied = varied_of(self, node);
    if (!varied) {
        return bg_no_memory(errors);
    }
    memcpy(varied->text, text, sizeof text);
    node->value.integer = value;
    node->text = varied->text;
    node->origin = BG_ORIGIN_OVERRIDE;
    node->mark = mark;
    if (strcmp(path, BG_AS_OF_PATH) == 0) {
        bg_tree_apply_as_of(self->root);
    }
    return BG_OK;
}
