#include "report/live_settlement.h"

#include "report/label.h"
#include "report/live_steps.h"

#include <stdlib.h>
#include <string.h>

/* ---- what enters ---- */

/* "=B7" where an amount of that value stands elsewhere; else NULL. */
static const char *link_to(bg_live_settling *self, const bg_live_amount *there, bg_fen value)
{
    return there && there->is && there->value == value
               ? bg_sheet_keep(self->sheet, "=%s", there->is)
               : NULL;
}

/* What the budget says of an input. */
static const bg_live_amount *in_budget(const bg_live_settling *self, size_t input)
{
    const bg_live_links *budget = self->year->budget;
    return !budget                     ? NULL
           : input == BG_INPUT_budget  ? &budget->total
           : input == BG_INPUT_payable ? &budget->payable
           : input == BG_INPUT_prepaid ? &budget->prepaid
                                       : NULL;
}

static bg_cell input_cell(bg_live_settling *self, size_t i)
{
    const bg_named_input *input = bg_plan_input(self->year->plan, i);
    const int64_t value = self->year->block->input[i][0];
    char text[BG_INPUT_TEXT];
    switch (input->kind) {
    case BG_KIND_MONEY:
        return bg_live_fen(value, link_to(self, in_budget(self, i), value));
    case BG_KIND_TEXT:
        return bg_live_text(
            bg_sheet_keep(self->sheet, "%s", bg_named_input_text(input, value, text)));
    default:
        return (bg_cell){.kind = input->kind == BG_KIND_RATE ? BG_CELL_RATE : BG_CELL_DECIMAL,
                         .whole = value};
    }
}

static void add_input(bg_live_settling *self, size_t i)
{
    const bg_live_year *year = self->year;
    const bool given = !year->block->given[i] || year->block->given[i][0];
    if (!given || i == BG_INPUT_year) {
        return;
    }
    bg_live_row row = {.cell[BG_LIVE_AMOUNT] = input_cell(self, i)};
    const size_t at = bg_live_step_row(
        self, &row, bg_label_of_name(bg_plan_input(year->plan, i)->name, self->sheet->language));
    self->input[i] = bg_live_place(self->sheet, at, BG_LIVE_AMOUNT);
}

static const char *fund_place(bg_live_settling *self, const char *what, bg_fen amount,
                              const bg_live_amount *there)
{
    bg_live_row row = {.cell[BG_LIVE_AMOUNT] = bg_live_fen(amount, link_to(self, there, amount))};
    const size_t at = bg_live_step_row(self, &row, what);
    return bg_live_place(self->sheet, at, BG_LIVE_AMOUNT);
}

static void add_funds(bg_live_settling *self, const bg_live_carried *carried)
{
    const bg_live_year *year = self->year;
    for (size_t f = 0; f < year->plan->fund_count; f++) {
        const char *name = bg_label_of_account(year->plan->fund[f].name, self->sheet->language);
        const bg_fen opening = year->block->fund_opening[f][0];
        const bg_fen added = year->block->fund_added[f][0];
        const char *before = fund_place(
            self,
            bg_sheet_keep(self->sheet, bg_live_words(self, "%s: carried in", "%s：上年结转"), name),
            opening, &carried->fund[f]);
        const char *now = fund_place(
            self,
            bg_sheet_keep(self->sheet, bg_live_words(self, "%s: set aside", "%s：当年计提"), name),
            added, year->budget ? &year->budget->fund[f] : NULL);
        self->at.fund[f] =
            (bg_live_amount){opening + added, bg_sheet_keep(self->sheet, "%s+%s", before, now)};
    }
}

static void open_year(bg_live_settling *self, const bg_live_carried *carried)
{
    const bg_live_year *year = self->year;
    self->label = bg_live_words(self, "Given", "已知数据");
    for (size_t i = 0; i < bg_plan_input_count(year->plan); i++) {
        add_input(self, i);
    }
    add_funds(self, carried);
    const bg_fen balance =
        year->block->input[BG_INPUT_payable][0] - year->block->input[BG_INPUT_expense][0];
    bg_live_row row = {
        .cell[BG_LIVE_BALANCE] =
            bg_live_fen(balance, bg_sheet_keep(self->sheet, "=%s-%s", self->input[BG_INPUT_payable],
                                               self->input[BG_INPUT_expense])),
        .cell[BG_LIVE_WHY] =
            bg_live_text(bg_live_words(self, "payable less expense", "可支付额减基金支出"))};
    self->label = bg_live_words(self, "opening", "期初");
    const size_t at = bg_live_step_row(self, &row, bg_live_words(self, "balance", "结余"));
    self->at.balance = (bg_live_amount){balance, bg_live_place(self->sheet, at, BG_LIVE_BALANCE)};
    self->at.disallowed = self->at.covered = self->at.advanced = (bg_live_amount){0, "0"};
}

/* ---- what the program has found ---- */

/* The postings of the step at work: the first, and how many. */
static size_t postings_of(const bg_live_settling *self, size_t *count)
{
    const bg_trace *trace = self->year->trace;
    size_t first = 0;
    while (first < trace->count && trace->items[first].step != self->step->place) {
        first++;
    }
    size_t end = first;
    while (end < trace->count && trace->items[end].step == self->step->place) {
        end++;
    }
    *count = end - first;
    return first;
}

/* The state after the step, by its postings. Pots keep balances of their own. */
static void find_true(const bg_live_settling *self, bg_live_state *found)
{
    size_t count;
    const size_t first = postings_of(self, &count);
    for (size_t p = first; p < first + count; p++) {
        const bg_posting *posting = &self->year->trace->items[p];
        found->balance.value = posting->pot ? found->balance.value : posting->balance_after;
        if (posting->from != posting->to &&
            bg_plan_is_fund_account(self->year->plan, posting->from)) {
            found->fund[posting->from - bg_plan_fund_account(0)].value -= posting->amount;
        }
        if (posting->from != posting->to &&
            bg_plan_is_fund_account(self->year->plan, posting->to)) {
            found->fund[posting->to - bg_plan_fund_account(0)].value += posting->amount;
        }
    }
}

static bool is_true(const bg_live_settling *self, const bg_live_state *found)
{
    bool same = self->at.balance.value == found->balance.value;
    for (size_t f = 0; f < self->year->plan->fund_count; f++) {
        same = same && self->at.fund[f].value == found->fund[f].value;
    }
    return same;
}

/* ---- a step as the program found it ---- */

static void add_posting(bg_live_settling *self, const bg_posting *posting)
{
    const char *language = self->sheet->language;
    const bg_posting_words how = {language, bg_label_of_account,
                                  strcmp(language, "zh") == 0 ? bg_label_of_name : NULL, 0};
    const bg_plan *plan = self->year->plan;
    char *why = bg_posting_text(posting, plan, &how);
    const bool moves = posting->from >= 0 && posting->to >= 0;
    const char *what =
        moves ? bg_sheet_keep(
                    self->sheet, "%s → %s",
                    bg_label_of_account(bg_plan_account(plan, (size_t)posting->from), language),
                    bg_label_of_account(bg_plan_account(plan, (size_t)posting->to), language))
              : NULL;
    bg_live_row row = {.cell[BG_LIVE_AMOUNT] = bg_live_fen(posting->amount, NULL),
                       .cell[BG_LIVE_WHY] =
                           bg_live_text(bg_sheet_keep(self->sheet, "%s", why ? why : ""))};
    self->sheet->failed = self->sheet->failed || !why;
    bg_live_step_row(self, &row, what);
    free(why);
}

/* An amount that the step has changed by something that does not follow from cells. */
static void change(bg_live_settling *self, bg_live_amount *amount, bg_fen found, const char *what,
                   bg_live_column column)
{
    const bg_fen by = found - amount->value;
    bg_live_row row = {.cell[BG_LIVE_AMOUNT] = bg_live_fen(by, NULL)};
    char place[BG_BOOK_PLACE];
    if (by == 0) {
        return;
    }
    bg_book_place(self->sheet, bg_sheet_row_count(self->sheet), BG_LIVE_AMOUNT, place);
    amount->is = bg_sheet_keep(self->sheet, "%s+%s", amount->is, place);
    amount->value = found;
    if (column == BG_LIVE_BALANCE) {
        row.cell[column] = bg_live_fen(found, bg_sheet_keep(self->sheet, "=%s", amount->is));
    }
    const size_t at = bg_live_step_row(self, &row, what);
    amount->is = column == BG_LIVE_BALANCE ? bg_live_place(self->sheet, at, column) : amount->is;
}

/* Amounts of a step that has no formulas: what it moved, and what that leaves. */
static void show_values(bg_live_settling *self, const bg_live_state *found)
{
    size_t count;
    const size_t first = postings_of(self, &count);
    bg_live_row note = {
        .cell[BG_LIVE_WHY] = bg_live_text(bg_live_words(
            self, "values of the program; without formulas", "以下为程序计算结果，不含公式"))};
    bg_live_step_row(self, &note, NULL);
    for (size_t p = first; p < first + count; p++) {
        add_posting(self, &self->year->trace->items[p]);
    }
    for (size_t f = 0; f < self->year->plan->fund_count; f++) {
        change(self, &self->at.fund[f], found->fund[f].value,
               bg_label_of_account(self->year->plan->fund[f].name, self->sheet->language),
               BG_LIVE_AMOUNT);
    }
    if (self->step->kind == &bg_step_split && self->year->plan->pot_count == 0) {
        self->at.result = self->at.balance;
    }
    change(self, &self->at.balance, found->balance.value, bg_live_words(self, "balance", "结余"),
           BG_LIVE_BALANCE);
}

/* ---- steps ---- */

static void add_step(bg_live_settling *self, const bg_step *step)
{
    bg_live_settling before = *self;
    bg_live_state found = self->at;
    const size_t cells = self->sheet->count;
    const char *label = bg_sheet_keep(self->sheet, "%zu %s", step->place,
                                      bg_label_of_step(step->kind->name, self->sheet->language));
    self->step = before.step = step;
    self->label = before.label = label;
    find_true(self, &found);
    if (!bg_live_work_out(self) || !is_true(self, &found)) {
        self->sheet->count = cells;
        *self = before;
        show_values(self, &found);
    }
}

void bg_live_settlement(const bg_live_year *year, bg_live_carried *carried, bg_sheet *sheet)
{
    bg_live_settling self = {.sheet = sheet, .year = year};
    open_year(&self, carried);
    for (size_t s = 0; s < year->plan->step_count; s++) {
        add_step(&self, &year->plan->step[s]);
    }
    for (size_t f = 0; f < year->plan->fund_count; f++) {
        carried->fund[f] = self.at.fund[f];
    }
}
