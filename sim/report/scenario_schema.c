/* JSON Schema of scenario files, made from the catalogue row by row. Every key may be null, which
 * removes an inherited one. A key that may stand in Chinese has its schema once, among the definitions. */
#include "report/label.h"
#include "report/parameters.h"
#include "scenario/aliases.h"
#include "scenario/heading.h"

#include <stdlib.h>
#include <string.h>

#define LONGEST_PATH 160
#define ANY_NAME     "*" /* stands for a free name in paths: finds the rows with empty brackets */

typedef struct context {
    const char *language;
    json_t *definitions;
} context;

static json_t *schema_at(const char *path, const context *in);

static json_t *typed(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static json_t *patterned(const char *pattern)
{
    return json_pack("{s:s, s:s}", "type", "string", "pattern", pattern);
}

static void add_alternative(json_t *list, json_t *schema)
{
    json_t *inner = json_object_get(schema, "anyOf");
    if (inner) {
        json_array_extend(list, inner);
        json_decref(schema);
    } else {
        json_array_append_new(list, schema);
    }
}

static json_t *either(json_t *a, json_t *b)
{
    json_t *list = json_array();
    add_alternative(list, a);
    add_alternative(list, b);
    json_t *schema = json_object();
    json_object_set_new(schema, "anyOf", list);
    return schema;
}

/* The bound of a range as a number: "-50%" is -0.5. */
static void set_bound(json_t *schema, const char *key, const char *text)
{
    if (text[0]) {
        char *end;
        double value = strtod(text, &end);
        json_object_set_new(schema, key, json_real(*end == '%' ? value / 100 : value));
    }
}

static json_t *number(const char *type, const bg_parameter *row)
{
    json_t *schema = typed(type);
    set_bound(schema, "minimum", row->minimum);
    set_bound(schema, "maximum", row->maximum);
    return schema;
}

/* Adds words that are parted by bars. */
static void add_words(json_t *list, const char *words)
{
    for (const char *c = words; *c;) {
        const size_t length = strcspn(c, "|");
        json_array_append_new(list, json_stringn(c, length));
        c += length + (c[length] == '|');
    }
}

/* The words of a choice, in Chinese as well; a word that is a number is one in YAML too. */
static json_t *choice(const bg_parameter *row)
{
    json_t *words = json_array();
    for (const char *c = row->choices; *c;) {
        size_t length = strcspn(c, "|");
        json_array_append_new(words, json_stringn(c, length));
        if (strspn(c, "0123456789") == length) {
            json_array_append_new(words, json_integer(strtol(c, NULL, 10)));
        }
        c += length + (c[length] == '|');
    }
    for (size_t i = 0; bg_aliases_of_value(row, i); i++) {
        add_words(words, bg_aliases_of_value(row, i));
    }
    if (strcmp(row->path, "money_unit") == 0) {
        add_words(words, "元|千元|万元|百万元|亿元|十亿元");
    }
    json_t *schema = json_object();
    json_object_set_new(schema, "enum", words);
    return schema;
}

static json_t *value_schema(const bg_parameter *row)
{
    switch (row->type) {
    case BG_TYPE_CHOICE:
        return choice(row);
    case BG_TYPE_BOOL:
        return json_pack("{s:[b, b, s, s, s, s]}", "enum", 1, 0, "yes", "no", "是", "否");
    case BG_TYPE_INTEGER:
    case BG_TYPE_YEAR:
        return number("integer", row);
    case BG_TYPE_MONTH:
        return patterned("^(199[0-9]|2[01][0-9]{2}|2200)([-/]|年)(0?[1-9]|1[0-2])(月)?$");
    case BG_TYPE_DECIMAL:
        return number("number", row);
    case BG_TYPE_RATE:
        return either(number("number", row), patterned("^[-+]?[0-9][0-9,.]*(%|‰)$"));
    case BG_TYPE_MONEY:
    case BG_TYPE_PRICE:
        return either(number("number", row),
                      patterned("^[-+]?[0-9][0-9,.]*(千|万|亿|k|M|bn)?(元)?$"));
    case BG_TYPE_NAME:
        return typed("string");
    case BG_TYPE_TEXT:
        return json_pack("{s:[s, s, s]}", "type", "string", "number", "boolean");
    case BG_TYPE_NONE:
        break;
    }
    return json_object();
}

/* `replace: all`, in tables and entries that replace what they lie over as a whole. */
static json_t *replace_word(void)
{
    return json_pack("{s:[s]}", "enum", "all");
}

/* {pattern: schema} and nothing else; null removes. Takes the schema over. */
static json_t *table(const char *pattern, json_t *value)
{
    return json_pack("{s:s, s:{s:o}, s:{s:o}, s:b}", "type", "object", "properties", "replace",
                     replace_word(), "patternProperties", pattern, either(value, typed("null")),
                     "additionalProperties", 0);
}

#define OF_CHINA    "(年|年度)?"
#define YEAR        "^[12][0-9]{3}" OF_CHINA "$"
#define YEAR_KEY    "^([12][0-9]{3}" OF_CHINA "|later|other|以后|以后各年|其他年度|其他年份)$"
#define REST        "rest|其余|余下|其余部分"
#define BAND_KEY    "^([0-9][0-9.]*%?|" REST ")$"
#define BRACKET_KEY "^([0-9][0-9.]*|" REST ")$"
#define TIER_KEY    "^[0-9][0-9.]*$"
#define FREE_NAME   "^."

/* The name that follows `parent` in a row's path, after a dot or in brackets as `mark` says; false if
 * the row is not a child of it. Empty brackets in the row's path match any name of the parent. */
static bool child_name(const char *row, const char *parent, char mark, char *name, size_t size)
{
    while (*parent) {
        if (*row == '[' && row[1] == ']' && *parent == '[') {
            row += 2;
            parent += strcspn(parent, "]") + 1;
        } else if (*row++ != *parent++) {
            return false;
        }
    }
    if (parent[0] != '\0' || *row != mark) {
        return mark == '\0' && *row != '\0' && !strpbrk(row, ".[") &&
               (size_t)snprintf(name, size, "%s", row) < size;
    }
    const char *start = row + 1;
    size_t length = strcspn(start, mark == '[' ? "]" : ".[");
    const char *rest = start + length + (mark == '[');
    if (length == 0 || *rest != '\0' || length >= size) {
        return false;
    }
    memcpy(name, start, length);
    name[length] = '\0';
    return true;
}

static void join(char *path, const char *parent, char mark, const char *name)
{
    const char *close = mark == '[' ? "]" : "";
    snprintf(path, LONGEST_PATH, "%s%.*s%s%s", parent, mark ? 1 : 0, &mark, name, close);
}

/* The words in Chinese for the last key of a path: those of its row, or of the scheme that is its name. */
static const char *words_of(const char *path, const char *name)
{
    const bg_parameter *row = bg_catalogue_find(path);
    const char *words = row ? bg_aliases_of(row) : "";
    const char *scheme = bg_heading_words_of(BG_WORD_SCHEME, name);
    return words[0] || !scheme ? words : scheme;
}

/* Puts the schema of a key with several names among the definitions, and a reference under each name. */
static void define(json_t *properties, const char *path, const char *name, const char *words,
                   const context *in)
{
    char defined[LONGEST_PATH];
    snprintf(defined, sizeof defined, "%s", path);
    for (char *c = defined; *c; c++) {
        *c = *c == '[' ? '(' : *c == ']' ? ')' : *c; /* brackets may not stand in a reference */
    }
    json_t *reference = json_pack("{s:o}", "$ref", json_sprintf("#/$defs/%s", defined));
    json_t *names = json_array();
    add_words(names, words);
    for (size_t i = 0; i < json_array_size(names); i++) {
        json_object_set(properties, json_string_value(json_array_get(names, i)), reference);
    }
    json_object_set_new(properties, name, reference);
    json_decref(names);
    json_object_set_new(in->definitions, defined, schema_at(path, in));
}

/* Schemas of the children of `parent` that have a name: keys of a section (mark '.', or none at the
 * top of the file), or entries with rows of their own (mark '['). */
static json_t *children(const char *parent, char mark, const context *in)
{
    json_t *properties = json_object();
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        char name[64];
        if (child_name(bg_catalogue_row(i)->path, parent, mark, name, sizeof name) &&
            !json_object_get(properties, name)) {
            char path[LONGEST_PATH];
            join(path, parent, mark, name);
            const char *words = words_of(path, name);
            if (words[0]) {
                define(properties, path, name, words, in);
            } else {
                json_object_set_new(properties, name, schema_at(path, in));
            }
        }
    }
    return properties;
}

static json_t *section(const char *path, const context *in)
{
    json_t *schema = typed("object");
    json_object_set_new(schema, "properties", children(path, path[0] ? '.' : '\0', in));
    json_object_set_new(schema, "additionalProperties", json_false());
    return schema;
}

/* Freely named sections; some names may have rows of their own, and keys may stand beside them. */
static json_t *entries(const char *path, const bg_parameter *row, const context *in)
{
    json_t *properties = children(path, '[', in);
    json_t *keys = children(path, '.', in);
    json_object_update(properties, keys);
    json_decref(keys);
    json_object_set_new(properties, "replace", replace_word());
    char any[LONGEST_PATH];
    join(any, path, '[', ANY_NAME);
    json_t *schema = typed("object");
    if (!bg_catalogue_find(any)) {
        json_object_set_new(schema, "additionalProperties", json_false());
    } else if (strcmp(row->unit, "year") == 0) {
        json_decref(schema);
        schema = table(YEAR, schema_at(any, in));
    } else {
        json_object_set_new(schema, "additionalProperties", schema_at(any, in));
    }
    json_object_set_new(schema, "properties", properties);
    return schema;
}

/* A list of objects with one key each, the kind of the step; or steps of an inherited plan by name. */
static json_t *steps(const char *path, const context *in)
{
    json_t *kinds = children(path, '[', in);
    json_t *item = typed("object");
    json_object_set_new(item, "properties", kinds);
    json_object_set_new(item, "additionalProperties", json_false());
    json_object_set_new(item, "minProperties", json_integer(1));
    json_object_set_new(item, "maxProperties", json_integer(1));
    json_t *schema = typed("array");
    json_object_set_new(schema, "items", item);
    return either(schema, typed("object"));
}

/* {key: schema, …} and nothing else; all of `required` must be there. Takes the properties over. */
static json_t *closed_object(json_t *properties, json_t *required)
{
    json_t *schema = typed("object");
    json_object_set_new(schema, "properties", properties);
    json_object_set_new(schema, "additionalProperties", json_false());
    json_object_set_new(schema, "required", required);
    return schema;
}

/* A table, or one for each year. */
static json_t *by_year(json_t *one, json_t *each)
{
    return either(one, table(YEAR_KEY, each));
}

static json_t *tiers(const bg_parameter *row)
{
    return by_year(table(TIER_KEY, value_schema(row)), table(TIER_KEY, value_schema(row)));
}

/* A form of a rule and, where `points` is not NULL, what may be added to its rate. */
static json_t *form(json_t *properties, const char *key, json_t *points)
{
    if (points) {
        json_object_set_new(properties, "plus", json_deep_copy(points));
    }
    return closed_object(properties, json_pack("[s]", key));
}

static json_t *bounds_of_tiers(const bg_parameter *row, const json_t *points)
{
    return points
               ? json_pack("{s:o, s:o}", "floor", value_schema(row), "ceiling", value_schema(row))
               : json_object();
}

static json_t *tiers_rule(const bg_parameter *row, json_t *points)
{
    json_t *properties = bounds_of_tiers(row, points);
    json_object_set_new(properties, "by_score", tiers(row));
    return form(properties, "by_score", points);
}

/* The same by its Chinese keys, of which a pattern cannot say that one must be there. */
static json_t *tiers_rule_in_chinese(const bg_parameter *row, json_t *points)
{
    json_t *properties = bounds_of_tiers(row, points);
    if (points) {
        json_object_set_new(properties, "plus", json_deep_copy(points));
    }
    return json_pack("{s:s, s:o, s:{s:o}, s:b, s:i}", "type", "object", "properties", properties,
                     "patternProperties", "^按(考核)?得分$", table(TIER_KEY, value_schema(row)),
                     "additionalProperties", 0, "minProperties", 1);
}

static json_t *line_rule(const bg_parameter *row, json_t *points)
{
    json_t *ends = json_pack("{s:o, s:o}", "at_0", value_schema(row), "at_100", value_schema(row));
    json_t *line = closed_object(ends, json_pack("[s, s]", "at_0", "at_100"));
    return form(json_pack("{s:o, s:o, s:o}", "score", line, "floor", value_schema(row), "ceiling",
                          value_schema(row)),
                "score", points);
}

static json_t *input_rule(const bg_parameter *row, const char *least, json_t *points)
{
    const bg_parameter factor = {
        .type = BG_TYPE_RATE, .choices = "", .minimum = least, .maximum = "1000000"};
    return form(json_pack("{s:o, s:o, s:o, s:o}", "input", typed("string"), "times",
                          value_schema(&factor), "floor", value_schema(row), "ceiling",
                          value_schema(row)),
                "input", points);
}

/* `least`: that an input may be multiplied by. */
static json_t *forms(const bg_parameter *row, const char *least, json_t *points)
{
    json_t *schema = either(value_schema(row), table(YEAR_KEY, value_schema(row)));
    schema = either(schema, tiers_rule(row, points));
    schema = either(schema, tiers_rule_in_chinese(row, points));
    schema = either(schema, line_rule(row, points));
    return either(schema, input_rule(row, least, points));
}

static json_t *rule(const bg_parameter *row)
{
    const bg_parameter moves = {
        .type = BG_TYPE_RATE, .choices = "", .minimum = "-100%", .maximum = "100%"};
    json_t *points = forms(&moves, "-1000000", NULL);
    json_t *moved =
        closed_object(json_pack("{s:o, s:O, s:o, s:o}", "rate", forms(row, "0", NULL), "plus",
                                points, "floor", value_schema(row), "ceiling", value_schema(row)),
                      json_pack("[s, s]", "rate", "plus"));
    json_t *schema = either(forms(row, "0", points), moved);
    json_decref(points);
    return row->choices[0] ? either(schema, choice(row)) : schema;
}

static json_t *sides(const bg_parameter *row)
{
    return closed_object(json_pack("{s:o, s:o}", "gain", rule(row), "loss", rule(row)),
                         json_pack("[s, s]", "gain", "loss"));
}

static json_t *conditions(void)
{
    json_t *value = json_pack("{s:[s, s, s]}", "type", "string", "number", "boolean");
    json_t *schema = json_object();
    json_t *relation = closed_object(
        json_pack("{s:o, s:O, s:O}", "input", typed("string"), "times", value, "plus", value),
        json_pack("[s]", "input"));
    json_t *bounds = table("^(from|to|above|below)$", either(json_incref(value), relation));
    json_t *list = json_pack("{s:s, s:O}", "type", "array", "items", value);
    json_object_set_new(schema, "type", json_string("object"));
    json_object_set_new(schema, "additionalProperties", either(either(value, list), bounds));
    return schema;
}

static json_t *shaped(const char *path, const bg_parameter *row, const context *in)
{
    switch (row->shape) {
    case BG_SHAPE_ONE:
        return value_schema(row);
    case BG_SHAPE_TEXTS:
        return either(value_schema(row), table("^(en|zh)$", value_schema(row)));
    case BG_SHAPE_LIST:
        return either(value_schema(row),
                      json_pack("{s:s, s:o}", "type", "array", "items", value_schema(row)));
    case BG_SHAPE_BY_YEAR:
        return either(value_schema(row), table(YEAR_KEY, value_schema(row)));
    case BG_SHAPE_BANDS:
        return by_year(table(BAND_KEY, rule(row)), table(BAND_KEY, rule(row)));
    case BG_SHAPE_BRACKETS:
        return table(BRACKET_KEY, value_schema(row));
    case BG_SHAPE_TIERS:
        return tiers(row);
    case BG_SHAPE_NAMED:
        return table(FREE_NAME, value_schema(row));
    case BG_SHAPE_RULE:
        return rule(row);
    case BG_SHAPE_SHARES:
        return by_year(table(FREE_NAME, either(rule(row), sides(row))),
                       table(FREE_NAME, either(rule(row), sides(row))));
    case BG_SHAPE_CONDITIONS:
        return conditions();
    case BG_SHAPE_SECTION:
        return section(path, in);
    case BG_SHAPE_ENTRIES:
        return entries(path, row, in);
    case BG_SHAPE_STEPS:
        return steps(path, in);
    }
    return NULL;
}

/* The child that a single value in place of the section sets. */
static json_t *shorthand_schema(const char *path, const bg_parameter *row)
{
    char child[LONGEST_PATH];
    const char *dot = row->shorthand[0] == '[' ? "" : ".";
    snprintf(child, sizeof child, "%s%s%s", path, dot, row->shorthand);
    const bg_parameter *target = bg_catalogue_find(child);
    return target ? value_schema(target) : NULL;
}

/* "default: 5%, 2024: 6%; assumption: …" */
static json_t *comment(const bg_parameter *row)
{
    char *before = bg_parameter_earlier_defaults(row);
    json_t *text = before ? json_sprintf("default: %s%s%s%s%s%s", row->standard,
                                         before[0] ? ", " : "", before, row->source[0] ? "; " : "",
                                         bg_label_of_assumption(row, "en"), row->source)
                          : NULL;
    free(before);
    return text;
}

static json_t *schema_at(const char *path, const context *in)
{
    const bg_parameter *row = bg_catalogue_find(path);
    if (!row) {
        return NULL;
    }
    json_t *schema = shaped(path, row, in);
    if (row->shorthand[0]) {
        schema = either(shorthand_schema(path, row), schema);
    }
    schema = either(schema, typed("null"));
    json_object_set_new(schema, "description",
                        json_string(bg_in_language(in->language, row->en, row->zh)));
    if (row->standard[0]) {
        json_object_set_new(schema, "$comment", comment(row));
    }
    return schema;
}

json_t *bg_scenario_schema(const char *language)
{
    const context self = {.language = language, .definitions = json_object()}, *in = &self;
    json_t *schema = section("", in);
    json_object_set_new(schema, "$defs", self.definitions);
    json_object_set_new(schema, "$schema",
                        json_string("https://json-schema.org/draft/2020-12/schema"));
    json_object_set_new(
        schema, "title",
        json_string(bg_in_language(in->language, "baogan scenario", "baogan 情景")));
    return schema;
}
