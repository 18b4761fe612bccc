#include "scenario/history_csv.h"

#include "base/csv.h"
#include "scenario/messages.h"
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

typedef struct table {
    const char *name; /* of the file */
    bg_arena *arena;
    bg_errors *errors;
    size_t errors_before;
    bg_csv csv;
    int place[COLUMN_COUNT]; /* index of the column's cell, or -1 */
    bg_raw *history;
    size_t rows;
} table;

static bool has_failed(const table *self)
{
    return self->errors->error_count > self->errors_before;
}

/* ---- the header ---- */

static bg_status read_column(table *self, size_t index)
{
    const bg_csv_cell *cell = &self->csv.cells[index];
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        if (strcasecmp(cell->text, headers[i].word) != 0) {
            continue;
        }
        column_id column = headers[i].column;
        if (self->place[column] >= 0) {
            return bg_errors_say(self->errors, BG_DUPLICATE_KEY, cell->mark, PATH,
                                 BG_SAY(history_column_twice), column_words[column]);
        }
        self->place[column] = (int)index;
        return BG_OK;
    }
    char shown[BG_EXCERPT];
    return bg_errors_say(self->errors, BG_UNKNOWN_KEY, cell->mark, PATH,
                         BG_SAY(history_column_unknown), bg_excerpt(cell->text, shown));
}

static bg_status read_header(table *self)
{
    const bg_mark start = {.file = self->name, .line = 1, .column = 1};
    bg_status status = bg_csv_read(&self->csv, self->errors);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        self->place[i] = -1;
    }
    for (size_t i = 0; status == BG_OK && i < self->csv.count; i++) {
        bool nameless = self->csv.cells[i].text[0] == '\0' && (i > 0 || self->csv.count == 1);
        status = nameless ? BG_OK : read_column(self, i);
    }
    for (column_id i = 0; status == BG_OK && i < COLUMN_COUNT; i++) {
        if (self->place[i] < 0 && (i == YEAR || i == PAID)) {
            status = bg_errors_say(self->errors, BG_MISSING, start, PATH,
                                   BG_SAY(history_column_missing), column_words[i]);
        }
    }
    return status;
}

/* ---- cells to the tree ---- */

static bg_raw *add_child(table *self, bg_raw *parent, const char *key, bg_mark mark,
                         bg_node_kind kind)
{
    bg_raw *node = bg_arena_get(self->arena, sizeof *node);
    char *kept = bg_arena_copy(self->arena, key, strlen(key));
    if (node && kept) {
        *node = (bg_raw){.key = kept, .key_mark = mark, .mark = mark, .kind = kind};
        bg_raw **end = &parent->child;
        while (*end) {
            end = &(*end)->next;
        }
        *end = node;
    }
    return kept ? node : NULL;
}

static bg_raw *find_child(const bg_raw *parent, const char *key)
{
    bg_raw *child = parent->child;
    while (child && strcmp(child->key, key) != 0) {
        child = child->next;
    }
    return child;
}

static const bg_csv_cell *cell_of(const table *self, column_id column)
{
    static const bg_csv_cell none = {.text = ""};
    int place = self->place[column];
    return place >= 0 && (size_t)place < self->csv.count ? &self->csv.cells[place] : &none;
}

static bg_status add_values(table *self, bg_raw *line)
{
    for (column_id i = CASES; i <= PAID; i++) {
        const bg_csv_cell *cell = cell_of(self, i);
        if (cell->text[0]) {
            bg_raw *value = add_child(self, line, column_words[i], cell->mark, BG_NODE_VALUE);
            char *text = bg_arena_copy(self->arena, cell->text, strlen(cell->text));
            if (!value || !text) {
                return BG_MEMORY;
            }
            value->text = text;
        }
    }
    return BG_OK;
}

static bg_status check_row(table *self, const bg_csv_cell *year)
{
    char shown[BG_EXCERPT];
    if (!year->text[0]) {
        return bg_errors_say(self->errors, BG_MISSING, self->csv.cells[0].mark, PATH,
                             BG_SAY(history_row_without_year));
    }
    if (self->place[LINE] >= 0 && !cell_of(self, LINE)->text[0]) {
        return bg_errors_say(self->errors, BG_MISSING, self->csv.cells[0].mark, PATH,
                             BG_SAY(history_row_without_line), bg_excerpt(year->text, shown));
    }
    for (size_t i = 0; i < self->csv.count; i++) {
        bool used = false;
        for (column_id c = 0; c < COLUMN_COUNT; c++) {
            used = used || self->place[c] == (int)i;
        }
        if (!used && self->csv.cells[i].text[0]) {
            return bg_errors_say(self->errors, BG_TYPE, self->csv.cells[i].mark, PATH,
                                 BG_SAY(history_cell_without_column),
                                 bg_excerpt(self->csv.cells[i].text, shown));
        }
    }
    return BG_OK;
}

static bg_status add_row(table *self)
{
    const bg_csv_cell *year = cell_of(self, YEAR);
    bg_status status = check_row(self, year);
    if (status != BG_OK) {
        return status;
    }
    const bg_csv_cell *named = cell_of(self, LINE);
    const bg_csv_cell line = named->text[0] ? *named : (bg_csv_cell){"total", year->mark};
    bg_raw *lines = find_child(self->history, year->text);
    lines = lines ? lines : add_child(self, self->history, year->text, year->mark, BG_NODE_MAP);
    if (!lines) {
        return BG_MEMORY;
    }
    const bg_raw *first = find_child(lines, line.text);
    if (first) {
        char shown[BG_EXCERPT];
        return bg_errors_say(self->errors, BG_DUPLICATE_KEY, line.mark, PATH,
                             BG_SAY(history_line_twice), lines->key, bg_excerpt(line.text, shown),
                             first->key_mark.line);
    }
    bg_raw *values = add_child(self, lines, line.text, line.mark, BG_NODE_MAP);
    return values ? add_values(self, values) : BG_MEMORY;
}

static bg_status read_rows(table *self)
{
    while (self->errors->error_count < BG_MAX_ERRORS) {
        bg_status status = bg_csv_read(&self->csv, self->errors);
        if (status != BG_OK || self->csv.ended) {
            return status;
        }
        if (bg_csv_is_blank(&self->csv)) {
            continue;
        }
        if (++self->rows > MAX_ROWS) {
            return bg_errors_say(self->errors, BG_LIMIT, self->csv.cells[0].mark, PATH,
                                 BG_SAY(history_too_many_rows), MAX_ROWS);
        }
        if (add_row(self) == BG_MEMORY) {
            return BG_MEMORY;
        }
    }
    return BG_OK;
}

bg_status bg_history_csv_read(bg_arena *arena, char *text, size_t size, const char *name,
                              bg_raw *history, bg_errors *errors)
{
    FILE *stream = fmemopen(text, size, "r");
    if (!stream) {
        return BG_MEMORY;
    }
    table self = {.name = name,
                  .arena = arena,
                  .errors = errors,
                  .errors_before = errors->error_count,
                  .history = history};
    bg_csv_init(&self.csv, stream, name, PATH, MAX_COLUMNS);
    bg_status status = read_header(&self);
    status = status ? status : read_rows(&self);
    bg_csv_free(&self.csv);
    fclose(stream);
    return status == BG_OK && has_failed(&self) ? BG_INVALID : status;
}
