/* cap: gain and loss are limited to a percentage of the base. What lies beyond goes to, or comes
 * from, the payer. */
#include "rules/payer.h"

/* A side that is not limited has no node. */
typedef struct cap_terms {
    bg_settlement_input base;
    const bg_node *gain, *loss;
    bg_payer payer;
} cap_terms;

static bg_status read(bg_plan *plan, bg_step *step, bg_errors *errors)
{
    cap_terms *terms = step->terms;
    terms->base = bg_plan_read_base(step);
    terms->gain = bg_node_child(step->node, "gain");
    terms->loss = bg_node_child(step->node, "loss");
    bg_status status = bg_payer_read(plan, step, &terms->payer, errors);
    if (!terms->gain && !terms->loss) {
        bg_keep(&status,
                bg_errors_add(errors, BG_MISSING, step->node->mark, step->node->path,
                              "a cap needs \"gain\", \"loss\" or both, to say what it limits."));
    }
    return status;
}

/* beyond = max(0, sign * balance - limit * base) */
static void work_out_excess(const cap_terms *terms, const bg_node *limit, bg_fen sign,
                            const bg_run *run, bg_fen *beyond)
{
    const bg_fen *base = run->block->input[terms->base];
    const bg_decimal rate = limit->value.decimal;
    for (size_t u = 0; u < run->n; u++) {
        const bg_fen allowed = bg_share_of(base[u], rate);
        beyond[u] = bg_at_least_zero(sign * run->balance[u] - allowed);
    }
}

static void explain_limit(const cap_terms *terms, const bg_node *limit, const bg_step *step,
                          bg_run *run)
{
    const bg_decimal rate = limit->value.decimal;
    const bg_fen base = run->block->input[terms->base][0];
    const char *base_name = bg_node_text(step->node, "base");
    bg_run_note(run, step, bg_share_of(base, rate));
    if (limit == terms->gain) {
        bg_run_because(run, &limit->mark, BG_PERCENT(rate), "highest gain: %s of %s %s",
                       "留用上限：%s，基数%s %s", BG_PERCENT(rate), base_name, BG_YUAN(base));
    } else {
        bg_run_because(run, &limit->mark, BG_PERCENT(rate), "highest loss: %s of %s %s",
                       "分担上限：%s，基数%s %s", BG_PERCENT(rate), base_name, BG_YUAN(base));
    }
}

static void cap_gain(const cap_terms *terms, const bg_step *step, bg_run *run)
{
    bg_fen *beyond = run->scratch[0];
    work_out_excess(terms, terms->gain, 1, run, beyond);
    if (run->trace) {
        explain_limit(terms, terms->gain, step, run);
    }
    bg_run_post(run, step, BG_ACCOUNT_BALANCE, terms->payer.account, beyond);
    bg_column_add(run->block->result[BG_RESULT_shared], beyond, -1, run->n);
    if (run->trace) {
        bg_run_because(run, NULL, "", "gain beyond the limit: %s", "超过上限的留用%s",
                       BG_YUAN(beyond[0]));
    }
}

static void cap_loss(const cap_terms *terms, const bg_step *step, bg_run *run)
{
    bg_fen *beyond = run->scratch[0];
    work_out_excess(terms, terms->loss, -1, run, beyond);
    if (run->trace) {
        explain_limit(terms, terms->loss, step, run);
    }
    bg_payer_pay(&terms->payer, step, run, beyond);
}

static void apply(const bg_step *step, bg_run *run)
{
    const cap_terms *terms = step->terms;
    if (terms->gain) {
        cap_gain(terms, step, run);
    }
    if (terms->loss) {
        cap_loss(terms, step, run);
    }
}

const bg_step_kind bg_step_cap = {
    .name = "cap", .terms_size = sizeof(cap_terms), .read = read, .apply = apply};
