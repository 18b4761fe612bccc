#include "schema.h"

#include <regex.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

typedef struct place {
    const json_t *root; /* of the schema */
    char *why;
    size_t size;
    const char *key; /* of the value being judged */
} place;

static bool judge(const json_t *schema, const json_t *value, place at);

static bool refuse(place at, const char *keyword)
{
    snprintf(at.why, at.size, "%s: %s", at.key, keyword);
    return false;
}

static bool is_of_type(const json_t *value, const char *type)
{
    return (strcmp(type, "object") == 0 && json_is_object(value)) ||
           (strcmp(type, "array") == 0 && json_is_array(value)) ||
           (strcmp(type, "string") == 0 && json_is_string(value)) ||
           (strcmp(type, "integer") == 0 && json_is_integer(value)) ||
           (strcmp(type, "number") == 0 && json_is_number(value)) ||
           (strcmp(type, "boolean") == 0 && json_is_boolean(value)) ||
           (strcmp(type, "null") == 0 && json_is_null(value));
}

static bool check_type(const json_t *rule, const json_t *value, place at)
{
    if (json_is_string(rule)) {
        return is_of_type(value, json_string_value(rule)) || refuse(at, "type");
    }
    for (size_t i = 0; i < json_array_size(rule); i++) {
        if (is_of_type(value, json_string_value(json_array_get(rule, i)))) {
            return true;
        }
    }
    return refuse(at, "type");
}

static bool check_enum(const json_t *rule, const json_t *value, place at)
{
    for (size_t i = 0; i < json_array_size(rule); i++) {
        if (json_equal(json_array_get(rule, i), value)) {
            return true;
        }
    }
    return refuse(at, "enum");
}

static bool check_minimum(const json_t *rule, const json_t *value, place at)
{
    return !json_is_number(value) || json_number_value(value) >= json_number_value(rule) ||
           refuse(at, "minimum");
}

static bool check_maximum(const json_t *rule, const json_t *value, place at)
{
    return !json_is_number(value) || json_number_value(value) <= json_number_value(rule) ||
           refuse(at, "maximum");
}

static bool matches(const char *pattern, const char *text)
{
    regex_t compiled;
    if (regcomp(&compiled, pattern, REG_EXTENDED | REG_NOSUB) != 0) {
        return false;
    }
    bool found = regexec(&compiled, text, 0, NULL, 0) == 0;
    regfree(&compiled);
    return found;
}

static bool check_pattern(const json_t *rule, const json_t *value, place at)
{
    return !json_is_string(value) || matches(json_string_value(rule), json_string_value(value)) ||
           refuse(at, "pattern");
}

static bool check_any_of(const json_t *rule, const json_t *value, place at)
{
    for (size_t i = 0; i < json_array_size(rule); i++) {
        if (judge(json_array_get(rule, i), value, at)) {
            return true;
        }
    }
    return false; /* the last alternative has said why */
}

/* "#/$defs/NAME" */
static bool check_reference(const json_t *rule, const json_t *value, place at)
{
    static const char front[] = "#/$defs/";
    const char *target = json_string_value(rule);
    const json_t *defined =
        strncmp(target, front, strlen(front)) == 0
            ? json_object_get(json_object_get(at.root, "$defs"), target + strlen(front))
            : NULL;
    return defined ? judge(defined, value, at) : refuse(at, "a reference leads nowhere");
}

static bool check_items(const json_t *rule, const json_t *value, place at)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!judge(rule, json_array_get(value, i), at)) {
            return false;
        }
    }
    return true;
}

static bool check_sizes(const json_t *schema, const json_t *value, place at)
{
    const json_t *least = json_object_get(schema, "minProperties");
    const json_t *most = json_object_get(schema, "maxProperties");
    json_int_t size = (json_int_t)json_object_size(value);
    return ((!least || size >= json_integer_value(least)) &&
            (!most || size <= json_integer_value(most))) ||
           refuse(at, "number of properties");
}

/* One member of an object, by name, pattern, or as an additional one. */
static bool check_member(const json_t *schema, const char *key, const json_t *value, place at)
{
    at.key = key;
    const json_t *named = json_object_get(json_object_get(schema, "properties"), key);
    if (named) {
        return judge(named, value, at);
    }
    const char *pattern;
    json_t *rule;
    json_object_foreach(json_object_get(schema, "patternProperties"), pattern, rule)
    {
        if (matches(pattern, key)) {
            return judge(rule, value, at);
        }
    }
    const json_t *other = json_object_get(schema, "additionalProperties");
    if (json_is_false(other)) {
        return refuse(at, "is not known");
    }
    return !other || judge(other, value, at);
}

static bool check_members(const json_t *schema, const json_t *value, place at)
{
    const char *key;
    json_t *member;
    json_object_foreach((json_t *)(uintptr_t)value, key, member)
    {
        if (!check_member(schema, key, member, at)) {
            return false;
        }
    }
    return check_sizes(schema, value, at);
}

static bool is_read_elsewhere(const char *keyword)
{
    static const char *const known[] = {
        "properties",    "patternProperties", "additionalProperties",
        "minProperties", "maxProperties",     "description",
        "title",         "$comment",          "$schema",
        "$defs",
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i], keyword) == 0) {
            return true;
        }
    }
    return false;
}

static bool judge(const json_t *schema, const json_t *value, place at)
{
    static const struct {
        const char *keyword;
        bool (*check)(const json_t *, const json_t *, place);
    } checks[] = {
        {"type", check_type},       {"enum", check_enum},       {"minimum", check_minimum},
        {"maximum", check_maximum}, {"pattern", check_pattern}, {"anyOf", check_any_of},
        {"items", check_items},     {"$ref", check_reference},
    };
    size_t known = 0;
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
        const json_t *rule = json_object_get(schema, checks[i].keyword);
        known += rule != NULL;
        if (rule && !checks[i].check(rule, value, at)) {
            return false;
        }
    }
    const char *keyword;
    json_t *rule;
    json_object_foreach((json_t *)(uintptr_t)schema, keyword, rule)
    {
        known += is_read_elsewhere(keyword);
    }
    if (known != json_object_size(schema)) {
        return refuse(at, "a keyword of the schema is not supported");
    }
    return !json_is_object(value) || check_members(schema, value, at);
}

bool schema_accepts(const json_t *schema, const json_t *value, char *why, size_t size)
{
    return judge(schema, value, (place){schema, why, size, "the file"});
}
