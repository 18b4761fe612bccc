/* pots: the balance is divided into pots. Each has its part of what there is to divide, payable and what the steps
 * before have moved, less its part of the expense: what inputs give goes first, the rest is divided by shares or
 * weights, largest remainder. A pot may have money of its own, which is no part of either. */
#include "format/amount.h"
#include "settlement/messages.h"
#include "settlement/pots.h"
#include "settlement/rate.h"

#include <string.h>

_Static_assert(BG_MAX_POTS <= BG_MAX_RATES, "each pot has a column of rates");

/* How an amount of the unit is divided among pots. */
typedef struct side {
    const char *given_key;
    int given[BG_MAX_POTS];  /* input that gives the pot's part, -1: none */
    int weight[BG_MAX_POTS]; /* input that weighs it, -1: none */
    bool weighted;
    bool alone; /* one pot gets all that inputs leave */
    bg_rate_rule share[BG_MAX_POTS];
    const bg_node *node; /* of the pots */
} side;

enum { MONEY, EXPENSE, SIDES };

typedef struct pots_terms {
    side side[SIDES];
} pots_terms;

/* ---- reading ---- */

static bg_status read_input(const bg_plan *plan, const bg_node *pot, const char *key, int *input,
                            bg_errors *errors)
{
    const bg_node *node = bg_node_child(pot, key);
    *input = -1;
    return node ? bg_plan_find_input(plan, node, BG_KIND_MONEY, input, errors) : BG_OK;
}

static bg_status read_side(const bg_plan *plan, const bg_node *node, size_t place, side *self,
                           const char *share, const char *weight, bg_errors *errors)
{
    bg_status status = read_input(plan, node, self->given_key, &self->given[place], errors);
    bg_first(&status, read_input(plan, node, weight, &self->weight[place], errors));
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(node, share), &self->share[place], errors));
    const int ways = (self->given[place] >= 0) + (self->weight[place] >= 0) +
                     (self->share[place].form != BG_RATE_RULE_NONE);
    if (!status && ways > 1) {
        status = bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(pot_part_twice),
                               node->key, self->given_key, share, weight);
    }
    return status;
}

static bg_status take_name(bg_plan *plan, const bg_node *node, bg_errors *errors)
{
    if (plan->pot_count == BG_MAX_POTS) {
        return bg_errors_say(errors, BG_LIMIT, node->mark, node->path, BG_SAY(pots_too_many),
                             BG_MAX_POTS);
    }
    if (bg_plan_account_index(plan, node->key) >= 0) {
        return bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(pot_name_taken),
                             node->key);
    }
    const size_t place = plan->pot_count++;
    size_t rank = place;
    plan->pot[place].name = node->key;
    for (; rank > 0 && strcmp(plan->pot[plan->pot_by_name[rank - 1]].name, node->key) > 0; rank--) {
        plan->pot_by_name[rank] = plan->pot_by_name[rank - 1];
    }
    plan->pot_by_name[rank] = place;
    return BG_OK;
}

/* Money of its own and what it is spent on are known amounts, not parts of those of the fund. */
static bg_status check_own_money(const bg_node *node, const pots_terms *terms, size_t place,
                                 bg_errors *errors)
{
    if (terms->side[MONEY].given[place] >= 0 && terms->side[EXPENSE].given[place] >= 0) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, node->mark, node->path, BG_SAY(pot_own_not_given),
                         node->key);
}

static bg_status read_pot(bg_plan *plan, const bg_node *node, pots_terms *terms, bg_errors *errors)
{
    bg_status status = take_name(plan, node, errors);
    if (status) {
        return status;
    }
    const size_t place = plan->pot_count - 1;
    bg_plan_pot_terms *pot = &plan->pot[place];
    const bg_node *netted = bg_node_child(node, "netted");
    pot->own_money = bg_node_bool(node, "own_money");
    pot->netted = netted ? bg_node_bool(node, "netted") : !pot->own_money;
    status = read_side(plan, node, place, &terms->side[MONEY], "share", "weight", errors);
    bg_first(&status, read_side(plan, node, place, &terms->side[EXPENSE], "expense_share",
                                "expense_weight", errors));
    if (pot->own_money && plan->source_count == BG_MAX_POTS) {
        return bg_errors_say(errors, BG_LIMIT, node->mark, node->path, BG_SAY(sources_too_many),
                             BG_MAX_POTS);
    }
    if (pot->own_money) {
        pot->source = bg_plan_source_account(plan, plan->source_count);
        plan->source[plan->source_count++] = pot->name;
        bg_first(&status, status ? status : check_own_money(node, terms, place, errors));
    }
    return status;
}

/* Whether the pot gets its part of what inputs leave. */
static bool divides(const bg_plan *plan, const side *self, size_t pot)
{
    return !plan->pot[pot].own_money && self->given[pot] < 0;
}

/* A pot that is alone to get the rest needs no share. */
static bg_status check_side(bg_plan *plan, side *self, const char *share, const char *weight,
                            bg_errors *errors)
{
    size_t parts = 0, shares = 0, weights = 0, constants = 0;
    bg_decimal sum = 0;
    for (size_t p = 0; p < plan->pot_count; p++) {
        if (divides(plan, self, p)) {
            const bg_rate_rule *rule = &self->share[p];
            parts++;
            weights += self->weight[p] >= 0;
            shares += rule->form != BG_RATE_RULE_NONE;
            constants += rule->form == BG_RATE_RULE_CONSTANT;
            sum += rule->form == BG_RATE_RULE_CONSTANT ? rule->constant : 0;
        }
    }
    if (parts == 1 && shares + weights == 0) {
        self->alone = true;
        return BG_OK;
    }
    self->weighted = weights > 0;
    if (shares != parts && weights != parts) {
        return bg_errors_say(errors, BG_INVALID, self->node->mark, self->node->path,
                             BG_SAY(pots_parts_open), self->given_key, share, weight);
    }
    if (parts && constants == parts && sum != BG_ONE) {
        return bg_errors_say(errors, BG_RANGE, self->node->mark, self->node->path,
                             BG_SAY(pots_shares_not_whole), share, BG_PERCENT(sum));
    }
    return BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    pots_terms *terms = step->terms;
    const bg_node *parts = bg_node_child(step->node, "parts");
    terms->side[MONEY].given_key = "money";
    terms->side[EXPENSE].given_key = "expense";
    terms->side[MONEY].node = terms->side[EXPENSE].node = parts;
    if (plan->pots) {
        return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                             BG_SAY(pots_stand_once), plan->pots->place);
    }
    if (bg_node_count(parts) == 0) {
        return bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                             BG_SAY(pots_without_parts));
    }
    plan->pots = step;
    plan->pots_end = step->place;
    bg_status status = BG_OK;
    for (const bg_node *node = parts->child; node; node = node->next) {
        bg_first(&status, read_pot(plan, node, terms, errors));
    }
    if (plan->rate_columns < plan->pot_count) {
        plan->rate_columns = plan->pot_count;
    }
    if (status) {
        return status;
    }
    bg_first(&status, check_side(plan, &terms->side[MONEY], "share", "weight", errors));
    bg_first(&status,
             check_side(plan, &terms->side[EXPENSE], "expense_share", "expense_weight", errors));
    return status;
}

bg_pot_info bg_plan_pot(const bg_plan *self, size_t pot)
{
    const pots_terms *terms = self->pots->terms;
    const bg_node *parts = bg_node_child(self->pots->node, "parts");
    return (bg_pot_info){.name = self->pot[pot].name,
                         .own_money = self->pot[pot].own_money,
                         .expense = terms->side[EXPENSE].given[pot],
                         .node = bg_node_child(parts, self->pot[pot].name)};
}

/* ---- dividing ---- */

static void need_inputs(const side *self, bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        const int input = self->given[p] >= 0 ? self->given[p] : self->weight[p];
        const int64_t *given = input >= 0 ? bg_settling_given_column(run, input) : NULL;
        for (size_t u = 0; given && u < run->n; u++) {
            if (!given[u] && bg_settling_applies(run, u)) {
                bg_settling_fail(run, BG_MISSING, u, &self->node->mark, self->node->path,
                                 BG_SAY(pot_input_absent), bg_plan_input_name(run->plan, input),
                                 run->plan->pot[p].name);
                return;
            }
        }
    }
}

/* What an input gives the pot, or its weight in what is left. */
typedef struct rest {
    bg_wide amount;
    size_t count;
    int64_t weight[BG_MAX_POTS]; /* in the order of names */
    size_t pot[BG_MAX_POTS];
} rest;

static void give(const side *self, const bg_settling *run, const bg_rates *rate, size_t unit,
                 rest *left, bg_fen *const *part)
{
    for (size_t r = 0; r < run->plan->pot_count; r++) {
        const size_t p = run->plan->pot_by_name[r];
        if (divides(run->plan, self, p)) {
            left->pot[left->count] = p;
            left->weight[left->count++] = self->alone      ? BG_ONE
                                          : self->weighted ? run->input[self->weight[p]][unit]
                                                           : bg_rate(rate[p], unit);
        } else {
            part[p][unit] = run->input[self->given[p]][unit];
            left->amount -= run->plan->pot[p].own_money ? 0 : part[p][unit];
        }
    }
}

static bool has_whole_shares(const side *self, const rest *left)
{
    bg_wide sum = 0;
    for (size_t i = 0; i < left->count; i++) {
        sum += left->weight[i];
    }
    return self->weighted || sum == BG_ONE;
}

/* Divides `whole` of one unit; false, with the run failed, where it cannot. */
static bool divide(const side *self, bg_settling *run, const bg_rates *rate, size_t unit,
                   bg_fen whole, bg_fen *const *part)
{
    rest left = {.amount = whole};
    bg_fen parts[BG_MAX_POTS] = {0};
    give(self, run, rate, unit, &left, part);
    const bg_fen given = (bg_fen)(whole - left.amount);
    const bg_node *node = self->node;
    if (left.count ? given && left.amount < 0 : left.amount != 0) {
        char sum[BG_AMOUNT_PHRASE], all[BG_AMOUNT_PHRASE];
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path, BG_SAY(pots_do_not_add_up),
                         self->given_key,
                         bg_amount_phrase(run->plan->money, given / run->fine, sum),
                         bg_amount_phrase(run->plan->money, whole / run->fine, all));
        return false;
    }
    if (left.count == 0) {
        return true;
    }
    if (!has_whole_shares(self, &left) ||
        bg_money_split((bg_fen)left.amount, left.weight, left.count, parts) != BG_OK) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(pots_shares_of_unit_unusable));
        return false;
    }
    for (size_t i = 0; i < left.count; i++) {
        part[left.pot[i]][unit] = parts[i];
    }
    return true;
}

/* Of every unit that has pots. */
static void divide_units(const side *self, bg_settling *run, const bg_fen *whole,
                         bg_fen *const *part)
{
    bg_rates rate[BG_MAX_POTS];
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (divides(run->plan, self, p) && self->share[p].form != BG_RATE_RULE_NONE) {
            rate[p] = bg_rate_rule_rates(&self->share[p], run, run->rates[p]);
        }
    }
    bool good = !run->status;
    for (size_t u = 0; u < run->n && good; u++) {
        good = !bg_settling_applies(run, u) || divide(self, run, rate, u, whole[u], part);
    }
}

/* ---- words ---- */

/* How the pot of the unit to be explained came to its part. */
static void explain_money(const side *self, bg_settling *run, size_t pot, bg_fen whole)
{
    const bg_fen money = run->input[bg_pot_money(pot + 1)][0];
    bg_wide left = whole;
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        const bool gives = self->given[p] >= 0 && !run->plan->pot[p].own_money;
        left -= gives ? run->input[self->given[p]][0] : 0;
    }
    if (self->given[pot] >= 0) {
        bg_settling_because(
            run, BG_REASON(pot_given, bg_say_amount(run, money), bg_say_input(self->given[pot])));
    } else if (self->alone) {
        bg_settling_because(run, BG_REASON(pot_rest, bg_say_amount(run, money)));
    } else if (self->weighted) {
        bg_settling_because(run, BG_REASON(pot_weighed, bg_say_amount(run, (bg_fen)left),
                                           bg_say_input(self->weight[pot]),
                                           bg_say_amount(run, run->input[self->weight[pot]][0]),
                                           bg_say_amount(run, money)));
    } else {
        const bg_decimal share =
            bg_rate(bg_rate_rule_rates(&self->share[pot], run, run->rates[pot]), 0);
        bg_settling_by_rate(run, bg_rate_rule_mark(&self->share[pot], run), share);
        bg_settling_because(run, BG_REASON(pot_share, bg_say_amount(run, (bg_fen)left),
                                           bg_say_rate(share), bg_say_amount(run, money)));
        bg_rate_rule_explain(&self->share[pot], run);
    }
}

static void explain_expense(const side *self, bg_settling *run, size_t pot)
{
    const bg_fen expense = run->input[bg_pot_money(pot + 1)][0] - run->pot[pot][0];
    if (self->given[pot] >= 0) {
        bg_settling_because(run, BG_REASON(pot_less_given, bg_say_amount(run, expense),
                                           bg_say_input(self->given[pot])));
    } else if (self->alone) {
        bg_settling_because(run, BG_REASON(pot_less_rest, bg_say_amount(run, expense)));
    } else if (self->weighted) {
        bg_settling_because(run, BG_REASON(pot_less_weighed, bg_say_amount(run, expense),
                                           bg_say_input(self->weight[pot])));
    } else {
        const bg_decimal share =
            bg_rate(bg_rate_rule_rates(&self->share[pot], run, run->rates[pot]), 0);
        bg_settling_because(
            run, BG_REASON(pot_less_share, bg_say_amount(run, expense), bg_say_rate(share)));
        bg_rate_rule_explain(&self->share[pot], run);
    }
}

static void explain(const bg_step *step, bg_settling *run, bg_fen whole)
{
    const pots_terms *terms = step->terms;
    bg_fen *balance = run->balance;
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (run->plan->pot[p].own_money) {
            continue; /* is posted */
        }
        run->balance = run->pot[p];
        run->in_pot = p + 1;
        bg_settling_note(run, step, run->pot[p][0]);
        explain_money(&terms->side[MONEY], run, p, whole);
        explain_expense(&terms->side[EXPENSE], run, p);
    }
    run->balance = balance;
    run->in_pot = 0;
}

/* ---- at work ---- */

/* Its first posting may be for some units only. */
static void open_source(bg_settling *run, int account)
{
    run->columns->fill(run->n, 0, bg_settling_account(run, account));
    run->posted[1 + account] = true;
}

void bg_pots_begin(bg_settling *run)
{
    run->pots_mask = NULL;
    if (run->mask) {
        memcpy(run->pots_mask_column, run->mask, run->n * sizeof *run->mask);
        run->pots_mask = run->pots_mask_column;
    }
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        run->columns->fill(run->n, 0, run->pot[p]);
        run->columns->fill(run->n, 0, run->input[bg_pot_money(p + 1)]);
        if (run->plan->pot[p].own_money) {
            open_source(run, run->plan->pot[p].source);
        }
    }
}

bool bg_pots_select(bg_settling *run)
{
    if (!run->pots_mask) {
        return true;
    }
    int64_t any = 0;
    const bool all = !run->mask;
    run->mask = run->mask_column;
    for (size_t u = 0; u < run->n; u++) {
        run->mask[u] = (all ? -1 : run->mask[u]) & run->pots_mask[u];
        any |= run->mask[u];
    }
    return any != 0;
}

/* What is the pot's own comes from its account, and goes to the community for what it was spent on. */
static void open_own_money(const bg_step *step, bg_settling *run, size_t pot)
{
    const pots_terms *terms = step->terms;
    const bg_fen *money = run->input[terms->side[MONEY].given[pot]];
    const bg_fen *expense = run->input[terms->side[EXPENSE].given[pot]];
    const int source = run->plan->pot[pot].source;
    bg_fen *shared = run->block->result[BG_RESULT_shared];
    bg_fen *balance = run->balance;
    run->balance = run->pot[pot];
    run->in_pot = pot + 1;
    run->columns->fill(run->n, 0, run->pot[pot]);
    bg_settling_post(run, step, source, BG_ACCOUNT_BALANCE, money);
    if (run->trace) {
        bg_settling_because(run,
                            BG_REASON(pot_own_money, bg_say_input(terms->side[MONEY].given[pot])));
    }
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), expense);
    if (run->trace) {
        bg_settling_because(
            run, BG_REASON(pot_own_expense, bg_say_input(terms->side[EXPENSE].given[pot])));
    }
    bg_settling_add(run, shared, money, 1);
    bg_settling_add(run, shared, expense, -1);
    bg_settling_check_limit(run, step, source);
    run->balance = balance;
    run->in_pot = 0;
}

/* Balances of the pots, whose expense stands in their place. */
static void subtract_expense(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        run->columns->subtract(run->n, run->input[bg_pot_money(p + 1)], run->pot[p], run->pot[p]);
    }
}

/* As a base, of which limits are shares, money is never less than nothing. */
static void take_bases(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        bg_fen *money = run->input[bg_pot_money(p + 1)];
        run->columns->gain(run->n, money, money);
    }
}

/* The balance is in the pots. */
static void empty_balance(bg_settling *run)
{
    for (size_t u = 0; u < run->n; u++) {
        run->balance[u] = bg_settling_applies(run, u) ? 0 : run->balance[u];
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const pots_terms *terms = step->terms;
    bg_fen *whole = run->scratch[0];
    bg_settling_record_balance(run);
    need_inputs(&terms->side[MONEY], run);
    need_inputs(&terms->side[EXPENSE], run);
    if (run->status) {
        return;
    }
    run->columns->add(run->n, run->balance, run->input[BG_INPUT_expense], whole);
    divide_units(&terms->side[MONEY], run, whole, run->input + bg_pot_money(1));
    divide_units(&terms->side[EXPENSE], run, run->input[BG_INPUT_expense], run->pot);
    subtract_expense(run);
    if (run->status) {
        return;
    }
    empty_balance(run);
    if (run->trace) {
        explain(step, run, whole[0]);
    }
    take_bases(run);
    for (size_t p = 0; p < run->plan->pot_count && !run->status; p++) {
        if (run->plan->pot[p].own_money) {
            open_own_money(step, run, p);
        }
    }
}

/* ---- putting back ---- */

static void explain_end(bg_settling *run, size_t pot, bg_fen amount)
{
    bg_settling_note(run, run->plan->pots, amount);
    if (bg_pot_stands_apart(run->plan, pot)) {
        bg_settling_because(run, BG_REASON(pot_apart, bg_say_input(bg_pot_money(pot + 1))));
    } else {
        bg_settling_because(run, BG_REASON(pot_netted, bg_say_input(bg_pot_money(pot + 1))));
    }
}

/* A step that has a name puts out what it moved, and what is left, when the pots have ended. */
static void put_out_end(bg_settling *run)
{
    const int output = run->plan->pots->output;
    if (output >= 0) {
        bg_fen *left = run->block->output_balance[output];
        bg_fen *moved = run->block->output_moved[output], *netted = run->scratch[0];
        run->columns->subtract(run->n, run->balance, left, netted);
        run->columns->add(run->n, moved, netted, moved);
        memcpy(left, run->balance, run->n * sizeof *left);
    }
}

void bg_pots_end(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (!bg_pot_stands_apart(run->plan, p)) {
            run->columns->add(run->n, run->balance, run->pot[p], run->balance);
        }
        if (run->trace && (!run->pots_mask || run->pots_mask[0])) {
            explain_end(run, p, run->pot[p][0]);
        }
    }
    put_out_end(run);
}

void bg_pots_join(bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (bg_pot_stands_apart(run->plan, p)) {
            run->columns->add(run->n, run->balance, run->pot[p], run->balance);
        }
    }
}

const bg_step_kind bg_step_pots = {
    .name = "pots", .terms_size = sizeof(pots_terms), .read = read, .apply = apply};
