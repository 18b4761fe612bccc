#include "scenario/table.h"

#include "scenario/path.h"

#include <string.h>
#include <strings.h>

#define MAX_COLUMNS 32
#define MAX_ROWS    10000
#define PATH        "history.csv"

typedef enum column_id { YEAR, LINE, CASES, COST, PAID, COLUMN_COUNT } column_id;

static const struct {
    const char *word;
    column_id column;
} headers[] = {
    {"year", YEAR},   {"年份", YEAR},  {"年度", YEAR},     {"line", LINE}, {"项目", LINE},
    {"cases", CASES}, {"人次", CASES}, {"cost", COST},     {"费用", COST}, {"医疗总费用", COST},
    {"paid", PAID},   {"total", PAID}, {"基金支付", PAID}, {"合计", PAID}, {"统筹基金支付", PAID},
};

static const char *const column_words[COLUMN_COUNT] = {"year", "line", "cases", "cost", "paid"};

typedef struct field {
    const char *text; /* without quotes and outer spaces */
    bg_mark mark;
} field;

typedef struct table {
    bg_arena *arena;
    bg_errors *errors;
    size_t errors_before;
    char *at;     /* next byte; cells are cut out in place */
    bg_mark mark; /* its place */
    char separator;
    bool line_ended;
    field cells[MAX_COLUMNS];
    size_t count;
    int place[COLUMN_COUNT]; /* index of the column's cell, or -1 */
    bg_raw *history;
    size_t rows;
} table;

static bool has_failed(const table *self)
{
    return self->errors->error_count > self->errors_before;
}

/* ---- characters to cells ---- */

static void advance(table *self)
{
    char byte = *self->at++;
    if (byte == '\n') {
        self->mark.line++;
        self->mark.column = 1;
    } else if (((unsigned char)byte & 0xC0) != 0x80) {
        self->mark.column++;
    }
}

static bool at_line_end(const table *self)
{
    return *self->at == '\0' || *self->at == '\n' || (*self->at == '\r' && self->at[1] == '\n');
}

static bool at_cell_end(const table *self)
{
    return *self->at == self->separator || at_line_end(self);
}

static void skip_spaces(table *self)
{
    while (!at_cell_end(self) && (*self->at == ' ' || *self->at == '\t')) {
        advance(self);
    }
}

/* Reads "…" and leaves the text without the quotes from *start to *end. */
static bg_status read_quoted(table *self, char **start, char **end)
{
    bg_mark open = self->mark;
    advance(self);
    *start = *end = self->at;
    while (*self->at && !(*self->at == '"' && self->at[1] != '"')) {
        if (*self->at == '"') {
            advance(self);
        }
        *(*end)++ = *self->at;
        advance(self);
    }
    if (*self->at == '\0') {
        return bg_errors_add(self->errors, BG_SYNTAX, open, PATH,
                             "the quotation mark that opens here is never closed.");
    }
    advance(self);
    skip_spaces(self);
    if (!at_cell_end(self)) {
        return bg_errors_add(self->errors, BG_SYNTAX, self->mark, PATH,
                             "text stands behind a closing quotation mark; a quotation mark inside "
                             "a field is written twice.");
    }
    return BG_OK;
}

static void read_bare(table *self, char **start, char **end)
{
    *start = *end = self->at;
    while (!at_cell_end(self)) {
        bool space = *self->at == ' ' || *self->at == '\t';
        advance(self);
        *end = space ? *end : self->at;
    }
}

/* Steps over what ends a cell, and over the end of the line with its last one. */
static void leave_cell(table *self)
{
    self->line_ended = at_line_end(self);
    if (*self->at == '\r') {
        advance(self);
    }
    if (*self->at) {
        advance(self);
    }
}

static bg_status read_row(table *self)
{
    self->count = 0;
    self->line_ended = false;
    while (!self->line_ended) {
        skip_spaces(self);
        bg_mark mark = self->mark;
        char *start, *end;
        if (self->count == MAX_COLUMNS) {
            return bg_errors_add(self->errors, BG_LIMIT, mark, PATH,
                                 "the line has more than %d fields; no more are allowed.",
                                 MAX_COLUMNS);
        }
        if (*self->at == '"') {
            bg_status status = read_quoted(self, &start, &end);
            if (status != BG_OK) {
                return status;
            }
        } else {
            read_bare(self, &start, &end);
        }
        leave_cell(self);
        *end = '\0';
        self->cells[self->count++] = (field){start, mark};
    }
    return BG_OK;
}

/* The separator that occurs most often in the first line. */
static char find_separator(const char *text)
{
    static const char candidates[] = ",;\t";
    size_t counts[sizeof candidates] = {0};
    for (; *text && *text != '\n'; text++) {
        const char *found = strchr(candidates, *text);
        counts[found ? found - candidates : (long)sizeof candidates - 1]++;
    }
    size_t best = 0;
    for (size_t i = 1; candidates[i]; i++) {
        best = counts[i] > counts[best] ? i : best;
    }
    return candidates[best];
}

/* ---- the header ---- */

static bg_status read_column(table *self, size_t index)
{
    const field *cell = &self->cells[index];
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        if (strcasecmp(cell->text, headers[i].word) != 0) {
            continue;
        }
        column_id column = headers[i].column;
        if (self->place[column] >= 0) {
            return bg_errors_add(self->errors, BG_DUPLICATE_KEY, cell->mark, PATH,
                                 "the column \"%s\" stands here a second time.",
                                 column_words[column]);
        }
        self->place[column] = (int)index;
        return BG_OK;
    }
    char shown[BG_EXCERPT];
    return bg_errors_add(
        self->errors, BG_UNKNOWN_KEY, cell->mark, PATH,
        "the column \"%s\" is not known; allowed are year (年份), line (项目), "
        "cases (人次), cost (费用) and paid (基金支付). The unit of money stands in "
        "the scenario's money_unit.",
        bg_excerpt(cell->text, shown));
}

static bg_status read_header(table *self)
{
    bg_mark start = self->mark;
    bg_status status = read_row(self);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        self->place[i] = -1;
    }
    for (size_t i = 0; status == BG_OK && i < self->count; i++) {
        bool trailing = self->cells[i].text[0] == '\0' && i > 0;
        status = trailing ? BG_OK : read_column(self, i);
    }
    for (column_id i = 0; status == BG_OK && i < COLUMN_COUNT; i++) {
        if (self->place[i] < 0 && (i == YEAR || i == PAID)) {
            status = bg_errors_add(self->errors, BG_MISSING, start, PATH,
                                   "the first line names no column \"%s\"; it must name at least "
                                   "year (年份) and paid (基金支付).",
                                   column_words[i]);
        }
    }
    return status;
}

/* ---- cells to the tree ---- */

static bg_raw *add_child(table *self, bg_raw *parent, const char *key, bg_mark mark,
                         bg_node_kind kind)
{
    bg_raw *node = bg_arena_get(self->arena, sizeof *node);
    if (node) {
        *node = (bg_raw){.key = key, .key_mark = mark, .mark = mark, .kind = kind};
        bg_raw **end = &parent->child;
        while (*end) {
            end = &(*end)->next;
        }
        *end = node;
    }
    return node;
}

static bg_raw *find_child(const bg_raw *parent, const char *key)
{
    bg_raw *child = parent->child;
    while (child && strcmp(child->key, key) != 0) {
        child = child->next;
    }
    return child;
}

static const field *cell_of(const table *self, column_id column)
{
    static const field none = {"", {NULL, 0, 0}};
    int place = self->place[column];
    return place >= 0 && (size_t)place < self->count ? &self->cells[place] : &none;
}

static bool is_blank(const table *self)
{
    for (size_t i = 0; i < self->count; i++) {
        if (self->cells[i].text[0]) {
            return false;
        }
    }
    return true;
}

static bg_status add_values(table *self, bg_raw *line)
{
    for (column_id i = CASES; i <= PAID; i++) {
        const field *cell = cell_of(self, i);
        if (cell->text[0]) {
            bg_raw *value = add_child(self, line, column_words[i], cell->mark, BG_NODE_VALUE);
            if (!value) {
                return BG_MEMORY;
            }
            value->text = cell->text;
        }
    }
    return BG_OK;
}

static bg_status check_row(table *self, const field *year)
{
    char shown[BG_EXCERPT];
    if (!year->text[0]) {
        return bg_errors_add(self->errors, BG_MISSING, self->cells[0].mark, PATH,
                             "the line has no year.");
    }
    if (self->place[LINE] >= 0 && !cell_of(self, LINE)->text[0]) {
        return bg_errors_add(self->errors, BG_MISSING, self->cells[0].mark, PATH,
                             "the row of the year %s names no line.",
                             bg_excerpt(year->text, shown));
    }
    for (size_t i = 0; i < self->count; i++) {
        bool used = false;
        for (column_id c = 0; c < COLUMN_COUNT; c++) {
            used = used || self->place[c] == (int)i;
        }
        if (!used && self->cells[i].text[0]) {
            return bg_errors_add(self->errors, BG_TYPE, self->cells[i].mark, PATH,
                                 "\"%s\" stands in a column without a name; an amount with "
                                 "thousands separators must stand in quotes.",
                                 bg_excerpt(self->cells[i].text, shown));
        }
    }
    return BG_OK;
}

static bg_status add_row(table *self)
{
    const field *year = cell_of(self, YEAR);
    bg_status status = check_row(self, year);
    if (status != BG_OK) {
        return status;
    }
    const field *named = cell_of(self, LINE);
    const field line = named->text[0] ? *named : (field){"total", year->mark};
    bg_raw *lines = find_child(self->history, year->text);
    lines = lines ? lines : add_child(self, self->history, year->text, year->mark, BG_NODE_MAP);
    if (!lines) {
        return BG_MEMORY;
    }
    const bg_raw *first = find_child(lines, line.text);
    if (first) {
        char shown[BG_EXCERPT];
        return bg_errors_add(self->errors, BG_DUPLICATE_KEY, line.mark, PATH,
                             "the year %s has the line \"%s\" a second time; it first stands in "
                             "line %d.",
                             lines->key, bg_excerpt(line.text, shown), first->key_mark.line);
    }
    bg_raw *values = add_child(self, lines, line.text, line.mark, BG_NODE_MAP);
    return values ? add_values(self, values) : BG_MEMORY;
}

static bg_status read_rows(table *self)
{
    while (*self->at && self->errors->error_count < BG_MAX_ERRORS) {
        bg_status status = read_row(self);
        if (status != BG_OK) {
            return status;
        }
        if (is_blank(self)) {
            continue;
        }
        if (++self->rows > MAX_ROWS) {
            return bg_errors_add(self->errors, BG_LIMIT, self->cells[0].mark, PATH,
                                 "the file has more than %d rows; no more are allowed.", MAX_ROWS);
        }
        if (add_row(self) == BG_MEMORY) {
            return BG_MEMORY;
        }
    }
    return BG_OK;
}

bg_status bg_table_read(bg_arena *arena, const char *text, const char *name, bg_raw *history,
                        bg_errors *errors)
{
    char *copy = bg_arena_copy(arena, text, strlen(text));
    if (!copy) {
        return BG_MEMORY;
    }
    table self = {.arena = arena,
                  .errors = errors,
                  .errors_before = errors->error_count,
                  .at = copy,
                  .mark = {name, 1, 1},
                  .separator = find_separator(copy),
                  .history = history};
    bg_status status = read_header(&self);
    if (status == BG_OK) {
        status = read_rows(&self);
    }
    return status == BG_OK && has_failed(&self) ? BG_INVALID : status;
}
