#include "actual/actual.h"

#include "actual/messages.h"
#include "contract/budgets.h"
#include "contract/plausible.h"
#include "format/amount.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FUND_NAMES = 512 };

void bg_settled_list_free(bg_settled_list *self)
{
    for (size_t i = 0; i < self->count; i++) {
        bg_settlement_block_free(&self->items[i].block);
        bg_trace_free(&self->items[i].trace);
    }
    free(self->items);
    bg_budgets_free(&self->budget);
    *self = (bg_settled_list){0};
}

/* actual[year][scheme], or NULL. */
static const bg_node *actual_of(const bg_contract *contract, size_t year, size_t scheme)
{
    char key[16];
    snprintf(key, sizeof key, "%d", contract->first_year + (int)year);
    const bg_node *by_scheme = bg_node_child(bg_scenario_find(contract->scenario, "actual"), key);
    return bg_node_child(by_scheme, contract->history.scheme[scheme].name);
}

static bool has_scheme(const bg_contract *contract, const char *name)
{
    for (size_t i = 0; i < contract->history.scheme_count; i++) {
        if (strcmp(contract->history.scheme[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_year(const bg_contract *contract, const bg_node *year, bg_errors *errors)
{
    int number = (int)strtol(year->key, NULL, 10);
    int last = contract->first_year + (int)contract->years - 1;
    if (number < contract->first_year || number > last) {
        bg_errors_say(errors, BG_INVALID, year->mark, year->path, BG_SAY(budget_year_unknown),
                      number, contract->first_year, last);
    }
    for (const bg_node *scheme = year->child; scheme; scheme = scheme->next) {
        if (!has_scheme(contract, scheme->key)) {
            bg_errors_say(errors, BG_INVALID, scheme->mark, scheme->path,
                          BG_SAY(scheme_without_budget), bg_scheme_words(scheme->key));
        } else if (!bg_node_child(scheme, "expense")) {
            bg_errors_say(errors, BG_MISSING, scheme->mark, scheme->path,
                          BG_SAY(actual_expense_missing));
        }
    }
}

static bg_status check_actuals(const bg_contract *contract, bg_errors *errors)
{
    size_t before = errors->error_count;
    const bg_node *actual = bg_scenario_find(contract->scenario, "actual");
    for (const bg_node *year = actual ? actual->child : NULL; year; year = year->next) {
        check_year(contract, year, errors);
    }
    return errors->error_count > before ? BG_INVALID : BG_OK;
}

void bg_actuals_advise(const bg_contract *contract, bg_errors *errors)
{
    bg_errors refused;
    bg_errors_init(&refused);
    check_actuals(contract, &refused);
    for (size_t i = 0; i < refused.count; i++) {
        bg_error *each = &refused.items[i];
        each->status = BG_OK; /* of a warning */
        bg_errors_say_behind(errors, each, bg_error_mark(each), each->path,
                             BG_WORDS(actual_refused));
    }
    bg_errors_free(&refused);
}

static bg_fen fen_or(const bg_node *section, const char *key, bg_fen otherwise)
{
    return bg_node_child(section, key) ? bg_node_fen(section, key) : otherwise;
}

/* What happened in a year, put through the chain. */
typedef struct work {
    const bg_contract *contract;
    bg_future expected; /* the central path of demand, where nothing is known */
    bg_chain chain;
    bg_settled_list *list;
    int last_year; /* to be settled; 0: all */
    bg_errors *errors;
} work;

static bg_status read_months(const work *self, const bg_node *list, bg_expected_year *known)
{
    enum { MONTHS = 12 };
    if (bg_node_count(list) != MONTHS) {
        return bg_errors_say(self->errors, BG_INVALID, list->mark, list->path,
                             BG_SAY(actual_months_not_twelve), bg_node_count(list));
    }
    bg_fen sum = 0;
    size_t month = 0;
    for (const bg_node *node = list->child; node; node = node->next) {
        known->month[month++] = node->value.fen;
        if (bg_money_add(sum, node->value.fen, &sum) || sum > known->expense) {
            return bg_errors_say(self->errors, BG_RANGE, list->mark, list->path,
                                 BG_SAY(actual_months_above_expense),
                                 bg_amount_phrase(bg_scenario_money_shown(self->contract->scenario),
                                                  known->expense, (char[BG_AMOUNT_PHRASE]){0}));
        }
    }
    return BG_OK;
}

/* What was approved month by month, where instalments follow it and are not given themselves. */
static bg_status know_months(const work *self, const bg_node *actual, size_t scheme,
                             bg_expected_year *known)
{
    const bg_node *months = bg_node_child(actual, "months");
    const bg_node *prepaid = bg_node_child(actual, "prepaid");
    if (!bg_budget_pays_approved(self->contract->terms[scheme])) {
        if (months) {
            bg_errors_advise(self->errors, months->mark, months->path,
                             BG_SAY(actual_months_unused));
        }
        return BG_OK;
    }
    if (months && prepaid) {
        return bg_errors_say(self->errors, BG_INVALID, months->mark, months->path,
                             BG_SAY(actual_months_and_prepaid));
    }
    if (!months && !prepaid) {
        return bg_errors_say(self->errors, BG_MISSING, actual->mark, actual->path,
                             BG_SAY(actual_months_missing));
    }
    return months ? read_months(self, months, known) : BG_OK;
}

/* What the actuals say of a year; of the others, what is expected. */
static bg_status know_year(const work *self, const bg_node *actual, size_t scheme, size_t year,
                           bg_expected_year *known)
{
    const bg_future *expected = &self->expected;
    const bg_node *people = bg_node_child(actual, "people");
    *known = (bg_expected_year){
        .expense = fen_or(actual, "expense", -1),
        .people = people ? (double)people->value.integer
                         : expected->people[BG_FUTURE_YEAR(expected, scheme, year)],
        .total = fen_or(actual, "budget", -1),
    };
    if (known->expense < 0) {
        known->expense = bg_future_expense(expected, scheme, year);
        known->disallowed = expected->disallowed[BG_FUTURE_YEAR(expected, scheme, year)];
        bg_future_months(expected, scheme, year,
                         !bg_budget_community_pays_outside(self->contract->scenario), known->month);
        return BG_OK;
    }
    const bg_status status = know_months(self, actual, scheme, known);
    if (status != BG_OK) {
        return status;
    }
    bg_fen outside = 0;
    return bg_settlement_complete(bg_node_child(actual, "completion"), &known->expense, &outside,
                                  NULL, self->errors);
}

/* A deficit that a year names is one of the year before; it may go into the budget. */
static void fill_deficit(bg_settled *self, const bg_plan *plan, const bg_node *actual)
{
    bg_fen *deficit = self->block.input[BG_INPUT_deficit];
    if (bg_node_child(actual, "deficit")) {
        deficit[0] = bg_node_fen(actual, "deficit");
        for (size_t age = 0; age < bg_plan_deficit_ages(plan); age++) {
            self->block.deficit_older[age][0] = 0;
        }
    }
}

static bg_status fill_inputs(bg_settled *self, const bg_years *years, const bg_node *actual,
                             bg_errors *errors)
{
    int64_t **input = self->block.input;
    bg_fen expense = bg_node_fen(actual, "expense"), outside = fen_or(actual, "outside", 0);
    const bg_status status = bg_settlement_complete(bg_node_child(actual, "completion"), &expense,
                                                    &outside, &self->trace, errors);
    const bg_node *score = bg_node_child(actual, "score");
    input[BG_INPUT_prepaid][0] = fen_or(actual, "prepaid", input[BG_INPUT_prepaid][0]);
    input[BG_INPUT_expense][0] = expense;
    input[BG_INPUT_emergency][0] = fen_or(actual, "emergency", 0);
    input[BG_INPUT_rebound][0] = fen_or(actual, "rebound", 0);
    input[BG_INPUT_disallowed][0] = fen_or(actual, "disallowed", 0);
    input[BG_INPUT_outside][0] = outside;
    self->score_of_scenario = !score;
    input[BG_INPUT_score][0] = score ? score->value.decimal : years->contract->score[years->year];
    return status;
}

/* The inputs that the scenario names. */
static bg_status fill_named(bg_settled *self, const bg_plan *plan, const bg_node *actual,
                            bg_errors *errors)
{
    bg_settlement_block *block = &self->block;
    const bg_node *inputs = bg_node_child(actual, "inputs");
    bg_status status = BG_OK;
    for (const bg_node *node = inputs ? inputs->child : NULL; node; node = node->next) {
        const int input = bg_plan_input_index(plan, node->key);
        bool given = true;
        bg_status next = BG_OK;
        if (input < BG_INPUT_COUNT) {
            next = bg_errors_say(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                 BG_SAY(actual_input_unknown), node->key);
        } else {
            next = bg_named_input_read_node(bg_plan_input(plan, (size_t)input), node,
                                            block->input[input], &given, errors);
            block->given[input][0] = given;
        }
        bg_first(&status, next);
    }
    return status;
}

static int find_institution(const bg_plan *plan, const char *name)
{
    for (size_t i = 0; i < bg_plan_institution_count(plan); i++) {
        if (strcmp(bg_plan_institution(plan, i), name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

/* The disallowed expense of each institution; it gives the total where that is not written. */
static bg_status fill_disallowed(bg_settled *self, const bg_plan *plan, const bg_node *actual,
                                 bg_errors *errors)
{
    bg_settlement_block *block = &self->block;
    const bg_node *by = bg_node_child(actual, "disallowed_by");
    const bg_node *total = bg_node_child(actual, "disallowed");
    bg_fen sum = 0;
    for (const bg_node *node = by ? by->child : NULL; node; node = node->next) {
        const int institution = find_institution(plan, node->key);
        if (institution < 0) {
            return bg_errors_say(errors, BG_UNKNOWN_KEY, node->mark, node->path,
                                 BG_SAY(actual_institution_unknown), node->key);
        }
        const int input = bg_plan_disallowed_input(plan, (size_t)institution);
        block->input[input][0] = node->value.fen;
        block->given[input][0] = 1;
        block->by_institution = true;
        if (bg_money_add(sum, node->value.fen, &sum) != BG_OK) {
            return bg_errors_say(errors, BG_OVERFLOW, by->mark, by->path,
                                 BG_SAY(actual_amounts_too_large));
        }
    }
    if (by && (!total || total->origin == BG_ORIGIN_DEFAULT)) {
        block->input[BG_INPUT_disallowed][0] = sum;
    }
    return BG_OK;
}

/* A budget that rolls on past expenses takes what is expected of a year for which nothing is known. */
static void check_earlier(const work *self, size_t scheme, size_t year, const bg_node *actual)
{
    const bool rolls = bg_budget_needs_expense(self->contract->terms[scheme]);
    for (size_t earlier = 0; rolls && earlier < year; earlier++) {
        if (!actual_of(self->contract, earlier, scheme)) {
            bg_errors_advise(self->errors, actual->mark, actual->path,
                             BG_SAY(earlier_expense_expected),
                             self->contract->first_year + (int)earlier);
        }
    }
}

/* The funds of the year, as a message lists them. */
static bg_status refuse_fund(const bg_budget_terms *terms, const bg_node *given, bg_errors *errors)
{
    char names[FUND_NAMES] = "";
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        const char *name = bg_budget_fund(terms, i)->name;
        const size_t length = strlen(names);
        snprintf(names + length, sizeof names - length, "%s%s", length ? BG_COMMA : "", name);
    }
    return bg_errors_say(errors, BG_UNKNOWN_KEY, given->mark, given->path,
                         BG_SAY(opening_of_no_fund), given->key, names);
}

static bg_status check_openings(const bg_budget_terms *terms, const bg_node *opening,
                                bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *given = opening ? opening->child : NULL; given; given = given->next) {
        size_t i = 0;
        while (i < bg_budget_fund_count(terms) &&
               strcmp(bg_budget_fund(terms, i)->name, given->key) != 0) {
            i++;
        }
        if (i == bg_budget_fund_count(terms)) {
            bg_first(&status, refuse_fund(terms, given, errors));
        }
    }
    return status;
}

/* What a fund had left is known where the year before was settled here. */
static bg_status fill_funds(bg_settled *self, const bg_years *years, const bg_node *actual,
                            bg_errors *errors)
{
    const bg_budget_terms *terms = years->contract->terms[self->scheme];
    const bg_node *opening = bg_node_child(actual, "opening");
    const bg_status status = check_openings(terms, opening, errors);
    for (size_t i = 0; i < bg_budget_fund_count(terms); i++) {
        const bg_fund_terms *fund = bg_budget_fund(terms, i);
        const bg_node *given = bg_node_child(opening, fund->name);
        if (given) {
            self->block.fund_opening[i][0] = given->value.fen;
        } else if (!years->follows && fund->carry_over) {
            bg_errors_advise(errors, actual->mark, actual->path, BG_SAY(fund_starts_from_zero),
                             fund->name, self->year - 1);
        }
    }
    return status;
}

/* A settlement numbers the units of its block. This block has one, and that has a place in a file. */
static bg_status apply(work *self, bg_settled *settled, const bg_node *actual)
{
    bg_errors found;
    bg_errors_init(&found);
    const bg_status status = bg_chain_settle(&self->chain, &settled->trace, &found);
    for (size_t i = 0; i < found.count; i++) {
        bg_errors_say_again(self->errors, &found.items[i], actual->mark, actual->path);
    }
    bg_errors_free(&found);
    return status;
}

/* What a real year came to is not simulated. */
static bg_status check_score(const bg_contract *contract, const bg_node *actual, bg_errors *errors)
{
    if (!contract->performance || bg_node_child(actual, "score")) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, actual->mark, actual->path,
                         BG_SAY(actual_score_missing),
                         bg_performance_first_simulated(contract->performance));
}

/* Where actuals give what was prepaid, nobody knows in which months. */
static void note_payments(bg_settled *settled, const bg_years *years, const bg_node *actual)
{
    const bg_settlement_block *block = &settled->block;
    bg_fen instalment[12];
    for (size_t month = 0; month < 12; month++) {
        instalment[month] = years->budget.instalment[month][0];
    }
    const bg_plan *plan = years->contract->plan[settled->scheme];
    bg_paid_year paid = {.year = settled->year,
                         .instalment = bg_node_child(actual, "prepaid") ? NULL : instalment,
                         .prepaid = block->input[BG_INPUT_prepaid][0],
                         .clearing = block->result[BG_RESULT_clearing][0]};
    for (size_t a = 0; a < bg_plan_advance_count(plan); a++) {
        paid.released[bg_plan_advance_month(plan, a)] += block->advanced[a][0];
    }
    bg_calendar_payments(&years->contract->calendar, &paid, &settled->payments);
}

/* The budget of the year stands in the block already. */
static bg_status settle(work *self, bg_settled *settled, const bg_years *years,
                        const bg_node *actual)
{
    const bg_plan *plan = self->contract->plan[settled->scheme];
    bg_status status = check_score(self->contract, actual, self->errors);
    status = status ? status : fill_inputs(settled, years, actual, self->errors);
    status = status ? status : fill_named(settled, plan, actual, self->errors);
    status = status ? status : fill_disallowed(settled, plan, actual, self->errors);
    if (status != BG_OK) {
        return status;
    }
    bg_plausible_expense(self->contract,
                         &(bg_known_year){.scheme = settled->scheme,
                                          .year = settled->year,
                                          .expense = bg_node_child(actual, "expense"),
                                          .spent = settled->block.input[BG_INPUT_expense][0],
                                          .budget = settled->block.input[BG_INPUT_budget][0]},
                         self->errors);
    check_earlier(self, settled->scheme, years->year, actual);
    status = fill_funds(settled, years, actual, self->errors);
    status = status ? status : apply(self, settled, actual);
    if (status == BG_OK && self->contract->calendar.given) {
        note_payments(settled, years, actual);
    }
    return status;
}

/* A new entry of the list where the year is to be settled, NULL where it is not. */
static bg_status begin_settled(work *self, const bg_node *actual, size_t scheme, size_t year,
                               bg_settled **settled)
{
    const int calendar_year = self->contract->first_year + (int)year;
    bg_settled_list *list = self->list;
    *settled = NULL;
    if (!actual || (self->last_year != 0 && calendar_year > self->last_year)) {
        return BG_OK;
    }
    *settled = &list->items[list->count++];
    **settled = (bg_settled){.year = calendar_year, .scheme = scheme};
    return bg_settlement_block_init(&(*settled)->block, self->contract->plan[scheme], 1);
}

static bg_status run_year(work *self, size_t scheme, size_t year)
{
    const bg_node *actual = actual_of(self->contract, year, scheme);
    bg_years *years = bg_chain_years(&self->chain, 0, scheme);
    bg_expected_year known;
    bg_settled *settled;
    bg_status status = begin_settled(self, actual, scheme, year, &settled);
    status = status ? bg_no_memory(self->errors) : know_year(self, actual, scheme, year, &known);
    if (status != BG_OK) {
        return status;
    }
    bg_chain_begin(&self->chain, scheme, year, settled ? &settled->block : NULL);
    bg_budgets_expect(&self->list->budget, years, &known);
    if (settled) {
        fill_deficit(settled, self->contract->plan[scheme], actual);
    }
    status = bg_chain_budget(&self->chain, self->errors);
    if (status == BG_OK) {
        bg_budgets_note(&self->list->budget, years);
    }
    if (status == BG_OK && settled) {
        status = settle(self, settled, years, actual);
    }
    return status ? status : bg_chain_close(&self->chain, self->errors);
}

static bg_status run_years(work *self)
{
    const size_t schemes = self->contract->history.scheme_count;
    bg_status status = bg_budgets_begin(&self->list->budget, &self->chain, 0, self->errors);
    bg_chain_open(&self->chain, 1);
    for (size_t year = 0; year < self->contract->years; year++) {
        for (size_t scheme = 0; scheme < schemes && status == BG_OK; scheme++) {
            status = run_year(self, scheme, year);
        }
    }
    if (status == BG_OK) {
        bg_budgets_end(&self->list->budget);
    }
    return status;
}

bg_status bg_settle_actuals(const bg_contract *contract, const bg_demand *demand, int last_year,
                            bg_settled_list *list, bg_errors *errors)
{
    *list = (bg_settled_list){0};
    bg_status status = check_actuals(contract, errors);
    if (status != BG_OK) {
        return status;
    }
    work self = {.contract = contract, .list = list, .last_year = last_year, .errors = errors};
    list->items = calloc(contract->history.scheme_count * contract->years, sizeof *list->items);
    status = list->items ? bg_future_init(&self.expected, demand) : BG_MEMORY;
    status = status ? status : bg_chain_init(&self.chain, &contract, 1, NULL, 1);
    status = status ? status : bg_demand_central(demand, &self.expected);
    if (status != BG_OK) {
        bg_errors_say(errors, status, BG_NOWHERE, NULL, BG_SAY(actual_budgets_failed),
                      bg_status_both(status));
    } else {
        status = run_years(&self);
    }
    bg_chain_free(&self.chain);
    bg_future_free(&self.expected);
    return status;
}
