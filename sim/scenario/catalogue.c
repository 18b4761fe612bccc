#include <baogan/catalogue.h>

#include "scenario/path.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Lengths of the paths: a search goes through all rows, and most fail at one glance. */
static const unsigned char lengths[] = {
#define P(path, type, shape, ...) sizeof(path) - 1,
#include "scenario/catalogue.def"
#undef P
};

enum { ROWS = sizeof lengths / sizeof lengths[0], EDITIONS = 2 };

/* The catalogue as of each year, oldest first; the last is the one that is walked. */
static const int as_of_years[EDITIONS] = {2024, 2025};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverride-init" /* what a row does not name is "" */
static const bg_parameter editions[EDITIONS][ROWS] = {
/* NOLINTBEGIN(bugprone-macro-parentheses): members of a row */
#define ASSUMED(text) .source = text, .assumed = true
#define P(row, kind, form, ...)                                                                    \
    {.path = row,                                                                                  \
     .type = BG_TYPE_##kind,                                                                       \
     .shape = BG_SHAPE_##form,                                                                     \
     .unit = "",                                                                                   \
     .choices = "",                                                                                \
     .minimum = "",                                                                                \
     .maximum = "",                                                                                \
     .advised_minimum = "",                                                                        \
     .advised_maximum = "",                                                                        \
     .standard = "",                                                                               \
     .shorthand = "",                                                                              \
     .source = "",                                                                                 \
     __VA_ARGS__},
    {
#define AS_OF(in_2024, in_2025) in_2024
#include "scenario/catalogue.def"
#undef AS_OF
    },
    {
#define AS_OF(in_2024, in_2025) in_2025
#include "scenario/catalogue.def"
#undef AS_OF
    },
#undef P
#undef ASSUMED
    /* NOLINTEND(bugprone-macro-parentheses) */
};
#pragma GCC diagnostic pop

static const bg_parameter *const rows = editions[EDITIONS - 1];

int bg_catalogue_as_of_year(size_t index)
{
    return index < EDITIONS ? as_of_years[index] : 0;
}

/* Rows of a rule's own keys (typing_rule.c) are none of the catalogue's. */
static bool is_of_catalogue(const bg_parameter *row)
{
    const uintptr_t first = (uintptr_t)editions, at = (uintptr_t)row;
    return at >= first && at < first + sizeof editions;
}

const bg_parameter *bg_catalogue_as_of(const bg_parameter *row, int year)
{
    if (!is_of_catalogue(row)) {
        return row;
    }
    size_t edition = EDITIONS - 1;
    while (edition > 0 && as_of_years[edition] > year) {
        edition--;
    }
    return &editions[edition][(size_t)(row - editions[0]) % ROWS];
}

size_t bg_catalogue_count(void)
{
    return ROWS;
}

const bg_parameter *bg_catalogue_row(size_t index)
{
    return index < bg_catalogue_count() ? &rows[index] : NULL;
}

/* bg_path_match, which it seldom needs to ask: the first and last letters agree where paths match. */
static int match(const char *pattern, size_t pattern_length, const char *path, size_t length)
{
    if (pattern_length == 0 || length == 0) {
        return pattern_length == length;
    }
    return pattern[0] == path[0] && pattern[pattern_length - 1] == path[length - 1]
               ? bg_path_match(pattern, pattern_length, path, length)
               : 0;
}

bool bg_catalogue_child(size_t index, const char *path, size_t length, bg_path_segment *last)
{
    const char *row = rows[index].path;
    if (length > 0 && row[0] != path[0]) {
        return false;
    }
    size_t start = lengths[index]; /* of the last segment */
    const bool bracket = row[start - 1] == ']';
    while (start > 0 && row[start - 1] != (bracket ? '[' : '.')) {
        start--;
    }
    const size_t parent = start > 0 ? start - 1 : 0;
    const size_t end = lengths[index] - (bracket ? 1U : 0U);
    *last = (bg_path_segment){row + start, end - start, bracket};
    return match(row, parent, path, length) > 0;
}

static const bg_parameter *find(const char *path, size_t length)
{
    const bg_parameter *best = NULL;
    int best_score = 0;
    for (size_t i = 0; i < ROWS; i++) {
        const int score = match(rows[i].path, lengths[i], path, length);
        if (score > best_score) {
            best_score = score;
            best = &rows[i];
        }
    }
    return best;
}

static bool holds_values(bg_shape shape)
{
    return shape == BG_SHAPE_LIST || shape == BG_SHAPE_BY_YEAR || shape == BG_SHAPE_BANDS ||
           shape == BG_SHAPE_BRACKETS || shape == BG_SHAPE_TIERS || shape == BG_SHAPE_NAMED ||
           shape == BG_SHAPE_RULE || shape == BG_SHAPE_SHARES;
}

const bg_parameter *bg_catalogue_find(const char *path)
{
    size_t length = strlen(path);
    const bg_parameter *row = find(path, length);
    if (row || length == 0 || path[length - 1] != ']') {
        return row;
    }
    row = find(path, bg_path_parent(path));
    return row && holds_values(row->shape) ? row : NULL;
}

#define LONGEST_WORD 40

static size_t least_of(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Number of changed, added, missing and swapped letters (optimal string alignment). */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length > LONGEST_WORD || b_length > LONGEST_WORD) {
        return LONGEST_WORD;
    }
    size_t matrix[3][LONGEST_WORD + 1];
    for (size_t j = 0; j <= b_length; j++) {
        matrix[0][j] = j;
    }
    for (size_t i = 1; i <= a_length; i++) {
        size_t *row = matrix[i % 3];
        const size_t *above = matrix[(i + 2) % 3];
        const size_t *two_above = matrix[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            row[j] = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = least_of(row[j], least_of(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = least_of(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return matrix[a_length % 3][b_length];
}

/* The last segment of a path, with its brackets. */
static const char *last_segment(const char *path)
{
    const char *last = path + bg_path_parent(path);
    return *last == '.' ? last + 1 : last;
}

bool bg_catalogue_suggest(const char *path, char *suggestion, size_t size)
{
    size_t parent = bg_path_parent(path);
    const char *word = last_segment(path);
    size_t length = strlen(word);
    const char *nearest = NULL;
    const char *elsewhere = NULL;
    size_t least = length < 6 ? 2 : length / 3 + 1;
    for (size_t i = 0; i < bg_catalogue_count(); i++) {
        const char *key = last_segment(rows[i].path);
        if (strcmp(key, word) == 0 && (!elsewhere || strlen(rows[i].path) < strlen(elsewhere))) {
            elsewhere = rows[i].path;
        }
        size_t row_parent = bg_path_parent(rows[i].path);
        if (strcmp(key, "[]") == 0 || !bg_path_match(rows[i].path, row_parent, path, parent)) {
            continue;
        }
        size_t steps = distance(word, length, key, strlen(key));
        if (steps < least) {
            least = steps;
            nearest = key;
        }
    }
    if (nearest) {
        const char *dot = parent > 0 && *nearest != '[' ? "." : "";
        return (size_t)snprintf(suggestion, size, "%.*s%s%s", (int)parent, path, dot, nearest) <
               size;
    }
    return elsewhere && (size_t)snprintf(suggestion, size, "%s", elsewhere) < size;
}

const char *bg_type_name(bg_type type)
{
    static const char *const names[] = {
        [BG_TYPE_NONE] = "section",  [BG_TYPE_TEXT] = "text",   [BG_TYPE_NAME] = "name",
        [BG_TYPE_CHOICE] = "choice", [BG_TYPE_BOOL] = "bool",   [BG_TYPE_INTEGER] = "integer",
        [BG_TYPE_YEAR] = "year",     [BG_TYPE_MONTH] = "month", [BG_TYPE_DECIMAL] = "decimal",
        [BG_TYPE_RATE] = "rate",     [BG_TYPE_MONEY] = "money", [BG_TYPE_PRICE] = "price",
    };
    return (size_t)type < sizeof names / sizeof names[0] ? names[type] : "";
}

const char *bg_shape_name(bg_shape shape)
{
    static const char *const names[] = {
        [BG_SHAPE_ONE] = "one",
        [BG_SHAPE_TEXTS] = "texts",
        [BG_SHAPE_LIST] = "list",
        [BG_SHAPE_BY_YEAR] = "by_year",
        [BG_SHAPE_BANDS] = "bands",
        [BG_SHAPE_BRACKETS] = "brackets",
        [BG_SHAPE_TIERS] = "tiers",
        [BG_SHAPE_NAMED] = "named",
        [BG_SHAPE_RULE] = "rule",
        [BG_SHAPE_SHARES] = "shares",
        [BG_SHAPE_CONDITIONS] = "conditions",
        [BG_SHAPE_SECTION] = "section",
        [BG_SHAPE_ENTRIES] = "entries",
        [BG_SHAPE_STEPS] = "steps",
    };
    return (size_t)shape < sizeof names / sizeof names[0] ? names[shape] : "";
}
