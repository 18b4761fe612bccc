/* JSON Schema of the results of a run, from one table of paths. */
#include "report/parameters.h"

#include <string.h>

/* A member by path: "[]" marks a list, ".*" an object with free names. */
static const struct {
    const char *path, *type, *meaning;
} members[] = {
#define MEMBER(path, type, meaning) {path, type, meaning},
#include "report/result.def"
#undef MEMBER
};

static json_t *node_new(const char *type)
{
    json_t *node = json_object();
    json_object_set_new(node, "type", json_string(type));
    if (strcmp(type, "object") == 0) {
        json_object_set_new(node, "properties", json_object());
        json_object_set_new(node, "additionalProperties", json_false());
    }
    return node;
}

/* The schema of the member `name` of an object, made on first use; "*" is any other member. */
static json_t *member_of(json_t *object, const char *name)
{
    if (strcmp(name, "*") == 0) {
        json_t *any = json_object_get(object, "additionalProperties");
        if (!json_is_object(any)) {
            any = node_new("object");
            json_object_set_new(object, "additionalProperties", any);
        }
        return any;
    }
    json_t *properties = json_object_get(object, "properties");
    json_t *member = json_object_get(properties, name);
    if (!member) {
        member = node_new("object");
        json_object_set_new(properties, name, member);
    }
    return member;
}

/* Turns a fresh member into a list, and gives the schema of its items. */
static json_t *items_of(json_t *list)
{
    json_t *items = json_object_get(list, "items");
    if (!items) {
        items = node_new("object");
        json_object_clear(list);
        json_object_set_new(list, "type", json_string("array"));
        json_object_set_new(list, "items", items);
    }
    return items;
}

static void set_leaf(json_t *node, const char *type, const char *meaning)
{
    json_object_clear(node);
    json_t *types = json_array();
    for (const char *c = type; *c;) {
        size_t length = strcspn(c, "|");
        json_array_append_new(types, json_stringn(c, length));
        c += length + (c[length] == '|');
    }
    json_object_set_new(node, "type", types);
    json_object_set_new(node, "description", json_string(meaning));
}

static void add(json_t *root, const char *path, const char *type, const char *meaning)
{
    json_t *node = root;
    while (*path) {
        char name[64];
        size_t length = strcspn(path, ".[");
        snprintf(name, sizeof name, "%.*s", (int)length, path);
        path += length;
        node = member_of(node, name);
        if (strncmp(path, "[]", 2) == 0) {
            path += 2;
            node = items_of(node);
        }
        path += *path == '.';
    }
    set_leaf(node, type, meaning);
}

json_t *bg_result_schema(void)
{
    json_t *root = node_new("object");
    json_object_set_new(root, "$schema",
                        json_string("https://json-schema.org/draft/2020-12/schema"));
    json_object_set_new(root, "title", json_string("baogan result"));
    json_object_set_new(root, "description",
                        json_string("Money in whole fen (1 yuan = 100 fen) under keys that end in "
                                    "_fen; means and errors of money in fen with 15 significant "
                                    "digits. Keys are only ever added."));
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        add(root, members[i].path, members[i].type, members[i].meaning);
    }
    return root;
}
