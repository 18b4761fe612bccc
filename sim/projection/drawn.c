#include "projection/drawn.h"

#include "projection/parties.h"

#include <sha2.h>
#include <stdlib.h>
#include <string.h>

static void add(SHA2_CTX *hash, const void *bytes, size_t size)
{
    SHA256Update(hash, bytes, size);
}

/* With its end, so that two texts never run together. */
static void add_text(SHA2_CTX *hash, const char *text)
{
    add(hash, text ? text : "", (text ? strlen(text) : 0) + 1);
}

static void add_value(SHA2_CTX *hash, const bg_node *node)
{
    const bg_type type = node->parameter->type;
    if (type == BG_TYPE_TEXT || type == BG_TYPE_NAME) {
        add_text(hash, node->text);
    } else {
        add(hash, &node->value.integer, sizeof node->value.integer);
    }
}

/* Rows of a rule's own keys have no path: they are read by whoever reads the rule. */
static bg_reader reader_of(const bg_node *node, bg_reader above)
{
    return node->parameter && node->parameter->path[0] ? bg_catalogue_reader(node->parameter->path)
                                                       : above;
}

/* Keys of a section stand in any order, and those left to defaults behind the others. */
static bool is_section(const bg_node *node)
{
    return node->kind == BG_NODE_MAP &&
           (!node->parameter || node->parameter->shape == BG_SHAPE_SECTION);
}

/* The child behind `last` (NULL: the first): of a section by key, else as they stand. */
static const bg_node *next_child(const bg_node *node, const bg_node *last)
{
    if (!is_section(node)) {
        return last ? last->next : node->child;
    }
    const bg_node *next = NULL;
    for (const bg_node *child = node->child; child; child = child->next) {
        const bool behind = !last || strcmp(child->key, last->key) > 0;
        next = behind && (!next || strcmp(child->key, next->key) < 0) ? child : next;
    }
    return next;
}

static void add_node(SHA2_CTX *hash, const bg_node *node, bg_reader above)
{
    const bg_reader reader = reader_of(node, above);
    if (bg_reader_is_demand(reader)) {
        add_text(hash, node->path);
        add(hash, &node->limit, sizeof node->limit);
        if (node->kind == BG_NODE_VALUE) {
            add_value(hash, node);
        }
    }
    for (const bg_node *child = next_child(node, NULL); child; child = next_child(node, child)) {
        add_node(hash, child, reader);
    }
}

bg_drawn bg_drawn_of(const bg_model *model, const bg_model *whole)
{
    uint8_t digest[SHA256_DIGEST_LENGTH];
    SHA2_CTX hash;
    SHA256Init(&hash);
    add_text(&hash, bg_scenario_community(model->contract.scenario));
    add_node(&hash, bg_scenario_root(model->contract.scenario), BG_READ_BY_BOTH);
    if (whole) {
        add_node(&hash, bg_scenario_root(whole->contract.scenario), BG_READ_BY_BOTH);
    }
    SHA256Final(digest, &hash);
    bg_drawn drawn;
    memcpy(drawn.bytes, digest, sizeof drawn.bytes);
    return drawn;
}

bool bg_drawn_same(const bg_drawn *a, const bg_drawn *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bg_drawn *bg_parties_drawn(const bg_parties *self)
{
    bg_drawn *drawn = calloc(self->count, sizeof *drawn);
    for (size_t c = 0; drawn && c < self->count; c++) {
        drawn[c] = bg_drawn_of(&self->member[c], self->whole);
    }
    return drawn;
}
