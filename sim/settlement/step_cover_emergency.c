/* cover_emergency: a fund pays min(what it holds, emergency expense not yet covered, overspend).
 * Deferred care never counts; the rebound counts only with include_rebound. */
#include "settlement/fund_payment.h"
#include "settlement/plan.h"

typedef struct cover_terms {
    int fund;
    bool include_rebound;
} cover_terms;

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    cover_terms *terms = step->terms;
    terms->include_rebound = bg_node_bool(step->node, "include_rebound");
    const bg_status status = bg_plan_read_fund(plan, step, "fund", &terms->fund, errors);
    step->draws = bg_account_bit(terms->fund);
    return status;
}

/* Emergency expense that no earlier step has covered. */
static void uncovered(const cover_terms *terms, const bg_settling *run, bg_fen *emergency)
{
    const bg_columns *columns = run->columns;
    columns->subtract(run->n, run->input[BG_INPUT_emergency], run->block->result[BG_RESULT_covered],
                      emergency);
    if (terms->include_rebound) {
        columns->add(run->n, emergency, run->input[BG_INPUT_rebound], emergency);
    }
    columns->gain(run->n, emergency, emergency);
}

static void apply(const bg_step *step, bg_settling *run)
{
    const cover_terms *terms = step->terms;
    bg_fen *emergency = run->scratch[0], *covered = run->scratch[1];
    uncovered(terms, run, emergency);
    bg_settling_loss(run, covered);
    const bg_fen overspend = covered[0];
    run->columns->smaller(run->n, covered, emergency, covered);
    const bg_fen held = bg_fund_payment(step, run, terms->fund, covered, covered);
    bg_settling_post(run, step, terms->fund, BG_ACCOUNT_BALANCE, covered);
    bg_settling_add(run, run->block->result[BG_RESULT_covered], covered, 1);
    if (run->trace) {
        bg_settling_because(
            run, BG_REASON(emergency_covered, bg_say_account(terms->fund), bg_say_amount(run, held),
                           bg_say_amount(run, emergency[0]), bg_say_amount(run, overspend)));
        bg_fund_payment_explain(step, run, terms->fund);
    }
}

const bg_step_kind bg_step_cover_emergency = {
    .name = "cover_emergency", .terms_size = sizeof(cover_terms), .read = read, .apply = apply};
