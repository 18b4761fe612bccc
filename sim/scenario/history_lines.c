/* Which lines the past years hold, and what was paid for each. A scheme's year is given as lines, or
 * as its total alone where other years have lines. */
#include "scenario/history_reading.h"
#include "scenario/messages.h"

#include <stdlib.h>
#include <string.h>

static const char *const scheme_names[BG_MAX_SCHEMES] = {"residents", "employees"};

const char *bg_scheme_words(const char *name)
{
    return strcmp(name, "residents") == 0   ? BG_BOTH("residents", "居民医保")
           : strcmp(name, "employees") == 0 ? BG_BOTH("employees", "职工医保")
                                            : name;
}

const char *bg_full_line_name(const char *name)
{
    return strcmp(name, "total") == 0 ? "residents.total" : name;
}

static bool same_line(const bg_node *a, const bg_node *b)
{
    return strcmp(bg_full_line_name(a->key), bg_full_line_name(b->key)) == 0;
}

static bool belongs_to(const bg_node *line, const char *scheme)
{
    return strncmp(bg_full_line_name(line->key), scheme, strlen(scheme)) == 0;
}

static bool is_total(const bg_node *line)
{
    return strcmp(strchr(bg_full_line_name(line->key), '.'), ".total") == 0;
}

/* ---- lines of a year ---- */

/* The next line of the scheme from `line` on; NULL at the end. */
static const bg_node *of_scheme(const bg_node *line, const char *scheme)
{
    while (line && !belongs_to(line, scheme)) {
        line = line->next;
    }
    return line;
}

static const bg_node *find_line(const bg_node *year, const bg_node *like)
{
    const bg_node *line = year->child;
    while (line && !same_line(line, like)) {
        line = line->next;
    }
    return line;
}

/* The scheme's total where it is all that the year holds of the scheme, else NULL. */
static const bg_node *total_alone(const bg_node *year, const char *scheme)
{
    const bg_node *line = of_scheme(year->child, scheme);
    return line && is_total(line) && !of_scheme(line->next, scheme) ? line : NULL;
}

/* The last year that gives the scheme's lines; where none does, the last that gives its total, or
 * NULL. */
static const bg_node *year_of_lines(const bg_history_reading *self, const char *scheme)
{
    const bg_node *found = NULL;
    for (size_t y = 0; y < self->history->year_count; y++) {
        const bg_node *year = self->year[y];
        const bool any = of_scheme(year->child, scheme) != NULL;
        if (any && (!found || !total_alone(year, scheme) || total_alone(found, scheme))) {
            found = year;
        }
    }
    return found;
}

/* ---- lines without past years ---- */

static const bg_node *settings(const bg_history_reading *self)
{
    const bg_node *lines = bg_scenario_find(self->scenario, "demand.lines");
    return lines ? lines->child : NULL;
}

/* Whether an entry of demand.lines gives the level of a line of the scheme that no past year has. */
static bool is_given(const bg_history_reading *self, const bg_node *entry, const char *scheme)
{
    const bg_node *year = year_of_lines(self, scheme);
    return belongs_to(entry, scheme) && bg_node_child(entry, "cases") &&
           bg_node_child(entry, "paid_per_case") && !(year && find_line(year, entry));
}

/* The next entry that does, from `entry` on; NULL at the end. */
static const bg_node *given_line(const bg_history_reading *self, const bg_node *entry,
                                 const char *scheme)
{
    while (entry && !is_given(self, entry, scheme)) {
        entry = entry->next;
    }
    return entry;
}

/* Whether lines that are given take the place of the total, which is all that the past years hold. */
static bool total_is_replaced(const bg_history_reading *self, const char *scheme)
{
    const bg_node *year = year_of_lines(self, scheme);
    return year && total_alone(year, scheme) && given_line(self, settings(self), scheme);
}

/* ---- checks ---- */

static void check_twice(const bg_history_reading *self, const bg_node *lines)
{
    const bg_node *total = bg_node_child(lines, "total");
    const bg_node *full = bg_node_child(lines, "residents.total");
    if (total && full) {
        bg_errors_say(self->errors, BG_DUPLICATE_KEY, full->mark, full->path,
                      BG_SAY(history_total_twice));
    }
}

/* How much of a line's name says which care it is: without a place it is inside the county. */
static size_t care_length(const char *name)
{
    const size_t length = strlen(name);
    return length > 3 && strcmp(name + length - 3, ".in") == 0 ? length - 3 : length;
}

/* Whether two names are of the same care, with and without its place. */
static bool is_alias(const bg_node *a, const bg_node *b)
{
    const size_t length = care_length(a->key);
    return strlen(a->key) != strlen(b->key) && care_length(b->key) == length &&
           strncmp(a->key, b->key, length) == 0;
}

/* Entries from `line` on that are one of `lines` under its other name. */
static void check_aliases(const bg_history_reading *self, const bg_node *line, const bg_node *lines)
{
    for (; line; line = line->next) {
        for (const bg_node *first = lines; first && first != line; first = first->next) {
            if (is_alias(first, line)) {
                bg_errors_say(self->errors, BG_DUPLICATE_KEY, line->mark, line->path,
                              BG_SAY(history_line_alias), line->key, first->key, first->mark.line);
            }
        }
    }
}

/* Lines of the scheme that `from` has and `in` lacks. */
static void check_missing(const bg_history_reading *self, const bg_node *in, const bg_node *from,
                          const char *scheme)
{
    for (const bg_node *line = of_scheme(from->child, scheme); line;
         line = of_scheme(line->next, scheme)) {
        if (!find_line(in, line)) {
            bg_errors_say(self->errors, BG_MISSING, in->mark, in->path,
                          BG_SAY(history_line_missing), line->key, from->key);
        }
    }
}

static void check_total_alone(const bg_history_reading *self, const bg_node *total,
                              const bg_node *year, const bg_node *of_lines)
{
    if (find_line(of_lines, total)) {
        bg_errors_say(self->errors, BG_INVALID, total->mark, total->path,
                      BG_SAY(history_total_means_two), year->key, of_lines->key, year->key,
                      of_lines->key);
    }
}

static void check_scheme(const bg_history_reading *self, const char *scheme)
{
    const bg_node *of_lines = year_of_lines(self, scheme);
    if (!of_lines) {
        const bg_node *line = given_line(self, settings(self), scheme);
        if (line) {
            bg_errors_say(self->errors, BG_MISSING, line->mark, line->path,
                          BG_SAY(history_line_without_payments), bg_scheme_words(scheme));
        }
        return;
    }
    for (size_t y = 0; y < self->history->year_count; y++) {
        const bg_node *year = self->year[y];
        const bg_node *total = total_alone(year, scheme);
        if (total && !total_alone(of_lines, scheme)) {
            check_total_alone(self, total, year, of_lines);
        } else {
            check_missing(self, year, of_lines, scheme);
            check_missing(self, of_lines, year, scheme);
        }
    }
}

void bg_history_check_lines(const bg_history_reading *self)
{
    for (size_t y = 0; y < self->history->year_count; y++) {
        check_twice(self, self->year[y]);
        check_aliases(self, self->year[y]->child, self->year[y]->child);
    }
    check_aliases(self, settings(self), self->year[self->history->year_count - 1]->child);
    check_twice(self, bg_scenario_find(self->scenario, "demand.lines"));
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        check_scheme(self, scheme_names[i]);
    }
}

/* ---- lines ---- */

/* The lines while they are collected; `count` goes on where there is no room. */
typedef struct line_list {
    const bg_node *line[BG_MAX_LINES];
    size_t count;
} line_list;

static void list(line_list *self, const bg_node *line)
{
    if (self->count < BG_MAX_LINES) {
        self->line[self->count] = line;
    }
    self->count++;
}

static void list_scheme(const bg_history_reading *self, line_list *lines, const char *scheme)
{
    const bg_node *year = year_of_lines(self, scheme);
    if (year && !total_is_replaced(self, scheme)) {
        for (const bg_node *line = of_scheme(year->child, scheme); line;
             line = of_scheme(line->next, scheme)) {
            list(lines, line);
        }
    }
    for (const bg_node *entry = given_line(self, settings(self), scheme); entry;
         entry = given_line(self, entry->next, scheme)) {
        list(lines, entry);
    }
}

static int by_name(const void *a, const void *b)
{
    const bg_node *const *left = a;
    const bg_node *const *right = b;
    return strcmp((*left)->key, (*right)->key);
}

/* Fills in what the name of a line says. `storage` receives the service and is moved behind it. */
static void read_name(bg_history *history, bg_line *line, const bg_node *node, char **storage)
{
    const char *name = bg_full_line_name(node->key);
    const char *service = strchr(name, '.') + 1;
    size_t length = strcspn(service, ".");
    memcpy(*storage, service, length);
    line->name = node->key;
    line->node = node;
    line->service = *storage;
    line->place = strcmp(service + length, ".out") == 0 ? BG_PLACE_OUT : BG_PLACE_IN;
    line->has_cases = bg_node_child(node, "cases") != NULL;
    while (!belongs_to(node, history->scheme[line->scheme].name)) {
        line->scheme++;
    }
    *storage += length + 1;
}

static bg_status name_lines(bg_history *history, line_list *lines)
{
    size_t bytes = 0;
    for (size_t i = 0; i < lines->count; i++) {
        bytes += strlen(bg_full_line_name(lines->line[i]->key)) + 1;
    }
    char *storage = calloc(1, bytes);
    if (!storage) {
        return BG_MEMORY;
    }
    history->storage = storage;
    history->line_count = lines->count;
    qsort(lines->line, lines->count, sizeof lines->line[0], by_name);
    for (size_t i = 0; i < lines->count; i++) {
        read_name(history, &history->line[i], lines->line[i], &storage);
    }
    return BG_OK;
}

bg_status bg_history_read_lines(bg_history_reading *self)
{
    bg_history *history = self->history;
    const bg_node *last = self->year[history->year_count - 1];
    line_list lines = {.count = 0};
    for (size_t i = 0; i < BG_MAX_SCHEMES; i++) {
        if (year_of_lines(self, scheme_names[i])) {
            history->scheme[history->scheme_count++].name = scheme_names[i];
            list_scheme(self, &lines, scheme_names[i]);
        }
    }
    if (lines.count > BG_MAX_LINES) {
        return bg_errors_say(self->errors, BG_LIMIT, last->mark, last->path,
                             BG_SAY(history_too_many_lines), lines.count, BG_MAX_LINES);
    }
    if (lines.count == 0) {
        return bg_errors_say(self->errors, BG_MISSING, last->mark, last->path,
                             BG_SAY(history_year_empty));
    }
    return name_lines(history, &lines) == BG_OK ? BG_OK : bg_no_memory(self->errors);
}

/* ---- amounts ---- */

static void check_amounts(const bg_history_reading *self, const bg_node *line)
{
    const bg_node *cases = bg_node_child(line, "cases");
    const bg_node *cost = bg_node_child(line, "cost");
    const bg_node *paid = bg_node_child(line, "paid");
    if (!paid) {
        bg_errors_say(self->errors, BG_MISSING, line->mark, line->path,
                      BG_SAY(history_paid_missing));
        return;
    }
    if (paid->value.fen == 0) {
        bg_errors_say(self->errors, BG_RANGE, paid->mark, paid->path, BG_SAY(history_paid_zero));
    }
    if (cases && cases->value.integer == 0) {
        bg_errors_say(self->errors, BG_RANGE, cases->mark, cases->path, BG_SAY(history_cases_zero));
    }
    if (cost && paid->value.fen > cost->value.fen) {
        bg_errors_say(self->errors, BG_RANGE, paid->mark, paid->path,
                      BG_SAY(history_paid_above_cost), paid->text, cost->text);
    }
}

/* A figure that some years of a line have and others lack cannot be used. */
static void check_in_all_years(const bg_history_reading *self, const bg_line *line, const char *key)
{
    size_t given = 0, years = 0;
    const bg_node *without = NULL;
    for (size_t y = 0; y < self->history->year_count; y++) {
        const bg_node *node = find_line(self->year[y], line->node);
        years += node != NULL;
        if (node && bg_node_child(node, key)) {
            given++;
        } else if (node) {
            without = node;
        }
    }
    if (given > 0 && without) {
        bg_errors_say(self->errors, BG_MISSING, without->mark, without->path,
                      BG_SAY(history_figure_missing), key, given, years);
    }
}

static bg_history_cell read_cell(const bg_node *line)
{
    const bg_node *cases = bg_node_child(line, "cases");
    const bg_node *cost = bg_node_child(line, "cost");
    const bg_node *paid = bg_node_child(line, "paid");
    return (bg_history_cell){.cases = cases ? cases->value.integer : -1,
                             .cost_fen = cost ? cost->value.fen : -1,
                             .paid_fen = paid ? paid->value.fen : -1};
}

static bg_status add_up(const bg_history_reading *self, bg_scheme *scheme, size_t y)
{
    for (const bg_node *line = of_scheme(self->year[y]->child, scheme->name); line;
         line = of_scheme(line->next, scheme->name)) {
        check_amounts(self, line);
        const bg_node *paid = bg_node_child(line, "paid");
        if (paid &&
            bg_money_add(scheme->paid_fen[y], paid->value.fen, &scheme->paid_fen[y]) != BG_OK) {
            return bg_errors_say(self->errors, BG_OVERFLOW, line->mark, line->path,
                                 BG_SAY(history_year_too_large), bg_scheme_words(scheme->name),
                                 self->history->year[y]);
        }
    }
    return BG_OK;
}

bg_status bg_history_read_amounts(const bg_history_reading *self)
{
    bg_history *history = self->history;
    bg_status status = BG_OK;
    for (size_t i = 0; i < history->line_count; i++) {
        bg_line *line = &history->line[i];
        check_in_all_years(self, line, "cases");
        check_in_all_years(self, line, "cost");
        for (size_t y = 0; y < history->year_count; y++) {
            line->year[y] = read_cell(find_line(self->year[y], line->node));
        }
    }
    for (size_t i = 0; i < history->scheme_count; i++) {
        for (size_t y = 0; y < history->year_count && status == BG_OK; y++) {
            status = add_up(self, &history->scheme[i], y);
        }
    }
    return status;
}

/* ---- totals ---- */

/* A total beside other lines is care on top of them, not their sum. */
static void warn_beside(const bg_history_reading *self, const bg_line *total)
{
    const bg_history *history = self->history;
    bool beside = false;
    for (size_t i = 0; i < history->line_count; i++) {
        beside = beside || (history->line[i].scheme == total->scheme && &history->line[i] != total);
    }
    if (beside) {
        bg_errors_advise(self->errors, total->node->mark, total->node->path,
                         BG_SAY(history_total_beside_lines),
                         bg_scheme_words(history->scheme[total->scheme].name));
    }
}

/* Lines in the place of a total should pay what it says. */
static void warn_replaced(const bg_history_reading *self, const bg_scheme *scheme)
{
    const bg_history *history = self->history;
    const size_t last = history->year_count - 1;
    const double total = (double)scheme->completed_fen[last];
    double paid = 0;
    for (size_t i = 0; i < history->line_count; i++) {
        const bg_line *line = &history->line[i];
        if (&history->scheme[line->scheme] == scheme) {
            paid += (double)bg_node_integer(line->node, "cases") *
                    (double)bg_node_fen(line->node, "paid_per_case");
        }
    }
    if (total > 0 && (paid < 0.99 * total || paid > 1.01 * total)) {
        const bg_node *lines = bg_scenario_find(self->scenario, "demand.lines");
        bg_errors_advise(self->errors, lines->mark, lines->path, BG_SAY(history_lines_below_total),
                         bg_scheme_words(scheme->name), 100 * paid / total, history->year[last]);
    }
}

void bg_history_warn_of_totals(const bg_history_reading *self)
{
    const bg_history *history = self->history;
    for (size_t i = 0; i < history->line_count; i++) {
        if (strcmp(history->line[i].service, "total") == 0) {
            warn_beside(self, &history->line[i]);
        }
    }
    for (size_t i = 0; i < history->scheme_count; i++) {
        if (total_is_replaced(self, history->scheme[i].name)) {
            warn_replaced(self, &history->scheme[i]);
        }
    }
}
