#include "actual/table_totals.h"

#include "actual/messages.h"
#include "format/amount.h"
#include "scenario/heading.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_YEAR = 1990, LAST_YEAR = 2200 };
enum { ALL, SINCE, OF_YEAR, GROUPS = OF_YEAR + LAST_YEAR - FIRST_YEAR + 1 };

/* Rows that are added up together. */
typedef struct bg_total_group {
    size_t rows;
    bool missed; /* some row could not be read, or the sum is too large */
} group;

/* ---- adding up ---- */

static void list_column(bg_table_totals *self, const bg_table_column *column, const bg_fen *values)
{
    if (column->place >= 0 && column->input->kind == BG_KIND_MONEY) {
        self->column[self->count++] = (bg_total_column){column, values};
    }
}

bg_status bg_table_totals_init(bg_table_totals *self, const bg_table_columns *columns,
                               const bg_settlement_block *block, bg_errors *errors)
{
    *self = (bg_table_totals){.columns = columns};
    for (size_t i = 0; i < columns->input_count; i++) {
        list_column(self, &columns->input[i], block->input[i]);
    }
    for (size_t f = 0; f < columns->fund_count; f++) {
        list_column(self, &columns->fund[f].opening, block->fund_opening[f]);
        list_column(self, &columns->fund[f].added, block->fund_added[f]);
    }
    self->group = calloc(GROUPS, sizeof *self->group);
    self->sums = calloc(GROUPS * (self->count + 1), sizeof *self->sums);
    return self->group && self->sums ? BG_OK : bg_no_memory(errors);
}

void bg_table_totals_free(bg_table_totals *self)
{
    free(self->group);
    free(self->sums);
    self->group = NULL;
    self->sums = NULL;
}

static bg_fen *sums_of(const bg_table_totals *self, size_t which)
{
    return self->sums + which * self->count;
}

static void add_to(bg_table_totals *self, size_t which, size_t u)
{
    group *of = &self->group[which];
    bg_fen *sum = sums_of(self, which);
    for (size_t i = 0; i < self->count; i++) {
        of->missed =
            bg_money_add(sum[i], self->column[i].values[u], &sum[i]) != BG_OK || of->missed;
    }
    of->rows++;
}

/* The group of a year in 10^-12, GROUPS where it has none. */
static size_t group_of_year(int64_t year)
{
    const int64_t calendar = year / BG_ONE;
    return calendar >= FIRST_YEAR && calendar <= LAST_YEAR
               ? OF_YEAR + (size_t)(calendar - FIRST_YEAR)
               : GROUPS;
}

void bg_table_totals_add(bg_table_totals *self, const bg_settlement_block *block, size_t u)
{
    const size_t year = group_of_year(block->input[BG_INPUT_year][u]);
    add_to(self, ALL, u);
    add_to(self, SINCE, u);
    if (year < GROUPS) {
        add_to(self, year, u);
    }
}

void bg_table_totals_miss(bg_table_totals *self)
{
    self->group[ALL].missed = self->group[SINCE].missed = true;
}

/* ---- rows of totals ---- */

bool bg_table_totals_is_total(const bg_table_totals *self, const bool *remarks, const bg_csv *row)
{
    const int year = self->columns->input[BG_INPUT_year].place;
    for (size_t i = 0; i < row->count && i < self->columns->column_count; i++) {
        const bool label = (!self->columns->used[i] || (int)i == year) && !remarks[i];
        if (label && bg_heading_is_total(row->cells[i].text)) {
            return true;
        }
    }
    return false;
}

/* Reads what the row says of each column, and one in its last place. */
static bg_status read_cells(bg_table_totals *self, const bg_csv *row, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->count; i++) {
        const bg_table_column *column = self->column[i].column;
        const bool there = (size_t)column->place < row->count;
        const bg_csv_cell *cell = there ? &row->cells[column->place] : NULL;
        char step[BG_WRITTEN], rounded[BG_WRITTEN];
        bool given = false;
        self->step[i] = 0;
        if (!there || !cell->text[0]) {
            continue;
        }
        const bg_status read =
            bg_table_column_read(self->columns, column, row, &self->said[i], &given, errors);
        bg_first(&status, read);
        if (read == BG_OK && given &&
            (!bg_written_step(bg_table_column_text(self->columns, column, row, rounded), step) ||
             bg_named_input_read(column->input, step, cell->mark, NULL, &self->step[i], &given,
                                 NULL) != BG_OK)) {
            self->step[i] = 1;
        }
        self->step[i] = self->step[i] < 0 ? -self->step[i] : self->step[i];
    }
    return status;
}

/* What a total is beside the sum of a group. */
typedef struct comparison {
    bool is_sum, rounded;
    size_t column; /* the first in which it is not */
} comparison;

static comparison compare(const bg_table_totals *self, size_t which)
{
    const size_t rows = self->group[which].rows;
    comparison found = {.is_sum = rows > 0};
    for (size_t i = 0; i < self->count && found.is_sum; i++) {
        const bg_fen step = self->step[i];
        const bg_fen most = step > 1 ? step * (bg_fen)(rows + 1) / 2 : 0;
        bg_fen differs = 0;
        if (step == 0) {
            continue;
        }
        found.column = i;
        found.is_sum =
            bg_money_subtract(self->said[i], sums_of(self, which)[i], &differs) == BG_OK &&
            differs <= most && differs >= -most;
        found.rounded = found.rounded || differs != 0;
    }
    return found;
}

static bg_status refuse(const bg_table_totals *self, bg_mark mark, size_t which, size_t column,
                        bg_errors *errors)
{
    const bg_fen unit = bg_table_columns_money(self->columns);
    char said[BG_AMOUNT_PHRASE], sum[BG_AMOUNT_PHRASE];
    return bg_errors_say(errors, BG_INVALID, mark, self->column[column].column->input->column,
                         BG_SAY(total_differs), bg_amount_phrase(unit, self->said[column], said),
                         bg_amount_phrase(unit, sums_of(self, which)[column], sum));
}

/* Judges a total by the first of the groups of which it is the sum, else by the first. */
static bg_status judge(const bg_table_totals *self, const size_t *groups, size_t count,
                       bg_mark mark, bg_errors *said, bg_errors *errors)
{
    comparison best = {.is_sum = false};
    bool missed = false;
    for (size_t i = 0; i < count && !best.is_sum; i++) {
        const comparison found = compare(self, groups[i]);
        best = i == 0 || found.is_sum ? found : best;
        missed = missed || self->group[groups[i]].missed;
    }
    if (!best.is_sum && !missed) {
        return self->group[groups[0]].rows == 0
                   ? bg_errors_say(errors, BG_INVALID, mark, NULL, BG_SAY(total_of_nothing))
                   : refuse(self, mark, groups[0], best.column, errors);
    }
    if (!best.is_sum) {
        bg_errors_advise(said, mark, NULL, BG_SAY(total_unchecked));
    } else if (best.rounded) {
        bg_errors_advise(said, mark, NULL, BG_SAY(total_rounded));
    } else {
        bg_errors_advise(said, mark, NULL, BG_SAY(total_left_out));
    }
    return BG_OK;
}

static void begin_since(bg_table_totals *self)
{
    self->group[SINCE] = (group){0};
    memset(sums_of(self, SINCE), 0, self->count * sizeof *self->sums);
}

static size_t named_year(const bg_table_totals *self, const bg_csv *row)
{
    const bg_table_column *year = &self->columns->input[BG_INPUT_year];
    int64_t value = 0;
    bool given;
    if (year->place < 0 || (size_t)year->place >= row->count ||
        bg_table_column_read(self->columns, year, row, &value, &given, NULL) != BG_OK) {
        return GROUPS;
    }
    return group_of_year(value);
}

bg_status bg_table_totals_check(bg_table_totals *self, const bg_csv *row, bg_errors *said,
                                bg_errors *errors)
{
    bg_status status = read_cells(self, row, errors);
    const bg_mark mark = row->cells[0].mark;
    if (status == BG_OK && self->group[ALL].rows == 0 && !self->group[ALL].missed &&
        !self->first.file) {
        self->first = mark;
        memcpy(self->first_said, self->said, sizeof self->said);
        memcpy(self->first_step, self->step, sizeof self->step);
        bg_errors_advise(said, mark, NULL, BG_SAY(total_above_all));
        return BG_OK;
    }
    const size_t year = named_year(self, row);
    const size_t groups[] = {ALL, SINCE, year < GROUPS ? year : ALL};
    status =
        status ? status : judge(self, groups, sizeof groups / sizeof *groups, mark, said, errors);
    begin_since(self);
    return status;
}

bg_status bg_table_totals_finish(bg_table_totals *self, bg_errors *errors)
{
    if (!self->first.file) {
        return BG_OK;
    }
    memcpy(self->said, self->first_said, sizeof self->said);
    memcpy(self->step, self->first_step, sizeof self->step);
    const comparison found = compare(self, ALL);
    return found.is_sum || self->group[ALL].missed ? BG_OK
           : self->group[ALL].rows == 0
               ? bg_errors_say(errors, BG_INVALID, self->first, NULL, BG_SAY(total_of_nothing))
               : refuse(self, self->first, ALL, found.column, errors);
}
