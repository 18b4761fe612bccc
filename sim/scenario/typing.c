/* Types the plain tree of one file against the catalogue: one function a shape. */

#include "scenario/aliases.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/slip.h"
#include "scenario/tree.h"
#include "scenario/value.h"

#include <stdio.h>
#include <string.h>

/* Where a value stands and what the catalogue says about it. */
typedef struct place {
    const bg_parameter *row;
    const char *path, *row_path, *key;
    const bg_raw *raw;
} place;

static bg_node *make(const bg_typing *self, const place *at, bg_node_kind kind)
{
    bg_node *node = bg_arena_get(self->arena, sizeof *node);
    if (node) {
        *node = (bg_node){.key = at->key,
                          .path = at->path,
                          .parameter = at->row,
                          .kind = kind,
                          .origin = self->origin,
                          .money_unit = self->money_unit,
                          .mark = at->raw->mark};
    }
    return node;
}

static bool full(const bg_typing *self)
{
    return self->errors->error_count >= BG_MAX_ERRORS || self->arena->exhausted;
}

#define MAP_OF_KEYS BG_BOTH("a map of keys", "含下级键的表")

static const char *kind_word(const bg_raw *raw)
{
    static const char *const words[] = {BG_BOTH("a single value", "单一值"), MAP_OF_KEYS,
                                        BG_BOTH("a list", "列表")};
    return bg_raw_is_null(raw) ? BG_BOTH("null", "`null`") : words[raw->kind];
}

/* Reports a value of the wrong kind; returns NULL. */
static bg_node *refuse_kind(const bg_typing *self, const place *at, const char *allowed)
{
    bg_errors_say(self->errors, BG_TYPE, at->raw->mark, at->path, BG_SAY(value_kind),
                  kind_word(at->raw), allowed, at->raw->text ? bg_slip_hint(at->raw->text) : "");
    return NULL;
}

/* ---- single values ---- */

static bg_node *type_one(const bg_typing *self, const place *at)
{
    if (at->raw->kind != BG_NODE_VALUE || !at->raw->text) {
        char allowed[BG_ALLOWED_TEXT];
        return refuse_kind(self, at, bg_value_allowed(at->row, allowed));
    }
    bg_node *node = make(self, at, BG_NODE_VALUE);
    const char *text = node ? bg_aliases_value(self->arena, at->row, at->raw->text) : NULL;
    int64_t value;
    if (!text || bg_value_read(at->row, text, self->money_unit, at->raw->mark, at->path, &value,
                               self->errors) != BG_OK) {
        return NULL;
    }
    node->text = text;
    node->value.integer = value;
    return node;
}

/* ---- tables of values ---- */

static bool holds_rules(bg_shape shape)
{
    return shape == BG_SHAPE_BANDS || shape == BG_SHAPE_SHARES;
}

/* A null: a node that removes, where there is something below that it can remove. */
static bg_node *type_removal(const bg_typing *self, const place *at)
{
    if (!self->below) {
        bg_errors_say(self->errors, BG_TYPE, at->raw->mark, at->path,
                      BG_SAY(null_without_inheritance));
        return NULL;
    }
    return make(self, at, BG_NODE_VALUE);
}

/* Types one value of a table or list and links it at *end, which moves on. */
static bg_node *type_cell(const bg_typing *self, const place *at, bg_node ***end, const bg_raw *raw,
                          const char *key, int index)
{
    char number[16];
    snprintf(number, sizeof number, "%d", index);
    place cell = {.row = at->row,
                  .path = bg_tree_path(self->arena, at->path, key ? key : number, true),
                  .row_path = at->row_path,
                  .key = key,
                  .raw = raw};
    bg_node *node = NULL;
    if (cell.path && bg_raw_is_null(raw) && key) {
        node = type_removal(self, &cell);
    } else if (cell.path && holds_rules(at->row->shape)) {
        node = bg_type_rule(self, at->row, cell.path, at->row_path, key, raw);
    } else if (cell.path) {
        node = type_one(self, &cell);
    }
    if (node) {
        **end = node;
        *end = &node->next;
    }
    return node;
}

static bg_node *type_list(const bg_typing *self, const place *at)
{
    const bool single = at->raw->kind == BG_NODE_VALUE && at->raw->text;
    if (at->raw->kind != BG_NODE_LIST && !single) {
        return refuse_kind(self, at,
                           BG_BOTH("a value, or a list of values such as [1, 1, 1]",
                                   "单一值，或值的列表，如 [1, 1, 1]"));
    }
    const bool may_be_none =
        at->row->type == BG_TYPE_TEXT; /* of columns, conditions, values: their readers say */
    if (!single && !at->raw->child && !may_be_none && self->origin != BG_ORIGIN_DEFAULT) {
        bg_errors_say(self->errors, BG_TYPE, at->raw->mark, at->path, BG_SAY(list_without_values));
        return NULL;
    }
    bg_node *node = make(self, at, BG_NODE_LIST);
    bg_node **end = node ? &node->child : NULL;
    int index = 0;
    if (node && single) {
        type_cell(self, at, &end, at->raw, NULL, ++index);
        return node;
    }
    for (const bg_raw *item = at->raw->child; node && item && !full(self); item = item->next) {
        type_cell(self, at, &end, item, NULL, ++index);
    }
    return node;
}

/* Reads the key of a table into a limit. False, with an error, where it cannot be one. */
typedef bool (*limit_reader)(const bg_typing *self, const place *at, const bg_raw *cell,
                             int64_t *limit);

/* Whether `raw` is the word `replace: all` of the table or the entries `node`, taken or refused. */
static bool take_replace(const bg_typing *self, bg_node *node, const bg_raw *raw)
{
    if (strcmp(raw->key, "replace") != 0 || raw->kind != BG_NODE_VALUE) {
        return false;
    }
    if (!raw->text || strcmp(raw->text, "all") != 0) {
        bg_errors_say(self->errors, BG_TYPE, raw->mark, node->path, BG_SAY(replace_word));
    } else if (!self->below) {
        bg_errors_say(self->errors, BG_INVALID, raw->key_mark, node->path,
                      BG_SAY(replace_without_inheritance));
    }
    node->replaces = true;
    return true;
}

static bg_node *type_table(const bg_typing *self, const place *at, limit_reader read_limit,
                           const char *allowed)
{
    if (at->raw->kind != BG_NODE_MAP || (!at->raw->child && read_limit)) {
        return refuse_kind(self, at, allowed);
    }
    bg_node *node = make(self, at, BG_NODE_MAP);
    bg_node **end = node ? &node->child : NULL;
    for (const bg_raw *cell = at->raw->child; node && cell && !full(self); cell = cell->next) {
        int64_t limit = 0;
        if (take_replace(self, node, cell) || (read_limit && !read_limit(self, at, cell, &limit))) {
            continue;
        }
        bg_node *made = type_cell(self, at, &end, cell, cell->key, 0);
        if (made) {
            made->limit = limit;
        }
    }
    return node;
}

static bool refuse_key(const bg_typing *self, const place *at, const bg_raw *cell,
                       const char *allowed)
{
    char shown[BG_EXCERPT];
    bg_errors_say(self->errors, BG_TYPE, cell->key_mark, at->path, BG_SAY(table_key_not_allowed),
                  bg_excerpt(cell->key, shown), allowed);
    return false;
}

static bool read_year(const bg_typing *self, const place *at, const bg_raw *cell, int64_t *limit)
{
    if (strcmp(cell->key, "later") == 0 || strcmp(cell->key, "other") == 0) {
        *limit = INT64_MAX;
        return true;
    }
    return bg_year_read(cell->key, limit) ||
           refuse_key(
               self, at, cell,
               BG_BOTH("a year from 1990 to 2200, \"later\" (beyond the last year named) or "
                       "\"other\" (any year not named)",
                       "1990至2200的年份、`later`（所列最后年份之后）或 `other`（未列出的年份）"));
}

static bg_node *type_by_year(const bg_typing *self, const place *at)
{
    if (at->raw->kind == BG_NODE_VALUE) {
        return type_one(self, at);
    }
    return type_table(self, at, read_year,
                      BG_BOTH("one value, or a table such as {2025: …, later: …}",
                              "单一值，或 {2025: …, later: …} 这样的表"));
}

/* A year that is given as null is taken out of the table below; any other holds a whole table, which is laid over
 * nothing. */
static bg_node *type_year_of_tables(const bg_typing *self, const place *at, const bg_raw *cell,
                                    bg_node *(*type)(const bg_typing *, const place *))
{
    const bg_typing alone = {self->arena, self->errors, self->origin, self->money_unit, NULL};
    const place year = {.row = at->row,
                        .path = bg_tree_path(self->arena, at->path, cell->key, true),
                        .row_path = at->row_path,
                        .key = cell->key,
                        .raw = cell};
    if (!year.path) {
        return NULL;
    }
    return bg_raw_is_null(cell) ? type_removal(self, &year) : type(&alone, &year);
}

static bool starts_with_year(const bg_raw *table)
{
    int64_t year;
    const char *key = table->kind == BG_NODE_MAP && table->child ? table->child->key : "";
    return strcmp(key, "later") == 0 || strcmp(key, "other") == 0 || bg_year_read(key, &year);
}

/* Tables by year: {2025: {…}, later: {…}}. */
static bg_node *type_tables_by_year(const bg_typing *self, const place *at,
                                    bg_node *(*type)(const bg_typing *, const place *))
{
    bg_node *node = make(self, at, BG_NODE_MAP);
    bg_node **end = node ? &node->child : NULL;
    for (const bg_raw *cell = at->raw->child; node && cell && !full(self); cell = cell->next) {
        int64_t year = 0;
        if (take_replace(self, node, cell) || !read_year(self, at, cell, &year)) {
            continue;
        }
        *end = type_year_of_tables(self, at, cell, type);
        if (*end) {
            (*end)->limit = year;
            end = &(*end)->next;
        }
    }
    return node;
}

static bool read_band(const bg_typing *self, const place *at, const bg_raw *cell, int64_t *limit)
{
    if (strcmp(cell->key, "rest") == 0) {
        *limit = INT64_MAX;
        return true;
    }
    static const char allowed[] = BG_BOTH("an upper limit above 0 such as 10%, or \"rest\"",
                                          "大于0的上限，如 10%，或 `rest`");
    if (bg_decimal_parse(cell->key, true, limit) != BG_OK || *limit <= 0) {
        return refuse_key(self, at, cell, allowed);
    }
    return !bg_lacks_percent(cell->key, *limit) ||
           bg_refuse_share(cell->key, *limit, allowed, cell->key_mark, at->path, self->errors) ==
               BG_OK;
}

/* Amounts of a case or of a person's year, not of a fund. */
#define LEAST_BRACKET ((bg_fen)100 * 100)

static bool read_bracket(const bg_typing *self, const place *at, const bg_raw *cell, int64_t *limit)
{
    if (strcmp(cell->key, "rest") == 0) {
        *limit = INT64_MAX;
        return true;
    }
    const bg_fen most = INT64_MAX / (BG_ONE / 100);
    bg_fen amount;
    const bool known =
        bg_money_parse(cell->key, 100, &amount) == BG_OK && amount > 0 && amount <= most;
    *limit = known ? amount * (BG_ONE / 100) : 0;
    if (known && amount < LEAST_BRACKET) {
        bg_errors_advise(self->errors, cell->key_mark, at->path, BG_SAY(bracket_small), cell->key,
                         cell->key);
    }
    return known ||
           refuse_key(
               self, at, cell,
               BG_BOTH("an upper limit in yuan above 0 such as 50000 or 5万, below ten million, "
                       "or \"rest\"",
                       "大于0、小于一千万的上限（元），如 50000 或 5万，或 `rest`"));
}

static bool read_tier(const bg_typing *self, const place *at, const bg_raw *cell, int64_t *limit)
{
    char points[BG_WRITTEN];
    return (bg_decimal_parse(bg_points_plain(cell->key, points), false, limit) == BG_OK &&
            *limit >= 0 && *limit <= 100 * BG_ONE) ||
           refuse_key(self, at, cell, BG_BOTH("a score from 0 to 100", "0至100的得分"));
}

/* Whether `next` may stand after `cell`: always, unless equal, where the table is laid over one that
 * has an order of its own. */
static bool in_order(const bg_typing *self, const bg_node *cell, const bg_node *next, int direction)
{
    if (self->below) {
        return next->limit != cell->limit;
    }
    return direction > 0 ? next->limit > cell->limit : next->limit < cell->limit;
}

/* Limits must rise (bands) or fall (tiers) without a repetition. */
static bool check_order(const bg_typing *self, const bg_node *table, int direction,
                        const char *sentence)
{
    for (const bg_node *cell = table ? table->child : NULL; cell && cell->next; cell = cell->next) {
        const bg_node *next = cell->next;
        if (!in_order(self, cell, next, direction)) {
            bg_errors_say(self->errors, BG_RANGE, next->mark, table->path, BG_SAY(table_key_after),
                          next->key, cell->key, sentence);
            return false;
        }
    }
    return true;
}

#define LIMITS_RISE                                                                                \
    BG_BOTH("upper limits must rise, and \"rest\" comes last", "上限须递增，`rest` 列在最后")

static bg_node *type_bands_of_year(const bg_typing *self, const place *at)
{
    bg_node *node =
        type_table(self, at, read_band,
                   BG_BOTH("a table such as {10%: …, rest: …}", "{10%: …, rest: …} 这样的表"));
    return check_order(self, node, 1, LIMITS_RISE) ? node : NULL;
}

static bg_node *type_bands(const bg_typing *self, const place *at)
{
    return starts_with_year(at->raw) ? type_tables_by_year(self, at, type_bands_of_year)
                                     : type_bands_of_year(self, at);
}

static bg_node *type_brackets(const bg_typing *self, const place *at)
{
    bg_node *node =
        type_table(self, at, read_bracket,
                   BG_BOTH("a table such as {50000: …, rest: …}", "{50000: …, rest: …} 这样的表"));
    for (bg_node *cell = node ? node->child : NULL; cell; cell = cell->next) {
        if (cell->key && cell->limit && cell->limit != INT64_MAX) {
            char yuan[BG_NUMBER_TEXT];
            bg_decimal_text(cell->limit, yuan);
            cell->key = bg_arena_copy(self->arena, yuan, strlen(yuan));
        }
    }
    return check_order(self, node, 1, LIMITS_RISE) ? node : NULL;
}

static bg_node *type_tiers_of_year(const bg_typing *self, const place *at)
{
    bg_node *node = type_table(self, at, read_tier,
                               BG_BOTH("a table such as {90: …, 0: …}", "{90: …, 0: …} 这样的表"));
    for (bg_node *cell = node ? node->child : NULL; cell; cell = cell->next) {
        char points[BG_WRITTEN];
        const char *plain = cell->key ? bg_points_plain(cell->key, points) : NULL;
        cell->key = plain == points ? bg_arena_copy(self->arena, plain, strlen(plain)) : cell->key;
    }
    return check_order(self, node, -1,
                       BG_BOTH("lower bounds of the score must fall", "得分下限须递减"))
               ? node
               : NULL;
}

static bg_node *type_tiers(const bg_typing *self, const place *at)
{
    return starts_with_year(at->raw) ? type_tables_by_year(self, at, type_tiers_of_year)
                                     : type_tiers_of_year(self, at);
}

static bool read_name(const bg_typing *self, const place *at, const bg_raw *cell, int64_t *limit)
{
    *limit = 0;
    return bg_name_valid(cell->key) || refuse_key(self, at, cell, BG_NAME_ALLOWED);
}

static bg_node *type_named(const bg_typing *self, const place *at)
{
    static const char allowed[] =
        BG_BOTH("a table of names such as {a: …, b: …}", "以名称为键的表，如 {a: …, b: …}");
    if (at->raw->kind == BG_NODE_MAP && !at->raw->child) {
        return make(self, at, BG_NODE_MAP);
    }
    return type_table(self, at, read_name, allowed);
}

/* Shares by year, {2025: {a: …, b: …}, later: {…}}, are those of each name by year. */
static bg_node *type_shares(const bg_typing *self, const place *at)
{
    place by_name = *at;
    if (bg_shares_by_year(at->raw)) {
        by_name.raw = bg_shares_by_name(self->arena, at->raw);
    }
    return by_name.raw ? type_named(self, &by_name) : NULL;
}

static bg_node *type_rule(const bg_typing *self, const place *at)
{
    return bg_type_rule(self, at->row, at->path, at->row_path, at->key, at->raw);
}

static bg_node *type_conditions(const bg_typing *self, const place *at)
{
    return bg_type_conditions(self, at->row, at->path, at->row_path, at->key, at->raw);
}

static bool read_language(const bg_typing *self, const place *at, const bg_raw *cell,
                          int64_t *limit)
{
    *limit = 0;
    return strcmp(cell->key, "en") == 0 || strcmp(cell->key, "zh") == 0 ||
           refuse_key(self, at, cell, BG_BOTH("\"en\" or \"zh\"", "`en` 或 `zh`"));
}

static bg_node *type_texts(const bg_typing *self, const place *at)
{
    if (at->raw->kind == BG_NODE_VALUE) {
        return type_one(self, at);
    }
    return type_table(self, at, read_language,
                      BG_BOTH("a text, or {en: …, zh: …}", "文本，或 {en: …, zh: …}"));
}

/* ---- maps of keys ---- */

enum { KEYS_TEXT = 3072 };

/* Lists the keys that a section may hold, each with its first word in Chinese where that is asked for. */
static void list_keys_in(bool chinese, const char *row_path, char *buffer, size_t size)
{
    size_t used = 0;
    buffer[0] = '\0';
    for (size_t i = 0; i < bg_catalogue_count() && used < size; i++) {
        const char *path = bg_catalogue_row(i)->path;
        size_t parent = bg_path_parent(path);
        const char *rest = path + parent + (path[parent] == '.' ? 1 : 0);
        bg_path_segment key;
        if (bg_path_match(path, parent, row_path, strlen(row_path)) && bg_path_next(&rest, &key) &&
            key.length > 0) {
            const char *words = chinese ? bg_aliases_of(bg_catalogue_row(i)) : "";
            const int word = (int)strcspn(words, "|");
            int length = snprintf(buffer + used, size - used, "%s%.*s%s%.*s%s",
                                  used ? (chinese ? "、" : ", ") : "", (int)key.length, key.text,
                                  word ? "（" : "", word, words, word ? "）" : "");
            used += length < 0 ? size : (size_t)length;
        }
    }
}

/* The same in both languages; "" where it may hold none. */
static void list_keys(const char *row_path, char buffer[KEYS_TEXT])
{
    char en[KEYS_TEXT / 3], zh[KEYS_TEXT / 2];
    list_keys_in(false, row_path, en, sizeof en);
    list_keys_in(true, row_path, zh, sizeof zh);
    snprintf(buffer, KEYS_TEXT, BG_BOTH("%s", "%s"), en, zh);
    buffer[0] = en[0] ? buffer[0] : '\0';
}

static void refuse_unknown(const bg_typing *self, const place *at, const bg_raw *child)
{
    char key[BG_EXCERPT], suggestion[256], keys[KEYS_TEXT], word[BG_WRITTEN];
    const char *path = bg_tree_path(self->arena, at->path, bg_excerpt(child->key, key), false);
    const char *row_path = bg_tree_path(self->arena, at->row_path, key, false);
    if (!path || !row_path) {
        return;
    }
    if (bg_catalogue_suggest(row_path, suggestion, sizeof suggestion) ||
        bg_aliases_suggest(row_path, suggestion, sizeof suggestion)) {
        bg_errors_say(self->errors, BG_UNKNOWN_KEY, child->key_mark, path, BG_SAY(key_unknown_near),
                      suggestion);
        return;
    }
    const char *near = bg_aliases_near(at->row_path, strlen(at->row_path), key, word);
    if (near) {
        bg_errors_say(self->errors, BG_UNKNOWN_KEY, child->key_mark, path, BG_SAY(key_unknown_near),
                      near);
        return;
    }
    list_keys(at->row_path, keys);
    bg_errors_say(self->errors, BG_UNKNOWN_KEY, child->key_mark, path, BG_SAY(key_unknown),
                  keys[0] ? keys : BG_BOTH("no keys", "没有任何键"));
}

static bool is_scheme(const char *text, size_t length)
{
    return (length == 9 && memcmp(text, "residents", 9) == 0) ||
           (length == 9 && memcmp(text, "employees", 9) == 0);
}

/* "total", or scheme.service with the place "in" or "out" behind it or not. */
static bool is_line(const char *name)
{
    size_t scheme = strcspn(name, ".");
    if (name[scheme] == '\0') {
        return strcmp(name, "total") == 0;
    }
    const char *service = name + scheme + 1;
    size_t length = strcspn(service, ".");
    const char *where = service + length;
    return is_scheme(name, scheme) && length > 0 && bg_name_valid(name) &&
           (*where == '\0' || strcmp(where, ".in") == 0 || strcmp(where, ".out") == 0);
}

static bool is_scheme_name(const char *name)
{
    return is_scheme(name, strlen(name));
}

static bool is_year(const char *name)
{
    int64_t year;
    return bg_year_read(name, &year);
}

/* What the names of entries must be, by the unit of their row. */
static const struct {
    const char *unit;
    bool (*valid)(const char *name);
    const char *allowed;
} name_kinds[] = {
    {"year", is_year, BG_BOTH("a year from 1990 to 2200", "1990至2200的年份")},
    {"scheme", is_scheme_name, BG_BOTH("residents or employees", "`residents` 或 `employees`")},
    {"line", is_line,
     BG_BOTH(
         "a line: total, or scheme.service or scheme.service.place such as "
         "residents.inpatient.in, with the scheme residents or employees and the place in or out",
         "项目：`total`，或险种.服务、险种.服务.地点（如 residents.inpatient.in），"
         "险种为 `residents` 或 `employees`，地点为 `in` 或 `out`")},
    {"", bg_name_valid, BG_NAME_ALLOWED},
};

bool bg_entry_name_valid(const bg_parameter *row, const char *name, const char **allowed)
{
    size_t i = 0;
    while (name_kinds[i].unit[0] && strcmp(name_kinds[i].unit, row->unit) != 0) {
        i++;
    }
    *allowed = name_kinds[i].allowed;
    return name_kinds[i].valid(name);
}

/* Finds the row and the paths of the key `raw` in the map `at`. False, with an error, where there
 * is none. Entries have keys of their own ("history.csv") beside freely chosen names. */
static bool locate(const bg_typing *self, const place *at, const bg_raw *raw, place *child)
{
    bool entries = at->row && at->row->shape == BG_SHAPE_ENTRIES;
    for (int bracket = 0; bracket <= (entries ? 1 : 0); bracket++) {
        if (!bg_name_valid(raw->key) || (!bracket && strchr(raw->key, '.'))) {
            continue;
        }
        *child = (place){.path = bg_tree_path(self->arena, at->path, raw->key, bracket),
                         .row_path = bg_tree_path(self->arena, at->row_path, raw->key, bracket),
                         .key = raw->key,
                         .raw = raw};
        child->row = child->row_path ? bg_catalogue_find(child->row_path) : NULL;
        if (child->row && !bracket) {
            return true;
        }
    }
    const char *allowed = "";
    bool valid = entries && bg_entry_name_valid(at->row, raw->key, &allowed);
    if (valid && child->row) {
        return true;
    }
    if (entries && !valid) {
        return refuse_key(self, at, raw, allowed);
    }
    refuse_unknown(self, at, raw);
    return false;
}

static void type_children(const bg_typing *self, const place *at, bg_node *map)
{
    const bool entries = at->row && at->row->shape == BG_SHAPE_ENTRIES;
    bg_node **end = &map->child;
    for (const bg_raw *raw = at->raw->child; raw && !full(self); raw = raw->next) {
        place child = {0};
        if (entries && take_replace(self, map, raw)) {
            continue;
        }
        if (!locate(self, at, raw, &child)) {
            continue;
        }
        bg_node *node = bg_type_node(self, child.row, child.path, child.row_path, child.key, raw);
        if (node) {
            *end = node;
            end = &node->next;
        }
    }
}

/* A single value where a section stands: a map with the one key that the row names. */
static bg_raw *expand_shorthand(bg_arena *arena, const bg_raw *value, const char *shorthand)
{
    bg_path_segment segment;
    if (!bg_path_next(&shorthand, &segment)) {
        bg_raw *copy = bg_arena_get(arena, sizeof *copy);
        if (copy) {
            *copy = *value;
        }
        return copy;
    }
    bg_raw *inner = expand_shorthand(arena, value, shorthand);
    bg_raw *map = bg_arena_get(arena, sizeof *map);
    if (!inner || !map) {
        return NULL;
    }
    inner->key = bg_arena_copy(arena, segment.text, segment.length);
    inner->key_mark = value->mark;
    inner->next = NULL;
    *map = (bg_raw){.kind = BG_NODE_MAP, .mark = value->mark, .child = inner};
    return inner->key ? map : NULL;
}

static bg_node *type_section(const bg_typing *self, const place *at)
{
    place here = *at;
    if (at->raw->kind == BG_NODE_VALUE && at->row->shorthand[0]) {
        here.raw = expand_shorthand(self->arena, at->raw, at->row->shorthand);
        if (!here.raw) {
            return NULL;
        }
    }
    if (here.raw->kind != BG_NODE_MAP) {
        return refuse_kind(self, at, MAP_OF_KEYS);
    }
    bg_node *node = make(self, &here, BG_NODE_MAP);
    if (node) {
        type_children(self, &here, node);
    }
    return node;
}

/* ---- steps ---- */

/* A step as the file writes it: {kind: body}, or the kind alone. */
typedef struct step {
    const char *kind, *name;
    bg_raw body;
} step;

static const bg_parameter *find_kind(bg_arena *arena, const place *at, const char *kind)
{
    bool plain = bg_name_valid(kind);
    const char *row_path = plain ? bg_tree_path(arena, at->row_path, kind, true) : NULL;
    return row_path ? bg_catalogue_find(row_path) : NULL;
}

static bool read_step(const bg_typing *self, const place *at, const bg_raw *item, step *result)
{
    const bg_raw *pair = item->kind == BG_NODE_MAP ? item->child : NULL;
    if (item->kind == BG_NODE_VALUE && item->text) {
        *result = (step){.kind = item->text, .body = {.kind = BG_NODE_MAP, .mark = item->mark}};
        return true;
    }
    if (!pair || pair->next) {
        return false;
    }
    *result = (step){.kind = pair->key, .body = *pair};
    /* In a step without keys of its own (the shares of `split`) every key is somebody's name. */
    const bg_parameter *row = find_kind(self->arena, at, result->kind);
    const bool named = row && row->shape == BG_SHAPE_SECTION;
    const bg_raw *first = named && result->body.kind == BG_NODE_MAP ? result->body.child : NULL;
    for (const bg_raw *key = first; key; key = key->next) {
        if (strcmp(key->key, "name") == 0 && key->kind == BG_NODE_VALUE) {
            result->name = key->text;
        }
    }
    return true;
}

/* The key of step `item`: its name, its kind, or kind#n where the kind has no name more than once.
 */
static const char *step_key(const bg_typing *typing, const place *at, const bg_raw *item,
                            const step *self)
{
    int same = 0;
    int rank = 0;
    step other;
    for (const bg_raw *each = at->raw->child; each; each = each->next) {
        if (read_step(typing, at, each, &other) && !other.name &&
            strcmp(other.kind, self->kind) == 0) {
            same++;
            rank = each == item ? same : rank;
        }
    }
    if (self->name) {
        return self->name;
    }
    return same > 1 ? bg_arena_text(typing->arena, "%s#%d", self->kind, rank) : self->kind;
}

static bg_node *type_step(const bg_typing *self, const place *at, bg_node *plan, const bg_raw *item)
{
    step read;
    char shown[BG_EXCERPT], kinds[KEYS_TEXT];
    list_keys(at->row_path, kinds);
    if (!read_step(self, at, item, &read)) {
        bg_errors_say(self->errors, BG_TYPE, item->mark, at->path, BG_SAY(step_malformed),
                      kind_word(item), kinds);
        return NULL;
    }
    const bg_parameter *row = find_kind(self->arena, at, read.kind);
    if (!row) {
        bg_errors_say(self->errors, BG_UNKNOWN_KEY, item->mark, at->path, BG_SAY(step_unknown),
                      bg_excerpt(read.kind, shown), kinds);
        return NULL;
    }
    const char *key = step_key(self, at, item, &read);
    if (key && bg_tree_link(plan, key)) {
        bg_errors_say(self->errors, BG_DUPLICATE_KEY, item->mark, at->path, BG_SAY(step_name_twice),
                      bg_excerpt(key, shown));
        return NULL;
    }
    const char *path = key ? bg_tree_path(self->arena, at->path, key, true) : NULL;
    const char *row_path = bg_tree_path(self->arena, at->row_path, read.kind, true);
    bg_node *node =
        path && row_path ? bg_type_node(self, row, path, row_path, key, &read.body) : NULL;
    if (node) {
        node->text = read.kind;
    }
    return node;
}

/* Steps of the plan below by name or kind: what changes in them, or null for a step that goes. */
static bg_node *type_steps_below(const bg_typing *self, const place *at)
{
    bg_node *plan = bg_tree_find(self->below, at->path);
    if (!plan) {
        return NULL; /* out of memory */
    }
    bg_node *node = make(self, at, BG_NODE_MAP);
    bg_node **end = node ? &node->child : NULL;
    for (const bg_raw *raw = at->raw->child; node && raw && !full(self); raw = raw->next) {
        const bg_node *found = bg_tree_step(plan, raw->key, raw->key_mark, at->path, self->errors);
        const char *row_path =
            found ? bg_tree_path(self->arena, at->row_path, found->text, true) : NULL;
        *end = row_path
                   ? bg_type_node(self, found->parameter, found->path, row_path, found->key, raw)
                   : NULL;
        if (*end) {
            (*end)->text = bg_raw_is_null(raw) ? NULL : found->text;
            end = &(*end)->next;
        }
    }
    return node;
}

static bg_node *type_steps(const bg_typing *self, const place *at)
{
    if (at->raw->kind == BG_NODE_MAP && self->below) {
        return type_steps_below(self, at);
    }
    if (at->raw->kind != BG_NODE_LIST) {
        return refuse_kind(self, at,
                           BG_BOTH("a list of steps, each written \"- kind: {…}\"",
                                   "步骤列表，每步写作 `- kind: {…}`"));
    }
    bg_node *node = make(self, at, BG_NODE_LIST);
    bg_node **end = node ? &node->child : NULL;
    for (const bg_raw *item = at->raw->child; node && item && !full(self); item = item->next) {
        *end = type_step(self, at, node, item);
        end = *end ? &(*end)->next : end;
    }
    return node;
}

/* ---- any value ---- */

bg_node *bg_type_node(const bg_typing *self, const bg_parameter *row, const char *path,
                      const char *row_path, const char *key, const bg_raw *raw)
{
    static bg_node *(*const shapes[])(const bg_typing *, const place *) = {
        [BG_SHAPE_ONE] = type_one,
        [BG_SHAPE_TEXTS] = type_texts,
        [BG_SHAPE_LIST] = type_list,
        [BG_SHAPE_BY_YEAR] = type_by_year,
        [BG_SHAPE_BANDS] = type_bands,
        [BG_SHAPE_BRACKETS] = type_brackets,
        [BG_SHAPE_TIERS] = type_tiers,
        [BG_SHAPE_NAMED] = type_named,
        [BG_SHAPE_RULE] = type_rule,
        [BG_SHAPE_SHARES] = type_shares,
        [BG_SHAPE_CONDITIONS] = type_conditions,
        [BG_SHAPE_SECTION] = type_section,
        [BG_SHAPE_ENTRIES] = type_section,
        [BG_SHAPE_STEPS] = type_steps,
    };
    const place at = {.row = row, .path = path, .row_path = row_path, .key = key, .raw = raw};
    if (bg_raw_is_null(raw)) {
        return type_removal(self, &at);
    }
    return shapes[row->shape](self, &at);
}

bg_node *bg_type_file(const bg_typing *self, const bg_raw *raw)
{
    const place at = {.path = "", .row_path = "", .raw = raw};
    if (raw->kind != BG_NODE_MAP) {
        return refuse_kind(
            self, &at,
            BG_BOTH("a map of keys such as \"history: …\"", "含下级键的表，如 `history: …`"));
    }
    bg_node *root = make(self, &at, BG_NODE_MAP);
    if (root) {
        type_children(self, &at, root);
    }
    return root;
}
