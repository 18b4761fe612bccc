#include "settlement/plan.h"
#include "settlement/messages.h"
#include "settlement/pot_of_step.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- accounts: pool, funds, sources of pots, community, institutions, purposes, outside, patients, rounding ---- */

int bg_plan_fund_account(size_t fund)
{
    return (int)fund + BG_ACCOUNT_POOL + 1;
}

const bg_plan_fund *bg_plan_fund_of(const bg_plan *self, int account)
{
    return account == BG_ACCOUNT_POOL ? NULL : &self->fund[account - bg_plan_fund_account(0)];
}

bool bg_plan_is_fund_account(const bg_plan *self, int account)
{
    return account >= bg_plan_fund_account(0) && account < bg_plan_source_account(self, 0);
}

int bg_plan_source_account(const bg_plan *self, size_t source)
{
    return bg_plan_fund_account(self->fund_count) + (int)source;
}

int bg_plan_community(const bg_plan *self)
{
    return bg_plan_source_account(self, self->source_count);
}

int bg_plan_institution_account(const bg_plan *self, size_t institution)
{
    return bg_plan_community(self) + 1 + (int)institution;
}

int bg_plan_purpose_account(const bg_plan *self, size_t purpose)
{
    return bg_plan_institution_account(self, self->institution_count) + (int)purpose;
}

int bg_plan_outside(const bg_plan *self)
{
    return bg_plan_purpose_account(self, self->purpose_count);
}

int bg_plan_patients(const bg_plan *self)
{
    return bg_plan_outside(self) + 1;
}

size_t bg_plan_account_count(const bg_plan *self)
{
    return (size_t)bg_plan_patients(self) + 2;
}

const char *bg_plan_account(const bg_plan *self, size_t account)
{
    static const char *const last[] = {"outside", "patients", "rounding"};
    const size_t community = (size_t)bg_plan_community(self);
    const size_t purposes = (size_t)bg_plan_purpose_account(self, 0);
    const size_t outside = (size_t)bg_plan_outside(self);
    if (account == BG_ACCOUNT_POOL) {
        return "pool";
    }
    if (bg_plan_is_fund_account(self, (int)account)) {
        return self->fund[account - 1].name;
    }
    if (account < community) {
        return self->source[account - 1 - self->fund_count];
    }
    if (account == community) {
        return "community";
    }
    if (account < purposes) {
        return self->institution[account - community - 1].name;
    }
    return account < outside ? self->purpose[account - purposes] : last[account - outside];
}

int bg_plan_account_index(const bg_plan *self, const char *name)
{
    for (size_t a = 0; a < bg_plan_account_count(self); a++) {
        if (strcmp(bg_plan_account(self, a), name) == 0) {
            return (int)a;
        }
    }
    return -1;
}

size_t bg_plan_deficit_ages(const bg_plan *self)
{
    return self->deficit_years > 1 ? self->deficit_years - 1 : 0;
}

bool bg_plan_recovers_from_budget(const bg_plan *self)
{
    return self->recovery != NULL;
}

bool bg_plan_shares_fund(const bg_plan *self, size_t fund)
{
    return self->fund[fund].shared != BG_SHARED_NOT;
}

bool bg_plan_shares_funds(const bg_plan *self)
{
    bool any = false;
    for (size_t f = 0; f < self->fund_count; f++) {
        any = any || bg_plan_shares_fund(self, f);
    }
    return any;
}

static unsigned use_of(const bg_step *step, unsigned account)
{
    if (!((step->draws | step->fills) & account)) {
        return 0;
    }
    const bool pays = !(step->fills & account);
    if (step->kind == &bg_step_release && pays) {
        return BG_FUND_RELEASED;
    }
    return step->kind == &bg_step_cover_emergency ? BG_FUND_COVERS : BG_FUND_OTHERWISE;
}

unsigned bg_plan_fund_uses(const bg_plan *self, size_t fund)
{
    unsigned uses = 0;
    for (size_t s = 0; s < self->step_count; s++) {
        uses |= use_of(&self->step[s], bg_account_bit(bg_plan_fund_account(fund)));
    }
    return uses;
}

bool bg_plan_community_pays_outside(const bg_plan *self)
{
    return self->community_pays_outside;
}

size_t bg_plan_institution_count(const bg_plan *self)
{
    return self->institution_count;
}

size_t bg_plan_pot_count(const bg_plan *self)
{
    return self->pot_count;
}

size_t bg_plan_purpose_count(const bg_plan *self)
{
    return self->purpose_count;
}

const char *bg_plan_purpose(const bg_plan *self, size_t purpose)
{
    return self->purpose[purpose];
}

const char *bg_plan_institution(const bg_plan *self, size_t institution)
{
    return self->institution[institution].name;
}

/* ---- inputs and outputs ---- */

size_t bg_plan_output_count(const bg_plan *self)
{
    return self->output_count;
}

const char *bg_plan_output(const bg_plan *self, size_t output)
{
    return self->output[output]->node->key;
}

const char *bg_plan_input_name(const bg_plan *self, int input)
{
    return input < BG_MAX_INPUTS ? self->inputs.item[input].name
                                 : self->pot[input - BG_MAX_INPUTS].name;
}

size_t bg_plan_input_count(const bg_plan *self)
{
    return self->inputs.count;
}

const bg_named_input *bg_plan_input(const bg_plan *self, size_t input)
{
    return &self->inputs.item[input];
}

int bg_plan_input_index(const bg_plan *self, const char *name)
{
    return bg_inputs_index(&self->inputs, name);
}

int bg_plan_disallowed_input(const bg_plan *self, size_t institution)
{
    return (int)self->institution[institution].disallowed_input;
}

/* ---- names that steps refer to ---- */

#define LIST_TEXT 1024

/* "pool", "guarantee", "risk", and further payers; cut short if it is very long. */
static const char *list_names(const bg_plan *self, bool with_pool, char text[LIST_TEXT])
{
    size_t length = 0;
    text[0] = '\0';
    const size_t first = with_pool ? BG_ACCOUNT_POOL : (size_t)bg_plan_fund_account(0);
    const size_t last = self->fund_count + (with_pool ? self->payer_count : 0);
    for (size_t a = first; a <= last && length < LIST_TEXT; a++) {
        length += (size_t)snprintf(text + length, LIST_TEXT - length, "%s" BG_QUOTED,
                                   length ? BG_COMMA : "", bg_plan_account(self, a));
    }
    return text;
}

static int find_fund(const bg_plan *self, const char *name)
{
    for (size_t f = 0; f < self->fund_count; f++) {
        if (strcmp(self->fund[f].name, name) == 0) {
            return (int)f;
        }
    }
    return -1;
}

/* Among those that every step may name. */
static int find_payer(const bg_plan *self, const char *name)
{
    for (size_t p = 0; p < self->payer_count; p++) {
        if (strcmp(self->source[p], name) == 0) {
            return (int)p;
        }
    }
    return -1;
}

bg_status bg_plan_read_fund(bg_plan *self, const bg_step *step, const char *key, int *account,
                            bg_errors *errors)
{
    const bg_node *node = bg_node_child(step->node, key);
    *account = bg_plan_fund_account(0);
    if (!node) {
        return bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                             BG_SAY(step_without_fund), key);
    }
    const char *name = node->text;
    const int fund = find_fund(self, name);
    if (fund >= 0) {
        *account = bg_plan_fund_account((size_t)fund);
        return BG_OK;
    }
    if (self->fund_count == 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(fund_unknown_none),
                             name);
    }
    return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(fund_unknown), name,
                         list_names(self, false, (char[LIST_TEXT]){0}));
}

bg_status bg_plan_find_account(const bg_plan *self, const bg_step *step, const bg_node *node,
                               const char *name, int *account, bg_errors *errors)
{
    if (bg_pots_own_money(self, step)) {
        return bg_pots_read_source(self, step, node, name, account, errors);
    }
    if (strcmp(name, bg_plan_account(self, BG_ACCOUNT_POOL)) == 0) {
        *account = BG_ACCOUNT_POOL;
        return BG_OK;
    }
    const int fund = find_fund(self, name);
    const int source = find_payer(self, name);
    if (fund < 0 && source < 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(account_not_allowed), name,
                             list_names(self, true, (char[LIST_TEXT]){0}));
    }
    *account = fund >= 0 ? bg_plan_fund_account((size_t)fund)
                         : bg_plan_source_account(self, (size_t)source);
    return BG_OK;
}

bg_status bg_plan_read_account(bg_plan *self, const bg_step *step, const char *key, int *account,
                               bg_errors *errors)
{
    const bg_node *node = bg_node_child(step->node, key);
    return bg_plan_find_account(self, step, node, bg_node_text(step->node, key), account, errors);
}

bg_status bg_plan_find_input(const bg_plan *self, const bg_node *node, bg_input_kind kind,
                             int *input, bg_errors *errors)
{
    *input = bg_inputs_index(&self->inputs, node->text);
    if (*input < 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(input_unknown),
                             node->text, bg_input_kind_word(kind),
                             bg_inputs_list(&self->inputs, kind, (char[BG_INPUT_LIST]){0}));
    }
    const bg_input_kind found = self->inputs.item[*input].kind;
    if (kind == BG_KIND_MONEY && self->inputs.item[*input].pool) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                             BG_SAY(pool_input_as_amount), node->text);
    }
    if (found != kind && !(kind == BG_KIND_RATE && found == BG_KIND_NUMBER)) {
        return bg_errors_say(errors, BG_TYPE, node->mark, node->path, BG_SAY(input_kind_wrong),
                             node->text, bg_input_kind_word(found), bg_input_kind_word(kind));
    }
    return BG_OK;
}

bg_status bg_plan_read_input(const bg_plan *self, const bg_step *step, const char *key, int *input,
                             bg_errors *errors)
{
    const bg_node *node = bg_node_child(step->node, key);
    *input = 0;
    if (!node) {
        return bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                             BG_SAY(step_without_amount), key);
    }
    const bg_status status = bg_plan_find_input(self, node, BG_KIND_MONEY, input, errors);
    *input = bg_pots_input(step, *input);
    return status;
}

bool bg_steps_meet(const bg_step *a, const bg_step *b)
{
    return !bg_conditions_exclude(&a->when, &b->when);
}

/* ---- reading ---- */

/* What every step may have. In a split each key is an institution instead. */
static const bg_node *own_key(const bg_step *step, const char *key)
{
    const bg_parameter *row = step->node->parameter;
    return row && row->shape == BG_SHAPE_SHARES ? NULL : bg_node_child(step->node, key);
}

/* A named step puts out a result, which must not be taken for another. */
static bg_status read_output(bg_plan *self, bg_step *step, bg_errors *errors)
{
    static const char *const results[] = {
#define BG_COLUMN(name) #name,
        BG_SETTLEMENT_RESULTS(BG_COLUMN)
#undef BG_COLUMN
    };
    const bg_node *name = own_key(step, "name");
    if (!name) {
        return BG_OK;
    }
    for (size_t r = 0; r < BG_RESULT_COUNT; r++) {
        if (strcmp(results[r], name->text) == 0) {
            return bg_errors_say(errors, BG_INVALID, name->mark, name->path,
                                 BG_SAY(step_name_is_result), name->text);
        }
    }
    step->output = (int)self->output_count;
    self->output[self->output_count++] = step;
    return BG_OK;
}

static bg_status read_step(bg_plan *self, const bg_node *node, bg_errors *errors)
{
    bg_step *step = &self->step[self->step_count];
    *step = (bg_step){.kind = bg_step_kind_find(node->text), .node = node};
    if (!step->kind) {
        return bg_errors_say(errors, BG_INTERNAL, node->mark, node->path,
                             BG_SAY(step_not_in_program), node->text);
    }
    if (step->kind->terms_size) {
        step->terms = calloc(1, step->kind->terms_size);
        if (!step->terms) {
            return bg_no_memory(errors);
        }
    }
    step->place = ++self->step_count;
    step->output = -1;
    bg_status status =
        bg_conditions_read(own_key(step, "when"), &self->inputs, &step->when, errors);
    bg_first(&status, bg_pots_read_step(self, step, own_key(step, "pot"), errors));
    bg_first(&status, read_output(self, step, errors));
    if (step->kind->read) {
        bg_first(&status, step->kind->read(self, step, errors));
    }
    return status;
}

static bg_status read_steps(bg_plan *self, const bg_node *steps, bg_errors *errors)
{
    bg_status status = BG_OK;
    for (const bg_node *node = steps->child; node; node = node->next) {
        bg_first(&status, read_step(self, node, errors));
    }
    return status;
}

/* Whether a step after `step` draws on the account, for some unit that both apply to. */
static bool is_drawn_later(const bg_plan *self, const bg_step *step, unsigned account)
{
    for (size_t s = step->place; s < self->step_count; s++) {
        if ((self->step[s].draws & account) && bg_steps_meet(step, &self->step[s])) {
            return true;
        }
    }
    return false;
}

/* The key of the step that names the account it fills. */
static const bg_node *filling_key(const bg_step *step)
{
    const bg_node *rest = bg_node_child(step->node, "rest");
    const bg_node *several = bg_node_child(step->node, "payers");
    if (rest) {
        return rest;
    }
    return bg_node_count(several) ? several : bg_node_child(step->node, "payer");
}

/* A fund that does not carry over gives what it holds in the end back to the pool. To put money into
 * it that nobody draws is to mean something else. */
static bg_status check_fills(const bg_plan *self, const bg_step *step, bg_errors *errors)
{
    for (size_t f = 0; f < self->fund_count; f++) {
        const unsigned account = bg_account_bit(bg_plan_fund_account(f));
        const bool lost = !self->fund[f].carry_over && (step->fills & account) &&
                          !is_drawn_later(self, step, account);
        if (lost) {
            const bg_node *node = filling_key(step);
            return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                 BG_SAY(fund_filled_for_nobody), self->fund[f].name,
                                 self->fund[f].name);
        }
    }
    return BG_OK;
}

static bg_status check_steps(const bg_plan *self, const bg_node *steps, bg_errors *errors)
{
    bg_status status = BG_OK;
    bool cleared = false;
    for (size_t s = 0; s < self->step_count; s++) {
        const bg_step *step = &self->step[s];
        cleared |= step->kind == &bg_step_clear;
        if (step->kind->check) {
            bg_first(&status, step->kind->check(self, step, errors));
        }
        bg_first(&status, check_fills(self, step, errors));
    }
    if (!cleared) {
        bg_first(&status, bg_errors_say(errors, BG_MISSING, steps->mark, steps->path,
                                        BG_SAY(plan_without_clear)));
    }
    return status;
}

static void warn_of_idle_funds(const bg_plan *self, const bg_node *steps, bg_errors *errors)
{
    unsigned drawn = 0;
    for (size_t s = 0; s < self->step_count; s++) {
        drawn |= self->step[s].draws;
    }
    for (size_t f = 0; f < self->fund_count; f++) {
        const bg_plan_fund *fund = &self->fund[f];
        const bool idle = !(drawn & bg_account_bit(bg_plan_fund_account(f)));
        if (idle && fund->carry_over) {
            bg_errors_advise(errors, steps->mark, steps->path, BG_SAY(fund_idle_until_end),
                             fund->name);
        } else if (idle) {
            bg_errors_advise(errors, steps->mark, steps->path, BG_SAY(fund_idle), fund->name);
        }
    }
}

static bg_status read_payers(bg_plan *self, const bg_node *payers, bg_errors *errors)
{
    if (bg_node_count(payers) > BG_MAX_POTS) {
        return bg_errors_say(errors, BG_LIMIT, payers->mark, payers->path, BG_SAY(payers_too_many),
                             bg_node_count(payers), BG_MAX_POTS);
    }
    for (const bg_node *node = payers ? payers->child : NULL; node; node = node->next) {
        if (bg_plan_account_index(self, node->text) >= 0) {
            return bg_errors_say(errors, BG_INVALID, node->mark, node->path,
                                 BG_SAY(payer_name_taken), node->text);
        }
        self->source[self->source_count++] = node->text;
        self->payer_count++;
    }
    return BG_OK;
}

static bg_plan *new_plan(const bg_plan_source *source)
{
    bg_plan *self = calloc(1, sizeof *self);
    if (self) {
        self->unit = source->unit > 1 ? source->unit : 1;
        self->fine = source->unit > 1 ? BG_FINE : 1;
        self->rate_columns = 2;
        self->community_pays_outside = source->community_pays_outside;
        self->dated = source->dated;
        for (size_t f = 0; f < source->fund_count; f++) {
            self->fund[self->fund_count++] = source->funds[f];
        }
    }
    return self;
}

bg_status bg_plan_build(const bg_plan_source *source, bg_plan **plan, bg_errors *errors)
{
    const bg_node *steps = source->steps;
    *plan = NULL;
    if (bg_node_count(steps) > BG_MAX_STEPS) {
        return bg_errors_say(errors, BG_LIMIT, steps->mark, steps->path,
                             BG_SAY(plan_steps_too_many), bg_node_count(steps), BG_MAX_STEPS);
    }
    bg_plan *self = new_plan(source);
    if (!self) {
        return bg_no_memory(errors);
    }
    bg_status status = bg_inputs_read(source->inputs, &self->inputs, errors);
    bg_first(&status, read_payers(self, source->payers, errors));
    bg_first(&status, read_steps(self, steps, errors));
    bg_first(&status, check_steps(self, steps, errors));
    if (status) {
        bg_plan_free(self);
        return status;
    }
    warn_of_idle_funds(self, steps, errors);
    *plan = self;
    return BG_OK;
}

/* A fund cannot be called like an account that every plan has. */
static bg_status check_fund_name(const bg_node *fund, bg_errors *errors)
{
    static const char *const taken[] = {"pool",     "community", "outside",      "patients",
                                        "rounding", "统筹基金",  "医保统筹基金", "医共体"};
    for (size_t t = 0; t < sizeof taken / sizeof *taken; t++) {
        if (strcmp(fund->key, taken[t]) == 0) {
            return bg_errors_say(errors, BG_INVALID, fund->mark, fund->path,
                                 BG_SAY(fund_name_taken), fund->key);
        }
    }
    return BG_OK;
}

bg_status bg_plan_read(const bg_scenario *scenario, bg_plan **plan, bg_errors *errors)
{
    *plan = NULL;
    bg_plan_fund funds[BG_MAX_FUNDS] = {0};
    const bg_node *nodes = bg_scenario_find(scenario, "budget.funds");
    size_t count = 0;
    if (bg_node_count(nodes) > BG_MAX_FUNDS) {
        return bg_errors_say(errors, BG_LIMIT, nodes->mark, nodes->path, BG_SAY(funds_too_many),
                             bg_node_count(nodes), BG_MAX_FUNDS);
    }
    bg_status status = BG_OK;
    for (const bg_node *fund = nodes ? nodes->child : NULL; fund; fund = fund->next) {
        funds[count++] = (bg_plan_fund){.name = fund->key,
                                        .carry_over = bg_node_bool(fund, "carry_over"),
                                        .shared = (bg_sharing)bg_node_integer(fund, "shared")};
        bg_first(&status, check_fund_name(fund, errors));
    }
    const bg_plan_source source = {
        .steps = bg_scenario_find(scenario, "settlement"),
        .inputs = bg_scenario_find(scenario, "inputs"),
        .funds = funds,
        .fund_count = count,
        .payers = bg_scenario_find(scenario, "settlement_payers"),
        .community_pays_outside = bg_budget_community_pays_outside(scenario),
        .dated = bg_scenario_find(scenario, "budget.calendar") != NULL,
        .unit = bg_node_fen(bg_scenario_root(scenario), "settlement_rounding"),
    };
    bg_first(&status, bg_plan_build(&source, plan, errors));
    if (*plan) {
        (*plan)->money = bg_scenario_money_shown(scenario);
    }
    if (status) {
        bg_plan_free(*plan);
        *plan = NULL;
    }
    return status;
}

void bg_plan_free(bg_plan *self)
{
    if (!self) {
        return;
    }
    for (size_t s = 0; s < self->step_count; s++) {
        const bg_step *step = &self->step[s];
        if (step->kind && step->kind->free && step->terms) {
            step->kind->free(step->terms);
        }
        free(step->terms);
        bg_conditions_free(&self->step[s].when);
    }
    for (size_t i = 0; i < self->institution_count; i++) {
        free(self->institution[i].disallowed);
    }
    bg_inputs_free(&self->inputs);
    free(self);
}
