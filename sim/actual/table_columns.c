#include "actual/table_columns.h"

#include "actual/messages.h"
#include "base/text.h"
#include "scenario/heading.h"
#include "scenario/value.h"

#include <baogan/performance.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* ---- the first row ---- */

/* What a key of the section `table` says, NULL where it is not there. */
static const char *table_text(const bg_scenario *scenario, const char *key)
{
    const bg_node *node = bg_node_child(bg_scenario_find(scenario, "table"), key);
    return node ? node->text : NULL;
}

/* Whether `inputs` maps some input to that very heading: then it is no word for another. */
static bool is_mapped(const bg_plan *plan, const char *heading)
{
    for (size_t i = 0; i < bg_plan_input_count(plan); i++) {
        const bg_named_input *input = bg_plan_input(plan, i);
        if (strcmp(input->column, input->name) != 0 && bg_written_same(heading, input->column)) {
            return true;
        }
    }
    return false;
}

/* Whether a heading names the column. */
static bool names(const bg_plan *plan, const char *heading, const char *column)
{
    return bg_written_same(heading, column) ||
           (bg_heading_is(BG_HEADINGS_TABLE, heading, column) && !is_mapped(plan, heading));
}

bg_status bg_table_columns_find(const bg_table_columns *self, const bg_csv *header,
                                const char *name, int *place, bg_errors *errors)
{
    *place = -1;
    for (size_t i = 0; i < header->count; i++) {
        const bg_csv_cell *cell = &header->cells[i];
        if (!cell->text[0] || !names(self->plan, cell->text, name)) {
            continue;
        }
        if (*place >= 0) {
            return bg_errors_say(errors, BG_DUPLICATE_KEY, cell->mark, NULL, BG_SAY(column_twice),
                                 name, cell->text, header->cells[*place].text);
        }
        *place = (int)i;
    }
    return BG_OK;
}

bool bg_table_columns_is_heading_row(const bg_scenario *scenario, const bg_plan *plan,
                                     const bg_csv *row)
{
    const char *link = table_text(scenario, "link");
    size_t cells = 0, found = 0;
    for (size_t i = 0; i < row->count; i++) {
        const char *text = row->cells[i].text;
        char word[BG_WRITTEN];
        bool known = link && bg_written_same(text, link);
        for (size_t k = 0; text[0] && !known && k < bg_plan_input_count(plan); k++) {
            const char *column = bg_plan_input(plan, k)->column;
            known =
                names(plan, text, column) || bg_heading_slip(BG_HEADINGS_TABLE, text, column, word);
        }
        cells += text[0] != '\0';
        found += text[0] && known;
    }
    return found >= 2 || (found == 1 && cells <= 2);
}

/* What an absent column stands for; none is missing that the settlement can do without. */
static bg_status take_empty(bg_table_column *self, const bg_csv *header, bg_errors *errors)
{
    if (bg_named_input_read(self->input, "", BG_NOWHERE, NULL, &self->empty, &self->empty_given,
                            NULL) == BG_OK) {
        return BG_OK;
    }
    const bg_mark mark = header->count ? header->cells[0].mark : BG_NOWHERE;
    return bg_errors_say(errors, BG_MISSING, mark, NULL, BG_SAY(input_column_missing),
                         self->input->column, self->input->name, self->input->name);
}

/* Amounts count in the unit that the table names, unless `inputs` says in which. */
static bg_status take_unit(bg_table_columns *self, bg_table_column *column, const bg_csv *header,
                           bg_errors *errors)
{
    const bg_csv_cell *cell = &header->cells[column->place];
    const bg_fen own = bg_heading_unit(cell->text);
    const bg_fen unit = own ? own : self->unit;
    const bg_named_input *input = column->input;
    const bg_fen scale = input->scale / (BG_ONE / 100); /* fen in one */
    const bool bare = input->kind == BG_KIND_MONEY && unit == 0 && input->scale == BG_ONE;
    if (bare && self->bare.line == 0) {
        self->bare = cell->mark;
    }
    if (input->kind != BG_KIND_MONEY || unit == 0 || unit == scale) {
        return BG_OK;
    }
    if (input->scale != BG_ONE) {
        char text[BG_NUMBER_TEXT];
        return bg_errors_say(errors, BG_INVALID, cell->mark, NULL, BG_SAY(column_unit_differs),
                             cell->text, bg_heading_unit_word(unit), input->name,
                             bg_decimal_text(input->scale, text));
    }
    column->scaled = *input;
    column->scaled.unit = unit;
    column->input = &column->scaled;
    return BG_OK;
}

static bg_status find_input(bg_table_columns *self, bg_table_column *column, const bg_csv *header,
                            const bg_named_input *input, bg_errors *errors)
{
    *column = (bg_table_column){.input = input};
    const bg_status status =
        bg_table_columns_find(self, header, input->column, &column->place, errors);
    if (status) {
        return status;
    }
    if (column->place < 0) {
        return take_empty(column, header, errors);
    }
    self->used[column->place] = true;
    column->may_be_empty = !input->built_in || input->empty || input->values;
    return take_unit(self, column, header, errors);
}

/* "opening.<fund>" and "added.<fund>": as the plan's inputs map it, else by their own name. */
static bg_status find_fund_input(bg_table_columns *self, bg_table_fund *fund, int which,
                                 const char *word, const char *name, const bg_csv *header,
                                 bg_errors *errors)
{
    fund->names[which] = bg_text_format("%s.%s", word, name);
    if (!fund->names[which]) {
        return bg_no_memory(errors);
    }
    const int known = bg_plan_input_index(self->plan, fund->names[which]);
    fund->own[which] = (bg_named_input){
        .name = fund->names[which],
        .column = fund->names[which],
        .kind = BG_KIND_MONEY,
        .built_in = true,
        .optional = true,
        .scale = BG_ONE,
    };
    const bg_named_input *input =
        known < 0 ? &fund->own[which] : bg_plan_input(self->plan, (size_t)known);
    bg_table_column *column = which == 0 ? &fund->opening : &fund->added;
    const bg_status status = find_input(self, column, header, input, errors);
    column->may_be_empty = column->may_be_empty || (which == 0 && self->linked);
    return status;
}

static bg_status find_funds(bg_table_columns *self, const bg_csv *header, bg_errors *errors)
{
    const bg_node *funds = bg_scenario_find(self->scenario, "budget.funds");
    bg_status status = BG_OK;
    for (const bg_node *node = funds ? funds->child : NULL; node; node = node->next) {
        bg_table_fund *fund = &self->fund[self->fund_count++];
        fund->rate = bg_node_decimal(node, "rate");
        bg_first(&status, find_fund_input(self, fund, 0, "opening", node->key, header, errors));
        bg_first(&status, find_fund_input(self, fund, 1, "added", node->key, header, errors));
    }
    return status;
}

/* ---- headings that name nothing ---- */

/* Whether `table` names the heading. */
static bool is_asked_for(const bg_table_columns *self, const char *heading)
{
    const bg_node *keep = bg_node_child(bg_scenario_find(self->scenario, "table"), "keep");
    for (const bg_node *node = keep ? keep->child : NULL; node; node = node->next) {
        if (bg_written_same(heading, node->text)) {
            return true;
        }
    }
    const char *pool = table_text(self->scenario, "pool"),
               *link = table_text(self->scenario, "link");
    return (pool && bg_written_same(heading, pool)) || (link && bg_written_same(heading, link));
}

static bg_status check_slip(const bg_csv_cell *cell, const bg_table_column *column,
                            bg_errors *errors)
{
    char word[BG_WRITTEN];
    const char *meant = column->place < 0 ? bg_heading_slip(BG_HEADINGS_TABLE, cell->text,
                                                            column->input->column, word)
                                          : NULL;
    return meant ? bg_errors_say(errors, BG_UNKNOWN_KEY, cell->mark, NULL, BG_SAY(column_near),
                                 cell->text, meant)
                 : BG_OK;
}

static bg_status check_slips(const bg_table_columns *self, const bg_csv_cell *cell,
                             bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < self->input_count && !status; i++) {
        status = check_slip(cell, &self->input[i], errors);
    }
    for (size_t f = 0; f < self->fund_count && !status; f++) {
        status = check_slip(cell, &self->fund[f].opening, errors);
        status = status ? status : check_slip(cell, &self->fund[f].added, errors);
    }
    return status;
}

static bg_status check_others(const bg_table_columns *self, const bg_csv *header, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t i = 0; i < header->count; i++) {
        const bg_csv_cell *cell = &header->cells[i];
        if (cell->text[0] && !self->used[i] && !is_asked_for(self, cell->text)) {
            const bg_status next = check_slips(self, cell, errors);
            bg_first(&status, next);
        }
    }
    return status;
}

/* What may be left out because other cells say it. */
static void allow_empty(bg_table_columns *self)
{
    self->input[BG_INPUT_disallowed].may_be_empty |= self->by_institution;
    self->input[BG_INPUT_deficit].may_be_empty |= self->linked;
}

/* Amounts that name no unit beside a scenario that counts in another one than yuan could be meant in either. */
static bg_status check_unit(const bg_table_columns *self, bg_errors *errors)
{
    const bg_fen unit = bg_scenario_money_unit(self->scenario);
    const char *word = bg_heading_unit_word(unit);
    return self->bare.line == 0 || unit == 100
               ? BG_OK
               : bg_errors_say(errors, BG_INVALID, self->bare, NULL, BG_SAY(table_unit_missing),
                               word, word);
}

bg_status bg_table_columns_read(bg_table_columns *self, const bg_scenario *scenario,
                                const bg_plan *plan, bg_fen unit, const bg_csv *header,
                                bg_errors *errors)
{
    const bg_node *prepayment = bg_scenario_find(scenario, "budget.prepayment");
    *self = (bg_table_columns){
        .scenario = scenario,
        .plan = plan,
        .column_count = header->count,
        .used = calloc(header->count + 1, sizeof *self->used),
        .input_count = bg_plan_input_count(plan),
        .earmarked = strcmp(bg_node_text(prepayment, "funds"), "earmarked") == 0,
        .approves = bg_node_child(prepayment, "approved") != NULL,
        .prepaid_ratio = bg_node_decimal(prepayment, "ratio"),
        .outside_share = bg_budget_community_pays_outside(scenario)
                             ? NULL
                             : bg_node_child(prepayment, "outside_share"),
        .scored_year = INT_MIN,
        .unit = unit,
        .two_readings = bg_csv_has_semicolons(header),
        .linked = table_text(scenario, "link") != NULL,
    };
    if (!self->used) {
        return bg_no_memory(errors);
    }
    bg_status status = BG_OK;
    if (bg_plan_recovers_from_budget(plan)) {
        const bg_node *steps = bg_scenario_find(scenario, "settlement");
        status = bg_errors_say(errors, BG_INVALID, steps->mark, steps->path,
                               BG_SAY(table_recovers_from_budget));
    }
    for (size_t i = 0; i < self->input_count; i++) {
        bg_first(&status,
                 find_input(self, &self->input[i], header, bg_plan_input(plan, i), errors));
    }
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        self->by_institution |= self->input[bg_plan_disallowed_input(plan, i)].place >= 0;
    }
    bg_first(&status, find_funds(self, header, errors));
    bg_first(&status, check_others(self, header, errors));
    bg_first(&status, check_unit(self, errors));
    allow_empty(self);
    return status;
}

void bg_table_columns_free(bg_table_columns *self)
{
    free(self->used);
    self->used = NULL;
    for (size_t f = 0; f < self->fund_count; f++) {
        free(self->fund[f].names[0]);
        free(self->fund[f].names[1]);
    }
    self->fund_count = 0;
}

/* ---- a row ---- */

static bg_status check_length(const bg_table_columns *self, const bg_csv *row, bg_errors *errors)
{
    size_t count = row->count;
    while (count > self->column_count && row->cells[count - 1].text[0] == '\0') {
        count--;
    }
    if (count == self->column_count) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_SYNTAX, row->cells[0].mark, NULL, BG_SAY(row_cells_differ),
                         count, self->column_count);
}

/* What is wrong with a cell before its text is read. */
static bg_status check_cell(const bg_table_columns *self, const bg_table_column *column,
                            const bg_csv_cell *cell, bg_errors *errors)
{
    const bg_named_input *input = column->input;
    char thousands[BG_WRITTEN], decimals[BG_WRITTEN];
    const bool needed = !input->empty && !input->optional;
    if (cell->text[0] == '\0' && self->sheet && (needed || !column->may_be_empty)) {
        return bg_errors_say(errors, BG_MISSING, cell->mark, input->column,
                             BG_SAY(cell_empty_in_sheet), input->name);
    }
    if (cell->text[0] == '\0' && input->optional && !column->may_be_empty) {
        return bg_errors_say(errors, BG_MISSING, cell->mark, input->column, BG_SAY(cell_empty),
                             input->name);
    }
    if (self->two_readings && input->kind != BG_KIND_TEXT &&
        bg_written_twice(cell->text, thousands, decimals)) {
        return bg_errors_say(errors, BG_TYPE, cell->mark, input->column, BG_SAY(cell_two_readings),
                             cell->text, thousands, decimals);
    }
    return BG_OK;
}

static bool is_year(const bg_table_columns *self, const bg_table_column *column)
{
    return column == &self->input[BG_INPUT_year];
}

bg_fen bg_table_columns_money(const bg_table_columns *self)
{
    const bg_fen shown = bg_scenario_money_shown(self->scenario);
    return shown ? shown : self->unit;
}

const char *bg_table_column_text(const bg_table_columns *self, const bg_table_column *column,
                                 const bg_csv *row, char buffer[BG_WRITTEN])
{
    const char *text = row->cells[column->place].text;
    const bool number = column->input->kind != BG_KIND_TEXT;
    return self->sheet && number && bg_written_round(text, buffer) ? buffer : text;
}

bg_status bg_table_column_read(const bg_table_columns *self, const bg_table_column *column,
                               const bg_csv *row, int64_t *value, bool *given, bg_errors *errors)
{
    if (column->place < 0) {
        *value = column->empty;
        *given = column->empty_given;
        return BG_OK;
    }
    const bg_csv_cell *cell = &row->cells[column->place];
    const char *heading = column->input->column;
    char year[BG_YEAR_TEXT], rounded[BG_WRITTEN], points[BG_WRITTEN];
    const char *text = bg_table_column_text(self, column, row, rounded);
    text = column == &self->input[BG_INPUT_score] ? bg_points_plain(text, points) : text;
    text = is_year(self, column) && bg_year_plain(text, year) ? year : text;
    bg_status status = check_cell(self, column, cell, errors);
    status = status ? status
                    : bg_named_input_read(column->input, text, cell->mark, heading, value, given,
                                          errors);
    const int64_t first = 1990, last = 2200;
    if (status == BG_OK && is_year(self, column) && *given &&
        (*value < first * BG_ONE || *value > last * BG_ONE)) {
        status = bg_errors_say(errors, BG_RANGE, cell->mark, heading, BG_SAY(cell_not_a_year),
                               cell->text, (int)first, (int)last);
    }
    return status;
}

static bg_status too_large(const bg_csv *row, bg_errors *errors)
{
    return bg_errors_say(errors, BG_OVERFLOW, row->cells[0].mark, NULL,
                         BG_SAY(row_amounts_too_large));
}

static bg_status fill_funds(const bg_table_columns *self, const bg_csv *row,
                            bg_settlement_block *block, size_t u, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (size_t age = 0; age < bg_plan_deficit_ages(self->plan); age++) {
        block->deficit_older[age][u] = 0; /* a deficit that a row names is last year's */
    }
    for (size_t f = 0; f < self->fund_count; f++) {
        const bg_table_fund *fund = &self->fund[f];
        bool given = false;
        bg_first(&status, bg_table_column_read(self, &fund->opening, row,
                                               &block->fund_opening[f][u], &given, errors));
        bg_first(&status, bg_table_column_read(self, &fund->added, row, &block->fund_added[f][u],
                                               &given, errors));
        if (!given && !status &&
            bg_money_times(block->input[BG_INPUT_budget][u], fund->rate,
                           &block->fund_added[f][u])) {
            return too_large(row, errors);
        }
    }
    return status;
}

static bg_status fill_payable(const bg_table_columns *self, const bg_csv *row,
                              bg_settlement_block *block, size_t u, bg_errors *errors)
{
    bg_fen payable = block->input[BG_INPUT_budget][u];
    for (size_t f = 0; f < self->fund_count; f++) {
        if (bg_money_subtract(payable, block->fund_added[f][u], &payable)) {
            return too_large(row, errors);
        }
    }
    block->input[BG_INPUT_payable][u] = payable;
    return BG_OK;
}

/* Part of the payable amount, or the budget, that is paid in instalments in the row's year. */
static bg_status find_instalment_rate(const bg_table_columns *self, const bg_csv *row, int year,
                                      bg_decimal *rate, bg_errors *errors)
{
    *rate = self->prepaid_ratio;
    if (!self->outside_share) {
        return BG_OK;
    }
    const bg_node *share = bg_node_in_year(self->outside_share, year);
    if (!share) {
        return bg_errors_say(errors, BG_MISSING, row->cells[0].mark, self->outside_share->path,
                             BG_SAY(outside_share_of_year_missing), year);
    }
    return bg_decimal_times(*rate, BG_ONE - share->value.decimal, rate);
}

/* The year's instalments, by the terms of prepayment. */
static bg_status fill_prepaid(const bg_table_columns *self, const bg_csv *row,
                              bg_settlement_block *block, size_t u, bg_errors *errors)
{
    if (self->approves) {
        return bg_errors_say(errors, BG_MISSING, row->cells[0].mark, NULL,
                             BG_SAY(table_prepaid_unknown));
    }
    const bg_fen base = block->input[self->earmarked ? BG_INPUT_budget : BG_INPUT_payable][u];
    const int year = (int)(block->input[BG_INPUT_year][u] / BG_ONE);
    bg_decimal rate;
    const bg_status status = find_instalment_rate(self, row, year, &rate, errors);
    if (status != BG_OK) {
        return status;
    }
    return bg_money_times(base, rate, &block->input[BG_INPUT_prepaid][u]) ? too_large(row, errors)
                                                                          : BG_OK;
}

/* What the institutions have of it, where the row does not say the total. */
static bg_status fill_disallowed(const bg_table_columns *self, const bg_csv *row,
                                 bg_settlement_block *block, size_t u, bg_errors *errors)
{
    bg_fen sum = 0;
    for (size_t i = 0; i < bg_plan_institution_count(self->plan); i++) {
        const int input = bg_plan_disallowed_input(self->plan, i);
        if (bg_money_add(sum, block->input[input][u], &sum) != BG_OK) {
            return too_large(row, errors);
        }
    }
    block->input[BG_INPUT_disallowed][u] = sum;
    return BG_OK;
}

static bg_status fill_score(bg_table_columns *self, bg_settlement_block *block, size_t u,
                            bg_errors *errors)
{
    const int year = (int)(block->input[BG_INPUT_year][u] / BG_ONE);
    if (year != self->scored_year) {
        self->scored_year = INT_MIN;
        const bg_status status = bg_performance_score(self->scenario, year, &self->score, errors);
        if (status) {
            return status;
        }
        self->scored_year = year;
    }
    block->input[BG_INPUT_score][u] = self->score;
    return BG_OK;
}

bg_status bg_table_columns_fill(bg_table_columns *self, const bg_csv *row,
                                bg_settlement_block *block, size_t u, bg_errors *errors)
{
    bg_status status = check_length(self, row, errors);
    if (status) {
        return status;
    }
    bool given[BG_MAX_INPUTS] = {false};
    for (size_t i = 0; i < self->input_count; i++) {
        bg_first(&status, bg_table_column_read(self, &self->input[i], row, &block->input[i][u],
                                               &given[i], errors));
        if (block->given[i]) {
            block->given[i][u] = given[i];
        }
    }
    block->by_institution = self->by_institution;
    if (!status && !given[BG_INPUT_disallowed] && self->by_institution) {
        status = fill_disallowed(self, row, block, u, errors);
    }
    bg_first(&status, fill_funds(self, row, block, u, errors));
    if (!status && !given[BG_INPUT_payable]) {
        status = fill_payable(self, row, block, u, errors);
    }
    if (!status && !given[BG_INPUT_prepaid]) {
        status = fill_prepaid(self, row, block, u, errors);
    }
    if (!status && !given[BG_INPUT_score]) {
        status = fill_score(self, block, u, errors);
    }
    return status;
}
