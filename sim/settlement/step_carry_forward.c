/* carry_forward: a gain makes up the deficit of earlier years first; a part of a loss is carried into
 * the next year. The pool advances what is carried and gets back what is made up. When the contract
 * ends nothing is carried, and what is left of the deficit is charged, or forgiven. */
#include "settlement/messages.h"
#include "settlement/plan.h"
#include "settlement/rate.h"

#include <string.h>

typedef struct carry_terms {
    bg_rate_rule share;
    bool forgive;
} carry_terms;

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    carry_terms *terms = step->terms;
    terms->forgive = bg_node_integer(step->node, "at_end") != 0;
    return bg_rate_rule_read(plan, bg_node_child(step->node, "share"), &terms->share, errors);
}

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_step *later = &plan->step[s];
        if (later->kind == step->kind && bg_steps_meet(step, later)) {
            return bg_errors_say(errors, BG_INVALID, later->node->mark, later->node->path,
                                 BG_SAY(deficit_carried_twice), step->place);
        }
    }
    return BG_OK;
}

/* Moves `amount` from the balance to the pool, and takes it off the deficit. */
static void make_up(const bg_step *step, bg_settling *run, const bg_fen *amount)
{
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, BG_ACCOUNT_POOL, amount);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], amount, -1);
    bg_settling_add(run, run->block->result[BG_RESULT_deficit_left], amount, -1);
}

static void repay(const bg_step *step, bg_settling *run)
{
    const bg_fen *deficit = run->input[BG_INPUT_deficit];
    bg_fen *repaid = run->scratch[0];
    bg_settling_gain(run, repaid);
    const bg_fen gain = repaid[0];
    run->columns->smaller(run->n, deficit, repaid, repaid);
    make_up(step, run, repaid);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(deficit_made_up, bg_say_amount(run, gain),
                                           bg_say_amount(run, deficit[0])));
    }
}

static void carry(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    bg_fen *carried = run->scratch[0];
    const bg_rates share = bg_rate_rule_rates(&terms->share, run, run->rates[0]);
    if (run->status) {
        return;
    }
    bg_settling_loss(run, carried);
    const bg_fen loss = carried[0];
    run->columns->share(run->n, carried, share, carried);
    run->columns->negate(run->n, carried, carried);
    make_up(step, run, carried);
    if (run->trace) {
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->share, run), bg_rate(share, 0));
        bg_settling_because(run, BG_REASON(loss_carried, bg_say_amount(run, loss)));
        bg_rate_rule_explain(&terms->share, run);
    }
    bg_settling_check_limit(run, step, BG_ACCOUNT_POOL);
}

static void end_contract(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    bg_fen *left = run->block->result[BG_RESULT_deficit_left];
    bg_fen *amount = run->scratch[0];
    memcpy(amount, left, run->n * sizeof *amount);
    if (terms->forgive) {
        bg_settling_add(run, left, amount, -1);
    } else {
        make_up(step, run, amount);
        bg_settling_check_limit(run, step, BG_ACCOUNT_POOL);
    }
    if (run->trace && !terms->forgive) {
        bg_settling_because(run, BG_PLAIN_REASON(deficit_charged));
    } else if (run->trace) {
        bg_settling_note(run, step, amount[0]);
        bg_settling_because(run, BG_PLAIN_REASON(deficit_forgiven));
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    repay(step, run);
    if (run->block->contract_end) {
        end_contract(step, run);
    } else {
        carry(step, run);
    }
}

const bg_step_kind bg_step_carry_forward = {.name = "carry_forward",
                                            .terms_size = sizeof(carry_terms),
                                            .read = read,
                                            .check = check,
                                            .apply = apply};
