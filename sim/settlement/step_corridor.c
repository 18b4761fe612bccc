/* corridor: a saving or a loss below its minimum, or on a side that is never shared, goes to the payer
 * and leaves a balance of zero. From the minimum on the whole is shared, or only the excess. */
#include "settlement/messages.h"
#include "settlement/payer.h"
#include "settlement/rate.h"

typedef struct corridor_terms {
    int base;
    bg_rate_rule saving, loss; /* of the form none: the side is never shared */
    bool excess_only;
    bg_payer payer;
} corridor_terms;

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    corridor_terms *terms = step->terms;
    const bg_node *node = step->node;
    terms->excess_only = bg_node_integer(node, "beyond") != 0;
    bg_status status = bg_plan_read_input(plan, step, "base", &terms->base, errors);
    bg_first(&status, bg_rate_rule_read(plan, bg_node_child(node, "minimum_saving"), &terms->saving,
                                        errors));
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(node, "minimum_loss"), &terms->loss, errors));
    bg_first(&status, bg_payer_read(plan, step, &terms->payer, errors));
    const unsigned payer = bg_payer_accounts(&terms->payer);
    step->fills = bg_rate_rule_is_zero(&terms->saving) ? 0 : payer;
    step->draws = bg_rate_rule_is_zero(&terms->loss) ? 0 : payer;
    return status;
}

/* What is shared has no minimum any more. */
static bg_status check(const bg_plan *plan, const bg_step *step, bg_errors *errors)
{
    for (size_t s = 0; s + 1 < step->place; s++) {
        const bg_step *earlier = &plan->step[s];
        const bool shares = earlier->kind == &bg_step_share_surplus ||
                            earlier->kind == &bg_step_share_overspend ||
                            earlier->kind == &bg_step_cap;
        if (shares && earlier->pot == step->pot && bg_steps_meet(earlier, step)) {
            return bg_errors_say(errors, BG_INVALID, step->node->mark, step->node->path,
                                 BG_SAY(corridor_after_sharing), earlier->kind->name,
                                 earlier->place);
        }
    }
    return BG_OK;
}

/* The part of one side that is not shared. The minimum is compared exactly; only the excess beyond
 * it is rounded. */
static bg_fen unshared(bg_fen amount, bg_fen base, bg_decimal minimum, bool excess_only)
{
    if ((bg_wide)amount * BG_ONE < (bg_wide)minimum * base) {
        return amount;
    }
    return excess_only ? bg_smaller(amount, bg_share_of(base, minimum)) : 0;
}

/* others[u] >= 0: what of max(0, sign * balance) is not shared. */
static void work_out_others(const bg_step *step, const bg_rate_rule *minimum, bg_fen sign,
                            bg_settling *run, bg_fen *others)
{
    const corridor_terms *terms = step->terms;
    const bg_fen *base = run->input[terms->base];
    const bg_rates rate = bg_rate_rule_rates(minimum, run, run->rates[0]);
    for (size_t u = 0; u < run->n && !run->status; u++) {
        const bg_fen amount = bg_at_least_zero(sign * run->balance[u]);
        others[u] = minimum->form == BG_RATE_RULE_NONE
                        ? amount
                        : unshared(amount, base[u], bg_rate(rate, u), terms->excess_only);
    }
}

static void explain(const bg_step *step, const bg_rate_rule *minimum, bg_fen amount,
                    bg_settling *run)
{
    const corridor_terms *terms = step->terms;
    const bg_fen base = run->input[terms->base][0];
    if (minimum->form == BG_RATE_RULE_NONE) {
        bg_settling_note(run, step, amount);
        bg_settling_stands_at(run, bg_rate_rule_mark(minimum, run));
        bg_settling_because(run, BG_REASON(never_shared, bg_say_amount(run, amount)));
        return;
    }
    const bg_decimal rate = bg_rate(bg_rate_rule_rates(minimum, run, run->rates[0]), 0);
    bg_settling_note(run, step, amount);
    bg_settling_by_rate(run, bg_rate_rule_mark(minimum, run), rate);
    bg_settling_because(run, BG_REASON(minimum, bg_say_rate(rate), bg_say_input(terms->base),
                                       bg_say_amount(run, base),
                                       bg_say_exact(run, (bg_wide)rate * base)));
    bg_rate_rule_explain(minimum, run);
}

static void cut_saving(const bg_step *step, bg_settling *run)
{
    const corridor_terms *terms = step->terms;
    bg_fen *others = run->scratch[0];
    work_out_others(step, &terms->saving, 1, run, others);
    if (run->status || (run->trace && run->balance[0] <= 0)) {
        return;
    }
    if (run->trace) {
        explain(step, &terms->saving, run->balance[0], run);
    }
    bg_payer_take(&terms->payer, step, run, others);
    if (run->trace) {
        bg_settling_because(run, BG_REASON(saving_not_shared, bg_say_amount(run, others[0])));
    }
    bg_payer_distribute(&terms->payer, step, run, others);
}

static void cut_loss(const bg_step *step, bg_settling *run)
{
    const corridor_terms *terms = step->terms;
    bg_fen *others = run->scratch[0];
    work_out_others(step, &terms->loss, -1, run, others);
    if (run->status || (run->trace && run->balance[0] >= 0)) {
        return;
    }
    if (run->trace) {
        explain(step, &terms->loss, -run->balance[0], run);
    }
    bg_payer_pay(&terms->payer, step, run, others);
}

static void apply(const bg_step *step, bg_settling *run)
{
    const corridor_terms *terms = step->terms;
    bg_settling_record_balance(run);
    bg_settling_need_input(run, step, "base", terms->base);
    cut_saving(step, run);
    if (!run->status) {
        cut_loss(step, run);
    }
}

const bg_step_kind bg_step_corridor = {.name = "corridor",
                                       .terms_size = sizeof(corridor_terms),
                                       .read = read,
                                       .check = check,
                                       .apply = apply};
