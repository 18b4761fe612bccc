/* pots: the balance is divided into pots. Each has its part of what there is to divide, payable and what the steps
 * before have moved, less its part of the expense. A pot may have money of its own, which is no part of either. */
#include "settlement/messages.h"
#include "settlement/pot_side.h"
#include "settlement/pot_words.h"
#include "settlement/pots.h"

#include <string.h>

/* ---- reading ---- */

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
static bg_status check_own_money(const bg_node *node, const bg_pots_terms *terms, size_t place,
                                 bg_errors *errors)
{
    if (terms->side[BG_POT_MONEY].given[place] >= 0 &&
        terms->side[BG_POT_EXPENSE].given[place] >= 0) {
        return BG_OK;
    }
    return bg_errors_say(errors, BG_MISSING, node->mark, node->path, BG_SAY(pot_own_not_given),
                         node->key);
}

static bg_status read_pot(bg_plan *plan, const bg_node *node, bg_pots_terms *terms,
                          bg_errors *errors)
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
    status =
        bg_pot_side_read(plan, node, place, &terms->side[BG_POT_MONEY], "share", "weight", errors);
    bg_first(&status, bg_pot_side_read(plan, node, place, &terms->side[BG_POT_EXPENSE],
                                       "expense_share", "expense_weight", errors));
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

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    bg_pots_terms *terms = step->terms;
    const bg_node *parts = bg_node_child(step->node, "parts");
    terms->side[BG_POT_MONEY].given_key = "money";
    terms->side[BG_POT_EXPENSE].given_key = "expense";
    terms->side[BG_POT_MONEY].node = terms->side[BG_POT_EXPENSE].node = parts;
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
    bg_first(&status,
             bg_pot_side_check(plan, &terms->side[BG_POT_MONEY], "share", "weight", errors));
    bg_first(&status, bg_pot_side_check(plan, &terms->side[BG_POT_EXPENSE], "expense_share",
                                        "expense_weight", errors));
    return status;
}

bg_pot_info bg_plan_pot(const bg_plan *self, size_t pot)
{
    const bg_pots_terms *terms = self->pots->terms;
    const bg_node *parts = bg_node_child(self->pots->node, "parts");
    return (bg_pot_info){.name = self->pot[pot].name,
                         .own_money = self->pot[pot].own_money,
                         .expense = terms->side[BG_POT_EXPENSE].given[pot],
                         .node = bg_node_child(parts, self->pot[pot].name)};
}

/* ---- at work ---- */

/* What is the pot's own comes from its account, and goes to the community for what it was spent on. */
static void open_own_money(const bg_step *step, bg_settling *run, size_t pot)
{
    const bg_pots_terms *terms = step->terms;
    const bg_fen *money = run->input[terms->side[BG_POT_MONEY].given[pot]];
    const bg_fen *expense = run->input[terms->side[BG_POT_EXPENSE].given[pot]];
    const int source = run->plan->pot[pot].source;
    bg_fen *shared = run->block->result[BG_RESULT_shared];
    bg_fen *balance = run->balance;
    run->balance = run->pot[pot];
    run->in_pot = pot + 1;
    run->columns->fill(run->n, 0, run->pot[pot]);
    bg_settling_post(run, step, source, BG_ACCOUNT_BALANCE, money);
    if (run->trace) {
        bg_settling_because(
            run, BG_REASON(pot_own_money, bg_say_input(terms->side[BG_POT_MONEY].given[pot])));
    }
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, bg_plan_community(run->plan), expense);
    if (run->trace) {
        bg_settling_because(
            run, BG_REASON(pot_own_expense, bg_say_input(terms->side[BG_POT_EXPENSE].given[pot])));
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
    const bg_pots_terms *terms = step->terms;
    bg_fen *whole = run->scratch[0];
    bg_settling_record_balance(run);
    bg_pot_side_need_inputs(&terms->side[BG_POT_MONEY], run);
    bg_pot_side_need_inputs(&terms->side[BG_POT_EXPENSE], run);
    if (run->status) {
        return;
    }
    run->columns->add(run->n, run->balance, run->input[BG_INPUT_expense], whole);
    bg_pot_side_divide(&terms->side[BG_POT_MONEY], run, whole, run->input + bg_pot_money(1));
    bg_pot_side_divide(&terms->side[BG_POT_EXPENSE], run, run->input[BG_INPUT_expense], run->pot);
    subtract_expense(run);
    if (run->status) {
        return;
    }
    empty_balance(run);
    if (run->trace) {
        bg_pots_explain(step, run, whole[0]);
    }
    take_bases(run);
    for (size_t p = 0; p < run->plan->pot_count && !run->status; p++) {
        if (run->plan->pot[p].own_money) {
            open_own_money(step, run, p);
        }
    }
}

const bg_step_kind bg_step_pots = {
    .name = "pots", .terms_size = sizeof(bg_pots_terms), .read = read, .apply = apply};
