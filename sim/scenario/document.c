#include "scenario/document.h"

#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/slip.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* A map or list that is being filled. */
typedef struct level {
    bg_raw *node;
    bg_raw **end; /* where the next child is linked */
    size_t count;
    const char *key; /* of a map: key read, value to come */
    bg_mark key_mark;
    /* of a list within brackets: the last item, where it ended, and items that may be one number */
    const char *item;
    size_t item_end;
    bool loose, sure; /* a comma has a blank behind it; the second part begins with 0 */
    const char *front, *group;
    bg_mark group_mark;
} level;

typedef struct reader {
    bg_arena *arena;
    yaml_parser_t parser;
    const char *text;
    size_t size;
    bg_mark place;
    const char *path;
    bg_errors *errors;
    size_t errors_before;
    bg_raw *root;
    bg_slip slip; /* the last that was said */
    size_t nodes, documents, depth;
    level level[BG_MAX_DEPTH];
} reader;

static bg_mark at(const reader *self, int line, int column)
{
    return (bg_mark){self->place.file, line, column, self->place.override};
}

static bg_mark mark_of(const reader *self, yaml_mark_t mark)
{
    return at(self, (int)mark.line + 1, (int)mark.column + 1);
}

static bool has_failed(const reader *self)
{
    return self->errors->error_count > self->errors_before;
}

/* Line and column, both from 1, of a byte of the text. */
static bg_mark mark_at(const reader *self, size_t offset)
{
    bg_mark mark = at(self, 1, 1);
    for (size_t i = 0; i < offset && i < self->size; i++) {
        if (self->text[i] == '\n') {
            mark.line++;
            mark.column = 1;
        } else if (((unsigned char)self->text[i] & 0xC0) != 0x80) {
            mark.column++;
        }
    }
    return mark;
}

/* Says which sign stands where another is meant, from that place to the end of the line `last`. False where there is
 * none. */
static bool say_slip(reader *self, int line, int column, int last)
{
    bg_slip slip;
    if (!bg_slip_find(self->text, self->size, line, column, last, &slip)) {
        return false;
    }
    const bool said = slip.line == self->slip.line && slip.column == self->slip.column;
    const bg_mark mark = at(self, slip.line, slip.column);
    self->slip = slip;
    if (said) {
        return true;
    }
    if (slip.kind == BG_SLIP_SIGN) {
        bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_sign), slip.sign,
                      slip.meant);
    } else if (slip.kind == BG_SLIP_NO_BLANK) {
        bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_no_blank));
    } else {
        bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_wide_blank));
    }
    return true;
}

static bg_status syntax_error(reader *self)
{
    const yaml_parser_t *parser = &self->parser;
    const char *problem = parser->problem ? parser->problem : BG_BOTH("not readable", "无法读取");
    if (parser->error == YAML_MEMORY_ERROR) {
        return bg_no_memory(self->errors);
    }
    if (parser->error == YAML_READER_ERROR) {
        return bg_errors_say(self->errors, BG_SYNTAX, mark_at(self, parser->problem_offset),
                             self->path, BG_SAY(yaml_malformed_byte), problem,
                             (unsigned)parser->problem_value);
    }
    if (parser->error != YAML_READER_ERROR &&
        say_slip(self, 1, 1, (int)parser->problem_mark.line + 1)) {
        return BG_SYNTAX;
    }
    const char *hint = strstr(problem, "cannot start any token")
                           ? BG_BOTH("; indent with spaces, not tabs, and put such text in quotes",
                                     "；请用空格缩进，不用制表符，此类文本请加引号")
                       : strstr(problem, "did not find expected ','")
                           ? BG_BOTH("; put a text with [ ] { } or , in it in quotes",
                                     "；含有 [ ] { } 或逗号的文本请加引号")
                           : "";
    bg_mark mark = mark_of(self, parser->problem_mark);
    if (!parser->context) {
        return bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_malformed),
                             problem, hint);
    }
    return bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_malformed_within),
                         problem, parser->context, (int)parser->context_mark.line + 1, hint);
}

static bool is_null(const yaml_event_t *event)
{
    static const char *const words[] = {"~", "null", "Null", "NULL"};
    if (event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE) {
        return false;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp((const char *)event->data.scalar.value, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

/* Nothing behind a colon or a dash. A document of nothing at all is refused as a whole. */
static bool is_empty(const reader *self, const yaml_event_t *event)
{
    return self->depth > 0 && event->data.scalar.length == 0 &&
           event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

/* The next line that is not empty; the last where there is none. */
static int line_behind(const reader *self, int line)
{
    const char *at = self->text, *end = self->text + self->size;
    for (int i = 0; at < end && i < line; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline ? newline + 1 : end;
    }
    while (at < end && strchr(" \t\r\n", *at)) {
        line += *at++ == '\n';
    }
    return line + 1;
}

/* The value before the entry whose value is awaited: "42" of {2023: 42,300, …}, where a comma of thousands parts
 * entries; NULL where there is none. */
static const char *thousands(const level *map)
{
    const bg_raw *last = NULL;
    for (const bg_raw *child = map->node->child; child; child = child->next) {
        last = child;
    }
    const size_t digits = map->key ? strspn(map->key, "0123456789") : 0;
    const size_t before = last && last->text ? strspn(last->text, "0123456789") : 0;
    return digits == 3 && before >= 1 && before <= 3 && !last->text[before] ? last->text : NULL;
}

static void refuse_empty(reader *self, const yaml_event_t *event)
{
    const level *parent = &self->level[self->depth - 1];
    if (parent->node->kind == BG_NODE_LIST) {
        bg_errors_say(self->errors, BG_MISSING, mark_of(self, event->start_mark), self->path,
                      BG_SAY(yaml_item_empty));
        return;
    }
    const char *front = thousands(parent);
    if (front) {
        bg_errors_say(self->errors, BG_SYNTAX, parent->key_mark, self->path,
                      BG_SAY(yaml_comma_parts), front, parent->key, front, parent->key, front,
                      parent->key);
        return;
    }
    const int line = parent->key_mark.line;
    const int column = self->slip.line == line ? self->slip.column + 1 : 1;
    if (say_slip(self, line, column, line) ||
        say_slip(self, line + 1, 1, line_behind(self, line))) {
        return;
    }
    char shown[BG_EXCERPT];
    bg_errors_say(self->errors, BG_MISSING, parent->key_mark, self->path, BG_SAY(yaml_value_empty),
                  bg_excerpt(parent->key, shown));
}

static bg_status check_key(reader *self, const level *map, const char *key, bg_mark mark)
{
    for (const bg_raw *child = map->node->child; child; child = child->next) {
        if (strcmp(child->key, key) == 0) {
            char shown[BG_EXCERPT];
            return bg_errors_say(self->errors, BG_DUPLICATE_KEY, mark, self->path,
                                 BG_SAY(key_twice), bg_excerpt(key, shown), child->key_mark.line);
        }
    }
    return BG_OK;
}

/* A scalar where a map expects a key. */
static bg_status take_key(reader *self, level *map, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    map->key_mark = mark_of(self, event->start_mark);
    map->key = bg_arena_copy(self->arena, text, event->data.scalar.length);
    if (!map->key) {
        return bg_no_memory(self->errors);
    }
    check_key(self, map, map->key, map->key_mark); /* recorded; reading goes on */
    return BG_OK;
}

/* Makes a node and links it to the innermost map or list. */
static bg_status add_node(reader *self, bg_node_kind kind, yaml_mark_t start, bg_raw **made)
{
    bg_mark mark = mark_of(self, start);
    if (++self->nodes > BG_MAX_NODES) {
        return bg_errors_say(self->errors, BG_LIMIT, mark, self->path, BG_SAY(yaml_too_many_nodes),
                             BG_MAX_NODES);
    }
    bg_raw *node = bg_arena_get(self->arena, sizeof *node);
    if (!node) {
        return bg_no_memory(self->errors);
    }
    *node = (bg_raw){.kind = kind, .mark = mark};
    *made = node;
    if (self->depth == 0) {
        self->root = node;
        return BG_OK;
    }
    level *parent = &self->level[self->depth - 1];
    if (++parent->count > BG_MAX_CHILDREN) {
        return bg_errors_say(self->errors, BG_LIMIT, mark, self->path,
                             BG_SAY(yaml_too_many_children), parent->node->mark.line,
                             BG_MAX_CHILDREN);
    }
    node->key = parent->key;
    node->key_mark = parent->key ? parent->key_mark : mark;
    parent->key = NULL;
    *parent->end = node;
    parent->end = &node->next;
    return BG_OK;
}

static bool awaits_key(const reader *self)
{
    return self->depth > 0 && self->level[self->depth - 1].node->kind == BG_NODE_MAP &&
           !self->level[self->depth - 1].key;
}

static bg_status refuse_extras(reader *self, const yaml_event_t *event, const yaml_char_t *anchor,
                               const yaml_char_t *tag)
{
    if (!anchor && !tag) {
        return BG_OK;
    }
    return bg_errors_say(self->errors, BG_SYNTAX, mark_of(self, event->start_mark), self->path,
                         BG_SAY(yaml_anchor_or_tag),
                         anchor ? BG_BOTH("anchors (&)", "锚点（&）")
                                : BG_BOTH("tags (!)", "标签（!）"));
}

/* Whether a digit group of three follows one to three digits, with nothing but a comma between them. */
static bool may_be_group(const char *front, const char *text)
{
    const size_t digits = strspn(front, "0123456789");
    return digits >= 1 && digits <= 3 && !front[digits] && strspn(text, "0123456789") == 3;
}

/* Keeps of an item of a list whether the comma before it may be one of thousands. */
static void look_at_comma(level *list, const bg_raw *item, const yaml_event_t *event)
{
    const size_t start = event->start_mark.index;
    const bool tight = list->item && start == list->item_end + 1;
    list->loose = list->loose || (list->item && !tight);
    if (tight && !list->group && may_be_group(list->item, item->text)) {
        list->front = list->item;
        list->group = item->text;
        list->group_mark = item->mark;
        list->sure = item->text[0] == '0';
    }
    const bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    list->item = plain ? item->text : NULL;
    list->item_end = event->end_mark.index;
}

/* [42,300, 43,800] is a list of four numbers to YAML. */
static bg_status check_commas(reader *self, const level *list)
{
    return list->group && (list->loose || list->sure)
               ? bg_errors_say(self->errors, BG_SYNTAX, list->group_mark, self->path,
                               BG_SAY(yaml_comma_parts), list->front, list->group, list->front,
                               list->group, list->front, list->group)
               : BG_OK;
}

static bg_status on_scalar(reader *self, const yaml_event_t *event)
{
    const char *text = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    bg_mark mark = mark_of(self, event->start_mark);
    refuse_extras(self, event, event->data.scalar.anchor, event->data.scalar.tag);
    if (length > BG_MAX_SCALAR_BYTES || strlen(text) != length) {
        return bg_errors_say(self->errors, BG_LIMIT, mark, self->path, BG_SAY(yaml_scalar_too_long),
                             BG_MAX_SCALAR_BYTES);
    }
    if (awaits_key(self)) {
        return take_key(self, &self->level[self->depth - 1], event);
    }
    if (is_empty(self, event)) {
        refuse_empty(self, event); /* recorded; reading goes on */
    }
    bg_raw *node = NULL;
    bg_status status = add_node(self, BG_NODE_VALUE, event->start_mark, &node);
    if (status == BG_OK && !is_null(event)) {
        node->text = bg_arena_copy(self->arena, text, length);
        status = node->text ? BG_OK : bg_no_memory(self->errors);
    }
    level *parent = self->depth > 0 ? &self->level[self->depth - 1] : NULL;
    if (status == BG_OK && node->text && parent && parent->node->kind == BG_NODE_LIST) {
        look_at_comma(parent, node, event);
    }
    return status;
}

static bg_status open_level(reader *self, bg_node_kind kind, const yaml_event_t *event)
{
    bg_mark mark = mark_of(self, event->start_mark);
    if (awaits_key(self)) {
        return bg_errors_say(self->errors, BG_SYNTAX, mark, self->path, BG_SAY(yaml_key_not_word));
    }
    if (self->depth == BG_MAX_DEPTH) {
        return bg_errors_say(self->errors, BG_LIMIT, mark, self->path, BG_SAY(yaml_too_deep),
                             BG_MAX_DEPTH);
    }
    bg_raw *node = NULL;
    bg_status status = add_node(self, kind, event->start_mark, &node);
    if (status == BG_OK) {
        self->level[self->depth++] = (level){.node = node, .end = &node->child};
    }
    return status;
}

static bg_status on_map(reader *self, const yaml_event_t *event)
{
    refuse_extras(self, event, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    return open_level(self, BG_NODE_MAP, event);
}

static bg_status on_list(reader *self, const yaml_event_t *event)
{
    refuse_extras(self, event, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    return open_level(self, BG_NODE_LIST, event);
}

static bg_status on_end(reader *self, const yaml_event_t *event)
{
    (void)event;
    self->depth--;
    check_commas(self, &self->level[self->depth]); /* recorded; reading goes on */
    return BG_OK;
}

static bg_status on_alias(reader *self, const yaml_event_t *event)
{
    return bg_errors_say(self->errors, BG_SYNTAX, mark_of(self, event->start_mark), self->path,
                         BG_SAY(yaml_alias));
}

static bg_status on_document(reader *self, const yaml_event_t *event)
{
    if (self->documents++ == 0) {
        return BG_OK;
    }
    return bg_errors_say(self->errors, BG_SYNTAX, mark_of(self, event->start_mark), self->path,
                         BG_SAY(yaml_second_document));
}

static bg_status handle(reader *self, const yaml_event_t *event)
{
    static bg_status (*const handlers[])(reader *, const yaml_event_t *) = {
        [YAML_DOCUMENT_START_EVENT] = on_document,
        [YAML_SCALAR_EVENT] = on_scalar,
        [YAML_MAPPING_START_EVENT] = on_map,
        [YAML_MAPPING_END_EVENT] = on_end,
        [YAML_SEQUENCE_START_EVENT] = on_list,
        [YAML_SEQUENCE_END_EVENT] = on_end,
        [YAML_ALIAS_EVENT] = on_alias,
    };
    size_t type = (size_t)event->type;
    if (type >= sizeof handlers / sizeof handlers[0] || !handlers[type]) {
        return BG_OK;
    }
    return handlers[type](self, event);
}

static bg_status read_events(reader *self)
{
    bool more = true;
    while (more) {
        yaml_event_t event;
        if (!yaml_parser_parse(&self->parser, &event)) {
            return syntax_error(self);
        }
        more = event.type != YAML_STREAM_END_EVENT;
        bg_status status = handle(self, &event);
        yaml_event_delete(&event);
        if (status != BG_OK) {
            return status;
        }
        if (self->errors->error_count >= BG_MAX_ERRORS) {
            return BG_LIMIT;
        }
    }
    return BG_OK;
}

bg_status bg_document_parse(bg_arena *arena, const char *text, size_t size, bg_mark place,
                            const char *path, bg_raw **root, bg_errors *errors)
{
    reader self = {.arena = arena,
                   .text = text,
                   .size = size,
                   .place = place,
                   .path = path,
                   .errors = errors,
                   .errors_before = errors->error_count};
    *root = NULL;
    if (!yaml_parser_initialize(&self.parser)) {
        return bg_no_memory(self.errors);
    }
    yaml_parser_set_encoding(&self.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&self.parser, (const unsigned char *)text, size);
    bg_status status = read_events(&self);
    yaml_parser_delete(&self.parser);
    if (status == BG_OK && has_failed(&self)) {
        status = BG_INVALID;
    }
    if (status == BG_OK && !self.root) {
        status = bg_errors_say(errors, BG_MISSING, at(&self, 1, 1), path, BG_SAY(scenario_empty));
    }
    *root = status == BG_OK ? self.root : NULL;
    return status;
}
