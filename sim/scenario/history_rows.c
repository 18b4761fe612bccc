#include "scenario/history_rows.h"

#include "scenario/heading.h"
#include "scenario/messages.h"
#include "scenario/path.h"
#include "scenario/value.h"

#include <string.h>

/* Of what a row is: NULL stands for any, in a row of totals. */
typedef struct subject {
    const char *year, *scheme, *line, *place;
} subject;

struct bg_history_row {
    bg_csv_cell cell[BG_HISTORY_COLUMNS];
    subject of;
    bool is_total;     /* of all schemes or years: never a line of its own */
    bool may_be_total; /* of lines or places: a line of its own where there are no others */
    bool is_of_which;  /* a part of another row, which holds it */
    bool bad;          /* an error says why */
    bg_history_row *next;
};

void bg_history_rows_init(bg_history_rows *self, bg_arena *arena, bg_errors *errors)
{
    *self = (bg_history_rows){.arena = arena, .errors = errors};
    self->end = &self->first;
}

static const char *keep(const bg_history_rows *self, const char *text)
{
    return bg_arena_copy(self->arena, text, strlen(text));
}

/* ---- what a row is of ---- */

static void read_year(bg_history_row *row, const bg_history_rows *self)
{
    const char *text = row->cell[BG_HISTORY_year].text;
    if (bg_heading_is_total(text)) {
        row->is_total = true;
    } else {
        char year[BG_YEAR_TEXT];
        row->of.year = bg_year_plain(text, year) ? keep(self, year) : text;
    }
}

static bool refuse_word(const bg_history_rows *self, const bg_csv_cell *cell, const char *allowed)
{
    char shown[BG_EXCERPT];
    bg_errors_say(self->errors, BG_TYPE, cell->mark, BG_HISTORY_PATH, BG_SAY(history_word_unknown),
                  bg_excerpt(cell->text, shown), allowed);
    return false;
}

static bool read_scheme(bg_history_row *row, const bg_history_rows *self)
{
    const bg_csv_cell *cell = &row->cell[BG_HISTORY_scheme];
    row->of.scheme = bg_heading_word(BG_WORD_SCHEME, cell->text);
    if (!row->of.scheme && bg_heading_is_total(cell->text)) {
        row->is_total = true;
        return true;
    }
    return row->of.scheme || row->is_total ||
           refuse_word(self, cell,
                       BG_BOTH("residents (城乡居民, 居民) and employees (职工)",
                               "`residents`（城乡居民、居民）、`employees`（职工）"));
}

/* A line by its name, or by the words for a scheme or a service. */
static void read_line(bg_history_row *row)
{
    const char *text = row->cell[BG_HISTORY_line].text;
    const char *service = bg_heading_word(BG_WORD_SERVICE, text);
    const char *scheme = row->of.scheme ? NULL : bg_heading_word(BG_WORD_SCHEME, text);
    if (bg_heading_is_of_which(text)) {
        row->is_of_which = true;
    } else if (strcmp(text, "total") != 0 && bg_heading_is_total(text)) {
        row->may_be_total = true;
    } else if (scheme) {
        row->of.scheme = scheme;
        row->of.line = "total";
    } else {
        row->of.line = service && row->of.scheme ? service : text;
    }
}

static bool read_place(bg_history_row *row, const bg_history_rows *self)
{
    const bg_csv_cell *cell = &row->cell[BG_HISTORY_place];
    if (bg_heading_is_total(cell->text)) {
        row->may_be_total = true;
        return true;
    }
    row->of.place = bg_heading_word(BG_WORD_PLACE, cell->text);
    return row->of.place || !cell->text[0] ||
           refuse_word(self, cell,
                       BG_BOTH("in (县内) and out (县外)", "`in`（县内）、`out`（县外）"));
}

static bool has_needed_cells(const bg_history_row *row, const bg_history_rows *self)
{
    const bg_mark mark = row->cell[BG_HISTORY_year].mark;
    const char *year = row->cell[BG_HISTORY_year].text;
    if (!year[0]) {
        bg_errors_say(self->errors, BG_MISSING, mark, BG_HISTORY_PATH,
                      BG_SAY(history_row_without_year));
        return false;
    }
    for (bg_history_column i = BG_HISTORY_scheme; i <= BG_HISTORY_line; i++) {
        if (self->has[i] && !row->cell[i].text[0] && !bg_heading_is_total(year)) {
            char shown[BG_EXCERPT];
            bg_errors_say(self->errors, BG_MISSING, mark, BG_HISTORY_PATH,
                          BG_SAY(history_row_without_line), bg_excerpt(year, shown));
            return false;
        }
    }
    return true;
}

static void read_subject(bg_history_row *row, const bg_history_rows *self)
{
    row->bad = !has_needed_cells(row, self);
    if (row->bad) {
        return;
    }
    read_year(row, self);
    if (self->has[BG_HISTORY_scheme] && row->cell[BG_HISTORY_scheme].text[0]) {
        row->bad = !read_scheme(row, self);
    }
    if (self->has[BG_HISTORY_line] && row->cell[BG_HISTORY_line].text[0]) {
        read_line(row);
    }
    if (self->has[BG_HISTORY_place]) {
        row->bad = !read_place(row, self) || row->bad;
    }
}

/* ---- amounts ---- */

/* The text with the unit that the table names, where it has none itself. */
static const char *with_unit(const bg_history_rows *self, bg_history_column column,
                             const char *text)
{
    char number[BG_WRITTEN];
    const char *unit = bg_heading_unit_word(self->unit[column]);
    if (!unit || !bg_written_number(text, number) || !number[0]) {
        return text;
    }
    const char last = number[strlen(number) - 1];
    return last >= '0' && last <= '9' ? bg_arena_text(self->arena, "%s%s", text, unit) : text;
}

bg_status bg_history_rows_add(bg_history_rows *self, const bg_csv_cell cell[BG_HISTORY_COLUMNS])
{
    bg_history_row *row = bg_arena_get(self->arena, sizeof *row);
    if (!row) {
        return BG_MEMORY;
    }
    for (bg_history_column i = 0; i < BG_HISTORY_COLUMNS; i++) {
        const char *text = keep(self, cell[i].text);
        text = text && i >= BG_HISTORY_cost ? with_unit(self, i, text) : text;
        if (!text) {
            return BG_MEMORY;
        }
        row->cell[i] = (bg_csv_cell){text, cell[i].mark};
    }
    read_subject(row, self);
    *self->end = row;
    self->end = &row->next;
    self->count++;
    return self->arena->exhausted ? BG_MEMORY : BG_OK;
}

/* ---- totals ---- */

static bool same_or_any(const char *wanted, const char *given)
{
    return !wanted || (given && strcmp(wanted, given) == 0);
}

/* Whether a row is one of those that a row of totals adds up. */
static bool is_part(const bg_history_row *total, const bg_history_row *row)
{
    return !row->bad && !row->is_total && !row->may_be_total && !row->is_of_which &&
           same_or_any(total->of.year, row->of.year) &&
           same_or_any(total->of.scheme, row->of.scheme) &&
           same_or_any(total->of.line, row->of.line) && same_or_any(total->of.place, row->of.place);
}

/* Which rows a row of totals may stand for: all of the table, those above, those since the last one. */
typedef struct range {
    const bg_history_row *from, *behind;
} range;

static bool read_amount(const bg_history_row *row, bg_history_column column, int64_t *value)
{
    const bg_fen in_yuan = 100;
    const char *text = row->cell[column].text;
    *value = 0;
    return !text[0] || bg_money_parse(text, in_yuan, value) == BG_OK;
}

/* Adds up a column of the parts; false where one cannot be read, which is said elsewhere. */
static bool add_up(const bg_history_row *total, range of, bg_history_column column, int64_t *sum,
                   size_t *parts)
{
    *sum = 0;
    *parts = 0;
    for (const bg_history_row *row = of.from; row && row != of.behind; row = row->next) {
        int64_t value;
        if (!is_part(total, row)) {
            continue;
        }
        if (!read_amount(row, column, &value) || bg_money_add(*sum, value, sum) != BG_OK) {
            return false;
        }
        ++*parts;
    }
    return true;
}

/* By how much a total may differ from the sum of rounded parts: half of its last place for each and itself. */
static int64_t rounding(const bg_history_row *total, bg_history_column column, size_t parts)
{
    char text[BG_WRITTEN];
    int64_t step = 0;
    const bool rounded = column != BG_HISTORY_cases &&
                         bg_written_step(total->cell[column].text, text) &&
                         bg_money_parse(text, 100, &step) == BG_OK && step > 1;
    return rounded ? step * (int64_t)(parts + 1) / 2 : 0;
}

/* What a total is beside the sum of its parts. */
typedef struct comparison {
    bg_history_column
        column;   /* the first in which it is not the sum, BG_HISTORY_COLUMNS if there is none */
    int64_t sum;  /* of that */
    bool rounded; /* it is the sum but for rounding */
} comparison;

static comparison compare(const bg_history_row *total, range of)
{
    comparison found = {.column = BG_HISTORY_COLUMNS};
    for (bg_history_column i = BG_HISTORY_cases; i <= BG_HISTORY_paid; i++) {
        int64_t said, sum, differs;
        size_t parts;
        if (!total->cell[i].text[0] || !read_amount(total, i, &said) ||
            !add_up(total, of, i, &sum, &parts)) {
            continue;
        }
        const int64_t most = rounding(total, i, parts);
        if (parts == 0 || bg_money_subtract(said, sum, &differs) != BG_OK || differs > most ||
            differs < -most) {
            return (comparison){.column = i, .sum = sum};
        }
        found.rounded = found.rounded || differs != 0;
    }
    return found;
}

static void check_total(const bg_history_rows *self, const bg_history_row *total,
                        const bg_history_row *since)
{
    const range ranges[] = {{self->first, NULL}, {self->first, total}, {since, total}};
    const bg_mark mark = total->cell[BG_HISTORY_year].mark;
    comparison best = {.rounded = true};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        const comparison found = compare(total, ranges[i]);
        const bool is_sum = found.column == BG_HISTORY_COLUMNS;
        best = i == 0 || (is_sum && best.column != BG_HISTORY_COLUMNS) ? found : best;
    }
    if (best.column == BG_HISTORY_COLUMNS && !best.rounded) {
        bg_errors_advise(self->errors, mark, BG_HISTORY_PATH, BG_SAY(history_total_left_out));
    } else if (best.column == BG_HISTORY_COLUMNS) {
        bg_errors_advise(self->errors, mark, BG_HISTORY_PATH, BG_SAY(history_total_rounded));
    } else {
        char text[BG_NUMBER_TEXT], shown[BG_EXCERPT];
        const bg_csv_cell *cell = &total->cell[best.column];
        bg_errors_say(self->errors, BG_INVALID, cell->mark, BG_HISTORY_PATH,
                      BG_SAY(history_total_differs), bg_excerpt(cell->text, shown),
                      bg_money_grouped(best.sum, text));
    }
}

static bool has_parts(const bg_history_rows *self, const bg_history_row *total)
{
    for (const bg_history_row *row = self->first; row; row = row->next) {
        if (row != total && is_part(total, row)) {
            return true;
        }
    }
    return false;
}

/* ---- to the tree ---- */

static bg_raw *add_child(bg_arena *arena, bg_raw *parent, const char *key, bg_mark mark,
                         bg_node_kind kind)
{
    bg_raw *node = bg_arena_get(arena, sizeof *node);
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

/* "residents.inpatient.in": the name of the row's line; NULL when out of memory. */
static const char *name_of(const bg_history_rows *self, const bg_history_row *row)
{
    const subject *of = &row->of;
    const char *line = of->line ? of->line : "total";
    const bool full = of->scheme && strncmp(line, of->scheme, strlen(of->scheme)) == 0;
    return bg_arena_text(self->arena, "%s%s%s%s%s", of->scheme && !full ? of->scheme : "",
                         of->scheme && !full ? "." : "", line, of->place ? "." : "",
                         of->place ? of->place : "");
}

static bg_mark mark_of_line(const bg_history_rows *self, const bg_history_row *row)
{
    return row
        ->cell[self->has[BG_HISTORY_line]     ? BG_HISTORY_line
               : self->has[BG_HISTORY_scheme] ? BG_HISTORY_scheme
                                              : BG_HISTORY_year]
        .mark;
}

static bg_status add_values(const bg_history_rows *self, const bg_history_row *row, bg_raw *line)
{
    static const char *const keys[] = {"cases", "cost", "paid"};
    for (bg_history_column i = BG_HISTORY_cases; i <= BG_HISTORY_paid; i++) {
        if (row->cell[i].text[0]) {
            bg_raw *value = add_child(self->arena, line, keys[i - BG_HISTORY_cases],
                                      row->cell[i].mark, BG_NODE_VALUE);
            if (!value) {
                return BG_MEMORY;
            }
            value->text = row->cell[i].text;
        }
    }
    return BG_OK;
}

static bg_status add_line(const bg_history_rows *self, const bg_history_row *row, bg_raw *history)
{
    const char *year = row->of.year, *name = name_of(self, row);
    const bg_mark mark = row->cell[BG_HISTORY_year].mark;
    bg_raw *lines = find_child(history, year);
    lines = lines ? lines : add_child(self->arena, history, year, mark, BG_NODE_MAP);
    if (!lines || !name) {
        return BG_MEMORY;
    }
    const bg_raw *first = find_child(lines, name);
    if (first) {
        char shown[BG_EXCERPT];
        bg_errors_say(self->errors, BG_DUPLICATE_KEY, mark_of_line(self, row), BG_HISTORY_PATH,
                      BG_SAY(history_line_twice), year, bg_excerpt(name, shown),
                      first->key_mark.line);
        return BG_OK;
    }
    bg_raw *line = add_child(self->arena, lines, name, mark_of_line(self, row), BG_NODE_MAP);
    return line ? add_values(self, row, line) : BG_MEMORY;
}

bg_status bg_history_rows_finish(bg_history_rows *self, bg_raw *history)
{
    bg_status status = BG_OK;
    const bg_history_row *since = self->first; /* the last row of totals */
    for (bg_history_row *row = self->first; row && status == BG_OK; row = row->next) {
        if (row->bad) {
            continue;
        }
        if (row->is_of_which) {
            bg_errors_advise(self->errors, mark_of_line(self, row), BG_HISTORY_PATH,
                             BG_SAY(history_part_left_out));
        } else if (row->is_total || (row->may_be_total && has_parts(self, row))) {
            if (has_parts(self, row)) {
                check_total(self, row, since);
            } else {
                bg_errors_say(self->errors, BG_INVALID, row->cell[BG_HISTORY_year].mark,
                              BG_HISTORY_PATH, BG_SAY(history_total_of_nothing));
            }
            since = row->next;
        } else {
            status = add_line(self, row, history);
        }
    }
    return status;
}
