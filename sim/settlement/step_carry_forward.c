/* carry_forward: what earlier years left is made up first, from a gain or, with `recover: always`, whatever
 * the balance is; with `recover: budget` the year's total has made it up before. A part of a loss, and of a gain
 * where the plan says so, goes on into the next year. The pool advances a loss and gets back what is made up; of a
 * gain it is the other way round. A loss that was not made up in its years lapses. When the contract ends nothing
 * is carried: what is left of a deficit is charged, or forgiven, and what is left of a gain paid out. */
#include "settlement/deficit.h"
#include "settlement/messages.h"
#include "settlement/plan.h"
#include "settlement/rate.h"

#include <string.h>

/* In the order of the catalogue's choices. */
typedef enum recovery { FROM_GAIN, ALWAYS, FROM_BUDGET } recovery;

typedef struct carry_terms {
    bg_rate_rule share; /* of a loss */
    bg_rate_rule gain;  /* of a gain; of the form none: nothing of it is carried */
    recovery recover;   /* of what earlier years left */
    bg_rate_rule limit; /* of what is made up in a year; of the form none: no limit */
    int base;           /* of the limit */
    size_t years;       /* in which a loss can be made up; 0: no end */
    bool forgive;
} carry_terms;

/* A gain that is carried is the community's own: it does not lapse. */
static bg_status read_years(bg_plan *plan, const bg_step *step, carry_terms *terms,
                            bg_errors *errors)
{
    const bg_node *years = bg_node_child(step->node, "years");
    if (!years) {
        return BG_OK;
    }
    if (terms->gain.form != BG_RATE_RULE_NONE) {
        return bg_errors_say(errors, BG_INVALID, years->mark, years->path,
                             BG_SAY(carried_gain_lapses));
    }
    terms->years = (size_t)bg_node_integer(step->node, "years");
    plan->deficit_years = plan->deficit_years > terms->years ? plan->deficit_years : terms->years;
    return BG_OK;
}

/* The next year's total is known before anything of that year is. */
static bg_status read_budget_recovery(bg_plan *plan, const bg_step *step, const carry_terms *terms,
                                      bg_errors *errors)
{
    const bg_node *base = bg_node_child(step->node, "base");
    const bg_rate_rule_form form = terms->limit.form;
    plan->recovery = step;
    if (base && base->mark.file) {
        return bg_errors_say(errors, BG_INVALID, base->mark, base->path,
                             BG_SAY(budget_recovery_base));
    }
    if (form > BG_RATE_RULE_BY_YEAR) {
        return bg_errors_say(errors, BG_INVALID, terms->limit.node->mark, terms->limit.node->path,
                             BG_SAY(budget_recovery_limit));
    }
    return BG_OK;
}

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    carry_terms *terms = step->terms;
    terms->forgive = bg_node_integer(step->node, "at_end") != 0;
    terms->recover = (recovery)bg_node_integer(step->node, "recover");
    bg_status status =
        bg_rate_rule_read(plan, bg_node_child(step->node, "share"), &terms->share, errors);
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "gain"), &terms->gain, errors));
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "limit"), &terms->limit, errors));
    bg_first(&status, bg_plan_read_input(plan, step, "base", &terms->base, errors));
    bg_first(&status, read_years(plan, step, terms, errors));
    if (terms->recover == FROM_BUDGET && !status) {
        status = read_budget_recovery(plan, step, terms, errors);
    }
    plan->carries_gain |= terms->gain.form != BG_RATE_RULE_NONE;
    return status;
}

bool bg_plan_recovery_limit(const bg_plan *self, int year, bg_decimal *limit)
{
    const carry_terms *terms = self->recovery->terms;
    *limit = BG_ONE;
    return terms->limit.form == BG_RATE_RULE_NONE ||
           bg_rate_rule_at(&terms->limit, self, year, 0, limit);
}

static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    for (size_t s = step->place; s < plan->step_count; s++) {
        const bg_step *later = &plan->step[s];
        if (later->kind == step->kind && plan->recovery) {
            return bg_errors_say(errors, BG_INVALID, later->node->mark, later->node->path,
                                 BG_SAY(budget_recovery_not_alone), step->place);
        }
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

/* ---- what earlier years left ---- */

/* Cuts what is made up to the limit of a year; of a gain carried, which is negative, likewise. */
static bg_fen keep_within_limit(const bg_step *step, bg_settling *run, bg_fen *amount)
{
    const carry_terms *terms = step->terms;
    const bg_columns *columns = run->columns;
    bg_fen *room = run->scratch[1];
    bg_settling_need_input(run, step, "base", terms->base);
    const bg_rates limit = bg_rate_rule_rates(&terms->limit, run, run->rates[0]);
    if (run->status) {
        return 0;
    }
    columns->share(run->n, run->input[terms->base], limit, room);
    const bg_fen most = room[0];
    columns->smaller(run->n, amount, room, amount);
    columns->negate(run->n, room, room);
    columns->larger(run->n, amount, room, amount);
    return most;
}

static void explain_limit(const bg_step *step, bg_settling *run, bg_fen most)
{
    const carry_terms *terms = step->terms;
    const bg_decimal rate = bg_rate(bg_rate_rule_rates(&terms->limit, run, run->rates[0]), 0);
    bg_settling_by_rate(run, bg_rate_rule_mark(&terms->limit, run), rate);
    bg_settling_because(run, BG_REASON(made_up_at_most, bg_say_amount(run, most), bg_say_rate(rate),
                                       bg_say_input(terms->base),
                                       bg_say_amount(run, run->input[terms->base][0])));
    bg_rate_rule_explain(&terms->limit, run);
}

static void explain_made_up(const bg_step *step, bg_settling *run, bg_fen gain, bg_fen most)
{
    const carry_terms *terms = step->terms;
    const bg_fen deficit = run->input[BG_INPUT_deficit][0];
    if (deficit < 0) {
        bg_settling_because(run, BG_REASON(carried_gain_paid, bg_say_amount(run, -deficit)));
    } else if (terms->recover == ALWAYS) {
        bg_settling_because(run, BG_REASON(deficit_recovered, bg_say_amount(run, deficit)));
    } else {
        bg_settling_because(
            run, BG_REASON(deficit_made_up, bg_say_amount(run, gain), bg_say_amount(run, deficit)));
    }
    if (terms->limit.form != BG_RATE_RULE_NONE) {
        explain_limit(step, run, most);
    }
}

/* What of the earlier years is made up stands in the first scratch column. */
static void repay(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    const bg_fen *deficit = run->input[BG_INPUT_deficit];
    bg_fen *repaid = run->scratch[0];
    bg_settling_gain(run, repaid);
    const bg_fen gain = repaid[0];
    if (terms->recover == ALWAYS) {
        memcpy(repaid, deficit, run->n * sizeof *repaid);
    } else {
        run->columns->smaller(run->n, deficit, repaid, repaid);
    }
    bg_fen most = 0;
    if (terms->limit.form != BG_RATE_RULE_NONE) {
        most = keep_within_limit(step, run, repaid);
    }
    if (run->status) {
        return;
    }
    make_up(step, run, repaid);
    if (run->trace) {
        explain_made_up(step, run, gain, most);
    }
}

/* A loss whose years are over can no longer be made up. */
static void lapse(const bg_step *step, bg_settling *run, const bg_fen *repaid)
{
    const carry_terms *terms = step->terms;
    bg_fen *lapsed = run->scratch[1];
    bg_deficit_lapse(run, terms->years, repaid, lapsed);
    bg_settling_add(run, run->block->result[BG_RESULT_deficit_left], lapsed, -1);
    if (run->trace && lapsed[0] > 0) {
        bg_settling_note(run, step, lapsed[0]);
        bg_settling_because(
            run, BG_REASON(deficit_lapsed, bg_say_number((bg_decimal)terms->years * BG_ONE)));
    }
}

/* ---- what the year leaves ---- */

/* `own` is the loss or the gain of the year; it becomes what of it is carried. */
static void carry(const bg_step *step, bg_settling *run, const bg_rate_rule *rule, bg_fen *own,
                  bool is_gain)
{
    const bg_rates share = bg_rate_rule_rates(rule, run, run->rates[0]);
    if (run->status) {
        return;
    }
    const bg_fen whole = own[0];
    run->columns->share(run->n, own, share, own);
    if (!is_gain) {
        run->columns->negate(run->n, own, own);
    }
    make_up(step, run, own);
    if (run->trace) {
        bg_settling_by_rate(run, bg_rate_rule_mark(rule, run), bg_rate(share, 0));
        bg_settling_because(run, is_gain ? BG_REASON(gain_carried, bg_say_amount(run, whole))
                                         : BG_REASON(loss_carried, bg_say_amount(run, whole)));
        bg_rate_rule_explain(rule, run);
    }
    bg_settling_check_limit(run, step, BG_ACCOUNT_POOL);
}

/* The year's own gain and loss: before what earlier years left was recovered, or, where only a gain makes
 * that up, after. */
static void find_own(bg_settling *run)
{
    bg_settling_loss(run, run->scratch[2]);
    bg_settling_gain(run, run->scratch[3]);
}

static void carry_on(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    if (terms->recover == FROM_GAIN) {
        find_own(run);
    }
    carry(step, run, &terms->share, run->scratch[2], false);
    if (terms->gain.form != BG_RATE_RULE_NONE && !run->status) {
        carry(step, run, &terms->gain, run->scratch[3], true);
    }
}

/* What is left of a gain is not forgiven. */
static void pay_out_gain(const bg_step *step, bg_settling *run)
{
    bg_fen *amount = run->scratch[0];
    memcpy(amount, run->block->result[BG_RESULT_deficit_left], run->n * sizeof *amount);
    make_up(step, run, amount);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(carried_gain_ends));
    }
}

static void end_contract(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    bg_fen *left = run->block->result[BG_RESULT_deficit_left];
    bg_fen *amount = run->scratch[0];
    if (terms->forgive) {
        run->columns->gain(run->n, left, amount);
        bg_settling_add(run, left, amount, -1);
    } else {
        memcpy(amount, left, run->n * sizeof *amount);
        make_up(step, run, amount);
        bg_settling_check_limit(run, step, BG_ACCOUNT_POOL);
    }
    if (run->trace && !terms->forgive) {
        bg_settling_because(run, amount[0] < 0 ? BG_PLAIN_REASON(carried_gain_ends)
                                               : BG_PLAIN_REASON(deficit_charged));
    } else if (run->trace) {
        bg_settling_note(run, step, amount[0]);
        bg_settling_because(run, BG_PLAIN_REASON(deficit_forgiven));
    }
    if (terms->forgive && run->plan->carries_gain) {
        pay_out_gain(step, run);
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const carry_terms *terms = step->terms;
    if (terms->recover != FROM_GAIN) {
        find_own(run);
    }
    if (terms->recover == FROM_BUDGET) {
        run->columns->fill(run->n, 0, run->scratch[0]);
    } else {
        repay(step, run);
    }
    if (terms->years > 0 && !run->status) {
        lapse(step, run, run->scratch[0]);
    }
    if (run->status) {
        return;
    }
    if (run->block->contract_end) {
        end_contract(step, run);
    } else {
        carry_on(step, run);
    }
}

const bg_step_kind bg_step_carry_forward = {.name = "carry_forward",
                                            .terms_size = sizeof(carry_terms),
                                            .read = read,
                                            .check = check,
                                            .apply = apply};
