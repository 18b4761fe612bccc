/* credit, charge, relief: an input of money moves the balance. credit adds a part of it and charge
 * takes it off, whatever the balance is; relief takes the input off a loss, not below zero. */
#include "settlement/payer.h"
#include "settlement/rate.h"

typedef struct input_terms {
    int input;
    bg_rate_rule rate;
    bg_payer payer;
} input_terms;

/* ---- reading ---- */

static bg_status read_credit(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    input_terms *terms = step->terms;
    bg_status status = bg_plan_read_input(plan, step, "input", &terms->input, errors);
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "rate"), &terms->rate, errors));
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    step->draws = bg_payer_accounts(&terms->payer);
    return status;
}

static bg_status read_charge(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    input_terms *terms = step->terms;
    bg_status status = bg_plan_read_input(plan, step, "input", &terms->input, errors);
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "rate"), &terms->rate, errors));
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    step->fills = bg_payer_accounts(&terms->payer);
    return status;
}

static bg_status read_relief(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    input_terms *terms = step->terms;
    bg_status status = bg_plan_read_input(plan, step, "input", &terms->input, errors);
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    step->draws = bg_payer_accounts(&terms->payer);
    return status;
}

/* ---- at work ---- */

/* amount = rate * input. False where a unit lacks what is needed. */
static bool work_out_part(const bg_step *step, bg_settling *run, bg_fen *amount)
{
    const input_terms *terms = step->terms;
    const bg_fen *input = run->input[terms->input];
    bg_settling_need_input(run, step, "input", terms->input);
    const bg_rates rate = bg_rate_rule_rates(&terms->rate, run, run->rates[0]);
    if (run->status) {
        return false;
    }
    run->columns->share(run->n, input, rate, amount);
    if (run->trace) {
        bg_settling_note(run, step, amount[0]);
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->rate, run), bg_rate(rate, 0));
        bg_settling_because(run,
                            BG_REASON(part_of_input, bg_say_rate(bg_rate(rate, 0)),
                                      bg_say_input(terms->input), bg_say_amount(run, input[0])));
        bg_rate_rule_explain(&terms->rate, run);
    }
    return true;
}

static void apply_credit(const bg_step *step, bg_settling *run)
{
    const input_terms *terms = step->terms;
    bg_fen *amount = run->scratch[0];
    if (work_out_part(step, run, amount)) {
        bg_payer_pay(&terms->payer, step, run, amount);
        bg_settling_check_limit(run, step, BG_ACCOUNT_POOL);
    }
}

static void apply_charge(const bg_step *step, bg_settling *run)
{
    const input_terms *terms = step->terms;
    bg_fen *amount = run->scratch[0];
    if (!work_out_part(step, run, amount)) {
        return;
    }
    bg_payer_take(&terms->payer, step, run, amount);
    if (run->trace) {
        bg_settling_because(run, BG_PLAIN_REASON(charged));
    }
    bg_payer_distribute(&terms->payer, step, run, amount);
    bg_payer_check_limit(&terms->payer, step, run);
}

static void apply_relief(const bg_step *step, bg_settling *run)
{
    const input_terms *terms = step->terms;
    const bg_fen *input = run->input[terms->input];
    bg_fen *amount = run->scratch[0];
    bg_settling_need_input(run, step, "input", terms->input);
    if (run->status) {
        return;
    }
    bg_settling_loss(run, amount);
    const bg_fen loss = amount[0];
    run->columns->smaller(run->n, input, amount, amount);
    if (run->trace) {
        bg_settling_note(run, step, amount[0]);
        bg_settling_because(run, BG_REASON(relief, bg_say_input(terms->input),
                                           bg_say_amount(run, input[0]), bg_say_amount(run, loss)));
    }
    bg_payer_pay(&terms->payer, step, run, amount);
}

const bg_step_kind bg_step_credit = {.name = "credit",
                                     .terms_size = sizeof(input_terms),
                                     .read = read_credit,
                                     .apply = apply_credit};
const bg_step_kind bg_step_charge = {.name = "charge",
                                     .terms_size = sizeof(input_terms),
                                     .read = read_charge,
                                     .apply = apply_charge};
const bg_step_kind bg_step_relief = {.name = "relief",
                                     .terms_size = sizeof(input_terms),
                                     .read = read_relief,
                                     .apply = apply_relief};
