/* What inputs give goes first, the rest is divided by shares or weights, largest remainder. */
#include "settlement/pot_side.h"

#include "format/amount.h"
#include "settlement/messages.h"
#include "settlement/pot_of_step.h"

#include <string.h>

/* ---- reading ---- */

static bg_status read_input(const bg_plan *plan, const bg_node *pot, const char *key, int *input,
                            bg_errors *errors)
{
    const bg_node *node = bg_node_child(pot, key);
    *input = -1;
    return node ? bg_plan_find_input(plan, node, BG_KIND_MONEY, input, errors) : BG_OK;
}

bg_status bg_pot_side_read(const bg_plan *plan, const bg_node *node, size_t place,
                           bg_pot_side *self, const char *share, const char *weight,
                           bg_errors *errors)
{
    bg_status status = read_input(plan, node, self->given_key, &self->given[place], errors);
    bg_first(&status, read_input(plan, node, weight, &self->weight[place], errors));
    bg_first(&status,
             bg_rate_rule_read(plan, bg_node_child(node, share), &self->share[place], errors));
    const int ways = (self->given[place] >= 0) + (self->weight[place] >= 0) +
                     (self->share[place].form != BG_RATE_RULE_NONE);
    if (!status && ways > 1) {
        status = bg_errors_say(errors, BG_INVALID, node->mark, node->path, BG_SAY(pot_part_twice),
                               node->key, self->given_key, share, weight);
    }
    return status;
}

/* A pot that is alone to get the rest needs no share. */
bg_status bg_pot_side_check(bg_plan *plan, bg_pot_side *self, const char *share, const char *weight,
                            bg_errors *errors)
{
    size_t parts = 0, shares = 0, weights = 0, constants = 0;
    bg_decimal sum = 0;
    for (size_t p = 0; p < plan->pot_count; p++) {
        if (bg_pot_divides(plan, self, p)) {
            const bg_rate_rule *rule = &self->share[p];
            parts++;
            weights += self->weight[p] >= 0;
            shares += rule->form != BG_RATE_RULE_NONE;
            constants += rule->form == BG_RATE_RULE_CONSTANT;
            sum += rule->form == BG_RATE_RULE_CONSTANT ? rule->constant : 0;
        }
    }
    if (parts == 1 && shares + weights == 0) {
        self->alone = true;
        return BG_OK;
    }
    self->weighted = weights > 0;
    if (shares != parts && weights != parts) {
        return bg_errors_say(errors, BG_INVALID, self->node->mark, self->node->path,
                             BG_SAY(pots_parts_open), self->given_key, share, weight);
    }
    if (parts && constants == parts && sum != BG_ONE) {
        return bg_errors_say(errors, BG_RANGE, self->node->mark, self->node->path,
                             BG_SAY(pots_shares_not_whole), share, BG_PERCENT(sum));
    }
    return BG_OK;
}

/* ---- dividing ---- */

void bg_pot_side_need_inputs(const bg_pot_side *self, bg_settling *run)
{
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        const int input = self->given[p] >= 0 ? self->given[p] : self->weight[p];
        const int64_t *given = input >= 0 ? bg_settling_given_column(run, input) : NULL;
        for (size_t u = 0; given && u < run->n; u++) {
            if (!given[u] && bg_settling_applies(run, u)) {
                bg_settling_fail(run, BG_MISSING, u, &self->node->mark, self->node->path,
                                 BG_SAY(pot_input_absent), bg_plan_input_name(run->plan, input),
                                 run->plan->pot[p].name);
                return;
            }
        }
    }
}

/* What an input gives the pot, or its weight in what is left. */
typedef struct rest {
    bg_wide amount;
    size_t count;
    int64_t weight[BG_MAX_POTS]; /* in the order of names */
    size_t pot[BG_MAX_POTS];
} rest;

static void give(const bg_pot_side *self, const bg_settling *run, const bg_rates *rate, size_t unit,
                 rest *left, bg_fen *const *part)
{
    for (size_t r = 0; r < run->plan->pot_count; r++) {
        const size_t p = run->plan->pot_by_name[r];
        if (bg_pot_divides(run->plan, self, p)) {
            left->pot[left->count] = p;
            left->weight[left->count++] = self->alone      ? BG_ONE
                                          : self->weighted ? run->input[self->weight[p]][unit]
                                                           : bg_rate(rate[p], unit);
        } else {
            part[p][unit] = run->input[self->given[p]][unit];
            left->amount -= run->plan->pot[p].own_money ? 0 : part[p][unit];
        }
    }
}

static bool has_whole_shares(const bg_pot_side *self, const rest *left)
{
    bg_wide sum = 0;
    for (size_t i = 0; i < left->count; i++) {
        sum += left->weight[i];
    }
    return self->weighted || sum == BG_ONE;
}

/* Divides `whole` of one unit; false, with the run failed, where it cannot. */
static bool divide(const bg_pot_side *self, bg_settling *run, const bg_rates *rate, size_t unit,
                   bg_fen whole, bg_fen *const *part)
{
    rest left = {.amount = whole};
    bg_fen parts[BG_MAX_POTS] = {0};
    give(self, run, rate, unit, &left, part);
    const bg_fen given = (bg_fen)(whole - left.amount);
    const bg_node *node = self->node;
    if (left.count ? given && left.amount < 0 : left.amount != 0) {
        char sum[BG_AMOUNT_PHRASE], all[BG_AMOUNT_PHRASE];
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path, BG_SAY(pots_do_not_add_up),
                         self->given_key,
                         bg_amount_phrase(run->plan->money, given / run->fine, sum),
                         bg_amount_phrase(run->plan->money, whole / run->fine, all));
        return false;
    }
    if (left.count == 0) {
        return true;
    }
    if (!has_whole_shares(self, &left) ||
        bg_money_split((bg_fen)left.amount, left.weight, left.count, parts) != BG_OK) {
        bg_settling_fail(run, BG_RANGE, unit, &node->mark, node->path,
                         BG_SAY(pots_shares_of_unit_unusable));
        return false;
    }
    for (size_t i = 0; i < left.count; i++) {
        part[left.pot[i]][unit] = parts[i];
    }
    return true;
}

/* Of every unit that has pots. */
void bg_pot_side_divide(const bg_pot_side *self, bg_settling *run, const bg_fen *whole,
                        bg_fen *const *part)
{
    bg_rates rate[BG_MAX_POTS];
    for (size_t p = 0; p < run->plan->pot_count; p++) {
        if (bg_pot_divides(run->plan, self, p) && self->share[p].form != BG_RATE_RULE_NONE) {
            rate[p] = bg_rate_rule_rates(&self->share[p], run, run->rates[p]);
        }
    }
    bool good = !run->status;
    for (size_t u = 0; u < run->n && good; u++) {
        good = !bg_settling_applies(run, u) || divide(self, run, rate, u, whole[u], part);
    }
}
