/* deduct: a percentage of the gain goes to the payer, or a percentage of the loss is borne by it. */
#include "settlement/messages.h"
#include "settlement/payer.h"
#include "settlement/rate.h"

typedef struct deduct_terms {
    bg_rate_rule gain, loss; /* of the form none: nothing is taken off */
    bg_payer payer;
} deduct_terms;

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    deduct_terms *terms = step->terms;
    bg_status status =
        bg_rate_rule_read(plan, bg_node_child(step->node, "gain"), &terms->gain, errors);
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "loss"), &terms->loss, errors));
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    const unsigned payer = bg_payer_accounts(&terms->payer);
    step->fills = terms->gain.form == BG_RATE_RULE_NONE ? 0 : payer;
    step->draws = terms->loss.form == BG_RATE_RULE_NONE ? 0 : payer;
    if (!status && terms->gain.form == BG_RATE_RULE_NONE && terms->loss.form == BG_RATE_RULE_NONE) {
        status = bg_errors_say(errors, BG_MISSING, step->node->mark, step->node->path,
                               BG_SAY(deduct_from_nothing));
    }
    return status;
}

static void work_out_part(const bg_rate_rule *rule, bg_fen sign, const bg_step *step,
                          bg_settling *run, bg_fen *amount)
{
    const bg_rates rate = bg_rate_rule_rates(rule, run, run->rates[0]);
    if (run->status) {
        return;
    }
    if (sign > 0) {
        bg_settling_gain(run, amount);
    } else {
        bg_settling_loss(run, amount);
    }
    run->columns->share(run->n, amount, rate, amount);
    if (run->trace && sign * run->balance[0] > 0) {
        bg_settling_note(run, step, amount[0]);
        bg_settling_by_rate(run, bg_rate_rule_mark(rule, run), bg_rate(rate, 0));
        bg_settling_because(run, BG_REASON(part_of_amount, bg_say_rate(bg_rate(rate, 0)),
                                           bg_say_amount(run, sign * run->balance[0])));
        bg_rate_rule_explain(rule, run);
    }
}

static void take_gain(const deduct_terms *terms, const bg_step *step, bg_settling *run)
{
    bg_fen *amount = run->scratch[0];
    work_out_part(&terms->gain, 1, step, run, amount);
    if (run->status || (run->trace && run->balance[0] <= 0)) {
        return;
    }
    bg_payer_take(&terms->payer, step, run, amount);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(gain_deducted));
    }
    bg_payer_distribute(&terms->payer, step, run, amount);
}

static void bear_loss(const deduct_terms *terms, const bg_step *step, bg_settling *run)
{
    bg_fen *amount = run->scratch[0];
    work_out_part(&terms->loss, -1, step, run, amount);
    if (!run->status) {
        bg_payer_pay(&terms->payer, step, run, amount);
    }
}

static void apply(const bg_step *step, bg_settling *run)
{
    const deduct_terms *terms = step->terms;
    if (terms->gain.form != BG_RATE_RULE_NONE) {
        take_gain(terms, step, run);
    }
    if (terms->loss.form != BG_RATE_RULE_NONE && !run->status) {
        bear_loss(terms, step, run);
    }
}

const bg_step_kind bg_step_deduct = {
    .name = "deduct", .terms_size = sizeof(deduct_terms), .read = read, .apply = apply};
