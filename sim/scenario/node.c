/* Reading a typed tree: lookups by key and year. */

#include "base/bug.h"
#include "scenario/year.h"

#include <baogan/scenario.h>
#include <string.h>

const bg_node *bg_node_child(const bg_node *node, const char *key)
{
    const bg_node *child = node ? node->child : NULL;
    while (child && !(child->key && strcmp(child->key, key) == 0)) {
        child = child->next;
    }
    return child;
}

size_t bg_node_count(const bg_node *node)
{
    size_t count = 0;
    for (const bg_node *child = node ? node->child : NULL; child; child = child->next) {
        count++;
    }
    return count;
}

/* The value of a key that always exists. */
static const bg_node *required(const bg_node *section, const char *key)
{
    const bg_node *node = bg_node_child(section, key);
    if (!node || node->kind != BG_NODE_VALUE) {
        bg_bug("no value \"%s\" in \"%s\"", key, section ? section->path : "");
    }
    return node;
}

bg_fen bg_node_fen(const bg_node *section, const char *key)
{
    return required(section, key)->value.fen;
}

bg_decimal bg_node_decimal(const bg_node *section, const char *key)
{
    return required(section, key)->value.decimal;
}

double bg_node_double(const bg_node *section, const char *key)
{
    return (double)required(section, key)->value.decimal / (double)BG_ONE;
}

int64_t bg_node_integer(const bg_node *section, const char *key)
{
    return required(section, key)->value.integer;
}

bool bg_node_bool(const bg_node *section, const char *key)
{
    return required(section, key)->value.integer != 0;
}

const char *bg_node_text(const bg_node *section, const char *key)
{
    return required(section, key)->text;
}

static bool value_is(const bg_node *node, const char *standard)
{
    int64_t value;
    switch (node->parameter->type) {
    case BG_TYPE_MONEY:
    case BG_TYPE_PRICE:
        return !bg_money_parse(standard, 100, &value) && value == node->value.fen;
    case BG_TYPE_DECIMAL:
    case BG_TYPE_RATE:
        return !bg_decimal_parse(standard, true, &value) && value == node->value.decimal;
    default:
        return strcmp(standard, node->text) == 0;
    }
}

/* Of a standard such as "[1, 2, 12]". */
static bool list_is(const bg_node *node, const char *standard)
{
    const char *at = standard + strspn(standard, "[ ");
    const bg_node *item = node->child;
    for (; item && *at && *at != ']'; item = item->next) {
        char text[32];
        const size_t size = strcspn(at, ",]");
        if (size >= sizeof text) {
            return false;
        }
        memcpy(text, at, size);
        text[size] = '\0';
        if (!value_is(item, text)) {
            return false;
        }
        at += size;
        at += strspn(at, ", ");
    }
    return !item && (!*at || *at == ']');
}

bool bg_node_is_standard(const bg_node *node)
{
    if (node->origin == BG_ORIGIN_DEFAULT) {
        return true;
    }
    if (node->kind == BG_NODE_VALUE) {
        return node->parameter && node->parameter->shape != BG_SHAPE_NAMED &&
               value_is(node, node->parameter->standard);
    }
    if (node->kind == BG_NODE_LIST && node->parameter && node->parameter->standard &&
        node->parameter->shape == BG_SHAPE_LIST) {
        return list_is(node, node->parameter->standard);
    }
    for (const bg_node *child = node->child; child; child = child->next) {
        if (!bg_node_is_standard(child)) {
            return false;
        }
    }
    return true;
}

bool bg_node_holds_years(const bg_node *table)
{
    int64_t year;
    const char *first =
        table && table->kind == BG_NODE_MAP && table->child ? table->child->key : "";
    return strcmp(first, "later") == 0 || strcmp(first, "other") == 0 || bg_year_read(first, &year);
}

const bg_node *bg_node_in_year(const bg_node *table, int year)
{
    if (!table || table->kind == BG_NODE_VALUE) {
        return table;
    }
    int64_t last = INT64_MIN;
    for (const bg_node *child = table->child; child; child = child->next) {
        if (child->limit == year) {
            return child;
        }
        if (child->limit != INT64_MAX && child->limit > last) {
            last = child->limit;
        }
    }
    const bg_node *later = year > last ? bg_node_child(table, "later") : NULL;
    return later ? later : bg_node_child(table, "other");
}

const char *bg_node_in_language(const bg_node *texts, const char *language)
{
    if (!texts || texts->kind == BG_NODE_VALUE) {
        return texts ? texts->text : "";
    }
    const bg_node *node = bg_node_child(texts, language);
    node = node ? node : texts->child;
    return node ? node->text : "";
}
