#include "scenario/aliases.h"

#include "base/nearest.h"
#include "base/written.h"
#include "scenario/heading.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/tree.h"
#include "scenario/year.h"

#include <stdio.h>
#include <string.h>

typedef struct alias {
    const char *path, *words;
} alias;

static const alias aliases[] = {
#define ALIAS(path, words) {path, words},
#define CELL(key, words)
#define VALUE(unit, value, words)
#include "scenario/aliases.def"
#undef ALIAS
#undef CELL
#undef VALUE
};

static const alias cells[] = {
#define ALIAS(path, words)
#define CELL(key, words) {#key, words},
#define VALUE(unit, value, words)
#include "scenario/aliases.def"
#undef ALIAS
#undef CELL
#undef VALUE
};

static const struct {
    const char *unit, *value, *words;
} values[] = {
#define ALIAS(path, words)
#define CELL(key, words)
#define VALUE(unit, value, words) {unit, #value, words},
#include "scenario/aliases.def"
#undef ALIAS
#undef CELL
#undef VALUE
};

#define ALIASES (sizeof aliases / sizeof *aliases)
#define CELLS   (sizeof cells / sizeof *cells)
#define VALUES  (sizeof values / sizeof *values)

typedef struct resolving {
    bg_arena *arena;
    bg_errors *errors;
} resolving;

/* ---- one key ---- */

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80) {
        text++;
    }
    return *text == '\0';
}

/* Whether a folded key is one of the words. */
static bool is_one_of(const char *words, const char *folded)
{
    char word[BG_WRITTEN];
    while (*words) {
        const size_t length = strcspn(words, "|");
        snprintf(word, sizeof word, "%.*s", (int)length, words);
        if (strcmp(word, folded) == 0) {
            return true;
        }
        words += length + (words[length] == '|');
    }
    return false;
}

/* The last segment of a path; its parent has the length that is returned. */
static size_t last_segment(const char *path, bg_path_segment *last)
{
    const size_t parent = bg_path_parent(path);
    const char *rest = path + parent + (path[parent] == '.' ? 1 : 0);
    bg_path_next(&rest, last);
    return parent;
}

/* The key of the catalogue below `row_path` for which a folded word stands; NULL if for none. */
static const char *child_key(bg_arena *arena, const char *row_path, const char *folded)
{
    for (size_t i = 0; i < ALIASES; i++) {
        bg_path_segment last;
        const size_t parent = last_segment(aliases[i].path, &last);
        if (bg_path_match(aliases[i].path, parent, row_path, strlen(row_path)) &&
            is_one_of(aliases[i].words, folded)) {
            return bg_arena_copy(arena, last.text, last.length);
        }
    }
    return NULL;
}

static const char *cell_key(const char *folded)
{
    for (size_t i = 0; i < CELLS; i++) {
        if (is_one_of(cells[i].words, folded)) {
            return cells[i].path;
        }
    }
    return NULL;
}

static const char *year_key(bg_arena *arena, const char *key)
{
    char year[BG_YEAR_TEXT];
    return bg_year_plain(key, year) ? bg_arena_copy(arena, year, strlen(year)) : NULL;
}

/* "residents.inpatient.in" of "居民.住院.县内"; a scheme alone is its total. */
static const char *line_key(bg_arena *arena, const char *key)
{
    static const bg_word_kind kinds[] = {BG_WORD_SCHEME, BG_WORD_SERVICE, BG_WORD_PLACE};
    char line[4 * BG_WRITTEN] = "";
    size_t part = 0;
    for (const char *rest = key; *rest; part++) {
        char word[BG_WRITTEN];
        const size_t length = strcspn(rest, ".");
        if (part == 3 || length >= sizeof word) {
            return NULL;
        }
        snprintf(word, sizeof word, "%.*s", (int)length, rest);
        const char *known = bg_heading_word(kinds[part], word);
        known = known || part != 1 ? known : bg_heading_word(BG_WORD_TOTAL, word);
        snprintf(line + strlen(line), sizeof line - strlen(line), "%s%s", part ? "." : "",
                 known ? known : word);
        rest += length + (rest[length] == '.');
    }
    const char *total = bg_heading_word(BG_WORD_TOTAL, key);
    const bool scheme = part == 1 && bg_heading_word(BG_WORD_SCHEME, key);
    return total ? total : bg_arena_text(arena, "%s%s", line, scheme ? ".total" : "");
}

/* The name of an entry, by what the catalogue says its names are. */
static const char *entry_key(bg_arena *arena, const char *unit, const char *key)
{
    return strcmp(unit, "year") == 0     ? year_key(arena, key)
           : strcmp(unit, "scheme") == 0 ? bg_heading_word(BG_WORD_SCHEME, key)
           : strcmp(unit, "line") == 0   ? line_key(arena, key)
                                         : NULL;
}

/* Whether keys are years, limits and words for them, or those of a rule: neither keys of the catalogue nor free
 * names. */
static bool holds_cells(bg_shape shape)
{
    return shape == BG_SHAPE_BY_YEAR || shape == BG_SHAPE_BANDS || shape == BG_SHAPE_BRACKETS ||
           shape == BG_SHAPE_RULE;
}

/* What `key` is called below a row (NULL: that of the whole file); `key` itself where it is called so. */
static const char *plain_key(bg_arena *arena, const bg_parameter *row, const char *row_path,
                             const char *key)
{
    char folded[BG_WRITTEN];
    bg_written_fold(key, folded);
    const char *found = child_key(arena, row_path, folded);
    const bg_shape shape = row ? row->shape : BG_SHAPE_SECTION;
    if (!found && shape == BG_SHAPE_ENTRIES) {
        found = entry_key(arena, row->unit, key);
    } else if (!found && holds_cells(shape)) {
        found = cell_key(folded);
        found = found ? found : year_key(arena, key);
    }
    return found ? found : key;
}

/* ---- a file ---- */

/* Refuses a key that stands in its map already, under this or another name. */
static void refuse_twice(const resolving *self, const bg_raw *map, const bg_raw *child,
                         const char *written)
{
    const bg_raw *first = map->child;
    while (first != child && (!first->key || strcmp(first->key, child->key) != 0)) {
        first = first->next;
    }
    if (first != child) {
        bg_errors_say(self->errors, BG_DUPLICATE_KEY, child->key_mark, NULL, BG_SAY(alias_twice),
                      written, child->key, (int)first->key_mark.line);
    }
}

/* `row` is NULL for the whole file and where the catalogue has none. */
static void resolve(const resolving *self, const bg_parameter *row, const char *row_path,
                    bg_raw *raw);

static void resolve_keys(const resolving *self, const bg_parameter *row, const char *row_path,
                         bg_raw *map)
{
    const bool steps = row && row->shape == BG_SHAPE_STEPS;
    const bool bracket = steps || (row && row->shape == BG_SHAPE_ENTRIES);
    for (bg_raw *child = map->child; child; child = child->next) {
        const char *written = child->key;
        child->key = plain_key(self->arena, row, row_path, written);
        if (!child->key) {
            return; /* out of memory */
        }
        refuse_twice(self, map, child, written);
        const char *path = bg_tree_path(self->arena, row_path, child->key, false);
        const bg_parameter *below = path ? bg_catalogue_find(path) : NULL;
        if (!below && bracket) {
            path = bg_tree_path(self->arena, row_path, child->key, true);
            below = path ? bg_catalogue_find(path) : NULL;
        }
        if (below) {
            resolve(self, below, path, child);
        }
    }
}

/* Keys of a table, and those of the rules in it: of a table of shares, whose own are names, these alone. */
static void resolve_cells(const resolving *self, const bg_parameter *row, const char *row_path,
                          bg_raw *table)
{
    bg_parameter rule = *row;
    rule.shape = row->shape == BG_SHAPE_SHARES ? BG_SHAPE_RULE : row->shape;
    for (bg_raw *cell = table->child; cell; cell = cell->next) {
        const char *written = cell->key;
        cell->key = written ? plain_key(self->arena, row, row_path, written) : NULL;
        if (cell->key) {
            refuse_twice(self, table, cell, written);
        }
        resolve_cells(self, &rule, "", cell);
    }
}

static void resolve(const resolving *self, const bg_parameter *row, const char *row_path,
                    bg_raw *raw)
{
    const bg_shape shape = row ? row->shape : BG_SHAPE_SECTION;
    if (shape == BG_SHAPE_STEPS && raw->kind == BG_NODE_LIST) {
        for (bg_raw *step = raw->child; step; step = step->next) {
            resolve(self, row, row_path, step);
        }
    } else if (shape == BG_SHAPE_STEPS && raw->kind == BG_NODE_VALUE && raw->text) {
        raw->text = plain_key(self->arena, row, row_path, raw->text);
    } else if (raw->kind == BG_NODE_MAP && (bg_shape_merges(shape) || shape == BG_SHAPE_STEPS)) {
        resolve_keys(self, row, row_path, raw);
    } else if (holds_cells(shape) || shape == BG_SHAPE_SHARES || shape == BG_SHAPE_NAMED) {
        resolve_cells(self, row, row_path, raw);
    }
}

/* Whether some key has characters beyond ASCII. */
static bool has_wide_keys(const bg_raw *raw)
{
    for (const bg_raw *child = raw->child; child; child = child->next) {
        if ((child->key && !is_ascii(child->key)) || has_wide_keys(child)) {
            return true;
        }
    }
    return false;
}

/* Whether a past year names a scheme alone. */
static bool has_scheme_alone(const bg_raw *root)
{
    for (const bg_raw *key = root->child; key; key = key->next) {
        for (const bg_raw *year = strcmp(key->key, "history") == 0 ? key->child : NULL; year;
             year = year->next) {
            for (const bg_raw *line = year->child; line; line = line->next) {
                if (line->key && !strchr(line->key, '.') &&
                    bg_heading_word(BG_WORD_SCHEME, line->key)) {
                    return true;
                }
            }
        }
    }
    return false;
}

void bg_aliases_resolve(bg_arena *arena, bg_raw *root, bg_errors *errors)
{
    const resolving self = {arena, errors};
    if (root->kind == BG_NODE_MAP && (has_wide_keys(root) || has_scheme_alone(root))) {
        resolve(&self, NULL, "", root);
    }
}

void bg_aliases_resolve_below(bg_arena *arena, const bg_parameter *row, const char *row_path,
                              bg_raw *raw, bg_errors *errors)
{
    const resolving self = {arena, errors};
    resolve(&self, row, row_path, raw);
}

/* ---- a path ---- */

const char *bg_aliases_path(bg_arena *arena, const char *path)
{
    const char *plain = "", *rest = path;
    bg_path_segment segment;
    while (plain && bg_path_next(&rest, &segment)) {
        const bg_parameter *row = plain[0] ? bg_catalogue_find(plain) : NULL;
        const char *key = bg_arena_copy(arena, segment.text, segment.length);
        key = key && (row || !plain[0]) ? plain_key(arena, row, plain, key) : key;
        plain = key ? bg_tree_path(arena, plain, key, segment.bracket) : NULL;
    }
    return plain && *rest ? path : plain; /* one that is malformed is refused as it is written */
}

/* ---- a value ---- */

/* Whether a row takes the value by a word of that unit. */
static bool takes(const bg_parameter *row, const char *unit, const char *value)
{
    return row->type == BG_TYPE_CHOICE
               ? strcmp(unit, "choice") == 0 && is_one_of(row->choices, value)
               : row->type == BG_TYPE_NAME && strcmp(unit, row->unit) == 0;
}

const char *bg_aliases_value(bg_arena *arena, const bg_parameter *row, const char *text)
{
    char folded[BG_WRITTEN];
    if (is_ascii(text)) {
        return text;
    }
    if (row->type == BG_TYPE_TEXT && strcmp(row->unit, "key") == 0) {
        return bg_aliases_path(arena, text);
    }
    if (row->type == BG_TYPE_NAME && strcmp(row->unit, "line") == 0) {
        return line_key(arena, text);
    }
    bg_written_fold(text, folded);
    for (size_t i = 0; i < VALUES; i++) {
        if (takes(row, values[i].unit, values[i].value) && is_one_of(values[i].words, folded)) {
            return values[i].value;
        }
    }
    return text;
}

const char *bg_aliases_of_value(const bg_parameter *row, size_t index)
{
    for (size_t i = 0; i < VALUES; i++) {
        if (takes(row, values[i].unit, values[i].value) && index-- == 0) {
            return values[i].words;
        }
    }
    return NULL;
}

/* ---- for people ---- */

/* One character in three is another, lacks or is too many, two in five at most. */
static bool is_near(const char *key, const char *word)
{
    size_t characters = 0;
    for (const char *c = word; *c; c++) {
        characters += ((unsigned char)*c & 0xC0) != 0x80;
    }
    const size_t most = characters >= 5 ? 2 : 1;
    return characters >= 3 && bg_nearest_slips(key, word) <= most;
}

const char *bg_aliases_near(const char *parent, size_t length, const char *key,
                            char buffer[BG_WRITTEN])
{
    char folded[BG_WRITTEN];
    bg_written_fold(key, folded);
    for (size_t i = 0; !is_ascii(key) && i < ALIASES; i++) {
        bg_path_segment last;
        const size_t above = last_segment(aliases[i].path, &last);
        const char *words = aliases[i].words;
        while (*words && bg_path_match(aliases[i].path, above, parent, length)) {
            const size_t size = strcspn(words, "|");
            snprintf(buffer, BG_WRITTEN, "%.*s", (int)size, words);
            if (is_near(folded, buffer)) {
                return buffer;
            }
            words += size + (words[size] == '|');
        }
    }
    return NULL;
}

/* Whether entries or steps of a row may have that name. */
static bool may_be_entry(bg_arena *arena, const bg_parameter *row, const char *key)
{
    static const char *const kinds[] = {"year", "scheme", "line"};
    for (size_t i = 0; row->shape == BG_SHAPE_ENTRIES && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(row->unit, kinds[i]) == 0) {
            return entry_key(arena, row->unit, key) != NULL;
        }
    }
    return row->shape == BG_SHAPE_ENTRIES || row->shape == BG_SHAPE_STEPS;
}

/* The path with the segments of `rest` below `plain`, by dot or in brackets, as the catalogue has them; NULL where it
 * has one not. */
static const char *follow(bg_arena *arena, const char *plain, const char *rest)
{
    bg_path_segment segment;
    while (plain && bg_path_next(&rest, &segment)) {
        const bg_parameter *row = plain[0] ? bg_catalogue_find(plain) : NULL;
        const char *key = bg_arena_copy(arena, segment.text, segment.length);
        key = key ? plain_key(arena, row, plain, key) : NULL;
        const char *dotted = key ? bg_tree_path(arena, plain, key, false) : NULL;
        const char *entry = NULL;
        if (key && row && (segment.bracket || may_be_entry(arena, row, key))) {
            entry = bg_tree_path(arena, plain, key, true);
        }
        plain = !segment.bracket && dotted && bg_catalogue_find(dotted) ? dotted
                : entry && bg_catalogue_find(entry)                     ? entry
                                                                        : NULL;
    }
    return *rest ? NULL : plain;
}

/* Whether the last key of a row is that of a segment, or one of its words. */
static bool ends_in(const bg_parameter *row, const bg_path_segment *segment)
{
    char key[BG_WRITTEN], folded[BG_WRITTEN];
    bg_path_segment last;
    last_segment(row->path, &last);
    if (segment->length >= sizeof key || last.length == 0) {
        return false;
    }
    snprintf(key, sizeof key, "%.*s", (int)segment->length, segment->text);
    return (last.length == segment->length && strncmp(last.text, key, last.length) == 0) ||
           is_one_of(bg_aliases_of(row), bg_written_fold(key, folded));
}

static size_t depth_of(const char *path)
{
    size_t depth = 0;
    bg_path_segment segment;
    while (bg_path_next(&path, &segment)) {
        depth++;
    }
    return depth;
}

bool bg_aliases_suggest(const char *path, char *suggestion, size_t size)
{
    bg_arena arena = {0};
    const char *rest = path, *meant = follow(&arena, "", path);
    bg_path_segment first;
    bool found = bg_path_next(&rest, &first) && !first.bracket;
    size_t least = meant ? 0 : SIZE_MAX;
    for (size_t i = 0; found && i < bg_catalogue_count(); i++) {
        const bg_parameter *row = bg_catalogue_row(i);
        const size_t depth = depth_of(row->path);
        const char *here =
            depth < least && ends_in(row, &first) ? follow(&arena, row->path, rest) : NULL;
        least = here ? depth : least;
        meant = here ? here : meant;
    }
    found = meant && (size_t)snprintf(suggestion, size, "%s", meant) < size;
    bg_arena_free(&arena);
    return found;
}

const char *bg_aliases_entry(const bg_parameter *table, const char *name)
{
    char folded[BG_WRITTEN];
    bg_written_fold(name, folded);
    for (size_t i = 0; table && i < VALUES; i++) {
        if (strcmp(values[i].unit, table->path) == 0 && is_one_of(values[i].words, folded)) {
            return values[i].value;
        }
    }
    return NULL;
}

bool bg_aliases_know(const char *text)
{
    static const bg_word_kind kinds[] = {BG_WORD_SCHEME, BG_WORD_SERVICE, BG_WORD_PLACE,
                                         BG_WORD_TOTAL};
    char folded[BG_WRITTEN], first[BG_WRITTEN], year[BG_YEAR_TEXT];
    bg_written_fold(text, folded);
    snprintf(first, sizeof first, "%.*s", (int)strcspn(folded, "."), folded);
    bool known = cell_key(folded) || bg_year_plain(text, year);
    for (size_t i = 0; !known && i < ALIASES; i++) {
        known = is_one_of(aliases[i].words, folded);
    }
    for (size_t i = 0; !known && i < sizeof kinds / sizeof *kinds; i++) {
        known = bg_heading_word(kinds[i], first) != NULL;
    }
    return known;
}

const char *bg_aliases_of(const bg_parameter *row)
{
    for (size_t i = 0; i < ALIASES; i++) {
        if (strcmp(aliases[i].path, row->path) == 0) {
            return aliases[i].words;
        }
    }
    return "";
}
