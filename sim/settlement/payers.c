#include "settlement/payers.h"

#include "settlement/messages.h"

#include <string.h>

/* ---- reading ---- */

static void rank(const bg_plan *plan, bg_payers *self, size_t place)
{
    const char *name = bg_plan_account(plan, (size_t)self->account[place]);
    size_t r = place;
    for (; r > 0; r--) {
        const size_t before = self->by_name[r - 1];
        if (strcmp(bg_plan_account(plan, (size_t)self->account[before]), name) < 0) {
            break;
        }
        self->by_name[r] = before;
    }
    self->by_name[r] = place;
}

static bg_status read_payer(bg_plan *plan, const bg_step *step, const bg_node *node,
                            bg_payers *self, bg_errors *errors)
{
    const size_t place = self->count;
    bg_status status =
        bg_plan_find_account(plan, step, node, node->key, &self->account[place], errors);
    if (status) {
        return status; /* so that there are never more than there are accounts */
    }
    self->count++;
    rank(plan, self, place);
    const bg_node *gain = bg_node_child(node, "gain"), *loss = bg_node_child(node, "loss");
    status = bg_weight_rule_read(plan, gain ? gain : node, &self->gain.share[place], errors);
    bg_first(&status,
             bg_weight_rule_read(plan, loss ? loss : node, &self->loss.share[place], errors));
    return status;
}

/* Weights are amounts, or they are numbers. */
static bg_status check_weights(const bg_plan *plan, const bg_payers *self,
                               const bg_payers_side *side, bg_errors *errors)
{
    for (size_t p = 0; p < self->count; p++) {
        const bg_rate_rule *share = &side->share[p];
        const char *name = bg_plan_account(plan, (size_t)self->account[p]);
        if (share->form != BG_RATE_RULE_INPUT) {
            return bg_errors_say(errors, BG_INVALID, self->node->mark, self->node->path,
                                 BG_SAY(payers_shares_and_weights), name);
        }
        if (bg_weight_is_money(plan, share) != bg_weight_is_money(plan, &side->share[0])) {
            return bg_errors_say(errors, BG_INVALID, self->node->mark, self->node->path,
                                 BG_SAY(payers_weights_of_two_kinds), name);
        }
    }
    return BG_OK;
}

static bg_status check_side(const bg_plan *plan, const bg_payers *self, bg_payers_side *side,
                            bg_errors *errors)
{
    bool constant = true;
    bg_decimal sum = 0;
    for (size_t p = 0; p < self->count; p++) {
        side->weighted = side->weighted || side->share[p].form == BG_RATE_RULE_INPUT;
        constant = constant && side->share[p].form == BG_RATE_RULE_CONSTANT;
        sum += side->share[p].constant;
    }
    if (side->weighted) {
        return check_weights(plan, self, side, errors);
    }
    return !constant || sum == BG_ONE
               ? BG_OK
               : bg_errors_say(errors, BG_RANGE, self->node->mark, self->node->path,
                               BG_SAY(payers_shares_not_whole), BG_PERCENT(sum));
}

bg_status bg_payers_read(bg_plan *plan, const bg_step *step, bg_payers *self, bg_errors *errors)
{
    const bg_node *payer = bg_node_child(step->node, "payer");
    self->node = bg_node_child(step->node, "payers");
    if (!self->node) {
        return BG_OK;
    }
    if (payer->origin != BG_ORIGIN_DEFAULT) {
        return bg_errors_say(errors, BG_INVALID, payer->mark, payer->path, BG_SAY(payer_and_payers),
                             payer->text);
    }
    bg_status status = BG_OK;
    for (const bg_node *node = self->node->child; node; node = node->next) {
        bg_first(&status, read_payer(plan, step, node, self, errors));
    }
    if (plan->rate_columns < self->count) {
        plan->rate_columns = self->count;
    }
    if (status) {
        return status;
    }
    status = check_side(plan, self, &self->gain, errors);
    return status ? status : check_side(plan, self, &self->loss, errors);
}

/* ---- at work ---- */

bg_payers_rates bg_payers_rates_of(const bg_payers *self, const bg_payers_side *side,
                                   bg_settling *run)
{
    bg_payers_rates rates = {.side = side};
    for (size_t p = 0; p < self->count; p++) {
        rates.of[p] = bg_rate_rule_rates(&side->share[p], run, run->rates[p]);
    }
    return rates;
}

/* By name; their sum. */
static bg_wide weigh(const bg_payers *self, const bg_payers_rates *rates, size_t unit,
                     int64_t *weights)
{
    bg_wide sum = 0;
    for (size_t r = 0; r < self->count; r++) {
        weights[r] = bg_rate(rates->of[self->by_name[r]], unit);
        sum += weights[r];
    }
    return sum;
}

/* The part of one unit; false, with the run failed, where it cannot be divided. */
static bool divide(const bg_payers *self, const bg_payers_rates *rates, bg_settling *run,
                   size_t unit, bg_fen whole, bg_fen parts[BG_MAX_PAYERS])
{
    int64_t weights[BG_MAX_PAYERS];
    const bool weighted = rates->side->weighted;
    const bg_wide sum = weigh(self, rates, unit, weights);
    const bg_node *node = self->node;
    memset(parts, 0, BG_MAX_PAYERS * sizeof *parts);
    if (!weighted && sum != BG_ONE) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(payers_shares_of_unit_not_whole), BG_PERCENT((bg_decimal)sum));
        return false;
    }
    if (whole == 0) {
        return true;
    }
    if (bg_money_split(whole, weights, self->count, parts) != BG_OK) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(payers_weights_unusable), BG_FEN(whole / run->fine));
        return false;
    }
    return true;
}

static size_t rank_of(const bg_payers *self, size_t payer)
{
    size_t r = 0;
    while (self->by_name[r] != payer) {
        r++;
    }
    return r;
}

void bg_payers_part(const bg_payers *self, const bg_payers_rates *rates, bg_settling *run,
                    size_t payer, const bg_fen *whole, bg_fen *part)
{
    const size_t place = rank_of(self, payer);
    bg_fen parts[BG_MAX_PAYERS] = {0};
    bool good = !run->status;
    for (size_t u = 0; u < run->n && good; u++) {
        const bool applies = bg_settling_applies(run, u);
        good = !applies || divide(self, rates, run, u, whole[u], parts);
        part[u] = applies ? parts[place] : 0;
    }
}

/* ---- words ---- */

void bg_payers_explain(const bg_payers *self, const bg_payers_rates *rates, bg_settling *run,
                       size_t payer, bg_fen whole, bg_fen part)
{
    int64_t weights[BG_MAX_PAYERS];
    const bg_rate_rule *rule = &rates->side->share[payer];
    const bg_wide sum = weigh(self, rates, 0, weights);
    const bg_decimal weight = bg_rate(rates->of[payer], 0);
    bg_decimal share = weight;
    if (rates->side->weighted) {
        bg_money_ratio(weight, BG_ONE, (int64_t)sum, &share);
    }
    bg_settling_by_rate(run, bg_rate_rule_mark(rule, run), share);
    bg_settling_because(run, BG_REASON(payer_part, bg_say_account(self->account[payer]),
                                       bg_say_rate(share), bg_say_amount(run, whole)));
    if (rates->side->weighted) {
        const int input = rule->rate.input;
        bg_settling_because(run, BG_REASON(payer_weight, bg_say_input(input),
                                           bg_weight_is_money(run->plan, rule)
                                               ? bg_say_amount(run, run->input[input][0])
                                               : bg_say_number(run->input[input][0])));
    } else {
        bg_rate_rule_explain(rule, run);
    }
    if (sum > 0 && part > (bg_fen)((bg_wide)whole * weight / sum)) {
        bg_settling_because(run, BG_PLAIN_REASON(left_over));
    }
}
