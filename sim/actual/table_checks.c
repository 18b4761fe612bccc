#include "actual/table_checks.h"

#include "actual/messages.h"
#include "format/amount.h"
#include "scenario/heading.h"

#include <stdlib.h>
#include <string.h>

#define APART_IN_TABLE 5000

/* Whether the heading is that of the pool, which several units have. */
static bool is_of_pool(const bg_table_columns *columns, const char *heading)
{
    const bg_node *pool = bg_node_child(bg_scenario_find(columns->scenario, "table"), "pool");
    return pool && bg_heading_is(BG_HEADINGS_TABLE, heading, pool->text);
}

bg_status bg_table_checks_init(bg_table_checks *self, const bg_table_columns *columns,
                               const bg_csv *header, bg_errors *errors)
{
    *self = (bg_table_checks){.columns = columns,
                              .remarks = calloc(header->count + 1, sizeof *self->remarks)};
    if (!self->remarks) {
        return bg_no_memory(errors);
    }
    for (size_t i = 0; i < header->count; i++) {
        const char *heading = header->cells[i].text;
        const char *key = bg_heading_key(BG_HEADINGS_TABLE, heading);
        self->remarks[i] = !columns->used[i] && key && strcmp(key, "remarks") == 0;
        const bool tells = !columns->used[i] && !self->remarks[i] && heading[0];
        self->tells = self->tells || (tells && !is_of_pool(columns, heading));
    }
    return bg_table_plausible_init(&self->plausible, columns, errors);
}

void bg_table_checks_free(bg_table_checks *self)
{
    free(self->remarks);
    self->remarks = NULL;
    bg_table_seen_free(&self->seen);
    bg_table_plausible_free(&self->plausible);
}

/* ---- units that stand twice ---- */

static void make_key(const bg_table_checks *self, const bg_csv *row, uint8_t key[BG_SEEN_KEY],
                     bool *named)
{
    const int year = self->columns->input[BG_INPUT_year].place;
    SHA2_CTX hash;
    SHA256Init(&hash);
    for (size_t i = 0; i < self->columns->column_count; i++) {
        const bool of_unit = !self->columns->used[i] && !self->remarks[i];
        if (of_unit || (int)i == year) {
            const char *text = row->cells[i].text;
            SHA256Update(&hash, (const uint8_t *)text, strlen(text) + 1);
            *named = *named || (of_unit && text[0]);
        }
    }
    bg_table_seen_key(&hash, key);
}

static bg_status check_once(bg_table_checks *self, const bg_csv *row, bg_errors *errors)
{
    uint8_t key[BG_SEEN_KEY];
    bool named = false;
    int first = 0;
    if (!self->tells || self->columns->linked) {
        return BG_OK;
    }
    make_key(self, row, key, &named);
    const bg_mark mark = row->cells[0].mark;
    if (named && !bg_table_seen_add(&self->seen, key, mark.line, &first)) {
        return bg_no_memory(errors);
    }
    return first == 0
               ? BG_OK
               : bg_errors_say(errors, BG_DUPLICATE_KEY, mark, NULL, BG_SAY(row_twice), first);
}

/* The unit of a row whatever its year; 0 where nothing names it. */
static uint64_t name_of_unit(const bg_table_checks *self, const bg_csv *row)
{
    const int year = self->columns->input[BG_INPUT_year].place;
    uint64_t hash = BG_UNIT_HASH;
    bool named = false;
    for (size_t i = 0; self->tells && i < self->columns->column_count; i++) {
        if (!self->columns->used[i] && !self->remarks[i] && (int)i != year) {
            hash = bg_table_units_hash(hash, row->cells[i].text);
            named = named || row->cells[i].text[0];
        }
    }
    return named ? hash : 0;
}

/* ---- units of money ---- */

static bool is_apart(bg_fen a, bg_fen b, bg_fen times)
{
    return a > 0 && b > 0 && (a / times >= b || b / times >= a);
}

static void look_at_amounts(bg_table_checks *self, bg_mark mark, bg_fen budget, bg_fen expense)
{
    if (is_apart(budget, expense, BG_APART_IN_ROW)) {
        if (self->apart == 0) {
            self->mark = mark;
            self->budget = budget;
            self->expense = expense;
        }
        self->apart++;
    }
    if (budget > 0 && (self->smallest.line == 0 || budget < self->smallest.amount)) {
        self->smallest = (bg_amount_at){budget, mark.line};
    }
    if (budget > 0 && (self->largest.line == 0 || budget > self->largest.amount)) {
        self->largest = (bg_amount_at){budget, mark.line};
    }
}

/* ---- scores ---- */

static void look_at_score(bg_table_checks *self, bg_mark mark, bg_decimal score)
{
    if (self->columns->input[BG_INPUT_score].place < 0 || score <= 0 || score > BG_ONE) {
        return;
    }
    if (self->shares == 0) {
        self->share_mark = mark;
        self->share = score;
    }
    self->shares++;
}

static void warn_of_shares(const bg_table_checks *self, bg_errors *errors)
{
    if (self->shares) {
        char written[BG_NUMBER_TEXT], meant[BG_NUMBER_TEXT];
        bg_errors_advise(errors, self->share_mark, "score", BG_SAY(row_score_share),
                         bg_decimal_text(self->share, written),
                         bg_decimal_text(100 * self->share, meant), self->shares);
    }
}

bg_status bg_table_checks_row(bg_table_checks *self, const bg_csv *row,
                              const bg_settlement_block *block, size_t u, bg_errors *errors)
{
    const bg_mark mark = row->cells[0].mark;
    self->mark.file = mark.file;
    look_at_amounts(self, mark, block->input[BG_INPUT_budget][u],
                    block->input[BG_INPUT_expense][u]);
    look_at_score(self, mark, block->input[BG_INPUT_score][u]);
    const bg_status status =
        bg_table_plausible_row(&self->plausible, mark, name_of_unit(self, row), block, u, errors);
    return status ? status : check_once(self, row, errors);
}

void bg_table_checks_finish(const bg_table_checks *self, bg_errors *errors)
{
    const bg_fen unit = bg_table_columns_money(self->columns);
    char one[BG_AMOUNT_PHRASE], other[BG_AMOUNT_PHRASE];
    warn_of_shares(self, errors);
    bg_table_plausible_finish(&self->plausible, errors);
    if (self->apart) {
        bg_errors_advise(errors, self->mark, NULL, BG_SAY(row_magnitude),
                         bg_amount_phrase(unit, self->budget, one),
                         bg_amount_phrase(unit, self->expense, other), self->apart);
    }
    if (is_apart(self->smallest.amount, self->largest.amount, APART_IN_TABLE)) {
        const bg_mark mark = {.file = self->mark.file, .line = self->smallest.line, .column = 1};
        bg_errors_advise(errors, mark, NULL, BG_SAY(table_magnitude),
                         bg_amount_phrase(unit, self->smallest.amount, one),
                         bg_amount_phrase(unit, self->largest.amount, other), self->largest.line);
    }
}
