/* Writes a scenario as YAML that loads to itself. */

#include "base/text.h"
#include "scenario/value.h"
#include "scenario/word.h"

#include <baogan/scenario.h>
#include <stdlib.h>
#include <string.h>

typedef struct writer {
    bg_text text;
    bool with_defaults;
    const char *left_out; /* a section; NULL: none */
    int everything;       /* > 0: inside a changed default */
} writer;

/* ---- scalars ---- */

/* Money is written in yuan, so the file's unit is, too. */
static void write_choice(bg_text *text, const bg_node *node)
{
    bool unit = strcmp(node->path, "money_unit") == 0;
    bg_text_add_word(text, unit ? "yuan" : node->text);
}

/* A rule for a rate may be a word in place of a number, such as "none". */
static bool is_word(const bg_node *node)
{
    return node->parameter->shape == BG_SHAPE_RULE && node->parameter->choices[0] &&
           strcmp(node->text, node->parameter->choices) == 0;
}

static void write_value(bg_text *text, const bg_node *node)
{
    char number[BG_VALUE_TEXT];
    const bg_type type = node->parameter->type;
    if (type == BG_TYPE_CHOICE) {
        write_choice(text, node);
    } else if (type < BG_TYPE_CHOICE || is_word(node)) {
        bg_text_add_word(text, node->text);
    } else {
        bg_text_add(text, "%s", bg_value_text(node->parameter, node->value.integer, number));
    }
}

static void write_key(bg_text *text, const bg_node *node)
{
    bool digits = node->key[strspn(node->key, "0123456789.%")] == '\0' && node->key[0];
    if (digits) {
        bg_text_add(text, "%s", node->key);
    } else {
        bg_text_add_word(text, node->key);
    }
    bg_text_add(text, ":");
}

/* ---- what is written ---- */

static bool has_own(const bg_node *node)
{
    bool own = node->origin != BG_ORIGIN_DEFAULT;
    for (const bg_node *child = node->child; child && !own; child = child->next) {
        own = has_own(child);
    }
    return own;
}

/* Whether a part of the children alone would load to something else: those of tables and lists, and
 * of entries whose default is more than an empty map. */
static bool whole(const bg_node *node)
{
    const bg_parameter *row = node->parameter;
    return row && ((row->shape != BG_SHAPE_SECTION && row->shape != BG_SHAPE_ENTRIES) ||
                   (row->standard[0] && strcmp(row->standard, "{}") != 0));
}

/* Whether a default of which --set has changed a part: it is written out with all that it holds. */
static bool is_changed_default(const bg_node *node)
{
    return whole(node) && (node->origin == BG_ORIGIN_DEFAULT || node->origin == BG_ORIGIN_OVERRIDE);
}

/* Whether loading would add it again: the default of a key, as opposed to what the default of the
 * whole says. Written out, it would count as the user's own, beside a key that rules it out. */
static bool comes_back(const bg_node *node)
{
    const char *standard = node->parameter ? node->parameter->standard : "";
    if (node->kind != BG_NODE_VALUE || node->origin != BG_ORIGIN_DEFAULT || !standard[0]) {
        return false;
    }
    bg_text text = {0};
    write_value(&text, node);
    char *value = bg_text_take(&text);
    bool same = value && strcmp(value, standard) == 0;
    free(value);
    return same;
}

static bool is_written(const writer *self, const bg_node *parent, const bg_node *node)
{
    if (self->left_out && strcmp(node->path, self->left_out) == 0) {
        return false;
    }
    return self->with_defaults || whole(parent) || has_own(node) ||
           (self->everything > 0 && !comes_back(node));
}

/* ---- one line ---- */

/* How totals of money are put: `words` NULL is as in files. */
typedef struct wording {
    bg_money_words *words;
    const void *context;
} wording;

static void write_line(bg_text *text, const bg_node *node, const wording *money);

static void write_line_item(bg_text *text, const bg_node *parent, const bg_node *item,
                            const wording *money)
{
    const bool step = parent->parameter && parent->parameter->shape == BG_SHAPE_STEPS;
    if (step) {
        bg_text_add(text, "{%s: ", item->text);
    } else if (parent->kind == BG_NODE_MAP) {
        write_key(text, item);
        bg_text_add(text, " ");
    }
    write_line(text, item, money);
    bg_text_add(text, step ? "}" : "");
}

static void write_line(bg_text *text, const bg_node *node, const wording *money)
{
    if (node->kind == BG_NODE_VALUE) {
        if (money->words && node->parameter->type == BG_TYPE_MONEY && !is_word(node)) {
            char amount[BG_MONEY_WORDS];
            bg_text_add(text, "%s", money->words(money->context, node->value.fen, amount));
        } else {
            write_value(text, node);
        }
        return;
    }
    const char *ends = node->kind == BG_NODE_MAP ? "{}" : "[]";
    bg_text_add(text, "%c", ends[0]);
    for (const bg_node *item = node->child; item; item = item->next) {
        write_line_item(text, node, item, money);
        bg_text_add(text, "%s", item->next ? ", " : "");
    }
    bg_text_add(text, "%c", ends[1]);
}

char *bg_node_line_in_words(const bg_node *node, bg_money_words *words, const void *context)
{
    bg_text text = {0};
    write_line(&text, node, &(wording){words, context});
    return bg_text_take(&text);
}

char *bg_node_line(const bg_node *node)
{
    return bg_node_line_in_words(node, NULL, NULL);
}

/* ---- the tree ---- */

static void write_node(writer *self, const bg_node *node, int indent);

static void write_children(writer *self, const bg_node *node, int indent)
{
    for (const bg_node *child = node->child; child; child = child->next) {
        if (is_written(self, node, child)) {
            bg_text_add(&self->text, "%*s", indent, "");
            write_key(&self->text, child);
            write_node(self, child, indent);
        }
    }
}

static void write_steps(writer *self, const bg_node *plan, int indent)
{
    for (const bg_node *step = plan->child; step; step = step->next) {
        bg_text_add(&self->text, "%*s- %s:", indent, "", step->text);
        write_node(self, step, indent + 2);
    }
}

static void write_list(writer *self, const bg_node *list)
{
    bg_text_add(&self->text, " [");
    for (const bg_node *item = list->child; item; item = item->next) {
        write_value(&self->text, item);
        bg_text_add(&self->text, "%s", item->next ? ", " : "");
    }
    bg_text_add(&self->text, "]\n");
}

static bool any_written(const writer *self, const bg_node *node)
{
    const bg_node *child = node->child;
    while (child && !is_written(self, node, child)) {
        child = child->next;
    }
    return child != NULL;
}

static void write_map(writer *self, const bg_node *map, int indent)
{
    if (any_written(self, map)) {
        bg_text_add(&self->text, "\n");
        write_children(self, map, indent + 2);
    } else {
        bg_text_add(&self->text, " {}\n");
    }
}

/* What follows the colon of a key: a value on the line, or children on lines of their own. */
static void write_node(writer *self, const bg_node *node, int indent)
{
    int more = is_changed_default(node) ? 1 : 0;
    self->everything += more;
    if (node->kind == BG_NODE_VALUE) {
        bg_text_add(&self->text, " ");
        write_value(&self->text, node);
        bg_text_add(&self->text, "\n");
    } else if (node->kind == BG_NODE_MAP) {
        write_map(self, node, indent);
    } else if (node->parameter->shape == BG_SHAPE_STEPS && node->child) {
        bg_text_add(&self->text, "\n");
        write_steps(self, node, indent + 2);
    } else {
        write_list(self, node);
    }
    self->everything -= more;
}

static char *write_scenario(const bg_scenario *self, writer out)
{
    const bg_node *root = bg_scenario_root(self);
    if (any_written(&out, root)) {
        write_children(&out, root, 0);
    } else {
        bg_text_add(&out.text, "{}\n");
    }
    return bg_text_take(&out.text);
}

char *bg_scenario_yaml(const bg_scenario *self, bool with_defaults)
{
    return write_scenario(self, (writer){.with_defaults = with_defaults});
}

char *bg_scenario_yaml_without(const bg_scenario *self, const char *section)
{
    return write_scenario(self, (writer){.left_out = section});
}
