#include "actual/table_plausible.h"

#include "actual/messages.h"
#include "contract/plausible.h"
#include "format/amount.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define TOLERANCE 1e-4 /* of a sum: amounts are rounded in the exports they come from */

enum { FIRST_YEAR = 1990, LAST_YEAR = 2200, YEARS = LAST_YEAR - FIRST_YEAR + 1, WORDS = 512 };

/* All rows of a year, and the one with the largest budget. */
struct bg_table_year {
    double budget, expense;
    size_t rows;
    bg_fen largest, its_expense;
    bg_mark mark;
};

bg_status bg_table_plausible_init(bg_table_plausible *self, const bg_table_columns *columns,
                                  bg_errors *errors)
{
    *self = (bg_table_plausible){.columns = columns, .year = calloc(YEARS, sizeof *self->year)};
    return self->year ? BG_OK : bg_no_memory(errors);
}

void bg_table_plausible_free(bg_table_plausible *self)
{
    free(self->year);
    self->year = NULL;
    bg_table_units_free(&self->units);
}

static void note(bg_table_kind *self, const bg_table_kind *row)
{
    const size_t rows = self->rows;
    *self = rows ? *self : *row;
    self->rows = rows + 1;
}

/* ---- rows ---- */

static void add_up(bg_table_year *self, bg_mark mark, bg_fen budget, bg_fen expense)
{
    self->budget += (double)budget;
    self->expense += (double)expense;
    if (self->rows++ == 0 || budget > self->largest) {
        self->largest = budget;
        self->its_expense = expense;
        self->mark = mark;
    }
}

static void look_at_row(bg_table_plausible *self, bg_mark mark, bg_fen budget, bg_fen expense)
{
    if (budget == 0 && expense > 0) {
        note(&self->nothing, &(bg_table_kind){.mark = mark});
    }
    if (budget <= 0 || expense <= 0) {
        return;
    }
    const double share = (double)expense / (double)budget;
    const bool told = share >= BG_APART_IN_ROW || share * BG_APART_IN_ROW <= 1;
    if (!told && !bg_plausible_is_usual(BG_PLAUSIBLE_unit_expense, share, 1)) {
        note(&self->expense,
             &(bg_table_kind){.mark = mark, .value = share, .amount = expense, .beside = budget});
    }
}

static bg_status look_at_unit(bg_table_plausible *self, bg_mark mark, const bg_table_unit *row,
                              bg_errors *errors)
{
    bg_table_unit before;
    if (!bg_table_units_put(&self->units, row, &before)) {
        return bg_no_memory(errors);
    }
    if (before.line == 0 || before.year == row->year || before.budget <= 0 || row->budget <= 0) {
        return BG_OK;
    }
    const double change = (double)row->budget / (double)before.budget;
    if (!bg_plausible_is_usual(BG_PLAUSIBLE_unit_growth, change, 1)) {
        note(&self->leap, &(bg_table_kind){.mark = mark,
                                           .value = change,
                                           .amount = row->budget,
                                           .beside = before.budget,
                                           .line = before.line});
    }
    return BG_OK;
}

bg_status bg_table_plausible_row(bg_table_plausible *self, bg_mark mark, uint64_t name,
                                 const bg_settlement_block *block, size_t u, bg_errors *errors)
{
    const bg_table_column *input = self->columns->input;
    const bg_fen budget = block->input[BG_INPUT_budget][u];
    const bg_fen expense = block->input[BG_INPUT_expense][u];
    const int year = (int)(block->input[BG_INPUT_year][u] / BG_ONE);
    if (input[BG_INPUT_budget].place < 0 || input[BG_INPUT_expense].place < 0) {
        return BG_OK;
    }
    add_up(&self->year[year >= FIRST_YEAR && year <= LAST_YEAR ? year - FIRST_YEAR : 0], mark,
           budget, expense);
    look_at_row(self, mark, budget, expense);
    return name && input[BG_INPUT_year].place >= 0
               ? look_at_unit(self, mark, &(bg_table_unit){name, mark.line, year, budget}, errors)
               : BG_OK;
}

/* ---- what is said ---- */

static void say(const bg_table_kind *kind, bg_plausible_id check, const char *beside,
                bg_errors *errors)
{
    bg_plausible_judge(check,
                       &(bg_measured){.what = BG_BOTH("the row", "本行"),
                                      .value = kind->value,
                                      .beside = beside,
                                      .hint = "",
                                      .mark = kind->mark},
                       errors);
}

/* An amount of a row in both languages, for words that are made in each. */
typedef struct amount {
    char en[BG_AMOUNT_TEXT], zh[BG_AMOUNT_TEXT];
} amount;

static amount amount_of(bg_fen unit, bg_fen fen)
{
    amount self;
    const bg_fen shown = unit ? unit : 100;
    bg_amount_exact_grouped(bg_money_scale_of(shown, (double)fen, "en"), fen, self.en);
    bg_amount_exact_grouped(bg_money_scale_of(shown, (double)fen, "zh"), fen, self.zh);
    return self;
}

static void say_expense(const bg_table_kind *kind, bg_fen unit, bg_errors *errors)
{
    char beside[WORDS];
    const amount spent = amount_of(unit, kind->amount), budget = amount_of(unit, kind->beside);
    snprintf(beside, sizeof beside,
             BG_BOTH(" (%s beside %s; rows of this kind: %zu)", "（支出%s，总额%s；此类共%zu行）"),
             spent.en, budget.en, kind->rows, spent.zh, budget.zh, kind->rows);
    say(kind, BG_PLAUSIBLE_unit_expense, beside, errors);
}

static void say_leap(const bg_table_kind *kind, bg_fen unit, bg_errors *errors)
{
    char beside[WORDS];
    const amount now = amount_of(unit, kind->amount), before = amount_of(unit, kind->beside);
    snprintf(beside, sizeof beside,
             BG_BOTH(" (%s after %s on line %d; rows of this kind: %zu)",
                     "（%s，此前为%s，见第%d行；此类共%zu行）"),
             now.en, before.en, kind->line, kind->rows, now.zh, before.zh, kind->line, kind->rows);
    say(kind, BG_PLAUSIBLE_unit_growth, beside, errors);
}

static bool is_half(bg_fen part, double sum)
{
    return fabs(2 * (double)part - sum) <= TOLERANCE * sum;
}

/* Of three rows on, one that has what the others have together. */
static void say_sum(const bg_table_year *year, bg_errors *errors)
{
    if (year->rows >= 3 && year->budget > 0 && year->expense > 0 &&
        is_half(year->largest, year->budget) && is_half(year->its_expense, year->expense)) {
        bg_errors_advise(errors, year->mark, NULL, BG_SAY(row_is_total), year->rows - 1);
    }
}

void bg_table_plausible_finish(const bg_table_plausible *self, bg_errors *errors)
{
    const bg_fen unit = bg_table_columns_money(self->columns);
    for (size_t y = 0; self->year && y < YEARS; y++) {
        say_sum(&self->year[y], errors);
    }
    if (self->nothing.rows) {
        bg_errors_advise(errors, self->nothing.mark, "budget", BG_SAY(row_without_budget),
                         self->nothing.rows);
    }
    if (self->expense.rows) {
        say_expense(&self->expense, unit, errors);
    }
    if (self->leap.rows) {
        say_leap(&self->leap, unit, errors);
    }
}
