/* draw_reserve, pay_reserve: a fund pays a loss as far as it goes; a part of a gain fills one, up to a
 * ceiling. */
#include "settlement/fund_payment.h"
#include "settlement/messages.h"
#include "settlement/plan.h"
#include "settlement/rate.h"

typedef struct reserve_terms {
    int fund;
    bg_rate_rule share;
    int base;             /* of the ceiling */
    bg_rate_rule ceiling; /* of the form none: no ceiling */
} reserve_terms;

static bg_status read_both(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    reserve_terms *terms = step->terms;
    bg_status status = bg_plan_read_fund(plan, step, "fund", &terms->fund, errors);
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(step->node, "share"), &terms->share, errors));
    return status;
}

static bg_status read_draw(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    const bg_status status = read_both(plan, step, errors);
    step->draws = bg_account_bit(((const reserve_terms *)step->terms)->fund);
    return status;
}

/* What is put into a fund that does not carry over would go to the pool: it would reach nobody. */
static bg_status read_pay(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    reserve_terms *terms = step->terms;
    bg_status status = read_both(plan, step, errors);
    bg_first(&status, bg_rate_rule_read(plan, bg_node_child(step->node, "ceiling"), &terms->ceiling,
                                        errors));
    bg_first(&status, bg_plan_read_input(plan, step, "base", &terms->base, errors));
    const bg_node *fund = bg_node_child(step->node, "fund");
    if (!status && !plan->fund[terms->fund - bg_plan_fund_account(0)].carry_over) {
        status = bg_errors_say(errors, BG_INVALID, fund->mark, fund->path,
                               BG_SAY(reserve_fund_lost), fund->text);
    }
    if (!status && terms->ceiling.form != BG_RATE_RULE_NONE &&
        bg_plan_fund_of(plan, terms->fund)->shared) {
        const bg_node *ceiling = bg_node_child(step->node, "ceiling");
        status = bg_errors_say(errors, BG_INVALID, ceiling->mark, ceiling->path,
                               BG_SAY(reserve_ceiling_shared), fund->text);
    }
    step->fills = status ? 0 : bg_account_bit(terms->fund);
    return status;
}

static void apply_draw(const bg_step *step, bg_settling *run)
{
    const reserve_terms *terms = step->terms;
    bg_fen *paid = run->scratch[0];
    const bg_rates share = bg_rate_rule_rates(&terms->share, run, run->rates[0]);
    if (run->status) {
        return;
    }
    bg_settling_loss(run, paid);
    const bg_fen loss = paid[0];
    run->columns->share(run->n, paid, share, paid);
    const bg_fen held = bg_fund_payment(step, run, terms->fund, paid, paid);
    bg_settling_post(run, step, terms->fund, BG_ACCOUNT_BALANCE, paid);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], paid, 1);
    if (run->trace) {
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->share, run), bg_rate(share, 0));
        bg_settling_because(run, BG_REASON(loss_from_reserve, bg_say_amount(run, loss),
                                           bg_say_account(terms->fund), bg_say_amount(run, held)));
        bg_fund_payment_explain(step, run, terms->fund);
        bg_rate_rule_explain(&terms->share, run);
    }
}

/* Cuts what is put in to what the ceiling leaves room for. */
static void keep_under_ceiling(const bg_step *step, bg_settling *run, const bg_fen *held,
                               bg_fen *paid)
{
    const reserve_terms *terms = step->terms;
    const bg_columns *columns = run->columns;
    bg_fen *room = run->scratch[2];
    const bg_fen *base = run->input[terms->base];
    bg_settling_need_input(run, step, "base", terms->base);
    const bg_rates ceiling = bg_rate_rule_rates(&terms->ceiling, run, run->rates[0]);
    if (run->status) {
        return;
    }
    columns->share(run->n, base, ceiling, room);
    columns->subtract(run->n, room, held, room);
    columns->gain(run->n, room, room);
    columns->smaller(run->n, paid, room, paid);
    if (run->trace) {
        const bg_decimal rate = bg_rate(ceiling, 0);
        bg_settling_note(run, step, bg_share_of(base[0], rate));
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->ceiling, run), rate);
        bg_settling_because(run, BG_REASON(reserve_ceiling, bg_say_rate(rate),
                                           bg_say_input(terms->base), bg_say_amount(run, base[0])));
        bg_rate_rule_explain(&terms->ceiling, run);
    }
}

static void apply_pay(const bg_step *step, bg_settling *run)
{
    const reserve_terms *terms = step->terms;
    bg_fen *held = run->scratch[0], *paid = run->scratch[1];
    const bg_rates share = bg_rate_rule_rates(&terms->share, run, run->rates[1]);
    bg_settling_available(run, terms->fund, held);
    bg_settling_gain(run, paid);
    const bg_fen gain = paid[0];
    run->columns->share(run->n, paid, share, paid);
    if (terms->ceiling.form != BG_RATE_RULE_NONE) {
        keep_under_ceiling(step, run, held, paid);
    }
    if (run->status) {
        return;
    }
    bg_settling_post(run, step, BG_ACCOUNT_BALANCE, terms->fund, paid);
    bg_settling_add(run, run->block->result[BG_RESULT_shared], paid, -1);
    if (run->trace) {
        bg_settling_by_rate(run, bg_rate_rule_mark(&terms->share, run), bg_rate(share, 0));
        bg_settling_because(run,
                            BG_REASON(gain_to_reserve, bg_say_amount(run, gain),
                                      bg_say_account(terms->fund), bg_say_amount(run, held[0])));
        bg_rate_rule_explain(&terms->share, run);
    }
}

const bg_step_kind bg_step_draw_reserve = {.name = "draw_reserve",
                                           .terms_size = sizeof(reserve_terms),
                                           .read = read_draw,
                                           .apply = apply_draw};
const bg_step_kind bg_step_pay_reserve = {.name = "pay_reserve",
                                          .terms_size = sizeof(reserve_terms),
                                          .read = read_pay,
                                          .apply = apply_pay};
